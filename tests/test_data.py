"""Data of the ledger: what is in it and what is not, and that programs of others read each file."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from hashlib import sha256
from typing import TYPE_CHECKING

import jsonschema
import pytest
from conftest import SILENCE, request_for
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SDO

from stele import pipeline
from stele.sources.ledger.public import public_fields
from stele.sources.ledger.reading import KINDS
from stele.web.data.as_tables import guarded, unguarded

if TYPE_CHECKING:
    from pathlib import Path

TEI = "{http://www.tei-c.org/ns/1.0}"
SCHEMA_OF_TEI = os.environ.get("STELE_TEI_RNG", "")
SITE = """title = "The ferry"
source_language = "az"
languages = ["az", "fa"]
editions = []
[imprint]
organisation = "Nobody"
year = "2026"
rights = "Invented."
[web]
address = "https://example.org/ferry"
licence = "https://creativecommons.org/licenses/by/4.0/"
"""
PEOPLE = """id,family,given,patronymic,variants,born,fate,living,minor,consent.given_by,consent.scope,consent.languages
told,Uydurmayev,Qurmaca,Nağıl oğlu,"نوشته, ساخته",1950-03-04,killed,,,,,
print-only,Kağızov,Çap,,,1951,killed,,,the family,print,
az-only,Dilov,Bir,,,1952,killed,,,the family,,az
alive,Sağov,Diri,,,1953,survived,true,,,,
child,Uşaqov,Bala,,,1985-06-07,killed,,true,,,
child-agreed,Uşaqova,Ala,,,1985-06-07,killed,,true,the mother,,
"""
FIGURES = """drowned:
  measure: Drowned
  figures:
    paper: {value: [4, 5], stated_by: A paper, sources: [register]}
lost:
  measure: "Drowned, *not* {drowned.paper}"
  figures:
    register: {value: 6, stated_by: "=the register", sources: ["register, p. 2"], comment: a secret for editors}
"""
SOURCES = "register:\n  title: '@Register'\n  url: example.org/register\n  comment: a secret for editors\n"
EVENTS = (
    "sinking:\n  date: 1961-10-09\n  text: The ferry sinks.\n  place: pier\n  timeline: ferry\n  sources: [register]\n"
)
PLACES = (
    "pier:\n  names: {az: [Körpü, Bənd], fa: اسکله}\n  coordinates: [-38.5, 48.9]\n  comment: a secret for editors\n"
)
QUOTATIONS = "cry:\n  text: Batırıq!\n  language: az\n  speaker: A voice\n  sources: [register]\n"
BODY = "/// figures\n///\n\n/// timeline | ferry\n///\n\n/// quotation | cry\n///\n\n/// roll\n///\n"
FILES = {
    "content/site.toml": SITE,
    "content/names.md": f"---\ntitle: Names\n---\n\n{BODY}",
    "content/ledger/people.csv": PEOPLE,
    "content/ledger/figures.yaml": FIGURES,
    "content/ledger/sources.yaml": SOURCES,
    "content/ledger/events.yaml": EVENTS,
    "content/ledger/places.yaml": PLACES,
    "content/ledger/quotations.yaml": QUOTATIONS,
    "locales/fa/LC_MESSAGES/ledger.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "A paper"\nmsgstr "یک روزنامه"\n',
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Return the folder of data of a small project."""
    folder = tmp_path_factory.mktemp("ferry")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert outcome.made, outcome.diagnostics
    return folder / "output" / "site" / "data" / "v1"


@pytest.fixture(scope="module")
def ledger(data):
    return json.loads((data / "ledger.json").read_text(encoding="utf-8"))


def by_id(ledger, kind: str) -> dict:
    return {item["id"]: item for item in ledger[kind]}


# --- what is told --------------------------------------------------------------------------------------------------


def test_every_field_of_a_record_is_told_or_kept_on_purpose():
    kept = {
        "Record": {"id", "at", "comment", "allow"},
        "Figure": {"listed"},
        "Event": {"timeline"},
        "Place": {"gazetteer"},
        "Person": {"family", "given", "patronymic", "language", "variants", "household", "living", "minor", "consent"},
        "Memorial": {"photo_rights"},
        "Term": {"forms", "voices", "narrator"},
        "Derived": {"count", "total", "difference", "years_since", "distance", "where", "year"},
    }
    for kind in KINDS.values():
        own = {name for name in kind.__dataclass_fields__ if name not in public_fields(kind)}
        assert own - kept["Record"] == kept.get(kind.__name__, set()), kind


def test_nobody_is_in_a_file_who_may_not_be_named_on_the_web(data):
    everything = "".join(path.read_text(encoding="utf-8") for path in data.iterdir())
    hidden = ["Kağızov", "print-only", "Sağov", "Uşaqov ", "Bala", "a secret for editors", "the family", "1950-03"]
    assert [word for word in hidden if word in everything] == []


def test_people_are_named_in_the_languages_in_which_they_may_be(ledger):
    people = by_id(ledger, "people")
    assert {name: sorted(person["names"]) for name, person in people.items()} == {
        "told": ["az", "fa"],
        "az-only": ["az"],
        "child-agreed": ["az", "fa"],
    }
    assert people["told"]["names"]["fa"] == {"family": "نوشته", "given": "ساخته"}
    assert [people[name]["born"] for name in ("told", "child-agreed")] == ["1950", "1985"]


