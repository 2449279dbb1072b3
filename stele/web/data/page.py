"""The files of data in, a page in each language out that tells what there is, under which terms, and how to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.artifacts import Artifact, page_at
from stele.web import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.web.data.package import DataFile, Package
    from stele.web.frame import Frame


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that the page offers: its length in units that people read, of which it has the number and the name."""

    name: str
    href: str
    kind: str
    count: int
    size: int
    unit: str
    sha256: str


def render_data(frame: Frame, package: Package) -> Iterator[Artifact]:
    """Yield the page of data in each language, none where there is none; raise `templating.TemplateFailure`."""
    for shelf in frame.shelves if package.files else ():
        here = addresses.data(shelf.language.tag)
        values = frame.around(shelf, addresses.data) | {
            "files": [_offer(item, here) for item in package.files],
            "version": package.version,
            "released": package.released.isoformat(),
            "licence": frame.project.hosting.licence,
            "address": addresses.absolute(frame.project.hosting.address, here),
        }
        yield page_at(here, shelf.templates.page("site/data.html", values))


def _offer(item: DataFile, here: str) -> Offer:
    length = len(item.artifact.data)
    size, unit = (-(-length // 1000), "kB") if length < 1_000_000 else (-(-length // 1_000_000), "MB")
    href = addresses.relative(here, item.artifact.path)
    return Offer(item.name, href, item.kind, item.count, size, unit, item.artifact.sha256)
