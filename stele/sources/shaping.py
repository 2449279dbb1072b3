"""A font and a text of one direction in, the glyphs that show it out. The door to uharfbuzz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def harfbuzz() -> Any:
    """Return uharfbuzz, which few of those who build a site need."""
    import uharfbuzz

    return uharfbuzz


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a shaped text: its number in the font, and all else in em.

    `start` is the index of the first letter of its cluster; `advance` is how far it moves the pen here, and `width` by
    itself; `x` and `rise` are where it is drawn, from where the pen stands.
    """

    number: int
    start: int
    advance: float
    width: float
    x: float
    rise: float


class Shaper:
    """Shapes texts in one language, with one font and the features of a style."""

    def __init__(
        self, data: bytes, index: int, *, language: str, features: Mapping[str, int], variations: Mapping[str, float]
    ) -> None:
        """Take the bytes of a font file, which face of it is meant, and where that lies on its axes."""
        library = harfbuzz()
        self._library, self._face = library, library.Face(data, index)
        self._font = library.Font(self._face)
        if variations:
            self._font.set_variations(dict(variations))
        self._language, self._features = language, dict(features)

    def shape(self, text: str, *, is_rtl: bool, script: str) -> tuple[Glyph, ...]:
        """Return the glyphs of a text from left to right; `script`, as OpenType has it, is that of the text around."""
        buffer = self._library.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if buffer.script in ("Zyyy", "Zinh", "Zzzz", "", None):
            buffer.script = script
        buffer.direction = "rtl" if is_rtl else "ltr"
        buffer.language = self._language
        # What draws nothing has no glyph, as in Pango: its letter belongs to the glyph before it.
        buffer.flags |= self._library.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        self._library.shape(self._font, buffer, self._features)
        em, width = 1 / self._face.upem, self._font.get_glyph_h_advance
        return tuple(
            Glyph(
                info.codepoint,
                info.cluster,
                place.x_advance * em,
                width(info.codepoint) * em,
                place.x_offset * em,
                place.y_offset * em,
            )
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )
