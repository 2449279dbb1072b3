"""The pages of a site in, the same with each long roll in its document again, as booklets have it, out.

A reader comes from the letters in the document to the first page of names, and from each page to the next. So does
this, and what no link leads to is not there. Pages of people say nothing that rolls do not say, and are left out.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stele.artifacts import Artifact

_HEAD = 10_000  # bytes, among which a page says of what kind it is
_BESIDE = re.compile(rb'<body class="page page-(?:names|person)">')
_LETTERS = re.compile(rb'<nav class="letters".*?</nav>', re.DOTALL)
_HREF = re.compile(rb'<a href="([^"#]+)')
_NEXT = re.compile(rb'<a class="next" rel="next" href="([^"#]+)')
_NAMES = re.compile(rb'(<div class="names .*?</div>)\s*</article>', re.DOTALL)
_GOES_ON = re.compile(rb'(<section class="letter) continued">\s*<h2.*?</h2>', re.DOTALL)
_HEADING = re.compile(rb"(</?)h2\b")
_ADDRESSED = re.compile(rb'<a class="person"[^>]*>(.*?)</a>', re.DOTALL)


def reunited(artifacts: Iterable[Artifact]) -> list[Artifact]:
    """Return artifacts with every roll on the page of its document, and without the pages that were beside it."""
    by_path = {item.path: item for item in artifacts}
    whole = (_whole(item, by_path) if item.path.endswith(".html") else item for item in by_path.values())
    return [item for item in whole if not _BESIDE.search(item.data, 0, _HEAD)]


def _whole(page: Artifact, by_path: Mapping[str, Artifact]) -> Artifact:
    """Return a page of a document with its rolls, in which no name leads anywhere, as in a booklet."""
    if b'class="names ' not in page.data and b'<nav class="letters"' not in page.data:
        return page
    data = _LETTERS.sub(lambda index: b"\n".join(_names(page.path, index[0], by_path)), page.data)
    return replace(page, data=_ADDRESSED.sub(rb"\1", data))


def _names(path: str, index: bytes, by_path: Mapping[str, Artifact]) -> Iterator[bytes]:
    """Yield the names of a roll page after page, from that to which the first letter of its index leads."""
    link = _HREF.search(index)
    while link:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link[1].decode())))
        data = by_path[path].data if path in by_path else b""
        for names in _NAMES.findall(data):
            yield _HEADING.sub(rb"\1h3", _GOES_ON.sub(rb'\1">', names))
        link = _NEXT.search(data)
