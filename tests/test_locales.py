"""What CLDR says of a language is said of that language alone, whichever was asked before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from stele.language.cldr import language_name, list_patterns, month, territory
from stele.language.locales import find, locale

TAGS = [
    *("az", "az-Cyrl", "az-Arab", "en", "ru", "tr", "de", "fr", "es", "it", "pl", "uk", "ka", "hy", "fa", "ar", "he"),
    *("zh", "ja", "hi", "kk", "sr-Latn", "pt-BR", "sv", "ckb"),
]

# Run in a process of its own: what was asked in this one must not count. Fresh processes are forked from one that has
# asked for nothing yet.
PROBE = """
import json, multiprocessing, sys
from stele.language.locales import locale

def said(tag):
    found = locale(tag)
    tables = {name: getattr(found, name) for name in ("months", "days", "quarters")}
    names = {
        f"{name}.{context}.{width}": {str(key): str(value) for key, value in tables[name][context][width].items()}
        for name in tables for context in tables[name] for width in tables[name][context]
    }
    names["eras"] = {f"{width}{key}": str(value) for width, table in found.eras.items() for key, value in table.items()}
    names["lists"] = {str(key): str(value) for key, value in found.list_patterns["standard"].items()}
    return names

tags = sys.argv[2:]
if sys.argv[1] == "fresh":
    pool = multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1)
    answers = {tag: pool.apply(said, (tag,)) for tag in tags}
else:
    answers = {tag: said(tag) for tag in tags}
print(json.dumps(answers, sort_keys=True))
"""


def answers(how: str, tags: list[str]) -> dict[str, object]:
    run = subprocess.run([sys.executable, "-c", PROBE, how, *tags], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_no_language_hands_its_names_to_another_in_either_order():
    fresh = answers("fresh", TAGS)
    assert answers("together", TAGS) == fresh
    assert answers("together", TAGS[::-1]) == fresh


def test_stand_alone_months_are_those_of_the_language():
    spoken = {tag: month(2, tag, alone=True) for tag in ("az", "tr", "ru", "uk", "pl", "hy")}
    assert spoken == {
        "az": "fevral",
        "tr": "Şubat",
        "ru": "февраль",
        "uk": "лютий",
        "pl": "luty",
        "hy": "փետրվար",
    }


def test_azerbaijani_in_cyrillic_says_what_it_says_in_latin():
    assert [month(5, "az-Cyrl"), territory("AZ", "az-Cyrl"), language_name("ru", "az-Cyrl")] == [
        "мај",
        "Азәрбајҹан",
        "рус",
    ]
    assert list_patterns("az-Cyrl")["2"] == "{0} вә {1}"


def test_azerbaijani_in_arabic_script_has_words_of_its_own():
    assert (month(2, "az-Arab"), territory("AM", "az-Arab"), list_patterns("az-Arab")["2"]) == (
        "فوریه",
        "ائرمنیستان",
        "{0} و {1}",
    )


def test_a_region_falls_back_on_its_language_and_the_unknown_on_nothing():
    assert find("tr-CY") is not None
    assert find("qqq") is None
    with pytest.raises(ValueError, match="qqq"):
        locale("qqq")
