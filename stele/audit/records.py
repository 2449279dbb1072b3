"""The pages of one document and the ledger in, where a page does not show a record as the ledger has it out.

Values are read, not written anew: whatever its pattern, a date must be that of the record. Rows and entries of blocks
must have the texts of their record in the words of their language, as far as the source's edition shows them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from stele.audit.findings import Finding, cut
from stele.audit.rows import Row, lacking, rows_of, unlike
from stele.audit.statement import Statement, spelled
from stele.audit.values import misstated
from stele.language.collation.keys import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.audit.passages import Page, Passage
    from stele.sources.ledger.records import Quotation


def unlike_the_ledger(source: Page, pages: Sequence[Page], statement: Statement) -> tuple[Finding, ...]:
    """Return where `source` or one of `pages`, its editions, does not show what the ledger has."""
    shown = rows_of(source)
    found: list[Finding] = []
    for page in (source, *pages):
        rows = rows_of(page)
        found += _values(page, statement)
        found += lacking(page, shown, rows, statement)
        for name, passages in rows.items():
            row = Row(name, page, passages, shown.get(name, ()), source.tag)
            found += unlike(row, statement)
        found += _out_of_order(page, statement)
    return (*found, *_quotations(source, pages, statement))


# --- values -------------------------------------------------------------------------------------------------------


def _values(page: Page, statement: Statement) -> Iterator[Finding]:
    for passage in page.passages:
        for mark in passage.marks:
            is_source = passage.kind == "note" and mark.id in statement.ledger.sources
            value = None if is_source else statement.values.get(mark.id)
            code, expected = misstated(mark.text, value, passage.tag) if value else ("", "")
            if code:
                message = f"“{cut(mark.text, 60)}” is not {mark.id} of the ledger, {expected}"
                yield Finding(code, page.path, page.tag, message, passage.text, expected, origin=passage.bare)


# --- order --------------------------------------------------------------------------------------------------------


def _out_of_order(page: Page, statement: Statement) -> Iterator[Finding]:
    """Yield the first name of a roll that stands before one that it should follow; households may stay together."""
    people = statement.ledger.people
    names = [passage for passage in page.passages if passage.record in people]
    firsts = {passage.record: passage for passage in reversed(names)}
    heads: list[Passage] = []
    household = ""
    for passage in reversed(firsts.values()):
        own = people[passage.record].household
        if not own or own != household:
            heads.append(passage)
        household = own
    for before, after in pairwise(heads):
        if sort_key(before.text, page.tag) > sort_key(after.text, page.tag):
            message = f"“{cut(before.text, 40)}” stands before “{cut(after.text, 40)}”"
            yield Finding("names-out-of-order", page.path, page.tag, message, before.text, after.text)
            return


# --- quotations ---------------------------------------------------------------------------------------------------


def _quotations(source: Page, pages: Sequence[Page], statement: Statement) -> Iterator[Finding]:
    """Yield editions of a page that do not have the words of a quotation which the source's edition has."""
    quotations = statement.ledger.quotations.values()
    words = _words(source) if quotations else ""
    shown = [record for record in quotations if _quoted(record, source.tag, words, statement)]
    whole = {page.path: _words(page) for page in pages} if shown else {}
    for record in shown:
        for page in pages:
            if not _quoted(record, page.tag, whole[page.path], statement):
                expected = statement.translation(record, page.tag) or record.text
                message = f"it does not have the words of the quotation {record.id}"
                yield Finding("drifted-quotation", page.path, page.tag, message, "", expected)


def _words(page: Page) -> str:
    return spelled(" ".join(item.text for item in page.passages))


def _quoted(record: Quotation, tag: str, letters: str, statement: Statement) -> bool:
    """Say whether the page has the quotation in the language of the page, or where it has no other in its own."""
    return spelled(statement.translation(record, tag)) in letters
