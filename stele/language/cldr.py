"""A language tag in, the words that CLDR has for it out: months, lists, territories, languages, separators.

CLDR knows little of Azerbaijani in Cyrillic and next to nothing of it in Arabic script. The one has the words of the
Latin script, letter for letter; the other has words of its own below.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from stele.language.locales import find, home
from stele.language.transliteration import SOURCES, transliterate

if TYPE_CHECKING:
    from stele.language.locales import Locale

# As they are written in Iran: Gregorian months by their French names, as in Persian.
_ARABIC_SCRIPT_MONTHS = tuple("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split())  # noqa: SIM905 (read as a line)
_ARABIC_SCRIPT_PLACES = {
    "AZ": "آذربایجان",
    "AM": "ائرمنیستان",
    "GE": "گورجوستان",
    "IR": "ایران",
    "RU": "روسیه",
    "TR": "تورکیه",
}
_LISTS = {"az-Arab": {"2": "{0} و {1}", "start": "{0}، {1}", "middle": "{0}، {1}", "end": "{0} و {1}"}}
_RIGHT_TO_LEFT_MARK = "\u200f"  # the list is set in a paragraph that knows its direction
# CLDR 48, numbers.json: how many digits a number needs above its first group to be grouped at all.
_GROUPED_FROM = dict.fromkeys(("es", "it", "pl", "ka", "hy"), 10000)


def month(number: int, tag: str, *, alone: bool = False) -> str:
    """Return the name of a month, 1 to 12, as it stands in a date, or `alone`; its number where CLDR has no name."""
    if tag in SOURCES:
        return transliterate(month(number, SOURCES[tag], alone=alone), tag)
    if _is_arabic_azerbaijani(tag):
        return _ARABIC_SCRIPT_MONTHS[number - 1]
    found = find(tag)
    name = found.months["stand-alone" if alone else "format"]["wide"][number] if found else str(number)
    return str(name)


def list_patterns(tag: str) -> dict[str, str]:
    """Return the patterns that join two items (``2``), and the ``start``, ``middle`` and ``end`` of a longer list."""
    if tag in SOURCES:
        return {key: transliterate(text, tag) for key, text in list_patterns(SOURCES[tag]).items()}
    if _is_arabic_azerbaijani(tag):
        return _LISTS["az-Arab"]
    patterns = (find(tag) or _english()).list_patterns["standard"]
    return {key: str(patterns[key]).replace(_RIGHT_TO_LEFT_MARK, "") for key in ("2", "start", "middle", "end")}


def separators(tag: str) -> tuple[str, str]:
    """Return the marks that group digits and begin decimals, as they stand among European digits."""
    symbols = (find(SOURCES.get(tag, tag)) or _english()).number_symbols["latn"]
    return str(symbols["group"]), str(symbols["decimal"])


def grouped_from(tag: str) -> int:
    """Return the smallest number whose digits are grouped in the language."""
    return _GROUPED_FROM.get(tag.partition("-")[0], 1_000)


def territory(code: str, tag: str) -> str:
    """Return what the readers of `tag` call the country or region `code` (``AZ``), the code where they have no name."""
    if tag in SOURCES:
        return transliterate(territory(code, SOURCES[tag]), tag)
    if _is_arabic_azerbaijani(tag):
        return _ARABIC_SCRIPT_PLACES.get(code, code)
    found = find(tag)
    return str(found.territories.get(code, code)) if found else code


def locale_name(tag: str) -> str:
    """Return a language with a territory, as POSIX and Open Graph name locales: ``az_AZ``, ``pt_BR``."""
    language, _, rest = tag.partition("-")
    region = rest.rpartition("-")[2]
    own = region if region.isupper() or region.isdigit() else home(tag)
    return f"{language}_{own}" if own else language


def language_name(of: str, tag: str) -> str:
    """Return what the readers of `tag` call the language `of` in running text, its tag where they have no name."""
    if tag in SOURCES:
        return transliterate(language_name(of, SOURCES[tag]), tag)
    named, reader = find(of), find(tag)
    name = named.get_display_name(reader) if named and reader else None
    return str(name or of)


def _is_arabic_azerbaijani(tag: str) -> bool:
    return tag.startswith("az-Arab")


@cache
def _english() -> Locale:
    found = find("en")
    assert found is not None, "Babel comes with English"  # noqa: S101 (a broken installation, not an input)
    return found
