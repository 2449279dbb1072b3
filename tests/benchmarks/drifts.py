"""A text in, the same with a drift in it out: the ten kinds of drift that `drift_trial` seeds.

Each kind is a function of a text and a source of chance that returns the edits to make, none where it cannot occur.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.audit.levels import COMMITTEE, patterns
from stele.language.casing import capitalize
from stele.language.cldr import month
from stele.language.dates import dates
from stele.language.inflection import inflected, related
from stele.language.month_names import months
from stele.language.numerals import european, visible
from stele.sources.ledger.references import REFERENCE
from stele.sources.ledger.writing import Day, Name, Number

if TYPE_CHECKING:
    import random

    from stele.stages.reading import Desk

Edit = tuple[int, int, str]
PARLIAMENTS = {
    "az": "parlament", "az-Cyrl": "парламент", "tr": "parlamento", "ru": "парламент", "uk": "парламент",
    "de": "Parlament", "fr": "parlement", "fa": "پارلمان", "ar": "برلمان", "he": "פרלמנט", "ka": "პარლამენტი",
    "en": "parliament",
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A text of one block in a language, and what of it is markup: a number, a date or a name by reference."""

    shown: str
    tag: str
    desk: Desk
    quoted: bool = False

    def numbers(self) -> list[tuple[int, int]]:
        """Return where numbers stand, in digits or by reference."""
        found = [m.span() for m in re.finditer(r"\d+(?:[.,\u00a0\u202f\u066c’]\d{3})*", self.shown)]
        braces = [m.span() for m in REFERENCE.finditer(self.shown)]
        plain = [span for span in found if not any(a <= span[0] < b for a, b in braces)]
        return sorted(plain + [span for span in braces if isinstance(self.value(span), Number)])

    def value(self, span: tuple[int, int]) -> object:
        """Return what the reference at `span` stands for."""
        found = REFERENCE.match(self.shown, span[0])
        return self.desk.values.get(found["id"]) if found else None

    def days(self) -> list[tuple[int, int]]:
        """Return where references to dates stand."""
        return [m.span() for m in REFERENCE.finditer(self.shown) if isinstance(self.value(m.span()), Day)]


def digit_changed(text: Text, rng: random.Random) -> list[Edit]:
    """Put another digit in the place of one."""
    spans = text.numbers()
    if not spans:
        return []
    start, end = rng.choice(spans)
    if text.shown[start] == "{":
        value = text.value((start, end))
        assert isinstance(value, Number)
        return [(start, end, str(value.low + rng.choice([-1, 1, 2, 10])))]
    at = rng.choice([i for i in range(start, end) if text.shown[i].isdecimal()])
    zero = ord(text.shown[at]) - int(text.shown[at])
    other = rng.choice([d for d in range(10) if d != int(text.shown[at])])
    return [(at, at + 1, chr(zero + other))]


def numbers_swapped(text: Text, rng: random.Random) -> list[Edit]:
    """Exchange two numbers of one text."""
    spans = text.numbers()
    pairs = [(a, b) for a in spans for b in spans if a < b and text.shown[slice(*a)] != text.shown[slice(*b)]]
    if not pairs:
        return []
    one, other = rng.choice(pairs)
    return [(*one, text.shown[slice(*other)]), (*other, text.shown[slice(*one)])]


def number_dropped(text: Text, rng: random.Random) -> list[Edit]:
    """Leave a number out."""
    spans = text.numbers()
    return [(*rng.choice(spans), "")] if spans else []


def date_moved(text: Text, rng: random.Random) -> list[Edit]:
    """Give a date another day, or another year where it has no day."""
    places: list[list[Edit]] = []
    days = [name for name, value in text.desk.values.items() if isinstance(value, Day)]
    for start, _ in text.days():
        found = REFERENCE.match(text.shown, start)
        assert found
        own = text.desk.values[found["id"]]
        alike = [name for name in days if str(text.desk.values[name]) != str(own)]
        alike = [name for name in alike if len(str(text.desk.values[name])) == len(str(own))]
        if alike:
            places.append([(found.start("id"), found.end("id"), rng.choice(alike))])
    plain = european(visible(text.shown)) if visible(text.shown) == text.shown else ""
    for date in dates(plain, text.tag):
        part = date.day or date.year
        for found in re.finditer(rf"(?<!\d){part}(?!\d)", plain[date.start : date.end]) if part else ():
            at = date.start + found.start()
            zero = ord(text.shown[at]) - int(text.shown[at])
            new = str(part + (1 if part < 28 or part > 31 else -1))
            if REFERENCE.search(text.shown[max(0, at - 40) : at + 4]) is None:
                places.append([(at, at + len(str(part)), "".join(chr(zero + int(d)) for d in new))])
    return rng.choice(places) if places else []


