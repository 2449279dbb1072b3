"""Ordinals from 0 to 2,100 by the named rules, and suffixes that follow the vowels of a word."""

from __future__ import annotations

import pytest

from stele.language.ordinals import Gender, ordinal
from stele.language.suffixes import attach

COUNTED = range(2_101)
WORDS = {
    "az": (
        ["sıfır", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz"],
        ["on", "iyirmi", "otuz", "qırx", "əlli", "altmış", "yetmiş", "səksən", "doxsan"],
        ("yüz", "min"),
    ),
    "tr": (
        ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"],
        ["on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"],
        ("yüz", "bin"),
    ),
}


def spelled(number: int, tag: str) -> str:
    """Return the whole number in words: another way to its last vowel than the program's."""
    units, tens, (hundred, thousand) = WORDS[tag]
    if not number:
        return units[0]
    parts = [f"{units[number // 1000]} {thousand}"] if number >= 1000 else []
    parts += [f"{units[number // 100 % 10]} {hundred}"] if number // 100 % 10 else []
    parts += [tens[number // 10 % 10 - 1]] if number // 10 % 10 else []
    return " ".join([*parts, *([units[number % 10]] if number % 10 else [])])


def last_vowel(words: str, vowels: str) -> str:
    return [char for char in words if char in vowels][-1]


def test_azerbaijani_follows_the_last_vowel_of_the_number_in_words():
    suffix = {"a": "cı", "ı": "cı", "o": "cu", "u": "cu", "e": "ci", "ə": "ci", "i": "ci", "ö": "cü", "ü": "cü"}
    expected = [f"{number}-{suffix[last_vowel(spelled(number, 'az'), 'aıoueəiöü')]}" for number in COUNTED]
    assert [ordinal(number, "az") for number in COUNTED] == expected


def test_azerbaijani_in_cyrillic_is_the_same_in_other_letters():
    letters = str.maketrans("cıuiü", "ҹыуиү")
    assert [ordinal(number, "az-Cyrl") for number in COUNTED] == [
        ordinal(number, "az").translate(letters) for number in COUNTED
    ]


def test_the_locative_of_turkish_years_agrees_in_vowel_and_voice():
    vowel = {"a": "a", "ı": "a", "o": "a", "u": "a", "e": "e", "i": "e", "ö": "e", "ü": "e"}
    for number in COUNTED:
        words = spelled(number, "tr")
        expected = f"{number}’{'t' if words[-1] in 'fstkçşhp' else 'd'}{vowel[last_vowel(words, 'aıoueiöü')]}"
        assert attach(str(number), "’de", "tr") == expected


# The rule-based number formats of ICU for these are those of the named style guides.
BY_ICU = {
    ("en", Gender.MASCULINE): ("en", "%digits-ordinal"),
    ("fr", Gender.MASCULINE): ("fr", "%digits-ordinal-masculine"),
    ("fr", Gender.FEMININE): ("fr", "%digits-ordinal-feminine"),
    ("it", Gender.FEMININE): ("it", "%digits-ordinal-feminine"),
    ("es", Gender.FEMININE): ("es", "%digits-ordinal-feminine"),
    ("de", Gender.MASCULINE): ("de", "%digits-ordinal"),
    ("pl", Gender.FEMININE): ("pl", "%digits-ordinal"),
    ("ru", Gender.FEMININE): ("ru", "%digits-ordinal-feminine"),
    ("ru", Gender.MASCULINE): ("ru", "%digits-ordinal-masculine"),
}


@pytest.mark.parametrize(("tag", "gender"), BY_ICU, ids=str)
def test_the_others_agree_with_icu(tag, gender):
    icu = pytest.importorskip("icu")
    language, rules = BY_ICU[tag, gender]
    numbers = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.ORDINAL, icu.Locale(language))
    expected = [plain(numbers.format(number, rules)) for number in COUNTED]
    assert [plain(ordinal(number, tag, gender)) for number in COUNTED] == expected


def plain(text: str) -> str:
    """Return an ordinal without the marks in which ICU differs: it groups years and forgets a full stop in Spanish."""
    return text.translate(dict.fromkeys(map(ord, ".,\u00a0\u202f’")))


@pytest.mark.parametrize(
    ("tag", "gender", "expected"),
    [
        ("tr", Gender.MASCULINE, "1. 2. 3. 11. 20. 33. 40. 100. 1992."),
        ("uk", Gender.FEMININE, "1-ша 2-га 3-тя 11-та 20-та 33-тя 40-ва 100-та 1992-га"),
        ("uk", Gender.NEUTER, "1-ше 2-ге 3-тє 11-те 20-те 33-тє 40-ве 100-те 1992-ге"),
        ("ru", Gender.NEUTER, "1-е 2-е 3-е 11-е 20-е 33-е 40-е 100-е 1992-е"),
        ("ka", Gender.MASCULINE, "1-ლი მე-2 მე-3 მე-11 მე-20 33-ე მე-40 მე-100 1992-ე"),
        ("hy", Gender.MASCULINE, "1-ին 2-րդ 3-րդ 11-րդ 20-րդ 33-րդ 40-րդ 100-րդ 1992-րդ"),
        ("fa", Gender.MASCULINE, "۱مین ۲مین ۳مین ۱۱مین ۲۰مین ۳۳مین ۴۰مین ۱۰۰مین ۱۹۹۲مین"),
        ("ar", Gender.MASCULINE, "الـ١ الـ٢ الـ٣ الـ١١ الـ٢٠ الـ٣٣ الـ٤٠ الـ١٠٠ الـ١٩٩٢"),
        ("he", Gender.MASCULINE, "ה־1 ה־2 ה־3 ה־11 ה־20 ה־33 ה־40 ה־100 ה־1992"),
        ("hi", Gender.FEMININE, "1ली 2री 3री 11वीं 20वीं 33वीं 40वीं 100वीं 1992वीं"),
        ("az-Arab", Gender.MASCULINE, "۱-جی ۲-جی ۳-جی ۱۱-جی ۲۰-جی ۳۳-جی ۴۰-جی ۱۰۰-جی ۱۹۹۲-جی"),
        ("zh", Gender.MASCULINE, "第1 第2 第3 第11 第20 第33 第40 第100 第1992"),
    ],
    ids=str,
)
def test_ordinals_as_an_editor_writes_them(tag, gender, expected):
    numbers = (1, 2, 3, 11, 20, 33, 40, 100, 1992)
    assert " ".join(ordinal(number, tag, gender) for number in numbers) == expected


@pytest.mark.parametrize("tag", ["az", "ru", "uk", "ka", "fa", "xx"])
def test_every_number_has_an_ordinal_of_its_own(tag):
    assert len({ordinal(number, tag, Gender.FEMININE) for number in COUNTED}) == len(COUNTED)


def test_nothing_is_counted_below_zero():
    with pytest.raises(ValueError, match="from 0"):
        ordinal(-1, "az")


GEORGIAN = (
    "იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
    "იანვრის თებერვლის მარტის აპრილის მაისის ივნისის ივლისის აგვისტოს სექტემბრის ოქტომბრის ნოემბრის დეკემბრის",
)


def test_georgian_months_lose_a_vowel_in_the_genitive():
    names, expected = GEORGIAN
    assert " ".join(attach(name, "ის", "ka") for name in names.split()) == expected


@pytest.mark.parametrize(
    ("tag", "word", "suffix", "expected"),
    [
        ("az", "fevral", "ın", "fevralın"),
        ("az", "avqust", "ın", "avqustun"),
        ("az", "25", "-na", "25-nə"),
        ("az", "26", "-na", "26-na"),
        ("az", "Xocalı", "-dən", "Xocalı-dan"),
        ("az-Cyrl", "1992", "-ҹы", "1992-ҹи"),
        ("tr", "Eylül", "’a", "Eylül’e"),
        ("tr", "1990", "’ler", "1990’lar"),
        ("ru", "1992", "-й", "1992-й"),
        ("ka", "თებერვალი", "", "თებერვალი"),
        ("ka", "თებერვალი", "ს", "თებერვალს"),
        ("ka", "მარტი", "ში", "მარტში"),
        ("az-Arab", "1992", "-جی", "1992-جی"),
    ],
)
def test_a_suffix_takes_the_form_that_its_word_asks_for(tag, word, suffix, expected):
    assert attach(word, suffix, tag) == expected
