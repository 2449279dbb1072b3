"""The style sheets of a document in, the same parsed once for all pieces of a book and all books of a process.

WeasyPrint parses the sheets of each document anew, which for a chapter takes as long as a page. Those in the head are
remembered; a style in the body, which says how many pages of a roll there are, is of one document alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from stele.cache.stamps import are_unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from stele.cache.stamps import Stamp

# By the fonts that they load, with which they go: `loading` keeps those of a few documents.
_known: WeakKeyDictionary[Any, dict[Any, _Sheets]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Parsed style sheets, with what they say of counters, and the files that they are in."""

    sheets: tuple[Any, ...]
    counters: Mapping[str, Any]
    layers: tuple[Any, ...]
    read: Mapping[Path, Stamp]


def prepare() -> None:
    """Make WeasyPrint, in this process, remember style sheets. Once is enough, more does no harm."""
    from weasyprint import css

    if not hasattr(css.find_stylesheets, "__wrapped__"):
        css.find_stylesheets = _remembered(css.find_stylesheets)


def _remembered(find: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Return `find_stylesheets` such that it finds at once what it found in the head of a document before."""

    @wraps(find)
    def find_stylesheets(
        root: Any,
        media: str,
        fetcher: Any,
        base: str,
        fonts: Any,
        counters: Any,
        profiles: Any,
        rules: Any,
        layers: Any,
    ) -> Iterator[Any]:
        if not hasattr(fetcher, "read"):
            yield from find(root, media, fetcher, base, fonts, counters, profiles, rules, layers)
            return
        head, body = _in_head_and_body(root)
        key, of_fonts = (_written(head), media, base, fetcher.roots), _known.setdefault(fonts, {})
        known = of_fonts.get(key)
        if known is None or not are_unchanged(known.read):
            before = dict(counters), dict(fetcher.read), len(fetcher.refused), len(fetcher.said)
            fetcher.read.clear()
            sheets = tuple(find(head, media, fetcher, base, fonts, counters, profiles, rules, layers))
            added = {name: value for name, value in counters.items() if before[0].get(name) is not value}
            known = _Sheets(sheets, added, tuple(layers), dict(fetcher.read))
            fetcher.read.update(before[1])
            if before[2:] == (len(fetcher.refused), len(fetcher.said)) and not profiles:
                of_fonts[key] = known
        else:
            counters.update(known.counters)
            layers.extend(known.layers)
            fetcher.read.update(known.read)
        yield from known.sheets
        # With rules of pages of their own: those of the head are remembered in one list, which must not get any more.
        yield from find(body, media, fetcher, base, fonts, counters, profiles, [], layers)

    return find_stylesheets


@dataclass(frozen=True, slots=True)
class _Part:
    """Elements of a document that are style sheets or lead to one, as WeasyPrint asks for them."""

    elements: Sequence[Any]

    def query_all(self, *_selectors: str) -> Sequence[Any]:
        return self.elements


def _in_head_and_body(root: Any) -> tuple[_Part, _Part]:
    head: list[Any] = []
    body: list[Any] = []
    for element in root.query_all("style", "link"):
        (head if element.parent.local_name == "head" else body).append(element)
    return _Part(head), _Part(body)


def _written(part: _Part) -> tuple[tuple[str, ...], ...]:
    """Return elements as they are written."""
    elements = (wrapper.etree_element for wrapper in part.elements)
    return tuple((element.tag, element.text or "", *map(str, sorted(element.items()))) for element in elements)
