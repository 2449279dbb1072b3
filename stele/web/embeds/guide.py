"""What other websites may show in, the pages of the site that say how out: choose a page, copy, paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stele.artifacts import Artifact, page_at
from stele.web import addresses
from stele.web.addresses import relative
from stele.web.embeds import snippets
from stele.web.embeds.subjects import CARD, FRAGMENT, STYLED, WHOLE
from stele.web.site import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from stele.translation.shelf import Shelf
    from stele.web.embeds.subjects import Subject
    from stele.web.frame import Frame

_PREVIEWS = {"card": CARD, "whole": WHOLE, "styled": STYLED, "plain": FRAGMENT}


def guide(frame: Frame, shelf: Shelf, choices: Sequence[Subject], made: Mapping[str, bytes]) -> Iterator[Artifact]:
    """Yield the page on which one chooses and a page for each choice; raise `templating.TemplateFailure`.

    `made` are the files that there are beside cards and whole texts, by path: what is not among them is not offered.
    """
    tag = shelf.language.tag
    here = addresses.embedding(tag)
    values = frame.around(shelf, addresses.embedding) | {
        "choices": [Entry(item.title, relative(here, addresses.embedding(tag, item.key)), False) for item in choices],
        "has_plain": any(item.path(FRAGMENT) in made for item in choices),
        "has_element": any(item.path(STYLED) in made for item in choices),
    }
    yield page_at(here, shelf.templates.page("site/embedding.html", values))
    for item in choices:
        yield page_at(addresses.embedding(tag, item.key), _on_one(frame, shelf, item, made))


def paths(subjects: Iterable[Subject]) -> Iterator[str]:
    """Yield where the pages of `guide` will lie."""
    for item in subjects:
        yield addresses.embedding(item.language.tag)
        yield addresses.embedding(item.language.tag, item.key)


def _on_one(frame: Frame, shelf: Shelf, subject: Subject, made: Mapping[str, bytes]) -> str:
    here = addresses.embedding(subject.language.tag, subject.key)
    values = frame.around(shelf, lambda tag: addresses.embedding(tag, subject.key)) | {
        "subject": subject,
        "snippets": _snippets(subject, made),
        "previews": {name: relative(here, subject.path(file)) for name, file in _PREVIEWS.items()},
        "guide_href": relative(here, addresses.embedding(subject.language.tag)),
    }
    return shelf.templates.page("site/embedding_page.html", values)


def _snippets(subject: Subject, made: Mapping[str, bytes]) -> dict[str, str]:
    """Return what there is to copy, by name; what there is not is an empty text."""
    return {
        "card": snippets.card(subject),
        "whole": snippets.whole(subject) if subject.has_text else "",
        "amp": snippets.amp(subject) if subject.has_text else "",
        "element": snippets.element(subject) if subject.path(STYLED) in made else "",
        "plain": made.get(subject.path(FRAGMENT), b"").decode(),
    }
