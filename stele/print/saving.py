"""An open PDF in, its bytes out: the same bytes for the same content, its metadata as they were."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf


def pdf_bytes(pdf: Pdf, *, version: str = "") -> bytes:
    """Return `pdf` as a file without a clock in it; with a `version` of PDF, as one that readers of 1.4 understand.

    These know no object streams (ISO 32000-1, 7.5.7).
    """
    from pikepdf import ObjectStreamMode

    stream = BytesIO()
    pdf.save(
        stream,
        deterministic_id=True,
        fix_metadata_version=False,  # would write the XMP packet anew
        force_version=version,
        object_stream_mode=ObjectStreamMode.disable if version else ObjectStreamMode.generate,
    )
    return stream.getvalue()
