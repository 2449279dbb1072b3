"""pyphen as WeasyPrint uses it in, the same with the dictionaries of `stele.language.hyphenation` out.

And without a flaw of pyphen 0.18.1: it looks words up in lower case and takes the places it finds for places in the
word itself, but ``"İ".lower()`` is two characters, so that İsmayılov would be broken one letter too late, in whatever
language it is written.
"""

from __future__ import annotations

from typing import Any

from stele.language import casing
from stele.language.hyphenation.rules import RULES, Rules


def mend() -> None:
    """Make pyphen, in this process, know the languages of `RULES`. Once is enough, more does no harm."""
    import pyphen

    if hasattr(pyphen, "HyphDictAsItWas"):
        return
    pyphen.HyphDictAsItWas = pyphen.HyphDict
    pyphen.HyphDict = _steady(pyphen.HyphDict)
    pyphen.hdcache.clear()
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
