"""Values in, bytes out, and back: only values of Stele's own classes and plain ones come back.

A folder of results may be shared, and a pickle may name any function of any module to be called: so nothing is taken
from it but classes that hold values.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

_PLAIN = {
    "builtins": {"set", "frozenset", "list", "dict", "bytearray", "complex"},
    "collections": {"OrderedDict", "defaultdict", "Counter"},
    "datetime": {"date"},
    "markupsafe": {"Markup"},
    "pathlib": {"PosixPath", "WindowsPath", "PurePosixPath", "Path"},
}


class Unknown(Exception):
    """Bytes that hold more than values."""


def dumps(value: object) -> bytes:
    """Return the bytes of a value."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def loads(data: bytes) -> Any:
    """Return the value of bytes; raise `Unknown`."""
    try:
        return _Values(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError) as error:
        raise Unknown(str(error)) from error


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == "stele" or module.startswith("stele."):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        elif name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no class of values")
