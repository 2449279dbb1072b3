"""pydyf's streams in, the same out, compressed as well and not as slowly.

pydyf 0.13 asks zlib for its best, level 9. On a cross-reference of 100,000 objects, numbers that differ by a little,
that takes fifteen times as long as level 6 and saves nothing; pages become smaller by one part in twenty-five.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

import zlib
from typing import Any

FLAWED = frozenset({"0.13.0"})
_LEVEL = 6


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
        content = zlib.compress(content, _LEVEL)
        extra["Filter"] = "/FlateDecode"
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))
