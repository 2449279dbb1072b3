"""The pages of one document in every language in, where they do not say the same out.

Each edition is read beside the source's, passage by passage, and where that is not enough beside all others together:
what only one of them does is questioned, and what all but the source do is said of the source.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median
from typing import TYPE_CHECKING

from stele.audit.drifts import Drift, Yardstick, drifts, plain_words
from stele.audit.findings import Finding, cut
from stele.audit.passages import REMARK
from stele.language.dates import dates
from stele.language.numerals import european, numerals, visible
from stele.language.readings import Weight
from stele.language.transliteration import SOURCES, transliterate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from stele.audit.passages import Page, Passage
    from stele.audit.told import Told

_LETTER = 3  # signs of a heading in a roll: Ә, Dz, Ñ
_MANY = 3  # editions make a majority that can be believed
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
# How much shorter than the median of all editions a passage of so many letters may be, as a logarithm (measured on the
# sample in eleven languages: the shortest are at 0.18 and 0.22).
_SHORTER = ((250, 0.24), (120, 0.30))


@dataclass(frozen=True, slots=True)
class Row:
    """A passage of the source by its index, and the same passage of each edition by tag."""

    index: int
    source: Passage
    others: Mapping[str, Passage]


def compare(
    source: Page,
    pages: Sequence[Page],
    yardstick: Yardstick,
    apart: Collection[str] = (),
    known: Told | None = None,
) -> tuple[Finding, ...]:
    """Return where `pages`, the editions of one page in other languages, do not say what `source` says.

    Rows of the records `apart` have other columns or parts in each language: only the ledger can be asked for them.
    What is `known` of a passage is not asked again, and what is asked is known then.
    """
    known = {} if known is None else known
    source, *pages = (_without(page, frozenset(apart)) for page in (source, *pages))
    by_tag = {page.tag: page for page in pages}
    rows: dict[int, dict[str, Passage]] = defaultdict(dict)
    found: list[Finding] = []
    for page in pages:
        for index, ours, theirs in aligned(source.passages, page.passages):
            if ours is None or theirs is None:
                found += _unpaired(page, ours, theirs)
            else:
                rows[index][page.tag] = theirs
    table = [Row(index, source.passages[index], others) for index, others in sorted(rows.items())]
    for row in table:
        found += _row(row, source, by_tag, yardstick, known)
    found += _shortened(table, by_tag)
    return tuple(found)


def _without(page: Page, apart: frozenset[str]) -> Page:
    """Return the page without the rows of the records `apart`, and without the heads of tables, which go with them."""
    has_some = any(passage.record in apart for passage in page.passages)
    kept = (item for item in page.passages if item.kind != REMARK and not (has_some and _is_apart(item, apart)))
    return replace(page, passages=tuple(kept))


def _is_apart(passage: Passage, apart: frozenset[str]) -> bool:
    if passage.record:
        return passage.record in apart
    is_letter = passage.kind == "h3" and len(passage.text) <= _LETTER  # the names below it have others elsewhere
    return passage.kind == "th" or is_letter


# --- alignment ----------------------------------------------------------------------------------------------------


def aligned(ours: Sequence[Passage], theirs: Sequence[Passage]) -> Iterator[tuple[int, Passage | None, Passage | None]]:
    """Yield the index in `ours` and the two passages that stand for each other; None where one side has none.

    Rows and entries of a record answer to those of the same record, wherever their language sorts them.
    """
    left, right = _keys(ours), _keys(theirs)
    if left == right:
        yield from ((index, one, other) for index, (one, other) in enumerate(zip(ours, theirs, strict=True)))
        return
    at = {key: index for index, key in enumerate(right) if key[1]}
    records = {index: at[key] for index, key in enumerate(left) if key[1] and key in at}
    yield from ((index, ours[index], theirs[other]) for index, other in records.items())
    taken = set(records.values())
    mine = [index for index in range(len(ours)) if index not in records]
    rest = [index for index in range(len(theirs)) if index not in taken]
    matcher = SequenceMatcher(None, [left[index] for index in mine], [right[index] for index in rest], autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield from _block(ours, theirs, mine[a:b], rest[c:d])


def _keys(passages: Sequence[Passage]) -> list[tuple[str, str, int]]:
    """Return what a passage is known by: kind, record, and which of its record it is."""
    seen: Counter[tuple[str, str]] = Counter()
    keys = []
    for passage in passages:
        key = (passage.kind, passage.record)
        keys.append((*key, seen[key] if passage.record else 0))
        seen[key] += 1
    return keys


def _block(
    ours: Sequence[Passage], theirs: Sequence[Passage], mine: list[int], rest: list[int]
) -> Iterator[tuple[int, Passage | None, Passage | None]]:
    for index, other in zip(mine, rest, strict=False):
        yield index, ours[index], theirs[other]
    for index in mine[len(rest) :]:
        yield index, ours[index], None
    for other in rest[len(mine) :]:
        yield (mine[-1] if mine else 0), None, theirs[other]


def _unpaired(page: Page, ours: Passage | None, theirs: Passage | None) -> Iterator[Finding]:
    if ours is not None:
        message = f"a passage of the source edition is missing: “{cut(ours.text, 60)}”"
        yield Finding("editions-disagree", page.path, page.tag, message, expected=ours.text, origin=ours.bare)
    elif theirs is not None:
        message = "a passage stands here that the source edition does not have"
        yield Finding("editions-disagree", page.path, page.tag, message, shown=theirs.text)


# --- one passage in all editions ----------------------------------------------------------------------------------


def _row(row: Row, source: Page, by_tag: Mapping[str, Page], yardstick: Yardstick, known: Told) -> Iterator[Finding]:
    told = {tag: list(_known(row, by_tag[tag], yardstick, known)) for tag in row.others}
    if not row.source.framed:
        for tag, drift in _out_of_order(row):
            told.setdefault(tag, []).append(drift)
    if not any(told.values()):
        return
    counts = Counter(shared for items in told.values() for shared in {drift.shared for drift in items if drift.shared})
    kept = {tag: [drift for drift in items if counts[drift.shared] < _MANY] for tag, items in told.items()}
    for tag, items in kept.items():
        yield from (_finding(row, by_tag[tag], row.others[tag], drift) for drift in items)
    yield from _of_the_source(row, source, kept)


def _known(row: Row, page: Page, yardstick: Yardstick, known: Told) -> tuple[Drift, ...]:
    """Return what a passage says otherwise, as it is known or as it is found now."""
    place, found = (page.path, row.index), known.setdefault(page.tag, {})
    if place not in found:
        found[place] = tuple(_told(row, page.tag, row.others[page.tag], yardstick))
    return found[place]


def _told(row: Row, tag: str, passage: Passage, yardstick: Yardstick) -> Iterator[Drift]:
    if row.source.markup == passage.markup and passage.tag != tag:
        return
    base = SOURCES.get(tag)
    if base is None or (base not in row.others and base != row.source.tag):
        yield from drifts(row.source, passage, yardstick)
        return
    yield from _other_letters(row.source if base == row.source.tag else row.others[base], passage, yardstick)


def _other_letters(base: Passage, passage: Passage, yardstick: Yardstick) -> Iterator[Drift]:
    """Yield words of an edition that is written from another, letter by letter, and says something else here."""
    wanted, given = plain_words(base.text), plain_words(passage.text)
    if len(wanted) != len(given):
        message = f"it has {len(given)} words, the edition that it is written from {len(wanted)}"
        yield Drift("editions-disagree", message)
        return
    names = yardstick.own_words(passage.tag)
    pairs = [
        (word, other)
        for word, other in zip(wanted, given, strict=True)
        if other not in (word, transliterate(word, passage.tag)) and not other.startswith(names)
    ]
    if pairs:
        said, meant = " ".join(other for _, other in pairs), " ".join(word for word, _ in pairs)
        yield Drift("editions-disagree", f"it says “{cut(said, 60)}” for “{cut(meant, 60)}”")


def _finding(row: Row, page: Page, passage: Passage, drift: Drift) -> Finding:
    origin = row.source.bare
    return Finding(drift.code, page.path, page.tag, drift.message, passage.text, row.source.text, origin=origin)


def _of_the_source(row: Row, source: Page, told: Mapping[str, Sequence[Drift]]) -> Iterator[Finding]:
    """Yield that the source differs, where nearly all others find the same fault with it."""
    codes = Counter(code for items in told.values() for code in {drift.code for drift in items})
    for code, count in codes.items():
        if count >= _MANY and count > len(row.others) * 2 / 3:
            message = f"{count} of {len(row.others)} other editions differ from the source edition here"
            example = next(row.others[tag].text for tag, items in told.items() if any(d.code == code for d in items))
            yield Finding(code, source.path, source.tag, message, row.source.text, example, origin=row.source.bare)


# --- order --------------------------------------------------------------------------------------------------------


def _out_of_order(row: Row) -> Iterator[tuple[str, Drift]]:
    """Yield an edition that alone has two numbers in each other's place.

    Years and other numbers are looked at apart, dates not at all: `drifts` compares them. Languages order clauses in
    their own ways, and then move all numbers of a clause together; a swap exchanges two.
    """
    ours = _numbers(row.source)
    if len(ours) < 2:
        return
    lines = {tag: _numbers(passage) for tag, passage in row.others.items() if tag not in SOURCES}
    lines[row.source.tag] = ours
    counted = {value for line in lines.values() for value, is_grouped in line if is_grouped}
    for is_year in (False, True):
        chosen = {tag: [v for v, _ in line if _is_year(v, counted) is is_year] for tag, line in lines.items()}
        yield from _swapped(chosen, row.source.tag)


def _is_year(value: str, counted: Collection[str]) -> bool:
    """Say whether a number may be a year: no edition writes it in groups, as 2,000."""
    return _YEAR.fullmatch(value) is not None and value not in counted


def _swapped(lines: Mapping[str, list[str]], source: str) -> Iterator[tuple[str, Drift]]:
    common = set(lines[source]).intersection(*map(set, lines.values()))
    single = {value for value in common if all(line.count(value) == 1 for line in lines.values())}
    orders = {tag: tuple(value for value in line if value in single) for tag, line in lines.items()}
    if len(single) < 2 or len(orders) <= _MANY:
        return
    counts = Counter(orders.values())
    usual, often = counts.most_common(1)[0]
    for tag, order in orders.items():
        moved = [value for value, other in zip(order, usual, strict=True) if value != other]
        if counts[order] == 1 and often > len(orders) / 2 and len(moved) == 2:
            yield tag, Drift("drifted-number", f"“{moved[0]}” and “{moved[1]}” stand in each other’s place")


def _numbers(passage: Passage) -> list[tuple[str, bool]]:
    """Return the numbers of a passage, each with whether its digits stand in groups."""
    text = european(visible(passage.text))
    spans = [(date.start, date.end) for date in dates(text, passage.tag) if date.day or date.year]
    return [
        (item.readings[0][0], not text[item.start : item.end].isdecimal())
        for item in numerals(text, passage.tag)
        if item.weight is Weight.DIGITS and not any(start <= item.start < end for start, end in spans)
    ]


# --- length -------------------------------------------------------------------------------------------------------


def _shortened(table: Sequence[Row], by_tag: Mapping[str, Page]) -> Iterator[Finding]:
    """Yield a passage that is much shorter than in all other editions, as when a clause or a speaker is left out."""
    sizes = [(row, _sizes(row)) for row in table if not row.source.framed]
    usual = _usual(sizes)
    for row, size in sizes:
        if len(size) > _MANY:
            middle = median([value - usual[tag] for tag, value in size.items()] + [0.0])
            limit = next((limit for least, limit in _SHORTER if len(row.source.text) >= least), math.inf)
            for tag, value in size.items():
                if value - usual[tag] - middle < -limit:
                    message = "it is much shorter than in the other editions: something may be left out"
                    drift = Drift("editions-disagree", message)
                    yield _finding(row, by_tag[tag], row.others[tag], drift)


def _usual(sizes: Sequence[tuple[Row, Mapping[str, float]]]) -> dict[str, float]:
    """Return how long each language is, over all passages that several have."""
    letters: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row, size in sizes:
        ours = _letters(row.source)
        for tag, value in size.items():
            letters[tag][0] += ours
            letters[tag][1] += ours * math.exp(value)
    return {tag: math.log(theirs / ours) for tag, (ours, theirs) in letters.items() if ours and theirs}


def _sizes(row: Row) -> dict[str, float]:
    """Return how long each edition is, as the logarithm of its letters to those of the source."""
    ours = _letters(row.source)
    return {
        tag: math.log(max(_letters(passage), 1) / ours)
        for tag, passage in row.others.items()
        if ours and passage.tag == tag and tag not in SOURCES and not passage.fallback
    }


def _letters(passage: Passage) -> int:
    return sum(map(str.isalnum, passage.text))
