"""A folder name in, a new project out that builds as it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

STARTER = Path(__file__).resolve().parent / "starter"


def start(folder: Path) -> tuple[str, ...]:
    """Write the starter project to `folder`, which must be empty or absent; return the files made.

    Raises `FileExistsError` when the folder already holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()))
