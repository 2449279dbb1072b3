"""An open PDF in, its font files in the form that PDF 1.4 knows out."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf


def unwrap(pdf: Pdf) -> None:
    """Take fonts of PostScript outlines out of their OpenType wrapping, in place.

    ISO 32000-1, table 126: the wrapping is of PDF 1.6; the CFF inside it, of PDF 1.3.
    """
    from fontTools.ttLib import TTFont
    from pikepdf import Name, Stream

    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Subtype") == Name.OpenType:
            item.write(TTFont(BytesIO(item.read_bytes())).reader["CFF "])
            item.Subtype = Name.CIDFontType0C
