"""The workflow that publishes a project from a code host: what it may do, and that what it runs does its work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

FILE = ROOT / ".github" / "workflows" / "publish.yml"
# YAML 1.1 reads the key "on" as true.
WORKFLOW = yaml.safe_load(FILE.read_text())
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def test_every_action_is_pinned_to_a_commit():
    loose = [step["uses"] for step in STEPS if "uses" in step and not re.search(r"@[0-9a-f]{40}\Z", step["uses"])]
    assert loose == []


def test_only_the_job_that_publishes_may_write():
    rights = {name: job.get("permissions", WORKFLOW["permissions"]) for name, job in WORKFLOW["jobs"].items()}
    assert rights == {"build": {"contents": "read"}, "publish": {"pages": "write", "id-token": "write"}}


def test_no_input_becomes_a_part_of_a_script():
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_what_is_uploaded_is_what_the_build_made(project, tmp_path):
    folder = project({"content/a.md": "# A\n\nA word.\n"})
    build = next(step for step in STEPS if step.get("name") == "Build")
    upload = next(step for step in STEPS if "upload-pages-artifact" in step.get("uses", ""))
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "stele").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "build.py"}" "$@" --jobs 1\n')
    (tools / "stele").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PROJECT": str(folder),
        "STAGE": "final",
    }
    run = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", build["run"]]
    done = subprocess.run(run, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (Path(tmp_path) / upload["with"]["path"] / "en" / "a" / "index.html").is_file()


@pytest.mark.parametrize("name", ["stele", "project", "stage"])
def test_every_input_is_described(name):
    assert WORKFLOW[True]["workflow_call"]["inputs"][name]["description"].endswith(".")
