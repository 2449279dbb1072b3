"""A subject in, pages out that stand alone in a frame: no file beside them, and nothing that a sandbox would refuse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from stele.artifacts import Artifact, page_at
from stele.sources import fragments
from stele.sources.templating import safe
from stele.web.addresses import ASSETS
from stele.web.embeds import scripts
from stele.web.embeds.policy import policy
from stele.web.embeds.subjects import CARD, WHOLE

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from stele.diagnostics import Stage
    from stele.sources.theme import Theme
    from stele.translation.shelf import Shelf
    from stele.web.embeds.subjects import Subject

# HTML Standard, 4.8.4.2.1 Srcset attributes: addresses without spaces, each with a descriptor or none.
_CANDIDATE = re.compile(r"(?P<address>[^\s,]\S*[^\s,])(?P<rest>\s[^,]*|)")


@dataclass(frozen=True, slots=True)
class Dress:
    """How all that stands alone looks: the style sheets of cards and of whole texts, and the `stage` of both."""

    card: str
    whole: str
    stage: Stage


def dress(theme: Theme, stage: Stage) -> Dress:
    """Return the style sheets of a theme for texts at a stage."""
    whole = _sheet(theme, "site/site.css") + _sheet(theme, "embed/whole.css")
    return Dress(_sheet(theme, "embed/card.css"), whole, stage)


def card(subject: Subject, shelf: Shelf, dress: Dress) -> Artifact:
    """Return the card of a page; raise `templating.TemplateFailure`."""
    return _alone(subject, shelf, CARD, dress.card, {"stage": dress.stage.value})


def whole(subject: Subject, shelf: Shelf, dress: Dress, page: Artifact) -> Artifact:
    """Return the text that stands on the finished `page` of the subject; raise `templating.TemplateFailure`."""
    root = fragments.parse_page(page.data.decode())
    article = next(root.iter("article"), root.body)
    lead_abroad(article, subject.page)
    text, layout = safe(fragments.serialize(article)), article.get("class", "")
    values = {"text": text, "layout": layout, "stage": dress.stage.value}
    return _alone(subject, shelf, WHOLE, dress.whole, values)


def lead_abroad(root: HtmlElement, page: str) -> None:
    """Give links and pictures below `root` full addresses; `page` is that of the page on which they stood.

    A link that leaves the text leaves the frame as well.
    """
    for link in root.iter("a"):
        if not link.get("href", "#").startswith("#"):
            link.set("href", _full(page, link.get("href")))
            link.set("target", "_top")
    for picture in root.iter("img", "source"):
        if picture.get("src"):
            picture.set("src", _full(page, picture.get("src")))
        if picture.get("srcset"):
            full = (
                f"{_full(page, item['address'])}{item['rest']}" for item in _CANDIDATE.finditer(picture.get("srcset"))
            )
            picture.set("srcset", ", ".join(full))


def _full(page: str, address: str) -> str:
    path, hash_, anchor = urljoin(page, address).partition("#")
    return path.removesuffix("index.html") + hash_ + anchor


def _alone(subject: Subject, shelf: Shelf, name: str, style: str, values: dict[str, Any]) -> Artifact:
    script = scripts.in_frames()
    around = {
        "subject": subject,
        "language": subject.language,
        "site": shelf.site,
        "style": safe(style),
        "script": safe(script),
        "policy": policy(style, script, f"{subject.address}/{ASSETS.partition('/')[2]}/"),
    }
    template = "embed/card.html" if name == CARD else "embed/whole.html"
    html = shelf.templates.page(template, around | values)
    return page_at(subject.path(name), html)


def _sheet(theme: Theme, name: str) -> str:
    """Return a style sheet that cannot end the element in which it stands."""
    return theme.find(name).read_text(encoding="utf-8").replace("</", "<\\/")
