"""What is printed where a translation is missing or fuzzy, how that is shown, and which languages are left out."""

from __future__ import annotations

import re

import pytest
from conftest import FONTS, SILENCE, codes, lines, one_face, request_for

from stele import pipeline
from stele.diagnostics import Severity, Stage
from stele.language.tags import language
from stele.sources.documents import Document, Field
from stele.sources.markup import render
from stele.sources.project import Threshold, read_project
from stele.sources.units import Rendition
from stele.translation.localization import localize
from stele.translation.po.catalog import read_catalog
from stele.translation.policy import Voice, below, rendition
from stele.translation.status import Tally

EN, AZ, TR, FA = (language(tag) for tag in ("en", "az", "tr", "fa"))
PATH = "locales/az/LC_MESSAGES/page.po"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalog(*entries: str):
    """Return a catalog of entries in PO syntax."""
    read, found = read_catalog((HEADER + "\n\n".join(entries) + "\n").encode(), PATH)
    assert found == ()
    return read


def entry(msgid: str, msgstr: str, previous: str | None = None) -> str:
    fuzzy = "" if previous is None else f'#, fuzzy\n#| msgid "{previous}"\n'
    return f'{fuzzy}msgid "{msgid}"\nmsgstr "{msgstr}"'


def voice(*entries: str, chain=("source",), tr=(), reader=AZ) -> Voice:
    return Voice(reader, EN, catalog(*entries), PATH, tuple(chain), {"tr": catalog(*tr)})


def page(body: str, **fields: str) -> Document:
    return Document("page", "content/page.md", {name: Field(text, 2) for name, text in fields.items()}, body, 1)


def printed(body: str, spoken: Voice) -> str:
    return localize(page(body, title="T"), spoken, Stage.DRAFT)[0].html


# --- the chain ----------------------------------------------------------------------------------------------------

SENTENCE = "The mill is older."


@pytest.mark.parametrize(
    ("own", "chain", "expected"),
    [
        (entry(SENTENCE, "Dəyirman köhnədir."), ["tr", "source"], Rendition("Dəyirman köhnədir.", "az")),
        (entry(SENTENCE, ""), ["tr", "source"], Rendition("Değirmen eskidir.", "tr", "tr")),
        (entry(SENTENCE, ""), ["previous", "tr"], Rendition("Değirmen eskidir.", "tr", "tr")),
        (entry(SENTENCE, "Köhnədir.", "The mill is old."), ["previous"], Rendition("Köhnədir.", "az", "previous")),
        (entry(SENTENCE, "Köhnədir.", "The mill is old."), ["source"], Rendition(SENTENCE, "en", "source")),
        (entry(SENTENCE, ""), ["previous"], Rendition(SENTENCE, "en", "source")),
        (entry(SENTENCE, ""), ["previous", "omit"], Rendition(SENTENCE, "en", "source", True)),
    ],
)
def test_what_is_printed_goes_down_the_chain(own, chain, expected):
    assert rendition(SENTENCE, voice(own, chain=chain, tr=[entry(SENTENCE, "Değirmen eskidir.")])) == expected


@pytest.mark.parametrize(
    ("source", "translation", "previous"),
    [
        ("In 1934 it was built.", "1933-cü ildə tikilib.", "In 1933 it was built."),  # states another year
        ("It was built.[^a]", "Tikilib.", "It was built."),  # has lost a note
        ("It was built.", "<b>Tikilib.</b>", "<b>It was built.</b>"),  # has markup that the source has no more
    ],
)
def test_an_older_wording_that_would_say_something_wrong_is_not_printed(source, translation, previous):
    own = voice(entry(source, translation, previous), chain=["previous", "source"])
    assert rendition(source, own).fallback == "source"


def test_a_fuzzy_guess_without_an_older_wording_is_not_printed():
    guess = f'#, fuzzy\nmsgid "{SENTENCE}"\nmsgstr "Nəsə."'
    assert rendition(SENTENCE, voice(guess, chain=["previous", "source"])).fallback == "source"


def test_a_harmful_translation_of_another_language_is_not_printed():
    own = voice(entry("Text.", ""), chain=["tr", "source"], tr=[entry("Text.", "[x](javascript:alert)")])
    assert rendition("Text.", own).fallback == "source"


