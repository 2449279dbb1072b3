"""Content, catalogs, themes and images from anyone: diagnostics, nothing leaked, nothing hung."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from conftest import SILENCE, codes, request_for

from stele import pipeline
from stele.artifacts import Artifact
from stele.audit.strangers import strange
from stele.print.pdf import render
from stele.sources.theme import BUILT_IN

SECRET = "the secret that must not travel"  # noqa: S105 (it is a needle to look for)
BOOK = '[[editions]]\nname = "book"\n'


def png_header(width: int, height: int) -> bytes:
    """Return a valid one-bit grey PNG of this size, tiny as a file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\x00" + b"\x00" * ((width + 7) // 8)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(row * height, 9)) + chunk(b"IEND", b"")


def read_everything(folder) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


HOSTILE_MARKDOWN = """# Page

Text with <b onmouseover="alert(1)">a handler</b> and <span style="position:fixed">a style</span>.

<script>alert("script-body")</script>

<iframe src="https://example.org/frame"></iframe>

<link rel="attachment" href="file:///etc/passwd">

<a rel="attachment" href="file:///etc/passwd">attached</a>

<object data="file:///etc/passwd"></object>

[scripted](java&#115;cript:alert) and [data](data:text/html;base64,PHNjcmlwdD4=).

<style>@import url(file:///etc/passwd);</style>
"""


def test_markdown_loses_what_could_do_harm_and_the_editor_is_told(project):
    folder = project({"content/page.md": HOSTILE_MARKDOWN})
    outcome = pipeline.check(request_for(folder), SILENCE)
    assert codes(outcome) == {"removed-markup", "unsafe-link"}


def test_an_error_keeps_everything_from_being_published(project):
    folder = project({"content/page.md": HOSTILE_MARKDOWN})
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert (outcome.made, (folder / "output").exists()) == ((), False)


HARMFUL_BUT_LEGIBLE = """# Page

<b onmouseover="alert(1)">Bold</b> <script>alert("script-body")</script> <img src="x" onerror="alert(2)" alt="x">
"""


def test_pages_hold_no_script_even_where_removal_only_warns(project):
    folder = project({"content/page.md": HARMFUL_BUT_LEGIBLE})
    pipeline.build(request_for(folder), SILENCE)
    page = (folder / "output/site/en/page/index.html").read_text().partition("<body")[2]
    found = [word for word in ("script", "onmouseover", "onerror", "alert(") if word in page]
    assert found == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("file:///etc/passwd", "unsafe-link"),
        ("../../../../etc/passwd", "outside-project"),
        ("/../../etc/passwd", "outside-project"),
        ("linked.png", "outside-project"),
        ("%2e%2e/%2e%2e/%2e%2e/secret.png", "outside-project"),
    ],
)
def test_an_image_from_outside_is_refused(project, tmp_path_factory, address, code):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    secret.write_text(SECRET)
    folder = project({"content/page.md": f"# Page\n\n![A picture]({address})\n"})
    (folder / "content" / "linked.png").symlink_to(secret)
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert (code in codes(outcome), (folder / "output").exists()) == (True, False)


