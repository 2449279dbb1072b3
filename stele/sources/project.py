"""A folder in, a `Project` out: title, languages, imprint, editions and policy, as content/site.toml states them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic, Location
from stele.language.tags import Language, language
from stele.sources.files import Unreadable, read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

SITE_FILE = "content/site.toml"
IMPRINT = ("organisation", "place", "year", "contact", "rights", "colophon")
# What is printed where no other language is: the fuzzy translation of the wording before, the source, or nothing.
PREVIOUS, SOURCE, OMIT = "previous", "source", "omit"
OUTPUTS = ("site", "booklets")
_TOP = (
    "title",
    "subtitle",
    "description",
    "source_language",
    "languages",
    "imprint",
    "editions",
    "translation",
    "fonts",
)
_EDITION = ("name", "title", "subtitle", "documents", "notes")
_TRANSLATION = ("keep_small_changes", "notes", "fallback", "thresholds")
_STAGES = ("draft", "proof")  # a final edition has everything translated
_FAMILY = re.compile(r"[^\W_][\w .+-]{0,80}\Z")  # it becomes a name in style sheets
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Edition:
    """One booklet: its name in file names, and the keys of its documents in order.

    `documents` is None where site.toml names none: then the edition holds them all. `notes` says in words which blocks
    are printed in another language or an older wording.
    """

    name: str
    documents: tuple[str, ...] | None
    notes: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """A text of site.toml that readers see, and so translators translate.

    `name` is ``title``, ``imprint.place``, ``editions.<name>.title`` and the like.
    """

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """How far a language must be to be published: shares of its messages, 0 to 1, at least and at most."""

    translated: float = 0.0
    fuzzy: float = 1.0


@dataclass(frozen=True, slots=True)
class Translation:
    """What is done with translations that are not finished.

    `fallback` has the chain of each language that names one: tags of other languages, ``previous``, ``source`` and
    ``omit``, in the order in which they are tried. `thresholds` are by stage and output. `notes` are those of the site,
    and of every edition that does not say otherwise.
    """

    keep_small_changes: bool = False
    notes: bool = True
    fallback: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    thresholds: Mapping[tuple[str, str], Threshold] = field(default_factory=dict)

    def chain(self, tag: str) -> tuple[str, ...]:
        """Return what is printed, in this order, where a message has no translation into the language `tag`."""
        return self.fallback.get(tag, (SOURCE,))

    def threshold(self, stage: str, output: str) -> Threshold:
        """Return what an output (``site``, ``booklets``) asks of a language at a stage."""
        return self.thresholds.get((stage, output), Threshold())


@dataclass(frozen=True, slots=True)
class Project:
    """Everything site.toml says. `root` is the project's folder; the source is always among the languages.

    `fonts` are type families by language tag, ``text`` for every language without one of its own.
    """

    root: Path
    source: Language
    languages: tuple[Language, ...]
    editions: tuple[Edition, ...]
    settings: tuple[Setting, ...]
    translation: Translation = field(default_factory=Translation)
    fonts: Mapping[str, str] = field(default_factory=dict)


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
        translation = self.translation(source, languages)
        editions = self.editions(translation.notes)
        fonts = self.fonts(languages)
        if source is None or any(item.code != "unknown-setting" for item in self.found):
            return None, tuple(self.found)
        project = Project(self.root, source, languages, editions, tuple(self.settings), translation, fonts)
        return project, tuple(self.found)

    def report(self, code: str, message: str, key: str, hint: str | None = None, within: str = "") -> None:
        self.found.append(Diagnostic(code, message, Location(SITE_FILE, self.line(key, within)), hint))

    def line(self, key: str, within: str = "") -> int | None:
        """Return the line of `key`, of the one below the heading ``[within]`` where there is such a heading."""
        pattern = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\]]")
        lines = list(enumerate(self.text.split("\n"), 1))
        heading = re.compile(rf"\s*\[+\s*{re.escape(within)}\s*\]")
        start = next((number for number, line in lines if within and heading.match(line)), 0)
        return next((number for number, line in lines[start:] if pattern.match(line)), start or None)

    def unknown(self, table: dict[str, Any], known: Collection[str], within: str = "") -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
                self.report("unknown-setting", f"there is no setting {key!r}", key, hint, within)

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

    def switch(self, table: dict[str, Any], key: str, default: bool, within: str) -> bool:
        value = table.get(key, default)
        if isinstance(value, bool):
            return value
        self.report("bad-setting", f"{key} must be true or false", key, f"like: {key} = true", within)
        return default

    def below(self, table: dict[str, Any], key: str, heading: str) -> dict[str, Any]:
        """Return the table `key` within `table`, an empty one where there is none; `heading` is its full name."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.report("bad-setting", f"{key} must be a table", key, f"begin it with a line: [{heading}]")
        return {}

    def translation(self, source: Language | None, languages: Sequence[Language]) -> Translation:
        table = self.below(self.table, "translation", "translation")
        self.unknown(table, _TRANSLATION, "translation")
        chains = self.below(table, "fallback", "translation.fallback")
        others = [item.tag for item in languages if item != source]
        return Translation(
            self.switch(table, "keep_small_changes", False, "translation"),
            self.switch(table, "notes", True, "translation"),
            {tag: self.chain(tag, value, others) for tag, value in chains.items()},
            dict(self.thresholds(self.below(table, "thresholds", "translation.thresholds"))),
        )

    def fonts(self, languages: Sequence[Language]) -> dict[str, str]:
        table = self.below(self.table, "fonts", "fonts")
        self.unknown(table, ("text", *(item.tag for item in languages)), "fonts")
        for key in table:
            if _FAMILY.match(self.string(table, key)) is None:
                hint = f'like: {key} = "EB Garamond"'
                self.report("bad-setting", f"{key} is not the name of a type family", key, hint, "fonts")
        return {key: value for key, value in table.items() if isinstance(value, str)}

    def chain(self, tag: str, value: object, others: Sequence[str]) -> tuple[str, ...]:
        within = "translation.fallback"
        if tag not in others:
            hint = f"languages that are translated into: {', '.join(others)}"
            self.report("bad-setting", f"{tag!r} is no translation of this project", tag, hint, within)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value) or not value:
            hint = f'like: {tag} = ["{PREVIOUS}", "{SOURCE}"]'
            self.report("bad-setting", f"the fallback of {tag} must be a list of texts", tag, hint, within)
            return (SOURCE,)
        known = [*(item for item in others if item != tag), PREVIOUS, SOURCE, OMIT]
        for item in value:
            if item not in known:
                hint = f"known here: {', '.join(known)}"
                self.report("bad-setting", f"{tag} cannot fall back on {item!r}", tag, hint, within)
        for item in value[:-1]:
            if item in (SOURCE, OMIT):
                hint = "nothing behind it is ever reached: put it last"
                self.report("bad-setting", f"{item!r} is not the last fallback of {tag}", tag, hint, within)
        return tuple(value)

    def thresholds(self, table: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Threshold]]:
        self.unknown(table, _STAGES, "translation.thresholds")
        for stage in _STAGES:
            within = f"translation.thresholds.{stage}"
            outputs = self.below(table, stage, within)
            self.unknown(outputs, OUTPUTS, within)
            for output in OUTPUTS:
                if output in outputs:
                    yield (stage, output), self.threshold(outputs[output], output, within)

    def threshold(self, value: object, output: str, within: str) -> Threshold:
        if not isinstance(value, dict):
            hint = f"like: {output} = {{ translated = 0.9, fuzzy = 0.05 }}"
            self.report("bad-setting", f"{output} must state shares of messages", output, hint, within)
            return Threshold()
        self.unknown(value, ("translated", "fuzzy"), within)
        shares = {key: share for key, share in value.items() if key in ("translated", "fuzzy")}
        for key, share in shares.items():
            if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
                hint = f"like: {output} = {{ {key} = 0.9 }}"
                self.report("bad-setting", f"{key} must be a share from 0 to 1", output, hint, within)
        return Threshold(**shares)

    def imprint(self) -> None:
        table = self.below(self.table, "imprint", "imprint")
        self.unknown(table, IMPRINT)
        for key in IMPRINT:
            self.setting(table, key, f"imprint.{key}")

    def editions(self, notes: bool) -> tuple[Edition, ...]:
        if "editions" not in self.table:
            return (Edition("booklet", None, notes),)
        tables = self.table["editions"]
        if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
            self.report("bad-setting", "editions must be tables", "editions", "begin each with a line: [[editions]]")
            return ()
        editions = tuple(self.edition(item, notes) for item in tables)
        names = [edition.name for edition in editions]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.report("bad-setting", f"two editions are called {name!r}", "editions", "give each its own name")
        return editions

    def edition(self, table: dict[str, Any], notes: bool) -> Edition:
        self.unknown(table, _EDITION)
        name = self.string(table, "name", required=True)
        if name and not _NAME.match(name):
            hint = "the name becomes part of file names: use a-z, 0-9 and hyphens"
            self.report("bad-setting", f"edition name {name!r} is not usable", "name", hint)
        self.setting(table, "title", f"editions.{name}.title")
        self.setting(table, "subtitle", f"editions.{name}.subtitle")
        documents = table.get("documents")
        listed = None if documents is None else self.strings(documents, "documents")
        return Edition(name, listed, self.switch(table, "notes", notes, "editions"))
