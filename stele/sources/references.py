"""The links and images of all documents in, those that lead nowhere out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import keyword
from stele.sources.files import is_file, is_inside
from stele.sources.fragments import scheme
from stele.sources.images import check_image
from stele.sources.links import Target, in_language, resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from stele.sources.markup import Link

# Files beside the documents that a page may offer to open; everything else in content/ stays private. An SVG opened
# by itself could run script.
_OFFERED = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf")
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Page:
    """What has to be known of a document to follow links from and to it.

    `path` is that of the document; `file` the one its words are from, `path` or an alternate in some language.
    """

    path: str
    html: str
    links: tuple[Link, ...]
    file: str


def is_offered(path: str, root: Path) -> bool:
    """Say whether `path`, relative to the project `root`, is a file that a page may offer to open."""
    return keyword(path).endswith(_OFFERED) and is_inside(root / path, root / "content") and is_file(root / path)


def check_references(pages: Sequence[Page], root: Path, tags: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every relative link or image of the source that has no target below `root`.

    Of an image, what stands in for it in one of the languages `tags` is looked at too.
    """
    anchors = _anchors(pages)
    checked: dict[str, Diagnostic | None] = {}
    for page in pages:
        for link in page.links:
            yield from _reference(link, page, root, tags, anchors, checked)


def check_alternates(pages: Sequence[Page], root: Path, tag: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every link of the alternates in language `tag`, and to a heading that they do not have.

    `pages` are all pages in that language; what else they link to is that of the source.
    """
    anchors = _anchors(pages)
    files = {page.path: page.file for page in pages}
    checked: dict[str, Diagnostic | None] = {}
    for page in pages:
        for link in page.links:
            target = resolve(link.address, page.path)
            if page.file != page.path:
                yield from _reference(link, page, root, (tag,), anchors, checked)
            elif target and files.get(target.path, target.path) != target.path:
                yield from _anchor(target, files[target.path], Location(page.path, link.line), anchors)


def _anchors(pages: Sequence[Page]) -> dict[str, frozenset[str]]:
    return {page.path: frozenset(_ID.findall(page.html)) for page in pages}


def _reference(
    link: Link,
    page: Page,
    root: Path,
    tags: Collection[str],
    anchors: Mapping[str, frozenset[str]],
    checked: dict[str, Diagnostic | None],
) -> Iterator[Diagnostic]:
    where = Location(page.file, link.line)
    target = resolve(link.address, page.path)
    if link.kind == "src" and (scheme(link.address) or link.address.startswith("//")):
        message = f"the image {link.address[:80]!r} lies on another server, so no booklet can print it"
        yield Diagnostic("missing-image", message, where, "copy the file below content/")
    elif target is None:
        message = f"{link.address!r} leads out of content/"
        yield Diagnostic("outside-project", message, where, "copy the file below content/")
    elif link.kind == "src":
        for path in dict.fromkeys([target.path, *(in_language(target.path, tag, root) for tag in tags)]):
            yield from _image(path, root, where, checked)
    elif target.path in anchors:
        yield from _anchor(target, target.path, where, anchors)
    elif not is_offered(target.path, root):
        yield _unknown(link.address, target, where, sorted(anchors))


def _anchor(target: Target, file: str, where: Location, anchors: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    if target.anchor and target.anchor not in anchors[target.path]:
        message = f"there is no heading {target.anchor!r} in {file}"
        yield Diagnostic("unknown-anchor", message, where, _nearest(target.anchor, sorted(anchors[target.path])))


def _unknown(address: str, target: Target, where: Location, known: list[str]) -> Diagnostic:
    message = f"link to {address!r} has no document"
    return Diagnostic("unknown-link", message, where, _nearest(target.path, known))


def _nearest(name: str, known: list[str]) -> str | None:
    near = get_close_matches(name, known, 1, cutoff=0.8)
    return f"did you mean {near[0]!r}?" if near else None


def _image(name: str, root: Path, where: Location, checked: dict[str, Diagnostic | None]) -> Iterator[Diagnostic]:
    path = root / name
    if not is_inside(path, root / "content"):
        yield Diagnostic("outside-project", f"{name} leads out of content/", where, "copy the file there")
    elif not is_file(path):
        yield Diagnostic("missing-image", f"there is no image {name}", where)
    else:
        if name not in checked:
            checked[name] = check_image(path, root, where)
        if found := checked[name]:
            yield found
