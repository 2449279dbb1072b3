"""The bytes of a PDF in, its pages and their texts out, and the words of any text as they can be compared (pypdfium2).

Whoever looks at the pages of a PDF reads their texts on the way: to open a page takes longer than to read it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from stele.language.casing import lower
from stele.language.numerals import european

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.artifacts import Artifact

# A word ends where its script does: Arabic joins the word for "and" to a name in Latin letters.
_ARABIC = "".join(re.findall(r"[^\W\d_]", "".join(map(chr, range(0x590, 0x900)))))
_TOKEN = re.compile(rf"[^\W\d_\u0590-\u08ff]+|[{_ARABIC}]+|\d+")
# Joiners and directions; the stroke of Arabic; the sign for a number, which fonts spell out in their own way.
_UNREAD = re.compile("[\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202c\ufeff\u0640\u2116]")
# Dots above and breves that make letters of their own: й is no и.
_KEPT_MARKS = "\u0306\u0307\u0308"
_COMBINING = [char for char in map(chr, range(0x300, 0x20000)) if unicodedata.combining(char)]
_BASIC = "".join(char for char in _COMBINING if char <= "\uffff" and char not in _KEPT_MARKS)
_MARKS = re.compile(f"[{_BASIC}]")
# A set of characters that has some beyond U+FFFF is gone through one by one, so only texts that have such are searched.
_FURTHER = re.compile("[\U00010000-\U0010ffff]")
_FURTHER_MARKS = re.compile(f"[{''.join(char for char in _COMBINING if _FURTHER.match(char))}]")
_LEVEL = 0.1  # radians
# Letters between two that are asked; pages on which the word of a proof would stand, of which two may tell how to fold.
_STEP, _COVERS = 3, 4
BREAK, BROKEN = re.compile(r"[\u00ad\ufffe\u0002]\s*"), "\ufffe"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF by its number from 1: its text, and the words of it in reading order."""

    number: int
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """A PDF that is published at `path` and was read already: the text of each of its pages."""

    path: str
    pages: tuple[str, ...]


class OpenPage(NamedTuple):
    """A page of a PDF by its number from 1, and its text, as PDFium has them; `raw` is all that it reads there."""

    number: int
    page: Any
    text: Any
    raw: str


def sheets(pdf: Artifact | Texts, tag: str) -> tuple[Sheet, ...]:
    """Return the pages of a PDF in the language `tag`."""
    texts = pdf.pages if isinstance(pdf, Texts) else page_texts(pdf.data)
    return tuple(Sheet(number, text, words(text, tag)) for number, text in enumerate(texts, 1))


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page of a PDF, but for a word that stands across it, as on a proof."""
    texts: list[str] = []
    for _ in open_pages(pdf, texts):
        pass
    return tuple(texts)


def open_pages(pdf: bytes, texts: list[str]) -> Iterator[OpenPage]:
    """Yield the pages of a PDF, each open until the next; their texts, as `page_texts` returns them, go to `texts`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    is_proof = False
    try:
        for number, page in enumerate(document, 1):
            textpage = page.get_textpage()
            raw = textpage.get_text_range()
            is_proof = is_proof or (number <= _COVERS and _is_across(textpage))
            texts.append((_level_text(textpage) if is_proof else raw).replace("\r\n", "\n"))
            yield OpenPage(number, page, textpage, raw)
            textpage.close()
            page.close()
    finally:
        document.close()


def _is_across(textpage: Any) -> bool:
    """Say whether a word stands across a page; a few letters of it would be met at this step."""
    from pypdfium2 import raw

    steps = range(0, textpage.count_chars(), _STEP)
    return any(raw.FPDFText_GetCharAngle(textpage, index) % math.tau > _LEVEL for index in steps)


def _level_text(textpage: Any) -> str:
    """Return the text of a page but for a word that stands across it, as on a proof: that is no text of the page."""
    from pypdfium2 import raw

    def is_level(index: int) -> bool:
        return bool(raw.FPDFText_GetCharAngle(textpage, index) % math.tau < _LEVEL)

    runs = [list(run) for level, run in groupby(range(textpage.count_chars()), is_level) if level]
    return "\n".join(textpage.get_text_range(run[0], len(run)) for run in runs)


@lru_cache(maxsize=8_192)
def words(text: str, tag: str) -> tuple[str, ...]:
    """Return the words and numbers of `text` as they can be compared: in lower case, without marks and joiners.

    A word that is broken at the end of a line is two: PDFium writes U+FFFE there, or U+0002.
    """
    lowered = lower(unicodedata.normalize("NFC", _UNREAD.sub("", text)), tag).replace("ß", "ss")
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", lowered))
    if _FURTHER.search(plain):
        plain = _FURTHER_MARKS.sub("", plain)
    return tuple(_TOKEN.findall(european(unicodedata.normalize("NFC", plain))))
