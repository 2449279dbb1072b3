"""What a task makes on the way in, the same out for a later task: an edit costs what it changes, not what holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stele.cache import pickles
from stele.cache.digests import Digester
from stele.cache.stamps import are_unchanged
from stele.cache.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from stele.cache.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Keeping:
    """The `folder` of a store in which a task keeps values, and the digest of all that it reads, their `ground`.

    `stamps` are those that the files had which it reads. It makes no difference to what the task makes.
    """

    folder: Path
    ground: bytes
    stamps: Mapping[Path, Stamp] = field(default_factory=dict)

    def keep(self, value: object, *names: object) -> None:
        """Keep a value by its names, which tell with the ground all that it depends on, if that is still so."""
        store, key = Store(self.folder), self._key(names)
        if not store.has(key) and are_unchanged(self.stamps):
            store.put(key, pickles.dumps(value))

    def recalled(self, *names: object) -> Any:
        """Return the value that is kept by these names, None where there is none."""
        return recalled(Store(self.folder), self._key(names))

    def _key(self, names: tuple[object, ...]) -> str:
        return Digester().digest(self.ground, names).hex()


def recalled(store: Store, key: str, otherwise: object = None) -> Any:
    """Return the value that a store has under `key`, `otherwise` where it has none."""
    data = store.get(key)
    try:
        return otherwise if data is None else pickles.loads(data)
    except pickles.Unknown:
        return otherwise
