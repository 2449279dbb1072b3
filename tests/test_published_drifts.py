"""Drifts that were found in print, rebuilt as small projects under tests/drifts: each is caught by the codes it names.

They are numbers, terms, dates, names and quotations of real publications that came out differently in another language
or year; what is around them is our own.
"""

from __future__ import annotations

import shutil

import pytest
from conftest import ROOT, SILENCE, codes, request_for

from stele import pipeline
from stele.diagnostics import Stage

DRIFTS = sorted((ROOT / "tests" / "drifts").iterdir())


def test_there_are_eighteen():
    assert len(DRIFTS) == 18


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda drift: drift.name)
def test_a_published_drift_is_caught(drift, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(drift, project)
    outcome = pipeline.check(request_for(project, stage=Stage.FINAL, jobs=1), SILENCE)
    wanted = set((drift / "caught-by.txt").read_text().split())
    assert wanted - set(codes(outcome)) == set()
    assert outcome.failed(Stage.FINAL)
