"""The catalogs of a language in, who translated and who reviewed it out: `Credits`, as their headers say.

Nobody is named who did not write their name into a header, or had it written there by the tool they translate with:
whoever wants to stay unnamed leaves ``Last-Translator`` empty. Addresses are never printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.language.casing import keyword

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.translation.po.catalog import Catalog

# GNU gettext manual, 6.2 Filling in the Header Entry: "# Name <address>, 2026." for each who has worked on it.
_WORKED_ON_IT = re.compile(r"\s*(?P<name>[^<>,]+?)\s*<[^<>]*>,\s*\d{4}\b")
_ADDRESS = re.compile(r"<[^<>]*>|\S+@\S+")
_NOBODY = frozenset({"full name", "first author", "automatically generated", "none", "unknown"})


@dataclass(frozen=True, slots=True)
class Credits:
    """The names of those who translated into a language, and of those who read it for them."""

    translators: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()


def credits_of(catalogs: Iterable[Catalog]) -> Credits:
    """Return the names in the headers of `catalogs`, each once, in the order of the catalogs.

    Translators stand in ``Last-Translator`` and in the comments of the header, reviewers in ``X-Reviewer``; several
    names in one field are parted by semicolons.
    """
    catalogs = tuple(catalogs)
    return Credits(
        _different(name for catalog in catalogs for name in _translators(catalog)),
        _different(name for catalog in catalogs for name in _names(catalog.fields.get("X-Reviewer", ""))),
    )


def _translators(catalog: Catalog) -> Iterator[str]:
    for comment in catalog.header.translator_comments if catalog.header else ():
        if found := _WORKED_ON_IT.match(comment):
            yield found["name"]
    yield from _names(catalog.fields.get("Last-Translator", ""))


def _names(field: str) -> Iterator[str]:
    for part in field.split(";"):
        yield " ".join(_ADDRESS.sub(" ", part).split()).strip(" ,")


def _different(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({keyword(name): name for name in names if name and keyword(name) not in _NOBODY}.values())
