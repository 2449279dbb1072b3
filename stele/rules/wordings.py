"""What a narrator says in, words that judge, accuse a people or deny the dead of another, each with its reason, out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.inflection import related
from stele.rules.phrases import PLACE, alternatives, may_stand, sequence
from stele.rules.profile import patterns_of
from stele.sources.vocabulary import in_language
from stele.translation.review.occurrences import comparable
from stele.translation.review.reading import OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.rules.hearing import Hearing
    from stele.rules.phrases import Slots
    from stele.rules.profile import Profile, Wording
    from stele.sources.ledger.records import Ledger, Term

_OPEN, _CLOSE = '[“”„‟«»‹›"‘’‚״]', '[“”‟«»‹›"‘’״]'
_SPACE = "[ \u00a0\u202f\u2009]?"
# A place before quotation marks, and behind them.
_BEFORE = rf"{PLACE}{{1,80}}(?:[’'][^\W\d_]{{1,4}})?[ \u00a0]"
_BEHIND = rf"[ \u00a0](?:[^\W\d_]{{1,4}}[ \u00a0]){{0,1}}{PLACE}{{1,80}}"
_QUOTED_BESIDE = re.compile(rf"{_BEFORE}{_OPEN}|{_CLOSE}{_BEHIND}")
_SCARE = "quotation marks round a word for what happened make it a lie of others"
_SCARE_WAY = "write the word that you stand by, or say who uses it"


def slots(profile: Profile, ledger: Ledger, tag: str) -> Slots:
    """Return the lists that patterns name in language `tag`: peoples, persons, words for what was done to people."""
    forms = (comparable(form) for term in ledger.terms.values() for form in in_language(term.forms, tag))
    deeds = (*profile.words("deeds", tag), *(f"{form}*" for form in forms))
    return ("people", profile.words("peoples", tag)), ("person", profile.words("persons", tag)), ("deed", deeds)


def disallowed(hearing: Hearing) -> Iterator[Diagnostic]:
    """TRM-1. Yield a term that the narrator may not use without saying whose it is, and what the profile disallows."""
    if not hearing.passage.is_in_a_table:
        for place in hearing.said.sentences():
            if not hearing.holds(place, "attribution", "adopting", "negation"):
                yield from _terms(hearing, place)
    yield from _worded(hearing, "disallowed-term", hearing.bench.profile.disallowed)


def accusations(hearing: Hearing) -> Iterator[Diagnostic]:
    """TRM-3. Yield what blames a people as a whole, or speaks of people as of beasts; a denial of that is none."""
    yield from _worded(hearing, "collective-accusation", hearing.bench.profile.accusation)


def denials(hearing: Hearing) -> Iterator[Diagnostic]:
    """TRM-4. Yield what makes the dead of anybody doubtful: “so-called”, and quotation marks beside the place."""
    found = [*_worded(hearing, "denial", hearing.bench.profile.denial, quoted=True)]
    yield from found
    deeds = dict(hearing.bench.slots)["deed"]
    if found or not deeds or OBJECT not in hearing.said.own:
        return
    text = hearing.said.with_places(hearing.bench.vocabulary.names)
    if not _QUOTED_BESIDE.search(text):  # to compile what follows takes as long as all the rest
        return
    for pattern in _scare_quotes(alternatives(deeds, hearing.said.tag)):
        if (scare := pattern.search(text)) and not _is_attributed(hearing, scare.start()):
            words = _shown(hearing, scare.span())
            yield hearing.finding("denial", f"“{words}” sets the word in doubt", f"{_SCARE}; {_SCARE_WAY}")
            return


def _terms(hearing: Hearing, place: slice) -> Iterator[Diagnostic]:
    tag = hearing.said.tag
    text = hearing.said.lowered[place]
    for term in hearing.bench.ledger.terms.values():
        if "narrator" in term.voices:
            continue
        own = in_language(term.narrator, tag)
        kept = {found.span() for form in own for found in related(comparable(form), tag).finditer(text)}
        for form in in_language(term.forms, tag):
            found = related(comparable(form), tag).search(text)
            if found and found.span() not in kept:
                said = hearing.said.read[place][slice(*found.span())][:60]
                yield hearing.finding("disallowed-term", f"the narrator says “{said}”", _advice(term, own))
                break


def _advice(term: Term, own: tuple[str, ...]) -> str:
    way = f"write “{own[0]}”" if own else "say who uses the word, or write another"
    voices = " and ".join(term.voices)
    why = f" ({term.comment})" if term.comment else ""
    return f"the ledger allows {term.id} in {voices} only{why}; {way}"


def _worded(
    hearing: Hearing, code: str, wordings: tuple[Wording, ...], *, quoted: bool = False
) -> Iterator[Diagnostic]:
    """Yield the first of each of `wordings` that the narrator begins; with `quoted`, it may go on in quotes."""
    said, slots = hearing.said, hearing.bench.slots
    text = said.with_places(hearing.bench.vocabulary.names) if quoted else said.lowered
    for wording in wordings:
        for written in patterns_of(wording, said.tag):
            pattern = sequence(written, said.tag, slots) if may_stand(written, text, said.tag, slots) else None
            spans = [found.span() for found in pattern.finditer(text)] if pattern else []
            own = (span for span in spans if said.own[span[0]] != OBJECT)
            if span := next((span for span in own if not _is_in(hearing, span[0], wording.unless)), None):
                yield hearing.finding(code, f"“{_shown(hearing, span)}”", wording.explanation)
                break


def _scare_quotes(deed: str) -> Iterator[re.Pattern[str]]:
    """Yield what quotation marks of doubt look like: X “massacre”, “massacre” of X."""
    yield re.compile(rf"{_BEFORE}{_OPEN}{_SPACE}(?:{deed}){_SPACE}{_CLOSE}")
    yield re.compile(rf"{_OPEN}{_SPACE}(?:{deed}){_SPACE}{_CLOSE}{_BEHIND}")


def _is_attributed(hearing: Hearing, at: int) -> bool:
    return _is_in(hearing, at, "attribution") or _is_in(hearing, at, "adopting")


def _is_in(hearing: Hearing, at: int, name: str) -> bool:
    """Say whether the sentence at a place has a word of the list `name`."""
    place = next((item for item in hearing.said.sentences() if item.start <= at < item.stop), None)
    return bool(name and place and hearing.holds(place, name))


def _shown(hearing: Hearing, span: tuple[int, int]) -> str:
    words = hearing.said.read[slice(*span)].replace(OBJECT, "…")
    return " ".join(words.split())[:60].strip('“”„«»‹›‘’‚"')
