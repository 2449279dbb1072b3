"""An object of an open PDF in, what kind of object it is and what it refers to out."""

from __future__ import annotations

from typing import Any

Key = tuple[int, int]


def has(item: Any, key: str) -> bool:
    """Say whether an object is a dictionary or a stream that has a key."""
    from pikepdf import Dictionary, Stream

    return isinstance(item, (Dictionary, Stream)) and key in item


def is_image(item: Any) -> bool:
    """Say whether an object is an image XObject."""
    return is_stream_of(item, "/Image")


def is_stream_of(item: Any, subtype: str) -> bool:
    """Say whether an object is a stream of a subtype."""
    from pikepdf import Name, Stream

    return isinstance(item, Stream) and item.get("/Subtype") == Name(subtype)


def resources(item: Any, kind: str) -> dict[str, Any]:
    """Return the resources of a kind, by name, that a page, a form, a pattern or a font has of its own."""
    return dict(item.Resources[kind].items()) if "/Resources" in item and kind in item.Resources else {}
