"""The links and images of all documents in, those that lead nowhere out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.sources.files import is_file, is_inside
from stele.sources.fragments import scheme
from stele.sources.images import check_image
from stele.sources.links import Target, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from stele.sources.markup import Link

# Files beside the documents that a page may offer to open; everything else in content/ stays private. An SVG opened
# by itself could run script.
_OFFERED = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf")
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Page:
    """What has to be known of a document to follow links from and to it."""

    path: str
    html: str
    links: tuple[Link, ...]


def is_offered(path: str, root: Path) -> bool:
    """Say whether `path`, relative to the project `root`, is a file that a page may offer to open."""
    return path.lower().endswith(_OFFERED) and is_inside(root / path, root / "content") and is_file(root / path)


def check_references(pages: Sequence[Page], root: Path) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every relative link or image that has no target below `root`."""
    anchors = {page.path: frozenset(_ID.findall(page.html)) for page in pages}
    checked: dict[str, Diagnostic | None] = {}
    for page in pages:
        for link in page.links:
            where = Location(page.path, link.line)
            target = resolve(link.address, page.path)
            if link.kind == "src" and (scheme(link.address) or link.address.startswith("//")):
                message = f"the image {link.address[:80]!r} lies on another server, so no booklet can print it"
                yield Diagnostic("missing-image", message, where, "copy the file below content/")
            elif target is None:
                message = f"{link.address!r} leads out of content/"
                yield Diagnostic("outside-project", message, where, "copy the file below content/")
            elif link.kind == "src":
                yield from _image(target, root, where, checked)
            else:
                yield from _link(link.address, target, root, where, anchors)


def _link(
    address: str, target: Target, root: Path, where: Location, anchors: dict[str, frozenset[str]]
) -> Iterator[Diagnostic]:
    if target.path in anchors:
        if target.anchor and target.anchor not in anchors[target.path]:
            message = f"there is no heading {target.anchor!r} in {target.path}"
            yield Diagnostic("unknown-anchor", message, where, _nearest(target.anchor, sorted(anchors[target.path])))
    elif not is_offered(target.path, root):
        yield _unknown(address, target, where, sorted(anchors))


def _unknown(address: str, target: Target, where: Location, known: list[str]) -> Diagnostic:
    message = f"link to {address!r} has no document"
    return Diagnostic("unknown-link", message, where, _nearest(target.path, known))


def _nearest(name: str, known: list[str]) -> str | None:
    near = get_close_matches(name, known, 1, cutoff=0.8)
    return f"did you mean {near[0]!r}?" if near else None


def _image(target: Target, root: Path, where: Location, checked: dict[str, Diagnostic | None]) -> Iterator[Diagnostic]:
    path = root / target.path
    if not is_inside(path, root / "content"):
        yield Diagnostic("outside-project", f"{target.path} leads out of content/", where, "copy the file there")
    elif not is_file(path):
        yield Diagnostic("missing-image", f"there is no image {target.path}", where)
    else:
        if target.path not in checked:
            checked[target.path] = check_image(path, root, where)
        if found := checked[target.path]:
            yield found
