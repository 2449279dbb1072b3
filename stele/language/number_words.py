"""Words of a language in, the numbers that they name out: cardinals and ordinals in every case, joined or apart.

Words for which no list is kept name nothing. Sources of the forms: Зализняк, Грамматический словарь; Duden; Grevisse,
Le Bon Usage; Türk Dil Kurumu; language.az; فرهنگستان, دستور خط فارسی.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a number. `scale` multiplies what stands before it; `loose` words often mean something else."""

    value: int | Fraction
    ordinal: bool = False
    scale: bool = False
    loose: bool = False


Lookup = Callable[[str], Part | None]

# Words between the parts of a number: twenty-one is "vingt et un".
CONNECTORS = {"en": "and", "fr": "et", "fa": "و"}

# What adds a half to the number before it, and what multiplies digits before it in short.
HALVES = {
    "en": r"\s+and\s+a\s+half\b",
    "az": r"\s+yarım\b",
    "ru": r"\s+с\s+половиной\b",
    "tr": r"\s+buçuk",
    "fr": r"\s+et\s+demie?\b",
    "fa": r"\s+و\s+نیم\b",
}
_SHORT_SCALES = {
    "тыс": 10**3, "млн": 10**6, "млрд": 10**9, "mln": 10**6, "mlrd": 10**9, "mlyn": 10**6, "mio": 10**6,
    "mrd": 10**9, "tsd": 10**3, "bn": 10**9,
}  # fmt: skip

