"""A pair in, punctuation and space at the beginning and end of its translation that are not those of the source out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stele.language.punctuation import EndMark, end_mark, marks_of, opening_mark, start_mark
from stele.translation.review.reading import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stele.diagnostics import Diagnostic
    from stele.translation.review.pair import Pair

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_CLOSING = re.compile(rf"[\s{_INVISIBLE}”“’‘»«›‹\"')\]}}）】」』》〉]+\Z")
_BRACKET = re.compile(r"[)\]}）】]")
_OPENING = re.compile(rf"[\s{_INVISIBLE}“”„‘’‚«»‹›\"'(\[{{（【「『《〈¿¡]*")
# In France these marks stand apart from the word; not so in Canada and Switzerland (Imprimerie nationale, Lexique).
_SPACED = frozenset({"question", "exclamation", "colon", "semicolon"})
_SPACING = frozenset({"fr", "fr-FR", "fr-BE"})
# Languages that end the items of a list with semicolons, and the last with a stop.
_STOPPED_ITEMS = frozenset({"ru", "uk", "be", "bg", "fr", "es", "it", "pt", "az", "kk"})
_NAMES = {
    "stop": "a full stop",
    "question": "a question mark",
    "exclamation": "an exclamation mark",
    "ellipsis": "an ellipsis",
    "colon": "a colon",
    "semicolon": "a semicolon",
    "comma": "a comma",
    "dash": "a dash",
}
_SENTENCE_ENDS = frozenset({"stop", "question", "exclamation"})


def changed_punctuation(pair: Pair) -> Iterator[Diagnostic]:
    """Yield ``changed-punctuation`` for marks and space at the ends that are not those of the source.

    Each language has its own marks: ``؟`` is a question mark, ``¿`` opens one. Quotation marks, brackets, footnote
    calls and markup behind a mark are passed over; the stop of an abbreviation may come and go.
    """
    yield from _edges(pair)
    source, translation = prose(pair.source).strip(), prose(pair.translation).strip()
    if source and translation:
        yield from _beginning(source, translation, pair)
        yield from _ending(source, translation, pair)


def _edges(pair: Pair) -> Iterator[Diagnostic]:
    for place, strip in (("begins", str.lstrip), ("ends", str.rstrip)):
        wanted, given = (strip(text) != text for text in (pair.source, pair.translation))
        if wanted != given:
            verb = "has none" if given else "does"
            hint = "delete it" if given else "add it"
            what = f"the translation {place} with white space, the source {verb}"
            if wanted:
                what = f"the source {place} with white space, the translation does not"
            yield pair.finding("changed-punctuation", what, hint)


def _beginning(source: str, translation: str, pair: Pair) -> Iterator[Diagnostic]:
    wanted, given = start_mark(_opened(source)), start_mark(_opened(translation))
    # Where English opens speech with quotation marks, others have a dash.
    speech = given == "dash" and source != source.lstrip("“”„«»‹›‘\"'")
    if wanted != given and not speech:
        message = _difference("begins", wanted, given)
        yield pair.finding("changed-punctuation", message, "begin and end it as the source does")


def _ending(source: str, translation: str, pair: Pair) -> Iterator[Diagnostic]:
    tag = pair.language.tag
    end = _CLOSING.sub("", translation)
    wanted, given = end_mark(_CLOSING.sub("", source), pair.source_language.tag), end_mark(end, tag)
    if marks_of("stop", tag) is None or marks_of("stop", pair.source_language.tag) is None:
        return
    if _differ(wanted, given) and not _is_usual(wanted, given, translation[len(end) :], pair):
        kinds = (item.kind if item else None for item in (wanted, given))
        message = _difference("ends", *kinds)
        yield pair.finding("changed-punctuation", message, "begin and end it as the source does")
    elif given is not None:
        yield from _form(given, end, source, pair)


def _differ(wanted: EndMark | None, given: EndMark | None) -> bool:
    kinds = {item.kind for item in (wanted, given) if item and not item.doubtful}
    known = wanted is not None and given is not None
    return len(kinds) > 1 or (len(kinds) == 1 and not known)


def _is_usual(wanted: EndMark | None, given: EndMark | None, closing: str, pair: Pair) -> bool:
    """Say whether a language may well set other marks here: in lists, and around brackets."""
    kind, language = given.kind if given else None, pair.language.tag.partition("-")[0]
    if pair.kind == "list item" and (wanted is None or wanted.kind in _SENTENCE_ENDS):
        return kind == "semicolon" or (wanted is None and kind == "stop" and language in _STOPPED_ITEMS)
    return wanted is None and kind == "stop" and _BRACKET.search(closing) is not None


def _form(given: EndMark, end: str, source: str, pair: Pair) -> Iterator[Diagnostic]:
    """Yield what is wrong with a mark of the right kind: that of another language, its space, its fellow in front."""
    tag = pair.language.tag
    own, opening = marks_of(given.kind, tag), opening_mark(given.kind, tag)
    if own and given.mark not in own:
        message = f"the translation ends with “{given.mark}” instead of “{own[0]}”"
        yield pair.finding("changed-punctuation", message, f"write “{own[0]}”")
    elif opening and opening not in end:
        message = f"{_NAMES[given.kind]} at the end has no “{opening}” in front"
        yield pair.finding("changed-punctuation", message, f"write “{opening}” where the sentence begins")
    yield from _space(given, end, source, pair)


def _space(given: EndMark, end: str, source: str, pair: Pair) -> Iterator[Diagnostic]:
    if given.kind in ("ellipsis", "dash") or len(end) == len(given.mark):
        return
    wanted = given.kind in _SPACED and pair.language.tag in _SPACING
    spaced = end[-2].isspace()
    # A space that is left from a tag or citation, which are not read here, stands nowhere before the mark itself.
    left_over = spaced and re.search(rf"\s{re.escape(given.mark)}", pair.translation) is None
    is_bracketed = end[-2] in "([{"  # as in (?)
    if spaced == wanted or left_over or is_bracketed or (spaced and _CLOSING.sub("", source)[-2:-1].isspace()):
        return
    message = f"{'a' if spaced else 'no'} space stands before “{given.mark}” at the end"
    yield pair.finding("changed-punctuation", message, "delete it" if spaced else "put a space there")


def _opened(text: str) -> str:
    return _OPENING.sub("", text, count=1)


def _difference(verb: str, wanted: str | None, given: str | None) -> str:
    if wanted is None:
        return f"the translation {verb} with {_NAMES[given or '']}, the source with none"
    if given is None:
        return f"the source {verb} with {_NAMES[wanted]}, the translation with none"
    return f"the source {verb} with {_NAMES[wanted]}, the translation with {_NAMES[given]}"
