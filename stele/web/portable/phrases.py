"""An element within a line in, HTML out that has no element but a, br, cite, code, em and strong.

Nothing that makes a difference to what is said may get lost with an element: a raised digit stays raised, since 613
with a note 1 behind it is not 6131, and what was struck out says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stele.language.numbers import native_digits
from stele.language.quotation import quoted
from stele.web.portable.writing import element, spoken, text, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.html import HtmlElement

_NAMES = {
    "b": "strong",
    "cite": "cite",
    "code": "code",
    "dfn": "em",
    "em": "em",
    "i": "em",
    "kbd": "code",
    "mark": "strong",
    "samp": "code",
    "strong": "strong",
    "var": "em",
}
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
# Unicode 16.0, 23.2: what is between these does not mix with the direction of the words around it.
_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_END_OF_ISOLATE = "\u2069"
_OVERRIDES = {"ltr": "\u202d", "rtl": "\u202e"}
_END_OF_OVERRIDE = "\u202c"


@dataclass(slots=True)
class Phrases:
    """Writes the phrases of one text.

    `tag` is its language, `notes` the address of its notes, and `struck` says of words, for which it has
    ``%(text)s``, that they were struck out. An abbreviation is explained where it is met first.
    """

    tag: str
    notes: str
    struck: str
    explained: set[tuple[str, str]] = field(default_factory=set)

    def line(self, holder: HtmlElement) -> str:
        """Return everything within `holder` as one line."""
        return tidy(self.inside(holder))

    def inside(self, holder: HtmlElement) -> str:
        """Return everything within `holder`."""
        parts = [text(holder.text)]
        for child in holder:
            parts += [self.phrase(child), text(child.tail)]
        return "".join(parts)

    def phrase(self, item: HtmlElement) -> str:
        """Return `item`, without the text behind it."""
        if not isinstance(item.tag, str):
            return ""
        for name in item.get("class", "").split():
            if name in _BY_CLASS:
                return _BY_CLASS[name](self, item)
        return _BY_NAME.get(item.tag, Phrases.plain)(self, item)

    def plain(self, item: HtmlElement) -> str:
        """Return what has no element of its own; words of another language are foreign words, as in print."""
        inner = self.inside(item)
        if not inner.strip():
            return inner
        if item.get("lang"):
            return element(_NAMES.get(item.tag, "em"), inner, *spoken(item).attributes)
        if item.tag in _NAMES:
            return element(_NAMES[item.tag], inner, *spoken(item).attributes)
        return isolated(inner, item.get("dir", ""))

    def link(self, item: HtmlElement) -> str:
        """Return a link; what leads nowhere is a phrase like any other."""
        address, inner = item.get("href", ""), self.inside(item)
        if not address:
            return self.plain(item)
        return element("a", inner, ("href", address), *spoken(item).attributes) if inner.strip() else ""

    def picture(self, item: HtmlElement) -> str:
        """Return a link to a picture: Drupal shows no pictures of other sites, and its words are not lost."""
        words = text(item.get("alt", ""))
        return element("a", words, ("href", item.get("src", ""))) if words.strip() else ""

    def abbreviation(self, item: HtmlElement) -> str:
        """Return an abbreviation, with what it stands for where it is met first."""
        short, long = item.text_content(), item.get("title", "")
        if not long or (short, long) in self.explained:
            return self.plain(item)
        self.explained.add((short, long))
        return f"{self.plain(item)} ({text(long)})"

    def raised(self, item: HtmlElement) -> str:
        """Return a raised phrase: digits have raised forms, and other words may stand on the line."""
        if item.find_class("footnote-ref"):
            return self.inside(item)
        return _small(item.text_content(), _RAISED, "^")

    def lowered(self, item: HtmlElement) -> str:
        """Return a lowered phrase."""
        return _small(item.text_content(), _LOWERED, "_")

    def call(self, item: HtmlElement) -> str:
        """Return the call of a note."""
        number = item.text_content()
        return element("a", self.number_of_note(int(number)), ("href", self.notes)) if number.isdecimal() else ""

    def number_of_note(self, number: int) -> str:
        """Return the number of a note: raised, or in parentheses where the digits of the language have no such form."""
        own = native_digits(str(number), self.tag)
        return own.translate(_RAISED) if own.isascii() else f"({own})"

    def quotation(self, item: HtmlElement) -> str:
        """Return a quotation, whose marks a browser would have drawn."""
        before, after = quoted("\n", item.get("lang") or self.tag).split("\n")
        return text(before) + self.plain(item) + text(after)

    def struck_out(self, item: HtmlElement) -> str:
        """Return words that were struck out."""
        before, _, after = self.struck.partition("%(text)s")
        return text(before) + self.plain(item) + text(after)

    def overridden(self, item: HtmlElement) -> str:
        """Return words whose direction is forced."""
        way = item.get("dir", "")
        return _OVERRIDES[way] + self.inside(item) + _END_OF_OVERRIDE if way in _OVERRIDES else self.inside(item)


def isolated(inner: str, way: str) -> str:
    """Return `inner` so that it is read in the direction `way`, whatever is around it."""
    return f"{_ISOLATES[way]}{inner}{_END_OF_ISOLATE}" if way in _ISOLATES else inner


def _small(words: str, forms: Mapping[int, int], sign: str) -> str:
    """Return small words in their own forms; where a digit has none, a sign goes before them."""
    if not any(map(str.isdigit, words)):
        return text(words)
    return words.translate(forms) if all(ord(char) in forms for char in words) else text(sign + words)


def _nothing(_: Phrases, __: HtmlElement) -> str:
    return ""


def _below(phrases: Phrases, item: HtmlElement) -> str:
    return f"<br>{phrases.plain(item)}"


def _in_parentheses(phrases: Phrases, item: HtmlElement) -> str:
    return f"({phrases.plain(item)})"


def _in_brackets(phrases: Phrases, item: HtmlElement) -> str:
    return f"[{phrases.plain(item)}]"


def _break(_: Phrases, __: HtmlElement) -> str:
    return "<br>"


def _isolate(phrases: Phrases, item: HtmlElement) -> str:
    return isolated(phrases.inside(item), item.get("dir") or "auto")


def _reading(phrases: Phrases, item: HtmlElement) -> str:
    has_own = any(other.tag == "rp" for other in (item.getparent() if item.getparent() is not None else ()))
    return phrases.plain(item) if has_own else f"({phrases.plain(item)})"


_BY_NAME: dict[str, Callable[[Phrases, HtmlElement], str]] = {
    "a": Phrases.link,
    "abbr": Phrases.abbreviation,
    "bdi": _isolate,
    "bdo": Phrases.overridden,
    "br": _break,
    "del": Phrases.struck_out,
    "img": Phrases.picture,
    "q": Phrases.quotation,
    "rt": _reading,
    "s": Phrases.struck_out,
    "sub": Phrases.lowered,
    "sup": Phrases.raised,
}
# What the style sheet of the site sets apart: below its line, in another colour, or as a small number.
_BY_CLASS: dict[str, Callable[[Phrases, HtmlElement], str]] = {
    "aside": _below,
    "details": _in_parentheses,
    "footnote-backref": _nothing,
    "footnote-ref": Phrases.call,
    "inscription": _below,
    "number": _in_brackets,
}
