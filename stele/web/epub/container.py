"""Files in, the bytes of an EPUB container out, the same from the same files."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

MIMETYPE = b"application/epub+zip"
# The first day that a ZIP file can name: the clock would make two builds differ.
_DATE = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a container of `files`, by their paths from its root and in their order.

    The first entry is ``mimetype``, neither compressed nor with an extra field (EPUB 3.3, 4.2.6.3.2 and 4.2.6.3.3).
    """
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path, data in {"mimetype": MIMETYPE, **files}.items():
            entry = ZipInfo(path, _DATE)
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = _PLAIN_FILE
            entry.compress_type = ZIP_STORED if path == "mimetype" else ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()
