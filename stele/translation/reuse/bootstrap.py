"""A document and a translated Markdown file in, the catalog that such a translation would have been made with out."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location, sort
from stele.sources.documents import TRANSLATED_FIELDS, loose_document
from stele.sources.files import Unreadable
from stele.sources.markup import identity, render
from stele.sources.units import Unit, plain_text
from stele.translation.gathering import document_messages
from stele.translation.merging.merge import merge, new_catalog
from stele.translation.po.catalog import LONGEST_TEXT, read_catalog, write_catalog
from stele.translation.po.style import revised
from stele.translation.reuse.adaptation import adapted, names
from stele.translation.reuse.alignment import align
from stele.translation.reuse.traits import block, numbers
from stele.translation.safety import refuse
from stele.translation.store import catalog_path
from stele.translation.update import Change, plural_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from stele.language.tags import Language
    from stele.sources.documents import Document
    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry

_SURE = 0.8  # of two hundred pairs above it, fewer than one is wrong (tests/benchmarks/alignment.py)
_LOSSES = frozenset({"raw-html", "unparsed-fence", "too-nested", "bad-front-matter"})
_MOST_LISTED = 20  # lines
_SHOWN = 60  # characters of a text that is quoted


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated Markdown file: its text, its name as diagnostics print it, its language."""

    text: str
    name: str
    language: Language


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """The bytes of a filled catalog; how many of its messages were filled, and how many of these are fuzzy."""

    data: bytes
    filled: int
    unsure: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A source unit, the unit that translates it, and how sure that is; `text` is what the catalog would say."""

    source: Unit
    target: Unit
    confidence: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Side:
    """What a document says: its front matter by field, and its body."""

    fields: Mapping[str, Unit]
    body: tuple[Unit, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return all of it."""
        return *self.fields.values(), *self.body

    def opened(self) -> _Side:
        """Return the side with the heading that opens its body as its title, if it has one and no title."""
        if "title" in self.fields or not self.body or self.body[0].kind != "heading 1":
            return self
        return _Side({"title": self.body[0], **self.fields}, self.body[1:])


def bootstrap(
    old: bytes | None,
    document: Document,
    translation: Translation,
    source: Language,
    created: datetime,
    *,
    keep_small_changes: bool = False,
) -> Bootstrapped:
    """Return the catalog `old`, or a new one, with what of `document` has no translation filled from the file.

    A pair of blocks that is not sure, or that could not be printed as it is, is fuzzy and says why in a comment. What
    found no place is reported. A file that is no Markdown fills nothing, and a broken catalog stays as it is.
    """
    catalog, broken = _catalog(old, document, translation.language, created)
    if catalog is None:
        return Bootstrapped(old or b"", 0, 0, broken)
    units = render(document, source.tag, identity, source.tag).units
    messages = document_messages(document, units, {})
    catalog = merge(catalog, messages, created, keep_small_changes=keep_small_changes)
    try:
        translated, found = loose_document(translation.text, translation.name)
    except Unreadable as refusal:
        return Bootstrapped(write_catalog(catalog), 0, 0, (refusal.diagnostic,))
    tag = translation.language.tag
    rendered = render(translated, tag, identity, tag)
    mine, theirs = _side(document, units), _side(translated, rendered.units)
    pairs = _adapted(_paired(mine, theirs, source.tag, tag), document, translated)
    entries, too_long = _filled(catalog, pairs, Location(translation.name))
    done = replace(catalog, entries=tuple(entries.get(entry.key, entry) for entry in catalog.entries))
    losses = [item for item in (*found, *rendered.diagnostics) if item.code in _LOSSES]
    left = [*_homeless(theirs, pairs, document, translated), *_unmatched(mine, pairs, done, document, translated)]
    unsure = sum(entry.fuzzy for entry in entries.values())
    return Bootstrapped(write_catalog(done), len(entries), unsure, sort([*losses, *too_long, *left]))


def change(path: str, old: bytes | None, made: Bootstrapped, fill: Callable[[bytes | None], Bootstrapped]) -> Change:
    """Return what writes `made`, which `fill` made of `old`, at `path`, and again of what the file holds by then."""

    def again(data: bytes | None) -> tuple[bytes, tuple[Diagnostic, ...]]:
        anew = fill(data)
        return anew.data, anew.diagnostics

    return Change(path, made.data, old, again)


def _catalog(
    old: bytes | None, document: Document, language: Language, created: datetime
) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    if old is None:
        return new_catalog(language.gettext_name, plural_forms(language.tag), (), created), ()
    return read_catalog(old, catalog_path(language.tag, document.domain))


# --- who translates whom --------------------------------------------------------------------------------------------


def _side(document: Document, units: Iterable[Unit]) -> _Side:
    known = [(name, document.fields[name]) for name in TRANSLATED_FIELDS if name in document.fields]
    return _Side({name: Unit(field.text, name, field.line) for name, field in known}, tuple(units))


