"""content/ledger read from YAML, CSV, CSL-JSON and BibTeX: what becomes a record, and what is told with its line."""

import pytest

from stele.diagnostics import Location
from stele.sources.ledger.derived import computed, distance_km
from stele.sources.ledger.reading import read_ledger
from stele.sources.ledger.records import Citation, Consent, Figure, OtherDate, Person, Source, Term


def ledger_of(folder, **files):
    for name, text in files.items():
        path = folder / "content" / "ledger" / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_ledger(folder, ["en", "az"])


def told(found):
    return [(item.code, item.location.path.rpartition("/")[2], item.location.line) for item in found]


def test_a_project_needs_no_ledger(tmp_path):
    ledger, found = read_ledger(tmp_path, ["en"])
    assert (list(ledger), found) == ([], ())


def test_figures_are_read_below_their_measure(tmp_path):
    text = """
killed:
  measure: Killed
  figures:
    hrw:
      value: [500, 1_000]
      bound: up-to
      stated_by: Human
        Rights Watch
      as_of: 1994-12
      sources: ["report, p. 3"]
      allow: {stale-figure: it is history}
"""
    ledger, found = ledger_of(tmp_path, figures__yaml=text, sources__yaml="report: {title: Report}\n")
    assert found == ()
    assert ledger.figures == {
        "killed.hrw": Figure(
            id="killed.hrw",
            at=Location("content/ledger/figures.yaml", 5),
            sources=(Citation("report", "p. 3"),),
            allow={"stale-figure": "it is history"},
            measure="Killed",
            low=500,
            high=1000,
            stated_by="Human Rights Watch",
            as_of=("1994-12",),
            bound="up-to",
        )
    }


def test_parts_of_records_are_read_too(tmp_path):
    text = "fall: {date: 1992-02-26, also_dated: [{date: 1992-02-25, stated_by: A paper}]}\n"
    ledger, found = ledger_of(tmp_path, events__yaml=text)
    assert (ledger.events["fall"].also_dated, found) == ((OtherDate(date="1992-02-25", stated_by="A paper"),), ())


def test_one_form_is_a_list_of_one(tmp_path):
    ledger, _ = ledger_of(tmp_path, terms__yaml="massacre: {forms: {en: massacre, az: [qətliam, qırğın]}}\n")
    assert ledger.terms["massacre"].forms == {"en": ("massacre",), "az": ("qətliam", "qırğın")}
    assert isinstance(ledger.terms["massacre"], Term)


def test_a_kind_may_be_a_folder_of_files(tmp_path):
    files = {"events/one.yaml": 'a: {date: "1990"}\n', "events/two.yaml": 'b: {date: "1991"}\n'}
    ledger, _ = ledger_of(tmp_path, **files)
    assert list(ledger.events) == ["a", "b"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_roll_is_read_as_spreadsheets_save_it(tmp_path, separator):
    rows = [
        ["id", "family", "given", "born", "minor", "consent.given_by", "consent.scope"],
        ["a-1", "Example", '"Ann\nMary"', "1960", "", "", ""],
        [],
        ["a-2", "Example", "Ben", "1985-03-01", "true", "his sister", "print"],
    ]
    text = "\ufeff" + "".join(separator.join(row) + "\r\n" for row in rows)
    ledger, found = ledger_of(tmp_path, people__csv=text)
    assert found == ()
    assert list(ledger.people.values()) == [
        Person(
            id="a-1",
            at=Location("content/ledger/people.csv", 2),
            family="Example",
            given="Ann Mary",
            born="1960",
        ),
        Person(
            id="a-2",
            at=Location("content/ledger/people.csv", 5),
            family="Example",
            given="Ben",
            born="1985-03-01",
            minor=True,
            consent=Consent(given_by="his sister", scope=("print",)),
        ),
    ]


def test_several_values_in_a_cell_are_parted_by_semicolons(tmp_path):
    ledger, _ = ledger_of(tmp_path, people__csv="id,family,variants\na,Example,Exempel; Eksempel\n")
    assert ledger.people["a"].variants == ("Exempel", "Eksempel")


def test_a_bad_row_is_told_and_the_others_are_kept(tmp_path):
    ledger, found = ledger_of(tmp_path, people__csv="id,family,age\na,Example,forty\nb,Other,40\n")
    assert (list(ledger.people), told(found)) == (["b"], [("bad-ledger", "people.csv", 2)])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"id,family\na,\xff\n", 2),
        (b"id,family\na,b,c\n", 2),
        (b"id,id\na,b\n", 1),
        (b'id,family\na,"b\n', 2),
        (b"id,familly\na,b\n", 1),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_its_line(tmp_path, text, line):
    _, found = ledger_of(tmp_path, people__csv=text)
    assert [item.location.line for item in found] == [line]


