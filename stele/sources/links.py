"""A relative address and the document it stands in, in; what it leads to, out."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote


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
