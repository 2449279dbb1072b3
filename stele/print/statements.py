"""A content stream in, its statements out: each with its operands as they are written, and its operator.

What we write ourselves is written in a few plain ways, which one pattern reads in a quarter of the time that qpdf
takes. A stream that is written otherwise is read by qpdf, which spells it again. ISO 32000-2, 7.8.2 Content streams.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pikepdf import Object

INLINE_IMAGE = "INLINE IMAGE"  # its operand is the image itself
_NUMBER = r"[-+.\d]+\s+"
_NAME = r"/[\w.+-]*\s+"
_LITERAL = r"\((?:[^()\\]|\\.)*+\)"
_STRING = rf"(?:<(?:[\da-fA-F]{{2}})*>|{_LITERAL})\s*"
_ARRAY = rf"\[(?:[-+.\d\s]++|{_STRING})*+\]\s*"
_DICTIONARY = rf"<<[^<>()%]*(?:(?:<[\da-fA-F]*>|{_LITERAL})[^<>()%]*)*>>\s*"
_DIGITS = re.compile(r"<([\da-fA-F]*)>")
_OPERATOR = r"[A-Za-z'\"][\w*]*"
# From where it is not so plain on, all the rest is one match.
_STATEMENT = re.compile(
    rf"((?:{_NUMBER}|{_NAME}|{_STRING}|{_ARRAY}|{_DICTIONARY})*+)({_OPERATOR})(?:\s+|\Z)|(.+)", re.ASCII | re.DOTALL
)
_NOT_PLAIN = frozenset({"", "BI", "true", "false", "null"})  # in the place of an operator


def statements(drawing: Object) -> Iterable[tuple[Any, str]]:
    """Return the statements of a page, a form, a pattern or a glyph."""
    found = _STATEMENT.findall(content(drawing).decode("latin-1").lstrip())
    operands, operators, _ = zip(*found, strict=True) if found else ((), (), ())
    return zip(operands, operators, strict=True) if _NOT_PLAIN.isdisjoint(operators) else _read_by_qpdf(drawing)


def content(drawing: Object) -> bytes:
    """Return what a page, a form, a pattern or a glyph is drawn by, the parts of a page each on lines of its own."""
    from pikepdf import Array, Stream

    written = drawing if isinstance(drawing, Stream) else drawing.get("/Contents", Array())
    parts = written if isinstance(written, Array) else (written,)
    return b"\n".join(part.read_bytes().rstrip() for part in parts)


def numbers(operands: str) -> list[float]:
    """Return operands that are numbers."""
    return list(map(float, operands.split()))


def name(operands: str) -> str:
    """Return the name that stands last among operands, as resources have it."""
    found = operands[operands.rindex("/") :].rstrip()
    return found if "#" not in found and found.isascii() else str(_parsed(found))


def codes(operands: str) -> bytes:
    """Return the codes of a string, or of an array of strings and spaces between them, that stands last."""
    if "(" not in operands:
        return bytes.fromhex("".join(_DIGITS.findall(operands)))
    from pikepdf import Array, String

    shown = _parsed(f"[{operands}]")[-1]
    items = shown if isinstance(shown, Array) else (shown,)
    return b"".join(bytes(item) for item in items if isinstance(item, String))


def _parsed(written: str) -> Any:
    from pikepdf import Object

    return Object.parse(written.encode("latin-1"))


def _read_by_qpdf(drawing: Object) -> Iterator[tuple[Any, str]]:
    from pikepdf import ContentStreamInlineImage, parse_content_stream, unparse_content_stream

    for instruction in parse_content_stream(drawing):
        if isinstance(instruction, ContentStreamInlineImage):
            yield instruction.iimage, INLINE_IMAGE
        else:
            operands, _, operator = unparse_content_stream([instruction]).decode("latin-1").rpartition(" ")
            yield operands, operator
