"""A text of a catalog in, its pieces as a reviewer reads them out; and two wordings in, what was changed out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from stele.language.bidi import left_to_right_runs
from stele.translation.words import split_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

# What cannot be seen, or would reorder what can: controls, overrides and embeddings of direction, characters of no one.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u202a-\u202e\ufeff\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff]")
_TOKEN = re.compile(r"(?:\w+|[^\w\s])\s*|\s+")
_MOST_COMPARED = 4_000  # tokens of both wordings; beyond that a comparison takes long and helps nobody


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text. `kind` is ``prose``, ``markup``, ``run`` (words of a left-to-right script among others),
    ``unseen`` (an invisible character, by its number) or ``break``; `change` is ``ins``, ``del`` or empty.
    """  # noqa: D205

    text: str
    kind: str = "prose"
    change: str = ""


def pieces(text: str, direction: str, change: str = "") -> tuple[Piece, ...]:
    """Return `text`, of a language written in `direction` (``ltr`` or ``rtl``), in pieces."""
    return tuple(_pieces(text, direction, change))


def compared(old: str, new: str, direction: str) -> tuple[Piece, ...]:
    """Return `new` in pieces, with the words of `old` that it does not have where they stood."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > _MOST_COMPARED:
        return (*_pieces(old, direction, "del"), *_pieces(new, direction, "ins"))
    found: list[Piece] = []
    matcher = SequenceMatcher(None, [token.rstrip() for token in before], [token.rstrip() for token in after])
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            found += _pieces("".join(after[first:last]), direction, "")
        else:
            gone, come = "".join(before[start:end]), "".join(after[first:last])
            found += _changed(gone.rstrip(" ") if come else gone, direction, "del")
            found += _changed(come, direction, "ins")
    return tuple(found)


def _changed(text: str, direction: str, change: str) -> Iterator[Piece]:
    """Yield the pieces of a change; the space behind it is struck out or underlined by nobody."""
    words = text.rstrip(" ")
    yield from _pieces(words, direction, change)
    if words != text:
        yield Piece(" ")


def _pieces(text: str, direction: str, change: str) -> Iterator[Piece]:
    for part, is_markup in split_markup(text):
        for piece, kind in _seen(part):
            if kind or is_markup:
                yield Piece(piece, kind or "markup", change)
            else:
                yield from _runs(piece, direction, change)


def _seen(text: str) -> Iterator[tuple[str, str]]:
    """Yield what can be seen as it is, and the rest by its number."""
    position = 0
    for found in _UNSEEN.finditer(text):
        if found.start() > position:
            yield text[position : found.start()], ""
        yield ("¶", "break") if found[0] == "\n" else (f"U+{ord(found[0]):04X}", "unseen")
        position = found.end()
    if position < len(text):
        yield text[position:], ""


def _runs(text: str, direction: str, change: str) -> Iterator[Piece]:
    if direction == "ltr":
        yield Piece(text, "prose", change)
        return
    for run, is_left_to_right in left_to_right_runs(text):
        yield Piece(run, "run" if is_left_to_right else "prose", change)
