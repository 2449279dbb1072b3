"""Everything that is said in, the files with which other websites show it out; nothing for a site without an address.

They are made in two steps: what the pages of the site link to, then what is taken from these pages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stele.web import addresses
from stele.web.embeds import alone, guide, oembed, scripts
from stele.web.embeds.subjects import subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.artifacts import Artifact
    from stele.diagnostics import Stage
    from stele.sources.theme import Theme
    from stele.translation.shelf import Shelf
    from stele.web.embeds.subjects import Subject
    from stele.web.frame import Frame


def linked(shelves: Sequence[Shelf], address: str, theme: Theme, stage: Stage) -> list[Artifact]:
    """Return cards, answers of oEmbed and scripts; raise `templating.TemplateFailure`."""
    if not address:
        return []
    dress = alone.dress(theme, stage)
    made = [
        artifact
        for shelf, subject in _all(shelves, address)
        for artifact in (alone.card(subject, shelf, dress), oembed.answer(subject, shelf.site))
    ]
    return [*_twice([*made, scripts.element()]), scripts.copying()]


def guide_paths(shelves: Sequence[Shelf], address: str) -> Iterator[str]:
    """Yield where the pages will lie that say how to show a page elsewhere."""
    return guide.paths(subject for _, subject in _all(shelves, address))


def guides(frame: Frame, made: Iterable[Artifact]) -> Iterator[Artifact]:
    """Yield these pages; `made` are the files that were made before. Raise `templating.TemplateFailure`."""
    texts = {item.path: item.data for item in made}
    for shelf in frame.shelves:
        if choices := [*subjects(shelf, frame.project.hosting.address)]:
            yield from guide.guide(frame, shelf, choices, texts)


def whole_texts(frame: Frame, pages: Iterable[Artifact], theme: Theme) -> list[Artifact]:
    """Return the texts of the finished `pages` of the site; raise `templating.TemplateFailure`."""
    by_path, dress = {item.path: item for item in pages}, alone.dress(theme, frame.stage)
    return _twice(
        alone.whole(subject, shelf, dress, by_path[addresses.page(subject.language.tag, subject.key)])
        for shelf, subject in _all(frame.shelves, frame.project.hosting.address)
        if subject.has_text
    )


def _all(shelves: Sequence[Shelf], address: str) -> Iterator[tuple[Shelf, Subject]]:
    for shelf in shelves:
        for subject in subjects(shelf, address):
            yield shelf, subject


def _twice(artifacts: Iterable[Artifact]) -> list[Artifact]:
    return [same for item in artifacts for same in (item, replace(item, path=addresses.beside(item.path)))]
