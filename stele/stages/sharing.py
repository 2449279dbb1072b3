"""What the ledger says in each language in, the files of data that everybody may have out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.engine import Task
from stele.language.pseudo import PSEUDO_TAGS
from stele.sources import fragments
from stele.sources.ledger.wanted import wanted
from stele.stages.inscribing import year_of
from stele.stages.reading import voice
from stele.stages.wording import far_enough
from stele.translation.disclosing import Speaker, disclose
from stele.translation.gathering import LEDGER
from stele.web.data.edition import Edition
from stele.web.data.package import package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stele.sources.inscription import Inscriptions
    from stele.sources.ledger.records import Ledger
    from stele.sources.ledger.wanted import Wanted
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf
    from stele.web.data.package import Package

# The texts of site.toml that data has, by name.
_TEXTS = {"title": "title", "rights": "imprint.rights", "organisation": "imprint.organisation"}


def share(
    telling: Telling, desk: Desk, inscribed: Mapping[str, Inscriptions], shelves: Sequence[Shelf], released: Release
) -> Package:
    """Return the data that everybody may have; it has no files where there is no ledger.

    A pseudo-language says nothing, so it is in no file.
    """
    published = far_enough(telling, desk, shelves, None)
    spoken = [shelf for shelf in published if shelf.language.tag not in PSEUDO_TAGS]
    on_site = [document for document in desk.documents if document.key in desk.on_site]
    speakers = tuple(
        Speaker(voice(desk, shelf.language, LEDGER), inscribed[shelf.language.tag])
        for shelf in spoken
        if shelf.language.tag in inscribed
    )
    of_what = (desk.ledger, wanted(on_site, year_of(desk)), speakers)
    (made,) = telling.do([Task("data", _package, (_edition(desk, spoken, released.version), *of_what))])
    return made


def _package(edition: Edition, ledger: Ledger, asked: Wanted, speakers: tuple[Speaker, ...]) -> Package:
    """Return the files of an edition, which tells of the ledger what the documents on the site do.

    The columns of tables are described in one of the files; how they are written is nothing to keep.
    """
    made = package(replace(edition, told=disclose(ledger, asked, speakers)))
    return replace(made, files=tuple(replace(item, columns=()) for item in made.files))


def _edition(desk: Desk, shelves: Sequence[Shelf], version: str) -> Edition:
    """Return the edition, which tells nothing yet; its languages have that of the source first if it is published."""
    source = desk.project.source.tag
    ordered = sorted((shelf.language.tag for shelf in shelves), key=lambda tag: tag != source)
    texts = {
        name: {shelf.language.tag: text for shelf in shelves if (text := _translated(shelf.texts[setting]))}
        for name, setting in _TEXTS.items()
    }
    if not texts["title"]:  # the source may not be among the languages asked for
        texts["title"] = {shelf.language.tag: fragments.plain(shelf.texts["title"]) for shelf in shelves}
    hosting, day = desk.project.hosting, desk.project.printing.released
    return Edition((), version, day, hosting.licence, hosting.address, tuple(ordered), texts)


def _translated(html: str) -> str:
    """Return a text of site.toml without its markup, nothing of one that is no translation."""
    return "" if fragments.FALLBACK in html else fragments.plain(html)
