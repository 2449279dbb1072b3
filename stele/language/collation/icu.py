"""Names and a language in, ICU's keys that sort them out: what the order of Stele's own is held against.

No build sorts by ICU, for its order changes from one version to the next, and the same content has to give the same
bytes on every machine. It comes with the extra `icu`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# CLDR 47 sorts both as Azerbaijani in Latin script. The Cyrillic alphabet is that of 1958; Iran's has Persian order.
_RULES = {
    "az-Cyrl": ("[reorder Cyrl] &Г<ғ<<<Ғ &Е<ә<<<Ә &И<ы<<<Ы<ј<<<Ј &К<ҝ<<<Ҝ &О<ө<<<Ө &У<ү<<<Ү &Х<һ<<<Һ &Ч<ҹ<<<Ҹ"),
}
_AS_OF = {"az-Arab": "fa"}


def is_installed() -> bool:
    """Say whether ICU is there to sort with."""
    return find_spec("icu") is not None


def name_key(parts: Sequence[str], tag: str) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Return what sorts a name by its `parts` as ICU does; raise `ModuleNotFoundError` where it is not installed."""
    weigh = _collator(tag).getSortKey
    return tuple(weigh(part) for part in parts), tuple(parts)


@cache
def _collator(tag: str) -> Any:
    icu = import_module("icu")
    if tag in _RULES:
        return icu.RuleBasedCollator(_RULES[tag])
    return icu.Collator.createInstance(icu.Locale.forLanguageTag(_AS_OF.get(tag, tag)))
