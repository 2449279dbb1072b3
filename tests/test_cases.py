"""Every diagnostic code has a sample: a project under tests/cases/<code>/ and what Stele prints of it."""

from __future__ import annotations

import shutil
import tomllib

import pytest
from conftest import ROOT, SILENCE, codes, lines, request_for

from stele import pipeline
from stele.diagnostics import CODES, Stage

CASES = ROOT / "tests" / "cases"
# Each is shown where its cause can be made: outside of a folder of files.
SHOWN_ELSEWHERE = {
    "no-pango": "tests/test_doctor.py",
    "busy-catalog": "tests/test_update.py",
    "task-failed": "tests/test_booklet.py",
    "no-cluster": "tests/test_cluster.py",
    "outside-project": "tests/test_hostile.py",
    "bad-release": "tests/test_releases.py",
    "foreign-output": "tests/test_publishing.py",
    "unwritable-file": "tests/test_publishing.py",
    "unreadable-file": "tests/test_hostile.py",
    "thick-booklet": "tests/test_booklet.py",
    "unprintable": "tests/test_press.py",
    "blocked-resource": "tests/test_hostile.py",
    "print-warning": "tests/test_booklet.py",
    "garbled-text": "tests/test_ink.py",
    "misprinted-note": "tests/test_booklet.py",
    "long-block": "tests/test_bilingual.py",
    "unknown-language": "tests/test_cli.py",
    "unknown-edition": "tests/test_cli.py",
    "too-large": "tests/test_hostile.py",
    "image-too-large": "tests/test_hostile.py",
    "missing-font": "tests/test_fonts.py",
    "closed-font": "tests/test_faces.py",
    "missing-glyph": "tests/test_fonts.py",
    "overfull-box": "tests/test_pseudo.py",
    "does-not-fit": "tests/test_products.py",
    "unreachable-text": "tests/test_pseudo.py",
    "unaligned": "tests/test_bootstrap.py",
    "drifted-number": "tests/test_audit.py",
    "drifted-date": "tests/test_audit.py",
    "drifted-name": "tests/test_audit.py",
    "drifted-term": "tests/test_audit.py",
    "drifted-quotation": "tests/test_audit.py",
    "drifted-citation": "tests/test_audit.py",
    "drifted-link": "tests/test_audit.py",
    "drifted-level": "tests/test_audit.py",
    "lost-attribution": "tests/test_audit.py",
    "lost-record": "tests/test_audit.py",
    "names-out-of-order": "tests/test_audit.py",
    "wrong-language": "tests/test_audit.py",
    "editions-disagree": "tests/test_audit.py",
    "early-break": "tests/test_preflight.py",
    "lone-line": "tests/test_preflight.py",
    "stranded-heading": "tests/test_preflight.py",
    "bad-boxes": "tests/test_preflight.py",
    "mixed-trim": "tests/test_preflight.py",
    "no-bleed": "tests/test_preflight.py",
    "unembedded-font": "tests/test_preflight.py",
    "type3-font": "tests/test_preflight.py",
    "foreign-colour": "tests/test_preflight.py",
    "unused-colour-space": "tests/test_preflight.py",
    "too-much-ink": "tests/test_preflight.py",
    "soft-image": "tests/test_preflight.py",
    "thin-line": "tests/test_preflight.py",
    "small-reversed-type": "tests/test_preflight.py",
    "wrong-page-count": "tests/test_preflight.py",
    "blank-pages": "tests/test_preflight.py",
    "live-transparency": "tests/test_preflight.py",
    "narrow-spine": "tests/test_preflight.py",
}


def test_every_code_has_a_sample():
    folders = {folder.name for folder in CASES.iterdir()}
    assert folders | SHOWN_ELSEWHERE.keys() == CODES.keys()
    assert folders & SHOWN_ELSEWHERE.keys() == set()


@pytest.mark.parametrize("code", sorted(SHOWN_ELSEWHERE))
def test_the_other_codes_are_tested(code):
    assert f'"{code}"' in (ROOT / SHOWN_ELSEWHERE[code]).read_text()


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case, tmp_path, request):
    project = tmp_path / "project"
    shutil.copytree(case, project)
    options = tomllib.loads((case / "case.toml").read_text()) if (case / "case.toml").exists() else {}
    stage = Stage(options.get("stage", "draft"))
    story = pipeline.build if options.get("command") == "build" else pipeline.check
    outcome = story(request_for(project, stage=stage, jobs=1), SILENCE)
    actual = "".join(f"{line}\n" for line in lines(outcome, stage))
    if request.config.getoption("--accept"):
        (case / "expected.txt").write_text(actual)
    assert case.name in codes(outcome)
    assert actual == (case / "expected.txt").read_text()
