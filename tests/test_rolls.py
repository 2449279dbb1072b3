"""Rolls of names: who is named, in which order, who is counted only; duplicates; pages of fixed lines."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace

import pytest
from conftest import ROOT, SILENCE, codes, request_for

from stele import pipeline
from stele.diagnostics import Location, Stage
from stele.print.rolls import set_rolls
from stele.sources import fragments, media
from stele.sources.ledger.namesakes import duplicates, name_key
from stele.sources.ledger.reading import read_ledger
from stele.sources.ledger.records import Consent, Figure, Person
from stele.sources.ledger.roll import Readers, Wish, is_parted, is_withheld, roll, wish

sys.path.insert(0, str(ROOT / "tests" / "scripts"))
from make_roll import write

SECOND = ROOT / "tests" / "sites" / "second"
HERE = Location("content/ledger/people.csv", 2)
AZERBAIJANI = Readers("az", "az", "print", 2026)


def person(name: str, **fields) -> Person:
    """Return a person whose id is the name without its spaces."""
    family, given, patronymic = (*name.split(" ", 2), "", "")[:3]
    name = name.replace(" ", "-")
    return Person(**{"id": name, "at": HERE, "family": family, "given": given, "patronymic": patronymic, **fields})


def names(made) -> list[str]:
    return [" ".join(filter(None, (item.family, item.given, item.patronymic))) for item in made.people]


# --- the roll --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("", Wish()),
        ("ferry", Wish("ferry")),
        ("families", Wish(families=True)),
        (" ferry ,families, drowned.registry", Wish("ferry", families=True, figure="drowned.registry")),
    ],
)
def test_words_behind_the_bar(argument, expected):
    assert wish(argument) == expected


def test_names_stand_under_the_letters_of_the_alphabet_part_by_part():
    written = ["Xəlilov Vaqif", "Həsənov Əli", "Həsənova Ayan", "Həsənov Adil", "Əliyev İsa", "Qasımov Ümid"]
    made = roll(map(person, written), Wish(), AZERBAIJANI)
    assert [letter.heading for letter in made.letters] == ["Ə", "H", "X", "Q"]
    assert names(made)[1:4] == ["Həsənov Adil", "Həsənov Əli", "Həsənova Ayan"]


def test_a_household_stands_where_its_first_stands():
    people = [
        person("Zeynalova Sara", household="1"),
        person("Abbasov Ali", household="1"),
        person("Babayev Vüqar"),
        person("Cəfərov Tural"),
    ]
    apart, together = (roll(people, Wish(families=families), AZERBAIJANI) for families in (False, True))
    assert names(apart)[-1] == "Zeynalova Sara"
    assert names(together)[:2] == ["Abbasov Ali", "Zeynalova Sara"]
    assert [family.together for letter in together.letters for family in letter.families] == [True, False, False]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"living": True}, True),
        ({"fate": "survived"}, True),
        ({"fate": "found-alive", "died": "2001"}, False),
        ({"minor": True}, True),
        ({"minor": True, "consent": {}}, False),
        ({"living": True, "consent": {"until": "2026"}}, False),
        ({"living": True, "consent": {"until": "2025-12-31"}}, True),
        ({"living": True, "consent": {"until": "2020/.."}}, False),
        ({"consent": {"languages": ("ru",)}}, True),
        ({"consent": {"languages": ("az",)}}, False),
        ({"consent": {"scope": ("web",)}}, True),
    ],
)
def test_who_is_not_named(fields, expected):
    if "consent" in fields:
        fields = {**fields, "consent": Consent(given_by="the family", **fields["consent"])}
    assert is_withheld(person("Əliyev Əli", **fields), AZERBAIJANI) is expected


def test_a_consent_that_ends_has_ended_where_nobody_knows_the_year():
    until = person("Əliyev Əli", consent=Consent(given_by="the family", until="2100"))
    assert is_withheld(until, replace(AZERBAIJANI, year=None))


def test_whom_a_roll_leaves_out_it_counts():
    stated = Figure(id="killed.list", at=HERE, measure="Killed", low=10, high=10)
    people = [person("Əliyev Əli"), person("Əliyeva Aytən", minor=True), person("Babayev Vüqar", status="withdrawn")]
    made = roll(people, Wish(), AZERBAIJANI, stated)
    assert (names(made), made.withheld, made.unknown) == (["Əliyev Əli"], 1, 8)


@pytest.mark.parametrize(("born", "expected"), [("1985-02-26", "1985"), ("1985-02~", "1985~"), ("1985", "1985")])
def test_of_the_birth_of_a_child_the_year_is_enough(born, expected):
    agreed = Consent(given_by="the family")
    made = roll([person("Əliyev Əli", born=born, minor=True, consent=agreed)], Wish(), AZERBAIJANI)
    assert made.people[0].born == expected


def test_a_name_is_given_in_the_script_of_the_readers():
    written = person("رستمی آرش", language="fa", variants=("Рустами, Араш", "Rostami, Arash"))
    assert [names(roll([written], Wish(), Readers(tag, "fa", "web"))) for tag in ("fa", "en", "ru", "ka")] == [
        ["رستمی آرش"],
        ["Rostami Arash"],
        ["Рустами Араш"],
        ["رستمی آرش"],
    ]
    assert names(roll([person("Xəlilov Vaqif")], Wish(), Readers("az-Cyrl", "az", "web"))) == ["Хәлилов Вагиф"]


@pytest.mark.parametrize(("name", "expected"), [("Rostami Arash", ""), ("رستمی آرش", "fa")])
def test_a_name_in_the_letters_of_the_readers_is_set_as_theirs(name, expected):
    made = roll([person(name)], Wish(), Readers("en", "fa", "web"))
    assert made.people[0].language == expected


def test_what_may_be_printed_alone_is_left_out_of_the_web():
    assert is_parted([person("Əliyev Əli", consent=Consent(given_by="the family", scope=("print",)))])
    kept = {}
    for medium in ("print", "web"):
        root = fragments.parse(media.only("print", "<p>Əli</p>") + media.only("web", "<p>1</p>"))
        media.keep(root, medium)
        kept[medium] = fragments.serialize(root)
    assert kept == {"print": "<p>Əli</p>", "web": "<p>1</p>"}


# --- duplicates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["Мамедов Гасан", "Mammadov Hasan", "Мәммәдов Һәсән", "Mamedow Hassan"])
def test_one_name_has_one_key_in_all_scripts(other):
    assert name_key(person(other)) == name_key(person("Məmmədov Həsən", language="az"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Məmmədov Həsən Əli oğlu", "1950"), ("Мамедов Гасан Алиевич", "1950-03-01"), True),
        (("Məmmədov Həsən", "1950"), ("Мамедов Гасан Алиевич", "1950"), True),
        (("Məmmədov Həsən", "1950"), ("Мамедов Гасан", "1951"), False),
        (("Məmmədov Həsən Əli oğlu", "1950"), ("Мамедов Гасан Рустамович", "1950"), False),
        (("Əliyev Əli", "1950"), ("Əliyev Lalə", "1950"), False),
        (("Məmmədov Həsən", ""), ("Məmmədov Həsən", ""), False),
        (("Məmmədov Həsən Əli oğlu", ""), ("Мамедов Гасан Алиевич", ""), True),
        (("Rostami Arash", "1950"), ("رستمی آرش", "1950"), True),
    ],
)
def test_who_may_be_listed_twice(one, other, expected):
    people = [person(name, id=f"p{at}", born=born) for at, (name, born) in enumerate((one, other))]
    assert bool(list(duplicates(people, "az"))) is expected


def test_a_roll_of_thousands_tells_who_was_written_down_in_two_scripts(tmp_path):
    write(tmp_path / "content" / "ledger" / "people.csv", 10_000, 3)
    ledger, _ = read_ledger(tmp_path, ["fa"])
    latin = {item.id for item in ledger.people.values() if item.family.isascii()}
    told = {item.id for item, _ in duplicates(ledger.people.values(), "fa")}
    assert len(ledger.people) == 10_000
    assert latin <= told
    assert len(told) < 3 * len(latin)


# --- pages -----------------------------------------------------------------------------------------------------------


def long_roll(count: int = 400) -> str:
    """Return a roll of letters of 45 names each, every fourth and fifth of them a household."""
    html = '<div class="names columns-2">'
    for at in range(count):
        if at % 45 == 0:
            html += f'{"</ul>" if at else ""}<h3 id="letter-{at}">{chr(65 + at // 45)}</h3><ul>'
        kin = ' class="household kin"' if at % 5 == 4 else ' class="household"' if at % 5 == 3 else ""
        html += f'<li{kin}>Name of {at} <span class="details">1900–1992</span></li>'
    return f"{html}</ul></div>"


def lines_of(element) -> list[str]:
    return element.text_content().split("\n")


@pytest.fixture(scope="module")
def set_roll():
    root = fragments.parse(long_roll())
    before = [" ".join(item.text_content().split()) for item in root.iter("li")]
    set_rolls(root, "en")
    return root, before


def test_a_page_has_two_columns_of_names_in_their_order(set_roll):
    root, before = set_roll
    lines = [line for column in root.find_class("column") for item in column.iter("p") for line in lines_of(item)]
    assert lines == before
    assert {len(page.find_class("column")) for page in root.find_class("roll-page")} == {2}


def test_no_letter_ends_a_column_and_no_household_is_divided(set_roll):
    columns = set_roll[0].find_class("column")
    assert not [column for column in columns if column[-1].tag == "h3"]
    assert {len(lines_of(item)) for item in set_roll[0].find_class("household")} == {2}
    assert len(set_roll[0].find_class("household")) == 80


def test_a_page_says_which_letters_it_has(set_roll):
    letters = [item.get("data-letters") for item in set_roll[0].find_class("roll-page")]
    assert (letters[0], letters[-1]) == ("A–B", "H–I")


def test_the_columns_of_the_last_page_are_even(set_roll):
    left, right = set_roll[0].find_class("roll-page")[-1].find_class("column")
    heights = [sum(len(lines_of(item)) for item in column) for column in (left, right)]
    assert abs(heights[0] - heights[1]) <= 2


def test_what_does_not_fit_goes_on_below_its_details_first():
    long = "Al-Huseyni-Montgomery Bartholomäus Maximilian"
    html = long_roll().replace("Name of 7 ", f"{long} ")
    root = fragments.parse(html)
    set_rolls(root, "en")
    long_name = "\nAl-Huseyni-Montgomery\n\u2003Bartholomäus Maximilian\n\u20031900–1992"
    assert long_name in root.find_class("column")[0].text_content()


def test_a_short_roll_is_left_to_the_style_sheet():
    root = fragments.parse(long_roll(200))
    set_rolls(root, "en")
    assert not root.find_class("roll-page")


# --- the second memorial ---------------------------------------------------------------------------------------------


def test_the_roll_of_the_second_memorial_is_what_its_script_makes(tmp_path):
    write(tmp_path / "people.csv", 200, 1)
    assert (tmp_path / "people.csv").read_bytes() == (SECOND / "content" / "ledger" / "people.csv").read_bytes()


def change_edition(project, old, new):
    site = project / "content" / "site.toml"
    assert old in site.read_text(encoding="utf-8")
    site.write_text(site.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_the_second_memorial_is_built_in_three_languages_without_a_finding(tmp_path):
    shutil.copytree(SECOND, tmp_path / "project")
    change_edition(tmp_path / "project", 'name = "wave"', 'name = "wave"\nuses = ["screen"]')
    outcome = pipeline.build(request_for(tmp_path / "project", stage=Stage.PROOF, jobs=2), SILENCE)
    assert {f"booklets/wave.{tag}.screen.pdf" for tag in ("fa", "en", "tr")} <= {*outcome.made}
    # What the templates say is translated for all projects, and tested there.
    assert [item for item in outcome.diagnostics if "interface" not in str(item.location)] == []


@pytest.mark.slow
def test_a_long_roll_stays_within_its_lines(tmp_path):
    shutil.copytree(SECOND, tmp_path / "project")
    write(tmp_path / "project" / "content" / "ledger" / "people.csv", 600, 5)
    change_edition(tmp_path / "project", '"foreword", "wave", "figures", "names", "sources"', '"names"')
    outcome = pipeline.build(request_for(tmp_path / "project", languages=("fa",), jobs=1), SILENCE)
    assert "overfull-box" not in codes(outcome)
    page = (tmp_path / "project" / "output" / "site" / "fa" / "names" / "index.html").read_text(encoding="utf-8")
    assert 'class="letters"' in page
