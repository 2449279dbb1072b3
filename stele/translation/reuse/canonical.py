"""Inline Markdown in, the one spelling out that all spellings of the same words and meaning share.

Tools and their versions write a message otherwise: lines broken or folded, ``_x_`` or ``*x*``, ``[Foo][]`` or its
address, entities or letters, with or without the attribute list behind it. A translation is respelled as its source is.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from stele.language.casing import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Step = Callable[[str], str]

# Code, targets and keys of links, tags, braces and addresses are no words: in them every character stands for itself.
_FROZEN = (
    r"(?P<frozen>(?<![\\`])(?P<ticks>`{1,9})(?!`)(?:.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\]\([^()\s]*|\]\[[^\[\]]*\]|\[\^[^\[\]\s]*\]|<[^<>]*>|\{[^{}]*\}|https?://[^\s<>]+)"
)
# An attribute list is told from a placeholder by its mark: a colon, the sign of an id or class, or an equals sign.
_ATTRIBUTES = re.compile(r"(?<![ \t\n])[ \t\n]+\{(?::|[ ]?[#.]|[ ]?[\w-]+=)[^{}\n]*\}\s*\Z")
_HARD_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)\n[ \t]*")
_SPACE = re.compile(r"[ \t]*\n[ \t]*|[ \t]{2,}")
_ESCAPE = re.compile(rf"{_FROZEN}|\\(?P<needless>[-\"$%'(),./:;=?@^|~])|(?<=\w)\\(?P<inner>_)(?=\w)")
_ENTITY = re.compile(rf"{_FROZEN}|&(?!(?:amp|lt|gt);)[\w#]{{1,31}};|&amp;(?![\w#])")
_UNDERSCORE = re.compile(rf"{_FROZEN}|(?<![\w\\])_{{1,3}}(?=[^\s_])|(?<=[^\s_\\])_{{1,3}}(?!\w)")
_REFERENCE = re.compile(r"(?<![\]\\])\[(?P<label>[^\[\]^][^\[\]]*)\](?:\[(?P<key>[^\[\]]*)\]|(?![\[(:]))")
_HELD = "\ue000"  # stands for a hard break while the others are folded


def canonical(text: str, addresses: Mapping[str, str]) -> str:
    """Return the spelling that `text` shares with all its like; `addresses` are those of reference links by key."""
    for step in _STEPS:
        text = step(text)
    return _inlined(text, addresses)


def respelled(translation: str, old: str, new: str, addresses: Mapping[str, str]) -> str:
    """Return a translation of `old` spelled as one of `new`, the same message in another spelling."""
    for step in _STEPS:
        if step(old) != old and step(new) == new:
            translation = step(translation)
    return _with_keys(_with_sole_key(translation, old, addresses), new, addresses)


def key_of(label: str) -> str:
    """Return the key of a reference link as Python-Markdown makes it from a label."""
    return " ".join(folded(label).split())


def _unattributed(text: str) -> str:
    return _ATTRIBUTES.sub("", text)


def _folded(text: str) -> str:
    held = _HARD_BREAK.sub(_HELD, text)
    return _SPACE.sub(" ", held).strip().replace(_HELD, "  \n")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: found["frozen"] or found["needless"] or found["inner"], text)


def _without_entities(text: str) -> str:
    return _ENTITY.sub(lambda found: found["frozen"] or html.unescape(found[0]), text)


def _starred(text: str) -> str:
    return _UNDERSCORE.sub(lambda found: found["frozen"] or "*" * len(found[0]), text)


_STEPS: tuple[Step, ...] = (_unattributed, _folded, _unescaped, _without_entities, _starred)


def _inlined(text: str, addresses: Mapping[str, str]) -> str:
    """Return `text` with the addresses of its reference links in place of their keys."""

    def inline(found: re.Match[str]) -> str:
        address = addresses.get(key_of(found["key"] or found["label"]))
        return found[0] if address is None else f"[{found['label']}]({address})"

    return _REFERENCE.sub(inline, text)


def _shortcuts(text: str) -> list[re.Match[str]]:
    return [found for found in _REFERENCE.finditer(text) if not found["key"]]


def _with_sole_key(translation: str, old: str, addresses: Mapping[str, str]) -> str:
    """Return a translation whose label was the key of the one such link, as in ``[Foo]``, with the key written out."""
    keys = [key for found in _shortcuts(old) if (key := key_of(found["label"])) in addresses]
    labels = _shortcuts(translation)
    if len(keys) != 1 or len(labels) != 1 or f"][{keys[0]}]" in translation:
        return translation
    start, end = labels[0].span()
    return f"{translation[:start]}[{labels[0]['label']}][{keys[0]}]{translation[end:]}"


def _with_keys(translation: str, new: str, addresses: Mapping[str, str]) -> str:
    """Return a translation with the keys that `new` has, where it has their addresses."""
    for found in _REFERENCE.finditer(new):
        address = addresses.get(key_of(found["key"] or ""))
        if address is not None:
            translation = translation.replace(f"]({address})", f"][{found['key']}]", 1)
    return translation
