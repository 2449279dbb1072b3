"""Covers of bound booklets: how thick their spines are, what stands where, and codes that scanners read."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from conftest import FONTS, SILENCE, codes, one_face, request_for
from PIL import Image

from stele import pipeline
from stele.diagnostics import Stage
from stele.language.tags import language
from stele.print import cover
from stele.print.composition import Cover
from stele.print.pdf import render
from stele.sources.isbn import thirteen_digits
from stele.sources.printing import PRODUCTS, TRIM_MM, Printing
from stele.sources.project import Edition, read_project
from stele.sources.templating import Templates, safe
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface
from stele.web import addresses

if TYPE_CHECKING:
    from stele.diagnostics import Diagnostic

MM = 72 / 25.4
ISBN = "978-3-16-148410-0"
PERFECT = Printing(binding="perfect")
WEB = "https://example.org/khojaly"
TITLES = {
    "az": ("Xocalı, 26 fevral 1992", "Təşkilatınız"),
    "en": ("Khojaly, 26 February 1992", "Your organisation"),
    "fa": ("خوجالی، ۲۶ فوریهٔ ۱۹۹۲", "سازمان شما"),
}


@dataclass(frozen=True)
class Made:
    """A cover in a language."""

    pdf: bytes
    diagnostics: tuple[Diagnostic, ...]
    spread: cover.Spread


@dataclass(frozen=True)
class Word:
    """A word, and its edges in mm from the upper left corner of the trimmed sheet."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def composed(tag: str, *, printing: Printing, edition: Edition, title: str = "", web: str = WEB) -> cover.Wrapper:
    theme = Theme((BUILT_IN,))
    name, organisation = TITLES[tag]
    return cover.compose(
        Cover("book", safe(title or name), safe("")),
        edition,
        printing,
        language=language(tag),
        site={"organisation": organisation, "contact": "book@example.org"},
        stage=Stage.FINAL,
        templates=Templates(theme, Interface(()), tag),
        theme=theme,
        web=addresses.home(web, tag),
    )


@pytest.fixture(scope="module")
def made(printer):
    """Return a function that makes a cover, the same one only once."""
    kept: dict[object, Made] = {}

    def make(
        tag: str, pages: int, *, isbn: str = ISBN, printing: Printing = PERFECT, title: str = "", web: str = WEB
    ) -> Made:
        key = (tag, pages, isbn, printing, title, web)
        if key not in kept:
            wrapper = composed(tag, printing=printing, edition=Edition("book", None, isbn=isbn), title=title, web=web)
            kept[key] = Made(
                *printer(cover.render_cover, wrapper, pages, (BUILT_IN,), f"book.{tag}"), cover.spread(pages, wrapper)
            )
        return kept[key]

    return make


def words(made: Made) -> list[Word]:
    """Return the words of a cover, whichever way they are turned."""
    command = ["pdftotext", "-bbox", "-", "-"]
    found = subprocess.run(command, input=made.pdf, capture_output=True, check=True).stdout.decode()
    edges = re.findall(r'<word xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">(.+)</word>', found)
    return [Word(text, *(float(edge) / MM - cover.BLEED_MM for edge in box)) for *box, text in edges]


def scanned(made: Made) -> list[tuple[str, str]]:
    """Return what a scanner reads on a cover: kinds and contents."""
    command = ["pdftoppm", "-r", "200", "-png", "-"]
    picture = subprocess.run(command, input=made.pdf, capture_output=True, check=True).stdout
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    return sorted((str(item.format.name), item.text) for item in found)


def on_spine(made: Made) -> list[Word]:
    """Return the words of the spine from its head to its foot."""
    first, last = made.spread.page_width_mm, made.spread.page_width_mm + made.spread.spine_mm
    return sorted((word for word in words(made) if first < (word.left + word.right) / 2 < last), key=lambda w: w.top)


# --- measures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "printing", "thick_mm"),
    [
        (48, Printing(binding="perfect"), 2.4),
        (100, Printing(binding="perfect"), 5.0),
        (200, Printing(binding="perfect"), 10.0),
        (200, Printing(binding="perfect", cover_mm=0.3), 10.6),
        (200, Printing(binding="signatures", caliper_mm=0.162), 16.2),
        (60, Printing(binding="saddle"), 0.0),
    ],
)
def test_a_spine_is_as_thick_as_its_leaves(pages, printing, thick_mm):
    assert cover.spine_mm(pages, printing) == thick_mm


