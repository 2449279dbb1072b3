"""Booklets in two languages: blocks beside each other in columns, spread by spread on facing pages, nothing lost."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

import page as page_validation
import pikepdf
import pytest
from conftest import FONTS, SILENCE, codes, lines, one_face, request_for

from stele import pipeline
from stele.language.tags import language
from stele.print.bilingual import wrapping
from stele.print.bilingual.columns import columns
from stele.print.bilingual.facing import facing
from stele.print.bilingual.pairing import Version
from stele.print.bilingual.spreads import Height, spreads
from stele.sources.printing import TRIM_MM
from stele.sources.theme import BUILT_IN

# A sentence that is short in one language and long in another; each block has words at its ends by which it is found.
SENTENCES = {
    "en": "The snow lay deep on the road that leads from the town to the hills. ",
    "az": "Şəhərdən dağlara aparan yolun üstündə dərin qar vardı. ",
    "ru": "Глубокий снег лежал на дороге, которая ведёт из города в горы. ",
    "fa": "برف سنگینی بر راهی که از شهر به کوه می‌رود نشسته بود. ",
}
TITLES = {"en": "The snow", "az": "Qar", "ru": "Снег", "fa": "برف"}
PAIRS = [("en", "az", "columns"), ("fa", "en", "columns"), ("en", "fa", "facing"), ("ru", "az", "facing")]
FACES = {"Stele Serif": "NotoSerif_400Regular", "Stele Naskh": "Amiri_400Regular"}
LENGTHS = (3, 1, 5, 2, 7, 1, 4, 6, 2, 3)
BLOCKS = len(LENGTHS)


@dataclass(frozen=True)
class Place:
    """Where a word stands: its page from 1, and the height of its middle from the top, in pt."""

    page: int
    height: float


def number(tag: str, block: int, end: str) -> str:
    """Return a number by which the beginning or the end of a block is found."""
    digits = str((5100 if end == "end" else 4100) + block)
    return digits.translate({ord(str(value)): ord("۰") + value for value in range(10)}) if tag == "fa" else digits


def text(tag: str) -> str:
    """Return a document of ten paragraphs, of which two call notes, two headings, a list and a table."""
    s = SENTENCES[tag]
    blocks = [f"{number(tag, i, 'begin')} {s * n}{number(tag, i, 'end')}." for i, n in enumerate(LENGTHS)]
    blocks[0] += "[^one]"
    blocks[7] += "[^two]"
    blocks.insert(3, f"## {TITLES[tag]}")
    blocks.insert(6, f"## {TITLES[tag]}")
    items = f"1. {s}\n2. {s * 2}\n\n| 1961 | 1962 |\n|---|---|\n| {s} | {s} |"
    return f"# {TITLES[tag]}\n\n" + "\n\n".join([*blocks, items, f"[^one]: {s}\n[^two]: {s * 2}\n"])


def site(ours: str, theirs: str, way: str) -> str:
    return (
        f'title = "Test"\nsource_language = "{ours}"\nlanguages = ["{theirs}"]\n'
        f'[[editions]]\nname = "book"\nbeside = "{theirs}"\nbilingual = "{way}"\nuses = ["screen"]\n'
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Return a function that prints a small project in two languages, once: its PDF, and the outcome."""
    made = {}

    def build(ours: str, theirs: str, way: str):
        key = (ours, theirs, way)
        if key not in made:
            folder = tmp_path_factory.mktemp("-".join(key))
            url = BUILT_IN / "shared" / "fonts"
            faces = [
                f'@font-face {{ font-family: "{family}"; src: url({(url / f"{file}.woff2").as_uri()}) }}'
                for family, file in FACES.items()
            ]
            files = {
                "content/site.toml": site(*key),
                "content/page.md": text(ours),
                f"content/page.{theirs}.md": text(theirs),
                FONTS: "\n".join(faces),
            }
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(content)
            outcome = pipeline.build(request_for(folder), SILENCE)
            made[key] = (folder / f"output/booklets/book.{ours}-{theirs}.screen.pdf", outcome)
        return made[key]

    return build


