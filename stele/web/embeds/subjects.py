"""A shelf in, what of it other websites may show out: the whole site and each of its pages, with their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stele.sources import fragments
from stele.sources.templating import safe
from stele.web import addresses
from stele.web.addresses import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from stele.language.tags import Language
    from stele.translation.shelf import Shelf

CARD, WHOLE = "card.html", "index.html"
FRAGMENT, STYLED = "fragment.html", "fragment-styled.html"


@dataclass(frozen=True, slots=True)
class Subject:
    """A page of the site in a language; `address` is that of the site, and every address here is a full one.

    The home page of a site without a document of its own has no text: `has_text` is false.
    """

    language: Language
    key: str
    title: Markup
    description: Markup
    address: str
    has_text: bool

    @property
    def plain_title(self) -> str:
        """Return the title without markup."""
        return fragments.plain(self.title)

    @property
    def page(self) -> str:
        """Return where readers find the page itself."""
        return addresses.absolute(self.address, addresses.page(self.language.tag, self.key))

    @property
    def card(self) -> str:
        """Return where the card is: title, standfirst and a link."""
        return addresses.absolute(self.address, self.path(CARD))

    @property
    def whole(self) -> str:
        """Return where the whole text is, on a page that stands alone."""
        return addresses.absolute(self.address, self.path(WHOLE))

    @property
    def styled(self) -> str:
        """Return where the text is as a fragment that brings its style."""
        return addresses.absolute(self.address, self.path(STYLED))

    def path(self, name: str) -> str:
        """Return the path of one of its files below the output folder."""
        return addresses.embed(self.language.tag, self.key, name)


def subjects(shelf: Shelf, address: str) -> Iterator[Subject]:
    """Yield the site itself, then its documents in the order of the contents; nothing without an `address`."""
    if not address:
        return
    documents = {item.key: item for item in shelf.documents}
    site = shelf.site
    yield Subject(shelf.language, HOME, site["title"], site["description"], address, HOME in documents)
    for key, item in documents.items():
        if key != HOME:
            yield Subject(shelf.language, key, safe(item.title), safe(item.description), address, has_text=True)
