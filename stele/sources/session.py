"""A document and a translator in, what one rendering finds out: units, anchors, languages, diagnostics."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import lower
from stele.sources import fragments
from stele.sources.inscription import Inscriptions, call, unwritten
from stele.sources.ledger.references import replaced_citations
from stele.sources.positions import Positions
from stele.sources.units import Rendition, plain_text

if TYPE_CHECKING:
    from stele.sources.documents import Document
    from stele.sources.inscription import Note
    from stele.sources.ledger.references import Call
    from stele.sources.units import Translate, Unit


# What is printed as a value of an attribute can hold no markup.
_ATTRIBUTES = frozenset({"link title"})


class Session:
    """What one rendering collects: units, anchors, diagnostics."""

    def __init__(
        self,
        document: Document,
        tag: str,
        translate: Translate,
        source_tag: str,
        inscriptions: Inscriptions | None = None,
    ) -> None:
        self.document, self.tag, self.translate, self.source_tag = document, tag, translate, source_tag
        self.inscriptions = inscriptions
        self.positions = Positions(document.body, document.first_line)
        self.units: list[Unit] = []
        self.found: list[Diagnostic] = []
        self.anchors: dict[str, int] = {}
        # The languages of what is printed in many places: titles of links, terms and meanings of abbreviations.
        self.titles: dict[str, str] = {}
        self.terms: dict[str, str] = {}
        self.shortened = False
        self.cited: list[Note] = []

    def rendition(self, unit: Unit) -> Rendition:
        """Keep a unit, and return what is printed in its place."""
        self.units.append(unit)
        made = self.translate(unit)
        if made is None:
            made = Rendition(unit.text, self.source_tag)
        made = Rendition(made, self.tag) if isinstance(made, str) else made
        text = made.text.replace("\u0002", "").replace("\u0003", "")
        return replace(made, text=self.inscribed(text, made.tag, unit.line, is_attribute=unit.kind in _ATTRIBUTES))

    def inscribed(self, text: str, tag: str, line: int | None, *, is_attribute: bool = False) -> str:
        """Return a text in the language `tag` with what stands for its references to the ledger."""
        if self.inscriptions is None:
            return text if is_attribute else unwritten(text)

        def report(code: str, message: str, hint: str) -> None:
            # What the source names wrongly is told of the source alone; a translation may not name anything else.
            if code != "unknown-record" or self.tag == self.source_tag:
                self.report(code, message, line, hint)

        if is_attribute:
            return self.inscriptions.plain(text, tag, report)

        def noted(note: Note) -> str:
            if self.inscriptions and not self.inscriptions.note(note):
                cited = "; ".join(f"@{item.source}" for item in note)
                report(
                    "unknown-record", f"{cited} leads to no source", "write its record in content/ledger/sources.yaml"
                )
            self.cited.append(note)
            return call(len(self.cited) - 1)

        return replaced_citations(self.inscriptions.in_markdown(text, tag, report), noted)

    def block(self, of: Call) -> str:
        """Return the HTML of a block of records."""
        return self.inscriptions.blocks.get(of, "") if self.inscriptions else ""

    def report(self, code: str, message: str, line: int | None, hint: str | None = None) -> None:
        """Keep a finding about a line of the file."""
        self.found.append(Diagnostic(code, message, Location(self.document.path, line), hint))

    def anchor(self, text: str) -> str:
        """Return a name for the heading `text` of the source that no heading before it has."""
        words = re.sub(r"[^\w]+", "-", lower(plain_text(text), self.source_tag)).strip("-")
        name = words or "section"
        count = self.anchors.get(name, 0) + 1
        anchor = name if count == 1 else f"{name}-{count}"
        while anchor in self.anchors:
            count += 1
            anchor = f"{name}-{count}"
        self.anchors[anchor] = 1
        self.anchors[name] = count
        return anchor

    def lint(self, html: str) -> None:
        """Report what is in the HTML of the source and cannot be printed as the author may expect."""
        for name in fragments.removed(html):
            line = self.positions.anywhere(name.strip("<>").split(": ", 1)[-1])
            code = "unsafe-link" if ": " in name else "removed-markup"
            self.report(code, f"{name.replace(': ', '=', 1)} is not allowed here and was removed", line)
        for match in re.finditer(r"\[\^([^\]\s]+)\]", re.sub(r"(?s)<(pre|code)\b.*?</\1>", "", html)):
            line = self.positions.anywhere(match[0])
            message = f"footnote {match[1]!r} is called but not written"
            self.report("unknown-footnote", message, line, f"write it as a paragraph: [^{match[1]}]: …")
        for match in re.finditer(r'<ol start="(\d+)"', html):
            message = f"a list begins with {match[1]}, so the number is printed as that of a list"
            hint = f"if it is a date or a count, write a backslash before its full stop: {match[1]}\\."
            self.report("odd-list", message, self.positions.anywhere(f"{match[1]}."), hint)
        for match in re.finditer(r"<img\b[^>]*>", html):
            if not re.search(r'\balt="[^"]*\w', match[0]):
                source = re.search(r'src="([^"]*)"', match[0])
                line = self.positions.anywhere(source[1]) if source else None
                hint = "say in a few words what the picture shows: ![…](…)"
                self.report("no-alternative-text", "the image has no alternative text", line, hint)
