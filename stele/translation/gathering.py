"""Project, documents and theme in, every message out, by domain: what `update` merges and `status` counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.diagnostics import Location
from stele.language.date_patterns import filled
from stele.language.edtf import Moment
from stele.language.ordinals import ordinal
from stele.language.tags import name_in
from stele.sources import templating
from stele.sources.documents import TRANSLATED_FIELDS
from stele.sources.markup import identity, render
from stele.sources.project import SITE_FILE
from stele.translation.messages import Message, unite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.sources.documents import Document
    from stele.sources.project import Project
    from stele.sources.theme import Theme
    from stele.sources.units import Unit

INTERFACE = "interface"
SITE = "site"

_FIELD_KINDS = {
    "title": "title",
    "short": "short title for the head of the page",
    "description": "description",
}


def messages_of(document: Document, source_tag: str) -> tuple[Message, ...]:
    """Return the messages of one document: its front matter, then its body."""
    return document_messages(document, render(document, source_tag, identity, source_tag).units)


def document_messages(document: Document, units: Iterable[Unit]) -> tuple[Message, ...]:
    """Return the messages of one document: its front matter, then its body."""
    fields = [
        Message(
            field.text,
            (Location(document.path, field.line),),
            (f"type: {_FIELD_KINDS[name]}",),
            _flags(field.text),
        )
        for name in TRANSLATED_FIELDS
        if (field := document.fields.get(name)) is not None
    ]
    return unite([*fields, *(_message(document, unit) for unit in units)])


def _message(document: Document, unit: Unit) -> Message:
    comments = [f"type: {unit.kind}"]
    if unit.headings:
        comments.append("under: " + " › ".join(unit.headings))
    if unit.note:
        comments.append(unit.note)
    return Message(unit.text, (Location(document.path, unit.line),), tuple(comments), _flags(unit.text))


def _flags(text: str) -> tuple[str, ...]:
    """Say that a percent sign in prose is no format, before a tool guesses that it is (babel#865)."""
    return ("no-python-format",) if "%" in text else ()


def site_messages(project: Project) -> tuple[Message, ...]:
    """Return the messages of site.toml."""
    return unite(
        Message(item.text, (Location(SITE_FILE, item.line),), (f"type: {item.name}",), _flags(item.text))
        for item in project.settings
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
            ("python-format",) if "%(" in text.texts[0] else _flags(text.texts[0]),
            text.context,
            text.texts[1] if len(text.texts) > 1 else None,
        )
