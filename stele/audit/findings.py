"""What the audit has to say in, a value that names the page, the words on it and where they come from out."""

from __future__ import annotations

from dataclasses import dataclass

from stele.diagnostics import Diagnostic, Location

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where an edition says something else than the ledger or than the other editions.

    `page` is the path of the artifact, `sheet` the page of a PDF from 1; `tag` is the language. `shown` is what stands
    there, `expected` what the ledger or the others say. `origin` is what the passage is found by in catalogs: the
    letters of the source's, or of its own. `source` and `catalog` are where it is written; `hint` says what mends it,
    `waived` is the reason why it may stay.
    """

    code: str
    page: str
    tag: str
    message: str
    shown: str = ""
    expected: str = ""
    sheet: int | None = None
    origin: str = ""
    source: Location | None = None
    catalog: Location | None = None
    hint: str = ""
    waived: str | None = None

    @property
    def place(self) -> str:
        """Return the page, and the page of the PDF, as people write it."""
        return f"{self.page}, page {self.sheet}" if self.sheet else self.page

    def diagnostic(self) -> Diagnostic:
        """Return the finding as all others are told: at its place in the catalog or source, if that is known."""
        at = self.catalog or self.source or Location(self.page)
        hint = f"the others have “{cut(self.expected)}”" if self.expected else self.hint or None
        shown = f" in “{cut(self.shown, 80)}”" if self.shown else ""
        return Diagnostic(self.code, f"{self.place}: {self.message}{shown}", at, hint, self.waived)


def cut(text: str, longest: int = _LONGEST) -> str:
    """Return the beginning of a text that is too long to be told whole."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
