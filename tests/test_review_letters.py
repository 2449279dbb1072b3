"""Letters are those of the language, and nothing is copied by mistake: the source, or a word behind itself."""

import unicodedata

import pytest

from stele.diagnostics import Location
from stele.language.tags import language
from stele.sources.vocabulary import Term, Vocabulary
from stele.translation.review.copies import copied_source, doubled_word
from stele.translation.review.letters import mixed_script
from stele.translation.review.pair import Pair

NAMES = Vocabulary((Term("watch", {"en": ("Human Rights Watch",), "fr": ("Human Rights Watch",)}),))


def pair(tag, source, translation, source_tag="en"):
    where = Location("page.po", 7)
    return Pair(source, translation, language(source_tag), language(tag), "", False, (), where, NAMES)


def letters(tag, translation, source="Source"):
    return [(item.message, item.hint) for item in mixed_script(pair(tag, source, translation))]


def copies(tag, text, translation=None, source_tag="en"):
    return [item.message for item in copied_source(pair(tag, text, translation or text, source_tag))]


def doubles(tag, translation, source="Source"):
    return [item.message for item in doubled_word(pair(tag, source, translation))]


# --- letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("az", "Xank\u04d9ndi", "“Xankәndi” has the Cyrillic letter “ә” (U+04D9) among Latin ones: write “ə” (U+0259)"),
        ("az", "Xank\u01ddndi", "“Xankǝndi” has “ǝ” (U+01DD), which is no letter of this language: write “ə” (U+0259)"),
        ("fr", "Xank\u01ddndi", "“Xankǝndi” has “ǝ” (U+01DD), which is no letter of this language: write “ə” (U+0259)"),
        ("az", "X\u043ecalı", "“Xоcalı” has the Cyrillic letter “о” (U+043E) among Latin ones: write “o” (U+006F)"),
        ("az", "\u03a7ocalı", "“Χocalı” has the Greek letter “Χ” (U+03A7) among Latin ones: write “X” (U+0058)"),
        (
            "az-Cyrl",
            "Ханк\u0259нди",
            "“Ханкəнди” has the Latin letter “ə” (U+0259) among Cyrillic ones: write “ә” (U+04D9)",
        ),
        ("tr", "ba\u0219ka", "“bașka” has “ș” (U+0219), which is no letter of this language: write “ş” (U+015F)"),
        ("ro", "ora\u015f", "“oraş” has “ş” (U+015F), which is no letter of this language: write “ș” (U+0219)"),
        ("de", "gro\u03b2e", "“groβe” has the Greek letter “β” (U+03B2) among Latin ones: write “ß” (U+00DF)"),
        (
            "de",
            "\uff2d\uff45nsch",
            "“Ｍｅnsch” has the fullwidth letter “Ｍ” (U+FF2D) among Latin ones: write “M” (U+004D)",
        ),
        ("en", "\u13a2own", "“Ꭲown” has the Cherokee letter “Ꭲ” (U+13A2) among Latin ones: write “T” (U+0054)"),
        ("ru", "Х\u006fджалы", "“Хoджалы” has the Latin letter “o” (U+006F) among Cyrillic ones: write “о” (U+043E)"),
        ("ru", "событ\u0456я", "“событія” has “і” (U+0456), which is no letter of this language: write “и” (U+0438)"),
        ("uk", "Укра\u0069на", "“Украiна” has the Latin letter “i” (U+0069) among Cyrillic ones: write “і” (U+0456)"),
        ("ru", "Прокурор CCCP", "“CCCP” is written in Latin letters that look like Cyrillic ones: write “СССР”"),
        ("ru", "Письмо c датой", "“c” is written in Latin letters that look like Cyrillic ones: write “с”"),
        ("ru", "O людях", "“O” is written in Latin letters that look like Cyrillic ones: write “О”"),
        (
            "tr",
            "26 \u041c\u0410\u0420\u0422",
            "“МАРТ” is written in Cyrillic letters that look like Latin ones: write “MAPT”",
        ),
        (
            "el",
            "A\u03b8\u03ae\u03bd\u03b1",
            "“Aθήνα” has the Latin letter “A” (U+0041) among Greek ones: write “Α” (U+0391)",
        ),
        ("hy", "o\u0580", "“oր” has the Latin letter “o” (U+006F) among Armenian ones: write “օ” (U+0585)"),
        ("fa", "كشته", "“كشته” has “ك” (U+0643), which is no letter of this language: write “ک” (U+06A9)"),
        ("fa", "زندگي", "“زندگي” has “ي” (U+064A), which is no letter of this language: write “ی” (U+06CC)"),
        ("fa", "۲۶ و ٢٦", "“٢” has “٢” (U+0662), which is no digit of this language: write “۲” (U+06F2)"),
        ("ar", "في المدینة", "“المدینة” has “ی” (U+06CC), which is no letter of this language: write “ي” (U+064A)"),
        ("ur", "شهر", "“شهر” has “ه” (U+0647), which is no letter of this language: write “ہ” (U+06C1)"),
        ("az-Arab", "كند", "“كند” has “ك” (U+0643), which is no letter of this language: write “ک” (U+06A9)"),
        ("fr", "e\u0301te\u0301", "“été” writes “é” as two characters (U+0065 U+0301): write “é” (U+00E9)"),
        ("az", "i\u0307nsan", "“i̇nsan” writes “i” as two characters (U+0069 U+0307): write “i” (U+0069)"),
        ("ru", "\u0438\u0306од", "“йод” writes “й” as two characters (U+0438 U+0306): write “й” (U+0439)"),
    ],
)
def test_a_letter_that_only_looks_right_is_found(tag, text, found):
    message, hint = letters(tag, text)[0]
    assert unicodedata.normalize("NFC", f"{message}: {hint}") == found


