"""Hyphenation of the languages that have their dictionaries here: lists made by hand, laws, and the real renderer."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import LANGUAGES
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from stele.engine import Room, Task, run
from stele.language import casing
from stele.language.hyphenation.rebuild import dictionary, merged
from stele.language.hyphenation.rules import RULES
from stele.language.typography import typeset
from stele.print.mends import hyphenation
from stele.print.pdf import private_fonts
from stele.sources.theme import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = Path(__file__).parent / "data" / "hyphenation"
BY_TAG = {rules.tag: rules for rules in RULES}
LEAST_WORDS = {"az": 300, "az-Cyrl": 60, "hy": 40, "ka": 40, "tr": 60}


@cache
def pyphen():
    """Return pyphen as the worker that sets a booklet has it."""
    import pyphen as library

    hyphenation.mend()
    return library


def hyphenated(word: str, tag: str, least: int = 2) -> str:
    return pyphen().Pyphen(lang=tag, left=least, right=least).inserted(word)


def listed(tag: str) -> list[str]:
    text = (LISTS / f"{tag}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("tag", BY_TAG)
def test_dictionaries_are_what_the_rules_give(tag):
    assert BY_TAG[tag].file.read_text(encoding="utf-8") == dictionary(BY_TAG[tag])


def test_no_pattern_hides_another_of_the_same_letters():
    assert merged(["1na", "3na", "n2a", ".b2"]) == ["3n2a", ".b2"]


@pytest.mark.parametrize("tag", BY_TAG)
def test_words_break_where_their_list_says(tag):
    words = listed(tag)
    assert len(set(words)) >= LEAST_WORDS[tag]
    assert [hyphenated(word.replace("-", ""), tag) for word in words] == words


WORDS = st.sampled_from(RULES).flatmap(
    lambda rules: st.tuples(
        st.just(rules),
        st.text(st.sampled_from(rules.vowels * 2 + rules.consonants + rules.marks), min_size=1, max_size=14),
    )
)


@given(WORDS)
def test_each_side_of_a_break_has_a_vowel_and_two_letters(word):
    rules, text = word
    places = pyphen().Pyphen(lang=rules.tag, left=1, right=1).positions(text)
    sides = [letters_of(part, rules) for place in places for part in (text[:place], text[place:])]
    assert all(len(letters) >= 2 and set(letters) & set(rules.vowels) for letters in sides)


def letters_of(part: str, rules) -> list[str]:
    return [char for char in part if char not in rules.marks]


@given(WORDS)
def test_no_line_ends_at_an_apostrophe_or_within_the_digraph(word):
    rules, text = word
    assert not re.search(r"['’]-|-['’]|ո-ւ", hyphenated(text, rules.tag))


@given(WORDS, st.sampled_from("1ŵщθב"), st.integers(0, 14))
def test_a_word_with_a_digit_or_a_foreign_letter_stays_whole(word, char, place):
    rules, text = word
    strange = text[:place] + char + text[place:]
    assert hyphenated(strange, rules.tag) == strange


@given(WORDS)
def test_abbreviations_stay_whole(word):
    rules, text = word
    assert rules.tag == "ka" or hyphenated(f"A{text}B", rules.tag) == f"A{text}B"


@pytest.mark.parametrize("tag", ["az", "tr", "en", "de", "fr"])
def test_the_dotted_capital_keeps_its_length(tag):
    assert hyphenated("İsmayılov", tag).replace("İ", "i") == hyphenated("ismayılov", tag)


@pytest.mark.parametrize(
    ("tag", "known"),
    [("az", "az"), ("az-Latn-AZ", "az"), ("az-Cyrl-AZ", "az_Cyrl"), ("tr-TR", "tr"), ("ka-GE", "ka"), ("hyw", None)],
)
def test_tags_find_their_dictionary(tag, known):
    assert pyphen().language_fallback(tag) == known


def test_other_scripts_of_a_language_are_not_broken():
    assert hyphenated("آذربایجان", "az-Arab") == "آذربایجان"


FACES = ("NotoSerif_400Regular", "NotoSerifArmenian-Regular", "NotoSerifGeorgian-Regular")
COLUMN = """
    @page { size: 44px 9000px; margin: 0 }
    p { font: 14px Latin, Armenian, Georgian; margin: 0 }
    p { hyphens: auto; hyphenate-character: "-"; hyphenate-limit-chars: 4 2 2 }"""


def narrow_lines(texts: tuple[tuple[str, str], ...]) -> list[list[str]]:
    """Return the lines of each (tag, HTML) in a column too narrow for most words; runs in a worker."""
    import weasyprint
    from weasyprint.formatting_structure.boxes import BlockBox

    hyphenation.mend()
    urls = [(BUILT_IN / "shared" / "fonts" / f"{name}.woff2").as_uri() for name in FACES]
    families = zip(("Latin", "Armenian", "Georgian"), urls, strict=True)
    faces = "".join(f"@font-face {{ font-family: {family}; src: url({url}) }}" for family, url in families)
    paragraphs = "".join(f'<p lang="{tag}">{text}</p>' for tag, text in texts)
    (page,) = weasyprint.HTML(string=f"<style>{faces} {COLUMN}</style>{paragraphs}").render().pages
    boxes = (box for box in page._page_box.descendants() if isinstance(box, BlockBox) and box.element_tag == "p")
    return [[spelled(line) for line in box.children] for box in boxes]


def spelled(line) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))


NARROW = {
    ("az", "İstiqlaliyyət"): ["İs-", "tiq-", "la-", "liy-", "yət"],
    ("en", "İsgəndərov"): ["İs-", "gəndərov"],
    ("en", 'the <span lang="az">Azərbaycan</span>'): ["the", "Azər-", "bay-", "can"],
    ("az", 'o <span lang="en">international</span>'): ["o", "in-", "terna-", "tion-", "al"],
    ("az", typeset("O, 1992-ci ildə, 52 kq, 100 %", "az")): [
        "O,",
        "1992-\u2060ci\u00a0ildə,",
        "52\u00a0kq,",
        "100\u00a0%",
    ],
    ("az", typeset("A. B. Qurbanovun", "az")): ["A.\u00a0B.\u00a0Qur-", "ba-", "no-", "vun"],
    ("tr", typeset("Ankara'daki", "tr")): ["An-", "ka-", "ra’da-", "ki"],
    ("az", "o, vestikavkaza.ru"): ["o,", "vestikavkaza.ru"],
    ("tr", typeset("1974’te", "tr")): ["1974’te"],
    ("az-Cyrl", "Азәрбајҹан"): ["Азәр-", "бај-", "ҹан"],
    ("ka", "მოსახლეობა"): ["მო-", "სახლე-", "ობა"],
    ("hy", "քաղաքացիներ"): ["քա-", "ղա-", "քա-", "ցի-", "ներ"],
}


def test_the_renderer_breaks_words_so():
    (found,) = run([Task("narrow", narrow_lines, (tuple(NARROW),))], room=Room(private_fonts))
    assert dict(zip(NARROW, found, strict=True)) == NARROW


# The sample's booklets: each hyphen at the end of a line, judged without the dictionaries made here.

VOWELS = {"az": "aıoueəiöü", "az-Cyrl": "аыоуеәиөү", "tr": "aâeıiîoöuûü", "ka": "აეიოუ"}
STAYS = {"ka": "[რლნ]?"}
HYPHENATED = [tag for tag in LANGUAGES if tag not in ("fa", "ar", "he", "az-Arab")]
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
COMPOUND = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)?-(?=[^\W_])")


def parts_syllables(first: str, second: str, tag: str) -> bool:
    """Say whether a word is broken between two syllables, neither of a single letter."""
    vowel, stays = f"[{VOWELS[tag]}]", STAYS.get(tag, r"[^\W\d_]*")
    one_goes_on = re.fullmatch(f".*{vowel}{stays}", first) and re.match(rf"(?!{vowel})[^\W\d_]{vowel}", second)
    hiatus = re.search(f"{vowel}$", first) and re.match(vowel, second)
    return len(first) >= 2 and len(second) >= 2 and bool(one_goes_on or hiatus)


def allows(first: str, second: str, tag: str) -> bool:
    if tag in VOWELS:
        return parts_syllables(casing.lower(first, tag), casing.lower(second, tag), tag)
    return len(first) in pyphen().Pyphen(lang=tag).positions(first + second)


def languages_of_words(folder: Path) -> dict[str, set[str]]:
    """Return the languages in which each word of the pages of a site is marked."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("index.html"):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        for text in page.xpath("//body//text()[not(ancestor::style or ancestor::script)]"):
            owner = text.getparent().getparent() if text.is_tail else text.getparent()
            tag = next(each.get("lang") for each in (owner, *owner.iterancestors()) if each.get("lang"))
            for word in WORD.findall(text):
                found.setdefault(word, set()).add(tag)
    return found


