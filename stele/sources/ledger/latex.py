"""LaTeX in, text out: accents composed, braces gone. The door to latexcodec."""

from __future__ import annotations

import codecs
import re
import unicodedata

# Commands that change how a text looks and not what it says.
_LOOKS = re.compile(r"\\(?:emph|enquote|mkbibquote|text(?:it|bf|sc|rm|sf|tt|sl|normal)|url|mbox|uppercase)\s*(?=\{)")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.")
_ESCAPED = re.compile(r"\\([_%&#$~])")


def decoded(text: str) -> str:
    r"""Return what a text says (``\c{S}u\c{s}a`` is Şuşa); raise `ValueError` for a command that is not known."""
    import latexcodec  # noqa: F401 (it registers the codec that is looked up here)

    made = codecs.lookup("ulatex").decode(_LOOKS.sub("", text))[0]  # type: ignore[arg-type]  # from text to text
    if unknown := _COMMAND.search(made):
        raise ValueError(f"{unknown[0]} is a command of LaTeX that is not known here")
    return unicodedata.normalize("NFC", " ".join(made.replace("{", "").replace("}", "").split()))


def verbatim(text: str) -> str:
    """Return an address, a number or a date, with what BibTeX asks to be escaped as it is."""
    return _ESCAPED.sub(r"\1", _LOOKS.sub("", text)).replace("{", "").replace("}", "").strip()
