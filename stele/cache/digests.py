"""Values and files in, digests out: equal values have equal digests in every process and on every machine."""

from __future__ import annotations

import marshal
import re
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, partial
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path, PurePath
from types import BuiltinFunctionType, FunctionType, MappingProxyType
from typing import TYPE_CHECKING, Any

from stele.cache.stamps import are_unchanged, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from stele.cache.stamps import Stamp

SIZE = 20  # bytes: at 2 ** 80 values, two of them would have one digest
_ATOMS = (bool, int, float)
_PLAIN = frozenset({str, type(None), *_ATOMS})
_ROWS = frozenset({tuple, list})
_SORTED = ({str}, {int})
_WITHOUT_REFERENCES = 2  # the version of `marshal` in which equal values are equal bytes, whoever else holds them


class Digester:
    """Digests what a task depends on.

    `places` are folders by the name that stands in for them: where a project lies on a machine makes no difference to
    what is made of it, so that machines can share what they made.
    """

    def __init__(self, places: Mapping[str, Path] | None = None) -> None:
        named = {name: folder.resolve() for name, folder in (places or {}).items()}
        forms = [(form, name) for name, folder in named.items() for form in (folder.as_uri(), str(folder))]
        self._names = dict(sorted(forms, key=lambda pair: -len(pair[0])))  # a folder within another comes first
        holding = {form for form in self._names if any(other in form for other in self._names if other != form)}
        # Whoever has none of these has none of the others, which hold one of them.
        self._forms = [form.encode(errors="surrogatepass") for form in self._names if form not in holding]
        self.here = "\n".join(self._names).encode()  # where they lie, after all
        self._anywhere = re.compile("|".join(map(re.escape, self._names)) or "(?!)")
        # The values are kept beside their digests, lest another value come to lie where one of them lay.
        self._known: dict[int, tuple[object, bytes]] = {}
        self._files: dict[Path, tuple[Stamp, bytes]] = {}
        self._folders: dict[frozenset[Path], bytes] = {}

    def digest(self, *values: object) -> bytes:
        """Return the digest of values; raise `TypeError` for one that has no state to be told by."""
        return blake2b(self._told_at_once(values) or self._told(values), digest_size=SIZE).digest()

    def files(self, paths: Iterable[Path]) -> bytes:
        """Return the digest of what files are called and of what is in them; each is looked at once.

        A folder, and a file that is absent, has nothing in it.
        """
        names = frozenset(paths)
        if names not in self._folders:
            told = sorted((self._text(str(path)), self._looked_at(path)[1]) for path in names)
            self._folders[names] = self.digest(*told)
        return self._folders[names]

    def stamps(self, paths: Iterable[Path]) -> dict[Path, Stamp]:
        """Return the stamps that files had when they were looked at, or have now if nobody did."""
        return {path: self._looked_at(path)[0] for path in paths}

    def are_unchanged(self, paths: Iterable[Path]) -> bool:
        """Say whether files are what they were when they were looked at."""
        return are_unchanged(self.stamps(paths))

    def vouch(self, value: object, path: Path) -> None:
        """Tell a value that is made of a file alone by that file, and no more by all that it holds.

        One that was changed since it was looked at says nothing of the value: that may be made of either.
        """
        digest = self.digest(type(value).__qualname__, self.files((path,)))
        if self.are_unchanged((path,)):
            self._known[id(value)] = (value, digest)

    def _looked_at(self, path: Path) -> tuple[Stamp, bytes]:
        """Return the stamp of a file, and the digest of what is in it once it had that, or of any later state."""
        if path not in self._files:
            seen = stamp(path)
            self._files[path] = seen, self.digest(*_content(path, seen))
        return self._files[path]

    def _text(self, text: str) -> str:
        if "/" in text and any(form in text for form in self._names):
            return self._anywhere.sub(lambda found: f"<{self._names[found[0]]}>", text)
        return text

    def _told_at_once(self, values: Sequence[object]) -> bytes:
        """Return what tells plain values, as most are; nothing for others, and where one names a place."""
        if not _is_plain(values):
            return b""
        data = marshal.dumps(values, _WITHOUT_REFERENCES)  # type: ignore[arg-type]
        return b"" if any(form in data for form in self._forms) else b"m" + data

    def _told(self, values: Sequence[object]) -> bytes:
        parts: list[bytes] = []
        self._tell(values, parts.append)
        return b"".join(parts)

    def _tell(self, value: Any, add: Callable[[bytes], None]) -> None:
        """Add what tells a value from all others: its kind, its length, and what is in it."""
        kind = type(value)
        if kind is str:
            data = self._text(value).encode(errors="surrogatepass")
            add(b"s%d:" % len(data))
            add(data)
        elif value is None or kind in _ATOMS:
            add(b"a%a;" % value)
        elif kind in (tuple, list):
            add(b"l%d:" % len(value))
            for item in value:
                self._tell(item, add)
        elif kind is bytes:
            add(b"b%d:" % len(value))
            add(value)
        elif kind in (dict, MappingProxyType):
            add(self._mapping(value))
        elif kind in (set, frozenset):
            add(b"f%d:" % len(value))
            add(self._set(value))
        else:
            add(self._object(value))

    def _mapping(self, value: Mapping[Any, Any]) -> bytes:
        """Return what tells a mapping, the digest of which is kept as that of an object: neither is changed later."""
        known = self._known.get(id(value))
        if known is None:
            told = self.digest(*value.keys(), *value.values()) if value else b""
            known = self._known[id(value)] = (value, b"d%d:" % len(value) + told)
        return known[1]

    def _set(self, value: Collection[Any]) -> bytes:
        """Return what tells a set: what is in it, in an order that is the same everywhere."""
        is_sorted_anywhere = {*map(type, value)} in _SORTED
        told = self._told_at_once(sorted(value)) if is_sorted_anywhere else b""
        return told or b"".join(sorted(self.digest(item) for item in value))

    def _object(self, value: Any) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, self.digest(*_state(value)))
        return known[1]


