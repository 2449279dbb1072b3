"""A piece of a book in, its pages laid out by WeasyPrint, as they stand in the whole.

Its first page has the number and the side that it has there, and numbers of pages elsewhere are known to it. WeasyPrint
begins every document on page 1 and knows its own anchors; here it is told where it begins, and what is elsewhere.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from itertools import takewhile
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from stele.print.chapters.moving import SIDES, move, tell_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
_ROUNDS = 8  # as WeasyPrint's
_pages_before = [0]  # of the piece that is laid out in this process, last


class UndividedError(Exception):
    """A piece cannot stand alone: the book is to be laid out as a whole."""


def prepare() -> None:
    """Make WeasyPrint, in this process, able to begin a document in the middle of a book. Once is enough."""
    from weasyprint import layout
    from weasyprint.layout import page

    if hasattr(layout.initialize_page_maker, "__wrapped__"):
        return
    layout.initialize_page_maker = _beginning_within(layout.initialize_page_maker)
    layout.make_all_pages = _with_those_made(layout.make_all_pages)
    page.PageType = _counted_from_the_first(page.PageType)


class Galley:
    """A piece laid out but for its margins: its pages are counted, its anchors found, numbers may change yet.

    `pages` are boxes.
    """

    def __init__(self, page: Any, fonts: Any, first: int, numbers: Mapping[str, int], on_side: int = 0) -> None:
        """Lay the HTML `page` out from page `first` on; `numbers` are the pages of anchors elsewhere.

        Where it begins on a page of one side alone, it is laid out from page `on_side` on, if that is known.

        Raises `UndividedError` where the piece does not begin a page, or counts what the whole book counts.
        """
        from weasyprint import DEFAULT_OPTIONS
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Document
        from weasyprint.formatting_structure.build import build_formatting_structure

        options, counters = {**DEFAULT_OPTIONS, **OPTIONS}, CounterStyle()
        self.page, self.first, self.fonts = page, first, fonts
        self.context = Document._build_layout_context(page, fonts, counters, {}, options)  # noqa: SLF001
        self.context.galley = self
        targets = self.context.target_collector
        targets.target_lookup_items.update({name: _elsewhere(number) for name, number in numbers.items()})
        self.root = build_formatting_structure(
            page.etree_element,
            self.context.style_for,
            self.context.get_image_from_uri,
            page.base_url,
            targets,
            counters,
            self.context.footnotes,
        )
        if on_side and _forced_break(self.root) in SIDES:
            self.first = on_side
        self.notes = tuple(self.context.footnotes)
        self.pages = list[Any]()
        self._make_pages()

    def _make_pages(self) -> None:
        """Make pages until the numbers in them are those of the pages, as the first half of `layout_document` does."""
        from weasyprint import layout

        layout.initialize_page_maker(self.context, self.root)
        for _ in range(_ROUNDS):
            self.context.footnotes = list(self.notes)
            with _behind(self.first - 1):
                self.pages = list(layout.make_all_pages(self.context, self.root, self.page, self.pages))
            for *_, (_, counters, *_), _ in self.context.page_maker:
                counters["pages"] = [len(self.pages)]
            if not any(state["content_changed"] for *_, state in self.context.page_maker):
                return

    def check(self, *, is_front: bool) -> None:
        """Raise `UndividedError` where what goes before the chapters, or one of them, has to do with what follows."""
        _check_all_pages_have(self.context.style_for, self.page.etree_element)
        _check_folios(self.context.page_maker[1:], self.first)
        if is_front:
            _check_nothing_runs_on(self.context, self.page.etree_element, self.pages)
        else:
            _check_counters(self.context.style_for, self.page.etree_element)

    @property
    def anchors(self) -> dict[str, int]:
        """Return on which page of the book each anchor is."""
        found: dict[str, int] = {}
        for number, (*_, state) in enumerate(self.context.page_maker, self.first):
            found = {**dict.fromkeys(state["anchors"], number), **found}
        return found

    def place(self, first: int, numbers: Mapping[str, int]) -> bool:
        """Let the piece begin on page `first` and tell these pages of anchors elsewhere; say whether it can."""
        self._tell(numbers)
        if not move(self, first):
            return False
        self._make_pages()
        return True

    def document(self) -> Any:
        """Return the piece as a document of WeasyPrint; only once."""
        from weasyprint import layout
        from weasyprint.document import Document, Page
        from weasyprint.html import get_html_metadata
        from weasyprint.pdf.metadata import DocumentMetadata

        self.context.footnotes = list(self.notes)
        with _behind(self.first - 1):
            pages = [Page(box) for box in layout.layout_document(self.page, self.root, self.context)]
        metadata = DocumentMetadata(**get_html_metadata(self.page))
        return Document(pages, metadata, self.page.url_fetcher, self.fonts, {}, None)

    def _tell(self, numbers: Mapping[str, int]) -> None:
        """Write the numbers of pages anew that were guessed, and mark the pages that they are on."""
        targets, told = self.context.target_collector, set()
        for name, number in numbers.items():
            item = targets.target_lookup_items[name]
            if item.cached_page_counter_values != {"page": [number]}:
                item.cached_page_counter_values = {"page": [number]}
                told.add(f"#{name}")
        for (box, of), item in targets.counter_lookup_items.items():
            if of == "content" and told.intersection(box.element.attrib.values()):
                tell_anew(self, item)


def filled(document: Any, before: int, multiple_of: int) -> Any:
    """Return a document behind so many pages with blank ones before its last, to make a multiple of `multiple_of`."""
    from weasyprint import HTML

    blanks = -(before + len(document.pages)) % multiple_of
    if not blanks:
        return document
    last = document.pages[-1]
    bleeds = "".join(f"; bleed-{side}: {width}px" for side, width in last.bleed.items())
    style = f"<style>@page {{ size: {last.width}px {last.height}px; margin: 0{bleeds} }}</style>"
    blank = HTML(string=style, url_fetcher=document.url_fetcher)
    pages = [blank.render(**OPTIONS, font_config=document.font_config).pages[0] for _ in range(blanks)]
    return document.copy([*document.pages[:-1], *pages, document.pages[-1]])


def _elsewhere(number: int) -> Any:
    """Return an anchor of another piece, of which nothing is known but its page."""
    from weasyprint.css.targets import TargetLookupItem

    item = TargetLookupItem("up-to-date")
    item.target_box = SimpleNamespace(cached_counter_values={})
    item.cached_page_counter_values = {"page": [number]}
    return item


def _check_all_pages_have(style_for: Callable[..., Any], root: Any) -> None:
    """Raise `UndividedError` where a paragraph that every piece has is none that runs in the margins of pages."""
    if any(style_for(child)["position"][0] != "running()" for child in _leading(root)):
        raise UndividedError("a paragraph stands among the chapters")


def _check_folios(made: Sequence[Any], first: int) -> None:
    """Raise `UndividedError` where pages are not counted one by one."""
    if any(counters["page"] != [number] for number, (*_, (_, counters, *_), _) in enumerate(made, first)):
        raise UndividedError("a page counts for more or less than one")


def _leading(root: Any) -> list[Any]:
    """Return the paragraphs with which the body begins."""
    return list(takewhile(lambda child: child.tag == "p", root.find("body")))


def _check_nothing_runs_on(context: Any, root: Any, pages: Sequence[Any]) -> None:
    """Raise `UndividedError` where a running head of the front matter is not one that every piece has."""
    leading = _leading(root)
    running = (box for boxes in context.running_elements.values() for found in boxes.values() for box in found)
    if any(box.element not in leading for box in running):
        raise UndividedError("a running head stands in the front matter")
    if any(box.string_set and box.string_set != "none" for page in pages for box in page.descendants()):
        raise UndividedError("a running title stands in the front matter")


def _check_counters(style_for: Callable[..., Any], root: Any) -> None:
    """Raise `UndividedError` where a counter runs through all chapters: each must begin it anew."""
    body = root.find("body")
    main = body.find("main")
    around = [style_for(element) for element in (root, body, main) if element is not None]
    chapter = style_for(main[0]) if main is not None and len(main) else None
    own = _counters(chapter["counter_reset"]) if chapter else set()
    running = set().union(*(_counters(style[key]) for style in around for key in ("counter_reset", "counter_set")))
    counting = _counters(chapter["counter_increment"]) if chapter else set()
    if running - own or counting:
        raise UndividedError("a counter runs through all chapters")


def _counters(value: Any) -> set[str]:
    """Return the names of counters in a value of CSS, which may be a keyword."""
    return set() if isinstance(value, str) else {name for name, _ in value}


@contextmanager
def _behind(pages: int) -> Iterator[None]:
    _pages_before.append(pages)
    try:
        yield
    finally:
        _pages_before.pop()


def _counted_from_the_first(page_type: Any) -> Callable[..., Any]:
    """Return `PageType` such that `:first` and `:nth()` ask for a page of the book."""

    def counted(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        return page_type(side, blank, name, index + _pages_before[-1], groups)

    return counted


def _beginning_within(initialize: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `initialize_page_maker` such that the state before the first page is that of the book there.

    A piece goes on with the root of the book (`resume_at`), so that a blank page before its first is not its last.
    """

    @wraps(initialize)
    def initialize_page_maker(context: Any, root: Any) -> None:
        if hasattr(context, "page_maker"):
            return  # of a galley, with its pages
        initialize(context, root)
        before = context.galley.first - 1 if hasattr(context, "galley") else 0
        if before:
            _, next_page, is_right, (depth, counters, _, groups), remake = context.page_maker[0]
            state = (depth, {**counters, "page": [before]}, [{"pages", "page"}], groups)
            next_page = {"break": _forced_break(root), "page": next_page["page"]}
            context.page_maker[0] = ({0: None}, next_page, is_right ^ bool(before % 2), state, remake)

    return initialize_page_maker


