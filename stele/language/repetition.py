"""Words and languages in, out whether a text may well repeat them: a word behind itself, or a source in translation."""

from __future__ import annotations

# Words that carry a sentence and are no part of a name or a title: a text that keeps them was not translated.
_GRAMMAR = {
    "en": "a an the of and or to in on at by for from with without as is are was were be been it its this that these "
    "those not no who which what when where why how we our you your he she they their his her have has had may can",
    "az": "və ya bu o ki ilə üçün haqqında kimi də da isə amma lakin nə necə niyə hər bir heç olan edir deyil onun",
    "tr": "ve veya bu o ki ile için hakkında gibi de da ise ama ne nasıl niye her bir hiç olan değil onun olarak",
    "ru": "и или в во на с со к ко о об от до по за из у не ни что как кто это этот эта для при но а же бы был была",
    "de": "der die das den dem des ein eine einer und oder in im an am auf zu zum zur von vom mit für nicht ist war",
    "fr": "le la les un une des du de et ou à au aux en dans sur pour par avec ne pas est sont qui que ce cette",
    "fa": "و یا در از به با برای که این آن را است هم نه چه هر تا بر یک",
}
# Words of grammar that nobody says twice on purpose; in these languages other words are doubled to mean "every", "very"
# or "one by one" (yavaş yavaş, bir bir; آرام آرام), so that only these and long words are looked at.
_NEVER_TWICE = {
    "az": "və ya ki bu ilə üçün haqqında kimi isə amma lakin olan onun də da deyil edib olub",
    "tr": "ve veya ki bu ile için hakkında gibi ise ama olan onun de da değil olarak olduğu",
    "fa": "و یا در از به با برای که این آن را است بر تا بود شد",
    "ar": "و في من على إلى عن أن إن التي الذي هذا هذه ذلك كان",
}
_LONG = 8
# Words that stand twice in good prose of languages where doubling is rare: relative clauses, pronouns, emphasis.
_TWICE = {
    "en": "had that very so no is do her long many far really out yes bye never more again now there ha",
    "de": "die der das den dem deren dessen sie wir ihr was sehr ja nein so nach immer wieder",
    "fr": "nous vous en très si oui non plus trop tout",
    "ru": "да нет ну так очень много долго еле едва чуть вот далеко давно скоро тихо там тут ждал всё",
    "uk": "так ні ну дуже довго ледь ось",
    "es": "no sí muy que nos", "it": "no sì molto tutto piano via così", "nl": "die dat zij had", "el": "πολύ σιγά",
}  # fmt: skip
_RARELY_DOUBLING = frozenset(_TWICE) | {
    "pl",
    "cs",
    "sk",
    "pt",
    "ca",
    "sv",
    "da",
    "nb",
    "no",
    "ro",
    "be",
    "bg",
    "sr",
    "hr",
}

# Particles of names, which stay as they are in any language: de Waal, von Humboldt, ibn Sina.
_PARTICLES = frozenset(
    {"de", "van", "von", "der", "den", "di", "da", "du", "la", "le", "el", "al", "bin", "ibn", "ben"}
)
# Languages that share so many words that a short text can be the same in both.
_FAMILIES = ("az tr tk gag", "ru uk be bg", "es pt gl ca it", "da nb nn no sv", "cs sk", "hr sr bs sl")

_GRAMMAR_SETS = {language: frozenset(words.split()) for language, words in _GRAMMAR.items()}
_NEVER_SETS = {language: frozenset(words.split()) for language, words in _NEVER_TWICE.items()}
_TWICE_SETS = {language: frozenset(words.split()) for language, words in _TWICE.items()}


_FAMILY_SETS = tuple(frozenset(family.split()) for family in _FAMILIES)


def are_near(tag: str, other: str) -> bool:
    """Say whether two languages share so many words that a short text can be the same in both."""
    pair = {tag.partition("-")[0], other.partition("-")[0]}
    return any(pair <= family for family in _FAMILY_SETS)


def is_particle(word: str) -> bool:
    """Say whether `word`, in lower case, is a part of names in many languages."""
    return word in _PARTICLES


def is_grammar(word: str, tag: str) -> bool:
    """Say whether `word`, in lower case, is a small word of grammar; no word is, of a language that is not known."""
    return word in _GRAMMAR_SETS.get(tag.partition("-")[0], ())


def may_stand_twice(word: str, tag: str) -> bool:
    """Say whether good prose has `word`, in lower case, twice in a row without a mark between."""
    language = tag.partition("-")[0]
    if language in _RARELY_DOUBLING:
        return word in _TWICE_SETS.get(language, ())
    return word not in _NEVER_SETS.get(language, ()) and len(word) < _LONG