def test_every_format_of_a_booklet_has_a_size():
    assert set(TRIM_MM) == set(PRODUCTS["booklet"])


@pytest.mark.parametrize(("spine_mm", "folds"), [(10.0, (419.5276, 447.874)), (0.0, (419.5276,))])
def test_it_is_folded_at_both_edges_of_the_spine_or_once(spine_mm, folds):
    assert cover.Spread(148, 210, spine_mm).fold_x_pt == folds


@pytest.mark.parametrize("tag", ["az", "fa"])
@pytest.mark.parametrize(("pages", "width_mm"), [(200, 306.0), (48, 298.4)])
def test_the_boxes_are_those_of_a_print_shop(made, tag, pages, width_mm):
    with pikepdf.open(BytesIO(made(tag, pages).pdf)) as document:
        (sheet,) = document.pages
        trim = [round(float(edge) / MM, 1) for edge in sheet.trimbox]
        boxes = [[round(float(edge) / MM, 1) for edge in box] for box in (sheet.mediabox, sheet.obj.BleedBox)]
    assert (trim, boxes) == ([0, 0, width_mm, 210], [[-3, -3, width_mm + 3, 213]] * 2)


@pytest.mark.parametrize("name", ["a4", "half-letter", "square"])
def test_every_format_is_set_on_one_sheet(printer, name):
    wrapper = composed("az", printing=PERFECT, edition=Edition("book", None, format=name, isbn=ISBN))
    data, found = printer(cover.render_cover, wrapper, 200, (BUILT_IN,), "book.az")
    width, height = TRIM_MM[name]
    with pikepdf.open(BytesIO(data)) as document:
        sizes = [[round(float(edge) / MM, 1) for edge in sheet.trimbox] for sheet in document.pages]
    assert (sizes, found) == ([[0, 0, 2 * width + 10, height]], ())


# --- what stands where --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tag", "front_is_left"), [("az", False), ("en", False), ("fa", True)])
def test_the_front_is_where_a_book_of_the_language_opens(made, tag, front_is_left):
    spread = made(tag, 200).spread
    back = next(word for word in words(made(tag, 200)) if word.text == "book@example.org")
    middle_mm = spread.page_width_mm / 2
    expected = spread.width_mm - middle_mm if front_is_left else middle_mm
    assert round((back.left + back.right) / 2 - expected, 1) == 0


@pytest.mark.parametrize(("tag", "head"), [("az", "1992"), ("en", "Khojaly,"), ("fa", "خوجالی،")])
def test_a_title_runs_along_the_spine_as_is_the_custom(made, tag, head):
    found = [word.text for word in on_spine(made(tag, 200))]
    # Poppler gives letters from right to left as they are seen, with marks of direction.
    first = found[0].strip("\u200e\u200f")[:: -1 if tag == "fa" else 1]
    assert (len(found), first) == (len(TITLES[tag][0].split()), head)


@pytest.mark.parametrize("tag", ["az", "fa"])
def test_a_thin_spine_has_no_title(made, tag):
    assert on_spine(made(tag, 48)) == []


def test_a_title_that_is_longer_than_the_spine_is_reported(made):
    found = made("en", 200, title="A title that says everything there is to say. " * 4).diagnostics
    assert {item.code for item in found} == {"overfull-box"}


@pytest.mark.parametrize("tag", ["az", "en", "fa"])
@pytest.mark.parametrize("pages", [48, 200])
def test_nothing_is_near_an_edge_or_a_fold(made, tag, pages):
    spread = made(tag, pages).spread
    panels = [(0, spread.page_width_mm), (spread.page_width_mm + spread.spine_mm, spread.width_mm)]
    spine = {word.text for word in on_spine(made(tag, pages))}
    outside = [
        word
        for word in words(made(tag, pages))
        if word.text not in spine
        and not (
            any(left + 5 <= word.left and word.right <= right - 5 for left, right in panels)
            and word.top >= 5
            and word.bottom <= spread.page_height_mm - 5
        )
    ]
    assert outside == []


