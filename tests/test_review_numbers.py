"""Numbers and dates say the same in every language, however its digits, words, grouping and calendar write them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stele.diagnostics import Location
from stele.language.dates import dates
from stele.language.month_names import held_by_months, months
from stele.language.numerals import european, numerals, visible
from stele.language.tags import language
from stele.sources.vocabulary import Vocabulary
from stele.translation.review.dates import changed_dates
from stele.translation.review.numbers import changed_numbers
from stele.translation.review.pair import Pair
from stele.translation.review.reading import prose


def pair(tag, source, translation, source_tag="en", counted=False):
    where = Location("page.po", 7)
    return Pair(source, translation, language(source_tag), language(tag), "", counted, (), where, Vocabulary())


def findings(tag, source, translation, source_tag="en"):
    one = pair(tag, source, translation, source_tag)
    return [f"{item.message} [{item.code}]" for item in (*changed_dates(one), *changed_numbers(one))]


def read(tag, text):
    return [item.readings[0][0] for item in numerals(european(visible(text)), tag)]


def days(tag, text):
    return [(item.day, item.month, item.year) for item in dates(european(visible(text)), tag)]


# --- prose ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*one* **two** _three_", "one two three"),
        ("[words](page-5.md#a-7) and [others][key-9]", "words and others"),
        ("![a map](map-3.svg)[^12]", "a map"),
        ('<span lang="ru">год 1992</span><br>.', "год 1992 ."),
        ("as reported [@hrw-1992, p. 12; see @knot, ch. 3].", "as reported ."),
        ("[sic] 26", "[sic] 26"),
        ("{killed.government} and {fall:d MMMM} of %(total)d", "\ufffc and \ufffc of \ufffc"),
        ("90 % de `x = 5` at https://example.org/1992.", "90 % de \ufffc at \ufffc."),
        (r"5 \* 3 &amp; 2 * 2", "5 * 3 & 2 * 2"),
    ],
)
def test_prose_is_what_a_reader_reads(text, said):
    assert prose(text) == said


# --- reading numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "text", "values"),
    [
        ("en", "1,275 and 1.275 and 12,34,567 and 1,234.50", ["1275", "1.275", "1234567", "1234.5"]),
        ("az", "1.275 və 1,275 və 1.234,5", ["1275", "1.275", "1234.5"]),
        ("ru", "1\u00a0275 и 1 275 и 2,5", ["1275", "1275", "2.5"]),
        ("fr", "1\u202f275, 1’275", ["1275", "1275"]),
        ("fa", "۱٬۲۷۵ و ۲٫۵ و ۱۹۹۲", ["1275", "2.5", "1992"]),
        ("ar", "١٬٢٧٥ و٢٫٥", ["1275", "2.5"]),
        (
            "en",
            "−5, 1988–94, 26th, 366th, A/66/708, 23:30, 5 p.m.",
            ["-5", "1988", "1994", "26", "366", "66", "23:30", "17"],
        ),
        ("en", "four hundred and eighty-five, nineteen ninety-two, two and a half", ["485", "1992", "2.5"]),
        ("az", "iyirmi beş, on iki min, səkkizinci, üçü üçün, altında", ["25", "12000", "8", "3"]),
        ("az-Cyrl", "ијирми беш, үчүнҹү, үчүн", ["25", "3"]),
        ("tr", "yirmi beş, bin dokuz yüz doksan iki, üçer", ["25", "1992", "3"]),
        ("ru", "двадцати пяти, сорока тысяч, третьего, трёхсот, 1,5 млн", ["25", "40000", "3", "300", "1500000"]),
        ("de", "fünfundzwanzig, zweitausenddreihundert, dritten, zweieinhalb", ["25", "2300", "3", "2.5"]),
        ("fr", "quatre-vingt-dix-neuf, vingt et un, mille neuf cents", ["99", "21", "1900"]),
        ("fa", "بیست و پنج، بیست‌وهفتمین، سی‌امین، صد و شش", ["25", "27", "30", "106"]),
        ("fr", "au XXe siècle", ["20"]),
        ("ru", "ХІХ век", ["19"]),
    ],
)
def test_numbers_are_read_in_digits_words_and_roman_numerals(tag, text, values):
    asked = [item.readings[-1][0] if "–" in text and item.text == "94" else item.readings[0][0]
             for item in numerals(european(visible(text)), tag) if item.weight]  # fmt: skip
    assert asked == values


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "hundreds of thousands"),
        ("az", "üçün, onun, altında, yüzlərlə, minlərlə"),
        ("tr", "altında, yüzünden, binlerce"),
        ("ru", "тысячный? нет: сотни, десятки"),
        ("de", "Hunderte, die Achtung, der Viertel"),
        ("fr", "des centaines, une maison neuve"),
        ("fa", "چهارشنبه، پنج‌شنبه، ده‌ها، صدها، نه گرما و نه آب"),
    ],
)
def test_words_that_only_look_like_numbers_name_none(tag, text):
    asked = [item.text for item in numerals(european(visible(text)), tag) if item.weight]
    assert asked == (["тысячный"] if tag == "ru" else [])


# --- changed numbers --------------------------------------------------------------------------------------------------

NUMBER = "[changed-number]"


@pytest.mark.parametrize(
    ("tag", "source", "translation", "found"),
    [
        ("az", "485 people", "486 nəfər", "the translation says “486” for “485”"),
        ("az", "1,275 people", "1,275 nəfər", "“1,275” is another number in this language than in that of the source"),
        ("az", "Eight questions", "Yeddi sual", "the translation says “Yeddi” for “Eight”"),
        ("az", "26, 26 and 25", "26, 25 və 25", "the translation says “25” for “26”"),
        ("ru", "63 children", "83 ребёнка", "the translation says “83” for “63”"),
        ("ru", "the 20th anniversary", "двадцать первая годовщина", "the translation says “двадцать первая” for “20”"),
        ("ru", "5 million", "5 тысяч", "the translation says “5 тысяч” for “5 million”"),
        ("ru", "the second table", "третья таблица", "the translation says “третья” for “second”"),
        ("ru", "13 men and 13 women", "13 мужчин и женщин", "the translation has “13” less often than the source"),
        ("tr", "1.5 metres", "15 metre", "the translation says “15” for “1.5”"),
        ("tr", "at 23:30", "saat 23.40’ta", "the translation says “23.40” for “23:30”"),
        ("de", "106 women", "eine Frau", "the translation lacks “106”"),
        ("fr", "−5 degrees", "5 degrés", "the translation says “5” for “−5”"),
        ("fr", "a few villages", "5 villages", "the source does not have “5”"),
        ("fa", "1,275 hostages", "۱٬۲۷۰ گروگان", "the translation says “۱٬۲۷۰” for “1,275”"),
        ("fa", "30th anniversary", "سی‌ویکمین سالگرد", "the translation says “سی‌ویکمین” for “30”"),
        ("az-Cyrl", "twenty-five", "ијирми алты", "the translation says “ијирми алты” for “twenty-five”"),
        ("ar", "485 people", "٤٨٦ شخصا", "the translation says “٤٨٦” for “485”"),
        ("tr", "in the XX century", "XIX. yüzyılda", "the translation says “XIX” for “XX”"),
    ],
)
def test_another_number_is_found(tag, source, translation, found):
    assert findings(tag, source, translation) == [f"{found} {NUMBER}"]


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("az", "1,275 people in the 1990s", "90-cı illərdə 1.275 nəfər"),
        ("az", "5,000 people", "5 min nəfər"),
        ("az", "tens of thousands", "on minlərlə"),
        ("az", "Both sides, two by two", "Hər iki tərəf, cüt-cüt"),
        ("az-Cyrl", "In the 20th century", "XX әсрдә"),
        ("tr", "50% of them, half of 10", "%50’si, 10’un yarısı"),
        ("tr", "Children who lost both parents", "Annesini ve babasını yitiren çocuklar"),
        ("ru", "2.5 million", "2,5 млн"),
        ("ru", "two and a half years", "2,5 года"),
        ("ru", "a ten-year-old girl", "десятилетняя девочка"),
        ("ru", "-5 °C", "минус 5 градусов"),
        ("ru", "1988-94 and 1992–93", "1988–1994 и 1992–1993"),
        ("de", "at 23:30", "um 23 Uhr 30"),
        ("de", "1992–93", "1992/93"),
        ("de", "25 people", "fünfundzwanzig Menschen"),
        ("fr", "93 people, at least 18", "quatre-vingt-treize personnes, au moins 18"),
        ("fr", "In the 20th century at 23:30", "Au XXe siècle, à 23h30"),
        ("fa", "the 27th anniversary", "بیست‌وهفتمین سالگرد"),
        ("fa", "in 1992", "در سال ۱۹۹۲ (۱۳۷۰)"),
        ("fa", "Congress, 333-2013", "کنگره، \u200e۳۳۳-۲۰۱۳\u200e"),
        ("fa", "*Seven Years of Conflict*", "*Seven Years of Conflict*"),
        ("ar", "1,275 of 2.5 million", "١٬٢٧٥ من ٢٫٥ مليون"),
        ("uk", "8 villages", "вісім сіл"),
        ("zh", "1,275 people", "1275 人"),
        ("en", "ISBN 1-56432-142-8, A/66/708", "ISBN 1-56432-142-8, A/66/708"),
        ("ru", "[5 sources](sources-7.md)[^8] {count} `x = 9`", "[5 источников](sources-7.md)[^8] {count} `x = 9`"),
        ("ru", '<span lang="de">1.275</span> and 1,275', '<span lang="de">1.275</span> и 1\u00a0275'),
    ],
)
def test_the_same_number_is_no_finding(tag, source, translation):
    assert findings(tag, source, translation) == []


def test_a_plural_form_may_leave_its_number_out():
    assert list(changed_numbers(pair("az", "1 village", "Kənd", counted=True))) == []


@pytest.mark.parametrize(
    "text", ["1,2,3 million", "½½½", "5 million million", "thousand thousand", "0.0.0", "’93 -–−5", "{"]
)
def test_any_text_says_the_same_as_itself(text):
    assert [findings(tag, text, text, tag) for tag in ("en", "az", "ru", "fa", "zh", "az-Arab")] == [[]] * 6


def test_numbers_in_words_are_read_behind_any_other_words():
    many = " ".join(f"a{number:x}".translate(str.maketrans("0123456789", "ghijklmnop")) for number in range(60_000))
    assert [read("en", text) for text in (many, "twenty-six people", many, "twenty-six")] == [[], ["26"], [], ["26"]]
    assert read("de", "zwei Minuten") == ["2"]
    assert read("en", "zwei Minuten") == []


# --- dates ------------------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_every_form_of_a_month_holds_what_is_looked_for_first(data):
    tag = data.draw(
        st.sampled_from(["en", "az", "az-Cyrl", "az-Arab", "tr", "ru", "de", "fr", "fa", "ar", "uk", "ka", "he", "zh"])
    )
    text = data.draw(st.from_regex(months(tag), fullmatch=True))
    assert any(part in text for part in held_by_months(tag))


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("en", "26 February 1992, February 26, 1992, 1992-02-26", [(26, 2, 1992)] * 3),
        ("en", "8 or 20 December 2011, May 2012", [(8, 12, 2011), (20, 12, 2011), (None, 5, 2012)]),
        ("az", "26 fevral 1992-ci il, 1992-ci il fevralın 26-da", [(26, 2, 1992)] * 2),
        ("az", "fevralın 25-dən 26-na, 1992-ci ilin fevralında", [(25, 2, None), (26, 2, None), (None, 2, 1992)]),
        ("az", "fevralın 26-dan martın 1-dək", [(26, 2, None), (1, 3, None)]),
        ("az-Cyrl", "26 феврал 1992-ҹи ил, ијунун 5-дә", [(26, 2, 1992), (5, 6, None)]),
        ("ru", "в ночь с 25 на 26 февраля 1992 года, 26-го марта", [(25, 2, 1992), (26, 2, 1992), (26, 3, None)]),
        ("tr", "26 Şubat 1992’de, 1992 yılının Şubat ayında", [(26, 2, 1992), (None, 2, 1992)]),
        ("de", "vom 25. auf den 26. Februar 1992, 26.2.1992", [(25, 2, 1992), (26, 2, 1992), (26, 2, 1992)]),
        ("fr", "le 1er mars 1994, 5 déc. 1990", [(1, 3, 1994), (5, 12, 1990)]),
        ("fa", "۲۶ فوریهٔ ۱۹۹۲، ۲۶ فوریه‌ی ۱۹۹۲", [(26, 2, 1992)] * 2),
        ("fa", "۷ اسفند ۱۳۷۰، ۱ فروردین ۱۴۰۳، ۳۰ اسفند ۱۴۰۳", [(26, 2, 1992), (20, 3, 2024), (20, 3, 2025)]),
        ("ar", "٢٦ شباط ١٩٩٢، ٢٦ فبراير ١٩٩٢", [(26, 2, 1992)] * 2),
        ("uk", "26 лютого 1992", [(26, 2, 1992)]),
        ("zh", "1992年2月26日", [(26, 2, 1992)]),
        ("en", "Section 2.5.1, A/66/708–S/2012/117, 10.30 and 1.2.3", []),
    ],
)
def test_dates_are_read_in_every_case_and_form(tag, text, found):
    assert days(tag, text) == found


@pytest.mark.parametrize(
    ("tag", "source", "translation", "found"),
    [
        ("az", "26 February 1992", "27 fevral 1992", "the translation says “27 fevral 1992” for “26 February 1992”"),
        ("ru", "on 26 February", "26 марта", "the translation says “26 марта” for “26 February”"),
        ("ru", "25–26 February", "25–27 февраля", "the translation says “25–27 февраля” for “25–26 February”"),
        ("de", "26 February 1992", "26.03.1992", "the translation says “26.03.1992” for “26 February 1992”"),
        ("fr", "26 February 1992", "26 février 1993", "the translation says “26 février 1993” for “26 February 1992”"),
        ("tr", "They left in February.", "Gittiler.", "the translation lacks the date “February”"),
        ("fa", "26 February 1992", "۲۶ مارس ۱۹۹۲", "the translation says “۲۶ مارس ۱۹۹۲” for “26 February 1992”"),
        (
            "fa",
            "26 February 1992",
            "۲۶ فوریهٔ ۱۹۹۲ (۸ اسفند ۱۳۷۰)",
            "the source does not have the date “۸ اسفند ۱۳۷۰”",
        ),
        ("ar", "26 February 1992", "٢٦ آذار ١٩٩٢", "the translation says “٢٦ آذار ١٩٩٢” for “26 February 1992”"),
        ("uk", "26 February", "26 березня", "the translation says “26 березня” for “26 February”"),
    ],
)
def test_another_date_is_found_once(tag, source, translation, found):
    assert findings(tag, source, translation) == [f"{found} [changed-date]"]


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("az", "26 February 1992", "1992-ci il fevralın 26-da"),
        ("az", "from 26 February to 1 March", "fevralın 26-dan martın 1-dək"),
        ("ru", "26 February 1992 and 28 March 1992", "26 февраля и 28 марта 1992 года"),
        ("ru", "They may march; in May they march", "Они могут идти; в мае идут"),
        ("tr", "7 February 2013; some lists, 19 February", "7 Şubat 2013; bazı listelerde 19 Şubat"),
        ("de", "26 February 1992", "26.02.1992"),
        ("fr", "on 1 March", "le premier mars"),
        ("fa", "26 February 1992", "۲۶ فوریهٔ ۱۹۹۲ (۷ اسفند ۱۳۷۰)"),
        ("fa", "26 February 1992", "۷ اسفند ۱۳۷۰"),
        ("ar", "26 February 1992", "٢٦ شباط/فبراير ١٩٩٢"),
        ("ru", "06/01/1933", "6 января 1933 года"),
        ("ka", "26 February 1992", "26 თებერვალი, 1992"),
        ("hu", "26 February 1992", "1992. február 26."),
        ("zh", "26 February 1992", "1992年2月26日"),
    ],
)
def test_the_same_date_is_no_finding(tag, source, translation):
    assert findings(tag, source, translation) == []


# --- the law ----------------------------------------------------------------------------------------------------------

LOCAL_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}
GROUPING = {"az": ".", "tr": ".", "de": ".", "ru": "\u00a0", "fr": "\u202f", "fa": "٬", "ar": "٬"}
DECIMAL = {"fa": "٫", "ar": "٫"}
NUMBERS = st.tuples(st.integers(2, 10**9), st.sampled_from(["", "5", "25"]))


def written(number, tag):
    whole, decimals = number
    text = f"{whole:,}" if whole >= 10_000 else str(whole)
    text = text.replace(",", GROUPING.get(tag, ","))
    text += decimals and DECIMAL.get(tag, "." if tag == "en" else ",") + decimals
    return text.translate(str.maketrans("0123456789", LOCAL_DIGITS.get(tag, "0123456789")))


def sentence(numbers, tag):
    return "; ".join(f"№ {written(number, tag)}" for number in numbers)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(GROUPING)), st.lists(NUMBERS, min_size=1, max_size=4))
def test_numbers_in_the_digits_and_grouping_of_a_language_are_no_finding(tag, numbers):
    assert findings(tag, sentence(numbers, "en"), sentence(numbers, tag)) == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(GROUPING)), st.lists(NUMBERS, min_size=1, max_size=4, unique=True), st.data())
def test_one_changed_digit_is_one_finding(tag, numbers, data):
    text = sentence(numbers, tag)
    place = data.draw(st.sampled_from([found.start() for found in re.finditer(r"\d", text)]))
    digit = int(text[place])
    other = chr(ord(text[place]) - digit + (digit + data.draw(st.integers(1, 9))) % 10)
    changed = text[:place] + other + text[place + 1 :]
    assert len(findings(tag, sentence(numbers, "en"), changed)) == 1
