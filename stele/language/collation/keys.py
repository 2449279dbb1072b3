"""Names and a language in, keys that sort them and the letters under which they stand out.

The order is that of CLDR for names in the script of the language, and it is Stele's own: what is installed on a machine
does not change it, so two machines make the same pages. Names in other scripts come after those in the language's own.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from stele.language.collation.han import without_marks
from stele.language.collation.weights import NO_LETTER, scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from stele.language.collation.weights import Scale

Name = TypeVar("Name")

Key: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""What names are compared by: the weights of each part, then each part as it is written. Not to be read or kept."""


@dataclass(frozen=True, slots=True)
class Group(Generic[Name]):
    """The names that stand under one letter, in order."""

    heading: str
    names: tuple[Name, ...]


def sort_key(text: str, tag: str) -> Key:
    """Return what sorts `text` as the language of `tag` does; different texts never have the same key.

    Letters decide first, accents and other marks then, then case, small letters first; and last the text itself.
    """
    return name_key((text,), tag)


def name_key(parts: Sequence[str], tag: str) -> Key:
    """Return what sorts a name by its `parts`, such as family name, given name and patronymic.

    Each part is compared by itself, so that all of one family stand together. Who has no family name is sorted by the
    first part that there is.
    """
    parts = _from_first(parts)
    weigh = scale(tag)
    return tuple(_weighed(part, weigh) for part in parts), tuple(parts)


def heading(text: str, tag: str) -> str:
    """Return the letter under which a name that begins with `text` stands, as the language of `tag` prints it.

    A letter with a mark that is none of the alphabet stands under the letter without it. Names in another script stand
    under the range of its letters, ``А–Я``; digits and signs, and what is empty, under ``#``.
    """
    weigh = scale(tag)
    first = unicodedata.normalize("NFC", text).translate(weigh.letters)[:1]
    return weigh.headings.get(first, NO_LETTER)


def grouped(names: Iterable[Name], tag: str, parts: Callable[[Name], Sequence[str]]) -> list[Group[Name]]:
    """Return `names` in order and by letter; `parts` takes a name apart as `name_key` wants it."""
    ordered = sorted(names, key=lambda name: name_key(parts(name), tag))
    by_heading = groupby(ordered, key=lambda name: heading("".join(_from_first(parts(name))[:1]), tag))
    return [Group(letter, tuple(found)) for letter, found in by_heading]


def _from_first(parts: Sequence[str]) -> Sequence[str]:
    first = next((place for place, part in enumerate(parts) if part), len(parts))
    return parts[first:]


def _weighed(text: str, weigh: Scale) -> str:
    composed = without_marks(unicodedata.normalize("NFC", text))
    # No weight is a null character, so the shorter of two texts comes first at each level.
    return "\0".join(
        (composed.translate(weigh.letters), composed.translate(weigh.marks), composed.translate(weigh.cases))
    )