def test_a_text_is_there_in_the_languages_that_have_a_translation(ledger):
    figures = by_id(ledger, "figures")
    assert figures["drowned.paper"]["stated_by"] == {"az": "A paper", "fa": "یک روزنامه"}
    assert figures["lost.register"]["measure"] == {"az": "Drowned, not 4–5"}


def test_what_records_rest_on_is_there_too(ledger):
    assert {kind: sorted(by_id(ledger, kind)) for kind in ("sources", "places")} == {
        "sources": ["register"],
        "places": ["pier"],
    }
    assert ledger["places"][0]["names"] == {"az": "Körpü", "fa": "اسکله"}


# --- files ---------------------------------------------------------------------------------------------------------


def test_json_keeps_to_its_schema(data, ledger):
    schema = json.loads((data / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(ledger, schema, jsonschema.Draft202012Validator)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**ledger, "people": [{"id": "a", "consent": {}}]}, schema)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True))


def test_tables_have_every_record_and_every_letter(data, ledger):
    for kind in KINDS:
        if kind in ledger:
            assert [row["id"] for row in rows(data / f"{kind}.csv")] == [item["id"] for item in ledger[kind]]
    told = rows(data / "people.csv")[0]
    assert [told[name] for name in ("family.az", "given.az", "patronymic.az", "family.fa")] == [
        "Uydurmayev",
        "Qurmaca",
        "Nağıl oğlu",
        "نوشته",
    ]


def test_no_cell_of_a_text_is_run_by_a_spreadsheet(data):
    assert rows(data / "figures.csv")[1]["stated_by.az"] == "'=the register"
    assert rows(data / "sources.csv")[0]["title.az"] == "'@Register"
    assert rows(data / "places.csv")[0]["coordinates"] == "[-38.5,48.9]"


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'=+-@＝ \t")))
def test_what_is_guarded_is_read_back(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip(" \t\r\n")[:1] not in tuple("=+-@＝＋－＠")


def test_the_descriptor_has_the_length_and_hash_of_every_file(data):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    named = {item["path"]: (item["bytes"], item["hash"]) for item in package["resources"]}
    there = {path.name: path.read_bytes() for path in data.iterdir() if path.name != "datapackage.json"}
    assert named == {name: (len(held), f"sha256:{sha256(held).hexdigest()}") for name, held in there.items()}
    for item in package["resources"]:
        if "schema" in item:
            header = (data / item["path"]).read_bytes().decode("utf-8-sig").partition("\r\n")[0]
            assert [field["name"] for field in item["schema"]["fields"]] == header.split(",")


def test_linked_data_says_who_states_a_figure_and_where_a_person_stands(data):
    graph = Graph().parse(data=(data / "ledger.jsonld").read_bytes(), format="json-ld")
    base = "https://example.org/ferry/data/v1/ledger.jsonld#"
    claim = URIRef(f"{base}figures/drowned.paper")
    assert graph.value(claim, RDF.type) == SDO.Claim
    stated = {(str(name), name.language) for name in graph.objects(graph.value(claim, SDO.author), SDO.name)}
    assert stated == {("A paper", "az"), ("یک روزنامه", "fa")}
    assert graph.value(claim, SDO.citation) == URIRef(f"{base}sources/register")
    pages = {str(page) for page in graph.objects(URIRef(f"{base}people/told"), SDO.url)}
    assert pages == {f"https://example.org/ferry/{tag}/person/{page_of('told')}/#told" for tag in ("az", "fa")}
    types = {
        graph.value(None, RDF.type, kind) is not None for kind in (SDO.Person, SDO.Event, SDO.Place, SDO.Quotation)
    }
    assert types == {True}


def page_of(name: str) -> str:
    return f"{int(sha256(name.encode()).hexdigest()[:8], 16) % 512:03o}"


def test_tei_names_everybody_in_the_letters_of_each_language(data):
    root = ET.fromstring((data / "ledger.tei.xml").read_bytes())  # noqa: S314 (made a moment ago)
    person = next(root.iter(f"{TEI}person"))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    told = {name.get(lang): "".join(name.itertext()) for name in person.iter(f"{TEI}persName")}
    assert told == {"az": "UydurmayevQurmacaNağıl oğlu", "fa": "نوشتهساخته"}


@pytest.mark.skipif(not SCHEMA_OF_TEI or shutil.which("jing") is None, reason="needs jing and STELE_TEI_RNG")
def test_tei_keeps_to_its_schema(data):
    checked = subprocess.run(["jing", SCHEMA_OF_TEI, data / "ledger.tei.xml"], capture_output=True, text=True)
    assert checked.stdout == ""


def test_the_page_of_data_tells_the_hash_of_every_file(data):
    page = (data.parents[1] / "fa" / "data" / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in data.iterdir() if sha256(path.read_bytes()).hexdigest() not in page] == []


def test_a_project_without_a_ledger_has_no_data(project):
    folder = project({"content/foreword.md": "Words."})
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert [path for path in outcome.made if "/data/" in path] == []
