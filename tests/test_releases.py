"""Two builds of a small project: the release that each keeps, and the slips that correct the earlier one."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import FONTS, SILENCE, codes, one_face, request_for

from stele import pipeline
from stele.cli import main
from stele.diagnostics import Location
from stele.sources.ledger.records import Figure
from stele.translation.credits import Credits, credits_of
from stele.translation.po.catalog import read_catalog
from stele.translation.release import Change, Release, as_json, changes, read_release, version_of

LANGUAGES = ("en", "az", "fa")
PAGE = """# The figures

Of {asked.bakery} loaves.[@letter-2005]

/// figures
///

/// gazetteer
///

/// bibliography
///

/// roll
///
"""
LEDGER = {
    "content/ledger/figures.yaml": """
killed:
  measure: Killed
  figures:
    government: {value: 613, stated_by: Government, as_of: "2005", sources: [letter-2005]}
asked:
  measure: Loaves
  figures:
    bakery: {value: 40, stated_by: Bakery, as_of: "2005", sources: [letter-2005], listed: false}
""",
    "content/ledger/places.yaml": """
village:
  names: {en: Khojali, az: Xocali, fa: خوجالى}
  gazetteer: main
""",
    "content/ledger/sources.yaml": """
letter-2005: {author: United Nations, title: A letter, issued: "2005", seen: copy}
""",
    "content/ledger/people.yaml": """
anna: {family: Aliyeva, given: Anna, died: "1992-02-26"}
leyla: {family: Hasanova, given: Leyla, died: "1992-02-26"}
""",
}
# What an editor corrects: a figure, one that the text alone tells, names, and a source that was found.
CORRECTIONS = [
    ("figures.yaml", "value: 613", "value: 1614"),
    ("figures.yaml", "value: 40,", "value: 41,"),
    ("places.yaml", "en: Khojali, az: Xocali, fa: خوجالى", "en: Khojaly, az: Xocalı, fa: خوجالی"),
    ("people.yaml", "given: Anna", "given: Anya"),
    ("people.yaml", 'leyla: {family: Hasanova, given: Leyla, died: "1992-02-26"}\n', ""),
    ("sources.yaml", "seen: copy}\n", 'seen: copy}\nreport-2026: {author: Amnesty, title: A report, issued: "2026"}\n'),
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Write the project and build it once; its release lies in a folder of its own."""
    folder = tmp_path_factory.mktemp("printed") / "project"
    site = 'title = "Test"\nsource_language = "en"\nlanguages = ["en", "az", "fa"]\n'
    editions = '[[editions]]\nname = "book"\n[imprint]\nyear = "2025"\n'
    for name, text in {"content/site.toml": site + editions, FONTS: one_faces(), **LEDGER}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "content" / "figures.md").write_text(PAGE)
    outcome = pipeline.build(request_for(folder, output=folder / "first"), SILENCE)
    assert outcome.made, [str(item) for item in outcome.diagnostics]
    return folder


@pytest.fixture
def first(printed, tmp_path):
    return Path(shutil.copytree(printed, tmp_path / "project"))


def one_faces() -> str:
    naskh = one_face().replace("NotoSerif_400Regular", "Amiri_400Regular").replace("Stele Serif", "Stele Naskh")
    return f"{one_face()}\n{naskh}"


def correct(folder) -> None:
    for name, before, after in CORRECTIONS:
        file = folder / "content" / "ledger" / name
        text = file.read_text()
        assert before in text
        file.write_text(text.replace(before, after))
    site = folder / "content" / "site.toml"
    site.write_text(site.read_text().replace("2025", "2026"))


def slip(folder, tag: str) -> str:
    """Return the text of a slip, its white space folded, without marks of direction and joining."""
    file = folder / "output" / "erratum" / f"book.{tag}.erratum.pdf"
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join("".join(sign for sign in text if sign not in "\u200f\u202b\u202c\u202a\u2060\u200c").split())


