"""The values that all files of data share: `Edition`, one state of the records with its version, date and terms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from stele.sources.ledger.public import Told

FOLDER = "site/data/v1"
"""Where the files lie below the output folder; the number is that of their form, which later ones will not break."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is published of a ledger.

    `version` names the state of the records, `released` is the day that files are dated, `licence` the address of a
    licence, which may be empty, as may the `address` of the site. `texts` are those of site.toml by name and language
    tag, `languages` the tags in their order, the source first.
    """

    told: tuple[Told, ...]
    version: str
    released: date
    licence: str
    address: str
    languages: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]

    def kinds(self) -> Iterator[tuple[str, list[Told]]]:
        """Yield the records of each kind that there is, by the name of the kind: ``figures``."""
        by_kind: dict[str, list[Told]] = {}
        for item in self.told:
            by_kind.setdefault(item.kind, []).append(item)
        yield from by_kind.items()

    @property
    def base(self) -> str:
        """Return the address of the folder, empty where nobody states that of the site."""
        return f"{self.address}/{FOLDER.removeprefix('site/')}/" if self.address else ""


def whole_addresses(text: str) -> list[str]:
    """Return the addresses in a field that has one or several, each with the scheme that editors may leave out."""
    return [item if "://" in item else f"https://{item}" for item in text.replace(",", " ").split()]


def compact(value: Any) -> str:
    """Return JSON in one line, every letter as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
