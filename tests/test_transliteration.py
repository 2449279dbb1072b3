"""Azerbaijani in two alphabets: exact both ways, and a whole edition in the one from the catalogs of the other."""

from __future__ import annotations

import re

import pytest
from conftest import SILENCE, codes, request_for
from hypothesis import given
from hypothesis import strategies as st

from stele import pipeline
from stele.language.transliteration import cyrillic, latin, transliterate
from stele.sources.vocabulary import Term, Vocabulary
from stele.translation.other_script import in_other_script
from stele.translation.po.catalog import Catalog
from stele.translation.po.entry import Entry

LETTERS = "abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ"


@given(st.text(alphabet=LETTERS + " .,-–“”0123456789'’\n"))
def test_the_way_back_is_exact(text):
    assert latin(cyrillic(text)) == text


@given(st.text(alphabet="".join(map(cyrillic, LETTERS)) + " .,-–«»0123456789"))
def test_and_from_the_other_side(text):
    assert cyrillic(latin(text)) == text


def test_every_letter_has_one_of_its_own():
    assert len({cyrillic(letter) for letter in LETTERS}) == len(LETTERS) == 64
    assert all("Ѐ" <= cyrillic(letter) <= "ӿ" for letter in LETTERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xocalı şəhidləri, ÇİNGİZ IŞIQ", "Хоҹалы шәһидләри, ЧИНҜИЗ ЫШЫГ"),
        ("1992-ci il, 33-cü ildönümü", "1992-ҹи ил, 33-ҹү илдөнүмү"),
        ("XX əsr, II Şah İsmayıl, 260 (III)", "XX әср, II Шаһ Исмајыл, 260 (III)"),
        ("I fəsil", "I фәсил"),
        ("V. Həsənov, X. Əliyev, M. Qara", "В. Һәсәнов, Х. Әлијев, М. Гара"),
        ("MİN CİLD", "МИН ҸИЛД"),
        ("azernews.az/nation/50273.html oxu", "azernews.az/nation/50273.html оху"),
        ("https://xocali.org/en?a=1 və e@xocali.az", "https://xocali.org/en?a=1 вә e@xocali.az"),
        ("A/59/713–S/2005/125 sənədi", "A/59/713–S/2005/125 сәнәди"),
        ("Watch sözü", "Watch сөзү"),
        ("Gəldi.Getdi", "Ҝәлди.Ҝетди"),
    ],
)
def test_what_is_no_azerbaijani_stays(text, expected):
    assert transliterate(text, "az-Cyrl") == expected


def test_the_other_way_reads_what_was_printed_in_cyrillic():
    assert transliterate("Хоҹалы, XX әср", "az") == "Xocalı, XX əsr"


NAMES = Vocabulary(
    names=(
        Term("watch", {"az": ("Justice for Khojaly",), "az-Cyrl": ("Justice for Khojaly",)}),
        Term("memorial", {"az": ("Memorial",)}),
    )
)


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("A *Black Garden*.", "Bir *Black Garden*.", "Бир *Black Garden*."),
        ("A *garden*.", "Bir *bağ*.", "Бир *бағ*."),
        ("“Memorial”", "“Memorial”ın", "«Мемориал»ын"),
        ("Justice for Khojaly says", "Justice for Khojalynin sözü", "Justice for Khojalyнин сөзү"),
        ("ISBN 1", "ISBN 1 kitab", "ISBN 1 китаб"),
        ("tragic events", "tragic events, faciəli hadisələr", "tragic events, фаҹиәли һадисәләр"),
        ("tragedy", "tragedy, faciə", "tragedy, фаҹиә"),
        ("the region of Peru", "Peru region adlanır", "Перу реҝион адланыр"),
        ("A note[^xy] [x](a.md#b)", "Qeyd[^xy] [söz](a.md#b)", "Гејд[^xy] [сөз](a.md#b)"),
        ('<span lang="en">town</span>', 'şəhər (<span lang="en">town</span>)', 'шәһәр (<span lang="en">town</span>)'),
        ("`code` %(name)s {field}", "kod `code` %(name)s {field}", "код `code` %(name)s {field}"),
    ],
)
def test_markup_and_foreign_words_stay(source, translation, expected):
    made = in_other_script(Catalog((Entry(source, (translation,)),)), None, "az-Cyrl", NAMES)
    assert made.find(source).msgstr == (expected,)


