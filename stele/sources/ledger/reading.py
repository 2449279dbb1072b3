"""The folder content/ledger in, its records out: each file is one kind, and what cannot be used is told by its line."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic, Location
from stele.sources.files import Unreadable, read_bytes, read_text, relative, walk
from stele.sources.ledger import bibliographies, tables
from stele.sources.ledger.links import dangling
from stele.sources.ledger.records import (
    Commemoration,
    Derived,
    Event,
    Figure,
    Ledger,
    Memorial,
    Person,
    Place,
    Quotation,
    Recognition,
    Source,
    Term,
)
from stele.sources.ledger.references import ID
from stele.sources.ledger.shapes import shaped
from stele.sources.ledger.validation import validated
from stele.sources.yaml_tree import Misread, compose, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from stele.sources.ledger.records import Record
    from stele.sources.ledger.validation import Fault

LEDGER = "content/ledger"
KINDS: Mapping[str, type[Record]] = {
    "figures": Figure,
    "quotations": Quotation,
    "recognitions": Recognition,
    "events": Event,
    "commemorations": Commemoration,
    "places": Place,
    "people": Person,
    "memorials": Memorial,
    "sources": Source,
    "terms": Term,
    "derived": Derived,
}
# Texts refer to these by their ids alone; a source is cited, a person only counted, a term looked up.
_OWN_IDS = frozenset({"people", "sources", "terms"})
_NAME = re.compile(rf"{ID}(?:\.{ID})?\Z")
_PERSON = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LARGEST_TABLE = 64_000_000  # bytes; a roll of a million names


@dataclass(frozen=True, slots=True)
class _Written:
    """The fields of one record as they stand in a file: its id, its line, and the lines of its fields by path."""

    id: str
    fields: Mapping[str, Any]
    line: int
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """Return the line of the field at `path`, of what holds it where it has none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self.line)


def read_ledger(root: Path, tags: Collection[str]) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Return the records of the project in `root`, whose languages are `tags`, and what is wrong with the others.

    A record that cannot be used is reported and left out. The folder may be absent.
    """
    reader = _Reader(root)
    for path in _files(root / LEDGER):
        reader.read(path)
    ledger = Ledger(**reader.records)
    return ledger, (*reader.found, *dangling(ledger), *_nameless(ledger, tags))


def _files(folder: Path) -> Iterator[Path]:
    for suffix in (".yaml", ".csv", ".json", ".bib"):
        yield from walk(folder, suffix)


def _nameless(ledger: Ledger, tags: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the places that no language of the project has a name for."""
    for place in ledger.places.values():
        if not any(tag in place.names for tag in tags):
            yield Diagnostic("bad-ledger", f"{place.id} has no name in a language of this project", place.at)


