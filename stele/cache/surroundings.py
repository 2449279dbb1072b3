"""Nothing in, a digest of what every task depends on out: the code of Stele, the libraries, Python."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from stele.cache.stats import stats

_OF_PACKAGES = frozenset({".dist-info", ".egg-info"})
_PACKAGE = Path(__file__).resolve().parent.parent
# What type is set with; the name of a function of each that tells its version.
_NATIVE = {
    "libpango-1.0.so.0": "pango_version",
    "libharfbuzz.so.0": "hb_version_string",
    "libfontconfig.so.1": "FcGetVersion",
}


@cache
def surroundings() -> bytes:
    """Return the digest. Stele is taken by its files, not by its version: whoever works on it does not count it up."""
    found = blake2b(libraries())
    for path in stats((_PACKAGE,)).paths:
        if path.suffix != ".pyc":
            data = path.read_bytes()
            found.update(f"{path.relative_to(_PACKAGE).as_posix()}:{len(data)}:".encode())
            found.update(data)
    return found.digest()


def libraries() -> bytes:
    """Return the digest of what is installed: of Python and the versions of all libraries."""
    found = blake2b(repr(sys.version_info).encode())
    for name in sorted(_installed()):
        found.update(name.encode())
    for library, function in _NATIVE.items():
        found.update(f"{library}={_version(library, function)}".encode())
    return found.digest()


def _installed() -> set[str]:
    """Return the names of the folders that say what is installed, each with its version (PEP 376).

    To read what is in them takes as long as to look at everything else that a build depends on.
    """
    found = set[str]()
    for folder in sys.path:
        with suppress(OSError):  # it is an archive, or it is not there
            found.update(item.name for item in Path(folder).iterdir() if item.suffix in _OF_PACKAGES)
    return found


def _version(library: str, function: str) -> object:
    """Return what a library says of its version, None where it is not on this machine."""
    with suppress(OSError, AttributeError):
        tell = getattr(ctypes.CDLL(library), function)
        tell.restype = ctypes.c_char_p if function.endswith("string") else ctypes.c_int
        return tell()
    return None
