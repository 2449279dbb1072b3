"""Markdown files in several languages in, how long a website of them takes out: Stele beside Sphinx and Hugo.

    python -m venv /tmp/sphinx && /tmp/sphinx/bin/pip install sphinx myst-parser sphinx-intl
    uv run python tests/benchmarks/website.py /tmp/sphinx                    600 files in 5 languages: half an hour
    uv run python tests/benchmarks/website.py /tmp/sphinx --files 60         a tenth of it
    uv run python tests/benchmarks/website.py /tmp/sphinx --hugo hugo        Hugo too (Debian: apt-get install hugo)

All set the same words. Sphinx reads them from the same catalogs, one build for each language, on as many processors; it
is given catalogs that are compiled already, and neither search nor list of words. Hugo has no catalogs: it gets the
translated files. Stele reviews the translations and audits the pages besides, which the others do not. Times are of the
clock and of all processors; runs are short of the usual five where `--runs` says so, because Sphinx takes long.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from clock import Spent, measured, medians, ratio
from texts import LANGUAGES, Text, markdown, project, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILD = Path(__file__).resolve().parents[2] / "build.py"
JOBS = 2
PARAGRAPHS = 12  # paragraphs: about 250 words with their headings
WANTED = 10.0  # times as fast as Sphinx

CONF = """
extensions = ["myst_parser"]
locale_dirs = ["locales"]
gettext_compact = False
gettext_auto_build = False
html_use_index = False
html_copy_source = False
"""


def stele(folder: Path) -> Spent:
    """Build everything with nothing remembered."""
    with tempfile.TemporaryDirectory() as cache:
        options = ("--project", folder, "--cache", cache, "--jobs", JOBS)
        return measured([sys.executable, BUILD, *options])


def for_sphinx(venv: Path, folder: Path, written: Sequence[Text], languages: Sequence[str]) -> Path:
    """Write a project of Sphinx, its catalogs compiled."""
    project(folder, written, languages)
    source = folder / "content"
    (source / "conf.py").write_text(CONF)
    (source / "index.md").write_text("# Texts\n\n```{toctree}\n" + "\n".join(text.name for text in written) + "\n```\n")
    (folder / "locales").rename(source / "locales")
    subprocess.run([venv / "bin/sphinx-intl", "build", "-d", source / "locales"], check=True, capture_output=True)
    return source


def sphinx(venv: Path, source: Path, languages: Sequence[str]) -> Spent:
    """Build each language from nothing, one after the other."""
    with tempfile.TemporaryDirectory() as output:
        build = f"{venv}/bin/sphinx-build -q -E -a -b html -j {JOBS} {source}"
        each = [f"{build} -d {output}/{tag}.read -D language={tag} {output}/{tag}" for tag in languages]
        return measured(["sh", "-c", " && ".join(each)])


def for_hugo(folder: Path, written: Sequence[Text], languages: Sequence[str]) -> Path:
    """Write a project of Hugo: a folder of content for each language, and the least of layouts."""
    (folder / "layouts/_default").mkdir(parents=True)
    for name in ("single", "list"):
        page = "<!doctype html><html><title>{{ .Title }}</title><body>{{ .Content }}</body></html>"
        (folder / f"layouts/_default/{name}.html").write_text(page)
    tables = "".join(f'[languages.{tag}]\ncontentDir = "content/{tag}"\n' for tag in languages)
    (folder / "config.toml").write_text(f'baseURL = "/"\ntitle = "Texts"\ndefaultContentLanguage = "en"\n{tables}')
    for tag in languages:
        (folder / "content" / tag).mkdir(parents=True)
        for text in written:
            front = f'---\ntitle: "{text.title(tag)}"\n---\n'
            (folder / f"content/{tag}/{text.name}.md").write_text(front + markdown(text, tag))
    return folder


def hugo(command: str, folder: Path) -> Spent:
    """Build all languages from nothing."""
    with tempfile.TemporaryDirectory() as output:
        return measured([command, "--quiet", "-s", folder, "-d", output, "--ignoreCache"])


def each_language(folder: Path, written: Sequence[Text], languages: Sequence[str], runs: int) -> str:
    """Return what each further language costs beside its share of the text."""
    one = project(folder / "one", written, languages[:1])
    many = project(folder / "many", written, languages)
    alone, all_of_them = medians(runs, partial(stele, one), partial(stele, many))
    letters = {tag: sum(len(markdown(text, tag)) for text in written) for tag in languages}
    text = (sum(letters.values()) / letters[languages[0]] - 1) / (len(languages) - 1)
    cost = (all_of_them.cpu / alone.cpu - 1) / (len(languages) - 1)
    told = f"a further language has {text:.2f} of the letters of the first and costs {cost:.2f} of its CPU"
    return f"{told}: {cost / text:.2f} of its share (asked for: at most 1)"


def main() -> int:
    """Print all, and the ratios; return 1 where Stele is less fast than wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sphinx", type=Path, nargs="?", help="an environment that has sphinx, myst-parser, sphinx-intl")
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--languages", type=int, default=5)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--hugo", help="the command")
    options = parser.parse_args()
    languages = ("en", *LANGUAGES[: options.languages - 1])
    written = texts(options.files, PARAGRAPHS, languages)
    with tempfile.TemporaryDirectory(prefix="website-") as name:
        folder = Path(name)
        ours = project(folder / "stele", written, languages)
        jobs = {"Stele": partial(stele, ours)}
        if options.sphinx:
            source = for_sphinx(options.sphinx, folder / "sphinx", written, languages)
            jobs["Sphinx"] = partial(sphinx, options.sphinx, source, languages)
        if options.hugo:
            jobs["Hugo"] = partial(hugo, options.hugo, for_hugo(folder / "hugo", written, languages))
        found = dict(zip(jobs, medians(options.runs, *jobs.values()), strict=True))
        words = sum(len(markdown(text).split()) for text in written)
        sys.stdout.write(f"{options.files} files of {words / options.files:.0f} words, {len(languages)} languages;")
        sys.stdout.write(f" {options.runs} run(s); load {os.getloadavg()[0]:.1f}\n")
        for maker, spent in found.items():
            sys.stdout.write(f"{maker:8}{spent}   {ratio(spent, found['Stele'])}\n")
        sys.stdout.write(each_language(folder / "share", written, languages, options.runs) + "\n")
    return 0 if not options.sphinx or found["Sphinx"].cpu >= WANTED * found["Stele"].cpu else 1


if __name__ == "__main__":
    sys.exit(main())