def test_what_people_wrote_comes_first_and_what_is_fuzzy_stays_so():
    latin_entries = (Entry("a", ("bir",)), Entry("b", ("iki",)), Entry("c", ("üç",), flags=("fuzzy",)))
    own = Catalog((Entry("a", ("бирҹә",)), Entry("b", ("",)), Entry("c", ("үҹ",), flags=("fuzzy",))))
    made = in_other_script(Catalog(latin_entries), own, "az-Cyrl", NAMES)
    assert [made.find(msgid).msgstr[0] for msgid in "abc"] == ["бирҹә", "ики", "үч"]
    assert [made.find(msgid).fuzzy for msgid in "abc"] == [False, False, True]


def test_patterns_of_dates_keep_their_letters():
    entry = Entry("d MMMM y", ("y[-ci] 'il' MMMM[ın] d",), context="date pattern")
    made = in_other_script(Catalog((entry,)), None, "az-Cyrl", NAMES)
    assert made.find("d MMMM y", "date pattern").msgstr == ("y[-ҹи] 'ил' MMMM[ын] d",)


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PAGE = {
    "content/page.md": "# Page\n\nThe village.\n",
    "locales/az/LC_MESSAGES/page.po": f'{PO}msgid "Page"\nmsgstr "Səhifə"\n\nmsgid "The village."\nmsgstr "Kənd."\n',
    "locales/az/LC_MESSAGES/site.po": f'{PO}msgid "Test"\nmsgstr "Sınaq"\n',
}


def page(outcome, project, tag):
    assert outcome.made, outcome.diagnostics
    return (project / f"output/site/{tag}/page/index.html").read_text()


def test_an_edition_in_cyrillic_is_made_from_the_latin_catalogs(project):
    folder = project(PAGE, languages=("en", "az", "az-Cyrl"))
    outcome = pipeline.build(request_for(folder, jobs=1), SILENCE)
    html = page(outcome, folder, "az-Cyrl")
    assert "<p>Кәнд.</p>" in html
    assert 'lang="az-Cyrl"' in html
    assert codes(outcome) == set()


def test_a_catalog_of_its_own_sets_right_what_letters_cannot(project):
    own = {"locales/az-Cyrl/LC_MESSAGES/page.po": f'{PO}msgid "The village."\nmsgstr "Бизим кәнд."\n'}
    folder = project(PAGE | own, languages=("en", "az", "az-Cyrl"))
    html = page(pipeline.build(request_for(folder, jobs=1), SILENCE), folder, "az-Cyrl")
    assert "<p>Бизим кәнд.</p>" in html
    assert "Сәһифә" in html


def test_a_source_in_latin_is_printed_in_cyrillic_without_any_catalog(project):
    folder = project({"content/page.md": "# Səhifə\n\nKənd.\n"}, languages=("az", "az-Cyrl"))
    site = folder / "content/site.toml"
    site.write_text(site.read_text().replace('source_language = "en"', 'source_language = "az"'))
    outcome = pipeline.build(request_for(folder, jobs=1), SILENCE)
    assert "<p>Кәнд.</p>" in page(outcome, folder, "az-Cyrl")


def test_update_begins_no_catalog_for_it_but_keeps_one_up_to_date(project):
    own = {"locales/az-Cyrl/LC_MESSAGES/page.po": f'{PO}msgid "The village."\nmsgstr "Бизим кәнд."\n'}
    folder = project(PAGE | own, languages=("en", "az", "az-Cyrl"))
    pipeline.update_catalogs(request_for(folder), SILENCE)
    written = sorted(path.name for path in (folder / "locales/az-Cyrl/LC_MESSAGES").iterdir())
    assert written == ["page.po"]
    assert 'msgid "Page"' in (folder / "locales/az-Cyrl/LC_MESSAGES/page.po").read_text()


def test_the_arabic_script_is_never_made_from_letters(project):
    folder = project(PAGE, languages=("en", "az", "az-Arab"))
    outcome = pipeline.build(request_for(folder, jobs=1), SILENCE)
    html = page(outcome, folder, "az-Arab")
    assert re.search(r'<p[^>]*lang="en"[^>]*>The village\.', html)
    assert "untranslated" in codes(outcome)
