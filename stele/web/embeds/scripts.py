"""The scripts of embeds and their hashes: one inside each frame, one that other websites load, one of the guide.

They belong to the package and not to the theme: what runs on the pages of others is no matter of taste.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from stele.artifacts import Artifact
from stele.web.addresses import ASSETS, SITE

# What is pasted somewhere stays there for years: a script that behaves differently gets an address of its own.
ELEMENT = f"{SITE}embed/v1/stele-embed.js"
_FOLDER = Path(__file__).parent


@cache
def in_frames() -> str:
    """Return the script that tells the page around a frame how high the frame should be."""
    return (_FOLDER / "frame.js").read_text(encoding="utf-8")


@cache
def element() -> Artifact:
    """Return the script of the custom element."""
    return Artifact(ELEMENT, (_FOLDER / "stele-embed.js").read_bytes())


@cache
def copying() -> Artifact:
    """Return the script with which the guide copies, where a reader has scripts."""
    return Artifact(f"{ASSETS}/copy.js", (_FOLDER / "copy.js").read_bytes())


def integrity(data: bytes, algorithm: str = "sha384") -> str:
    """Return the hash of a file as pages state it: the algorithm, and the hash in base64."""
    # Subresource Integrity, 3.5
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"
