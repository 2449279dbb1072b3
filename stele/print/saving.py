"""An open PDF in, its bytes out: the same bytes for the same content, its metadata as they were."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Pdf

# Here the carriage return is data and the line feed qpdf's: who takes both for one end of line finds the stream a byte
# too short (ISO 19005-2, 6.1.7.1).
_UNCLEAR_END = b"\r\nendstream"
_TRIES = 8
# qpdf fills streams of a hundred objects. Of hundreds of such streams one ends so, whatever is tried; then the objects
# stay in the one stream in which WeasyPrint has put them.
_MANY_OBJECTS = 20_000


def pdf_bytes(pdf: Pdf, *, version: str = "") -> bytes:
    """Return `pdf` as a file without a clock in it, in which every stream ends where a strict reader thinks it does.

    With a `version` of PDF it is one for the press, which does not ask for that, and that readers of 1.4 understand:
    these know no object streams (ISO 32000-1, 7.5.7).
    """
    if version:
        return _saved(pdf, version)
    _end_streams_clearly(pdf)
    saved = _saved(pdf, version)
    for page in pdf.pages[:_TRIES]:  # streams of objects, which qpdf fills: with one more object all are filled anew
        if _UNCLEAR_END not in saved:
            break
        page.obj.MediaBox = pdf.make_indirect(page.obj.MediaBox)
        saved = _saved(pdf, version)
    return saved


def _end_streams_clearly(pdf: Pdf) -> None:
    """Let no compressed stream end in a carriage return: with one more line feed its checksum is another."""
    from pikepdf import Name, Stream

    for item in pdf.objects:
        is_compressed = isinstance(item, Stream) and item.get("/Filter") == Name.FlateDecode
        if is_compressed and item.read_raw_bytes().endswith(b"\r"):
            item.write(item.read_bytes() + b"\n")


def _saved(pdf: Pdf, version: str) -> bytes:
    from pikepdf import ObjectStreamMode

    packing = ObjectStreamMode.preserve if len(pdf.objects) > _MANY_OBJECTS else ObjectStreamMode.generate
    stream = BytesIO()
    pdf.save(
        stream,
        deterministic_id=True,
        fix_metadata_version=False,  # would write the XMP packet anew
        force_version=version,
        object_stream_mode=ObjectStreamMode.disable if version else packing,
    )
    return stream.getvalue()
