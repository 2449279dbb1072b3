"""The documents of a product in, its opening and its sections out, each with the file where its words are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from stele.diagnostics import Location
from stele.print.preflight.flaws import Untold, flaw
from stele.sources import fragments
from stele.sources.templating import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.print.products import Product


class Text(Protocol):
    """A document in one language; `title`, `description` and `html` are safe HTML."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102
    @property
    def plain_title(self) -> str: ...  # noqa: D102
    @property
    def html(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that has a place of its own. `file` is where somebody wrote its words in this language."""

    html: Markup
    file: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a product holds: title and description of its first document, the text beside them, and all sections."""

    title: Markup
    description: Markup
    opening: Part
    sections: tuple[Part, ...]


def parts_of(texts: Sequence[Text], files: Mapping[str, str]) -> Parts:
    """Return the parts of a product that has one document at least; `files` are by the key of a document."""
    opening, *sections = _parts(texts[0], files)
    for text in texts[1:]:
        before, *below = _parts(text, files)
        sections += [*_titled(text, before), *below]
    return Parts(safe(texts[0].title), safe(texts[0].description), opening, tuple(sections))


def beyond(parts: Parts, product: Product, name: str) -> Iterator[Untold]:
    """Yield a flaw for each section for which a product has no place."""
    places = len(parts.sections) if product.sections is None else product.sections
    for part in parts.sections[places:]:
        found = flaw("does-not-fit", None, "section", title=part.title, product=product.name, held=places)
        yield Untold(name, found, Location(part.file))


def _parts(text: Text, files: Mapping[str, str]) -> Iterator[Part]:
    """Yield what stands before the first heading of a document, then each heading with what stands below it."""
    root = fragments.parse(text.html)
    _drop_inner_links(root)
    groups: list[list[HtmlElement]] = [[]]
    for element in root:
        if element.tag == "h2":
            groups.append([])
        groups[-1].append(element)
    for group in groups:
        holder = fragments.parse("")
        holder.extend(group)
        title = " ".join(group[0].text_content().split()) if group and group[0].tag == "h2" else text.plain_title
        yield Part(safe(fragments.serialize(holder)), files[text.key], title)


def _drop_inner_links(root: HtmlElement) -> None:
    """Leave no anchor and no link to one: a product has few pages, and a letter has its text several times."""
    for element in root.iter():
        element.attrib.pop("id", None)
        if (element.get("href") or "").startswith("#"):
            del element.attrib["href"]


def _titled(text: Text, part: Part) -> Iterator[Part]:
    if part.html.strip():
        yield Part(safe(f"<h2>{text.title}</h2>{part.html}"), part.file, part.title)
