"""content/ledger read from YAML, CSV, CSL-JSON and BibTeX: what becomes a record, and what is told with its line."""

import pytest

from stele.diagnostics import Location
from stele.sources.ledger.derived import computed, distance_km
from stele.sources.ledger.names import twice
from stele.sources.ledger.reading import read_ledger
from stele.sources.ledger.records import Citation, Consent, Figure, OtherDate, Person, Source, Term
from stele.sources.vocabulary import read_vocabulary


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
        (b"id,family\na,b\na,b,c\n", 3),
        (b'id,family\na,"b\nc"\nd,"e"f\ng,h\n', 4),
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
        ("sources__json", '[\n{"id": "a"},\n{"id": "b", "author": "B"}]', 3),
        ("sources__json", '[\n{"id": "a"},\n{"id": "b", "issued": {"date-parts": [["May"]]}}]', 3),
        ("sources__bib", "@book{a, title={b", 1),
        ("sources__bib", "@book{a, title={b}}\n@book{b, title={\\nosuch{c}}}", 2),
        ("sources__bib", "@book{a, title={b}}\n@book{a, title={c}}", 2),
    ],
)
def test_a_broken_bibliography_is_told_with_its_line(tmp_path, name, text, line):
    _, found = ledger_of(tmp_path, **{name: text})
    assert told(found) == [("bad-ledger", name.replace("__", "."), line)]


def test_the_others_of_a_bibliography_are_kept(tmp_path):
    bib = "@book{a, title={A}}\n@book{b, title={\\nosuch{B}}}\n@book{c, title={C}}\n"
    json = '[{"id": "d", "title": ["D"]}, {"id": "e", "title": "E"}]'
    ledger, _ = ledger_of(tmp_path, sources__bib=bib, sources__json=json)
    assert sorted(ledger.sources) == ["a", "c", "e"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('{"date-parts": [["2003", "5"]], "circa": true}', "2003-05~"),
        ('{"date-parts": [[2003], [2004, 2, 1]]}', "2003/2004-02-01"),
        ('{"date-parts": [[2003]], "season": 2}', "2003-22"),
        ('{"raw": "2003-05"}', "2003-05"),
    ],
)
def test_dates_of_csl_become_edtf(tmp_path, date, expected):
    ledger, found = ledger_of(tmp_path, sources__json=f'[{{"id": "a", "issued": {date}}}]')
    assert (ledger.sources["a"].issued, found) == (expected, ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("year = 1990, month = 5, day = 3", {"issued": "1990-05-03"}),
        ("year = 1990, month = {oct.}", {"issued": "1990-10"}),
        ("date = {1990-05/1990-06}", {"issued": "1990-05/1990-06"}),
        ("langid = {ngerman}", {"language": "de"}),
        (r"url = {https://x.example/a%20b~c\_d}", {"url": "https://x.example/a%20b~c_d"}),
        (r"title = {\emph{Black} \& white -- ``grey''}", {"title": "Black & white – “grey”"}),
        ("author = {Doe, Jane and others}", {"author": "Jane Doe et al."}),
        ("doi = {10.1000/182}", {"url": "https://doi.org/10.1000/182"}),
    ],
)
def test_fields_of_bibtex_become_those_of_sources(tmp_path, written, expected):
    ledger, found = ledger_of(tmp_path, sources__bib=f"@book{{a, {written}}}")
    assert ({name: getattr(ledger.sources["a"], name) for name in expected}, found) == (expected, ())


def test_the_shelf_of_an_archive_is_no_archived_copy(tmp_path):
    text = '[{"id": "a", "archive_location": "Box 12"}, {"id": "b", "archive_location": "https://web.example/b"}]'
    ledger, _ = ledger_of(tmp_path, sources__json=text)
    assert [item.archived for item in ledger.sources.values()] == ["", "https://web.example/b"]


def test_fields_that_stand_twice_cost_their_record_only(tmp_path):
    ledger, found = ledger_of(tmp_path, events__yaml='a:\n  date: "1990"\n  date: "1991"\nb: {date: "1992"}\n')
    assert (list(ledger.events), told(found)) == (["b"], [("bad-ledger", "events.yaml", 3)])


