"""An edition of the ledger in, one JSON file out, one record to a line; and the JSON Schema that it keeps to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stele.artifacts import json_bytes
from stele.sources.ledger.public import types
from stele.sources.ledger.reading import KINDS
from stele.sources.ledger.validation import schema
from stele.web.data.edition import compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.web.data.edition import Edition

SCHEMA = "schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def written(edition: Edition) -> bytes:
    """Return the ledger as JSON (RFC 8259): what the edition is, then every kind as a list of its records."""
    head = compact(_head(edition))[:-1]
    return (",\n".join([head, *_kinds(edition)]) + "\n}\n").encode()


def _head(edition: Edition) -> dict[str, Any]:
    texts = {name: edition.texts[name] for name in ("title", "rights") if edition.texts.get(name)}
    head = {
        "$schema": SCHEMA,
        "version": edition.version,
        "released": edition.released.isoformat(),
        "languages": list(edition.languages),
        **texts,
    }
    return head | ({"licence": edition.licence} if edition.licence else {})


def _kinds(edition: Edition) -> Iterator[str]:
    for kind, records in edition.kinds():
        lines = ",\n".join(compact({"id": item.id, **item.fields}) for item in records)
        yield f'"{kind}":[\n{lines}\n]'


def json_schema() -> bytes:
    """Return the JSON Schema of `written` (draft 2020-12), made from the fields of the records."""
    records = {name: (kind.__name__, {"id": str, **types(kind)}) for name, kind in KINDS.items()}
    definitions = schema(dict(records.values()))
    texts = {"type": "object", "additionalProperties": {"type": "string"}}
    kinds = {name: {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}} for name, (kind, _) in records.items()}
    whole = {
        "$schema": _DIALECT,
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            "version": {"type": "string"},
            "released": {"type": "string", "format": "date"},
            "languages": {"type": "array", "items": {"type": "string"}},
            "title": texts,
            "rights": texts,
            "licence": {"type": "string"},
            **kinds,
        },
        "required": ["version", "released", "languages"],
        "additionalProperties": False,
        "$defs": definitions,
    }
    return json_bytes(whole)
