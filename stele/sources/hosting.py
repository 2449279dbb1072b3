"""What site.toml may say of the web: where the site lies, and on which terms its text and data may be used."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s/\"'<>\\]+(?:/[^\s\"'<>\\?#]*)?\Z")


@dataclass(frozen=True, slots=True)
class Hosting:
    """Where the folder site/ lies on the web, and a licence.

    `address` has no slash at its end and is empty where nobody states it: then nothing is made that must name a page
    by its full address (canonical links, the sitemap, feeds, embeds). `licence` is the address of a licence.
    """

    address: str = ""
    licence: str = ""


def is_address(text: str) -> bool:
    """Return whether `text` can be the address of a page, without a query or an anchor."""
    return _ADDRESS.match(text) is not None
