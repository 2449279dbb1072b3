"""Rolls of thousands: what is left of them in HTML, how columns are filled, and the pages that are drawn."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from conftest import BUILT_IN
from pypdfium2 import PdfDocument

from stele.audit.ink import read_back
from stele.print.finishing import finish
from stele.print.imposition.office import impose
from stele.print.pdf import render
from stele.print.roll.filling import height, sheets
from stele.print.roll.furniture import counted
from stele.print.roll.lines import Line, Rows
from stele.print.roll.names import DETAILS, Letter, Roll, leave_plain, taken_out
from stele.print.rolls import set_rolls
from stele.sources import fragments

FONTS = BUILT_IN / "shared" / "fonts"
SHEETS = ("letters", "booklet", "ledger", "rolls")
LETTERS = {"en": "ABCDEFGH", "fa": "بپتجدرزس"}
GIVEN = {"en": ["Ida", "Mary Lou", "Ülkü", "Zoë"], "fa": ["صدف", "مه‌آور", "لاله", "گل‌افشان"]}
FAMILY = {"en": "damson", "fa": "خلیجبان"}
YEARS = {"en": "1900–1992", "fa": "۱۹۰۰–۱۹۹۲"}
OTHER = {"en": ('lang="fa" dir="rtl"', "خلیجبان لاله"), "fa": ('lang="en" dir="ltr"', "Adamson Mary Lou")}
LONG = {"en": "Aal-Huseyni-Montgomery-Fitzwilliam-Worcestershire-Cholmondeley-Featherstonehaugh Bartholomew", "fa": ""}
ODD = {tag: (OTHER[tag][1], LONG[tag]) for tag in OTHER}
COUNT = 1_001
READ = COUNT - 1  # PDFium turns round the line that has letters of both directions, whatever the file says


def names(tag: str) -> list[str]:
    """Return names in the order of their letters, one of them in another language and one wider than its column."""
    found = [f"{letter}{FAMILY[tag]} {given}" for letter in LETTERS[tag] for given in GIVEN[tag]]
    made = [found[at * len(found) // COUNT] for at in range(COUNT)]
    made[700] = OTHER[tag][1]
    made[5] = LONG[tag] or made[5]
    return made


def roll_html(tag: str) -> str:
    """Return a brief roll, whose years stand before a place; every fifth name is kin of the one above."""
    html, letter = '<div class="names columns-2 long brief">', ""
    for at, name in enumerate(names(tag)):
        first = letter if at == 700 else name[0]
        if first != letter:
            html += f'{"</ul></section>" if letter else ""}<section><h3 id="letter-{len(html)}">{first}</h3><ul>'
            letter = first
        kin = "kin" if at % 5 == 4 and html.count("<li", html.rfind("<ul>")) else ""
        said = f"<span {OTHER[tag][0]}>{name}</span>" if at == 700 else name
        details = f' <span class="details"><span class="years">{YEARS[tag]}</span>, Lanj</span>'
        html += f'<li class="household {kin}">{said}{details}</li>'
    return f"{html}</ul></section></div>"


# --- names --------------------------------------------------------------------------------------------------------


def test_of_a_brief_roll_names_and_years_are_left_with_who_belongs_together():
    html = (
        '<section><div class="names brief"><h3 id="a">A</h3><ul><li>Ann\u2060 <b>Lee</b>'
        ' <span class="details"><span class="years">1900</span>, Lanj</span></li><li class="household kin">Bo'
        ' <span class="details">Lanj</span></li><li><span lang="fa" dir="rtl">گل </span></li></ul></div>'
        "<p>2</p></section>"
    )
    root = fragments.parse(html)
    leave_plain(root.find_class("brief")[0])
    parts, rolls = taken_out(fragments.serialize(root))
    persian = "\x02@گل\x03"
    households = ((f"Ann Lee{DETAILS}1900", "Bo"), (persian,))
    assert rolls == [Roll((Letter("A", "a", households),), (("fa", "rtl"),))]
    assert parts == ["<section>", "<p>2</p></section>"]


def test_a_booklet_in_two_languages_has_its_rolls_as_elements():
    root = fragments.parse(roll_html("en"))
    set_rolls(root, "en", bilingual=True)
    assert len(root.find_class("roll-page")) > 4


# --- columns ------------------------------------------------------------------------------------------------------


def one_line(_name: str, _is_kin: bool) -> Rows:
    return (Line((), 0.0, 0.0),)


def filled(columns: int, lines: int):
    """Return the sheets of three letters with households of one to four names, each name on one line."""
    households = [("name",) * (at % 4 + 1) for at in range(50)]
    letters = [Letter(heading, heading, tuple(households[:size])) for heading, size in (("A", 17), ("B", 50), ("C", 9))]
    return sheets(letters, columns, lines, one_line)


@pytest.mark.parametrize(("columns", "lines"), [(2, 20), (3, 17), (4, 11)])
def test_no_letter_ends_a_column_and_columns_hold_what_they_can(columns, lines):
    made = filled(columns, lines)
    assert [column for sheet in made for column in sheet if column[-1].letter] == []
    assert max(height(column) for sheet in made for column in sheet) <= lines
    counts = [len(block.names) for sheet in made for column in sheet for block in column]
    assert sum(counts) == sum(at % 4 + 1 for size in (17, 50, 9) for at in range(min(size, 50)))


def test_the_columns_of_the_last_page_are_even():
    heights = [height(column) for column in filled(3, 24)[-1]]
    assert max(heights) - min(heights) <= 4


def test_a_household_that_no_column_holds_is_divided():
    made = sheets([Letter("A", "a", (("name",) * 9,))], 2, 6, one_line)
    assert [len(block.names) for column in made[0] for block in column] == [0, 1, 1, 1, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(("folio", "ahead", "expected"), [("9", 3, "12"), ("۹", 3, "۱۲"), ("ix", 3, "ix")])
def test_folios_are_counted_on_in_their_own_digits(folio, ahead, expected):
    assert counted(folio, ahead) == expected


# --- pages --------------------------------------------------------------------------------------------------------


def face(family: str, file: str) -> str:
    return f'@font-face {{ font-family: "{family}"; src: url({(FONTS / file).as_uri()}) }}'


def booklet_html(tag: str, before: str = "") -> str:
    """Return a chapter in the style of the theme, in which a roll stands between its letters and its number."""
    root = fragments.parse(roll_html(tag))
    anchors = [(item.get("id"), item.text) for item in root.iter("h3")]
    set_rolls(root, tag)
    links = "".join(f'<a href="#{anchor}">{letter}</a> ' for anchor, letter in anchors)
    styles = "".join(
        f'<link rel="stylesheet" href="{(BUILT_IN / "booklet" / f"{name}.css").as_uri()}">' for name in SHEETS
    )
    faces = face("Stele Serif", "NotoSerif_400Regular.woff2") + face("Stele Naskh", "Amiri_400Regular.woff2")
    digits = {"en": "decimal", "fa": "persian"}[tag]
    return (
        f'<html lang="{tag}" dir="{"rtl" if tag == "fa" else "ltr"}"><head><title>Names</title>'
        f"<style>{faces}</style>{styles}"
        f"<style>@counter-style folio {{ system: extends {digits} }}</style></head><body>"
        f'<p class="running-book">BOOK</p><p class="folio"></p><main>{before}<section class="chapter">'
        f'<p class="running-chapter">CHAPTER</p><h1>H</h1><p>Text</p><p>Text</p>'
        f'<p class="letters">{links}</p>{fragments.serialize(root)}'
        f'<p class="count">{COUNT}</p></section><section class="chapter"><h1>Z</h1></section></main></body></html>'
    )


@pytest.fixture(scope="module", params=["en", "fa"])
def made(request, printer):
    """Return the language, and the print of a booklet with a drawn roll."""
    return request.param, printer(render, booklet_html(request.param), (BUILT_IN,), "roll")


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page as PDFium reads it."""
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in PdfDocument(pdf)]


