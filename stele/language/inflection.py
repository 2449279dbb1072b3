"""A name or term and its language in, a pattern that finds it in any of its inflections out.

Names are exact: letter by letter up to an ending that the language has. Terms are loose: a stem and what may follow it.
Every pattern is linear: alternatives and bounded runs, never a run within a run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache

from stele.language.casing import capitalize, lower, upper

# What belongs to a word besides letters and digits: combining marks, and the joiner inside Persian words.
# Not in one set: to compile one of several runs of letters takes longer than the rest of a name.
_MARKS = ("[\u0300-\u036f]", "\u0654", "\u200c")
_MARKED = re.compile("|".join(_MARKS))
_LETTER = r"[^\W\d_]"
_CAPITAL = "[A-ZÀ-ÖØ-ÞĞİŞƏА-ЯЁІЇЄҒҜҮҸҺӘӨ]"
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_PIECE = re.compile(r"[^\s-]+|[\s-]+")
# The letters that a pattern begins with, as `re.escape` writes them, but for one that may be missing.
_LITERAL = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\\W)*(?![*?{])")
_ESCAPED = re.compile(r"\\(\W)")

_Words = Callable[[str, bool], str]


def inflected(form: str, tag: str) -> re.Pattern[str]:
    """Return a pattern for the name `form` as whole words: exact, its first letter a capital, or all in capitals."""
    return _inflected(form, tag, shouted=True, marked=True)


def inflected_in(text: str, form: str, tag: str) -> re.Pattern[str]:
    """Return a pattern that finds in `text` what that of `inflected` finds there.

    Few texts have a name in capitals, and to compile these takes longer than all the rest; few have a mark of their own
    behind a letter.
    """
    return _inflected(form, tag, shouted=upper(form, tag) in text, marked=_is_marked(text))


@lru_cache(maxsize=256)
def _is_marked(text: str) -> bool:
    return _MARKED.search(text) is not None


@lru_cache(maxsize=50_000)
def _inflected(form: str, tag: str, *, shouted: bool, marked: bool) -> re.Pattern[str]:
    spellings = [_joined(item, tag, _names(tag)) for item in dict.fromkeys((form, capitalize(form, tag)))]
    if shouted and not form.isupper() and upper(form, tag) != form:
        spellings.append(rf"{re.escape(upper(form, tag))}{_CAPITAL}{{0,6}}")
    return _bounded(spellings, tag, _MARKS if marked else ())


@lru_cache(maxsize=50_000)
def related(form: str, tag: str) -> re.Pattern[str]:
    """Return a pattern for the term `form`, to search in a text in lower case.

    Up to two other words may stand between those of the term.
    """
    words = [_terms(tag)(word, True) for word in re.split(r"[\s-]+", lower(form, tag)) if word]
    return _bounded([r"(?:\W+\w+){0,2}?\W+".join(words)], tag, _MARKS)


@lru_cache(maxsize=50_000)
def stem(form: str, tag: str) -> str:
    """Return what every inflection of `form` holds, in lower case: to see at a glance that a text has none."""
    word = re.split(r"[\s-]", lower(form, tag).removeprefix("ال"))[0]
    return word[: max(1, min(len(word) - 3, 4))]


@lru_cache(maxsize=50_000)
def certain(form: str, tag: str, *, loose: bool = False) -> tuple[str, ...]:
    """Return what every inflection of a name holds in lower case, or of a term if it is `loose`, the longest first.

    It tells more than the stem does: as much of each word as is never changed.
    """
    if loose:
        patterns = [_terms(tag)(word, True) for word in re.split(r"[\s-]+", lower(form, tag)) if word]
    else:
        patterns = [_names(tag)(piece, is_last) for piece, is_last in _pieces(form, tag) if piece.strip(" -")]
    found = {lower(_ESCAPED.sub(r"\1", _LITERAL.match(pattern)[0]), tag) for pattern in patterns}  # type: ignore[index]
    sure = found if loose else {_kept_in_capitals(part, tag) for part in found}
    return tuple(sorted(sure or {""}, key=lambda part: (-len(part), part)))


def _kept_in_capitals(text: str, tag: str) -> str:
    """Return as much of a text as is the same again when capitals are put in lower case: up to ß, և, or a last ς."""
    while text and (lower(upper(text, tag), tag) != text or text.endswith("ς")):
        text = text[:-1]
    return text


def _bounded(spellings: Collection[str], tag: str, marks: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of any of `spellings` as whole words, where the language parts its words.

    What belongs to a word are letters, digits and `marks`.
    """
    if tag.partition("-")[0] in _UNSPACED:
        return re.compile("|".join(spellings))
    of_a_word = (r"\w", *marks)
    start, end = ("".join(f"({side}{each})" for each in of_a_word) for side in ("?<!", "?!"))
    if prefixes := _prefixes(tag):
        return re.compile(rf"{start}{prefixes}(?:{'|'.join(spellings)}){end}")
    return re.compile(begun(spellings, of_a_word) + end)


