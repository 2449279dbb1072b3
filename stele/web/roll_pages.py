"""Pages of documents with rolls in; what stands in place of a long roll, pages of names and pages of people out.

While pages are made, `Rolls` gives every entry an anchor and a link to where the person stands for good, takes long
rolls out of their documents, and remembers who was named where. When all pages of documents are made, it makes the
rest: pages on which the taken rolls are read out, and those of people, to which links may be kept.
"""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from stele.artifacts import Artifact, page_at
from stele.language.collation.keys import sort_key
from stele.sources import fragments
from stele.sources.templating import safe
from stele.web import addresses
from stele.web.frame import page_of
from stele.web.people import ROLL, entries, name_of, page_key, parts_of_name
from stele.web.rolls import is_long, sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.translation.localization import LocalizedDocument
    from stele.translation.shelf import Shelf
    from stele.web.frame import Frame, Route
    from stele.web.rolls import Sheet


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page of names; `current` says that its names stand on the page at hand."""

    title: str | Markup
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class TakenRoll:
    """A long roll that was taken out of a document: its pages, the `paths` of these, and the classes of its list."""

    document: LocalizedDocument
    classes: str
    sheets: tuple[Sheet, ...]
    paths: tuple[str, ...]

    def letters(self, here: str) -> list[Way]:
        """Return where each letter begins, seen from the page at `here`, with the number of its names."""
        counts = Counter[str]()
        first: dict[str, tuple[str, str]] = {}
        for sheet, path in zip(self.sheets, self.paths, strict=True):
            for at, section in enumerate(sheet.sections):
                counts[section.letter] += len(section.people)
                first.setdefault(section.letter, (path, f"#letter-{section.slug}" if at else ""))
        standing = self._standing(here)
        return [
            Way(letter, addresses.relative(here, path) + anchor, letter in standing, counts[letter])
            for letter, (path, anchor) in first.items()
        ]

    def parts(self, here: str) -> list[Way]:
        """Return the pages of the letter at `here`, by the names at their ends; none where one page has all of it."""
        own = [
            Way(" – ".join(sheet.sections[0].ends), addresses.relative(here, path), path == here)
            for sheet, path in zip(self.sheets, self.paths, strict=True)
            if {section.letter for section in sheet.sections} == self._standing(here)
        ]
        return own if len(own) > 1 else []

    def beside(self, at: int) -> tuple[Way | None, Way | None]:
        """Return the pages before and behind the one at a place."""
        around = [self._way(at, other) if 0 <= other < len(self.sheets) else None for other in (at - 1, at + 1)]
        return around[0], around[1]

    def _way(self, at: int, other: int) -> Way:
        sheet = self.sheets[other]
        is_divided = sheet.letters in (self.sheets[at].letters, self.sheets[other - 1].letters if other else "")
        title = sheet.sections[0].ends[0] if is_divided else sheet.letters
        return Way(title, addresses.relative(self.paths[at], self.paths[other]))

    def _standing(self, here: str) -> set[str]:
        pages = zip(self.sheets, self.paths, strict=True)
        return {section.letter for sheet, path in pages if path == here for section in sheet.sections}


@dataclass(frozen=True, slots=True)
class Entry:
    """A person on the page that is theirs: the name and what is said of them, and the rolls in which they stand."""

    id: str
    name: str
    html: Markup
    rolls: list[Way] = field(default_factory=list)


class Rolls:
    """Keeps who is named where, while the pages of documents are made."""

    def __init__(self) -> None:
        self._taken: defaultdict[str, list[TakenRoll]] = defaultdict(list)
        self._people: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        self._keys: defaultdict[str, set[str]] = defaultdict(set)

    def take(self, root: HtmlElement, shelf: Shelf, document: LocalizedDocument) -> None:
        """Address every person whom the page `root` of a document names, and put letters in place of a long roll."""
        here = addresses.page(document.language.tag, document.key)
        for number, roll in enumerate(root.find_class(ROLL), 1):
            long = is_long(roll)
            home = f"{posixpath.dirname(here)}/{'letter' if number == 1 else f'roll-{number}-letter'}"
            there = f"{home}-a/index.html" if long else here
            rebase(roll, here, there)
            bare = {person: _inner(entry) for person, entry in entries(roll)}
            for person, entry in entries(roll):
                _address(entry, person, addresses.relative(there, _page_of(document.language.tag, person)))
            places = dict.fromkeys(bare, here)
            if long:
                taken = _taken(roll, document, home)
                self._taken[document.language.tag].append(taken)
                places = {name: path for sheet, path in _pages(taken) for name in sheet.people}
                put_in_place(roll, shelf.templates.render("site/letters.html", {"letters": taken.letters(here)}))
            self._remember(roll, document, there, bare, places)

    def _remember(
        self, roll: HtmlElement, document: LocalizedDocument, there: str, bare: dict[str, str], places: dict[str, str]
    ) -> None:
        """Keep the entries of a roll, as they are read at `there`, for the pages of their people."""
        known, tag = self._people[document.language.tag], document.language.tag
        for person, entry in entries(roll):
            own = _page_of(tag, person)
            if person not in known:
                self._keys[tag].add(page_key(person))
                known[person] = Entry(person, name_of(entry), safe(_rebased(bare[person], there, own)))
            href = f"{addresses.relative(own, places[person])}#{_anchor(person)}"
            known[person].rolls.append(Way(safe(document.title), href))

    def add(self, others: Rolls) -> None:
        """Keep what others kept of other languages."""
        self._taken |= others._taken
        self._people |= others._people
        self._keys |= others._keys

    def taken(self, tag: str) -> Sequence[TakenRoll]:
        """Return the rolls that were taken out of the documents of a language."""
        return self._taken[tag]

    def lacking(self, tags: Iterable[str]) -> frozenset[str]:
        """Return the paths of the pages of people that other languages have and one of `tags` has not."""
        everywhere = set[str]().union(*self._keys.values())
        return frozenset(addresses.page(tag, key) for tag in tags for key in everywhere - self._keys[tag])

    def has(self, tag: str, key: str) -> bool:
        """Say whether somebody stands on the page of people `key` in a language."""
        return key in self._keys[tag]

    def people(self, tag: str) -> Iterator[tuple[str, list[Entry]]]:
        """Yield the key of each page of people in a language, and who stands on it, in order."""
        by_page: defaultdict[str, list[Entry]] = defaultdict(list)
        for person, entry in self._people[tag].items():
            by_page[page_key(person)].append(entry)
        for key in sorted(by_page):
            yield key, sorted(by_page[key], key=lambda entry: sort_key(entry.name, tag))


def further_pages(frame: Frame, rolls: Rolls) -> Iterator[Artifact]:
    """Yield the pages of long rolls, and those of people; raise `templating.TemplateFailure`."""
    lacking = rolls.lacking(shelf.language.tag for shelf in frame.shelves)
    of_people = replace(frame, untranslated=frame.untranslated | lacking)
    for shelf in frame.shelves:
        yield from _pages_of_rolls(frame, shelf, rolls)
        yield from _pages_of_people(of_people, shelf, rolls)


def _pages_of_rolls(frame: Frame, shelf: Shelf, rolls: Rolls) -> Iterator[Artifact]:
    """Yield the pages of rolls; they have letters of one alphabet, and lead to the documents of other languages."""
    for taken in rolls.taken(shelf.language.tag):
        for here, view in _views(taken):
            values = frame.around(shelf, _beside(here, taken.document)) | view
            values["head"] = replace(values["head"], languages={}, other_locales=())
            yield page_at(here, shelf.templates.page("site/names.html", values))


def _pages_of_people(frame: Frame, shelf: Shelf, rolls: Rolls) -> Iterator[Artifact]:
    """Yield the pages of people, which have no other language where nobody on them has agreed to it."""
    for key, people in rolls.people(shelf.language.tag):
        values = frame.around(shelf, page_of(key)) | {"people": people}
        values["alternates"] = [item for item in values["alternates"] if rolls.has(item.language.tag, key)]
        yield page_at(addresses.page(shelf.language.tag, key), shelf.templates.page("site/person.html", values))


def _beside(here: str, document: LocalizedDocument) -> Route:
    """Return the route of a page that one language has alone: in all others it is that of the document."""
    route = page_of(document.key)
    return lambda tag: here if tag == document.language.tag else route(tag)


def _views(taken: TakenRoll) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path of each page of a roll, and what its template shows."""
    for at, (sheet, path) in enumerate(_pages(taken)):
        previous, following = taken.beside(at)
        yield (
            path,
            {
                "sheet": sheet,
                "classes": taken.classes,
                "letters": taken.letters(path),
                "parts": taken.parts(path),
                "previous": previous,
                "next": following,
                "title": safe(taken.document.title),
                "plain_title": taken.document.plain_title,
                "document_href": addresses.relative(
                    path, addresses.page(taken.document.language.tag, taken.document.key)
                ),
            },
        )