def words_of(text: str) -> list[str]:
    return text.replace("\u200f", "").split()


def test_every_name_is_found_in_its_order_with_its_years(made):
    tag, printed = made
    read = " ".join(words_of(" ".join(texts(printed.pdf)[1:])))
    assert read.count(YEARS[tag]) == READ
    places = [read.index(f"{name} {YEARS[tag]}") for name in dict.fromkeys(names(tag)) if name not in ODD[tag]]
    assert places == sorted(places)


def test_every_word_stands_in_its_place_and_can_be_seen_and_read(made):
    tag, printed = made
    screen = finish(printed.pdf, right_to_left=tag == "fa")
    assert (printed.diagnostics, printed.flaws, read_back(screen, printed.words, "roll").unreadable) == ((), (), ())
    assert {word.text for word in printed.words} >= {word for name in names(tag)[6:700] for word in name.split()}


def test_pages_have_their_heads_and_are_counted_through(made):
    tag, printed = made
    zero = ord(YEARS[tag][-1]) - 2
    pages = [words_of(text) for text in texts(printed.pdf)]
    drawn = [number for number, words in enumerate(pages, 1) if words.count(YEARS[tag]) > 4]
    assert drawn == list(range(2, 2 + len(drawn)))
    assert len(drawn) > 4
    for number in drawn:
        folio = "".join(chr(zero + int(digit)) for digit in str(number))
        assert folio in pages[number - 1]
        assert ("CHAPTER" if number % 2 else "BOOK") in pages[number - 1]


