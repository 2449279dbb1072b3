"""The audit: what was printed is read back, and compared with the ledger and with the other editions."""

from __future__ import annotations

import pytest

from stele.artifacts import Artifact
from stele.audit import editions
from stele.audit.auditing import Measure, audit, settled
from stele.audit.drifts import yardstick
from stele.audit.editions import compare
from stele.audit.levels import bodies
from stele.audit.page import render_audit
from stele.audit.passages import Mark, read_page
from stele.audit.places import read_places
from stele.audit.records import unlike_the_ledger
from stele.audit.statement import Statement
from stele.audit.values import misstated
from stele.cache.keeping import Keeping
from stele.diagnostics import Diagnostic, Location, Stage
from stele.language.tags import language
from stele.sources.ledger.records import Consent, Figure, Ledger, Person, Quotation, Recognition
from stele.sources.ledger.records import Term as LedgerTerm
from stele.sources.ledger.writing import Day, Name, Number
from stele.sources.templating import Templates
from stele.sources.theme import BUILT_IN, Theme
from stele.sources.vocabulary import Term, Vocabulary
from stele.translation.interface import Interface
from stele.translation.po.catalog import read_catalog

CALL = '<sup><a class="footnote-ref" href="#fn:a">1</a></sup>'
AT = Location("content/ledger/x.yaml", 1)
KHOJALY = Term("khojaly", {"en": ("Khojaly",), "de": ("Chodschali",), "tr": ("Hocalı",), "fr": ("Khodjaly",)}, "place")
GENOCIDE = Term("genocide", {"en": ("genocide",), "de": ("Völkermord",), "tr": ("soykırım",), "fr": ("génocide",)})
MASSACRE = Term("massacre", {"en": ("massacre",), "de": ("Massaker",), "tr": ("katliam",), "fr": ("massacre",)})
YARDSTICK = yardstick(
    Vocabulary((KHOJALY,), (GENOCIDE, MASSACRE)), {"genocide", "massacre"}, ("en", "de", "tr", "fr", "ru", "az")
)


def html(body: str, tag: str = "en") -> bytes:
    return f'<html lang="{tag}"><head><title>T</title></head><body><main>{body}</main></body></html>'.encode()


def page(body: str, tag: str = "en"):
    return read_page(f"site/{tag}/a/index.html", html(body, tag))


def found(source: str, **others: str) -> list[tuple[str, str]]:
    """Return language and code of what is found where editions are one paragraph each."""
    pages = [page(f"<p>{text}</p>", tag) for tag, text in others.items()]
    return [(item.tag, item.code) for item in compare(page(f"<p>{source}</p>"), pages, YARDSTICK)]


def test_a_name_is_missed_whatever_stands_unseen_between_its_letters():
    assert found("In Khoj\u200ealy it snowed.", fr="En ville il neigeait.") == [("fr", "drifted-name")]


def test_a_page_is_read_block_by_block():
    body = (
        '<h1>The <em>town</em></h1><p>It had <span data-record="people.mfa">7,000</span> inhabitants.'
        '<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup></p>'
        '<table><tr data-record="killed.hrw"><th>Killed</th><td lang="az">Xocalı</td></tr></table>'
    )
    actual = [(item.kind, item.tag, item.text, item.record, item.calls) for item in page(body).passages[1:]]
    assert actual == [
        ("h1", "en", "The town", "", ()),
        ("p", "en", "It had 7,000 inhabitants.", "", ("1",)),
        ("th", "en", "Killed", "killed.hrw", ()),
        ("td", "az", "Xocalı", "killed.hrw", ()),
    ]
    assert page(body).passages[2].marks == (Mark("people.mfa", "7,000"),)
    assert page(body).passages[2].bare == "Ithadinhabitants"


def test_what_is_not_translated_says_so_and_is_asked_for_numbers_alone():
    fallback = '<span lang="en" data-fallback="source">Khojaly had 7,000 <span class="fallback-note">(x)</span></span>'
    assert page(f"<p>{fallback}</p>", "de").passages[-1].fallback
    assert found("Khojaly had 7,000", de=fallback) == []
    assert found("Khojaly had 7,000", de=fallback.replace("7,000", "9,000")) == [("de", "editions-disagree")]


