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
from stele.sources.ledger.validation import misplaced, validated
from stele.sources.vocabulary import in_language
from stele.sources.yaml_tree import Misread, branches

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from stele.sources.ledger.records import Record
    from stele.sources.ledger.validation import Fault
    from stele.sources.yaml_tree import Branch, Path

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
# No text refers to these, so that nothing keeps their ids from beginning with a digit.
_NUMBERED = frozenset({"people", "terms"})
_NAME = re.compile(rf"{ID}(?:\.{ID})?\Z")
_PERSON = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LARGEST_TABLE = 64_000_000  # bytes; a roll of a million names
_SUFFIXES = (".yaml", ".csv", ".json", ".bib")


@dataclass(frozen=True, slots=True)
class _Written:
    """The fields of one record as they stand in a file: its id and its line.

    `lines` are those of a tree by path, in which the record is the branch at `top`.
    """

    id: str
    fields: Mapping[str, Any]
    line: int
    lines: Mapping[Path, int] = field(default_factory=dict)
    top: Path = ()

    def line_of(self, path: Path) -> int:
        """Return the line of the field at `path`, of what holds it where it has none."""
        while path and (*self.top, *path) not in self.lines:
            path = path[:-1]
        return self.lines[(*self.top, *path)] if path else self.line


def read_ledger(root: pathlib.Path, tags: Collection[str]) -> tuple[Ledger, tuple[Diagnostic, ...]]:
    """Return the records of the project in `root`, whose languages are `tags`, and what is wrong with the others.

    A record that cannot be used is reported and left out. The folder may be absent.
    """
    reader = _Reader(root)
    for path in _files(root / LEDGER):
        reader.read(path)
    ledger = Ledger(**reader.records)
    return ledger, (*reader.found, *dangling(ledger), *_nameless(ledger, tags))


