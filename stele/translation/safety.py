"""A unit and its translation in, a translation that can do no harm out, with what is wrong with it.

Translators and their catalogs are not trusted to write HTML: every tag, attribute list, image and footnote call of a
translation must stand in its source, and its links may use only schemes that are harmless.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.sources.documents import MAX_BRACKETS, open_brackets
from stele.sources.fragments import SCHEMES, scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"<(?!(?:https?|mailto):[^\s<>]*>)[/!?a-zA-Z][^<>]*>?")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}?")
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]")
_IMAGE = re.compile(r"!\[[^\]]*\]\s*(?:\([^)]*\)|\[[^\]]*\])?")
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)|<((?:https?|mailto):[^\s<>]*)>", re.IGNORECASE)
_KEY = re.compile(r"\]\[([^\]]*)\]")
# Code spans as Python-Markdown finds them (markdown.inlinepatterns.BACKTICK_RE).
# But for runs of more than nine backticks, which would take it very long: those count as no code.
_CODE = re.compile(r"(?<![\\`])(`{1,9})(?!`)(.+?)(?<!`)\1(?!`)")


def refuse(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    """Yield the reasons for which `translation` must not be printed in place of `source`."""
    kinds = (
        ("injected-markup", _TAG, "the tag"),
        ("injected-markup", _ATTRIBUTES, "the attribute list or placeholder"),
        ("injected-markup", _IMAGE, "the image"),
    )
    for code, pattern, noun in kinds:
        for extra in _extra(pattern, source, translation):
            hint = "translate the words and leave markup as the source has it"
            yield Diagnostic(code, f"the translation adds {noun} {extra[:60]!r}", where, hint)
    if translation.strip().upper() == "[TOC]":
        yield Diagnostic("injected-markup", "the translation asks for a table of contents", where)
    yield from _unsafe_links(translation, where)
    yield from _footnotes(source, translation, where)
    yield from _lost_placeholders(source, translation, where)
    if open_brackets(translation)[1] > MAX_BRACKETS:
        yield Diagnostic("too-nested", f"brackets are nested more than {MAX_BRACKETS} deep", where, "close them")


def remark(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    """Yield what a reviewer should look at in a translation that may be printed."""
    for name, pattern in (("tag", _TAG), ("code", _CODE), ("link key", _KEY)):
        for lost in _extra(pattern, translation, source):
            yield Diagnostic("lost-markup", f"the translation drops the {name} {lost[:60]!r}", where)
    before, after = _targets(source), _targets(translation)
    if len(after) < len(before):
        yield Diagnostic("lost-markup", f"the translation has {len(after)} of {len(before)} links", where)
    for address in after:
        if address not in before:
            yield Diagnostic("changed-link", f"the translation leads to {address[:80]!r}", where)


def joined(source: str, translation: str) -> str:
    """Return `translation` on one line, hard breaks kept only where the source has them too."""
    if "  \n" in source:
        return re.sub(r"(?<! {2})\n", " ", translation)
    return " ".join(translation.split("\n")) if "\n" in translation else translation


def _extra(pattern: re.Pattern[str], source: str, translation: str) -> list[str]:
    """Return what `pattern` finds more often in `translation` than in `source`."""
    there, here = (
        Counter(map(_normal, _found(pattern, source))),
        Counter(map(_normal, _found(pattern, translation))),
    )
    return list((here - there).elements())


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    outside = text if pattern is _CODE else _CODE.sub("", text)
    found = [match[0] for match in pattern.finditer(outside)]
    # Only the address of an image counts: its alternative text is to be translated.
    return [re.sub(r"\[[^\]]*\]", "[]", item, count=1) for item in found] if pattern is _IMAGE else found


def _normal(item: str) -> str:
    return " ".join(item.split())


def _targets(text: str) -> list[str]:
    return [match[1] or match[2] or "" for match in _TARGET.finditer(_CODE.sub("", text))]


def _unsafe_links(translation: str, where: Location) -> Iterator[Diagnostic]:
    for address in _targets(translation):
        name = scheme(html.unescape(address).replace("\\", ""))
        if name is not None and name not in SCHEMES:
            message = f"the translation opens a link with the scheme {name}:"
            yield Diagnostic("unsafe-translation", message, where, f"allowed are {', '.join(sorted(SCHEMES))}")


def _footnotes(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    wanted, given = (Counter(_FOOTNOTE.findall(_CODE.sub("", text))) for text in (source, translation))
    if wanted != given:
        lost, more = sorted((wanted - given).elements()), sorted((given - wanted).elements())
        parts = [f"drops {' '.join(lost)}"] if lost else []
        parts += [f"repeats or invents {' '.join(more)}"] if more else []
        hint = "each footnote call of the source stands once in the translation"
        yield Diagnostic("lost-footnote", f"the translation {' and '.join(parts)}", where, hint)


def _lost_placeholders(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    for lost in _extra(re.compile(r"(?<!\n)\{[a-z][\w.:\- ]*\}"), translation, source):
        hint = "copy it from the source as it is"
        yield Diagnostic("lost-placeholder", f"the translation drops {lost}", where, hint)
