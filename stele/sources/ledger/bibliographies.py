"""The text of CSL-JSON or BibTeX in, its entries out as the fields of sources. The door to pybtex."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from stele.language.casing import keyword
from stele.sources.ledger import latex
from stele.sources.ledger.shapes import as_id
from stele.sources.yaml_tree import Misread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Entry = tuple[str, dict[str, Any], int]

# BibTeX by the fields of `records.Source`.
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
# Fields of BibTeX in which LaTeX has no say: a % or ~ of an address is one.
_VERBATIM = frozenset({"url", "doi", "isbn", "date", "year", "urldate"})
# BibTeX's kinds of works as CSL calls them (CSL 1.0.2, appendix III); any other is a document.
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "online": "webpage",
    "phdthesis": "thesis",
    "techreport": "report",
    "report": "report",
    "thesis": "thesis",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Names of languages in place of tags, as babel (LaTeX) and people have them.
_LANGUAGES = {
    "english": "en",
    "british": "en-GB",
    "american": "en-US",
    "arabic": "ar",
    "armenian": "hy",
    "azerbaijani": "az",
    "french": "fr",
    "georgian": "ka",
    "german": "de",
    "ngerman": "de",
    "italian": "it",
    "persian": "fa",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
    "ukrainian": "uk",
}
_ANEW = "export it anew as CSL-JSON"
_OTHERS = re.compile(r", others$")
_CULPRIT = re.compile(r"'(.+)'|entry: (\S+)|with key (\S+)")


def from_csl(text: str) -> Iterator[Entry | Misread]:
    """Yield the entries of CSL-JSON: id, fields and line, or why it is none; raise `Misread`."""
    at, line = 0, 1
    for item in _csl_items(text):
        name = str(item.get("id", ""))
        before, at = at, _found(rf'"id"\s*:\s*"?{re.escape(name)}(?!\w)', text, at) if name else at
        line += text.count("\n", before, at)
        try:
            yield as_id(name), _csl_fields(item), line
        except ValueError as error:
            yield Misread(f"{name[:60]}: {error} is not as CSL-JSON has it", line, _ANEW)


def _csl_items(text: str) -> list[dict[str, Any]]:
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise Misread(f"not valid JSON: {error.msg}", error.lineno, _ANEW) from error
    except (ValueError, RecursionError) as error:
        raise Misread("a list is nested too deep, or a number too long", None, _ANEW) from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Misread("CSL-JSON is a list of entries", 1, _ANEW)
    return items


def from_bibtex(text: str) -> Iterator[Entry | Misread]:
    """Yield the entries of BibTeX: id, fields and line, or what is wrong with the file."""
    from pybtex.database import parse_string
    from pybtex.errors import capture
    from pybtex.exceptions import PybtexError

    with capture() as errors:
        try:
            entries = parse_string(text, "bibtex").entries
        except PybtexError as fatal:
            entries, errors = {}, [*errors, fatal]
    for error in errors:
        problem = str(error).partition("syntax error in ")[2].partition(": ")[2] or str(error)
        yield Misread(f"not valid BibTeX: {problem}", _line_of(error, text), "look at this entry and the one before it")
    at, line = 0, 1
    for name, entry in entries.items():
        before, at = at, _found(rf"@\s*\w+\s*[{{(]\s*{re.escape(name)}\s*[,}})]", text, at)
        line += text.count("\n", before, at)
        try:
            yield as_id(name), _bibtex_fields(entry), line
        except ValueError as error:
            yield Misread(f"{name[:60]}: {error}", line, "write the character itself")


def _csl_fields(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of one entry; raise `ValueError` with the name of one that cannot be read."""
    made: dict[str, str] = {}
    for theirs, (ours, read) in _CSL.items():
        try:
            text = " ".join(read(item[theirs]).split()) if item.get(theirs) else ""
        except (TypeError, ValueError, OverflowError, AttributeError, KeyError) as error:
            raise ValueError(theirs) from error
        if text:
            made.setdefault(ours, text)
    return made


def _text(value: Any) -> str:
    if isinstance(value, (dict, list)):
        raise TypeError("a list is no text")
    return unicodedata.normalize("NFC", str(value))


