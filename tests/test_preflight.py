"""What a print shop would send a file back for is found in it, each by its code, and nothing in a sound one."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import ROOT, one_font
from pikepdf import Name
from PIL import Image, ImageChops

from stele.audit.coverage import DPI, most_ink, too_much_ink
from stele.audit.preflighting import in_words, told
from stele.diagnostics import Diagnostic, Location
from stele.engine import Room, Task, run
from stele.print.breaks import broken_badly
from stele.print.imposition.office import impose
from stele.print.pdf import private_fonts, render
from stele.print.preflight.checks import CHECKS, preflight
from stele.print.preflight.crowding import crowded
from stele.print.preflight.flaws import Untold, flaw
from stele.print.preflight.marks import EVERYWHERE
from stele.print.preflight.proof import Job, proof
from stele.print.statements import INLINE_IMAGE, codes, name, numbers, statements
from stele.sources.templating import Templates
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface
from stele.translation.po.catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from stele.print.preflight.flaws import Flaw
    from stele.print.preflight.marks import Mark
    from stele.print.preflight.proof import Proof, Sheet
    from stele.print.preflight.typefaces import Font

PRESS = Job("press")
MM = 72 / 25.4
BLACK = "device-cmyk(0 0 0 1)"
STYLE = f"""@page {{ size: 60mm 80mm; margin: 8mm; bleed: 3mm }}
:root {{ color: {BLACK} }} body, p, h2 {{ margin: 0; font: 9pt/12pt "Stele Serif" }} p + p {{ break-before: page }}
.wide {{ page: wide }} @page wide {{ size: 70mm 80mm }}"""
FOUR = "<p>One</p><p>Two</p><p>Three</p><p>Four</p>"
FULL = "position: absolute; inset: -8mm; background: device-cmyk(.1 .9 .7 0)"


def html(body: str, style: str = "") -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A file</title>
<style>{one_font()} {STYLE} {style}</style></head><body>{body}</body></html>"""


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Return a folder with a picture of 100 pixels a side in each of the inks, half black."""
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("CMYK", (100, 100), (0, 0, 0, 128)).save(folder / "half.jpg")
    return folder


@pytest.fixture(scope="module")
def printed(printer, pictures):
    """Return a function that renders the body of a page; what is not for the press in every file of it is left out."""

    def made(body: str, style: str = "", change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
        body = body.replace("PICTURES", pictures.as_uri())
        result = printer(_rendered, html(body, style), (BUILT_IN, pictures))
        return changed(result, change or for_press)

    return made


def _rendered(text: str, roots) -> bytes:
    return render(text, roots, "x", multiple_of=1).pdf


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        document.save(written)
    return written.getvalue()


def for_press(pdf: pikepdf.Pdf) -> None:
    """Take away the colour spaces that WeasyPrint names everywhere, whatever is painted."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and "/Resources" in item:
            item.Resources.ColorSpace = pikepdf.Dictionary()
            if "/Group" in item:
                item.Group.CS = Name.DeviceCMYK


def found(pdf: bytes, job: Job) -> list[tuple[str, int | None, str]]:
    return [(item.code, item.page, item.aspect) for item in flaws(pdf, job)]


def flaws(pdf: bytes, job: Job) -> list[Flaw]:
    with proof(pdf, job) as opened:
        return list(preflight(opened))


# Files with one fault each, planted in the style, the words or the bytes


@dataclass(frozen=True)
class Case:
    """A file and what is found in it; `job` is for the press unless it says otherwise."""

    expected: list[tuple[str, int | None, str]]
    body: str = FOUR
    style: str = ""
    change: Callable[[pikepdf.Pdf], None] = for_press
    job: Job = field(default=PRESS)


def no_trim(pdf):
    for_press(pdf)
    del pdf.pages[1].TrimBox


def trim_beyond_bleed(pdf):
    for_press(pdf)
    pdf.pages[1].BleedBox = [40, 40, 100, 100]


def bleed_beyond_media(pdf):
    for_press(pdf)
    pdf.pages[1].BleedBox = [-90, -90, 900, 900]


def no_font_file(pdf):
    for_press(pdf)
    for font in pdf.pages[0].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor.FontFile2


def type3(pdf):
    for_press(pdf)
    glyph = pdf.make_stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 1000 re f")
    drawn = pikepdf.Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=pikepdf.Dictionary(a=glyph),
        Encoding=pikepdf.Dictionary(Differences=[97, Name.a]),
    )
    pdf.pages[0].Resources.Font["/Drawn"] = pdf.make_indirect(drawn)
    pdf.pages[0].contents_add(b"BT /Drawn 9 Tf 50 50 Td (a) Tj ET")


