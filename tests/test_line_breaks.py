"""Lines of the real renderer at many widths: each holds as many words as it can."""

from __future__ import annotations

from importlib.metadata import version
from itertools import groupby, product

from stele.engine import Room, Task, run
from stele.print.mends import line_breaks
from stele.print.pdf import private_fonts
from stele.sources.theme import BUILT_IN

FONTS = BUILT_IN / "shared" / "fonts.css"
WIDTHS_PX = range(180, 420, 4)
FEWER_WIDTHS_PX = range(200, 328, 8)
UNBROKEN_PX = 9000
TOLERANCE_PX = 0.1  # Pango rounds to 1/1024 of a pixel, at each text

SENTENCES = (
    "They left on the night of the attack; many walked through the snow to Aghdam, as told by <b>the survivors"
    " themselves</b>. Others were never found.",
    "The hospital (<i>a railway carriage</i>) took in the wounded for days, says <a>the doctor <b>who</b> worked there"
    " </a>until its lamps went out.\n",
    "<b>Remembrance</b> of <i>international</i> organisations <b>and</b> governments <i>recognising</i> responsibility"
    " <b>for</b> documentation, <i>commemoration</i> and twenty-five <b>more</b>, whose <i>fate</i> is unknown.",
    "Among them <b>106</b>\u00a0women and\u00a0<b>63</b>\u00a0children; the ombudsman of the country, in\u00a0"
    "<b>2017</b>\u00a0and again, counted the elderly too: <b>70</b>.",
)

SETTINGS = (
    "text-align: start; hyphens: manual",
    "text-align: start; hyphens: auto",
    "text-align: justify; hyphens: manual",
    "text-align: justify; hyphens: auto",
)


def html(widths_px: range) -> str:
    """Return the sentences at the widths, in each setting and once unbroken, in the one family they need."""
    faces = "".join(face for face in FONTS.read_text(encoding="utf-8").splitlines() if '"Stele Serif"' in face)
    paragraphs = "".join(
        f'<p style="{setting}; width: {width}px">{text}</p>'
        for setting, text, width in product(SETTINGS, SENTENCES, (UNBROKEN_PX, *widths_px))
    )
    return f"""<!doctype html><html lang="en"><style>{faces}
@page {{ size: 9999px 199999px }} p {{ margin: 0; font: 14px "Stele Serif" }}</style>{paragraphs}</html>"""


def ill_filled(widths_px: range) -> list[str]:
    """Return the lines that are too wide, or to which the next word would have been added; runs in a worker."""
    line_breaks.mend()
    return ill_filled_unmended(widths_px)


def ill_filled_unmended(widths_px: range) -> list[str]:
    import weasyprint

    (page,) = weasyprint.HTML(string=html(widths_px), base_url=FONTS.as_uri()).render().pages
    found, whole = [], []
    for paragraph in filter(is_paragraph, page._page_box.descendants()):
        if paragraph.width == UNBROKEN_PX:
            whole = letters(paragraph.children[0])
        found += [f"{paragraph.width}: {line}" for line in ill_filled_lines(paragraph, whole)]
    return found


def is_paragraph(box) -> bool:
    from weasyprint.formatting_structure.boxes import BlockBox

    return box.element_tag == "p" and isinstance(box, BlockBox)


def letters(line) -> list[tuple[str, object]]:
    """Return each letter of a line box with the text box it stands in."""
    return [(letter, box) for box in line.descendants() if hasattr(box, "pango_layout") for letter in box.text]


def spelled(part) -> str:
    return "".join(letter for letter, _ in part)


def ill_filled_lines(paragraph, whole):
    """Yield the lines of a paragraph that end where they should not; `whole` are its letters, unbroken."""
    text, end = spelled(whole), 0
    for line in paragraph.children:
        words = spelled(letters(line)).strip().removesuffix("\N{HYPHEN}")
        start = text.index(words, end)
        end = start + len(words)
        next_end = text.find(" ", end + 1)
        with_next = whole[start : next_end if next_end > 0 else None]
        is_too_wide = line.width > paragraph.width + TOLERANCE_PX
        has_room = line is not paragraph.children[-1] and natural_width(with_next) < paragraph.width - TOLERANCE_PX
        if is_too_wide or has_room:
            yield words


def natural_width(part) -> float:
    """Return the width of letters before justification, in px."""
    from weasyprint.text.line_break import split_first_line

    pieces = [(box, spelled(piece)) for box, piece in groupby(part, key=lambda letter: letter[1])]
    return sum(split_first_line(text, box.style, None, None, 0)[3] for box, text in pieces)


def mends_another_version() -> bool:
    import weasyprint
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    weasyprint.__version__ = "0.1"
    line_breaks.mend()
    return inline.split_first_line is not line_break.split_first_line


def test_every_line_holds_as_many_words_as_it_can():
    assert run([Task("mended", ill_filled, (WIDTHS_PX,))], room=Room(private_fonts)) == ([],)


def test_only_versions_that_need_it_are_listed():
    (found,) = run([Task("unmended", ill_filled_unmended, (FEWER_WIDTHS_PX,))], room=Room(private_fonts))
    assert bool(found) == (version("weasyprint") in line_breaks.FLAWED)


def test_other_versions_are_left_alone():
    assert run([Task("other", mends_another_version, ())], room=Room(private_fonts)) == (False,)
