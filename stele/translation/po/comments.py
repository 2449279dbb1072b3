"""A comment line of a PO file in; out, the field of `Entry` it belongs to, and the flags or references it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FLAG = re.compile(r"range:[ \t]*[^ \t,]+|[^ \t\r\f\v,]+")
# GNU gettext sets a path with a space between U+2068 and U+2069, and the line number behind it.
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*)\u2069([^ \t\r\f\v]*)|([^ \t\r\f\v]+)")
# Flags stand behind #, but gettext reads them behind #! too, and newer versions speak of flags
# behind #=; to overlook a fuzzy there would print it.
_FIELDS = {".": "extracted_comments", ":": "references", **dict.fromkeys(",!=", "flags")}


def comment_of(line: str) -> tuple[str, str]:
    """Return the field of `Entry` that `line`, beginning with ``#``, belongs to, and what it says."""
    field = _FIELDS.get(line[1:2], "translator_comments")
    text = line[1 if field == "translator_comments" else 2 :]
    return field, text.rstrip(" \t\r\f\v").removeprefix(" ")


def flags_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the flags that `lines` name, without their ``#,``."""
    return tuple(flag for line in lines for flag in _FLAG.findall(line))


def references_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the places that `lines` name, without their ``#:``."""
    return tuple(plain or path + place for line in lines for path, place, plain in _REFERENCE.findall(line))
