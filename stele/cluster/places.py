"""Values in, bytes out that mean the same where files lie in other folders, and back."""

from __future__ import annotations

import io
import json
import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_URI, _PATH = True, False


class Places:
    """Folders by the name under which each is known on every machine.

    A path below one of them, alone or anywhere in a text, becomes the path of the same file below the folder that has
    this name elsewhere.
    """

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.folders = {name: folder.resolve() for name, folder in folders.items()}
        forms = [(form, name) for name, folder in folders.items() for form in {str(folder), str(folder.resolve())}]
        named = [(form, (name, _PATH)) for form, name in forms]
        named += [(Path(form).as_uri(), (name, _URI)) for form, name in forms]
        self._names = dict(sorted(named, key=lambda pair: -len(pair[0])))  # a folder within another comes first
        self._anywhere = re.compile(f"({'|'.join(map(re.escape, self._names)) or '(?!)'})")

    def pack(self, value: object) -> bytes:
        """Return the bytes of a value."""
        stream = io.BytesIO()
        _Packer(stream, self).dump(value)
        return stream.getvalue()

    def unpack(self, data: bytes) -> Any:
        """Return the value of bytes, which may call any function: they must come from a machine that is trusted."""
        return _Unpacker(io.BytesIO(data), self).load()

    def name(self, path: Path) -> str | None:
        """Return what a file below one of the folders is called, the innermost; None for any other."""
        for form, (name, is_uri) in self._names.items():
            if not is_uri and path.is_relative_to(form):
                return f"{name}/{path.relative_to(form).as_posix()}"
        return None

    def with_files(self, files: Iterable[Path]) -> Places:
        """Return the same places and the folders of `files` that lie in none of them, by their paths here."""
        strange = {file.parent for file in files if self.name(file) is None}
        return Places(self.folders | {f"machine/{'/'.join(folder.parts[1:])}": folder for folder in strange})

    def parts(self, text: str) -> tuple[str | tuple[str, bool], ...] | None:
        """Return a text in parts, of which every other is a place; None where it names no place."""
        found = self._anywhere.split(text)
        return tuple(self._names.get(part, part) for part in found) if len(found) > 1 else None

    def joined(self, parts: Iterable[str | tuple[str, bool]]) -> str:
        """Return the text of such parts, with the places of this machine."""
        return "".join(part if isinstance(part, str) else self._here(*part) for part in parts)

    def _here(self, name: str, is_uri: bool) -> str:
        return self.folders[name].as_uri() if is_uri else str(self.folders[name])


class _Packer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, places: Places) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._places = places

    def persistent_id(self, value: Any) -> bytes | None:
        """Return what stands for a text or a path that names a place: bytes, in which no text is looked for again."""
        if type(value) is not str and not isinstance(value, Path):
            return None
        parts = self._places.parts(str(value))
        return None if parts is None else json.dumps([type(value) is str, parts]).encode()


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, places: Places) -> None:
        super().__init__(stream)
        self._places = places

    def persistent_load(self, known: bytes) -> str | Path:
        is_text, parts = json.loads(known)
        text = self._places.joined(parts)
        return text if is_text else Path(text)