def rebase(root: HtmlElement, here: str, there: str) -> None:
    """Let the links below `root`, which was made for the page at `here`, lead to the same from `there`."""
    for link in root.iter("a"):
        href = link.get("href")
        if href and here != there and not href.startswith("//") and fragments.scheme(href) is None:
            path, mark, anchor = href.partition("#")
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
            link.set("href", addresses.relative(there, whole) + mark + anchor)


def _rebased(html: str, here: str, there: str) -> str:
    if "<a " not in html:
        return html
    root = fragments.parse(html)
    rebase(root, here, there)
    return fragments.serialize(root)


def _taken(roll: HtmlElement, document: LocalizedDocument, home: str) -> TakenRoll:
    made = sheets(roll)
    paths = tuple(f"{home}-{sheet.slug}/index.html" for sheet in made)
    return TakenRoll(document, roll.get("class") or "", made, paths)


def _pages(taken: TakenRoll) -> Iterator[tuple[Sheet, str]]:
    return zip(taken.sheets, taken.paths, strict=True)


def _page_of(tag: str, person: str) -> str:
    return addresses.page(tag, page_key(person))


def _anchor(person: str) -> str:
    """Return the anchor of a person in a roll; on a page of people it is the id alone."""
    return f"person-{person}"


def _inner(entry: HtmlElement) -> str:
    return fragments.serialize(entry).strip()


def _address(entry: HtmlElement, person: str, href: str) -> None:
    """Give an entry of a roll its anchor, and let its name lead to the page of the person."""
    entry.set("id", _anchor(person))
    link = entry.makeelement("a", {"class": "person", "href": f"{href}#{person}"})
    link.text, entry.text = entry.text, None
    link.extend(parts_of_name(entry))
    entry.insert(0, link)
    last = link[-1] if len(link) else None
    name = (last.tail if last is not None else link.text) or ""
    kept = name.rstrip()
    link.tail = name[len(kept) :] or None
    if last is not None:
        last.tail = kept
    else:
        link.text = kept


def put_in_place(roll: HtmlElement, html: str) -> None:
    """Put HTML in place of a roll, and of the letters above it, which lead to places in it."""
    before = roll.getprevious()
    if before is not None and before.get("class") == "letters":
        before.drop_tree()
    index = fragments.parse(html)
    for element in index:
        roll.addprevious(element)
    roll.tail, tail = None, roll.tail
    roll.getprevious().tail = tail
    roll.getparent().remove(roll)
