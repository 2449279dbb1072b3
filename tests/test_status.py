"""Where a translation stands: as its files are and as an update would leave them, as a table, as JSON and as a page."""

from __future__ import annotations

import json
import re

import pytest
from browsing import nu_errors
from click.testing import CliRunner
from conftest import SILENCE, request_for

from stele import pipeline
from stele.cli import main
from stele.translation.messages import Message
from stele.translation.overview import Changes, changes
from stele.translation.po.catalog import read_catalog
from stele.translation.status import Tally
from stele.translation.wording import Piece, compared, pieces
from stele.translation.words import count_words, split_markup

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PAGE = """---
title: The page
---

Two words.

The village was burnt in February.

A new sentence stands here.
"""
POT = (
    HEADER + 'msgid "The page"\nmsgstr ""\n\nmsgid "Two words."\nmsgstr ""\n\n'
    'msgid "The village was burnt in winter."\nmsgstr ""\n\nmsgid "It has gone."\nmsgstr ""\n'
)
PO = (
    HEADER + 'msgid "The page"\nmsgstr "Səhifə"\n\n#, fuzzy\nmsgid "Two words."\nmsgstr "İki söz."\n\n'
    'msgid "The village was burnt in winter."\nmsgstr "Kənd qışda yandırıldı."\n\nmsgid "It has gone."\nmsgstr ""\n'
)
FILES = {"content/page.md": PAGE, "locales/page.pot": POT, "locales/az/LC_MESSAGES/page.po": PO}


