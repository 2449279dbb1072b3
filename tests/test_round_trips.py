"""A catalog that went through the tools of others: an update touches only the entries whose messages changed."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

from stele.diagnostics import Location
from stele.language.tags import language
from stele.translation import update
from stele.translation.merging.merge import merge, new_catalog, template
from stele.translation.messages import Message
from stele.translation.po.catalog import Catalog, read_catalog, write_catalog
from stele.translation.po.style import revised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from stele.translation.po.entry import Entry

THEN = datetime(2025, 1, 31, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 2, 26, 12, 30, tzinfo=UTC)
PO = "locales/az/LC_MESSAGES/words.po"
LONG = (
    "In the night of 26 February 1992 the people of the town left on foot, across the river and the snow of the "
    "forest, and on the way were shot at from the road."
)
TURNED = "The report [was read](report.md) in parliament; “nobody answered”, it says.[^1]"


def message(msgid: str, *lines: int, path: str = "content/words.md", **fields: object) -> Message:
    return Message(msgid, tuple(Location(path, line) for line in lines or (7,)), **fields)


# Of every kind that a source has; what becomes of them below is told by their numbers.
MESSAGES = (
    message("Names", comments=("type: title",)),
    message(LONG, 9, comments=("type: paragraph", "under: Names")),
    message(TURNED, 11, 30, comments=("type: paragraph", "under: Names", "a note\nof two lines")),
    message("%(n)s name", plural="%(n)s names", flags=("python-format",)),
    message("Names", 40, context="heading"),
    message("50 % of them", 42, flags=("no-python-format",)),
    message("Never translated", 44, path="content/some words.md"),  # gettext 0.21 garbles two such places
    message('A line,  \nanother, and a "quotation"\tbehind a tab', 46),
    message("It will be reworded before long, but not yet.", 48),
    message("It will be gone before long.", 50),
)
TRANSLATIONS = {
    "Names": ("Adlar",),
    LONG: (
        "1992-ci il fevralın 26-na keçən gecə şəhər əhalisi piyada, çaydan və meşənin qarından keçərək yola düşdü və "
        "yolda onlara atəş açıldı.",
    ),
    TURNED: ("Hesabat parlamentdə [oxundu](report.md); orada deyilir: «heç kim cavab vermədi».[^1]",),
    "%(n)s name": ("%(n)s ad", "%(n)s ad"),
    "50 % of them": ("Onların 50 %-i",),
    MESSAGES[7].msgid: ("Bir sətir,  \ndigəri və bir «sitat»\tbir də cədvəl boşluğu",),
    MESSAGES[8].msgid: ("Tezliklə başqa cür deyiləcək, amma hələ yox.",),
    MESSAGES[9].msgid: ("Tezliklə olmayacaq.",),
    "It was here once": ("Bir vaxtlar burada idi",),
}
# One message reworded, one gone, one new, and one in another place.
LATER = (
    MESSAGES[5],
    *MESSAGES[:5],
    *MESSAGES[6:8],
    message("It was reworded before long.", 48),
    message("Unheard", 49),
)


def start() -> bytes:
    """Return a catalog that a translator has been at work on for some time."""
    fresh = new_catalog("az", update.plural_forms("az"), [*MESSAGES, message("It was here once")], THEN)
    header, *entries = fresh.entries
    filled = [revised(entry, fresh.style, msgstr=TRANSLATIONS.get(entry.msgid, ("",))) for entry in entries]
    filled[1] = revised(filled[1], fresh.style, flags=("fuzzy",), translator_comments=("is it the right river?",))
    began = merge(Catalog((header, *filled)), [*MESSAGES[:2], replace(MESSAGES[2], msgid=TURNED[:-5])], THEN)
    return write_catalog(merge(began, MESSAGES, THEN))


# --- the tools -------------------------------------------------------------------------------------------------------


def gettext(*command: str) -> Callable[[bytes, Path], bytes]:
    """Return a function that has a tool of GNU gettext rewrite a catalog; {pot} is our template."""

    def tool(data: bytes, folder: Path) -> bytes:
        (folder / "old.po").write_bytes(data)
        (folder / "new.pot").write_bytes(write_catalog(template(MESSAGES, THEN)))
        words = [word.format(po=folder / "old.po", pot=folder / "new.pot") for word in command]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(words, capture_output=True, env=environment, check=True)
        return done.stdout or (folder / "old.po").read_bytes()

    return tool


def header_with(data: bytes, **fields: str) -> bytes:
    """Return the catalog with other fields in its header; a new one stands last."""
    text, blank, rest = data.decode().partition("\n\n")
    for name, value in fields.items():
        line = f'"{name.replace("_", "-")}: {value}\\n"'
        pattern = re.compile(rf'^"{name.replace("_", "-")}: .*"$', re.MULTILINE)
        text = pattern.sub(lambda _, line=line: line, text) if pattern.search(text) else f"{text}\n{line}"
    return (text + blank + rest).encode()


def poedit(data: bytes, folder: Path) -> bytes:
    """Rewrite a catalog as Poedit 3 does when somebody has changed one translation."""
    rewrapped = gettext("msgcat", "--width=79", "{po}")(data, folder)
    typed = rewrapped.replace(b'msgstr "Adlar"', 'msgstr "Bütün adlar"'.encode(), 1)
    return header_with(
        typed,
        PO_Revision_Date="2026-02-20 21:40+0400",
        Last_Translator="Aynur <aynur@example.org>",
        X_Generator="Poedit 3.4.2",
        X_Poedit_SourceCharset="UTF-8",
    )


def weblate(data: bytes, folder: Path) -> bytes:
    """Rewrite a catalog as Weblate 5 does when somebody has changed one translation."""
    rewrapped = gettext("msgcat", "--width=77", "{po}")(data, folder)
    typed = rewrapped.replace(b'msgstr "Adlar"', 'msgstr "Bütün adlar"'.encode(), 1)
    return header_with(
        typed,
        PO_Revision_Date="2026-02-20 17:40+0000",
        Last_Translator="Aynur <aynur@example.org>",
        Language_Team="Azerbaijani <https://hosted.weblate.org/projects/words/az/>",
        Plural_Forms="nplurals=2; plural=n != 1;",
        X_Generator="Weblate 5.10",
    )


TOOLS = {
    "msgcat": gettext("msgcat", "{po}"),
    "msgcat --no-wrap": gettext("msgcat", "--no-wrap", "{po}"),
    "msgcat --width=100": gettext("msgcat", "--width=100", "{po}"),
    "msgcat --sort-output": gettext("msgcat", "--sort-output", "{po}"),
    "msgcat --no-location": gettext("msgcat", "--no-location", "{po}"),
    "msgcat --add-location=file": gettext("msgcat", "--add-location=file", "{po}"),
    "msgcat --escape": gettext("msgcat", "--escape", "{po}"),
    "msgcat --indent": gettext("msgcat", "--indent", "{po}"),
    "msgmerge": gettext("msgmerge", "--quiet", "{po}", "{pot}"),
    "msgmerge --previous": gettext("msgmerge", "--quiet", "--previous", "{po}", "{pot}"),
    "msgmerge --update": gettext("msgmerge", "--quiet", "--update", "--previous", "--backup=none", "{po}", "{pot}"),
    "msgmerge --no-location": gettext("msgmerge", "--quiet", "--previous", "--no-location", "{po}", "{pot}"),
    "msgattrib": gettext("msgattrib", "{po}"),
    "msgattrib --no-obsolete": gettext("msgattrib", "--no-obsolete", "{po}"),
    "msgattrib --clear-fuzzy": gettext("msgattrib", "--clear-fuzzy", "{po}"),
    "msguniq": gettext("msguniq", "{po}"),
    "msgconv": gettext("msgconv", "--to-code=UTF-8", "{po}"),
    "Poedit": poedit,
    "Weblate": weblate,
}


# --- what an update leaves as it was ---------------------------------------------------------------------------------


def updated(root: Path, messages: Sequence[Message]) -> bytes:
    """Update the catalog on disk, and return its bytes."""
    changes, found = update.plan(root, {"words": messages}, [language("az")], NOW)
    assert (found, update.carry_out(root, changes)[1]) == ((), ())
    return (root / PO).read_bytes()


def raws(data: bytes) -> dict[tuple[str | None, str], str]:
    """Return the bytes of every entry but the header, by its key."""
    catalog, found = read_catalog(data, PO)
    assert found == ()
    return {entry.key: entry.raw for entry in catalog.entries if not entry.is_header}


def header_lines(data: bytes) -> list[bytes]:
    return [line.strip() for line in data.partition(b"\n\n")[0].splitlines()]


@pytest.fixture(params=TOOLS)
def saved(request, tmp_path):
    """Return what a tool made of the catalog, written to where it belongs."""
    data = TOOLS[request.param](start(), tmp_path)
    (tmp_path / PO).parent.mkdir(parents=True)
    (tmp_path / PO).write_bytes(data)
    return data


def test_the_same_messages_change_no_entry(saved, tmp_path):
    assert raws(updated(tmp_path, MESSAGES)) == raws(saved)


def test_the_same_messages_in_their_order_change_no_byte(saved, tmp_path):
    catalog, _ = read_catalog(saved, PO)
    live = [entry.key for entry in catalog.entries if not (entry.is_header or entry.obsolete)]
    in_order = sorted(MESSAGES, key=lambda message: live.index(message.key))
    assert updated(tmp_path, in_order) == saved


def test_other_messages_change_their_own_entries_only(saved, tmp_path):
    after = raws(updated(tmp_path, LATER))
    kept = {key: raw for key, raw in raws(saved).items() if key not in {item.key for item in MESSAGES[8:]}}
    assert {key: after[key] for key in kept} == kept
    assert after.keys() - kept.keys() <= {item.key for item in (*LATER, *MESSAGES[8:])}


def test_other_messages_change_nothing_of_the_header_but_the_date(saved, tmp_path):
    before, after = (header_lines(data) for data in (saved, updated(tmp_path, LATER)))
    assert [line for line in after if line not in before] == [b'"POT-Creation-Date: 2026-02-26 12:30+0000\\n"']


def test_what_an_update_made_of_it_passes_the_check_of_msgfmt(saved, tmp_path):  # noqa: ARG001 (it lies there)
    command = ["msgfmt", "-o", "/dev/null", "-"]
    done = subprocess.run(command, input=updated(tmp_path, LATER), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("tool", ["msgcat --width=100", "Poedit", "Weblate"])
@pytest.mark.parametrize("path", sorted((ROOT / "locales/fa/LC_MESSAGES").glob("*.po")), ids=lambda path: path.stem)
def test_a_catalog_of_the_sample_stays_as_a_tool_saved_it(path, tool, tmp_path):
    saved = TOOLS[tool](path.read_bytes(), tmp_path)
    (tmp_path / PO).parent.mkdir(parents=True)
    (tmp_path / PO).write_bytes(saved)
    catalog, _ = read_catalog(saved, PO)
    live = [entry for entry in catalog.entries if not (entry.is_header or entry.obsolete)]
    assert updated(tmp_path, [asked_by(entry) for entry in live]) == saved


def asked_by(entry: Entry) -> Message:
    """Return the message that an entry is for."""
    flags = tuple(flag for flag in entry.flags if flag.endswith("-format"))
    places = tuple(map(Location, entry.references))
    return Message(entry.msgid, places, entry.extracted_comments, flags, entry.context, entry.plural)
