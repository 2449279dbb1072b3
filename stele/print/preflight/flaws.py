"""What a preflight has to say in, a value out whose words are in a template: editors read it in their language."""

from __future__ import annotations

from dataclasses import dataclass

from stele.diagnostics import CODES


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


def flaw(code: str, page: int | None = None, aspect: str = "", **values: str | float) -> Flaw:
    """Return a flaw whose sentence is filled with `values`."""
    return Flaw(code, page, aspect, tuple(values.items()))
