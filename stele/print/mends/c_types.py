"""Names of C types in, the types out, read without the definitions of others.

WeasyPrint has a type of its own for the characters of every font that it embeds, by their number, as
``hb_codepoint_t[74]`` (weasyprint/pdf/fonts.py). To read such a name, cffi 2.1 reads all that it was ever told of by
`typedef` before it: 5 ms where .5 would do, for some thirty of a booklet.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FLAWED = frozenset({"2.1.1"})
_DEFINED = "typedef "


def mend() -> None:
    """Make cffi, in this process, read the names of types faster. Once is enough, more does no harm."""
    import cffi
    from cffi.cparser import Parser

    if cffi.__version__ in FLAWED and not hasattr(Parser._parse, "__wrapped__"):  # noqa: SLF001 (has no public name)
        Parser._parse = _briefly(Parser._parse)  # noqa: SLF001


def _briefly(flawed: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Return `Parser._parse` such that it is told of the types alone that a text may name."""

    @wraps(flawed)
    def parse(parser: Any, text: str) -> Any:
        every = parser._declarations  # noqa: SLF001
        parser._declarations = {  # noqa: SLF001
            name: found for name, found in every.items() if name.removeprefix(_DEFINED) in text
        }
        try:
            return flawed(parser, text)
        finally:
            parser._declarations = every  # noqa: SLF001

    return parse
