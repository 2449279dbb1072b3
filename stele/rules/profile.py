"""content/profile.yaml and the profile that Stele ships in, the words by which prose is judged out, with reasons.

A list that the project gives takes the place of the shipped one in that language; a wording of the same name takes the
place of the shipped wording, and an empty one takes it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from stele.diagnostics import Diagnostic, Location
from stele.language.tags import is_known
from stele.language.transliteration import SOURCES, transliterate
from stele.sources.files import Unreadable, read_text
from stele.sources.vocabulary import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Forms = Mapping[str, tuple[str, ...]]

# Where PyYAML has libyaml, it takes a tenth of the time; of the files of others, it would tell mistakes otherwise.
_FAST = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
PROFILE_FILE = "content/profile.yaml"
SHIPPED = Path(__file__).parent / "profiles" / "attributed.yaml"
LISTS = (
    "peoples",
    "casualties",
    "befell",
    "suffered",
    "persons",
    "units",
    "numbering",
    "to_this_day",
    "attribution",
    "negation",
    "deeds",
    "parliaments",
    "committees",
    "adopting",
    "adopters",
    "anniversaries",
)
WORDINGS = ("disallowed", "accusation", "denial")


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns of words by language (see `phrases`), why the narrator does not say them, and what to write instead.

    `unless` is the name of a list: a sentence with one of its words is exempt.
    """

    name: str
    reason: str
    instead: str
    patterns: Forms
    unless: str = ""

    @property
    def explanation(self) -> str:
        """Return reason and alternative as a hint has them."""
        return f"{self.reason}; {self.instead}" if self.instead else self.reason


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation holds about words: lists of them by purpose and language, and wordings by rule."""

    lists: Mapping[str, Forms] = field(default_factory=dict)
    disallowed: tuple[Wording, ...] = ()
    accusation: tuple[Wording, ...] = ()
    denial: tuple[Wording, ...] = ()

    def words(self, name: str, tag: str) -> tuple[str, ...]:
        """Return the words of a list in language `tag`; those of another script of it where one makes the other."""
        return _in_script(self.lists.get(name, {}), tag)


def patterns_of(wording: Wording, tag: str) -> tuple[str, ...]:
    """Return the patterns of a wording in language `tag`."""
    return _in_script(wording.patterns, tag)


@cache
def shipped() -> Profile:
    """Return the profile ``attributed``: it names no side, and no people."""
    raw = yaml.load(SHIPPED.read_text(encoding="utf-8"), Loader=_FAST)  # noqa: S506 (builds strings only)
    return _joined(_Reading(str(SHIPPED)).made(raw), Profile())


def read_profile(root: Path) -> tuple[Profile, tuple[Diagnostic, ...]]:
    """Return the profile of the project in `root`; what cannot be used is reported as ``bad-profile`` and left out."""
    reading = _Reading(PROFILE_FILE)
    if not (root / PROFILE_FILE).is_file():
        return shipped(), ()
    try:
        text = read_text(root / PROFILE_FILE, root)
        raw = None if _has_alias(text) else yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (builds strings only)
        if raw is None:
            reading.report("the file is empty, or repeats a part with * instead of writing it out")
    except Unreadable as refusal:
        return shipped(), (refusal.diagnostic,)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it is nested too deep"
        reading.report(f"not valid YAML: {problem}", line=mark.line + 1 if mark else None)
        raw = None
    made = reading.made(raw or {})
    return _joined(made, shipped()), tuple(reading.found)


@dataclass(frozen=True, slots=True)
class _Made:
    lists: Mapping[str, Forms]
    wordings: Mapping[str, Mapping[str, Wording | None]]


class _Reading:
    """Makes a profile of the parts of a file, and keeps the diagnostics that arise on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Diagnostic] = []

    def report(self, message: str, hint: str | None = None, line: int | None = None) -> None:
        self.found.append(Diagnostic("bad-profile", message, Location(self.name, line), hint))

    def made(self, raw: object) -> _Made:
        lists: dict[str, Forms] = {}
        wordings: dict[str, Mapping[str, Wording | None]] = {}
        for key, value in self.fields(raw, "the profile"):
            if key in LISTS:
                lists[key] = dict(self.forms(value, key))
            elif key in WORDINGS:
                wordings[key] = {name: self.wording(name, item) for name, item in self.fields(value, key)}
            else:
                self.unknown(key, (*LISTS, *WORDINGS))
        return _Made(lists, wordings)

    def fields(self, raw: object, where: str) -> Iterator[tuple[str, object]]:
        if isinstance(raw, dict):
            yield from raw.items()
        else:
            self.report(f"{where} must have fields", "like: peoples: {en: [Ruritanians]}")

    def forms(self, raw: object, where: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for tag, value in self.fields(raw, where):
            if not is_known(tag):
                self.report(f"{where}: {tag[:40]!r} is not a language")
                continue
            items = value if isinstance(value, list) else [value]
            yield tag, tuple(text for item in items if isinstance(item, str) and (text := " ".join(item.split())))

    def wording(self, name: str, raw: object) -> Wording | None:
        if raw == "":
            return None
        fields = dict(self.fields(raw, name))
        told = {key: str(fields.pop(key, "")).strip() for key in ("reason", "instead", "unless")}
        if not told["reason"]:
            self.report(f"{name} gives no reason", "whoever is asked to change a word may ask why: write a reason")
            return None
        if told["unless"] not in ("", *LISTS):
            self.unknown(told["unless"], LISTS)
            return None
        return Wording(name, patterns=dict(self.forms(fields, name)), **told)

    def unknown(self, key: str, known: tuple[str, ...]) -> None:
        near = get_close_matches(key[:60], known, 1, 0.5)
        self.report(f"{key[:60]!r} is no part of a profile", f"did you mean {near[0]}?" if near else ", ".join(known))


def _joined(made: _Made, base: Profile) -> Profile:
    """Return what was read on top of `base`."""
    lists = {name: {**base.lists.get(name, {}), **made.lists.get(name, {})} for name in LISTS}
    return Profile(lists, **{name: _replaced(getattr(base, name), made.wordings.get(name, {})) for name in WORDINGS})


def _replaced(base: tuple[Wording, ...], own: Mapping[str, Wording | None]) -> tuple[Wording, ...]:
    named: dict[str, Wording | None] = {item.name: item for item in base}
    return tuple(item for item in (named | dict(own)).values() if item)


def _in_script(forms: Forms, tag: str) -> tuple[str, ...]:
    found = in_language(forms, tag)
    if not found and tag in SOURCES:
        return tuple(_transliterated(word, tag) for word in in_language(forms, SOURCES[tag]))
    return found


def _transliterated(word: str, tag: str) -> str:
    """Return a word in another script; the names of lists in braces stay."""
    return "".join(part if part.startswith("{") else transliterate(part, tag) for part in _parts(word))


def _parts(word: str) -> list[str]:
    pieces = word.replace("{", "\0{").replace("}", "}\0").split("\0")
    return [piece for piece in pieces if piece]


def _has_alias(text: str) -> bool:
    """Say whether a file would multiply itself."""
    return any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.BaseLoader))