def begun(spellings: Collection[str], others: Collection[str] = (r"\w",)) -> str:
    """Return the pattern of any of `spellings`, none of which begins behind any of the `others`.

    That is asked behind their first letters, if they have such: a search goes from one to the next without a halt.
    """
    if not all(spelling[:1].isalnum() for spelling in spellings):
        return f"{''.join(f'(?<!{other})' for other in others)}(?:{'|'.join(spellings)})"
    asked = "".join(f"(?<!{other}.)" for other in others)
    rests: dict[str, list[str]] = {}
    for spelling in spellings:
        rests.setdefault(spelling[0], []).append(spelling[1:])
    ways = (f"{letter}{asked}(?:{'|'.join(rest)})" for letter, rest in rests.items())
    return f"(?:{'|'.join(ways)})"


def _joined(form: str, tag: str, words: _Words) -> str:
    """Return the pattern of all words of `form`, with the spaces and hyphens between them."""
    return "".join(
        words(piece, is_last) if piece.strip(" -") else (r"\s{1,3}" if piece.isspace() else "[-\u2010\u2011]")
        for piece, is_last in _pieces(form, tag)
    )


def _pieces(form: str, tag: str) -> list[tuple[str, bool]]:
    """Return words, and what stands between them, each with whether it is the last."""
    pieces = _PIECE.findall(form.removeprefix("ال") if tag.partition("-")[0] == "ar" else form)
    return [(piece, index == len(pieces) - 1) for index, piece in enumerate(pieces)]


def _prefixes(tag: str) -> str:
    """Return what some languages write together with the word that follows: and, in, to, from, the."""
    prefixes = {"ar": "[وف]?(?:[بكل]?ال|لل|[بكل])?", "he": "[והבלמשכ]{0,3}"}
    return prefixes.get(tag.partition("-")[0], "")


def _names(tag: str) -> _Words:
    language, _, script = tag.partition("-")
    if language in ("az", "tr", "tk", "gag", "crh"):
        return {"Cyrl": _turkic_cyrillic, "Arab": _arabic_turkic}.get(script, _turkic)
    own = {"ru": _russian, "de": _german, "fr": _french, "fa": _persian, "ar": _arabic, "he": _exact, "ka": _georgian}
    if language in own:
        return own[language]
    if language in _AGGLUTINATING:
        return _with_endings
    return _with_changing_end if language in _INFLECTING else _with_s


# Languages whose names take endings: behind the whole word, or in place of its last vowel.
_AGGLUTINATING = frozenset({"hy", "hu", "fi", "et", "kk", "ky", "uz", "tt", "ba", "mn", "ko", "eu", "ku", "ckb", "ug"})
_INFLECTING = frozenset(
    {"uk", "be", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "mk", "bg", "lv", "lt", "el", "ro", "sq"}
)


def _exact(word: str, _last: bool) -> str:
    return re.escape(word)


def _with_s(word: str, last: bool) -> str:
    return re.escape(word) + ("s?" if last and word[:1].islower() else "")


def _with_endings(word: str, last: bool) -> str:
    return re.escape(word) + (f"{_LETTER}{{0,6}}" if last else "")


def _with_changing_end(word: str, _last: bool) -> str:
    base = word[:-1] if len(word) > 3 and word[-1] in "aeiouyęąаеёиіїоуыэюяйьαεηιουςάή" else word
    return f"{re.escape(base)}{_LETTER}{{0,4}}"


def _german(word: str, last: bool) -> str:
    adjective = re.fullmatch(r"(.+(?:isch|lich))(?:e[mnrs]?)?|(.+(?:ig|al|är|iv|ell|eint|ot))e[mnrs]?", word)
    if adjective and (adjective[1] or not last):
        return f"{re.escape(adjective[1] or adjective[2])}(?:e[mnrs]?)?"
    return re.escape(word) + ("(?:e?s|er)?" if last else "")