def _content(path: Path, seen: Stamp) -> tuple[object, ...]:
    """Return what is in a file; of a link also where it leads, for it may not lead anywhere."""
    try:
        return seen.leads, path.read_bytes() if seen.is_of_file else seen.kind
    except OSError as error:  # nobody may read it
        return (type(error).__name__,)


def _is_plain(values: Iterable[object]) -> bool:
    """Say whether values are texts, numbers and the like, or rows of them."""
    kinds = {*map(type, values)}
    if kinds <= _PLAIN:
        return True
    return kinds <= _PLAIN | _ROWS and all(_is_plain(item) for item in values if type(item) in _ROWS)  # type: ignore[arg-type]


def _state(value: Any) -> tuple[object, ...]:
    """Return what tells one object from others of its class, behind the name of the class."""
    kind = type(value)
    tell = _teller(kind)  # type: ignore[arg-type]  # a class has a hash
    return tell(value, f"{kind.__module__}.{kind.__qualname__}")


@cache
def _teller(kind: type) -> Callable[[Any, str], tuple[object, ...]]:
    """Return what tells objects of a class apart. What makes no difference to `==` is no part of a dataclass."""
    for known, tell in _TELLERS.items():
        if issubclass(kind, known):
            return tell
    if not is_dataclass(kind):
        return _by_state
    names = [field.name for field in fields(kind) if field.compare]
    read = attrgetter(*names) if names else _nothing
    return lambda value, name: (name, read(value))


def _nothing(_: object) -> None:
    """Read an object without fields."""


def _by_name(value: Any, _: str) -> tuple[object, ...]:
    return "name", value.__module__, value.__qualname__


def _by_state(value: Any, name: str) -> tuple[object, ...]:
    state = value.__getstate__()
    if state is None:
        raise TypeError(f"a {name} cannot be told from others of its kind")
    return name, state


_TELLERS: Mapping[type, Callable[[Any, str], tuple[object, ...]]] = {
    FunctionType: _by_name,
    BuiltinFunctionType: _by_name,
    type: _by_name,
    partial: lambda value, name: (name, value.func, value.args, value.keywords),
    Enum: lambda value, name: (name, value.name),
    dict: lambda value, name: (name, dict(value)),
    tuple: lambda value, name: (name, tuple(value)),
    str: lambda value, name: (name, str.__str__(value)),
    PurePath: lambda value, name: (name, str(value)),
    date: lambda value, name: (name, value.isoformat()),
    re.Pattern: lambda value, name: (name, value.pattern, value.flags),
}
