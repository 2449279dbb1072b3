"""A roll of thousands of names as HTML in, the same as plain lines in a script element out, and read back as values.

WeasyPrint would make a tree of boxes of every element. So composition leaves of the roll only what is printed of it,
and the layout of rolls takes it out again before WeasyPrint sees the page.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

# Within a name: before its details stands this in place of a space; what is in another language stands between these
# two, behind a letter that says in which hand (see `Roll.hands`), counted from FIRST_HAND.
DETAILS, OTHER, END = "\x1f", "\x02", "\x03"
FIRST_HAND = 0x40
_KIN = "+"  # before a name that belongs to the household above, and a space before any other
_SPACES = re.compile(r"[ \n\t]+")
_JOINER = "\u2060"
_KIND = "application/x-stele-roll"
_OPENING, _CLOSING = f'<script type="{_KIND}">', "</script>"

Name = TypeVar("Name")
Hand: TypeAlias = tuple[str, str]  # the language and the direction of some names, empty where they are the booklet's
Household: TypeAlias = tuple[str, ...]  # names that are not divided by a column; all but the first are kin


@dataclass(frozen=True, slots=True)
class Letter:
    """A heading, the anchor that links lead to, and the names below it."""

    heading: str
    anchor: str
    households: tuple[Household, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """What is printed of a roll: its letters, and in which hands names are written beside that of the booklet."""

    letters: tuple[Letter, ...]
    hands: tuple[Hand, ...] = ()


def has_rolls(html: str) -> bool:
    """Say whether a page has a roll that was left plain."""
    return _OPENING in html


def leave_plain(element: HtmlElement) -> None:
    """Put what is printed of the roll `element` into a script in its place."""
    hands: dict[Hand, int] = {}
    letters = [
        [heading.text_content().strip(), heading.get("id") or "", [_line(item, hands) for item in names.iterchildren()]]
        for heading, names in _letters(element)
    ]
    said = {"hands": list(hands), "letters": letters}
    script = element.makeelement("script", {"type": _KIND})
    script.text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script.tail = element.tail
    element.getparent().replace(element, script)


def _letters(roll: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    found = list(roll.iter("h3", "ul"))
    yield from zip(found[::2], found[1::2], strict=True)


def _line(item: HtmlElement, hands: dict[Hand, int]) -> str:
    """Return a name as one line, with no more of its details than its years."""
    text = item.text or ""
    for child in item:
        if "details" in (child.get("class") or "").split():
            years = next(iter(child.find_class("years")), None)
            text = text.rstrip() if years is None else f"{text.rstrip()}{DETAILS}{years.text_content()}"
        else:
            text += _phrase(child, hands) + (child.tail or "")
    return f"{_KIN if is_kin(item) else ' '}{folded(text).strip()}"


def _phrase(element: HtmlElement, hands: dict[Hand, int]) -> str:
    text = element.text_content()
    spoken = next((each for each in element.iter() if each.get("lang")), None)
    if spoken is None or not text.strip():
        return str(text)
    hand = (spoken.get("lang") or "", spoken.get("dir") or "")
    return f"{OTHER}{chr(FIRST_HAND + hands.setdefault(hand, len(hands)))}{' '.join(text.split())}{END}"


def taken_out(html: str) -> tuple[list[str], list[Roll]]:
    """Return the HTML of a booklet in parts, and the rolls that stand between each two of them."""
    first, *others = html.split(_OPENING)
    found = [other.partition(_CLOSING) for other in others]
    return [first, *(behind for _, _, behind in found)], [_roll(json.loads(said)) for said, _, _ in found]


def _roll(said: dict[str, list[list[object]]]) -> Roll:
    letters = tuple(Letter(heading, anchor, tuple(_households(lines))) for heading, anchor, lines in said["letters"])  # type: ignore[arg-type]
    return Roll(letters, tuple((tag, direction) for tag, direction in said["hands"]))  # type: ignore[misc]


def _households(lines: list[str]) -> Iterator[Household]:
    found: list[list[str]] = []
    for line in lines:
        if found and line[0] == _KIN:
            found[-1].append(line[1:])
        else:
            found.append([line[1:]])
    return map(tuple, found)


def together(names: Iterable[Name], belongs: Callable[[Name], bool]) -> Iterator[list[Name]]:
    """Yield names, those of a household together: each that `belongs` to the one before."""
    household: list[Name] = []
    for name in names:
        if household and not belongs(name):
            yield household
            household = []
        household.append(name)
    if household:
        yield household


def is_kin(item: HtmlElement) -> bool:
    """Say whether the item of a name belongs to the household of the one above."""
    return "kin" in (item.get("class") or "").split()


def folded(text: str) -> str:
    """Return a text with single spaces, without joiners that no line needs which is not broken by the renderer."""
    return _SPACES.sub(" ", text).replace(_JOINER, "")
