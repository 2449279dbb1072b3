"""Booklet HTML in, the PDFs of every use of paper out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic
from stele.print.finishing import finish
from stele.print.imposition import impose
from stele.print.pdf import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stele.print.preflight.flaws import Flaw
    from stele.print.printed_words import PrintedWord

# Office staplers hold about 24 sheets of 80 g/m² at the fold; thicker books need signatures.
MAX_STAPLED_PAGES = 96


@dataclass(frozen=True, slots=True)
class Booklet:
    """A booklet of `pages` pages, ``edition.tag`` by name: to read on a screen, and imposed for a duplex printer.

    `words` are those that its pages should show; `flaws` is what a print shop would send it back for, by use.
    """

    name: str
    screen: bytes
    office: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    words: tuple[PrintedWord, ...] = ()
    flaws: Mapping[str, tuple[Flaw, ...]] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, bytes]:
        """Return the PDFs that were made, by use."""
        return {use: pdf for use, pdf in (("screen", self.screen), ("office", self.office)) if pdf}


def make_booklet(html: str, roots: Sequence[Path], name: str, right_to_left: bool) -> Booklet:
    """Return the booklet of composed HTML; runs in a worker (see `pdf.render`)."""
    printed = render(html, roots, name)
    screen = finish(printed.pdf, right_to_left=right_to_left)
    try:
        office = impose(screen, right_to_left=right_to_left)
    except ValueError as error:
        bad = Diagnostic("bad-template", f"{name}: {error}", None, "give @page the size A5 or a smaller one")
        return Booklet(name, screen, b"", printed.pages, (*printed.diagnostics, bad), printed.words)
    found = (*printed.diagnostics, *_thick(printed.pages, name))
    return Booklet(name, screen, office, printed.pages, found, printed.words, {"screen": printed.flaws})


def artifacts(made: Booklet) -> tuple[Artifact, ...]:
    """Return the files of a booklet."""
    return tuple(Artifact(path(made.name, use), pdf) for use, pdf in made.files.items())


def path(name: str, use: str) -> str:
    """Return where the file of a booklet for a use is published."""
    return f"booklets/{name}.{use}.pdf"


def _thick(pages: int, name: str) -> tuple[Diagnostic, ...]:
    if pages <= MAX_STAPLED_PAGES:
        return ()
    message = f"{name}: {pages} pages are {pages // 4} sheets, more than a stapler holds"
    return (Diagnostic("thick-booklet", message, None, "divide the edition in content/site.toml"),)