def test_slips_have_what_was_printed_and_what_is_right(first):
    correct(first)
    outcome = pipeline.print_erratum(request_for(first), SILENCE, first / "first")
    assert set(outcome.made) == {
        *(f"book.{tag}.erratum.pdf" for tag in LANGUAGES),
        *("report.json", "SHA256SUMS"),
    }
    texts = {tag: slip(first, tag) for tag in LANGUAGES}
    wanted = {
        "en": ["613", "1,614", "40", "41", "Khojali", "Khojaly", "Aliyeva Anna", "Aliyeva Anya", "Amnesty", "2025"],
        "az": ["613", "1.614", "Xocali", "Xocalı", "Aliyeva Anna", "Aliyeva Anya", "Amnesty", "Əvvəl", "İndi"],
        "fa": ["۶۱۳", "۱٬۶۱۴", "۴۰", "۴۱", "Aliyeva Anya", "۲۰۲۵"],
    }
    assert {tag: [word for word in words if word not in texts[tag]] for tag, words in wanted.items()} == {
        tag: [] for tag in LANGUAGES
    }
    # Of a number in the text alone it is said what it is a number of; nobody who was taken out is named.
    assert ("Of 41 loaves" in texts["en"], "Leyla" in texts["en"]) == (True, False)


def test_where_nothing_has_changed_there_is_no_slip(first):
    result = CliRunner().invoke(main, ["erratum", str(first / "first" / "release.json"), "--project", str(first)])
    version = json.loads((first / "first" / "release.json").read_bytes())["version"]
    said = [f"book.{tag}: nothing reads differently since data version {version}" for tag in LANGUAGES]
    assert (result.exit_code, [line for line in said if line not in result.output]) == (0, [])
    assert not (first / "output").exists()


def test_what_is_no_release_is_said_to_be_none(project):
    folder = project({"content/page.md": "# Page\n", "old.json": "[]"}, editions="")
    for path in (folder / "old.json", folder / "content"):
        assert codes(pipeline.print_erratum(request_for(folder), SILENCE, path)) == {"bad-release"}


def test_the_colophon_tells_the_data_version_and_who_translated(first):
    catalog = first / "locales" / "az" / "LC_MESSAGES" / "figures.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(HEADER)
    pipeline.build(request_for(first, languages=("az",)), SILENCE)
    command = ["pdftotext", first / "output/booklets/book.az.screen.pdf", "-"]
    text = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    released = json.loads((first / "output" / "release.json").read_bytes())
    wanted = [released["version"], "1 mənbəyə", "Tərcümə: Nigar Əliyeva və Rəşad Məmmədov.", "Redaktə: Aysel Quliyeva."]
    assert [words for words in wanted if words not in text] == []
    assert released["credits"]["az"]["reviewers"] == ["Aysel Quliyeva"]


HEADER = """# Azerbaijani translation.
# Copyright (C) 2026 Somebody <nobody@example.org>
# Nigar Əliyeva <nigar@example.org>, 2026.
msgid ""
msgstr ""
"Last-Translator: Rəşad Məmmədov <rashad@example.org>\\n"
"X-Reviewer: Aysel Quliyeva <aysel@example.org>; \\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


@pytest.mark.parametrize("name", ["", "FULL NAME <EMAIL@ADDRESS>", "Automatically generated", "someone@example.org"])
def test_nobody_is_named_where_no_name_is_written(name):
    text = f'msgid ""\nmsgstr ""\n"Last-Translator: {name}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    catalog, _ = read_catalog(text.encode(), "x.po")
    assert credits_of([catalog]) == Credits()


FIGURE = Figure(id="killed.government", at=Location("a.yaml", 1), measure="Killed", low=613, high=613)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"low": 614, "high": 614}, False),
        ({"stated_by": "Government"}, False),
        ({"at": Location("b.yaml", 9), "comment": "Looked at again", "allow": {"x": "y"}}, True),
    ],
)
def test_the_data_version_follows_what_readers_are_told(other, same):
    assert (version_of([FIGURE]) == version_of([replace(FIGURE, **other)])) is same


def test_a_release_is_read_as_it_was_written_and_made_safe():
    said = {"en": {"figure a.b": ("Killed", "<span>613</span>")}}
    release = Release("3f9a2c71", "2026", "en", said, {"en": Credits(("A",), ("B",))})
    forged = replace(release, statements={"en": {"figure a.b": ("Killed<script>x</script>", "<span>613</span>")}})
    assert (read_release(as_json(release)), read_release(as_json(forged))) == (release, release)


def test_what_only_a_translation_changed_is_no_change():
    before = Release("1", "", "en", {"en": {"a": ("x", "1")}, "az": {"a": ("y", "1")}})
    retranslated = Release("1", "", "en", {"en": {"a": ("x", "1")}, "az": {"a": ("z", "1")}})
    corrected = Release("2", "", "en", {"en": {"a": ("x", "2")}, "az": {"a": ("y", "2")}})
    found = changes(before, retranslated, "az"), changes(before, corrected, "az")
    assert found == ((), (Change("a", ("y",), ("1",), ("2",)),))
