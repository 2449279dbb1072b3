"""Language tags in, `Language` values out: direction, endonym, script and folio numerals, from Babel's CLDR data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stele.language.casing import capitalize
from stele.language.cldr import language_name
from stele.language.locales import Locale, locale
from stele.language.pseudo import PSEUDO_TAGS, written

# RFC 5646, 2.1: language, script and region are all that an edition needs. The tag becomes a folder name and
# a key of Babel's data files, so nothing else may pass (CVE-2021-42771 was a locale name with a path in it).
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<region>[A-Z]{2}|\d{3}))?\Z")

# CSS Counter Styles 3 names of the digits in which a language sets its folios.
_COUNTER_STYLES = {"fa": "persian", "az-Arab": "persian", "ar": "arabic-indic"}

# CLDR writes these endonyms as they stand in running text; readers choose a language from a list by these.
_ENDONYMS = {
    "az": "Azərbaycanca",
    "az-Cyrl": "Азәрбајҹанҹа",
    "az-Arab": "آذربایجان تورکجه‌سی",
    **{tag: written("English", tag) for tag in PSEUDO_TAGS},
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of an edition, complete from birth.

    `tag` is BCP 47 (``az``, ``az-Cyrl``); `direction` is ``ltr`` or ``rtl``; `endonym` is the language's name
    for itself; `counter_style` names the CSS counter style of its folios.
    """

    tag: str
    direction: str
    endonym: str
    counter_style: str

    @property
    def right_to_left(self) -> bool:
        """Say whether lines run from right to left, and the spine lies at the right edge."""
        return self.direction == "rtl"

    @property
    def gettext_name(self) -> str:
        """Return the name by which gettext calls the language (``az_Cyrl``)."""
        return self.tag.replace("-", "_")


def is_well_formed(tag: str) -> bool:
    """Say whether `tag` is a language tag that Stele accepts: language, optional script, optional region."""
    return _TAG.match(tag) is not None


@cache
def language(tag: str) -> Language:
    """Return the language of `tag`; raise `ValueError` when it is malformed or unknown to CLDR."""
    if not is_well_formed(tag):
        raise ValueError(f"{tag!r} is not a language tag")
    try:
        found = _locale(tag)
    except ValueError as error:
        raise ValueError(f"CLDR knows no language {tag!r}") from error
    style = _COUNTER_STYLES.get(without_region(tag)) or _COUNTER_STYLES.get(found.language, "decimal")
    return Language(tag, direction(tag), _endonym(tag, found), style)


@cache
def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr`` for any well-formed tag, ``ltr`` where CLDR does not know it."""
    try:
        return _locale(tag).text_direction
    except ValueError:
        return "ltr"


def is_known(tag: str) -> bool:
    """Say whether `tag` is well formed and a language that CLDR knows."""
    try:
        return is_well_formed(tag) and _locale(tag) is not None
    except ValueError:
        return False


def without_region(tag: str) -> str:
    """Return the tag without its region: ``pt`` for ``pt-BR``; the script stays."""
    match = _TAG.match(tag)
    return tag if match is None else "-".join(filter(None, (match["language"], match["script"])))


def name_in(tag: str, reader_tag: str) -> str:
    """Return what the readers of `reader_tag` call the language `tag` in running text."""
    return language_name(tag, reader_tag)


def _locale(tag: str) -> Locale:
    # Babel leaves CLDR's two pseudo-locales out.
    return locale(tag.partition("-")[0] if tag in PSEUDO_TAGS else tag)


def _endonym(tag: str, found: Locale) -> str:
    name = _ENDONYMS.get(tag) or found.get_display_name(found) or tag
    return capitalize(name, tag)
