"""This machine in, what it lacks and the exact command that brings it out."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.print.pdf import LIBRARIES, missing_libraries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_REDHAT = "sudo dnf install pango harfbuzz fontconfig"
_COMMANDS = {
    "alpine": "sudo apk add pango harfbuzz harfbuzz-subset fontconfig",
    "arch": "sudo pacman -S pango harfbuzz fontconfig",
    "fedora": _REDHAT,
    "rhel": _REDHAT,
    "suse": "sudo zypper install libpango-1_0-0 libharfbuzz-subset0 libfontconfig1",
    "darwin": "brew install pango",
    "windows": "install MSYS2 from msys2.org, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that Stele needs: whether it is here, and otherwise what to do."""

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


def remedy(missing: tuple[str, ...], system: str | None = None) -> str:
    """Return the command that installs the missing libraries on `system`, by default this machine's."""
    system = system or this_system()
    if system in ("debian", "ubuntu"):
        return f"sudo apt-get install {' '.join(LIBRARIES[name] for name in missing)}"
    return _COMMANDS.get(system, "install Pango, HarfBuzz and fontconfig with your system's package manager")


def this_system() -> str:
    """Return the name of this operating system as `remedy` knows it."""
    name = platform.system().lower()
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
    known = {"debian", "ubuntu", *_COMMANDS}
    return next((name for name in names if name in known), "linux")


def writable(folder: Path) -> bool:
    """Say whether files can be made in `folder`."""
    probe = folder / ".stele-probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