def places(path) -> dict[str, list[Place]]:
    """Return where each number of a PDF stands, from page to page and from left to right."""
    xml = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    found: dict[str, list[tuple[int, float, Place]]] = {}
    for sheet, page in enumerate(xml.split("<page ")[1:], 1):
        for left, top, bottom, name in re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', page
        ):
            place = Place(sheet, (float(top) + float(bottom)) / 2)
            for digits in re.findall(r"\d{4}", name):
                found.setdefault(digits, []).append((sheet, float(left), place))
    return {name: [place for *_, place in sorted(some, key=lambda item: item[:2])] for name, some in found.items()}


def pairs_of(path, ours: str, theirs: str, end: str) -> list[list[Place]]:
    """Return where each block of both languages begins or ends; the first stands first, or has digits of its own."""
    found = places(path)
    names = (dict.fromkeys((number(ours, block, end), number(theirs, block, end))) for block in range(BLOCKS))
    return [[place for name in each for place in found.get(name, ())] for each in names]


@pytest.mark.parametrize(("ours", "theirs", "way"), PAIRS)
def test_a_booklet_is_printed_without_a_question(printed, ours, theirs, way):
    path, outcome = printed(ours, theirs, way)
    found = codes(outcome) - {"untranslated", "wrong-language"}
    assert (path.exists(), found) == (True, set()), lines(outcome)


@pytest.mark.parametrize(("ours", "theirs", "way"), PAIRS)
def test_nothing_is_lost_and_nothing_printed_twice(printed, ours, theirs, way):
    path, _ = printed(ours, theirs, way)
    counts = [len(pair) for end in ("begin", "end") for pair in pairs_of(path, ours, theirs, end)]
    assert counts == [2] * 2 * BLOCKS


@pytest.mark.parametrize(("ours", "theirs", "way"), [pair for pair in PAIRS if pair[2] == "columns"])
def test_blocks_begin_beside_each_other(printed, ours, theirs, way):
    pairs = pairs_of(printed(ours, theirs, way)[0], ours, theirs, "begin")
    # Two scripts on one base line have their middles at different heights.
    apart = [(one, other) for one, other in pairs if one.page != other.page or abs(one.height - other.height) > 2.5]
    assert apart == []


@pytest.mark.parametrize(("ours", "theirs", "way"), [pair for pair in PAIRS if pair[2] == "facing"])
def test_blocks_face_each_other(printed, ours, theirs, way):
    path, _ = printed(ours, theirs, way)
    pairs = [pair for end in ("begin", "end") for pair in pairs_of(path, ours, theirs, end)]
    assert [(one.page % 2, other.page - one.page) for one, other in pairs] == [(0, 1)] * 2 * BLOCKS


@pytest.mark.parametrize(("ours", "theirs", "way"), PAIRS)
def test_the_booklet_is_pdf_ua_1_in_the_first_language(printed, ours, theirs, way):
    path, _ = printed(ours, theirs, way)
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    with pikepdf.open(path) as pdf:
        turns = pdf.Root.ViewerPreferences.get("/Direction") == "/R2L"
        found = (str(pdf.Root.Lang), turns, len(pdf.pages) % 4)
    assert (report.failures, found) == ([], (ours, ours == "fa", 0))


@pytest.mark.parametrize(("ours", "theirs", "way"), PAIRS)
def test_both_languages_call_their_notes_by_the_same_numbers(printed, ours, theirs, way):
    path, _ = printed(ours, theirs, way)
    raw = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    shown = raw.translate({ord("۰") + value: str(value) for value in range(10)})
    calls = [re.findall(rf"{end}\W*([12])\b|\b([12])\W*{end}", shown) for end in (5100, 5107)]
    assert [["".join(call) for call in each] for each in calls] == [["1", "1"], ["2", "2"]]


# --- in columns ---------------------------------------------------------------------------------------------------


def page(body: str, tag: str = "en") -> Version:
    return Version(f'<html lang="{tag}" dir="ltr"><head></head><body>{body}</body></html>', language(tag))


