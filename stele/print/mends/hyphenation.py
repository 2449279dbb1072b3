"""pyphen as WeasyPrint uses it in, the same with the dictionaries of `stele.language.hyphenation` out.

Three flaws are mended besides. pyphen 0.18.1 looks words up in lower case and takes the places it finds for places in
the word itself, but ``"İ".lower()`` is two characters: İsmayılov was broken one letter too late, in whatever language.
It reads every pattern of a language before it divides the first word. And to WeasyPrint 70.0 the parts of example.org
are words, though one of them with a hyphen makes another address.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from stele.language import casing
from stele.language.hyphenation.rules import RULES, Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))
_CODE = re.compile(r"\^{2}([0-9a-f]{2})")
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
    pyphen.HyphDict = _of_language(pyphen.HyphDict)
    pyphen.hdcache.clear()
    line_break.get_next_word_boundaries = _beside_addresses(line_break.get_next_word_boundaries)
    for rules in RULES:
        name = rules.file.stem.removeprefix("hyph_")
        pyphen.LANGUAGES[name] = rules.file
        pyphen.LANGUAGES_LOWERCASE[casing.keyword(name)] = name


def _of_language(dictionary: Any) -> Callable[[Path], Any]:
    """Return what reads a dictionary when a word of its language is first met: that takes longer than a page."""
    by_file = {rules.file: rules for rules in RULES}

    class Steady(dictionary):  # type: ignore[misc]
        """Finds places in words with İ where they are."""

        def __init__(self, path: Path) -> None:
            with path.open(encoding=_encoding(path)) as lines:
                self.patterns = _Patterns(line.strip() for line in lines)
            self.maxlen, self.cache = max(map(len, self.patterns)), dict[str, Any]()

        def positions(self, word: str) -> Any:
            return super().positions(word.replace("İ", "i"))

    class Lawful(Steady):
        """Finds places by the patterns of `rules`, and keeps those that its laws allow."""

        def __init__(self, rules: Rules) -> None:
            super().__init__(rules.file)
            self.rules = rules

        def positions(self, word: str) -> Any:
            lowered = self.rules.read(word)
            return [place for place in super().positions(lowered) if self.rules.allow(lowered, place)]

    def read(path: Path) -> Any:
        return Lawful(by_file[path]) if path in by_file else Steady(path)

    return read


def _encoding(path: Path) -> str:
    """Return how a dictionary is written, as its first line says in words of hunspell."""
    with path.open("rb") as stream:
        name = casing.keyword(stream.readline().decode().strip())
    return "cp1251" if name == "microsoft-cp1251" else name


class _Patterns(dict[str, Any]):
    """The patterns of a dictionary by their letters, each read when a word has it: of German there are 100,000."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the lines of a dictionary behind its first, which says how it is written."""
        from pyphen import ignored

        patterns = (_without_codes(line) for line in islice(lines, 1, None) if line and not line.startswith(ignored))
        super().__init__((pattern.partition("/")[0].translate(_NO_DIGITS), pattern) for pattern in patterns)

    def get(self, letters: str, default: Any = None) -> Any:
        found = super().get(letters, default)
        if isinstance(found, str):
            found = self[letters] = _read(found)
        return found


def _without_codes(pattern: str) -> str:
    return _CODE.sub(lambda found: chr(int(found[1], 16)), pattern) if "^^" in pattern else pattern


def _read(pattern: str) -> tuple[int, tuple[int, ...]] | None:
    """Return where the values of a pattern begin and what they are, as pyphen does; none where all are zero."""
    from pyphen import AlternativeParser, parse

    factory: Any = int
    if "/" in pattern and "=" in pattern:
        pattern, alternative = pattern.split("/", 1)
        factory = AlternativeParser(pattern, alternative)
    values = [factory(digit or "0") for digit, _ in parse(pattern)]
    places = [place for place, value in enumerate(values) if value]
    return (places[0], tuple(values[places[0] : places[-1] + 1])) if places else None


def _beside_addresses(find: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    """Return what finds the first word of a text without spaces, such that it finds none in an address."""

    def get_next_word_boundaries(text: str, lang: str) -> Any:
        return None if _ADDRESS.search(text) else find(text, lang)

    return get_next_word_boundaries
