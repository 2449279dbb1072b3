"""A file of many objects is that which pydyf writes, byte for byte."""

from __future__ import annotations

from io import BytesIO

import pytest

from stele.engine import Task, run
from stele.print.mends import cross_references

Kind = tuple[bytes | None, bytes | bool, bool]  # the version, the identifier, and whether it is compressed
KINDS: list[Kind] = [
    (b"1.7", False, True),
    (None, False, True),
    (b"1.4", False, True),
    (b"1.7", b"id", True),
    (b"1.7", False, False),
]


def files(count: int, kinds: list[Kind]) -> tuple[list[bytes], list[bytes]]:
    """Return PDFs of so many objects, a stream and a page among them, as pydyf writes them, and as it does mended."""
    import pydyf

    def written(version: bytes | None, identifier: bytes | bool, compress: bool) -> bytes:
        pdf, output = pydyf.PDF(), BytesIO()
        pdf.info["Title"] = pydyf.String("Names")
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        pdf.add_object(pydyf.Stream([b"BT", b"ET"], compress=compress))
        for number in range(count):
            pdf.add_object(pydyf.Dictionary({"K": number}))
        pdf.write(output, version, identifier, compress)
        return output.getvalue()

    flawed = [written(*kind) for kind in kinds]
    cross_references.mend()
    return flawed, [written(*kind) for kind in kinds]


@pytest.mark.parametrize(("count", "kinds"), [(1, KINDS), (300, KINDS), (70_000, KINDS[:1])])
def test_the_file_is_the_same(count, kinds):
    ((flawed, mended),) = run([Task("files", files, (count, kinds))])
    assert mended == flawed
