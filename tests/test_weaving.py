"""The pages of a site are made while booklets are printed, as far as these are known, and as they would be later."""

from __future__ import annotations

import pytest
from conftest import SILENCE, request_for

from stele import pipeline
from stele.sources.templating import TemplateFailure
from stele.stages.telling import Telling
from stele.stages.weaving import Loom

EDITION = '[[editions]]\nname = "book"\ntitle = "Book"\nuses = ["screen"]\n'
FILES = {"content/page.md": "# Page\n"}
# Only the second of the languages fails.
BROKEN = '{% if language.tag == "az" %}{{ nothing.at_all }}{% endif %}<!DOCTYPE html><html></html>'


def loom_of(folder) -> Loom:
    telling = Telling(request_for(folder), SILENCE)
    with telling.crew:
        desk = pipeline.read(telling)
        inscribed = pipeline.inscriptions(telling, desk)
        shelves = pipeline.shelve(telling, desk, inscribed, pipeline.localize(telling, desk, inscribed))
        released = pipeline.release(desk, inscribed)
        return Loom(telling, desk, inscribed, shelves, released)


def test_pages_know_of_booklets_that_are_expected_and_forget_those_that_could_not_be_made(project):
    folder = project(FILES, editions=EDITION)
    loom, other = loom_of(folder), loom_of(folder)
    assert len(list(loom.spin())) == len(loom.published) + 1
    expected = {page.path: page.data for strand in loom.spun.values() for page in strand.pages}
    made = {item.path: item.data for item in loom.weave([])}
    assert made == {item.path: item.data for item in other.weave([])}
    path = "site/en/page/index.html"
    assert (b"downloads" in expected[path], b"downloads" in made[path]) == (True, False)


def test_a_page_that_cannot_be_made_fails_when_it_is_woven_too(project):
    loom = loom_of(project({**FILES, "templates/site/page.html": BROKEN}, ("en", "az")))
    for work in (lambda: list(loom.spin()), lambda: loom.weave([])):
        with pytest.raises(TemplateFailure):
            work()
