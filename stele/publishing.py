"""Artifacts in, an output folder out: whole or not at all."""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

# Every output folder of ours holds these files; a folder without them is somebody else's, and is left alone.
REPORT = "report.json"
CHECKSUMS = "SHA256SUMS"
# Review booklets and slips lie in the output folder, but are published by themselves, with a report of their own.
REVIEW, ERRATUM = "review", "erratum"


def refusal(output: Path) -> Diagnostic | None:
    """Return why `output` must not be replaced, None where it is ours, empty or absent."""
    if not output.exists():
        return None
    if output.is_dir() and (_is_ours(output) or all(_lies_apart(path) for path in output.iterdir())):
        return None
    hint = "choose another folder with --output, or empty this one yourself"
    return Diagnostic("foreign-output", f"{output.name} holds files that Stele did not make", None, hint)


def _is_ours(folder: Path) -> bool:
    return all((folder / name).is_file() for name in (REPORT, CHECKSUMS))


def _lies_apart(path: Path) -> bool:
    return path.name in (REVIEW, ERRATUM) and path.is_dir() and _is_ours(path)


def unwritable(folder: Path, error: OSError) -> Diagnostic:
    """Return what is said when a file in or beside `folder` cannot be written."""
    message = f"{folder.name} cannot be written: {error.strerror or error}"
    return Diagnostic("unwritable-file", message, None, "look at the rights to this folder and the space on the disk")


def checksums(artifacts: Iterable[Artifact]) -> Artifact:
    """Return the list that ``sha256sum --check SHA256SUMS`` reads."""
    lines = (f"{item.sha256}  {item.path}\n" for item in sorted(artifacts, key=lambda item: item.path))
    return Artifact(CHECKSUMS, "".join(lines).encode())


def publish(artifacts: Iterable[Artifact], output: Path) -> None:
    """Replace the folder `output` by one that holds exactly `artifacts`.

    All is written beside it first and then moved into place, so that a build that stops half-way leaves the old
    output as it was.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}-", dir=output.parent) as scratch:
        fresh, old = Path(scratch) / "new", Path(scratch) / "old"
        fresh.mkdir()
        _write(artifacts, fresh, output)
        if output.exists():
            output.rename(old)
        try:
            fresh.rename(output)
        except OSError:
            if old.exists():
                old.rename(output)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _write(artifacts: Iterable[Artifact], folder: Path, before: Path) -> None:
    """Write files to a new folder.

    A file that is the same as in the folder `before` stays that file: who copies what is newer than the last time
    copies what has changed. The same bytes under another path take no second room: what readers may download lies
    twice.
    """
    made, written = set[Path](), dict[bytes, Path]()
    for artifact in artifacts:
        path, earlier = folder / artifact.path, before / artifact.path
        if ".." in path.parts or not path.is_relative_to(folder):
            raise ValueError(f"artifact {artifact.path!r} would leave the output folder")
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        try:
            path.hardlink_to(earlier if _holds(earlier, artifact.data) else written[artifact.data])
        except (KeyError, OSError):  # seen for the first time, or a disk without hard links
            path.write_bytes(artifact.data)
        written.setdefault(artifact.data, path)


def _holds(path: Path, data: bytes) -> bool:
    """Say whether a file is there, no link to another, that holds `data`."""
    try:
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
