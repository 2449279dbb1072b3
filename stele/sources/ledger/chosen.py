"""The ledger and a block of records in, the records that it prints out, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.sources.ledger.roll import enrolled, wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from stele.sources.ledger.records import Ledger, Recognition, Record
    from stele.sources.ledger.references import Call


def chosen(ledger: Ledger, call: Call) -> tuple[Record, ...]:
    """Return the records of the block: those that its argument names, all of its kind where it has none.

    A record that is withdrawn is in no block.
    """
    return tuple(item for item in _CHOICES[call.name](ledger, call.argument) if item.status != "withdrawn")


def _figures(ledger: Ledger, argument: str) -> Iterable[Record]:
    """Return the listed figures, of the measures in the argument."""
    measures = argument.replace(",", " ").split()
    listed = (item for item in ledger.figures.values() if item.listed)
    return (item for item in listed if not measures or item.id.partition(".")[0] in measures)


def _timeline(ledger: Ledger, argument: str) -> Iterable[Record]:
    events = (item for item in ledger.events.values() if item.timeline and argument in ("", item.timeline))
    return sorted(events, key=lambda item: item.date)


def _gazetteer(ledger: Ledger, argument: str) -> Iterable[Record]:
    return (item for item in ledger.places.values() if item.gazetteer and argument in ("", item.gazetteer))


def _register(ledger: Ledger, argument: str) -> Iterable[Record]:
    """Return the recognitions in the order of their dates, of the level in the argument."""
    items = (item for item in ledger.recognitions.values() if argument in ("", item.level))
    return sorted(items, key=_first_date)


def _first_date(item: Recognition) -> str:
    return next(filter(None, (*item.adopted, item.published, item.reported)), "~")  # behind every year


def _bibliography(ledger: Ledger, argument: str) -> Iterable[Record]:
    return (item for item in ledger.sources.values() if argument in ("", item.section))


def _roll(ledger: Ledger, argument: str) -> Iterable[Record]:
    """Return everyone of a roll in the order of the ledger; who of them is named, each language and medium decides."""
    return enrolled(ledger.people.values(), wish(argument))


def _quotation(ledger: Ledger, argument: str) -> Iterable[Record]:
    return [ledger.quotations[argument]] if argument in ledger.quotations else []


def _memorials(ledger: Ledger, _: str) -> Iterable[Record]:
    return ledger.memorials.values()


def _commemorations(ledger: Ledger, _: str) -> Iterable[Record]:
    return sorted(ledger.commemorations.values(), key=lambda item: item.date)


_CHOICES: Mapping[str, Callable[[Ledger, str], Iterable[Record]]] = {
    "figures": _figures,
    "timeline": _timeline,
    "gazetteer": _gazetteer,
    "register": _register,
    "bibliography": _bibliography,
    "roll": _roll,
    "quotation": _quotation,
    "memorials": _memorials,
    "commemorations": _commemorations,
}
