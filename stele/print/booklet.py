"""The HTML of a booklet or another product in, the PDFs of every use of paper out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic
from stele.print import cover
from stele.print.finishing import finish
from stele.print.flat_sheets import as_sheets
from stele.print.imposition import first_sheet
from stele.print.imposition.folding import SADDLE
from stele.print.imposition.office import impose, opening_of
from stele.print.page_labels import label_by_bookmarks
from stele.print.pdf import render, render_facing
from stele.print.preflight.flaws import Untold, flaw
from stele.print.press.delivery import deliver
from stele.print.printed_words import Packed
from stele.print.products import BOOKLET
from stele.sources.templating import TemplateFailure, Templates
from stele.translation.interface import Interface

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stele.cache.keeping import Keeping
    from stele.language.tags import Language
    from stele.print.bilingual.facing import Facing
    from stele.print.imposition.marks import Opening
    from stele.print.pdf import Print
    from stele.print.preflight.flaws import Flaw, Remark
    from stele.print.press.conditions import Press
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
class Shop:
    """What a print shop gets: files for `press`, and on each page the slug that `slug_html` says."""

    press: Press
    slug_html: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is made of composed HTML: a `product`, to be printed by `office` and `shop`, with a cover of its own.

    Without `office` its sheets are stapled, and nobody is told how; without `wrapper` it has no separate cover. `uses`
    name the files that are wanted beside the one for the screen, which the audit reads. Its chapters are `kept` there,
    which changes nothing of them.
    """

    product: Product = BOOKLET
    uses: tuple[str, ...] = ("screen", "office")
    office: Office | None = None
    wrapper: cover.Wrapper | None = None
    shop: Shop | None = None
    kept: Keeping | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Made:
    """Some files of a booklet by their use, and what is to be `told` of them."""

    files: Mapping[str, bytes]
    told: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """A product of `pages` pages, ``edition.tag`` by name, and its files by their use: ``screen``, ``press``.

    `words` are those that its pages should show, `flaws` are lines and pages that are broken badly.
    """

    name: str
    files: Mapping[str, bytes]
    pages: int
    diagnostics: tuple[Remark, ...]
    words: Packed = field(default_factory=Packed)
    flaws: tuple[Flaw, ...] = ()


def make_booklet(
    html: str | Facing, roots: Sequence[Path], name: str, right_to_left: bool, order: Order | None = None
) -> Booklet:
    """Return the booklet, or the other product, of composed HTML; runs in a worker (see `pdf.render`).

    A booklet of facing languages is composed as two sides.
    """
    order = order or Order()
    printed, screen = for_screen(html, roots, name, right_to_left, order)
    office = for_office(printed, screen, name, right_to_left, order)
    return assembled(printed, screen, name, (office, for_shop(printed, roots, name, order)))


def for_screen(
    html: str | Facing, roots: Sequence[Path], name: str, right_to_left: bool, order: Order
) -> tuple[Print, bytes]:
    """Return composed HTML as it is laid out, and its file for the screen."""
    product = order.product
    if isinstance(html, str):
        printed = render(html, roots, name, multiple_of=product.multiple_of, kept=order.kept)
    else:
        printed = render_facing(html, roots, name, multiple_of=product.multiple_of)
    screen = finish(printed.pdf, right_to_left=right_to_left, facing=product.is_folded, covers=printed.covers)
    return printed, label_by_bookmarks(screen) if product.is_several else screen


def for_office(printed: Print, screen: bytes, name: str, right_to_left: bool, order: Order) -> Made:
    """Return the file for an office printer, if one is wanted; it is made of that for the `screen`."""
    if "office" not in order.uses:
        return Made({}, ())
    sheets, told = _sheets(screen, printed.pages, name, right_to_left, order)
    return Made({"office": sheets}, told)


def for_shop(printed: Print, roots: Sequence[Path], name: str, order: Order) -> Made:
    """Return the files for a print shop that are wanted: for the press, and the cover around it."""
    files: dict[str, bytes] = {}
    told: tuple[Remark, ...] = ()
    if order.shop and "press" in order.uses:
        is_glued = order.wrapper is not None and cover.is_glued(order.wrapper)
        inner = cover.block(printed.pdf) if is_glued else printed.pdf
        files["press"], told = _delivered(inner, order.shop, roots, name)
    if order.wrapper:
        pages = cover.inner_pages(printed.pages, order.wrapper)
        files["cover"], found = _cover(order.wrapper, order, pages, roots, name)
        told = (*told, *found)
    return Made(files, told)


