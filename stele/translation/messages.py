"""Messages: what translators are asked to translate, gathered by domain from documents, site.toml and templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stele.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Message:
    """One text to translate.

    `comments` are the extracted comments of the catalog (block type, heading path, notes by the author);
    `flags` are format flags such as ``python-format``. Key of a message in its domain: `(context, msgid)`.
    """

    msgid: str
    locations: tuple[Location, ...]
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    context: str | None = None
    plural: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """Return what identifies the message within its domain."""
        return self.context, self.msgid


def unite(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Return each message once, in order of first appearance, with the places and comments of all."""
    united: dict[tuple[str | None, str], Message] = {}
    for message in messages:
        first = united.get(message.key)
        united[message.key] = message if first is None else _joined(first, message)
    return tuple(united.values())


def _joined(first: Message, again: Message) -> Message:
    return Message(
        first.msgid,
        tuple(dict.fromkeys(first.locations + again.locations)),
        tuple(dict.fromkeys(first.comments + again.comments)),
        tuple(dict.fromkeys(first.flags + again.flags)),
        first.context,
        first.plural or again.plural,
    )
