"""Language tags in, Babel's CLDR data out, every locale with data of its own. The door to Babel's locale data.

Babel 2.18 resolves the aliases of CLDR within nested tables that locales share, so one locale's stand-alone month names
come out as those of whichever was asked first (python-babel 1234). A copy for each locale, made before anything is
asked of it, has nothing to share; the cached originals are never read by anyone else, so they stay as they were loaded.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

__all__ = ["Locale", "find", "home", "locale"]


@cache
def locale(tag: str) -> Locale:
    """Return the locale of a BCP 47 `tag`; raise `ValueError` when it is malformed or unknown to CLDR."""
    try:
        found = Locale.parse(tag, sep="-")
    except UnknownLocaleError as error:
        raise ValueError(str(error)) from error
    data: Any = localedata.load(str(found))
    own = localedata.LocaleDataDict(_copied(data))
    found._Locale__data = own  # type: ignore[attr-defined]  # noqa: SLF001 (nothing public gives a locale its data)
    return found


def _copied(data: Any) -> Any:
    """Return tables with tables of their own; the texts and aliases in them are nobody's to change."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return tuple(map(_copied, data)) if isinstance(data, tuple) else data


def find(tag: str) -> Locale | None:
    """Return the locale of `tag`, of its language alone where CLDR has no more, None where it has not even that."""
    for candidate in dict.fromkeys((tag, tag.partition("-")[0])):
        try:
            return locale(candidate)
        except ValueError:
            continue
    return None


def home(tag: str) -> str:
    """Return the territory that a language is thought of in where its tag names none (``AZ``), empty where unknown."""
    likely = get_global("likely_subtags")
    names = (likely.get(name, "") for name in (tag.replace("-", "_"), tag.partition("-")[0]))
    # CLDR, likely subtags: language, script and territory.
    return next((name.rpartition("_")[2] for name in names if name), "")
