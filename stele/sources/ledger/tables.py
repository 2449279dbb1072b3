"""The bytes of a table in, its rows out as the fields of records: what a spreadsheet saves as CSV."""

from __future__ import annotations

from dataclasses import fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from stele.sources.ledger.records import Consent, Person
from stele.sources.ledger.shapes import as_id, is_list
from stele.sources.ledger.validation import written_fields
from stele.sources.spreadsheets import cells, check_columns
from stele.sources.yaml_tree import Misread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.sources.ledger.records import Record

    Row = tuple[str, dict[str, Any], int]

_LIST = ";"
_CONSENT = "consent."


def rows(data: bytes, name: str, kind: type[Record]) -> Iterator[Row | Misread]:
    """Yield the id, the fields and the line of each row, or why it is none; raise `Misread` or `Unreadable`.

    The first row names the fields; cells are parted by commas, semicolons or tabs. Several values in one cell are
    parted by semicolons. ``consent.given_by`` and the like are the fields of a consent. A person without an id, to whom
    nothing refers, is named by the file and the line.
    """
    read = cells(data, name)
    header, _ = next(read)
    _check(header, kind)
    several = [is_list(Consent, key.removeprefix(_CONSENT)) or _has_several(kind, key) for key in header]
    for row, line in read:
        yield _named(_row(header, several, row, line), PurePosixPath(name).stem, kind)


def _check(header: Sequence[str], kind: type[Record]) -> None:
    """Raise `Misread` for a column that is no field; one without a name is what spreadsheets leave at the end."""
    known = ["id", *written_fields(kind)]
    known = [item for item in known if item not in ("consent", "allow")]
    if kind is Person:
        known += [f"{_CONSENT}{item.name}" for item in fields(Consent)]
    check_columns(header, known, "field")


def _has_several(kind: type[Record], name: str) -> bool:
    return name == "value" or is_list(kind, name)


def _row(header: Sequence[str], several: Sequence[bool], row: Sequence[str], line: int) -> Row | Misread:
    made: dict[str, Any] = {}
    consent: dict[str, Any] = {}
    for name, has_several, cell in zip(header, several, row, strict=False):
        text = " ".join(cell.split())
        if not text:
            continue
        value = [part.strip() for part in text.split(_LIST) if part.strip()] if has_several else text
        if name.startswith(_CONSENT):
            consent[name.removeprefix(_CONSENT)] = value
        else:
            made[name] = value
    if "" in made or any(cell.strip() for cell in row[len(header) :]):
        return Misread("a cell of the row stands below no field", line, "quote a text that holds the separator")
    if consent:
        made["consent"] = consent
    return made.pop("id", ""), made, line


def _named(row: Row | Misread, stem: str, kind: type[Record]) -> Row | Misread:
    """Return a row that has an id, if it may do without one."""
    if isinstance(row, Misread) or row[0]:
        return row
    if kind is Person:
        return as_id(f"{stem}-{row[2]}"), *row[1:]
    return Misread("the row has no id", row[2], "give the table a column “id”: texts refer to a record by it")
