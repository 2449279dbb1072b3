"""Pseudo-languages through site and booklets: what no translator can reach, and what is too long for its place."""

from __future__ import annotations

import subprocess

import pytest
from conftest import SILENCE, lines, one_font, request_for

from stele import pipeline
from stele.language.pseudo import PSEUDO_TAGS, leaks, written
from stele.print.booklet import make_booklet
from stele.sources.theme import BUILT_IN
from stele.translation.messages import Message
from stele.translation.pseudo import pseudo_catalog

PAGE = '---\ntitle: The book\n---\n\nA *short* text with [a link](https://example.org "its title").\n'


def test_accents_make_words_a_third_longer():
    assert written("Remember the names of 485 people", "en-XA") == "Ŕééṁééṁḃééŕ ţĥéé ñááṁééš óóḟ 485 ṗééóóṗłé"


def test_the_other_pseudo_language_runs_from_right_to_left():
    assert written("the Names of 485", "ar-XB") == "تهة نامةس وف 485"


@pytest.mark.parametrize("tag", PSEUDO_TAGS)
@pytest.mark.parametrize(
    "markup",
    [
        "`code`",
        '<span lang="az">',
        "](page.md#part)",
        "[^note]",
        "{: .left }",
        "%(count)s",
        "&nbsp;",
        "https://a.org/b",
    ],
)
def test_markup_stays_as_it_is(tag, markup):
    (entry,) = pseudo_catalog([Message(f"Two words {markup} two more", ())], tag).entries
    assert (markup in entry.msgstr[0], leaks(entry.msgstr[0].replace(markup, ""))) == (True, ())


def test_an_abbreviation_stays_the_word_it_is_in_the_text():
    messages = [Message("HRW", (), ("type: abbreviation",)), Message("HRW counted.", ())]
    term, sentence = pseudo_catalog(messages, "en-XA").entries
    assert term.msgstr[0] in sentence.msgstr[0]


def test_pseudo_languages_are_made_only_when_asked_for(project):
    folder = project({"content/page.md": PAGE}, ("en", "az"))
    pipeline.build(request_for(folder), SILENCE)
    assert {path.parts[-2] for path in (folder / "output/site").glob("*/index.html")} == {"az", "en"}


def test_update_writes_no_catalog_for_a_pseudo_language(project):
    folder = project({"content/page.md": PAGE}, ("en", "az"))
    outcome = pipeline.update_catalogs(request_for(folder, languages=("az", *PSEUDO_TAGS)), SILENCE)
    assert {path.split("/")[1] for path in outcome.made if path.endswith(".po")} == {"az"}


@pytest.mark.parametrize("tag", PSEUDO_TAGS)
def test_words_of_a_template_that_are_in_no_catalog_are_found_on_pages(project, tag):
    base = (BUILT_IN / "site" / "page.html").read_text()
    marked = base.replace("{% block main %}", "{% block main %}<p>Not for translators</p>", 1)
    assert marked != base
    files = {"content/page.md": PAGE, "templates/site/page.html": marked}
    outcome = pipeline.build(request_for(project(files), languages=(tag,)), SILENCE)
    assert lines(outcome) == [
        f"site/{tag}/page/index.html: warning: these words are in no catalog: Not, for, translators"
        " [unreachable-text]\n  hint: write them in _() in the template"
    ]


def test_words_that_a_style_sheet_prints_are_found(project):
    style = '.x::before { content: "Chapter " counter(x) } .y::after { content: " (" attr(href) ") \\2191 " }'
    files = {"content/page.md": PAGE, "templates/site/extra.css": style}
    outcome = pipeline.build(request_for(project(files), languages=("en-XA",)), SILENCE)
    assert [item.message for item in outcome.diagnostics] == ["these words are in no catalog: Chapter"]


@pytest.fixture
def found(printer):
    """Return a function that prints a booklet and returns the codes of what is found in it."""

    def print_booklet(body: str, style: str = "", lang: str = "en"):
        html = f"""<!doctype html><html lang="{lang}"><head><title>B</title>
<style>@page {{ size: A5; margin: 20mm }} {one_font()} {style}</style></head><body>{body}</body></html>"""
        return [item.code for item in printer(make_booklet, html, (BUILT_IN,), "b", False).diagnostics]

    return print_booklet


def test_plain_words_are_found_in_a_booklet(found):
    body = '<p>‹Ŵóóŕď›</p><p><span lang="az">Xocalı</span></p>'
    style = 'h1::before { content: "Chapter " }'
    assert found(body, style, "en-XA") == []
    assert found(f"<h1>‹Óóñéé›</h1>{body}", style, "en-XA") == ["unreachable-text"]


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p>Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle</p>", ""),
        ("<table><tr><td>Verantwortungsbewusstseinsbildung<td>x</table>", "table { table-layout: fixed; width: 60mm }"),
        ("<div>One line<br>and two<br>and three</div>", "div { height: 10mm; line-height: 6mm }"),
        ('<p style="position: absolute; left: 100mm; white-space: nowrap">Beyond the edge of the page</p>', ""),
    ],
)
def test_text_that_leaves_its_place_is_found(found, body, style):
    assert found(body, style) == ["overfull-box"]


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<ul><li>A bullet hangs before its text</ul>", ""),
        ("<div>One line</div>", "div { height: 6mm; line-height: 6mm; font-size: 18pt }"),
        ("<p>A long text that breaks as it should, over as many lines as it needs to be read with ease.</p>", ""),
        ("<div><p>Set beside</p></div>", "div { height: 2mm } p { position: absolute; left: 5mm; top: 20mm }"),
    ],
)
def test_text_in_its_place_is_no_finding(found, body, style):
    assert found(body, style) == []


@pytest.mark.slow
def test_every_word_of_the_sample_is_in_a_catalog_and_fits(sample_in_pseudo):
    _, outcome = sample_in_pseudo
    found = {item.code for item in outcome.diagnostics if not item.waived}
    assert (found, bool(outcome.made)) == (set(), True)


@pytest.mark.slow
def test_no_page_of_the_longer_language_scrolls_sideways_on_a_phone(sample_in_pseudo, browser):
    folder, _ = sample_in_pseudo
    wide = []
    page = browser.new_page(viewport={"width": 320, "height": 640})
    for path in sorted((folder / "output/site").glob("[ae]*-X*/**/index.html")):
        page.goto(path.as_uri())
        # Wide tables scroll in a region of their own; nothing else may leave the screen.
        if page.evaluate("document.scrollingElement.scrollWidth") > 320:
            wide.append(str(path))
    page.close()
    assert wide == []


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "word"), [("en-XA", "Ķĥóóĵááłý"), ("ar-XB", "قهوجالی")])
def test_the_booklet_speaks_pseudo(sample_in_pseudo, tag, word):
    folder, _ = sample_in_pseudo
    path = folder / f"output/booklets/remembrance.{tag}.screen.pdf"
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert word in text