class _Reader:
    """Reads file after file, and keeps the records and what was found on the way."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.records: dict[str, dict[str, Any]] = defaultdict(dict)
        self.found: list[Diagnostic] = []
        self._taken: dict[str, Location] = {}

    def read(self, path: Path) -> None:
        """Read one file, whose name or folder is its kind."""
        name = relative(path, self._root)
        kind = name.removeprefix(f"{LEDGER}/").split("/")[0].partition(".")[0]
        if kind not in KINDS:
            near = get_close_matches(kind, KINDS, 1)
            hint = f"did you mean {near[0]}?" if near else f"files are called {', '.join(KINDS)}"
            self.report("bad-ledger", f"{kind!r} is no kind of record", name, None, hint)
            return
        try:
            for written in self._written(path, name, kind):
                self._keep(kind, name, written)
        except Unreadable as refusal:
            self.found.append(refusal.diagnostic)
        except Misread as error:
            self.report("bad-ledger", error.problem, name, error.line, error.hint)

    def report(self, code: str, message: str, name: str, line: int | None, hint: str | None = None) -> None:
        """Keep a finding about a line of a file."""
        self.found.append(Diagnostic(code, message, Location(name, line), hint))

    def _written(self, path: Path, name: str, kind: str) -> Iterable[_Written]:
        """Return what stands in a file, record after record; raise `Misread` or `Unreadable`."""
        if path.suffix == ".csv":
            data = read_bytes(path, self._root, _LARGEST_TABLE)
            return (_Written(*row) for row in tables.rows(data, name, KINDS[kind]))
        if path.suffix in (".json", ".bib") and kind == "sources":
            read = bibliographies.from_csl if path.suffix == ".json" else bibliographies.from_bibtex
            return (_Written(*item) for item in read(read_text(path, self._root)))
        if path.suffix != ".yaml":
            raise Misread(f"a file of {kind} cannot be read from {path.suffix}", None, "write it as .yaml or .csv")
        return self._from_yaml(read_text(path, self._root), name, kind)

    def _from_yaml(self, text: str, name: str, kind: str) -> Iterator[_Written]:
        node = compose(text)
        if node is None:
            return
        tree, lines = plain(node)
        if not isinstance(tree, dict):
            raise Misread("the file must hold records, each under its id", 1, "like: fall: {date: 1992-02-26}")
        for key, value in tree.items():
            line = lines[(key,)]
            if not isinstance(value, dict):
                self.report("bad-ledger", f"{key[:60]} must hold fields", name, line, "indent them below it")
            elif kind == "figures":
                yield from self._figures(key, value, lines, name)
            else:
                own = {path[1:]: number for path, number in lines.items() if path[0:1] == (key,) and len(path) > 1}
                yield _Written(key, value, line, own)

    def _figures(
        self, key: str, value: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int], name: str
    ) -> Iterator[_Written]:
        """Yield the figures of one measure, whose ids are the measure's, a dot, and their own."""
        inner = value.get("figures")
        unknown = [item for item in value if item not in ("measure", "figures")]
        for item in unknown:
            hint = "a measure has “measure”, in words, and “figures”"
            self.report("unknown-field", f"there is no field {item[:60]!r} here", name, lines[(key, item)], hint)
        if not isinstance(inner, dict) or not isinstance(value.get("measure"), str):
            hint = "like: killed: {measure: Killed, figures: {government: {value: 613}}}"
            self.report("bad-ledger", f"{key[:60]} must have “measure” and “figures”", name, lines[(key,)], hint)
            return
        for short, given in inner.items():
            top = (key, "figures", short)
            own = {path[3:]: number for path, number in lines.items() if path[:3] == top and len(path) > 3}
            data = given if isinstance(given, dict) else {}
            yield _Written(f"{key}.{short}", {"measure": value["measure"], **data}, lines[top], own)

    def _keep(self, kind: str, name: str, written: _Written) -> None:
        """Keep a record, or say why it is none."""
        pattern = _PERSON if kind in _OWN_IDS else _NAME
        if not pattern.match(written.id) or ("." in written.id) != (kind == "figures"):
            hint = "use a-z, 0-9 and single hyphens, beginning with a letter, like: day-of-mourning"
            self.report("bad-ledger", f"{written.id[:60]!r} is not usable as an id", name, written.line, hint)
            return
        data = {"id": written.id, "at": Location(name, written.line), **shaped(KINDS[kind], written.fields)}
        record, faults = validated(KINDS[kind], data)
        for fault in faults:
            self._tell(fault, written, name)
        if record is not None and self._is_free(kind, record):
            self.records[kind][record.id] = record

    def _tell(self, fault: Fault, written: _Written, name: str) -> None:
        path = ("value", *fault.path[1:]) if fault.path[:1] in (("low",), ("high",)) else fault.path
        message = f"{written.id}: {fault.message}".replace(": low ", ": value ").replace(": high ", ": value ")
        self.report(
            "unknown-field" if fault.unknown else "bad-ledger", message, name, written.line_of(path), fault.hint
        )

    def _is_free(self, kind: str, record: Record) -> bool:
        """Say whether no record before has this id; ids are one space for all that texts refer to."""
        space = f"{kind}:" if kind in _OWN_IDS else ""
        first = self._taken.setdefault(f"{space}{record.id}", record.at)
        if first is record.at:
            return True
        message = f"{record.id} is the id of another record, at {first}"
        self.found.append(Diagnostic("duplicate-record", message, record.at, "give one of the two another id"))
        return False
