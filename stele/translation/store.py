"""The locales folder: catalogs read from it by language and domain, and written to it by `update` alone."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.sources.files import Unreadable, is_inside, read_bytes
from stele.sources.theme import BUILT_IN_LOCALES
from stele.translation.po.catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stele.language.tags import Language
    from stele.translation.po.catalog import Catalog

MAX_CATALOG_BYTES = 20_000_000

_LOCALES = "locales"
# What is not finished yet; no tool takes it for a catalog, and nobody else's file has such a name.
_SCRATCH = ".stele-"


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Every readable catalog of a project, by language tag and domain, and the paths of those that are broken."""

    by_name: Mapping[tuple[str, str], Catalog]
    broken: frozenset[str] = frozenset()

    def get(self, tag: str, domain: str) -> Catalog | None:
        """Return the catalog of a domain in a language, None where there is none to be had."""
        return self.by_name.get((tag, domain))

    def of(self, tag: str) -> Iterator[tuple[str, Catalog]]:
        """Yield the catalogs of a language, each with its path relative to the project."""
        return ((catalog_path(tag, domain), item) for (own, domain), item in self.by_name.items() if own == tag)


def catalog_path(tag: str, domain: str) -> str:
    """Return where a catalog lies, relative to the project."""
    return f"{_LOCALES}/{tag}/LC_MESSAGES/{domain}.po"


def template_path(domain: str) -> str:
    """Return where the template of a domain's catalogs lies, relative to the project."""
    return f"{_LOCALES}/{domain}.pot"


def files_of(root: Path, tag: str) -> tuple[Path, ...]:
    """Return the files of all catalogs in a language, in their order."""
    return tuple(sorted((root / _LOCALES / tag / "LC_MESSAGES").glob("*.po")))


def read_catalogs(
    root: Path, languages: Iterable[Language], domains: Iterable[str]
) -> tuple[Catalogs, tuple[Diagnostic, ...]]:
    """Return the catalogs of a project; a broken one is left out and reported."""
    known = frozenset(domains)
    found: list[Diagnostic] = []
    by_name: dict[tuple[str, str], Catalog] = {}
    broken: set[str] = set()
    for language in languages:
        for path in files_of(root, language.tag):
            if path.stem not in known:
                where = Location(catalog_path(language.tag, path.stem))
                hint = "was the document renamed? Then rename its catalogs too. Delete them only when the text is gone"
                found.append(Diagnostic("unused-catalog", f"no document has the domain {path.stem!r}", where, hint))
                continue
            name = catalog_path(language.tag, path.stem)
            catalog, diagnostics = read_one(root, name)
            found += diagnostics
            if catalog is None:
                broken.add(name)
            else:
                by_name[language.tag, path.stem] = catalog
    return Catalogs(by_name, frozenset(broken)), tuple(found)


def read_if_any(root: Path, name: str) -> bytes | None:
    """Return the bytes of the file at `name` below `root`, None where there is none; raise `Unreadable`."""
    try:
        return read_bytes(root / name, root, MAX_CATALOG_BYTES)
    except Unreadable as refusal:
        if isinstance(refusal.__cause__, FileNotFoundError | IsADirectoryError):
            return None
        raise


def read_one(root: Path, name: str) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return the catalog at `name` below `root`, or None with the reasons."""
    try:
        data = read_bytes(root / name, root, MAX_CATALOG_BYTES)
    except Unreadable as refusal:
        return None, (refusal.diagnostic,)
    return read_catalog(data, name)


def built_in_path(tag: str) -> Path:
    """Return where the translations of the built-in templates lie that come with Stele, if it has any."""
    return BUILT_IN_LOCALES / tag / "LC_MESSAGES" / "interface.po"


def built_in_interface(tag: str) -> Catalog | None:
    """Return the translations of the built-in templates that come with Stele."""
    path = built_in_path(tag)
    if not path.is_file():
        return None
    catalog, _ = read_catalog(path.read_bytes(), path.relative_to(BUILT_IN_LOCALES).as_posix())
    return catalog


def write(root: Path, name: str, data: bytes, instead_of: bytes | None) -> bool:
    """Put `data` at `name` below `root` in one step, and say whether that was done.

    Nothing is done where the file holds anything else than `instead_of` by now; None stands for no file. A reader,
    and a machine that loses its power, meets the old file or the new one, never half of one. Raises `OSError`.
    """
    if not is_inside(root / name, root):
        raise PermissionError(0, "it leads out of the project", name)
    path = (root / name).resolve()  # a link within the project stays one
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(root, alone=False):
        scratch = _scratch(path, data)
        try:
            unchanged = _held(path) == instead_of
            if unchanged:
                scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
    return unchanged


def clear_away(root: Path) -> None:
    """Delete what was left unfinished where writing was killed, unless somebody is writing just now."""
    folder = root / _LOCALES
    if not folder.is_dir():
        return
    with _locked(root, alone=True) as alone:
        leftovers = folder.rglob(f"{_SCRATCH}*") if alone else ()
        for path in leftovers:
            if path.is_file() and is_inside(path, root):
                path.unlink(missing_ok=True)


@contextmanager
def _locked(root: Path, *, alone: bool) -> Iterator[bool]:
    """Hold the folder of the catalogs with all who write, or alone; say whether it could be had.

    The system lets go of it when a process is killed. Where it has no such locks, nothing is ever held alone.
    """
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    folder = os.open(root / _LOCALES, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        held = True
    except OSError:
        held = False
    try:
        yield held
    finally:
        os.close(folder)


def _scratch(path: Path, data: bytes) -> Path:
    """Return a new file beside `path` that holds `data`, with the rights of the file that it will replace."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_SCRATCH, delete=False) as scratch:
        scratch.write(data)
        scratch.flush()
        Path(scratch.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.fsync(scratch.fileno())
    return Path(scratch.name)


def _held(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
