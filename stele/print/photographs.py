"""A PDF in, its photographs with nothing but their pixels out: not where, when, with what and by whom they were taken.

The renderer puts a JPEG into the PDF as it is. Who lent a picture of a relative did not lend the place it was taken at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Pdf

# ITU-T T.81, B.1.1.3: markers. APP0 is JFIF, APP2 the colour profile, APP14 says how Adobe's colours are meant; in the
# other application segments and in comments cameras and editors write what they like.
_START_OF_SCAN = 0xDA
_APP, _COMMENT = range(0xE0, 0xF0), 0xFE
_NEEDED = (0xE0, 0xE2, 0xEE)


def forget_cameras(pdf: Pdf) -> None:
    """Take out of each JPEG, in place, what is no part of the picture; no pixel changes."""
    from pikepdf import Name, Stream

    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Filter") == Name.DCTDecode and "/DecodeParms" not in item:
            whole = item.read_raw_bytes()
            bare = without_remarks(whole)
            if bare != whole:
                item.write(bare, filter=Name.DCTDecode)


def without_remarks(jpeg: bytes) -> bytes:
    """Return a JPEG without remarks; what is none stays as it is."""
    return b"".join(_segments(jpeg)) if jpeg.startswith(b"\xff\xd8\xff") else jpeg


def _segments(jpeg: bytes) -> Iterator[bytes]:
    """Yield the segments up to the first scan that belong to the picture, then the rest."""
    yield jpeg[:2]
    place = 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF and jpeg[place + 1] != _START_OF_SCAN:
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        marker = jpeg[place + 1]
        if marker != _COMMENT and (marker not in _APP or marker in _NEEDED):
            yield jpeg[place:end]
        place = end
    yield jpeg[place:]
