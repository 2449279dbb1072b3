"""An overview of the translations in, one HTML page that stands alone out: no script, and no file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language.numbers import native_digits
from stele.translation.wording import compared, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.sources.templating import Templates
    from stele.translation.overview import Domain, Overview
    from stele.translation.status import State
    from stele.translation.wording import Piece

    Texts = tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a language; `after` is None where an update would change nothing that is counted."""

    domain: Domain
    as_is: State
    after: State | None


@dataclass(frozen=True, slots=True)
class Section:
    """A language as the template sees it; its findings in the order of files and lines."""

    language: Language
    as_is: State
    after: State | None
    rows: tuple[Row, ...]
    failing: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ChangedDomain:
    """The texts of a domain that changed since the last update, in pieces."""

    name: str
    title: str
    added: Texts
    reworded: Texts
    removed: Texts


def render_status(overview: Overview, project: str, templates: Templates) -> str:
    """Return the page on the project named `project`; raise `templating.TemplateFailure`.

    `templates` speak the source language: the page is for editors.
    """
    values = {
        "language": overview.source,
        "source": overview.source,
        "project": project,
        "languages": [_section(overview, language) for language in overview.languages],
        "changed": list(_changed(overview)),
        # ISO 80000-1, 7.3.1: groups of three, parted by a thin space.
        "number": lambda number: native_digits(f"{number:,}".replace(",", "\u202f"), overview.source.tag),
    }
    return templates.render("status/status.html", values).lstrip()


def _section(overview: Overview, language: Language) -> Section:
    domains = {item.name: item for item in overview.domains}
    as_is, after = overview.as_is(language), overview.after_update(language)
    return Section(
        language,
        as_is,
        _if_other(as_is, after),
        tuple(
            Row(domains[item.domain], item.as_is, _if_other(item.as_is, item.after_update))
            for item in overview.of(language)
        ),
        tuple(item for item in as_is.findings if not item.waived),
        tuple(item for item in as_is.findings if item.waived),
    )


def _if_other(as_is: State, after: State) -> State | None:
    before, then = ((state.messages, state.words, state.failing) for state in (as_is, after))
    return None if before == then else after


def _changed(overview: Overview) -> Iterator[ChangedDomain]:
    direction = overview.source.direction
    for item in overview.domains:
        if item.changes:
            yield ChangedDomain(
                item.name,
                item.title,
                tuple(pieces(text, direction) for text in item.changes.added),
                tuple(compared(before, after, direction) for before, after in item.changes.reworded),
                tuple(pieces(text, direction) for text in item.changes.removed),
            )
