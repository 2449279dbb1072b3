"""Long rolls on the web: everyone is found by letter, once, and has an address that stays; pages stay small."""

from __future__ import annotations

import posixpath
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import VIOLATIONS
from conftest import LANGUAGES, ROOT, SILENCE, request_for

from stele import pipeline
from stele.artifacts import Artifact
from stele.audit.rolls import reunited
from stele.language.collation.weights import scale
from stele.sources import fragments
from stele.sources.ledger.reading import read_ledger
from stele.sources.ledger.roll import Readers, Wish, roll
from stele.web import people, rolls

sys.path.insert(0, str(ROOT / "tests" / "scripts"))
from make_roll import write

COUNT = 3500  # more than those whose details booklets leave out
TAGS = ("fa", "az")
NEXT = re.compile(r'rel="next" href="([^"]+)"')
RECORD = re.compile(r'data-record="([^"]+)"')


@pytest.fixture(scope="module")
def coast(tmp_path_factory):
    """Build a project of a roll alone, of people who never lived; return its folder."""
    folder = tmp_path_factory.mktemp("coast")
    write(folder / "content" / "ledger" / "people.csv", COUNT, 7)
    (folder / "content" / "ledger" / "sources.yaml").write_text("register-1962: {title: Register}\n")
    (folder / "content" / "names.md").write_text("---\ntitle: نام‌ها\n---\n\n/// roll | coast, families\n///\n")
    (folder / "content" / "site.toml").write_text(
        'title = "ساحل"\nsource_language = "fa"\nlanguages = ["fa", "az"]\neditions = []\n[imprint]\nyear = "2026"\n'
        '[web]\naddress = "https://example.org"\n'
    )
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert outcome.made, outcome.diagnostics
    return folder


def site_of(folder: Path) -> Path:
    return folder / "output" / "site"


def pages_of_roll(folder: Path, tag: str) -> list[Path]:
    """Return the pages of names as a reader comes to them: from the first letter on, one after another."""
    document = site_of(folder) / tag / "names" / "index.html"
    href = re.search(r'<nav class="letters".*?<a href="([^"]+)"', document.read_text(), re.DOTALL)[1]
    found = [document.parent / href]
    while link := NEXT.search(found[-1].read_text()):
        found.append(Path(posixpath.normpath(found[-1].parent / link[1])))
    return found


@pytest.mark.parametrize("tag", TAGS)
def test_everyone_who_may_be_named_is_found_once_by_letter_in_the_order_of_the_alphabet(coast, tag):
    ledger, _ = read_ledger(coast, TAGS)
    expected = [
        item.id
        for item in roll(ledger.people.values(), Wish("coast", families=True), Readers(tag, "fa", "web", 2026)).people
    ]
    names = [name for page in pages_of_roll(coast, tag) for name in RECORD.findall(page.read_text())]
    assert len(expected) > 0.9 * COUNT
    assert names == expected


@pytest.mark.parametrize("tag", TAGS)
def test_every_name_leads_to_the_address_that_stays_and_back(coast, tag):
    held = {path: path.read_text() for path in site_of(coast).joinpath(tag).rglob("index.html")}
    astray = []
    for page in pages_of_roll(coast, tag):
        for name, href, anchor in re.findall(
            r'id="person-([^"]+)"><a class="person" href="([^"#]+)#([^"]+)"', held[page]
        ):
            there = Path(posixpath.normpath(page.parent / href))
            back = re.search(
                rf'<li id="{name}">.*?<p class="where">\s*<a href="([^"#]+)#person-{name}"', held[there], re.DOTALL
            )
            if anchor != name or back is None or Path(posixpath.normpath(there.parent / back[1])) != page:
                astray.append(name)
    once = Counter(
        re.findall(r'<li id="([^"]+)">', "".join(text for path, text in held.items() if "person" in path.parts))
    )
    assert astray == []
    assert set(once.values()) == {1}
    assert once.keys() == {name for page in pages_of_roll(coast, tag) for name in RECORD.findall(held[page])}


def test_the_letters_in_the_document_lead_to_where_they_stand_and_count_their_names(coast):
    document = site_of(coast) / "az" / "names" / "index.html"
    letters = re.findall(r'<li><a href="([^"]+)">(.+?) <span>(.+?)</span>', document.read_text())
    counted = Counter()
    for page in pages_of_roll(coast, "az"):
        for section in fragments.parse_page(page.read_text()).find_class("letter"):
            counted[section[0].text] += len(section.findall(".//li"))
    assert {letter: int(re.sub(r"\D", "", count)) for _, letter, count in letters} == dict(counted)
    for href, letter, _ in letters:
        path, _, anchor = href.partition("#")
        heading = f'<h2 id="{anchor or "letter-" + rolls.slug(letter)}">{letter}</h2>'
        assert heading in (document.parent / path).read_text()