def test_a_record_that_stands_twice_is_kept_once(tmp_path):
    ledger, found = ledger_of(tmp_path, events__yaml='a: {date: "1990"}\na: {date: "1991"}\n')
    assert (ledger.events["a"].date, told(found)) == ("1990", [("duplicate-record", "events.yaml", 2)])


@pytest.mark.parametrize("name", ["figures__yml", "people__xlsx", "people/a__tsv", "Events__yaml"])
def test_a_file_that_nothing_reads_is_told(tmp_path, name):
    _, found = ledger_of(tmp_path, **{name: "a"})
    assert [item.code for item in found] == ["bad-ledger"]


def test_notes_to_editors_may_lie_beside(tmp_path):
    assert ledger_of(tmp_path, README__md="How we work")[1] == ()


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("events__yaml", 'a:\n  date: "1990"\n  id: b', "unknown-field", 3),
        ("events__yaml", 'a:\n  date: "1990"\n  at: {path: x}', "unknown-field", 3),
        ("events__yaml", "a:\n  date:", "bad-ledger", 2),
        ("events__yaml", 'a: {date: "\\UFFFFFFFF"}', "bad-ledger", None),
        ("events__yaml", 'a: {date: "1990",\n text: "\\ud800"}', "bad-ledger", 2),
        ("events__yaml", 'a: {date: "1990"}\nb: {date: "1990", text: "\x00"}', "bad-ledger", 2),
        ("figures__yaml", "k:\n  measure: K\n  figures:\n    a: {low: 3, value: 3}", "unknown-field", 4),
        ("figures__yaml", "k:\n  measure: K\n  figures:\n    a: 613", "bad-ledger", 4),
        ("figures__yaml", "k:\n  measure: K\n  figures:\n    a: {value: [1, 2, 3]}", "bad-ledger", 4),
        ("figures__yaml", "k:\n  measure: K\n  figures:\n    a: {value: 9999999999999}", "bad-ledger", 4),
        ("figures__yaml", "k:\n  measure: K\n  figures:\n    a: {value: 1,\n      as_of: [1990, '']}", "bad-ledger", 5),
        ("places__yaml", 'p: {names: {en: ""}}', "bad-ledger", 1),
        ("places__yaml", "p:\n  names:\n    en: P\n    enn: P", "bad-ledger", 4),
        ("places__yaml", "p: {names: {}}", "bad-ledger", 1),
        ("places__yaml", "p: {names: {en: P},\n  ways: [{origin: p, km: inf}]}", "bad-ledger", 2),
        ("places__yaml", "p: {names: {en: P},\n  ways: [{origin: p, bearing: NS}]}", "bad-ledger", 2),
        ("people__csv", "id,family\na,B\x00\n", "bad-ledger", 2),
        ("memorials__csv", "id,town\n,A\n", "bad-ledger", 2),
        ("sources__yaml", "1992-letter: {title: A}", "bad-ledger", 1),
        ("sources__yaml", "a: {url: 'javascript://x'}", "bad-ledger", 1),
        ("sources__yaml", "a:\n  archived: web.example/http://x", "bad-ledger", 2),
    ],
)
def test_what_no_one_could_mean_is_told_with_its_line(tmp_path, name, text, code, line):
    _, found = ledger_of(tmp_path, **{name: text})
    assert [(item.code, item.location.line) for item in found] == [(code, line)]


def test_letters_are_composed(tmp_path):
    ledger, _ = ledger_of(
        tmp_path,
        places__yaml="p: {names: {en: S\u0327us\u0327a}}\n",
        people__csv="family\nS\u0327\n",
        sources__json='[{"id": "a", "title": "S\u0327"}]',
    )
    actual = (ledger.places["p"].names["en"], ledger.people["people-2"].family, ledger.sources["a"].title)
    assert actual == (("Şuşa",), "Ş", "Ş")


