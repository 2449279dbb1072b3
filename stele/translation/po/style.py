"""An entry and new values in, the entry set in its file's style out: what did not change keeps its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from stele.translation.po.comments import comment_of
from stele.translation.po.lines import display_width, set_out
from stele.translation.po.syntax import read_entries
from stele.translation.po.tokens import STRING, BrokenText, read_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.translation.po.entry import Entry

# msgcat's own page width; a file says by where its lines end whether its tool had another.
_GETTEXT_WIDTH = 79
_ENOUGH = 300  # lines to judge by
_NARROWEST = 60  # a text broken before that was broken by hand

# GNU gettext writes an entry in this order (`write-po.c`).
_COMMENTS = ("translator_comments", "extracted_comments", "references", "flags")
_BODY = ("previous", "context", "msgid", "plural", "msgstr")

_NAMED = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\0": "\\000", **_NAMED})
_TO_ESCAPE = re.compile(r'[\\"\0\a\b\f\n\r\t\v]')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_JOINED = re.compile(r"^#: \S+ \S", re.MULTILINE)
_USUAL = re.compile(
    rf"""
      (?P<comment>\#(?![~|])[^\n]*(?<!\\)(?<!\\\r))
    | (?:\#(?:~\ ?|~?(?P<previous>\|)\ ?))?
      (?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr)(?:\[[0-9]\])?\ )?
      {STRING}\r?
    """,
    re.VERBOSE,
)
_FIELDS = {"msgctxt": "context", "msgid": "msgid", "msgid_plural": "plural", "msgstr": "msgstr"}
_CONTINUATION = re.compile(r'(?:#~\|? ?|#\| ?)?"(.*)"[ \t\r]*\Z')
_KEYWORD_LINE = re.compile(r'(?:#~\|? ?|#\| ?)?msg[a-z_]+(?:\[\d+\])? *"(.*)"[ \t\r]*\Z')


@dataclass(frozen=True, slots=True)
class Style:
    """How a catalog is set: its newline, and the columns at which its lines wrap (None: they never do).

    `joined` says whether several references stand on one line.
    """

    newline: str = "\n"
    width: int | None = _GETTEXT_WIDTH
    joined: bool = False


DEFAULT_STYLE = Style()


def style_of(text: str) -> Style:
    """Return the style in which `text` of a whole catalog is set."""
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    return Style(newline, _width_of(text.split("\n")), _JOINED.search(text) is not None)


def _width_of(lines: Sequence[str]) -> int | None:
    wrapped = tuple(islice(((line, below) for line, below in pairwise(lines) if _wraps(line, below)), _ENOUGH))
    if not wrapped:
        return None if any(map(_overlong, lines)) else _GETTEXT_WIDTH
    if _wraps_as_gettext(wrapped):
        return _GETTEXT_WIDTH
    return max(_NARROWEST, *(display_width(line.rstrip()) for line, _ in wrapped))


def _wraps_as_gettext(wrapped: Sequence[tuple[str, str]]) -> bool:
    """Say whether (nearly) all lines end where they had to at the width of GNU gettext."""
    strange = 0
    for line, below in wrapped:
        width, following = display_width(line.rstrip()), _CONTINUATION.match(below)
        more = display_width(next(set_out(following[1], 0))) if following else 0
        strange += width > _GETTEXT_WIDTH or width + more <= _GETTEXT_WIDTH
    return strange * 20 <= len(wrapped)


def revised(entry: Entry, style: Style, **changes: Any) -> Entry:
    """Return `entry` with other values, and the text that says so; the same one where nothing changes."""
    changed = replace(entry, **changes)
    return entry if changed == entry else _set_again(changed, entry, style)


def set_anew(entry: Entry, style: Style) -> Entry:
    """Return `entry` set on lines of its own; fields that say the same as its text did keep their bytes."""
    read = read_entries(entry.raw)[0]
    return _set_again(entry, read[0] if read else entry, style)


def _set_again(entry: Entry, before: Entry, style: Style) -> Entry:
    kept = _kept(entry, before, style)
    raw = "".join(kept.get(field) or _set(entry, field, style) for field in (*_COMMENTS, *_BODY))
    return replace(entry, raw=raw)


def _wraps(line: str, below: str) -> bool:
    here = _CONTINUATION.match(line)
    inner = here[1].rstrip(" ") if here else ""
    return " " in inner and not inner.endswith("\\n") and bool(_CONTINUATION.match(below))


def _overlong(line: str) -> bool:
    found = _CONTINUATION.match(line) or _KEYWORD_LINE.match(line)
    return len(line) > _GETTEXT_WIDTH + 1 and found is not None and " " in found[1].rstrip(" ")


def _kept(entry: Entry, before: Entry, style: Style) -> dict[str, str]:
    if not entry.raw:
        return {}
    texts: dict[str, list[str]] = {}
    try:
        written = _usual_texts(entry.raw) or list(_texts(entry.raw))
    except BrokenText:  # taken out of a line that it shares, a text may say nothing by itself: then all is set anew
        return {}
    for field, text in written:
        texts.setdefault(field, []).append(text.rstrip("\r") + style.newline)
    same = (field for field in texts if getattr(before, field) == getattr(entry, field))
    return {field: "".join(texts[field]) for field in same if _stands_alone(entry, field, texts[field])}


def _texts(raw: str) -> Iterator[tuple[str, str]]:
    for part in read_parts(raw):
        yield "previous" if part.previous else part.field, raw[part.start : part.end]


def _usual_texts(raw: str) -> list[tuple[str, str]]:
    """Return the texts of `raw` by field, faster than they are read; none where it is not set as tools set it."""
    texts: list[tuple[str, str]] = []
    for line in raw.removesuffix("\n").split("\n"):
        found = _USUAL.fullmatch(line)
        if found is None:
            return []
        if found["comment"]:
            texts.append((comment_of(line)[0], line))
        elif found["keyword"]:
            texts.append(("previous" if found["previous"] else _FIELDS[found["keyword"]], line))
        else:
            field, text = texts.pop()
            texts.append((field, f"{text}\n{line}"))
    return texts


def _stands_alone(entry: Entry, field: str, lines: Iterable[str]) -> bool:
    # A keyword behind another on one line lacks the mark (#~) that its line begins with.
    mark = "#" if field in _COMMENTS else (_mark(entry, field).rstrip() or "msg")
    return all(line.startswith(mark) for line in lines)


def _mark(entry: Entry, field: str) -> str:
    if field == "previous":
        return "#~| " if entry.obsolete else "#| "
    return "#~ " if entry.obsolete else ""


def _set(entry: Entry, field: str, style: Style) -> str:
    lines = _comment_lines(entry, field, style) if field in _COMMENTS else _body_lines(entry, field, style)
    return "".join(line + style.newline for line in lines)


def _comment_lines(entry: Entry, field: str, style: Style) -> Iterable[str]:
    if field == "flags":
        return [f"#, {', '.join(entry.flags)}"] if entry.flags else []
    if field == "references":
        return _reference_lines(entry, style)
    sign = "#." if field == "extracted_comments" else "#"
    # A backslash at the end would join the next line to the comment.
    lines = (f"{sign} {text}".rstrip(" ") for text in getattr(entry, field))
    return [f"{line} " if line.endswith("\\") else line for line in lines]


def _reference_lines(entry: Entry, style: Style) -> Iterator[str]:
    line = "#:"
    for reference in map(_isolated, entry.references):
        # GNU gettext counts a place in bytes, not in columns.
        length = len(f"{line} {reference}".encode())
        full = not style.joined or length > (style.width or _GETTEXT_WIDTH)
        if full and line != "#:":
            yield line
            line = "#:"
        line += f" {reference}"
    if entry.references:
        yield line


def _isolated(reference: str) -> str:
    # GNU gettext sets a path with a space between U+2068 and U+2069, and the line number behind it.
    path, colon, line = reference.rpartition(":")
    if not line.isdecimal():
        path, colon, line = reference, "", ""
    return f"\u2068{path}\u2069{colon}{line}" if " " in path else reference


def _body_lines(entry: Entry, field: str, style: Style) -> Iterator[str]:
    mark = _mark(entry, field)
    width = None if "no-wrap" in entry.flags else style.width
    for keyword, text in _keywords(entry, field):
        yield from _string_lines(mark, keyword, text, width)


def _keywords(entry: Entry, field: str) -> Iterator[tuple[str, str]]:
    source = entry.previous if field == "previous" else entry
    if source is None:
        return
    if field in ("previous", "context") and source.context is not None:
        yield "msgctxt", source.context
    if field in ("previous", "msgid"):
        yield "msgid", source.msgid
    if field in ("previous", "plural") and source.plural is not None:
        yield "msgid_plural", source.plural
    if field == "msgstr" and entry.plural is None:
        yield "msgstr", entry.msgstr[0]
    elif field == "msgstr":
        yield from ((f"msgstr[{index}]", text) for index, text in enumerate(entry.msgstr))


def _string_lines(mark: str, keyword: str, text: str, width: int | None) -> Iterator[str]:
    lines = [line.translate(_ESCAPES) if _TO_ESCAPE.search(line) else line for line in _LINE.findall(text)] or [""]
    whole = f'{mark}{keyword} "{lines[0]}"'
    if len(lines) == 1 and (width is None or display_width(whole) <= width):
        yield whole
        return
    yield f'{mark}{keyword} ""'
    room = None if width is None else width - len(mark) - 2
    for line in lines:
        pieces = [line] if room is None else set_out(line, room)
        yield from (f'{mark}"{piece}"' for piece in pieces)
