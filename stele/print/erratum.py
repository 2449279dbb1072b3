"""What reads differently since a release in, the slip that is laid into the copies of then out: compose, make_slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.print.finishing import finish
from stele.print.pdf import render
from stele.sources import fragments
from stele.sources.templating import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from markupsafe import Markup

    from stele.language.tags import Language
    from stele.print.preflight.flaws import Remark
    from stele.sources.templating import Templates
    from stele.sources.theme import Theme
    from stele.translation.release import Change, Release


@dataclass(frozen=True, slots=True)
class Correction:
    """A change as the template sees it: the titles of the chapters that it concerns, and what it rests on now.

    `passages` are the words around a value that no block of records prints.
    """

    chapters: tuple[Markup, ...]
    passages: tuple[Markup, ...]
    same: tuple[Markup, ...]
    before: tuple[Markup, ...]
    now: tuple[Markup, ...]
    sources: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip, ``edition.tag`` by name."""

    name: str
    pdf: bytes
    diagnostics: tuple[Remark, ...]

    @property
    def artifact(self) -> Artifact:
        """Return the file of the slip."""
        return Artifact(f"{self.name}.erratum.pdf", self.pdf)


def correction(
    change: Change, chapters: Iterable[str], passages: Iterable[str], sources: Iterable[str], tag: str
) -> Correction:
    """Return a change as it is set in the language `tag`; all that goes with it is safe HTML."""
    texts = (chapters, passages, change.same, change.before, change.now, sources)
    return Correction(*(tuple(_settled(item, tag) for item in items) for items in texts))


def _settled(html: str, tag: str) -> Markup:
    """Return HTML whose phrases in other languages run in their own direction."""
    root = fragments.parse(html)
    fragments.settle(root, tag)
    return safe(fragments.serialize(root))


def compose(
    title: Markup,
    corrections: Sequence[Correction],
    *,
    before: Release,
    now: Release,
    language: Language,
    organisation: Markup,
    templates: Templates,
    theme: Theme,
    family: str = "",
) -> str:
    """Return the HTML of a slip; raise `templating.TemplateFailure`.

    `title` is that of the edition, `family` comes before the fonts of the theme.
    """
    values = {
        "title": title,
        "corrections": corrections,
        "before": before,
        "now": now,
        "language": language,
        "organisation": organisation,
        "family": family,
        "stylesheet": lambda name: theme.find(name).as_uri(),
    }
    return templates.render("erratum/erratum.html", values)


def make_slip(html: str, roots: Sequence[Path], name: str, right_to_left: bool) -> Slip:
    """Return the slip of composed HTML; runs in a worker (see `pdf.render`)."""
    printed = render(html, roots, f"{name}.erratum", multiple_of=1)
    return Slip(name, finish(printed.pdf, right_to_left=right_to_left, facing=False), printed.diagnostics)
