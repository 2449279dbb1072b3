"""The slugs of a few pages as a PDF in, those of all pages out: one differs from another in the digits of its number.

To lay one out takes a tenth of what a page of the booklet does. So it is done once for all numbers of a length, whose
digits are all as wide, and once with every digit, to see which glyphs they are. What stands behind a number is kerned
as behind a nought.
"""

from __future__ import annotations

import re
from io import BytesIO
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST = 4  # pages: fewer are laid out as soon
_GLYPH = re.compile(rb"(<[0-9a-f]{4}>)")


def samples(pages: int) -> tuple[str, ...]:
    """Return the numbers of which slugs are laid out for so many pages: all, or one of each length and every digit."""
    if pages < _FEWEST:
        return tuple(str(page) for page in range(1, pages + 1))
    return *(str(10**zeros) for zeros in range(len(str(pages)))), _digits(pages)


def numbered(laid_out: bytes, pages: int) -> bytes | None:
    """Return a PDF with the slug of each page; `laid_out` has those of `samples`. None where the digits are not found.

    That is so where they are not drawn one behind the other, each with one glyph of its own.
    """
    import pikepdf

    if pages < _FEWEST:
        return laid_out
    with pikepdf.open(BytesIO(laid_out)) as pdf:
        *shapes, specimen = [_GLYPH.split(page.obj.Contents.read_bytes()) for page in pdf.pages]
        first = _first_digit(shapes, specimen)
        if first is None:
            return None
        glyphs = dict(zip(_digits(pages), specimen[first::2], strict=False))
        few = list(pdf.pages)
        for number in map(str, range(1, pages + 1)):
            pdf.pages.append(few[len(number) - 1])
            content = _with_number(shapes[len(number) - 1], first, [glyphs[digit] for digit in number])
            pdf.pages[-1].obj.Contents = pdf.make_stream(content)
        del pdf.pages[: len(few)]
        written = BytesIO()
        pdf.save(written)
        return written.getvalue()


def _digits(pages: int) -> str:
    """Return the digits in the numbers of so many pages, in their order."""
    return "1234567890"[:pages]


def _first_digit(shapes: Sequence[list[bytes]], specimen: list[bytes]) -> int | None:
    """Return where the numbers begin in slugs that are split at their glyphs; these have every other place.

    `shapes` are those of 1, 10 and so on, `specimen` has the digits from 1 on.
    """
    glyphs = [slug[1::2] for slug in (*shapes, specimen)]
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(glyphs[0], glyphs[-1], strict=False))))
    first = alike - 1  # both have a 1 there
    before, behind = glyphs[0][:first], glyphs[0][alike:]
    digits = glyphs[-1][first : len(glyphs[-1]) - len(behind)]
    numbers = (*(digits[:1] + digits[-1:] * zeros for zeros in range(len(shapes))), digits)
    are_found = glyphs == [before + number + behind for number in numbers] and len(set(digits)) == len(digits)
    return 2 * first + 1 if are_found else None


def _with_number(shape: list[bytes], first: int, digits: list[bytes]) -> bytes:
    """Return a slug with the glyphs of another number of as many digits."""
    changed = list(shape)
    changed[first : first + 2 * len(digits) : 2] = digits
    return b"".join(changed)