@pytest.mark.parametrize(
    ("tag", "source", "text"),
    [
        ("ru", "", "XX век, IX-й и XII–XIV века, Карл X"),
        ("ru", "", "Wi-Fi-сеть, web-сайт, X-лучи, SMS-ки, IT-отдел"),
        ("ru", "HRW, CO2, HR 171", "HRW, CO2, HR 171"),
        ("ru", "vitamin C, group B, axis x", "витамин C и группа B, ось x"),
        ("ru", "", "пункты a) и c)"),
        ("ru", "", "Миръ и война; всѣ люди"),
        ("ru", "", 'Город <span lang="az">Xocalı</span> и <span lang="uk">Київ і Львів</span>'),
        ("ru", "", "Адрес: info@example.org, https://CCCP.org/xa, `cоde`"),
        ("ru", "", "Для этого: {name} и %(name)s"),
        ("az", "", 'Rusca <span lang="ru">СССР</span> yazılır'),
        ("az", "", "HRW-nin, BMT-yə, 1992-ci, Wi-Fi-ın"),
        ("az", "", "Kızılcahamam, Şuşa, Jägerstraße, Ploiești"),
        ("de", "", "Kızılcahamam, İstanbul, Həsənabad, Škoda, Fußgänger"),
        ("ro", "", "Şuşa și Ağdaş"),
        ("en", "", "5 μm, 3 kΩ, β-carotene, naïve café"),
        ("ru", "", "10 кВт, 5 км², № 7, 25-й"),
        ("fa", "", "خوجالی Khojali، صلاةُ، هـ، ۲۶ فوریهٔ ۱۹۹۲، می‌شود، بسم الله الرحمن الرحيم"),
        ("fa", "", '<span lang="ar">في ١٩٩٢</span>'),
        ("ar", "", "في مدينة خوجالي، ١٩٩٢، كتاب"),
        ("he", "", "חוג׳לי, 1992, שָׁלוֹם"),
        ("hy", "", "Խոջալուի արյունահեղություն"),
        ("ka", "", "ხოჯალი 1992"),
        ("zh", "", "１９９２年 ＡＢＣ 霍贾利"),
    ],
)  # fmt: skip
def test_letters_that_belong_there_are_not_questioned(tag, source, text):
    assert letters(tag, text, source) == []


def test_a_letter_is_told_once_for_a_text():
    assert len(letters("fa", "كتاب كوچك كشور")) == 1


