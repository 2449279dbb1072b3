"""A subject in, what oEmbed says of its page out: how a website shows it where somebody pasted its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.artifacts import Artifact, json_bytes
from stele.sources import fragments
from stele.web import addresses
from stele.web.embeds import snippets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from stele.web.embeds.subjects import Subject


def answer(subject: Subject, site: Mapping[str, Markup]) -> Artifact:
    """Return the file; `site` are the texts of site.toml.

    # oEmbed 1.0, 2.3.4 and 2.3.4.4
    A static host answers every question alike: ``maxwidth`` and ``maxheight`` change nothing.
    """
    said = {
        "version": "1.0",
        "type": "rich",
        "provider_name": fragments.plain(site["title"]),
        "provider_url": addresses.home(subject.address, subject.language.tag),
        "title": subject.plain_title,
        "author_name": fragments.plain(site["organisation"]),
        "html": snippets.pasted(subject),
        "width": snippets.CARD_WIDTH,
        "height": snippets.CARD_HEIGHT,
    }
    stated = {name: value for name, value in said.items() if value}
    return Artifact(addresses.oembed(subject.language.tag, subject.key), json_bytes(stated))
