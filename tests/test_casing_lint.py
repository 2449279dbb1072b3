"""No text for readers changes case without its language."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT

LINT = ROOT / ".ci" / "casing"


def found(folder) -> list[str]:
    return subprocess.run([sys.executable, LINT, folder], capture_output=True, text=True).stdout.splitlines()


def test_the_package_asks_a_language_everywhere():
    assert found(ROOT / "stele") == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("name.upper()", True),
        ("sorted(names, key=str.lower)", True),
        ("text.strip().casefold()", True),
        ("word.title()", True),
        ("casing.upper(name, tag)", False),
        ("document.title", False),
        ("lower(name, tag)", False),
    ],
)
def test_a_slip_is_found(line, is_found, tmp_path):
    (tmp_path / "page.py").write_text(f"{line}\n")
    assert bool(found(tmp_path)) is is_found
