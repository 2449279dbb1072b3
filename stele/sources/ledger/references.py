"""Text in, the references to records in it out: ``{killed.government}``, ``{fall:d MMMM}``, ``[@hrw-1992, p. 12]``.

A reference is a brace field of Python: an id, and behind a colon a pattern that each language writes in its own way.
Directly behind it a suffix may stand in square brackets, which takes the form that the value asks for: ``{dead}[-ü]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.sources.ledger.records import Citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
REFERENCE = re.compile(
    rf"(?<!\\)\{{(?P<id>{ID}(?:\.{ID}){{0,2}})(?::(?P<pattern>[^{{}}=#<>\"\n]*))?\}}(?:\[(?P<suffix>[-’'][^\W\d_]+|[^\W\d_]+)\](?!\())?"
)
CITATION = re.compile(r"(?<![!\\\]])\[(?P<items>@[^\[\]@;]+(?:;\s*@[^\[\]@;]+)*)\](?![(\[])")
BLOCKS = (
    "figures",
    "timeline",
    "gazetteer",
    "register",
    "bibliography",
    "roll",
    "quotation",
    "memorials",
    "commemorations",
)
_CALL = re.compile(rf"^///+[ \t]*(?P<name>{'|'.join(BLOCKS)})[ \t]*(?:\|(?P<argument>.*))?$", re.MULTILINE)
_CODE = re.compile(r"(?<![\\`])(`{1,9})(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_ITEM = re.compile(rf"@(?P<id>{ID})\s*(?:,\s*(?P<locator>.*\S))?\s*\Z", re.DOTALL)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it is written, to the record `id`."""

    id: str
    pattern: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A block of records: its name (``figures``), and what stands behind its bar.

    Of the parts between commas, those with a colon are options of its template (``columns: az ru``), the others the
    argument.
    """

    name: str
    argument: str = ""
    options: tuple[tuple[str, str], ...] = ()


def references(text: str) -> Iterator[Reference]:
    """Yield the references of inline Markdown, those in code left out."""
    for found in REFERENCE.finditer(_CODE.sub("", text)):
        yield _reference(found)


def citations(text: str) -> Iterator[tuple[Citation, ...]]:
    """Yield what each citation of inline Markdown cites, those in code left out."""
    for found in CITATION.finditer(_CODE.sub("", text)):
        if items := cited(found["items"]):
            yield items


def calls(body: str) -> Iterator[Call]:
    """Yield the blocks of records that the text of a document asks for."""
    for found in _CALL.finditer(body):
        yield call_of(found["name"], found["argument"] or "")


def call_of(name: str, text: str) -> Call:
    """Return the call of a block behind whose bar `text` stands."""
    parts = [part.strip() for part in text.split(",")]
    options = tuple(
        (key.strip(), value.strip()) for key, colon, value in (part.partition(":") for part in parts) if colon
    )
    return Call(name, ", ".join(part for part in parts if part and ":" not in part), options)


def replaced(text: str, write: Callable[[Reference], str | None], otherwise: str = "{}") -> str:
    """Return `text` with its references written; one that `write` has nothing for stays, in the braces `otherwise`."""
    return _outside_code(text, lambda prose: REFERENCE.sub(lambda found: _written(found, write, otherwise), prose))


def replaced_citations(text: str, write: Callable[[tuple[Citation, ...]], str]) -> str:
    """Return `text` with its citations written; what cannot be read as one stays as it is."""

    def note(found: re.Match[str]) -> str:
        items = cited(found["items"])
        return write(items) if items else found[0]

    return _outside_code(text, lambda prose: CITATION.sub(note, prose))


def cited(text: str) -> tuple[Citation, ...]:
    """Return the citations in ``@hrw-1992, p. 12; @mfa-2021``, none where one of them cannot be read."""
    found = [_ITEM.match(item.strip()) for item in text.split(";")]
    made = [Citation(item["id"], " ".join((item["locator"] or "").split())) for item in found if item]
    return tuple(made) if len(made) == len(found) else ()


def places(citation: Citation) -> tuple[str, ...]:
    """Return the numbers of a locator in European digits: what it says in any language."""
    return tuple(str(int(digits)) for digits in _DIGITS.findall(citation.locator) if len(digits) < 100)


def _reference(found: re.Match[str]) -> Reference:
    return Reference(found["id"], (found["pattern"] or "").strip(), found["suffix"] or "")


def _written(found: re.Match[str], write: Callable[[Reference], str | None], otherwise: str) -> str:
    made = write(_reference(found))
    opening, closing = otherwise[: len(otherwise) // 2], otherwise[len(otherwise) // 2 :]
    return found[0].replace("{", opening, 1).replace("}", closing, 1) if made is None else made


def _outside_code(text: str, rewrite: Callable[[str], str]) -> str:
    pieces, end = [], 0
    for code in _CODE.finditer(text):
        pieces += [rewrite(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*pieces, rewrite(text[end:])])
