"""What a preflight has to say in, a value out whose words are in a template: editors read it in their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from stele.diagnostics import CODES, Diagnostic, Location


@dataclass(frozen=True, slots=True)
class Flaw:
    """One finding. `code` is a key of CODES, `page` counts from 1, None where all pages have it.

    `aspect` tells apart what one code can mean, `values` are what the sentence of the template is filled with.
    """

    code: str
    page: int | None = None
    aspect: str = ""
    values: tuple[tuple[str, str | float], ...] = ()

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"diagnostic code {self.code!r} is not in the table")


@dataclass(frozen=True, slots=True)
class Untold:
    """A flaw that was seen while `name` was set, a booklet or a part of one.

    `location` is where its words are written, if that is known. Whoever has templates makes a diagnostic of it.
    """

    name: str
    flaw: Flaw
    location: Location | None = None

    @property
    def code(self) -> str:
        """Return the code of the flaw, as a diagnostic has one."""
        return self.flaw.code


Remark: TypeAlias = Diagnostic | Untold


def flaw(code: str, page: int | None = None, aspect: str = "", **values: str | float) -> Flaw:
    """Return a flaw whose sentence is filled with `values`."""
    return Flaw(code, page, aspect, tuple(values.items()))
