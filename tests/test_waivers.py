"""Waivers: a translator's written reason turns a finding into a note; a waiver that says nothing is found itself."""

from __future__ import annotations

import pytest

from stele.diagnostics import Diagnostic, Location, Severity, Stage
from stele.translation.po.entry import Entry
from stele.translation.review.waivers import waive

PATH = "locales/az/LC_MESSAGES/page.po"
NUMBER = Diagnostic("changed-number", "the translation drops 485", Location(PATH, 7))
WAIVABLE = frozenset({"changed-number", "doubled-word"})


def waived(comment: str, *found: Diagnostic) -> list[Diagnostic]:
    entry = Entry("485 people", ("Bir çox insan",), translator_comments=(comment,), line=7)
    return list(waive(entry, PATH, found, WAIVABLE, frozenset()))


def test_a_reason_waives_the_finding():
    (item,) = waived("allow changed-number: the speaker gave no number in Azerbaijani", NUMBER)
    assert (item.waived, item.message) == ("the speaker gave no number in Azerbaijani", NUMBER.message)


@pytest.mark.parametrize("stage", Stage)
def test_what_is_waived_is_a_note_at_every_stage(stage):
    (item,) = waived("allow changed-number: as spoken", NUMBER)
    assert item.severity(stage) is Severity.NOTE


@pytest.mark.parametrize("comment", ["a remark about numbers", "allow changed numbers: they differ", "allowed: yes"])
def test_an_ordinary_comment_waives_nothing(comment):
    assert waived(comment, NUMBER) == [NUMBER]


def test_a_waiver_without_a_reason_is_reported_and_waives_nothing():
    first, second = waived("allow changed-number", NUMBER)
    assert (first, second.code, second.hint) == (NUMBER, "bad-waiver", "# allow changed-number: reason")


def test_what_does_harm_cannot_be_waived():
    harm = Diagnostic("injected-markup", "the translation adds the tag '<script>'", Location(PATH, 7))
    first, second = waived("allow injected-markup: we trust her", harm)
    assert (first, second.code) == (harm, "bad-waiver")


def test_a_waiver_that_is_not_needed_any_more_is_reported():
    (item,) = waived("allow doubled-word: it is a name")
    assert (item.code, item.location) == ("unused-waiver", Location(PATH, 7))


@pytest.mark.parametrize(
    "comment",
    [
        "allow doubled-word, changed-number: two at once",
        "allow changed-number because I say so",
        "Allow changed-number: a great letter",
        "allow: changed-number: a colon too many",
    ],
)
def test_a_waiver_that_cannot_be_read_is_reported(comment):
    first, second = waived(comment, NUMBER)
    assert (first, second.code) == (NUMBER, "bad-waiver")
