"""Nothing in, the characters of Chinese and Japanese in the order of their readings out, each with its heading.

A character does not show how it is read, so the order is a table: Chinese by pinyin as in CLDR, Japanese as in
JIS X 0208, whose first level goes by readings, mostly those that came from China, and whose second goes by radicals.
What no table has goes by code point, which is by radical and strokes.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER_HAN = "一–龥"
"""The heading of characters whose reading is in no table."""

# The table of the kana: names stand under the first of a row. Small ones and katakana are forms of these.
_ROWS = "あいうえお かきくけこ さしすせそ たちつてと なにぬねの はひふへほ まみむめも やゆよ らりるれろ わゐゑをん"
ROWS = {kana: row[0] for row in _ROWS.split() for kana in row}
_SMALL = dict(zip("ぁぃぅぇぉゕゖっゃゅょゎ", "あいうえおかけつやゆよわ", strict=True))
_KATAKANA = re.compile("[ァ-ヶ]")
_TO_HIRAGANA = ord("ア") - ord("あ")

# JIS X 4061: a mark of repetition sorts as what it repeats, a long mark as the vowel of the kana before it, ahead of
# that vowel. Such a vowel is spelled out by a character for private use, which no reader ever sees.
_REPEATED = re.compile("(.)([々ゝヽ]+)", re.DOTALL)
_LONG = re.compile("([ぁ-ゖァ-ヺ])(ー+)")
_VOWELS = "あいうえお"
_ENDING = (
    "あかさたなはまやらわ", "いきしちにひみりゐ", "うくすつぬふむゆる", "えけせてねへめれゑ", "おこそとのほもよろを",
)  # fmt: skip
_LONG_VOWELS = "".join(map(chr, range(0xE000, 0xE005)))

# The kanji with which each row begins in level 1 of JIS X 0208. Readings that came from China are in katakana.
_FIRST_KANJI = dict(zip("亜下些他奈巴摩也羅倭弌", [*"アカサタナハマヤラワ", OTHER_HAN], strict=True))
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")


def by_pinyin() -> Iterator[tuple[str, str]]:
    """Yield the characters of Chinese in the order of pinyin, each behind its initial, A to Z."""
    table = resources.files("stele.language.collation").joinpath("pinyin.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        initial, _, characters = line.partition(" ")
        if initial != "#":
            yield from ((initial, character) for character in characters)


def kanji() -> Iterator[tuple[str, str]]:
    """Yield the kanji of JIS X 0208 in its order, each behind the row of its reading, or behind `OTHER_HAN`."""
    heading = OTHER_HAN
    for row in range(16, 85):
        # ISO 2022: a row of 94 cells; EUC puts both numbers above 0xA0. Some rows are not full.
        cells = (bytes((0xA0 + row, 0xA0 + cell)) for cell in range(1, 95))
        for character in "".join(cell.decode("euc_jp", "ignore") for cell in cells):
            heading = _FIRST_KANJI.get(character, heading)
            yield heading, character


def is_han(character: str) -> bool:
    """Say whether `character` is one of the characters of Chinese, of Japanese kanji or of Korean hanja."""
    return _HAN.match(character) is not None


def plain_kana(character: str) -> tuple[str, int] | None:
    """Return the full hiragana of a kana and which form of it this is, or None for what is no kana.

    0 is a long vowel, 1 a small kana, 2 a full one; hiragana and katakana are one.
    """
    if character in _LONG_VOWELS:
        return _VOWELS[_LONG_VOWELS.index(character)], 0
    hiragana = chr(ord(character) - _TO_HIRAGANA) if _KATAKANA.match(character) else character
    kana = _SMALL.get(hiragana, hiragana)
    return (kana, 1 if hiragana in _SMALL else 2) if kana in ROWS else None


def without_marks(text: str) -> str:
    """Return `text` with each mark of repetition and each long mark as what it stands for."""
    if "々" in text or "ゝ" in text or "ヽ" in text:
        text = _REPEATED.sub(lambda found: found[1] * (1 + len(found[2])), text)
    return _LONG.sub(_long_vowel, text) if "ー" in text else text


def _long_vowel(found: re.Match[str]) -> str:
    kana = plain_kana(unicodedata.normalize("NFD", found[1])[0])
    row = next((place for place, ending in enumerate(_ENDING) if kana and kana[0] in ending), None)
    return found[0] if row is None else found[1] + _LONG_VOWELS[row] * len(found[2])
