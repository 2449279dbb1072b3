"""The bytes of a CSV file in, its rows out, each with its line: what a spreadsheet saves, whatever parts its cells."""

from __future__ import annotations

import csv
import io
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import keyword
from stele.sources.files import Unreadable
from stele.sources.yaml_tree import Misread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Cells = tuple[list[str], int]

_SEPARATORS = ",;\t"
_LONGEST_CELL = 20_000


def cells(data: bytes, name: str) -> Iterator[Cells]:
    """Yield the cells of the first row without spaces around them, then those of each row that is not empty.

    With each row comes the line on which it begins, from 1. Cells are parted by commas, semicolons or tabs. Raise
    `Misread` where a row cannot be read, and `Unreadable` for a file that is not UTF-8.
    """
    text = _text(data, name)
    first, _, _ = text.partition("\n")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(_LONGEST_CELL)
    line = 1
    try:
        yield [cell.strip() for cell in next(reader, [])], line
        line = reader.line_num + 1
        for row in reader:
            if any(map(str.strip, row)):
                yield row, line
            line = reader.line_num + 1
    except csv.Error as error:
        # The row is known, the place in it is not: a quotation mark that is not closed runs to the end of the file.
        hint = "write a quotation mark within a quoted cell twice, and save the table anew as CSV, UTF-8"
        raise Misread(f"the row cannot be read: {error}", line, hint) from error


def check_columns(header: Sequence[str], known: Sequence[str], called: str) -> None:
    """Raise `Misread` for a column that is none of `known`, each of which is `called` a field or a column.

    One without a name is what spreadsheets leave at the end.
    """
    named = [cell for cell in header if cell]
    for cell in named:
        if cell not in known:
            near = get_close_matches(keyword(cell[:60]), known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
            raise Misread(f"there is no {called} {cell[:60]!r}", 1, hint)
    if len(set(named)) < len(named):
        raise Misread("two columns have one name", 1, "give each its own")


def _text(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save the table as CSV UTF-8"
        raise Unreadable(Diagnostic("not-utf8", "the file is not UTF-8", Location(name, line), hint)) from error
    return unicodedata.normalize("NFC", text)
