import ctypes.util
import json
import os
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT

from stele import doctor
from stele.print.pdf import LIBRARIES

# os-release(5) of each distribution, the fields that `family` reads.
DISTRIBUTIONS = {
    "Debian 12": ({"ID": "debian"}, "debian"),
    "Ubuntu 24.04": ({"ID": "ubuntu", "ID_LIKE": "debian"}, "ubuntu"),
    "Linux Mint 22": ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "ubuntu"),
    "Fedora 43": ({"ID": "fedora"}, "fedora"),
    "Rocky Linux 9": ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "rhel"),
    "openSUSE Tumbleweed": ({"ID": "opensuse-tumbleweed", "ID_LIKE": "opensuse suse"}, "suse"),
    "Manjaro": ({"ID": "manjaro", "ID_LIKE": "arch"}, "arch"),
    "Alpine 3.22": ({"ID": "alpine"}, "alpine"),
    "NixOS": ({"ID": "nixos"}, "linux"),
    "without a name": ({}, "linux"),
}

# Read by a new Python at its start: finds no Pango, and lets nobody import what would load it.
WITHOUT_PANGO = """
import ctypes.util, sys
find = ctypes.util.find_library
ctypes.util.find_library = lambda name: None if name.startswith("pango") else find(name)
sys.modules["weasyprint"] = None
"""

BOOKLET = '[[editions]]\nname = "booklet"\ndocuments = ["a"]'


@pytest.fixture
def without_pango(tmp_path_factory):
    """Return a function that runs build.py in an environment in which Pango cannot be found."""
    folder = tmp_path_factory.mktemp("without-pango")
    (folder / "sitecustomize.py").write_text(WITHOUT_PANGO)
    environment = os.environ | {"PYTHONPATH": str(folder)}

    def run(*arguments):
        command = [sys.executable, str(ROOT / "build.py"), *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_family_of_a_distribution(name):
    fields, expected = DISTRIBUTIONS[name]
    assert doctor.family(fields) == expected


def test_remedy_on_debian_names_exactly_what_is_missing():
    actual = doctor.remedy(("pangoft2-1.0", "harfbuzz-subset"), "debian", is_root=False)
    assert actual == "sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"


def test_remedy_for_root_needs_no_sudo():
    actual = doctor.remedy(("pango-1.0",), "alpine", is_root=True)
    assert actual == "apk add pango harfbuzz harfbuzz-subset fontconfig"


@pytest.mark.parametrize(
    ("system", "beginning"),
    [
        ("arch", "sudo pacman -S pango "),
        ("fedora", "sudo dnf install pango "),
        ("rhel", "sudo dnf install pango "),
        ("suse", "sudo zypper install libpango-1_0-0 "),
        ("ubuntu", "sudo apt-get install libpango-1.0-0"),
        ("darwin", "brew install pango "),
        ("windows", "install MSYS2 "),
        ("linux", "install Pango, "),
        ("plan9", "install Pango, "),
    ],
)
def test_remedy_knows_the_package_manager(system, beginning):
    actual = doctor.remedy(("pango-1.0",), system, is_root=False)
    assert actual[: len(beginning)] == beginning


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="asks Debian's package database")
@pytest.mark.parametrize("name", LIBRARIES)
def test_debian_has_each_library_in_the_package_that_is_named(name):
    file = ctypes.util.find_library(name)
    owner = subprocess.run(["dpkg-query", "--search", f"*/{file}"], capture_output=True, text=True, check=True).stdout
    package = owner.partition(":")[0]
    assert package.removesuffix("t64") == LIBRARIES[name]


def test_doctor_finds_everything_where_the_tests_run():
    run = subprocess.run([sys.executable, ROOT / "build.py", "doctor"], capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1] == "Nothing is missing."
    assert run.returncode == 0


def test_doctor_names_what_is_missing(without_pango):
    run = without_pango("doctor")
    missing = [line for line in run.stdout.splitlines() if line.startswith("MISSING")]
    assert missing == ["MISSING pango-1.0 (PDF booklets)", "MISSING pangoft2-1.0 (PDF booklets)"]
    assert run.stdout.rstrip().endswith(doctor.remedy(("pango-1.0", "pangoft2-1.0")))
    assert run.returncode == 1


def test_a_draft_without_pango_is_a_site_without_booklets(project, without_pango):
    folder = project({"content/a.md": "---\ntitle: A\n---\nText.\n"}, editions=BOOKLET)
    run = without_pango("--project", folder, "--format", "json")
    assert [(item["code"], item["severity"]) for item in json.loads(run.stdout)] == [("no-pango", "warning")]
    assert run.returncode == 0
    assert (folder / "output/site/en/a/index.html").is_file()
    assert not (folder / "output/booklets").exists()


def test_a_final_edition_without_pango_is_refused(project, without_pango):
    folder = project({"content/a.md": "---\ntitle: A\n---\nText.\n"}, editions=BOOKLET)
    run = without_pango("--project", folder, "--stage", "final")
    assert "no-pango" in run.stderr
    assert run.returncode == 1
    assert not (folder / "output").exists()
