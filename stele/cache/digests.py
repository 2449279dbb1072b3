"""Values and files in, digests out: equal values have equal digests in every process and on every machine."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from functools import partial
from hashlib import blake2b
from pathlib import Path, PurePath
from types import BuiltinFunctionType, FunctionType, MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIZE = 20  # bytes: at 2 ** 80 values, two of them would have one digest


class Digester:
    """Digests what a task depends on.

    `places` are folders by the name that stands in for them: where a project lies on a machine makes no difference to
    what is made of it, so that machines can share what they made.
    """

    def __init__(self, places: Mapping[str, Path] | None = None) -> None:
        named = {name: folder.resolve() for name, folder in (places or {}).items()}
        forms = [(form, name) for name, folder in named.items() for form in (folder.as_uri(), str(folder))]
        self._names = dict(sorted(forms, key=lambda pair: -len(pair[0])))  # a folder within another comes first
        self._anywhere = re.compile("|".join(map(re.escape, self._names)) or "(?!)")
        # The values are kept beside their digests, lest another value come to lie where one of them lay.
        self._known: dict[int, tuple[object, bytes]] = {}
        self._files: dict[Path, bytes] = {}

    def digest(self, *values: object) -> bytes:
        """Return the digest of values; raise `TypeError` for one that has no state to be told by."""
        into = blake2b(digest_size=SIZE)
        self._feed(into, values)
        return into.digest()

    def files(self, paths: Iterable[Path]) -> bytes:
        """Return the digest of what files are called and of what is in them; one that is absent has nothing in it."""
        return self.digest(*sorted((self._text(str(path)), self._content(path)) for path in set(paths)))

    def _content(self, path: Path) -> bytes:
        if path not in self._files:
            data = path.read_bytes() if path.is_file() else b""
            self._files[path] = blake2b(data, digest_size=SIZE).digest()
        return self._files[path]

    def _text(self, text: str) -> str:
        return self._anywhere.sub(lambda found: f"<{self._names[found[0]]}>", text) if "/" in text else text

    def _feed(self, into: blake2b, value: Any) -> None:
        kind = type(value)
        if kind is str:
            self._part(into, b"s", self._text(value).encode(errors="surrogatepass"))
        elif kind is bytes:
            self._part(into, b"b", value)
        elif value is None or kind in (bool, int, float):
            self._part(into, b"a", repr(value).encode())
        elif kind in (tuple, list):
            self._all(into, b"l", value)
        elif kind in (dict, MappingProxyType):
            self._all(into, b"d", [part for pair in value.items() for part in pair])
        elif kind in (set, frozenset):
            self._all(into, b"f", sorted(self.digest(item) for item in value))
        else:
            into.update(self._object(value))

    def _all(self, into: blake2b, sign: bytes, values: list[Any] | tuple[Any, ...]) -> None:
        into.update(b"%s%d:" % (sign, len(values)))
        for value in values:
            self._feed(into, value)

    def _part(self, into: blake2b, sign: bytes, data: bytes) -> None:
        into.update(b"%s%d:" % (sign, len(data)))
        into.update(data)

    def _object(self, value: Any) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, self.digest(*_state(value)))
        return known[1]


def _state(value: Any) -> tuple[object, ...]:
    """Return what tells one object from others of its class, behind the name of the class."""
    if isinstance(value, FunctionType | BuiltinFunctionType | type):
        return "name", value.__module__, value.__qualname__
    name = f"{type(value).__module__}.{type(value).__qualname__}"
    if isinstance(value, partial):
        return name, value.func, value.args, value.keywords
    if isinstance(value, Enum):
        return name, value.name
    if isinstance(value, str | PurePath):
        return name, str.__str__(value) if isinstance(value, str) else str(value)
    if isinstance(value, date):
        return name, value.isoformat()
    if isinstance(value, re.Pattern):
        return name, value.pattern, value.flags
    state = value.__getstate__()
    if state is None:
        raise TypeError(f"a {name} cannot be told from others of its kind")
    return name, state
