"""Addresses in a booklet in, what is read for them out: files below the folders that it is given, nothing else."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from stele.cache.stamps import stamp
from stele.diagnostics import Diagnostic
from stele.print.listening import REFUSED
from stele.sources import fonts
from stele.sources.files import MAX_PIXELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.cache.stamps import Stamp


def fetcher(roots: Sequence[Path], said: list[str]) -> Any:
    """Return a fetcher of WeasyPrint that reads what lies below `roots`.

    It knows what it read, `read`, by the stamp that each file had, what it did not, `refused`, and all that was `said`
    meanwhile.
    """
    from PIL import Image
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    allowed = tuple(root.resolve() for root in roots)

    class Jail(URLFetcher):  # type: ignore[misc]
        """Reads files below `allowed`, and nothing else; unpacks a font once for all booklets of a worker."""

        roots: tuple[Path, ...]
        refused: list[str]
        said: list[str]
        read: dict[Path, Stamp]

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not _is_allowed(url, allowed):
                self.refused.append(url)
                raise ValueError(REFUSED)
            self.read[_path(url)] = stamp(_path(url))
            if url.endswith(".woff2"):
                return URLFetcherResponse(url, fonts.as_sfnt(_path(url)), {"Content-Type": "font/sfnt"})
            return super().fetch(url, headers)

    made = Jail(allowed_protocols={"file"}, allow_redirects=False)
    made.roots, made.refused, made.said, made.read = allowed, [], said, {}
    return made


def blocked(addresses: Iterable[str], name: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each address that the booklet `name` may not ask for."""
    return (
        Diagnostic("blocked-resource", f"{name}: {address[:120]!r} was asked for and not read") for address in addresses
    )


def _is_allowed(url: str, roots: tuple[Path, ...]) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return False
    return any(_path(url).is_relative_to(root) for root in roots)


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path)).resolve()
