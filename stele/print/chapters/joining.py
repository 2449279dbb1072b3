"""The written pieces of a book in, one PDF out: its pages, structure tree, links, outline and fonts."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from stele.print.chapters.typefaces import embed
from stele.print.units import POINTS_PER_PX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pikepdf import Object, Page, Pdf

    from stele.print.chapters.writing import Written


def prepare() -> None:
    """Load what pieces are joined with; who waits for a piece has the time."""
    import pikepdf  # noqa: F401


def joined(pieces: Sequence[Written]) -> bytes:
    """Return the book of the pieces, which are in their order. The same pieces give the same bytes.

    The book is the PDF of the first, to which those of the others are added.
    """
    from pikepdf import Pdf

    with Pdf.open(BytesIO(pieces[0].pdf)) as book:
        destinations = {name: place for name, place in _destinations(book) if name in pieces[0].anchors}
        for piece in pieces[1:]:
            other = Pdf.open(BytesIO(piece.pdf))  # not closed: its streams are read when the book is saved
            _add_structure(book, other, _add_pages(book, other))
            for name, place in _destinations(other, book):
                if name in piece.anchors:
                    destinations.setdefault(name, place)
        _name(book, destinations)
        _outline(book, pieces)
        resources = [book.pages[piece.first - 1].Resources for piece in pieces]
        embed(book, [(each.Font, piece.typefaces) for each, piece in zip(resources, pieces, strict=True)])
        _share_images(resources)
        stream = BytesIO()
        book.save(stream, deterministic_id=True, fix_metadata_version=False)
        return stream.getvalue()


def _add_pages(book: Pdf, other: Pdf) -> list[Page]:
    start = len(book.pages)
    for page in other.pages:
        book.pages.append(page)
    return [book.pages[number] for number in range(start, len(book.pages))]


def _add_structure(book: Pdf, other: Pdf, pages: Sequence[Page]) -> None:
    """Add the elements of another document to the one of the book, and to its parent tree what they hold.

    The keys of that tree are moved behind those of the book (ISO 32000-2, 14.7.5.4 Finding structure elements).
    """
    root, added = book.Root.StructTreeRoot, book.copy_foreign(other.Root.StructTreeRoot)
    document = root.K[0]
    for element in added.K[0].K:
        element.P = document
        document.K.append(element)
    numbers = root.ParentTree.Nums
    start = int(numbers[-2]) + 1 if len(numbers) else 0
    for key, parents in _pairs(added.ParentTree.Nums):
        numbers.append(int(key) + start)
        numbers.append(parents)
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + start
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + start


def _pairs(flat: Object) -> Iterator[tuple[Any, Any]]:
    items = list(flat)
    return zip(items[::2], items[1::2], strict=True)


def _destinations(pdf: Pdf, book: Pdf | None = None) -> Iterator[tuple[str, Object]]:
    """Yield the anchors of a document and their places, as they are in `book` if that took over its pages."""
    if "/Names" in pdf.Root:
        names = pdf.make_indirect(pdf.Root.Names.Dests.Names)
        yield from ((str(name), place) for name, place in _pairs(book.copy_foreign(names) if book else names))


def _name(book: Pdf, destinations: dict[str, Object]) -> None:
    """Say where links lead to: ISO 32000-2, 7.9.6 wants names in their order."""
    from pikepdf import Array, Dictionary, String

    if destinations:
        flat = [item for name in sorted(destinations) for item in (String(name), destinations[name])]
        book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(flat)))


def _outline(book: Pdf, pieces: Iterable[Written]) -> None:
    from pikepdf import Dictionary
    from weasyprint.document import Document

    pages = [SimpleNamespace(height=height, bookmarks=marks) for piece in pieces for height, marks in piece.bookmarks]
    tree = Document.make_bookmark_tree(SimpleNamespace(pages=pages), POINTS_PER_PX, transform_pages=True)
    if tree:
        root = book.make_indirect(Dictionary())
        root.First, root.Last, root.Count = _entries(book, tree, root)
        book.Root.Outlines = root


def _entries(book: Pdf, tree: Sequence[Any], parent: Object) -> tuple[Object, Object, int]:
    """Return the first and the last entry of a branch of the outline, and how many of it are seen."""
    from pikepdf import Array, Dictionary, Name, String

    entries, seen = [], len(tree)
    for title, (page, x, y), children, state in tree:
        place = Array([book.pages[page].obj, Name.XYZ, round(x, 6), round(y, 6), 0])
        entry = book.make_indirect(Dictionary(Title=String(title), Dest=place, Count=0, Parent=parent))
        if children:
            entry.First, entry.Last, below = _entries(book, children, entry)
            entry.Count = -below if state == "closed" else below
            seen += 0 if state == "closed" else below
        entries.append(entry)
    for before, after in pairwise(entries):
        before.Next, after.Prev = after, before
    return entries[0], entries[-1], seen


def _share_images(resources: Iterable[Object]) -> None:
    """Hold each image once: pieces that show the same have it each."""
    from pikepdf import Name

    known: dict[bytes, Object] = {}
    for images in (each.XObject for each in resources if "/XObject" in each):
        for name, image in images.items():
            if image.get("/Subtype") == Name.Image:
                images[name] = known.setdefault(sha256(image.read_raw_bytes()).digest(), image)
