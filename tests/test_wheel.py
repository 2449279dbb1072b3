"""What is installed works where nothing of the checkout is: the wheel, in an environment of its own."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow


def uv(*arguments, **environment):
    """Run uv on the checkout; everything it needs is in its cache since the tests were set up."""
    command = ["uv", *map(str, arguments), "--offline", "--quiet"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the path of the wheel that the checkout builds."""
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "--out-dir", folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def stele(wheel, tmp_path_factory):
    """Return a function that runs the installed command in a folder, and knows nothing of the checkout."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    uv("sync", "--frozen", "--no-dev", "--no-install-project", UV_PROJECT_ENVIRONMENT=str(venv))
    uv("pip", "install", "--no-deps", "--python", venv, wheel)
    uv("pip", "check", "--python", venv)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}

    def run(folder, *arguments):
        command = [venv / "bin" / "stele", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    return run


def below(folder, suffixes):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in suffixes)


def test_the_wheel_holds_every_template_and_font_once(names):
    expected = below(ROOT / "templates", {".html", ".css", ".svg", ".woff2"})
    actual = sorted(
        name.removeprefix("stele/theme/") for name in names if Path(name).suffix in {".html", ".css", ".svg", ".woff2"}
    )
    assert actual == expected


def test_the_wheel_holds_the_translated_templates_and_no_other_catalog(names):
    expected = [
        f"stele/interface/{name}" for name in below(ROOT / "locales", {".po"}) if name.endswith("/interface.po")
    ]
    assert sorted(name for name in names if name.endswith((".po", ".pot"))) == expected


def test_the_wheel_holds_the_starter(names):
    expected = below(ROOT / "stele" / "starter" / "content", {".md", ".toml"})
    actual = sorted(name.partition("/content/")[2] for name in names if name.startswith("stele/starter/content/"))
    assert actual == expected


def test_the_wheel_holds_the_profiles_of_the_press(names):
    expected = below(ROOT / "stele" / "print" / "press" / "icc", {".icc", ".md", ".txt"})
    held = (name.removeprefix("stele/print/press/icc/") for name in names if name.startswith("stele/print/press/icc/"))
    assert sorted(held) == expected


def test_the_wheel_holds_the_licences(names):
    texts = [
        "LICENSE",
        "stele/language/collation/LICENSE-UNICODE.txt",
        "stele/print/press/icc/LICENSE-zlib.txt",
        *(
            f"templates/shared/fonts/{path.name}"
            for path in sorted((ROOT / "templates/shared/fonts").glob("OFL-*.txt"))
        ),
    ]
    actual = sorted(name.partition("/licenses/")[2] for name in names if "/licenses/" in name)
    assert actual == texts


def test_the_wheel_holds_no_code_but_the_package(names):
    assert [name for name in names if name.endswith(".py") and name.startswith(("stele/theme", "stele/starter"))] == []
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"stele"}


def test_the_installed_command_begins_a_project_and_builds_it(stele, tmp_path):
    new = stele(tmp_path, "new", "demo")
    assert (new.returncode, new.stderr) == (0, "")
    build = stele(tmp_path / "demo", "build", "--jobs", "1")
    assert build.returncode == 0, build.stderr
    output = tmp_path / "demo" / "output"
    pages = [path for path in below(output, {".html"}) if path.startswith("site/en/")]
    assert {"site/en/a-life/index.html", "site/en/foreword/index.html", "site/en/index.html"} <= {*pages}
    assert "booklets/booklet.en.screen.pdf" in below(output, {".pdf"})
