"""The audit of booklets: the words of a PDF beside the words of the pages that are its chapters."""

from __future__ import annotations

import re
from functools import cache

import pytest

from stele.artifacts import Artifact
from stele.audit.abridging import abridged
from stele.audit.passages import read_page
from stele.audit.printed import disagreements, misimposed
from stele.audit.sheets import Sheet, sheets, words
from stele.sources.documents import ROUTES
from tests.conftest import RIGHT_TO_LEFT, ROOT

KEYS = ("foreword", "what-happened", "figures")


def page(body: str, tag: str = "en"):
    html = f'<html lang="{tag}"><body><main>{body}</main></body></html>'
    return read_page(f"site/{tag}/a/index.html", html.encode())


def printed(*texts: str, tag: str = "en") -> list[Sheet]:
    return [Sheet(number, text, words(text, tag)) for number, text in enumerate(texts, 1)]


BODY = (
    "<h1>What happened</h1><p>This chapter tells of the town and of the night in February.</p>"
    '<p>In the town were 130 men and 51 women.<sup><a class="footnote-ref">1</a></sup> '
    "See the table of figures, which prints all of the numbers side by side.</p>"
    '<div role="doc-endnotes"><ol><li><p>A letter of 1992, page 7.</p></li></ol></div>'
)
TEXT = (
    "What happened\nThis chapter tells of the town and of the night in February.\n"
    "In the town were 130 men and 51 women.1 See the table of fig\ufffeures (p. 1),\n"
    "which prints all of the numbers side by side.\n1 A letter of 1992, page 7.\nWHAT HAPPENED 1"
)


DETAILED = 'Ada Lou <span class="details">Lanj</span>'


def told(text: str, body: str = BODY) -> list[str]:
    return [item.message for item in disagreements("x.en.screen.pdf", printed(text), [page(body)], "en")]


def test_a_booklet_has_feet_references_and_numbers_of_notes_of_its_own():
    assert told(TEXT) == []


def test_the_letters_of_a_roll_stand_in_the_margin_behind_the_foot():
    rolled = BODY.replace("<h1>", "<h3>A</h3><h3>B</h3><h1>")
    assert told(TEXT.replace("WHAT HAPPENED 1", "1 THE BOOK\r\nA–B"), rolled) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (" brief", ['Ida Lou <span class="years">1900–1961</span>', "Ada Lou "]),
        ("", ['Ida Lou <span class="details"><span class="years">1900–1961</span>, <i>Lanj</i></span>', DETAILED]),
    ],
)
def test_of_a_brief_roll_booklets_have_names_and_years_alone(kind, expected):
    years = '<span class="years">1900–1961</span>'
    names = f'<li>Ida Lou <span class="details">{years}, <i>Lanj</i></span></li>\n<li>{DETAILED}</li>'
    roll = f'<div class="names columns-2 long{kind}">\n<section><ul>\n{names}\n</ul></section>\n</div>'
    read = abridged(f"<p>Before</p>\n{roll}\n<p>After</p>".encode()).decode()
    assert re.findall("<li>(.*)</li>", read) == expected


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("130 men", "103 men", "the site has “130”, the PDF does not, or not as often"),
        ("night", "day", "the PDF has “day”, the site does not, or not as often"),
        ("130 men and 51", "51 men and 130", "the site has “130” beside other words than the PDF"),
        ("51 women", "women", "the site has “51”, the PDF does not, or not as often"),
        ("51 women", "51 women, 26 of whom", "the PDF has “of”, “26”, “whom”, the site does not, or not as often"),
    ],
)
def test_what_only_one_of_page_and_booklet_says_is_told(before, after, message):
    assert message in told(TEXT.replace(before, after))


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("Nagorno-Karabakh, 1,275", "en", ("nagorno", "karabakh", "1", "275")),
        ("XOCALI FACİƏSİ", "az", ("xocalı", "faciəsi")),
        ("Straße", "de", ("strasse",)),
        ("نسل\u200cکشی ۱۹۹۲ وA/66", "fa", ("نسلکشی", "1992", "و", "a", "66")),
    ],
)
def test_words_are_compared_without_case_marks_or_joiners(text, tag, expected):
    assert words(text, tag) == expected


def test_sheets_have_the_words_of_the_pages_that_are_set_on_them():
    pages = printed("one two", "three four")
    assert misimposed("x.office.pdf", printed("three four one two"), pages, "en") == ()
    assert [item.sheet for item in misimposed("x.office.pdf", printed("one two", "three five"), pages, "en")] == [
        None,
        2,
    ]


@cache
def _booklet(folder, tag: str):
    output = folder / "output"
    screen, office = (output / f"booklets/remembrance.{tag}.{kind}.pdf" for kind in ("screen", "office"))
    paths = sorted((output / f"site/{tag}").glob("*/index.html"))
    documents = [path for path in paths if path.parent.name not in ROUTES]
    pages = [read_page(path.relative_to(output).as_posix(), path.read_bytes()) for path in documents]
    printed = (sheets(Artifact(path.name, path.read_bytes()), tag) for path in (screen, office))
    return *printed, _in_order(pages)


def _in_order(pages):
    text = (ROOT / "content/site.toml").read_text()
    return sorted(pages, key=lambda item: text.index(f'"{item.key.partition("/")[0]}"'))


@pytest.mark.parametrize("tag", ["en", "az", "ru", *sorted(RIGHT_TO_LEFT)])
def test_the_booklets_of_the_sample_say_what_its_pages_say(sample, tag):
    screen, office, pages = _booklet(sample[0], tag)
    assert [item.diagnostic().message for item in disagreements("x.pdf", screen, pages, tag)] == []
    assert [item.diagnostic().message for item in misimposed("x.pdf", office, screen, tag)] == []


CONTENTS = "Contents\nWhat happened 2\nThe letter 3"
LETTER = "The letter\nIt was written in spring by a woman of the town."


@pytest.mark.parametrize(
    ("contents", "messages"),
    [(CONTENTS, []), (CONTENTS.replace("3", "4"), ["the contents lead to page 4, a chapter opens on page 3"])],
)
def test_contents_lead_to_where_chapters_open(contents, messages):
    pages = [page(BODY), page("<h1>The letter</h1><p>It was written in spring by a woman of the town.</p>")]
    found = disagreements(
        "x.en.screen.pdf", printed(contents, TEXT.replace("HAPPENED 1", "HAPPENED 2"), LETTER), pages, "en"
    )
    assert [item.message for item in found] == messages


def test_a_day_and_a_year_that_are_exchanged_are_told_in_lines_from_right_to_left():
    said = "در شهر خوجالی در شب ۲۶ فوریه ۱۹۹۲ این رخ داد و از آن سخن گفته‌اند"
    swapped = said.replace("۲۶ فوریه ۱۹۹۲", "۱۹۹۲ فوریه ۲۶")
    found = disagreements("x.fa.screen.pdf", printed(swapped, tag="fa"), [page(f"<p>{said}</p>", "fa")], "fa")
    assert {item.message for item in found} == {
        "the site has “26” beside other words than the PDF",
        "the site has “1992” beside other words than the PDF",
    }
