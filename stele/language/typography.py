"""Prose and its language in, the same prose as that language's printers set it out: spaces, joints, dashes, quotes.

Only white space, invisible joiners and marks change, never a letter or digit; doing it twice changes nothing more.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from stele.language.cldr import month, separators
from stele.language.locales import find
from stele.language.quotation import nested_marks, quotation_marks
from stele.language.suffixes import attach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
WORD_JOINER = "\u2060"

# A number belongs to the abbreviation before it: page, number, article (Duden; Мильчин, Справочник издателя).
_BEFORE_NUMBER = {
    "az": "səh. № maddə",
    "az-Arab": "ص. ش.",
    "az-Cyrl": "сәһ. № маддә",
    "ar": "ص. رقم",
    "hi": "पृ. सं.",
    "de": "S. Nr. Art. Bd.",
    "en": "p. pp. No. Nos. Art. para.",
    "es": "p. pág. págs. n.º núm. art. siglo",
    "fa": "ص. ش.",
    "fr": "p. n° nº art. no",
    "he": "עמ׳ מס׳",
    "hy": "էջ № հոդ.",
    "it": "p. pp. n. art. secolo",
    "ka": "გვ. № მუხ.",
    "pl": "s. nr art.",
    "ru": "с. № ст. п. т.",
    "tr": "s. No. no.",
    "uk": "с. № ст. п. т.",
}
# And to the unit behind it, or to the word that says what it counts (ISO 80000-1, 7.1.4; Мильчин, 6.3).
_UNITS = (
    "mm cm m km ha kg kq g t l % ‰ °C мм см м км га кг г т л კმ მ კგ կմ մ կգ किमी मी किग्रा"
    " كم م كغ کیلومتر متر کیلوگرم ק״מ מ׳ ק״ג"
)
_AFTER_NUMBER = {
    "az": "il ildə ildən ilə ilin əsr əsrin",
    "az-Cyrl": "ил илдә илдән илә илин әср әсрин",
    "hy": "թ. դար դարի դարում",
    "it": "secolo",
    "ka": "წლის საუკუნე საუკუნის საუკუნეში",
    "pl": "r. w. wiek wieku",
    "ru": "г. гг. в. вв. год года году век века",
    "uk": "р. рр. ст. рік року році",
}
_NUMERAL = r"[\dIVXLCDM]"
_ROMAN = r"(?<![^\W_])[IVXLCDM]+"
# One- and two-letter words do not end a line (Мильчин, 4.2; Wolański, Edycja tekstów, 2008).
_ORDINAL_DOTS = frozenset({"de", "tr"})  # 33. Jahrestag, XX. yüzyıl
_SHORT_WORDS = {"ru": 2, "uk": 2, "pl": 1, "cs": 1}
# A suffix may not be parted from its number: 1992-ci, 25-й, 33-ე, 26-ի (language.az, qaydalar, 2020).
_WITH_SUFFIXES = frozenset({"az", "ru", "uk", "tr", "ka", "hy", "be", "kk"})
# The dash of a sentence where it is not the shorter one.
_LONG_DASHES = frozenset({"ru", "uk", "be", "es", "hy"})
_CAPITALS = "A-ZÇƏĞİÖŞÜА-ЯЁҒӘЈҜӨҮҺҸІЇЄҐ"
_UNSPACED = frozenset({"ja", "zh"})
_OPENS = re.compile(r"[\s(\[{/–—\u2060\u2066-\u2068-]\Z")
_HEBREW = "\u05d0-\u05ea"
_GERSHAYIM = re.compile(rf'(?<=[{_HEBREW}])"(?=[{_HEBREW}])')


def typeset(text: str, tag: str, before: str = "") -> str:
    """Return `text` with the spaces, joiners, dashes and quotation marks that the language of `tag` asks for.

    `before` is what stands before it in the same line, if anything: whether a quotation mark opens depends on it.
    """
    if not text.strip():
        return text
    if '"' in text:
        if tag.startswith("he"):
            text = _GERSHAYIM.sub("\u05f4", text)
        text = _with_quotation_marks(text, tag, before)
    for sign, pattern, replacement in _rules(tag):
        if sign.search(text):
            text = pattern.sub(replacement, text)
    return text


def typeset_pieces(pieces: Sequence[str], tag: str, before: str = "") -> list[str]:
    """Return the pieces of one text as they are when the whole is typeset: a space may need what is behind a cut."""
    if len(pieces) == 1:
        return [typeset(pieces[0], tag, before)]
    whole = "".join(pieces)
    made = typeset(whole, tag, before)
    blocks = SequenceMatcher(None, whole, made, autojunk=False).get_opcodes() if made != whole else []
    cuts = [0, *(_moved(cut, blocks) for cut in accumulate(map(len, pieces[:-1]))), len(made)]
    return [made[start:end] for start, end in pairwise(cuts)]


def _moved(cut: int, blocks: Sequence[tuple[str, int, int, int, int]]) -> int:
    """Return where a cut of a text lies after changes; what was put in at a cut stands behind it."""
    for _, start, end, new, last in blocks:
        if start <= cut <= end:
            return min(new + cut - start, last)
    return cut


def _with_quotation_marks(text: str, tag: str, before: str) -> str:
    """Return `text` with those of its language in place of straight ones, inner ones within a quotation."""
    marks = quotation_marks(tag)
    if marks is None:
        return text
    outer = marks.outer[0]
    pairs = (outer, nested_marks(tag))
    made, depth = before, 0
    is_unspaced = tag.partition("-")[0] in _UNSPACED
    for char in text:
        mark = char
        if char == '"' and is_unspaced:
            mark, depth = outer[depth], 1 - depth  # no space tells which it is: every second one closes
        elif char == '"':
            mark, depth = _turned(made, depth, pairs)
        elif char in outer and not is_unspaced and outer[0] != outer[1]:
            depth = max(0, depth + (1 if char == outer[0] else -1))
        made += mark
    return made[len(before) :]


def _turned(made: str, depth: int, pairs: tuple[str, str]) -> tuple[str, int]:
    """Return what a straight mark becomes behind `made`, within `depth` quotations, and the depth behind it."""
    is_behind_opening = made[-1:] in {pair[0] for pair in pairs if pair[0] != pair[1]} - {pair[1] for pair in pairs}
    if not made or is_behind_opening or _OPENS.search(made):
        return pairs[min(depth, 1)][0], depth + 1
    if not depth and made[-1].isdigit():
        return '"', 0  # the sign of an inch or a second
    depth = max(0, depth - 1)
    return pairs[min(depth, 1)][1], depth


@cache
def _rules(tag: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    return tuple((re.compile(sign), re.compile(pattern), made) for sign, pattern, made in _listed(tag))


def _listed(tag: str) -> Iterator[tuple[str, str, str]]:
    """Yield the rules of a language, in the order in which they are applied: a sign, a pattern, what takes its place.

    Nothing matches the pattern of a rule where its sign is not; to look for a sign takes a tenth of the time.
    """
    language, _, rest = tag.partition("-")
    own = f"{language}-{rest[:4]}" if len(rest) >= 4 else language
    yield from _marks(language)
    yield from _numbers(own, language)
    # Initials stay together and with the name: language.az, qaydalar, 2020; Chicago 7.66.
    yield r"\. ", r"(?<![^\W\d_])([^\W\d_]\.) (?=[^\W\d_](?:\.|\w))", rf"\1{NO_BREAK_SPACE}"
    # No line begins with a dash.
    yield "[–—…]", r" (?=[–—](?:\s|\Z)|…)", NO_BREAK_SPACE
    if longest := _SHORT_WORDS.get(language):
        yield " ", rf"(?<![^\W\d_]|[’'-])([^\W\d_]{{1,{longest}}}) (?=\w|«|„)", rf"\1{NO_BREAK_SPACE}"
    if language == "fr":
        # Imprimerie nationale, Lexique: a thin space before high marks, a word space before the colon.
        yield "[;!?]", r" (?=[;!?])", NARROW_NO_BREAK_SPACE
        yield "[:»]", r" (?=[:»])", NO_BREAK_SPACE
        yield "«", r"(?<=«) ?(?=\S)", NO_BREAK_SPACE
        yield "»", r"(?<=[^\s«])(?=»)", NO_BREAK_SPACE
    if language == "he":
        # A letter that is a word of its own belongs to the next: ב־26, ה־33.
        yield "\u05be", rf"(?<![{_HEBREW}])([{_HEBREW}]{{1,2}}\u05be)(?=[^\s{WORD_JOINER}])", rf"\1{WORD_JOINER}"


def _marks(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield the rules for what a keyboard has no key for."""
    if language == "zh":
        # GB/T 15834-2011, 4.10 and 4.11: a dash and an ellipsis take the room of two characters.
        yield "-", r"\s-{1,2}\s", "——"
        yield r"\.\.\.", r"(?<!\.)\.\.\.(?!\.)", "……"
    yield r"\.\.\.", r"(?<!\.)\.\.\.(?!\.)", "…"
    if language == "he":
        yield "'", rf"(?<=[{_HEBREW}])'", "\u05f3"
        yield "-", rf"(?<![{_HEBREW}])([{_HEBREW}]{{1,2}})-(?=\d)", "\\1\u05be"
    if language == "it":
        yield "'", r"(?<=[^\W\d_])'(?!\w)", "’"  # un po’
    yield "'", r"(?<=\w)'(?=[^\W\d_])", "’"
    yield "-", r"(?<=\s)-{1,2}(?=\s)", "—" if language in _LONG_DASHES else "–"
    yield "---", r"(?<=\s)---(?=\s)", "—"