def _with_those_made(make: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return `make_all_pages` such that it begins with the pages of a galley, and makes those that changed."""

    @wraps(make)
    def make_all_pages(context: Any, root: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        if not pages and hasattr(context, "galley"):
            pages = list(context.galley.pages)
            _remake_those_that_leave_notes(context)
        return make(context, root, html, pages)

    return make_all_pages


def _remake_those_that_leave_notes(context: Any) -> None:
    """Mark the pages that leave notes to the next: WeasyPrint asks that of a page when it makes it, of no other.

    See `mends.footnotes`, which remembers them.
    """
    for number, notes in getattr(context, "notes_left_by_page", {}).items():
        if notes and number < len(context.page_maker):
            context.page_maker[number][-1]["content_changed"] = True


def _forced_break(root: Any) -> str:
    """Return how the first box of a piece that is in the flow begins a page."""
    from weasyprint.formatting_structure.boxes import BlockLevelBox

    found, (box,) = "auto", [child for child in root.children if isinstance(child, BlockLevelBox)]
    while box is not None:
        value = box.style["break_before"]
        found = value if value in SIDES or (value == "page" and found not in SIDES) else found
        in_flow = (child for child in getattr(box, "children", ()) if child.is_in_normal_flow())
        box = next((child for child in in_flow if isinstance(child, BlockLevelBox)), None)
    if found == "auto":
        raise UndividedError("a chapter does not begin a page")
    return found
