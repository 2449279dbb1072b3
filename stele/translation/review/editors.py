"""A pair in, what an editing program has left in its translation out: keyboard accelerators, control characters."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from stele.language.casing import keyword
from stele.translation.pieces import without_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

_LETTER = r"[^\W\d_]"
# What has ampersands and underscores of its own: tags, addresses, targets and keys of links, placeholders, entities.
_SILENT = re.compile(
    r"<[^<>\n]*>|\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]*\]|\{[^{}\n]*\}|%\(\w+\)s|&#?\w{1,31};"
    r"|https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,253}"
)
_EMPHASIS = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(?:[^_]|(?<=\w)_(?=\w))*(?<=\S)\1(?!\w)")
_ACCELERATOR = re.compile(
    rf"\((?:&|\\?_){_LETTER}\)"  # 文件(&F)
    rf"|(?<![\w&\\])&{_LETTER}{{2,40}}"  # &File
    rf"|(?<![\w&]){_LETTER}{{1,40}}&{_LETTER}{{1,40}}"  # E&xit, but not AT&T
    rf"|(?<![\w\\])_{_LETTER}{{2,40}}(?![\w_])"  # _File
    rf"|(?<![\w_]){_LETTER}{{1,40}}_{_LETTER}{{1,40}}(?![\w_])"  # Вы_ход, but not snake_case
)
_ENTITY = re.compile(r"&#?\w{1,31};")

# Controls but for the line feed, which is printed as a space; fillers and joiners that cannot be seen; separators of
# lines; marks of a wrong decoding; private use; noncharacters (Unicode 15, 23). Not what turns directions.
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u115f\u1160\u180e\u200b-\u200d\u2028\u2029\u2061-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufff9-\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_ZERO_WIDTH_SPACE, _JOINER, _NON_JOINER = "\u200b\u200d\u200c"
# Scripts whose letters join or form conjuncts, so that a joiner says something between them (Unicode 15, 23.2), and
# scripts that part words with no space, where a break may be shown with none.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
_UNNAMED = {"Co": "of private use", "Cn": "no character", "Cs": "half a character", "Cc": "a control"}


def accelerator(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``accelerator`` for the mark of a menu's key: &File, E&xit, _File, (&F). AT&T and snake_case have none."""
    if _accelerators(pair.source):
        return
    for found in dict.fromkeys(_accelerators(pair.translation)):
        hint = "delete the mark: this text is no menu"
        yield pair.finding("accelerator", f"“{found[:60]}” holds a keyboard accelerator", hint)


def _accelerators(text: str) -> list[str]:
    if "&" not in text and "_" not in text:
        return []
    plain = _EMPHASIS.sub(" ", _SILENT.sub(" ", without_code(text)))
    return [found[0] for found in _ACCELERATOR.finditer(plain) if _marks_a_key(found[0])]


def _marks_a_key(word: str) -> bool:
    """Say whether the sign within a word stands for a key: among small letters, and in no name of a program."""
    before, sign, after = word.partition("&") if "&" in word else word.partition("_")
    if not before or before == "(":
        return True
    return after[0].islower() and (len(word) > 3) if sign == "&" else not word.isascii()


def control_character(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``control-character`` for each kind of invisible character that prose does not have, once.

    Zero-width joiners are right where a script joins its letters (Persian), or in emoji, and wrong elsewhere. The
    author may have written a tabulator, or a character of a font of his own.
    """
    text = _FLAG.sub(" ", _ENTITY.sub(lambda found: html.unescape(found[0]), pair.translation))
    told: set[str] = set()
    for found in _SUSPECT.finditer(text):
        char = found[0]
        if char not in told and not _has_a_use(text, found.start(), pair.source):
            told.add(char)
            name = keyword(unicodedata.name(char, "")) or _UNNAMED.get(unicodedata.category(char), "")
            words = _SUSPECT.sub("", text[max(0, found.start() - 20) : found.start() + 20]).split()
            message = f"U+{ord(char):04X} ({name}) stands near “{' '.join(words)[:60]}”"
            yield pair.finding("control-character", message, "delete it, or type these words anew")


def _has_a_use(text: str, place: int, source: str) -> bool:
    char, around = text[place], text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    if char == _ZERO_WIDTH_SPACE:
        return _UNSPACED.search(around) is not None
    if char in (_JOINER, _NON_JOINER):
        return _JOINING.search(around) is not None or (char == _JOINER and len(_EMOJI.findall(around)) > 1)
    return char in source and (char == "\t" or unicodedata.category(char) == "Co")
