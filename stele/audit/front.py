"""A booklet as PDF in, a picture of its first page out: the cover of the e-book."""

from __future__ import annotations

from io import BytesIO

# Shops ask for no less than 1,400 pixels in width (Apple Books Asset Guide, Cover art).
WIDTH = 1400


def picture(pdf: bytes) -> bytes:
    """Return the first page, without its bleed, as a JPEG that is `WIDTH` pixels wide."""
    import pypdfium2
    from PIL import Image  # noqa: F401 (pypdfium2 hands over pictures of Pillow's)

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        page.set_cropbox(*page.get_trimbox())
        drawn = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    made = BytesIO()
    drawn.save(made, "JPEG", quality=90, subsampling=0, optimize=True)
    return made.getvalue()
