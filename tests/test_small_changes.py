"""A change of case, punctuation, white space or markup only is small; whatever could change what is said is not."""

from __future__ import annotations

import subprocess

import pytest

from stele.diagnostics import Diagnostic, Location
from stele.translation.merging.small_changes import is_small_change, small_changes
from stele.translation.po.catalog import read_catalog
from stele.translation.po.entry import Previous


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The town of the dead", "The Town of the Dead"),
        ("In February, 1992 the town fell", "In February 1992, the town fell!"),
        ("a well-known man", "A well known man"),
        ("we're here", "We’re here."),
        ("the night  of\u00a0the attack", "the night of the attack"),
        ("the **town** of <b>Khojaly</b>", "the town of *Khojaly*"),
        ("see the `chapter`", "see the chapter"),
        ("see [the List](names.md#a)", "see [the list](names.md#a)."),
        ("killed: {killed.government}", "Killed — {killed.government}"),
        ("the report[^1]", "The report,[^1]"),
        ("5 km (more or less)", "5 km, more or less"),
        ("Xocalının adları", "«Xocalının» adları"),
        ("Кто остановил колонну?", "кто остановил колонну?"),
        ("نام‌ها، و سال‌ها", "نام‌ها و سال‌ها"),
        ("նրանք եկան։", "Նրանք եկան"),
        ("人々の名前。", "人々の名前"),
    ],
)
def test_what_is_small(before, after):
    assert is_small_change(Previous(before), Previous(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("he was not there", "he was there"),
        ("he cannot", "he can not"),
        ("he was ~~not~~ there", "he was not there"),
        ("he was <del>not</del> there", "he was not there"),
        ("<!-- not --> guilty", "guilty"),
        ("we're here", "were here"),
        ("re-sign", "resign"),
        ("the U.S. report", "the US report"),
        ("first he, then she", "she then, he first"),
        ("Он не был там", "Он был там"),
        ("não foi", "nao foi"),
        ("Maße", "Masse"),
        ("نام‌ها", "نامها"),
        ("का क", "काक"),
    ],
)
def test_words_are_never_small(before, after):
    assert not is_small_change(Previous(before), Previous(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("613 people", "631 people"),
        ("1,000 people", "1.000 people"),
        ("1 000 people", "1000 people"),
        ("10–20 people", "10 20 people"),
        ("on 25, 26 February", "on 25. 26 February"),
        ("born 1958–", "born 1958"),
        ("at -5 degrees", "at 5 degrees"),
        ("5 % of them", "5 of them"),
        ("$5", "5"),
        ("at 12:30", "at 12.30"),
        ("10<sup>2</sup>", "102"),
        ("۶۱۳ نفر", "۶۳۱ نفر"),
    ],
)
def test_numbers_are_never_small(before, after):
    assert not is_small_change(Previous(before), Previous(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("see [the list](names.md)", "see [the list](places.md)"),
        ("see [the list](names.md)", "see the list"),
        ("![the map](map.svg)", "[the map](map.svg)"),
        ("at https://example.org/A", "at https://example.org/a"),
        ("killed: {killed.government}", "killed: {killed.witnesses}"),
        ("on {fall:d MMMM y}", "on {fall:D MMMM y}"),
        ("%(count)s names", "%(total)s names"),
        ("the report[^1]", "the report[^2]"),
        ("the report[^1]", "the report"),
        ("so it was [@hrw-1992, p. 12]", "so it was [@hrw-1992, p. 21]"),
        ("type `a-b`", "type `a b`"),
        ("<span lang='az'>Xocalı</span>", "<span lang='tr'>Xocalı</span>"),
        ("so it was{: .note}", "so it was"),
        ("2 * 3", "2 3"),
        ("and/or", "and or"),
        (r"\*a note", "*a note"),
        ("snake_case", "snake case"),
        ("&lt;a", "a"),
        ("…", "!"),
    ],
)
def test_what_is_more_than_words_is_never_small(before, after):
    assert not is_small_change(Previous(before), Previous(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Previous("Names"), Previous("names", "heading")),
        (Previous("{n} name"), Previous("{n} name", plural="{n} names")),
        (Previous("{n} name", plural="{n} names"), Previous("{n} Name", plural="{n} people")),
    ],
)
def test_another_context_or_plural_is_never_small(before, after):
    assert not is_small_change(before, after)


def test_both_forms_may_change_a_little():
    before, after = Previous("{n} name", plural="{n} names"), Previous("{n} name.", plural="{n} names.")
    assert is_small_change(before, after)


CATALOG = """\
msgid ""
msgstr ""
"Project-Id-Version: Words\\n"
"PO-Revision-Date: 2025-01-31 09:00+0400\\n"
"Last-Translator: A Name <name@example.org>\\n"
"Language-Team: Azerbaijani\\n"
"Language: az\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

#| msgid "the names"
msgid "The names."
msgstr "Adlar"

#, fuzzy
#| msgid "the places"
msgid "The places."
msgstr "Yerlər"

#| msgid "a name confirmed by hand, long ago"
msgid "A village."
msgstr "Kənd"

msgid "Sources"
msgstr "Mənbələr"

#~| msgid "the end"
#~ msgid "The end."
#~ msgstr "Son"
"""


def test_a_kept_translation_awaits_a_look():
    catalog, _ = read_catalog(CATALOG.encode(), "words.po")
    message = "the translation of “The names.” was made before a small change"
    hint = "compare the lines that begin with #| with those below; when the translation is right, delete them"
    assert list(small_changes(catalog, "words.po")) == [
        Diagnostic("small-change", message, Location("words.po", 13), hint)
    ]


@pytest.mark.parametrize("command", ["msgcat -", "msgattrib --translated --no-obsolete", "msgconv -t UTF-8"])
def test_the_mark_of_a_kept_translation_survives_tools_of_gettext(command):
    done = subprocess.run(command.split(), input=CATALOG.encode(), capture_output=True, check=True)
    assert b'#| msgid "the names"\nmsgid "The names."' in done.stdout


def test_the_mark_of_a_kept_translation_passes_every_check_of_msgfmt():
    command = ["msgfmt", "-c", "-o", "/dev/null", "-"]
    done = subprocess.run(command, input=CATALOG.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
