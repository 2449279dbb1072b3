"""Where the theme's files lie: the project's own templates/ first, then those that come with Stele."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stele.sources.files import is_inside

PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(name: str, beside: str) -> Path:
    """Return a folder of the installed package, or the one beside it in a checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / beside


BUILT_IN = _shipped("theme", "templates")
BUILT_IN_LOCALES = _shipped("interface", "locales")


@dataclass(frozen=True, slots=True)
class Theme:
    """Folders in which a file of the theme is looked for, the first that has it wins."""

    roots: tuple[Path, ...]

    @property
    def is_own(self) -> bool:
        """Say whether the project brings files of its own."""
        return len(self.roots) > 1

    def find(self, name: str) -> Path:
        """Return the path of a file like ``shared/fonts.css``; raise `FileNotFoundError`."""
        for root in self.roots:
            path = root / name
            if path.is_file() and is_inside(path, root):
                return path
        raise FileNotFoundError(f"the theme has no file {name!r}")

    @property
    def everything(self) -> tuple[Path, ...]:
        """Return every file that may be read for what is set from this theme."""
        return tuple(path for root in self.roots for path in sorted(root.rglob("*")) if path.is_file())

    def files(self, folder: str, suffixes: tuple[str, ...]) -> dict[str, Path]:
        """Return every file below `folder` with one of `suffixes`, by its name within the theme."""
        found: dict[str, Path] = {}
        for root in reversed(self.roots):
            for path in sorted((root / folder).rglob("*")):
                if path.is_file() and path.suffix in suffixes and is_inside(path, root):
                    found[path.relative_to(root).as_posix()] = path
        return dict(sorted(found.items()))


def theme(project_root: Path) -> Theme:
    """Return the theme of a project."""
    own = project_root / "templates"
    same = own.is_dir() and own.resolve() == BUILT_IN.resolve()
    return Theme((BUILT_IN,) if same or not own.is_dir() else (own, BUILT_IN))
