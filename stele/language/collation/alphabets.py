"""A language in, its letters in order out: first those of its own alphabet, then those of the other scripts.

The alphabets are written here as people write them, a space between letters; what is joined to a letter without a space
is a form of it and differs from it at the second level only. Letters of the script that an alphabet has not, stand
behind the one they follow in CLDR's root order: Ə between E and F in English, Ř with R.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language import casing
from stele.language.collation.han import OTHER_HAN, ROWS, by_pinyin, kanji
from stele.language.scripts import script_of
from stele.language.tags import without_region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of an alphabet: all characters of `forms` are one at the first level; names stand under `heading`."""

    heading: str
    forms: str


# The scripts in CLDR's root order, each in its own (CLDR 47, root collation), without what decomposes into others.
_SCRIPTS = {
    "Latin": (
        "A–Z",
        "a ɐ ɑ b ƀ ɓ ƃ c ȼ ƈ d ɖ ɗ ƌ e ɇ ǝ ə ɛ f ƒ g ɡ ǥ ɠ ɣ ƣ h ƕ i ı ɨ ɩ j ȷ ɉ k ƙ l ƚ m n ɲ ƞ ŋ o ɔ ɵ ȣ p ƥ q ɋ ĸ "
        "r ʀ ɍ s ʃ t ŧ ƭ ʈ u ʉ ɯ ʊ v ʋ ʌ w x y ɏ ƴ ȝ z ƶ ȥ ʒ ƹ þ ƿ ƨ ƽ ƅ ʔ ɂ",
    ),
    "Greek": ("Α–Ω", "α β γ δ ε ϝ ϛ ζ η θ ι ϳ κ ϗ λ μ ν ξ ο π ϻ ϟ ϙ ρ σ τ υ φ χ ψ ω ϡ ϸ"),
    "Cyrillic": (
        "А–Я",
        "а ә ӕ б в г ґ ғ ӻ ҕ ӷ д ԁ ђ ҙ е є ж җ з ѕ ӡ и ҋ і й ј к қ ӄ ҡ ҟ ҝ ԛ л ӆ ԓ љ м ӎ н ӊ ң ӈ ҥ њ о ө п ԥ ҧ ҁ р ҏ "
        "с ҫ т ҭ ћ у ү ұ ѹ ф х ӽ ӿ ҳ һ ѡ ѿ ѽ ѻ ц ҵ ч ҷ ӌ ҹ ҽ ҿ џ ш щ ъ ы ь ҍ ѣ э ю я ѥ ѧ ѫ ѩ ѭ ѯ ѱ ѳ ѵ ҩ ԝ ӏ",
    ),
    "Georgian": ("ა–ჰ", "ა ბ გ დ ე ვ ზ ჱ თ ი კ ლ მ ნ ჲ ო პ ჟ რ ს ტ ჳ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჴ ჯ ჰ ჵ ჶ ჷ ჸ ჹ ჺ"),
    "Armenian": ("Ա–Ֆ", "ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ"),
    "Hebrew": ("א–ת", "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת"),
    "Arabic": (
        "ا–ي",
        "ء آ أ ٱ ؤ إ ئ ا ب ٻ پ ڀ ة ت ث ٹ ټ ج ڃ ڄ چ ڇ ح خ ځ څ د ذ ڈ ډ ڊ ڌ ڍ ڎ ۮ ر ز ڑ ړ ڕ ږ ژ ڙ س ش ښ ڜ ص ض ڝ ڞ ط ظ ڟ "
        "ع غ ڠ ف ڢ ڤ ڦ ق ڧ ڨ ك ک ڪ ګ ڬ ڭ ڮ گ ڰ ڱ ڲ ڳ ڴ ل ڵ ڶ ڷ م ن ں ڻ ڼ ڹ ه ھ ہ ۃ ە و ۄ ۅ ۆ ۇ ۈ ۉ ۊ ۋ ۏ ى ي ی ۍ ێ ې "
        "ۑ ے",
    ),
    "Devanagari": (
        "अ–ह",
        "ॐ ॲ ऄ अ आ इ ई उ ऊ ऋ ॠ ऌ ॡ ऍ ऎ ए ऐ ऑ ऒ ओ औ क ख ग ॻ घ ङ च छ ज ॼ झ ञ ट ठ ड ॾ ढ ण त थ द ध न प फ ब ॿ भ म य र ल ळ "
        "व श ष स ह ऽ ा ि ी ु ू ृ ॄ ॢ ॣ ॅ ॆ े ै ॉ ॊ ो ौ ्",
    ),
    "Kana": ("あ–ん", " ".join(ROWS)),
}

_PERSIAN = (
    "آ اٱ ءأٲإٳؤئ ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق کڪګكڬڭڮ گ ل م ن و هەہةۃۀھ یىےيېۑۍێ"  # CLDR 47, fa
)

