"""The ledger and what a language is printed from in, what is printed for its references out: `Inscriptions`."""

from __future__ import annotations

from dataclasses import fields, replace
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar, cast

from stele.language.casing import keyword
from stele.language.numbers import native_digits
from stele.sources import fragments, marks, markup, media
from stele.sources.inscription import Inscriptions
from stele.sources.ledger.chosen import chosen
from stele.sources.ledger.records import (
    Commemoration,
    Event,
    Figure,
    Memorial,
    Place,
    Quotation,
    Recognition,
    Record,
    Source,
    foreign_text,
    texts,
)
from stele.sources.ledger.roll import MEDIA, Readers, is_parted, named, roll, wish
from stele.sources.ledger.wanted import printed
from stele.sources.ledger.writing import name_in
from stele.sources.project import SOURCE
from stele.sources.templating import safe
from stele.sources.units import Rendition
from stele.translation.policy import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from stele.diagnostics import Diagnostic, Stage
    from stele.sources.ledger.records import Citation, Ledger, Person
    from stele.sources.ledger.references import Call
    from stele.sources.ledger.roll import Medium
    from stele.sources.ledger.wanted import Wanted
    from stele.sources.ledger.writing import Value
    from stele.sources.templating import Templates
    from stele.translation.policy import Voice

LEDGER_PATH = "content/ledger"
# The form in which each kind of records is printed, record by record; people have their roll.
_FORMS: Mapping[type[Record], str] = {
    Figure: "figures",
    Quotation: "quotation",
    Recognition: "register",
    Event: "timeline",
    Commemoration: "commemorations",
    Place: "gazetteer",
    Memorial: "memorials",
    Source: "bibliography",
}
_PARTS = "self::li | .//th | .//td | .//dt | .//dd | .//p"
_NUMBERS_OF_SOURCES = ".//*[@class='cited' or @class='number']"  # others as soon as a source is added
Kind = TypeVar("Kind", bound="Record")


def inscribe(
    ledger: Ledger,
    values: Mapping[str, Value],
    asked: Wanted,
    voice: Voice,
    templates: Templates,
    patterns: Mapping[str, Mapping[str, str]],
    stage: Stage,
) -> tuple[Inscriptions, tuple[Diagnostic, ...]]:
    """Return what the language of `voice` prints for the references of its documents.

    `patterns` are how dates are written, by tag. Raises `templating.TemplateFailure`.
    """
    bare = Inscriptions(values, patterns, bibliography=asked.bibliography)
    speaker = _Speaker(ledger, bare, voice, asked.year)
    notes = {note: speaker.note(note, templates) for note in asked.notes}
    blocks = {call: speaker.block(call, templates) for call in asked.calls}
    statements = speaker.statements(asked, templates)
    return replace(bare, notes=notes, blocks=blocks, statements=statements), speaker.report(stage)


