"""An update keeps every translation it can, marks what nobody has confirmed, and changes no other byte."""

import os
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stele.diagnostics import Location
from stele.translation.catalog import Catalog, read_catalog, write_catalog
from stele.translation.catalog_style import revised
from stele.translation.entry import Previous
from stele.translation.merge import merge, new_catalog, same_messages, template
from stele.translation.messages import Message

SAMPLES = sorted((Path(__file__).parent / "data" / "catalogs").glob("*.po"))
THEN = datetime(2025, 1, 31, 9, 0, tzinfo=timezone(timedelta(hours=4)))
NOW = datetime(2026, 2, 26, 12, 30, tzinfo=UTC)
PLURALS = "nplurals=2; plural=(n != 1);"


def gettext(*command, data=b""):
    """Run a tool of GNU gettext on `data` and return what it writes; it must accept the data without a word."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)
    assert (run.returncode, run.stderr.decode()) == (0, "")
    return run.stdout


def read(data):
    catalog, diagnostics = read_catalog(data, "words.po")
    assert diagnostics == ()
    return catalog


def message(msgid, path="content/words.md", **fields):
    return Message(msgid, (Location(path, 7),), **fields)


def messages(*msgids):
    return [message(msgid) for msgid in msgids]


def translated(*pairs, flags=()):
    """Return a catalog, as read from its file, of the messages and translations in `pairs`."""
    fresh = new_catalog("az", PLURALS, messages(*(msgid for msgid, _ in pairs)), THEN)
    texts = dict(pairs)
    entries = [
        entry if entry.is_header else revised(entry, fresh.style, msgstr=(texts[entry.msgid],), flags=flags)
        for entry in fresh.entries
    ]
    return read(write_catalog(Catalog(tuple(entries))))


def updated(catalog, *wanted):
    """Return the catalog that is read after an update to the messages `wanted`."""
    return read(write_catalog(merge(catalog, wanted, NOW)))


def state(catalog):
    """Return msgid, translation and mark of each entry but the header: " ", "fuzzy" or "obsolete"."""
    marks = {(False, False): "", (True, False): "fuzzy", (False, True): "obsolete", (True, True): "fuzzy obsolete"}
    return [
        (entry.msgid, entry.msgstr[0], marks[entry.fuzzy, entry.obsolete])
        for entry in catalog.entries
        if not entry.is_header
    ]


# --- what stays ------------------------------------------------------------------------------------------------------


def test_the_same_messages_change_no_byte():
    catalog = translated(("Names", "Adlar"), ("Places", ""))
    actual = merge(catalog, messages("Names", "Places"), NOW)
    assert actual == catalog


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_same_messages_change_nothing_in_a_strange_file_either(sample):
    data = sample.read_bytes()
    catalog = read(data)
    same = [
        Message(
            entry.msgid,
            tuple(Location(path) for path in entry.references),
            entry.extracted_comments,
            tuple(flag for flag in entry.flags if flag.endswith("-format")),
            entry.context,
            entry.plural,
        )
        for entry in catalog.entries
        if not (entry.obsolete or entry.is_header)
    ]
    assert write_catalog(merge(catalog, same, NOW)) == data


def test_only_the_line_that_must_change_does():
    data = write_catalog(translated(("Names", "Adlar"), ("Places", "Yerlər")))
    data = data.replace(b'#: content/words.md\nmsgid "Places"', b'#  by hand\n#: content/old.md:3\nmsgid  "Places"')
    actual = write_catalog(merge(read(data), messages("Names", "Places"), NOW))
    assert actual == data.replace(b"content/old.md:3", b"content/words.md")


def test_references_tell_each_file_once_and_comments_line_by_line():
    places = tuple(Location(path, line) for path, line in (("content/b.md", 3), ("content/a.md", 9), ("content/b.md", 1)))
    wanted = Message("Names", places, ("Heading 2", "a note\nof two lines"))
    entry = updated(translated(("Names", "Adlar")), wanted).find("Names")
    assert entry.references == ("content/b.md", "content/a.md")
    assert entry.extracted_comments == ("Heading 2", "a note", "of two lines")


def test_format_flags_follow_the_source_and_others_stay():
    catalog = translated(("{n} names", "{n} ad"), flags=("no-wrap", "python-format", "fuzzy"))
    entry = updated(catalog, message("{n} names", flags=("python-brace-format",))).find("{n} names")
    assert entry.flags == ("no-wrap", "fuzzy", "python-brace-format")


def test_the_order_is_that_of_the_messages():
    catalog = translated(("a", "1"), ("b", "2"), ("c", "3"))
    assert state(updated(catalog, *messages("c", "a", "b"))) == [("c", "3", ""), ("a", "1", ""), ("b", "2", "")]


def test_a_fuzzy_translation_stays_fuzzy():
    catalog = translated(("Names", "Adlar"), flags=("fuzzy",))
    assert merge(catalog, messages("Names"), NOW) == catalog


def test_exact_matches_are_those_of_msgmerge():
    old = translated(*((f"message number {number}", f"ismarış {number}") for number in range(40)))
    wanted = messages(*(f"message number {number}" for number in range(60, 20, -3)), "quite another")
    pot = write_catalog(template(wanted, NOW))
    Path("/tmp").exists()
    ours = updated(old, *wanted)
    theirs = read(merged_by_gettext(write_catalog(old), pot))
    live = [[item[:2] for item in state(catalog) if item[2] == ""] for catalog in (ours, theirs)]
    gone = [sorted(item for item in state(catalog) if item[2] == "obsolete") for catalog in (ours, theirs)]
    assert live[0] == live[1]
    assert set(gone[0]) <= set(gone[1])
