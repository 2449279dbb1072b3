"""Everything that is to be published in, where editions drift from the ledger and from each other out.

The work is cut into tasks that any worker can do: some documents in all their languages, a booklet beside its pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from stele.audit.abridging import abridged
from stele.audit.bilingual import bilingual_findings
from stele.audit.books import book_findings
from stele.audit.editions import compare
from stele.audit.passages import read_page
from stele.audit.places import Places
from stele.audit.printed import absent, disagreements, misimposed
from stele.audit.records import unlike_the_ledger
from stele.audit.rolls import reunited
from stele.audit.sheets import Texts, sheets
from stele.audit.statement import Statement
from stele.audit.told import Memory
from stele.engine import Task
from stele.sources.documents import ROUTES
from stele.sources.printing import FACING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from stele.artifacts import Artifact
    from stele.audit.drifts import Yardstick
    from stele.audit.findings import Finding
    from stele.audit.passages import Page
    from stele.cache.keeping import Keeping
    from stele.diagnostics import Diagnostic

_PAGE = re.compile(r"site/(?P<frame>embed/)?(?P<tag>[^/]+)/(?P<key>(?:.*/)?index\.html)\Z")
_BOOKLET = re.compile(r"booklets/(?P<edition>.+)\.(?P<tag>[^.]+)\.(?P<kind>screen|office)\.pdf\Z")
_BOOK = re.compile(r"epub/(?P<edition>.+)\.(?P<tag>[^.]+)\.epub\Z")
_ARTICLE, _TAG = re.compile(rb"<article\b.*?</article>", re.DOTALL), re.compile(rb"<[^>]*>")
_SITE, _FRAMES = "site/", "site/embed/"
_RECORD = re.compile(rb'data-record="([^"]+)"')
_HOME = "index.html"
_CHUNKS = 16  # of documents: after an edit one of them is read again; so few that the same frame is read seldom
# What the reader of a catalog has waived is waived on the page too.
_ANSWERS = {
    "drifted-number": "changed-number",
    "drifted-date": "changed-date",
    "drifted-name": "changed-name",
    "drifted-term": "missing-term",
    "drifted-citation": "changed-citation",
    "drifted-link": "changed-link",
    "wrong-language": "copied-source",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What editions are held against: names and terms, what the ledger states, and which documents are in a booklet.

    `source` is the language of the source. `chapters` are the keys of documents by the name of an edition, and
    `products` the names of those that have them otherwise than as chapters. `beside` has the second language of a
    bilingual edition by its name, and how the two stand in it (`sources.printing`). What was found of pages is `kept`
    there for the next audit, by the `yardstick`, which changes nothing of it.
    """

    source: str
    yardstick: Yardstick
    statement: Statement = field(default_factory=Statement)
    chapters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    products: frozenset[str] = frozenset()
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kept: Keeping | None = field(default=None, compare=False)

    @property
    def apart(self) -> frozenset[str]:
        """Return the records whose rows are not the same in each language."""
        ledger = self.statement.ledger
        return frozenset({*ledger.places, *ledger.quotations, *ledger.memorials, *ledger.people})


def audit(artifacts: Sequence[Artifact], measure: Measure) -> tuple[Finding, ...]:
    """Return every finding on the pages and booklets among `artifacts`, as the tasks of both parts do it in pieces."""
    artifacts = reunited(artifacts)
    pieces = [*of_documents(documents(artifacts, measure.source), measure), *of_files(artifacts, measure)]
    return tuple(item for task in pieces for item in task.function(*task.arguments))


def documents(artifacts: Iterable[Artifact], source: str) -> list[tuple[Artifact, ...]]:
    """Return the pages of each document in all its languages, and its frames for other websites.

    One that is not there in the language of the `source` has nothing that it could be held against. Every roll must be
    `rolls.reunited` with its document.
    """
    by_key: dict[str, dict[str, Artifact]] = defaultdict(dict)
    for item in artifacts:
        found = _PAGE.match(item.path)
        if found and found["key"].partition("/")[0] not in ROUTES:
            by_key[found["key"]][f"{found['frame'] or ''}{found['tag']}"] = item
    return [tuple(pages.values()) for _, pages in sorted(by_key.items()) if source in pages]


def of_documents(read: Sequence[Sequence[Artifact]], measure: Measure) -> Iterator[Task[tuple[Finding, ...]]]:
    """Yield the pieces of the audit of `documents`."""
    for start in range(_CHUNKS):
        if chunk := read[start::_CHUNKS]:
            names = {name.decode() for pages in chunk for page in pages for name in _RECORD.findall(page.data)}
            part = replace(measure, statement=measure.statement.part(names), chapters={})
            yield Task(f"documents {start + 1}", document_findings, (chunk, part))


def of_files(
    artifacts: Sequence[Artifact], measure: Measure, texts: Mapping[str, tuple[str, ...]] | None = None
) -> Iterator[Task[tuple[Finding, ...]]]:
    """Yield the pieces of the audit of booklets and books beside their pages, which must be `rolls.reunited`.

    `texts` are those of the pages of PDFs by the SHA-256 of the bytes from which they were read: only what was read
    from just these bytes is known of a file that is to be published, all others are read here.
    """
    yield from _of_booklets(artifacts, measure, texts or {})
    yield from _of_books(artifacts, measure)


