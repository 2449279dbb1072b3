"""The commands are a contract: their options, exit codes and what they print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from conftest import ROOT

from stele.bars import Bars
from stele.cli import main

PAGE = {"content/page.md": "# Page\n\nText.\n"}


def invoke(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_build_is_what_is_done_without_a_command(project):
    folder = project(PAGE)
    result = invoke("--project", folder)
    assert (result.exit_code, (folder / "output/site/en/page/index.html").is_file()) == (0, True)


def test_errors_end_with_one(project):
    result = invoke("check", "--project", project({"content/page.md": "[x](javascript:y)\n"}))
    assert (result.exit_code, "[unsafe-link]" in result.stderr) == (1, True)


def test_warnings_alone_end_with_zero(project):
    result = invoke("check", "--project", project({"content/page.md": "# Page\n\n[x](nowhere.md)\n"}))
    assert (result.exit_code, "[unknown-link]" in result.stderr) == (0, True)


def test_a_final_edition_forgives_less(project):
    result = invoke("check", "--stage", "final", "--project", project({"content/page.md": "# P\n\n[x](nowhere.md)\n"}))
    assert result.exit_code == 1


@pytest.mark.parametrize("arguments", [("frobnicate",), ("--stage", "perfect"), ("--jobs", "0"), ("new",)])
def test_wrong_usage_ends_with_two(arguments):
    assert invoke(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("option", "code"), [(("--language", "xx"), "unknown-language"), (("--edition", "none"), "unknown-edition")]
)
def test_asking_for_what_the_project_lacks_is_an_error(project, option, code):
    result = invoke("build", "--project", project(PAGE), *option)
    assert (result.exit_code, f"[{code}]" in result.stderr) == (1, True)


def test_one_language_can_be_asked_for(project):
    folder = project(PAGE, languages=("en", "az", "fa"))
    invoke("--project", folder, "--language", "az", "--output", folder / "only")
    assert {path.parts[-2] for path in (folder / "only/site").glob("*/index.html")} == {"az"}


def test_diagnostics_as_json(project):
    result = invoke("check", "--format", "json", "--project", project({"content/first.md": "# P\n\n[x](zzzz.md)\n"}))
    assert json.loads(result.stdout) == [
        {
            "code": "unknown-link",
            "severity": "warning",
            "message": "link to 'zzzz.md' has no document",
            "path": "content/first.md",
            "line": 3,
            "column": None,
            "hint": None,
            "waived": None,
        }
    ]


def test_diagnostics_for_github(project):
    result = invoke("check", "--format", "github", "--project", project({"content/first.md": "# P\n\n[x](zzzz.md)\n"}))
    expected = "::warning file=content/first.md,line=3::link to 'zzzz.md' has no document [unknown-link]\n"
    assert result.stdout == expected


def test_update_writes_once_and_status_counts(project):
    folder = project(PAGE, languages=("en", "az"))
    first, second = invoke("update", "--project", folder), invoke("update", "--project", folder)
    (az,) = json.loads(invoke("status", "--format", "json", "--project", folder).stdout)["languages"]
    assert (first.stdout.splitlines(), second.stdout.splitlines(), az["as_is"]["messages"]) == (
        [
            "locales/page.pot",
            "locales/az/LC_MESSAGES/page.po",
            "locales/site.pot",
            "locales/az/LC_MESSAGES/site.po",
            "Wrote 4 files below locales/",
        ],
        ["Wrote 0 files below locales/"],
        {"total": 3, "translated": 0, "fuzzy": 0, "missing": 3},
    )


def test_update_gives_a_language_that_stele_does_not_speak_the_words_of_the_templates(project):
    folder = project(PAGE, languages=("en", "kk"))
    invoke("update", "--project", folder)
    assert 'msgid "Skip to the text"' in (folder / "locales/kk/LC_MESSAGES/interface.po").read_text()


def test_a_new_project_builds_as_it_stands(tmp_path):
    made = invoke("new", tmp_path / "demo")
    checked = invoke("check", "--project", tmp_path / "demo")
    assert (made.exit_code, checked.exit_code, "error" in checked.stderr) == (0, 0, False)


def test_a_new_project_never_overwrites(tmp_path):
    (tmp_path / "letter.txt").write_text("dear all")
    assert (invoke("new", tmp_path).exit_code, [path.name for path in tmp_path.iterdir()]) == (2, ["letter.txt"])


def test_a_new_project_where_nothing_can_be_written(tmp_path):
    (tmp_path / "letter.txt").write_text("dear all")
    result = invoke("new", tmp_path / "letter.txt" / "demo")
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)


def test_build_py_is_the_door(project):
    folder = project(PAGE)
    command = [sys.executable, str(ROOT / "build.py"), "check", "--project", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"NO_COLOR": "1"})
    assert (done.returncode, done.stdout) == (0, "Checked; nothing was written\n")


def test_build_py_does_nothing_when_imported():
    command = [sys.executable, "-c", "import build, sys; print('stele' in sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "False\n"


def test_bars_of_a_stage_within_another_stand_below_it(monkeypatch, capsys):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    bars = Bars()
    with bars.stage("Printing", {"book": 2}) as printed, bars.stage("Auditing", {"": 1}) as audited:
        audited("")
        printed("book")
        time.sleep(0.3)  # ten pictures a second
    shown = capsys.readouterr().err
    assert all(part in shown for part in ("Printing book", "1/2", "Auditing", "1/1"))
