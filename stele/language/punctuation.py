"""A text and its language in, the mark of punctuation with which it begins or ends out, by what the mark says.

Kinds of marks: ``stop``, ``question``, ``exclamation``, ``ellipsis``, ``colon``, ``semicolon``, ``comma``, ``dash``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stele.language.casing import folded

_KINDS = {
    "stop": ".。．｡।॥։۔።៖។",
    "question": "?؟？⁇፧\u037e",
    "exclamation": "!！",
    "ellipsis": "…",
    "colon": ":：՝",
    "semicolon": ";؛；·\u0387",
    "comma": ",،，、",
    "dash": "—–―",
}
_KIND_OF = {mark: kind for kind, marks in _KINDS.items() for mark in marks}

# What a language writes at the end, where that is not what English writes (Unicode 15, 9.2 Arabic, 12.1 Devanagari,
# 7.6 Armenian; CLDR, exemplar characters of punctuation). The first of several is the usual one.
_ARABIC = {"question": "؟", "semicolon": "؛", "comma": "،"}
_DEVANAGARI = {"stop": "।."}
_CHINESE = {"stop": "。", "question": "？", "exclamation": "！", "colon": "：", "semicolon": "；", "comma": "，"}
_OWN: dict[str, dict[str, str]] = {
    **dict.fromkeys(("ar", "fa", "ps", "ckb", "ug", "sd", "az-Arab"), _ARABIC),
    **dict.fromkeys(("hi", "ne", "sa", "bn", "as"), _DEVANAGARI),
    **dict.fromkeys(("zh", "yue"), _CHINESE),
    "ur": {**_ARABIC, "stop": "۔"},
    "el": {"question": ";\u037e", "semicolon": "·\u0387"},
    "hy": {"stop": "։:", "colon": "՝:․.", "question": "։:", "exclamation": "։:"},
    "ja": {"stop": "。", "question": "？?", "exclamation": "！!", "colon": "：:", "comma": "、"},
    "am": {"stop": "።", "question": "?፧"},
}
# These part sentences with a space, or with marks that we cannot judge.
_WITHOUT_STOPS = frozenset({"th", "lo", "km", "my", "bo", "dz"})
# The mark of an Armenian question or exclamation stands in its word.
_IN_WORD = {"՞": "question", "՜": "exclamation"}
_INVERTED = {"question": "¿", "exclamation": "¡"}
_INVERTING = frozenset({"es", "ast"})

# Short words whose stop belongs to them, beside all of one letter; of languages that are not here, all of two.
_ABBREVIATED = {
    "en": "no pp ch ed jr sr dr st vs al mr ms co cf etc eds vol nos sec fig inc ltd corp mrs approx dept est ibid cit "
    "art para rev trans",
    "az": "bk səh təq müəl red",
    "de": "ff vs dr hl usw bzw vgl ebd abs art bd hrsg jh jhs str nr etc ggf inkl zit std",
    "fr": "av éd pp cf st etc art vol chap env ibid éd trad cf apr",
    "ru": "гг вв др пр проч стр обл руб тыс млн млрд изд ред ул мин сек ст чел кв экз сокр см",
    "uk": "рр ст др ін обл грн тис млн млрд вид ред вул хв див",
    "tr": "vb vd no sf vs yy bkz cad çev haz ed yay sok",
    "es": "ud dr sr núm etc pág págs art vol ed ud uds",
    "it": "pp cap dr ecc pag pagg art vol ed",
    "pl": "itd itp tzn tzw np nr ul godz tys",
    "el": "αι κλπ κτλ σελ αρ",
    "hu": "stb old kb pl",
}
_ABBREVIATIONS = {language: frozenset(words.split()) for language, words in _ABBREVIATED.items()}
# Languages that write an ordinal number with a stop.
_ORDINAL_STOP = frozenset(
    {"az", "bs", "cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"}
)
_LAST_WORD = re.compile(r"(?P<before>[^\W\d_]\.\s?)?(?<![^\W\d_])(?P<word>[^\W\d_]{1,6})\.\Z")
_UNKNOWN_LENGTH = 2
_DOTS = re.compile(r"\.{3,}|。{2,}|…+")
_DASHES = re.compile(r"(?:[—–―]|-{2,3}|-(?=\s))(?!\d)")
_ARMENIAN_SENTENCE = re.compile(r"[^։:]*[։:]?\Z")


@dataclass(frozen=True, slots=True)
class EndMark:
    """A mark at the end of a text: its kind, the mark itself, and whether it may belong to the word before it."""

    kind: str
    mark: str
    doubtful: bool = False


def end_mark(text: str, tag: str) -> EndMark | None:
    """Return the mark that ends `text`, which has neither white space nor closing quotes and brackets behind it."""
    language = tag.partition("-")[0]
    if _DOTS.search(text, max(0, len(text) - 3)):
        return EndMark("ellipsis", text[-1])
    mark = text[-1:]
    if language == "hy" and mark in ("։", ":"):
        sentence = _ARMENIAN_SENTENCE.search(text)
        inside = next((char for char in reversed(sentence[0] if sentence else "") if char in _IN_WORD), None)
        return EndMark(_IN_WORD[inside] if inside else "stop", mark, doubtful=mark == ":")
    kind = next((kind for kind, marks in _of(tag).items() if mark and mark in marks), _KIND_OF.get(mark))
    return None if kind is None else EndMark(kind, mark, doubtful=kind == "stop" and _is_doubtful(text, language))


def start_mark(text: str) -> str | None:
    """Return the kind of mark that opens `text`, None where a word or number does."""
    if _DOTS.match(text):
        return "ellipsis"
    if _DASHES.match(text):
        return "dash"
    kind = _KIND_OF.get(text[:1])
    return kind if kind in ("comma", "semicolon", "colon", "stop") and not text[1:2].isalnum() else None


def marks_of(kind: str, tag: str) -> str | None:
    """Return the marks by which the language of `tag` ends a text in this way; None where any will do."""
    if tag.partition("-")[0] in _WITHOUT_STOPS:
        return None
    usual = {"stop": ".", "question": "?", "exclamation": "!", "colon": ":", "semicolon": ";", "comma": ","}
    return _of(tag).get(kind) or usual.get(kind)


def opening_mark(kind: str, tag: str) -> str | None:
    """Return the mark with which the language of `tag` opens a question or exclamation that ends so."""
    return _INVERTED.get(kind) if tag.partition("-")[0] in _INVERTING else None


def _of(tag: str) -> dict[str, str]:
    return _OWN.get(tag) or _OWN.get(tag.partition("-")[0] if tag[2:7] != "-Latn" else "", {})


def _is_doubtful(text: str, language: str) -> bool:
    """Say whether the stop may be that of an abbreviation or ordinal number."""
    if text[-2:-1].isdecimal():
        return language in _ORDINAL_STOP
    found = _LAST_WORD.search(text, max(0, len(text) - 12))
    if found is None:
        return False
    word, known = found["word"], _ABBREVIATIONS.get(language)
    if len(word) == 1 or (found["before"] and len(word) <= _UNKNOWN_LENGTH):
        return True
    return len(word) <= _UNKNOWN_LENGTH if known is None else folded(word) in known
