"""The HTML of a booklet or another product in, the PDFs of every use of paper out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic
from stele.print.finishing import finish
from stele.print.flat_sheets import as_sheets
from stele.print.imposition import first_sheet
from stele.print.imposition.folding import SADDLE
from stele.print.imposition.office import impose, opening_of
from stele.print.page_labels import label_by_bookmarks
from stele.print.pdf import render, render_facing
from stele.print.products import BOOKLET
from stele.sources.templating import TemplateFailure, Templates
from stele.translation.interface import Interface

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stele.language.tags import Language
    from stele.print.bilingual.facing import Facing
    from stele.print.imposition.marks import Opening
    from stele.print.printed_words import PrintedWord
    from stele.print.products import Product
    from stele.sources.theme import Theme
    from stele.translation.po.catalog import Catalog

# Office staplers hold about 24 sheets of 80 g/m² at the fold; thicker books need signatures.
MAX_STAPLED_PAGES = 96


@dataclass(frozen=True, slots=True)
class Office:
    """How an office binds its sheets of paper `caliper_mm` thick, and what the first of them is set from.

    It calls the booklet by its `title`, in the words of `speakers` as far as they go, and in the fonts of `theme` after
    `family`.
    """

    binding: str
    caliper_mm: float
    title: str
    language: Language
    theme: Theme
    speakers: tuple[Catalog, ...]
    family: str = ""


@dataclass(frozen=True, slots=True)
class Booklet:
    """A product of `pages` pages, ``edition.tag`` by name: to read on a screen, and on sheets for an office printer.

    `words` are those that its pages should show.
    """

    name: str
    screen: bytes
    office: bytes
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    words: tuple[PrintedWord, ...] = ()


def make_booklet(
    html: str | Facing,
    roots: Sequence[Path],
    name: str,
    right_to_left: bool,
    office: Office | None = None,
    product: Product = BOOKLET,
) -> Booklet:
    """Return the booklet, or the other product, of composed HTML; runs in a worker (see `pdf.render`).

    A booklet of facing languages is composed as two sides.
    Without `office` its sheets are stapled, and nobody is told how.
    """
    if isinstance(html, str):
        printed = render(html, roots, name, multiple_of=product.multiple_of)
    else:
        printed = render_facing(html, roots, name, multiple_of=product.multiple_of)
    screen = finish(printed.pdf, right_to_left=right_to_left, facing=product.is_folded)
    if product.is_several:
        screen = label_by_bookmarks(screen)
    try:
        if product.is_folded:
            sheets, told = _imposed(screen, printed.pages, name, right_to_left, office if product == BOOKLET else None)
        else:
            sheets, told = as_sheets(screen, product.duplex), ()
    except ValueError as error:
        sheets, told = b"", (_too_large(name, error),)
    except TemplateFailure as failure:
        sheets, told = b"", (failure.diagnostic,)
    found = (*printed.diagnostics, *told, *_thick(printed.pages, name, office))
    return Booklet(name, screen, sheets, printed.pages, found, printed.words)


def _imposed(
    screen: bytes, pages: int, name: str, right_to_left: bool, office: Office | None
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    if office is None:
        return impose(screen, right_to_left=right_to_left), ()
    cover = opening_of(screen)
    first, told = _first_sheet(cover, pages, name, office)
    sheets = impose(
        screen,
        sheet=cover.sheet,
        right_to_left=right_to_left,
        binding=office.binding,
        caliper_mm=office.caliper_mm,
        first_sheet=first,
    )
    return sheets, told


def _first_sheet(cover: Opening, pages: int, name: str, office: Office) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the sheet that tells how to print, fold and bind the others; raise `templating.TemplateFailure`."""
    work = first_sheet.Work(office.title, pages, cover.sheet, office.binding, cover.is_cut)
    templates = Templates(office.theme, Interface(office.speakers), office.language.tag)
    html = first_sheet.compose(
        work, language=office.language, templates=templates, theme=office.theme, family=office.family
    )
    printed = render(html, office.theme.roots, f"{name}.office", multiple_of=1)
    return printed.pdf, printed.diagnostics


def artifacts(made: Booklet) -> tuple[Artifact, ...]:
    """Return the files of a booklet."""
    return (
        Artifact(f"booklets/{made.name}.screen.pdf", made.screen),
        Artifact(f"booklets/{made.name}.office.pdf", made.office),
    )


def _too_large(name: str, error: ValueError) -> Diagnostic:
    return Diagnostic("bad-template", f"{name}: {error}", None, "give @page the size A4 or a smaller one")


def _thick(pages: int, name: str, office: Office | None) -> tuple[Diagnostic, ...]:
    if pages <= MAX_STAPLED_PAGES or (office and office.binding != SADDLE):
        return ()
    message = f"{name}: {pages} pages are {pages // 4} sheets, more than a stapler holds"
    hint = 'set binding = "signatures" in [print] of content/site.toml, or divide the edition'
    return (Diagnostic("thick-booklet", message, None, hint),)