def test_names_of_a_language_serve_its_regions(tmp_path):
    (tmp_path / "content" / "ledger").mkdir(parents=True)
    (tmp_path / "content" / "ledger" / "places.yaml").write_text("p: {names: {en: P}}\n")
    assert [read_ledger(tmp_path, [tag])[1] == () for tag in ("en-GB", "az")] == [True, False]


def test_spreadsheets_leave_empty_columns(tmp_path):
    ledger, found = ledger_of(tmp_path, people__csv="id;family;;\na;B;;\n;;;\nc;D;;\n")
    assert (list(ledger.people), found) == (["a", "c"], ())


def test_figures_may_stand_in_a_table(tmp_path):
    text = 'id;measure;value;as_of\nk.a;Killed;613;1993\nk.b;Killed;500; 1994\nk.c;Killed;"500; 1000";"1994; 1995"\n'
    ledger, found = ledger_of(tmp_path, figures__csv=text)
    expected = [(613, 613, ("1993",)), (500, 500, ("1994",)), (500, 1000, ("1994", "1995"))]
    assert ([(item.low, item.high, item.as_of) for item in ledger.figures.values()], found) == (expected, ())


def test_what_stands_in_the_gazetteer_too_is_told(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "gazetteer.yaml").write_text("p: {en: P}\nq: {en: Q}\n")
    ledger, _ = ledger_of(tmp_path, places__yaml="p: {names: {en: P}}\n")
    vocabulary, _ = read_vocabulary(tmp_path, ["en"])
    assert told(twice(ledger, vocabulary)) == [("duplicate-record", "places.yaml", 1)]


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


@pytest.mark.parametrize(
    "fields",
    [
        "{count: recognitions, where: {subnational: 'yes'}}",
        "{count: recognitions, where: {level: chambre}}",
        "{count: recognitions, where: {terms: nothing}}",
        "{count: recognitions, where: {country: Y}}",
        "{count: recognitions, where: {at: x}}",
        "{count: recognitions, total: [k.a]}",
        "{total: [k.a], where: {level: chamber}}",
        "{total: [k.a, k.range]}",
        "{total: [k.gone]}",
        "{difference: [k.a, k.b]}",
        "{years_since: a, year: 1980}",
        "{years_since: some-year, year: 2000}",
        "{distance: [p, p]}",
        "{}",
    ],
)
def test_what_cannot_be_computed_is_told(tmp_path, fields):
    ledger, found = ledger_of(
        tmp_path,
        figures__yaml="""
k:
  measure: K
  figures: {a: {value: 3}, b: {value: 4}, range: {value: [1, 2]}, gone: {value: 1, status: withdrawn}}
""",
        recognitions__yaml="x: {country: X, body: B, level: committee}\n",
        events__yaml='a: {date: "1990"}\nsome-year: {date: 199X}\n',
        places__yaml="p: {names: {en: P}}\n",
        derived__yaml=f"number: {fields}\n",
    )
    assert found == ()
    made, found = computed(ledger)
    assert (made, told(found)) == ({}, [("bad-derived", "derived.yaml", 1)])


def test_what_is_withdrawn_counts_only_where_it_is_asked_for(tmp_path):
    ledger, _ = ledger_of(
        tmp_path,
        memorials__yaml="a: {town: A}\nb: {town: B, status: withdrawn}\n",
        derived__yaml="all: {count: memorials}\ngone: {count: memorials, where: {status: withdrawn}}\n",
    )
    assert computed(ledger) == ({"all": 1, "gone": 1}, ())


def test_a_count_may_be_none(tmp_path):
    ledger, _ = ledger_of(
        tmp_path,
        recognitions__yaml="x: {country: X, body: B, level: committee}\n",
        derived__yaml="a: {count: recognitions, where: {level: plenary}}\nb: {count: events}\n",
    )
    assert computed(ledger) == ({"a": 0, "b": 0}, ())


def test_a_distance_is_that_of_the_great_circle():
    assert round(distance_km((39.9111, 46.7892), (39.8153, 46.7519)), 1) == 11.1
