"""Markdown files in, `Document` values out: front matter read as strings, a key that becomes the address."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import yaml

from stele.diagnostics import Diagnostic, Location
from stele.language.casing import keyword, lower
from stele.language.tags import is_known, without_region
from stele.sources.files import Unreadable, read_text, relative, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

TRANSLATED_FIELDS = ("title", "short", "description")
_FIELDS = (*TRANSLATED_FIELDS, "layout", "slug")
_FENCE = re.compile(r"---[ \t]*\n(?P<yaml>.*?)\n?^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LATIN = str.maketrans({"ı": "i", "ə": "e"})
# Catalogs that belong to no document, and what the site has beside its documents in every language.
_CATALOGS = frozenset({"interface", "site", "ledger"})
# What lies at them on the site is made of documents, or of lists and forms: it is no document.
ROUTES = frozenset({"assets", "data", "downloads", "embed", "embedding", "person", "search"})
# Bracketed constructs nested deeper than this take Python-Markdown minutes and no writer any sense.
MAX_BRACKETS = 50


@dataclass(frozen=True, slots=True)
class Field:
    """A front matter value and the line where it stands."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """One Markdown file. `key` is its address and, dotted, its catalog domain; `first_line` is where `body` begins.

    `fields` holds the front matter; an absent field is absent. `alternates` are the files that stand in for this one in
    a language (``foreword.az.md``), by tag; they have its key.
    """

    key: str
    path: str
    fields: Mapping[str, Field]
    body: str
    first_line: int
    alternates: Mapping[str, Document] = field(default_factory=dict)

    def alternate(self, tag: str) -> Document | None:
        """Return what stands in for this document in a language: its own file, or one for all of its regions.

        The file of another script is of no use to its readers.
        """
        return self.alternates.get(tag) or self.alternates.get(without_region(tag))

    @property
    def domain(self) -> str:
        """Return the name of the document's catalogs; keys hold no dots, so two never share one."""
        return self.key.replace("/", ".")

    @property
    def layout(self) -> str:
        """Return the class of page that the theme gives the document."""
        layout = self.fields.get("layout")
        return layout.text if layout else "chapter"


