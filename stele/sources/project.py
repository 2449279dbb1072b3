"""A folder in, a `Project` out: title, languages, imprint and editions, as content/site.toml states them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic, Location
from stele.language.tags import Language, language
from stele.sources.files import Unreadable, read_text

if TYPE_CHECKING:
    from pathlib import Path

SITE_FILE = "content/site.toml"
IMPRINT = ("organisation", "place", "year", "contact", "rights", "colophon")
_TOP = ("title", "subtitle", "description", "source_language", "languages", "imprint", "editions")
_EDITION = ("name", "title", "subtitle", "documents")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Edition:
    """One booklet: its name in file names, and the keys of its documents in order.

    `documents` is None where site.toml names none: then the edition holds them all.
    """

    name: str
    documents: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A text of site.toml that readers see, and so translators translate.

    `name` is ``title``, ``imprint.place``, ``editions.<name>.title`` and the like.
    """

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Project:
    """Everything site.toml says. `root` is the project's folder; the source is always among the languages."""

    root: Path
    source: Language
    languages: tuple[Language, ...]
    editions: tuple[Edition, ...]
    settings: tuple[Setting, ...]


def read_project(root: Path) -> tuple[Project | None, tuple[Diagnostic, ...]]:
    """Return the project of folder `root`, or None with the errors that prevent it."""
    if not (root / SITE_FILE).is_file():
        hint = "make a project with: stele new DIR"
        return None, (Diagnostic("no-project", f"there is no {SITE_FILE} in this folder", None, hint),)
    try:
        text = read_text(root / SITE_FILE, root)
        table = tomllib.loads(text)
    except Unreadable as refusal:
        return None, (refusal.diagnostic,)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = Location(SITE_FILE, int(line[1]) if line else None)
        return None, (Diagnostic("bad-setting", f"not valid TOML: {error}", where),)
    return _Reader(root, text, table).project()


class _Reader:
    """Reads one table and keeps the diagnostics that arise on the way."""

    def __init__(self, root: Path, text: str, table: dict[str, Any]) -> None:
        self.root, self.text, self.table = root, text, table
        self.found: list[Diagnostic] = []
        self.settings: list[Setting] = []

    def project(self) -> tuple[Project | None, tuple[Diagnostic, ...]]:
        self.unknown(self.table, _TOP)
        source = self.language(self.string(self.table, "source_language", required=True), "source_language")
        languages = self.languages(source)
        self.setting(self.table, "title", "title", required=True)
        self.setting(self.table, "subtitle", "subtitle")
        self.setting(self.table, "description", "description")
        self.imprint()
        editions = self.editions()
        if source is None or any(item.code != "unknown-setting" for item in self.found):
            return None, tuple(self.found)
        return Project(self.root, source, languages, editions, tuple(self.settings)), tuple(self.found)

    def report(self, code: str, message: str, key: str, hint: str | None = None) -> None:
        self.found.append(Diagnostic(code, message, Location(SITE_FILE, self.line(key)), hint))

    def line(self, key: str) -> int | None:
        pattern = re.compile(rf"\s*(?:\[+\s*)?{re.escape(key)}\s*[=\]]")
        lines = enumerate(self.text.split("\n"), 1)
        return next((number for number, line in lines if pattern.match(line)), None)

    def unknown(self, table: dict[str, Any], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
                self.report("unknown-setting", f"there is no setting {key!r}", key, hint)

    def string(self, table: dict[str, Any], key: str, *, required: bool = False) -> str:
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

    def language(self, tag: str, key: str) -> Language | None:
        try:
            return language(tag) if tag else None
        except ValueError as error:
            self.report("bad-language", str(error), key, "use a tag like az, az-Cyrl or pt-BR")
            return None

    def languages(self, source: Language | None) -> tuple[Language, ...]:
        tags = self.strings(self.table.get("languages", []), "languages")
        found = [self.language(tag, "languages") for tag in tags]
        listed = [source, *found]
        return tuple(dict.fromkeys(item for item in listed if item is not None))

    def strings(self, value: object, key: str) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.report("bad-setting", f"{key} must be a list of texts", key, f'like: {key} = ["one", "two"]')
        return ()

    def imprint(self) -> None:
        table = self.table.get("imprint", {})
        if not isinstance(table, dict):
            self.report("bad-setting", "imprint must be a table", "imprint", "begin it with a line: [imprint]")
            return
        self.unknown(table, IMPRINT)
        for key in IMPRINT:
            self.setting(table, key, f"imprint.{key}")

    def editions(self) -> tuple[Edition, ...]:
        if "editions" not in self.table:
            return (Edition("booklet", None),)
        tables = self.table["editions"]
        if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
            self.report("bad-setting", "editions must be tables", "editions", "begin each with a line: [[editions]]")
            return ()
        editions = tuple(self.edition(item) for item in tables)
        names = [edition.name for edition in editions]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.report("bad-setting", f"two editions are called {name!r}", "editions", "give each its own name")
        return editions

    def edition(self, table: dict[str, Any]) -> Edition:
        self.unknown(table, _EDITION)
        name = self.string(table, "name", required=True)
        if name and not _NAME.match(name):
            hint = "the name becomes part of file names: use a-z, 0-9 and hyphens"
            self.report("bad-setting", f"edition name {name!r} is not usable", "name", hint)
        self.setting(table, "title", f"editions.{name}.title")
        self.setting(table, "subtitle", f"editions.{name}.subtitle")
        documents = table.get("documents")
        return Edition(name, None if documents is None else self.strings(documents, "documents"))
