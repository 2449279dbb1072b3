"""The ledger and what it says in each language in, one value out that editions are held against."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from stele.audit.passages import letters
from stele.language.casing import folded
from stele.sources.ledger.records import Ledger
from stele.translation.review.occurrences import comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from stele.sources.ledger.records import Quotation
    from stele.sources.ledger.writing import Value

_GENERIC = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the editions must show: the records, what references stand for, and the texts of records in each language.

    `said` has them by language, and then by the id of the record and the name of the field, as HTML or as plain text.
    """

    ledger: Ledger = field(default_factory=Ledger)
    values: Mapping[str, Value] = field(default_factory=dict)
    said: Mapping[str, Mapping[tuple[str, str], str]] = field(default_factory=dict)

    def part(self, names: Collection[str]) -> Statement:
        """Return what is stated of the records `names`, with all terms and quotations: what one document needs."""
        kinds = ("figures", "recognitions", "events", "commemorations", "places", "people", "memorials", "sources")
        chosen = {kind: _among(getattr(self.ledger, kind), names) for kind in kinds}
        said = {tag: {key: text for key, text in texts.items() if key[0] in names} for tag, texts in self.said.items()}
        quoted = {
            tag: {key: text for key, text in texts.items() if key[0] in self.ledger.quotations}
            for tag, texts in self.said.items()
        }
        return Statement(
            replace(self.ledger, **chosen),
            _among(self.values, names),
            {tag: said[tag] | quoted[tag] for tag in said},
        )

    def text(self, tag: str, record: str, name: str) -> str:
        """Return what a field of a record says in a language, without markup."""
        return " ".join(_GENERIC.sub("", self.said.get(tag, {}).get((record, name), "")).split())

    def translation(self, quotation: Quotation, tag: str) -> str:
        """Return the words of a quotation in a language, empty where nobody has written them down."""
        given = quotation.translations.get(tag)
        if quotation.language == tag:
            return quotation.text
        spoken = given.text if given else self.text(tag, quotation.id, "text")
        return "" if spoken == quotation.text else spoken


def _among(items: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: item for name, item in items.items() if name in names}


@lru_cache(maxsize=4_096)  # a row is asked for each of its texts, and the source's in every language
def spelled(text: str) -> str:
    """Return the letters and digits of a text as they are compared, whatever their case."""
    return folded(letters(comparable(text)))
