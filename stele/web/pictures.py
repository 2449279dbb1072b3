"""The images of texts in, pictures that a browser chooses the best file for out, and these files, each made once.

Their names hold a digest of the image that they are made from, so a reader's browser may keep them for ever.
"""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic
from stele.engine import Task
from stele.sources.files import is_file
from stele.sources.renditions import Shape, plain_svg, render, shape, whole
from stele.web.addresses import ASSETS, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from lxml.html import HtmlElement

# A phone, the column of text on a screen, and the same on one with two pixels for each of CSS.
WIDTHS = (480, 960, 1600)
_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_VERSION = b"1"  # of how renditions are made: another gives all of them other names


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the project and what is made of it: `path` below the project, `stem` of the files' names."""

    path: str
    stem: str
    shape: Shape

    @property
    def widths(self) -> tuple[int, ...]:
        """Return the widths of its files, in pixels: never more than it has."""
        return (*(width for width in WIDTHS[:-1] if width < self.shape.width), min(self.shape.width, WIDTHS[-1]))

    @property
    def plain(self) -> str:
        """Return the path of the file that every browser reads, as wide as any."""
        return self.file(self.widths[-1], self.shape.plain)

    def file(self, width: int, kind: str) -> str:
        """Return the path of a file of the picture below the output folder."""
        return f"{ASSETS}/{self.stem}.{width}.{kind}"


class Pictures:
    """The images that pages have shown so far, and the files that pages offer to open."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shown: dict[str, Picture | None] = {}
        self.offered: dict[str, None] = {}

    def offer(self, path: str) -> str:
        """Return where a file of the project lies that a page links to."""
        self.offered[path] = None
        return f"{ASSETS}/{path}"

    def add(self, shown: Mapping[str, Picture | None], offered: Iterable[str]) -> None:
        """Keep what other pages show and offer."""
        self.shown |= shown
        self.offered |= dict.fromkeys(offered)

    def frame(self, text: HtmlElement, here: str, sizes: str) -> None:
        """Make a ``picture`` of every image in `text`, whose address is a path of the project, for the page at `here`.

        `sizes` says how wide images are in the layout (HTML Standard, 4.8.4.3). All but the first wait until a reader
        comes near.
        """
        for place, image in enumerate([*text.iter("img")]):
            image.set("decoding", "async")
            if place:
                image.set("loading", "lazy")
            path = image.get("src", "")
            picture = self._picture(path)
            if picture is None:
                image.set("src", relative(here, f"{ASSETS}/{quote(path)}"))
            else:
                _frame(image, picture, here, sizes)

    def _picture(self, path: str) -> Picture | None:
        if path not in self.shown:
            self.shown[path] = _picture(self.root / path, path)
        return self.shown[path]

    def file(self, path: str) -> str:
        """Return where the file lies that stands for an image by itself."""
        picture = self._picture(path)
        return picture.plain if picture else f"{ASSETS}/{path}"

    def drawings(self) -> list[Artifact]:
        """Return the images without pixels: drawings are as sharp in every size."""
        found = [path for path, picture in self.shown.items() if picture is None and is_file(self.root / path)]
        return [Artifact(f"{ASSETS}/{path}", plain_svg((self.root / path).read_bytes())) for path in found]

    def tasks(self) -> list[Task[tuple[Artifact, ...] | Diagnostic]]:
        """Return what makes all the other files, image by image."""
        shown = [item for item in self.shown.values() if item]
        scaled = [Task(item.path, scale, (self.root, item), (self.root / item.path,)) for item in shown]
        copied = [Task(path, copy, (self.root, path), (self.root / path,)) for path in self.offered]
        return [*scaled, *copied]


def _picture(file: Path, path: str) -> Picture | None:
    known = shape(file) if is_file(file) else None
    if known is None:
        return None
    digest = hashlib.sha256(_VERSION + file.read_bytes()).hexdigest()[:12]
    return Picture(path, f"{posixpath.splitext(path)[0]}.{digest}", known)


def _frame(image: HtmlElement, picture: Picture, here: str, sizes: str) -> None:
    """Put an image into a ``picture`` with a source for each kind of file."""
    width = image.get("width")
    sizes = f"{width}px" if width else sizes
    frame = image.makeelement("picture")
    for kind, mime in _TYPES.items():
        frame.append(
            image.makeelement("source", {"type": mime, "srcset": _srcset(picture, kind, here), "sizes": sizes})
        )
    image.addprevious(frame)
    frame.tail, image.tail = image.tail, None
    frame.append(image)
    shown = picture.shape.at(int(width) if width and int(width) else picture.widths[-1])
    image.set("src", relative(here, quote(picture.plain)))
    image.set("srcset", _srcset(picture, picture.shape.plain, here))
    image.set("sizes", sizes)
    image.set("width", str(shown[0]))
    image.set("height", image.get("height") or str(shown[1]))


def _srcset(picture: Picture, kind: str, here: str) -> str:
    return ", ".join(f"{relative(here, quote(picture.file(width, kind)))} {width}w" for width in picture.widths)


def scale(root: Path, picture: Picture) -> tuple[Artifact, ...] | Diagnostic:
    """Return every file of a picture; or why that cannot be done."""
    kinds = picture.shape.kinds
    made = render(root / picture.path, root, [picture.shape.at(width) for width in picture.widths], kinds)
    if isinstance(made, Diagnostic):
        return made
    names = [picture.file(width, kind) for width in picture.widths for kind in kinds]
    return tuple(Artifact(name, data) for name, data in zip(names, made, strict=True))


def copy(root: Path, path: str) -> tuple[Artifact, ...] | Diagnostic:
    """Return a file that pages offer to open, of an image what is to be seen and nothing else."""
    made = whole(root / path, root) if shape(root / path) else (root / path).read_bytes()
    return made if isinstance(made, Diagnostic) else (Artifact(f"{ASSETS}/{path}", made),)
