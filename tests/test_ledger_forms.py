"""The forms of the ledger's records, each in English and in another language, as their templates make them."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from stele.diagnostics import Location
from stele.language.numbers import native_digits
from stele.language.tags import direction
from stele.sources import fragments
from stele.sources.ledger.records import (
    Citation,
    Commemoration,
    Event,
    Figure,
    Memorial,
    OtherDate,
    OtherName,
    Person,
    Place,
    Quotation,
    QuotationTranslation,
    Recognition,
    Source,
)
from stele.sources.ledger.roll import Readers, roll, wish
from stele.sources.templating import Templates, safe
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface
from stele.translation.store import built_in_interface

AT = Location("content/ledger/x.yaml", 1)
# What is set between words and numbers, and is not to be seen here.
UNSET = str.maketrans({"\u00a0": " ", "\u2060": None})
BLOCK = re.compile(r" ?(</?(?:table|thead|tbody|tr|th|td|dl|div|dt|dd|ol|ul|li|h2|h3|p|blockquote)\b[^>]*>) ?")

HRW = Source(
    id="hrw-1992", at=AT, author="Human Rights Watch", title="Bloodshed in the Caucasus", language="en",
    title_translated="«Кровопролитие»", issued="1992-09", seen="extract", url="https://hrw.org/a, docslib.org/b",
)  # fmt: skip
LETTER = Source(
    id="letter", at=AT, author="United Nations", title="letter", number="A/59/713", issued="2005", tier="primary",
    isbn="1-56432-081-2", section="Documents",
)  # fmt: skip
NUMBERS = {"hrw-1992": 1, "letter": 2}


def form(name: str, tag: str, *records, **values) -> str:
    """Return a form as a page has it, its white space folded."""
    catalog = built_in_interface(tag)
    templates = Templates(Theme((BUILT_IN,)), Interface([catalog] if catalog else []), tag)

    def number_of(source: str) -> str:
        return native_digits(str(NUMBERS[source]), tag)

    def cited(citations) -> list[str]:
        links = [f'<a class="source-ref" href="#source-{it.source}">{number_of(it.source)}</a>' for it in citations]
        return [safe(link) for link in links]

    html = templates.render(
        f"ledger/{name}.html",
        {
            "records": records,
            "argument": "",
            "language": SimpleNamespace(tag=tag, direction=direction(tag)),
            "cited": cited,
            "number_of": number_of,
            "term": {"genocide": "Völkermord" if tag == "de" else "genocide", "massacre": "massacre"}.get,
            "place": {"khojaly": "Xocalı" if tag == "az" else "Khojaly"}.get,
            "as_written": lambda record: record,
            **values,
        },
    )
    assert fragments.sanitize(html).count("<") == html.count("<"), "nothing of a form is taken out again"
    return BLOCK.sub(r"\1", " ".join(html.translate(UNSET).split()))


def seen(html: str) -> str:
    """Return what is read of a form."""
    return fragments.plain(re.sub(r"</(?:th|td|dt|dd|p|li)>", " ", html)).translate(UNSET)


def row(html: str) -> str:
    """Return the first row of a table, without its head."""
    return re.findall(r"<tr data-record.*?</tr>", html)[0]


def figure(**fields) -> Figure:
    return Figure(**{"id": "killed.x", "at": AT, "measure": "Killed", "low": 1275, "high": 1275} | fields)


def recognition(**fields) -> Recognition:
    return Recognition(**{"id": "x", "at": AT, "country": "Honduras", "body": "Congress", "level": "plenary"} | fields)


def test_a_figure_is_a_row_that_stands_for_itself():
    record = figure(stated_by="Government", as_of=("2005", "2021"), sources=(Citation("hrw-1992"), Citation("letter")))
    assert row(form("figures", "en", record)) == (
        '<tr data-record="killed.x"><th scope="row">Killed</th><td><span data-record="killed.x">1,275</span></td>'
        '<td>2005, 2021</td><td>Government <span class="cited">[<a class="source-ref" href="#source-hrw-1992">1</a>, '
        '<a class="source-ref" href="#source-letter">2</a>]</span></td></tr>'
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"bound": "at-least"}, "at least 1,275"),
        ({"bound": "more-than"}, "more than 1,275"),
        ({"bound": "about"}, "about 1,275"),
        ({"bound": "up-to"}, "up to 1,275"),
        ({"low": 500, "high": 1000}, "500 to 1,000"),
        ({"wording": "1,275 in four days", "bound": "about"}, "1,275 in four days"),
    ],
)
def test_a_number_is_printed_as_it_is_bound(fields, expected):
    assert f"Killed {expected} undated" in seen(form("figures", "en", figure(**fields)))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(("1992", "1993"), "1992–1993"), (("1992", "1994"), "1992, 1994"), (("1994-12",), "December 1994")],
)
def test_two_years_that_follow_each_other_are_one_span(as_of, expected):
    assert f"<td>{expected}</td>" in form("figures", "en", figure(as_of=as_of))


@pytest.mark.parametrize(("tag", "expected"), [("fa", "۱٬۲۷۵"), ("de", "1.275"), ("az", "1.275")])
def test_numbers_and_sources_are_in_the_digits_of_the_language(tag, expected):
    html = form("figures", tag, figure(sources=(Citation("letter"),)))
    assert f'<span data-record="killed.x">{expected}</span>' in html
    assert f">{native_digits('2', tag)}</a>" in html


def test_an_entry_of_a_timeline_is_one_whole():
    record = Event(
        id="fall", at=AT, date="1992-02-25/1992-02-26", night=True, text="The town is taken.",
        also_dated=(OtherDate(date="1992-02-27", stated_by="a letter"),),
    )  # fmt: skip
    assert form("timeline", "en", record) == (
        '<dl><div class="entry" data-record="fall"><dt>The night of 25 to 26 February 1992</dt><dd>The town is taken. '
        '<span class="aside">27 February 1992 according to a letter</span></dd></div></dl>'
    )
    assert "<dt>Ночь с 25 на 26 февраля 1992 года</dt>" in form("timeline", "ru", record)


PLACE = Place(
    id="khojaly", at=AT, names={"en": ("Khojaly",), "az": ("Xocalı",), "ru": ("Ходжалы", "ходжалинский")},
    feature="town",
    other_names=(
        OtherName(name="Խոջալու", language="hy"), OtherName(name="Khojalu", language="hy-Latn"),
        OtherName(name="Իվանյան", language="hy", since="2001"),
        OtherName(name="Ivanyan", language="hy-Latn", since="2001"),
    ),
)  # fmt: skip


def test_a_place_has_its_names_in_their_own_languages():
    html = form("gazetteer", "en", PLACE)
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == ["English", "Armenian"]
    assert row(html) == (
        '<tr data-record="khojaly"><th scope="row">Khojaly <span class="aside">town</span></th>'
        '<td><span lang="hy">Խոջալու</span>, <span lang="hy-Latn">Khojalu</span>; since 2001 '
        '<span lang="hy">Իվանյան</span>, <span lang="hy-Latn">Ivanyan</span></td></tr>'
    )


def test_the_columns_of_a_gazetteer_can_be_chosen_and_the_edition_comes_first():
    html = form("gazetteer", "az", PLACE, options={"columns": "en, az ru"})
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == ["Azərbaycan", "İngilis", "Rus"]
    assert seen(row(html)) == "Xocalı town Khojaly Ходжалы"


def test_an_adopted_text_says_its_body_its_dates_and_its_words():
    record = recognition(
        body="Chamber of Deputies, Foreign Affairs Committee", adopted=("2013-02-07",), terms=("massacre", "genocide"),
        term_original="masakr", term_language="cs", term_seen="text", note="some lists, 19 February", vote="35–7",
        sources=(Citation("hrw-1992"),),
    )  # fmt: skip
    assert row(form("register", "en", record)) == (
        '<tr data-record="x"><th scope="row">Honduras</th>'
        '<td>Chamber of Deputies, Foreign Affairs Committee <span class="aside">vote: 35–7</span></td>'
        '<td>7 February 2013; some lists, 19 February</td><td>massacre, genocide (<span lang="cs">masakr</span>) '
        '<span class="cited">[<a class="source-ref" href="#source-hrw-1992">1</a>]</span> '
        '<span class="aside">text seen</span></td></tr>'
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"adopted": ("2011-12-08", "2011-12-20", "2012-02")}, "8 December 2011, 20 December 2011 or February 2012"),
        ({"adopted": ("2014",), "published": "2014-02-13"}, "adopted 2014; published 13 February 2014"),
        ({"published": "2014-02-13"}, "published 13 February 2014"),
        ({"reported": "2017-01-24"}, "reported 24 January 2017"),
        ({}, "undated"),
    ],
)
def test_an_adopted_text_has_the_dates_that_are_known(fields, expected):
    assert f"<td>{expected}</td>" in form("register", "en", recognition(**fields))


@pytest.mark.parametrize(
    ("tag", "fields", "expected"),
    [
        ("en", {}, "not seen"),
        ("en", {"terms": ("genocide",), "term_wording": "genocide, in one report"}, "genocide, in one report"),
        ("en", {"terms": ("genocide",), "term_original": "Genocide", "term_language": "en"}, "genocide"),
        ("de", {"terms": ("genocide",), "term_original": "genocide", "term_language": "en"},
         'Völkermord (<span lang="en">genocide</span>)'),
    ],
)  # fmt: skip
def test_the_words_of_a_text_are_said_as_they_are_known(tag, fields, expected):
    assert f"<td>{expected}</td></tr>" in form("register", tag, recognition(**fields))


def test_the_bibliography_lists_sources_under_their_numbers():
    assert form("bibliography", "en", HRW, LETTER) == (
        '<ol class="sources"><li id="source-hrw-1992" data-record="hrw-1992"><span class="number">1</span> '
        "Human Rights Watch, <cite>Bloodshed in the Caucasus</cite>, September 1992. Read in an extract: "
        '<a class="address" dir="ltr" translate="no" href="https://hrw.org/a">hrw.org/a</a>, '
        '<a class="address" dir="ltr" translate="no" href="https://docslib.org/b">docslib.org/b</a></li></ol>'
        '<h2 id="from-letter">Documents</h2>'
        '<ol class="sources"><li id="source-letter" data-record="letter"><span class="number">2</span> '
        'United Nations, letter, <span translate="no">ISBN 1-56432-081-2</span>, '
        '<span class="symbol" dir="ltr">A/59/713</span>, 2005. '
        "Text seen.</li></ol>"
    )
    assert "<h2" not in form("bibliography", "en", LETTER, argument="Documents")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", '<span data-record="hrw-1992">Human Rights Watch, <cite>Bloodshed in the Caucasus</cite>, '
               'September 1992, p. 12; read in an extract.</span>'),
        ("ru", '<cite lang="en">Bloodshed in the Caucasus</cite> [«Кровопролитие»], сентябрь 1992 года'),
    ],
)  # fmt: skip
def test_a_citation_keeps_the_title_and_says_how_it_was_read(tag, expected):
    assert expected in form("note", tag, citations=[(HRW, "p. 12")])


@pytest.mark.parametrize(
    ("locator", "expected"),
    [("para. 76", "para. 76"), ("pp. 12–15", "pp. 12–15"), ("summary", "summary"), ("in the margin", "in the margin")],
)
def test_a_note_says_the_place_in_its_source(locator, expected):
    assert f"September 1992, {expected}; read" in seen(form("note", "en", citations=[(HRW, locator)]))


QUOTATION = Quotation(
    id="stone", at=AT, text="Für Toleranz", language="de", speaker="The memorial", date="2011-05-30", locator="p. 3",
    translations={"en": QuotationTranslation(text="For tolerance", translator="J. Doe")},
    context="It stands in Berlin.",
)  # fmt: skip


def test_a_quotation_gives_the_words_then_what_they_mean():
    assert form("quotation", "en", QUOTATION) == (
        '<blockquote data-record="stone"><p class="original" lang="de">Für Toleranz</p>'
        '<p class="translation">For tolerance</p><p class="attribution">The memorial, 30 May 2011, p. 3 (J. Doe)</p>'
        '<p class="context">It stands in Berlin.</p></blockquote>'
    )
    own = form("quotation", "de", QUOTATION)
    assert '<p class="original">Für Toleranz</p><p class="attribution">The memorial, 30. Mai 2011' in own


def test_a_quotation_is_translated_by_the_catalogs_where_nobody_else_did():
    spoken = Quotation(id="stone", at=AT, text="Pour la tolérance", language="de", speaker="The memorial")
    html = form("quotation", "fr", spoken, as_written=lambda _: QUOTATION)
    assert '<p class="original" lang="de">Für Toleranz</p><p class="translation">Pour la tolérance</p>' in html


def test_an_inscription_stands_in_its_own_language():
    record = Memorial(id="berlin", at=AT, town="Berlin", opened="2011-05-30", inscription="Für Toleranz",
                      inscription_language="de")  # fmt: skip
    assert form("memorials", "en", record) == (
        '<dl><div class="entry" data-record="berlin"><dt>30 May 2011</dt><dd><span class="name">Berlin</span> '
        '<span class="inscription" lang="de">Für Toleranz</span></dd></div></dl>'
    )


def test_a_gathering_says_where_when_and_which_anniversary():
    record = Commemoration(id="berlin", at=AT, date="2020-02-22", time="13:00", town="Berlin", site="Pariser Platz",
                           anniversary=28, languages=("de", "az"), organiser="a federation")  # fmt: skip
    assert seen(form("commemorations", "en", record)) == (
        "22 February 2020, 13:00 Berlin, Pariser Platz 28th anniversary Organiser: a federation "
        "Languages: German, Azerbaijani"
    )
    assert "28-ci ildönümü" in form("commemorations", "az", record)
    assert "۱۳:۰۰" in form("commemorations", "fa", record)


def people() -> tuple[Person, ...]:
    """Return invented people: a family of two, one who is missing, one who lives."""
    return (
        Person(id="a", at=AT, family="İmranov", given="Tal", language="az", born="1985~", died="1992", household="h"),
        Person(id="b", at=AT, family="İmranova", given="Zöh", language="az", age=7, household="h"),
        Person(id="c", at=AT, family="Çalov", given="Ver", language="az", born="1950-03-01", fate="missing"),
        Person(id="d", at=AT, family="Şinov", language="az", living=True),
    )


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("az", '<div class="names columns-3"><section class="letter"><h3 id="letter-of-c">Ç</h3><ul>'
               '<li data-record="c">Çalov Ver '),
        ("en", '<div class="names columns-3"><section class="letter"><h3 id="letter-of-c">C</h3><ul>'
               '<li data-record="c"><span lang="az">Çalov Ver</span> '
               '<span class="details">born 1950, missing</span></li></ul></section> <section class="letter">'
               '<h3 id="letter-of-a">I</h3><ul>'
               '<li class="household" data-record="a"><span lang="az">İmranov Tal</span> '
               '<span class="details">about 1985–1992</span></li><li class="household kin" data-record="b">'
               '<span lang="az">İmranova Zöh</span> <span class="details">7 years old</span></li>'
               '</ul></section></div><p class="count">3 names. '
               "1 person is not named here, because there is no consent to it. "
               '<span data-record="killed.x">Stated by the Registry: 5.</span> '
               "The name of 1 of them is not known here.</p>"),
    ],
)  # fmt: skip
def test_a_roll_keeps_families_together_and_says_whom_it_leaves_out(tag, expected):
    stated = figure(low=5, high=5, stated_by="the Registry")
    made = roll(people(), wish("families, killed.x"), Readers(tag, "az", "web"), stated)
    assert expected in form("roll", tag, *made.people, roll=made)


@pytest.mark.parametrize("name", ["figures", "timeline", "gazetteer", "register", "memorials", "commemorations"])
def test_what_is_written_in_a_record_is_escaped(name):
    bad = "<script>"
    record = {
        "figures": figure(stated_by=bad),
        "timeline": Event(id="x", at=AT, date="1992", text=bad),
        "gazetteer": Place(id="khojaly", at=AT, names={}, feature=bad),
        "register": recognition(body=bad, adopted=("2014",)),
        "memorials": Memorial(id="x", at=AT, town=bad),
        "commemorations": Commemoration(id="x", at=AT, date="2020", town=bad),
    }[name]
    assert "&lt;script&gt;" in form(name, "en", record)
