"""WeasyPrint's drawings in, the same out, each path of which is read once however often it is drawn.

WeasyPrint 70 reads the path of an SVG number by number whenever it draws it (`path` in weasyprint/svg/path.py), and an
ornament that stands on many pages is drawn on each.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FLAWED = frozenset({"70.0"})
_KEPT = 64  # paths


def mend() -> None:
    """Make WeasyPrint, in this process, remember the paths that it drew. Once is enough, more does no harm."""
    import weasyprint
    from weasyprint import svg

    if weasyprint.__version__ in FLAWED and not hasattr(svg.TAGS["path"], "__wrapped__"):
        svg.TAGS["path"] = _remembered(svg.TAGS["path"])


def _remembered(flawed: Callable[[Any, Any, float], None]) -> Callable[[Any, Any, float], None]:
    """Return `path` such that it repeats the operators and vertices of a path; what has percentages is read anew."""
    known: dict[tuple[str, float], tuple[Sequence[bytes], Sequence[Any]]] = {}

    @wraps(flawed)
    def path(svg: Any, node: Any, font_size: float) -> None:
        operators, asked = svg.stream.stream, (node.get("d", ""), font_size)
        if asked in known:
            operators += known[asked][0]
            node.vertices += known[asked][1]
            return
        before = len(operators), len(node.vertices)
        flawed(svg, node, font_size)
        if len(known) == _KEPT:
            known.clear()
        if "%" not in asked[0]:
            known[asked] = tuple(operators[before[0] :]), tuple(node.vertices)[before[1] :]

    return path