def assembled(printed: Print, screen: bytes, name: str, others: Sequence[Made]) -> Booklet:
    """Return what is laid out with all of its files: that for the `screen`, and the `others`."""
    files = {use: pdf for made in ({"screen": screen}, *(made.files for made in others)) for use, pdf in made.items()}
    told = [*printed.diagnostics, *(remark for made in others for remark in made.told)]
    return Booklet(name, files, printed.pages, tuple(told), printed.words, printed.flaws)


def _sheets(
    screen: bytes, pages: int, name: str, right_to_left: bool, order: Order
) -> tuple[bytes, tuple[Remark, ...]]:
    if not order.product.is_folded:
        return as_sheets(screen, order.product.duplex), ()
    try:
        sheets, told = _imposed(screen, pages, name, right_to_left, order)
    except ValueError as error:
        sheets, told = b"", (_too_large(name, error),)
    except TemplateFailure as failure:
        sheets, told = b"", (failure.diagnostic,)
    return sheets, (*told, *_thick(pages, name, order.office))


def _delivered(rendered: bytes, shop: Shop, roots: Sequence[Path], name: str) -> tuple[bytes, tuple[Remark, ...]]:
    made = deliver(rendered, shop.press, shop.slug_html, roots, name)
    return made.pdf, made.diagnostics


def _cover(
    wrapper: cover.Wrapper, order: Order, pages: int, roots: Sequence[Path], name: str
) -> tuple[bytes, tuple[Remark, ...]]:
    """Return the spread around a booklet of so many pages, as the press wants it where there is a shop."""
    around, told = cover.render_cover(wrapper, pages, roots, name, order.kept)
    if order.shop is None:
        return around, told
    folded = replace(order.shop.press, folds_pt=cover.spread(pages, wrapper).fold_x_pt)
    delivered, found = _delivered(around, replace(order.shop, press=folded), roots, f"{name}.cover")
    return delivered, (*told, *found)


def _imposed(
    screen: bytes, pages: int, name: str, right_to_left: bool, order: Order
) -> tuple[bytes, tuple[Remark, ...]]:
    office = order.office
    if office is None or order.product != BOOKLET:
        return impose(screen, right_to_left=right_to_left), ()
    cover = opening_of(screen)
    first, told = _first_sheet(cover, pages, name, office, order.kept)
    sheets = impose(
        screen,
        sheet=cover.sheet,
        right_to_left=right_to_left,
        binding=office.binding,
        caliper_mm=office.caliper_mm,
        first_sheet=first,
    )
    return sheets, told


def _first_sheet(
    cover: Opening, pages: int, name: str, office: Office, kept: Keeping | None
) -> tuple[bytes, tuple[Remark, ...]]:
    """Return the sheet that tells how to print, fold and bind the others; raise `templating.TemplateFailure`."""
    work = first_sheet.Work(office.title, pages, cover.sheet, office.binding, cover.is_cut)
    templates = Templates(office.theme, Interface(office.speakers), office.language.tag)
    html = first_sheet.compose(
        work, language=office.language, templates=templates, theme=office.theme, family=office.family
    )
    printed = render(html, office.theme.roots, f"{name}.office", multiple_of=1, kept=kept)
    return printed.pdf, printed.diagnostics


def artifacts(made: Booklet) -> tuple[Artifact, ...]:
    """Return the files of a booklet."""
    return tuple(Artifact(path(made.name, use), data) for use, data in made.files.items())


def path(name: str, use: str) -> str:
    """Return where the file of a booklet for a use is published."""
    return f"booklets/{name}.{use}.pdf"


def _too_large(name: str, error: ValueError) -> Diagnostic:
    return Diagnostic("bad-template", f"{name}: {error}", None, "give @page the size A4 or a smaller one")


def _thick(pages: int, name: str, office: Office | None) -> tuple[Untold, ...]:
    if pages <= MAX_STAPLED_PAGES or (office and office.binding != SADDLE):
        return ()
    return (Untold(name, flaw("thick-booklet", pages=pages, sheets=pages // 4)),)
