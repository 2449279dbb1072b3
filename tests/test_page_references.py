"""The references to the pages of a PDF are those that pydyf gives, and written once."""

from __future__ import annotations

from stele.engine import Task, run
from stele.print.mends import page_references


def references_while_pages_are_added() -> tuple[list[tuple[bytes, ...]], list[tuple[bytes, ...]], bool]:
    """Return what pydyf gives for one page and for two, what it gives when mended, and whether it gives that again."""
    import pydyf

    def asked(pdf: pydyf.PDF) -> list[tuple[bytes, ...]]:
        found = []
        for _ in range(2):
            pdf.add_page(pydyf.Dictionary())
            found.append(pdf.page_references)
        return found

    flawed = asked(pydyf.PDF())
    page_references.mend()
    pdf = pydyf.PDF()
    return flawed, asked(pdf), pdf.page_references is pdf.page_references


def test_references_are_the_same_and_written_once():
    ((flawed, mended, is_remembered),) = run([Task("references", references_while_pages_are_added, ())])
    assert (mended, is_remembered) == (flawed, True)
