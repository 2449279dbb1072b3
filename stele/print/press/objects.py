"""An object of an open PDF in, what kind of object it is and what it refers to out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pikepdf import Object

Key = tuple[int, int]


def has(item: Any, key: str) -> bool:
    """Say whether an object is a dictionary or a stream that has a key."""
    from pikepdf import Dictionary, Stream

    return isinstance(item, (Dictionary, Stream)) and key in item


def is_image(item: Any) -> bool:
    """Say whether an object is an image XObject."""
    from pikepdf import Name, Stream

    return isinstance(item, Stream) and item.get("/Subtype") == Name.Image


def drawn_by(owners: Iterable[Object]) -> list[Object]:
    """Return all that is drawn where some pages and forms are drawn, each once and in the order of its number.

    That is forms, patterns, images, what soft masks draw, and fonts that are drawn with operators of pages (Type 3).
    """
    found: dict[Key, Object] = {}
    waiting = list(owners)
    while waiting:
        for part in _parts(waiting.pop()):
            if part.is_indirect and part.objgen not in found:
                found[part.objgen] = part
                waiting.append(part)
    return [found[key] for key in sorted(found)]


def _parts(item: Object) -> Iterator[Object]:
    yield from resources(item, "/XObject").values()
    yield from resources(item, "/Pattern").values()
    yield from (font for font in resources(item, "/Font").values() if "/CharProcs" in font)
    for state in resources(item, "/ExtGState").values():
        if "/SMask" in state and has(state.SMask, "/G"):
            yield state.SMask.G


def resources(item: Any, kind: str) -> dict[str, Any]:
    """Return the resources of a kind, by name, that a page, a form, a pattern or a font has of its own."""
    return dict(item.get("/Resources", {}).get(kind, {}).items())
