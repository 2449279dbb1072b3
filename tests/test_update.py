"""An update writes each catalog in one step, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from conftest import SILENCE, codes, request_for

from stele import pipeline
from stele.diagnostics import Diagnostic, Location
from stele.language.tags import language
from stele.translation import update
from stele.translation.messages import Message
from stele.translation.po.catalog import read_catalog
from stele.translation.store import clear_away, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 2, 26, 12, 30, tzinfo=UTC)
AZ = "locales/az/LC_MESSAGES/words.po"
TEMPLATE = "locales/words.pot"


def messages(*msgids: str) -> tuple[Message, ...]:
    return tuple(Message(msgid, (Location("content/words.md", 7),)) for msgid in msgids)


def planned(root: Path, *msgids: str, **options: bool) -> tuple[update.Change, ...]:
    """Return the changes that make the catalog ask for `msgids`; nothing may stand against them."""
    changes, found = update.plan(root, {"words": messages(*msgids)}, [language("az")], NOW, **options)
    assert found == ()
    return changes


def updated(root: Path, *msgids: str) -> None:
    update.carry_out(root, planned(root, *msgids))


def translate(path: Path, msgid: str, msgstr: str) -> None:
    """Do what a translator does in an editor."""
    text = path.read_text()
    path.write_text(text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"'))


def state(root: Path) -> dict[str, str]:
    """Return the messages that the catalog asks for and their translations."""
    catalog, found = read_catalog((root / AZ).read_bytes(), AZ)
    assert found == ()
    return {entry.msgid: entry.msgstr[0] for entry in catalog.entries if not (entry.is_header or entry.obsolete)}


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder as a run does that is writing into it."""
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    yield
    os.close(descriptor)


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


# --- what is planned -------------------------------------------------------------------------------------------------


def test_a_change_knows_what_it_was_made_from(tmp_path):
    assert [(change.path, change.old) for change in planned(tmp_path, "Names")] == [(TEMPLATE, None), (AZ, None)]
    updated(tmp_path, "Names")
    before = (tmp_path / AZ).read_bytes()
    assert [change.old for change in planned(tmp_path, "Names", "Places") if change.path == AZ] == [before]


def test_what_is_up_to_date_is_not_planned(tmp_path):
    updated(tmp_path, "Names")
    assert planned(tmp_path, "Names") == ()


def test_small_changes_are_kept_only_where_the_project_asks_for_it(tmp_path):
    updated(tmp_path, "The names")
    translate(tmp_path / AZ, "The names", "Adlar")
    fuzzy, kept = (
        next(change.data for change in planned(tmp_path, "The Names", **options) if change.path == AZ)
        for options in ({}, {"keep_small_changes": True})
    )
    assert (b"#, fuzzy" in fuzzy, b"#, fuzzy" in kept) == (True, False)


def test_a_catalog_that_leads_out_of_the_project_is_reported(tmp_path):
    root = tmp_path / "project"
    (root / AZ).parent.mkdir(parents=True)
    (tmp_path / "words.po").write_bytes(b'msgid ""\nmsgstr ""\n')
    (root / AZ).symlink_to(tmp_path / "words.po")
    _, found = update.plan(root, {"words": messages("Names")}, [language("az")], NOW)
    assert [(item.code, item.location) for item in found] == [("outside-project", Location(AZ))]


# --- what happens meanwhile ------------------------------------------------------------------------------------------


def test_a_catalog_saved_meanwhile_is_merged_again(tmp_path):
    updated(tmp_path, "Names", "Places")
    changes = planned(tmp_path, "Names", "Places", "Sources")
    translate(tmp_path / AZ, "Names", "Adlar")
    written, found = update.carry_out(tmp_path, changes)
    assert (written, found) == ((TEMPLATE, AZ), ())
    assert state(tmp_path) == {"Names": "Adlar", "Places": "", "Sources": ""}


def test_a_catalog_that_is_up_to_date_by_then_is_left_alone(tmp_path):
    updated(tmp_path, "Names")
    changes = planned(tmp_path, "Names", "Places")
    updated(tmp_path, "Names", "Places")
    before = (tmp_path / AZ).stat()
    assert update.carry_out(tmp_path, changes) == ((), ())
    after = (tmp_path / AZ).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_catalog_that_appeared_meanwhile_is_merged_too(tmp_path):
    changes = planned(tmp_path, "Names", "Places")
    updated(tmp_path, "Names")
    translate(tmp_path / AZ, "Names", "Adlar")
    update.carry_out(tmp_path, changes)
    assert state(tmp_path) == {"Names": "Adlar", "Places": ""}


def test_a_catalog_that_went_meanwhile_is_begun_anew(tmp_path):
    updated(tmp_path, "Names")
    changes = planned(tmp_path, "Names", "Places")
    (tmp_path / AZ).unlink()
    update.carry_out(tmp_path, changes)
    assert state(tmp_path) == {"Names": "", "Places": ""}


def test_a_catalog_broken_meanwhile_is_reported_and_left_alone(tmp_path):
    updated(tmp_path, "Names")
    changes = planned(tmp_path, "Names", "Places")
    broken = (tmp_path / AZ).read_bytes() + b"<<<<<<< ours\n"
    (tmp_path / AZ).write_bytes(broken)
    written, found = update.carry_out(tmp_path, changes)
    assert (written, [item.code for item in found]) == ((TEMPLATE,), ["merge-marker"])
    assert (tmp_path / AZ).read_bytes() == broken


