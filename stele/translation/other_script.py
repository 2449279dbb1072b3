"""A catalog in one script in, the catalog of the same language in another script out.

Only where letters stand for letters (`transliteration.SOURCES`); what people have translated themselves comes first.
Words of other languages stay as they are: those in a ``span`` with a language, titles and names between marks that the
source has in the same letters, and names to which the gazetteer gives a form in this script.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from stele.language.date_patterns import fields
from stele.language.transliteration import SOURCES, transliterate
from stele.sources.ledger.references import REFERENCE
from stele.sources.ledger.writing import ANNIVERSARY, ORDINAL
from stele.translation.pieces import reworded
from stele.translation.po.catalog import Catalog
from stele.translation.po.entry import Entry
from stele.translation.review.patterns import GENDER, PATTERN, reworded_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from stele.sources.vocabulary import Vocabulary
    from stele.translation.messages import Message

_FOREIGN = r"<span\b[^<>]*\blang=[^<>]*>.*?</span>"
_MARKED = re.compile(r"\*{1,2}([^*]+)\*{1,2}|“([^“”]+)”|«([^«»]+)»|\b([A-Z]{2,})\b")
_RUN = re.compile(r"(?<!\w)[A-Za-z]+(?: [A-Za-z]+)+(?!\w)")
_BRACED = re.compile(rf"{REFERENCE.pattern}|%\(\w+\)[a-z]", REFERENCE.flags)  # stands for a value, and is no word
_QUOTES = str.maketrans({"“": "«", "”": "»"})  # as Azerbaijani was printed in Cyrillic


def in_other_script(catalog: Catalog | None, own: Catalog | None, tag: str, vocabulary: Vocabulary) -> Catalog:
    """Return the catalog of `tag`: the confirmed entries of `own`, and those of `catalog` in the letters of `tag`.

    What is fuzzy or missing in the one is so in the other.
    """
    current = [entry for entry in catalog.entries if not entry.obsolete] if catalog else []
    written = {entry.key: _entry(entry, tag, vocabulary) for entry in current}
    people = {entry.key: entry for entry in own.entries if entry.translated and not entry.obsolete} if own else {}
    return Catalog(tuple((written | people).values()))


def as_catalog(messages: Iterable[Message]) -> Catalog:
    """Return the messages of a source as the catalog of its own language, each said as it is written."""
    return Catalog(tuple(map(_said, messages)))


def _said(message: Message) -> Entry:
    texts = (message.msgid,) if message.plural is None else (message.msgid, message.plural)
    return Entry(message.msgid, texts, message.context, message.plural)


def _entry(entry: Entry, tag: str, vocabulary: Vocabulary) -> Entry:
    if entry.is_header or entry.context == GENDER:
        return entry
    if entry.context == PATTERN:
        pattern = reworded_pattern(entry.msgstr[0], lambda words: transliterate(words, tag))
        return replace(entry, msgstr=(pattern,))
    forms = _forms(vocabulary, tag)
    known = frozenset(name for term in vocabulary.names for name in term.forms.get(SOURCES[tag], ()))
    texts = ((text, _untranslated(_BRACED.sub("·", text), entry.msgid, known)) for text in entry.msgstr)
    return replace(entry, msgstr=tuple(_text(text, kept, tag, forms) for text, kept in texts))


def _forms(vocabulary: Vocabulary, tag: str) -> dict[str, str]:
    """Return the names to which the gazetteer gives a form of their own in the script, the longest first."""
    pairs = {
        name: term.forms[tag][0]
        for term in vocabulary.names
        if tag in term.forms
        for name in term.forms.get(SOURCES[tag], ())
    }
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _text(text: str, untranslated: Sequence[str], tag: str, forms: Mapping[str, str]) -> str:
    names = "|".join(rf"(?<!\w){re.escape(name)}" for name in forms if name in text) or r"(?!)"

    def rewritten(words: str) -> str:
        pieces = re.split(f"({names})", words)
        return "".join(forms.get(piece) or transliterate(piece, tag).translate(_QUOTES) for piece in pieces)

    kept = [_FOREIGN, *(rf"(?<!\w){re.escape(phrase)}" for phrase in untranslated)]
    made = reworded(text, rewritten, re.compile("|".join(kept)))
    return REFERENCE.sub(lambda found: _reference(found, rewritten), made)


def _reference(found: re.Match[str], rewrite: Callable[[str], str]) -> str:
    """Return a reference to the ledger with the words of its pattern, or the name in its place, rewritten."""
    pattern = found["pattern"]
    if not pattern or pattern.partition(".")[0] in (ORDINAL, ANNIVERSARY):
        return found[0]
    words = reworded_pattern(pattern, rewrite) if _is_of_dates(pattern) else rewrite(pattern)
    return found[0].replace(f":{pattern}}}", f":{words}}}", 1)


def _is_of_dates(pattern: str) -> bool:
    try:
        return bool(fields(pattern))
    except ValueError:
        return False


def _untranslated(text: str, source: str, names: Collection[str]) -> list[str]:
    """Return the phrases, and the words in capitals, that source and translation write alike: Black Garden, ISBN.

    One of the `names` that the gazetteer has in the language is a word of it, and no foreign one.
    """
    marked = (next(filter(None, found.groups())) for found in _MARKED.finditer(text))
    named = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")
    phrases = (*marked, *_shared_runs(named.sub("·", text), source), *_whole_source(text, source))
    return [phrase for phrase in phrases if phrase in source and phrase not in names]


def _whole_source(text: str, source: str) -> Iterator[str]:
    """Yield the source where the translation has it before its own words, as a table of words does: tragedy, faciə."""
    if text != source and re.match(rf"{re.escape(source)}(?!\w)", text):
        yield source


def _shared_runs(text: str, source: str) -> Iterator[str]:
    """Yield the runs of two words or more that both have, as words quoted from the original; one may be a loan."""
    for run in _RUN.findall(text):
        words, start = run.split(" "), 0
        while start < len(words) - 1:
            ends = (end for end in range(len(words), start + 1, -1) if " ".join(words[start:end]) in source)
            end = next(ends, start)
            if end > start:
                yield " ".join(words[start:end])
            start = max(end, start + 1)
