"""One message of a catalog as a value: what it says, what is said about it, and the text it stands in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Previous:
    """The message that a fuzzy translation was made for (``#| msgid``)."""

    msgid: str
    context: str | None = None
    plural: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with its translation.

    `msgstr` holds one text, or one for each plural form. `raw` is the entry's own text in the file and `gap`
    what stands between it and the entry before, so that all gaps and raws in a row are the file. `line` is
    where its msgid stands, from 1, and 0 for an entry that was not read from a file. References are paths,
    with ``:line`` where the file gives it.
    """

    msgid: str
    msgstr: tuple[str, ...] = ("",)
    context: str | None = None
    plural: str | None = None
    flags: tuple[str, ...] = ()
    extracted_comments: tuple[str, ...] = ()
    translator_comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    line: int = 0
    raw: str = ""
    gap: str = ""

    def __reduce__(self) -> tuple[type[Entry], tuple[Any, ...]]:
        """Return what it is made of again: catalogs are sent to workers whole, and this takes half of their time."""
        return Entry, _values(self)

    @property
    def key(self) -> tuple[str | None, str]:
        """Return what identifies the entry within its catalog: `(context, msgid)`."""
        return self.context, self.msgid

    @property
    def is_header(self) -> bool:
        """Say whether this is the entry whose translation holds the fields of the catalog."""
        return self.key == (None, "") and not self.obsolete

    @property
    def fuzzy(self) -> bool:
        """Say whether the translation waits to be confirmed."""
        return "fuzzy" in self.flags

    @property
    def untranslated(self) -> bool:
        """Say whether no form has any text, confirmed or not."""
        return not any(self.msgstr)

    @property
    def translated(self) -> bool:
        """Say whether every form has text that is confirmed; a fuzzy entry is not translated, nor is white space."""
        return all(text.strip() for text in self.msgstr) and not self.fuzzy


_values = attrgetter(*(field.name for field in fields(Entry)))


def shortened(text: str, longest: int = 40) -> str:
    """Return `text` on one line of at most `longest` characters, to name a message by."""
    folded = " ".join(text.split())
    return folded if len(folded) <= longest else f"{folded[: longest - 1]}…"