def test_a_document_linked_from_outside_is_refused(project, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text(f"# {SECRET}\n")
    folder = project({"content/page.md": "# Page\n"})
    (folder / "content" / "stolen.md").symlink_to(secret)
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert (codes(outcome), (folder / "output").exists()) == ({"outside-project"}, False)


def test_an_unreadable_document_is_reported(project):
    folder = project({"content/page.md": "# Page\n"})
    (folder / "content" / "broken.md").symlink_to(folder / "content" / "nowhere.md")
    assert codes(pipeline.check(request_for(folder), SILENCE)) == {"unreadable-file"}


@pytest.mark.parametrize("slug", ["../../../escaped", "/etc/passwd", "a/../../b", "..", "A B"])
def test_a_slug_never_leaves_the_output(project, slug):
    folder = project({"content/page.md": f'---\ntitle: Page\nslug: "{slug}"\n---\nText.\n'})
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert (codes(outcome), (folder / "output").exists()) == ({"bad-slug"}, False)


def test_a_picture_of_thirteen_thousand_pixels_square_is_not_opened(project):
    files = {"content/page.md": "# Page\n\n![A picture](big.png)\n", "content/big.png": png_header(13_000, 13_000)}
    outcome = pipeline.check(request_for(project(files)), SILENCE)
    assert codes(outcome) == {"image-too-large"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 20_000, "too-nested"),
        ("[a](b" * 5_000, "too-large"),
        ("\n".join(["[a](b" * 50] * 100), "too-nested"),
        ("x" * 1_100_000, "too-large"),
        ("word " * 5_000, "too-large"),
        ("<div>" * 300 + "x" + "</div>" * 300, "too-nested"),
        ("\n\n".join('<div markdown="1">' for _ in range(300)) + "\n\nx\n\n" + "</div>\n" * 300, "too-nested"),
    ],
    ids=["brackets", "links", "links on lines", "file", "line", "divs", "markdown divs"],
)
def test_what_would_take_minutes_is_refused_at_once(project, text, code):
    folder = project({"content/page.md": f"# Page\n\n{text}\n"})
    outcome = pipeline.check(request_for(folder), SILENCE)
    assert code in codes(outcome)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    ("drawing", "found"),
    [
        ("<!-- a remark --><path d='M0 0h9v9z' fill='url(#shade)'/>", set()),
        ("<a href='https://example.org/'><path d='M0 0h9v9z'/></a>", set()),
        ("<path d='M0 0h9v9z' onclick='alert(1)'/>", {"unsafe-svg"}),
        ("<a href='javascript:alert(1)'><path d='M0 0h9v9z'/></a>", {"unsafe-svg"}),
        ("<use x:href='#fine' href='https://example.org/x.svg'/>", {"unsafe-svg"}),
        ("<path d='M0 0h9v9z' fill='url( \"https://example.org/\")'/>", {"unsafe-svg"}),
        ("<style>p { }<!-- -->@\\69mport 'https://example.org/x.css'</style>", {"unsafe-svg"}),
    ],
)
def test_a_drawing_that_could_do_harm_is_refused(project, drawing, found):
    files = {"content/page.md": "# Page\n\n![A drawing](x.svg)\n", "content/x.svg": SVG.format(drawing)}
    assert codes(pipeline.check(request_for(project(files)), SILENCE)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![A picture](a%00.png)", {"outside-project"}),
        (f"![A picture]({'a' * 300}.png)", {"missing-image"}),
        (f"[A file]({'a' * 300}.pdf)", {"unknown-link"}),
        ("![A picture](https://example.org/a.png)", {"missing-image"}),
        ("A line\x0bbroken by a word processor, and &#8; another.", set()),
    ],
)
def test_no_name_or_character_stops_the_build_with_a_traceback(project, text, found):
    folder = project({"content/page.md": f"# Page\n\n{text}\n"})
    assert codes(pipeline.check(request_for(folder), SILENCE)) == found


def test_a_link_that_leads_to_itself_is_refused(project):
    folder = project({"content/page.md": "# Page\n"})
    (folder / "content" / "loop.md").symlink_to(folder / "content" / "loop.md")
    assert codes(pipeline.check(request_for(folder), SILENCE)) == {"outside-project"}


@pytest.mark.parametrize(
    "template",
    [b"{{ 1 / 0 }}", b"{% if %}", b"\xff", b"{% include '../../secret' %}", b"<!-- \n --><!DOCTYPE html>\n"],
)
@pytest.mark.parametrize("page", ["site/page.html", "site/search.html", "epub/chapter.xhtml", "embed/card.html"])
def test_a_broken_template_is_reported(project, template, page):
    site = 'title = "Test"\nsource_language = "en"\nlanguages = ["en"]\n[web]\naddress = "https://example.org"\n'
    files = {"content/site.toml": f'{site}[[editions]]\nname = "book"\ntitle = "Book"\nuses = ["epub"]\n'}
    folder = project({"content/page.md": "# Page\n", f"templates/{page}": template, **files})
    assert codes(pipeline.build(request_for(folder), SILENCE)) == {"bad-template"}


def test_a_page_without_a_body_says_nothing(project):
    folder = project({"content/page.md": "# Page\n", "templates/site/page.html": "<!DOCTYPE html><html></html>"})
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert "site/en/page/index.html" in outcome.made


