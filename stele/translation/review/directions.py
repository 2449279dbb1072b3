"""A pair in, what of its translation would be displayed in a wrong order, or turns round what follows it, out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from stele.language.bidi import left_to_right_runs
from stele.language.casing import keyword
from stele.language.visual_order import visual_order
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

_ISOLATE, _EMBEDDING = "\u2066\u2067\u2068", "\u202a\u202b\u202d\u202e"
_POP_ISOLATE, _POP_EMBEDDING = "\u2069", "\u202c"
_CONTROL = re.compile(f"[{_ISOLATE}{_EMBEDDING}{_POP_ISOLATE}{_POP_EMBEDDING}]")
# What becomes plain text, in page titles, running heads and menus; elsewhere the program isolates runs by itself.
_PLAIN_KINDS = frozenset({"title", "short title for the head of the page", "description", "heading 1", "heading 2"})
_SITE = "/site.po"
_LONGEST = 500  # characters; what is longer is no title
# Words of Hebrew or Arabic script with the spaces, marks and digits of their own between them.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN = re.compile(rf"[{_RIGHT_TO_LEFT}](?:[{_RIGHT_TO_LEFT}\u200c\u200d .,:;/&'-]{{0,200}}[{_RIGHT_TO_LEFT}])?")
# Signs that belong to the word they touch: C++, #name, @name.
_BEFORE, _AFTER = re.compile(r"[+#@&$~*]+\Z"), re.compile(r"[+#*®™°]+(?![\w])")


def loose_direction(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``loose-direction`` for isolates and embeddings left open, and for runs that need one.

    A run of the other direction needs it where digits or signs at its edge would be displayed on its wrong side: "C++"
    in Persian, a year behind a Hebrew name in English. Only texts that are printed without markup are looked at so.
    """
    if fault := _open_control(pair.translation):
        name = keyword(unicodedata.name(fault))
        message = f"the {name} (U+{ord(fault):04X}) has no other half"
        yield pair.finding("loose-direction", message, "close each isolate with U+2069, each embedding with U+202C")
    elif _is_plain(pair):
        text = " ".join(prose(pair.translation).split())[:_LONGEST]
        for start, end in _misplaced(text, pair.language.direction):
            opening = "U+2066" if pair.language.right_to_left else "U+2067"
            message = f"“{text[start:end][:60]}” would be displayed in a wrong order, with what stands beside it"
            hint = f"put {opening} before it and U+2069 behind it"
            yield pair.finding("loose-direction", message, hint)


def _open_control(text: str) -> str | None:
    """Return the first control without its other half."""
    opened: list[str] = []
    for found in _CONTROL.finditer(text):
        control = found[0]
        if control in _ISOLATE or control in _EMBEDDING:
            opened.append(control)
        elif not opened or (opened[-1] in _ISOLATE) != (control == _POP_ISOLATE):
            return control
        else:
            opened.pop()
    return opened[0] if opened else None


def _is_plain(pair: Pair) -> bool:
    return pair.kind in _PLAIN_KINDS or pair.location.path.endswith(_SITE)


def _misplaced(text: str, direction: str) -> Iterator[tuple[int, int]]:
    """Yield the runs whose isolation would change the order of what is displayed."""
    plain = None
    for start, end in _runs(text, direction):
        plain = plain or visual_order(text, direction)
        if _isolated(text, start, end, direction) != plain:
            yield start, end


def _isolated(text: str, start: int, end: int, direction: str) -> list[int]:
    opening = "\u2066" if direction == "rtl" else "\u2067"
    marked = f"{text[:start]}{opening}{text[start:end]}\u2069{text[end:]}"
    places = [*range(start), None, *range(start, end), None, *range(end, len(text))]
    return [place for index in visual_order(marked, direction) if (place := places[index]) is not None]


def _runs(text: str, direction: str) -> Iterator[tuple[int, int]]:
    if direction == "ltr":
        yield from (found.span() for found in _RUN.finditer(text))
        return
    place = 0
    for run, is_left_to_right in left_to_right_runs(text):
        if is_left_to_right:
            end = place + len(run)
            before, after = _BEFORE.search(text, 0, place), _AFTER.match(text, end)
            yield before.start() if before else place, after.end() if after else end
        place += len(run)
