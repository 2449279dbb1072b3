"""A tagged PDF whose pages were put on sheets goes in; its structure tree comes out on the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pikepdf import Array, Dictionary, Name, NumberTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pikepdf import Object, Page, Pdf

# Structure types that must hold an annotation: ISO 32000-1, 14.8.4.4 (Link, Annot) and 14.8.4.5 (Form).
ANNOTATED_TYPES = frozenset({Name.Link, Name.Annot, Name.Form})


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the content of a page went: a form XObject, drawn on a sheet, shifted by points."""

    page: Object
    sheet: Object
    form: Object
    shift_x_pt: float
    shift_y_pt: float


STRUCTURE_ELEMENT, CONTENT, ANNOTATION = Name.StructElem, Name.MCR, Name.OBJR

Kid: TypeAlias = "Object | int"
ObjectNumber: TypeAlias = tuple[int, int]  # number and generation
PlacementByPage: TypeAlias = dict[ObjectNumber, Placement]


def follow(pdf: Pdf, placements: Iterable[Placement]) -> None:
    """Let the structure tree of `pdf` follow its content to the sheets; the reading order stays.

    Every form must carry the /StructParents of its page: the parent tree then stays true as it is. References
    to annotations go, because sheets have none; what must hold one, such as a link, becomes a span. A PDF
    without structure tree is left alone. Elements are objects of their own and name their type, as WeasyPrint
    writes them.
    """
    if "/StructTreeRoot" not in pdf.Root:
        return
    by_page = {placement.page.objgen: placement for placement in placements}
    _forget_annotations(NumberTree(pdf.Root.StructTreeRoot.ParentTree), by_page)
    for element in elements(pdf):
        _move(element, by_page)


def _forget_annotations(parents: NumberTree, by_page: PlacementByPage) -> None:
    for placement in by_page.values():
        for annotation in placement.page.get("/Annots", ()):
            if "/StructParent" in annotation:
                parents.pop(int(annotation.StructParent), None)


def elements(pdf: Pdf, kind: Name | None = None) -> tuple[Object, ...]:
    """Return every structure element of the file, or those of a `kind`.

    WeasyPrint leaves the elements of page margins out of the tree, and they too hold on to the pages. There are
    thousands of elements: to look through the objects of the file is ten times as fast as to walk the tree.
    """
    things = (thing for thing in pdf.objects if isinstance(thing, Dictionary))
    wanted = (thing for thing in things if kind is None or thing.get("/S") == kind)
    return tuple(thing for thing in wanted if thing.get("/Type") == STRUCTURE_ELEMENT)


def _move(element: Object, by_page: PlacementByPage) -> None:
    home = element.get("/Pg", element).objgen  # an element that spans pages may have none of its own
    kids = _kids(element)
    if home not in by_page and all(_is_element(kid) for kid in kids):
        return
    kept = [_moved(kid, home, by_page) for kid in kids if isinstance(kid, int) or kid.get("/Type") != ANNOTATION]
    element["/K"] = Array(kept)
    if len(kept) < len(kids) and element.S in ANNOTATED_TYPES:
        element.S = Name.Span
    if home in by_page:
        element["/Pg"] = by_page[home].sheet
        if "/A" in element:
            _shift_boxes(element, by_page[home])


def _is_element(kid: Kid) -> bool:
    return not isinstance(kid, int) and kid.get("/Type") == STRUCTURE_ELEMENT


def _kids(element: Object) -> tuple[Kid, ...]:
    kids = element.get("/K", ())
    return tuple(kids) if isinstance(kids, Array | tuple) else (kids,)


def _moved(kid: Kid, home: ObjectNumber, by_page: PlacementByPage) -> Object:
    """Return the kid of a structure element as it reads on the sheet.

    ISO 32000-1, 14.7.4.2: marked content inside a form XObject is named by a marked-content reference that
    gives the form as its stream; a bare number means the content of the page itself.
    """
    if isinstance(kid, int):
        placement = by_page[home]
        return Dictionary({"/Type": CONTENT, "/Pg": placement.sheet, "/Stm": placement.form, "/MCID": kid})
    if kid.get("/Type") == CONTENT:
        placement = by_page[kid.Pg.objgen if "/Pg" in kid else home]
        kid.Pg = placement.sheet
        kid.Stm = kid.get("/Stm", placement.form)
    return kid


def _shift_boxes(element: Object, placement: Placement) -> None:
    attributes = element.A
    for attribute in [attributes] if isinstance(attributes, Dictionary) else attributes:
        if isinstance(attribute, Dictionary) and "/BBox" in attribute:
            left, bottom, right, top = map(float, attribute.BBox)
            x_pt, y_pt = placement.shift_x_pt, placement.shift_y_pt
            attribute.BBox = Array([left + x_pt, bottom + y_pt, right + x_pt, top + y_pt])


def adopt(pdf: Pdf, other: Pdf, pages: Sequence[Page]) -> None:
    """Put the structure of `other` before that of `pdf`, which has copies of all its pages: `pages`, in their order.

    It becomes a part of the one document (ISO 32000-1, 14.8.4.2). The keys of the parent tree are counted on from
    those of `pdf`. Does nothing unless both have a structure tree, as WeasyPrint writes it: of one root element,
    without identifiers, classes and roles of its own.
    """
    if "/StructTreeRoot" not in pdf.Root or "/StructTreeRoot" not in other.Root:
        return
    theirs = pdf.copy_foreign(other.Root.StructTreeRoot)
    parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    offset = max((int(key) for key in parents), default=-1) + 1
    for key, entry in NumberTree(theirs.ParentTree).items():
        parents[int(key) + offset] = entry
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + offset
    document, part = pdf.Root.StructTreeRoot.K[0], theirs.K[0]
    part.S, part.P = Name.Part, document
    document.K = Array([part, *_kids(document)])