def test_a_catalog_that_is_no_file_of_the_project_any_more_is_reported(tmp_path):
    root = tmp_path / "project"
    updated(root, "Names")
    changes = planned(root, "Names", "Places")
    (root / AZ).rename(tmp_path / "words.po")
    (root / AZ).symlink_to(tmp_path / "words.po")
    before = (tmp_path / "words.po").read_bytes()
    with pytest.raises(PermissionError):
        update.carry_out(root, changes)
    assert (tmp_path / "words.po").read_bytes() == before


def test_a_half_saved_catalog_is_waited_for(tmp_path):
    updated(tmp_path, "Names")
    changes = planned(tmp_path, "Names", "Places")
    whole = (tmp_path / AZ).read_bytes().replace(b'msgid "Names"\nmsgstr ""', b'msgid "Names"\nmsgstr "Adlar"')
    (tmp_path / AZ).write_bytes(b"")
    saving = threading.Timer(0.05, (tmp_path / AZ).write_bytes, [whole])
    saving.start()
    update.carry_out(tmp_path, changes)
    saving.join()
    assert state(tmp_path) == {"Names": "Adlar", "Places": ""}


def test_a_catalog_that_never_rests_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(update, "_PAUSE_SECONDS", 0)
    saved = []

    def merge_while_somebody_saves(old: bytes | None) -> tuple[bytes, tuple[Diagnostic, ...]]:
        saved.append(f"# save {len(saved)}\n".encode())
        (tmp_path / AZ).write_bytes(saved[-1])
        return b"merged: " + (old or b""), ()

    updated(tmp_path, "Names")
    change = update.Change(AZ, b"merged", b"", merge_while_somebody_saves)
    written, found = update.carry_out(tmp_path, [change])
    assert (written, [item.code for item in found]) == ((), ["busy-catalog"])
    assert (tmp_path / AZ).read_bytes() == saved[-1]


# --- how it is written -----------------------------------------------------------------------------------------------


def test_a_catalog_keeps_its_rights(tmp_path):
    updated(tmp_path, "Names")
    (tmp_path / AZ).chmod(0o664)
    updated(tmp_path, "Names", "Places")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in (AZ, TEMPLATE)] == [0o664, 0o644]


def test_a_link_within_the_project_stays_one(tmp_path):
    updated(tmp_path, "Names")
    (tmp_path / AZ).rename(tmp_path / "locales/shared.po")
    (tmp_path / AZ).symlink_to("../../shared.po")
    updated(tmp_path, "Names", "Places")
    assert ((tmp_path / AZ).is_symlink(), state(tmp_path)) == (True, {"Names": "", "Places": ""})


def test_nothing_but_catalogs_remains(tmp_path):
    updated(tmp_path, "Names")
    assert files(tmp_path) == {AZ, TEMPLATE}


def test_nothing_remains_of_a_file_that_cannot_be_replaced(tmp_path):
    (tmp_path / AZ / "in the way").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write(tmp_path, AZ, b"new", None)
    assert files(tmp_path) == set()


def test_what_a_killed_run_left_is_cleared_away_by_the_next(tmp_path):
    updated(tmp_path, "Names")
    for name in ("locales/.stele-k3jd92xa", "locales/az/LC_MESSAGES/.stele-0000abcd"):
        (tmp_path / name).write_bytes(b"half a ca")
    updated(tmp_path, "Names")
    assert files(tmp_path) == {AZ, TEMPLATE}


def test_what_another_run_is_writing_is_not_cleared_away(tmp_path):
    updated(tmp_path, "Names")
    (tmp_path / "locales/.stele-k3jd92xa").write_bytes(b"half a ca")
    with held(tmp_path / "locales"):
        clear_away(tmp_path)
    assert files(tmp_path) == {AZ, TEMPLATE, "locales/.stele-k3jd92xa"}


def test_two_runs_at_once_leave_a_whole_catalog(tmp_path):
    updated(tmp_path, *(f"Message {number}" for number in range(200)))
    wanted = [tuple(f"Message {number}" for number in range(start, start + 250)) for start in range(4)]
    runs = [threading.Thread(target=updated, args=(tmp_path, *msgids)) for msgids in wanted]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert (tuple(state(tmp_path)) in wanted, files(tmp_path)) == (True, {AZ, TEMPLATE})


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_goes_on_after_a_broken_catalog(project):
    folder = project({"content/words.md": "# Words\n"}, languages=("en", "az", "ru"))
    (folder / AZ).parent.mkdir(parents=True)
    (folder / AZ).write_bytes(b'msgid "a\n')
    outcome = pipeline.update_catalogs(request_for(folder), SILENCE)
    assert (codes(outcome), (folder / AZ).read_bytes()) == ({"broken-catalog"}, b'msgid "a\n')
    assert (folder / AZ.replace("az", "ru")).is_file()


def test_a_message_with_a_placeholder_says_what_stands_there_at_present(project):
    own = '{{ _("In %(language)s", language="") }}'
    folder = project({"content/page.md": "# Page\n", "templates/shared/own.html": own})
    pipeline.update_catalogs(request_for(folder), SILENCE)
    said = '#. %(language)s: English\n#: templates/shared/own.html:1\n#, python-format\nmsgid "In %(language)s"'
    assert said in (folder / "locales/interface.pot").read_text()
