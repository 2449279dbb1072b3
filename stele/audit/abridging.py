"""A page of the site in, what booklets have of it out: of a brief roll names and years alone.

`stele.print.rolls` leaves the same. This reads the page of the site by itself, to be held against what was printed.
"""

from __future__ import annotations

import re

_BRIEF_ROLL = re.compile(rb'<div class="names [^"]*\bbrief\b[^"]*">.*?</section>\s*</div>', re.DOTALL)
_DETAILS = re.compile(rb'<span class="details">(<span class="years">[^<]*</span>)?.*?</span>(?=</li>)')


def abridged(page: bytes) -> bytes:
    """Return the HTML of a page without what booklets leave out."""
    return _BRIEF_ROLL.sub(lambda roll: _DETAILS.sub(rb"\1", roll[0]), page)
