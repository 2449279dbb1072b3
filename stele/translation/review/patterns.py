"""An entry that is no prose in, what makes it unusable out: a pattern of dates, the gender of a noun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.date_patterns import fields
from stele.language.ordinals import Gender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.translation.po.entry import Entry

# Contexts of templates/shared/dates.html.
PATTERN = "date pattern"
GENDER = "gender of “anniversary”"
_WORDS = re.compile(r"'[^']*'|\[[^\[\]]*\]")


def reworded_pattern(pattern: str, rewrite: Callable[[str], str]) -> str:
    """Return a pattern of dates with its words and suffixes rewritten; the letters for parts of a date stay."""
    return _WORDS.sub(lambda words: rewrite(words[0]), pattern)


def is_pattern(entry: Entry) -> bool:
    """Say whether an entry is read by the program, and so is no prose."""
    return entry.context in (PATTERN, GENDER)


def unusable(entry: Entry) -> str | None:
    """Return in words why the program cannot use an entry that it reads, None where it can."""
    text = entry.msgstr[0].strip()
    if entry.context == GENDER:
        return None if text in set(Gender) else f"{text[:30]!r} is no gender: write {', '.join(Gender)}"
    if entry.context != PATTERN:
        return None
    try:
        given, wanted = fields(entry.msgstr[0]), fields(entry.msgid)
    except ValueError as error:
        return str(error)
    if given != wanted:
        parts = ", ".join(sorted((wanted - given).elements())) or ", ".join(sorted((given - wanted).elements()))
        return f"the pattern {'drops' if wanted - given else 'has too many of'} {parts}"
    return None


def bad_pattern(entry: Entry, path: str) -> Iterator[Diagnostic]:
    """Yield ``bad-pattern`` for an entry that the program cannot use, and prints in English instead."""
    reason = unusable(entry)
    if reason:
        hint = "d is the day, MMMM the month, y the year, each as often as in the source; words stand in 'apostrophes'"
        where = Location(path, entry.line)
        yield Diagnostic("bad-pattern", reason, where, None if entry.context == GENDER else hint)