def test_csl_json_becomes_sources(tmp_path):
    text = """[
  {"id": "deWaal:2003", "type": "book", "title": "Black Garden", "publisher": "NYU Press",
   "author": [{"given": "Thomas", "non-dropping-particle": "de", "family": "Waal"}, {"literal": "A society"}],
   "issued": {"date-parts": [[2003, 5]]}, "accessed": {"date-parts": [[2026, 3, 1]]}, "ISBN": "1", "URL": "https://x.example"}
]"""
    ledger, found = ledger_of(tmp_path, sources__json=text)
    assert found == ()
    assert ledger.sources["dewaal-2003"] == Source(
        id="dewaal-2003",
        at=Location("content/ledger/sources.json", 2),
        type="book",
        title="Black Garden",
        author="Thomas de Waal, A society",
        publisher="NYU Press",
        isbn="1",
        issued="2003-05",
        accessed="2026-03-01",
        url="https://x.example",
    )


def test_bibtex_becomes_sources(tmp_path):
    text = r"""
@book{dewaal,
  author = {de Waal, Thomas and {Human Rights Watch}},
  title = {Black {Garden}: a caf\'e and \c{S}u\c{s}a},
  year = 2003, month = may, publisher = {NYU Press},
}
"""
    ledger, found = ledger_of(tmp_path, sources__bib=text)
    assert found == ()
    assert ledger.sources["dewaal"] == Source(
        id="dewaal",
        at=Location("content/ledger/sources.bib", 2),
        type="book",
        title="Black Garden: a café and Şuşa",
        author="Thomas de Waal, Human Rights Watch",
        publisher="NYU Press",
        issued="2003-05",
    )


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("sources__json", '[\n{"id": }]', 2),
        ("sources__json", '{"id": "a"}', 1),
        ("sources__bib", "@book{a, title={b", 1),
    ],
)
def test_a_broken_bibliography_is_told_with_its_line(tmp_path, name, text, line):
    _, found = ledger_of(tmp_path, **{name: text})
    assert told(found) == [("bad-ledger", name.replace("__", "."), line)]


def test_fields_that_stand_twice_are_an_error(tmp_path):
    _, found = ledger_of(tmp_path, events__yaml='a:\n  date: "1990"\n  date: "1991"\n')
    assert told(found) == [("bad-ledger", "events.yaml", 3)]


def test_ids_are_one_space_but_for_sources_people_and_terms(tmp_path):
    ledger, found = ledger_of(
        tmp_path,
        events__yaml='ferry: {date: "1990"}\n',
        sources__yaml="ferry: {title: A}\n",
        people__yaml="ferry: {family: A}\n",
        terms__yaml="ferry: {forms: {en: a}}\n",
        memorials__yaml="ferry: {town: A}\n",
    )
    assert told(found) == [("duplicate-record", "memorials.yaml", 1)]
    assert len(list(ledger)) == 4


def test_numbers_are_computed_from_records(tmp_path):
    ledger, _ = ledger_of(
        tmp_path,
        figures__yaml="""
a:
  measure: A
  figures:
    all: {value: 10}
    some: {value: 3}
    others: {value: 4}
""",
        recognitions__yaml="""
x: {country: X, body: B, level: committee, terms: [tragedy]}
y: {country: Y, body: B, level: committee, terms: [massacre, tragedy]}
z: {country: Z, body: B, level: chamber, terms: [tragedy], subnational: true}
""",
        terms__yaml="tragedy: {forms: {en: tragedy}}\nmassacre: {forms: {en: massacre}}\n",
        events__yaml="fall: {date: 1992-02-25/1992-02-26}\n",
        places__yaml="""
khojaly: {names: {en: Khojaly}, coordinates: [39.9111, 46.7892]}
khankendi: {names: {en: Khankendi}, coordinates: [39.8153, 46.7519]}
""",
        derived__yaml="""
parts: {total: [a.some, a.others]}
rest: {difference: [a.all, a.some, a.others]}
committees: {count: recognitions, where: {level: committee, term: tragedy}}
of-a-part: {count: recognitions, where: {subnational: "true"}}
years: {years_since: fall, year: 2025}
way: {distance: [khojaly, khankendi]}
""",
    )
    expected = {"parts": 7, "rest": 3, "committees": 2, "of-a-part": 1, "years": 33, "way": 11}
    assert computed(ledger) == (expected, ())


def test_a_distance_is_that_of_the_great_circle():
    assert round(distance_km((39.9111, 46.7892), (39.8153, 46.7519)), 1) == 11.1
