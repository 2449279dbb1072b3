"""Image files in, what is wrong with them out: bombs, unknown kinds, SVG that reaches out. The door to Pillow."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from lxml import etree

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import keyword
from stele.sources.files import MAX_PIXELS, Unreadable, read_bytes, relative
from stele.sources.fragments import SCHEMES, scheme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_IMAGE_BYTES = 30_000_000
RASTER = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}
SUFFIXES = (*RASTER, ".svg")
_LOCAL = ("#", "data:image/png", "data:image/jpeg")
_FOREIGN_URL = re.compile(r"url\(\s*+[\"']?+\s*+(?!#)|@import", re.IGNORECASE)
# CSS Syntax 3, 4.3.7: an escape may hide any letter of a word.
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")


def check_image(path: Path, root: Path, where: Location) -> Diagnostic | None:
    """Return why the image at `path` cannot be used, or None. `where` is the place that shows it."""
    suffix = keyword(path.suffix)
    if suffix not in SUFFIXES:
        message = f"{path.name} is not an image that Stele prints"
        return Diagnostic("bad-image", message, where, f"use {', '.join(sorted(SUFFIXES))}")
    try:
        data = read_bytes(path, root, MAX_IMAGE_BYTES)
    except Unreadable as refusal:
        return refusal.diagnostic
    name = Location(relative(path, root))
    return _svg(data, name) if suffix == ".svg" else _raster(path, RASTER[suffix], name)


def _raster(path: Path, kind: str, name: Location) -> Diagnostic | None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            with Image.open(path, formats=[kind]) as image:
                width, height = image.size
    except Image.DecompressionBombError:
        return Diagnostic("image-too-large", f"{path.name} has too many pixels", name, "scale the picture down")
    except (OSError, EOFError, ValueError, SyntaxError):
        hint = "open it in an image editor and save it anew"
        return Diagnostic("bad-image", f"{path.name} cannot be opened as a {kind} image", name, hint)
    if width * height > MAX_PIXELS:
        message = f"{path.name} has {width:,} × {height:,} pixels, {MAX_PIXELS:,} are the most"
        return Diagnostic("image-too-large", message, name, "scale the picture down")
    return None


def _svg(data: bytes, name: Location) -> Diagnostic | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Diagnostic("bad-image", f"the SVG cannot be read: {error}", name)
    reasons = list(_dangers(root))
    if root.getroottree().docinfo.internalDTD is not None:
        reasons.insert(0, "a document type")
    if not reasons:
        return None
    message = f"the SVG holds {reasons[0]}"
    return Diagnostic("unsafe-svg", message, name, "export it as plain SVG, without scripts and linked files")


def _dangers(root: etree._Element) -> Iterator[str]:
    before = root.itersiblings(preceding=True)
    if any(isinstance(node, etree._ProcessingInstruction) and node.target == "xml-stylesheet" for node in before):  # noqa: SLF001 (no public name)
        yield "a linked style sheet"
    for element in root.iter("*"):
        name = keyword(etree.QName(element).localname)
        if name in ("script", "foreignobject", "iframe", "handler", "set", "animate"):
            yield f"<{name}>"
        for attribute, value in element.attrib.items():
            yield from _danger(name, keyword(etree.QName(attribute).localname), str(value))
        if name == "style" and _loads_files("".join(map(str, element.itertext()))):
            yield "a style sheet that loads files"


def _danger(element: str, attribute: str, value: str) -> Iterator[str]:
    if attribute.startswith("on"):
        yield f"the event handler {attribute}"
    elif attribute == "href":
        is_harmless = scheme(value) in (None, *SCHEMES) if element == "a" else value.strip().startswith(_LOCAL)
        if not is_harmless:
            yield f"a link to {value[:60]!r}"
    elif _loads_files(value):
        yield "a style that loads files"


def _loads_files(style: str) -> bool:
    def letter(match: re.Match[str]) -> str:
        return chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else match[2]

    return _FOREIGN_URL.search(_CSS_ESCAPE.sub(letter, style)) is not None
