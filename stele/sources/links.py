"""A relative address and the document it stands in, in; what it leads to, out, in the language of its reader."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from stele.language.tags import without_region
from stele.sources.files import is_file, is_inside

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Target:
    """A file of the project, by its POSIX path relative to the project, and the anchor in it (may be empty)."""

    path: str
    anchor: str


def resolve(address: str, document_path: str) -> Target | None:
    """Return what a relative address in `document_path` means, None when it leads out of content/.

    An address that begins with a slash starts at content/, as Hugo and Docusaurus read it.
    """
    path, _, anchor = address.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return Target(document_path, unquote(anchor))
    base = "content" if path.startswith("/") else posixpath.dirname(document_path)
    whole = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
    return Target(whole, unquote(anchor)) if whole.startswith("content/") and "\0" not in whole else None


def in_language(path: str, tag: str, root: Path) -> str:
    """Return the file that stands in for the one at `path` in a language, or `path` where there is none.

    For `content/map.svg` and ``az-Cyrl`` these are, in this order, ``map.az-Cyrl.svg`` and ``map.az.svg``.
    """
    return next((name for name in _alternates(path, tag) if _is_ours(root / name, root)), path)


def _alternates(path: str, tag: str) -> tuple[str, ...]:
    stem, suffix = posixpath.splitext(path)
    wanted = dict.fromkeys((tag, without_region(tag), tag.partition("-")[0]))
    return tuple(f"{stem}.{name}{suffix}" for name in wanted)


def _is_ours(path: Path, root: Path) -> bool:
    return is_file(path) and is_inside(path, root / "content")
