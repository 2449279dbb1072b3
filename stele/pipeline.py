"""The stories of Stele, stage after stage: a project is read, localized, set as pages and booklets, and published."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele import publishing
from stele.stages.assembling import Assembly
from stele.stages.catalogs import bootstrap, migrate, overview, update, write
from stele.stages.inscribing import inscriptions
from stele.stages.making import expect_booklets, print_reviews, publish, status_page
from stele.stages.reading import read, with_made_languages
from stele.stages.releasing import earlier, kept, print_slips, release
from stele.stages.request import Outcome, Request, Watcher
from stele.stages.telling import Telling, story
from stele.stages.wording import check as check_wording
from stele.stages.wording import localize, shelve

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Outcome", "Request", "Watcher"]


@story
def build(telling: Telling) -> Outcome:
    """Read, localize, check, set, audit and publish; publish nothing when anything is an error at this stage."""
    desk = read(telling)
    telling.look_at_output()
    expect_booklets(telling, desk)
    spoken = with_made_languages(telling, desk)
    inscribed = inscriptions(telling, spoken)
    localized = localize(telling, spoken, inscribed)
    check_wording(telling, desk, localized)
    shelves = shelve(telling, spoken, inscribed, localized)
    telling.stop_at_errors()
    released = release(spoken, inscribed)
    assembly = Assembly(telling, spoken, inscribed, shelves, released)
    artifacts = assembly.make()
    telling.stop_at_errors()
    artifacts += assembly.audit(artifacts)
    telling.stop_at_errors()
    artifacts += kept(released)
    return publish(telling, artifacts)


@story
def check(telling: Telling) -> Outcome:
    """Read, localize and check; write nothing."""
    desk = read(telling)
    spoken = with_made_languages(telling, desk)
    inscribed = inscriptions(telling, spoken)
    localized = localize(telling, spoken, inscribed)
    check_wording(telling, desk, localized)
    shelve(telling, spoken, inscribed, localized)
    return telling.outcome()


@story
def update_catalogs(telling: Telling) -> Outcome:
    """Gather all messages and merge them into every catalog."""
    return telling.outcome(made=write(telling, update(telling, read(telling))))


@story
def migrate_catalogs(telling: Telling) -> Outcome:
    """Give every translation the key that its message has by the rules of today, then merge as an update does."""
    changes, remarks = migrate(telling, read(telling))
    moved = write(telling, changes)
    written = write(telling, update(telling, read(telling)))
    return telling.outcome(made=tuple(dict.fromkeys([*moved, *written])), remarks=tuple(remarks))


@story
def bootstrap_catalog(telling: Telling, tag: str, file: Path, key: str) -> Outcome:
    """Fill the catalog of the document `key` in the language `tag` from a translated Markdown file."""
    change, made = bootstrap(telling, read(telling), tag, file, key)
    written = write(telling, [change] if change.data != change.old else [])
    remark = f"{change.path}: {made.filled} messages filled, {made.unsure} of them fuzzy"
    return telling.outcome(made.diagnostics, made=written, remarks=(remark,))


@story
def show_status(telling: Telling, *, as_page: bool = False) -> Outcome:
    """Count how complete each translation is; `as_page` also sets a page of HTML."""
    desk = read(telling)
    counted = overview(telling, desk)
    page = status_page(desk, counted) if as_page else ""
    return telling.outcome(overview=counted, page=page)


@story
def print_review(telling: Telling) -> Outcome:
    """Set a booklet for each translation, source and translation side by side, and publish them to output/review."""
    telling.request = replace(telling.request, output=telling.request.output / publishing.REVIEW)
    desk = read(telling)
    telling.look_at_output()
    return publish(telling, print_reviews(telling, desk, overview(telling, desk)))


@story
def print_erratum(telling: Telling, old: Path) -> Outcome:
    """Set a slip for each edition and language that reads differently than in an earlier release."""
    before = earlier(old)
    telling.request = replace(telling.request, output=telling.request.output / publishing.ERRATUM)
    desk = read(telling)
    telling.look_at_output()
    spoken = with_made_languages(telling, desk)
    inscribed = inscriptions(telling, spoken)
    localized = localize(telling, spoken, inscribed)
    shelves = shelve(telling, spoken, inscribed, localized)
    telling.stop_at_errors()
    slips, remarks = print_slips(telling, spoken, shelves, before, release(spoken, inscribed))
    telling.stop_at_errors()
    return replace(publish(telling, slips), remarks=remarks) if slips else telling.outcome(remarks=remarks)