def test_letters_lead_to_the_pages_that_they_name(made):
    printed = made[1]
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        order = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        ends = pdf.Root.Names.Dests.Names
        pages = [order[ends[at][0].objgen] for at in range(1, len(ends), 2)]
    told = [int(number) for number in re.findall(r"\d+", texts(printed.pdf)[0])]
    assert sorted(told[: len(pages)]) == sorted(pages)
    assert len(set(pages)) > 3


def elements(element):
    """Yield the structure elements below one, in the order of reading."""
    for kid in element.K if isinstance(element.get("/K"), pikepdf.Array) else ():
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_each_name_is_an_item_of_the_list_below_its_letter(made):
    tag, printed = made
    with pikepdf.open(BytesIO(finish(printed.pdf, right_to_left=tag == "fa"))) as pdf:
        lists = [item for item in elements(pdf.Root.StructTreeRoot) if item.S == "/L"]
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        bodies = [item.K[0] for each in lists for item in each.K]
        owners = [parents[int(body.Pg.StructParents)][int(body.K[0])].objgen for body in bodies]
        assert [str(each.P.K[0].S) for each in lists] == ["/H3"] * len(LETTERS[tag])
        assert {str(body.S) for body in bodies} == {"/LBody"}
        assert owners == [body.objgen for body in bodies]
        assert len(owners) == COUNT


def test_the_sheets_of_an_office_have_all_names_and_their_structure(made):
    tag, printed = made
    sheets_pdf = impose(finish(printed.pdf, right_to_left=tag == "fa"), right_to_left=tag == "fa")
    assert sum(text.count(YEARS[tag]) for text in texts(sheets_pdf)) >= READ
    with pikepdf.open(BytesIO(sheets_pdf)) as pdf:
        assert sum(item.S == "/LBody" for item in elements(pdf.Root.StructTreeRoot)) == COUNT


@pytest.mark.parametrize("before", ["", '<section class="chapter"><h1>A</h1></section>'])
def test_what_follows_a_roll_stands_on_its_side_of_the_spread(printer, before):
    printed = printer(render, booklet_html("en", before), (BUILT_IN,), "roll")
    pages = [words_of(text) for text in texts(printed.pdf)]
    last = next(number for number, words in enumerate(pages, 1) if "1001" in words)
    assert str(last) in pages[last - 1]
