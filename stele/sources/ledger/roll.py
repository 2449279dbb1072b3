"""People of the ledger and what a block asks for in, the roll of their names in one language out.

A roll is sorted by the alphabet of its language and parted by letters. It names nobody who is living or was a child
unless that was agreed to, and nobody whom a recorded consent does not cover; whom it leaves out it counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from stele.language.collation.keys import heading, name_key
from stele.language.scripts import script, script_of
from stele.language.transliteration import SOURCES, transliterate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.sources.ledger.records import Consent, Figure, Person

Medium: TypeAlias = Literal["print", "web"]
MEDIA: tuple[Medium, ...] = ("print", "web")

FAMILIES = "families"
_ALIVE = frozenset({"found-alive", "survived"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands behind the bar of a block: ``/// roll | ferry, families, drowned.registry``.

    The `name` of a roll, empty for every person; whether households are kept together; the id of the figure, known by
    its dot, with which the number of names is compared.
    """

    name: str = ""
    families: bool = False
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Readers:
    """For whom a roll is made: the language `tag`, in a book or on a page, in a year.

    `source` is the language of names that do not say theirs. Where no `year` is known, a consent that ends has ended.
    """

    tag: str
    source: str
    medium: Medium
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """People who follow each other: a household that is kept `together`, or those of no household."""

    people: tuple[Person, ...]
    together: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """Everyone who stands under a heading: the letter with which the name of the first of a household begins."""

    heading: str
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """The names in order; how many are `withheld`; the `figure` that somebody states of them, if one was asked for."""

    letters: tuple[Letter, ...]
    withheld: int = 0
    figure: Figure | None = None

    @property
    def people(self) -> tuple[Person, ...]:
        """Return everyone who is named, in order."""
        families = chain.from_iterable(letter.families for letter in self.letters)
        return tuple(chain.from_iterable(family.people for family in families))

    @property
    def unknown(self) -> int:
        """Return how many more people the figure counts than the roll has; less than 0 where it has more."""
        return self.figure.low - len(self.people) - self.withheld if self.figure else 0


def wish(argument: str) -> Wish:
    """Return what the argument of a block asks for; of several names the last is meant."""
    words = [word for part in argument.split(",") if (word := part.strip())]
    names = [word for word in words if word != FAMILIES and "." not in word]
    figures = [word for word in words if "." in word]
    return Wish(names[-1] if names else "", FAMILIES in words, figures[-1] if figures else "")


def enrolled(people: Iterable[Person], wished: Wish) -> Iterator[Person]:
    """Yield those whose roll it is, in the order of the ledger; a withdrawn record is not printed."""
    return (item for item in people if wished.name in ("", item.roll) and item.status != "withdrawn")


def roll(people: Iterable[Person], wished: Wish, readers: Readers, figure: Figure | None = None) -> Roll:
    """Return the roll of those of `people` who are asked for, to be compared with a `figure`."""
    everyone = tuple(enrolled(people, wished))
    told = tuple(named(everyone, wished, readers))
    return Roll(_letters(told, wished, readers.tag), len(everyone) - len(told), figure)


def named(people: Iterable[Person], wished: Wish, readers: Readers) -> Iterator[Person]:
    """Yield those of `people` who are asked for and may be named, under the names that readers can read."""
    return (_as_named(item, readers) for item in enrolled(people, wished) if not is_withheld(item, readers))


def is_parted(people: Iterable[Person]) -> bool:
    """Say whether somebody has agreed to be named in one medium and not in another."""
    return any(item.consent is not None and {*item.consent.scope} != {*MEDIA} for item in people)


def may_be_living(person: Person) -> bool:
    """Say whether nothing tells that a person has died."""
    return person.living or (person.fate in _ALIVE and not person.died)


def is_withheld(person: Person, readers: Readers) -> bool:
    """Say whether a person is not to be named.

    Whoever may be living, and children, are named with consent alone. A consent that is recorded holds for all: what it
    does not cover is not printed.
    """
    if person.consent is None:
        return may_be_living(person) or person.minor
    return not _covers(person.consent, readers)


