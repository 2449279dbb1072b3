"""content/gazetteer.yaml and content/glossary.yaml in, the names and terms of every language out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml

from stele.diagnostics import Diagnostic, Location
from stele.language.tags import is_known
from stele.sources.files import Unreadable, read_text
from stele.sources.yaml_tree import Misread, compose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

GAZETTEER_FILE = "content/gazetteer.yaml"
GLOSSARY_FILE = "content/glossary.yaml"
_KINDS = ("place", "person", "organisation")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
# No name is longer, no honest record has more forms, no booklet more names; each is looked for in every text.
_MAX_CHARACTERS = 200
_MAX_FORMS = 30
_MAX_RECORDS = 5_000


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term by language tag; the first form of a language is the one to use, the others are accepted.

    `kind` is ``place``, ``person``, ``organisation`` or empty; `note` is a word to translators.
    """

    id: str
    forms: Mapping[str, tuple[str, ...]]
    kind: str = ""
    note: str = ""

    def __hash__(self) -> int:
        """Return what tells most terms apart: their forms are in a dictionary, which has no hash."""
        return hash(self.id)

    def in_language(self, tag: str) -> tuple[str, ...]:
        """Return the forms of language `tag`; those of ``en`` serve ``en-GB`` too, but never another script."""
        return in_language(self.forms, tag)


class Terms(tuple[Term, ...]):
    """Terms that are looked for in many texts: their hash is reckoned once."""

    _hash: int | None = None

    def __hash__(self) -> int:
        """Return that of a tuple."""
        if self._hash is None:
            self._hash = super().__hash__()
        return self._hash

    def __reduce__(self) -> tuple[type[Terms], tuple[tuple[Term, ...]]]:
        """Return what they are made of again: another process has another hash of the same text."""
        return Terms, (tuple(self),)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What people and places are called in each language (`names`), and what terms are translated by (`terms`)."""

    names: tuple[Term, ...] = ()
    terms: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", Terms(self.names))
        object.__setattr__(self, "terms", Terms(self.terms))


def in_language(forms: Mapping[str, tuple[str, ...]], tag: str) -> tuple[str, ...]:
    """Return the forms of language `tag` among those by tag; none of another script."""
    if own := forms.get(tag):
        return own
    language, _, rest = tag.partition("-")
    other_script = len(rest) >= 4
    return () if other_script else forms.get(language, ())


def read_vocabulary(root: Path, tags: Collection[str]) -> tuple[Vocabulary, tuple[Diagnostic, ...]]:
    """Return the vocabulary of the project in `root`, whose languages are `tags`; both files may be absent.

    A record that cannot be used is reported as ``bad-vocabulary`` and left out, the others are kept.
    """
    names = _Reader(root, GAZETTEER_FILE, tags, _KINDS)
    terms = _Reader(root, GLOSSARY_FILE, tags, ())
    vocabulary = Vocabulary(names.records(), terms.records())
    return vocabulary, (*names.found, *terms.found)


class _Reader:
    """Reads one file and keeps the diagnostics that arise on the way."""

    def __init__(self, root: Path, name: str, tags: Collection[str], kinds: tuple[str, ...]) -> None:
        self.root, self.name, self.tags, self.kinds = root, name, tags, kinds
        self.found: list[Diagnostic] = []

    def report(self, message: str, at: yaml.Node | int | None, hint: str | None = None) -> None:
        line = at.start_mark.line + 1 if isinstance(at, yaml.Node) else at
        self.found.append(Diagnostic("bad-vocabulary", message, Location(self.name, line), hint))

    def records(self) -> tuple[Term, ...]:
        node = self.tree()
        if node is None:
            return ()
        if not isinstance(node, yaml.MappingNode):
            self.report("the file must hold records", node, "like: khojaly: {en: Khojaly, az: Xocalı}")
            return ()
        if len(node.value) > _MAX_RECORDS:
            self.report(f"there are more than {_MAX_RECORDS:,} records", node, "keep those that the texts name")
        pairs = dict(self.unique(node, "record"))
        return tuple(term for key, value in pairs.items() if (term := self.record(key, value)))[:_MAX_RECORDS]

    def tree(self) -> yaml.Node | None:
        if not (self.root / self.name).is_file():
            return None
        try:
            return compose(read_text(self.root / self.name, self.root))
        except Unreadable as refusal:
            self.found.append(refusal.diagnostic)
        except Misread as error:
            self.report(error.problem, error.line, error.hint)
        return None

    def unique(self, node: yaml.MappingNode, noun: str) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        """Yield key and value of each field of `node` once; a second field of the same name is reported."""
        lines: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name in lines:
                self.report(f"{noun} {name!r} stands here twice, first in line {lines[name]}", key, "join the two")
                continue
            lines[name] = line
            yield key, value

    def record(self, key: yaml.Node, value: yaml.Node) -> Term | None:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not _ID.match(name):
            self.report(f"{name[:60]!r} is not usable as an id", key, "use a-z, 0-9 and hyphens, like: agdam-town")
            return None
        if not isinstance(value, yaml.MappingNode):
            self.report(f"{name} must hold a form for each language", key, f"like: {name}: {{en: …, az: …}}")
            return None
        fields: dict[str, str] = {}
        forms: dict[str, tuple[str, ...]] = {}
        for field, node in self.unique(value, "field"):
            tag = str(field.value) if isinstance(field, yaml.ScalarNode) else ""
            if tag in ("note", *(("kind",) if self.kinds else ())):
                fields[tag] = self.text(tag, field, node)
            elif tag in self.tags or is_known(tag):
                # A gazetteer may know more languages than the project speaks today.
                forms[tag] = self.forms(tag, field, node)
            else:
                self.unknown(tag, field)
        return Term(name, {tag: found for tag, found in forms.items() if found}, **fields)

    def unknown(self, tag: str, field: yaml.Node) -> None:
        known = (*self.tags, "note", *(("kind",) if self.kinds else ()))
        near = get_close_matches(tag[:60], known, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
        self.report(f"{tag[:60]!r} is not a language", field, hint)

    def text(self, name: str, field: yaml.Node, node: yaml.Node) -> str:
        text = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else ""
        if not text:
            self.report(f"{name} must be a text", field)
        elif name == "kind" and text not in self.kinds:
            self.report(f"{text[:60]!r} is not a kind of name", field, f"kinds: {', '.join(self.kinds)}")
            return ""
        return text

    def forms(self, tag: str, field: yaml.Node, node: yaml.Node) -> tuple[str, ...]:
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if len(items) > _MAX_FORMS:
            self.report(f"{tag} has more than {_MAX_FORMS} forms", field)
            return ()
        return tuple(dict.fromkeys(form for item in items if (form := self.form(tag, item))))

    def form(self, tag: str, node: yaml.Node) -> str:
        """Return one form with single spaces and composed letters (Unicode NFC), or nothing when it is none."""
        text = unicodedata.normalize("NFC", " ".join(node.value.split())) if isinstance(node, yaml.ScalarNode) else ""
        if not any(map(str.isalpha, text)) or len(text) > _MAX_CHARACTERS:
            hint = f"write one text, or a list: {tag}: [the form to use, another that is accepted]"
            self.report(f"{text[:60]!r} is not a form of a name or term", node, hint)
            return ""
        return text
