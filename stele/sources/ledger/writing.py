"""A value of the ledger, a reference to it and a language in, the words to print out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language.date_patterns import filled
from stele.language.date_writing import night, written
from stele.language.edtf import Moment, parse
from stele.language.numbers import number
from stele.language.ordinals import Gender, ordinal
from stele.language.pseudo import disguised
from stele.language.suffixes import attach
from stele.language.transliteration import SOURCES, transliterate
from stele.sources.vocabulary import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stele.sources.ledger.records import Ledger
    from stele.sources.ledger.references import Reference

ORDINAL, ANNIVERSARY = "ordinal", "anniversary"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was counted, 0 or more; a range from `low` to `high`."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class Day:
    """A date in EDTF; the night between its two days where `is_night` says so."""

    edtf: str
    is_night: bool = False

    def __str__(self) -> str:
        return self.edtf


@dataclass(frozen=True, slots=True)
class Name:
    """What a place is called, by tag; the first form is to be used."""

    forms: Mapping[str, tuple[str, ...]]

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(forms[0] for forms in self.forms.values()))


Value = Number | Day | Name


def values(ledger: Ledger, computed: Mapping[str, int]) -> dict[str, Value]:
    """Return what references stand for, by id; `computed` are the values of the derived records.

    Behind the id of a figure or a source may stand which date of it is meant: ``killed.hrw.as-of``, ``mfa.issued``.
    """
    made: dict[str, Value] = {item.id: Number(item.low, item.high) for item in ledger.figures.values()}
    made |= {name: Number(value, value) for name, value in computed.items()}
    made |= {item.id: Day(item.date, item.night) for item in ledger.events.values()}
    made |= {item.id: Day(item.date) for item in ledger.commemorations.values()}
    made |= {item.id: Day(item.date) for item in ledger.quotations.values() if item.date}
    made |= {item.id: Day(item.opened) for item in ledger.memorials.values() if item.opened}
    made |= {f"{item.id}.as-of": Day(item.as_of[0]) for item in ledger.figures.values() if item.as_of}
    made |= {f"{item.id}.issued": Day(item.issued) for item in ledger.sources.values() if item.issued}
    dated = ((item.id, (*item.adopted, item.reported, item.published)) for item in ledger.recognitions.values())
    made |= {name: Day(day) for name, days in dated if (day := next(filter(None, days), ""))}
    return made | {item.id: Name(item.names) for item in ledger.places.values()}


def write(value: Value, reference: Reference, tag: str, patterns: Mapping[str, str]) -> str:
    """Return a reference in words; `patterns` are how the language writes dates. Raises `ValueError`."""
    return disguised(_written(value, reference, tag, patterns), tag)


def _written(value: Value, reference: Reference, tag: str, patterns: Mapping[str, str]) -> str:
    if isinstance(value, Number):
        return _number(value, reference, tag, patterns)
    if isinstance(value, Day):
        return _suffixed(_date(value, reference.pattern, tag, patterns), reference.suffix, tag)
    name = name_in(value.forms, tag)
    if not name:
        raise ValueError(f"there is no name in {tag}")
    return reference.pattern or _suffixed(name, reference.suffix, tag)


def name_in(forms: Mapping[str, tuple[str, ...]], tag: str) -> str:
    """Return the form of a name or term to use in a language, in other letters where it is written from another."""
    own = in_language(forms, tag)
    if not own and tag in SOURCES:
        return transliterate(name_in(forms, SOURCES[tag]), tag)
    return disguised(own[0], tag) if own else ""


def _number(value: Number, reference: Reference, tag: str, patterns: Mapping[str, str]) -> str:
    kind, _, gender = reference.pattern.partition(".")
    if kind == ORDINAL:
        return ordinal(value.low, tag, Gender(gender or Gender.MASCULINE))
    if kind == ANNIVERSARY:
        counted = ordinal(value.low, tag, Gender(patterns["anniversary_gender"]))
        return patterns["anniversary"].replace("%(ordinal)s", counted)
    if kind:
        raise ValueError(f"{reference.pattern!r} is no way to write a number: {ORDINAL}, {ANNIVERSARY}")
    if value.low != value.high:
        return f"{number(value.low, tag)}–{_suffixed_number(value.high, reference.suffix, tag)}"
    return _suffixed_number(value.low, reference.suffix, tag)


def _suffixed_number(value: int, suffix: str, tag: str) -> str:
    """Return a number with a suffix that agrees with it as it is spoken, whatever its grouping."""
    return number(value, tag) + attach(str(value), suffix, tag)[len(str(value)) :]


def _suffixed(text: str, suffix: str, tag: str) -> str:
    """Return `text` with a suffix that agrees with its last word."""
    before, space, last = text.rpartition(" ")
    return before + space + attach(last, suffix, tag) if suffix else text


def _date(value: Day, pattern: str, tag: str, patterns: Mapping[str, str]) -> str:
    if pattern:
        moment = parse(value.edtf)
        ends = (moment,) if isinstance(moment, Moment) else (moment.start, moment.end)
        return filled(pattern, tag, *(end for end in ends if end is not None))
    return night(value.edtf, patterns, tag) if value.is_night else written(value.edtf, patterns, tag)
