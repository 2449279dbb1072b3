"""A language's catalogs and what the checks say of them in, the PDF that a reviewer reads with a pencil out.

Source and translation stand side by side, message after message in the order of the documents.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.language.numbers import native_digits
from stele.print.finishing import finish
from stele.print.pdf import render
from stele.sources.templating import TemplateFailure, Templates
from stele.translation.interface import Interface
from stele.translation.status import MISSING, State, state_of, total
from stele.translation.wording import compared, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.diagnostics import Diagnostic
    from stele.language.tags import Language
    from stele.print.preflight.flaws import Remark
    from stele.sources.theme import Theme
    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry
    from stele.translation.wording import Piece

_KIND, _UNDER = "type: ", "under: "
_LETTERS_OF_A_LINE = 36  # what a hand writes across half a page
_MOST_LINES = 24
_SHORT = 600  # characters; a longer message may be broken over two pages


@dataclass(frozen=True, slots=True)
class Chapter:
    """A domain of the language under review. `title` is empty where it is no document; without catalog, nothing is."""

    domain: str
    title: str
    catalog: Catalog | None
    state: State


@dataclass(frozen=True, slots=True)
class Review:
    """What is reviewed: a translation of the project named `project`, in the order of its documents."""

    project: str
    source: Language
    language: Language
    chapters: tuple[Chapter, ...]

    @property
    def state(self) -> State:
        """Return the sum of the chapters."""
        return total(chapter.state for chapter in self.chapters)


@dataclass(frozen=True, slots=True)
class Row:
    """A message as the template sees it.

    `state` is ``translated``, ``fuzzy`` or ``missing``; `sources` and `translations` have a text for each plural form;
    """

    place: str
    kind: str
    context: str
    state: str
    sources: tuple[tuple[Piece, ...], ...]
    translations: tuple[tuple[Piece, ...], ...]
    lines: int
    is_short: bool
    failing: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewBooklet:
    """A review booklet as it was printed; `pdf` is empty where the template failed."""

    tag: str
    pdf: bytes
    diagnostics: tuple[Remark, ...]

    @property
    def artifact(self) -> Artifact:
        """Return the file of the booklet."""
        return Artifact(f"{self.tag}.pdf", self.pdf)


def make_review_booklet(review: Review, theme: Theme, speakers: Sequence[Catalog]) -> ReviewBooklet:
    """Return the booklet, its own words from `speakers` as far as they go; runs in a worker (see `pdf.render`)."""
    tag = review.language.tag
    try:
        html = compose_review(review, Templates(theme, Interface(speakers), tag), theme)
    except TemplateFailure as failure:
        return ReviewBooklet(tag, b"", (failure.diagnostic,))
    printed = render(html, theme.roots, f"review.{tag}", multiple_of=1)
    return ReviewBooklet(tag, finish(printed.pdf, right_to_left=False, facing=False), printed.diagnostics)


def compose_review(review: Review, templates: Templates, theme: Theme) -> str:
    """Return the HTML of the booklet; raise `templating.TemplateFailure`."""
    values = {
        "review": review,
        "language": review.language,
        "source": review.source,
        "rows": lambda chapter: _rows(chapter, review),
        "said": lambda text: pieces(text, "ltr"),
        "stylesheet": lambda name: theme.find(name).as_uri(),
        # ISO 80000-1, 7.3.1: groups of three, parted by a thin space.
        "number": lambda number: native_digits(f"{number:,}".replace(",", "\u202f"), review.language.tag),
    }
    return templates.render("review/review.html", values)


def _rows(chapter: Chapter, review: Review) -> Iterator[Row]:
    found: dict[int | None, list[Diagnostic]] = defaultdict(list)
    for item in chapter.state.findings:
        found[item.location.line if item.location else None].append(item)
    for entry in chapter.catalog.entries if chapter.catalog else ():
        if not (entry.obsolete or entry.is_header):
            yield _row(entry, chapter.domain, found[entry.line], review)


def _row(entry: Entry, domain: str, found: Sequence[Diagnostic], review: Review) -> Row:
    state = state_of(entry)
    waived = tuple(item for item in found if item.waived)
    return Row(
        place=f"{domain}.po:{entry.line}",
        kind=next((line.removeprefix(_KIND) for line in entry.extracted_comments if line.startswith(_KIND)), ""),
        context=entry.context or "",
        state=state,
        sources=tuple(_sources(entry, review.source)),
        translations=tuple(pieces(text, review.language.direction) for text in entry.msgstr),
        lines=min(1 + len(entry.msgid) // _LETTERS_OF_A_LINE, _MOST_LINES) if state == MISSING else 0,
        is_short=max(map(len, (entry.msgid, *entry.msgstr))) <= _SHORT,
        failing=tuple(item for item in found if not item.waived),
        waived=waived,
        notes=tuple(line for line in entry.extracted_comments if not line.startswith((_KIND, _UNDER))),
        remarks=tuple(line.strip() for line in entry.translator_comments if _is_remark(line, waived)),
    )


def _sources(entry: Entry, source: Language) -> Iterator[tuple[Piece, ...]]:
    """Yield the text of each number; those of a fuzzy entry with what has changed since they were translated."""
    before = entry.previous if entry.fuzzy else None
    yield _compared(before.msgid if before else None, entry.msgid, source)
    if entry.plural is not None:
        yield _compared(before.plural if before else None, entry.plural, source)


def _compared(before: str | None, now: str, source: Language) -> tuple[Piece, ...]:
    return pieces(now, source.direction) if before is None else compared(before, now, source.direction)


def _is_remark(comment: str, waived: Sequence[Diagnostic]) -> bool:
    """Say whether a comment tells more than a waiver does, whose reason stands beside the finding."""
    words = comment.split()
    return bool(words) and all(words != f"allow {item.code}: {item.waived}".split() for item in waived)
