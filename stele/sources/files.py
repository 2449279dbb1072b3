"""Paths in, text out: the one way in which Stele reads a file of the project, never outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Python-Markdown and the layout engine take time that grows faster than the text; no honest chapter is larger.
MAX_FILE_BYTES = 1_000_000
MAX_LINE_CHARACTERS = 20_000
MAX_PIXELS = 40_000_000  # A3 at 600 dpi has 70 million, A4 at 600 dpi 35; beyond lies a bomb or a mistake


class Unreadable(Exception):
    """A file that cannot be used; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def relative(path: Path, root: Path) -> str:
    """Return `path` as diagnostics print it: POSIX, relative to the project."""
    # A name that is not UTF-8 could not be printed: what does not fit in it becomes a question mark.
    return path.relative_to(root).as_posix().encode(errors="replace").decode()


def is_inside(path: Path, root: Path) -> bool:
    """Say whether `path`, all links followed, lies within `root`; a loop of links lies nowhere."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Say whether `path` is a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def read_bytes(path: Path, root: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return what the file holds; raise `Unreadable` for a link out of `root` or more than `limit` bytes."""
    where = Location(relative(path, root))
    if not is_inside(path, root):
        raise Unreadable(
            Diagnostic("outside-project", "this link leads out of the project", where, "copy the file here")
        )
    try:
        if path.stat().st_size > limit:
            message = f"the file is larger than {limit:,} bytes"
            raise Unreadable(Diagnostic("too-large", message, where, "split it into several files"))
        return path.read_bytes()
    except OSError as error:
        message = error.strerror or "cannot be read"
        raise Unreadable(Diagnostic("unreadable-file", message, where)) from error


def read_text(path: Path, root: Path) -> str:
    """Return the text of a UTF-8 file with LF line ends and no byte order mark; raise `Unreadable`."""
    data = read_bytes(path, root)
    name = relative(path, root)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8"
        raise Unreadable(Diagnostic("not-utf8", "the file is not UTF-8", Location(name, line), hint)) from error
    _refuse_long_lines(text, name)
    return text


def _refuse_long_lines(text: str, name: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE_CHARACTERS:
            message = f"the line is longer than {MAX_LINE_CHARACTERS:,} characters"
            raise Unreadable(Diagnostic("too-large", message, Location(name, number), "break the line"))


def walk(folder: Path, suffix: str) -> Iterator[Path]:
    """Yield the visible files below `folder` that end in `suffix`, in a stable order.

    Linked folders are not entered, so that no loop and no way out of the project can open.
    """
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from walk(path, suffix)
        elif path.name.endswith(suffix):
            yield path