def _csl_date(value: Mapping[str, Any]) -> str:
    """Return the date of CSL as EDTF: one date, or two that are the ends of a span; 21 to 24 are seasons."""
    parts = value.get("date-parts")
    if not parts:
        return _text(value.get("raw") or value.get("literal") or "")
    season = [20 + int(value["season"])] if value.get("season") else []
    mark = "~" if value.get("circa") else ""
    return "/".join(_edtf([int(part) for part in date] + season) + mark for date in parts)


def _edtf(date: list[int]) -> str:
    year, *rest = date
    return "-".join([f"{'-' if year < 0 else ''}{abs(year):04}", *(f"{part:02}" for part in rest)])


def _csl_names(authors: list[Mapping[str, Any]]) -> str:
    return ", ".join(map(_csl_name, authors))


def _csl_name(author: Mapping[str, Any]) -> str:
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return _text(author.get("literal") or " ".join(author[part] for part in parts if author.get(part)))


def _language(value: Any) -> str:
    name = _text(value)
    return _LANGUAGES.get(keyword(name), name)


def _copy(value: Any) -> str:
    """Return where a copy is; the field is for the shelf of an archive too, which is none."""
    return _text(value) if _text(value).startswith(("http://", "https://")) else ""


def _doi(value: Any) -> str:
    return f"https://doi.org/{value}" if _text(value).startswith("10.") else _text(value)


# CSL-JSON 1.0.2: which field of `records.Source` each becomes, and how; the first of two that are one field counts.
_CSL: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "type": ("type", _text),
    "title": ("title", _text),
    "author": ("author", _csl_names),
    "editor": ("author", _csl_names),
    "container-title": ("container", _text),
    "publisher": ("publisher", _text),
    "number": ("number", _text),
    "ISBN": ("isbn", _text),
    "language": ("language", _language),
    "issued": ("issued", _csl_date),
    "accessed": ("accessed", _csl_date),
    "URL": ("url", _text),
    "DOI": ("url", _doi),
    "archive_location": ("archived", _copy),
    "note": ("note", _text),
}


def _bibtex_fields(entry: Any) -> dict[str, str]:
    read = {key: latex.verbatim if key in _VERBATIM else latex.decoded for key in map(keyword, entry.fields)}
    found = {key: read[key](entry.fields[key]) for key in read}
    made = {ours: found[theirs] for theirs, ours in _BIBTEX.items() if found.get(theirs)}
    made["language"] = _language(made.get("language", ""))
    made["url"] = made.get("url") or _doi(found.get("doi", ""))
    made["type"] = _TYPES.get(keyword(entry.type), "document")
    made["issued"] = _bibtex_date(found)
    made["accessed"] = found.get("urldate", "")
    people = entry.persons.get("author") or entry.persons.get("editor") or ()
    made["author"] = _OTHERS.sub(" et al.", ", ".join(latex.decoded(_bibtex_name(person)) for person in people))
    return {key: text for key, text in made.items() if text}


def _bibtex_name(person: Any) -> str:
    names = (person.first_names, person.middle_names, person.prelast_names, person.last_names, person.lineage_names)
    return " ".join(part for parts in names for part in parts)


def _bibtex_date(found: Mapping[str, str]) -> str:
    """Return the date of biblatex, which is EDTF, or year, month and day of BibTeX put together."""
    if found.get("date"):
        return found["date"]
    year, month, day = found.get("year", ""), found.get("month", ""), found.get("day", "")
    number = _MONTHS.index(keyword(month[:3])) + 1 if keyword(month[:3]) in _MONTHS else month
    return "-".join(str(part).zfill(2) for part in (year, number, day) if part)


def _found(pattern: str, text: str, start: int) -> int:
    """Return where an entry begins behind the one before it, whose place it gets if it is written otherwise."""
    found = re.compile(pattern, re.IGNORECASE).search(text, start)
    return found.start() if found else start


def _line_of(error: Any, text: str) -> int | None:
    """Return the line that pybtex names, or the last that has the word of which it complains."""
    if line := getattr(error, "lineno", None):
        return int(line)
    culprit = _CULPRIT.search(str(error))
    at = text.rfind(next(filter(None, culprit.groups()))) if culprit else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else None
