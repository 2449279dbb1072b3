"""The files of data in, a page in each language out that tells what there is, under which terms, and how to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.web import addresses
from stele.web.site import render_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stele.artifacts import Artifact
    from stele.diagnostics import Stage
    from stele.sources.project import Project
    from stele.translation.shelf import Shelf
    from stele.web.data.package import DataFile

KEY = "data"


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


def render(
    project: Project, shelves: Sequence[Shelf], files: Sequence[DataFile], version: str, stage: Stage
) -> list[Artifact]:
    """Return the page of data in each language; raise `templating.TemplateFailure`."""

    def view(shelf: Shelf) -> dict[str, Any]:
        here = addresses.page(shelf.language.tag, KEY)
        return {
            "files": [_offer(item, here) for item in files],
            "version": version,
            "released": project.printing.released.isoformat(),
            "licence": project.hosting.licence,
            "address": addresses.absolute(project.hosting.address, here),
        }

    return render_page(project, shelves, KEY, "site/data.html", view, stage)


def _offer(item: DataFile, here: str) -> Offer:
    length = len(item.artifact.data)
    size, unit = (-(-length // 1000), "kB") if length < 1_000_000 else (-(-length // 1_000_000), "MB")
    href = addresses.relative(here, item.artifact.path)
    return Offer(item.name, href, item.kind, item.count, size, unit, item.artifact.sha256)
