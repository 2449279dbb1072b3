"""An open PDF in, what is painted on its pages out; what another file has too is followed in one of them.

So it is with the sheets of an office, which draw the pages of the screen. A page, or a form that was made of it, is
known again by the bytes of its content and of all that it draws with.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from stele.print.preflight.marks import moved
from stele.print.preflight.painting import followed
from stele.print.preflight.typefaces import font_of
from stele.print.statements import content

if TYPE_CHECKING:
    from pikepdf import Matrix, Object, Page, Pdf

    from stele.print.preflight.marks import Area, Mark
    from stele.print.preflight.typefaces import Font

Key: TypeAlias = tuple[int, int]  # of an object in its file
# The marks of pages by their fingerprints; they may be of several files.
Memory: TypeAlias = dict[bytes, list["Mark"]]

_REFERENCE = re.compile(rb"\b(\d+) (\d+) R\b")


class Painted:
    """What is painted on the pages of a PDF; `memory`, if there is one, is of other files too, and learns of this."""

    def __init__(self, pdf: Pdf, memory: Memory | None = None) -> None:
        self.memory = memory
        self.fingerprints = _Fingerprints(pdf)
        self.fonts: dict[Key, Font] = {}

    def on(self, page: Page) -> list[Mark]:
        """Return the marks of a page."""
        if self.memory is None:
            return followed(page, self)
        fingerprint = self.fingerprints.of_drawing(page.obj)
        if fingerprint not in self.memory:
            self.memory[fingerprint] = followed(page, self)
        return self.memory[fingerprint]

    def remembered(self, form: Object, matrix: Matrix, clip: Area) -> list[Mark] | None:
        """Return the marks of a form that is drawn as a page is, if it is one that was followed, and is only moved."""
        from pikepdf import Matrix

        if not self.memory or matrix != Matrix(1, 0, 0, 1, matrix.e, matrix.f):
            return None
        marks = self.memory.get(self.fingerprints.of_drawing(form))
        return None if marks is None else list(moved(marks, matrix.e, matrix.f, clip))

    def font(self, item: Object) -> Font:
        """Return what is known of a font."""
        if not item.is_indirect:
            return font_of(item)
        if item.objgen not in self.fonts:
            self.fonts[item.objgen] = font_of(item)
        return self.fonts[item.objgen]


class _Fingerprints:
    """Fingerprints of the objects of a PDF: they are the same in another file, where the objects have other numbers."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.known: dict[Key, bytes] = {}

    def of_drawing(self, item: Object) -> bytes:
        """Return the fingerprint of what a page or a form paints, wherever it stands."""
        from pikepdf import Dictionary

        resources = item.get("/Resources", Dictionary())
        drawn_with = self._of(resources.objgen) if resources.is_indirect else self._spelled(resources)
        return sha256(b"%d %b %b" % ("/Group" in item, drawn_with, content(item))).digest()

    def _spelled(self, item: Object) -> bytes:
        """Return an object that is no stream as it is written in a file, with fingerprints instead of numbers."""
        return _REFERENCE.sub(lambda found: self._of((int(found[1]), int(found[2]))), item.unparse(resolved=True))

    def _of(self, key: Key) -> bytes:
        from pikepdf import Stream

        if key not in self.known:
            self.known[key] = b"again"  # where it refers to itself
            item = self.pdf.get_object(key)
            if isinstance(item, Stream):
                spelled = self._spelled(item.stream_dict) + item.read_raw_bytes()
            else:
                spelled = self._spelled(item)
            self.known[key] = sha256(spelled).hexdigest().encode()
        return self.known[key]
