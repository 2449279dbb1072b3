"""An open PDF in, its bytes out: the same bytes for the same content, its metadata as they were."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf


def pdf_bytes(pdf: Pdf) -> bytes:
    """Return `pdf` as a file without a clock in it."""
    from pikepdf import ObjectStreamMode

    stream = BytesIO()
    pdf.save(
        stream,
        deterministic_id=True,
        fix_metadata_version=False,  # would write the XMP packet anew
        object_stream_mode=ObjectStreamMode.generate,
    )
    return stream.getvalue()