# --- runs in the page ---------------------------------------------------------------------------------------------


def test_every_fallback_says_its_language_direction_and_reason():
    own = voice(entry("Two.", "دو.", "2."), entry("Three.", "سه."), chain=["source"], reader=FA)
    assert printed("One.\n\nThree.\n", own) == '<p data-fallback="source" lang="en" dir="ltr">One.</p>\n<p>سه.</p>'


def test_an_older_wording_is_in_the_language_of_the_page():
    own = voice(entry(SENTENCE, "Köhnədir.", "The mill is old."), chain=["previous"])
    assert printed(SENTENCE, own) == '<p data-fallback="previous" lang="az" dir="ltr">Köhnədir.</p>'


def test_what_has_its_place_from_the_list_table_or_heading_keeps_it():
    html = printed("## H\n\n- One\n    - Two\n\n| A |\n|---|\n| B |\n", voice(entry("Two", "İki")))
    runs = re.findall(r'<(\w+)[^>]*><span data-fallback="source" lang="en" dir="ltr">(\w+)</span>', html)
    assert (runs, "<li>İki</li>" in html) == ([("h2", "H"), ("li", "One"), ("th", "A"), ("td", "B")], True)


def test_title_short_title_and_description_say_their_language():
    made, _ = localize(page("Text.", title="The mill", description="What it was."), voice(), Stage.DRAFT)
    run = '<span lang="en" dir="ltr" data-fallback="source">{}</span>'
    expected = (run.format("The mill"), run.format("The mill"), run.format("What it was."))
    assert (made.title, made.short, made.description) == expected


def test_an_author_cannot_mark_a_text_as_no_translation():
    html = render(page("One.\n{: data-fallback=tr }\n"), "en", lambda _: None, "en").html
    assert html == "<p>One.</p>"


def test_a_title_that_is_the_first_heading_says_its_language():
    made, _ = localize(page("# The *mill*\n\nText."), voice(), Stage.DRAFT)
    assert made.title == '<span data-fallback="source" lang="en" dir="ltr">The <em>mill</em></span>'


def test_titles_of_links_and_meanings_of_abbreviations_say_their_language():
    body = 'The HRW and [this][a].\n\n[a]: https://example.org/ "A report"\n\n*[HRW]: Human Rights Watch\n'
    own = voice(entry("The HRW and [this][a].", "HRW və [bu][a]."), entry("HRW", "HRW"))
    assert printed(body, own) == (
        '<p><abbr title="Human Rights Watch" lang="en" dir="ltr"><span lang="az" dir="ltr">HRW</span></abbr> və '
        '<a href="https://example.org/" title="A report" lang="en" dir="ltr"><span lang="az" dir="ltr">bu</span></a>.'
        "</p>"
    )


def test_a_picture_without_words_has_no_mark():
    html = printed("![A map](map.svg)\n", voice())
    assert html == '<p lang="en" dir="ltr"><img alt="A map" src="map.svg"></p>'


# --- leaving out --------------------------------------------------------------------------------------------------


def without(*translated: str, body: str) -> str:
    """Return the HTML of `body` in which only the messages `translated` have a translation, the same words."""
    return printed(body, voice(*(entry(text, text) for text in translated), chain=["omit"]))


@pytest.mark.parametrize(
    ("body", "translated", "expected"),
    [
        ("One.\n\nTwo.\n", ["Two."], "<p>Two.</p>"),
        ("- One\n- Two\n", ["Two"], "<ul>\n<li>Two</li>\n</ul>"),
        ("- One\n- Two\n\nEnd.\n", ["End."], "<p>End.</p>"),
        ("1. One\n\n    More\n\n2. Two\n", ["Two"], "<ol>\n<li>\n<p>Two</p>\n</li>\n</ol>"),
        ("- One\n    - Two\n- Three\n", ["Three"], "<ul>\n<li>Three</li>\n</ul>"),
        ("> One.\n\nEnd.\n", ["End."], "<p>End.</p>"),
        ('!!! note "Title"\n    One.\n\nEnd.\n', ["Title", "End."], "<p>End.</p>"),
    ],
)
def test_a_block_is_left_out_with_what_held_nothing_else(body, translated, expected):
    assert without(*translated, body=body) == expected