def _paired(mine: _Side, theirs: _Side, source_tag: str, target_tag: str) -> list[_Pair]:
    if "title" in mine.opened().fields and "title" in theirs.opened().fields:
        both_in_body = "title" not in mine.fields and "title" not in theirs.fields
        mine, theirs = (mine, theirs) if both_in_body else (mine.opened(), theirs.opened())
    shared = [name for name in mine.fields if name in theirs.fields]
    fields = [_Pair(mine.fields[name], theirs.fields[name], 1.0) for name in shared]
    blocks = [[block(unit) for unit in side.body] for side in (mine, theirs)]
    found = align(blocks[0], blocks[1], source_tag, target_tag)
    return fields + [_Pair(mine.body[item.source], theirs.body[item.target], item.confidence) for item in found]


def _adapted(pairs: Sequence[_Pair], document: Document, translated: Document) -> list[_Pair]:
    notes = [(pair.source.line, pair.target.line) for pair in pairs if pair.source.kind == "footnote"]
    called = names(document, translated, notes)
    return [replace(pair, text=adapted(pair.target.text, pair.source.text, called)) for pair in pairs]


# --- what the catalog says then -------------------------------------------------------------------------------------


def _filled(
    catalog: Catalog, pairs: Sequence[_Pair], where: Location
) -> tuple[dict[tuple[str | None, str], Entry], list[Diagnostic]]:
    """Return the entries that get a translation, by their keys, and the texts that no catalog may hold."""
    by_text: dict[str, list[_Pair]] = defaultdict(list)
    too_long = []
    for pair in pairs:
        if len(pair.text) > LONGEST_TEXT:
            message = f"a text has {len(pair.text):,} characters; {LONGEST_TEXT:,} are accepted"
            too_long.append(Diagnostic("too-large", message, replace(where, line=pair.target.line), "divide it"))
        else:
            by_text[pair.source.text].append(pair)
    found = ((catalog.find(text), offers) for text, offers in by_text.items())
    filled = (_with_best(entry, offers, catalog) for entry, offers in found if entry and entry.untranslated)
    return {entry.key: entry for entry in filled}, too_long


def _with_best(entry: Entry, offers: Sequence[_Pair], catalog: Catalog) -> Entry:
    """Return the entry with the translation that most pairs, and the surest of them, agree on."""
    sure = [pair for pair in offers if pair.confidence >= _SURE] or offers
    votes = Counter(pair.text for pair in sure)
    best = max(sure, key=lambda pair: (votes[pair.text], pair.confidence))
    doubts = list(_doubts(best, sure))
    flags = ("fuzzy", *entry.flags) if doubts else entry.flags
    comments = (*entry.translator_comments, *doubts)
    return revised(entry, catalog.style, msgstr=(best.text,), flags=flags, translator_comments=comments)


def _doubts(best: _Pair, offers: Sequence[_Pair]) -> Iterator[str]:
    if best.confidence < _SURE:
        yield f"aligned with score {best.confidence:.2f}"
    if best.confidence < 1 and best.source.kind.split()[0] != best.target.kind.split()[0]:
        yield f"aligned with a {best.target.kind}, and not a {best.source.kind}"
    if lost := numbers(best.source.text) - numbers(best.text):
        yield f"lacks the number{'s' if len(lost) > 1 else ''} {', '.join(sorted(lost))}"
    for other in dict.fromkeys(pair.text for pair in offers if pair.text != best.text):
        yield f"elsewhere in the same file: {_quoted(other)}"
    for refusal in refuse(best.source.text, best.text, Location("")):
        yield " ".join(refusal.message.split())


# --- what is left over ----------------------------------------------------------------------------------------------


def _homeless(theirs: _Side, pairs: Sequence[_Pair], document: Document, translated: Document) -> Iterator[Diagnostic]:
    """Yield each block of the translation that no message has, but for repetitions of such."""
    housed = {plain_text(pair.target.text) for pair in pairs}
    for unit in theirs.units:
        if plain_text(unit.text) not in housed:
            message = f"this {unit.kind} found no place in {document.path}: {_quoted(unit.text)}"
            hint = "put it where it belongs by hand, or leave it out"
            yield Diagnostic("unaligned", message, Location(translated.path, unit.line), hint)


def _unmatched(
    mine: _Side, pairs: Sequence[_Pair], catalog: Catalog, document: Document, translated: Document
) -> Iterator[Diagnostic]:
    """Say how many messages are still without translation because nothing was aligned with them, and where."""
    matched = {pair.source.text for pair in pairs}
    entries = ((unit, catalog.find(unit.text)) for unit in mine.units if unit.text not in matched)
    lines = sorted({unit.line for unit, entry in entries if entry and entry.untranslated})
    if lines:
        message = f"messages for which {translated.path} has no translation: {len(lines)}, at {_listed(lines)}"
        yield Diagnostic("unaligned", message, Location(document.path, lines[0]))


def _listed(lines: Sequence[int]) -> str:
    more = ["…"] if len(lines) > _MOST_LISTED else []
    return f"line{'s' if len(lines) > 1 else ''} {', '.join([*map(str, lines[:_MOST_LISTED]), *more])}"


def _quoted(text: str) -> str:
    folded = " ".join(text.split())
    return f"“{folded[:_SHOWN]}…”" if len(folded) > _SHOWN else f"“{folded}”"
