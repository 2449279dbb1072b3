"""What a build makes: an address below the output folder and the bytes that belong there (stdlib only)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Artifact:
    """One file of the output. `path` is POSIX and relative to the output folder."""

    path: str
    data: bytes

    @cached_property  # the report has it, the list of check sums, and the audit
    def sha256(self) -> str:
        """Return the SHA-256 of the bytes as 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def page_at(path: str, html: str) -> Artifact:
    """Return a page as a template made it; it ends with one line feed, as files do."""
    return Artifact(path, (html.rstrip() + "\n").encode())


def json_bytes(value: Any) -> bytes:
    """Return JSON as files of the output have it: in lines, so that two can be compared, and in its own letters."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
