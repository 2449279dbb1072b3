"""A pair in, placeholders that its translation drops or invents out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.translation.pieces import percent_fields
from stele.translation.safety import changed_placeholders, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair


def lost_placeholders(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``lost-placeholder`` unless the translation has the placeholders of its source, in any order.

    Of ``{fall:d MMMM y}`` the name counts, not the pattern. Of plural forms one may say its number in words ("one
    message"), so all forms together are compared.
    """
    yield from changed_placeholders(pair.source, joined(pair.source, pair.translation), pair.location)
    source, translation = pair.all_forms or (pair.source, pair.translation)
    wanted, given = set(percent_fields(source)), set(percent_fields(translation))
    for name in sorted(wanted ^ given):
        verb = "drops" if name in wanted else "invents"
        hint = "copy it from the source as it is"
        yield pair.finding("lost-placeholder", f"the translation {verb} {name[:60]}", hint)
