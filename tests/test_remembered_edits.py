"""A build that remembers the one before, after one edit of each kind: what a build without memory makes, and no more.

Type is not set: what goes to the printer is compared, and the site, of a project that has everything that is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FONTS, SILENCE, one_face, request_for

from stele.diagnostics import Diagnostic, Stage, sort
from stele.stages.composing import Composed, compose
from stele.stages.inscribing import inscriptions
from stele.stages.reading import read, with_made_languages
from stele.stages.releasing import release
from stele.stages.telling import Telling
from stele.stages.weaving import Loom, pages_apart
from stele.stages.wording import check, localize, shelve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stele.engine import Task

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="{}"><path d="M0 0h4"/></svg>'


def catalog(**said: str) -> str:
    """Return a catalog; the names of arguments are sources with lines for spaces, and those of two words are texts."""
    sources = {name: name.replace("_", " ") + "." * ("_" in name) for name in said}
    entries = (f'msgid "{sources[name]}"\nmsgstr "{words}"\n' for name, words in said.items())
    return "\n".join([HEADER, *entries])


FILES = {
    "content/a.md": "# A\n\nAnother one.\n\nA word at {town}, {killed.list} of them [@book].\n\n![A drawing](a.svg)\n",
    "content/b.md": "# B\n\nAnother one.\n\n/// figures\n///\n",
    "content/c.md": "# C\n\nTo whom it concerns.\n",
    "content/c.az.md": "# Ç\n\nAidiyyəti üzrə.\n",
    "content/a.svg": DRAWING.format(4),
    "content/to.csv": "name,office,address,salutation,language\nA. Person,,Street 1,Dear A.,\n",
    "content/ledger/figures.yaml": "killed:\n  measure: Killed\n  figures:\n    list:\n      value: 12\n"
    "      stated_by: A list\n      as_of: '1992'\n      sources: [book]\n",
    "content/ledger/places.yaml": "town:\n  names: {en: Khojaly, az: Xocalı, az-Cyrl: Хоҹалы}\n",
    "content/ledger/sources.yaml": "book:\n  title: A book\n  author: Someone\n  seen: text\n  tier: secondary\n",
    "content/gazetteer.yaml": "other:\n  kind: place\n  en: Aghdam\n  az: Ağdam\n  az-Cyrl: Агдам\n",
    "locales/az/LC_MESSAGES/a.po": catalog(A="A", Another_one="Burada da biri."),
    "locales/az/LC_MESSAGES/b.po": catalog(B="B", Another_one="Başqa biri, Ağdam."),
    "locales/az/LC_MESSAGES/ledger.po": catalog(Killed="Öldürülüb"),
    "locales/az/LC_MESSAGES/site.po": catalog(Test="Sınaq"),
    "locales/az/LC_MESSAGES/interface.po": catalog(Contents="Mündəricat"),
    "templates/site/turn.html": "<nav>turn</nav>",
    "templates/booklet/colophon.html": "<p>colophon</p>",
    FONTS: one_face(),
}
EDITIONS = """
[imprint]
year = "2026"
[web]
address = "https://example.org"
[[editions]]
name = "book"
documents = ["a", "b"]
uses = ["screen", "cover"]
[[editions]]
name = "letter"
product = "letter"
documents = ["c"]
addressees = "to.csv"
"""
EVERY = {"en", "az", "az-Cyrl"}
BOTH = {"az", "az-Cyrl"}


class Here:
    """Does all work in this process."""

    def run(self, tasks: Sequence[Task[Any]], *, done: Any, **_: object) -> list[Any]:
        made = [task.function(*task.arguments) for task in tasks]
        for task, outcome in zip(tasks, made, strict=True):
            done(task, outcome)
        return made


@dataclass(frozen=True)
class Made:
    """What goes to the printer by its name, the files of the site by their paths, and what was found."""

    printed: dict[str, Composed]
    site: dict[str, bytes]
    found: tuple[Diagnostic, ...]


def made(folder: Path, cache: Path | None, stage: Stage = Stage.DRAFT) -> Made:
    """Make everything of a project but type and pictures of it."""
    telling = Telling(request_for(folder, cache=cache, stage=stage), SILENCE)
    telling.crew = Here()  # type: ignore[assignment]
    desk = read(telling)
    spoken = with_made_languages(telling, desk)
    inscribed = inscriptions(telling, spoken)
    localized = localize(telling, spoken, inscribed)
    check(telling, desk, localized)
    shelves = shelve(telling, spoken, inscribed, localized)
    released = release(spoken, inscribed)
    printed = {
        name: compose(telling, spoken, edition, shelf, name, "", released)
        for edition in spoken.editions
        for shelf in shelves
        for name in [f"{edition.name}.{shelf.language.tag}"]
    }
    site = Loom(telling, spoken, inscribed, shelves, released).weave([]) + pages_apart(telling, spoken, shelves)
    return Made(printed, {item.path: item.data for item in site}, sort(telling.found))


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Make the project once, with a memory; return its folder, the memory, and what was made."""
    folder, cache = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("cache")
    site = f'title = "Test"\nsource_language = "en"\nlanguages = ["en", "az", "az-Cyrl"]\n{EDITIONS}'
    for name, text in {"content/site.toml": site, **FILES}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder, cache, made(folder, cache)


