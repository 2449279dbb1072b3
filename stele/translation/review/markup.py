"""A pair in, markup that its translation adds, drops, changes or leaves open out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.casing import keyword
from stele.translation.pieces import attribute_lists, beyond, code_spans, images, tags, without_code
from stele.translation.safety import added_markup, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
# What holds asterisks and underscores of its own: tags, autolinks, targets and keys of links, placeholders.
_SILENT = re.compile(r"<[^<>\n]*>|\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]|\{[^{}\n]*\}|%\(\w+\)s|https?://\S+")
# Emphasis as Python-Markdown pairs it: asterisks anywhere, underscores only around whole words.
_ALONE = re.compile(r"(?<!\S)[*_]{1,3}(?!\S)")
_STRONG = re.compile(r"\*\*(?=[^\s*])([^*]*(?:\*(?!\*)[^*]*)*)\*\*|(?<!\w)__(?=[^\s_])((?:(?!__).)*)__(?!\w)")
_EMPHASIS = re.compile(r"\*(?=[^\s*])[^*]*\*|(?<!\w)_(?=[^\s_])(?:[^_]|(?<=\w)_(?=\w))*_(?!\w)")
_LEFT_OPEN = re.compile(r"\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
_PARTS = (
    (code_spans, "the code"),
    (tags, "the tag"),
    (attribute_lists, "the attribute list"),
    (images, "the image"),
)
_VOID = frozenset({"br", "img", "hr", "wbr"})
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")


def changed_markup(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``injected-markup`` and ``too-nested`` as the gate does, ``lost-markup`` for what is dropped or broken."""
    source, translation = pair.source, joined(pair.source, pair.translation)
    yield from added_markup(source, translation, pair.location)
    for pieces, noun in _PARTS:
        dropped = beyond(pieces(source), pieces(translation))
        # A tag that is lost takes its other half with it.
        for lost in [item for item in dropped if not item.startswith("</")] or dropped:
            yield pair.finding("lost-markup", f"the translation drops {noun} “{lost[:60]}”")
    if _is_nested(source) and not _is_nested(translation):
        yield pair.finding("lost-markup", "a tag is closed before it is opened, or not at all")
    yield from _emphasis(source, translation, pair)


def _emphasis(source: str, translation: str, pair: Pair) -> Iterator[Diagnostic]:
    wanted, given = _Emphasis(source), _Emphasis(translation)
    if left := given.left[len(wanted.left) :]:
        hint = "close it with the same marks; a word goes on right after *asterisks*, never after _underscores_"
        yield pair.finding("lost-markup", f"“{left[0][:60]}” begins or ends no emphasis and would be printed", hint)
        return
    for noun, wanted_runs, given_runs in (
        ("strong emphasis", wanted.strong, given.strong),
        ("emphasis", wanted.plain, given.plain),
    ):
        if given_runs < wanted_runs and wanted.strong + wanted.plain > given.strong + given.plain:
            yield pair.finding("lost-markup", f"the translation has {given_runs} of {wanted_runs} runs of {noun}")


class _Emphasis:
    """How many runs of strong and plain emphasis a text has, and what is left that would be printed."""

    def __init__(self, text: str) -> None:
        self.strong, self.plain, self.left = 0, 0, list[str]()
        if "*" in text or "_" in text:
            self._read(text)

    def _read(self, text: str) -> None:
        text = _ALONE.sub(" ", _SILENT.sub("", _ESCAPE.sub("", without_code(text))))
        inner, self.strong = _STRONG.subn(lambda found: found[1] or found[2] or "", text)
        rest, self.plain = _EMPHASIS.subn("", inner)
        self.left = [_word_around(rest, found) for found in _LEFT_OPEN.finditer(rest)]


def _word_around(text: str, found: re.Match[str]) -> str:
    before, after = text[max(0, found.start() - 30) : found.start()], text[found.end() : found.end() + 30]
    return (before.split(" ") or [""])[-1] + found[0] + after.split(" ")[0]


def _is_nested(text: str) -> bool:
    """Say whether each tag of `text` is closed by one of its own name, in order."""
    opened: list[str] = []
    for piece in tags(text):
        found = _TAG_NAME.match(piece.text)
        if found is None or keyword(found[2]) in _VOID or piece.text.endswith("/>"):
            continue
        if not found[1]:
            opened.append(keyword(found[2]))
        elif not opened or opened.pop() != keyword(found[2]):
            return False
    return not opened