def as_it_was(_pdf):
    pass


CASES = {
    "sound": Case([]),
    "sound to its edges": Case([], f'<div style="{FULL.replace("-8mm", "-11mm")}"></div>{FOUR}'),
    "for a screen": Case([], '<p style="color: red">Red</p>', change=as_it_was, job=Job("screen")),
    "no TrimBox": Case([("bad-boxes", 2, "missing"), ("mixed-trim", 2, "")], change=no_trim),
    "TrimBox beyond BleedBox": Case([("bad-boxes", 2, "trim"), ("no-bleed", 2, "box")], change=trim_beyond_bleed),
    "BleedBox beyond MediaBox": Case([("bad-boxes", 2, "bleed")], change=bleed_beyond_media),
    "mixed trim": Case([("mixed-trim", 3, "")], FOUR.replace("<p>Three", '<p class="wide">Three')),
    "little bleed": Case([("no-bleed", page, "box") for page in (1, 2, 3, 4)], style="@page { bleed: 1mm }"),
    "no bleed": Case([("no-bleed", 1, "mark")], f'<div style="{FULL}"></div>{FOUR}'),
    "font not embedded": Case([("unembedded-font", page, "") for page in (1, 2, 3, 4)], change=no_font_file),
    "drawn letters": Case([("type3-font", 1, "")], change=type3),
    "missing glyph": Case([("missing-glyph", 1, "")], FOUR.replace("One", "བོད")),
    "RGB": Case([("foreign-colour", 1, "text")], FOUR.replace("<p>One", '<p style="color: red">One')),
    "Lab, unused": Case([("unused-colour-space", None, "")], change=as_it_was),
    "coarse image": Case(
        [("low-resolution", 1, "")], f'<img src="PICTURES/half.jpg" alt="x" style="width: 20mm">{FOUR}'
    ),
    "coarse image for the office": Case(
        [("soft-image", 1, "")],
        f'<img src="PICTURES/half.jpg" alt="x" style="width: 20mm">{FOUR}',
        job=Job("office"),
    ),
    "soft image": Case([("soft-image", 1, "")], f'<img src="PICTURES/half.jpg" alt="x" style="width: 10mm">{FOUR}'),
    "thin line": Case([("thin-line", 2, "")], style=f"p:nth-child(2) {{ border-top: .1pt solid {BLACK} }}"),
    "thin line of dots": Case(
        [("thin-line", 2, "")], style="p:nth-child(2) { border-top: .4pt solid device-cmyk(0 0 0 .5) }"
    ),
    "fine line": Case([], style=f"p:nth-child(2) {{ border-top: .4pt solid {BLACK} }}"),
    "small reversed type": Case(
        [("small-reversed-type", 2, "")],
        style=f"p:nth-child(2) {{ background: {BLACK}; color: device-cmyk(0 0 0 0); font-size: 5pt }}",
    ),
    "pages for a saddle": Case([("wrong-page-count", None, "multiple")], "<p>One</p><p>Two</p>"),
    "pages for glue": Case([("wrong-page-count", None, "thin")], job=Job("press", binding="perfect")),
    "blank pages": Case([("blank-pages", 2, "")], "<p>One</p>" + "<p></p>" * 6 + "<p>Eight</p>"),
    "transparency": Case(
        [("live-transparency", 1, "text")],
        FOUR.replace("<p>One", '<p style="opacity: .5">One'),
        job=Job("press", standard="x-1a"),
    ),
    "transparency in X-4": Case([], FOUR.replace("<p>One", '<p style="opacity: .5">One')),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_found_where_it_is_and_no_other(printed, name):
    case = CASES[name]
    assert found(printed(case.body, case.style, case.change), case.job) == case.expected


def test_every_code_of_the_table_has_a_case():
    planted = {code for case in CASES.values() for code, _, _ in case.expected}
    planted |= {"narrow-spine"}  # below
    assert planted == {code for check in CHECKS for code in check.codes}


# Pages that are drawn again


def test_pages_on_office_sheets_are_known_from_the_screen(printed):
    screen = printed(f"{INKS}{FOUR}", "p + p { opacity: .5 }", as_it_was)
    sheets = impose(screen, right_to_left=False)
    memory: dict[bytes, list[Mark]] = {}
    with proof(screen, Job("screen"), memory) as pages, proof(sheets, Job("office"), memory) as known:
        with proof(sheets, Job("office")) as unknown:
            assert [marks_of(sheet) for sheet in known.sheets] == [marks_of(sheet) for sheet in unknown.sheets]
        assert fonts_of(known) == fonts_of(pages)


@pytest.mark.parametrize(
    "spelled",
    [
        b"q\n1 .5 -2 w /A gs /P <</MCID 3>> BDC /P /B Do [<0041> -2 <0042>] TJ\nQ",
        b"q\n1 .5 -2 w /A gs /P <</E (a\\) \n b)>> BDC /P /B Do [(\\000A) -2 (\0B)] TJ\nQ",
        b"q%a comment\n1 .5 -2 w/#41 gs /P<</MCID 3/E(a\\) b)>>BDC/P/B Do[(\\000A)-2<00 42>]TJ Q",
    ],
)
def test_a_stream_is_read_however_it_is_spelled(spelled):
    with pikepdf.new() as pdf:
        found = list(statements(pdf.make_stream(spelled)))
    assert [operator for _, operator in found] == ["q", "w", "gs", "BDC", "Do", "TJ", "Q"]
    read = [operands for operands, _ in found]
    assert (numbers(read[1]), name(read[2]), name(read[4]), codes(read[5])) == ([1, 0.5, -2], "/A", "/B", b"\0A\0B")


def test_a_picture_in_a_stream_is_read():
    with pikepdf.new() as pdf:
        found = list(statements(pdf.make_stream(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")))
    assert [operator for _, operator in found] == ["q", INLINE_IMAGE, "Q"]
    assert (found[1][0].width, found[1][0].mode) == (1, "L")


def fonts_of(proof: Proof) -> set[Font | None]:
    """Return the fonts on all pages; those of another file, however like them, are others."""
    return {mark.font for sheet in proof.sheets for mark in sheet.marks}


def marks_of(sheet: Sheet) -> list[tuple[Mark, list[float]]]:
    """Return marks without what no other file has, their areas rounded."""
    return [
        (
            mark._replace(area=EVERYWHERE, clip=EVERYWHERE, font=None, size_pt=0, ppi=0),
            [round(value, 6) for value in (*mark.area, *mark.clip, mark.size_pt, mark.ppi)],
        )
        for mark in sheet.marks
    ]


def test_pages_on_office_sheets_are_known_no_more_when_a_font_is_another(printed):
    screen = printed(FOUR, change=as_it_was)
    sheets = changed(impose(screen, right_to_left=False), without_font_files)
    memory: dict[bytes, list[Mark]] = {}
    with proof(screen, Job("screen"), memory) as sound, proof(sheets, Job("office"), memory) as damaged:
        assert list(preflight(sound)) == []
        assert {item.code for item in preflight(damaged)} == {"unembedded-font"}


def without_font_files(pdf):
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            del item.FontFile2


# Ink


INKS = """<div style="height: 9mm; background: device-cmyk(1 .4 .3 .2)">Black over inks</div>
<img src="PICTURES/half.jpg" alt="x" style="width: 20mm">
<svg style="width: 20mm; height: 9mm" viewBox="0 0 20 9"><title>x</title><rect width="20" height="9"
 fill="device-cmyk(.5 .5 0 .5)"/></svg>"""


def overprinting(pdf):
    """Let the black words of the first page overprint what lies below, as files for the press do."""
    for_press(pdf)
    page = pdf.pages[0]
    page.Resources.ExtGState["/over"] = pikepdf.Dictionary(op=True, OP=True, OPM=1)
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"BT\n", b"/over gs BT\n"))


def sampled(pdf):
    """Return a function that runs through three mixtures of the inks, of 16 bits each."""
    rows = ((0, 0, 0, 0), (0.2, 0.9, 0.8, 0), (1, 1, 0, 0.9))
    stream = pdf.make_stream(b"".join(round(0xFFFF * value).to_bytes(2, "big") for row in rows for value in row))
    stream.FunctionType, stream.BitsPerSample = 0, 16
    stream.Domain, stream.Range, stream.Size = [0, 1], [0, 1] * 4, [3]
    return stream


def exponential(_pdf):
    return pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0.1, 0, 0], C1=[0.9, 0.8, 0.3, 0.2])