@pytest.mark.parametrize("body", ["## One\n", "| One |\n|---|\n", "One\n:   Two\n", "One.\n{: #here }\n"])
def test_what_would_maim_the_page_is_given_in_the_source(body):
    assert 'data-fallback="source"' in without("Two", body=body)


def test_a_note_goes_with_the_paragraph_that_called_it_and_the_others_are_numbered_anew():
    body = "One.[^a]\n\nTwo.[^b]\n\n[^a]: A.\n[^b]: B.\n"
    html = without("Two.[^b]", "A.", "B.", body=body)
    assert re.findall(r'id="(fn:\w)"|ref" href="#(fn:\w)">(\d)<', html) == [("", "fn:b", "1"), ("fn:b", "", "")]


def test_an_omitted_subtitle_is_empty_and_an_omitted_title_is_not(project):
    files = {"content/page.md": "# Page\n", "content/site.toml": site('az = ["omit"]', top='subtitle = "Sub"')}
    pipeline.build(request_for(folder := project(files)), SILENCE)
    html = (folder / "output/site/az/index.html").read_text()
    assert ("Sub" in html, '<span lang="en" dir="ltr" data-fallback="source">Test</span>' in html) == (False, True)


# --- marks, notes, watermark --------------------------------------------------------------------------------------


def site(fallback: str = "", *, top: str = "", rest: str = "", editions: str = "editions = []") -> str:
    return (
        f'title = "Test"\nsource_language = "en"\nlanguages = ["en", "az", "tr"]\n{top}\n{editions}\n\n{rest}\n'
        f"[translation.fallback]\n{fallback}\n"
    )


def built(project, body: str, settings: str, stage: Stage = Stage.DRAFT, **catalogs: str):
    files = {"content/page.md": body, "content/site.toml": settings}
    files |= {f"locales/{tag}/LC_MESSAGES/page.po": HEADER + text + "\n" for tag, text in catalogs.items()}
    folder = project(files)
    return folder, pipeline.build(request_for(folder, stage=stage), SILENCE)


def article(folder, tag: str = "az") -> str:
    html = (folder / f"output/site/{tag}/page/index.html").read_text()
    return html[html.index("</header>\n", html.index("<article")) : html.index("</article>")]


NOTE = r'<(\w+) class="fallback-note" lang="az" dir="ltr">([^<]*)</\1>'


def test_neighbours_of_one_kind_share_a_note(project):
    az = "\n\n".join([entry("Two.", "İki."), entry("Five.", "Beş.", "Fife.")])
    folder, _ = built(
        project,
        "# Page\n\nOne.\n\nTwo.\n\n## Three\n\nFour.\n\nFive.\n\n## Six\n\nTwo.\n",
        site('az = ["tr", "previous", "source"]'),
        az=az,
        tr=entry("One.", "Bir."),
    )
    text = re.sub(r"<(?!\w+ class=.fallback)[^>]*>", "", re.sub(NOTE, r"«\1»", article(folder)))
    assert " ".join(text.split()) == "Bir. «span» İki. Three Four. «span» Beş. «span» Six «div»İki."


@pytest.mark.parametrize("notes", [True, False])
def test_notes_are_written_where_the_project_wants_them(project, notes):
    rest = f"[translation]\nnotes = {str(notes).lower()}\n"
    folder, _ = built(project, "# Page\n\nOne.\n", site(rest=rest), az=entry("Page", "Səhifə"))
    html = article(folder)
    assert (bool(re.search(NOTE, html)), 'data-fallback="source"' in html) == (notes, True)


@pytest.mark.parametrize(("stage", "banners"), [(Stage.DRAFT, 0), (Stage.PROOF, 1)])
def test_every_page_of_a_proof_says_that_it_is_one(project, stage, banners):
    folder, _ = built(project, "# Page\n\nOne.\n", site(), stage)
    pages = list((folder / "output/site").rglob("*.html"))
    assert [path.read_text().count('<p class="proof">') for path in pages] == [banners] * len(pages)


def test_a_text_of_the_site_says_its_language_but_not_in_the_title_of_the_window(project):
    folder, _ = built(project, "# Page\n", site())
    html = (folder / "output/site/az/page/index.html").read_text()
    run = '<span lang="en" dir="ltr" data-fallback="source">Test</span>'
    assert (f">{run}</a>" in html, "<title>Page · Test</title>" in html) == (True, True)


