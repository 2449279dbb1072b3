"""Quotations in, those that cannot be looked up, and findings of courts without what a reader must know, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.rules.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.rules.findings import Scope
    from stele.sources.ledger.records import Ledger

# A slogan is heard and an inscription is seen: where is all there is to say of them.
_WITHOUT_PAGE = frozenset({"slogan", "inscription"})
# Words of a court, or of a party to it, are often taken for more than they are.
_LEGAL = frozenset({"holding", "obiter", "party-claim"})


def unlocated(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """QUO-1. Yield a quotation without a page, paragraph or minute, of its own or of one of its sources."""
    for item in ledger.quotations.values():
        located = item.locator or any(cited.locator for cited in item.sources)
        if not located and item.kind not in _WITHOUT_PAGE:
            message = f"quotation {item.id} does not say where in its source it stands"
            yield Finding(item, "unlocated-quotation", message, "add a locator, like: p. 12, para. 76, 00:14:05")


def without_context(ledger: Ledger, _: Scope) -> Iterator[Finding]:
    """QUO-3. Yield words of a court or a party to it without a note on what they decide, and what not."""
    for item in ledger.quotations.values():
        if item.kind in _LEGAL and not item.context.strip():
            message = f"quotation {item.id} ({item.kind}) has no context"
            hint = "say in context what the text decides and what it leaves open"
            yield Finding(item, "quotation-without-context", message, hint)