def _french(word: str, last: bool) -> str:
    adjective = last and re.search("(?:ien|éen|ain|ais|ois|ique)$", word)
    return re.escape(word) + ("(?:e|s|es|ne|nes)?" if adjective else "")


def _georgian(word: str, last: bool) -> str:
    return f"{re.escape(word.removesuffix('ი'))}{_LETTER}{{0,7}}" if last else re.escape(word)


def _persian(word: str, last: bool) -> str:
    if not last:
        return re.escape(word) + "(?:\u0654|\u200cی)?"
    # The ezafe and the ending of an adjective; plurals and the short forms of "to be" behind a joiner.
    bare = "" if word.endswith("ی") else "|ی"
    return re.escape(word) + f"(?:\u0654|\u200cی{bare}|\u200c?(?:ها(?:ی|یی|یش)?|ای|یی|اند|ست))?"


def _arabic(word: str, last: bool) -> str:
    return re.escape(word) + ("(?:ة|ية|يون|يين)?" if last else "")


def _arabic_turkic(word: str, last: bool) -> str:
    return re.escape(word) + ("\u200c?[اهەیندلرکم]{0,6}" if last else "")


# --- Azerbaijani and Turkish --------------------------------------------------------------------------------------

_BACK, _FRONT = "aıou", "eəiöü"
# Endings of nouns, A for a or ə/e and I for ı, u or i, ü, as the vowels before them ask (language.az, orthography).
_AFTER_CONSONANT = (
    "(?:I(?:n(?:In|A|I|dAn?|Iz)?|m(?:Iz)?)?|A|[dt]A(?:n|kI)?|dIr|lA|sIz|cA)",
    "(?:nIn|[yn]A|[yn]I|n?dA(?:n|kI)?|dIr|ylA|sIz|cA|m(?:Iz)?|n(?:Iz)?|sI(?:n(?:In|A|I|dAn?))?)",
)
_CYRILLIC = str.maketrans("aəıuiüldntmzrkyçcsqğ", "аәыуиүлднтмзркјчҹсгғ")


def _turkic(word: str, last: bool) -> str:
    if not last:
        return re.escape(word)
    vowels = [char for char in lower(word, "az") if char in _BACK + _FRONT]
    endings = _endings(vowels[-1] if vowels else "", vowels[-1:] == [lower(word[-1:], "")])
    softened = {"q": "ğ", "k": "y"}.get(word[-1])
    if softened and len(vowels) > 1:
        return rf"{re.escape(word[:-1])}(?:{word[-1]}|{softened}(?!\W|$)){endings}"
    return f"{re.escape(word)}{endings}"


def _turkic_cyrillic(word: str, last: bool) -> str:
    latin = {value: key for key, value in _CYRILLIC.items()}
    pattern = _turkic(word.translate(latin), last)
    return pattern.translate(_CYRILLIC) if last else re.escape(word)


@lru_cache
def _endings(vowel: str, open_end: bool) -> str:
    """Return the optional endings behind a word whose last vowel is `vowel`, that ends with it if `open_end`."""
    high, low = ("[ıu]", "a") if vowel in _BACK and vowel else ("[iü]", "[əe]")
    if not vowel:
        high, low = "[ıuiü]", "[aəe]"
    closed, opened = _AFTER_CONSONANT
    # Each kind of endings stands there once: to compile them takes longer than to find them.
    many = f"(?:lI)?lAr{closed}?"
    pattern = f"(?:{many}|(?:lI)?{opened}?)" if open_end else f"(?:(?:(?:lI)?lAr)?{closed}?|lI{opened}?)"
    return pattern.replace("I", high).replace("A", low)


# --- Russian ------------------------------------------------------------------------------------------------------

_ADJECTIVE = "(?:[иыо]й|[ая]я|[ое]е|[ое]го|[ое]му|[иы]м|[ое]м|[ое]й|ую|юю|[иы]е|[иы]х|[иы]ми)"
# Final letters of a noun and the endings that may stand in their place (Зализняк, Грамматический словарь).
# An indeclinable name in -и or -ы (Ходжалы) and a plural (Афины) look alike: both are accepted, but not a bare stem.
_NOUNS = {
    "а": "(?:а|ы|и|е|у|ой|ою|ей|ею|ам|ами|ах)",
    "я": "(?:я|и|ю|ей|ею|ью|е|ям|ями|ях)",
    "о": "(?:о|а|у|ом|е)",
    "е": "(?:е|я|ю|ем|и)",
    "й": "(?:й|я|ю|ем|е|ев|ям|ями|ях)",
    "ь": "(?:ь|я|ю|ем|ём|е|и|ью|ей|ям|ями|ях)",
    "ы": "(?:ы|ов|ам|ами|ах)",
    "и": "(?:и|ев|ов|ям|ам|ями|ами|ях|ах)",
}
_CONSONANT = "(?:а|у|ом|ем|е|ы|и|ов|ев|ей|ам|ами|ах)?"
_SURNAME = "(?:а|у|ым|ом|е|ой|ы|ых|ыми)?"


