"""The ledger and what each language is printed from in, the records as everybody may know them out, in all languages.

Nobody is named who is not named on the web in that language, and of people no more is told than a roll prints: the
years of their dates. A text is given in each language that has a confirmed translation of it, and in no other; no
stand-in is passed off as one.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, is_dataclass
from typing import TYPE_CHECKING, Any

from stele.sources import fragments, markup
from stele.sources.ledger.public import PersonName, Told, is_text, public_fields, with_what_they_rest_on
from stele.sources.ledger.reading import KINDS
from stele.sources.ledger.records import Derived, Person, Place, Record, Source, Term, foreign_text, texts
from stele.sources.ledger.roll import Readers, named, wish
from stele.sources.ledger.wanted import published
from stele.sources.ledger.writing import Number, name_in
from stele.translation.policy import rendition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stele.sources.inscription import Inscriptions
    from stele.sources.ledger.records import Ledger
    from stele.sources.ledger.wanted import Wanted
    from stele.translation.policy import Voice

_MARKED = re.compile(r"[\\`*_\[\]<>&{}]")
_FILES = {kind: name for name, kind in KINDS.items()}
# Fields that name records of one kind, which may not be told.
_REFERENCES = {"parts": "figures", "subset_of": "figures", "supersedes": "figures", "of": "events", "terms": "terms"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a language says of the ledger: where its translations are, and what stands for references."""

    voice: Voice
    inscriptions: Inscriptions

    @property
    def tag(self) -> str:
        """The language."""
        return self.voice.language.tag

    def say(self, text: str, *, foreign: bool = False) -> str:
        """Return a text without markup, empty where nobody has translated it; one that is `foreign` has no home."""
        if foreign or not self.voice.at_home:
            made = rendition(text, self.voice)
            if made.fallback:
                return ""
            text = made.text
        return self.plain(text, self.tag)

    def plain(self, text: str, tag: str) -> str:
        """Return a text in the language `tag` with its references written and its markup taken out."""
        if not _MARKED.search(text):
            return text
        return fragments.plain(markup.inline(self.inscriptions.in_markdown(text, tag, _ignore)))


def disclose(ledger: Ledger, asked: Wanted, speakers: Iterable[Speaker]) -> tuple[Told, ...]:
    """Return what is told of the records that `asked` shows on the web, and of those that they rest on."""
    return tuple(_Teller(ledger, asked, tuple(speakers)).told())


class _Teller:
    def __init__(self, ledger: Ledger, asked: Wanted, speakers: tuple[Speaker, ...]) -> None:
        self._ledger, self._asked, self._speakers = ledger, asked, speakers
        self._people = self._named()
        shown = {
            (type(item), item.id): item
            for item in published(ledger, asked)
            if not isinstance(item, Person) or item.id in self._people
        }
        self._records = with_what_they_rest_on(shown, ledger)
        self._ids = {(_FILES[type(item)], item.id) for item in self._records}

    def told(self) -> Iterator[Told]:
        for record in self._records:
            values = ((name, self._value(record, name)) for name in public_fields(type(record)))
            yield Told(_FILES[type(record)], record.id, {name: value for name, value in values if value not in _EMPTY})

    def _value(self, record: Record, name: str) -> Any:
        if isinstance(record, Person) and name != "note":
            return self._of_person(record, name)
        if isinstance(record, (Place, Term)) and name == "names":
            return self._names(record.names if isinstance(record, Place) else record.forms)
        if isinstance(record, Derived) and name == "value":
            return self._computed(record)
        if is_text(type(record), name):
            return self._in_languages(record, name)
        value = getattr(record, name)
        if name in _REFERENCES:
            kept = [item for item in ([value] if isinstance(value, str) else value) if self._is_told(name, item)]
            return (kept[0] if kept else "") if isinstance(value, str) else kept
        if name == "sources":
            return [_plain(item) for item in value if ("sources", item.source) in self._ids]
        return _plain(value)

    def _is_told(self, name: str, other: str) -> bool:
        return (_REFERENCES[name], other) in self._ids

    def _in_languages(self, record: Record, name: str) -> dict[str, str]:
        """Return a text by language, in the language in which it was written before all."""
        text = getattr(record, name)
        if not text or not self._speakers:
            return {}
        foreign, tag = foreign_text(record)
        if isinstance(record, Source) and name not in texts(record):
            foreign, tag = name, record.language  # the title of a work in a language of its own
        own = tag if name == foreign else ""
        said = {own: self._speakers[0].plain(text, own)} if own else {}
        for speaker in self._speakers if name in texts(record) else ():
            if speaker.tag not in said and self._may_hear(record, speaker.tag):
                said[speaker.tag] = speaker.say(text, foreign=bool(own))
        return {tag: words for tag, words in said.items() if words}

    def _may_hear(self, record: Record, tag: str) -> bool:
        """Say whether a language may tell of a record: of a person who is named in it."""
        return not isinstance(record, Person) or tag in self._people[record.id]

    def _names(self, forms: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """Return what a place is called by language: as each edition calls it, and as others do."""
        own = {speaker.tag: name_in(forms, speaker.tag) for speaker in self._speakers}
        return {tag: name for tag, name in (own | {tag: names[0] for tag, names in forms.items()}).items() if name}

    def _computed(self, record: Derived) -> int | None:
        values = (speaker.inscriptions.values.get(record.id) for speaker in self._speakers)
        return next((value.low for value in values if isinstance(value, Number)), None)

    def _named(self) -> dict[str, dict[str, Person]]:
        """Return everyone who is named on the web, by the id of the record and the language."""
        found: dict[str, dict[str, Person]] = {}
        rolls = [wish(call.argument) for call in self._asked.calls if call.name == "roll"]
        for speaker in self._speakers:
            readers = Readers(speaker.tag, speaker.voice.source.tag, "web", self._asked.year)
            for wished in rolls:
                for person in named(self._ledger.people.values(), wished, readers):
                    found.setdefault(person.id, {})[speaker.tag] = person
        return found

    def _of_person(self, record: Person, name: str) -> Any:
        by_tag = self._people[record.id]
        if name == "names":
            return {tag: _plain(_name(person, tag)) for tag, person in by_tag.items()}
        if name in ("born", "died"):
            return "/".join(_year(end) for end in getattr(record, name).split("/"))
        if name == "age" and record.born:
            return None
        if name == "sources":
            return [_plain(item) for item in record.sources if ("sources", item.source) in self._ids]
        return getattr(record, name)


_EMPTY: tuple[Any, ...] = ("", None, (), [], {})


def _name(person: Person, tag: str) -> PersonName:
    language = "" if person.language in ("", tag) else person.language
    return PersonName(family=person.family, given=person.given, patronymic=person.patronymic, language=language)


def _year(date: str) -> str:
    """Return of a date no more than a roll prints: the year, and what is doubtful about it."""
    mark = date[-1:] if date[-1:] in ("?", "~", "%") else ""
    return date if date in ("", "..") else date[:4] + mark


def _plain(value: Any) -> Any:
    """Return a value as JSON has it, without what is empty in its parts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(part) for name, part in asdict(value).items() if part not in _EMPTY}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value


def _ignore(code: str, message: str, hint: str) -> None:
    """Leave what is wrong with a reference of a record to the reader of the ledger."""