@pytest.mark.parametrize(
    ("source", "german", "code"),
    [
        ("613 were killed", "631 wurden getötet", "drifted-number"),
        ("106 women and 70 elderly people", "eine Frau und ein 70-jähriger Mann", "drifted-number"),
        ("on 26 February 1992", "am 25. Februar 1992", "drifted-date"),
        ("on 26 February 1992", "am 26. März 1992", "drifted-date"),
        ("6 or 12 October 2015", "2015 oder 12. Oktober, 6", "drifted-date"),
        ("The town of Khojaly", "Die Stadt Hocalı", "drifted-name"),
        ("Khojaly, the town of Khojaly", "Chodschali, die Stadt Khojaly", "drifted-name"),
        ("They call it a massacre", "Sie nennen es einen Völkermord", "drifted-term"),
        ("a massacre", "ein Massaker, ein Völkermord", "drifted-term"),
        ("Senate, its committee", "Senat, sein Parlament", "drifted-level"),
        ('<a href="https://hrw.org/a">here</a>', '<a href="https://hrw.org/b">hier</a>', "drifted-link"),
        (f"It was reported{CALL}", "Es wurde berichtet", "drifted-citation"),
        ("Seven people whose names are not here", "Seven people whose names are not here", "wrong-language"),
    ],
)
def test_an_edition_that_drifts_is_found(source, german, code):
    assert ("de", code) in found(source, de=german)


@pytest.mark.parametrize(
    ("source", "german"),
    [
        ("1,275 people on 26 February 1992", "1.275 Menschen am 26. Februar 1992"),
        ("the massacre in Khojaly", "das Massaker von Chodschali"),
        ("Senate, Foreign Affairs Committee", "Senat, Auswärtiger Ausschuss"),
        ("“Justice for Khojaly Now”", "„Justice for Khojaly Now“"),
        ("Khojaly events", "Khojaly events, Ereignisse von Chodschali"),
        ("two or three", "zwei oder drei"),
    ],
)
def test_an_edition_that_says_the_same_is_left_alone(source, german):
    assert found(source, de=german) == []


def test_two_numbers_in_each_others_place_are_found_where_all_others_agree():
    others = dict.fromkeys(("tr", "fr", "ru"), "130 (x), 51 (y)")
    assert found("130 men, 51 women", de="51 Männer, 130 Frauen", **others) == [("de", "drifted-number")]


def test_if_all_others_agree_the_source_is_told_of():
    others = {"de": "613 Tote", "tr": "613 ölü", "fr": "613 morts", "ru": "613 погибших"}
    assert ("en", "drifted-number") in found("631 dead", **others)


def test_a_clause_that_only_one_edition_leaves_out_is_missed():
    whole = "<p>Those who had fled were asked, and they told of the road, of the cold and of the dark. "
    body = (whole + whole[3:] + "</p>") * 4
    pages = {tag: page(body.replace("e", letter), tag) for tag, letter in (("de", "ö"), ("fr", "é"), ("ru", "е"))}
    shorter = page((whole + whole[3:] + "</p>").replace("e", "ı") * 3 + (whole + "</p>").replace("e", "ı"), "tr")
    actual = [(item.tag, item.code) for item in compare(page(body), [*pages.values(), shorter], YARDSTICK)]
    assert actual == [("tr", "editions-disagree")]


def test_rows_of_records_answer_to_each_other_in_any_order():
    rows = {name: f'<tr data-record="{name}"><td>{number}</td></tr>' for name, number in (("a", 5), ("b", 7))}
    source, german = (
        page(f"<table>{rows['a']}{rows['b']}</table>"),
        page(f"<table>{rows['b']}{rows['a']}</table>", "de"),
    )
    assert compare(source, [german], YARDSTICK) == ()
    shorter = page(f"<table>{rows['a']}</table>", "de")
    assert {item.code for item in compare(source, [shorter], YARDSTICK)} == {"editions-disagree"}


