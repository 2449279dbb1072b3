"""A long roll of names in, the pages on which it is read out: letter by letter, none too heavy for a phone.

A letter that is too long for one page has several, each named by its first and last name; short letters that follow
each other share one. Households are not divided.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from stele.language.casing import keyword
from stele.sources.fragments import outer
from stele.sources.templating import safe
from stele.web.people import entries, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement
    from markupsafe import Markup

ROOM = 40_000
"""Bytes of names that a page has at most, about 250 of them: with all that is around them it stays below 60 KB."""


@dataclass(frozen=True, slots=True)
class _Family:
    """People who are not parted: their names as HTML, the first and the last of them as text."""

    html: str
    first: str
    last: str
    people: tuple[str, ...]

    @property
    def weight(self) -> int:
        return len(self.html.encode())


@dataclass(frozen=True, slots=True)
class Section:
    """Names below one letter, as the items of a list; `ends` are the first and the last of them, as text.

    `slug` is the letter as a piece of an address. A section that is `continued` has what found no room before it.
    """

    letter: str
    slug: str
    html: Markup
    ends: tuple[str, str]
    people: tuple[str, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a roll: what stands on it, and its `slug`, the piece of its address."""

    slug: str
    sections: tuple[Section, ...]

    @property
    def letters(self) -> str:
        """Return which letters stand here: ``A`` or ``A–C``."""
        ends = dict.fromkeys((self.sections[0].letter, self.sections[-1].letter))
        return "–".join(ends)

    @property
    def people(self) -> tuple[str, ...]:
        """Return the ids of those who stand here."""
        return tuple(person for section in self.sections for person in section.people)


def is_long(roll: HtmlElement) -> bool:
    """Say whether a roll is too long for the page of its document."""
    return len(outer(roll).encode()) > ROOM


def sheets(roll: HtmlElement) -> tuple[Sheet, ...]:
    """Return the pages of a roll, each as light as `ROOM` where no household is heavier."""
    made: list[Sheet] = []
    together: list[Section] = []
    for sections in map(_divided, *zip(*_letters(roll), strict=True)):
        heavy = len(sections) > 1
        if together and (heavy or _weight([*together, *sections]) > ROOM):
            made.append(Sheet(together[0].slug, tuple(together)))
            together = []
        if heavy:
            made += (
                Sheet(f"{item.slug}-{at}" if at > 1 else item.slug, (item,)) for at, item in enumerate(sections, 1)
            )
        else:
            together += sections
    return (*made, Sheet(together[0].slug, tuple(together))) if together else tuple(made)


def slug(letter: str) -> str:
    """Return a heading of a roll as a piece of an address, by the names that Unicode has given its letters for good.

    >>> [slug(letter) for letter in ("Ə", "Ş", "А–Я", "آ", "#")]
    ['schwa', 's-with-cedilla', 'cyrillic-a-cyrillic-ya', 'arabic-alef-with-madda-above', 'number-sign']
    """
    return "-".join(_spelled(sign) for sign in letter if sign != "–")


def _spelled(sign: str) -> str:
    """Return the name of a sign with its script, but for capitals of Latin."""
    name = unicodedata.name(sign, f"u{ord(sign):x}").removeprefix("LATIN CAPITAL LETTER ")
    return keyword(name.replace(" CAPITAL", "").replace(" LETTER", "").replace(" ", "-"))


def _letters(roll: HtmlElement) -> Iterator[tuple[str, list[_Family]]]:
    for section in roll.find_class("letter"):
        heading = next(section.iter("h3"))
        yield " ".join(heading.text_content().split()), list(_families(section))


def _families(section: HtmlElement) -> Iterator[_Family]:
    """Yield people one by one, those of a household together: whoever belongs to the one before is ``kin``."""
    family: list[tuple[str, HtmlElement]] = []
    for person, entry in entries(section):
        if family and "kin" not in (entry.get("class") or "").split():
            yield _family(family)
            family = []
        family.append((person, entry))
    if family:
        yield _family(family)


def _family(members: Sequence[tuple[str, HtmlElement]]) -> _Family:
    html = "".join(outer(entry) for _, entry in members)
    return _Family(html, name_of(members[0][1]), name_of(members[-1][1]), tuple(person for person, _ in members))


def _divided(letter: str, families: Sequence[_Family]) -> list[Section]:
    """Return a letter in as many sections as it needs, of about the same weight."""
    reached = list(accumulate(family.weight for family in families))
    count = -(-reached[-1] // ROOM)
    by_section: list[list[_Family]] = [[] for _ in range(count)]
    for family, weight in zip(families, reached, strict=True):
        by_section[min(count - 1, (weight - family.weight) * count // reached[-1])].append(family)
    return [_section(letter, part, at > 0) for at, part in enumerate(filter(None, by_section))]


def _section(letter: str, families: Sequence[_Family], continued: bool) -> Section:
    people = tuple(person for family in families for person in family.people)
    html = safe("\n".join(family.html for family in families))
    return Section(letter, slug(letter), html, (families[0].first, families[-1].last), people, continued)


def _weight(sections: Sequence[Section]) -> int:
    return sum(len(section.html.encode()) for section in sections)
