"""Plain data of one record in, the record out, or what is wrong with it in words of editors. The door to pydantic."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from stele.language.casing import keyword
from stele.language.edtf import parse
from stele.language.tags import is_known, is_well_formed
from stele.sources.ledger import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from stele.sources.ledger.records import Record
    from stele.sources.yaml_tree import Path

Kind = TypeVar("Kind", bound="Record")

_DATES = frozenset(
    {"date", "published", "reported", "opened", "issued", "accessed", "born", "died", "identified", "as_of", "adopted"}
    | {"until", "since"}
)
_LANGUAGES = frozenset({"language", "term_language", "inscription_language", "languages"})
_BY_LANGUAGE = frozenset({"names", "forms", "narrator", "translations"})
# The reader gives these: where a record stands says its id, and “value” of a figure its ends.
_GIVEN = frozenset({"id", "at", "low", "high"})
# Whether somebody has consented is a question of its own, with a finding of its own (``missing-consent``).
_MAY_BE_EMPTY = frozenset({"given_by"})
# As in the gazetteer: no name is longer, no honest record has more forms, and each is looked for in every text.
_MAX_CHARACTERS = 200
_MAX_FORMS = 30
_TOO_MANY = 10**12  # of anything that a text could count
# Controls, surrogates and non-characters: neither HTML nor PDF can hold them (XML 1.0, 2.2 Characters).
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_POINTS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW"
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d\Z")
_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "sha256": (re.compile(r"[0-9a-f]{64}\Z"), "64 digits and letters a-f"),
    "time": (_CLOCK, "a time of day, like 13:00"),
    "bearing": (re.compile(rf"(?:{_POINTS.replace(' ', '|')})\Z"), "a point of the compass, like NNE"),
}
_ADDRESSES = frozenset({"url", "archived"})
_EDTF_HINT = "write dates as 1992-02-26, 1992-02, 1992, 1992-02-25/1992-02-26, 1992-02-26? or 1992~"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a path within a record; `unknown` says that the field itself is none."""

    path: Path
    message: str
    hint: str | None = None
    unknown: bool = False


def misplaced(kind: type[Record], data: Mapping[str, Any]) -> list[Fault]:
    """Return the fields as written that no editor can give."""
    return [_unknown(kind, (name,), name) for name in data if name in _GIVEN]


def validated(kind: type[Kind], data: Mapping[str, Any]) -> tuple[Kind | None, list[Fault]]:
    """Return the record of a kind that the fields `data` make, None with what is wrong with them."""
    from pydantic import ValidationError

    try:
        record = _adapter(kind.__name__).validate_python(data)
    except ValidationError as error:
        found = [_fault(kind, item) for item in error.errors(include_url=False, include_context=True)]
        return None, list(dict.fromkeys(found))
    faults = list(_odd(record, ()))
    return (None if faults else record), faults