# The alphabets that root order does not have (CLDR 47, collations of these languages, unless another is named).
_ALPHABETS = {
    "az": "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v y z w",
    "az-Cyrl": "а б в г ғ д е ә ж з и ы ј к ҝ л м н о ө п р с т у ү ф х һ ч ҹ ш",  # the alphabet of 1958; CLDR has none
    "az-Arab": _PERSIAN,  # as printed in Iran; CLDR has none
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
    "fa": _PERSIAN,
    "ar": "ءأؤإئاٱ ب ةت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و یىي",
    "hi": "ॐ ंँ ः अ आ इ ई उ ऊ ऋ ए ऐ ऑ ओ औ क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल व श ष स ह",
}
_OWN_SCRIPTS = {"hi": "Devanagari", "mr": "Devanagari", "ne": "Devanagari", "ja": "Kana", "zh": "Han"}
_WITH_HAN: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {"Han": by_pinyin, "Kana": kanji}

# Names stand under the letter that readers look for, which is not always the first form of it.
_HEADINGS = {"ar": {"ء": "ا", "ة": "ت", "ی": "ي"}, "fa": {"ء": "ا"}, "az-Arab": {"ء": "ا"}, "ja": ROWS}

# Letters that are written out as others, beside what Unicode decomposes (CLDR 47, root collation). The combining mark
# makes the difference at the second level, as it does in é; without one the difference is at the third.
_SPELLINGS = {
    "æ": "a\u0336e", "œ": "o\u0336e", "ß": "s\u0336s", "đ": "d\u0335", "ð": "d\u0336", "ħ": "h\u0335", "ł": "l\u0335",
    "ø": "o\u0338", "ĳ": "ij", "ς": "σ", "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
}  # fmt: skip
_SPELLINGS_OF = {"hy": {"և": "եվ"}, "ar": {"آ": "ء\u0653ا"}}

LEFT_OVER = "…"
"""The heading of letters of no script that is listed: CLDR's for the end of an index."""

# What is in no table goes by code point, behind one of these, which are for private use.
UNLISTED_SIGN, UNLISTED_HAN, UNLISTED_LETTER = "\ue010", "\ue011", "\ue012"
_HAN = Letter(OTHER_HAN, UNLISTED_HAN)


def letters(tag: str) -> tuple[Letter, ...]:
    """Return every letter in the order of the language of `tag`: its own, then those of scripts that it has not."""
    script = _own_script(tag)
    foreign = [letter for other in _SCRIPTS if other != script for letter in _foreign_letters(other)]
    han = [] if script in _WITH_HAN else [_HAN]
    return (*_own_letters(_known(tag), script), *foreign, *han, Letter(LEFT_OVER, UNLISTED_LETTER))


def spellings(tag: str) -> dict[str, str]:
    """Return the letters, in lower case, that are sorted as others are, each with these."""
    own = {char for group in _ALPHABETS.get(_known(tag), "").split() for char in group}
    common = {letter: others for letter, others in _SPELLINGS.items() if letter not in own}
    return common | _SPELLINGS_OF.get(_known(tag), {})


def _known(tag: str) -> str:
    """Return the name of the language in the tables here, which has its script where that makes another alphabet."""
    tag = without_region(tag)
    language = tag.partition("-")[0]
    return language if tag not in _ALPHABETS and _own_script(language) == _own_script(tag) else tag


def _own_script(tag: str) -> str:
    script = script_of(without_region(tag))
    return _OWN_SCRIPTS.get(tag.partition("-")[0], script) if script == "another" else script


def _own_letters(language: str, script: str) -> Iterator[Letter]:
    other = _HEADINGS.get(language, {})
    root = [forms for forms in _root(script) if forms not in _SPELLINGS_OF.get(language, {})]
    for forms in _merged(_ALPHABETS.get(language, "").split(), root):
        yield Letter(other.get(forms[0]) or casing.capitalize(forms[0], language), forms)
    if script in _WITH_HAN:
        yield from (Letter(heading, character) for heading, character in _WITH_HAN[script]())
        yield _HAN


def _foreign_letters(script: str) -> Iterator[Letter]:
    """Yield the letters of a script that the language has not: names in it are few and stand together."""
    yield from (Letter(_SCRIPTS[script][0], forms) for forms in _root(script))


def _root(script: str) -> list[str]:
    return _SCRIPTS[script][1].split() if script in _SCRIPTS else []


def _merged(alphabet: list[str], root: list[str]) -> list[str]:
    """Return the letters of `alphabet` in its order, each letter of `root` that it has not behind its neighbour."""
    known = set("".join(alphabet))
    merged = list(alphabet)
    before = -1
    for letter in root:
        if letter[0] in known:
            before = next(place for place, group in enumerate(merged) if letter[0] in group)
        else:
            before += 1
            merged.insert(before, letter)
    return merged
