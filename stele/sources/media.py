"""A text for books and pages in, what is for one of them alone left out of the other out: a name, for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from stele.sources.ledger.roll import Medium

_OTHER: dict[Medium, Medium] = {"print": "web", "web": "print"}


def only(medium: Medium, html: str) -> str:
    """Return HTML that `keep` takes out of every other medium."""
    return f'<div class="{_name(medium)}">{html}</div>'


def keep(root: HtmlElement, medium: Medium) -> None:
    """Leave below `root` what is for `medium`, in the place of the elements that say so."""
    for element in root.find_class(_name(_OTHER[medium])):
        element.drop_tree()
    for element in root.find_class(_name(medium)):
        element.drop_tag()


def _name(medium: Medium) -> str:
    return f"only-{medium}"
