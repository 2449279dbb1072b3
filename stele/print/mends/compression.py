"""pydyf's streams in, the same out, compressed as well and not as slowly.

pydyf 0.13 asks zlib for its best, level 9, by which pages become smaller by one part in twenty-five than by level 6.
Objects that are packed, and the table of where they are, qpdf packs anew when a booklet is finished; here they take as
little time as they can. Of 100,000 objects the table alone would take a second, for numbers that differ by a little.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

import zlib
from typing import Any

FLAWED = frozenset({"0.13.0"})
_LEVEL, _LEVEL_OF_PACKED = 6, 1
_PACKED = ("/ObjStm", "/XRef")


def mend() -> None:
    """Make pydyf, in this process, compress with less effort. Once is enough, more does no harm."""
    import pydyf

    if pydyf.__version__ in FLAWED:
        pydyf.Stream.data = property(_data)


def _data(stream: Any) -> bytes:
    """Return a stream as PDF has it (ISO 32000-1, 7.3.8)."""
    from pydyf import Dictionary, _to_bytes

    content = b"\n".join(map(_to_bytes, stream.stream))
    extra = Dictionary(stream.extra)
    if stream.compress:
        content = zlib.compress(content, _LEVEL_OF_PACKED if extra.get("Type") in _PACKED else _LEVEL)
        extra["Filter"] = "/FlateDecode"
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))
