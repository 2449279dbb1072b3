"""An open, separated PDF in, the same one with only the transparency that shows out, or with none at all.

The renderer makes a transparency group of every drawing and writes full opacity everywhere. Where nothing shows
through, a group does nothing but keep black from printing over what lies below (ISO 32000-1, 11.4.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stele.print.press.conditions import Unprintable
from stele.print.press.images import is_opaque, make_stencil
from stele.print.press.objects import is_image, resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pikepdf import Object, Pdf

    from stele.print.press.objects import Key
    from stele.print.press.painting import Painted

_TRANSPARENCY = frozenset({"/ca", "/CA", "/BM", "/SMask", "/AIS", "/TK"})
_HINT = 'give the picture or the style full opacity, or ask the print shop for PDF/X-4 (standard = "x-4")'


def settle(pdf: Pdf, painted: Mapping[Key, Painted]) -> None:
    """Take away groups and soft masks through which nothing shows, in place; let pages blend in inks where it does."""
    from pikepdf import Dictionary, Name

    for image in filter(is_image, pdf.objects):
        if "/SMask" in image and is_opaque(image.SMask):
            del image.SMask
    needed = set(_groups_in_use(pdf, painted))
    for item in _drawings(pdf, painted):
        if "/Group" in item and item.objgen not in needed:
            del item.Group
    for page in pdf.pages:
        if any(_transparent_parts(page.obj, painted, set())):
            page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


def flatten(pdf: Pdf, painted: Mapping[Key, Painted]) -> None:
    """Make `pdf` free of transparency, in place; it was settled before.

    Raises Unprintable where something shows through: to flatten that would turn type into pixels.
    """
    for image in filter(is_image, pdf.objects):
        if "/SMask" in image and make_stencil(image.SMask):
            image.Mask = image.SMask
            del image.SMask
    for number, page in enumerate(pdf.pages, start=1):
        for reason in _transparent_parts(page.obj, painted, set()):
            raise Unprintable(f"page {number} shows {reason}, which PDF/X-1a forbids", _HINT)
    for item in _drawn_on(pdf, painted):
        for state in resources(item, "/ExtGState").values():
            for key in _TRANSPARENCY & set(state.keys()):
                del state[key]


def is_transparent(state: Object) -> bool:
    """Say whether something shows through what is painted in a graphics state."""
    from pikepdf import Name

    opaque = all(float(state.get(key, 1)) == 1 for key in ("/ca", "/CA"))
    plain = state.get("/BM", Name.Normal) in (Name.Normal, Name.Compatible)
    return not (opaque and plain and state.get("/SMask", Name("/None")) == Name("/None"))


def _groups_in_use(pdf: Pdf, painted: Mapping[Key, Painted]) -> Iterator[Key]:
    """Yield the groups that are drawn where something shows through, and those whose light a mask counts."""
    for item in _drawn_on(pdf, painted):
        used: Painted = painted[item.objgen]
        own: Any = item.get("/Resources", {})
        see_through = [own.ExtGState[name] for name in used.states if is_transparent(own.ExtGState[name])]
        if see_through:
            yield from (own.XObject[name].objgen for name in used.objects)
        yield from (state.SMask.G.objgen for state in see_through if _masks(state))


def _masks(state: Object) -> bool:
    from pikepdf import Dictionary

    return isinstance(state.get("/SMask"), Dictionary)


def _transparent_parts(item: Object, painted: Mapping[Key, Painted], seen: set[Key]) -> Iterator[str]:
    """Yield what shows through in a page, a form or a pattern, and in all that it draws."""
    if item.objgen in seen or item.objgen not in painted:
        return
    seen.add(item.objgen)
    used, own = painted[item.objgen], item.Resources
    if any(is_transparent(own.ExtGState[name]) for name in used.states):
        yield "something half transparent"
    drawn = [own.XObject[name] for name in sorted(used.objects)]
    if any("/SMask" in part for part in drawn):
        yield "a picture with half transparent parts"
    for part in (*drawn, *(own.Pattern[name] for name in sorted(used.patterns))):
        yield from _transparent_parts(part, painted, seen)


def _drawn_on(pdf: Pdf, painted: Mapping[Key, Painted]) -> list[Object]:
    """Return the pages, and the forms, patterns and glyphs."""
    return [*_drawings(pdf, painted), *(page.obj for page in pdf.pages)]


def _drawings(pdf: Pdf, painted: Mapping[Key, Painted]) -> list[Object]:
    """Return the forms, patterns and glyphs."""
    from pikepdf import Stream

    return [item for item in map(pdf.get_object, painted) if isinstance(item, Stream)]
