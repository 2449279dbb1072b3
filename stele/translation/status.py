"""Messages and catalogs in, how complete each translation is out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stele.language.tags import Language
    from stele.translation.messages import Message
    from stele.translation.store import Catalogs


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one domain is in one language, in messages; what is neither translated nor fuzzy is untranslated."""

    language: str
    domain: str
    messages: int
    translated: int
    fuzzy: int

    @property
    def untranslated(self) -> int:
        """Return how many messages nobody has touched."""
        return self.messages - self.translated - self.fuzzy


def status(
    domains: Mapping[str, Sequence[Message]], catalogs: Catalogs, languages: Sequence[Language]
) -> Iterator[Progress]:
    """Yield the progress of every domain in every language."""
    for language in languages:
        for domain, messages in domains.items():
            catalog = catalogs.get(language.tag, domain)
            entries = [catalog.find(item.msgid, item.context) for item in messages] if catalog else []
            translated = sum(entry is not None and entry.translated for entry in entries)
            fuzzy = sum(entry is not None and entry.fuzzy and not entry.untranslated for entry in entries)
            yield Progress(language.tag, domain, len(messages), translated, fuzzy)