# --- copies of the source --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("az", "The people who were killed had names."),
        ("de", "not seen"),
        ("fr", "What happened in [the town](town.md)?"),
        ("tr", "Read in a copy."),
        ("ru", "massacre"),
        ("fa", "genocide, in reports"),
    ],
)
def test_a_text_that_is_not_translated_is_found(tag, text):
    assert len(copies(tag, text)) == 1


def test_a_copy_is_known_in_other_punctuation_and_spacing():
    assert len(copies("de", "as cited elsewhere", "as  cited elsewhere.")) == 1


def test_a_source_in_another_language_is_known_too():
    assert len(copies("en", "Сколько людей погибло?", source_tag="ru")) == 1
    assert len(copies("fa", "Xocalıda öldürülən insanların adları vardı", source_tag="az")) == 1


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "September 1992"),
        ("fr", "Sources"),
        ("fr", "massacre"),
        ("fr", "Date"),
        ("tr", "Video, Radio"),
        ("ru", "HRW"),
        ("ru", "–"),
        ("ru", "Thomas de Waal"),
        ("fa", "Azernews: azernews.az/nation/50273.html"),
        ("ru", "Today.az, 2020."),
        ("az", "*Glossary of Hate Speech in the Media of Armenia and Azerbaijan*."),
        ("ru", '<span lang="de">Für Toleranz, Frieden und Demokratie</span>'),
        ("fa", "A/59/713–S/2005/125"),
        ("ru", "[@hrw-1992, p. 12]"),
        ("fr", "Human Rights Watch/Helsinki"),
        ("en-GB", "The people who were killed had names."),
    ],
)
def test_what_is_the_same_in_both_languages_is_not_questioned(tag, text):
    assert copies(tag, text) == []


def test_near_languages_may_share_a_phrase():
    assert copies("tr", "ana dili və ya", "ana dili və ya", "az") == []
    assert copies("uk", "про мову", "про мову", "ru") == []


# --- doubled words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "text", "word"),
    [
        ("en", "in the the town", "the"),
        ("az", "qadınlar və və uşaqlar", "və"),
        ("az", "Bu bu kitabça", "Bu"),
        ("az", "burada öldürülən öldürülən insanlar", "öldürülən"),
        ("tr", "kadınlar ve\nve çocuklar", "ve"),
        ("ru", "о том, что что произошло", "что"),
        ("de", "und und die Toten", "und"),
        ("fr", "de la la ville", "la"),
        ("fa", "از از شهر", "از"),
        ("fa", "شهر و و روستا", "و"),
        ("ar", "في في المدينة", "في"),
        ("uk", "про про місто", "про"),
        ("el", "και και", "και"),
    ],
)
def test_a_word_behind_itself_is_found(tag, text, word):
    assert doubles(tag, text) == [f"“{word}” stands twice in a row"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("az", "tez-tez, yavaş yavaş, bir bir, ağır ağır, xırda xırda, Ağ Ağ"),
        ("tr", "yavaş yavaş, ev ev, ikişer ikişer"),
        ("ru", "чуть-чуть; да да; что, что; очень очень; «нет». Нет"),
        ("de", "die, die die Stadt nahmen; Baden Baden; dass sie sie sahen"),
        ("en", "what he had had; that that is; 12 12; Baden Baden"),
        ("fr", "nous nous souvenons; vous vous taisez"),
        ("fa", "گاه گاه، آرام آرام، دوتا دوتا"),
        ("ar", "رويدا رويدا"),
        ("az", "Onlar öldü. Öldü deyirlər"),
        ("az", "öldü  \nöldü"),
        ("vi", "xa xa"),
        ("ru", "то `то` то"),
        ("de", 'mit <span lang="az">mit</span>'),
    ],
)
def test_words_that_are_meant_twice_are_not_questioned(tag, text):
    assert doubles(tag, text) == []


def test_what_the_source_doubles_may_be_doubled():
    assert doubles("fr", "très là là", "there there") == []


# --- whatever is in a catalog ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["a\u0301" * 10_000, "аa " * 6_000, "the " * 5_000, "ك" * 20_000, "`" * 20_000, "<span " * 3_000, "*a" * 9_000],
)
def test_hostile_text_is_read_to_its_end(text):
    for check in (mixed_script, copied_source, doubled_word):
        list(check(pair("fa", "the words", text)))
        list(check(pair("az", text, text)))
