"""The locales folder: catalogs read from it by language and domain, and written to it by `update` alone."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.sources.files import Unreadable, is_inside, read_bytes
from stele.sources.theme import BUILT_IN_LOCALES
from stele.translation.catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from stele.language.tags import Language
    from stele.translation.catalog import Catalog

MAX_CATALOG_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Every readable catalog of a project, by language tag and domain, and the paths of those that are broken."""

    by_name: Mapping[tuple[str, str], Catalog]
    broken: frozenset[str] = frozenset()

    def get(self, tag: str, domain: str) -> Catalog | None:
        """Return the catalog of a domain in a language, None where there is none to be had."""
        return self.by_name.get((tag, domain))


def catalog_path(tag: str, domain: str) -> str:
    """Return where a catalog lies, relative to the project."""
    return f"locales/{tag}/LC_MESSAGES/{domain}.po"


def template_path(domain: str) -> str:
    """Return where the template of a domain's catalogs lies, relative to the project."""
    return f"locales/{domain}.pot"


def read_catalogs(
    root: Path, languages: Iterable[Language], domains: Iterable[str]
) -> tuple[Catalogs, tuple[Diagnostic, ...]]:
    """Return the catalogs of a project; a broken one is left out and reported."""
    known = frozenset(domains)
    found: list[Diagnostic] = []
    by_name: dict[tuple[str, str], Catalog] = {}
    broken: set[str] = set()
    for language in languages:
        for path in sorted((root / "locales" / language.tag / "LC_MESSAGES").glob("*.po")):
            if path.stem not in known:
                where = Location(catalog_path(language.tag, path.stem))
                hint = "delete the catalog, or put the document back"
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


def read_one(root: Path, name: str) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return the catalog at `name` below `root`, or None with the reasons."""
    try:
        data = read_bytes(root / name, root, MAX_CATALOG_BYTES)
    except Unreadable as refusal:
        return None, (refusal.diagnostic,)
    return read_catalog(data, name)


def built_in_interface(tag: str) -> Catalog | None:
    """Return the translations of the built-in templates that come with Stele."""
    name = f"{tag}/LC_MESSAGES/interface.po"
    if not (BUILT_IN_LOCALES / name).is_file():
        return None
    catalog, _ = read_catalog((BUILT_IN_LOCALES / name).read_bytes(), name)
    return catalog


def write(root: Path, name: str, data: bytes) -> None:
    """Put `data` at `name` below `root` in one step, so that a reader never meets half a file."""
    path = root / name
    if not is_inside(path, root):
        raise PermissionError(0, "it leads out of the project", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as scratch:
        scratch.write(data)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    Path(scratch.name).chmod(mode)
    Path(scratch.name).replace(path)