def test_no_page_is_heavier_than_60_kb(coast):
    sizes = {path: path.stat().st_size for path in site_of(coast).rglob("*.html")}
    assert [path for path, size in sizes.items() if size > 60_000] == []


def test_a_text_for_another_website_leads_to_the_names(coast):
    texts = [site_of(coast) / "embed" / "az" / "names" / name for name in ("fragment.html", "index.html")]
    assert max(len(path.read_bytes()) for path in texts) < 60_000
    assert '<a href="https://example.org/az/names/">' in texts[0].read_text()


def test_households_stay_together(coast):
    firsts = [
        fragments.parse_page(page.read_text()).find_class("names")[0].find(".//li")
        for page in pages_of_roll(coast, "fa")
    ]
    assert [item.get("class") for item in firsts if "kin" in (item.get("class") or "")] == []


def test_languages_are_switched_to_the_same_roll_and_to_the_same_person(coast):
    page = pages_of_roll(coast, "az")[1]
    links = re.findall(r'<a href="([^"]+)" lang="fa"', page.read_text())
    assert Path(posixpath.normpath(page.parent / links[0])) == site_of(coast) / "fa" / "names" / "index.html"
    assert 'rel="alternate" hreflang' not in page.read_text()
    person = site_of(coast) / "az" / people.page_key("p1") / "index.html"
    links = re.findall(r'<a href="([^"]+)" lang="fa"', person.read_text())
    assert (
        Path(posixpath.normpath(person.parent / links[0]))
        == site_of(coast) / "fa" / people.page_key("p1") / "index.html"
    )


def test_an_address_is_made_of_the_id_alone():
    assert people.address("az", "uydurmayev-qurmaca") == "site/az/person/715/index.html#uydurmayev-qurmaca"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_letters_of_a_language_have_addresses_of_their_own(tag):
    letters = {*scale(tag).headings.values()}
    slugs = {rolls.slug(letter) for letter in letters}
    assert len(slugs) == len(letters)
    assert [slug for slug in slugs if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", slug)] == []


def test_the_audit_reads_the_names_that_readers_come_to(coast):
    """A name that is lost from a page is lost for the audit too."""
    paths = list(site_of(coast).joinpath("az").rglob("index.html"))
    artifacts = [Artifact(path.relative_to(coast / "output").as_posix(), path.read_bytes()) for path in paths]
    whole = {item.path: item for item in reunited(artifacts)}
    names = RECORD.findall(whole["site/az/names/index.html"].data.decode())
    assert [path for path in whole if "/letter-" in path or "/person/" in path] == []
    assert names == [name for page in pages_of_roll(coast, "az") for name in RECORD.findall(page.read_text())]
    headings = re.findall(rb"<h3[^>]*>(.*?)</h3>", whole["site/az/names/index.html"].data)
    assert len(headings) == len(set(headings))


def test_a_short_roll_stays_in_its_document_and_its_people_have_addresses(project):
    people_csv = (
        "id,family,given,consent.given_by,consent.scope\n1-bir,Uydurmayev,Bir,,\niki,Uydurmayev,İki,the family,print\n"
    )
    folder = project({"content/ledger/people.csv": people_csv, "content/names.md": "/// roll\n///\n"}, ("az",))
    outcome = pipeline.build(request_for(folder), SILENCE)
    page = (folder / "output" / "site" / "az" / "names" / "index.html").read_text()
    assert f'<a class="person" href="../{people.page_key("1-bir")}/index.html#1-bir">Uydurmayev Bir</a>' in page
    assert [path for path in outcome.made if "/person/" in path] == [f"site/az/{people.page_key('1-bir')}/index.html"]


@pytest.mark.slow
def test_axe_finds_nothing_on_pages_of_names_people_and_data(coast, browser):
    found = {}
    for tag, scheme, width in (("az", "light", 320), ("fa", "dark", 1280)):
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        person = f"{site_of(coast) / tag / people.page_key('p1') / 'index.html'}#p1"
        for address in (pages_of_roll(coast, tag)[1], person, site_of(coast) / tag / "data" / "index.html"):
            page.goto(f"file://{address}")
            results = Axe().run(page, options=VIOLATIONS)
            found[str(address)] = [item["id"] for item in results.response["violations"]]
            found[str(address)] += ["scrolls sideways"] * page.evaluate(
                "document.documentElement.scrollWidth > innerWidth"
            )
        page.close()
    assert {address: flaws for address, flaws in found.items() if flaws} == {}


@pytest.mark.slow
def test_who_comes_to_one_person_sees_that_person_alone(coast, browser):
    page = browser.new_page()
    page.goto(f"file://{site_of(coast) / 'az' / people.page_key('p1') / 'index.html'}#p1")
    shown = page.locator(".people > li:visible").evaluate_all("items => items.map(item => item.id)")
    page.close()
    assert shown == ["p1"]
