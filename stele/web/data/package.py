"""An edition of the ledger in, every file of data out, with a descriptor that names them: a Data Package.

The descriptor is that of Frictionless Data (Data Package 1.0), which programs read to find tables and their columns; it
has the length and the hash of every file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.artifacts import Artifact, json_bytes
from stele.sources.ledger.reading import KINDS
from stele.web.data import as_json, as_linked_data, as_tables, as_tei
from stele.web.data.edition import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from stele.web.data.as_tables import Column
    from stele.web.data.edition import Edition

DESCRIPTOR = "datapackage.json"
_GUARD = (
    "A text that begins with = + - or @ has an apostrophe before it, lest a spreadsheet run it; take one away to read "
    "it. Lists and objects are JSON."
)


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of data: its name, its media type, how many records are in it, 0 where it is about records.

    `kind` is that of the records of a table, `columns` are its columns.
    """

    name: str
    media: str
    artifact: Artifact
    count: int = 0
    kind: str = ""
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """What is offered of an edition: its files, its version, and the day that they are dated."""

    files: tuple[DataFile, ...]
    version: str
    released: date


def package(edition: Edition) -> Package:
    """Return the files of an edition, the descriptor at last; none where nothing is told, or in no language."""
    return Package(
        tuple(_files(edition)) if edition.told and edition.languages else (), edition.version, edition.released
    )


def _files(edition: Edition) -> list[DataFile]:
    count = len(edition.told)
    made = [
        _file("ledger.json", "application/json", as_json.written(edition), count),
        _file(as_json.SCHEMA, "application/schema+json", as_json.json_schema()),
        _file("ledger.jsonld", "application/ld+json", as_linked_data.written(edition), count),
        _file("ledger.tei.xml", "application/tei+xml", as_tei.written(edition), count),
        *_tables(edition),
    ]
    return [*made, _file(DESCRIPTOR, "application/json", _descriptor(edition, made))]


def _file(name: str, media: str, data: bytes, count: int = 0) -> DataFile:
    return DataFile(name, media, Artifact(f"{FOLDER}/{name}", data), count)


def _tables(edition: Edition) -> Iterator[DataFile]:
    for kind, records in edition.kinds():
        columns = tuple(as_tables.columns_of(kind, records, edition))
        table = Artifact(f"{FOLDER}/{kind}.csv", as_tables.written(records, columns))
        yield DataFile(f"{kind}.csv", "text/csv", table, len(records), kind, columns)


def _descriptor(edition: Edition, made: Sequence[DataFile]) -> bytes:
    """Return the descriptor (Data Package 1.0); its version is that of the records, its day that of the files."""
    source = edition.languages[0]
    whole = {
        "profile": "data-package",
        "name": "ledger",
        "id": f"{edition.base}{DESCRIPTOR}" if edition.base else "",
        "title": edition.texts["title"].get(source, ""),
        "description": _GUARD,
        "version": edition.version,
        "created": f"{edition.released.isoformat()}T00:00:00Z",
        "licenses": [{"path": edition.licence}] if edition.licence else [],
        "resources": [_resource(item) for item in made],
    }
    return json_bytes({name: value for name, value in whole.items() if value})


def _resource(item: DataFile) -> dict[str, Any]:
    described = {
        "name": (item.kind or item.name).replace(".", "-"),
        "path": item.name,
        "format": item.name.rpartition(".")[2],
        "mediatype": item.media,
        "encoding": "utf-8",
        "bytes": len(item.artifact.data),
        "hash": f"sha256:{item.artifact.sha256}",
    }
    if not item.kind:
        return described
    fields = [{"name": column.name, "type": column.type} for column in item.columns]
    return described | {
        "profile": "tabular-data-resource",
        "title": KINDS[item.kind].__name__,
        "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""]},
    }
