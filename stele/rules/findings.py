"""What a rule finds and the written reasons of editors in, the findings as the report has them out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stele.diagnostics import Location
    from stele.rules.profile import Profile
    from stele.sources.ledger.records import Record


@dataclass(frozen=True, slots=True)
class Scope:
    """By what records are judged: the year of the imprint, the language they are written in, the words of the profile.

    `shows_graphic` says that an edition has asked for what is graphic.
    """

    year: int
    source: str
    profile: Profile
    shows_graphic: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one record."""

    record: Record
    code: str
    message: str
    hint: str | None = None

    def told(self) -> Diagnostic:
        """Return the diagnostic, with the reason if the record waives it."""
        reason = " ".join(self.record.allow.get(self.code, "").split())
        return Diagnostic(self.code, self.message, self.record.at, self.hint, reason or None)


def waived(found: Iterable[Diagnostic], reasons: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield `found`, each finding for whose code there is a written reason with that reason."""
    for item in found:
        reason = " ".join(reasons.get(item.code, "").split())
        yield replace(item, waived=reason) if reason else item


def idle_waivers(
    reasons: Mapping[str, str], used: frozenset[str], known: frozenset[str], where: Location
) -> Iterator[Diagnostic]:
    """Yield what is wrong with waivers of the codes `known`: no reason given, or nothing found to waive."""
    for code, reason in reasons.items():
        if code not in known:
            continue
        if not reason.strip():
            yield Diagnostic("bad-waiver", f"the waiver of {code} gives no reason", where, f"allow {code}: reason")
        elif code not in used:
            yield Diagnostic("unused-waiver", f"the waiver of {code} is not needed any more", where, "delete it")
