"""What the source says, what it said at the last update, and every language's progress in: the whole picture out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from stele.translation.merging.similarity import match
from stele.translation.messages import unite
from stele.translation.status import source_words, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stele.language.tags import Language
    from stele.translation.messages import Message
    from stele.translation.po.catalog import Catalog
    from stele.translation.status import Progress, State


@dataclass(frozen=True, slots=True)
class Changes:
    """The texts that came, went, and were reworded (before, after) since the last update."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.reworded)


@dataclass(frozen=True, slots=True)
class Domain:
    """What the source says in one domain.

    `title` is empty for a domain that is no document; `updated` is when `update` last found other messages here, as
    the template of the catalogs states it, and None where there is no template yet.
    """

    name: str
    title: str
    messages: int
    words: int
    updated: str | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class Overview:
    """How all translations of a project stand; `progress` has every language, in it every domain, in their orders."""

    source: Language
    domains: tuple[Domain, ...]
    languages: tuple[Language, ...]
    progress: tuple[Progress, ...]

    def of(self, language: Language) -> tuple[Progress, ...]:
        """Return the progress of one language, domain by domain."""
        return tuple(item for item in self.progress if item.language == language.tag)

    def as_is(self, language: Language) -> State:
        """Return the sum of all domains of a language as the files are."""
        return total(item.as_is for item in self.of(language))

    def after_update(self, language: Language) -> State:
        """Return the sum of all domains of a language as they would be after an update."""
        return total(item.after_update for item in self.of(language))


def domain(name: str, title: str, messages: Sequence[Message], snapshot: Catalog | None) -> Domain:
    """Return what the source says in a domain, against the template that the last update wrote."""
    asked = unite(messages)
    words = sum(source_words(item.msgid, item.plural) for item in asked)
    updated = snapshot.fields.get("POT-Creation-Date", "") if snapshot else None
    return Domain(name, title, len(asked), words, updated, changes(snapshot, asked))


def changes(snapshot: Catalog | None, messages: Sequence[Message]) -> Changes:
    """Return what is new in `messages`; all of it where there is no snapshot."""
    entries = snapshot.entries if snapshot else ()
    old = [entry.key for entry in entries if not (entry.obsolete or entry.is_header)]
    new = [message.key for message in messages]
    removed, added = set(old) - set(new), set(new) - set(old)
    before = match(old, new, removed, added)
    donors = set(before.values())
    return Changes(
        tuple(key[1] for key in new if key in added and key not in before),
        tuple(key[1] for key in old if key in removed - donors),
        tuple((before[key][1], key[1]) for key in new if key in before),
    )


def as_json(overview: Overview) -> dict[str, Any]:
    """Return the overview as JSON prints it."""
    return {
        "source": overview.source.tag,
        "domains": [_domain(item) for item in overview.domains],
        "languages": [
            {
                "language": language.tag,
                "name": language.endonym,
                "as_is": _state(overview.as_is(language)),
                "after_update": _state(overview.after_update(language)),
                "domains": [_progress(item) for item in overview.of(language)],
            }
            for language in overview.languages
        ],
    }


def _domain(item: Domain) -> dict[str, Any]:
    reworded = [{"before": before, "after": after} for before, after in item.changes.reworded]
    listed = {"added": item.changes.added, "removed": item.changes.removed, "reworded": reworded}
    return {
        "domain": item.name,
        "title": item.title or None,
        "messages": item.messages,
        "words": item.words,
        "updated": item.updated,
        "changes": listed,
    }


def _progress(item: Progress) -> dict[str, Any]:
    return {
        "domain": item.domain,
        "has_catalog": item.has_catalog,
        "as_is": _state(item.as_is),
        "after_update": _state(item.after_update),
    }


def _state(state: State) -> dict[str, Any]:
    return {
        "messages": {"total": state.messages.total, **asdict(state.messages)},
        "words": {"total": state.words.total, **asdict(state.words)},
        "failing": state.failing,
        "waived": state.waived,
    }
