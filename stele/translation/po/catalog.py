"""The bytes of a PO file in, a `Catalog` out, and back: what is not changed is written byte for byte."""

from __future__ import annotations

import codecs
import re
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location, sort
from stele.language.casing import keyword
from stele.translation.po.entry import shortened
from stele.translation.po.plural_forms import PluralForms, parse_plural_forms
from stele.translation.po.style import DEFAULT_STYLE, Style, style_of
from stele.translation.po.syntax import MOST_TOLD, read_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.translation.po.entry import Entry

LONGEST_TEXT = 20_000  # characters; a longer paragraph is a mistake or an attack, and would stall the merge

_BOM = "\ufeff"
_MARKER = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_CHARSET = re.compile(r"charset=([^\s;\\\"]+)", re.IGNORECASE)
_ASCII = {"ascii", "us-ascii", "ansi_x3.4-1968"}
_UTF_8 = {"utf-8", "utf8"}
_TEMPLATE_CHARSET = "charset"  # xgettext writes charset=CHARSET where nobody has chosen one yet
_TEMPLATE_PLURALS = "nplurals=integer"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one domain in one language, in the order of their file, the header among them.

    `style` is how the file is set, `trailing` the text behind its last entry, `bom` whether it begins with a
    byte order mark.
    """

    entries: tuple[Entry, ...]
    style: Style = DEFAULT_STYLE
    trailing: str = ""
    bom: bool = False
    _current: Mapping[tuple[str | None, str], Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        current = {entry.key: entry for entry in self.entries if not entry.obsolete}
        object.__setattr__(self, "_current", current)

    def find(self, msgid: str, context: str | None = None) -> Entry | None:
        """Return the entry of a message, fuzzy or not; None where there is none or an obsolete one only."""
        return self._current.get((context, msgid))

    @property
    def header(self) -> Entry | None:
        """Return the entry that holds the fields of the catalog."""
        return self.find("")

    @property
    def fields(self) -> dict[str, str]:
        """Return the fields of the header by their names as written, in order."""
        lines = self.header.msgstr[0].split("\n") if self.header else []
        pairs = (line.partition(":") for line in lines if ":" in line)
        return {name.strip(): value.strip() for name, _, value in pairs}

    @property
    def plural_forms(self) -> PluralForms | None:
        """Return the plural forms that the header declares, None where it does not."""
        declared = self.fields.get("Plural-Forms", "")
        undecided = not declared or keyword(declared).startswith(_TEMPLATE_PLURALS)
        return None if undecided else parse_plural_forms(declared)


def read_catalog(data: bytes, path: str) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return the catalog that the file at `path` holds; None and the reasons where it cannot be trusted."""
    catalog, diagnostics = parse_catalog(data, path)
    problems = diagnostics if catalog is None else problems_of(catalog, path)
    return (None if problems else catalog), problems


def parse_catalog(data: bytes, path: str) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return the catalog that the file at `path` holds, even if its entries do not fit each other.

    None and the reasons where it cannot be told what the entries are: foreign bytes, broken syntax, duplicates.
    """
    text, diagnostics = _text(data, path)
    if diagnostics:
        return None, diagnostics
    bare = text.removeprefix(_BOM)
    entries, trailing, faults = read_entries(bare)
    if faults:
        return None, tuple(_told("broken-catalog", path, *astuple(fault)) for fault in faults)
    catalog = Catalog(entries, style_of(bare), trailing, text != bare)
    problems = sort([*_wrong_charset(catalog, path), *_duplicates(catalog, path)])
    return (None if problems else catalog), problems


def problems_of(catalog: Catalog, path: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with entries that are well told: texts beyond measure, plural forms that do not fit."""
    return sort([*_too_large(catalog, path), *_wrong_plurals(catalog, path)])


def write_catalog(catalog: Catalog) -> bytes:
    """Return the bytes of `catalog`; those of the file it was read from, if nothing was changed."""
    body = "".join(entry.gap + entry.raw for entry in catalog.entries) + catalog.trailing
    return ((_BOM if catalog.bom else "") + body).encode()