def chapter(body: str) -> str:
    return f'<main><section class="chapter" id="a">{body}</section></main>'


def rows(html: str) -> list[str]:
    return [re.sub(r"<[^>]*>", " ", row.partition(">")[2]).split() for row in html.split('<div class="row')[1:]]


def test_items_of_lists_stand_beside_each_other_under_their_numbers():
    ours, theirs = (
        page(chapter(f"<ol><li>{a}</li><li>{b}</li></ol>"), tag) for tag, a, b in (("en", "A", "B"), ("az", "C", "D"))
    )
    html, found = columns(ours, theirs, "book", ())
    starts = re.findall(r"list-item (\d)", html)
    assert (rows(html), starts, found) == ([["A", "C"], ["B", "D"]], list("0011"), ())


def test_a_block_that_was_left_out_leaves_its_place_empty_and_is_reported():
    ours, theirs = (
        page(chapter("<h2>A</h2><p>B</p><ul><li>C</li></ul>")),
        page(chapter("<h2>A</h2><ul><li>C</li></ul>"), "az"),
    )
    html, found = columns(ours, theirs, "book", ())
    assert (rows(html), [item.message for item in found]) == (
        [["A", "A"], ["B"], ["C", "C"]],
        ["book: 1 blocks in en have nothing beside them, the first: “B”"],
    )


def test_links_of_the_second_language_lead_to_its_own_anchors():
    ours, theirs = (
        page(chapter('<p id="b"><a href="#a">x</a></p>')),
        page(chapter('<p id="b"><a href="#a">y</a></p>'), "az"),
    )
    html, _ = columns(ours, theirs, "book", ())
    assert re.findall(r'(id|href)="(\S+)"', html) == [
        ("id", "a"),
        ("id", "b"),
        ("href", "#a"),
        ("id", "az--a"),
        ("id", "az--b"),
        ("href", "#az--a"),
    ]


def test_a_table_too_wide_for_a_column_stands_in_both():
    table = "<table><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    html, _ = columns(page(chapter(table)), page(chapter(table), "az"), "book", ())
    assert '<div class="row wide short">' in html


def test_records_stand_beside_each_other_heading_by_heading_and_item_by_item():
    body = '<div class="records"><h2>A</h2><ol start="4"><li>B</li><li>C</li></ol><h2>D</h2></div>'
    html, found = columns(page(chapter(body)), page(chapter(body), "az"), "book", ())
    assert (rows(html), re.findall(r"list-item (\d)", html), found) == (
        [["A", "A"], ["B", "B"], ["C", "C"], ["D", "D"]],
        list("3344"),
        (),
    )


def test_lists_of_other_lengths_are_printed_whole():
    long, short = (f"<div><ul>{'<li>A</li>' * count}</ul></div>" for count in (3, 2))
    html, _ = columns(page(chapter(long)), page(chapter(short), "az"), "book", ())
    assert rows(html) == [["A"] * 5]


# --- on facing pages ----------------------------------------------------------------------------------------------


def test_blocks_of_facing_pages_have_the_same_numbers():
    ours, theirs = (
        page(chapter("<header>T</header><p>A</p><ol><li>B</li><li>C</li></ol><p>D</p>"), tag) for tag in ("en", "az")
    )
    sides, found = facing(ours, theirs, "book", ())
    numbers = [re.findall(r'<(\w+)[^>]* data-block="(\d+)"', side) for side in (sides.ours, sides.theirs)]
    expected = [("section", "0"), ("p", "1"), ("ol", "2"), ("li", "3"), ("p", "4")]
    assert (numbers, sides.count, sides.openers, sides.kept, found) == ([expected] * 2, 5, {0}, {0}, ())


def heights(*texts: float) -> list[Height]:
    return [Height(text) for text in texts]


def test_a_spread_ends_where_either_language_is_full():
    assert spreads(heights(4, 4, 4, 4), heights(2, 8, 1, 1), 10) == (range(2), range(2, 4))