def stitched(pdf):
    parts = [exponential(pdf), sampled(pdf)]
    return pikepdf.Dictionary(FunctionType=3, Domain=[0, 1], Functions=parts, Bounds=[0.5], Encode=[0, 1, 0, 1])


def with_picture(pdf):
    """Draw a picture without loss of four pixels, from 0 to 400 % of ink, on the first page."""
    overprinting(pdf)
    inks = (0, 0, 0, 0, 200, 0, 0, 0, 250, 200, 0, 0, 255, 255, 255, 255)
    space = {"ColorSpace": Name.DeviceCMYK, "BitsPerComponent": 8, "Width": 2, "Height": 2}
    image = pdf.make_stream(bytes(inks), Type=Name.XObject, Subtype=Name.Image, **space)
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Over=image)
    pdf.pages[0].contents_add(b"q 90 0 0 90 40 100 cm /Over Do Q")


def with_gradient(function):
    """Return a change that draws a gradient from edge to edge of the first page."""

    def change(pdf):
        overprinting(pdf)
        shading = {"ShadingType": 2, "ColorSpace": Name.DeviceCMYK, "Coords": [0, 0, 0, 200], "Extend": [True, True]}
        pdf.pages[0].Resources.Shading = pikepdf.Dictionary(Over=pikepdf.Dictionary(Function=function(pdf), **shading))
        pdf.pages[0].contents_add(b"q 20 20 100 180 re W n /Over sh Q")

    return change


