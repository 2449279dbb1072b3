"""An open PDF in RGB in, the same PDF in the inks of the press, and what each of its streams refers to, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.press.colours import Luminosity, Registration
from stele.print.press.images import convert_image
from stele.print.press.objects import drawn_by, has, is_image, resources
from stele.print.press.painting import OVERPRINT, repaint
from stele.print.press.shadings import convert_shading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pikepdf import Object, Pdf

    from stele.print.press.colours import Inks, Palette
    from stele.print.press.objects import Key
    from stele.print.press.painting import Painted

_COLOUR_FAMILIES = {"/Lab": "Lab", "/CalRGB": "DeviceRGB", "/CalGray": "DeviceGray"}
_ICC_FAMILIES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


def separate(pdf: Pdf, inks: Inks, slugs: Collection[Object] = ()) -> dict[Key, Painted]:
    """Bring every colour of `pdf` into the inks, in place; return what was painted by the number of its object.

    That of a page is the page itself. Each object is taken once, whoever refers to it. `slugs` are forms that are
    printed in all inks at once. Raises ValueError for a colour that cannot be converted.
    """
    drawn = drawn_by((*(page.obj for page in pdf.pages), *slugs))
    palettes: dict[Key, Palette] = dict.fromkeys(_mask_forms(pdf, drawn), Luminosity())
    palettes |= dict.fromkeys((slug.objgen for slug in slugs), Registration())
    work = _Separator(pdf, inks, palettes)
    for page in pdf.pages:
        work.page(page.obj)
    masks = {image.SMask.objgen for image in filter(is_image, drawn) if "/SMask" in image}
    for item in (*drawn, *slugs):
        if is_image(item):
            if item.objgen not in masks:
                convert_image(item, inks)
        elif "/CharProcs" in item:
            work.glyphs(item)
        else:
            work.drawing(item)
    return work.painted


class _Separator:
    def __init__(self, pdf: Pdf, inks: Inks, palettes: Mapping[Key, Palette]) -> None:
        self.pdf = pdf
        self.inks = inks
        self.palettes = palettes
        self.painted: dict[Key, Painted] = {}
        self.spaces: dict[Key, dict[str, str]] = {}
        self.shadings: set[Key] = set()
        self.states = _overprint_states(pdf)

    def page(self, page: Object) -> None:
        spaces = self._prepare(page, self.inks)
        painted = repaint(page, self.inks, spaces, whole_page=True)
        page.Contents = self.pdf.make_stream(painted.content)
        self.painted[page.objgen] = painted

    def drawing(self, item: Object) -> None:
        """Convert a form or a pattern."""
        palette = self.palettes.get(item.objgen, self.inks)
        if "/Shading" in item:
            self._shade(item.Shading, {}, palette)
            return
        self._repaint(item, item, palette)
        if "/Group" in item and "/CS" in item.Group:
            item.Group.CS = _device(palette.space)
        for key in {"/StructParent", "/StructParents"} & set(item.keys()):
            del item[key]  # the tags that it leads to are gone

    def glyphs(self, font: Object) -> None:
        """Convert the glyphs of a font that is drawn with the operators of pages (Type 3)."""
        for glyph in font.CharProcs.values():
            self._repaint(glyph, font, self.inks)

    def _repaint(self, stream: Object, owner: Object, palette: Palette) -> None:
        from pikepdf import Dictionary

        if "/Resources" not in owner:
            owner.Resources = Dictionary()
        spaces = self._prepare(owner, palette)
        painted = repaint(stream, palette, spaces, whole_page=False)
        stream.write(painted.content)
        self.painted[stream.objgen] = painted

    def _prepare(self, owner: Object, palette: Palette) -> dict[str, str]:
        """Convert what the resources of `owner` hold, once; return their colour spaces by name, wanted no more."""
        key = owner.Resources.objgen
        if owner.Resources.is_indirect and key in self.spaces:
            return self.spaces[key]
        spaces = {name: family(space) for name, space in resources(owner, "/ColorSpace").items()}
        self.spaces[key] = spaces
        for shading in resources(owner, "/Shading").values():
            self._shade(shading, spaces, palette)
        for pattern in resources(owner, "/Pattern").values():
            if not pattern.is_indirect:
                self._shade(pattern.Shading, spaces, palette)
        self._tidy(owner.Resources)
        return spaces

    def _tidy(self, named: Object) -> None:
        """Drop the colour spaces and what is empty, add the states of overprinting."""
        from pikepdf import Dictionary

        for kind in ("/ColorSpace", "/Shading", "/Pattern", "/XObject", "/Font"):
            if kind in named and (kind == "/ColorSpace" or not len(named[kind])):
                del named[kind]
        if "/ExtGState" not in named:
            named.ExtGState = Dictionary()
        for name, state in self.states.items():
            named.ExtGState[name] = state

    def _shade(self, shading: Object, spaces: dict[str, str], palette: Palette) -> None:
        from pikepdf import Name

        if shading.is_indirect and shading.objgen in self.shadings:
            return
        self.shadings.add(shading.objgen)
        space = shading.ColorSpace
        known = spaces.get(str(space)) if isinstance(space, Name) else None
        convert_shading(self.pdf, shading, known or family(space), palette)


def family(space: Object) -> str:
    """Return the kind of a colour space: DeviceGray, DeviceRGB, DeviceCMYK, Lab or Pattern.

    Raises ValueError for any other.
    """
    from pikepdf import Array, Name

    if isinstance(space, Name):
        return str(space).removeprefix("/")
    if isinstance(space, Array) and str(space[0]) in _COLOUR_FAMILIES:
        return _COLOUR_FAMILIES[str(space[0])]
    if isinstance(space, Array) and space[0] == Name.ICCBased:
        return _ICC_FAMILIES[int(space[1].N)]
    raise ValueError(f"the colour space {space!r} cannot be converted")


def _overprint_states(pdf: Pdf) -> dict[str, Object]:
    """Return the graphics states of `painting`. ISO 32000-1, 8.6.7: mode 1 leaves the plates of absent inks alone."""
    from pikepdf import Dictionary, Name

    return {
        name: pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=strokes, op=fills, OPM=1))
        for (fills, strokes), name in OVERPRINT.items()
    }


def _mask_forms(pdf: Pdf, drawn: Iterable[Object]) -> frozenset[Key]:
    """Return the forms and patterns that are drawn to count their light, with all that they draw in turn."""
    owners = (*(page.obj for page in pdf.pages), *drawn)
    states = (state for item in owners for state in resources(item, "/ExtGState").values())
    pending = [state.SMask.G for state in states if "/SMask" in state and has(state.SMask, "/G")]
    found: set[Key] = set()
    while pending:
        item = pending.pop()
        if item.objgen in found:
            continue
        found.add(item.objgen)
        for kind in ("/XObject", "/Pattern"):
            pending += [part for part in resources(item, kind).values() if part.is_indirect]
    return frozenset(found)


def _device(space: str) -> Object:
    from pikepdf import Name

    return Name(f"/{space}")