def test_letters_of_the_narrowest_spine_stay_within_it(made):
    thin = made("az", 100)
    edges = (thin.spread.page_width_mm, thin.spread.page_width_mm + thin.spread.spine_mm)
    assert all(edges[0] < word.left and word.right < edges[1] for word in on_spine(thin))
    assert len(on_spine(thin)) == 4


# --- codes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["az", "fa"])
def test_the_codes_say_where_the_web_edition_is_and_which_book_this_is(made, tag):
    read = scanned(made(tag, 200))
    assert read == [("EAN13", "9783161484100"), ("QRCode", f"https://example.org/khojaly/{tag}/")]


def test_without_an_address_and_a_number_there_are_no_codes(made):
    assert scanned(made("az", 200, isbn="", web="")) == []


@pytest.mark.parametrize("isbn", [ISBN, "9783161484100", "979-12-200-0852-5"])
def test_an_isbn_is_taken_as_it_is_written(isbn):
    assert thirteen_digits(isbn) == isbn.replace("-", "")


@pytest.mark.parametrize(
    ("isbn", "reason"),
    [
        ("978-3-16-148410-7", "the last would be 0"),
        ("3-16-148410-X", "it has 13 digits"),
        ("٩٧٨٣١٦١٤٨٤١٠٠", "it has 13 digits"),
        ("123-3-16-148410-0", "it begins with 978 or 979"),
    ],
)
def test_what_is_no_isbn_is_refused_with_the_reason(isbn, reason):
    with pytest.raises(ValueError, match=reason):
        thirteen_digits(isbn)


# --- as a whole ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["az", "fa"])
def test_it_is_silent_accessible_and_the_same_each_time(made, printer, tag):
    profile = page_validation.ValidationProfile.PDF_UA_1
    first = made(tag, 200)
    wrapper = composed(tag, printing=PERFECT, edition=Edition("book", None, isbn=ISBN))
    second, _ = printer(cover.render_cover, wrapper, 200, (BUILT_IN,), f"book.{tag}")
    report = page_validation.validate_pdf_bytes(first.pdf, profile=profile)
    assert (first.diagnostics, report.is_compliant, first.pdf == second) == ((), True, True)


def test_an_edition_that_is_used_for_a_cover_has_one(project):
    editions = (
        f'[[editions]]\nname = "book"\nuses = ["screen", "cover"]\nisbn = "{ISBN}"\n'
        '[print]\nbinding = "perfect"\ncover_mm = 0.3\n'
    )
    folder = project({"content/page.md": "# Page\n\nText.\n", FONTS: one_face()}, editions=editions)
    outcome = pipeline.build(request_for(folder), SILENCE)
    with pikepdf.open(folder / "output/booklets/book.en.cover.pdf") as document:
        left, _, right, _ = map(float, document.pages[0].trimbox)
        intent = str(document.Root.OutputIntents[0].S)
    with pikepdf.open(folder / "output/booklets/book.en.screen.pdf") as document:
        inner = len(document.pages) - 2  # without its own cover, and with a blank page to fill the last leaf
    expected_mm = round(2 * 148 + inner / 2 * 0.1 + 0.6, 1)
    assert (round((right - left) / MM, 1), intent, codes(outcome)) == (expected_mm, "/GTS_PDFX", set())


def test_a_board_that_no_press_takes_is_refused(project):
    folder = project({}, editions="[print]\ncover_mm = 3.0\n")
    _, found = read_project(folder)
    assert [str(item.location) for item in found] == ["content/site.toml:5"]


def test_a_block_that_is_glued_has_no_cover_pages_and_a_whole_number_of_leaves(printer):
    body = "".join(f"<p style='break-before: page'>page {number}</p>" for number in range(1, 9))
    style = "<style>@page { size: A5; bleed: 3mm } body { margin: 0 }</style>"
    fonts = f'<link rel="stylesheet" href="{(BUILT_IN / FONTS.removeprefix("templates/")).as_uri()}">'
    html = f'<html lang="en"><title>x</title>{fonts}{style}<body style="font-family: Stele Serif">{body}</body></html>'
    inner = cover.block(printer(render, html, (BUILT_IN,), "book.en").pdf)
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(inner)]
    with pikepdf.open(BytesIO(inner)) as document:
        boxes = {tuple(map(float, page.mediabox)) for page in document.pages}
    assert (texts, len(boxes)) == (["page 3", "page 4", "page 5", "page 6", "page 7", ""], 1)