def _numbers(own: str, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield the rules that keep numbers with what they belong to."""
    space, joiner = NO_BREAK_SPACE, WORD_JOINER
    yield "–", r"(?<=\d)–(?=\d)", f"–{joiner}"
    units = "|".join(map(re.escape, [*_UNITS.split(), *_AFTER_NUMBER.get(own, "").split()]))
    yield (
        rf"{_NUMERAL}(?:-\S{{1,4}})? ",
        rf"(\d(?:-{joiner}?[^\W\d_]{{1,3}})?|{_ROMAN}) (?=(?:{units})(?![^\W\d_]))",
        rf"\1{space}",
    )
    if months := _months(own):
        # 26 February, 1er mars, 26 de febrero, 26 בפברואר.
        yield r"\d(?:\.|er|º)? ", rf"(?<!\d)(\d{{1,2}}(?:\.|er|º)?) (?=(?:de |ב)?(?:{months})(?!\w))", rf"\1{space}"
    if words := _BEFORE_NUMBER.get(own):
        yield (
            rf" {_NUMERAL}",
            rf"(?<!\w)((?:{'|'.join(map(re.escape, words.split()))})) (?=\d|{_ROMAN}\b)",
            rf"\1{space}",
        )
    group = separators(own)[0]
    if group.isspace():
        yield r"\d \d", r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))", rf"\1{group}"
    if language in _ORDINAL_DOTS:
        yield rf"{_NUMERAL}\. ", rf"(?<!\d)(\d{{1,3}}\.|{_ROMAN}\.) (?=[^\W\d_])", rf"\1{space}"
    if language in _WITH_SUFFIXES:
        yield r"\d-", r"(?<=\d)-(?=[^\W\d_])", f"-{joiner}"
        # Nor from an abbreviation: BMT-nin, ABŞ-ın.
        yield "-", rf"(?<=[{_CAPITALS}]{{2}})-(?=[^\W\d_]{{1,4}}(?!\w))", f"-{joiner}"
    if language == "ka":
        yield "-", r"(?<=\bმე)-(?=\d)|(?<=[A-Za-z])-(?=[\u10d0-\u10ff])", f"-{joiner}"


def _months(tag: str) -> str:
    if find(tag) is None:
        return ""
    forms = [month(number, tag, alone=alone) for alone in (False, True) for number in range(1, 13)]
    names = list(dict.fromkeys(forms))
    if tag.startswith("ka"):
        # Cases take the place of the last letter: თებერვალი, თებერვალს, თებერვლის.
        return "|".join(rf"(?:{name[:-1]}|{attach(name, 'ის', tag)[:-2]})\w{{0,4}}" for name in names)
    return "|".join(re.escape(name) for name in names if " " not in name)