def invoke(*arguments: object):
    return CliRunner().invoke(main, ["status", *map(str, arguments)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Two words.", 2),
        ("**Bold** and _leaning_ words", 4),
        ("[Human Rights Watch](https://hrw.org/report-1992)", 3),
        ('[a link](sources.md "with a title")', 5),
        ("killed[^hrw-1992] on <time>26 February</time> 1992 – all", 6),
        ("{killed.government} people and %(count)s names", 3),
        ("one—two three—four", 4),
        ("—", 0),
        ("می‌شود گفت", 2),
        ("Xocalı şəhəri", 2),
        ("死者の名", 4),
        ("Он сказал: «нет».", 3),
    ],
)
def test_words_of_prose_are_counted_and_markup_is_not(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize("noise", ["<", "](", "][", "[^", "{", "%(a", "&a", "`", "*", "[", "http://", "\\"])
def test_texts_of_nothing_but_beginnings_of_markup_are_counted_and_split(noise):
    text = noise * (20_000 // len(noise))
    assert (count_words(text) >= 0, "".join(piece for piece, _ in split_markup(text))) == (True, text)


def test_markup_is_told_from_prose():
    marked = [
        piece for piece, is_markup in split_markup("**All** of [the figures](figures.md) agree.[^hrw]") if is_markup
    ]
    assert marked == ["**", "**", "[", "](figures.md)", "[^hrw]"]


def test_a_text_shows_what_cannot_be_seen_and_what_would_turn_it_round():
    found = [(piece.text, piece.kind) for piece in pieces("a\x07b\u202ec\nd", "ltr")]
    expected = [("a", "prose"), ("U+0007", "unseen"), ("b", "prose"), ("U+202E", "unseen"), ("c", "prose")]
    assert found == [*expected, ("¶", "break"), ("d", "prose")]


def test_latin_words_in_a_right_to_left_text_are_runs_of_their_own():
    found = [(piece.text, piece.kind) for piece in pieces("گزارش Human Rights Watch می‌گوید", "rtl")]
    assert found == [("گزارش ", "prose"), ("Human Rights Watch", "run"), (" می‌گوید", "prose")]


def test_what_was_struck_out_stands_where_it_stood():
    found = compared("Every number belongs to someone.", "Each number belongs to somebody.", "ltr")
    text = "".join(f"{{{piece.change}:{piece.text}}}" if piece.change else piece.text for piece in found)
    assert text == "{del:Every}{ins:Each} number belongs to {del:someone}{ins:somebody}."


def test_long_wordings_are_told_apart_as_wholes():
    old, new = "a b " * 5000, "b a " * 5000
    assert compared(old, new, "ltr") == (Piece(old, change="del"), Piece(new, change="ins"))


def test_the_share_is_rounded_down():
    assert [Tally(999, 1, 0).percent, Tally(5, 0, 0).percent, Tally().percent, Tally(0, 3, 1).percent] == [
        99,
        100,
        100,
        0,
    ]


def test_changes_since_the_snapshot():
    snapshot, _ = read_catalog(POT.encode(), "page.pot")
    now = ["The page", "Two words.", "The village was burnt in February.", "A new sentence stands here."]
    reworded = (("The village was burnt in winter.", "The village was burnt in February."),)
    expected = Changes(("A new sentence stands here.",), ("It has gone.",), reworded)
    assert changes(snapshot, [Message(text, ()) for text in now]) == expected


def test_without_a_snapshot_everything_is_new():
    assert changes(None, [Message("One", ()), Message("Two", ())]) == Changes(("One", "Two"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of a small project in three languages."""
    folder = tmp_path_factory.mktemp("status")
    site = 'title = "Test"\nsource_language = "en"\nlanguages = ["en", "az", "fa"]\neditions = []\n'
    for name, text in {**FILES, "content/site.toml": site}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def told(folder):
    """Return what `status` tells as JSON."""
    return json.loads(invoke("--format", "json", "--project", folder).stdout)


@pytest.fixture(scope="module")
def page(folder):
    """Return what `status` tells as a page of HTML."""
    return invoke("--format", "html", "--project", folder).stdout


def test_json_tells_the_files_as_they_are_and_after_an_update(told):
    page = next(item for item in told["languages"][0]["domains"] if item["domain"] == "page")
    assert page == {
        "domain": "page",
        "has_catalog": True,
        "as_is": {
            "messages": {"total": 4, "translated": 2, "fuzzy": 1, "missing": 1},
            "words": {"total": 13, "translated": 8, "fuzzy": 2, "missing": 3},
            "failing": {},
            "waived": {},
        },
        "after_update": {
            "messages": {"total": 4, "translated": 1, "fuzzy": 2, "missing": 1},
            "words": {"total": 15, "translated": 2, "fuzzy": 8, "missing": 5},
            "failing": {},
            "waived": {},
        },
    }


def test_json_tells_what_changed(told):
    assert told["domains"][0] == {
        "domain": "page",
        "title": "The page",
        "messages": 4,
        "words": 15,
        "updated": "",
        "changes": {
            "added": ["A new sentence stands here."],
            "removed": ["It has gone."],
            "reworded": [{"before": "The village was burnt in winter.", "after": "The village was burnt in February."}],
        },
    }


def test_the_sum_of_a_language_is_that_of_its_documents(told):
    found = told["languages"][0]
    sums = [sum(item["as_is"]["words"]["total"] for item in found["domains"]), found["as_is"]["words"]["total"]]
    assert (found["language"], found["name"], sums[0]) == ("az", "Azərbaycanca", sums[1])


def test_the_table_has_a_line_for_what_an_update_would_change(project):
    folder = project({**FILES, "locales/site.pot": HEADER + 'msgid "Test"\nmsgstr ""\n'}, ("en", "az"))
    rows = [line.split() for line in invoke("--project", folder).stdout.splitlines()]
    assert [row for row in rows if row[:1] in (["page"], ["after"], ["page:"])] == [
        ["page:", "1", "added,", "1", "reworded,", "1", "removed"],
        ["page", "50", "%", "2", "/", "8", "1", "/", "2", "1", "/", "3", "–"],
        ["after", "update", "25", "%", "1", "/", "2", "2", "/", "8", "1", "/", "5", "–"],
        ["after", "update", "20", "%", "1", "/", "2", "2", "/", "8", "2", "/", "6", "–"],
    ]


def test_no_line_of_the_table_is_wider_than_a_terminal(project):
    files = {f"content/a-document-with-a-very-long-name-{n}.md": "# T\n\n" + "word " * 3000 for n in range(3)}
    result = CliRunner(env={"COLUMNS": "80"}).invoke(
        main, ["status", "--project", str(project(files, ("en", "az", "fa")))]
    )
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_status_writes_nothing(project):
    folder = project(FILES, ("en", "az"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    invoke("--format", "html", "--project", folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_a_broken_catalog_is_a_problem_and_counts_as_missing(project, form):
    folder = project({**FILES, "locales/az/LC_MESSAGES/page.po": "msgid oops"}, ("en", "az"))
    result = invoke("--format", form, "--project", folder)
    assert (result.exit_code, "broken-catalog" in result.output) == (1, True)


@pytest.mark.parametrize(("form", "printed"), [("json", "{}"), ("html", ""), ("text", "")])
def test_a_folder_that_is_no_project_is_a_problem(tmp_path, form, printed):
    result = invoke("--format", form, "--project", tmp_path)
    assert (result.exit_code, result.stdout.strip()) == (1, printed)


def test_the_page_is_one_whole_file(page):
    external = re.findall(r"<script|<link|<img|\ssrc=|url\(|@import|https?:", page)
    assert (page.startswith("<!doctype html>"), page.rstrip().endswith("</html>"), external) == (True, True, [])


def test_the_page_tells_every_share_in_numbers(page):
    cells = re.findall(r'<td>(\d+)<span class="words">(\d+)</span>', page)
    assert cells[:6] == [("2", "8"), ("1", "2"), ("1", "3"), ("1", "2"), ("2", "8"), ("1", "5")]


def test_the_nu_checker_finds_no_error_on_the_page(page, tmp_path):
    (tmp_path / "status.html").write_text(page)
    assert nu_errors([tmp_path / "status.html"]) == []


def test_the_page_escapes_what_people_wrote(project):
    folder = project({"content/page.md": "# Page\n\nA `<script>alert(1)</script>` & \u202e B\n"}, ("en", "az"))
    page = pipeline.show_status(request_for(folder), SILENCE, as_page=True).page
    assert ("<script" in page, "&lt;script&gt;" in page, "\u202e" in page) == (False, True, False)
