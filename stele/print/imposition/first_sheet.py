"""What is to be printed and folded in, the HTML of the first sheet out, which tells how: compose(work, …) -> html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.print.imposition.folding import SIGNATURES, signature_sizes

if TYPE_CHECKING:
    from stele.language.tags import Language
    from stele.print.imposition.sheets import Sheet
    from stele.sources.templating import Templates
    from stele.sources.theme import Theme


@dataclass(frozen=True, slots=True)
class Work:
    """A booklet of `pages` pages on `sheet`; `is_cut` when marks show where to cut it to size."""

    title: str
    pages: int
    sheet: Sheet
    binding: str
    is_cut: bool

    @property
    def signatures(self) -> tuple[int, ...]:
        """Return how many sheets each signature has; nothing for a booklet that is stapled."""
        return signature_sizes(self.pages, self.binding) if self.binding == SIGNATURES else ()

    @property
    def sheets(self) -> int:
        """Return how many sheets of paper it takes, the first one not counted."""
        return sum(signature_sizes(self.pages, self.binding))


def compose(work: Work, *, language: Language, templates: Templates, theme: Theme, family: str = "") -> str:
    """Return the HTML of two pages of the size of the sheet: how to make the booklet, and a test of both sides.

    `family` comes before the fonts of the theme. Raises `templating.TemplateFailure`.
    """
    return templates.render(
        "office/instructions.html",
        {
            "work": work,
            "language": language,
            "family": family,
            "stylesheet": lambda name: theme.find(name).as_uri(),
        },
    )
