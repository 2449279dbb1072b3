"""The records of the ledger: what the texts state, who states it, as of when, and where it is written.

Each class below `Record` is one kind, each field one that editors write in content/ledger. The fields named in
`TRANSLATED` are texts that readers see: they go through the catalog ``ledger``, and may hold references to other
records (``{killed.government}``) as prose does. Dates are EDTF (`language.edtf`), languages are tags, ids are a-z, 0-9
and hyphens. The types are read when records are validated, so they are imported for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping  # noqa: TC003 (read by the validator)
from dataclasses import dataclass, field, fields
from typing import Literal

from stele.diagnostics import Location  # noqa: TC001 (read by the validator)

Status = Literal["draft", "verified", "contested", "withdrawn"]
Sensitivity = Literal["none", "distressing", "graphic"]
Bound = Literal["exactly", "at-least", "more-than", "about", "up-to"]
Level = Literal[
    "plenary", "chamber", "committee", "group", "motion", "proclamation", "statement", "organisation", "unknown"
]
Seen = Literal["text", "copy", "extract", "cited", "reported", "not-seen"]
Tier = Literal["primary", "secondary", "advocacy"]
Voice = Literal["narrator", "quotation", "title"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A source by its id, and the place in it as CSL has it: ``p. 12``, ``para. 76``, ``note 25``."""

    source: str
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. `at` is where it is written; `note` is printed with it, `comment` is for editors.

    `allow` has the written reasons that waive findings of rules, by code.
    """

    id: str
    at: Location
    sources: tuple[Citation, ...] = ()
    status: Status = "verified"
    sensitivity: Sensitivity = "none"
    note: str = ""
    comment: str = ""
    allow: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number that somebody states: its id is that of its measure, a dot, and its own (``killed.government``).

    `low` and `high` are the same but for a range; both are 0 or more. `measure` says in words what was counted,
    `wording` how the number is printed in a table where `bound` does not say enough (``{killed.memorial} in four
    days``). `as_of` are the dates at which it was stated. `parts` are figures that are declared to add up to this one.
    A figure that is not `listed` is in no table of its own: the wording of another one has it.
    """

    measure: str
    low: int
    high: int
    stated_by: str = ""
    as_of: tuple[str, ...] = ()
    bound: Bound = "exactly"
    definition: str = ""
    wording: str = ""
    listed: bool = True
    subset_of: str = ""
    parts: tuple[str, ...] = ()
    supersedes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationTranslation:
    """A quotation in another language as somebody translated it; where it is nobody's own, the catalogs translate."""

    text: str
    translator: str = ""
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Record):
    """Words as they were said or written in `language`; `office` is what the speaker was then.

    `translations` are by tag. `context` is what a reader must know beside it, `before` and `after` the words around it.
    """

    text: str
    language: str
    speaker: str
    office: str = ""
    occasion: str = ""
    date: str = ""
    locator: str = ""
    translations: Mapping[str, QuotationTranslation] = field(default_factory=dict)
    context: str = ""
    before: str = ""
    after: str = ""
    kind: Literal["statement", "holding", "obiter", "party-claim", "testimony", "slogan", "inscription"] = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Record):
    """A text that a body adopted: at which level, when, in which terms.

    `adopted`, `published` and `reported` are EDTF; several of `adopted` are what different reports say. `terms` are ids
    of terms, as adopted; `term_original` are the words in `term_language`; `term_wording` says in words what a list of
    terms cannot. `term_seen` is how the terms are known. `subnational` is said of the body of a part of a state.
    """

    country: str
    body: str
    level: Level
    subnational: bool = False
    instrument: str = ""
    adopted: tuple[str, ...] = ()
    published: str = ""
    reported: str = ""
    terms: tuple[str, ...] = ()
    term_original: str = ""
    term_language: str = ""
    term_wording: str = ""
    term_seen: Seen = "reported"
    vote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDate:
    """Another date for the same, and who gives it."""

    date: str
    stated_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """What happened on a date (EDTF); `night` is the night between its two days. `place` is the id of a place.

    `timeline` is the name of the timeline that prints it, empty for none.
    """

    date: str
    text: str = ""
    place: str = ""
    night: bool = False
    also_dated: tuple[OtherDate, ...] = ()
    timeline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commemoration(Record):
    """A gathering on a `date`, at a `time` (``13:00``) of a `zone` (``Europe/Berlin``), where `town` and `site` say.

    `of` is the id of the event that is remembered; `anniversary` is the number that its announcement gives.
    """

    date: str
    town: str = ""
    site: str = ""
    time: str = ""
    zone: str = ""
    organiser: str = ""
    of: str = ""
    anniversary: int | None = None
    languages: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """A name of a place beside those that editions use: its language, its kind, who uses it, from and to which year."""

    name: str
    language: str
    kind: Literal["endonym", "exonym", "former", "variant"] = "variant"
    used_by: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What somebody states of the way from a place (id) to this one: kilometres, a point of the compass (``NNE``)."""

    origin: str
    km: float | None = None
    bearing: str = ""
    stated_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place. `names` has what editions call it, by tag: the first form is to be used, the others are accepted.

    `coordinates` are degrees of latitude and longitude (WGS 84). `gazetteer` is the name of the table that lists it,
    empty for none.
    """

    names: Mapping[str, tuple[str, ...]]
    other_names: tuple[OtherName, ...] = ()
    coordinates: tuple[float, float] | None = None
    feature: str = ""
    ways: tuple[Way, ...] = ()
    gazetteer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a family or a person has agreed to, until when (EDTF); no `languages` are all."""

    given_by: str
    scope: tuple[Literal["print", "web"], ...] = ("print", "web")
    languages: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """One name of a roll, its parts in the script of `language`; dates are EDTF, `place` is as it is printed.

    `minor` is whether the person was a child at the time, `household` joins those who are kept together.
    """

    family: str
    given: str = ""
    patronymic: str = ""
    language: str = ""
    variants: tuple[str, ...] = ()
    born: str = ""
    died: str = ""
    age: int | None = None
    place: str = ""
    fate: Literal["killed", "missing", "identified", "found-alive", "survived"] = "killed"
    identified: str = ""
    household: str = ""
    living: bool = False
    minor: bool = False
    consent: Consent | None = None
    roll: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorial(Record):
    """A monument: where it stands, when it was opened, what is written on it in `inscription_language`."""

    town: str
    site: str = ""
    opened: str = ""
    author: str = ""
    inscription: str = ""
    inscription_language: str = ""
    text: str = ""
    photo_rights: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """What a statement rests on, in the terms of CSL-JSON 1.0; `issued` and `accessed` are EDTF.

    `seen` is how it was read, `read_in` where, in words; `archived` is the address of a copy and `sha256` its hash.
    `section` is the heading in the bibliography.
    """

    type: str = "document"
    title: str = ""
    author: str = ""
    container: str = ""
    publisher: str = ""
    number: str = ""
    isbn: str = ""
    language: str = ""
    title_translated: str = ""
    title_transliterated: str = ""
    issued: str = ""
    accessed: str = ""
    url: str = ""
    archived: str = ""
    sha256: str = ""
    tier: Tier = "secondary"
    seen: Seen = "text"
    read_in: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """A word whose weight matters. `forms` are by tag, the first to be used, the others accepted.

    `voices` are those that may use it; the narrator only where it is among them. `narrator` has forms of its own.
    """

    forms: Mapping[str, tuple[str, ...]]
    voices: tuple[Voice, ...] = ("narrator", "quotation", "title")
    narrator: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Record):
    """A number that is computed, never typed; exactly one of the first five fields says how.

    `count` is a kind of records (``recognitions``), of which `where` chooses by fields; `total` adds figures and
    `difference` takes the others from the first; `years_since` is an event, of which `year` is counted from;
    `distance` are two places, in whole kilometres along a great circle.
    """

    count: str = ""
    total: tuple[str, ...] = ()
    difference: tuple[str, ...] = ()
    years_since: str = ""
    distance: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None


# The texts that readers see, by kind, in the order in which a catalog has them.
TRANSLATED: Mapping[type[Record], tuple[str, ...]] = {
    Figure: ("measure", "wording", "definition", "stated_by", "note"),
    Quotation: ("text", "speaker", "office", "occasion", "context", "note"),
    Recognition: ("country", "body", "instrument", "term_wording", "note"),
    Event: ("text", "note"),
    Commemoration: ("town", "site", "organiser", "text", "note"),
    Place: ("feature", "note"),
    Person: ("note",),
    Memorial: ("town", "site", "author", "inscription", "text", "note"),
    Source: ("author", "title", "title_translated", "container", "publisher", "read_in", "section", "note"),
    Term: ("note",),
    Derived: (),
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every record, by id and in the order of the files; sources, people and terms have ids of their own."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    quotations: Mapping[str, Quotation] = field(default_factory=dict)
    recognitions: Mapping[str, Recognition] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    commemorations: Mapping[str, Commemoration] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    memorials: Mapping[str, Memorial] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    derived: Mapping[str, Derived] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, kind after kind."""
        kinds = (getattr(self, item.name) for item in fields(self))
        return (record for records in kinds for record in records.values())


def texts(record: Record) -> dict[str, str]:
    """Return the texts of a record that are translated, by field: of a source in another language not its title."""
    kept = ("title", "container") if isinstance(record, Source) and record.language else ()
    named = ((name, getattr(record, name)) for name in TRANSLATED[type(record)] if name not in kept)
    return {name: text for name, text in named if text}


def foreign_text(record: Record) -> tuple[str, str]:
    """Return which text of a record is in a language of its own, and in which; nothing where there is none."""
    if isinstance(record, Quotation):
        return "text", record.language
    if isinstance(record, Memorial) and record.inscription:
        return "inscription", record.inscription_language
    return "", ""