# --- what is reported ---------------------------------------------------------------------------------------------

LONG = "A sentence that is longer than sixty characters, as most sentences of a book are."


def told(stage: Stage) -> list[str]:
    own = voice(entry("One.", "Bir.", "1."), entry("Two.", ""), entry("Three.", "Üç."), entry(LONG, ""))
    _, found = localize(page(f"One.\n\nTwo.\n\nThree.\n\nFour.\n\n{LONG}\n"), own, stage)
    return [f"{item.location}: {item.message} [{item.code}]" for item in found]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PROOF])
def test_before_the_end_they_are_counted(stage):
    assert told(stage) == [
        f"{PATH}: messages of content/page.md that are not in the catalog: 1 [stale-catalog]",
        f"{PATH}: messages of content/page.md without a translation that can be printed: 2 [untranslated]",
        f"{PATH}: messages of content/page.md whose translation is fuzzy: 1 [fuzzy]",
    ]


def test_a_final_edition_lists_every_one():
    assert told(Stage.FINAL) == [
        f"{PATH}:6: “One.” has a fuzzy translation [fuzzy]",
        f"{PATH}:9: “Two.” has no translation that can be printed [untranslated]",
        f"{PATH}: “Four.” is not in the catalog [stale-catalog]",
        f"{PATH}:15: “A sentence that is longer than sixty characters, as most se…” has no translation that can be "
        "printed [untranslated]",
    ]


def test_a_final_edition_is_not_published_with_a_fallback(project):
    folder, outcome = built(project, "# Page\n", site('az = ["tr"]'), Stage.FINAL, tr=entry("Page", "Sayfa"))
    assert (outcome.failed(Stage.FINAL), (folder / "output").exists()) == (True, False)


# --- thresholds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tally", "threshold", "expected"),
    [
        (Tally(9, 0, 1), Threshold(0.9, 0.0), None),
        (Tally(8, 1, 1), Threshold(0.9), "80 % of its messages are translated, 90 % are asked"),
        (Tally(9, 1, 0), Threshold(0.9, 0.05), "1 of its 10 messages are fuzzy, more than 5 %"),
        (Tally(0, 10, 0), Threshold(), None),
        (Tally(), Threshold(1.0, 0.0), None),
    ],
)
def test_a_language_is_measured_by_shares_of_its_messages(tally, threshold, expected):
    assert below(tally, threshold) == expected


def test_a_language_below_the_threshold_is_left_out_and_not_linked_to(project):
    rest = "[translation.thresholds.draft]\nsite = { translated = 0.5 }\n"
    az = "\n\n".join([entry("Page", "Səhifə"), entry("One.", "Bir.")])
    folder, outcome = built(project, "# Page\n\nOne.\n", site(rest=rest), az=az)
    html = (folder / "output/site/az/page/index.html").read_text()
    pages = sorted(path.name for path in (folder / "output/site").iterdir() if path.is_dir())
    reported = [line for line in lines(outcome) if "below-threshold" in line]
    assert (pages, "/tr/" in html, reported) == (
        ["assets", "az", "en"],
        False,
        [
            "locales/tr: warning: tr is left out of the site: 0 % of its messages are translated, 50 % are asked "
            "[below-threshold]\n  hint: translate more, or ask less of it in content/site.toml"
        ],
    )


def test_one_threshold_is_of_one_stage(project):
    rest = "[translation.thresholds.proof]\nsite = { translated = 0.5 }\n"
    _, outcome = built(project, "# Page\n", site(rest=rest), Stage.DRAFT)
    assert "below-threshold" not in codes(outcome)


def test_when_nothing_is_left_that_is_said(project):
    rest = "[translation.thresholds.draft]\nsite = { translated = 0.5 }\n"
    folder = project({"content/page.md": "# Page\n", "content/site.toml": site(rest=rest)})
    outcome = pipeline.build(request_for(folder, languages=("tr",)), SILENCE)
    said = [item.message for item in outcome.diagnostics if item.code == "below-threshold"]
    assert (said[0], (folder / "output/site").exists()) == (
        "no language is far enough for the site, so there is none",
        False,
    )


