"""A page's route and language in, what stands around its text out: its head, the languages, what else there is.

Every page extends ``site/base.html``, whoever makes it, and is rendered with the values of `Frame.around`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from stele.language.cldr import locale_name
from stele.sources.ledger.records import Ledger
from stele.web import addresses
from stele.web.addresses import ASSETS, HOME, LOST, PICKER, absolute, relative
from stele.web.faces import NO_FACES, Faces, sheet
from stele.web.translated import untranslated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markupsafe import Markup

    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.sources.project import Project
    from stele.translation.shelf import Shelf

    # Where a page lies in the language of a tag, below the output folder: the same page in every language.
    Route = Callable[[str], str]

# The picture that networks show beside a link to a page without one; the theme's, and without a word in it.
CARD = f"{ASSETS}/card.png"
DEFAULT = "x-default"
_OFFERS: dict[str, Route] = {
    "search": addresses.search,
    "data": addresses.data,
    "downloads": addresses.downloads,
    "embedding": addresses.embedding,
    "feed": addresses.atom,
}


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language: where it is, what it is called there, whether it is the page at hand."""

    language: Language
    href: str
    title: Markup
    current: bool


@dataclass(frozen=True, slots=True)
class Service:
    """A link in the head of a page to what programs read instead of it: a feed, oEmbed."""

    type: str
    href: str
    title: Markup