def _text(data: bytes, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return "", (_not_utf8(data, error.start, path),)
    markers = list(_MARKER.finditer(text))
    begun = [marker for marker in markers if marker[0].startswith("<")] or markers[:1]
    return text, tuple(_merge_marker(text, marker.start(), path) for marker in begun[:MOST_TOLD])


def _not_utf8(data: bytes, offset: int, path: str) -> Diagnostic:
    declared = _CHARSET.search(data.decode("latin-1"))
    line = data.count(b"\n", 0, offset) + 1
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _told("wrong-charset", path, line, "the catalog is saved as UTF-16", "save it as UTF-8")
    if declared is None or keyword(declared[1]) in _UTF_8:
        hint = "open it in the encoding it was saved in, and save it as UTF-8"
        return _told("wrong-charset", path, line, "the catalog holds bytes that are not UTF-8", hint)
    return _foreign_charset(declared[1], path, line)


def _foreign_charset(charset: str, path: str, line: int) -> Diagnostic:
    hint = "convert it: msgconv --to-code=UTF-8"
    return _told("wrong-charset", path, line, f"the catalog is declared as {charset}, not UTF-8", hint)


def _merge_marker(text: str, offset: int, path: str) -> Diagnostic:
    line = text.count("\n", 0, offset) + 1
    hint = "settle the conflict: keep one of the two versions and delete the marker lines"
    return _told("merge-marker", path, line, "the catalog holds an unsettled merge", hint)


def _wrong_charset(catalog: Catalog, path: str) -> Iterator[Diagnostic]:
    found = _CHARSET.search(catalog.fields.get("Content-Type", ""))
    charset = keyword(found[1]) if found else "utf-8"
    line = catalog.header.line if catalog.header else 1
    if charset in _ASCII and not write_catalog(catalog).isascii():
        message = "the catalog is declared as ASCII and holds other letters"
        yield _told("wrong-charset", path, line, message, "write charset=UTF-8 in the header")
    elif found and charset not in _UTF_8 | _ASCII | {_TEMPLATE_CHARSET}:
        yield _foreign_charset(found[1], path, line)


def _duplicates(catalog: Catalog, path: str) -> Iterator[Diagnostic]:
    seen: dict[tuple[str | None, str], Entry] = {}
    for entry in catalog.entries:
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            name = f"message “{shortened(entry.msgid)}”" if entry.msgid else "header"
            message = f"the {name} stands twice, at lines {first.line} and {entry.line}"
            yield _told("duplicate-message", path, entry.line, message, "keep one and delete the other")


def _too_large(catalog: Catalog, path: str) -> Iterator[Diagnostic]:
    for entry in catalog.entries:
        longest = max(map(len, (entry.msgid, entry.context or "", entry.plural or "", *entry.msgstr)))
        if longest > LONGEST_TEXT:
            message = f"a text has {longest:,} characters; {LONGEST_TEXT:,} are accepted"
            yield _told("too-large", path, entry.line, message, "divide the paragraph")


def _wrong_plurals(catalog: Catalog, path: str) -> Iterator[Diagnostic]:
    try:
        forms = catalog.plural_forms
    except ValueError as error:
        line = catalog.header.line if catalog.header else 1
        hint = "copy the Plural-Forms of another catalog in this language"
        yield _told("broken-catalog", path, line, f"Plural-Forms is wrong: {error}", hint)
        return
    for entry in catalog.entries if forms else ():
        if forms and _counts(entry) and len(entry.msgstr) != forms.count:
            message = f"plural forms: {len(entry.msgstr)} written, {forms.count} declared in the header"
            hint = f"the last must be msgstr[{forms.count - 1}]"
            yield _told("wrong-plural-count", path, entry.line, message, hint)


def _counts(entry: Entry) -> bool:
    # As in msgfmt -c, an entry that is not used yet may have the wrong number of forms.
    return entry.plural is not None and not (entry.obsolete or entry.fuzzy or entry.untranslated)


def _told(code: str, path: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, Location(path, line), hint)
