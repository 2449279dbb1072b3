"""A rendered PDF in, the same PDF out with what the renderer cannot say of it: how a reader should open it."""

from __future__ import annotations

from io import BytesIO


def finish(booklet_pdf: bytes, *, right_to_left: bool) -> bytes:
    """Return the booklet with its binding direction and title display set. The same input gives the same bytes."""
    import pikepdf
    from pikepdf import Dictionary, Name

    with pikepdf.open(BytesIO(booklet_pdf)) as pdf:
        # ISO 32000-2, 12.2 Viewer preferences; PDF/UA-1 7.1 asks for the title
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if right_to_left:
            pdf.Root.ViewerPreferences.Direction = Name.R2L
        pdf.Root.PageLayout = Name.TwoPageRight
        finished = BytesIO()
        pdf.save(
            finished,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return finished.getvalue()
