"""Text and its language in, upper, lower or capitalised text out, by the rule of that language."""

from __future__ import annotations

# Unicode SpecialCasing.txt, conditions az and tr: dotted and dotless i are two letters.
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_TURKIC = frozenset({"az", "tr"})


def _turkic(tag: str) -> bool:
    language, _, rest = tag.partition("-")
    return language in _TURKIC and not rest.startswith(("Cyrl", "Arab"))


def lower(text: str, tag: str) -> str:
    """Return `text` in lower case as the language of `tag` writes it."""
    return (text.translate(_LOWER) if _turkic(tag) else text).lower()


def upper(text: str, tag: str) -> str:
    """Return `text` in upper case as the language of `tag` writes it."""
    return (text.translate(_UPPER) if _turkic(tag) else text).upper()


def capitalize(text: str, tag: str) -> str:
    """Return `text` with its first letter in upper case and the rest as it stands.

    Georgian has no sentence case: Mtavruli capitals set whole words only (Unicode 11, 7.7).
    """
    return text if tag.partition("-")[0] == "ka" else upper(text[:1], tag) + text[1:]
