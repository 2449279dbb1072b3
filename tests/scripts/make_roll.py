"""A number of people and a seed in, a roll of names that nobody has borne out: people.csv of tests/sites/second.

    uv run python tests/scripts/make_roll.py --people 50000 --seed 1 content/ledger/people.csv

The same arguments make the same file. Names are put together from the words of a coast that does not exist, in Persian
and in Latin letters; some people share a household, some were children, some live, and some have agreed to be named, in
all languages or in one, for ever or until a year. A few are written down twice, once in each script, with the pairs at
the end of the file.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = (
    "id",
    "family",
    "given",
    "patronymic",
    "variants",
    "born",
    "died",
    "place",
    "fate",
    "household",
    "living",
    "minor",
    "consent.given_by",
    "consent.languages",
    "consent.until",
    "consent.scope",
    "roll",
    "sources",
)
YEAR = 1961
TWICE = 0.0002  # of the people are written down once more, in the other script

_STEMS = (
    "مروارید Morvarid|صدف Sadaf|مرجان Marjan|ساحل Sahel|دریا Darya|موج Mowj|لنگر Langar|فانوس Fanus|"
    "نخل Nakhl|شن Shen|باران Baran|توفان Tufan|خلیج Khalij|جزیره Jazire|سنگ Sang|نمک Namak|بادبان Badban|"
    "ستاره Setare|کرانه Karane|چشمه Cheshme|پارو Paru|ژرفا Zharfa|بلور Bolur|کبود Kabud|عقیق Aqiq|"
    "طوبی Tuba|حوض Howz|ذخیره Zakhire"
)
_ENDINGS = "گر gar|پور pur|نیا nia|زاده zade|وند vand|کنار kenar|چی chi|بان ban|یان yan|فر far"
_FIRST = (
    "نیل Nil|مه Mah|گل Gol|خوش Khosh|روشن Rowshan|پاک Pak|شاد Shad|آذر Azar|به Beh|کوه Kuh|سرو Sarv|نور Nur|"
    "سپید Sepid|بر Bar"
)
_LAST = "آور avar|یار yar|رخ rokh|افشان afshan|دخت dokht|سان san|بو bu|داد dad|مهر mehr|فام fam|روز ruz|گون gun"
_PLACES = ("nilufar", "lanj", "seh-nakhl", "kenarak")


def people(count: int, seed: int) -> Iterator[dict[str, str]]:
    """Yield `count` people, the values of each by the fields of a record."""
    chance = random.Random(seed)  # noqa: S311 (an invented name is no secret)
    families, given = _joined(_STEMS, _ENDINGS), _joined(_FIRST, _LAST)
    made: list[dict[str, str]] = []
    household: list[dict[str, str]] = []
    while len(made) < count:
        if not household:
            family, place = chance.choice(families), chance.choice(_PLACES)
            house = f"house-{len(made) + 1}"
            household = [_person(chance, family, given, place, house) for _ in range(chance.choice((1, 1, 2, 3, 4)))]
        made.append({"id": f"p{len(made) + 1}", **household.pop()})
    copies = [_in_latin(item) for item in chance.sample(made, int(count * TWICE))]
    made[count - len(copies) :] = [{**item, "id": f"p{count - at}"} for at, item in enumerate(copies)]
    yield from made


def _joined(stems: str, endings: str) -> list[tuple[str, str]]:
    """Return every name of a stem and an ending, in both scripts."""
    pairs = [[word.split() for word in words.split("|")] for words in (stems, endings)]
    return [(f"{stem[0]}{end[0]}", f"{stem[1]}{end[1]}") for stem in pairs[0] for end in pairs[1]]


def _person(
    chance: random.Random, family: tuple[str, str], given: list[tuple[str, str]], place: str, house: str
) -> dict[str, str]:
    name, father, born = chance.choice(given), chance.choice(given), YEAR - int(chance.triangular(0, 90, 25))
    minor, living = born > YEAR - 18, chance.random() < 0.004
    agreed = living or chance.random() < (0.85 if minor else 0.05)
    return {
        "family": family[0],
        "given": name[0],
        "patronymic": father[0],
        "variants": f"{family[1]}, {name[1]}, {father[1]}",
        "born": f"{born}-03-21" if chance.random() < 0.3 and not minor else str(born),
        "died": "" if living else f"{YEAR}-10-09",
        "place": place,
        "fate": "survived" if living else chance.choice(("killed", "killed", "killed", "missing")),
        "household": house,
        "living": "true" if living else "",
        "minor": "true" if minor else "",
        "roll": "coast",
        "sources": "register-1962",
        **(_consent(chance) if agreed else {}),
    }


def _consent(chance: random.Random) -> dict[str, str]:
    """Return a consent: most are for ever and everywhere."""
    limit = chance.random()
    limits = {"languages": "fa"} if limit > 0.96 else {"until": "2099"} if limit > 0.92 else {}
    return {f"consent.{name}": value for name, value in {"given_by": "the family", **limits}.items()}


def _in_latin(person: dict[str, str]) -> dict[str, str]:
    family, given, patronymic = person["variants"].split(", ")
    return {**person, "family": family, "given": given, "patronymic": patronymic, "variants": "", "household": ""}


def write(path: Path, count: int, seed: int) -> None:
    """Write the table of people."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(people(count, seed))


def main() -> int:
    """Write as many people as the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    write(options.file, options.people, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