def month_wrong(text: Text, rng: random.Random) -> list[Edit]:
    """Name another month of the year in a date."""
    lowered = text.shown.lower() if len(text.shown.lower()) == len(text.shown) else ""
    places = []
    for found in months(text.tag).finditer(lowered):
        name = next(name for name, value in found.groupdict().items() if value)
        near = text.shown[max(0, found.start() - 12) : found.end() + 12]
        if name[0] == "m" and re.search(r"\d", near):
            number = rng.choice([n for n in range(1, 13) if n != int(name[1:])])
            word = month(number, text.tag)
            places.append((found.start(), found.end(), capitalize(word, text.tag) if near[:1].isupper() else word))
    return [rng.choice(places)] if places else []


def name_wrong(text: Text, rng: random.Random) -> list[Edit]:
    """Write a name as another language does."""
    places = []
    for term in text.desk.vocabulary.names:
        own = term.in_language(text.tag)
        others = sorted({form for tag, forms in term.forms.items() if tag != text.tag for form in forms[:1]} - set(own))
        for form in own if others else ():
            places += [(*m.span(), rng.choice(others)) for m in inflected(form, text.tag).finditer(text.shown)]
    for start, end in [m.span() for m in REFERENCE.finditer(text.shown)]:
        value = text.value((start, end))
        if isinstance(value, Name):
            others = sorted(
                {f[0] for t, f in value.forms.items() if t != text.tag} - set(value.forms.get(text.tag, ()))
            )
            places += [(start, end, rng.choice(others))] if others else []
    return [rng.choice(places)] if places else []


def term_upgraded(text: Text, rng: random.Random) -> list[Edit]:
    """Write genocide for a weaker word."""
    terms = {term.id: term for term in text.desk.vocabulary.terms}
    strong = terms["genocide"].in_language(text.tag) if "genocide" in terms else ()
    weak = [terms[name] for name in ("massacre", "tragedy", "tragic-events", "killings-at-khojaly") if name in terms]
    lowered = text.shown.lower() if len(text.shown.lower()) == len(text.shown) else text.shown
    places = [
        (*found.span(), strong[0])
        for term in weak
        for form in term.in_language(text.tag)
        for found in related(form, text.tag).finditer(lowered)
        if strong
    ]
    return [rng.choice(places)] if places else []


def committee_raised(text: Text, rng: random.Random) -> list[Edit]:
    """Call a committee a parliament."""
    lowered = text.shown.lower() if len(text.shown.lower()) == len(text.shown) else text.shown
    places = []
    for kind, pattern in patterns(text.tag) or ():
        if kind == COMMITTEE:
            for found in pattern.finditer(lowered):
                end = found.end() + len(re.match(r"\w*", text.shown[found.end() :])[0])  # type: ignore[index]
                places.append((found.start(), end, PARLIAMENTS[text.tag]))
    return [rng.choice(places)] if places and text.tag in PARLIAMENTS else []


def attribution_lost(text: Text, rng: random.Random) -> list[Edit]:
    """Leave out who states a number: the name of a person or organisation beside it, or the whole cell of a table."""
    if not re.search(r"\d|\{", text.shown) and len(text.shown) > 80:
        return []
    places = []
    for term in text.desk.vocabulary.names:
        for form in term.in_language(text.tag) if term.kind in ("person", "organisation") else ():
            for found in inflected(form, text.tag).finditer(text.shown):
                start = found.start() - (text.shown[found.start() - 1 : found.start()] in '“«„"')
                places.append((max(0, start), found.end() + (text.shown[found.end() : found.end() + 1] in '”»“"'), ""))
    return [rng.choice(places)] if places else []


def quotation_altered(text: Text, rng: random.Random) -> list[Edit]:
    """Drop a word of a quotation, or put a word of it in the place of another."""
    quotes = [m.span(1) for m in re.finditer(r"[“«„\"]([^“”»„\"]{12,})[”»“\"]", text.shown)]
    spans = [(0, len(text.shown))] if text.quoted else quotes
    if not spans:
        return []
    start, end = rng.choice(spans)
    words = [m.span() for m in re.finditer(r"[^\W\d_]{3,}", text.shown) if start <= m.start() and m.end() <= end]
    if len(words) < 3:
        return []
    one, other = rng.sample(words, 2)
    return [(*one, rng.choice(["", text.shown[slice(*other)]]))]


KINDS = {
    "digit changed": digit_changed,
    "two numbers swapped": numbers_swapped,
    "number dropped": number_dropped,
    "date moved": date_moved,
    "wrong month name": month_wrong,
    "name of another language": name_wrong,
    "term upgraded": term_upgraded,
    "committee called parliament": committee_raised,
    "attribution lost": attribution_lost,
    "quotation altered": quotation_altered,
}


def edited(text: str, edits: list[Edit]) -> str:
    """Return the text with the edits made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