def tags_of(changed: set[str]) -> set[str]:
    """Return the languages of pages of documents."""
    pages = {f"site/{tag}/{key}/index.html": tag for tag in EVERY for key in "ab"}
    return {pages[path] for path in changed & pages.keys()}


@pytest.mark.parametrize(
    ("file", "old", "new", "printed", "pages"),
    [
        ("content/a.md", "A word", "A name", EVERY, EVERY),
        ("content/c.az.md", "üzrə", "olana", {"az"}, set()),
        ("content/a.svg", 'height="4"', 'height="5"', set(), set()),
        ("content/a.az.svg", None, DRAWING.format(6), BOTH, BOTH),
        ("content/to.csv", "A. Person", "B. Person", EVERY, set()),
        ("content/ledger/figures.yaml", "value: 12", "value: 13", EVERY, EVERY),
        ("content/ledger/places.yaml", "Khojaly", "Xojaly", EVERY, EVERY),
        ("content/ledger/sources.yaml", "A book", "The book", EVERY, EVERY),
        ("content/gazetteer.yaml", "az-Cyrl: Агдам", "az-Cyrl: Ағдам", {"az-Cyrl"}, {"az-Cyrl"}),
        ("content/site.toml", '"Test"', '"Test of all"', EVERY, EVERY),
        ("content/site.toml", "https://example.org", "https://example.net", EVERY, EVERY),
        ("locales/az/LC_MESSAGES/a.po", "Burada da", "Orada da", BOTH, BOTH),
        ("locales/az/LC_MESSAGES/b.po", "Başqa biri", "Bir başqası", BOTH, BOTH),
        ("locales/az/LC_MESSAGES/ledger.po", "Öldürülüb", "Həlak olub", BOTH, BOTH),
        ("locales/az/LC_MESSAGES/site.po", "Sınaq", "Yoxlama", BOTH, BOTH),
        ("locales/az/LC_MESSAGES/interface.po", "Mündəricat", "İçindəkilər", BOTH, BOTH),
        ("templates/site/turn.html", "turn", "go on", set(), EVERY),
        ("templates/booklet/colophon.html", "colophon", "imprint", EVERY, set()),
        ("templates/booklet/slug.html", None, "slug", EVERY, set()),
    ],
)
def test_an_edit_changes_what_it_should(before, file, old, new, printed, pages):
    folder, cache, first = before
    path = folder / file
    written = path.read_text() if old else None
    path.write_text(written.replace(old, new) if old else new)
    try:
        again, cold = made(folder, cache), made(folder, None)
    finally:
        path.write_text(written) if old else path.unlink()
    assert again == cold
    assert again != first
    assert {name.partition(".")[2] for name in again.printed if again.printed[name] != first.printed[name]} == printed
    assert tags_of({path for path in again.site if again.site[path] != first.site.get(path)}) == pages


def test_another_stage_is_another_text(before):
    folder, cache, first = before
    again = made(folder, cache, Stage.PROOF)
    assert again == made(folder, None, Stage.PROOF)
    assert all(again.printed[name] != first.printed[name] for name in first.printed)


def test_what_was_written_meanwhile_is_read_again(before):
    folder, cache, _ = before
    telling = Telling(request_for(folder, cache=cache), SILENCE)
    path, said = folder / "locales/az/LC_MESSAGES/b.po", []
    written = path.read_text()
    for text in (written, written.replace("Başqa biri", "Tamam başqa")):
        path.write_text(text)
        telling.look_again()
        said.append(read(telling).catalogs.get("az", "b").find("Another one.").msgstr)
    path.write_text(written)
    assert said == [("Başqa biri, Ağdam.",), ("Tamam başqa, Ağdam.",)]
