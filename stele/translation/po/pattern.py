"""The text of a PO file in; out, the entries at its beginning that are written as every tool writes them.

What is written otherwise is left to `syntax`, which reads everything: this is only the faster way through
the plain majority, one expression for a whole entry. It says nothing that the other would not say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stele.translation.po.comments import comment_of, flags_in, references_in
from stele.translation.po.entry import Entry, Previous
from stele.translation.po.tokens import STRING, joined, unescaped

_GAP = re.compile(r"[ \t\r\f\v\n]*")
_STRING = re.compile(STRING)
_MSGID = 6  # its group in the pattern of an entry
_NUMBER_OR_STRING = re.compile(rf"msgstr\[([0-9])\]|({STRING})")


def _pattern(mark: str, previous: str) -> re.Pattern[str]:
    """Return the expression for an entry whose lines begin with `mark`, those of its previous message with `previous`.

    Its groups are the comments, then context, msgid and plural of the previous message, then those of the message,
    then msgstr or the numbered ones.
    """
    text, before = (rf"{STRING}(?:[ \t\r]*\n{begin}{STRING})*+" for begin in (mark, previous))
    end = r"[ \t\r]*(?:\n|\Z)"
    return re.compile(
        rf"""
        ((?:\#(?![~|])[^\n]*\n)*+)
        (?:
          (?:{previous}msgctxt\ ({before}){end})?
          {previous}msgid\ ({before}){end}
          (?:{previous}msgid_plural\ ({before}){end})?
        )?
        (?:{mark}msgctxt\ ({text}){end})?
        {mark}msgid\ ({text}){end}
        (?:
          {mark}msgstr\ ({text}){end}
        | {mark}msgid_plural\ ({text}){end} ((?:{mark}msgstr\[[0-9]\]\ {text}{end})++)
        )
        (?=[ \t\r\f\v\n]*(?:\Z|\#|msgctxt\ |msgid\ ))
        """,
        re.VERBOSE,
    )


_CURRENT = _pattern("", r"\#\|\ ?")
_OBSOLETE = _pattern(r"\#~\ ?", r"\#~\|\ ?")


def read_usual(text: str) -> tuple[tuple[Entry, ...], int]:
    """Return the entries that `text` begins with, and the offset from which it has to be read otherwise."""
    entries: list[Entry] = []
    end, line, counted = 0, 1, 0
    while gap := _GAP.match(text, end):
        found = _CURRENT.match(text, gap.end()) or _OBSOLETE.match(text, gap.end())
        if found is None:
            break
        line += text.count("\n", counted, found.start(_MSGID))
        counted = found.start(_MSGID)
        try:
            entries.append(_entry(found, gap[0], line))
        except ValueError:
            break
        end = found.end()
    return tuple(entries), end


def _entry(found: re.Match[str], gap: str, line: int) -> Entry:
    comments, *previous, context, msgid, msgstr, plural, forms = found.groups()
    flags, extracted, remarks, references = _comments(comments)
    return Entry(
        _text(msgid),
        (_text(msgstr),) if plural is None else _forms(forms),
        None if context is None else _text(context),
        None if plural is None else _text(plural),
        flags,
        extracted,
        remarks,
        references,
        None if previous[1] is None else _previous(*previous),
        found.re is _OBSOLETE,
        line,
        found[0],
        gap,
    )


@lru_cache
def _comments(lines: str) -> tuple[tuple[str, ...], ...]:
    # Neighbouring messages come from one file and are of one kind: most of their comments are the same.
    by_field: dict[str, list[str]] = {}
    for line in lines.split("\n")[:-1]:
        field, text = comment_of(line)
        by_field.setdefault(field, []).append(text)
    extracted, remarks = (tuple(by_field.get(field, ())) for field in ("extracted_comments", "translator_comments"))
    return flags_in(by_field.get("flags", ())), extracted, remarks, references_in(by_field.get("references", ()))


def _previous(context: str | None, msgid: str, plural: str | None) -> Previous:
    return Previous(
        _text(msgid), None if context is None else _text(context), None if plural is None else _text(plural)
    )


def _forms(lines: str) -> tuple[str, ...]:
    forms: list[list[str]] = []
    for number, string in _NUMBER_OR_STRING.findall(lines):
        if string:
            forms[-1].append(string)
        elif int(number) == len(forms):
            forms.append([])
        else:
            raise ValueError("the numbers of msgstr do not count up from 0")
    return tuple(_text("\n".join(strings)) for strings in forms)


def _text(strings: str) -> str:
    if "\\" in strings:
        return joined(unescaped(string) for string in _STRING.findall(strings))
    return "".join(string[1:-1] for string in _STRING.findall(strings)) if "\n" in strings else strings[1:-1]