# --- settings -----------------------------------------------------------------------------------------------------


def test_the_settings_are_read(project):
    rest = (
        "[translation]\nkeep_small_changes = true\nnotes = false\n\n"
        "[translation.thresholds.proof]\nbooklets = { translated = 0.9, fuzzy = 0.05 }\n"
    )
    editions = '[[editions]]\nname = "a"\n\n[[editions]]\nname = "b"\nnotes = true\n'
    read, found = read_project(
        project({"content/site.toml": site('az = ["tr", "previous", "omit"]', rest=rest, editions=editions)})
    )
    settings = read.translation
    assert (found, settings.keep_small_changes, settings.chain("az"), settings.chain("tr")) == (
        (),
        True,
        ("tr", "previous", "omit"),
        ("source",),
    )
    assert (settings.threshold("proof", "booklets"), settings.threshold("draft", "booklets")) == (
        Threshold(0.9, 0.05),
        Threshold(),
    )
    assert [(item.name, item.notes) for item in read.editions] == [("a", False), ("b", True)]


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        ('[translation.fallback]\naz = ["tr", "xx"]', 7, "az cannot fall back on 'xx'"),
        ('[translation.fallback]\naz = ["az"]', 7, "az cannot fall back on 'az'"),
        ('[translation.fallback]\naz = ["en"]', 7, "az cannot fall back on 'en'"),
        ('[translation.fallback]\nen = ["tr"]', 7, "'en' is no translation of this project"),
        ('[translation.fallback]\naz = ["omit", "tr"]', 7, "'omit' is not the last fallback of az"),
        ('[translation.fallback]\naz = "tr"', 7, "the fallback of az must be a list of texts"),
        ("[translation]\nfallback = 1", 7, "fallback must be a table"),
        ("[translation]\nnotes = 1", 7, "notes must be true or false"),
        ("[translation.thresholds.proof]\nsite = 1", 7, "site must state shares of messages"),
        ("[translation.thresholds.proof]\nsite = {fuzzy = 50}", 7, "fuzzy must be a share from 0 to 1"),
        (
            "[translation.thresholds.draft]\nsite = {fuzzy = 1}\n[translation.thresholds.proof]\nsite = {fuzzy = nan}",
            9,
            "fuzzy must be a share from 0 to 1",
        ),
        ("[translation.thresholds]\nfinal = {}", 7, "there is no setting 'final'"),
        ("[translation]\nnote = true", 7, "there is no setting 'note'"),
        ("[translation.thresholds.draft]\nsite = {shown = 1}", None, "there is no setting 'shown'"),
    ],
)
def test_a_wrong_setting_is_reported_with_its_line(project, settings, line, message):
    top = 'title = "Test"\nsource_language = "en"\nlanguages = ["az", "tr"]\neditions = []\n\n'
    _, found = read_project(project({"content/site.toml": top + settings + "\n"}))
    wanted = line or found[0].location.line
    assert [(item.location.line, item.message) for item in found] == [(wanted, message)]


def test_the_same_words_in_the_language_of_the_page_are_no_fallback():
    document = page("One.\n\nTwo.\n")
    plain = render(document, "az", lambda unit: unit.text, "en")
    assert render(document, "az", lambda unit: Rendition(unit.text, "az"), "en") == plain


@pytest.mark.slow
def test_a_proof_has_a_watermark_that_is_no_text_and_is_pdf_ua_1(project):
    import page as page_validation
    import pikepdf

    editions = '[[editions]]\nname = "book"\ndocuments = ["page"]\n'
    body = "# Page\n\nOne.[^a]\n\n- Two\n\n[^a]: A note.\n"
    project({FONTS: one_face()})  # in the folder that the rest is written into
    folder, outcome = built(project, body, site(editions=editions), Stage.PROOF, az=entry("Two", "İki"))
    (path,) = (folder / "output/booklets").glob("book.az.screen.pdf")
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    with pikepdf.open(path) as pdf:
        transparent = ["/ExtGState" in page.Resources for page in pdf.pages[:6]]
    found = {item.code for item in outcome.diagnostics if item.severity(Stage.PROOF) is Severity.ERROR}
    assert (report.failures, transparent, found, "overfull-box" in codes(outcome)) == ([], [True] * 6, set(), False)