def _russian(word: str, _last: bool) -> str:
    if not re.search("[а-яё]", word):
        return re.escape(word)
    if re.search("[^кгхц]ий$", word):
        return re.escape(word[:-2]) + "(?:и[йяюие]|ием|иев|иям|иями|иях|его|ему|им|ем|яя|ей|юю|ее|ие|их|ими)"
    if len(word) > 4 and re.search("(?:[иыо]й|[ая]я|[ое]е|[иы]е)$", word) and not word.endswith("ия"):
        return re.escape(word[:-2]) + _ADJECTIVE
    if re.search("(?:[оеё]в|[иы]н)$", word):
        return re.escape(word) + _SURNAME
    if ending := _NOUNS.get(word[-1]):
        return re.escape(word[:-1]) + ending
    if word[-1] in "уюэ":
        return re.escape(word)
    if fleeting := re.fullmatch("(.+[^аеёиоуыэюя])([еоё])([лкцн])", word):
        base, vowel, final = fleeting.groups()
        return f"{re.escape(base)}(?:{vowel}{final}{_CONSONANT}|{final}{_CONSONANT[:-1]})"
    return re.escape(word) + _CONSONANT


# --- terms --------------------------------------------------------------------------------------------------------


def _terms(tag: str) -> _Words:
    language = tag.partition("-")[0]
    own = {
        "az": _turkic_term, "tr": _turkic_term, "ru": _slavic_term, "uk": _slavic_term, "be": _slavic_term,
        "de": _german_term, "fr": _french_term, "en": _english_term, "fa": _joined_term, "ar": _joined_term,
    }  # fmt: skip
    return own.get(language, _any_term)


def _any_term(word: str, _last: bool) -> str:
    return f"{re.escape(word[:-1] if len(word) > 5 else word)}{_LETTER}{{0,6}}"


def _turkic_term(word: str, _last: bool) -> str:
    softened = {"k": "[kğy]", "q": "[qğ]", "p": "[pb]", "ç": "[çc]", "t": "[td]", "к": "[кғј]", "г": "[гғ]"}
    final = softened.get(word[-1], re.escape(word[-1])) if len(word) > 3 else re.escape(word[-1])
    return f"{re.escape(word[:-1])}{final}{_LETTER}{{0,14}}"


def _slavic_term(word: str, _last: bool) -> str:
    base = re.sub("(?:[иыоі]й|[ая]я|[ое]е|[иы]е|ия|ие|[аеёиіоуыэюяйь])$", "", word) if len(word) > 3 else word
    fleeting = re.fullmatch("(.+[^аеёиоуыэюя])([еоё])([кцнлр])", base)
    pattern = f"{re.escape(fleeting[1])}{fleeting[2]}?{fleeting[3]}" if fleeting else re.escape(base)
    return f"{pattern}{_LETTER}{{0,5}}"


def _german_term(word: str, _last: bool) -> str:
    base = re.sub("(?:e[mnrs]?|n)$", "", word) if len(word) > 5 else word
    umlauts = {"a": "[aä]", "o": "[oö]", "u": "[uü]"}
    return "".join(umlauts.get(char, re.escape(char)) for char in base) + f"{_LETTER}{{0,14}}"


def _french_term(word: str, _last: bool) -> str:
    if word.endswith("if"):
        return f"{re.escape(word[:-1])}[fv]{_LETTER}{{0,3}}"
    return re.escape(re.sub("(?:es?|s|x|al|aux)$", "", word) if len(word) > 4 else word) + f"{_LETTER}{{0,4}}"


def _english_term(word: str, _last: bool) -> str:
    return f"{re.escape(word[:-1])}(?:y(?:e?s)?|ies)" if word.endswith("y") else f"{re.escape(word)}(?:e?s)?"


def _joined_term(word: str, _last: bool) -> str:
    return f"{re.escape(word)}[\u0621-\u06d3\u0654\u200c]{{0,6}}"