@cache
def _adapter(kind: str) -> Any:
    """Return what validates a kind; a field that it does not have is an error, in the parts of a record too."""
    from pydantic import ConfigDict, TypeAdapter

    for part in vars(records).values():
        if is_dataclass(part):
            setattr(part, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 (only pydantic knows it)
    return TypeAdapter(getattr(records, kind))


def _fault(kind: type[Record], item: Mapping[str, Any]) -> Fault:
    path = tuple(part for part in item["loc"] if not (isinstance(part, str) and part.startswith("function-")))
    if path[:1] in (("low",), ("high",)):
        path, hint = ("value",), "like 613, or a range: [500, 1000]"
    else:
        hint = None
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if item["type"] == "unexpected_keyword_argument":
        return _unknown(kind, path, name)
    say = _SENTENCES.get(item["type"])
    return Fault(path, say(name, item) if say else f"{name} cannot be used as it is written", hint)


def _unknown(kind: type[Record], path: Path, name: str) -> Fault:
    known = written_fields(kind) if len(path) == 1 else _known_parts()
    near = get_close_matches(name[:60], [item for item in known if item != name], 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else (f"known here: {', '.join(known)}" if len(path) == 1 else None)
    return Fault(path, f"there is no field {name[:60]!r} here", hint, unknown=True)


def written_fields(kind: type[Record]) -> list[str]:
    """Return the fields that editors write in a record, those of a figure as its file has them."""
    value = ["value"] if kind is records.Figure else []
    return value + [item.name for item in fields(kind) if item.name not in _GIVEN]


def _known_parts() -> list[str]:
    parts = (records.OtherDate, records.OtherName, records.Way, records.Consent, records.QuotationTranslation)
    return [item.name for part in parts for item in fields(part)]


_SENTENCES: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "missing": lambda name, _: f"{name} is missing",
    "literal_error": lambda name, item: f"{name} is {item['input']!r:.60}, not one of {item['ctx']['expected']}",
    "int_parsing": lambda name, item: f"{name} must be a whole number, not {item['input']!r:.60}",
    "int_parsing_size": lambda name, _: f"{name} is too large a number",
    "int_type": lambda name, _: f"{name} must be a whole number",
    "int_from_float": lambda name, _: f"{name} must be a whole number",
    "float_parsing": lambda name, item: f"{name} must be a number, not {item['input']!r:.60}",
    "float_type": lambda name, _: f"{name} must be a number",
    "bool_parsing": lambda name, item: f"{name} must be true or false, not {item['input']!r:.60}",
    "bool_type": lambda name, _: f"{name} must be true or false",
    "string_type": lambda name, _: f"{name} must be one text",
    "tuple_type": lambda name, _: f"{name} must be a list",
    "dict_type": lambda name, _: f"{name} must hold fields",
    "mapping_type": lambda name, _: f"{name} must hold fields",
    "dataclass_type": lambda name, _: f"{name} must hold fields",
    "too_long": lambda name, _: f"{name} has too many parts",
}


def _odd(value: Any, path: Path) -> Iterator[Fault]:
    """Yield what the types of a record let pass and nobody could mean."""
    for name, required in _parts(type(value).__name__):
        inner = getattr(value, name)
        if not inner:
            if required and inner in ("", {}):
                yield Fault((*path, name), f"{name} is missing")
        elif name in _BY_LANGUAGE:
            yield from _odd_forms(inner, (*path, name))
        else:
            yield from _odd_value(name, inner, (*path, name))
    yield from _odd_numbers(value, path)


@cache
def _parts(kind: str) -> tuple[tuple[str, bool], ...]:
    """Return the fields that editors write, and whether each must hold something."""
    return tuple(
        (item.name, item.name not in _MAY_BE_EMPTY and item.default is MISSING and item.default_factory is MISSING)
        for item in fields(getattr(records, kind))
        if item.name not in ("id", "at")
    )


def _odd_value(name: str, value: Any, here: Path) -> Iterator[Fault]:
    """Yield what is odd in a field of any type, in its items too."""
    if isinstance(value, str):
        yield from _odd_text(name, value, here)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            if part == "":
                yield Fault((*here, index), f"an item of {name} is empty")
            else:
                yield from _odd_value(name, part, (*here, index))
    elif is_dataclass(value):
        yield from _odd(value, here)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _odd_value("", part, (*here, key))


def _odd_forms(forms: Mapping[str, Any], here: Path) -> Iterator[Fault]:
    for tag, inner in forms.items():
        if not is_known(tag):
            yield Fault((*here, tag), f"{tag[:60]!r} is no language", "use a tag like az, az-Cyrl or pt-BR")
        elif not isinstance(inner, tuple):
            yield from _odd(inner, (*here, tag))
        elif not inner or len(inner) > _MAX_FORMS or not all(map(_is_form, inner)):
            hint = f"write one text, or a list: {tag}: [the form to use, another that is accepted]"
            yield Fault((*here, tag), f"there is no usable form for {tag}", hint)


def _is_form(text: str) -> bool:
    return len(text) <= _MAX_CHARACTERS and any(map(str.isalpha, text)) and not _UNPRINTABLE.search(text)


def _odd_text(name: str, text: str, here: Path) -> Iterator[Fault]:
    if _UNPRINTABLE.search(text):
        yield Fault(here, "there is a character here that cannot be printed", "take it out: it cannot be seen")
    elif name in _DATES:
        if problem := _odd_date(text):
            yield Fault(here, f"{name}: {problem}", _EDTF_HINT)
    elif name in _LANGUAGES and not is_well_formed(text):
        yield Fault(here, f"{text[:60]!r} is no language tag", "use a tag like az, az-Cyrl or pt-BR")
    elif name in _ADDRESSES and not all(map(_is_address, text.replace(",", " ").split())):
        yield Fault(here, f"{name} is no address of the web", "like https://example.org/page; https:// may be left out")
    elif name in _SHAPES and not _SHAPES[name][0].match(text):
        yield Fault(here, f"{name} must be {_SHAPES[name][1]}, not {text[:60]!r}")


def _is_address(text: str) -> bool:
    """Say whether a link may lead there: no other scheme, nor one further on where the first is left out."""
    return "://" not in text or keyword(text).startswith(("https://", "http://"))


@lru_cache(4_000)
def _odd_date(text: str) -> str:
    """Return what is wrong with a date; in a roll the same are given again and again."""
    try:
        parse(text)
    except ValueError as error:
        return str(error)
    return ""


def _odd_numbers(value: Any, path: Path) -> Iterator[Fault]:
    if isinstance(value, records.Figure) and not 0 <= value.low <= value.high < _TOO_MANY:
        yield Fault((*path, "value"), "value must be a number from 0 on, or a range from the lower to the higher")
    if isinstance(value, records.Way) and value.km is not None and not 0 <= value.km < inf:
        yield Fault((*path, "km"), f"{value.km} is no distance")
    if isinstance(value, records.Place) and value.coordinates is not None:
        latitude, longitude = value.coordinates
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            hint = "write degrees north, then degrees east: [39.91, 46.79]"
            yield Fault((*path, "coordinates"), "there is no such place on Earth", hint)
    if isinstance(value, records.Person) and value.age is not None and not 0 <= value.age <= 130:
        yield Fault((*path, "age"), f"{value.age} is no age")


def schema(shapes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the JSON Schemas (draft 2020-12) of objects, by name; `shapes` are the types of their fields.

    Every object has an ``id``; other fields may be absent where they hold nothing, and none is unknown.
    """
    from pydantic import ConfigDict, TypeAdapter, create_model
    from pydantic.json_schema import GenerateJsonSchema

    class Plain(GenerateJsonSchema):
        """Leaves out what says nothing: names of fields once more, and defaults, which are for who reads content/."""

        def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
            return False

        def default_schema(self, schema: Any) -> Any:
            return self.generate_inner(schema["schema"])

    made: dict[str, Any] = {}
    for name, hints in shapes.items():
        typed: dict[str, Any] = {field: (hint, ... if field == "id" else None) for field, hint in hints.items()}
        model = create_model(name, __config__=ConfigDict(extra="forbid"), **typed)
        whole = TypeAdapter(model).json_schema(schema_generator=Plain, ref_template="#/$defs/{model}")
        made |= whole.pop("$defs", {})
        made[name] = whole
    return made
