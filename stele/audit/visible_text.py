"""The pages and style sheets of a site in a pseudo-language in, the words that no translator could reach out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.pseudo import PSEUDO_TAGS, leaks
from stele.sources.fragments import words_of_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.artifacts import Artifact

# CSS Generated Content 3: what a style sheet prints stands in strings.
_CONTENT = re.compile(r"content:([^;}]*)")
_STRING = re.compile(r"\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|'([^'\\]*(?:\\.[^'\\]*)*)'")
_ESCAPE = re.compile(r"\\[0-9A-Fa-f]{1,6}\s?")


def unreachable(artifacts: Iterable[Artifact]) -> Iterator[Diagnostic]:
    """Yield what pages in a pseudo-language still say in plain words, and what style sheets would print on any page."""
    for artifact in artifacts:
        _, _, inner = artifact.path.partition("site/")
        tag = inner.partition("/")[0]
        if artifact.path.endswith(".html") and tag in PSEUDO_TAGS:
            words = leaks(" ".join(words_of_page(artifact.data, tag)))
        elif artifact.path.endswith(".css"):
            words = leaks(" ".join(_printed(artifact.data.decode(errors="replace"))))
        else:
            continue
        if words:
            message = f"these words are in no catalog: {', '.join(words[:8])}"
            yield Diagnostic("unreachable-text", message, Location(artifact.path), "write them in _() in the template")


def _printed(style_sheet: str) -> Iterator[str]:
    for declaration in _CONTENT.findall(style_sheet):
        for double, single in _STRING.findall(declaration):
            yield _ESCAPE.sub(" ", double or single)
