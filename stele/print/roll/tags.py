"""The marks of painted rolls in, their structure in the PDF out: a list below each letter, an item for each name.

A letter is a section with its heading and one list (ISO 32000-1, 14.8.4.3.3: L, LI, LBody), over as many pages as it
takes. WeasyPrint builds its tree page by page from boxes; a box that knows its marks is built here instead.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stele.print.roll.painting import Marks


class RollBox:
    """Stands for the boxes of a page that has none: nothing is in it for those who look for text and flaws there."""

    children: ClassVar[tuple[Any, ...]] = ()
    element = None

    def __init__(self) -> None:
        """Begin without marks: they are known when the page has been painted."""
        self.painted: tuple[Tree, Marks] | None = None

    def descendants(self) -> Iterator[Any]:
        """Yield no box."""
        return iter(())


class _Element:
    """A structure element as pydyf writes objects, with its bytes ready: there are two for each name."""

    __slots__ = ("data", "number", "offset")
    generation, free, compressible = 0, "n", True

    def __init__(self, data: bytes, number: int) -> None:
        self.data, self.number = data, number

    @property
    def reference(self) -> bytes:
        return b"%d 0 R" % self.number

    @property
    def indirect(self) -> bytes:
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


class Tree:
    """The elements of one roll in one PDF, which go on from page to page."""

    def __init__(self) -> None:
        """Begin before the first letter."""
        self._list = b""
        self._items: list[bytes] = []

    def build(self, marks: Marks, parent: Any, pdf: Any, page: bytes, nums: dict[int, bytes]) -> Iterator[Any]:
        """Yield the sections that begin on a page; say in `nums` to which element each marked content belongs."""
        objects, number = pdf.objects, len(pdf.objects)
        for mcid, letter in zip(marks.numbers, marks.items, strict=True):
            if letter is None:
                item, nums[mcid] = b"%d 0 R" % number, b"%d 0 R" % (number + 1)
                self._items.append(item)
                objects += (
                    _Element(b"<</Type/StructElem/S/LI/P %b/K[%b]>>" % (self._list, nums[mcid]), number),
                    _Element(b"<</Type/StructElem/S/LBody/P %b/Pg %b/K[%d]>>" % (item, page, mcid), number + 1),
                )
                number += 2
            else:
                section = self._add(pdf, "Sect", parent)
                heading = self._add(pdf, "H3", section)
                heading["K"].append(mcid)
                heading["Pg"] = page
                nums[mcid] = heading.reference
                names = self._add(pdf, "L", section)
                self._list, self._items = names.reference, names["K"]
                section["K"] += [heading.reference, self._list]
                yield section
                number = len(objects)

    def _add(self, pdf: Any, kind: str, parent: Any) -> Any:
        from pydyf import Array, Dictionary

        element = Dictionary({"Type": "/StructElem", "S": f"/{kind}", "K": Array(), "P": parent.reference})
        pdf.add_object(element)
        return element


def mend() -> None:
    """Make WeasyPrint, in this process, build what rolls have painted. Once is enough, more does no harm."""
    from weasyprint.pdf import tags

    if not hasattr(tags, "without_rolls"):
        tags.without_rolls = tags._build_box_tree  # noqa: SLF001 (has no public name)
        tags._build_box_tree = _with_rolls(tags._build_box_tree)  # noqa: SLF001


def _with_rolls(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return `_build_box_tree` such that a box which knows what was `painted` in its place is built of that."""

    @wraps(build)
    def build_box_tree(box: Any, parent: Any, pdf: Any, page: int, nums: dict[int, bytes], *rest: Any) -> Iterator[Any]:
        painted = getattr(box, "painted", None)
        if painted is None:
            yield from build(box, parent, pdf, page, nums, *rest)
        else:
            tree, marks = painted
            tags = rest[-1]
            for mcid in marks.numbers:
                del tags[mcid]
            yield from tree.build(marks, parent, pdf, pdf.page_references[page], nums)

    return build_box_tree
