"""Backgrounds of one colour look as WeasyPrint draws them, and are no drawings of their own."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from stele.engine import Task, run
from stele.print.mends import plain_backgrounds

_BOX = "width: 60px; height: 30px; margin: 7px 11px; padding: 3px 5px; border: 2px solid #ccc;"
_PAGE = "<style>@page { size: 120px 80px; margin: 0 }</style>"
STYLES = {
    "rule": "background: linear-gradient(#000) bottom / 100% .5pt no-repeat",
    "two": "background: linear-gradient(teal) 3px 2px / 9px 9px no-repeat, radial-gradient(gold) 0 0 / 9px no-repeat",
    "half transparent": "background: linear-gradient(#f008) 5px 5px / 20px 20px no-repeat, #00f",
    "larger than its place": "background: linear-gradient(#080) -9px -9px / 300px 300px no-repeat",
    "outside of it": "background: linear-gradient(#080) 200px 0 / 10px 10px no-repeat, #eee",
    "rounded": "border-radius: 9px; background: linear-gradient(#639) 0 0 / 100% 100% no-repeat",
    "cut": "background: linear-gradient(#639) 0 0 / 100% 100% no-repeat content-box",
    "turned": "transform: rotate(9deg); background: linear-gradient(#639) 4px 4px / 20px 10px no-repeat",
}


def drawn(html: str) -> tuple[bytes, bytes]:
    """Return the PDF of a text as WeasyPrint makes it, and as it does mended."""
    import weasyprint

    flawed = weasyprint.HTML(string=html).write_pdf()
    plain_backgrounds.mend()
    return flawed, weasyprint.HTML(string=html).write_pdf()


def picture(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return bytes(document[0].render(scale=4).buffer)
    finally:
        document.close()


def picture_by_poppler(pdf: bytes) -> bytes:
    command = ["pdftoppm", "-r", "110", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def forms(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages[0].obj.Resources.get("/XObject", {}))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_background_of_one_colour_looks_as_before_and_is_no_drawing(style):
    ((flawed, mended),) = run([Task("drawn", drawn, (f'{_PAGE}<div style="{_BOX} {style}"></div>',))])
    assert picture(mended) == picture(flawed)
    assert (forms(flawed) > 0, forms(mended)) == (True, 0)


@pytest.mark.parametrize("offset", [0, 0.3, 0.5, 0.8])
def test_a_thin_rule_is_as_dark_in_poppler_as_before_wherever_it_stands(offset):
    rule = f"background: linear-gradient(#000) 0 {10 + offset}px / 100% .25pt no-repeat"
    ((flawed, mended),) = run([Task("drawn", drawn, (f'{_PAGE}<div style="{_BOX} {rule}"></div>',))])
    assert picture_by_poppler(mended) == picture_by_poppler(flawed)


def test_the_background_of_a_page_looks_as_before():
    html = f"{_PAGE}<style>html {{ background: linear-gradient(#ffe) 8px 8px / 40px 40px no-repeat }}</style><p>x"
    ((flawed, mended),) = run([Task("drawn", drawn, (html,))])
    assert picture(mended) == picture(flawed)


@pytest.mark.parametrize("rest", ["repeat-x", "repeat", "round"])
def test_what_is_repeated_is_left_alone(rest):
    style = f"background: linear-gradient(#000) 0 0 / 3px 2px {rest}"
    ((flawed, mended),) = run([Task("drawn", drawn, (f'{_PAGE}<div style="{_BOX} {style}"></div>',))])
    assert mended == flawed
