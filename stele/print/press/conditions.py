"""What a print shop asks for in, how its file is made out: the paper, the standard, the date of the release."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

PROFILES = Path(__file__).parent / "icc"


class Standard(StrEnum):
    """X-4 keeps transparency (ISO 15930-7:2010), X-1a has none (ISO 15930-4:2003)."""

    X4 = "x-4"
    X1A = "x-1a"

    @property
    def version(self) -> str:
        """Return the name by which a file calls itself."""
        return {Standard.X4: "PDF/X-4", Standard.X1A: "PDF/X-1a:2003"}[self]

    @property
    def pdf_version(self) -> str:
        """Return the version of PDF that the standard is built on."""
        return {Standard.X4: "1.6", Standard.X1A: "1.4"}[self]


@dataclass(frozen=True, slots=True)
class Condition:
    """A printing condition: `identifier` and `description` are those of the registry of characterisations.

    `ink_limit` is the most that cyan, magenta, yellow and black may cover together: 3.0 is 300 %.
    """

    identifier: str
    description: str
    profile: str
    ink_limit: float

    def icc(self) -> bytes:
        """Return the profile of the condition."""
        return _profile(self.profile)


# The identifiers are those of registry.color.org, the descriptions those of the measurements that the profiles were
# made from (see icc/SOURCES.md). ISO 15930-7, 6.2.4.2, and ISO 15930-4, 6.2, ask for the name that the registry has.
CONDITIONS = {
    "coated": Condition(
        "FOGRA39",
        "Offset printing, according to ISO 12647-2:2004/Amd 1, OFCOM, paper type 1 or 2 = coated art, 115 g/m2, "
        "tone value increase curves A (CMY) and B (K)",
        "fogra39_tac300.icc",
        3.0,
    ),
    "uncoated": Condition(
        "FOGRA29",
        "Offset printing, according to ISO 12647-2:2004, OFCOM, paper type 4 = white, uncoated, 120 g/m2, "
        "screen ruling 60 cm-1",
        "fogra29_tac280.icc",
        2.8,
    ),
}


@dataclass(frozen=True, slots=True)
class Press:
    """What a file for the press is made for.

    `released` stands in it as the day it was made: the clock would make two builds differ. `slug` is a PDF with a page
    for each page of the booklet (see `slug`), which is printed below it, outside the bleed. A cover is folded at
    `folds_pt`, in points from the left edge of its TrimBox.
    """

    condition: Condition
    standard: Standard
    released: date
    right_to_left: bool = False
    slug: bytes | None = None
    folds_pt: tuple[float, ...] = ()


class Unprintable(ValueError):
    """The PDF has something that the standard forbids and that cannot be converted.

    `reason` says what and where, `hint` the way out.
    """

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


@cache
def _profile(name: str) -> bytes:
    return (PROFILES / name).read_bytes()
