"""Plain data of one record in, the record out, or what is wrong with it in words of editors. The door to pydantic."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from stele.language.edtf import parse
from stele.language.tags import is_well_formed
from stele.sources.ledger import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from stele.sources.ledger.records import Record

    Path = tuple[str | int, ...]

Kind = TypeVar("Kind", bound="Record")

_DATES = frozenset(
    {"date", "published", "reported", "opened", "issued", "accessed", "born", "died", "identified", "as_of", "adopted"}
    | {"until", "since"}
)
_LANGUAGES = frozenset({"language", "term_language", "inscription_language", "languages"})
_BY_LANGUAGE = frozenset({"names", "forms", "narrator", "translations"})
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d\Z")
_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "sha256": (re.compile(r"[0-9a-f]{64}\Z"), "64 digits and letters a-f"),
    "time": (_CLOCK, "a time of day, like 13:00"),
    "bearing": (re.compile(r"[NS]?[NESW]?[EW]?\Z"), "a point of the compass, like NNE"),
}
_EDTF_HINT = "write dates as 1992-02-26, 1992-02, 1992, 1992-02-25/1992-02-26, 1992-02-26? or 1992~"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a path within a record; `unknown` says that the field itself is none."""

    path: Path
    message: str
    hint: str | None = None
    unknown: bool = False


def validated(kind: type[Kind], data: Mapping[str, Any]) -> tuple[Kind | None, list[Fault]]:
    """Return the record of a kind that the fields `data` make, None with what is wrong with them."""
    from pydantic import ValidationError

    try:
        record = _adapter(kind.__name__).validate_python(data)
    except ValidationError as error:
        return None, [_fault(kind, item) for item in error.errors(include_url=False, include_context=True)]
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
    name = str(path[-1]) if path else ""
    if item["type"] == "unexpected_keyword_argument":
        return _unknown(kind, path, name)
    say = _SENTENCES.get(item["type"])
    return Fault(path, say(name, item) if say else f"{name} cannot be used as it is written")


def _unknown(kind: type[Record], path: Path, name: str) -> Fault:
    known = [item.name for item in fields(kind)] if len(path) == 1 else _known_parts()
    near = get_close_matches(name, known, 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else (f"known here: {', '.join(known)}" if len(path) == 1 else None)
    return Fault(path, f"there is no field {name[:60]!r} here", hint, unknown=True)


def _known_parts() -> list[str]:
    parts = (records.OtherDate, records.OtherName, records.Way, records.Consent, records.QuotationTranslation)
    return [item.name for part in parts for item in fields(part)]


_SENTENCES: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "missing": lambda name, _: f"{name} is missing",
    "literal_error": lambda name, item: f"{name} is {item['input']!r:.60}, not one of {item['ctx']['expected']}",
    "int_parsing": lambda name, item: f"{name} must be a whole number, not {item['input']!r:.60}",
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
    for item in fields(value):
        inner = getattr(value, item.name)
        here = (*path, item.name)
        if item.name in _BY_LANGUAGE:
            yield from _odd_tags(inner, here)
        if isinstance(inner, str):
            yield from _odd_text(item.name, inner, here)
        elif isinstance(inner, tuple):
            yield from _odd_list(item.name, inner, here)
        elif is_dataclass(inner) and item.name != "at":
            yield from _odd(inner, here)
    yield from _odd_numbers(value, path)


def _odd_list(name: str, inner: tuple[Any, ...], here: Path) -> Iterator[Fault]:
    for index, part in enumerate(inner):
        if isinstance(part, str):
            yield from _odd_text(name, part, (*here, index))
        elif is_dataclass(part):
            yield from _odd(part, (*here, index))


def _odd_tags(forms: Mapping[str, Any], here: Path) -> Iterator[Fault]:
    for tag in forms:
        if not is_well_formed(tag):
            yield Fault((*here, tag), f"{tag[:60]!r} is no language tag", "use a tag like az, az-Cyrl or pt-BR")


def _odd_text(name: str, text: str, here: Path) -> Iterator[Fault]:
    if not text:
        return
    if name in _DATES:
        try:
            parse(text)
        except ValueError as error:
            yield Fault(here, f"{name}: {error}", _EDTF_HINT)
    elif name in _LANGUAGES and not is_well_formed(text):
        yield Fault(here, f"{text[:60]!r} is no language tag", "use a tag like az, az-Cyrl or pt-BR")
    elif name in _SHAPES and not _SHAPES[name][0].match(text):
        yield Fault(here, f"{name} must be {_SHAPES[name][1]}, not {text[:60]!r}")


def _odd_numbers(value: Any, path: Path) -> Iterator[Fault]:
    if isinstance(value, records.Figure) and not 0 <= value.low <= value.high:
        yield Fault((*path, "value"), "value must be a number from 0 on, or a range from the lower to the higher")
    if isinstance(value, records.Place) and value.coordinates is not None:
        latitude, longitude = value.coordinates
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            hint = "write degrees north, then degrees east: [39.91, 46.79]"
            yield Fault((*path, "coordinates"), "there is no such place on Earth", hint)
    if isinstance(value, records.Person) and value.age is not None and not 0 <= value.age <= 130:
        yield Fault((*path, "age"), f"{value.age} is no age")
