"""The translator comments of an entry in, the findings they waive out: ``# allow changed-number: the reason``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.translation.po.entry import Entry

_WAIVER = re.compile(r"\s*allow\s+(?P<code>[a-z]+(?:-[a-z]+)+)\s*(?::\s*(?P<reason>.*\S))?\s*\Z")
_MEANT = re.compile(r"\s*allow\b", re.IGNORECASE)
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def waive(
    entry: Entry, path: str, found: Iterable[Diagnostic], waivable: frozenset[str], elsewhere: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield `found`, each finding that the entry waives with the reason for it, and what is wrong with the waivers.

    Those of the codes `elsewhere` are not judged here.
    """
    reasons = {code: reason for code, reason in waivers(entry).items() if code not in elsewhere}
    where = Location(path, entry.line)
    used = set()
    for item in found:
        reason = reasons.get(item.code) if item.code in waivable else None
        used.add(item.code)
        yield replace(item, waived=reason) if reason else item
    for comment in _misspelt(entry, waivable):
        hint = "write one code for each comment: # allow changed-number: reason"
        yield Diagnostic("bad-waiver", f"“{comment[:60]}” is not read as a waiver", where, hint)
    for code, reason in reasons.items():
        if code not in waivable:
            hint = f"these can be: {', '.join(sorted(waivable))}"
            yield Diagnostic("bad-waiver", f"“{code}” cannot be waived", where, hint)
        elif not reason:
            yield Diagnostic("bad-waiver", f"the waiver of {code} gives no reason", where, f"# allow {code}: reason")
        elif code not in used:
            message = f"the waiver of {code} is not needed any more"
            yield Diagnostic("unused-waiver", message, where, "delete the comment")


def _misspelt(entry: Entry, waivable: frozenset[str]) -> Iterator[str]:
    """Yield the comments that look like a waiver of a code and are none."""
    for comment in entry.translator_comments:
        if _MEANT.match(comment) and not _WAIVER.match(comment) and waivable & set(_CODE.findall(comment)):
            yield " ".join(comment.split())


def waivers(entry: Entry) -> dict[str, str]:
    """Return the reasons that translators wrote above an entry, by the code that each of them waives."""
    matched = (_WAIVER.match(comment) for comment in entry.translator_comments)
    return {found["code"]: found["reason"] or "" for found in matched if found}