_LISTS = {
    "en": """
        0? zero | 1? one once | 2 two both twice | 2? pair couple | 3 three thrice | 4 four | 5 five | 6 six
        7 seven | 8 eight | 9 nine | 10 ten | 10? decade | 11 eleven | 12 twelve | 12? dozen | 13 thirteen
        14 fourteen | 14? fortnight | 15 fifteen | 16 sixteen | 17 seventeen | 18 eighteen | 19 nineteen
        20 twenty | 20? twenties | 30 thirty | 30? thirties | 40 forty | 40? forties | 50 fifty | 50? fifties
        60 sixty | 60? sixties | 70 seventy | 70? seventies | 80 eighty | 80? eighties | 90 ninety | 90? nineties
        100? century | 100* hundred | 1000* thousand | 1000000* million millions | 1000000000* billion billions
        1. first | 2. second | 3. third | 4. fourth | 5. fifth | 6. sixth | 7. seventh | 8. eighth | 9. ninth
        10. tenth | 11. eleventh | 12. twelfth | 13. thirteenth | 14. fourteenth | 15. fifteenth | 16. sixteenth
        17. seventeenth | 18. eighteenth | 19. nineteenth | 20. twentieth | 30. thirtieth | 40. fortieth
        50. fiftieth | 60. sixtieth | 70. seventieth | 80. eightieth | 90. ninetieth | 100. hundredth
        1000. thousandth""",
    "fr": """
        0? zéro | 1? un une | 2 deux | 3 trois | 4 quatre | 5 cinq | 6 six | 7 sept | 8 huit | 9? neuf | 10 dix
        10? dizaine décennie | 11 onze | 12 douze | 12? douzaine | 13 treize | 14 quatorze | 15 quinze
        15? quinzaine | 16 seize | 20 vingt vingts | 20? vingtaine | 30 trente | 30? trentaine | 40 quarante
        40? quarantaine | 50 cinquante | 50? cinquantaine | 60 soixante | 60? soixantaine | 70 septante
        80 octante huitante | 90 nonante | 100* cent cents | 100? centaine siècle | 1000* mille | 1000? millier
        1000000* million millions | 1000000000* milliard milliards | 1. premier première premiers premières unième
        2. second seconde deuxième | 3. troisième | 4. quatrième | 5. cinquième | 6. sixième | 7. septième
        8. huitième | 9. neuvième | 10. dixième | 11. onzième | 12. douzième | 13. treizième | 14. quatorzième
        15. quinzième | 16. seizième | 20. vingtième | 30. trentième | 40. quarantième | 50. cinquantième
        60. soixantième | 100. centième | 1000. millième""",
    "fa": """
        0? صفر | 1? یک | 2 دو | 2? دوتا دوبار | 3 سه | 4 چهار | 5 پنج | 6 شش | 7 هفت | 8 هشت | 9? نه | 10? ده دهه
        11 یازده | 12 دوازده | 13 سیزده | 14 چهارده | 15 پانزده | 16 شانزده | 17 هفده | 18 هجده هیجده | 19 نوزده
        20 بیست | 30 سی | 40 چهل | 50 پنجاه | 60 شصت | 70 هفتاد | 80 هشتاد | 90 نود | 100* صد | 100? سده قرن
        200 دویست | 300 سیصد | 400 چهارصد | 500 پانصد | 600 ششصد | 700 هفتصد | 800 هشتصد | 900 نهصد | 1000* هزار
        1000000* میلیون | 1000000000* میلیارد | 1. اول نخست اولین نخستین یکم یکمین | 2. دوم دومین | 3. سوم سومین
        4. چهارم چهارمین | 5. پنجم پنجمین | 6. ششم ششمین | 7. هفتم هفتمین | 8. هشتم هشتمین | 9. نهم نهمین
        10. دهم دهمین | 11. یازدهم یازدهمین | 12. دوازدهم دوازدهمین | 13. سیزدهم سیزدهمین | 14. چهاردهم چهاردهمین
        15. پانزدهم پانزدهمین | 16. شانزدهم شانزدهمین | 17. هفدهم هفدهمین | 18. هجدهم هجدهمین
        19. نوزدهم نوزدهمین | 20. بیستم بیستمین | 40. چهلم چهلمین | 50. پنجاهم پنجاهمین | 60. شصتم شصتمین
        70. هفتادم هفتادمین | 80. هشتادم هشتادمین | 90. نودم نودمین | 100. صدم صدمین | 1000. هزارم هزارمین""",
    "ru": """
        0? ноль нуль ноля нуля | 1? один одна одно одни одного одной одних одному одним одну одном одними
        2 два две двух двум двумя двое двоих двоим двоими оба обе обоих обеих обоим обеим обоими обеими дважды
        3 три трех трем тремя трое троих троим троими трижды | 4 четыре четырех четырем четырьмя четверо четверых
        5 пять пяти пятью пятеро пятерых | 6 шесть шести шестью шестеро шестерых
        7 семь семи семью семеро семерых | 8 восемь восьми восемью восьмью | 9 девять девяти девятью
        10 десять десяти десятью
        10? десяток десятка десятилетие десятилетия десятилетий десятилетию десятилетием
        12? дюжина дюжины дюжину | 11 одиннадцат~ | 12 двенадцат~ | 13 тринадцат~ | 14 четырнадцат~
        15 пятнадцат~ | 16 шестнадцат~ | 17 семнадцат~ | 18 восемнадцат~ | 19 девятнадцат~ | 20 двадцат~
        30 тридцат~ | 40 сорок сорока | 50 пятьдесят пятидесяти пятьюдесятью
        60 шестьдесят шестидесяти шестьюдесятью | 70 семьдесят семидесяти семьюдесятью
        80 восемьдесят восьмидесяти восемьюдесятью | 90 девяносто девяноста | 100 сто ста
        100? сотня сотню сотней век века веков веку веке веком столетие столетия столетий
        200 двести двухсот двумстам двумястами двухстах | 300 триста трехсот тремстам тремястами трехстах
        400 четыреста четырехсот четыремстам четырьмястами четырехстах
        500 пятьсот пятисот пятистам пятьюстами пятистах | 600 шестьсот шестисот шестистам шестьюстами шестистах
        700 семьсот семисот семистам семьюстами семистах
        800 восемьсот восьмисот восьмистам восемьюстами восьмистах
        900 девятьсот девятисот девятистам девятьюстами девятистах
        1000* тысяча тысячу тысячей тысячью тысячи тысяч тысяче тысячам тысячами тысячах
        1000000* миллион миллиона миллионов миллиону миллионам миллионом миллионами миллионах миллионе
        1000000000* миллиард миллиарда миллиардов миллиарду миллиардом | 1.5 полтора полторы полутора | 1. перв^
        2. втор^ | 3. третий третья третье третьего третьей третьему третьим
        3. третьем третью третьи третьих третьими | 4. четверт^ | 5. пят^ | 6. шест^ | 7. седьм^ | 8. восьм^
        9. девят^ | 10. десят^ | 11. одиннадцат^ | 12. двенадцат^ | 13. тринадцат^ | 14. четырнадцат^
        15. пятнадцат^ | 16. шестнадцат^ | 17. семнадцат^ | 18. восемнадцат^ | 19. девятнадцат^ | 20. двадцат^
        30. тридцат^ | 40. сороков^ | 50. пятидесят^ | 60. шестидесят^ | 70. семидесят^ | 80. восьмидесят^
        90. девяност^ | 100. сот^ | 200. двухсот^ | 300. трехсот^ | 1000. тысячн^""",
    "az": """
        0? sıfır | 1? bir | 2 iki | 3 üç üçü üçər | 4 dörd | 5 beş | 6? altı | 7 yeddi | 8 səkkiz | 9 doqquz | 10 on
        10? onillik onilliyi onilliyin onillikdə | 12? düzinə | 20 iyirmi | 30 otuz | 40 qırx | 50 əlli
        60 altmış | 70 yetmiş | 80 səksən | 90 doxsan | 100* yüz | 100? əsr əsrin əsrdə əsri | 1000* min
        1000000* milyon | 1000000000* milyard""",
    "tr": """
        0? sıfır | 1? bir | 2 iki | 3 üç üçü üçer | 4 dört | 5 beş | 6? altı | 7 yedi | 8 sekiz | 9 dokuz | 10 on
        12? düzine | 20 yirmi | 30 otuz | 40 kırk | 50 elli | 60 altmış | 70 yetmiş | 80 seksen | 90 doksan
        100* yüz | 100? yüzyıl yüzyılın yüzyılda yüzyılı asır | 1000* bin | 1000000* milyon | 1000000000* milyar""",
}  # fmt: skip
# What the lists leave to be added to a stem: cases of a numeral, endings of an adjective.
_ENDINGS = {
    "~": ("ь", "и", "ью"),
    "^": ("ый", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ою", "ых", "ыми"),
}

# Endings of a Turkic numeral. With one of the second kind, some are as a rule another word: for, under, him, face.
_ORDINAL = re.compile(r"[ıiuü]?nc[ıiuü]\w{0,6}")
_CASE = re.compile(r"s?[ıiuü](?:n?(?:[dt][aəe]n?|[aəe]|[ıiuü]n?))?|[dt][aəe]n?|y?[aəe]|n[ıiuü]n|ş?[aəe]r")
_ENDLESS = frozenset({"on", "üç", "altı", "yüz", "min", "bin", "elli", "bir"})
_SOFTENED = {"dörd": "dört"}
_LONGEST_TURKIC = 18
_TO_LATIN = str.maketrans("абҹчдеәфҝғһхыижкглмноөпрсштуүвјз", "abcçdeəfgğhxıijkqlmnoöprsştuüvyz")
_PERSIAN = str.maketrans("يك", "یک")


@cache
def lookup(tag: str) -> Lookup | None:
    """Return what finds the number that a lower-case word of the language names, None where no list is kept."""
    language, _, script = tag.partition("-")
    if language == "de":
        return _german
    if language not in _LISTS or script[:4] == "Arab":
        return None
    words = _words(language)
    if language in ("az", "tr"):
        return lambda word: _turkic(word.translate(_TO_LATIN) if script[:4] == "Cyrl" else word, words)
    if language == "ru":
        return lambda word: _russian(word.replace("ё", "е"), words)
    return lambda word: words.get(word.translate(_PERSIAN))


@lru_cache(maxsize=16_384)
def scale_of(word: str, tag: str) -> int:
    """Return by how much the lower-case `word` multiplies the digits before it, 1 where it does not."""
    find = lookup(tag)
    part = find(word) if find else None
    return int(part.value) if part and part.scale else _SHORT_SCALES.get(word, 1)


@cache
def _words(language: str) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for item in re.split(r"[|\n]", _LISTS[language]):
        if not item.strip():
            continue
        number, *forms = item.split()
        value = Fraction(number.rstrip(".?*"))
        exact = value.numerator if value.denominator == 1 else value  # whole numbers are added many times as fast
        part = Part(exact, number.endswith("."), number.endswith("*"), number.endswith("?"))
        for form in forms:
            endings = _ENDINGS.get(form[-1], [""])
            found |= {form.rstrip("~^") + ending: part for ending in endings}
    return found


_RUSSIAN_UNITS = "лет|дн|недел|месяч|час|минут|кратн|сторон|этаж|процент|километр|тысяч"
_RUSSIAN_COMPOUND = re.compile(rf"(\w{{3,20}}?)(?:{_RUSSIAN_UNITS})\w{{0,9}}")
_TURKIC_COMPOUND = re.compile(r"(\w{2,9}?)(?:il|yıl|gün|ay|saat|həftə|hafta)l[ıiuü][kğy]\w{0,6}")


def _russian(word: str, words: dict[str, Part]) -> Part | None:
    """Return the number that a word of Russian names, or that it is joined to: двадцатипятилетие."""
    found = None if word in words else _RUSSIAN_COMPOUND.fullmatch(word)
    if not found:
        return words.get(word)
    joined = found[1]
    for cut in (len(joined), *range(3, len(joined) - 2)):
        parts = [words.get(piece) for piece in (joined[:cut], joined[cut:]) if piece]
        if all(part and not part.loose for part in parts):
            return Part(sum(part.value for part in parts if part), loose=True)
    return None


def _turkic(word: str, words: dict[str, Part]) -> Part | None:
    """Return the number that a word of Azerbaijani or Turkish names: a numeral, with an ending or without."""
    if word in words or len(word) > _LONGEST_TURKIC:
        return words.get(word)
    for cut in range(len(word) - 1, 1, -1):
        stem, ending = word[:cut], word[cut:]
        part = words.get(stem) or words.get(_SOFTENED.get(stem, ""))
        if part and _ORDINAL.fullmatch(ending):
            return Part(part.value, ordinal=True)
        if part and not part.loose and stem not in _ENDLESS and _CASE.fullmatch(ending):
            return part
    found = _TURKIC_COMPOUND.fullmatch(word)
    part = words.get(found[1]) if found else None
    return Part(part.value, loose=True) if part else None


# --- German -------------------------------------------------------------------------------------------------------

_UNITS = {
    "ein": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
}  # fmt: skip
_TEENS = {
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_UNIT, _TEEN, _TEN = "|".join(_UNITS), "|".join((*_TEENS, *_UNITS)), "|".join(_TENS)
# Below a thousand: hundreds, units before tens, or what stands alone.
_HUNDRED = (
    rf"(?:(?P<h{{0}}>{_TEEN})?(?P<H{{0}}>hundert)(?:und(?!e))?)?"
    rf"(?:(?:(?P<u{{0}}>{_UNIT})und)?(?P<z{{0}}>{_TEN})|(?P<e{{0}}>{_TEEN}))?"
)
_GERMAN = re.compile(
    rf"(?=.)(?:{_HUNDRED.format(1)}(?P<thousand>tausend)(?:und)?)?{_HUNDRED.format(2)}"
    r"(?P<ending>(?:s?te[nmrs]?)|e[nmr]?|er|s|mal|fach\w{0,2}|jährig\w{0,2}|tägig\w{0,2}|stündig\w{0,2})?"
)
_GERMAN_LIST = {
    "null": Part(0, loose=True),
    "erste": Part(1, ordinal=True),
    "dritte": Part(3, ordinal=True),
    "siebte": Part(7, ordinal=True),
    "achte": Part(8, ordinal=True, loose=True),
    "acht": Part(8, loose=True),
    "beide": Part(2),
    "anderthalb": Part(Fraction(3, 2)),
    "dutzend": Part(12, loose=True),
    "jahrzehnt": Part(10, loose=True),
    "jahrhundert": Part(100, loose=True),
    "million": Part(10**6, scale=True),
    "millionen": Part(10**6, scale=True),
    "milliarde": Part(10**9, scale=True),
    "milliarden": Part(10**9, scale=True),
    "tausend": Part(1000, scale=True),
    "hundert": Part(100, scale=True),
}
_LONGEST_GERMAN = 60


def _german(word: str) -> Part | None:
    """Return the number that a word of German names; all its parts below a million are written as one word."""
    listed = _GERMAN_LIST.get(word) or _GERMAN_LIST.get(word[:-1] if word[-1:] in "nmrs" else "")
    if listed or len(word) > _LONGEST_GERMAN or word.startswith(("hunderte", "tausende")):
        return listed
    if word.endswith("einhalb"):
        whole = _german(word.removesuffix("einhalb") or "ein")
        return Part(whole.value + Fraction(1, 2)) if whole else None
    found = _GERMAN.fullmatch(word)
    if not found or found[0] == (found["ending"] or ""):
        return None
    value = _below_thousand(found, 2) + 1000 * (_below_thousand(found, 1) or 1) * (found["thousand"] is not None)
    ending = found["ending"] or ""
    return Part(value, ordinal="te" in ending, loose=value == 1 or len(ending) > 4)


def _below_thousand(found: re.Match[str], index: int) -> int:
    units = _UNITS | _TEENS
    hundreds = units.get(found[f"h{index}"] or "ein", 1) if found[f"H{index}"] else 0
    rest = found[f"e{index}"]
    return (
        100 * hundreds
        + (units[rest] if rest else 0)
        + _TENS.get(found[f"z{index}"], 0)
        + _UNITS.get(found[f"u{index}"], 0)
    )