def compounds(site: Path, catalog: Path) -> set[str]:
    """Return what stands before the hyphens that were written, in lower case: headings are in capitals."""
    texts = [html.fromstring(path.read_text(encoding="utf-8")).text_content() for path in site.rglob("index.html")]
    texts += [catalog.read_text(encoding="utf-8")] if catalog.exists() else []  # the colophon is on no page of the site
    return {casing.folded(found) for text in texts for found in COMPOUND.findall(text)}


@pytest.fixture(scope="module", params=HYPHENATED)
def printed(request, sample) -> tuple[str, str]:
    """Return a language, and the text of its booklet line by line."""
    pdf = sample[0] / "output" / "booklets" / f"remembrance.{request.param}.screen.pdf"
    command = ["pdftotext", "-raw", str(pdf), "-"]
    return request.param, subprocess.run(command, capture_output=True, text=True, check=True).stdout


def broken_words(text: str, known: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Yield the parts of words with a hyphen at the end of a line; the second is empty where it is not found."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if found := re.search(r"([^\W\d_]+(?:[’'][^\W\d_]+)?)-$", line):
            begins = (WORD.match(next_line.lstrip("\f")) for next_line in lines[number + 1 : number + 40])
            yield found[1], next((word[0] for word in begins if word and found[1] + word[0] in known), "")


@pytest.mark.slow
def test_no_wrong_break_in_the_sample(printed, sample):
    tag, text = printed
    output, catalog = sample[0] / "output", sample[0] / "locales" / tag / "LC_MESSAGES" / "site.po"
    known, written = languages_of_words(output / "site" / tag), compounds(output / "site" / tag, catalog)
    found = list(broken_words(text, known))
    wrong = [
        f"{first}-{second}"
        for first, second in found
        if casing.folded(f"{first}-") not in written
        if not any(allows(first, second, own) for own in known.get(first + second, ()))
    ]
    assert wrong == []
    assert len(found) > 10


@pytest.mark.slow
def test_no_line_of_the_sample_ends_between_a_number_and_its_suffix(printed):
    assert re.findall(r"\d-\u2060?\n[^\W\d_]{1,3}\b", printed[1]) == []