def test_too_much_ink_is_found(printed):
    body = '<div style="height: 9mm; background: device-cmyk(1 1 1 .2)"></div>'
    pdf = printed(f"{body}<p>One</p>{body}".replace(".2)", ".1)", 1))
    assert too_dense(pdf, 3.1) == [flaw("too-much-ink", 1, ink=320, most=310)]
    assert too_dense(pdf, 3.2) == []


def too_dense(pdf: bytes, max_ink: float) -> list[Flaw]:
    with proof(pdf, Job("press", max_ink=max_ink)) as opened:
        return list(too_much_ink(opened))


# By whether a page of black words must be drawn to know how much ink it takes, when this is painted on it too.
PAINTED = {
    "nothing": (False, b""),
    "two inks below": (False, b"1 .9 0 0 k 20 20 100 100 re f"),
    "three inks below": (True, b"1 .9 .3 0 k 20 20 100 100 re f"),
    "three inks that leave room for black": (False, b"1 .9 .1 .1 k 20 20 100 100 re f"),
    "a line": (True, b"1 .9 .3 0 K 20 20 m 100 100 l S"),
    "around the page": (False, b"1 1 1 1 k -90 -90 50 50 re f"),
    "words around the page": (False, b"1 1 1 1 k q -90 -90 50 50 re W n BT /F 9 Tf -60 -60 Td <0041> Tj ET Q"),
    "outlines": (True, b"1 .9 .3 0 K 2 Tr BT /F 9 Tf 50 50 Td <0041> Tj ET"),
    "a picture": (True, b"q 90 0 0 90 40 100 cm /Over Do Q"),
    "a gradient": (True, b"q 20 20 100 180 re W n /Over sh Q"),
    "multiplied": (True, b"/multiply gs .1 0 0 0 k 20 20 100 100 re f"),
    "drawn letters": (True, b"BT /Drawn 9 Tf 50 50 Td (a) Tj ET"),
}


def painted(pdf):
    """Paint these things, each on a page of its own."""
    resources = pdf.pages[0].Resources
    resources.Font["/F"] = next(iter(resources.Font.values()))
    for add in (with_picture, with_gradient(exponential), type3):
        pdf.pages[0].Contents = pdf.make_stream(b"")
        add(pdf)
    resources.ExtGState["/multiply"] = pikepdf.Dictionary(BM=Name.Multiply)
    words = b"0 0 0 1 k BT /F 9 Tf 50 50 Td <0042> Tj ET "
    for page, (_, content) in zip(pdf.pages, PAINTED.values(), strict=True):
        page.Resources, page.Contents = resources, pdf.make_stream(words + content)


