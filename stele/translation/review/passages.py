"""A text of a catalog in, its passages by the language that each is written in out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.casing import keyword

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"(?P<code>`+[^`]*`+)|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>(?:[\s/][^<>]*)?)>")
_LANG = re.compile(r"\blang\s*=\s*[\"']?(?P<tag>[A-Za-z0-9-]+)")
_VOID = frozenset({"br", "img", "hr", "wbr"})


def passages(text: str, tag: str) -> list[tuple[str, str]]:
    """Return the runs of `text`, each with its language: that of the nearest ``lang`` attribute, or else `tag`.

    The tags themselves are left out; what stands between two of them in the same language is one run.
    """
    if "<" not in text:
        return [(tag, text)] if text else []
    runs: list[tuple[str, str]] = []
    for language, piece in _pieces(text, tag):
        if runs and runs[-1][0] == language:
            runs[-1] = (language, runs[-1][1] + piece)
        elif piece:
            runs.append((language, piece))
    return runs


def own_words(text: str, tag: str = "") -> str:
    """Return what of `text` is said to be in language `tag` or in none at all, a line for each run."""
    return "\n".join(piece for language, piece in passages(text, "") if language in ("", tag))


def _pieces(text: str, tag: str) -> Iterator[tuple[str, str]]:
    open_tags: list[tuple[str, str]] = []
    position = 0
    for found in _TAG.finditer(text):
        if found["code"]:
            continue
        language = open_tags[-1][1] if open_tags else tag
        yield language, text[position : found.start()]
        position = found.end()
        name = keyword(found["name"])
        if found["end"]:
            depth = [opened for opened, _ in open_tags]
            if name in depth:
                del open_tags[len(depth) - 1 - depth[::-1].index(name) :]
        elif name not in _VOID and not found["attributes"].endswith("/"):
            own = _LANG.search(found["attributes"])
            open_tags.append((name, own["tag"] if own else language))
    yield open_tags[-1][1] if open_tags else tag, text[position:]
