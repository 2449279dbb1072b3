"""A unit and its translation in, the reasons for which the translation must not be printed out.

Translators and their catalogs are not trusted to write HTML: every tag, attribute list, image, placeholder and footnote
call of a translation must stand in its source, and its links may use only schemes that are harmless.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import folded, keyword
from stele.sources.documents import MAX_BRACKETS, open_brackets
from stele.sources.fragments import SCHEMES, scheme
from stele.translation.pieces import (
    attribute_lists,
    beyond,
    footnote_calls,
    images,
    placeholders,
    tags,
    targets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


# Without any of these a text has no markup, no link or address, no citation and no placeholder.
_SIGN = re.compile(r"[`\\<>\[\]{}%*_@&/]")


def is_plain(text: str) -> bool:
    """Say whether `text` is prose alone, as most are: there is nothing in it that a gate could question."""
    return not _SIGN.search(text) and "www." not in folded(text) and text.count("(") <= MAX_BRACKETS


def refuse(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    """Yield the reasons for which `translation` must not be printed in place of `source`."""
    if is_plain(translation) and is_plain(source):
        return
    for gate in (added_markup, unsafe_links, changed_footnotes, changed_placeholders):
        yield from gate(source, translation, where)


def added_markup(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    """Yield ``injected-markup`` for what the source does not have, ``too-nested`` for brackets without end."""
    kinds = ((tags, "the tag"), (attribute_lists, "the attribute list"), (images, "the image"))
    for pieces, noun in kinds:
        for extra in beyond(pieces(translation), pieces(source)):
            hint = "translate the words and leave markup as the source has it"
            yield Diagnostic("injected-markup", f"the translation adds {noun} {extra[:60]!r}", where, hint)
    words = translation.strip()
    if words.startswith("[") and keyword(words) == "[toc]":
        yield Diagnostic("injected-markup", "the translation asks for a table of contents", where)
    if open_brackets(translation)[1] > MAX_BRACKETS:
        yield Diagnostic("too-nested", f"brackets are nested more than {MAX_BRACKETS} deep", where, "close them")


def unsafe_links(_source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    """Yield ``unsafe-translation`` for each link whose scheme could do harm."""
    for address in targets(translation):
        name = scheme(html.unescape(address).replace("\\", ""))
        if name is not None and name not in SCHEMES:
            message = f"the translation opens a link with the scheme {name}:"
            yield Diagnostic("unsafe-translation", message, where, f"allowed are {', '.join(sorted(SCHEMES))}")


def changed_footnotes(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    """Yield ``lost-footnote`` unless the translation calls the notes of the source, in any order."""
    wanted, given = Counter(footnote_calls(source)), Counter(footnote_calls(translation))
    if wanted != given:
        lost, more = sorted((wanted - given).elements()), sorted((given - wanted).elements())
        parts = [f"drops {' '.join(lost)}"] if lost else []
        parts += [f"repeats or invents {' '.join(more)}"] if more else []
        hint = "each footnote call of the source stands once in the translation"
        yield Diagnostic("lost-footnote", f"the translation {' and '.join(parts)}", where, hint)


def changed_placeholders(source: str, translation: str, where: Location) -> Iterator[Diagnostic]:
    """Yield ``lost-placeholder`` unless the translation has the brace fields of the source, in any order."""
    wanted, given = placeholders(source), placeholders(translation)
    for verb, names in (("drops", beyond(wanted, given)), ("repeats or invents", beyond(given, wanted))):
        for name in names:
            hint = "copy it from the source as it is"
            yield Diagnostic("lost-placeholder", f"the translation {verb} {name[:60]}", where, hint)


def joined(source: str, translation: str) -> str:
    """Return `translation` on one line, hard breaks kept only where the source has them too."""
    if "  \n" in source:
        return re.sub(r"(?<! {2})\n", " ", translation)
    return " ".join(translation.split("\n")) if "\n" in translation else translation
