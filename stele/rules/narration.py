"""A passage of prose in, what of it the narrator says out: no quotation, no title, no other language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from stele.language.casing import lower
from stele.language.numerals import european, visible
from stele.rules.phrases import PLACE
from stele.sources.ledger.references import REFERENCE, references
from stele.sources.vocabulary import Terms, in_language
from stele.translation.review.occurrences import comparable, occurrences
from stele.translation.review.passages import own_words
from stele.translation.review.reading import OBJECT, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.diagnostics import Location
    from stele.sources.ledger.records import Ledger
    from stele.sources.ledger.references import Reference
    from stele.sources.vocabulary import Term

QUOTATION = "quotation"  # the kind of a paragraph in a blockquote
_IN_TABLES = frozenset({"table cell", "table heading", "term"})

# A reference waits as one character of private use, a title in emphasis or in its own element between two of them.
_FIRST_REFERENCE = 0xE000
_MOST_REFERENCES = 0x700
_TITLE_START, _TITLE_END = "\uf8f0", "\uf8f1"
_EMPHASISED = re.compile(
    r"(?<![*\\\w])\*(?![*\s])([^*\n]*\s[^*\n]*)\*(?!\*)|(?<![_\\\w])_(?![_\s])([^_\n]*\s[^_\n]*)_(?!\w)"
)
_ELEMENT = re.compile(r"<(cite|q|blockquote)\b[^<>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
# Quotations of any language, the marks of which may be typed; one that is not closed goes on in the next paragraph.
_HEBREW = "[\u05d0-\u05ea]"
_QUOTED = re.compile(
    rf"{_TITLE_START}[^{_TITLE_END}]*{_TITLE_END}"
    r"|“[^“”]*(?:”|\Z)|„[^„“”]*(?:[“”]|\Z)|«[^«»]*(?:»|\Z)|‹[^‹›]*›|「[^」]*」|『[^』]*』"
    r"|(?<!\w)»[^«»]+«(?!\w)"
    rf"|(?<!{_HEBREW})[\"”״](?=\S)[^\"”״]*(?:(?<={_HEBREW})[\"”״](?={_HEBREW})[^\"”״]*)*[\"”״](?!{_HEBREW})"
    r"|(?<!\w)‘(?=\w)(?:[^‘’]|(?<=\w)’(?=\w))+’(?!\w)|‚(?=\w)[^‚‘’]+[‘’]|(?<![\w'])'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w))+'(?!\w)"
)
# The end of a sentence stands behind a word or a quotation, not behind a number or an abbreviation.
_LETTER = r"[^\W\d_]"
_SENTENCE = re.compile(
    rf"(?:(?<={_LETTER}{_LETTER}{_LETTER}[.!?؟։])|(?<=[{OBJECT}\ue000-\uf6ff][.!?؟])|(?<=[。！？])|\n)\s*"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of the source or its translation: inline Markdown, the kind of its block (``paragraph``), where it stands.

    A text of a record has the kind that the catalogs give it: ``figure, note``. `waivers` are the written reasons
    beside it, by code, and `inherited` those of the record that it belongs to, or of the source that it translates.
    `source` is the text that it translates, empty where it is the source itself.
    """

    text: str
    kind: str
    location: Location
    waivers: Mapping[str, str] = field(default_factory=dict)
    inherited: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def is_of_a_record(self) -> bool:
        """Say whether this is a field of a record, which stands in a table or a list with who states it."""
        return ", " in self.kind

    @property
    def is_in_a_table(self) -> bool:
        """Say whether this is printed in a table, where the cells beside it say more."""
        return self.kind in _IN_TABLES or self.is_of_a_record


@dataclass(frozen=True, slots=True)
class Narration:
    """What a passage says, three times over, so that a place in one is the same place in the others.

    `read` has all words, their numbers in European digits. In `own` and its lower case `lowered`, quotations and titles
    are taken out (`OBJECT`). A reference is one private character, `referenced` says to what.
    """

    tag: str
    read: str
    own: str
    lowered: str
    referenced: tuple[Reference, ...]

    def sentences(self) -> tuple[slice, ...]:
        """Return the place of each sentence."""
        return _sentences(self.own)

    def references(self, place: slice) -> Iterator[Reference]:
        """Yield the references in `place` that stand outside of quotations."""
        for char in self.own[place]:
            if 0 <= (index := ord(char) - _FIRST_REFERENCE) < len(self.referenced):
                yield self.referenced[index]

    def with_places(self, names: tuple[Term, ...]) -> str:
        """Return `read` in lower case, with every name of a place written in the character that stands for one."""
        text = _lowered(self.read, self.tag)
        for found in occurrences(self.read, _places(names), self.tag):
            text = text[: found.start] + PLACE * (found.end - found.start) + text[found.end :]
        return text


@lru_cache(maxsize=16)  # each rule asks for those of a passage
def _sentences(text: str) -> tuple[slice, ...]:
    ends = dict.fromkeys([*(found.end() for found in _SENTENCE.finditer(text)), len(text)])
    return tuple(slice(start, end) for start, end in pairwise([0, *ends]) if start < end)


@lru_cache(maxsize=16)
def _places(names: tuple[Term, ...]) -> Terms:
    return Terms(name for name in names if name.kind == "place")


def narrated(passage: Passage, tag: str, ledger: Ledger) -> Narration:
    """Return what the narrator says in `passage`; a blockquote is not said by the narrator at all."""
    kept: list[Reference] = []

    def wait(found: re.Match[str]) -> str:
        reference = next(references(found[0]))
        place = ledger.places.get(reference.id)
        if place:
            return reference.pattern or next(iter(in_language(place.names, tag)), OBJECT) + (reference.suffix or "")
        if len(kept) >= _MOST_REFERENCES:
            return OBJECT
        kept.append(reference)
        return chr(_FIRST_REFERENCE + len(kept) - 1)

    marked = REFERENCE.sub(wait, _with_titles(passage.text))
    cased = european(visible(comparable(prose(own_words(marked, tag)))))
    own = OBJECT * len(cased) if passage.kind == QUOTATION else _QUOTED.sub(lambda found: OBJECT * len(found[0]), cased)
    return Narration(tag, cased, own, _lowered(own, tag), tuple(kept))


def quotations(passage: Passage, tag: str) -> Iterator[str]:
    """Yield what stands within quotation marks, or is a blockquote as a whole, as prose."""
    text = visible(comparable(prose(own_words(passage.text, tag))))
    if passage.kind == QUOTATION:
        yield text
        return
    for found in _QUOTED.finditer(text):
        yield found[0].strip("“”„«»‹›「」『』\"״‘’‚' \u00a0\u202f")


def _with_titles(text: str) -> str:
    text = _ELEMENT.sub(lambda found: f"{_TITLE_START}{found[2]}{_TITLE_END}", text)
    return _EMPHASISED.sub(lambda found: f"{_TITLE_START}{found[1] or found[2]}{_TITLE_END}", text)


def _lowered(text: str, tag: str) -> str:
    """Return `text` in lower case, letter for letter: İ has no lower case of one letter but in Turkish."""
    lowered = lower(text, tag)
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := lower(char, tag)) == 1 else char for char in text)
