"""The specimen: one page in every language, as the site has it; a booklet where the sample has none of its kind."""

from __future__ import annotations

import shutil

import pytest
from conftest import ROOT, SILENCE, codes, request_for

from stele import pipeline
from stele.diagnostics import Stage
from stele.sources.project import read_project

SPECIMEN = ROOT / "tests" / "sites" / "specimen"
GOLDEN = SPECIMEN / "golden"
TAGS = [item.tag for item in read_project(SPECIMEN)[0].languages]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of the pages in every language."""
    folder = tmp_path_factory.mktemp("specimen") / "project"
    shutil.copytree(SPECIMEN, folder, ignore=shutil.ignore_patterns("golden"))
    settings = folder / "content" / "site.toml"
    settings.write_text(f"editions = []\n{settings.read_text().partition('[[editions]]')[0]}")
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert not outcome.failed(Stage.DRAFT), outcome.diagnostics
    return folder / "output" / "site"


@pytest.mark.parametrize("tag", TAGS)
def test_the_page_is_as_it_was_read_and_approved(tag, site, request):
    actual = (site / tag / "specimen" / "index.html").read_text(encoding="utf-8")
    if request.config.getoption("--accept"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / f"{tag}.html").write_text(actual, encoding="utf-8")
    assert actual == (GOLDEN / f"{tag}.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_booklets_can_be_seen_and_read(tmp_path):
    folder = tmp_path / "project"
    shutil.copytree(SPECIMEN, folder, ignore=shutil.ignore_patterns("golden"))
    outcome = pipeline.build(request_for(folder, languages=("az-Arab", "hy")), SILENCE)
    assert {"booklets/specimen.az-Arab.screen.pdf", "booklets/specimen.hy.screen.pdf"} <= set(outcome.made)
    assert codes(outcome) <= {"untranslated"}
