"""The text of a PO file in, its comments and keywords with their texts out, in order, each with its place.

The lexis is that of GNU gettext 0.21 (`po-lex.c`), which allows more than tools write: any white space
between tokens, several tokens on one line, comments behind an entry, strings continued by a backslash.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.translation.po.comments import comment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
"""A string in its quotation marks."""

_TOKEN = re.compile(
    rf"""
      (?P<newline>\n)
    | (?P<space>[ \t\r\f\v]+)
    | (?P<mark>\#~\||\#~|\#\|)
    | (?P<comment>\#[^\n]*)
    | (?P<string>{STRING})
    | (?P<keyword>msgctxt|msgid_plural|msgid|msgstr|domain)(?![A-Za-z0-9_])
    | (?P<index>\[[ \t\r\f\v\n]*[0-9]{{1,3}}[ \t\r\f\v\n]*\])
    | (?P<word>[^\W\d]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
SPLICE = "\\\n"
"""A backslash at the end of a line joins it to the next wherever it stands, even in a comment."""

_PARAGRAPH_END = re.compile(r"\n[ \t\r]*(?=\n)|\Z")
_ESCAPE = re.compile(r'\\(?:([abfnrtv"\\])|([0-7]{1,3})|x([0-9A-Fa-f]+)|)')
_ESCAPED = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    '"': '"',
    "\\": "\\",
}
_BODY_FIELDS = {
    "msgctxt": "context",
    "msgid": "msgid",
    "msgid_plural": "plural",
    "msgstr": "msgstr",
    "domain": "domain",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A comment, or a keyword with its strings: text[start:end], for the field of `Entry` named `field`.

    A part of a previous message has the field of the message, and `previous` set. The field of a line that
    changes the domain is ``domain``.
    """

    field: str
    text: str
    start: int
    end: int
    comment: bool = False
    obsolete: bool = False
    previous: bool = False
    index: int | None = None

    @property
    def body(self) -> bool:
        """Say whether the part belongs to the message itself, not to what is said about it."""
        return not self.comment and not self.previous


class BrokenText(Exception):
    """The text breaks the syntax at `offset`; `hint` says how to mend it."""

    def __init__(self, offset: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    obsolete: bool
    previous: bool
    leads_line: bool


def read_parts(text: str, offset: int = 0) -> Iterator[Part]:
    """Yield the parts of `text` from `offset`; raise `BrokenText` at the first slip."""
    run: list[_Token] = []
    for token in _tokens(text, offset):
        if run and token.kind in ("comment", "keyword"):
            yield _body_part(run)
            run = []
        if token.kind == "comment":
            yield _comment_part(token)
        else:
            _check_place(token, run)
            run.append(token)
    if run:
        yield _body_part(run)


def slips(text: str, offset: int = 0) -> Iterator[BrokenText]:
    """Yield the first slip of every paragraph from `offset`; the rest of a broken paragraph says nothing new."""
    while offset < len(text):
        try:
            for _ in read_parts(text, offset):
                pass
        except BrokenText as slip:
            yield slip
            end = _PARAGRAPH_END.search(text, slip.offset)
            offset = end.end() if end else len(text)
        else:
            return


def _tokens(text: str, offset: int) -> Iterator[_Token]:
    spliced = text[offset:].replace(SPLICE, "")
    place = _places(text, offset)
    marks: set[str] = set()
    mark_start, leads_line = None, True
    for found in _TOKEN.finditer(spliced):
        kind, start = str(found.lastgroup), place(found.start() + 1) - 1
        if kind == "newline":
            marks, mark_start, leads_line = set(), None, True
        elif kind == "mark":
            marks.update(found[0])
            mark_start = start if mark_start is None else mark_start
        elif kind != "space":
            begin = start if mark_start is None else mark_start
            yield _Token(kind, found[0], begin, place(found.end()), "~" in marks, "|" in marks, leads_line)
            mark_start, leads_line = None, False


def _places(text: str, offset: int) -> Callable[[int], int]:
    """Return what turns a place in the spliced text from `offset` into one in `text` itself."""
    splices = [found.start() - offset for found in re.compile(re.escape(SPLICE)).finditer(text, offset)]
    if not splices:
        return lambda place: place + offset
    closed = [start - number * len(SPLICE) for number, start in enumerate(splices)]
    return lambda place: place + offset + bisect_left(closed, place) * len(SPLICE)


def _check_place(token: _Token, run: list[_Token]) -> None:
    if token.kind in ("word", "other"):
        raise _unknown(token, run)
    if token.kind == "keyword":
        return
    if not run:
        hint = "write msgid or msgstr in front of it; no comment may stand inside an entry"
        raise BrokenText(token.start, "a text belongs to no msgid or msgstr", hint)
    if token.kind == "index" and [part.text for part in run] != ["msgstr"]:
        raise BrokenText(token.start, "a number stands in the wrong place", "only msgstr is numbered: msgstr[0]")
    obsolete = token.obsolete if run[0].text != "domain" else run[0].obsolete  # a domain may be marked or not
    if (obsolete, token.previous) != (run[0].obsolete, run[0].previous):
        hint = "begin each of its lines with the same mark, or none"
        raise BrokenText(token.start, "an entry is only partly marked with #~ or #|", hint)


def _unknown(token: _Token, run: list[_Token]) -> BrokenText:
    inside = 'write a quotation mark inside a text as \\"'
    if token.text == '"':
        hint = f'close it with " on the same line; {inside}'
        return BrokenText(token.start, "a text has no closing quotation mark", hint)
    shown = token.text[:40] if token.text.isprintable() else ascii(token.text[:40])
    if run and run[-1].kind == "string" and not token.leads_line:
        return BrokenText(token.start, f"“{shown}” stands outside the quotation marks", inside)
    hint = "an entry is made of msgctxt, msgid, msgid_plural and msgstr"
    return BrokenText(token.start, f"“{shown}” is not a keyword", hint)


def _comment_part(token: _Token) -> Part:
    field, text = comment_of(token.text)
    return Part(field, text, token.start, token.end, comment=True)


def _body_part(run: list[_Token]) -> Part:
    keyword = run[0]
    strings = [token for token in run if token.kind == "string"]
    if not strings:
        hint = f'write {keyword.text} "" where there is none'
        raise BrokenText(keyword.start, f"{keyword.text} has no text", hint)
    index = int(run[1].text.strip("[] \t\r\f\v\n")) if run[1].kind == "index" else None
    if keyword.text == "domain" and len(strings) > 1:
        raise BrokenText(strings[1].start, "a domain has several names", 'write one name: domain "messages"')
    text = _said(strings)
    field = _BODY_FIELDS[keyword.text]
    return Part(field, text, keyword.start, run[-1].end, False, keyword.obsolete, keyword.previous, index)


def _said(strings: Sequence[_Token]) -> str:
    pieces = [_unescaped(token) for token in strings]
    try:
        return joined(pieces)
    except UnicodeError as error:
        hint = "write the letters themselves, in UTF-8"
        raise BrokenText(strings[0].start, "backslashes spell bytes that are not UTF-8", hint) from error


def _unescaped(token: _Token) -> str:
    try:
        return unescaped(token.text)
    except ValueError as error:
        hint = "write a backslash itself as \\\\; \\n is a new line and \\t a tab"
        raise BrokenText(token.start, "a backslash is followed by something unknown", hint) from error


def unescaped(string: str) -> str:
    """Return what `string`, in its quotation marks, spells; an escaped byte beyond ASCII is a lone surrogate.

    Raises `ValueError` for an unknown escape.
    """
    bare = string[1:-1]
    return _ESCAPE.sub(_character, bare) if "\\" in bare else bare


def joined(pieces: Iterable[str]) -> str:
    """Return the text of the unescaped `pieces`; the bytes of one letter may be spread over several.

    Raises `UnicodeError` for bytes that are not UTF-8.
    """
    return "".join(pieces).encode(errors="surrogateescape").decode()


def _character(found: re.Match[str]) -> str:
    letter, octal, hexadecimal = found.groups()
    if letter:
        return _ESCAPED[letter]
    if octal or hexadecimal:
        byte = (int(octal, 8) if octal else int(hexadecimal[-2:], 16)) & 0xFF
        return bytes([byte]).decode("ascii", "surrogateescape")
    raise ValueError("unknown escape")
