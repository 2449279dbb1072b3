"""A language in, a pattern that finds its months in every grammatical case and spelling out."""

from __future__ import annotations

import re
from functools import cache

from stele.language.casing import folded
from stele.language.cldr import month
from stele.language.locales import find

# January to December, one group for each month; `{e}` stands for the endings of the language.
_NAMES = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept?"
    " october|oct november|nov december|dec",
    "az": "yanvar fevral|fev mart aprel|apr may iyun|iyn iyul|iyl avqust|avq sentyabr|sen oktyabr|okt noyabr|noy"
    " dekabr|dek",
    "tr": "ocak|ocağ|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki"
    " kasım|kas aralık|aralığ|ara",
    "ru": "январ|янв феврал|февр? март|мар апрел|апр ма июн июл август|авг сентябр|сент? октябр|окт ноябр|нояб?"
    " декабр|дек",
    "de": "januar|jänner|jän|jan februar|feber|feb märz|mär april|apr mai juni|juno|jun juli|jul august|aug"
    " september|sept? oktober|okt november|nov dezember|dez",
    "fr": "janvier|janv février|fevrier|févr mars avril|avr mai juin juillet|juil août|aout septembre|sept octobre|oct"
    " novembre|nov décembre|decembre|déc",
    "fa": "ژانویه|جنوری فوریه|فبروری مارس|مارچ آوریل|اوریل|اپریل مه|مای|می(?=.[0-9]{4}) ژوئن|ژوين|ژوئین|جون"
    " ژوئیه|ژوییه|جولای اوت|آگوست|اگوست|اگست سپتامبر|سپتمبر اکتبر|اکتوبر نوامبر|نومبر دسامبر|دسمبر",
    "ar": "يناير|كانون.الثاني|جانفي فبراير|شباط|فيفري مارس|آذار|اذار [أا]بريل|نيسان|أفريل مايو|[أا]يار|ماي"
    " يونيو|حزيران|جوان يوليو|تموز|جويلية [أا]غسطس|آب|أوت سبتمبر|[أا]يلول [أا]كتوبر|تشرين.ال[أا]ول"
    " نوفمبر|تشرين.الثاني ديسمبر|كانون.ال[أا]ول",
}
# The months of the Persian year, which begins in March.
_SOLAR = "فروردین اردیبهشت خرداد تیر مرداد|امرداد شهریور مهر آبان آذر دی بهمن اسفند"
_TURKIC_ENDINGS = (
    "(?:[’']?(?:[ıiuü]n?(?:[dt][aəe]n?(?:k[ıi])?|[aəe]|[ıiuü]n)?|[dt][aəe]n?(?:k[ıi])?"
    "|[aəe]|l[ıiuü]|d[ıiuü]r|lar[ıi]?))?"
)
_ENDINGS = {
    "en": "(?:[’']s)?",
    "az": _TURKIC_ENDINGS,
    "tr": _TURKIC_ENDINGS,
    "ru": "(?:[ьйяюеуаы]|[еоь]м|[её]м|(?:ь|ов|й)?ск[а-я]{1,4})?",
    "de": "(?:e?s)?",
    "fr": "",
    "fa": "(?:\u0654|ء|\u200cی|ی)?",
    "ar": "",
}
_CYRILLIC = str.maketrans("abcçdeəfgğhxıijkqlmnoöprsştuüvyz", "абҹчдеәфҝғһхыижкглмноөпрсштуүвјз")
_JOINED_BEFORE = {"ar": "(?:[وفب]|لل?)?", "he": "[בלהומ]{0,2}"}
# Months whose names are ordinary words as well: without a number beside them they are not taken for months.
_AMBIGUOUS = frozenset({"march", "mars", "marta", "марта", "марте", "март", "ocak", "ekim", "kasım", "aralık", "eylül"})
_SHORTEST_SURE = 5
# What does not stand in every form of a month: what may be missing, one of several letters, what is only looked at.
_UNSURE = re.compile(r"\(\?[^()]*\)|\[[^\]]*\]|\\?.\?|\\.|\.")
_CAPITALS = frozenset({"en", "de"})


@cache
def months(tag: str) -> re.Pattern[str]:
    """Return the pattern of the months of the language, to search in lower case; groups ``m1`` to ``m12``.

    Persian has groups ``s1`` to ``s12`` for its own calendar too.
    """
    language, names, endings = _spelled(tag)
    groups = [f"(?P<m{number}>{name})" for number, name in enumerate(names, 1)]
    pattern = f"(?:{'|'.join(groups)}){endings}"
    if language == "fa":
        solar = [f"(?P<s{number}>{name})" for number, name in enumerate(_SOLAR.split(), 1)]
        pattern = f"(?:{pattern}|(?:{'|'.join(solar)}))"
    return re.compile(rf"(?<![^\W\d_]){_JOINED_BEFORE.get(language, '')}{pattern}(?![\w\u200c\u064b-\u0655])")


@cache
def held_by_months(tag: str) -> tuple[str, ...]:
    """Return letters of which each form of a month holds some: to see at a glance that a text has none."""
    language, names, _ = _spelled(tag)
    spellings = "|".join([*names, *(_SOLAR.split() if language == "fa" else ())])
    sure = {max(_UNSURE.split(each), key=len) for each in re.sub(r"\(\?:[^()]*\)", ".", spellings).split("|")}
    return tuple(sorted(part for part in sure if not any(other in part for other in sure - {part})))


def _spelled(tag: str) -> tuple[str, list[str], str]:
    """Return the language whose months are those of a tag, the pattern of each without endings, and that of endings."""
    language, _, script = tag.partition("-")
    if language == "az" and script[:4] == "Arab":
        return "fa", _NAMES["fa"].split(), _ENDINGS["fa"]
    names, endings = _names(language), _ENDINGS.get(language, r"\w{0,6}")
    if language == "az" and script[:4] == "Cyrl":
        return language, [_cyrillic(name) for name in names], endings.translate(_CYRILLIC)
    return language, names, endings


def inflects_months(tag: str) -> bool:
    """Say whether all forms of the months are known, and not only those that CLDR lists."""
    return tag.partition("-")[0] in _NAMES


def is_surely_a_month(word: str, tag: str) -> bool:
    """Say whether `word`, as it stands in the text, can only be the name of a month, even with no number beside it."""
    language = tag.partition("-")[0]
    if language not in _NAMES or (language in _CAPITALS and not word[:1].isupper()):
        return False
    return len(word) >= _SHORTEST_SURE and folded(word) not in _AMBIGUOUS


def _cyrillic(names: str) -> str:
    # The spelling of before 1958 has я and ю: январ, июн.
    return names.translate(_CYRILLIC).replace("ја", "(?:ја|я)").replace("ју", "(?:ју|ю)")


def _names(language: str) -> list[str]:
    if language in _NAMES:
        return _NAMES[language].split()
    if find(language) is None:
        return [r"(?!)"] * 12
    return [_of_cldr(month(number, language), month(number, language, alone=True)) for number in range(1, 13)]


def _of_cldr(name: str, alone: str) -> str:
    """Return a pattern of the beginning that all forms of a month share."""
    words = [folded(name).split()[-1], folded(alone)]
    return "|".join(re.escape(word[: max(4, len(word) - 3)]) for word in words)
