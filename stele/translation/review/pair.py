"""An entry of a catalog in, the pairs of source and translation that the checks compare out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.language.tags import Language
    from stele.sources.vocabulary import Vocabulary
    from stele.translation.po.catalog import Catalog
    from stele.translation.po.entry import Entry

_KIND = "type: "


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its translation, both inline Markdown, as every check is given them.

    `kind` names the block as the catalog's extracted comment does (``heading 2``), or is empty; `counted` says that the
    text is one of several plural forms, which may write a number in words or leave it out. `all_forms` are then the
    texts of all of them, of the source and of the translation.
    """

    source: str
    translation: str
    source_language: Language
    language: Language
    kind: str
    counted: bool
    comments: tuple[str, ...]
    location: Location
    vocabulary: Vocabulary
    all_forms: tuple[str, str] | None = None

    def finding(self, code: str, message: str, hint: str | None = None) -> Diagnostic:
        """Return a diagnostic that names the place of this entry."""
        return Diagnostic(code, message, self.location, hint)


def pairs(
    entry: Entry, path: str, language: Language, source_language: Language, vocabulary: Vocabulary
) -> Iterator[Pair]:
    """Yield one pair for each plural form of `entry` that has text."""
    all_forms = None if entry.plural is None else (f"{entry.msgid}\n{entry.plural}", "\n".join(entry.msgstr))
    for index, text in enumerate(entry.msgstr):
        if text.strip():
            yield Pair(
                source=entry.msgid if index == 0 or entry.plural is None else entry.plural,
                translation=text,
                source_language=source_language,
                language=language,
                kind=kind_of(entry),
                counted=entry.plural is not None,
                comments=entry.extracted_comments,
                location=Location(path, entry.line),
                vocabulary=vocabulary,
                all_forms=all_forms,
            )


def confirmed(catalog: Catalog) -> Iterator[Entry]:
    """Yield the entries that may be printed: no header, nothing obsolete, fuzzy or empty."""
    return (entry for entry in catalog.entries if entry.translated and not entry.obsolete and not entry.is_header)


def kind_of(entry: Entry) -> str:
    """Return what the extracted comment of an entry names its block, empty for one of the templates."""
    return next((line.removeprefix(_KIND) for line in entry.extracted_comments if line.startswith(_KIND)), "")
