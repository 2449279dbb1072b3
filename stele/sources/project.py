"""A folder in, a `Project` out: title, languages, imprint, editions and policy, as content/site.toml states them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from stele.diagnostics import Diagnostic, Location
from stele.language.tags import Language, language
from stele.sources.files import Unreadable, read_text
from stele.sources.hosting import Hosting, is_address
from stele.sources.isbn import thirteen_digits
from stele.sources.printing import (
    BILINGUAL,
    BINDINGS,
    BOOKLET,
    COLUMNS,
    DEFAULT_USES,
    EPUB,
    OF_BOOKLETS,
    PAPERS,
    PRODUCTS,
    STANDARDS,
    STOCKS,
    UNDATED,
    USES,
    Printing,
)
from stele.sources.settings import SITE_FILE, Reader, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

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
    "print",
    "web",
)
_EDITION = (
    "name",
    "title",
    "subtitle",
    "documents",
    "notes",
    "product",
    "format",
    "uses",
    "beside",
    "bilingual",
    "isbn",
    "addressees",
)
_PRINT = ("stock", "standard", "binding", "paper", "caliper_mm", "cover_mm", "released")
_WEB = ("address", "licence")
_TRANSLATION = ("keep_small_changes", "notes", "credits", "fallback", "thresholds")
_STAGES = ("draft", "proof")  # a final edition has everything translated
_FAMILY = re.compile(r"[^\W_][\w .+-]{0,80}\Z")  # it becomes a name in style sheets
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Edition:
    """One thing to print: its name in file names, and the keys of its documents in order.

    `documents` is None where site.toml names none: then the edition holds them all. `notes` says in words which blocks
    are printed in another language or an older wording. `product`, `format` and `uses` are those of `printing`: a
    booklet in one language that does not name its uses has an EPUB too.
    `beside` is the language that a bilingual edition has beside its own, in the way that `bilingual` names;
    `addressees` is the CSV file of a letter.
    """

    name: str
    documents: tuple[str, ...] | None
    notes: bool = True
    product: str = "booklet"
    format: str = "a5"
    uses: tuple[str, ...] = DEFAULT_USES
    beside: str = ""
    isbn: str = ""
    addressees: str = ""
    bilingual: str = COLUMNS


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
    and of every edition that does not say otherwise. `credits` names in print who
    translated and reviewed, as the headers of catalogs do: programs write names there that nobody was asked about, so
    it must be asked for.
    """

    keep_small_changes: bool = False
    notes: bool = True
    credits: bool = False
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
    printing: Printing = field(default_factory=Printing)
    hosting: Hosting = field(default_factory=Hosting)

    @property
    def title(self) -> str:
        """The title as the source has it."""
        return next(setting.text for setting in self.settings if setting.name == "title")


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


