"""An edition of the ledger in, a table of each kind of records out: CSV that spreadsheets open with every letter right.

A text has a column for each language (``measure.az``); lists and parts stand in a cell as JSON, which Table Schema
calls an array or an object. Lines end as RFC 4180 has it; a byte order mark tells Excel that the letters are UTF-8,
without which it would garble every name.

A spreadsheet may run a cell that begins with ``=``, ``+``, ``-`` or ``@``. To take the sign away would be to alter a
record, so an apostrophe is set before it, which spreadsheets themselves take for “this is text”. It is set before cells
that begin with apostrophes and such a sign too, so that `unguarded` gives back exactly what was there. Names begin with
letters, so no name is touched; numbers are written as numbers.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.sources.ledger.public import is_text, types
from stele.sources.ledger.reading import KINDS
from stele.web.data.edition import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from stele.sources.ledger.public import Told
    from stele.web.data.edition import Edition

# Full-width forms are signs to spreadsheets in East Asian settings; tabs and line ends are dropped before they look.
_RUN = re.compile(r"[\s']*[=+\-@＝＋－＠]")
_NAMES = ("family", "given", "patronymic", "language")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, its type in Table Schema, and what it holds of a record."""

    name: str
    type: str
    value: Callable[[Told], Any]


def written(records: Sequence[Told], columns: Sequence[Column]) -> bytes:
    """Return a table, with a row for each record below the names of the columns."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow(column.name for column in columns)
    table.writerows([_cell(column.value(record)) for column in columns] for record in records)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def columns_of(kind: str, records: Sequence[Told], edition: Edition) -> list[Column]:
    """Return the columns of a kind: its id, then its fields in their order."""
    made = [Column("id", "string", lambda record: record.id)]
    for name, hint in types(KINDS[kind]).items():
        if is_text(KINDS[kind], name) or name == "names":
            made += _by_language(name, records, edition)
        else:
            made.append(Column(name, _type(hint), _field(name)))
    return made


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs."""
    return f"'{text}" if _RUN.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that was `guarded`."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell[1:]) else cell


def _by_language(name: str, records: Sequence[Told], edition: Edition) -> Iterator[Column]:
    """Yield a column for each language in which something is told, those of the edition first."""
    told = dict.fromkeys(tag for record in records for tag in record.fields.get(name, ()))
    for tag in (*(tag for tag in edition.languages if tag in told), *sorted(told.keys() - {*edition.languages})):
        if any(isinstance(record.fields.get(name, {}).get(tag), dict) for record in records):
            yield from (Column(f"{part}.{tag}", "string", _part(name, tag, part)) for part in _NAMES)
        else:
            yield Column(f"{name}.{tag}", "string", _text(name, tag))


def _field(name: str) -> Callable[[Told], Any]:
    return lambda record: record.fields.get(name)


def _text(name: str, tag: str) -> Callable[[Told], Any]:
    return lambda record: record.fields.get(name, {}).get(tag)


def _part(name: str, tag: str, part: str) -> Callable[[Told], Any]:
    return lambda record: record.fields.get(name, {}).get(tag, {}).get(part)


def _type(hint: Any) -> str:
    """Return what Table Schema calls a type (Data Package 1.0, Table Schema, Types and Formats)."""
    named: Mapping[Any, str] = {bool: "boolean", int: "integer", int | None: "integer"}
    written = str(hint)
    if hint in named:
        return named[hint]
    if "tuple" in written:
        return "array"
    return "object" if "Mapping" in written else "string"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return guarded(value if isinstance(value, str) else compact(value))