@dataclass(frozen=True, slots=True)
class Fonts:
    """The style sheet that declares the fonts of a page, and the file of the one that it shows first, if any."""

    href: str
    first: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What search engines and networks are told of a page.

    `canonical` is the address under which it is to be known, `languages` its translations by the value of hreflang,
    `image` the picture beside a link to it. All are full addresses, which alone count: each is empty where site.toml
    does not state where the site lies.
    """

    canonical: str
    languages: dict[str, str]
    image: str
    locale: str
    other_locales: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages share: the languages of the site in order, and `offered`, the paths of all that is no document.

    A page links to its services only where `offered` has their paths (`addresses.search`, `addresses.atom` and so on).
    `untranslated` are the paths of pages that are mostly in another language than their own. Pages are made of
    `shelves`; they lead to the same in all languages of the site, which are `everywhere`.
    """

    project: Project
    shelves: tuple[Shelf, ...]
    stage: Stage
    offered: frozenset[str] = frozenset()
    untranslated: frozenset[str] = frozenset()
    ledger: Ledger = field(default_factory=Ledger)
    faces: Faces = NO_FACES
    everywhere: tuple[Shelf, ...] = ()

    def alone(self, shelf: Shelf) -> Frame:
        """Return the frame of the pages in one language, which know no more of the others than their front pages."""
        known = tuple(item if item is shelf else replace(item, documents=()) for item in self.everywhere)
        return replace(self, shelves=(shelf,), everywhere=known)

    def around(self, shelf: Shelf, route: Route, picture: str = CARD) -> dict[str, Any]:
        """Return the values of ``site/base.html`` for the page that lies at `route` in each language.

        `picture` is the path of the one that networks show beside links to it.
        """
        here = route(shelf.language.tag)
        return {
            "language": shelf.language,
            "site": shelf.site,
            "stage": self.stage.value,
            "alternates": list(self._alternates(shelf, route, here)),
            "head": self._head(shelf, route, here, picture),
            "fonts": self._fonts(shelf, here),
            "services": list(self._services(shelf, here)),
            "offers": self._offers(shelf.language.tag, here),
            "graph": "",
            **places(here, shelf.language.tag),
        }

    def around_picker(self, shelf: Shelf) -> dict[str, Any]:
        """Return the same for the page on which a reader chooses a language; it is none of them itself."""
        languages = [
            Alternate(item.language, relative(PICKER, home(item.language.tag)), item.site["title"], current=False)
            for item in self.everywhere
        ]
        return self.around(shelf, lambda _: PICKER) | {
            "alternates": languages,
            "head": self._head(shelf, home, PICKER, CARD),
        }

    def around_lost(self, shelf: Shelf) -> dict[str, Any]:
        """Return the same for the page that stands in for all that do not exist, in folders of any depth.

        Its links begin at the root of the host: there the site lies where site.toml does not say otherwise.
        """
        base = urlsplit(self.project.hosting.address).path
        values, fonts = self.around_picker(shelf), self._fonts(shelf, LOST)
        return values | {
            "fonts": Fonts(f"{base}/{fonts.href}", fonts.first and f"{base}/{fonts.first}"),
            "alternates": [replace(item, href=f"{base}/{item.href}") for item in values["alternates"]],
            "services": [],
            "asset": lambda name: f"{base}/{values['asset'](name)}",
        }

    def link(self, here: str, there: str) -> str:
        """Return how the graph of the file `here` names the file `there`: in full where the site has an address."""
        return absolute(self.project.hosting.address, there) or relative(here, there)

    def spoken(self, route: Route) -> dict[str, str]:
        """Return the paths of the pages that are really in their language, by its tag."""
        paths = {shelf.language.tag: route(shelf.language.tag) for shelf in self.everywhere}
        return {tag: path for tag, path in paths.items() if path not in self.untranslated}

    def translations(self, route: Route) -> dict[str, str]:
        """Return the same by the value of hreflang: each of these pages has these links in its head.

        The default, for readers of none of these languages, is the page of the source; of the home pages it is the
        picker, whose links are those of them.
        """
        spoken, source = self.spoken(route), self.project.source.tag
        default = PICKER if route(source) == home(source) else spoken.get(source)
        return spoken | ({DEFAULT: default} if default else {})

    def routes_offered(self) -> list[Route]:
        """Return where the pages lie that are no documents, of those that there are."""
        source = self.shelves[0].language.tag
        return [route for name, route in _OFFERS.items() if name != "feed" and route(source) in self.offered]

    def _head(self, shelf: Shelf, route: Route, here: str, picture: str) -> Head:
        translations, address = self.translations(route), self.project.hosting.address
        is_known = here in translations.values()
        original = here if is_known else translations.get(self.project.source.tag, here)
        locales = {item.language.tag: locale_name(item.language.tag) for item in self.everywhere}
        own = locales[shelf.language.tag]
        return Head(
            absolute(address, original),
            {tag: absolute(address, path) for tag, path in translations.items()} if address and is_known else {},
            absolute(address, picture),
            own,
            tuple(dict.fromkeys(name for tag, name in locales.items() if tag in translations and name != own)),
        )

    def _alternates(self, shelf: Shelf, route: Route, here: str) -> Iterator[Alternate]:
        for other in self.everywhere:
            href = relative(here, route(other.language.tag))
            yield Alternate(other.language, href, other.site["title"], other is shelf)

    def _fonts(self, shelf: Shelf, here: str) -> Fonts:
        tag = shelf.language.tag
        first = self.faces.first(tag, here, shelf.site["title"].striptags())
        return Fonts(relative(here, sheet(tag, here)), first and relative(here, first))

    def _services(self, shelf: Shelf, here: str) -> Iterator[Service]:
        tag, title = shelf.language.tag, shelf.site["title"]
        feeds = {addresses.atom(tag): "application/atom+xml", addresses.json_feed(tag): "application/feed+json"}
        for path, kind in feeds.items():
            if path in self.offered:
                yield Service(kind, relative(here, path), title)

    def oembed(self, shelf: Shelf, key: str) -> Iterator[Service]:
        """Yield the link by which other websites find out how to show a page, where there is an answer for them.

        The link is a full one: WordPress follows no other.  # wp-includes/class-wp-oembed.php, discover
        """
        path = addresses.oembed(shelf.language.tag, key)
        if path in self.offered:
            there = addresses.absolute(self.project.hosting.address, path)
            yield Service("application/json+oembed", there, shelf.site["title"])

    def _offers(self, tag: str, here: str) -> dict[str, str]:
        """Return links to what else there is, by name; an empty one to what there is not."""
        paths = {name: route(tag) for name, route in _OFFERS.items()}
        return {name: relative(here, path) if path in self.offered else "" for name, path in paths.items()}


def frame_of(
    project: Project,
    ledger: Ledger,
    shelves: Sequence[Shelf],
    stage: Stage,
    offered: Iterable[str] = (),
    faces: Faces = NO_FACES,
) -> Frame:
    """Return what the pages of a site share."""
    everywhere, elsewhere = tuple(shelves), frozenset(untranslated(shelves))
    return Frame(project, everywhere, stage, frozenset(offered), elsewhere, ledger, faces, everywhere)


def page_of(key: str) -> Route:
    """Return where a document lies in each language."""
    return lambda tag: addresses.page(tag, key)


def home(tag: str) -> str:
    """Return the path of the home page in a language."""
    return addresses.page(tag, HOME)


def places(here: str, tag: str) -> dict[str, Any]:
    """Return what templates need to link from the file `here`: home, the picker, a file of the theme by its name."""
    return {
        "home_href": relative(here, home(tag)),
        "picker_href": relative(here, PICKER),
        "asset": lambda name: relative(here, f"{ASSETS}/{name}"),
    }
