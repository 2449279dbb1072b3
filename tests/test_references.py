"""References to the ledger in prose: what is read as one, how a language writes it, what becomes of citations."""

from pathlib import Path

import pytest

from stele.diagnostics import Location
from stele.sources import fragments, markup
from stele.sources.documents import loose_document
from stele.sources.inscription import Inscriptions
from stele.sources.ledger.records import Citation, Event, Figure, Ledger, Place, Source
from stele.sources.ledger.references import Call, Reference, calls, citations, references
from stele.sources.ledger.wanted import wanted
from stele.sources.ledger.writing import Day, Name, Number, values, write
from stele.sources.templating import Templates
from stele.sources.theme import theme
from stele.sources.vocabulary import Vocabulary
from stele.stages.reading import words_of_templates
from stele.translation.interface import Interface

AT = Location("content/ledger/x.yaml", 1)
KILLED, MANY, RANGE = Number(613, 613), Number(1275, 1275), Number(500, 1000)
NIGHT, DAY = Day("1992-02-25/1992-02-26", is_night=True), Day("1992-02-26")
TOWN = Name({"en": ("Khojaly",), "az": ("Xocalı",), "ru": ("Ходжалы", "ходжалинский")})


def patterns(tag):
    words = words_of_templates(tag, Vocabulary())
    return Templates(theme(Path("none")), Interface([words] if words else []), tag).patterns()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Say {killed.government} now", [Reference("killed.government")]),
        ("on {fall:d MMMM y}", [Reference("fall", "d MMMM y")]),
        ("{killed}[-ü] and {fall}", [Reference("killed", "", "-ü"), Reference("fall")]),
        ("{killed.hrw-1994.as-of:y}", [Reference("killed.hrw-1994.as-of", "y")]),
        ("`{code}` and \\{escaped}", []),
        ("# A heading {: #anchor .class }", []),
        ("a link {killed}[words](x.md)", [Reference("killed")]),
    ],
)
def test_what_is_read_as_a_reference(text, found):
    assert list(references(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Said.[@hrw-1992, p. 12]", [(Citation("hrw-1992", "p. 12"),)]),
        ("[@a; @b, para. 76]", [(Citation("a"), Citation("b", "para. 76"))]),
        ("[@a](x.md) ![@a] `[@a]` [^a]", []),
        ("[@a b]", []),
    ],
)
def test_what_is_read_as_a_citation(text, found):
    assert list(citations(text)) == found


@pytest.mark.parametrize(
    ("value", "reference", "tag", "text"),
    [
        (MANY, Reference("x"), "en", "1,275"),
        (MANY, Reference("x"), "ru", "1\u00a0275"),
        (MANY, Reference("x"), "fa", "۱٬۲۷۵"),
        (MANY, Reference("x", "", "-ü"), "az", "1.275-i"),
        (KILLED, Reference("x", "", "-ü"), "az", "613-ü"),
        (Number(26, 26), Reference("x", "", "’te"), "tr", "26’da"),
        (RANGE, Reference("x"), "de", "500–1.000"),
        (Number(33, 33), Reference("x", "ordinal"), "az", "33-cü"),
        (Number(33, 33), Reference("x", "ordinal.feminine"), "ru", "33-я"),
        (Number(33, 33), Reference("x", "anniversary"), "az", "33-cü ildönümü"),
        (Number(33, 33), Reference("x", "anniversary"), "en", "33rd anniversary"),
        (DAY, Reference("x"), "de", "26. Februar 1992"),
        (DAY, Reference("x", "d MMMM"), "ru", "26 февраля"),
        (DAY, Reference("x", "y[-ci] 'il'"), "az", "1992-ci il"),
        (NIGHT, Reference("x"), "en", "the night of 25 to 26 February 1992"),
        (NIGHT, Reference("x", "d–d MMMM"), "en", "25–26 February"),
        (TOWN, Reference("x"), "az", "Xocalı"),
        (TOWN, Reference("x", "Ходжалах"), "ru", "Ходжалах"),
        (TOWN, Reference("x"), "az-Cyrl", "Хоҹалы"),
    ],
)
def test_a_reference_is_written_as_its_language_writes(value, reference, tag, text):
    assert write(value, reference, tag, patterns(tag)) == text


@pytest.mark.parametrize(
    ("value", "reference"),
    [(KILLED, Reference("x", "loudly")), (DAY, Reference("x", "d Q y")), (Name({"en": ("A",)}), Reference("x"))],
)
def test_what_cannot_be_written_is_refused(value, reference):
    with pytest.raises(ValueError, match=r"."):
        write(value, reference, "ru", patterns("ru"))


