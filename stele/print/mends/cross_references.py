"""pydyf's objects in, the same file out, with references to them, and where they are, written in one go.

pydyf 0.13 looks at each object three times over and writes three numbers of it apart; and of what an array holds, it
asks of which kind it is. A roll of 50,000 names has 100,000 objects: a tenth of its time.

The rule of versions is that of `line_breaks`.
"""

from __future__ import annotations

from functools import wraps
from itertools import accumulate, count
from math import ceil, log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FLAWED = frozenset({"0.13.0"})


def mend() -> None:
    """Make pydyf, in this process, write many objects faster. Once is enough, more does no harm."""
    import pydyf

    if pydyf.__version__ in FLAWED and not hasattr(pydyf.PDF.write, "__wrapped__"):
        pydyf.PDF.write = _in_one_go(pydyf.PDF.write)
        pydyf.Array.data = property(_array)


def _array(array: Any) -> bytes:
    """Return an array as PDF has it (ISO 32000-1, 7.3.6); references are bytes already."""
    from pydyf import _to_bytes

    return b"[%b]" % b" ".join([item if isinstance(item, bytes) else _to_bytes(item) for item in array])


def _in_one_go(flawed: Callable[..., None]) -> Callable[..., None]:
    """Return `PDF.write` such that it writes compressed files without an identifier, as WeasyPrint's are, faster."""

    @wraps(flawed)
    def write(pdf: Any, output: Any, version: Any = None, identifier: Any = False, compress: bool = False) -> None:
        from pydyf import _to_bytes

        version = _to_bytes(version or b"1.7")
        if identifier or not compress or version < b"1.5":
            flawed(pdf, output, version, identifier, compress)
        else:
            pdf.write_line(b"%PDF-" + version, output)
            pdf.write_line("%🖤".encode(), output)
            _write_objects(pdf, output, compress)
            for line in (b"startxref", b"%d" % pdf.xref_position, b"%%EOF"):
                pdf.write_line(line, output)

    return write


def _write_objects(pdf: Any, output: Any, compress: Any) -> None:
    """Write the objects that stand alone, the stream that has the others, and where all of them are."""
    if pdf.info:
        pdf.add_object(pdf.info)
    packed = [item for item in pdf.objects if item.compressible]
    loose = [item for item in pdf.objects if not item.compressible]
    for item in loose:
        if item.free == "n":
            _write(pdf, item, output)
    stream = _stream_of(packed, compress)
    pdf.add_object(stream)
    _write(pdf, stream, output)
    pdf.xref_position = pdf.current_position
    most = max(len(packed), *(item.generation for item in loose))
    table = _table(pdf, stream.number, most, compress)
    pdf.add_object(table)
    _write(pdf, table, output)


def _write(pdf: Any, item: Any, output: Any) -> None:
    item.offset = pdf.current_position
    pdf.write_line(item.indirect, output)


def _stream_of(objects: Sequence[Any], compress: Any) -> Any:
    """Return objects in a stream (ISO 32000-1, 7.5.7)."""
    from pydyf import Stream

    data = [item.data for item in objects]
    places = accumulate((len(each) + 1 for each in data), initial=0)
    index = " ".join([f"{item.number} {place}" for item, place in zip(objects, places, strict=False)]).encode()
    extra = {"Type": "/ObjStm", "N": len(objects), "First": len(index) + 1}
    return Stream([b"\n".join([index, *data])], extra, compress)


def _table(pdf: Any, stream: int, most: int, compress: Any) -> Any:
    """Return the cross-reference stream (ISO 32000-1, 7.5.8).

    The number of the `stream` that has objects goes before the place of each in it, `most` is the greatest that may
    stand there.
    """
    from pydyf import Array, Stream

    lengths = [1, *(ceil(log(number + 1, 256)) for number in (pdf.current_position, most))]
    last, inner = 8 * lengths[2], 8 * (lengths[1] + lengths[2])
    place = count(2 << inner | stream << last)
    size = sum(lengths)
    entries = [
        (
            next(place) if item.compressible else bool(item.number) << inner | item.offset << last | item.generation
        ).to_bytes(size, "big")
        for item in pdf.objects
    ]
    entries.append((1 << inner | pdf.current_position << last).to_bytes(size, "big"))
    extra = {
        "Type": "/XRef",
        "Index": Array((0, len(entries))),
        "W": Array(lengths),
        "Size": len(entries),
        "Root": pdf.catalog.reference,
        **({"Info": pdf.info.reference} if pdf.info else {}),
    }
    return Stream([b"".join(entries)], extra, compress)
