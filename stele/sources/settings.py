"""A table of settings in, its values out; what is wrong with one is kept as a diagnostic with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

SITE_FILE = "content/site.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """A text of site.toml that readers see, and so translators translate.

    `name` is ``title``, ``imprint.place``, ``editions.<name>.title`` and the like.
    """

    name: str
    text: str
    line: int


class Reader:
    """Reads one table and keeps the diagnostics that arise on the way."""

    def __init__(self, root: Path, text: str, table: dict[str, Any]) -> None:
        self.root, self.text, self.table = root, text, table
        self.found: list[Diagnostic] = []
        self.settings: list[Setting] = []

    def report(
        self, code: str, message: str, key: str, hint: str | None = None, within: str = "", value: str = ""
    ) -> None:
        """Keep a diagnostic, with the line of `key` below the heading ``[within]`` that has `value`."""
        self.found.append(Diagnostic(code, message, Location(SITE_FILE, self.line(key, within, value)), hint))

    def line(self, key: str, within: str = "", value: str = "") -> int | None:
        """Return the line of `key`, of the one below the heading ``[within]`` where there is such a heading.

        `value` tells which of several tables of one name is meant.
        """
        pattern = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\]].*{re.escape(value)}")
        lines = list(enumerate(self.text.split("\n"), 1))
        heading = re.compile(rf"\s*\[+\s*{re.escape(within)}\s*\]")
        start = next((number for number, line in lines if within and heading.match(line)), 0)
        return next((number for number, line in lines[start:] if pattern.match(line)), start or None)

    def unknown(self, table: dict[str, Any], known: Collection[str], within: str = "") -> None:
        """Report every setting of `table` that nobody knows, with the nearest that is known."""
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
                self.report("unknown-setting", f"there is no setting {key!r}", key, hint, within)

    def string(self, table: dict[str, Any], key: str, *, required: bool = False) -> str:
        """Return a text, an empty one where there is none."""
        value = table.get(key, "")
        if not isinstance(value, str):
            self.report("bad-setting", f"{key} must be a text in quotation marks", key)
            return ""
        if required and not value.strip():
            self.report("bad-setting", f"{key} is missing", key, f'add a line: {key} = "…"')
        return value

    def setting(self, table: dict[str, Any], key: str, name: str, *, required: bool = False) -> None:
        """Keep a text that readers see."""
        text = self.string(table, key, required=required)
        if text.strip():
            self.settings.append(Setting(name, text, self.line(key) or 1))

    def strings(self, value: object, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.report("bad-setting", f"{key} must be a list of texts", key, f'like: {key} = ["one", "two"]')
        return ()

    def switch(self, table: dict[str, Any], key: str, default: bool, within: str) -> bool:
        """Return true or false."""
        value = table.get(key, default)
        if isinstance(value, bool):
            return value
        self.report("bad-setting", f"{key} must be true or false", key, f"like: {key} = true", within)
        return default

    def choice(self, table: dict[str, Any], key: str, known: Sequence[str], within: str) -> str:
        """Return one of `known`, the first where nothing is said."""
        value = table.get(key, known[0])
        if isinstance(value, str) and value in known:
            return value
        self.report("bad-setting", f"{value!r} is no {key}", key, f"known here: {', '.join(known)}", within)
        return known[0]

    def below(self, table: dict[str, Any], key: str, heading: str) -> dict[str, Any]:
        """Return the table `key` within `table`, an empty one where there is none; `heading` is its full name."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.report("bad-setting", f"{key} must be a table", key, f"begin it with a line: [{heading}]")
        return {}
