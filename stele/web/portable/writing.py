"""Names, attributes and texts in, HTML out as WordPress and Drupal both write it, so that neither writes it anew.

What both leave unchanged is what Drupal's format "Basic HTML" lets through: ``br p h2-h6 cite dl dt dd a blockquote ul
ol strong em code li``, ``lang`` and ``dir`` on each of them, ``href`` of links, ``id`` of headings, ``start`` and
``type`` of lists (Drupal 10 and 11, core/profiles/standard/config/install/filter.format.basic_html.yml). WordPress
takes all of it for a post (wp-includes/kses.php, $allowedposttags). Drupal writes a no-break space as ``&nbsp;``
(HTML5-PHP, OutputRules::escape), takes every colon of a value other than an address for the end of a scheme
(UrlHelper::filterBadProtocol), and keeps no white space at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from stele.language.tags import direction

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# HTML Standard, 2.4.1: white space is no more than this; a no-break space is a letter like any other.
_SPACE = re.compile(r"[ \t\n\f\r]+")
_BREAK = re.compile(r" *<br> *")
_UNWANTED = (" ", "<br>", "&nbsp;")
_BREAKS_AT_AN_END = re.compile(r"\A(?:<br>|&nbsp;| )+|(?:<br>|&nbsp;| )+\Z")
_TAG = re.compile(r"<[^>]*>")
_DIRECTIONS = ("ltr", "rtl")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language and direction that an element must state itself; empty where what is around it does."""

    lang: str = ""
    dir: str = ""

    @property
    def attributes(self) -> tuple[tuple[str, str], ...]:
        """Return them as attributes."""
        return tuple((name, value) for name, value in (("lang", self.lang), ("dir", self.dir)) if value)


SILENT = Spoken()


def spoken(element: HtmlElement, around: Spoken = SILENT) -> Spoken:
    """Return what `element` must state where the elements around it, which are left out, stated `around`."""
    lang = element.get("lang", "")
    stated = element.get("dir", "")
    own = stated if stated in _DIRECTIONS else direction(lang) if lang else ""
    return Spoken(lang or around.lang, own or around.dir)


def text(words: str | None) -> str:
    """Return plain text as HTML, its white space folded."""
    return verbatim(_SPACE.sub(" ", words or ""))


def verbatim(words: str) -> str:
    """Return plain text as HTML."""
    return escape(words, quote=False).replace("\u00a0", "&nbsp;")


def element(name: str, inner: str, *attributes: tuple[str, str]) -> str:
    """Return an element that holds `inner`, which is HTML."""
    stated = "".join(f' {key}="{_value(value)}"' for key, value in attributes)
    return f"<{name}{stated}>{inner}</{name}>"


def _value(value: str) -> str:
    return escape(value.replace("'", "%27"), quote=True).replace("\u00a0", "&nbsp;")


def tidy(line: str) -> str:
    """Return the HTML of a line without white space or breaks at its ends."""
    line = _SPACE.sub(" ", line)
    if "<br>" in line:
        line = _BREAK.sub("<br>", line)
    if line.startswith(_UNWANTED) or line.endswith(_UNWANTED):
        line = _BREAKS_AT_AN_END.sub("", line)
    return line


def plain(html: str) -> str:
    """Return the words of lines that were written here, a line for each line and each break."""
    return unescape(_TAG.sub("", html.replace("<br>", "\n")))