@pytest.mark.parametrize(
    ("text", "value", "tag", "code"),
    [
        ("613", Number(613, 613), "en", ""),
        ("۶۱۳", Number(613, 613), "fa", ""),
        ("1.275-dən", Number(1275, 1275), "az", ""),
        ("500–1,000", Number(500, 1000), "en", ""),
        ("34-cü", Number(34, 34), "az", ""),
        ("thirty-fourth anniversary", Number(34, 34), "en", ""),
        ("631", Number(613, 613), "en", "drifted-number"),
        ("613", Number(613, 613), "fa", "drifted-number"),
        ("500", Number(500, 1000), "en", "drifted-number"),
        ("1,000–500", Number(500, 1000), "en", "drifted-number"),
        ("26 February 1992", Day("1992-02-26"), "en", ""),
        ("1992", Day("1992-02-26"), "en", ""),
        ("26 февраля", Day("1992-02-26"), "ru", ""),
        ("in der Nacht vom 25. auf den 26. Februar 1992", Day("1992-02-25/1992-02-26", is_night=True), "de", ""),
        ("27 February 1992", Day("1992-02-26"), "en", "drifted-date"),
        ("26 March 1992", Day("1992-02-26"), "en", "drifted-date"),
        ("1993", Day("1992-02-26"), "en", "drifted-date"),
        ("Xocalıda", Name({"az": ("Xocalı",), "en": ("Khojaly",)}), "az", ""),
        ("Khojaly", Name({"az": ("Xocalı",), "en": ("Khojaly",)}), "az", "drifted-name"),
    ],
)
def test_a_value_is_read_whatever_its_pattern(text, value, tag, code):
    assert misstated(text, value, tag)[0] == code


def test_committees_are_told_from_parliaments_in_every_script():
    told = [bodies(*item) for item in (("لجنة العلاقات الخارجية", "ar"), ("Комитет", "ru"), ("x", "vi"))]
    assert told == [{"committee"}, {"committee"}, None]


def test_rows_show_what_the_ledger_says_of_their_record():
    figure = Figure(
        id="killed.hrw", at=AT, measure="Killed", low=200, high=200, stated_by="Human Rights Watch", as_of=("1994",)
    )
    statement = Statement(
        Ledger(figures={figure.id: figure}),
        {figure.id: Number(200, 200)},
        {tag: {(figure.id, "stated_by"): "Human Rights Watch"} for tag in ("en", "de")},
    )
    row = (
        '<table><tr data-record="killed.hrw"><td><span data-record="killed.hrw">200</span></td>'
        "<td>1994</td><td>Human Rights Watch</td></tr></table>"
    )
    drifted = {
        "drifted-number": row.replace(">200<", ">300<"),
        "lost-attribution": row.replace("Human Rights Watch", "–"),
        "lost-record": "<table></table>",
    }
    assert unlike_the_ledger(page(row), [page(row, "de")], statement) == ()
    for code, body in drifted.items():
        assert {item.code for item in unlike_the_ledger(page(row), [page(body, "de")], statement)} == {code}


def test_a_frame_for_other_websites_is_held_against_the_ledger_too():
    figure = Figure(id="killed.hrw", at=AT, measure="Killed", low=200, high=200, stated_by="HRW", as_of=("1994",))
    statement = Statement(Ledger(figures={figure.id: figure}), {figure.id: Number(200, 200)}, {"en": {}, "de": {}})
    said = '<p><span data-record="killed.hrw">{}</span> dead</p>'
    site = {f"{frame}{tag}": html(said.format(200), tag) for frame in ("", "embed/") for tag in ("en", "de")}
    for drifted in ("embed/en", "embed/de"):
        pages = {**site, drifted: html(said.format(300), drifted[-2:])}
        artifacts = [Artifact(f"site/{place}/a/index.html", page) for place, page in pages.items()]
        found_ = audit(artifacts, Measure("en", YARDSTICK, statement))
        assert [(item.page, item.code) for item in found_] == [(f"site/{drifted}/a/index.html", "drifted-number")]


