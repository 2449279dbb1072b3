"""What is told about a number that was found in a text: where it stands, what it may mean, how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

Reading = tuple[str, ...]

# To which a year or a decade of two digits may belong.
CENTURIES = ("18", "19", "20")


class Weight(IntEnum):
    """How much a number asks to be found again: words that often mean something else ask for nothing."""

    LOOSE = 0
    SMALL = 1
    WORDS = 2
    DIGITS = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands at `start` to `end` of a text, and its readings, each of one or more values."""

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    weight: Weight

    @property
    def values(self) -> frozenset[str]:
        """Return every value that any reading gives."""
        return frozenset(value for reading in self.readings for value in reading)
