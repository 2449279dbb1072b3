"""Right-to-left pages: boxes mirror left-to-right ones, letters stay joined, words stand in the order of Chromium.

The mends change WeasyPrint for a whole process, so everything is laid out in workers.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from importlib.metadata import version
from io import BytesIO

import pikepdf
import pytest
from conftest import ROOT, SILENCE, one_font, request_for

from stele.engine import Room, Task, run
from stele.language.tags import direction, language
from stele.language.visual_order import in_order, levels, visual_order
from stele.print.booklet import make_booklet
from stele.print.mends import joining, reordering, right_to_left
from stele.print.pdf import private_fonts, render
from stele.sources import fragments
from stele.sources.project import read_project
from stele.sources.theme import BUILT_IN
from stele.stages.reading import read
from stele.stages.telling import Telling
from stele.stages.wording import localize

FONTS = BUILT_IN / "shared" / "fonts.css"
MENDS = (right_to_left, joining, reordering)
TAGS = tuple(language.tag for language in read_project(ROOT)[0].languages if language.right_to_left)


@pytest.fixture(scope="module")
def mended():
    """Return what a process with the mends finds; it takes seconds to read the fonts, so one finds everything."""
    return found_by_worker("mended", [*tricky(), *sample()])


@pytest.fixture(scope="module")
def unmended():
    return found_by_worker("unmended", tricky())


def found_by_worker(name, texts):
    (found,) = run([Task(name, find, (name, texts))], room=Room(private_fonts))
    return found


def find(name, texts):
    for mend in MENDS if name == "mended" else ():
        mend.mend()
    return {
        "unmirrored": unmirrored(),
        "rules": (rules("ltr"), rules("rtl")),
        "torn": torn(),
        "widened": widened(),
        "widths": widths("خوجالی"),
        "texts": texts,
        "places": places_in_print(sheet(texts)),
        "ill set": ill_set(tricky()),
    }


def laid_out(html: str, families: str):
    """Return the document, set in the families that the pattern names."""
    import weasyprint

    return weasyprint.HTML(string=f"<style>{faces(families)}</style>{html}").render()


def faces(families: str) -> str:
    """Return the rules of the families that the pattern names: to read all fonts takes longer than the rest."""
    lines = [line for line in FONTS.read_text(encoding="utf-8").splitlines() if "Regular.woff2" in line]
    wanted = "".join(line for line in lines if re.search(f'"Stele ({families})"', line))
    return wanted.replace("url(", f"url({FONTS.parent.as_uri()}/")


# Boxes


BLOCKS = {
    "centred": ("#a { width: 100px; margin: 0 auto }", "<div id=a>x</div>"),
    "pushed to the end": ("#a { width: 100px; margin-inline: auto 30px }", "<div id=a>x</div>"),
    "kept at the start": ("#a { width: 100px; margin-inline: 30px auto }", "<div id=a>x</div>"),
    "wider than the page": ("#a { width: 500px; margin: 0 auto }", "<div id=a>x</div>"),
    "no wider than": ("#a { max-width: 100px; margin: 0 auto }", "<div id=a>x</div>"),
    "table": ("#a { margin: 0 auto }", "<table id=a><tr><td id=b>x<td id=c>y</table>"),
    "flexible": ("#a { width: 99px; margin: 0 auto; display: flex }", "<div id=a><p id=b>x</p><p id=c>yy</p></div>"),
}
INDENTS = {
    "indent": ("p { text-indent: 30px }", "<p>xyz"),
    "hanging": ("p { text-indent: -30px; padding-inline-start: 30px }", "<p>xyz"),
    "of the width": ("p { text-indent: 10% }", "<p><b>xyz</b>"),
    "centred": ("p { text-indent: 30px; text-align: center }", "<p>xyz"),
    "justified": ("p { text-indent: 30px; text-align: justify; width: 60px }", "<p>xxx xxx xxx xxx xxx xxx"),
}
GRIDS = {
    "columns": ("#a { grid-template-columns: 50px 80px; column-gap: 7px }", "<p id=b>x</p><p id=c>yy</p><p id=d>z</p>"),
    "centred": ("#a { width: 99px; margin: 0 auto; grid-template-columns: 1fr 2fr }", "<p id=b>x</p><p id=c>yy</p>"),
    "packed": ("#a { grid-template-columns: 50px 80px; justify-content: end }", "<p id=b>x</p><p id=c>yy</p>"),
    "shrunk": ("#a { grid-template-columns: 50px 80px; justify-items: start }", "<p id=b>x</p><p id=c>yy</p>"),
    "spanning": ("#b { grid-column: 2/4 } #a { grid-template-columns: 50px 9px 8px }", "<p id=b>x</p><p id=c>yy</p>"),
    "nested": ("div { grid-template-columns: 90px 40px }", "<div id=b><p id=d>x</p><p id=e>y</p></div><p id=c>yy</p>"),
}
CASES = {
    **{f"block {name}": case for name, case in BLOCKS.items()},
    **{f"line {name}": case for name, case in INDENTS.items()},
    **{f"grid {n}": (f"div {{ display: grid }} {css}", f"<div id=a>{body}</div>") for n, (css, body) in GRIDS.items()},
}
LEFT_PX, RIGHT_PX = 20, 350


def unmirrored() -> list[str]:
    """Return the names of the cases whose boxes lie elsewhere than the mirror image of those from left to right."""
    pages = laid_out("".join(sections()), "Serif").pages
    ends = LEFT_PX + RIGHT_PX
    found = []
    for name, one, other in zip(CASES, pages[::2], pages[1::2], strict=True):
        mirrored = [(what, ends - right, ends - left) for what, left, right in edges(one)]
        if sorted(rounded(mirrored)) != sorted(rounded(edges(other))):
            found.append(name)
    return found


def sections():
    """Yield each case from left to right and from right to left, on pages of their own."""
    yield f"<style>@page {{ size: 400px; margin: 0 50px 0 {LEFT_PX}px }} section {{ break-after: page }}"
    yield 'section:last-child { break-after: auto } body { margin: 0; font: 10px "Stele Serif" }</style>'
    for number, (css, body) in enumerate(CASES.values()):
        scoped = re.sub(r"(^|} )(?=[#\w])", rf"\1.s{number} ", css)
        yield f"<style>{scoped}</style>"
        yield from (f'<section class=s{number} style="direction: {way}">{body}</section>' for way in ("ltr", "rtl"))


def rounded(found):
    return [(what, round(left, 1), round(right, 1)) for what, left, right in found]


def edges(page):
    """Yield the left and right edges of texts and of elements with an id, in px."""
    for box in page._page_box.descendants():
        if hasattr(box, "pango_layout"):
            yield box.text, box.position_x, box.position_x + box.width
        elif box.element is not None and box.element.get("id") and hasattr(box, "padding_left"):
            name = box.element.get("id") + type(box).__name__
            yield name, box.border_box_x(), box.border_box_x() + box.border_width()


def test_blocks_indents_and_grids_are_mirrored(mended):
    assert mended["unmirrored"] == []


def test_only_versions_that_need_mirroring_are_listed(unmended):
    found = {name.split()[0] for name in unmended["unmirrored"]}
    assert found == ({"block", "line", "grid"} if version("weasyprint") in right_to_left.FLAWED else set())


def rules(way: str) -> list[int]:
    """Return in px where the rules of three columns stand: that is, where their colour is in the middle of the page."""
    css = (
        "div { columns: 3; column-gap: 30px; column-rule: 2px solid #f00; height: 50px } p { margin: 0; height: 50px }"
    )
    page = f"@page {{ size: 400px 60px; margin: 0 }} body {{ margin: 0; direction: {way} }}"
    pdf = laid_out(f"<style>{page} {css}</style><div><p><p><p></div>", "Serif").write_pdf()
    with pikepdf.open(BytesIO(pdf)) as opened:
        content = opened.pages[0].Contents.read_bytes().decode()
    drawn = re.findall(r"^([\d.]+) [\d.]+ ([\d.]+) [\d.]+ re$", content, re.MULTILINE)
    return sorted({round(float(x) + float(width) / 2) for x, width in drawn if float(width) < 3})


def test_rules_stand_between_columns(mended):
    from_left, from_right = mended["rules"]
    assert (len(from_left), from_right) == (4, from_left)  # two edges of two rules


def test_only_versions_that_need_other_rules_are_listed(unmended):
    from_left, from_right = unmended["rules"]
    assert (from_left != from_right) == (version("weasyprint") in right_to_left.FLAWED)


# Letters

PARTED = {
    "کتا<b>بخا</b>نه": "کتابخانه",
    "ک<b>تابخان</b>ه": "کتابخانه",
    "مُ<i>حَمَّ</i>د": "مُحَمَّد",
    "دا<b>د</b>ن": "دادن",  # no letter of it joins the next
    "می‌<b>شود</b>": "می‌شود",
    "جز<b>ء</b>": "جزء",
    "ک <b>ک</b>": "ک ک",
}
SPACED = "خوجالی ABC خوجالی"


def glyphs(html: str) -> list[tuple[int, int]]:
    """Return the glyphs of a line with their widths, in the order of reading."""
    from weasyprint.text.ffi import ffi, pango

    page = '@page { size: 900px 90px } b, i { font: inherit } body { font: 20px "Stele Vazir"; direction: rtl }'
    (made,) = laid_out(f"<style>{page}</style>{html}", "Vazir").pages
    found = []
    for box in made._page_box.descendants():
        if hasattr(box, "pango_layout"):
            box.pango_layout.reactivate(box.style)
            node, infos = box.pango_layout.get_first_line()[0].runs[0], []  # from left to right
            while node != ffi.NULL:
                infos += list(node.data.glyphs.glyphs[0 : node.data.glyphs.num_glyphs])
                node = node.next
            seen = (info for info in reversed(infos) if info.glyph != pango.PANGO_GLYPH_EMPTY)
            found += [(info.glyph, info.geometry.width) for info in seen]
    return found


def drawn(html: str) -> list[int]:
    return [glyph for glyph, _ in glyphs(html)]  # their widths hold kerning, which an element ends


def torn() -> list[str]:
    """Return the words that have other glyphs when an element begins or ends within them."""
    return [parted for parted, whole in PARTED.items() if drawn(parted) != drawn(whole)]


def widened() -> list[bool]:
    """Return of each glyph of SPACED, in the order of reading, whether letter-spacing makes it wider."""
    spaced = glyphs(f'<span style="letter-spacing: 9px">{SPACED}</span>')
    return [wide[1] > plain[1] for wide, plain in zip(spaced, glyphs(SPACED), strict=True)]


def widths(text: str) -> list[float]:
    """Return how wide a text is, spaced and not."""
    page = '@page { size: 900px } body { font: 20px "Stele Vazir" }'
    (made,) = laid_out(f'<style>{page}</style><span style="letter-spacing: 9px">{text}</span><p>{text}', "Vazir").pages
    return [box.width for box in made._page_box.descendants() if hasattr(box, "pango_layout")]


def test_elements_part_no_letters(mended):
    assert mended["torn"] == []


def test_letter_spacing_parts_no_joined_letters(mended):
    assert mended["widened"] == [char in "ABC " for char in SPACED]


def test_joined_letters_take_no_more_room_when_spaced(mended):
    spaced, plain = mended["widths"]
    assert spaced == plain


def test_only_versions_that_tear_letters_are_listed(unmended):
    flawed = version("weasyprint") in joining.FLAWED
    assert (bool(unmended["torn"]), all(unmended["widened"])) == (flawed, flawed)


def test_readers_find_the_letters_alone(tmp_path, printer):
    words = "".join(f"<p>{parted}" for parted in PARTED)
    page = f'<style>{faces("Vazir")} * {{ font-family: "Stele Vazir" }}</style>'
    made = printer(render, f"<title>t</title>{page}<body dir=rtl>{words}", [FONTS.parent], "b")
    (tmp_path / "made.pdf").write_bytes(made.pdf)
    text = subprocess.run(["pdftotext", tmp_path / "made.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert ("\u200d" in text, "کتابخانه" in text) == (False, True)


# The order of words

TRICKY = {
    "fa": (
        "گزارش Human <b>Rights</b> Watch و (<i>Human <b>Rights</b></i> Watch) است",
        "در <b>26</b>.02.<b>1992</b> بود و <b>۲۶</b>/۰۲/<b>۱۹۹۲</b> و <i>۵٪</i> از ۱۹۹۲-۱۹۹۳ و 5% است",
        "<b>سال</b> ۱۹۹۲-۱۹۹۳ و <em>عنوان Human</em> Rights، <a>1905.az</a> و <code>a-1</code> و «<q>ABC</q>»",
        "این <b>گزارش</b> دربارهٔ <i>شهر</i> خوجالی و <em>مردم <b>آن</b> شهر</em> است و <b>نام</b> کسی در آن نیست",
        "<em>(<b>۱۲</b>)</em> از [<b>ABC 12</b>] تا <bdi>DEF</bdi> 7 و <span dir='ltr'>G <b>سال</b> 8</span>",
    ),
    "he": (
        "ביום <b>26</b>.02.<b>1992</b> נהרגו <b>613</b>, ועוד (<b>5</b>%) <i>HRW <b>Human</b> Rights</i> 1992-1993",
        "<b>Memorial</b>, <i>Moscow</i> <u>1992</u>: דו״ח <em>על <b>ח׳וג׳אלי</b> (Khojaly)</em>",
    ),
    "en": (
        "The report <b>שלום</b> עולם <i>רב</i> yes <u>one, חיפה <b>וגם</b></u> 1992 תל, then <b>خوجالی</b> ۱۹۹۲ سال.",
        "By <i>خوجالی (<b>Khojaly</b>) شهر</i> and <b>حق</b>, <b>باطل</b> 5% <span dir='rtl'>از A <b>B</b></span>!",
    ),
}
BLOCK_TAGS = ["p", "h1", "h2", "h3", "h4", "li", "td", "th", "dt", "dd", "figcaption"]


def sample() -> list[tuple[str, str]]:
    """Return the paragraphs of the sample in its right-to-left languages, as (language tag, safe HTML)."""
    telling = Telling(request_for(ROOT, languages=TAGS, jobs=1), SILENCE)
    documents = [document for shelf in localize(telling, read(telling), {}).values() for document in shelf]
    return [
        (document.language.tag, " ".join(fragments.serialize(block).split()))
        for document in documents
        if document.language.right_to_left
        for block in fragments.parse(document.html).iter(*BLOCK_TAGS)
        if is_innermost(block)
    ]


def is_innermost(block) -> bool:
    within = block.iterdescendants(*BLOCK_TAGS, "ul", "ol", "dl")
    return next(within, None) is None and bool(block.text_content().strip())


def tricky() -> list[tuple[str, str]]:
    return [(tag, settled(text, tag)) for tag, texts in TRICKY.items() for text in texts]


def settled(text: str, tag: str) -> str:
    root = fragments.parse(text)
    fragments.settle(root, tag)
    return fragments.serialize(root)


def sheet(texts: list[tuple[str, str]]) -> str:
    """Return a page with each (language tag, HTML) on one line."""
    css = """@page { size: 40000px 190000px; margin: 0 } [dir=rtl] { direction: rtl } [dir=ltr] { direction: ltr }
    div { white-space: nowrap; margin: 10px; font: 20px/2 "Stele Serif", "Stele Naskh", "Stele Hebrew" }
    body { margin: 0 } b, i, em, code, strong, cite, u { font: inherit } q { quotes: none }"""
    lines = (f'<div id="n{n}" lang={tag} dir={direction(tag)}>{html}</div>' for n, (tag, html) in enumerate(texts))
    return f'<!doctype html><meta charset="utf-8"><style>{css}</style>{"".join(lines)}'


def places_in_print(html: str) -> list[list[tuple[str, float]]]:
    """Return each letter of each line with the middle of its place, in the order of the text."""
    from weasyprint.text import ffi

    ffi.ffi.cdef("void pango_layout_index_to_pos (PangoLayout *layout, int index, PangoRectangle *pos);")
    found: dict[int, list[tuple[str, float]]] = {}
    (page,) = laid_out(html, "Serif|Naskh|Hebrew").pages
    for block in page._page_box.descendants():
        if block.element_tag == "div" and block.element is not None and type(block).__name__ == "BlockBox":
            (line,) = block.children
            found[int(block.element.get("id")[1:])] = [
                place for box in line.descendants() for place in letters(box, ffi)
            ]
    return [found[number] for number in sorted(found)]


def letters(box, ffi):
    if not hasattr(box, "pango_layout"):
        return
    box.pango_layout.reactivate(box.style)
    position = ffi.ffi.new("PangoRectangle *")
    for place, char in enumerate(box.pango_layout.text):
        ffi.pango.pango_layout_index_to_pos(
            box.pango_layout.layout, len(box.pango_layout.text[:place].encode()), position
        )
        yield char, box.position_x + (position.x + position.width / 2) / 1024


def ill_set(texts) -> list[str]:
    """Return the lines, at many widths, that have gaps or overlaps, do not begin at the edge, or hide a space."""
    blocks = "".join(
        f"<div lang={tag} dir={direction(tag)} style='width: {width}px; text-align: {setting}'>{html}</div>"
        for tag, html in texts
        for width in range(140, 420, 23)
        for setting in ("start", "justify")
    )
    css = """@page { size: 600px 190000px } [dir=rtl] { direction: rtl } [dir=ltr] { direction: ltr }
    div { font: 20px/2 "Stele Serif", "Stele Naskh", "Stele Hebrew" } a { padding: 0 3px; border: 1px solid }"""
    (page,) = laid_out(f"<style>{css}</style>{blocks}", "Serif|Naskh|Hebrew").pages
    lines = (line for line in page._page_box.descendants() if type(line).__name__ == "LineBox")
    return ["".join(box.text for box in texts_of(line)) for line in lines if not is_well_set(line)]


def texts_of(box):
    return [inner for inner in box.descendants() if hasattr(inner, "pango_layout")]


def is_well_set(line) -> bool:
    """Say so of a line; only links have edges that take room."""
    texts = [box for box in texts_of(line) if box.text]
    left, right = min(box.position_x for box in texts), max(box.position_x + box.width for box in texts)
    edges = sum(8 for box in line.descendants() if box.element_tag == "a" and hasattr(box, "children"))
    is_full = abs(sum(box.width for box in texts) - (right - left)) <= edges + 0.5
    starts = right - line.position_x - line.width if line.style["direction"] == "rtl" else left - line.position_x
    return is_full and abs(starts) <= edges / 2 + 0.5 and all(box.pango_layout.text == box.text for box in texts)


# Word by word: to ask for each letter takes long.
IN_CHROMIUM = r"""() => [...document.querySelectorAll("body > div")].map(line => {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const word of node.data.matchAll(/[\p{L}\p{M}\p{Cf}]+|\p{N}+|[^]/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getBoundingClientRect();
      found.push(...[...word[0]].map(letter => [letter, box.x + box.width / 2]));
    }
  }
  return found;
})"""


@pytest.fixture(scope="module")
def places_in_chromium(browser):
    page = browser.new_page(viewport={"width": 40000, "height": 900})

    def places(html: str, folder):
        faces = f'<link rel="stylesheet" href="{FONTS.as_uri()}">'
        (folder / "sheet.html").write_text(html.replace("<style>", f"{faces}<style>", 1), encoding="utf-8")
        page.goto((folder / "sheet.html").as_uri())
        page.evaluate("document.fonts.ready")
        return page.evaluate(IN_CHROMIUM)

    yield places
    page.close()


def words(line) -> list[str]:
    """Return words, numbers and signs of a line as they stand from left to right, each with its number in the text."""
    seen = [(char, x) for char, x in line if unicodedata.category(char) not in ("Mn", "Cf", "Me")]
    text = "".join(char for char, _ in seen)
    found = []
    for number, word in enumerate(re.finditer(r"[^\W\d_]+|\d+|[^\w\s]|_", re.sub(r"\s", " ", text))):
        xs = [x for _, x in seen[word.start() : word.end()]]
        found.append((sum(xs) / len(xs), f"{number} {word[0]}"))
    return [name for _, name in sorted(found)]


def misplaced(found, shown) -> list[str]:
    """Return the texts whose words stand in another order than where they are `shown`."""
    lines = zip(found["texts"], map(words, found["places"]), map(words, shown), strict=True)
    return [html for (_, html), printed, other in lines if printed != other]


def test_words_stand_as_in_chromium(mended, places_in_chromium, tmp_path):
    assert {tag for tag, _ in mended["texts"]} == {*TAGS, *TRICKY}
    assert misplaced(mended, places_in_chromium(sheet(mended["texts"]), tmp_path)) == []


def test_broken_lines_have_no_gaps(mended):
    assert mended["ill set"] == []


def test_only_versions_that_misplace_words_are_listed(unmended, places_in_chromium, tmp_path):
    found = misplaced(unmended, places_in_chromium(sheet(unmended["texts"]), tmp_path))
    assert bool(found) == (version("weasyprint") in reordering.FLAWED)


ISOLATED = (
    ("گزارش Human <b>Rights</b> Watch است", 'گزارش <span dir="ltr">Human <b>Rights</b> Watch</span> است'),
    ("در <b>Human Rights Watch</b> (HRW) و", 'در <span dir="ltr"><b>Human Rights Watch</b> (HRW)</span> و'),
    ("(<i><b>Human</b> Rights</i> Watch)", '(<span dir="ltr"><i><b>Human</b> Rights</i> Watch</span>)'),
    (
        "<b>Human</b> و <b>Human <i>Rights</i></b>",
        '<b dir="ltr">Human</b> و <b><span dir="ltr">Human <i>Rights</i></span></b>',
    ),
    ("و <code>x</code> DEF", 'و <code>x</code> <span dir="ltr">DEF</span>'),
    ('HRW<sup><a href="#n">1</a></sup> و', '<span dir="ltr">HRW</span><sup><a href="#n">1</a></sup> و'),
    ("<b>کتاب Human</b> Rights", "<b>کتاب Human</b> Rights"),  # Unicode's order serves, and no element is cut
    ('<span lang="en">Human <b>Rights</b></span>', '<span lang="en" dir="ltr">Human <b>Rights</b></span>'),
)


@pytest.mark.parametrize(("written", "expected"), ISOLATED)
def test_phrases_are_isolated_with_the_elements_in_them(written, expected):
    root = fragments.parse(written)
    fragments.settle(root, "fa")
    assert fragments.serialize(root) == expected


@pytest.mark.parametrize(
    "text", ["", "abc", "א ABC, 12 ב (ג)", "\u2067ab \u202ecd\u202c אב\u2069 5%", "در ۱۹۹۲-۱۹۹۳ است"]
)
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_levels_put_text_into_its_visual_order(text, way):
    shown = visual_order(text, way)
    in_text = sorted(shown)
    found = levels(text, way)
    assert in_order(in_text, [found[index] for index in in_text]) == shown


# Pages


def pages_of(pdf: bytes, folder) -> list[list[tuple[float, str]]]:
    """Return the words of each page with the middle of their places, as a part of its width."""
    (folder / "pages.pdf").write_bytes(pdf)
    command = ["pdftotext", "-bbox", folder / "pages.pdf", "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        [
            (round((float(left) + float(right)) / 2 / float(page[0]), 2), word)
            for left, right, word in re.findall(r'xMin="([\d.]+)" .*?xMax="([\d.]+)" .*?>(\w+)</word>', page[1])
        ]
        for page in re.findall(r'<page width="([\d.]+)"(.*?)</page>', found, re.DOTALL)
    ]


def test_booklets_are_read_imposed_and_opened_from_right_to_left(tmp_path, printer):
    style = """@page { size: 148mm 210mm } @page :left { @top-center { content: "left" } }
    @page :right { @top-center { content: "right" } } p { break-after: page; direction: ltr; text-align: center }"""
    body = "<p>one<p>two<p>three<p style='break-after: auto'>four"
    html = f"<html lang={TAGS[0]}><title>t</title><style>{style} html {{ direction: rtl }} {one_font()}</style>{body}"
    made = printer(make_booklet, html, [BUILT_IN], "b", language(TAGS[0]).right_to_left)
    sides = [{word for _, word in page} & {"left", "right"} for page in pages_of(made.files["screen"], tmp_path)]
    assert sides == [{"left"}, {"right"}, {"left"}, {"right"}]
    front = dict(map(reversed, pages_of(made.files["office"], tmp_path)[0]))
    assert front["one"] < 0.5 < front["four"]
    for pdf in (made.files["screen"], made.files["office"]):
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert opened.Root.ViewerPreferences.Direction == pikepdf.Name.R2L
