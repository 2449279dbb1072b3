"""A pair in, the word out that its translation is longer than its place in the layout holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from stele.language.casing import upper
from stele.language.width import width_em
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.translation.review.pair import Pair

_AT_MOST = re.compile(r"\bat most (\d{1,5}) characters\b")
_TYPE = "type: "
_SITE = "/site.po"


@dataclass(frozen=True, slots=True)
class Panel:
    """A place of fixed size: so many lines, so wide, set in letters of this size; in Arabic script they are larger."""

    name: str
    lines: int
    width_pt: float
    size_pt: float
    arabic_pt: float
    capitals: bool = False
    two_parts: bool = False


# What the theme's booklet holds (templates/booklet/booklet.css; A5, the text 305.5 pt wide), seen by setting longer and
# longer texts in English, Russian and Persian. The head of the page is one line beside the folio. The header of a
# chapter is 11 lines high: two of the title and four below it fill it. On the cover a title of four lines and a
# subtitle of three end above the picture. The other limits share out the imprint page and the back cover likewise.
_HEAD = Panel("the head of the page", 1, 296, 7.18, 10.44, capitals=True)
_CHAPTER_TITLE = Panel("the head of a chapter", 2, 305.5, 16, 20)
_STANDFIRST = Panel("the head of a chapter", 4, 256.6, 9.2, 11.6)
_COVER_TITLE = Panel("the cover", 4, 340, 26, 26, two_parts=True)
_COVER_SUBTITLE = Panel("the cover", 3, 306, 12, 14.5)
_DOCUMENT = {
    "short title for the head of the page": (_HEAD,),
    "title": (_CHAPTER_TITLE,),
    "heading 1": (_CHAPTER_TITLE,),
    "description": (_STANDFIRST,),
}
_SETTINGS = {
    "title": (_COVER_TITLE, _HEAD),
    "subtitle": (_COVER_SUBTITLE,),
    "description": (Panel("the imprint", 5, 305.5, 8.1, 10.2),),
    "imprint.organisation": (Panel("the cover", 3, 306, 7.36, 11.6, capitals=True),),
    "imprint.place": (Panel("the foot of the title page", 1, 220, 9.2, 11.6),),
    "imprint.year": (Panel("the foot of the title page", 1, 75, 9.2, 11.6),),
    "imprint.contact": (Panel("the back cover", 4, 306, 8.1, 10.2),),
    "imprint.rights": (Panel("the imprint", 11, 305.5, 8.1, 10.2),),
    "imprint.colophon": (Panel("the colophon", 16, 232, 8.1, 10.2),),
}
# Scripts without capitals; their heads are set larger, and not spaced.
_WITHOUT_CAPITALS = frozenset({"ka", "hy", "he", "fa", "ar"})
_LARGER = 0.9 / 0.78
_LETTER_SPACE_EM = 0.08


def too_long(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``too-long`` where the translation cannot be set in its place, or the author's own limit is passed.

    An author sets a limit with a note to translators that says ``at most 40 characters``.
    """
    text = " ".join(prose(pair.translation).split())
    for limit in _limits(pair):
        length = sum(not unicodedata.combining(char) and unicodedata.category(char) != "Cf" for char in text)
        if length > limit:
            message = f"“{text[:60]}” has {length} characters, the author asks for at most {limit}"
            yield pair.finding("too-long", message, "shorten it")
    for panel in _panels(pair):
        lines = _lines(text, panel, pair.language)
        if lines > panel.lines:
            message = f"“{text[:60]}” takes about {lines} lines in {panel.name}, which holds {panel.lines}"
            hint = f"about {_fitting(text, panel, pair.language)} characters fit"
            yield pair.finding("too-long", message, hint)


def _limits(pair: Pair) -> Iterator[int]:
    for comment in pair.comments:
        if found := _AT_MOST.search(comment):
            yield int(found[1])


def _panels(pair: Pair) -> dict[Panel, None]:
    """Return the places of a text, each once: one message may stand in several."""
    types = [line.removeprefix(_TYPE) for line in pair.comments if line.startswith(_TYPE)]
    if not pair.location.path.endswith(_SITE):
        return dict.fromkeys(panel for name in types for panel in _DOCUMENT.get(name, ()))
    names = [name.rpartition(".")[2] if name.startswith("editions.") else name for name in types]
    return dict.fromkeys(panel for name in names for panel in _SETTINGS.get(name, ()))


def _fitting(text: str, panel: Panel, language: Language) -> int:
    """Return about how many characters of such a text its place holds."""
    measure, spacing = _measure(panel, language)
    written = upper(text, language.tag) if spacing else text
    fits = len(text) * panel.lines * measure / (width_em(written) + spacing * len(written))
    return min(int(fits), len(text) - 1)


def _lines(text: str, panel: Panel, language: Language) -> int:
    """Return about how many lines `text` takes, broken between words as the booklet does."""
    measure, spacing = _measure(panel, language)
    text = upper(text, language.tag) if spacing else text  # the scripts with capitals are those that are spaced
    parts = re.split(r"(?<=[,،]) ", text, maxsplit=1) if panel.two_parts else [text]
    return sum(_broken(part, measure, spacing) for part in parts)


def _measure(panel: Panel, language: Language) -> tuple[float, float]:
    """Return how wide a line is and how much is added between letters, both in em."""
    if language.tag.partition("-")[0] in ("fa", "ar") or "-Arab" in language.tag:
        return panel.width_pt / panel.arabic_pt, 0.0
    if panel.capitals and language.tag.partition("-")[0] in _WITHOUT_CAPITALS:
        return panel.width_pt / (panel.size_pt * _LARGER), 0.0
    return panel.width_pt / panel.size_pt, _LETTER_SPACE_EM if panel.capitals else 0.0


def _broken(text: str, measure: float, spacing: float) -> int:
    space = width_em(" ") + spacing
    lines, used = 1, 0.0
    for word in text.split(" "):
        width = width_em(word) + spacing * len(word)
        if used and used + space + width > measure:
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0.0)
        if used > measure:
            lines, used = lines + ceil(used / measure) - 1, used % measure
    return lines
