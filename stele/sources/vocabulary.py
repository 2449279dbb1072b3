"""content/gazetteer.yaml and content/glossary.yaml in, the names and terms of every language out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term by language tag; the first form of a language is the one to use, the others are accepted."""

    id: str
    forms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What people and places are called in each language (`names`), and what terms are translated by (`terms`)."""

    names: tuple[Term, ...] = ()
    terms: tuple[Term, ...] = ()