class _Speaker:
    """Speaks the records of the ledger in one language."""

    def __init__(self, ledger: Ledger, inscriptions: Inscriptions, voice: Voice, year: int | None) -> None:
        self._ledger, self._inscriptions, self._voice, self._year = ledger, inscriptions, voice, year
        self._lookup = Lookup(voice)
        self._numbers = {name: number for number, name in enumerate(ledger.sources, 1)}
        self._spoken: dict[tuple[type, str], Record] = {}
        self._found: list[Diagnostic] = []

    def report(self, stage: Stage) -> tuple[Diagnostic, ...]:
        """Return what is not translated."""
        return () if self._voice.at_home else self._lookup.report(LEDGER_PATH, stage)

    def note(self, note: tuple[Citation, ...], templates: Templates) -> str:
        """Return a citation as the text of a note; nothing where one of its sources does not exist."""
        if any(item.source not in self._ledger.sources for item in note):
            return ""
        values = {"citations": [(self._record(self._ledger.sources[item.source]), item.locator) for item in note]}
        return templates.render("ledger/note.html", self._values(values)).strip()

    def block(self, call: Call, templates: Templates) -> str:
        """Return a block of records."""
        records = [self._record(item) for item in chosen(self._ledger, call)]
        values = {"records": records, "argument": call.argument, "options": dict(call.options)}
        if call.name == "roll":
            return self._roll(values, templates)
        return templates.render(f"ledger/{call.name}.html", self._values(values))

    def statements(self, asked: Wanted, templates: Templates) -> dict[str, tuple[str, ...]]:
        """Return what is printed of each record, in parts, by its kind and id.

        A record that no block and no note prints is told by its value alone, under the id by which texts refer to it.
        """
        shown = printed(self._ledger, asked)
        made: dict[str, tuple[str, ...]] = {}
        for kind, form in _FORMS.items():
            records = [item for item in shown if isinstance(item, kind)]
            made |= self._stated(keyword(kind.__name__), form, records, templates) if records else {}
        ids = {item.id for item in shown}
        bare = (name for name in asked.referred if ids.isdisjoint(name.rsplit(".", dots)[0] for dots in range(3)))
        made |= {f"value {name}": (self._value(name),) for name in bare if name in self._inscriptions.values}
        return made | self._people(asked)

    def _value(self, name: str) -> str:
        return _written(self._inscriptions.plain(f"{{{name}}}", self._tag, self._ignore))

    def _stated(
        self, kind: str, form: str, records: Sequence[Record], templates: Templates
    ) -> dict[str, tuple[str, ...]]:
        """Return the parts of records of one kind, as their form prints them."""
        values = {"records": [self._record(item) for item in records], "argument": "", "options": {}}
        root = fragments.parse(templates.render(f"ledger/{form}.html", self._values(values)))
        for number in root.xpath(_NUMBERS_OF_SOURCES):
            number.drop_tree()
        elements: dict[str, Any] = {}
        for element in root.iter():  # the outermost first: within a row the number of a figure has its id too
            elements.setdefault(element.get(fragments.RECORD) or "", element)
        return {f"{kind} {item.id}": tuple(_parts(elements[item.id])) for item in records}

    def _people(self, asked: Wanted) -> dict[str, tuple[str, ...]]:
        """Return the names of those who may be named in print, as they stand in a roll."""
        readers = Readers(self._tag, self._voice.source.tag, "print", asked.year)
        rolls = (wish(call.argument) for call in asked.calls if call.name == "roll")
        people = (person for wished in rolls for person in named(self._ledger.people.values(), wished, readers))
        return {f"person {item.id}": tuple(map(_written, filter(None, _told_of(item)))) for item in people}

    @property
    def _tag(self) -> str:
        return self._voice.language.tag

    def _roll(self, values: dict[str, Any], templates: Templates) -> str:
        """Return a roll of names: one for books and one for pages where somebody has agreed to one of them alone."""
        wished, people = wish(values["argument"]), values["records"]
        figure = self._ledger.figures.get(wished.figure)
        stated = self._record(figure) if figure else None

        def render(medium: Medium) -> str:
            readers = Readers(self._voice.language.tag, self._voice.source.tag, medium, self._year)
            made = roll(people, wished, readers, stated)
            return templates.render("ledger/roll.html", self._values({**values, "records": made.people, "roll": made}))

        if not is_parted(people):
            return render(MEDIA[0])
        return "".join(media.only(medium, render(medium)) for medium in MEDIA)

    def _values(self, more: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "language": self._voice.language,
            "cited": self._cited,
            "number_of": self._number_of,
            "term": self._term,
            "place": self._place,
            "as_written": self._as_written,
            **more,
        }

    def _record(self, record: Kind) -> Kind:
        """Return a record whose texts for readers are safe HTML in the language."""
        key = (type(record), record.id)
        if key not in self._spoken:
            foreign = foreign_text(record)
            spoken: dict[str, Any] = {
                name: self._text(text, foreign[1] if name == foreign[0] else "") for name, text in texts(record).items()
            }
            self._spoken[key] = replace(record, **spoken) if spoken else record
        return cast("Kind", self._spoken[key])

    def _as_written(self, record: Record) -> Record:
        """Return a spoken record as the ledger has it."""
        kinds: list[Mapping[str, Record]] = [getattr(self._ledger, item.name) for item in fields(self._ledger)]
        return next(kind[record.id] for kind in kinds if isinstance(kind.get(record.id), type(record)))

    def _text(self, text: str, foreign: str) -> Markup:
        """Return a text in the language; one that was written in a `foreign` language is at home there alone."""
        tag, source = self._voice.language.tag, foreign or self._voice.source.tag
        made = Rendition(text, tag) if tag == source else self._lookup.find(text)
        if made.fallback == SOURCE:
            made = replace(made, tag=source)
        html = markup.inline(self._inscriptions.in_markdown(made.text, made.tag, self._ignore))
        return safe(marks.run(html, made.tag, made.fallback) if made.fallback else html)

    def _ignore(self, code: str, message: str, hint: str) -> None:
        """Leave what is wrong with a reference of a record to the reader of the ledger, and the review."""

    def _cited(self, citations: Sequence[Citation]) -> list[Markup]:
        """Return the numbers of sources, each of which leads to the bibliography."""
        known = dict.fromkeys(item.source for item in citations if item.source in self._numbers)
        return [safe(f'<a class="source-ref" href="#source-{name}">{self._number_of(name)}</a>') for name in known]

    def _number_of(self, source: str) -> str:
        return native_digits(str(self._numbers[source]), self._voice.language.tag)

    def _term(self, name: str) -> str:
        term = self._ledger.terms.get(name)
        return (term and name_in(term.forms, self._voice.language.tag)) or name

    def _place(self, name: str) -> str:
        place = self._ledger.places.get(name)
        return (place and name_in(place.names, self._voice.language.tag)) or name


def _parts(element: Any) -> Iterator[str]:
    """Yield the texts of a record's cells, terms or paragraphs, without the marks by which the audit finds them."""
    for part in element.xpath(_PARTS):
        for marked in part.iter():
            marked.attrib.pop(fragments.RECORD, None)
        text = fragments.serialize(part).strip()
        if text not in ("", "–"):
            yield fragments.sanitize(text, marked=True)  # as a release is read again


def _written(text: str) -> str:
    return fragments.sanitize(escape(text, quote=False))


def _told_of(person: Person) -> tuple[str, ...]:
    name = " ".join(filter(None, (person.family, person.given, person.patronymic)))
    return name, person.born, person.died, person.place
