"""A page's route and language in, what stands around its text out: its head, the languages, what else there is.

Every page extends ``site/base.html``, whoever makes it, and is rendered with the values of `Frame.around`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stele.web import addresses
from stele.web.addresses import HOME, PICKER, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markupsafe import Markup

    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.sources.project import Project
    from stele.translation.shelf import Shelf

    # Where a page lies in the language of a tag, below the output folder: the same page in every language.
    Route = Callable[[str], str]

ASSETS = "site/assets"


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
class Frame:
    """What all pages share: the languages of the site in order, and `offered`, the paths of all that is no document.

    A page links to its services only where `offered` has their paths (`addresses.search`, `addresses.atom` and so on).
    """

    project: Project
    shelves: tuple[Shelf, ...]
    stage: Stage
    offered: frozenset[str] = frozenset()

    def around(self, shelf: Shelf, route: Route) -> dict[str, Any]:
        """Return the values of ``site/base.html`` for the page that lies at `route` in each language."""
        here = route(shelf.language.tag)
        return {
            "language": shelf.language,
            "site": shelf.site,
            "stage": self.stage.value,
            "alternates": list(self._alternates(shelf, route, here)),
            "services": list(self._services(shelf, here)),
            **places(here, shelf.language.tag),
        }

    def around_picker(self, shelf: Shelf) -> dict[str, Any]:
        """Return the same for the page on which a reader chooses a language; it is none of them itself."""
        languages = self._alternates(shelf, lambda tag: addresses.page(tag, HOME), PICKER)
        return self.around(shelf, lambda _: PICKER) | {"alternates": list(languages)}

    def _alternates(self, shelf: Shelf, route: Route, here: str) -> Iterator[Alternate]:
        for other in self.shelves:
            there = route(other.language.tag)
            yield Alternate(
                other.language, relative(here, there), other.site["title"], other is shelf and there == here
            )

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


def places(here: str, tag: str) -> dict[str, Any]:
    """Return what templates need to link from the file `here`: home, the picker, a file of the theme by its name."""
    return {
        "home_href": relative(here, addresses.page(tag, HOME)),
        "picker_href": relative(here, PICKER),
        "asset": lambda name: relative(here, f"{ASSETS}/{name}"),
    }
