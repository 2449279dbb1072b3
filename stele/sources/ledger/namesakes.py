"""People in, pairs of them who may be one person written down twice, maybe in two scripts, out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING, TypeAlias

from stele.language.scripts import script
from stele.language.skeletons import shape, skeleton
from stele.sources.ledger.roll import name_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from stele.sources.ledger.records import Person

    # Family name, given name and patronymic; and with the language that they are written in.
    Parts: TypeAlias = tuple[str, str, str]
    Name: TypeAlias = tuple[Parts, str]

# Scripts that leave short vowels out.
_CONSONANTS_ONLY = frozenset({"Arabic", "Hebrew"})


@dataclass(frozen=True, slots=True)
class _Written:
    """How a person is written: the shapes of the three parts of each name, by whether its script has vowels."""

    person: Person
    shapes: Mapping[bool, Sequence[Parts]]
    skeletons: Sequence[Parts]


def name_key(person: Person) -> str:
    """Return what the family and given name have in common in all scripts: ``mt ksn`` for Məmmədov Həsən.

    >>> from stele.diagnostics import Location
    >>> from stele.sources.ledger.records import Person
    >>> here = Location("people.csv", 2)
    >>> latin = Person(id="a", at=here, family="Məmmədov", given="Həsən", language="az")
    >>> cyrillic = Person(id="b", at=here, family="Мамедов", given="Гасан", language="ru")
    >>> name_key(latin) == name_key(cyrillic)
    True
    """
    return _key((person.family, person.given, ""), person.language)


def duplicates(people: Iterable[Person], source: str) -> Iterator[tuple[Person, Person]]:
    """Yield each person who may be another before, with that one: names that sound alike, and the same year of birth.

    Where no year is known, father's names must be known and alike. `source` is the language of names that do not say
    theirs. Takes time in proportion to the number of people.
    """
    met: defaultdict[tuple[str, str], list[_Written]] = defaultdict(list)
    for person in people:
        names, year = list(_names(person, source)), person.born[:4]
        keys = dict.fromkeys((_key(parts, tag), year) for parts, tag in names)
        written = _written(person, names)
        before = (other for key in keys for other in met[key] if _alike(written, other, year))
        if first := next(before, None):
            yield person, first.person
            continue
        for key in keys:
            met[key].append(written)


def _names(person: Person, source: str) -> Iterator[Name]:
    yield (person.family, person.given, person.patronymic), person.language or source
    for variant in person.variants:
        parts = name_parts(variant)
        if len(parts) > 1:
            yield (parts[0], parts[1], parts[2] if len(parts) > 2 else ""), ""


def _key(parts: Parts, tag: str) -> str:
    return " ".join(skeleton(part, tag) for part in parts[:2])


def _written(person: Person, names: Sequence[Name]) -> _Written:
    shapes: defaultdict[bool, list[Parts]] = defaultdict(list)
    for parts, tag in names:
        shapes[_has_vowels(parts)].append(_each(parts, tag, shape))
    return _Written(person, shapes, [_each(parts, tag, skeleton) for parts, tag in names])


def _each(parts: Parts, tag: str, fold: Callable[[str, str], str]) -> Parts:
    family, given, father = parts
    return fold(family, tag), fold(given, tag), fold(father.partition(" ")[0], tag)


def _has_vowels(parts: Parts) -> bool:
    return next((script(part[0]) not in _CONSONANTS_ONLY for part in parts if part), True)


def _alike(one: _Written, other: _Written, year: str) -> bool:
    """Say whether two people of one key may be one, by their vowels too where both are so written."""
    both = one.shapes.keys() & other.shapes.keys()
    pairs = chain.from_iterable(product(one.shapes[kind], other.shapes[kind]) for kind in both)
    return any(_same(*pair, year) for pair in (pairs if both else product(one.skeletons, other.skeletons)))


def _same(one: Parts, other: Parts, year: str) -> bool:
    if one[:2] != other[:2]:
        return False
    if not one[2] or not other[2]:
        return bool(year)
    # Həsən oğlu is Гасанович: one goes on where the other ends.
    return one[2].startswith(other[2]) or other[2].startswith(one[2])