def read_documents(
    root: Path, source_tag: str, tags: Collection[str] = ()
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Return every usable document below `root`/content by path, and what is wrong with the others.

    A file that is named for one of the languages `tags` is no document of its own, but an alternate of one.
    """
    documents: dict[str, Document] = {}
    alternates: dict[str, dict[str, Document]] = {}
    found: list[Diagnostic] = []
    paths = list(walk(root / "content", ".md"))
    if not paths:
        found.append(
            Diagnostic("no-documents", "there are no Markdown files below content/", None, "write a first one")
        )
    bases = {relative(path, root) for path in paths}
    for path in paths:
        base, tag = _alternate_of(relative(path, root), bases, tags)
        problems = list(_useless_alternate(relative(path, root), base, tag, source_tag, bases, tags))
        found += problems
        if problems:
            continue
        try:
            document, diagnostics = read_document(path, root, source_tag)
        except Unreadable as refusal:
            found.append(refusal.diagnostic)
            continue
        found += diagnostics
        if tag:
            alternates.setdefault(base, {})[tag] = document
            continue
        other = documents.setdefault(document.key, document)
        if other is not document:
            message = f"this and {other.path} would both be published as {document.key!r}"
            found.append(Diagnostic("duplicate-route", message, Location(document.path), "rename one of them"))
    paired = tuple(_with_alternates(item, alternates.get(item.path, {})) for item in documents.values())
    return paired, tuple(found)


def _alternate_of(path: str, bases: Collection[str], tags: Collection[str]) -> tuple[str, str]:
    """Return the document that `path` stands in for, and the language in which it does; its own name and no language.

    A last part that merely looks like a language (``notes.is.md``) is one only beside a document without it.
    """
    stem, _, tag = path.removesuffix(".md").rpartition(".")
    base = f"{stem}.md"
    means_a_language = tag in tags or (base in bases and is_known(tag))
    return (base, tag) if stem and not stem.endswith("/") and means_a_language else (path, "")


def _useless_alternate(
    path: str, base: str, tag: str, source_tag: str, bases: Collection[str], tags: Collection[str]
) -> Iterator[Diagnostic]:
    if not tag:
        return
    if base not in bases:
        hint = f"write {base} in the source language, or take “.{tag}” out of the name"
        yield Diagnostic("lone-alternate", f"there is no {base} that this could stand in for", Location(path), hint)
    elif tag == source_tag:
        message = f"{base} is in the source language already, so this is not used"
        yield Diagnostic("unused-alternate", message, Location(path), "keep one of the two")
    elif tag not in tags:
        message = f"{tag!r} is not a language of this project, so this does not stand in for {base}"
        hint = "add the language to content/site.toml, or delete the file"
        yield Diagnostic("unused-alternate", message, Location(path), hint)


def _with_alternates(document: Document, alternates: Mapping[str, Document]) -> Document:
    """Return the document with its alternates, which are published at its address."""
    return replace(document, alternates={tag: replace(item, key=document.key) for tag, item in alternates.items()})


def read_document(path: Path, root: Path, source_tag: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return the document of one file; raise `Unreadable` when there is none to be had."""
    name = relative(path, root)
    text = read_text(path, root)
    _refuse_deep_nesting(text, name)
    fields, body, first_line, found = _front_matter(text, name)
    key, problem = _key(relative(path, root / "content"), fields.get("slug"), name, source_tag)
    return Document(key, name, fields, body, first_line), (*found, *problem)


def loose_document(text: str, name: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `text` as a document that belongs to no project; its key is `name`. Raise `Unreadable` as above."""
    _refuse_deep_nesting(text, name)
    fields, body, first_line, found = _front_matter(text, name)
    return Document(name, name, fields, body, first_line), found


def _front_matter(text: str, name: str) -> tuple[dict[str, Field], str, int, tuple[Diagnostic, ...]]:
    match = _FENCE.match(text)
    if not match:
        return {}, text, 1, ()
    first_line = text.count("\n", 0, match.end()) + 1
    body = text[match.end() :]
    try:
        # BaseLoader builds strings, lists and mappings only: no dates, no booleans, no Python objects.
        node = yaml.load(match["yaml"], Loader=yaml.BaseLoader)  # noqa: S506
        lines = _lines(match["yaml"])
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = Location(name, mark.line + 2 if mark else 1)
        problem = getattr(error, "problem", None) or "not valid YAML"
        return {}, body, first_line, (Diagnostic("bad-front-matter", f"front matter: {problem}", where),)
    if node is not None and not isinstance(node, dict):
        where = Location(name, 1)
        return {}, body, first_line, (Diagnostic("bad-front-matter", "front matter must be fields", where),)
    fields, found = _fields(node or {}, lines, name)
    return fields, body, first_line, found


def _lines(source: str) -> dict[str, int]:
    node = yaml.compose(source, Loader=yaml.BaseLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {str(key.value): key.start_mark.line + 2 for key, _ in pairs}


def _fields(
    node: dict[object, object], lines: dict[str, int], name: str
) -> tuple[dict[str, Field], tuple[Diagnostic, ...]]:
    fields: dict[str, Field] = {}
    found: list[Diagnostic] = []
    for key, value in node.items():
        where = Location(name, lines.get(str(key), 1))
        if key not in _FIELDS:
            hint = f"known here: {', '.join(_FIELDS)}"
            found.append(Diagnostic("unknown-front-matter", f"there is no field {str(key)!r}", where, hint))
        elif not isinstance(value, str):
            found.append(Diagnostic("bad-front-matter", f"{key} must be a text", where))
        elif key == "layout" and not _SLUG.match(value):
            found.append(Diagnostic("bad-front-matter", f"{value!r} is not the name of a layout", where))
        elif value.strip():
            fields[str(key)] = Field(" ".join(value.split()), where.line or 1)
    return fields, tuple(found)


def _key(path: str, slug: Field | None, name: str, tag: str) -> tuple[str, tuple[Diagnostic, ...]]:
    *folders, stem = path.removesuffix(".md").split("/")
    last = "index" if keyword(stem) in ("index", "readme") else slugify(stem, tag)
    found: tuple[Diagnostic, ...] = ()
    if slug is not None:
        if _SLUG.match(slug.text):
            last = slug.text
        else:
            message = f"slug {slug.text!r} is not made of a-z, 0-9 and single hyphens"
            found = (Diagnostic("bad-slug", message, Location(name, slug.line)),)
    parts = [slugify(folder, tag) for folder in folders]
    first = parts[0] if parts else last
    if first in ROUTES or (not parts and first in _CATALOGS):
        message = f"the address {first!r} is kept for Stele itself"
        hint = "rename the folder" if parts else "rename the file or give it a slug"
        found = (*found, Diagnostic("reserved-address", message, Location(name), hint))
    return "/".join(parts if folders and last == "index" else [*parts, last]), found


def slugify(text: str, tag: str) -> str:
    """Return `text` as a piece of an address: ASCII letters, digits and hyphens, never empty.

    Letters without an ASCII base (Cyrillic, Arabic) are written by their code point. Names that meet all the same,
    as й and и do, are told by `read_documents`.
    """
    decomposed = unicodedata.normalize("NFKD", lower(text, tag).translate(_LATIN))
    base = "".join(char for char in decomposed if not unicodedata.combining(char))
    spelled = "".join(char if char.isascii() or not char.isalnum() else f"u{ord(char):x}" for char in base)
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-") or "untitled"


def open_brackets(text: str, level: int = 0) -> tuple[int, int]:
    """Return how many brackets are open after `text`, of which `level` were before it, and the most within it."""
    deepest = level
    for char in text:
        if char in "[(":
            level += 1
            deepest = max(deepest, level)
        elif char in "])" and level:
            level -= 1
    return level, deepest


def _refuse_deep_nesting(text: str, name: str) -> None:
    level = 0
    for number, line in enumerate(text.split("\n"), 1):
        level, deepest = open_brackets(line, level if line.strip() else 0)
        if deepest > MAX_BRACKETS:
            message = f"brackets are nested more than {MAX_BRACKETS} deep"
            raise Unreadable(Diagnostic("too-nested", message, Location(name, number), "close the brackets"))
