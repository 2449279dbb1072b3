"""The table of languages in the README: every cell is what the program does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyphen
import pytest
from conftest import ROOT

from stele.language.cldr import language_name
from stele.language.collation.keys import grouped
from stele.language.hyphenation.rules import RULES
from stele.language.numbers import number
from stele.language.quotation import quoted
from stele.language.tags import language
from stele.sources import fonts
from stele.sources.project import read_project
from stele.sources.templating import Templates
from stele.sources.theme import BUILT_IN, Theme
from stele.sources.vocabulary import Vocabulary
from stele.stages.reading import words_of_templates
from stele.translation.gathering import interface_messages
from stele.translation.interface import Interface

README = ROOT / "README.md"
MARK = "<!-- languages -->"
THEME = Theme((BUILT_IN,))
TAGS = (
    *("az", "az-Cyrl", "az-Arab", "en", "ru", "tr", "de", "fr", "es", "it", "pl", "uk", "ka", "hy", "fa", "ar", "he"),
    *("zh", "ja", "hi"),
)
HEADINGS = (
    "language",
    "words",
    "dates",
    "anniversaries",
    "numbers",
    "quotes",
    "hyphens",
    "alphabet",
    "from",
    "fonts",
    "sample",
)
# Two names that an alphabet of another language would turn round, or put under another letter.
NAMES = {
    "az": "Xan Hər Ələ Ela",
    "az-Cyrl": "Һәр Хан Әлә Ела",
    "az-Arab": "وا ها",
    "tr": "Çan Can Iğ İz",
    "de": "Ölz Olz Pöl",
    "es": "Ñu Nz Oz",
    "pl": "Ćma Cz Ła Lz",
    "uk": "Їжа Іва Ґоя Гая",
    "ru": "Ёлк Елк Жук",
    "fr": "Éva Eve Fée",
    "it": "Èva Eva Fea",
    "ka": "ჰაა ზაა",
    "hy": "Ֆաա Աաա",
    "fa": "پا با هی",
    "ar": "ياء ألف باء",
    "he": "תמר אלי",
    "zh": "王 李 张",
    "ja": "やまだ あべ",
    "hi": "हरि अमर",
    "en": "Zed Ann",
}


@cache
def missing_words(tag: str) -> list[str]:
    """Return what the templates say and a language cannot."""
    return [item.msgid for item in spoken() if speaker(tag).lacks(item, tag)]


@cache
def spoken():
    return interface_messages(THEME, "en")


@cache
def speaker(tag: str) -> Interface:
    catalog = words_of_templates(tag, Vocabulary())
    return Interface([catalog] if catalog else [])


def said(tag: str, template: str) -> str:
    """Return what a template of one line says in a language."""
    with TemporaryDirectory() as folder:
        Path(folder, "line.html").write_text(template)
        set_out = Templates(Theme((Path(folder), BUILT_IN)), speaker(tag), tag).render("line.html", {})
    return set_out.replace("\u00a0", " ").replace("\u2060", "")


def hyphens(tag: str) -> str:
    if tag in {rules.tag for rules in RULES}:
        return "Stele"
    return "pyphen" if tag in pyphen.LANGUAGES_LOWERCASE else "none"


def row(tag: str) -> tuple[str, ...]:
    missing = missing_words(tag)
    project, _ = read_project(ROOT)
    in_sample = tag in {item.tag for item in project.languages}
    groups = grouped(NAMES[tag].split(), tag, lambda name: (name,))
    return (
        f"{language_name(tag, 'en')} `{tag}`",
        "all" if not missing else f"{len(missing)} missing",
        said(tag, '{{ "1992-02-26" | date }}'),
        said(tag, "{{ 33 | anniversary }}"),
        number(12_345, tag),
        quoted("…", tag),
        hyphens(tag),
        " ".join(name for group in groups for name in group.names),
        "right" if language(tag).right_to_left else "left",
        "machine’s" if fonts.needed(tag) else "theme’s",
        "yes" if in_sample else "",
    )


def table() -> str:
    rows = [HEADINGS, ("---",) * len(HEADINGS), *map(row, TAGS)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def test_every_cell_is_what_the_program_does(request):
    before, _, rest = README.read_text(encoding="utf-8").partition(f"{MARK}\n")
    shown, _, behind = rest.partition("\n\n")
    actual = table()
    if request.config.getoption("--accept"):
        README.write_text(f"{before}{MARK}\n{actual}\n\n{behind}", encoding="utf-8")
        shown = actual
    assert actual == shown


@pytest.mark.parametrize("tag", TAGS)
def test_every_word_of_the_pages_is_there(tag):
    assert missing_words(tag) == []
