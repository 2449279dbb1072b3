"""The width of a spine and what stands on it in, a flaw where it is too narrow for words out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.print.preflight.flaws import Flaw

# A cover is folded to a millimetre on either side, and the smallest letters need three.
NARROWEST_WITH_WORDS_MM = 5.0


def narrow_spine(spine_mm: float, pages: int, *, has_words: bool) -> Iterator[Flaw]:
    """Yield a flaw when words stand on a spine, of a book of so many pages, that is too narrow for them."""
    if has_words and spine_mm < NARROWEST_WITH_WORDS_MM:
        yield flaw("narrow-spine", width=round(spine_mm, 1), least=NARROWEST_WITH_WORDS_MM, pages=pages)
