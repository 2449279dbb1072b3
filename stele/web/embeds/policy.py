"""The style and the script of a page that stands alone in, the policy that lets it do nothing else out."""

from __future__ import annotations

from functools import lru_cache

from stele.web.embeds.scripts import integrity


@lru_cache(maxsize=8)  # thousands of pages hold the same two
def policy(style: str, script: str, pictures: str) -> str:
    """Return a content security policy for a page that holds exactly this style and this script.

    `pictures` is the address of the folder from which it may show pictures. In a sandbox the page has no origin, and
    ``'self'`` would mean nothing.  # Content Security Policy 3, 2.3.1 and 6.1
    """
    hashed = {name: integrity(text.encode(), "sha256") for name, text in (("style", style), ("script", script))}
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{hashed['style']}'",
            f"script-src '{hashed['script']}'",
            f"img-src data: {pictures}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
