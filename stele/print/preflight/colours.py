"""The colours of a proof in, those that are none of the press's inks out, whether they are painted or only named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.print.preflight.colour import space_of
from stele.print.preflight.flaws import flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.proof import Proof

# All is the registration colour of marks; the names are those of the inks themselves (ISO 32000-2, 8.6.6.4).
INKS = frozenset(
    {
        "DeviceGray",
        "DeviceCMYK",
        "Pattern",
        *(f"Separation {ink}" for ink in ("All", "None", "Cyan", "Magenta", "Yellow", "Black")),
    }
)


def painted_in_inks(proof: Proof) -> Iterator[Flaw]:
    """Yield what is painted on each page in another colour space than those of the inks."""
    for sheet in proof.sheets:
        foreign = {(mark.kind.value, mark.colour.space) for mark in sheet.marks if mark.colour.space not in INKS}
        for kind, space in sorted(foreign):
            yield flaw("foreign-colour", sheet.number, kind, space=space)


def free_of_other_spaces(proof: Proof) -> Iterator[Flaw]:
    """Yield the other colour spaces that the file names and no page paints in: a print shop's own check finds them."""
    painted = {mark.colour.space for sheet in proof.sheets for mark in sheet.marks}
    named = {space for item in proof.pdf.objects for space in _named(item)}
    for space in sorted(named - painted - INKS):
        yield flaw("unused-colour-space", space=space)


def _named(item: Object) -> Iterator[str]:
    """Yield the colour spaces that an object names, for what it paints or for what is painted with it."""
    from pikepdf import Dictionary, Stream

    if not isinstance(item, (Dictionary, Stream)):
        return
    resources = item.get("/Resources", Dictionary())
    for space in resources.get("/ColorSpace", Dictionary()).values():
        yield space_of(space, resources)
    if isinstance(item, Stream) and "/ColorSpace" in item:
        yield space_of(item.ColorSpace, resources)
    if "/Group" in item and "/CS" in item.Group:
        yield space_of(item.Group.CS, resources)
