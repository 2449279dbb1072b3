"""What is particular to a language: tags, casing, digits, spaces, direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stele.language.bidi import left_to_right_runs
from stele.language.casing import capitalize, lower, upper
from stele.language.numbers import measure, native_digits
from stele.language.tags import is_well_formed, language
from stele.language.typography import typeset
from stele.sources import fragments
from stele.sources.documents import Document, slugify
from stele.sources.markup import render


@pytest.mark.parametrize(
    ("tag", "direction", "endonym"),
    [
        ("az", "ltr", "Azərbaycanca"),
        ("tr", "ltr", "Türkçe"),
        ("ru", "ltr", "Русский"),
        ("ka", "ltr", "ქართული"),
        ("fa", "rtl", "فارسی"),
        ("he", "rtl", "עברית"),
    ],
)
def test_languages_know_their_direction_and_name(tag, direction, endonym):
    assert (language(tag).direction, language(tag).endonym) == (direction, endonym)


@pytest.mark.parametrize("tag", ["../az", "AZ", "az_AZ", "az-cyrl", "", "a", "az-Latn-x-y", "az\n", "zz"])
def test_tags_that_are_none_are_refused(tag):
    with pytest.raises(ValueError, match="language"):
        language(tag)


@pytest.mark.parametrize("tag", ["az", "az-Cyrl", "pt-BR", "zh-Hant-TW", "es-419"])
def test_tags_that_are_well_formed(tag):
    assert is_well_formed(tag)


@pytest.mark.parametrize(
    ("tag", "text", "big", "small"),
    [
        ("az", "Xocalı faciəsi", "XOCALI FACİƏSİ", "xocalı faciəsi"),
        ("tr", "Iğdır ili", "IĞDIR İLİ", "ığdır ili"),
        ("en", "Iğdır ili", "IĞDIR ILI", "iğdır ili"),
        ("az-Cyrl", "Хоҹалы", "ХОҸАЛЫ", "хоҹалы"),
    ],
)
def test_casing_follows_the_language(tag, text, big, small):
    assert (upper(text, tag), lower(text, tag)) == (big, small)


def test_only_the_first_letter_is_made_a_capital():
    assert (capitalize("istanbul", "tr"), capitalize("istanbul", "en")) == ("İstanbul", "Istanbul")


@pytest.mark.parametrize(("tag", "digits"), [("fa", "۱۹۹۲"), ("ar", "١٩٩٢"), ("az", "1992")])
def test_digits_of_the_script(tag, digits):
    assert native_digits("1992", tag) == digits


@pytest.mark.parametrize(
    ("tag", "value", "written"),
    [("en", 0.25, "0.25"), ("de", 0.25, "0,25"), ("fa", 0.25, "۰٫۲۵"), ("en", 300, "300"), ("ru", 2.004, "2")],
)
def test_a_measure_is_as_short_as_it_can_be_written(tag, value, written):
    assert measure(value, tag) == written


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "26 February 1992", "26_February 1992"),
        ("ru", "26 февраля 1992", "26_февраля 1992"),
        ("de", "am 26. Februar", "am 26._Februar"),
        ("fa", "۲۶ فوریهٔ", "۲۶_فوریهٔ"),
        ("en", "25–26 and p. 12", "25–|26 and p._12"),
        ("az", "1992-ci il", "1992-|ci_il"),
        ("en", "H. Aliyev", "H._Aliyev"),
        ("ru", "и в городе", "и_в_городе"),
        ("ru", "слово — слово", "слово_— слово"),
        ("fr", "« Quoi ? »", "«_Quoi^?_»"),
        ("fr", "Note : ici", "Note_: ici"),
    ],
)
def test_spaces_are_set_as_printers_set_them(tag, text, expected):
    signs = {"\u00a0": "_", "\u202f": "^", "\u2060": "|"}
    assert typeset(text, tag).translate(str.maketrans(signs)) == expected


@pytest.mark.parametrize(
    ("name", "tag", "slug"),
    [
        ("Ağdam Şəhidləri", "az", "agdam-sehidleri"),
        ("IŞIQ", "az", "isiq"),
        ("Deux mots…", "fr", "deux-mots"),
        ("Ж", "ru", "u436"),
        ("…", "en", "untitled"),
    ],
)
def test_file_names_become_addresses(name, tag, slug):
    assert slugify(name, tag) == slug


def test_runs_of_left_to_right_words_are_found():
    names = "v.\u00a0Azerbaijan، Human Rights Watch، azernews.az/nation/64678.html، 1905.az و (HR 171 (2013))"
    text = f"گزارش {names} سپتامبر ۱۹۹۲"
    assert [run for run, is_ltr in left_to_right_runs(text) if is_ltr] == [
        "v.\u00a0Azerbaijan",
        "Human Rights Watch",
        "azernews.az/nation/64678.html",
        "1905.az",
        "HR 171 (2013)",
    ]


@given(st.text(alphabet=st.sampled_from("abcАԱა اب۱۲12 .,/()–"), max_size=40))
def test_runs_joined_are_the_text(text):
    assert "".join(run for run, _ in left_to_right_runs(text)) == text


def test_left_to_right_words_in_persian_have_their_own_direction():
    body = 'متن *Black Garden* و Thomas de Waal در <span lang="hy">Տող</span> است.\n'
    document = Document("page", "content/page.md", {}, body, 1)
    assert render(document, "fa", lambda unit: unit.text, "fa").html == (
        '<p>متن <em dir="ltr">Black Garden</em> و <span dir="ltr">Thomas de Waal</span> در '
        '<span lang="hy" dir="ltr">Տող</span> است.</p>'
    )


def test_prose_is_found_with_its_language():
    root = fragments.parse('<p>one <span lang="ru">два</span> three <code>four</code></p>')
    assert [(text, tag) for _, text, tag in ((e, getattr(e, p), t) for e, p, t in fragments.texts(root, "en"))] == [
        ("one ", "en"),
        ("два", "ru"),
        (" three ", "en"),
    ]
