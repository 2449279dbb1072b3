"""A machine in, what it lacks and the exact command that brings it out."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language.casing import keyword
from stele.print.pdf import LIBRARIES, missing_libraries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The other libraries come along with those named, as what they depend on.
_DEBIAN = "apt-get install"
_REDHAT = "dnf install pango harfbuzz fontconfig"
_LINUX = {
    "alpine": "apk add pango harfbuzz harfbuzz-subset fontconfig",
    "arch": "pacman -S pango harfbuzz fontconfig",
    "debian": _DEBIAN,
    "fedora": _REDHAT,
    "rhel": _REDHAT,
    "suse": "zypper install libpango-1_0-0 libharfbuzz0 libharfbuzz-subset0 fontconfig",
    "ubuntu": _DEBIAN,
}
_OTHERS = {
    # A Python that is not Homebrew's looks for libraries in Homebrew's folder only when it is told to.
    "darwin": 'brew install pango && export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib"',
    "windows": "install MSYS2 from msys2.org, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango",
}
_UNKNOWN = "install Pango, HarfBuzz and fontconfig with your system's package manager"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that Stele needs: whether it is here, and what for."""

    name: str
    present: bool
    purpose: str


def examine() -> tuple[Finding, ...]:
    """Return what Stele needs from outside of Python, found or not."""
    missing = missing_libraries()
    return tuple(
        Finding(name, name not in missing, "fast font subsets" if name == "harfbuzz-subset" else "PDF booklets")
        for name in LIBRARIES
    )


def remedy(missing: Sequence[str], system: str | None = None, *, is_root: bool | None = None) -> str:
    """Return the command that installs the missing libraries on `system`, by default for this user of this machine."""
    system = this_system() if system is None else system
    if system not in _LINUX:
        return _OTHERS.get(system, _UNKNOWN)
    command = _LINUX[system]
    if command == _DEBIAN:
        command = " ".join([command, *(LIBRARIES[name] for name in missing)])
    return command if _is_root(is_root) else f"sudo {command}"


def this_system() -> str:
    """Return the name of this operating system as `remedy` knows it."""
    name = keyword(platform.system())
    if name != "linux":
        return name
    try:
        fields = platform.freedesktop_os_release()
    except OSError:
        return "linux"
    return family(fields)


def family(fields: Mapping[str, str]) -> str:
    """Return the known distribution that an os-release file names or is like (os-release(5), ID and ID_LIKE)."""
    names = [fields.get("ID", ""), *fields.get("ID_LIKE", "").split()]
    return next((name for name in names if name in _LINUX), "linux")


def _is_root(said: bool | None) -> bool:
    return os.geteuid() == 0 if said is None else said