def test_a_range_has_its_lower_end_first():
    figure = Figure(id="killed.hrw", at=AT, measure="Killed", low=200, high=1000, stated_by="HRW", as_of=("1994",))
    statement = Statement(Ledger(figures={figure.id: figure}), {}, {"en": {}})
    row = '<table><tr data-record="killed.hrw"><td>Killed</td><td>200 to 1,000</td><td>HRW, 1994</td></tr></table>'
    swapped = row.replace("200 to 1,000", "1,000 to 200")
    found = [unlike_the_ledger(page(body), [], statement) for body in (row, swapped)]
    assert [[item.code for item in items] for items in found] == [[], ["drifted-number"]]


def test_a_committees_text_keeps_its_terms_its_date_and_its_level():
    record = Recognition(
        id="czech", at=AT, country="Czechia", body="Committee", level="committee", adopted=("2013-02-07",), terms=("m",)
    )
    terms = {
        "m": LedgerTerm(id="m", at=AT, forms={"en": ("massacre",), "de": ("Massaker",)}),
        "g": LedgerTerm(id="g", at=AT, forms={"en": ("genocide",), "de": ("Völkermord",)}),
    }
    said = {"en": {("czech", "body"): "Committee"}, "de": {("czech", "body"): "Ausschuss"}}
    statement = Statement(Ledger(recognitions={"czech": record}, terms=terms), {}, said)

    def row(body: str, date: str, term: str) -> str:
        return f'<table><tr data-record="czech"><td>{body}</td><td>{date}</td><td>{term}</td></tr></table>'

    source = page(row("Committee", "7 February 2013", "massacre"))
    cases = {
        ("Ausschuss", "7. Februar 2013", "Massaker"): set(),
        ("Ausschuss", "7. Februar 2013", "Völkermord"): {"drifted-term"},
        ("Ausschuss", "19. Februar 2013", "Massaker"): {"drifted-date"},
        ("Parlament", "7. Februar 2013", "Massaker"): {"drifted-level"},
    }
    for cells, codes in cases.items():
        german = page(row(*cells), "de")
        assert {item.code for item in unlike_the_ledger(source, [german], statement)} == codes


def test_quotations_stand_as_somebody_wrote_them_down():
    quotation = Quotation(id="q", at=AT, text="Both parties have violated the rules", language="en", speaker="HRW")
    statement = Statement(Ledger(quotations={"q": quotation}), {}, {"de": {("q", "text"): "Beide haben sie verletzt"}})
    source = page("<p>“Both parties have violated the rules”</p>")
    right, wrong = (page(f"<p>„{text}“</p>", "de") for text in ("Beide haben sie verletzt", "Sie haben sie verletzt"))
    assert unlike_the_ledger(source, [right], statement) == ()
    assert [item.code for item in unlike_the_ledger(source, [wrong], statement)] == ["drifted-quotation"]


def test_a_roll_is_in_the_order_of_its_language():
    people = {name: Person(id=name, at=AT, family=name) for name in ("e", "c", "z")}
    statement = Statement(Ledger(people=people))

    def roll(*names: tuple[str, str]) -> str:
        return "<ul>" + "".join(f'<li data-record="{key}">{name}</li>' for key, name in names) + "</ul>"

    right = roll(("c", "Çələbi"), ("e", "Əliyeva"), ("z", "Zamanov"))
    wrong = roll(("c", "Çələbi"), ("z", "Zamanov"), ("e", "Əliyeva"))
    assert unlike_the_ledger(page(right, "az"), [], statement) == ()
    assert [item.code for item in unlike_the_ledger(page(wrong, "az"), [], statement)] == ["names-out-of-order"]


