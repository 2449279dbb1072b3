"""A PDF whose pages are sheets in, the same for an office printer out: at its size, turned on the right edge."""

from __future__ import annotations

from io import BytesIO

from stele.print.saving import pdf_bytes


def as_sheets(pdf: bytes, duplex: str) -> bytes:
    """Return a finished PDF that a viewer prints unscaled, on both sides where `duplex` says so.

    `duplex` is one of the names of ISO 32000-2, table 147, Duplex. The same input gives the same bytes.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as sheets:
        sheets.Root.ViewerPreferences.Duplex = pikepdf.Name(f"/{duplex}")
        sheets.Root.ViewerPreferences.PrintScaling = pikepdf.Name("/None")
        return pdf_bytes(sheets)
