"""Two booklets of one edition in, their blocks in pairs out.

Both were made from the same source by the same template, so their trees have the same shape wherever nothing was left
out of one. A block that answers to none of the other stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeAlias

from stele.diagnostics import Diagnostic
from stele.sources import fragments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from stele.language.tags import Language

Pair: TypeAlias = "tuple[HtmlElement | None, HtmlElement | None]"

# What stands once in a booklet whatever its languages are.
_SINGLE = frozenset({"blank", "watermark", "folio"})
_SHOWN = 40  # letters of a block that is named in a diagnostic


@dataclass(frozen=True, slots=True)
class Version:
    """A booklet in one of two languages: its composed HTML, and the family that comes before those of the theme."""

    html: str
    language: Language
    family: str = ""


def classes(element: HtmlElement) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset((element.get("class") or "").split())


def is_single(element: HtmlElement) -> bool:
    """Say whether an element has no words of its language."""
    return not _SINGLE.isdisjoint(classes(element))


def pairs(ours: Sequence[HtmlElement], theirs: Sequence[HtmlElement]) -> Iterator[Pair]:
    """Yield the blocks of two versions that stand for each other, in the order of reading; None where one has none."""
    left, right = [_shape(block) for block in ours], [_shape(block) for block in theirs]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        if left[a:b] == right[c:d]:
            yield from zip(ours[a:b], theirs[c:d], strict=True)
        else:
            yield from ((block, None) for block in ours[a:b])
            yield from ((None, block) for block in theirs[c:d])


def alike(ours: Sequence[HtmlElement], theirs: Sequence[HtmlElement]) -> bool:
    """Say whether two sequences of blocks stand for each other one by one."""
    return [_shape(block) for block in ours] == [_shape(block) for block in theirs]


def unaligned(alone: Sequence[HtmlElement], name: str, tag: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic when blocks of the language `tag` stand alone in the booklet `name`."""
    if alone:
        first = " ".join(alone[0].text_content().split())[:_SHOWN]
        message = f"{name}: {len(alone)} blocks in {tag} have nothing beside them, the first: “{first}”"
        yield Diagnostic("unaligned", message, None, "translate what is left out, or leave it out of both")


def page_and_body(version: Version) -> tuple[HtmlElement, HtmlElement]:
    """Return the tree of a booklet, and its body."""
    page = fragments.parse_page(version.html)
    return page, page.find("body")


def set_apart(body: HtmlElement, tag: str) -> None:
    """Give the anchors below `body` names of their own, and let its links follow them."""
    for element in body.iter():
        if element.get("id"):
            element.set("id", f"{tag}--{element.get('id')}")
        if (element.get("href") or "").startswith("#"):
            element.set("href", f"#{tag}--{element.get('href')[1:]}")


def dress(page: HtmlElement, stylesheets: Sequence[str], style: str) -> None:
    """Give a page the style sheets of two languages, whose addresses these are, and a `style` of its own."""
    head = page.find("head")
    for address in stylesheets:
        head.append(head.makeelement("link", {"rel": "stylesheet", "href": address}))
    own = head.makeelement("style", {})
    own.text = style
    head.append(own)


def fonts_of(beside: Version) -> str:
    """Return the style that gives the second language the family that was chosen for it."""
    chosen = f'"{beside.family}"' if beside.family else "initial"
    return f".beside {{ --chosen-font: {chosen} }}"


def version_of(language: Language, *, is_beside: bool, like: HtmlElement) -> HtmlElement:
    """Return an empty element that holds what is in one of the languages."""
    name = "tongue beside" if is_beside else "tongue"
    made: HtmlElement = like.makeelement("div", {"class": name, "lang": language.tag, "dir": language.direction})
    return made


def stack(ours: HtmlElement, theirs: HtmlElement, language: Language) -> None:
    """Put behind each line of a cover or title page the same in the other `language`; one of the same words once."""
    for one, other in pairs(list(ours), list(theirs)):
        if one is not None and other is not None and "foot" in classes(one):
            stack(one, other, language)
        elif other is not None and not is_single(other) and not _says_the_same(one, other):
            holder = version_of(language, is_beside=True, like=other)
            before = one if one is not None else (ours[-1] if len(ours) else None)
            if before is None:
                ours.append(holder)
            else:
                before.addnext(holder)
            other.tail = None
            holder.append(other)


def _says_the_same(one: HtmlElement | None, other: HtmlElement) -> bool:
    return one is not None and bool(one.text_content().split() == other.text_content().split())


def _shape(block: HtmlElement) -> tuple[str, str, int]:
    """Return what a block is known by: its element, its classes, and how many blocks it holds where it is a list."""
    return block.tag, block.get("class") or "", len(block) if block.tag in ("ul", "ol", "dl") else 0
