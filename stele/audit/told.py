"""Pages of some documents in, what their editions say otherwise as an earlier audit found it out.

An edition is read beside the source's again when one of the two has changed: an edit in one language is no reason to
read the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from stele.language.transliteration import SOURCES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from stele.artifacts import Artifact
    from stele.audit.drifts import Drift
    from stele.cache.keeping import Keeping

# By language, then by the path of a page and the index of a passage of the source.
Told: TypeAlias = dict[str, dict[tuple[str, int], tuple["Drift", ...]]]


class Memory:
    """What editions in each language say otherwise than those in `source`, rows of the records `apart` left out."""

    def __init__(
        self, documents: Sequence[Sequence[Artifact]], source: str, apart: Collection[str], kept: Keeping | None
    ) -> None:
        pages: dict[str, list[str]] = {}
        for page in (page for document in documents for page in document):
            pages.setdefault(page.path.split("/")[1], []).append(f"{page.path} {page.sha256}")
        rest, self._kept = tuple(sorted(apart)), kept
        self._names = {
            tag: (rest, *(tuple(pages.get(each, ())) for each in (source, SOURCES.get(tag, ""), tag)))
            for tag in pages
            if tag != source
        }
        recalled = {tag: kept.recalled(*names) for tag, names in self._names.items()} if kept else {}
        self.told: Told = {tag: found for tag, found in recalled.items() if found is not None}
        self._new = self._names.keys() - self.told.keys()

    def keep(self) -> None:
        """Keep what was found now for the next audit."""
        if self._kept:
            for tag in self._new:
                self._kept.keep(self.told.get(tag, {}), *self._names[tag])
