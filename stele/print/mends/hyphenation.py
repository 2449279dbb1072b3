"""pyphen as WeasyPrint uses it in, the same with the dictionaries of `stele.language.hyphenation` out.

Two flaws are mended besides. pyphen 0.18.1 looks words up in lower case and takes the places it finds for places in the
word itself, but ``"İ".lower()`` is two characters: İsmayılov was broken one letter too late, in whatever language. And
to WeasyPrint 70.0 the parts of example.org are words, though one of them with a hyphen makes another address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stele.language import casing
from stele.language.hyphenation.rules import RULES, Rules

if TYPE_CHECKING:
    from collections.abc import Callable

_ADDRESS = re.compile(r"[^\W_][.@_][^\W_]|://")


def mend() -> None:
    """Make WeasyPrint, in this process, hyphenate the languages of `RULES`, and no address.

    Once is enough, more does no harm.
    """
    import pyphen
    from weasyprint.text import line_break

    if hasattr(pyphen, "HyphDictAsItWas"):
        return
    pyphen.HyphDictAsItWas = pyphen.HyphDict
    pyphen.HyphDict = _steady(pyphen.HyphDict)
    pyphen.hdcache.clear()
    line_break.get_next_word_boundaries = _beside_addresses(line_break.get_next_word_boundaries)
    for rules in RULES:
        name = rules.file.stem.removeprefix("hyph_")
        pyphen.LANGUAGES[name] = rules.file
        pyphen.LANGUAGES_LOWERCASE[casing.keyword(name)] = name
        pyphen.hdcache[rules.file] = _lawful(pyphen.HyphDict, rules)


def _steady(dictionary: Any) -> Any:
    class Steady(dictionary):  # type: ignore[misc]
        """Finds places in words with İ where they are."""

        def positions(self, word: str) -> Any:
            return super().positions(word.replace("İ", "i"))

    return Steady


def _lawful(dictionary: Any, rules: Rules) -> Any:
    class Lawful(dictionary):  # type: ignore[misc]
        """Finds places by the patterns of `rules`, and keeps those that its laws allow."""

        def positions(self, word: str) -> Any:
            lowered = rules.read(word)
            return [place for place in super().positions(lowered) if rules.allow(lowered, place)]

    return Lawful(rules.file)


def _beside_addresses(find: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    """Return what finds the first word of a text without spaces, such that it finds none in an address."""

    def get_next_word_boundaries(text: str, lang: str) -> Any:
        return None if _ADDRESS.search(text) else find(text, lang)

    return get_next_word_boundaries
