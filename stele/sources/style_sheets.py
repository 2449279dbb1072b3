"""Style sheets in, the fonts that they declare and the families they name out. The door to tinycss2 and cssselect2."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class FontFace:
    """An ``@font-face`` rule: its family, the address of its file, and its other descriptors as they are written.

    The file is the first that the rule names (CSS Fonts 4, 4.3).
    """

    family: str
    address: str
    descriptors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FontSheet:
    """A style sheet that declares fonts: these, and all of its other rules as they are written."""

    faces: tuple[FontFace, ...]
    rest: str


def read_fonts(sheet: str) -> FontSheet:
    """Return the fonts of a style sheet; a rule without a family or a file declares none."""
    import tinycss2

    faces: list[FontFace] = []
    rest: list[str] = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            faces += _font_face(rule.content or [])
        elif rule.type != "error":
            rest.append(rule.serialize())
    return FontSheet(tuple(faces), "\n".join(rest))


def _font_face(content: list[Any]) -> Iterator[FontFace]:
    import tinycss2

    found = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    values = {item.lower_name: item.value for item in found if item.type == "declaration"}
    family = next(_strings(values.pop("font-family", [])), "")
    address = next(_addresses(values.pop("src", [])), "")
    if family and address:
        yield FontFace(family, address, {name: tinycss2.serialize(value).strip() for name, value in values.items()})


@lru_cache(maxsize=64)  # every language asks for those of the same few sheets
def strings(sheet: str) -> tuple[str, ...]:
    """Return every string of a style sheet, what it prints of itself among them."""
    return tuple(_strings(_values(sheet)))


@lru_cache(maxsize=64)  # a thousand embeds have the same few sheets in them
def loaded(sheet: str) -> tuple[str, ...]:
    """Return the address of every file that a style sheet, or some declarations, make a browser ask for.

    Of what may hold an address as a string (``@import``, ``image-set()``) every string is one.
    """
    return tuple(_files(_values(sheet)))


@lru_cache(maxsize=8)  # the sheets of a site are asked for their strings in two ways
def _values(sheet: str) -> list[Any]:
    """Return the component values of a style sheet, or of some declarations."""
    import tinycss2

    values: list[Any] = tinycss2.parse_component_value_list(sheet)
    return values


def _files(values: list[Any]) -> Iterator[str]:
    for place, value in enumerate(values):
        if value.type == "at-keyword" and value.lower_value == "import":
            yield from _strings(values[place + 1 : place + 3])
        elif value.type == "function" and value.lower_name in ("image-set", "-webkit-image-set", "image", "src"):
            yield from _strings(value.arguments)
        yield from _addresses([value])
        yield from _files(getattr(value, "arguments", None) or getattr(value, "content", None) or [])


def strings_for(sheet: str, tag: str) -> frozenset[str]:
    """Return the strings of those rules that may hold in the language of `tag`, names of families among them.

    A rule whose selector asks for a language is asked; of any other it is not known where it holds, so it may.
    """
    return frozenset(text for selector, found in _rules(sheet) if _may_hold(selector, tag) for text in found)


@cache
def _rules(sheet: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the selector and the strings of each rule that has any."""
    import tinycss2

    return tuple(_with_strings(tinycss2.parse_stylesheet(_values(sheet), skip_comments=True, skip_whitespace=True)))


def _with_strings(rules: list[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            if found := tuple(_strings(rule.content)):
                yield tinycss2.serialize(rule.prelude), found
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer", "container"):
            yield from _with_strings(tinycss2.parse_rule_list(rule.content or [], skip_comments=True))


@cache
def _may_hold(selector: str, tag: str) -> bool:
    import cssselect2

    if "lang" not in selector:
        return True
    try:
        compiled = cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError:
        return True
    probe = lxml.html.Element("html", lang=tag)
    probe.append(lxml.html.Element("p", lang=tag))
    elements = list(cssselect2.ElementWrapper.from_html_root(probe).iter_subtree())
    return any(item.test(element) for item in compiled for element in elements)


def _strings(values: list[Any]) -> Iterator[str]:
    for value in values:
        if value.type == "string":
            yield value.value
        elif value.type == "function":
            yield from _strings(value.arguments)
        elif value.type in ("() block", "[] block", "{} block"):
            yield from _strings(value.content)


def _addresses(values: list[Any]) -> Iterator[str]:
    for value in values:
        if value.type == "url":
            yield value.value
        elif value.type == "function" and value.lower_name == "url":
            yield from _strings(value.arguments)
