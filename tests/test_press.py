"""The PDF for a print shop, looked at as one does: its objects, its boxes, and the plates of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING

import pikepdf
import pytest
from conftest import one_font
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from ingram_checker.checks.pdfx import PDFXCheck
from ingram_checker.models import CheckStatus
from pikepdf import Name
from PIL import Image, ImageChops, ImageCms, ImageStat

from stele.language.tags import language
from stele.print.booklet import make_booklet
from stele.print.composition import Cover, compose_slug
from stele.print.pdf import render
from stele.print.press.colours import Inks, is_neutral, within
from stele.print.press.conditions import CONDITIONS, Press, Standard, Unprintable
from stele.print.press.conversion import to_press
from stele.print.press.delivery import deliver
from stele.print.press.font_files import unwrap
from stele.print.press.images import convert_image, make_stencil
from stele.print.press.shadings import convert_shading, evaluate
from stele.print.press.slug import render_slugs
from stele.sources.templating import Templates, safe
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript makes the plates")

COATED, UNCOATED = CONDITIONS["coated"], CONDITIONS["uncoated"]
RELEASED = date(2026, 2, 26)
BLEED_PT = 3 * 72 / 25.4
DPI = 72

# On the first page black and white stand on madder; on the last are gradients and pictures, 10 mm each.
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10"><defs><linearGradient id="g">
<stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#808"/></linearGradient></defs>
<rect width="60" height="10" fill="url(#g)"/><path d="M0 0L60 10" stroke="#000"/></svg>"""
MASKED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10"><defs><mask id="m">
<rect width="60" height="10" fill="#fff"/><rect width="30" height="10" fill="#f00"/></mask></defs>
<rect width="60" height="10" fill="#00f" mask="url(#m)"/></svg>"""
STYLE = """
@page { size: 60mm 80mm; margin: 0; bleed: 3mm }
body { margin: 0 }
@page madder { background: #6e1f2b }
.madder { page: madder; height: 80mm; font: 40pt/50pt "Stele Serif" }
.madder .white { color: #fff }
.pictures { break-before: page }
.pictures > * { display: block; width: 60mm; height: 10mm; image-rendering: crisp-edges }
.rainbow { background: linear-gradient(90deg, #f00, #0f0 50%, #00f 50%) }
.greys { background: linear-gradient(90deg, #000, #fff) }
.radial { background: radial-gradient(#ff0, #00f) }
.see-through { break-before: page }
.see-through > * { height: 20mm; background: #00f }
"""
BODY = """
<div class="madder">III <span class="white">OOO</span><p><a href="https://example.org/">III</a></p></div>
<div class="pictures"><div class="rainbow"></div><div class="greys"></div><div class="radial"></div>
<img src="photo.jpg" alt="x"><img src="drawing.png" alt="x"><img src="grey.png" alt="x">
<img src="drawing.svg" alt="x"></div>
"""
SEE_THROUGH = """<div class="see-through"><div style="opacity: .5">III</div>
<div style="background: linear-gradient(#f00, transparent)">III</div><img src="soft.png" alt="x">
<img src="masked.svg" alt="x"></div>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with a picture of every kind."""
    folder = tmp_path_factory.mktemp("pictures")
    wheel = Image.merge("RGB", [Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)])
    wheel.save(folder / "photo.jpg", quality=95)
    wheel.resize((64, 64)).save(folder / "drawing.png")
    Image.linear_gradient("L").convert("RGB").save(folder / "grey.png")
    (folder / "drawing.svg").write_text(SVG)
    (folder / "masked.svg").write_text(MASKED)
    soft = wheel.resize((64, 64)).convert("RGBA")
    soft.putalpha(Image.linear_gradient("L").resize((64, 64)))
    soft.save(folder / "soft.png")
    return folder


@pytest.fixture(scope="module")
def rendered(printer, folder):
    """Return a function that renders the body of a booklet with the pictures at hand."""

    def rendered(body: str) -> bytes:
        body = re.sub(r'src="(.*?)"', lambda found: f'src="{(folder / found[1]).as_uri()}"', body)
        head = f"<title>A booklet</title><style>{one_font()}{STYLE}</style>"
        html = f'<!doctype html><html lang="az"><head>{head}</head><body><h1 hidden>x</h1>{body}</body></html>'
        return printer(render, html, (BUILT_IN, folder), "book.az").pdf

    return rendered


@pytest.fixture(scope="module")
def opaque(rendered):
    return rendered(BODY)


@pytest.fixture(scope="module")
def see_through(rendered):
    return rendered(SEE_THROUGH)


def press(standard: Standard = Standard.X4, condition=COATED, **options) -> Press:
    return Press(condition, standard, RELEASED, **options)


PRESSES = [press(*chosen) for chosen in product(Standard, CONDITIONS.values())]


@pytest.fixture(scope="module", params=PRESSES, ids=lambda item: f"{item.standard}-{item.condition.identifier}")
def pressed(request, opaque):
    """Return a press and the booklet without transparency made for it."""
    return request.param, to_press(opaque, request.param)


@pytest.fixture(scope="module")
def plates(pressed, tmp_path_factory):
    """Return the plates of the first page and of the last: for each, ink by ink, an image in which 255 is solid."""
    return separated(pressed[1], tmp_path_factory.mktemp("plates"))


def separated(pdf: bytes, folder: Path) -> list[dict[str, Image.Image]]:
    (folder / "book.pdf").write_bytes(pdf)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}", "-sPageList=1,4"]
    subprocess.run([*command, "-sOutputFile=p%d.tif", "book.pdf"], cwd=folder, check=True)
    inks = ("Cyan", "Magenta", "Yellow", "Black")
    files = ({ink: Image.open(folder / f"p{page}({ink}).tif") for ink in inks} for page in (1, 2))
    return [{ink: ImageChops.invert(plate.convert("L")) for ink, plate in page.items()} for page in files]


def within_bleed(plate: Image.Image) -> Image.Image:
    """Return the part of a plate inside the marks."""
    margin = round((10 * 72 / 25.4) * DPI / 72) + 1
    return plate.crop((margin, margin, plate.width - margin, plate.height - margin))


# The colours


def test_greys_are_black_alone():
    assert {Inks(COATED).mix("DeviceGray", (step / 8,), neutral=True)[:3] for step in range(9)} == {(0.0, 0.0, 0.0)}


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_black_and_paper_are_the_ends_of_the_ramp(condition):
    shares = [Inks(condition).black(step / 20) for step in range(21)]
    assert (shares[0], shares[-1], shares) == (1.0, 0.0, sorted(shares, reverse=True))


@pytest.mark.parametrize(
    ("space", "values", "overprints"),
    [
        ("DeviceRGB", (0.0, 0.0, 0.0), True),
        ("DeviceCMYK", (0.0, 0.0, 0.0, 1.0), True),
        ("DeviceRGB", (0.4, 0.4, 0.4), False),
        ("DeviceRGB", (1.0, 1.0, 1.0), False),
        ("DeviceCMYK", (0.5, 0.0, 0.0, 1.0), False),
    ],
)
def test_solid_black_alone_overprints(space, values, overprints):
    assert Inks(COATED).paint(space, values).overprints == overprints


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_no_colour_takes_more_ink_than_the_condition_allows(condition):
    steps = [step / 5 for step in range(6)]
    colours = [colour for colour in product(steps, repeat=3) if not is_neutral("DeviceRGB", colour)]
    most = max(sum(Inks(condition).mix("DeviceRGB", colour, neutral=False)) for colour in colours)
    assert most <= condition.ink_limit


def test_too_much_ink_is_taken_from_the_three_colours():
    assert within((1.0, 1.0, 1.0, 0.9), 3.0) == pytest.approx((0.7, 0.7, 0.7, 0.9))


def test_a_colour_of_lab_is_that_of_srgb():
    red = Inks(COATED).mix("DeviceRGB", (1.0, 0.0, 0.0), neutral=False)
    same = Inks(COATED).mix("Lab", (54.3, 80.8, 69.9), neutral=False)
    assert same == pytest.approx(red, abs=0.05)


# What is in the file


def test_qpdf_finds_no_fault(pressed, tmp_path):
    (tmp_path / "book.pdf").write_bytes(pressed[1])
    run = subprocess.run(["qpdf", "--check", tmp_path / "book.pdf"], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_ingram_checker_passes_it(pressed, tmp_path):
    (tmp_path / "book.pdf").write_bytes(pressed[1])
    (result,) = PDFXCheck().run(tmp_path / "book.pdf", None)
    assert (result.status, result.message) == (
        CheckStatus.PASS,
        f"PDF/X compliant ({pressed[0].condition.identifier})",
    )


def test_the_same_input_gives_the_same_bytes(pressed, opaque):
    assert to_press(opaque, pressed[0]) == pressed[1]


def test_no_colour_space_but_inks_and_registration_is_left(pressed):
    with pikepdf.open(BytesIO(pressed[1])) as pdf:
        actual = {str(space) for item in pdf.objects for space in colour_spaces(item)}
    assert actual == {"/DeviceCMYK", "/DeviceGray", "/Separation"}


def test_content_has_no_operator_of_rgb(pressed):
    with pikepdf.open(BytesIO(pressed[1])) as pdf:
        streams = [page.obj for page in pdf.pages]
        streams += [item for item in pdf.objects if is_stream(item) and item.get("/Subtype") == Name.Form]
        used = {str(operator) for stream in streams for _, operator in pikepdf.parse_content_stream(stream)}
    assert used & {"rg", "RG", "sc", "SC", "g", "G", "BMC"} == set()


def colour_spaces(item):
    """Yield the name or the kind of each colour space that an object names."""
    if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    named = [space for key in ("/ColorSpace", "/CS") if (space := item.get(key)) is not None]
    named += [space for _, space in item.get("/Resources", {}).get("/ColorSpace", {}).items()]
    for space in named:
        if isinstance(space, pikepdf.Dictionary):
            yield from (kind[0] for _, kind in space.items())
        else:
            yield space[0] if isinstance(space, pikepdf.Array) else space


def is_stream(item) -> bool:
    return isinstance(item, pikepdf.Stream)


def test_links_and_tags_are_gone_and_the_title_stays(pressed):
    with pikepdf.open(BytesIO(pressed[1])) as pdf:
        assert set(pdf.Root.keys()) == {
            "/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents", "/ViewerPreferences"
        }  # fmt: skip
        assert [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/A" in item] == []
        assert {key for page in pdf.pages for key in dict(page.obj.items())} == {
            "/Type", "/Parent", "/MediaBox", "/TrimBox", "/BleedBox", "/Resources", "/Contents"
        }  # fmt: skip
        assert str(pdf.docinfo.Title) == "A booklet"


def test_the_output_intent_has_its_registered_name(pressed):
    with pikepdf.open(BytesIO(pressed[1])) as pdf:
        (intent,) = pdf.Root.OutputIntents
        actual = (intent.S, str(intent.OutputConditionIdentifier), str(intent.RegistryName))
        profile = intent.DestOutputProfile.read_bytes()
    assert actual == (Name.GTS_PDFX, pressed[0].condition.identifier, "http://www.color.org")
    assert (profile[12:20], profile == pressed[0].condition.icc()) == (b"prtrCMYK", True)


def test_it_says_what_standard_it_keeps(pressed):
    standard = pressed[0].standard
    with pikepdf.open(BytesIO(pressed[1])) as pdf, pdf.open_metadata() as metadata:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        named = metadata.get("pdfxid:GTS_PDFXVersion"), info.get("/GTS_PDFXVersion")
        actual = (pdf.pdf_version, info["/Trapped"], metadata["pdf:Trapped"], metadata["dc:title"])
    assert actual == (standard.pdf_version, "/False", "False", "A booklet")
    assert named == {Standard.X4: ("PDF/X-4", None), Standard.X1A: (None, "PDF/X-1a:2003")}[standard]
    assert (info["/CreationDate"], info["/ModDate"]) == ("D:20260226000000Z",) * 2


def test_x_1a_has_no_transparency_and_no_newer_syntax(opaque):
    pdf = to_press(opaque, press(Standard.X1A))
    with pikepdf.open(BytesIO(pdf)) as opened:
        keys = {key for item in opened.objects for key in keys_of(item)}
    assert keys & {"/Group", "/SMask", "/ca", "/CA", "/BM"} == set()
    assert (b"/ObjStm" in pdf, b"/XRef" in pdf, pdf[:8]) == (False, False, b"%PDF-1.4")


def keys_of(item):
    """Yield the keys of a dictionary and of those written inside it."""
    if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    for key, value in item.items():
        yield key
        if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
            yield from keys_of(value)


def test_every_font_is_embedded(pressed):
    with pikepdf.open(BytesIO(pressed[1])) as pdf:
        described = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        assert [font for font in described if not {"/FontFile2", "/FontFile3"} & set(font.keys())] == []
    assert described


def test_letters_can_be_taken_out_as_before(printer, tmp_path):
    """What is spelled out for joined letters and ligatures stays, though the tags are gone."""
    amiri = (BUILT_IN / "shared" / "fonts" / "Amiri_400Regular.woff2").as_uri()
    face = f'@font-face {{ font-family: "Amiri"; src: url({amiri}) }} body {{ font-family: "Amiri"; margin: 5mm }}'
    head = f'<html lang="fa" dir="rtl"><head><title>x</title><style>{face}{STYLE}</style></head>'
    body = "<h1>خوجالی</h1><p>الله می‌شود (لا) و فریدون ۱۹۹۲ office ffi</p>"
    raw = printer(render, f"<!doctype html>{head}<body>{body}</body></html>", (BUILT_IN,), "book.fa").pdf
    said = [extracted(pdf, tmp_path) for pdf in (raw, to_press(raw, press()))]
    assert said[0].split() == said[1].split() != []


def extracted(pdf: bytes, folder: Path, *options: str) -> str:
    (folder / "book.pdf").write_bytes(pdf)
    command = ["pdftotext", *options, folder / "book.pdf", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


# The boxes and the marks


def test_the_boxes_lie_in_each_other(pressed):
    with pikepdf.open(BytesIO(pressed[1])) as pdf:
        boxes = [
            [[float(side) for side in box] for box in (page.trimbox, page.bleedbox, page.mediabox)]
            for page in pdf.pages
        ]
    assert len(boxes) == 4  # a blank page is there, too
    for trim, bleed, media in boxes:
        assert (trim[2] * 25.4 / 72, trim[3] * 25.4 / 72) == pytest.approx((60, 80), abs=0.01)
        assert [abs(one - other) for one, other in zip(trim, bleed, strict=True)] == pytest.approx(
            [BLEED_PT] * 4, abs=0.001
        )
        assert [abs(one - other) for one, other in zip(bleed, media, strict=True)] == pytest.approx(
            [10 * 72 / 25.4] * 4, abs=0.001
        )


def test_colour_fills_the_bleed_and_marks_stand_outside_it(plates):
    magenta = plates[0]["Magenta"]
    inside = within_bleed(magenta)
    corners = [inside.getpixel((x, y)) for x in (2, inside.width - 3) for y in (2, inside.height - 3)]
    assert set(corners) == {inside.getpixel((5, 5))} != {0}
    magenta.paste(0, (28, 28, magenta.width - 28, magenta.height - 28))
    assert magenta.getextrema()[1] > 0


def test_marks_are_on_every_plate(plates):
    margins = []
    for plate in plates[1].values():
        margin = plate.copy()
        margin.paste(0, (28, 28, margin.width - 28, margin.height - 28))
        margins.append(margin.tobytes())
    assert len(set(margins)) == 1


# The plates


def test_black_letters_are_on_the_black_plate_alone(plates):
    """The madder ground goes on unbroken below black letters, and shows none of them on its plates."""
    black = within_bleed(plates[0]["Black"])
    letters = black.point(lambda ink: 255 if ink > 250 else 0)
    assert letters.getbbox() is not None
    for ink in ("Cyan", "Magenta", "Yellow"):
        ground = within_bleed(plates[0][ink])
        assert ImageStat.Stat(ground, letters).stddev[0] < 1
        assert ImageStat.Stat(ground, letters).mean[0] == pytest.approx(ground.getpixel((5, 5)), abs=1)


def test_white_letters_are_paper_on_every_plate(plates):
    lowest = [within_bleed(plates[0][ink]).getextrema()[0] for ink in ("Magenta", "Yellow", "Black")]
    assert lowest == [0, 0, 0]


def test_no_place_takes_more_ink_than_the_condition_allows(pressed, plates):
    limit = pressed[0].condition.ink_limit * 255
    for page in plates:
        channels = [within_bleed(plate).tobytes() for plate in page.values()]
        assert max(map(sum, zip(*channels, strict=True))) <= limit


def test_grey_pictures_and_gradients_are_on_the_black_plate_alone(plates):
    """The last page has greys from 10 to 20 mm and from 50 to 60 mm, over its whole width."""
    for top_mm in (10, 50):
        top, left, right = (round((3 + mm) * DPI / 25.4) for mm in (top_mm + 1, 1, 59))
        strips = {ink: within_bleed(plate).crop((left, top, right, top + 22)) for ink, plate in plates[1].items()}
        assert {ink for ink, strip in strips.items() if strip.getextrema()[1] > 0} == {"Black"}
        assert strips["Black"].getextrema()[1] - strips["Black"].getextrema()[0] > 200


# Gradients, pictures, fonts


@pytest.fixture
def paper():
    return pikepdf.new()


def shading(function, space="/DeviceRGB") -> pikepdf.Object:
    return pikepdf.Dictionary(ShadingType=2, ColorSpace=Name(space), Coords=[0, 0, 1, 0], Function=function)


def straight(start, end) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=start, C1=end, N=1)


def test_a_gradient_is_converted_at_every_step(paper):
    gradient = shading(straight([1, 0, 0], [0, 1, 0]))
    convert_shading(paper, gradient, "DeviceRGB", Inks(COATED))
    middle = evaluate(gradient.Function, 0.5)
    assert gradient.ColorSpace == Name.DeviceCMYK
    assert middle == pytest.approx(Inks(COATED).mix("DeviceRGB", (0.5, 0.5, 0.0), neutral=False), abs=0.001)


def test_a_gradient_of_greys_is_one_of_black(paper):
    gradient = shading(straight([0, 0, 0], [1, 1, 1]))
    convert_shading(paper, gradient, "DeviceRGB", Inks(COATED))
    assert {evaluate(gradient.Function, step / 8)[:3] for step in range(9)} == {(0.0, 0.0, 0.0)}


def test_a_hard_stop_stays_hard(paper):
    parts = [straight([1, 0, 0], [1, 0, 0]), straight([0, 0, 1], [0, 0, 1])]
    stitched = pikepdf.Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 0, 1], Functions=parts)
    gradient = shading(stitched)
    convert_shading(paper, gradient, "DeviceRGB", Inks(COATED))
    red, blue = (Inks(COATED).mix("DeviceRGB", colour, neutral=False) for colour in ((1.0, 0, 0), (0, 0, 1.0)))
    assert evaluate(gradient.Function, 0.4999) == pytest.approx(red, abs=0.001)
    assert evaluate(gradient.Function, 0.5) == pytest.approx(blue, abs=0.001)


def test_a_sampled_function_and_one_for_each_channel_are_converted(paper):
    samples = paper.make_stream(bytes([255, 0, 0, 0, 0, 255]))
    samples.FunctionType, samples.BitsPerSample = 0, 8
    samples.Domain, samples.Range, samples.Size = [0, 1], [0, 1] * 3, [2]
    channels = pikepdf.Array([straight([1], [0]), straight([0], [0]), straight([0], [1])])
    ways = []
    for function in (samples, channels):
        gradient = shading(function)
        convert_shading(paper, gradient, "DeviceRGB", Inks(COATED))
        ways.append(evaluate(gradient.Function, 0.25))
    assert ways[0] == pytest.approx(ways[1], abs=0.001)


def test_a_mesh_is_refused(paper):
    mesh = shading(straight([0, 0, 0], [1, 0, 0]))
    mesh.ShadingType = 4
    with pytest.raises(ValueError, match="type 4"):
        convert_shading(paper, mesh, "DeviceRGB", Inks(COATED))


def test_pictures_keep_their_pixels_and_their_kind(pressed, opaque):
    def pictures(pdf: bytes) -> set[tuple[int, int, str]]:
        with pikepdf.open(BytesIO(pdf)) as opened:
            images = [item for item in opened.objects if is_stream(item) and item.get("/Subtype") == Name.Image]
            return {(int(image.Width), int(image.Height), str(image.Filter)) for image in images}

    assert pictures(pressed[1]) == pictures(opaque) != set()


def photograph(paper, profile: bytes) -> pikepdf.Object:
    written = BytesIO()
    Image.new("RGB", (16, 16), "#f00").save(written, "JPEG", quality=95, icc_profile=profile)
    image = paper.make_stream(written.getvalue())
    image.Subtype, image.Width, image.Height, image.BitsPerComponent = Name.Image, 16, 16, 8
    image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
    return image


def test_a_photograph_is_read_by_its_own_profile(paper):
    """One whose profile calls green what others call red comes out green; a broken profile is that of sRGB."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")
    cyan = []
    for profile in (srgb, swapped, b"no profile"):
        image = photograph(paper, profile)
        convert_image(image, Inks(COATED))
        cyan.append(Image.open(BytesIO(image.read_raw_bytes())).getpixel((8, 8))[0])
    assert [ink > 100 for ink in cyan] == [False, True, False]


def mask(paper, *alphas: int) -> pikepdf.Object:
    stream = paper.make_stream(bytes(alphas))
    stream.Subtype, stream.Width, stream.Height = Name.Image, len(alphas), 1
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
    return stream


def test_a_mask_that_hides_or_shows_becomes_a_stencil(paper):
    hard, soft = mask(paper, 255, 0, 255, 255), mask(paper, 255, 128, 0, 255)
    assert (make_stencil(hard), make_stencil(soft)) == (True, False)
    assert (hard.read_bytes()[0] >> 4, bool(hard.ImageMask)) == (0b0100, True)


def test_postscript_outlines_leave_their_wrapping_for_x_1a(paper):
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    pen = T2CharStringPen(600, None)
    builder.setupCFF("Test", {}, {".notdef": pen.getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (600, 0)})
    written = BytesIO()
    builder.font.save(written)
    file = paper.make_stream(written.getvalue(), Subtype=Name.OpenType)
    unwrap(paper)
    assert (file.Subtype, file.read_bytes()[:2]) == (Name.CIDFontType0C, b"\x01\x00")


def page_of(paper, content: bytes, **resources) -> bytes:
    page = paper.add_blank_page(page_size=(100, 100))
    page.TrimBox = [8, 8, 92, 92]
    page.obj.Resources = pikepdf.Dictionary(resources)
    page.obj.Contents = paper.make_stream(content)
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


def test_glyphs_that_are_drawn_like_pages_are_converted(paper):
    glyph = paper.make_stream(b"1000 0 d0 1 0 0 rg 0 0 500 500 re f")
    font = pikepdf.Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=pikepdf.Dictionary(a=glyph), Encoding=pikepdf.Dictionary(Differences=[97, Name("/a")]),
        FirstChar=97, LastChar=97, Widths=[1000], Resources=pikepdf.Dictionary(),
    )  # fmt: skip
    fonts = pikepdf.Dictionary(F=paper.make_indirect(font))
    pdf = to_press(page_of(paper, b"BT /F 20 Tf (a) Tj ET", **{"/Font": fonts}), press(Standard.X1A))
    with pikepdf.open(BytesIO(pdf)) as opened:
        content = opened.pages[0].Resources.Font["/F"].CharProcs["/a"].read_bytes()
    assert b"0 0.9137 0.9294 0.0118 k" in content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"/Odd cs 1 scn", "the colour space Odd"),
        (b"q 10 0 0 10 0 0 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI Q", "a picture inside a content stream"),
    ],
)
def test_what_the_renderer_never_writes_is_refused(paper, content, reason):
    with pytest.raises(Unprintable, match=reason):
        to_press(page_of(paper, content), press())


# Transparency


def test_x_4_keeps_transparency_in_inks(see_through):
    with pikepdf.open(BytesIO(to_press(see_through, press()))) as pdf:
        groups = {str(item.Group.CS) for item in pdf.objects if "/Group" in set(keys_of(item))}
        softened = [item for item in pdf.objects if is_stream(item) and "/SMask" in item]
    assert ("/DeviceCMYK" in groups, "/DeviceRGB" in groups, len(softened)) == (True, False, 1)


def test_a_mask_is_one_of_light_not_of_ink(see_through):
    """What lets all through is white, and 1 in light, where it would be 0 in ink; red lets a third through."""
    with pikepdf.open(BytesIO(to_press(see_through, press()))) as pdf:
        drawings = [item for item in pdf.objects if "/Resources" in set(keys_of(item))]
        states = [state for item in drawings for state in item.Resources.get("/ExtGState", {}).values()]
        masks = [state.SMask.G for state in states if isinstance(state.get("/SMask"), pikepdf.Dictionary)]
        drawn = b"".join(mask.read_bytes() + all_drawn(mask) for mask in masks)
        spaces = {str(mask.Group.CS) for mask in masks}
    assert (b" k" in drawn, b"0.3 g" in drawn, spaces) == (False, True, {"/DeviceGray"})


def all_drawn(form) -> bytes:
    forms = [item for item in form.Resources.get("/XObject", {}).values() if item.Subtype == Name.Form]
    return b"".join(item.read_bytes() for item in forms)


def test_x_1a_refuses_transparency_with_its_page(see_through):
    with pytest.raises(Unprintable, match="page 1 shows something half transparent") as refusal:
        to_press(see_through, press(Standard.X1A))
    assert "X-4" in refusal.value.hint


def test_x_1a_refuses_a_picture_with_soft_edges(rendered):
    with pytest.raises(Unprintable, match="a picture with half transparent parts"):
        to_press(rendered('<img src="soft.png" alt="x">'), press(Standard.X1A))


# The slug, and what the print shop is given


def slug_html(tag: str, title: str) -> str:
    theme = Theme((BUILT_IN,))
    templates = Templates(theme, Interface(()), tag)
    cover = Cover("book", safe(title), safe(""))
    return compose_slug(cover, language=language(tag), templates=templates, theme=theme)


@pytest.mark.parametrize(("tag", "title"), [("az", "Xocalı"), ("fa", "خوجالی")])
def test_every_page_has_its_slug_on_every_plate(printer, opaque, tmp_path, tag, title):
    delivery = printer(deliver, opaque, press(), slug_html(tag, title), (BUILT_IN,), f"book.{tag}")
    slugs = [page.strip().splitlines()[-1] for page in extracted(delivery.pdf, tmp_path, "-layout").split("\f")[:4]]
    assert delivery.diagnostics == ()
    assert [title in slug for slug in slugs] == [True] * 4
    assert [f"{number} / 4" in slug for number, slug in enumerate(slugs, 1)] == [True] * 4
    below = [plate.crop((0, plate.height - 14, plate.width, plate.height)).tobytes() for plate in
             separated(delivery.pdf, tmp_path)[0].values()]  # fmt: skip
    assert (len(set(below)), any(below[0])) == (1, True)


@pytest.mark.parametrize("tag", ["az", "fa"])
@pytest.mark.parametrize("pages", [3, 7, 112])
def test_slugs_of_a_few_pages_make_those_of_all(printer, tmp_path, tag, pages):
    numbers = [f"{number} / {pages}" for number in range(1, pages + 1)]
    assert printed_numbers(printer, tmp_path, slug_html(tag, "1 / 1"), pages) == numbers


def test_where_digits_are_no_glyphs_of_their_own_all_slugs_are_laid_out(printer, tmp_path):
    html = slug_html("az", "Xocalı").replace("content: var(--page)", "content: var(--page) ' ' var(--page)")
    numbers = [f"{number} / 12" for number in range(1, 13) for _ in range(2)]
    assert printed_numbers(printer, tmp_path, html, 12) == numbers


def printed_numbers(printer, folder: Path, html: str, pages: int) -> list[str]:
    """Return the numbers in the slugs of so many pages."""
    made = printer(render_slugs, html, (BUILT_IN,), "book", pages, 120, "0123456789")
    return re.findall(rf"\d+ / {pages}\b", extracted(made.pdf, folder, "-layout"))


def test_fonts_of_the_slug_are_told_from_those_of_the_booklet(printer, opaque):
    delivery = printer(deliver, opaque, press(), slug_html("az", "Xocalı"), (BUILT_IN,), "book.az")
    with pikepdf.open(BytesIO(delivery.pdf)) as pdf:
        names = [
            str(item.FontName) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        ]
    assert len(set(names)) == len(names)


def test_what_cannot_be_printed_is_a_diagnostic(printer, see_through):
    delivery = printer(deliver, see_through, press(Standard.X1A), slug_html("az", "Xocalı"), (BUILT_IN,), "book.az")
    assert ([item.code for item in delivery.diagnostics], delivery.pdf) == (["unprintable"], b"")


def test_a_spine_on_the_right_is_said(opaque):
    with pikepdf.open(BytesIO(to_press(opaque, press(right_to_left=True)))) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == Name.R2L


def test_the_screen_shows_no_bleed(printer):
    style = f"{one_font()} @page {{ size: A5; bleed: 3mm }}"
    head = f'<!doctype html><html lang="en"><head><title>x</title><style>{style}</style></head>'
    booklet = printer(make_booklet, f"{head}<body><h1>x</h1></body></html>", (BUILT_IN,), "book.en", False)
    with pikepdf.open(BytesIO(booklet.files["screen"])) as pdf:
        sizes = {
            (round(float(page.mediabox[2])), round(float(page.mediabox[3])), "/BleedBox" in page) for page in pdf.pages
        }
    assert sizes == {(420, 595, False)}