def is_withheld_in(person: Person, tag: str) -> bool:
    """Say whether a consent leaves out a language, whatever else it says."""
    return person.consent is not None and not _speaks(person.consent, tag)


def _speaks(consent: Consent, tag: str) -> bool:
    return not consent.languages or bool({tag, tag.partition("-")[0]} & {*consent.languages})


def _covers(consent: Consent, readers: Readers) -> bool:
    if not _speaks(consent, readers.tag):
        return False
    return readers.medium in consent.scope and not _has_ended(consent.until, readers.year)


def _has_ended(until: str, year: int | None) -> bool:
    """Say whether the last year of an EDTF date lies before `year`; what cannot be read has ended."""
    last = until.rpartition("/")[2] or until
    if not until or last == "..":
        return False
    digits = last[:4].replace("X", "9")
    return year is None or not digits.isdecimal() or int(digits) < year


def _as_named(person: Person, readers: Readers) -> Person:
    """Return a person under the name that readers can read, of a child's birth no more than the year."""
    named = _in_script(person, readers)
    if person.minor and "-" in person.born:
        return replace(named, born="/".join(_year(end) for end in person.born.split("/")))
    return named


def _year(date: str) -> str:
    mark = date[-1:] if date[-1:] in ("?", "~", "%") else ""
    return date if date in ("", "..") else date[:4] + mark


def _in_script(person: Person, readers: Readers) -> Person:
    """Return a person with the variant in the script of the readers' language, where the name is in another one.

    Commas part the family name of a variant from the given name, and this from the patronymic. A name that stands in
    their script, and not in that of its language, needs no language: a Persian one in Latin letters is set as all are.
    """
    language, wanted = person.language or readers.source, script_of(readers.tag)
    if SOURCES.get(readers.tag) == language:
        parts = (transliterate(part, readers.tag) for part in (person.family, person.given, person.patronymic))
        return _renamed(person, tuple(parts), "")
    own = _script(person.family or person.given)
    if own == wanted != script_of(language):
        return replace(person, language="")
    if own != wanted:
        for variant in person.variants:
            if _script(variant) == wanted:
                return _renamed(person, name_parts(variant), "")
    return person if person.language == language else replace(person, language=language)


def name_parts(variant: str) -> tuple[str, ...]:
    """Return the parts of a name that is written as one text: ``Rostami, Arash``."""
    return tuple(part.strip() for part in variant.split(","))[:3]


def _renamed(person: Person, parts: tuple[str, ...], language: str) -> Person:
    family, given, patronymic = (*parts, "", "")[:3]
    return replace(person, family=family, given=given, patronymic=patronymic, language=language)


def _script(name: str) -> str:
    return next((script(letter) for letter in name if letter.isalpha()), "")


def _letters(people: Sequence[Person], wished: Wish, tag: str) -> tuple[Letter, ...]:
    ordered = sorted(people, key=lambda item: (name_key(_parts(item), tag), item.born, item.id))
    by_letter = groupby(_families(ordered, wished.families), lambda family: _heading(family[0], tag))
    return tuple(Letter(letter, tuple(_joined(families))) for letter, families in by_letter)


def _parts(person: Person) -> tuple[str, str, str]:
    return person.family, person.given, person.patronymic


def _heading(person: Person, tag: str) -> str:
    return heading(person.family or person.given, tag)


def _families(ordered: Sequence[Person], together: bool) -> Iterator[tuple[Person, ...]]:
    """Yield people in order; those of a household stand together, where the first of them stands."""
    households: dict[str, list[Person]] = {}
    for person in ordered:
        if together and person.household:
            households.setdefault(person.household, []).append(person)
    for person in ordered:
        if not together or not person.household:
            yield (person,)
        elif members := households.pop(person.household, None):
            yield tuple(members)


def _joined(families: Iterable[tuple[Person, ...]]) -> Iterator[Family]:
    """Yield families, those of a single person as one."""
    for together, group in groupby(families, lambda family: len(family) > 1):
        if together:
            yield from (Family(members, together=True) for members in group)
        else:
            yield Family(tuple(chain.from_iterable(group)), together=False)
