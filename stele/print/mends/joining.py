"""WeasyPrint's setting of joined letters in, the same without three flaws of version 70.0 out.

Letter-spacing tears joined letters apart (`Layout.set_text` in weasyprint/text/line_break.py): CSS Text 4, 8.2 lets it
do nothing there, and typographers ask for that. An element that begins or ends within a word does the same, because
every text is shaped on its own: CSS Text 4, 6.3 wants letters shaped as if its edge were not there. ZERO WIDTH JOINERs
on both sides of the edge shape them so, and must not come into what readers find or copy from a PDF (`Font.to_unicode`
in weasyprint/pdf/fonts.py).

The rule of versions is that of `line_breaks`. Letters that have no presentation forms in Unicode (N'Ko, Syriac, some of
African and Asian languages) are not joined over the edge of an element.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FLAWED = frozenset({"70.0"})
# Two joiners shape as one does, and nobody writes two: so they can be told from those of the text, in clusters too.
EDGE = "\u200d\u200d"
# CSS Text 4, appendix D: the blocks of Arabic, Syriac, N'Ko, Mandaic, Mongolian, Phags-pa, Rohingya and Adlam.
_CURSIVE = re.compile(
    "[\u0600-\u077f\u07c0-\u07ff\u0840-\u086f\u0870-\u08ff\u1800-\u18af\ua840-\ua87f\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010d00-\U00010d3f\U0001e900-\U0001e95f\u200c\u200d]+"
)
_FORM = re.compile("<(initial|medial|final)> ([0-9A-F]{4})")
_TATWEEL = "\u0640"


def mend() -> None:
    """Make WeasyPrint, in this process, keep joined letters joined. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint.pdf import fonts
    from weasyprint.text import ffi, line_break

    if weasyprint.__version__ not in FLAWED or hasattr(line_break.line_size, "__wrapped__"):
        return
    ffi.ffi.cdef("const char * pango_layout_get_text (PangoLayout *layout);")
    line_break.Layout.set_text = _unspaced(line_break.Layout.set_text)
    line_break.line_size = _without_last_space(line_break.line_size)
    fonts.Font.__init__ = _without_joiners(fonts.Font.__init__)


def join(texts: Iterable[Any]) -> None:
    """Put EDGE on both sides of each edge between text boxes, in the order of reading, within a joined word."""
    previous = None
    for box in texts:
        if previous and previous.text and box.text and _joins(previous.text, box.text):
            previous.text += EDGE
            box.text = EDGE + box.text
        previous = box


def _joins(one: str, other: str) -> bool:
    last = next((char for char in reversed(one) if not unicodedata.combining(char)), "")
    return last in _forward() and other[0] in _backward()


@cache
def _forward() -> frozenset[str]:
    """Return the letters that join the one behind them: those with an initial form."""
    return frozenset(letter for form, letter in _forms() if form == "initial") | {_TATWEEL}


@cache
def _backward() -> frozenset[str]:
    """Return the letters that join the one before them: those with a final form."""
    return frozenset(letter for form, letter in _forms() if form == "final") | {_TATWEEL}


def _forms() -> Iterable[tuple[str, str]]:
    """Yield what Unicode's Arabic Presentation Forms (U+FB50 to U+FEFC) are forms of, ligatures left out."""
    for code in range(0xFB50, 0xFEFD):
        if found := _FORM.fullmatch(unicodedata.decomposition(chr(code))):
            yield found[1], chr(int(found[2], 16))


def _unspaced(flawed: Callable[..., None]) -> Callable[..., None]:
    """Return `Layout.set_text` such that no joined letter is spaced; those of other scripts beside it are."""

    @wraps(flawed)
    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        flawed(layout, text, justify)
        if layout.style["letter_spacing"] not in ("normal", 0):
            _take_spaces(layout)

    return set_text


def _take_spaces(layout: Any) -> None:
    from weasyprint.text.ffi import pango

    attributes = pango.pango_layout_get_attributes(layout.layout)
    for found in _CURSIVE.finditer(layout.text):
        none = pango.pango_attr_letter_spacing_new(0)
        none.start_index, none.end_index = (len(layout.text[:place].encode()) for place in found.span())
        pango.pango_attr_list_change(attributes, none)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _without_last_space(flawed: Callable[..., tuple[float, float]]) -> Callable[..., tuple[float, float]]:
    """Return `line_size` such that the space which it adds behind the last letter is not added to a joined one."""

    @wraps(flawed)
    def line_size(line: Any, style: Any) -> tuple[float, float]:
        width, height = flawed(line, style)
        if style["letter_spacing"] not in ("normal", 0) and _CURSIVE.fullmatch(_text(line)[-1:]):
            width -= style["letter_spacing"]
        return width, height

    return line_size


def _text(line: Any) -> str:
    from weasyprint.text.ffi import ffi, pango

    whole: bytes = ffi.string(pango.pango_layout_get_text(line.layout))
    return whole[line.start_index : line.start_index + line.length].decode()


class _Texts(dict[int, str]):
    """What each glyph stands for, without the joiners that nobody wrote."""

    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, text.replace(EDGE, ""))


def _without_joiners(flawed: Callable[..., None]) -> Callable[..., None]:
    """Return `Font.__init__` such that what is found and copied are the letters alone."""

    @wraps(flawed)
    def __init__(font: Any, *rest: Any, **more: Any) -> None:  # noqa: N807
        flawed(font, *rest, **more)
        font.to_unicode = _Texts()

    return __init__
