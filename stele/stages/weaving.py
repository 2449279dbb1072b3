"""Everything that is said in, what is published on the web out: the site, and all that is made from its pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.audit import strangers, visible_text
from stele.diagnostics import Diagnostic
from stele.language.pseudo import PSEUDO_TAGS
from stele.sources.printing import BOOKLET
from stele.sources.templating import TemplateFailure
from stele.stages.binding import bind
from stele.stages.inscribing import year_of
from stele.stages.telling import IMAGE_LIMITS, Stopped
from stele.stages.wording import far_enough
from stele.web import addresses, extracts, faces, feeds, listing, site
from stele.web.data.page import render_data
from stele.web.downloads import render_downloads
from stele.web.embeds import making as embeds
from stele.web.embeds.scripts import in_frames
from stele.web.frame import frame_of
from stele.web.pictures import Pictures
from stele.web.search import searching

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf
    from stele.web.data.package import Package
    from stele.web.frame import Frame


def weave(
    telling: Telling,
    desk: Desk,
    shelves: Sequence[Shelf],
    booklets: Sequence[Artifact],
    released: Release,
    data: Package,
) -> list[Artifact]:
    """Return the files for the web; `booklets` are those that readers may download from it, `data` is the ledger.

    Raise `templating.TemplateFailure` where a template fails.
    """
    published = [_on_site(desk, shelf) for shelf in far_enough(telling, desk, shelves, None)]
    address = desk.project.hosting.address
    found, closed = faces.collect(desk.theme, desk.project.fonts)
    telling.found += closed
    taken_home = [*_downloads(desk, booklets), *bind(telling, desk, shelves, booklets, released, found)]
    files = [item for item in taken_home if item.path.startswith(addresses.SITE)]
    apart = [*taken_home, *feeds.feeds(desk.project, published)]
    apart += embeds.linked(published, address, desk.theme, telling.request.stage)
    apart += [item.artifact for item in data.files]
    # What pages link to must be known before any is made.
    offered = [item.path for item in apart]
    offered += [addresses.downloads(shelf.language.tag) for shelf in published if files]
    offered += [addresses.data(shelf.language.tag) for shelf in published if data.files]
    offered += [*searching.paths(published), *embeds.guide_paths(published, address)]
    frame = frame_of(desk.project, desk.ledger, published, telling.request.stage, offered, found)
    pictures = Pictures(desk.project.root)
    pages = [*site.render_site(frame, desk.theme, pictures), *render_downloads(frame, files)]
    pages += [*render_data(frame, data), *searching.pages(frame)]
    texts = _texts(frame, desk, pages, pictures)
    pages += embeds.guides(frame, texts)
    if any(item.tag in PSEUDO_TAGS for item in desk.languages):
        telling.found += visible_text.unreachable(pages)
    asked_for = [*searching.scripts(frame, year_of(desk)), *_drawn(telling, pictures)]
    sheets, cuts = faces.files(found, pages, {shelf.language.tag for shelf in published})
    asked_for += [*sheets, *telling.do(cuts)]
    made = [*pages, *asked_for, *texts, *apart]
    if desk.theme.is_own:
        telling.found += strangers.strange(made, address, (in_frames(),))
    return made


def _drawn(telling: Telling, pictures: Pictures) -> Iterator[Artifact]:
    """Yield the files of all pictures that pages show."""
    tasks = pictures.tasks()
    for made in telling.run("Drawing pictures", tasks, IMAGE_LIMITS) if tasks else ():
        if isinstance(made, Diagnostic):
            telling.found.append(made)
        else:
            yield from made


def _texts(frame: Frame, desk: Desk, pages: Sequence[Artifact], pictures: Pictures) -> list[Artifact]:
    """Return what other websites and programs take of the finished pages."""
    extracted = extracts.extracts(frame, {item.path: item.data for item in pages}, pictures, desk.theme)
    return [*listing.listed(frame, extracted), *embeds.whole_texts(frame, pages, desk.theme)]


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
        return site.render_apart(frame_of(desk.project, desk.ledger, shelves, telling.request.stage), keys)
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure
