"""Where a site will lie in, what its host sends with every file out: `_headers` and `.htaccess`.

Where neither is read (a stick, the pages of code hosts) the files come alone: the policy of a page therefore stands in
the page as well, and is stricter there. What differs from folder to folder is said for each folder by itself, since
hosts that find two rules for a file send both, and a browser obeys both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from stele.artifacts import Artifact
from stele.web.addresses import LOST, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Content Security Policy Level 3. All that any page of ours needs; which of it a page may use, its own policy says.
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; style-src 'self'; "
    "media-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Fetch Standard, 3.3.3, and what lets a custom element read a fragment, and a sandboxed frame load a font.
_SHARED = {"Access-Control-Allow-Origin": "*"}
# Names of assets stay when their bytes change, so nothing may be kept for long: a picture may have to be taken back.
_KEPT = {"Cache-Control": "public, max-age=3600, stale-while-revalidate=86400"}
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # which page of this site somebody comes from is nobody's business
}
_PAGE = {"Content-Security-Policy": _POLICY}
_FEEDS = ("atom.xml", "feed.json")
_TYPES = {
    "application/atom+xml": ("atom.xml",),
    "application/feed+json": ("feed.json",),
    "application/json+oembed": ("oembed.json",),
}
_SUFFIXES = {
    "application/epub+zip": ".epub",
    "font/woff2": ".woff2",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
}
_PACKED = "text/html text/css text/plain text/javascript text/xml application/xml application/json image/svg+xml"


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers for some files: which, as `_headers` has it, and as a regular expression of Apache, empty for all."""

    path: str
    pattern: str
    headers: Mapping[str, str]


def hosts(address: str, tags: Iterable[str]) -> Iterator[Artifact]:
    """Yield the files that Netlify, Cloudflare Pages and Apache read; `tags` are the languages of the site."""
    base = urlsplit(address).path
    rules = list(_rules(base, tags))
    yield Artifact(f"{SITE}_headers", "".join(map(_as_headers, rules)).encode())
    yield Artifact(f"{SITE}.htaccess", ("\n".join(_as_htaccess(rules, base)) + "\n").encode())


def _rules(base: str, tags: Iterable[str]) -> Iterator[Rule]:
    yield Rule("/*", "", _EVERYWHERE)
    for path in ("/", "/index.html", "/404.html"):
        yield Rule(path, f"^{re.escape(base + path)}$", _PAGE)
    for tag in tags:
        yield Rule(f"/{tag}/*", f"(?<!/embed)/{tag}/", _PAGE)
    for name in _FEEDS:
        yield Rule(f"/:language/{name}", f"/{re.escape(name)}$", _SHARED)
    # Embeds are for the pages of others: nothing here may keep them out of a frame, and each has a policy of its own.
    for folder in ("embed", "data", "api"):
        yield Rule(f"/{folder}/*", f"/{folder}/", _SHARED)
    yield Rule("/assets/*", "/assets/", _SHARED | _KEPT)


def _as_headers(rule: Rule) -> str:
    return f"{rule.path}\n" + "".join(f"  {name}: {value}\n" for name, value in rule.headers.items())


def _as_htaccess(rules: Iterable[Rule], base: str) -> Iterator[str]:
    """Yield the lines of `.htaccess`: a module that a host lacks is passed over, lest every page fail."""
    yield f"ErrorDocument 404 {quote(base)}/{LOST.removeprefix(SITE)}"
    yield "AddDefaultCharset utf-8"
    yield "<IfModule mod_mime.c>"
    yield from (f"AddType {kind} {suffix}" for kind, suffix in _SUFFIXES.items())
    yield "</IfModule>"
    for kind, names in _TYPES.items():
        yield from (f'<Files "{name}">\nForceType {kind}\n</Files>' for name in names)
    yield "<IfModule mod_filter.c>\n<IfModule mod_deflate.c>"
    yield f"AddOutputFilterByType DEFLATE {_PACKED}"
    yield "</IfModule>\n</IfModule>\n<IfModule mod_headers.c>"
    for rule in rules:
        lines = [f'Header always set {name} "{value}"' for name, value in rule.headers.items()]
        if rule.pattern:
            lines = [f'<If "%{{REQUEST_URI}} =~ m#{rule.pattern}#">', *lines, "</If>"]
        yield from lines
    yield "</IfModule>"