def _files(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Yield the files of the ledger, tables behind texts, and at the end those that nothing here can read."""
    for suffix in _SUFFIXES:
        yield from walk(folder, suffix)
    yield from (path for path in walk(folder, "") if path.suffix not in (*_SUFFIXES, ".md"))


def _as_written(item: tuple[str, Mapping[str, Any], int] | Misread) -> _Written | Misread:
    return item if isinstance(item, Misread) else _Written(*item)


def _nameless(ledger: Ledger, tags: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the places that no language of the project has a name for."""
    for place in ledger.places.values():
        if not any(in_language(place.names, tag) for tag in tags):
            yield Diagnostic("bad-ledger", f"{place.id} has no name in a language of this project", place.at)


class _Reader:
    """Reads file after file, and keeps the records and what was found on the way."""

    def __init__(self, root: pathlib.Path) -> None:
        self._root = root
        self.records: dict[str, dict[str, Any]] = defaultdict(dict)
        self.found: list[Diagnostic] = []
        self._taken: dict[str, Location] = {}

    def read(self, path: pathlib.Path) -> None:
        """Read one file, whose name or folder is its kind."""
        name = relative(path, self._root)
        kind = name.removeprefix(f"{LEDGER}/").split("/")[0].partition(".")[0]
        if kind not in KINDS:
            near = get_close_matches(kind, KINDS, 1)
            hint = f"did you mean {near[0]}?" if near else f"files are called {', '.join(KINDS)}"
            self.report("bad-ledger", f"{kind[:60]!r} is no kind of record", name, None, hint)
            return
        try:
            for written in self._written(path, name, kind):
                if isinstance(written, Misread):
                    self._refuse(written, name)
                else:
                    self._keep(kind, name, written)
        except Unreadable as refusal:
            self.found.append(refusal.diagnostic)
        except Misread as error:
            self._refuse(error, name)

    def report(self, code: str, message: str, name: str, line: int | None, hint: str | None = None) -> None:
        """Keep a finding about a line of a file."""
        self.found.append(Diagnostic(code, message, Location(name, line), hint))

    def _refuse(self, error: Misread, name: str) -> None:
        self.report("bad-ledger", error.problem, name, error.line, error.hint)

    def _written(self, path: pathlib.Path, name: str, kind: str) -> Iterable[_Written | Misread]:
        """Return what stands in a file, record after record, or why it is none; raise `Misread` or `Unreadable`."""
        if path.suffix == ".csv":
            data = read_bytes(path, self._root, _LARGEST_TABLE)
            return map(_as_written, tables.rows(data, name, KINDS[kind]))
        if path.suffix in (".json", ".bib") and kind == "sources":
            read = bibliographies.from_csl if path.suffix == ".json" else bibliographies.from_bibtex
            return map(_as_written, read(read_text(path, self._root)))
        if path.suffix != ".yaml":
            raise Misread(f"{kind} cannot be read from a file of this kind", None, "write them as .yaml or .csv")
        return self._from_yaml(read_text(path, self._root), name, kind)

    def _from_yaml(self, text: str, name: str, kind: str) -> Iterator[_Written | Misread]:
        for branch in branches(text):
            if isinstance(branch, Misread):
                yield branch
            elif not isinstance(branch.value, dict):
                yield Misread(f"{branch.name[:60]} must hold fields", branch.line, "indent them below it")
            elif kind == "figures":
                yield from self._figures(branch, branch.value, name)
            else:
                yield _Written(branch.name, branch.value, branch.line, branch.lines)

    def _figures(self, measure: Branch, fields: Mapping[str, Any], name: str) -> Iterator[_Written | Misread]:
        """Yield the figures of one measure, whose ids are the measure's, a dot, and their own."""
        words, inner = fields.get("measure"), fields.get("figures")
        for item in fields:
            if item not in ("measure", "figures"):
                hint = "a measure has “measure”, in words, and “figures”"
                message = f"{measure.name[:60]}: there is no field {item[:60]!r} here"
                self.report("unknown-field", message, name, measure.lines[(item,)], hint)
        if not isinstance(inner, dict) or not words or not isinstance(words, str):
            hint = "like: killed: {measure: Killed, figures: {government: {value: 613}}}"
            yield Misread(f"{measure.name[:60]} must have “measure” and “figures”", measure.line, hint)
            return
        for short, given in inner.items():
            top = ("figures", short)
            id_, line = f"{measure.name}.{short}", measure.lines[top]
            if not isinstance(given, dict):
                yield Misread(f"{id_[:60]} must hold fields", line, "like: government: {value: 613}")
            elif "measure" in given:
                yield Misread(f"{id_[:60]} has a measure of its own", line, "move it below a measure of that name")
            else:
                yield _Written(id_, {"measure": words, **given}, line, measure.lines, top)

    def _keep(self, kind: str, name: str, written: _Written) -> None:
        """Keep a record, or say why it is none."""
        pattern = _PERSON if kind in _NUMBERED else _NAME
        if not pattern.match(written.id) or ("." in written.id) != (kind == "figures"):
            hint = "use a-z, 0-9 and single hyphens, beginning with a letter, like: day-of-mourning"
            self.report("bad-ledger", f"{written.id[:60]!r} is not usable as an id", name, written.line, hint)
            return
        faults = misplaced(KINDS[kind], written.fields)
        data = {**shaped(KINDS[kind], written.fields), "id": written.id, "at": Location(name, written.line)}
        record, others = validated(KINDS[kind], data)
        for fault in (*faults, *others):
            self._tell(fault, written, name)
        if record is not None and not faults and self._is_free(kind, record):
            self.records[kind][record.id] = record

    def _tell(self, fault: Fault, written: _Written, name: str) -> None:
        code = "unknown-field" if fault.unknown else "bad-ledger"
        self.report(code, f"{written.id}: {fault.message}", name, written.line_of(fault.path), fault.hint)

    def _is_free(self, kind: str, record: Record) -> bool:
        """Say whether no record before has this id; ids are one space for all that texts refer to."""
        space = f"{kind}:" if kind in _OWN_IDS else ""
        first = self._taken.setdefault(f"{space}{record.id}", record.at)
        if first is record.at:
            return True
        message = f"{record.id} is the id of another record, at {first}"
        self.found.append(Diagnostic("duplicate-record", message, record.at, "give one of the two another id"))
        return False
