"""What WordPress and Drupal leave of HTML that an author pastes in: their lists, and their habits in a few lines.

The lists and where they are from: `tests/data/cms_filters.json`. `tests/scripts/cms_filters.php` asks WordPress's own
code, and the library that Drupal writes HTML with.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape

import tinyhtml5
from conftest import ROOT


@dataclass(frozen=True)
class Allowed:
    """The attributes that an element may have, by its name, and the schemes of addresses."""

    elements: dict[str, frozenset[str]]
    schemes: frozenset[str]


def _allowed(name: str) -> Allowed:
    listed = json.loads((ROOT / "tests/data/cms_filters.json").read_text())[name]
    everywhere = listed["everywhere"].split()
    elements = {key: frozenset([*own.split(), *everywhere]) for key, own in listed["elements"].items()}
    return Allowed(elements, frozenset(listed["schemes"].split()))


WORDPRESS, DRUPAL = _allowed("wordpress"), _allowed("drupal")
_VOID = frozenset({"br", "hr", "img"})
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*(?:>|\Z)|>", re.DOTALL)
_PARTS = re.compile(r"<\s*(/\s*)?([a-zA-Z0-9-]+)([^>]*)>?\Z")
_ATTRIBUTE = re.compile(r'([-a-zA-Z:]+)\s*=\s*"([^"]*)"')


def wordpress(html: str) -> str:
    """Return what ``wp_kses_post`` makes of `html`, whose attributes stand in double quotes."""
    html = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", html)
    html = re.sub(r"&(?!(?:amp|lt|gt|quot|nbsp|#[0-9]+|#x[0-9a-fA-F]+);)", "&amp;", html)
    return _TAG.sub(lambda found: _wordpress_tag(found[0]), html)


def _wordpress_tag(tag: str) -> str:
    parts = _PARTS.match(tag)
    if tag == ">" or parts is None:
        return "&gt;" if tag == ">" else ""
    name = parts[2]
    if name.lower() not in WORDPRESS.elements or parts[1]:
        return f"</{name}>" if name.lower() in WORDPRESS.elements else ""
    kept = "".join(
        f' {key}="{_without_scheme(value, WORDPRESS.schemes) if key in ("href", "src", "cite") else value}"'
        for key, value in _ATTRIBUTE.findall(parts[3])
        if key in WORDPRESS.elements[name.lower()] or key.startswith("data-")
    )
    return f"<{name}{kept}{' /' if parts[3].rstrip().endswith('/') else ''}>"


def drupal(html: str) -> str:
    """Return what the text format "Basic HTML" makes of `html`: it is parsed, filtered and written anew."""
    body = tinyhtml5.parse(f"<body>{html}", namespace_html_elements=False).find("body")
    return "".join([_text(body.text or ""), *map(_drupal_element, body)]).strip()


def _drupal_element(element) -> str:
    tail = _text(element.tail or "")
    if not isinstance(element.tag, str):
        return tail
    inner = "".join([_text(element.text or ""), *map(_drupal_element, element)])
    if element.tag not in DRUPAL.elements:
        return inner + tail
    kept = "".join(
        f' {key}="{_text(_without_scheme(value, DRUPAL.schemes)).replace(chr(34), "&quot;")}"'
        for key, value in element.attrib.items()
        if key in DRUPAL.elements[element.tag] and (key != "dir" or value in ("ltr", "rtl"))
    )
    return f"<{element.tag}{kept}>{'' if element.tag in _VOID else f'{inner}</{element.tag}>'}{tail}"


def _text(words: str) -> str:
    return escape(words, quote=False).replace("\u00a0", "&nbsp;")


def _without_scheme(value: str, schemes: frozenset[str]) -> str:
    scheme, colon, rest = value.partition(":")
    return value if not colon or set("/?#") & set(scheme) or scheme.lower() in schemes else rest
