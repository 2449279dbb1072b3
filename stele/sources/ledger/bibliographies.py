"""The text of CSL-JSON or BibTeX in, its entries out as the fields of sources. The door to pybtex."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

from stele.sources.yaml_tree import Misread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Entry = tuple[str, dict[str, Any], int]

# CSL-JSON 1.0.2 and BibTeX, by the fields of `records.Source`.
_CSL = {
    "type": "type",
    "title": "title",
    "container-title": "container",
    "publisher": "publisher",
    "number": "number",
    "ISBN": "isbn",
    "language": "language",
    "URL": "url",
    "archive_location": "archived",
    "note": "note",
}
_BIBTEX = {
    "title": "title",
    "booktitle": "container",
    "journal": "container",
    "journaltitle": "container",
    "publisher": "publisher",
    "institution": "publisher",
    "number": "number",
    "isbn": "isbn",
    "langid": "language",
    "url": "url",
    "note": "note",
}
# BibTeX's kinds of works as CSL calls them (CSL 1.0.2, appendix III); any other is a document.
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "techreport": "report",
    "report": "report",
}
# As pybtex writes out BibTeX's own abbreviations.
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_NO_ID = re.compile(r"[^a-z0-9]+")


def from_csl(text: str) -> Iterator[Entry]:
    """Yield the entries of CSL-JSON: id, fields and line; raise `Misread`."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Misread(
            f"not valid JSON: {error}", getattr(error, "lineno", None), "export it anew as CSL-JSON"
        ) from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Misread("CSL-JSON is a list of entries", 1, "export it anew as CSL-JSON")
    for item in items:
        name = str(item.get("id", ""))
        made = {ours: str(item[theirs]) for theirs, ours in _CSL.items() if item.get(theirs)}
        made |= {
            ours: _csl_date(item[key]) for key, ours in (("issued", "issued"), ("accessed", "accessed")) if key in item
        }
        if item.get("author"):
            made["author"] = ", ".join(_csl_name(author) for author in item["author"] if isinstance(author, dict))
        yield _id(name), {key: value for key, value in made.items() if value}, _line(text, f'"{name}"')


def from_bibtex(text: str) -> Iterator[Entry]:
    """Yield the entries of BibTeX: id, fields and line; raise `Misread`."""
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        entries = parse_string(text, "bibtex").entries
    except PybtexError as error:
        raise Misread(
            f"not valid BibTeX: {error}", getattr(error, "lineno", None), "export it anew as BibTeX"
        ) from error
    for name, entry in entries.items():
        found = {key: _decoded(value) for key, value in entry.fields.items()}
        made = {ours: found[theirs] for theirs, ours in _BIBTEX.items() if found.get(theirs)}
        made["type"] = _TYPES.get(entry.type, "document")
        made["issued"] = _bibtex_date(found)
        made["accessed"] = found.get("urldate", "")
        made["author"] = ", ".join(_decoded(_bibtex_name(person)) for person in entry.persons.get("author", ()))
        yield _id(name), {key: value for key, value in made.items() if value}, _line(text, f"{{{name}")


def _csl_date(value: Any) -> str:
    """Return the date-parts of CSL as EDTF: one date, or two that are the ends of a span."""
    parts = value.get("date-parts", []) if isinstance(value, dict) else []
    return "/".join(
        "-".join(f"{int(part):0{4 if place == 0 else 2}}" for place, part in enumerate(date)) for date in parts
    )


def _csl_name(author: Mapping[str, Any]) -> str:
    names = (author.get("given"), author.get("non-dropping-particle"), author.get("family"))
    return str(author.get("literal") or " ".join(str(name) for name in names if name))


def _bibtex_name(person: Any) -> str:
    return " ".join([*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names])


def _bibtex_date(found: Mapping[str, str]) -> str:
    if "date" in found:
        return found["date"]
    year, month = found.get("year", ""), found.get("month", "")
    return f"{year}-{_MONTHS.index(month) + 1:02}" if year and month in _MONTHS else year


def _decoded(text: str) -> str:
    """Return LaTeX as text: accents composed, braces gone."""
    import latexcodec  # noqa: F401 (it registers the codec that is looked up here)

    text = codecs.lookup("ulatex").decode(text)[0]  # type: ignore[arg-type]  # a codec from text to text
    return " ".join(text.replace("{", "").replace("}", "").split())


def _id(name: str) -> str:
    """Return a key of another program as an id: ``DeWaal:2003`` is ``dewaal-2003``."""
    from stele.language.casing import folded

    return _NO_ID.sub("-", folded(name)).strip("-")


def _line(text: str, piece: str) -> int:
    return text.count("\n", 0, max(text.find(piece), 0)) + 1
