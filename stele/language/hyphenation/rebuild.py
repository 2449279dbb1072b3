"""The rules of hyphenation in, the dictionaries beside this file out, in the format of libhyphen.

After a change of the rules: ``uv run python -m stele.language.hyphenation.rebuild``
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from stele.language.hyphenation.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stele.language.hyphenation.rules import Rules


def dictionary(rules: Rules) -> str:
    """Return the text of the dictionary of a language."""
    return "\n".join(["UTF-8", "LEFTHYPHENMIN 2", "RIGHTHYPHENMIN 2", *merged(rules.patterns())]) + "\n"


def merged(patterns: Iterable[str]) -> list[str]:
    """Return the patterns such that no two have the same letters, of which readers would know only the last.

    >>> merged(["1na", "3na", "n2a"])
    ['3n2a']
    """
    levels: dict[str, list[str]] = {}
    for pattern in patterns:
        letters, digits = re.sub(r"\d", "", pattern), re.split(r"\D", pattern)
        levels[letters] = [*map(max, levels.get(letters, digits), digits)]
    return ["".join(map("".join, zip_longest(digits, letters, fillvalue=""))) for letters, digits in levels.items()]


def rebuild() -> None:
    """Write every dictionary anew."""
    for rules in RULES:
        rules.file.write_text(dictionary(rules), encoding="utf-8")


if __name__ == "__main__":
    rebuild()
