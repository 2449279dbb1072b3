"""The pages of a site in, what crawlers ask for first out: sitemap.xml and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from stele.artifacts import Artifact
from stele.web.addresses import SITE, absolute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemap(address: str, pages: Iterable[Mapping[str, str]]) -> Iterator[Artifact]:
    """Yield what leads crawlers through a site that lies at `address`; without one they are only let in.

    `pages` has the paths of each page by the value of hreflang (`Frame.translations`): the sitemap says the same as the
    heads of the pages. It has no dates: of a single page nobody states when it changed.
    """
    lines = ["User-agent: *", "Allow: /"]
    if address:
        yield Artifact(f"{SITE}sitemap.xml", (_HEAD + "".join(_entries(address, pages)) + "</urlset>\n").encode())
        lines.append(f"Sitemap: {address}/sitemap.xml")
    yield Artifact(f"{SITE}robots.txt", ("\n".join(lines) + "\n").encode())


def _entries(address: str, pages: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield each page once, with links to itself and its translations (Google Search Central, localized versions)."""
    seen: set[str] = set()
    for languages in pages:
        places = {tag: quoteattr(absolute(address, path)) for tag, path in languages.items()}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href={place}/>\n' for tag, place in places.items()
        )
        for place in places.values():
            if place not in seen:
                seen.add(place)
                yield f"<url>\n<loc>{_text(place)}</loc>\n{links}</url>\n"


def _text(quoted: str) -> str:
    return quoted[1:-1]
