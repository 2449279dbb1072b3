"""Everything that is said in, the site and the booklets out, audited: pages are made while booklets are printed.

What pages are made with and audited by is loaded meanwhile too: it would keep booklets waiting.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic
from stele.sources.templating import TemplateFailure
from stele.stages.making import print_booklets
from stele.stages.telling import Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.artifacts import Artifact
    from stele.sources.inscription import Inscriptions
    from stele.stages.auditing import Audit
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.stages.weaving import Loom
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf


@dataclass(frozen=True)
class Assembly:
    """All that is to be published of `shelves`, to be made first and then audited."""

    telling: Telling
    desk: Desk
    inscribed: Mapping[str, Inscriptions]
    shelves: Sequence[Shelf]
    released: Release

    def make(self) -> list[Artifact]:
        """Return the files of the site and the booklets; end here when there are none, lest they replace the last ones.

        As far as there is time, the documents on the pages are audited while booklets are printed.
        """
        telling, desk, shelves, released = self.telling, self.desk, self.shelves, self.released
        try:
            booklets = print_booklets(telling, desk, shelves, released, self._pages())
            artifacts = [*self._loom.weave(booklets), *booklets]
        except TemplateFailure as failure:
            raise Stopped([failure.diagnostic]) from failure
        if not artifacts:
            raise Stopped([Diagnostic("no-documents", "there is nothing to publish in the languages asked for")])
        return artifacts

    def audit(self, artifacts: Sequence[Artifact]) -> list[Artifact]:
        """Report where the editions among `artifacts` drift, and return the page that lists it."""
        return self._audit.conclude(artifacts)

    def _pages(self) -> Iterator[None]:
        """Make the pages of a language at each step, then audit them; what fails here is said when they are woven."""
        with suppress(TemplateFailure):
            yield from self._loom.spin()
            self._audit.read_pages(self._loom.pages)
            yield

    @cached_property
    def _loom(self) -> Loom:
        from stele.stages.weaving import Loom

        return Loom(self.telling, self.desk, self.inscribed, self.shelves, self.released)

    @cached_property
    def _audit(self) -> Audit:
        from stele.stages.auditing import Audit

        return Audit(self.telling, self.desk, self.inscribed, self.shelves)
