"""Artifacts and diagnostics in, report.json out; and diagnostics in, the lines that people and tools read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from stele.artifacts import Artifact
from stele.diagnostics import Severity
from stele.publishing import REPORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stele.diagnostics import Diagnostic, Stage

_JSON = json.JSONEncoder(ensure_ascii=False)
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(artifacts: Iterable[Artifact], diagnostics: Sequence[Diagnostic], stage: Stage) -> Artifact:
    """Return report.json: every artifact with its size and SHA-256, every diagnostic; no clock and no machine in it."""
    from importlib.metadata import version  # brings the parser of e-mails, which a build that changes nothing needs not

    content = {
        "stele": version("stele"),
        "stage": stage.value,
        "artifacts": [
            {"path": item.path, "bytes": len(item.data), "sha256": item.sha256}
            for item in sorted(artifacts, key=lambda item: item.path)
        ],
        "waived": sum(item.waived is not None for item in diagnostics),
        "diagnostics": [as_json(item, stage) for item in diagnostics],
    }
    return Artifact(REPORT, _in_lines(content))


def _in_lines(content: Mapping[str, Any]) -> bytes:
    """Return JSON with each item of a list on a line of its own, so that two reports are compared line by line."""
    told = [
        f" {_JSON.encode(name)}: " + (_rows(value) if isinstance(value, list) else _JSON.encode(value))
        for name, value in content.items()
    ]
    return ("{\n" + ",\n".join(told) + "\n}\n").encode()


def _rows(items: Iterable[Any]) -> str:
    rows = ",\n  ".join(map(_JSON.encode, items))
    return f"[\n  {rows}\n ]" if rows else "[]"


def as_json(item: Diagnostic, stage: Stage) -> dict[str, Any]:
    """Return a diagnostic as JSON prints it; what is not known is null."""
    at = item.location
    return {
        "code": item.code,
        "severity": item.severity(stage).value,
        "message": item.message,
        "path": at.path if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
        "hint": item.hint,
        "waived": item.waived,
    }


def as_text(item: Diagnostic, stage: Stage) -> str:
    """Return a diagnostic as a compiler prints it; its hint, or why it was waived, on a line of its own."""
    place = f"{item.location}: " if item.location else ""
    more = f"\n  hint: {item.hint}" if item.hint else ""
    if item.waived:
        more = f"\n  waived: {item.waived}"
    return f"{place}{item.severity(stage).value}: {item.message} [{item.code}]{more}"


def as_github(item: Diagnostic, stage: Stage) -> str:
    """Return a diagnostic as a workflow command, which GitHub shows beside the line."""
    at = item.location
    places = [("file", at.path), ("line", at.line), ("col", at.column)] if at else []
    values = ",".join(f"{key}={_property(str(value))}" for key, value in places if value is not None)
    text = _data(f"{item.message} [{item.code}]" + (f"\n{item.hint}" if item.hint else ""))
    return f"::{_GITHUB[item.severity(stage)]} {values}::{text}"


def _data(text: str) -> str:
    """Escape as GitHub's workflow commands ask for: percent and line ends."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