def test_no_spread_ends_with_a_heading():
    assert spreads(heights(4, 4, 2, 4), heights(4, 4, 2, 4), 10, kept={2}) == (range(2), range(2, 4))


def test_a_chapter_begins_a_spread():
    assert spreads(heights(1, 1, 1), heights(1, 1, 1), 10, openers={0, 2}) == (range(2), range(2, 3))


def test_notes_and_the_space_above_them_take_room():
    ours = [Height(4, 2), Height(4, 0), Height(1, 1)]
    assert spreads(ours, heights(1, 1, 1), 11, space_above_notes=1) == (range(2), range(2, 3))


def test_a_block_longer_than_a_page_has_a_spread_of_its_own():
    assert spreads(heights(1, 20, 1), heights(1, 1, 1), 10) == (range(1), range(1, 2), range(2, 3))


def test_a_paragraph_longer_than_a_page_is_an_error(project):
    long = "word " * 900
    files = {
        "content/site.toml": site("en", "az", "facing"),
        "content/page.md": f"# Page\n\n{long}\n\nEnd.\n",
        "content/page.az.md": "# Page\n\nA word.\n\nEnd.\n",
        FONTS: one_face(),
    }
    outcome = pipeline.build(request_for(project(files)), SILENCE)
    assert [line for line in lines(outcome) if "long-block" in line][:1] == [
        f"error: book.en-az: “{long[:60].strip()}” is longer than a page [long-block]\n"
        '  hint: divide it, or set bilingual = "columns"'
    ]


def test_only_a_booklet_can_have_two_languages(project):
    files = {"content/site.toml": site("en", "az", "columns") + 'product = "poster"\n', "content/page.md": "# Page\n"}
    assert codes(pipeline.check(request_for(project(files)), SILENCE)) == {"bad-setting"}


# --- covers and slugs ---------------------------------------------------------------------------------------------

COVERS = {
    tag: f"""<html lang="{tag}" dir="{direction}"><head></head><body>
<section class="cover"><p class="title">{title}</p><p class="organisation">Omega</p></section>
<section class="spine"><p>{title}</p></section>
<section class="back-cover"><div class="sender"><p>{title}!</p></div><div class="codes">{tag}</div></section>
</body></html>"""
    for tag, direction, title in (("fa", "rtl", "برف"), ("en", "ltr", "The snow"))
}
SLUG = '<html><head></head><body><p>1 · <bdi class="title">{}</bdi> · <bdi class="language">{}</bdi> '
SLUG += '<bdi class="tag">({})</bdi> · <bdi class="digest"></bdi></p></body></html>'


def test_a_cover_has_the_lines_of_both_languages_and_one_spine():
    html = wrapping.cover(COVERS["fa"], Version(COVERS["en"], language("en"), "Chosen"), ("both.css",))
    text = [line.strip() for line in re.sub(r"<[^>]*>", "\n", html.partition("<body>")[2]).splitlines() if line.strip()]
    assert text == ["برف", "The snow", "Omega", "برف", "برف!", "The snow!", "fa"]
    assert re.findall(r'href="(.*?)"|--chosen-font: (.*?) }', html) == [("both.css", ""), ("", '"Chosen"')]


def test_a_slug_says_both_languages_and_how_its_file_is_called():
    ours, theirs = SLUG.format("برف", "فارسی", "fa"), SLUG.format("The snow", "English", "en")
    html = wrapping.slug(ours, theirs, language("fa"), language("en"))
    assert re.sub(r"<[^>]*>", "", html).strip() == "1 · برف / The snow · فارسی / English (fa-en) ·"
    assert html.count('lang="en" dir="ltr"') == 2


@pytest.mark.parametrize("format_", sorted(TRIM_MM))
def test_columns_have_margins_in_every_format(format_):
    name = "columns.css" if format_ == "a5" else f"columns-{format_}.css"
    assert re.search(
        r"@page {[^}]*margin:.*@page :left {.*@page cover {", (BUILT_IN / "booklet" / name).read_text(), re.DOTALL
    )
