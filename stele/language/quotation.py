"""A language tag in, the quotation marks that its printers use out, around a quotation and within one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """Pairs of quotation marks, each two characters: those of an outer quotation, the usual first, and of an inner one.

    An outer pair may also stand within another. `spaced` says that guillemets keep a space from the words within.
    """

    outer: tuple[str, ...]
    inner: tuple[str, ...]
    spaced: bool = False

    @property
    def usual(self) -> str:
        """Return the usual outer pair as it is set around words."""
        return self.around("…")

    def around(self, text: str) -> str:
        """Return `text` within the usual outer pair."""
        space = "\u00a0" if self.spaced and self.outer[0] == "«»" else ""
        return f"{self.outer[0][0]}{space}{text}{space}{self.outer[0][1]}"


# CLDR 46, delimiters; widened by what the style guides of a language allow beside it (Duden; Мильчин, Справочник
# издателя; Imprimerie nationale, Lexique; دستور خط فارسی). Outer pairs before the bar, inner ones behind it.
_MARKS = {
    "“” ‘’ | ": "en tr tk vi id ms ko th km lo my hi mr ta te bn ne",
    "“” «» ‘’ | ‹›": "az uz",
    "«» | „“ “” ‹›": "ru be os ab ce cv mn az-Cyrl",
    "«» „“ “” | ‘’ ‹›": "uk kk ky tt ba",
    "„“ »« ‚‘ | ›‹": "de",
    "«» „“ | ‹› ‚‘": "de-CH gsw rm",
    "«» | “” ‹› ‘’": "fr br oc hy fa az-Arab ps ckb",
    "«» “” | ‘’ ‹›": "es it pt ca gl ast eu el sq ti am kab",
    "“” ‘’ «» | ": "pt-BR",
    "«» “” ”“ ‘’ ’‘ | ‹›": "ar ur sd ug",
    "„“ «» | ‚‘ “”": "ka bg mk lt lv et is sl",
    "„“ »« | ‚‘ ›‹": "cs sk hr bs sr dsb hsb",
    "„” «» »« | ‚’ ‘’": "pl ro hu",
    "”” »» “” | ’’ ‘’": "sv fi",
    "»« «» “” „“ | ›‹ ’’ ‘’": "da",
    "«» “” | ‘’ ’’": "nb nn no",
    "“” ‘’ „” | ": "nl af",
    "”” “” „” ״״ | ’’ ‘’": "he yi",
    "“” 「」 『』 ‘’ | ": "zh yue",
    "「」 『』 “” 〝〟 ‘’ | ": "ja zh-Hant zh-TW zh-HK",
}
_SPACED = frozenset({"fr", "br"})
# CLDR 48, alternate quotation marks; for Polish, Azerbaijani and Ukrainian the marks that their orthographies name.
_NESTED = {
    "‘’": "en tr zh nl hi",
    "’’": "he sv fi",
    "‚‘": "de ka cs sk",
    "„“": "ru uk be bg az-Cyrl",
    "“”": "fr es it pt hy",
    "«»": "az pl ro hu",
    "‹›": "fa ar az-Arab",
    "『』": "ja zh-Hant",
}
_NESTED_BY_TAG = {tag: pair for pair, tags in _NESTED.items() for tag in tags.split()}


def _parsed(pairs: str, tag: str) -> Marks:
    outer, inner = (tuple(part.split()) for part in pairs.split("|"))
    return Marks(outer, inner, tag in _SPACED)


_BY_TAG = {tag: _parsed(pairs, tag) for pairs, tags in _MARKS.items() for tag in tags.split()}


def quotation_marks(tag: str) -> Marks | None:
    """Return the quotation marks of the language of `tag`, None where they are not known."""
    language, _, rest = tag.partition("-")
    if rest in ("CH", "LI") and language in ("fr", "it"):
        return _BY_TAG["de-CH"]
    return _BY_TAG.get(tag) or _BY_TAG.get(f"{language}-{rest[:4]}") or _BY_TAG.get(language)


def nested_marks(tag: str) -> str:
    """Return the usual pair of a quotation within another in the language, English ones where they are not known."""
    language, _, rest = tag.partition("-")
    return _NESTED_BY_TAG.get(f"{language}-{rest[:4]}") or _NESTED_BY_TAG.get(language, "‘’")


def quoted(text: str, tag: str) -> str:
    """Return `text` within the quotation marks of the language, English ones where they are not known."""
    return (quotation_marks(tag) or _BY_TAG["en"]).around(text)
