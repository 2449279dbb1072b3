"""Project, documents and theme in, every message out, by domain: what `update` merges and `status` counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.diagnostics import Location
from stele.language.casing import keyword
from stele.language.date_patterns import filled
from stele.language.edtf import Moment
from stele.language.ordinals import ordinal
from stele.language.tags import name_in
from stele.sources import templating
from stele.sources.documents import TRANSLATED_FIELDS
from stele.sources.ledger.records import texts
from stele.sources.ledger.references import references
from stele.sources.ledger.writing import Number
from stele.sources.markup import identity, render
from stele.sources.settings import SITE_FILE
from stele.translation.messages import Message, unite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stele.sources.documents import Document
    from stele.sources.ledger.records import Record
    from stele.sources.ledger.writing import Value
    from stele.sources.project import Project
    from stele.sources.theme import Theme
    from stele.sources.units import Unit

INTERFACE = "interface"
SITE = "site"
LEDGER = "ledger"

_FIELD_KINDS = {
    "title": "title",
    "short": "short title for the head of the page",
    "description": "description",
}


def messages_of(document: Document, source_tag: str, values: Mapping[str, Value] | None = None) -> tuple[Message, ...]:
    """Return the messages of one document, its front matter and its body, with the `values` of their references."""
    return document_messages(document, render(document, source_tag, identity, source_tag).units, values or {})


def document_messages(document: Document, units: Iterable[Unit], values: Mapping[str, Value]) -> tuple[Message, ...]:
    """Return the messages of one document: its front matter, then its body."""
    fields = [
        Message(
            field.text,
            (Location(document.path, field.line),),
            (f"type: {_FIELD_KINDS[name]}", *_present(field.text, values)),
            _flags(field.text, values),
        )
        for name in TRANSLATED_FIELDS
        if (field := document.fields.get(name)) is not None
    ]
    return unite([*fields, *(_message(document, unit, values) for unit in units)])


def _message(document: Document, unit: Unit, values: Mapping[str, Value]) -> Message:
    comments = [f"type: {unit.kind}"]
    if unit.headings:
        comments.append("under: " + " › ".join(unit.headings))
    if unit.note:
        comments.append(unit.note)
    comments += _present(unit.text, values)
    return Message(unit.text, (Location(document.path, unit.line),), tuple(comments), _flags(unit.text, values))


def _present(text: str, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield what the references of a text stand for at present."""
    for reference in dict.fromkeys(references(text)):
        if reference.id in values:
            yield f"{{{reference.id}}}: {values[reference.id]}"


def _flags(text: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Say what the text is a format of, before a tool guesses: a percent sign in prose is none (babel#865).

    msgfmt knows no patterns of dates, so only a text whose braces all hold numbers is one of Python's brace formats.
    """
    found = list(references(text))
    numbers = [item for item in found if isinstance(values.get(item.id), Number) and not item.pattern]
    is_format = bool(found) and len(numbers) == len(found) == text.count("{")
    return (*(("python-brace-format",) if is_format else ()), *(("no-python-format",) if "%" in text else ()))


def site_messages(project: Project, values: Mapping[str, Value]) -> tuple[Message, ...]:
    """Return the messages of site.toml."""
    return unite(
        Message(
            item.text,
            (Location(SITE_FILE, item.line),),
            (f"type: {item.name}", *_present(item.text, values)),
            _flags(item.text, values),
        )
        for item in project.settings
    )


def ledger_messages(records: Iterable[Record], values: Mapping[str, Value]) -> tuple[Message, ...]:
    """Return the messages of the records that are printed: every text of theirs that readers see."""
    return unite(
        Message(
            text,
            (record.at,),
            (
                f"type: {keyword(type(record).__name__)}, {name.replace('_', ' ')}",
                *filter(None, [record.comment]),
                *_present(text, values),
            ),
            _flags(text, values),
        )
        for record in records
        for name, text in texts(record).items()
    )


def interface_messages(theme: Theme, source_tag: str) -> tuple[Message, ...]:
    """Return the messages of the theme's templates, with what their placeholders stand for at present."""
    return unite(_template_messages(theme, source_tag))


def _template_messages(theme: Theme, source_tag: str) -> Iterator[Message]:
    present = {
        "%(language)s": name_in(source_tag, source_tag),
        "%(date)s": filled("d MMMM y", source_tag, Moment(1992, 2, 26)),
        "%(ordinal)s": ordinal(33, source_tag),
        "%(family)s": "EB Garamond",
    }
    for text in templating.texts(theme):
        yield Message(
            text.texts[0],
            (Location(text.path, text.line),),
            (*text.comments, *(f"{name}: {value}" for name, value in present.items() if name in text.texts[0])),
            ("python-format",) if "%(" in text.texts[0] else _flags(text.texts[0], {}),
            text.context,
            text.texts[1] if len(text.texts) > 1 else None,
        )
