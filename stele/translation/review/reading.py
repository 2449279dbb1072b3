"""Inline Markdown in, the prose in it that a reader reads out: what most checks compare, and nothing else."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from stele.translation.safety import is_plain

# What is printed in a place where no prose stands: code, an address, the value of a placeholder.
OBJECT = "\ufffc"

# Code spans as Python-Markdown finds them; runs of more than nine backticks count as no code (see `pieces`).
_CODE = re.compile(r"(?<![\\`])(`{1,9})(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(
    r"<(?:https?://|mailto:)[^\s<>]*>"
    r"|(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?»”\"'*_]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w"
    r"|(?<![\w.-])(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,24}/[^\s<>()\[\]]*[^\s<>()\[\].,;:!?»”\"'*_]",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]*\]")
_BRACKETS = re.compile(r"\[([^\[\]]*)\](?![(\[])")
_CITED = re.compile(r"(?<![\w.])@\{?\w")
_CITED_KEY = re.compile(r"(?<![\w.])-?@\{?\w(?:[\w:.#$%&+?<>~/-]*\w)?\}?")
_TARGET = r"\((?:[^()]|\([^()]*\))*+\)"
_LINK = re.compile(rf"!?\[([^\[\]]*)\](?:{_TARGET}|\[[^\[\]]*\])")
_LOOSE_TARGET = re.compile(rf"(?<=\]){_TARGET}")
_ATTRIBUTES = re.compile(r"\{:[^{}]*\}|\{\s*[.#][^{}]*\}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[a-z]|(?<!\d)(?<!\d[ \u00a0\u202f])%[ds](?!\w)")
_EMPHASIS = re.compile(r"(?<=\S)\*+|\*+(?=\S)|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")

# Where characters after a backslash wait while markup is taken away: private use, plane 16.
_WAITING = 0x10F000
_RETURN = {_WAITING + code: code for code in range(0x21, 0x7F)}
_WAITED = re.compile(rf"[{chr(min(_RETURN))}-{chr(max(_RETURN))}]")


@lru_cache(maxsize=4_096)
def prose(text: str) -> str:
    """Return `text` without code, tags, addresses, link targets and keys, footnote calls, citations and placeholders.

    The words of links, the alternative texts of images and everything between tags stay, emphasis loses its marks,
    escapes and entities are what they stand for. Code, addresses and placeholders leave `OBJECT` in their place, so
    that the words around them do not become neighbours. White space stays as it is.
    """
    if is_plain(text) and not _WAITED.search(text):
        return text
    text = _ESCAPE.sub(lambda found: chr(_WAITING + ord(found[1])), _CODE.sub(OBJECT, text))
    text = _FOOTNOTE.sub("", _COMMENT.sub("", text))
    for _ in range(2):  # an image in a link
        text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(OBJECT, _LOOSE_TARGET.sub("", text))
    text = _TAG.sub("", _BREAK.sub(" ", text))
    text = _CITED_KEY.sub("", _BRACKETS.sub(_without_citation, text))
    text = _PLACEHOLDER.sub(OBJECT, _ATTRIBUTES.sub("", text))
    return html.unescape(_EMPHASIS.sub("", text)).translate(_RETURN)


def _without_citation(found: re.Match[str]) -> str:
    return "" if _CITED.search(found[1]) else found[0]