class _Reader(Reader):
    """Reads site.toml."""

    def project(self) -> tuple[Project | None, tuple[Diagnostic, ...]]:
        self.unknown(self.table, _TOP)
        source = self.language(self.string(self.table, "source_language", required=True), "source_language")
        languages = self.languages(source)
        self.setting(self.table, "title", "title", required=True)
        self.setting(self.table, "subtitle", "subtitle")
        self.setting(self.table, "description", "description")
        self.imprint()
        translation = self.translation(source, languages)
        editions = self.editions(translation.notes, [item.tag for item in languages])
        fonts = self.fonts(languages)
        printing, hosting = self.printing(), self.hosting()
        if source is None or any(item.code != "unknown-setting" for item in self.found):
            return None, tuple(self.found)
        settings = tuple(self.settings)
        project = Project(self.root, source, languages, editions, settings, translation, fonts, printing, hosting)
        return project, tuple(self.found)

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

    def translation(self, source: Language | None, languages: Sequence[Language]) -> Translation:
        table = self.below(self.table, "translation", "translation")
        self.unknown(table, _TRANSLATION, "translation")
        chains = self.below(table, "fallback", "translation.fallback")
        others = [item.tag for item in languages if item != source]
        return Translation(
            self.switch(table, "keep_small_changes", False, "translation"),
            self.switch(table, "notes", True, "translation"),
            self.switch(table, "credits", False, "translation"),
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

    def printing(self) -> Printing:
        table = self.below(self.table, "print", "print")
        self.unknown(table, _PRINT, "print")
        return Printing(
            self.choice(table, "stock", STOCKS, "print"),
            self.choice(table, "standard", STANDARDS, "print"),
            self.choice(table, "binding", BINDINGS, "print"),
            self.caliper_mm(table),
            self.thickness_mm(table, "cover_mm") if "cover_mm" in table else 0.0,
            self.released(table),
        )

    def released(self, table: dict[str, Any]) -> date:
        """Return the day that is stated, else the first of the year in the imprint."""
        year = str(self.below(self.table, "imprint", "imprint").get("year", ""))
        value = table.get("released", date(int(year), 1, 1) if re.fullmatch("[12][0-9]{3}", year) else UNDATED)
        if type(value) is date:
            return value
        self.report("bad-setting", f"released cannot be {value!r}", "released", "like: released = 2026-02-26", "print")
        return UNDATED

    def caliper_mm(self, table: dict[str, Any]) -> float:
        """Return how thick a leaf is: as measured, else by the name of its paper."""
        if "caliper_mm" in table:
            return self.thickness_mm(table, "caliper_mm")
        return PAPERS[self.choice(table, "paper", tuple(PAPERS), "print")]

    def thickness_mm(self, table: dict[str, Any], key: str) -> float:
        value = table[key]
        if isinstance(value, float) and 0.03 <= value <= 1.0:
            return value
        hint = f"how thick one leaf is in mm, like: {key} = 0.12"
        self.report("bad-setting", f"{key} cannot be {value!r}", key, hint, "print")
        return PAPERS["80 g offset"]

    def hosting(self) -> Hosting:
        table = self.below(self.table, "web", "web")
        self.unknown(table, _WEB, "web")
        return Hosting(self.address(table, "address").rstrip("/"), self.address(table, "licence"))

    def address(self, table: dict[str, Any], key: str) -> str:
        value = self.string(table, key)
        if value and not is_address(value):
            self.report("bad-setting", f"{value!r} is no address", key, f'like: {key} = "https://example.org/"', "web")
            return ""
        return value

    def editions(self, notes: bool, languages: Sequence[str]) -> tuple[Edition, ...]:
        if "editions" not in self.table:
            return (Edition("booklet", None, notes, uses=(*DEFAULT_USES, EPUB)),)
        tables = self.table["editions"]
        if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
            self.report("bad-setting", "editions must be tables", "editions", "begin each with a line: [[editions]]")
            return ()
        editions = tuple(self.edition(item, notes, languages) for item in tables)
        names = [edition.name for edition in editions]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.report("bad-setting", f"two editions are called {name!r}", "editions", "give each its own name")
        return editions

    def edition(self, table: dict[str, Any], notes: bool, languages: Sequence[str]) -> Edition:
        self.unknown(table, _EDITION)
        name = self.string(table, "name", required=True)
        if name and not _NAME.match(name):
            hint = "the name becomes part of file names: use a-z, 0-9 and hyphens"
            self.report("bad-setting", f"edition name {name!r} is not usable", "name", hint)
        self.setting(table, "title", f"editions.{name}.title")
        self.setting(table, "subtitle", f"editions.{name}.subtitle")
        documents = table.get("documents")
        listed = None if documents is None else self.strings(documents, "documents")
        product = self.choice(table, "product", tuple(PRODUCTS), "editions")
        return Edition(
            name,
            listed,
            self.switch(table, "notes", notes, "editions"),
            product,
            self.choice(table, "format", PRODUCTS[product], "editions"),
            self.uses(table, product),
            self.beside(table, product, languages),
            self.isbn(table),
            self.string(table, "addressees"),
            self.choice(table, "bilingual", BILINGUAL, "editions"),
        )

    def beside(self, table: dict[str, Any], product: str, languages: Sequence[str]) -> str:
        if "beside" not in table:
            return ""
        if product != "booklet":
            self.report("bad-setting", f"a {product} is in one language", "beside", "leave it out", "editions")
        return self.choice(table, "beside", languages, "editions")

    def isbn(self, table: dict[str, Any]) -> str:
        if not (value := self.string(table, "isbn")):
            return ""
        try:
            thirteen_digits(value)
        except ValueError as error:
            hint = 'copy it from the agency that gave it, like: isbn = "978-3-16-148410-0"'
            self.report("bad-isbn", str(error), "isbn", hint, "editions", value)
        return value

    def uses(self, table: dict[str, Any], product: str) -> tuple[str, ...]:
        is_bound = product == BOOKLET and "beside" not in table
        if "uses" not in table:
            return (*DEFAULT_USES, EPUB) if is_bound else DEFAULT_USES
        known = [use for use in USES if product == BOOKLET or use not in OF_BOOKLETS]
        found = self.strings(table["uses"], "uses")
        for use in found:
            if use not in known:
                hint = f"known here: {', '.join(known)}"
                self.report("bad-setting", f"a {product} has no use {use!r}", "uses", hint, "editions")
            elif use == EPUB and not is_bound:
                hint = "an e-book has one language: name an edition for it that has no setting beside"
                self.report("bad-setting", "an edition in two languages has no EPUB", "uses", hint, "editions")
        return found
