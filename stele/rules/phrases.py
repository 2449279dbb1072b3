"""Words as a profile writes them in, patterns that find them in a text in lower case out.

An asterisk stands for any ending (or beginning) of a word, a bar parts words of which one is enough, ``…`` is up to
three words of any kind, and a word in braces is a list: ``{people} murdered|slaughtered … women``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from stele.language.casing import lower
from stele.translation.review.occurrences import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Slots: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]  # lists that patterns may name, by their names

# What stands in a text for something that is no word: the value of a reference, a name of a place (see `narration`).
PLACE = "\ue800"
PRIVATE = "\ue000-\uf8ff"
_INSIDE = r"\w\u0300-\u036f\u0654\u200c"
# In two sets: one of three runs of letters takes longer to compile than a word.
_START, _END = (rf"({side}[\w\u0300-\u036f])({side}[\u0654\u200c])" for side in ("?<!", "?!"))
_ANY = rf"[{_INSIDE}]{{0,12}}"
# Between two words of one phrase: no end of a clause, nothing that was taken out. A dash joins words, but no numbers.
_CLAUSE = rf".!?…;:,،؟؛۔()\[\]\n\ufffc{PRIVATE}"
JOINT = rf"[^\w{_CLAUSE}]{{1,4}}"
NEAR = rf"[^\w–—{_CLAUSE}]{{1,3}}"
_GAP = rf"(?:[{_INSIDE}{PLACE}]{{1,40}}{JOINT}){{0,3}}"
GAP = "…"
_SLOT = re.compile(r"\{([a-z_]+)\}")
# What is written together with the word that follows: and, in, to, from, the.
_PREFIXES = {"ar": "[وف]?(?:[بكل]?ال|لل|[بكلس])?", "he": "[והבלמשכ]{0,3}"}


@lru_cache(maxsize=5_000)
def any_of(words: tuple[str, ...], tag: str) -> re.Pattern[str] | None:
    """Return a pattern for any of `words` as whole words, None where there are none."""
    return re.compile(rf"{_START}(?:{alternatives(words, tag)}){_END}") if words else None


@lru_cache(maxsize=5_000)
def alternatives(words: tuple[str, ...], tag: str) -> str:
    """Return the pattern of any of `words` without its bounds, the longest first."""
    phrases = [_phrase(word, tag) for word in sorted(words, key=len, reverse=True)]
    return "|".join(_with_any_end(phrases)) or "(?!)"


@lru_cache(maxsize=5_000)
def sequence(pattern: str, tag: str, slots: Slots) -> re.Pattern[str] | None:
    """Return a pattern for the words of `pattern` in their order, None where a list that it names is empty."""
    known = {"place": (PLACE,), **dict(slots)}
    if not all(known.get(name) for name in _SLOT.findall(pattern)):
        return None
    lists = {name: alternatives(words, tag) for name, words in slots} | {"place": f"{PLACE}{{1,80}}"}
    made = ""
    for piece in pattern.split():
        if piece == GAP:
            made += _GAP
            continue
        named = [(option, _SLOT.fullmatch(option)) for option in piece.split("|") if option]
        options = [lists[slot[1]] if slot else _word(option, tag) for option, slot in named]
        made += f"(?:{'|'.join(options)}){_END}{JOINT}"
    return re.compile(_START + made.removesuffix(JOINT))


def may_stand(pattern: str, text: str, tag: str, slots: Slots) -> bool:
    """Say whether `text` has something of each word of a pattern: where it has not, its `sequence` finds nothing."""
    return all(any(held in text for held in options) for options in _held(pattern, tag, slots))


@lru_cache(maxsize=5_000)
def _held(pattern: str, tag: str, slots: Slots) -> tuple[tuple[str, ...], ...]:
    """Return what is spelled as it stands of each word of a pattern, of any that it may be, the fewest first."""
    known = {f"{{{name}}}": words for name, words in (("place", (PLACE,)), *slots)}
    pieces = [[option for option in piece.split("|") if option] for piece in pattern.split() if piece != GAP]
    words = [[word for option in options for word in known.get(option, (option,))] for options in pieces if options]
    return tuple(tuple(_spelled(word, tag) for word in options) for options in sorted(words, key=len))


def _spelled(words: str, tag: str) -> str:
    """Return how the first of `words` begins, up to a hyphen or an apostrophe, which may be of any kind."""
    return re.split("[-־’]", _bare(words.split()[0], tag))[0]


def _with_any_end(phrases: Iterable[str]) -> Iterator[str]:
    """Yield phrases; those that may end in any way are put together, as that takes the longest to compile."""
    for is_any, group in groupby(phrases, lambda phrase: phrase.endswith(_ANY)):
        joined = "|".join(phrase.removesuffix(_ANY) for phrase in group)
        yield f"(?:{joined}){_ANY}" if is_any else joined


def _phrase(words: str, tag: str) -> str:
    return JOINT.join(_word(word, tag) for word in words.split())


def _word(word: str, tag: str) -> str:
    """Return the pattern of one word: its hyphens may be of any kind, and spaces."""
    bare = _bare(word, tag)
    spelled = r"[-\u2010\u2011\u05be \u200c]".join(re.escape(part) for part in re.split("[-־]", bare))
    begins, ends = _ANY * word.startswith("*"), _ANY * word.endswith("*")
    return f"{_PREFIXES.get(tag.partition('-')[0], '')}{begins}{spelled.replace('’', '[’' + chr(39) + ']')}{ends}"


def _bare(word: str, tag: str) -> str:
    return lower(comparable(word.strip("*")), tag)
