"""What templates can say of a value in the language of their page."""

from __future__ import annotations

import pytest

from stele.language.lists import listed
from stele.language.numbers import number
from stele.language.quotation import quoted
from stele.sources.templating import TemplateFailure, Templates
from stele.sources.theme import BUILT_IN, Theme
from stele.translation.interface import Interface
from stele.translation.store import built_in_interface

UNSET = str.maketrans({"\u00a0": " ", "\u2060": None})


def rendered(template: str, tag: str, tmp_path) -> str:
    (tmp_path / "page.html").write_text(template)
    catalog = built_in_interface(tag)
    templates = Templates(Theme((tmp_path, BUILT_IN)), Interface([catalog] if catalog else []), tag)
    return templates.render("page.html", {})


@pytest.mark.parametrize(
    ("tag", "template", "expected"),
    [
        ("az", '{{ "Xocalı faciəsi" | upper }}', "XOCALI FACİƏSİ"),
        ("tr", '{{ "IĞDIR İLİ" | lower }}', "ığdır ili"),
        ("en", '{{ "iğdır" | upper }}', "IĞDIR"),
        ("az", '{{ "iyirmi altı" | title }}', "İyirmi Altı"),
        ("az", '{{ "iyirmi altı" | capitalize }}', "İyirmi altı"),
        ("ka", '{{ "ხოჯალი" | title }}', "ხოჯალი"),
        ("az", '{{ 33 | anniversary }}', "33-cü ildönümü"),
        ("ru", '{{ 33 | anniversary }}', "33-я годовщина"),
        ("en", '{{ 33 | anniversary }}', "33rd anniversary"),
        ("fr", '{{ 1 | ordinal("feminine") }}', "1re"),
        ("az", '{{ "1992-02-26" | date }}', "26 fevral 1992"),
        ("az", '{{ "1992-02-26" | date("d MMMM") }}', "26 fevral"),
        ("fa", "{{ 1275 | number }}", "۱٬۲۷۵"),
        ("az", '{{ ["A", "B", "C"] | listed }}', "A, B və C"),
        ("de", '{{ "x" | quoted }}', "„x“"),
        ("de", '{{ "AM" | territory }}', "Armenien"),
        ("de", '{{ "az" | language_name }}', "Aserbaidschanisch"),
        ("az", '{{ ["Çiçək", "Cəmil", "Ələsgər", "Elçin", "Xan", "Həsən"] | in_order | join(" ") }}',
         "Cəmil Çiçək Elçin Ələsgər Həsən Xan"),
        ("az", '{% for group in [["İsa", "B"], ["Iğdır", "A"]] | by_letter %}{{ group.heading }}{% endfor %}', "Iİ"),
        ("az", '{{ ([["İsa", "B"], ["İsa", "A"]] | by_letter)[0].names[0] | join(" ") }}', "İsa A"),
    ],
)  # fmt: skip
def test_filters_know_the_language(tag, template, expected, tmp_path):
    assert rendered(template, tag, tmp_path).translate(UNSET) == expected


@pytest.mark.parametrize(
    "template", ['{{ "soon" | date }}', '{{ "x" | number }}', '{{ 3 | ordinal("plural") }}', '{{ "1992" | night }}']
)
def test_a_value_of_the_wrong_kind_is_a_fault_of_the_template(template, tmp_path):
    with pytest.raises(TemplateFailure, match="ValueError"):
        rendered(template, "en", tmp_path)


def test_what_a_filter_gives_is_escaped(tmp_path):
    assert rendered('{{ ["<b>", "&"] | listed }}', "en", tmp_path) == "&lt;b&gt; and &amp;"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("az", "1.275 −1.234.567"),
        ("az-Cyrl", "1.275 −1.234.567"),
        ("en", "1,275 −1,234,567"),
        ("ru", "1_275 −1_234_567"),
        ("uk", "1_275 −1_234_567"),
        ("de", "1.275 −1.234.567"),
        ("fr", "1^275 −1^234^567"),
        ("es", "1275 −1.234.567"),
        ("pl", "1275 −1_234_567"),
        ("it", "1275 −1.234.567"),
        ("ka", "1275 −1_234_567"),
        ("fa", "۱٬۲۷۵ −۱٬۲۳۴٬۵۶۷"),
        ("ar", "١٬٢٧٥ −١٬٢٣٤٬٥٦٧"),
        ("az-Arab", "۱٬۲۷۵ −۱٬۲۳۴٬۵۶۷"),
        ("he", "1,275 −1,234,567"),
        ("hi", "1,275 −12,34,567"),
    ],
)
def test_numbers_are_grouped_as_the_language_groups_them(tag, expected):
    shown = f"{number(1_275, tag)} {number(-1_234_567, tag)}"
    assert shown.replace("\u00a0", "_").replace("\u202f", "^") == expected


@pytest.mark.parametrize(
    ("tag", "items", "expected"),
    [
        ("en", "A B C", "A, B, and C"),
        ("es", "padres hijos", "padres e hijos"),
        ("es", "agua hielo", "agua y hielo"),
        ("he", "א ב", "א וב"),
        ("he", "א Memorial", "א ו־Memorial"),
        ("ar", "أ ب ج", "أ وب وج"),
        ("fa", "آ ب پ", "آ، ب، و پ"),
        ("az-Cyrl", "А Б В", "А, Б вә В"),
        ("az-Arab", "آ ب پ", "آ، ب و پ"),
        ("zh", "甲 乙 丙", "甲、乙和丙"),
        ("en", "{0} {1}", "{0} and {1}"),
        ("en", "A", "A"),
        ("en", "", ""),
    ],
)
def test_lists(tag, items, expected):
    assert listed(items.split(), tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("az", "“x”"), ("az-Cyrl", "«x»"), ("ru", "«x»"), ("fr", "«_x_»"), ("de", "„x“"), ("he", "”x”"), ("xx", "“x”")],
)
def test_quotation_marks(tag, expected):
    assert quoted("x", tag).replace("\u00a0", "_") == expected
