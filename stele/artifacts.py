"""What a build makes: an address below the output folder and the bytes that belong there (stdlib only)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the output. `path` is POSIX and relative to the output folder."""

    path: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the bytes as 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()
