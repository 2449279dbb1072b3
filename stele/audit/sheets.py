"""The bytes of a PDF in, the text of its pages out, and the words of any text as they can be compared (pypdfium2)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from stele.language.casing import lower
from stele.language.numerals import european

# A word ends where its script does: Arabic joins the word for "and" to a name in Latin letters.
_TOKEN = re.compile(r"\d+|(?:(?=[\u0590-\u08ff])[^\W\d_])+|[^\W\d_\u0590-\u08ff]+")
_UNREAD = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff\u0640")
)
# Dots above and breves that make letters of their own: й is no и.
_KEPT_MARKS = "\u0306\u0307\u0308"
BREAK, BROKEN = re.compile(r"[\u00ad\ufffe\u0002]\s*"), "\ufffe"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF by its number from 1: its text, and the words of it in reading order."""

    number: int
    text: str
    words: tuple[str, ...]


def sheets(pdf: bytes, tag: str) -> tuple[Sheet, ...]:
    """Return the pages of a PDF in the language `tag`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    found = []
    try:
        for number, page in enumerate(document, 1):
            textpage = page.get_textpage()
            text = textpage.get_text_range().replace("\r\n", "\n")
            found.append(Sheet(number, text, words(text, tag)))
            textpage.close()
            page.close()
    finally:
        document.close()
    return tuple(found)


@lru_cache(maxsize=8_192)
def words(text: str, tag: str) -> tuple[str, ...]:
    """Return the words and numbers of `text` as they can be compared: in lower case, without marks and joiners.

    A word that is broken at the end of a line is two: PDFium writes U+FFFE there, or U+0002.
    """
    lowered = lower(unicodedata.normalize("NFC", text.translate(_UNREAD)), tag).replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", lowered)
    plain = "".join(char for char in plain if not unicodedata.combining(char) or char in _KEPT_MARKS)
    return tuple(_TOKEN.findall(european(unicodedata.normalize("NFC", plain))))
