"""An EPUB and the pages of its chapters on the site in, what the two do not both say out.

The book is read as its readers turn its pages: from the spine, file after file. What stands outside of the chapters, as
its title page, is not asked for.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from stele.audit.findings import Finding
from stele.audit.passages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.artifacts import Artifact
    from stele.audit.passages import Page, Passage

_PACKAGE = re.compile(r'full-path="([^"]+)"')
_ITEM = re.compile(r'<item id="([^"]+)" href="([^"]+)"')
_IN_SPINE = re.compile(r'<itemref idref="([^"]+)"')
# The index of a long roll, which leads to places in a book and to pages of the site, or there is none.
_INDEX = re.compile(rb'<p class="letters">.*?</p>', re.DOTALL)
# Labels of regions, which each output cuts in its own way.
_LABELS = frozenset({"title", "aria-label"})


def book_findings(book: Artifact, pages: Sequence[Artifact], tag: str) -> tuple[Finding, ...]:
    """Return where a book and the `pages` of its chapters, in their order, differ: passages, values, languages."""
    wanted = list(_told(read_page(page.path, _INDEX.sub(b"", page.data)) for page in pages))
    given = list(_told(read_book(book)))
    if wanted == given:
        return ()
    found = SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes()
    return tuple(
        _finding(book.path, tag, wanted[start:end], given[first:last])
        for what, start, end, first, last in found
        if what != "equal"
    )


def read_book(book: Artifact) -> Iterator[Page]:
    """Yield the files of a book in the order of reading."""
    with ZipFile(BytesIO(book.data)) as archive:
        package = _PACKAGE.findall(archive.read("META-INF/container.xml").decode())[0]
        said = archive.read(package).decode()
        files = dict(_ITEM.findall(said))
        for name in _IN_SPINE.findall(said):
            path = f"{package.rpartition('/')[0]}/{files[name]}"
            yield read_page(f"{book.path}/{path}", _INDEX.sub(b"", archive.read(path)))


def _told(pages: Iterable[Page]) -> Iterator[tuple[Any, ...]]:
    """Yield what is told in each passage: kind, text, language, values, record, calls of notes."""
    shown = (item for page in pages for item in page.passages if not item.framed and item.kind not in _LABELS)
    return (_as_told(item) for item in shown)


def _as_told(item: Passage) -> tuple[Any, ...]:
    return item.kind, item.text, item.tag, item.marks, item.record, item.calls, item.fallback


def _finding(path: str, tag: str, wanted: Sequence[tuple[Any, ...]], given: Sequence[tuple[Any, ...]]) -> Finding:
    ours, theirs = (" ".join(text for _, text, *_ in side) for side in (given, wanted))
    message = "the book says otherwise than the site" if ours != theirs else "the book marks otherwise than the site"
    return Finding("editions-disagree", path, tag, message, ours, theirs)
