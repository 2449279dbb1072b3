"""The CSV file of a letter in, its addressees out, and what is wrong with the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.sources.files import Unreadable, is_file, read_bytes
from stele.sources.settings import SITE_FILE
from stele.sources.spreadsheets import cells, check_columns
from stele.sources.yaml_tree import Misread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from stele.sources.project import Edition

_COLUMNS = ("name", "office", "address", "salutation", "language")
_LINE_ENDS = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to, and the `file` and `line` that say so.

    `address` has the lines below name and office. In a `language`, the addressee gets the letter in that one alone;
    without, in every language of the edition.
    """

    file: str
    line: int
    name: str = ""
    office: str = ""
    address: tuple[str, ...] = ()
    salutation: str = ""
    language: str = ""

    @property
    def title(self) -> str:
        """Return what the letter is called among others."""
        return self.name or self.office

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of the address, from the name down."""
        return tuple(line for line in (self.name, self.office, *self.address) if line)


def read_addressees(
    edition: Edition, root: Path, tags: Collection[str]
) -> tuple[tuple[Addressee, ...], tuple[Diagnostic, ...]]:
    """Return the addressees of an edition, none where it names no file; `tags` are the languages of the project.

    The first row names the columns: name, office, address, salutation and language. The lines of an address are parted
    by semicolons or new lines.
    """
    if not edition.addressees:
        return (), ()
    name, path = f"content/{edition.addressees}", root / "content" / edition.addressees
    if not is_file(path):
        message = f"edition {edition.name!r} has its addressees in {name}, which is no file"
        return (), (Diagnostic("bad-addressees", message, Location(SITE_FILE)),)
    try:
        rows = list(_rows(read_bytes(path, root), name, tags))
    except Unreadable as refusal:
        return (), (refusal.diagnostic,)
    except Misread as problem:
        return (), (_bad(problem, name),)
    made = tuple(row for row in rows if isinstance(row, Addressee))
    found = [_bad(row, name) for row in rows if isinstance(row, Misread)]
    missing = [tag for tag in tags if rows and not found and not of_language(made, tag)]
    return made, (*found, *(_nobody(tag, name) for tag in missing))


def of_language(addressees: Sequence[Addressee], tag: str) -> tuple[Addressee, ...]:
    """Return whom the letters in a language go to."""
    return tuple(item for item in addressees if item.language in ("", tag))


def _rows(data: bytes, name: str, tags: Collection[str]) -> Iterator[Addressee | Misread]:
    """Yield the addressee of each row, or why it is none; raise `Misread` where there are no rows to be had."""
    read = cells(data, name)
    header, _ = next(read)
    check_columns(header, _COLUMNS, "column")
    for row, line in read:
        yield _addressee(header, row, name, line, tags)


def _addressee(
    header: Sequence[str], row: Sequence[str], file: str, line: int, tags: Collection[str]
) -> Addressee | Misread:
    if any(cell.strip() for cell in row[len(header) :]):
        return Misread("a cell of the row stands below no column", line, "quote a text that holds the separator")
    written = {name: cell.strip() for name, cell in zip(header, row, strict=False)}
    texts = {name: " ".join(written.get(name, "").split()) for name in _COLUMNS}
    if not (texts["name"] or texts["office"]):
        return Misread("the row names nobody", line, "write a name or an office")
    if texts["language"] and texts["language"] not in tags:
        return Misread(f"{texts['language']!r} is no language of this project", line, f"there are: {', '.join(tags)}")
    address = tuple(filter(None, _LINE_ENDS.split(written.get("address", ""))))
    return Addressee(file, line, texts["name"], texts["office"], address, texts["salutation"], texts["language"])


def _bad(problem: Misread, name: str) -> Diagnostic:
    return Diagnostic("bad-addressees", problem.problem, Location(name, problem.line), problem.hint)


def _nobody(tag: str, name: str) -> Diagnostic:
    message = f"nobody gets the letter in {tag}, so it is printed without an address"
    return Diagnostic("no-addressee", message, Location(name), f"add a row for {tag}, or one without a language")