def test_records_give_values_by_their_ids():
    ledger = Ledger(
        figures={"a.b": Figure(id="a.b", at=AT, measure="A", low=1, high=2, as_of=("1993",))},
        events={"fall": Event(id="fall", at=AT, date="1992-02-26")},
        places={"khojaly": Place(id="khojaly", at=AT, names={"en": ("Khojaly",)})},
        sources={"hrw": Source(id="hrw", at=AT, issued="1992-09")},
    )
    assert values(ledger, {"years": 33}) == {
        "a.b": Number(1, 2),
        "a.b.as-of": Day("1993"),
        "years": Number(33, 33),
        "fall": DAY,
        "hrw.issued": Day("1992-09"),
        "khojaly": Name({"en": ("Khojaly",)}),
    }


def rendered(body, tag="en", **more):
    document, _ = loose_document(body, "content/page.md")
    made = Inscriptions({"killed": KILLED, "fall": DAY, "odd": Name({"en": ("*A* [b] <c>",)})}, {tag: {}}, **more)
    return markup.render(document, tag, markup.identity, tag, made)


def test_a_value_is_marked_with_its_record():
    made = rendered("They were {killed}.")
    assert made.html == '<p>They were <span data-record="killed">613</span>.</p>'


def test_a_value_is_text_and_no_markup():
    made = rendered("Say {odd} *{killed}*.")
    assert fragments.plain(made.html) == "Say *A* [b] <c> 613."


def test_a_heading_may_end_with_a_reference_and_still_have_attributes():
    made = rendered("Text.\n\n## In {fall:y} {: #year}\n")
    assert [(item.text, item.id) for item in made.headings] == [("In 1992", "year")]


def test_a_table_cell_may_end_with_a_reference():
    made = rendered("| a | b |\n|---|---|\n| {killed} | of {killed} |\n")
    assert made.html.count('<span data-record="killed">613</span>') == 2


def test_a_bare_reference_is_nothing_to_translate():
    made = rendered("| a | b |\n|---|---|\n| {killed} | {fall:d MMMM} |\n")
    assert [unit.text for unit in made.units] == ["a", "b", "{fall:d MMMM}"]


def test_an_unknown_reference_is_told_with_its_line():
    made = rendered("One.\n\nTwo {nobody}.")
    assert [(item.code, str(item.location)) for item in made.diagnostics] == [("unknown-record", "content/page.md:3")]


def test_citations_become_notes_numbered_with_the_others_by_their_calls():
    note = (Citation("hrw", "p. 12"),)
    made = rendered("A.[@hrw, p. 12] B.[^b] C.[@hrw, p. 12]\n\n[^b]: Own.\n", notes={note: "<i>Bloodshed</i>, p. 12"})
    root = fragments.parse(made.html)
    assert [link.text for link in root.xpath(".//a[@class='footnote-ref']")] == ["1", "2", "1"]
    assert [" ".join(item.text_content().split()) for item in root.xpath(".//li")] == [
        "Bloodshed, p. 12 ↩ ↩",
        "Own. ↩",
    ]
    targets = {item.get("id") for item in root.iter() if item.get("id")}
    assert {link.get("href").removeprefix("#") for link in root.xpath(".//a")} <= targets


def test_a_translation_may_word_a_locator_otherwise():
    made = Inscriptions(notes={(Citation("hrw", "p. 12"),): "the note"})
    assert made.note((Citation("hrw", "с. ۱۲"),)) == "the note"
    assert made.note((Citation("hrw", "с. 13"),)) == ""


def test_blocks_are_printed_where_they_are_called():
    html = '<table><tr data-record="killed"><td>a</td></tr></table>'
    made = rendered("One.\n\n/// figures | killed\n///\n\nTwo.", blocks={Call("figures", "killed"): html})
    root = fragments.parse(made.html)
    assert root.xpath("string(.//div[@class='records figures']//tr[@data-record='killed'])") == "a"


def test_an_author_cannot_write_the_mark_of_a_record_that_is_none():
    made = rendered('<span data-record="x onmouseover">a</span>')
    assert "onmouseover" not in made.html


def test_what_documents_ask_of_the_ledger():
    document, _ = loose_document("A.[@hrw]\n\n/// bibliography\n///\n\n/// timeline | winter\n///\n", "content/s.md")
    asked = wanted([document])
    assert list(calls(document.body)) == [Call("bibliography"), Call("timeline", "winter")]
    assert (asked.notes, asked.bibliography) == (((Citation("hrw"),),), "content/s.md")
