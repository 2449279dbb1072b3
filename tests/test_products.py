"""Leaflets, posters, cards, letters, panels, and booklets in other formats: real ones, opened and measured."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from itertools import pairwise

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from conftest import FONTS, SILENCE, lines, one_face, request_for
from PIL import Image

from stele import pipeline
from stele.print.rolls import set_rolls
from stele.sources import fragments
from stele.sources.addressees import Addressee, of_language, read_addressees
from stele.sources.project import Edition
from stele.sources.theme import BUILT_IN

POINTS_PER_MM = 72 / 25.4
PRODUCTS = ("leaflet", "poster", "programme", "letter", "panel")
# Words that stand nowhere else tell where a part of the text was printed.
TEXT = """---
title: Aleph
description: Beth
---

Gimel.

## Alpha

Alpha stands first.

## Beta

Beta stands second.

## Gamma

Gamma stands third.
"""
FOURTH = "\n## Delta\n\nDelta folds in.\n"
TWO_PAGES = "".join(f"\nThis is sentence {number} of a long text, which goes on and on.\n" for number in range(36))
PEOPLE = (
    "name,office,address,salutation,language\nA. One,First Office,1 Street; Town,Dear A.:,en\n,Second Office,,,en\n"
)


def editions(*products: str, form: str = "") -> str:
    tables = ['[imprint]\norganisation = "Omega"\n[web]\naddress = "https://example.org/omega"\n']
    for name in products:
        people = 'addressees = "people.csv"\n' if name == "letter" else ""
        tables.append(f'[[editions]]\nname = "{name}"\nproduct = "{name}"\ndocuments = ["{name}"]\n{people}{form}')
    return "\n".join(tables)


def text_of(product: str) -> str:
    text = TEXT + (FOURTH if product == "leaflet" else "")
    return text.partition("\n## Beta")[0] + "\n" if product == "poster" else text


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build every product in a left-to-right and a right-to-left language once; return its PDFs by name."""
    root = tmp_path_factory.mktemp("products")
    (root / "content").mkdir()
    site = 'title = "Test"\nsource_language = "en"\nlanguages = ["en", "fa"]\n'
    (root / "content/site.toml").write_text(site + editions(*PRODUCTS))
    (root / "content/people.csv").write_text(PEOPLE)
    (root / "templates/shared").mkdir(parents=True)
    naskh = (BUILT_IN / "shared/fonts/Amiri_400Regular.woff2").as_uri()
    (root / FONTS).write_text(f'{one_face()} @font-face {{ font-family: "Stele Naskh"; src: url({naskh}) }}')
    for name in PRODUCTS:
        (root / f"content/{name}.md").write_text(text_of(name))
        (root / f"content/{name}.fa.md").write_text(text_of(name))
    outcome = pipeline.build(request_for(root), SILENCE)
    assert outcome.made, lines(outcome)
    return lambda name: root / "output" / "booklets" / f"{name}.pdf"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and where it stands on its page in mm."""

    page: int
    left: float
    right: float
    bottom: float


def words_of(path) -> dict[str, Word]:
    """Return the words of a PDF, each where it stands last."""
    command = ["pdftotext", "-bbox", path, "-"]
    html = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found, folio = {}, 0
    for line in html.splitlines():
        folio += line.strip().startswith("<page ")
        if word := re.search(r'xMin="(.+)" yMin=".+" xMax="(.+)" yMax="(.+)">(.+)</word>', line):
            found[word[4].strip(".,").capitalize()] = Word(folio, *(float(word[i]) / POINTS_PER_MM for i in (1, 2, 3)))
    return found


def sizes_mm(path) -> set[tuple[float, float]]:
    with pikepdf.open(path) as pdf:
        boxes = [[float(number) for number in page.mediabox] for page in pdf.pages]
    return {tuple(round((box[i + 2] - box[i]) / POINTS_PER_MM, 1) for i in (0, 1)) for box in boxes}


# --- pages and sheets ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "pages", "size", "duplex"),
    [
        ("leaflet.en.screen", 2, (297, 210), None),
        ("leaflet.en.office", 2, (297, 210), "/DuplexFlipShortEdge"),
        ("poster.en.office", 1, (297, 420), "/Simplex"),
        ("programme.en.screen", 4, (148, 210), None),
        ("programme.fa.office", 2, (297, 210), "/DuplexFlipShortEdge"),
        ("letter.en.office", 4, (210, 297), "/DuplexFlipLongEdge"),
        ("panel.fa.office", 1, (850, 2000), "/Simplex"),
    ],
)
def test_pages_have_their_trim_size_and_printers_are_told_how_to_turn_them(built, name, pages, size, duplex):
    with pikepdf.open(built(name)) as pdf:
        actual = len(pdf.pages), sizes_mm(built(name)), pdf.Root.ViewerPreferences.get("/Duplex")
    assert actual == (pages, {size}, duplex)


@pytest.mark.parametrize("name", [f"{product}.{tag}.screen" for product in PRODUCTS for tag in ("en", "fa")])
def test_a_product_can_be_read_aloud(built, name):
    report = page_validation.validate_pdf(str(built(name)), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert (report.is_compliant, report.failures) == (True, [])


@pytest.mark.parametrize("name", ["leaflet.fa.screen", "poster.en.screen", "programme.en.screen", "panel.fa.screen"])
def test_a_code_leads_to_the_site_in_the_language_of_readers(built, name):
    resolution = "30" if "panel" in name else "150"
    command = ["pdftoppm", "-r", resolution, "-png", built(name), built(name).parent / name]
    subprocess.run(command, check=True)
    pictures = sorted(built(name).parent.glob(f"{name}-*.png"))
    found = [item.text for picture in pictures for item in zxingcpp.read_barcodes(Image.open(picture))]
    assert found == [f"https://example.org/omega/{name.split('.')[1]}/"]


# --- leaflets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "panels"),
    [
        # The panel that folds in is 97 mm wide, those beside it are 100.
        ("en", {"Delta": (1, 0, 97), "Omega": (1, 97, 297), "Aleph": (1, 197, 297),
                "Alpha": (2, 0, 100), "Beta": (2, 100, 200), "Gamma": (2, 200, 297)}),
        ("fa", {"Aleph": (1, 0, 100), "Omega": (1, 0, 200), "Delta": (1, 200, 297),
                "Alpha": (2, 197, 297), "Beta": (2, 97, 197), "Gamma": (2, 0, 97)}),
    ],
)  # fmt: skip
def test_panels_follow_the_folds_in_either_direction(built, tag, panels):
    words = words_of(built(f"leaflet.{tag}.screen"))
    for name, (page, left, right) in panels.items():
        word = words[name]
        assert (name, word.page, left + 8 < word.left, word.right < right - 8) == (name, page, True, True)


def test_the_front_is_printed_beyond_the_edge_of_the_sheet(built):
    image = pypdfium2.PdfDocument(built("leaflet.en.screen"))[0].render(scale=1).to_pil()
    width, height = image.size
    corners = [image.getpixel((x, y)) for x in (width - 1, width - 270) for y in (0, height - 1)]
    beside = image.getpixel((width - 300, 0))
    assert ({*corners}, beside) == ({(110, 31, 43)}, (255, 255, 255))


# --- cards --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tag", "front_is_right"), [("en", True), ("fa", False)])
def test_the_front_of_a_card_lies_where_its_readers_open_it(built, tag, front_is_right):
    words = words_of(built(f"programme.{tag}.office"))
    fold = 297 / 2
    outside = words["Aleph"].page, words["Aleph"].left > fold, words["Gamma"].page, words["Gamma"].left > fold
    inside = words["Alpha"].page, words["Alpha"].left > fold, words["Beta"].page, words["Beta"].left > fold
    assert outside == (1, front_is_right, 1, not front_is_right)
    assert inside == (2, not front_is_right, 2, front_is_right)


# --- letters ------------------------------------------------------------------------------------------------------


def test_each_addressee_has_a_letter_with_a_bookmark_and_labels(built):
    document = pypdfium2.PdfDocument(built("letter.en.screen"))
    texts = [page.get_textpage().get_text_range() for page in document]
    labels = [document.get_page_label(index) for index in range(len(document))]
    bookmarks = [(item.get_title(), item.get_dest().get_index()) for item in document.get_toc()]
    assert labels == ["A. One 1", "A. One 2", "Second Office 1", "Second Office 2"]
    assert bookmarks == [("A. One", 0), ("Second Office", 2)]
    assert ["Dear A.:" in text for text in texts] == [True, False, False, False]
    assert ["Signature" in text.title() and "Gamma stands third" in text for text in texts] == [False, True] * 2


def test_the_address_stands_in_the_window_of_an_envelope(built):
    # DIN 5008, form B: 20 to 105 mm from the left edge, and 45 to 90 mm from the upper one
    words = words_of(built("letter.en.screen"))
    office = words["Town"]
    assert (office.page, office.left > 20, office.right < 105, 45 < office.bottom < 90) == (1, True, True, True)


def test_a_letter_without_an_addressee_in_a_language_is_open(built):
    assert len(pypdfium2.PdfDocument(built("letter.fa.screen"))) == 2


LETTER = Edition("letter", ("letter",), product="letter", addressees="people.csv")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("name,adress\nA,B\n", ["content/people.csv:1 there is no column 'adress'"]),
        ("name,name\nA,B\n", ["content/people.csv:1 two columns have one name"]),
        ("name,office\n,\nA,B\n, \n", []),
        ("name,address\n,Street\n", ["content/people.csv:2 the row names nobody"]),
        ("name,language\nA,pt\n", ["content/people.csv:2 'pt' is no language of this project"]),
        ('name,address\nA,"Street\n1"\nB,C,D\n', ["content/people.csv:4 a cell of the row stands below no column"]),
        ('name,address\nA,"Street\n', ["content/people.csv:2 the row cannot be read: unexpected end of data"]),
        (None, ["content/site.toml edition 'letter' has its addressees in content/people.csv, which is no file"]),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_line(tmp_path, table, expected):
    (tmp_path / "content").mkdir()
    if table is not None:
        (tmp_path / "content/people.csv").write_text(table)
    _, found = read_addressees(LETTER, tmp_path, ["en"])
    assert [f"{item.location} {item.message}" for item in found] == expected


def test_lines_of_an_address_are_parted_by_semicolons_or_new_lines(tmp_path):
    (tmp_path / "content").mkdir()
    table = '\ufeffoffice;name;address;language\r\nOffice;;"1 Street; Town\nCountry";\r\n;Anna;;az\r\n'
    (tmp_path / "content/people.csv").write_bytes(table.encode())
    found, told = read_addressees(LETTER, tmp_path, ["en", "az"])
    file = "content/people.csv"
    office = Addressee(file, 2, office="Office", address=("1 Street", "Town", "Country"))
    anna = Addressee(file, 4, name="Anna", language="az")
    assert (found, told) == ((office, anna), ())
    assert (of_language(found, "en"), of_language(found, "az")) == ((office,), (office, anna))


# --- panels -------------------------------------------------------------------------------------------------------


def test_nothing_stands_where_the_cassette_hides_the_panel(built):
    assert max(word.bottom for word in words_of(built("panel.en.screen")).values()) < 1900


# --- what does not fit --------------------------------------------------------------------------------------------


SENTENCES = "Someone reads, someone lights a candle, and all are silent. " * 60
CATALOG = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Gather."
msgstr "%s"

msgid "Poster"
msgstr "Afişa"
"""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """Build products whose texts are too long once; return what was told of them, and what was made."""
    root = tmp_path_factory.mktemp("crowded")
    site = 'title = "Test"\nsource_language = "en"\nlanguages = ["en", "az"]\n'
    leaflet = TEXT.replace("Beta stands second.", SENTENCES) + FOURTH + FOURTH.replace("Delta", "Epsilon")
    files = {
        "content/site.toml": site + editions("poster", "leaflet", "letter"),
        "content/poster.md": "---\ntitle: Poster\n---\n\nGather.\n",
        "locales/az/LC_MESSAGES/poster.po": CATALOG % ("Kimsə oxuyur, kimsə şam yandırır. " * 50),
        "content/leaflet.md": leaflet,
        "content/leaflet.az.md": TEXT,
        "content/letter.md": TEXT,
        "content/letter.az.md": TEXT,
        "content/people.csv": f"name,address,language\nA,{';'.join(map(str, range(12)))},en\n",
        FONTS: one_face(),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    outcome = pipeline.build(request_for(root), SILENCE)
    return [item for item in outcome.diagnostics if item.code == "does-not-fit"], outcome.made


def test_what_does_not_fit_is_told_where_it_is_to_be_shortened_and_nothing_is_published(crowded):
    found, made = crowded
    places = [str(item.location) for item in found]
    expected = ["content/leaflet.md", "content/leaflet.md", "content/people.csv:2", "locales/az/LC_MESSAGES/poster.po"]
    assert (places, made) == (expected, ())


def test_it_is_told_by_its_beginning_and_by_how_much_it_is_too_long(crowded):
    messages = [item.message for item in crowded[0]]
    assert re.fullmatch(
        r"poster.az: p\. 1: column below the carnations: "
        r"the text “Kimsə oxuyur, kimsə şam yandırır. Kimsə …” is too long "
        r"\(lines too many: about \d\d, characters: 1,\d\d\d\)",
        messages[3],
    )
    found = re.findall(r"panel 2 inside.* (\d+), characters: ([\d,]+)", messages[0])[0]
    lines_, characters = (int(number.replace(",", "")) for number in found)
    room = len(SENTENCES) - characters  # what fits is about 30 lines of 35 characters
    assert (900 < room < 1500, 30 < characters / lines_ < 48) == (True, True)


def test_a_section_without_a_place_is_told(crowded):
    expected = "leaflet.en: there is no place for “Epsilon”; sections that this product (leaflet) holds: 4"
    assert crowded[0][1].message == expected


# --- the site and the audit ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_letters(tmp_path_factory):
    """Build two letters of three pages beside a booklet once; return the folder of what was made."""
    root = tmp_path_factory.mktemp("letters")
    site = 'title = "Test"\nsource_language = "en"\nlanguages = ["en"]\n'
    files = {
        "content/site.toml": f'{site}{editions("letter")}[[editions]]\nname = "book"\n',
        "content/letter.md": TEXT.replace("Gimel.", "Gimel." + TWO_PAGES),
        "content/page.md": "# A page\n\nText.\n",
        "content/people.csv": PEOPLE,
        FONTS: one_face(),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    outcome = pipeline.build(request_for(root), SILENCE)
    assert outcome.made, lines(outcome)
    return root / "output"


def test_each_letter_begins_on_a_sheet_of_its_own(long_letters):
    document = pypdfium2.PdfDocument(long_letters / "booklets/letter.en.screen.pdf")
    starts = [item.get_dest().get_index() for item in document.get_toc()]
    has_text = ["sentence" in page.get_textpage().get_text_range() for page in document]
    assert (starts, has_text) == ([0, 4], [True, True, False, False, True, True, False])


def test_what_is_for_paper_alone_stays_off_the_site(long_letters):
    pages = [name for name in ("page", "poster", "letter") if (long_letters / "site/en" / name).exists()]
    book = words_of(long_letters / "booklets/book.en.screen.pdf")
    assert (pages, "Text" in book, "Gimel" in book) == (["page"], True, False)


def test_editions_of_what_is_for_paper_alone_are_audited(project):
    files = {
        "content/poster.md": "---\ntitle: Come\n---\n\nIn 2023 there were 1000 people.\n",
        "content/poster.az.md": "---\ntitle: Gəlin\n---\n\n2023-cü ildə 1200 nəfər var idi.\n",
        FONTS: one_face(),
    }
    outcome = pipeline.build(request_for(project(files, ("en", "az"), editions("poster"))), SILENCE)
    found = [item.message for item in outcome.diagnostics if item.code == "drifted-number"]
    assert [message.partition(":")[0] for message in found] == ["site/az/poster/index.html"] * len(found)
    assert "1200" in " ".join(found)


def test_what_a_template_leaves_out_is_found(project):
    template = """<!DOCTYPE html><html lang="en"><head><title>x</title>
<link rel="stylesheet" href="{{ stylesheet('shared/fonts.css') }}"><style>* { font-family: "Stele Serif" }</style>
</head><body><h1>{{ parts.title }}</h1><p>{{ parts.description }}</p>{{ parts.sections[0].html }}</body></html>"""
    files = {"content/poster.md": text_of("poster"), "templates/poster/poster.html": template, FONTS: one_face()}
    outcome = pipeline.build(request_for(project(files, editions=editions("poster"))), SILENCE)
    found = [item.message for item in outcome.diagnostics if item.code == "editions-disagree"]
    assert found == ["booklets/poster.en.screen.pdf: the site has “gimel”, the PDF does not, or not as often"]


# --- booklets in other formats ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def booklets(tmp_path_factory):
    """Build a booklet in every format once; return their PDFs by name."""
    root = tmp_path_factory.mktemp("formats")
    (root / "content").mkdir()
    (root / "templates/shared").mkdir(parents=True)
    (root / FONTS).write_text(one_face())
    forms = "".join(f'[[editions]]\nname = "{name}"\nformat = "{name}"\n' for name in SIZES)
    site = 'title = "Test"\nsource_language = "en"\nlanguages = ["en"]\n'
    (root / "content/site.toml").write_text(site + forms)
    (root / "content/page.md").write_text("# A page\n\n" + "Some words that go on and on. " * 90)
    outcome = pipeline.build(request_for(root), SILENCE)
    assert outcome.made, lines(outcome)
    return lambda name: root / "output" / "booklets" / f"{name}.pdf"


SIZES = {
    "a4": ((210, 297), (420, 297), 15),
    "half-letter": ((139.7, 215.9), (279.4, 215.9), 13.5),
    "square": ((210, 210), (420, 297), 13.5),
}


@pytest.mark.parametrize("name", SIZES)
def test_a_booklet_has_its_format_its_sheets_and_its_grid(booklets, name):
    page, sheet, line_pt = SIZES[name]
    assert (sizes_mm(booklets(f"{name}.en.screen")), sizes_mm(booklets(f"{name}.en.office"))) == ({page}, {sheet})
    textpage = pypdfium2.PdfDocument(booklets(f"{name}.en.screen"))[8].get_textpage()
    words = textpage.get_text_range()
    starts = [found.start() for found in re.finditer("Some", words)]
    heights = sorted({round(textpage.get_charbox(start, loose=True)[3], 1) for start in starts})
    steps = [(upper - lower) / line_pt for lower, upper in pairwise(heights)]
    assert steps
    assert [abs(step - round(step)) < 0.02 for step in steps] == [True] * len(steps)


@pytest.mark.parametrize(("name", "lines_of_page"), [("a5", 36), ("a4", 52), ("half-letter", 37), ("square", 35)])
def test_a_roll_fills_the_pages_of_the_format(name, lines_of_page):
    people = "".join(f"<li>Name {number}</li>" for number in range(400))
    root = fragments.parse(f'<div class="names columns-2"><ul>{people}</ul></div>')
    set_rolls(root, "en", name)
    page = root.find_class("roll-page")[0]
    assert page.get("style") == f"--lines: {lines_of_page}"