def test_a_template_linked_from_outside_is_not_read(project, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "page.html"
    secret.write_text(SECRET)
    folder = project({"content/page.md": "# Page\n", "templates/site/own.txt": ""})
    (folder / "templates" / "site" / "page.html").symlink_to(secret)
    pipeline.build(request_for(folder), SILENCE)
    assert SECRET not in (folder / "output/site/en/page/index.html").read_text()


def test_a_template_that_cannot_be_read_takes_no_message_out_of_the_catalogs(project):
    folder = project({"content/page.md": "# Page\n", "templates/site/page.html": "{% if %}"}, languages=("en", "az"))
    outcome = pipeline.update_catalogs(request_for(folder), SILENCE)
    assert (codes(outcome), outcome.made) == ({"bad-template"}, ())


HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
SENTENCE = "A sentence with [a link](https://example.org/)."


def with_translations(project, translations: list[str]):
    """Write a project that has each translation in a document of its own."""
    files = {}
    for number, translation in enumerate(translations):
        files[f"content/page-{number}.md"] = f"# Page\n\n{SENTENCE}\n"
        files[f"locales/az/LC_MESSAGES/page-{number}.po"] = (
            f'{HEADER}\nmsgid "Page"\nmsgstr "Səhifə"\n\n'
            f'# allow changed-number: a list\nmsgid "{SENTENCE}"\nmsgstr "{translation}"\n'
        )
    return project(files, languages=("en", "az"))


INJECTIONS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b> [a](https://example.org/)",
    "<svg/onload=alert(1)>",
    "[a](javascript:alert)",
    "[a](JaVaScRiPt:alert)",
    "[a](&#106;avascript:alert)",
    "[a](data:text/html,x)",
    "[a](vbscript:x)",
    "![x](file:///etc/passwd)",
    "![x](https://example.org/track.png)",
    "[a](https://example.org/){: onclick=alert }",
    "[a](https://example.org/){ #evil }",
    "[TOC]",
    "<!-- comment --> [a](https://example.org/)",
    "[" * 60,
    "[^1]: a note",
]


def test_a_translation_cannot_bring_markup_of_its_own(project):
    folder = with_translations(project, INJECTIONS)
    outcome = pipeline.build(request_for(folder), SILENCE)
    refusals = {"injected-markup", "unsafe-translation", "too-nested", "lost-footnote"}
    refused = {item.location.path for item in outcome.diagnostics if item.code in refusals}
    assert (len(refused), (folder / "output").exists()) == (len(INJECTIONS), False)


BLOCKS = ["# Heading", "1. item", "- item", "> quote", "| a | b |", "    code", "```", "***", "a\\n\\nb", "====\\n"]


def test_a_translation_cannot_change_the_structure_of_blocks(project):
    folder = with_translations(project, BLOCKS)
    pipeline.build(request_for(folder), SILENCE)

    def skeleton(tag: str, number: int) -> list[str]:
        html = (folder / f"output/site/{tag}/page-{number}/index.html").read_text()
        article = html[html.index("<article") : html.index("</article>")]
        return re.findall(r"<(?!a\b|code\b|em\b|strong\b)(\w+)", article)

    changed = [text for number, text in enumerate(BLOCKS) if skeleton("az", number) != skeleton("en", number)]
    assert changed == []


def test_the_renderer_reads_nothing_outside_of_its_folders(tmp_path, printer):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    folder = tmp_path / "project"
    folder.mkdir()
    fonts = BUILT_IN / "shared" / "fonts.css"
    html = f"""<html lang=en style="font-family: 'Stele Serif'"><head><title>x</title>
    <link rel=stylesheet href="{fonts.as_uri()}"><link rel=stylesheet href="file://{secret}"><link rel=attachment href="file://{secret}">
    <style>@import "file://{secret}"; @font-face {{ font-family: x; src: url("file://{secret}") }}</style></head>
    <body><h1>x</h1><img src="file://{secret}" alt=x><img src="http://127.0.0.1:9/x.png" alt=x>
    <a rel=attachment href="file://{secret}">x</a><embed src="file://{secret}"></body></html>"""
    printed = printer(render, html, (folder, BUILT_IN), "x")
    found = {item.code for item in printed.diagnostics}
    assert ("blocked-resource" in found, SECRET.encode() in printed.pdf, b"EmbeddedFile" in printed.pdf) == (
        True,
        False,
        False,
    )


@pytest.mark.slow
def test_a_hostile_project_publishes_nothing_of_the_machine(project):
    files = {
        "content/page.md": HARMFUL_BUT_LEGIBLE + "\n![A picture](x.svg)\n",
        "content/x.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
    }
    folder = project(files, editions=BOOK)
    outcome = pipeline.build(request_for(folder), SILENCE)
    output = read_everything(folder / "output")
    leaks = [word for word in (b"root:x:0", b"script-body", str(folder).encode()) if word in output]
    assert (bool(outcome.made), leaks) == (True, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<script>alert(1)</script>"),
        ("a.html", '<script src="//example.org/a.js"></script>'),
        ("a.html", '<a href="java&#115;cript:alert(1)">x</a>'),
        ("a.html", '<p onclick="alert(1)">x</p>'),
        ("a.html", '<iframe src="https://example.org/"></iframe>'),
        ("a.html", '<link rel="preconnect" href="https://example.org/">'),
        ("a.html", '<meta http-equiv="refresh" content="0; url=https://example.org/">'),
        ("a.html", '<img src="x.png" srcset="x.png 1x, https://example.org/x.png 2x" alt="">'),
        ("a.css", "p { background: \\75rl(https://example.org/x.png) }"),
        ("a.css", '@media print { a { background: image-set("//example.org/x.png" 1x) } }'),
        ("a.css", '@\\69mport "https://example.org/x.css";'),
        ("a.svg", SVG.format("<script>alert(1)</script>")),
    ],
)
def test_what_a_theme_may_not_bring(name, text):
    found = [item.code for item in strange([Artifact(name, text.encode())], "https://example.com", ())]
    assert found == ["active-content"]


def test_what_a_theme_may_bring():
    files = {
        "a.html": '<a href="https://example.org/">us</a> <a href="tel:1">1</a> <script>known()</script>'
        '<img src="https://example.com/x.png" alt=""> <link rel="canonical" href="https://example.org/">',
        "a.css": 'p { background: url("ornament.svg"); mask: url(data:image/svg+xml,x) }',
    }
    found = strange([Artifact(name, text.encode()) for name, text in files.items()], "https://example.com", ["known()"])
    assert list(found) == []