def test_only_pages_that_may_take_too_much_ink_are_drawn(printed):
    pdf = printed("<p>One</p>" * len(PAINTED), change=painted)
    with proof(pdf, Job("press", max_ink=3.0)) as opened:
        drawn = crowded(opened)
        assert drawn == tuple(number for number, (is_drawn, _) in enumerate(PAINTED.values(), 1) if is_drawn)
        spared = set(range(1, len(PAINTED) + 1)) - set(drawn)
        assert max(most_ink(opened.pdf, sorted(spared))) <= 3.0


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript makes the plates")
@pytest.mark.parametrize(
    ("part", "change"),
    [
        *((part, overprinting) for part in (INKS, *INKS.splitlines()[:2])),
        *((INKS, with_gradient(function)) for function in (sampled, exponential, stitched)),
        (INKS.splitlines()[0], with_picture),
    ],
    ids=["everything", "words", "a picture", "sampled", "exponential", "stitched", "a picture without loss"],
)
def test_plates_have_the_ink_that_ghostscript_puts_on_them(printed, tmp_path, part, change):
    pdf = printed(part, "body { margin: 0; font: 30pt 'Stele Serif' }", change)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert most_ink(opened, (1,))[0] == pytest.approx(by_ghostscript(pdf, tmp_path), abs=0.06)


def by_ghostscript(pdf: bytes, folder) -> float:
    """Return the most that all inks cover on a spot of the first page, from its plates."""
    (folder / "x.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}", "-dOverprint=/enable"]
    subprocess.run([*command, f"-sOutputFile={folder}/%d.tif", f"{folder}/x.pdf"], check=True, capture_output=True)
    names = ("Cyan", "Magenta", "Yellow", "Black")
    plates = [ImageChops.invert(Image.open(folder / f"1({name}).tif").convert("L")) for name in names]
    halves = [ImageChops.add(one, other, scale=2) for one, other in (plates[:2], plates[2:])]
    counts = ImageChops.add(*halves, scale=2).histogram()
    return max(4 * level / 255 for level in range(256) if sum(counts[level:]) >= 4)


# Lines and pages that are broken badly


LONG = "word " * 30  # six lines of 4.2 mm, of which fifteen fill a page
EARLY = """Among them <b>106</b>\u00a0women and\u00a0<b>63</b>\u00a0children; the ombudsman of the land
in\u00a0<b>2017</b>\u00a0said more."""


def flaws_of(text: str) -> tuple[tuple[str, int | None, str], ...]:
    """Return what is said of the lines of a text; runs in a worker."""
    made = render(text, (BUILT_IN,), "x", multiple_of=1)
    return tuple((item.code, item.page, item.aspect) for item in made.flaws)


def flaws_without_mends(text: str) -> tuple[str, ...]:
    import weasyprint

    return tuple(item.code for item in broken_badly(weasyprint.HTML(string=text).render()))


LAID_OUT = {
    "sound": (f"<h2>A heading</h2><p>{LONG}</p>", "", ()),
    "stranded": (
        f"<div></div><h2>A heading</h2><p>{LONG}</p>",
        "div { height: 58mm } h2 { break-after: auto }",
        (("stranded-heading", 1, ""),),
    ),
    "ends a chapter": (
        '<div></div><h2>A heading</h2><section style="break-before: page"><p>Another</p></section>',
        "div { height: 56mm }",
        (),
    ),
    "first line": (f"<div></div><p>{LONG}</p>", "p { orphans: 1 } div { height: 58mm }", (("lone-line", 1, "first"),)),
    "last line": (
        f"<div></div><p>{LONG}</p>",
        "p { widows: 1 } div { height: 42mm }",
        (("lone-line", 2, "last"),),
    ),
    "forced": ("<p>One<br>two three</p>", "", ()),
}


@pytest.mark.parametrize("name", LAID_OUT)
def test_what_no_compositor_would_do_is_found(printer, name):
    body, style, expected = LAID_OUT[name]
    assert printer(flaws_of, html(body, style)) == expected


def test_a_line_that_ends_too_early_is_found_where_the_renderer_is_not_mended(printer):
    text = html(f"<p>{EARLY}</p>")
    (unmended,) = run([Task("x", flaws_without_mends, (text,))], room=Room(private_fonts))
    assert (set(unmended), printer(flaws_of, text)) == ({"early-break"}, ())


# Spines


def on_spine(width_mm: float) -> Job:
    """Return the job of a cover with its spine around the word that begins 8 mm from its left edge."""
    return Job("cover", folds_pt=(7 * MM, (7 + width_mm) * MM))


def test_words_need_a_spine_of_five_millimetres(printed):
    pdf = printed("<p>One</p>")
    assert flaws(pdf, on_spine(4.4)) == [flaw("narrow-spine", 1, width=4.4, least=5.0)]
    assert flaws(pdf, on_spine(5.0)) == flaws(pdf, on_spine(0.5)) == []


# In the language of editors


