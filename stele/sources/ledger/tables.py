"""The bytes of a table in, its rows out as the fields of records: what a spreadsheet saves as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic, Location
from stele.sources.files import Unreadable
from stele.sources.ledger.records import Consent, Person
from stele.sources.ledger.shapes import is_list
from stele.sources.yaml_tree import Misread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.sources.ledger.records import Record

    Row = tuple[str, dict[str, Any], int]

_SEPARATORS = ",;\t"
_LIST = ";"
_CONSENT = "consent."
_LONGEST_CELL = 20_000


def rows(data: bytes, name: str, kind: type[Record]) -> Iterator[Row]:
    """Yield the id, the fields and the line of each row; raise `Misread` or `Unreadable` where there is no telling.

    The first row names the fields; cells are parted by commas, semicolons or tabs. Several values in one cell are
    parted by semicolons. ``consent.given_by`` and the like are the fields of a consent.
    """
    text = _text(data, name)
    first, _, _ = text.partition("\n")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check(header, kind)
        end = reader.line_num
        for cells in reader:
            line, end = end + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _row(header, cells, line, kind)
    except csv.Error as error:
        raise Misread(f"the table cannot be read: {error}", reader.line_num, "save it anew as CSV, UTF-8") from error


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save the table as CSV UTF-8"
        raise Unreadable(Diagnostic("not-utf8", "the file is not UTF-8", Location(name, line), hint)) from error


def _check(header: Sequence[str], kind: type[Record]) -> None:
    known = [item.name for item in fields(kind) if item.name not in ("at", "consent", "allow")]
    if kind is Person:
        known += [f"{_CONSENT}{item.name}" for item in fields(Consent)]
    for cell in header:
        if cell not in known:
            near = get_close_matches(cell, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
            raise Misread(f"there is no field {cell[:60]!r}", 1, hint)
    if len(set(header)) < len(header):
        raise Misread("two columns have one name", 1, "give each its own")


def _row(header: Sequence[str], cells: Sequence[str], line: int, kind: type[Record]) -> Row:
    if len(cells) > len(header):
        raise Misread(f"the row has {len(cells)} cells, and the table {len(header)} columns", line, "quote the text")
    made: dict[str, Any] = {}
    consent: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=False):
        text = " ".join(cell.split())
        if not text:
            continue
        if name.startswith(_CONSENT):
            inner = name.removeprefix(_CONSENT)
            consent[inner] = _value(text, is_list(Consent, inner))
        else:
            made[name] = _value(text, is_list(kind, name))
    if consent:
        made["consent"] = consent
    return made.pop("id", f"line-{line}"), made, line


def _value(text: str, has_several: bool) -> str | list[str]:
    return [part.strip() for part in text.split(_LIST) if part.strip()] if has_several else text