def test_whoever_agreed_to_be_named_in_one_language_alone_is_not_missed_in_others():
    people = {
        "a": Person(id="a", at=AT, family="A", consent=Consent(given_by="the family", languages=("az",))),
        "b": Person(id="b", at=AT, family="B"),
    }
    roll = '<ul><li data-record="a">A</li><li data-record="b">B</li></ul>'
    found = unlike_the_ledger(page(roll, "az"), [page("<ul></ul>", "de")], Statement(Ledger(people=people)))
    assert [item.message for item in found] == ["the record b of the ledger is not on this page"]


PATH = "locales/de/LC_MESSAGES/a.po"
CATALOG = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

# allow editions-disagree: the German readers know it
#: content/a.md:12
msgid "{killed.hrw} people were **killed**"
msgstr "{killed.hrw} Menschen wurden **getötet**"
"""


def test_findings_know_their_places_and_their_waivers():
    source = '<p><span data-record="killed.hrw">613</span> people were <strong>killed</strong></p>'
    german = source.replace("613", "631").replace("people were", "Menschen wurden").replace("killed<", "getötet<")
    measure = Measure("en", YARDSTICK)
    artifacts = [Artifact("site/en/a/index.html", html(source)), Artifact("site/de/a/index.html", html(german, "de"))]
    catalog, _ = read_catalog(CATALOG.encode(), PATH)
    places = {"de": read_places([(PATH, catalog)])}
    (actual,) = settled(audit(artifacts, measure), places)
    assert (str(actual.catalog), str(actual.source)) == (f"{PATH}:8", "content/a.md:12")
    assert actual.diagnostic().code == "drifted-number"
    waived = Diagnostic("changed-number", "…", actual.catalog, None, "the reprint has it so")
    (actual,) = settled(audit(artifacts, measure), places, [waived])
    assert actual.diagnostic().waived == "the reprint has it so"


def test_only_editions_that_changed_are_compared_again(tmp_path, monkeypatch):
    measured, compared_again = [], editions.drifts
    monkeypatch.setattr(editions, "drifts", lambda *pair: measured.append(pair[1].tag) or compared_again(*pair))

    def audited(**texts: str):
        measured.clear()
        pages = [Artifact(f"site/{tag}/a/index.html", html(f"<p>{text}</p>", tag)) for tag, text in texts.items()]
        kept, anew = (
            audit(pages, Measure("en", YARDSTICK, kept=kept)) for kept in (Keeping(tmp_path, b"ground"), None)
        )
        assert kept == anew
        return sorted(measured), [(item.tag, item.code) for item in kept]

    anew = ["de", "de", "fr", "fr"]  # what the audit without a memory does is measured too, a title and a paragraph
    drifted = ("de", "drifted-number")
    assert audited(en="5 dead", de="7 Tote", fr="5 morts") == (sorted([*anew, *anew]), [drifted])
    assert audited(en="5 dead", de="7 Tote", fr="5 morts") == (anew, [drifted])
    assert audited(en="5 dead", de="7 Tote", fr="6 morts") == (
        ["de", "de", "fr", "fr", "fr", "fr"],
        [drifted, ("fr", "drifted-number")],
    )
    assert audited(en="7 dead", de="7 Tote", fr="5 morts") == (sorted([*anew, *anew]), [("fr", "drifted-number")])


def test_the_page_of_the_audit_leads_to_what_was_found():
    texts = {"en": "5 dead &lt;b&gt;", "de": "7 Tote &lt;b&gt;"}
    drifted = [Artifact(f"site/{tag}/a/index.html", html(f"<p>{text}</p>", tag)) for tag, text in texts.items()]
    found_ = settled(audit(drifted, Measure("en", YARDSTICK)), {})
    templates = Templates(Theme((BUILT_IN,)), Interface([]), "en")
    actual = render_audit(found_, [language("en"), language("de")], language("en"), "Test", templates, Stage.FINAL)
    text = actual.data.decode()
    assert actual.path == "audit/index.html"
    assert '<a href="../site/de/a/index.html">' in text
    assert '<dd lang="de" dir="ltr">7 Tote &lt;b&gt;</dd>' in text
    assert "<script" not in text