def document_findings(documents: Sequence[Sequence[Artifact]], measure: Measure) -> tuple[Finding, ...]:
    """Return where the editions of each document differ; nothing of one without an edition in the source's language.

    Frames show the text of a page: only where they say anything else they are held against the ledger by themselves.
    """
    yardstick = measure.yardstick.remembering()
    editions = [[page for page in pages if not page.path.startswith(_FRAMES)] for pages in documents]
    memory = Memory(editions, measure.source, measure.apart, measure.kept)
    found: list[Finding] = []
    for pages in editions:
        for source, others in _read(pages, measure.source):
            found += compare(source, others, yardstick, measure.apart, memory.told)
            found += unlike_the_ledger(source, others, measure.statement)
    memory.keep()
    for document in documents:
        pages_by_path = {page.path: page.data for page in document}
        frames = [page for page in document if page.path.startswith(_FRAMES)]
        shown = ((frame.data, pages_by_path.get(frame.path.replace(_FRAMES, _SITE), b"")) for frame in frames)
        if any(_said(frame) != _said(page) for frame, page in shown):
            for source, others in _read(frames, measure.source):
                found += unlike_the_ledger(source, others, measure.statement)
    return tuple(found)


def _said(page: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return what the article of a page says, words and records, whatever its tags are; all, where it has none."""
    article = b"".join(_ARTICLE.findall(page)) or page
    return _TAG.sub(b" ", article).split(), _RECORD.findall(article)


def _read(pages: Iterable[Artifact], source: str) -> Iterator[tuple[Page, list[Page]]]:
    """Yield the page in the language of the source, with the others, if there is one."""
    read = [read_page(page.path, page.data) for page in pages]
    if first := next((page for page in read if page.tag == source), None):
        yield first, [page for page in read if page is not first]


def booklet_findings(
    screen: Artifact | Texts, pages: Sequence[Artifact], tag: str, has_chapters: bool = True
) -> tuple[Finding, ...]:
    """Return where a booklet and the pages of its chapters, of which the first is the home page, differ.

    One without chapters is another product, which is asked only for what the pages say.
    """
    home, *chapters = (read_page(page.path, abridged(page.data)) for page in pages)
    on_screen = sheets(screen, tag)
    if not has_chapters:
        return absent(screen.path, on_screen, chapters, tag)
    return disagreements(screen.path, on_screen, chapters, tag, home)


def office_findings(office: Artifact, screen: Artifact | Texts, tag: str) -> tuple[Finding, ...]:
    """Return where the sheets of an office printer do not have the pages of the booklet for a screen."""
    return misimposed(office.path, sheets(office, tag), sheets(screen, tag), tag)


def _of_booklets(
    artifacts: Sequence[Artifact], measure: Measure, texts: Mapping[str, tuple[str, ...]]
) -> Iterator[Task[tuple[Finding, ...]]]:
    by_path = {item.path: item for item in artifacts}
    for item in artifacts:
        found = _BOOKLET.match(item.path)
        if found is None or found["kind"] != "screen":
            continue
        beside, way = measure.beside.get(found["edition"], ("", ""))
        tags = [found["tag"].removesuffix(f"-{beside}"), beside] if beside else [found["tag"]]
        keys = measure.chapters.get(found["edition"], ())
        paths = {tag: [f"site/{tag}/{_HOME}", *(f"site/{tag}/{key}/{_HOME}" for key in keys)] for tag in tags}
        if all(path in by_path for own in paths.values() for path in own):
            office = by_path.get(f"{item.path.removesuffix('screen.pdf')}office.pdf")
            pages = {tag: tuple(by_path[path] for path in own) for tag, own in paths.items()}
            name, digest = PurePosixPath(item.path).name, item.sha256
            screen = Texts(item.path, texts[digest]) if digest in texts else item
            if beside:
                yield Task(name, partial(bilingual_findings, is_facing=way == FACING), (screen, office, pages))
                continue
            has_chapters = found["edition"] not in measure.products
            yield Task(name, booklet_findings, (screen, pages[found["tag"]], found["tag"], has_chapters))
            if office and has_chapters:
                yield Task(PurePosixPath(office.path).name, office_findings, (office, screen, found["tag"]))


def _of_books(artifacts: Sequence[Artifact], measure: Measure) -> Iterator[Task[tuple[Finding, ...]]]:
    by_path = {item.path: item for item in artifacts}
    for item in artifacts:
        if found := _BOOK.match(item.path):
            keys = measure.chapters.get(found["edition"], ())
            paths = [f"site/{found['tag']}/{key}/{_HOME}" for key in keys]
            if all(path in by_path for path in paths):
                pages = tuple(by_path[path] for path in paths)
                yield Task(PurePosixPath(item.path).name, book_findings, (item, pages, found["tag"]))


# --- afterwards ---------------------------------------------------------------------------------------------------


def settled(
    found: Iterable[Finding], places: Mapping[str, Places], read: Iterable[Diagnostic] = ()
) -> tuple[Finding, ...]:
    """Return the findings, each once, with their places in catalogs and sources, and the waivers that they have there.

    `places` are by language; `read` is what the readers of catalogs found, with its waivers. What stands in the frame
    of every page is told of the first.
    """
    waived = {(str(item.location), item.code): item.waived for item in read if item.waived}
    once: dict[tuple[Any, ...], Finding] = {}
    for item in found:
        placed = _placed(item, places.get(item.tag, Places()), waived)
        key = (item.code, item.tag, item.message, item.shown, item.sheet, item.page.partition("/")[0])
        once.setdefault(key, placed)
    return tuple(sorted(once.values(), key=lambda item: (item.page, item.sheet or 0, item.code, item.message)))


def _placed(item: Finding, places: Places, waived: Mapping[tuple[str, str], str]) -> Finding:
    place = places.find(item.origin) if item.origin else None
    if place is None:
        return item
    answer = _ANSWERS.get(item.code, item.code)
    reason = place.allowed.get(item.code) or waived.get((str(place.catalog), answer))
    return replace(item, catalog=place.catalog, source=place.source, waived=reason)