WORDS = [
    flaw("early-break", 3, text="the <man>", word="of"),
    flaw("lone-line", 3, "first", text="x"),
    flaw("lone-line", 3, "last", text="x"),
    flaw("stranded-heading", 3, text="x"),
    flaw("bad-boxes", 3, "missing"),
    flaw("bad-boxes", 3, "trim"),
    flaw("bad-boxes", 3, "bleed"),
    flaw("mixed-trim", 3, size="1 × 1 mm", usual="2 × 2 mm"),
    flaw("no-bleed", 3, "box", bleed=1, wanted=3),
    flaw("no-bleed", 3, "mark"),
    flaw("unembedded-font", 3, font="Stele-Serif"),
    flaw("type3-font", 3),
    flaw("missing-glyph", 3, font="Stele-Serif"),
    flaw("foreign-colour", 3, "text", space="DeviceRGB"),
    flaw("unused-colour-space", space="Lab"),
    flaw("too-much-ink", 3, ink=320, most=300),
    flaw("low-resolution", 3, ppi=127, wanted=300),
    flaw("soft-image", 3, ppi=254, wanted=300),
    flaw("thin-line", 3, width=0.1, least=0.25),
    flaw("small-reversed-type", 3, size=5, least=6),
    flaw("wrong-page-count", None, "multiple", pages=3, multiple=4),
    flaw("wrong-page-count", None, "thin", pages=8, least=28),
    flaw("blank-pages", 3, most=4),
    flaw("live-transparency", 3, "text"),
    flaw("narrow-spine", 3, width=4.4, least=5),
    flaw("overfull-box", 3, text="a long word"),
    flaw("missing-glyph", None, "character", character="“ᚠ”"),
    flaw("missing-glyph", None, "text", character="“ᚠ”", text="A rune: ᚠ", families=""),
    flaw("missing-glyph", None, "text", character="“ᚠ”", text="A rune: ᚠ", families="Noto Sans Runic"),
]


def test_editors_read_it_in_the_language_of_the_source():
    catalog, _ = read_catalog((ROOT / "locales/az/LC_MESSAGES/interface.po").read_bytes(), "interface.po")
    templates = Templates(Theme((BUILT_IN,)), Interface([catalog]), "az")
    (found,) = in_words([flaw("bad-boxes", 3, "trim")], "booklets/book.az.press.pdf", "az", templates)
    assert (found.message, found.hint) == ("TrimBox BleedBox-dan kənara çıxır", "faylı Stele ilə yenidən hazırlayın")


def test_its_numbers_are_written_in_the_digits_of_that_language():
    catalog, _ = read_catalog((ROOT / "locales/fa/LC_MESSAGES/interface.po").read_bytes(), "interface.po")
    templates = Templates(Theme((BUILT_IN,)), Interface([catalog]), "fa")
    found = [
        flaw("thin-line", 3, width=0.1, least=0.25),
        flaw("mixed-trim", 3, size="148 × 200 mm", usual="148 × 210 mm"),
    ]
    line, trim = (item.message for item in in_words(found, "booklets/book.fa.press.pdf", "fa", templates))
    assert [number in line for number in ("۰٫۱ ", "۰٫۲۵ ")] == [True, True]
    assert [size in trim for size in ("۱۴۸ × ۲۰۰", "۱۴۸ × ۲۱۰")] == [True, True]


def test_what_is_seen_while_type_is_set_is_told_in_words_too():
    templates = Templates(Theme((BUILT_IN,)), Interface(()), "en")
    other = Diagnostic("print-warning", "book.en: something else")
    seen = Untold("book.en", flaw("overfull-box", 3, text="a <long> word"), Location("content/page.md"))
    assert list(told([seen, other], templates)) == [
        Diagnostic(
            "overfull-box",
            "book.en: p. 3: “a <long> word” does not fit into its place",
            Location("content/page.md"),
            "shorten the text, or give it more room in the theme",
        ),
        other,
    ]


def test_every_flaw_has_a_sentence_and_a_hint():
    templates = Templates(Theme((BUILT_IN,)), Interface(()), "en")
    found = list(in_words(WORDS, "booklets/book.en.press.pdf", "en", templates))
    assert [item.code for item in found] == [item.code for item in WORDS]
    first, ink = found[0].diagnostic(), found[15].diagnostic()
    assert first.message == (
        "booklets/book.en.press.pdf, page 3: the line “the <man>” ends although “of” would fit on it"
    )
    assert (ink.message, ink.hint) == (
        "booklets/book.en.press.pdf, page 3: the inks cover 320 %, the paper takes 300 %",
        "choose a lighter colour or picture there",
    )
