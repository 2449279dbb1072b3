"""How many documents of how many paragraphs in, documents of the sample's own words in many languages out.

Every paragraph is a message of the sample's catalogs with its translations. It is numbered, so that no two are alike,
as in a book. They are written as projects too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from stele.translation.po.catalog import read_catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = ("az", "ru", "tr", "de", "fr", "uk", "ka", "fa", "ar", "he", "es", "it")
# Of more languages the sample has too few words: these have those of their neighbours.
MORE = ("de-AT", "de-CH", "fr-CA", "fr-CH", "es-MX", "es-AR", "it-CH", "ru-KZ", "tr-CY", "ar-EG", "fa-AF")
_PLAIN = re.compile(r"[^{}\[\]*_`<>#|%\n\\&@=]{60,600}")
_FEWEST = 12  # paragraphs without which a language is not much of one
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
)


@dataclass(frozen=True, slots=True)
class Text:
    """A document: its name, and its title and paragraphs by language."""

    name: str
    paragraphs: tuple[dict[str, str], ...]

    def said(self, place: int, tag: str) -> str:
        """Return a paragraph in a language."""
        return self.paragraphs[place][_spoken(tag)]

    def title(self, tag: str) -> str:
        """Return its title, a number in every language."""
        return f"{self.name.capitalize()} ({tag})"


@cache
def paragraphs(languages: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Return those of the sample that are plain prose, by language; only those that all of `languages` have."""
    found: dict[str, dict[str, str]] = {}
    for tag in languages:
        for path in sorted((LOCALES / tag / "LC_MESSAGES").glob("*.po")):
            held, _ = read_catalog(path.read_bytes(), path.name)
            for entry in held.entries if held else ():
                if "fuzzy" not in entry.flags and all(map(_PLAIN.fullmatch, (entry.msgid, entry.msgstr[0]))):
                    found.setdefault(entry.msgid, {"en": entry.msgid})[tag] = entry.msgstr[0]
    whole = tuple(text for text in found.values() if len(text) == len(languages) + 1)
    if len(whole) < _FEWEST:
        raise ValueError(f"the sample has only {len(whole)} paragraphs in all of {languages}")
    return whole


def texts(count: int, each: int, languages: Sequence[str]) -> list[Text]:
    """Return `count` documents of `each` paragraphs."""
    spoken = tuple(dict.fromkeys(_spoken(tag) for tag in languages if tag != "en"))
    known = paragraphs(spoken or LANGUAGES[:1])
    return [
        Text(f"text{number:04}", tuple(_numbered(known, number, place) for place in range(each)))
        for number in range(count)
    ]


def _numbered(known: Sequence[dict[str, str]], number: int, place: int) -> dict[str, str]:
    chosen = known[(number * 7 + place) % len(known)]
    return {tag: f"{text} {number}.{place}" for tag, text in chosen.items()}


def _spoken(tag: str) -> str:
    return tag.partition("-")[0]


def markdown(text: Text, tag: str = "en") -> str:
    """Return a document in a language, with a heading before every fifth paragraph."""
    blocks = [f"# {text.title(tag)}"]
    for place in range(len(text.paragraphs)):
        if place % 5 == 4:
            blocks.append(f"## {text.name.capitalize()}, {place} ({tag})")
        blocks.append(text.said(place, tag))
    return "\n\n".join(blocks) + "\n"


def catalog(text: Text, tag: str) -> str:
    """Return the catalog of a document."""
    pairs = zip(markdown(text).split("\n\n"), markdown(text, tag).split("\n\n"), strict=True)
    clean = [(one.lstrip("# ").strip(), other.lstrip("# ").strip()) for one, other in pairs]
    return "\n".join(
        [HEADER.format(tag), *(f"msgid {_quoted(one)}\nmsgstr {_quoted(other)}\n" for one, other in clean)]
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def project(folder: Path, written: Sequence[Text], languages: Sequence[str], editions: str = "editions = []") -> Path:
    """Write a project of documents, English first, with their translations; return its folder."""
    names = ", ".join(f'"{tag}"' for tag in languages)
    site = f'title = "Texts"\nsource_language = "en"\nlanguages = [{names}]\n{editions}\n'
    files = {"content/site.toml": site} | {f"content/{text.name}.md": markdown(text) for text in written}
    translated = [tag for tag in languages if tag != "en"]
    files |= {f"locales/{tag}/LC_MESSAGES/{text.name}.po": catalog(text, tag) for tag in translated for text in written}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
