"""Everything that is said in, what is published on the web out: the site, and all that is made from its pages."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.audit import strangers, visible_text
from stele.diagnostics import Diagnostic
from stele.engine import Task
from stele.language.pseudo import PSEUDO_TAGS
from stele.sources.printing import BOOKLET, EPUB
from stele.sources.templating import TemplateFailure
from stele.stages import strands
from stele.stages.binding import bind
from stele.stages.inscribing import year_of
from stele.stages.sharing import share
from stele.stages.telling import IMAGE_LIMITS, Stopped
from stele.stages.wording import far_enough
from stele.web import addresses, faces, feeds, listing, site
from stele.web.downloads import render_downloads
from stele.web.embeds import making as embeds
from stele.web.frame import frame_of
from stele.web.pictures import Pictures
from stele.web.roll_pages import Rolls
from stele.web.search import searching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.sources.inscription import Inscriptions
    from stele.sources.project import Edition
    from stele.stages.reading import Desk
    from stele.stages.strands import Strand
    from stele.stages.telling import Telling
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf
    from stele.web.data.package import Package

_PARTS = re.compile(r"[/.]")


@dataclass(frozen=True, slots=True)
class _Cloth:
    """The site as far as it needs no booklets: what it has in each language, and in all of them.

    `pages` are all others, `texts` those of pages for other websites, `pictures` what pages show. `found` is why one
    could not be drawn.
    """

    strands: Sequence[Strand]
    pages: Sequence[Artifact]
    texts: Sequence[Artifact]
    pictures: Sequence[Artifact]
    found: Sequence[Diagnostic]


class Loom:
    """The site of `shelves`, of which the pages of each language are made while booklets are printed."""

    def __init__(
        self,
        telling: Telling,
        desk: Desk,
        inscribed: Mapping[str, Inscriptions],
        shelves: Sequence[Shelf],
        released: Release,
    ) -> None:
        self.telling, self.desk, self.shelves, self.released = telling, desk, shelves, released
        self.data = share(telling, desk, inscribed, shelves, released)
        self.tied: _Cloth | None = None
        self.published = [_on_site(desk, shelf) for shelf in far_enough(telling, desk, shelves, None)]
        self.faces, closed = faces.collect(desk.theme, desk.project.fonts)
        telling.found += closed
        self.apart = [*_apart(telling, desk, self.published), *(item.artifact for item in self.data.files)]
        self._expect(offers_files=any(map(_may_be_taken_home, desk.editions)))

    def spin(self) -> Iterator[None]:
        """Make the pages of a language at each step, then the others that need no booklets, and what they show.

        Raise `templating.TemplateFailure` where a template fails.
        """
        for shelf in self.published:
            self._strand(shelf)
            yield
        self._tie()
        yield

    @property
    def pages(self) -> list[Artifact]:
        """Return the pages that are made in `spin`, frames for other websites among them."""
        cloth = self._tie()
        return [*(page for strand in cloth.strands for page in strand.files), *cloth.pages]

    def weave(self, booklets: Sequence[Artifact]) -> list[Artifact]:
        """Return the files for the web; `booklets` are those that readers may download from it.

        Raise `templating.TemplateFailure` where a template fails.
        """
        telling, desk = self.telling, self.desk
        bound = bind(telling, desk, self.shelves, self.released, self.faces)
        taken_home = [*_downloads(desk, booklets), *bound]
        files = [item for item in taken_home if item.path.startswith(addresses.SITE)]
        if bool(files) != self.offers_files:  # what was to be taken home could not be made
            self._expect(offers_files=bool(files))
        cloth = self._tie()
        telling.found += cloth.found
        pages = [*cloth.pages, *render_downloads(self.frame, files)]
        shown = [*(strand.shown for strand in cloth.strands), faces.characters(pages, _tags(self.published))]
        sheets, cuts = faces.files(self.faces, shown)
        asked_for = [*searching.scripts(self.frame), *cloth.pictures, *sheets, *telling.do(cuts)]
        made = [*pages, *asked_for, *cloth.texts, *taken_home, *self.apart]
        _look_into(telling, desk, cloth.strands, pages, made)
        return [*(item for strand in cloth.strands for item in strand.files), *made]

    def _strand(self, shelf: Shelf) -> Strand:
        tag = shelf.language.tag
        if tag not in self.spun:
            year = year_of(self.desk)
            self.spun[tag] = strands.strand(self.telling, self.desk, self.frame, shelf, self.data, year)
        return self.spun[tag]

    def _tie(self) -> _Cloth:
        """Return the strands with what belongs to all of them."""
        if self.tied is None:
            strands = [self._strand(shelf) for shelf in self.published]
            pictures, rolls = _of_all(self.desk, strands)
            pages = site.render_rest(self.frame, self.desk.theme, pictures, rolls)
            texts = listing.listed(self.frame, [item for strand in strands for item in strand.extracts])
            drawn, found = _drawn(self.telling, pictures)
            self.faces.read()
            self.tied = _Cloth(strands, pages, texts, drawn, found)
        return self.tied

    def _expect(self, *, offers_files: bool) -> None:
        """Begin anew, with what all pages share where there are files for readers to take home, or none."""
        desk, stage = self.desk, self.telling.request.stage
        more = _offered(desk, self.published, self.data, offers_files=offers_files)
        offered = [*(item.path for item in self.apart), *more]
        self.frame = frame_of(desk.project, desk.ledger, self.published, stage, offered, self.faces)
        self.offers_files = offers_files
        self.spun: dict[str, Strand] = {}
        self.tied = None


def _apart(telling: Telling, desk: Desk, published: Sequence[Shelf]) -> Iterator[Artifact]:
    """Yield feeds, and what other websites show of pages before these are made."""
    yield from feeds.feeds(desk.project, published)
    yield from embeds.linked(published, desk.project.hosting.address, desk.theme, telling.request.stage)


def _offered(desk: Desk, published: Sequence[Shelf], data: Package, *, offers_files: bool) -> Iterator[str]:
    """Yield where pages will lie that are no documents: what pages link to must be known before any is made."""
    for tag in _tags(published):
        yield from [addresses.downloads(tag)] if offers_files else []
        yield from [addresses.data(tag)] if data.files else []
    yield from searching.paths(published)
    yield from embeds.guide_paths(published, desk.project.hosting.address)


def _tags(shelves: Sequence[Shelf]) -> list[str]:
    return [shelf.language.tag for shelf in shelves]


def _look_into(
    telling: Telling, desk: Desk, spun: Sequence[Strand], pages: Sequence[Artifact], made: Sequence[Artifact]
) -> None:
    """Report what no catalog has in the strands and `pages`, and what acts or asks elsewhere in all that was `made`."""
    if any(item.tag in PSEUDO_TAGS for item in desk.languages):
        telling.found += visible_text.unreachable([*(page for strand in spun for page in strand.pages), *pages])
    if desk.theme.is_own:
        checked = frozenset().union(*(strand.checked for strand in spun))
        telling.found += (item for strand in spun for item in strand.found)
        telling.found += _strange(telling, desk, [item for item in made if item.path not in checked])


def _strange(telling: Telling, desk: Desk, artifacts: Sequence[Artifact]) -> Iterator[Diagnostic]:
    """Yield what acts or asks elsewhere in files that belong to no strand.

    Those of one kind in a language are looked at together: pages that list e-books change more often than these. The
    name of a file, or a folder of it, is the tag of its language.
    """
    tags, groups = {item.tag for item in desk.languages}, defaultdict[tuple[str, str], list[Artifact]](list)
    for item in artifacts:
        if item.path.endswith(strangers.SUFFIXES):
            *parts, kind = _PARTS.split(item.path)
            groups[next((part for part in parts if part in tags), ""), kind].append(item)
    address = desk.project.hosting.address
    for found in telling.do([Task(tag, strands.strange, (some, address)) for (tag, _), some in groups.items()]):
        yield from found


def _of_all(desk: Desk, spun: Sequence[Strand]) -> tuple[Pictures, Rolls]:
    """Return what the pages of all languages show."""
    pictures, rolls = Pictures(desk.project.root), Rolls()
    for strand in spun:
        pictures.add(strand.pictures, strand.offered)
        rolls.add(strand.rolls)
    return pictures, rolls


def _drawn(telling: Telling, pictures: Pictures) -> tuple[list[Artifact], list[Diagnostic]]:
    """Return the files of all pictures that pages show, and why there are none of some."""
    tasks = pictures.tasks()
    made = telling.run("Drawing pictures", tasks, IMAGE_LIMITS) if tasks else []
    found = [item for item in made if isinstance(item, Diagnostic)]
    return [file for item in made if not isinstance(item, Diagnostic) for file in item], found


def _may_be_taken_home(edition: Edition) -> bool:
    return edition.product == BOOKLET or EPUB in edition.uses


def _downloads(desk: Desk, booklets: Sequence[Artifact]) -> Iterator[Artifact]:
    """Yield the booklets that a reader of the site may take home: letters are for those they are addressed to."""
    offered = {edition.name for edition in desk.editions if edition.product == BOOKLET}
    for item in booklets:
        name = item.path.rpartition("/")[2]
        if name.partition(".")[0] in offered and name.endswith(".screen.pdf"):
            yield Artifact(addresses.download(name), item.data)


def _on_site(desk: Desk, shelf: Shelf) -> Shelf:
    return replace(shelf, documents=tuple(item for item in shelf.documents if item.key in desk.on_site))


def pages_apart(telling: Telling, desk: Desk, shelves: Sequence[Shelf]) -> list[Artifact]:
    """Return pages that are not published, of what is for paper alone: the audit reads the editions of it on them."""
    keys: dict[str, set[str]] = defaultdict(set)
    for edition in desk.editions:
        for shelf in far_enough(telling, desk, shelves, edition):
            keys[shelf.language.tag].update({*(edition.documents or ())} - {*desk.on_site})
    try:
        frame = frame_of(desk.project, desk.ledger, shelves, telling.request.stage)
        return strands.apart(telling, desk, frame, keys)
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure
