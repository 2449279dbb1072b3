"""An edition's localized documents in, the one HTML file of its product out: compose(edition, documents) -> html."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stele.language.tags import direction
from stele.print.parts import parts_of
from stele.print.products import BOOKLET, Product
from stele.print.rolls import set_rolls
from stele.print.symbols import qr_code
from stele.sources import fragments, marks, media
from stele.sources.links import in_language, resolve
from stele.sources.templating import Templates, safe
from stele.translation.credits import Credits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from lxml.html import HtmlElement
    from markupsafe import Markup

    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.sources.addressees import Addressee
    from stele.sources.markup import Heading
    from stele.sources.theme import Theme
    from stele.translation.localization import LocalizedDocument
    from stele.translation.release import Release


_IN_NOTE = "ancestor::li[starts-with(@id, 'fn:')]"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document as the template of a booklet sees it; `id` and the anchors are unique in the booklet."""

    key: str
    id: str
    title: Markup
    short: Markup
    plain_title: str
    description: Markup
    opening_note: str
    layout: str
    html: Markup
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What an edition is called, in the language of the booklet."""

    name: str
    title: Markup
    subtitle: Markup


@dataclass(frozen=True, slots=True)
class Form:
    """What an edition is made as: a product in one of its formats.

    `files` say where somebody wrote the words of each document in this language, by its key. `addressees` get a letter
    each; `web` is the address of the site, which some products show, and `home` that of its pages in this language, to
    which a code leads. What is to stand beside another language is composed with `is_bilingual`.
    """

    product: Product = BOOKLET
    format: str = "a5"
    files: Mapping[str, str] = field(default_factory=dict)
    addressees: tuple[Addressee, ...] = ()
    web: str = ""
    home: str = ""
    is_bilingual: bool = False


def compose(
    cover: Cover,
    documents: Sequence[LocalizedDocument],
    *,
    language: Language,
    site: Mapping[str, str],
    stage: Stage,
    notes: bool,
    templates: Templates,
    theme: Theme,
    project_root: Path,
    family: str = "",
    form: Form = Form(),
    released: Release | None = None,
) -> str:
    """Return the HTML of a product, a booklet where nothing else is said; raise `templating.TemplateFailure`.

    `notes` says in words which blocks are no translations; `family` comes before the fonts of the theme; `released` is
    what the colophon tells of the ledger and of those who translated.
    """
    keys = {document.path: document.key for document in documents}
    say = marks.in_words(templates, language.tag) if notes else None
    chapters = [_chapter(document, keys, project_root, say, form) for document in documents]
    return templates.render(
        form.product.template,
        {
            "language": language,
            "site": site,
            "edition": cover,
            "stage": stage.value,
            "chapters": chapters,
            "parts": parts_of(chapters, form.files) if chapters and form.product != BOOKLET else None,
            "form": form,
            "qr_code": lambda: safe(qr_code(form.home)),
            "family": family,
            "released": released if released and released.sources else None,
            "credits": released.credits.get(language.tag, Credits()) if released else Credits(),
            "stylesheet": lambda name: theme.find(name).as_uri(),
        },
    )


def compose_slug(cover: Cover, *, language: Language, templates: Templates, theme: Theme, family: str = "") -> str:
    """Return the HTML of the line that tells a print shop whose page it has; see `press.slug`."""
    return templates.render(
        "booklet/slug.html",
        {
            "language": language,
            "edition": cover,
            "family": family,
            "stylesheet": lambda name: theme.find(name).as_uri(),
        },
    )


def _chapter(
    document: LocalizedDocument, keys: Mapping[str, str], project_root: Path, say: marks.Say | None, form: Form
) -> Chapter:
    root = fragments.parse(document.html)
    media.keep(root, "print")
    if say:
        marks.add_notes(root, document.language.tag, say)
    if form.product == BOOKLET:
        _set_footnotes(root, document.language.tag)
    else:
        _drop_arrows(root)  # the notes stay in their list, behind the last section
    _number_lists(root)
    prefix = _id(document.key)
    for element in root.iter():
        if element.get("id"):
            element.set("id", f"{prefix}--{element.get('id')}")
    fragments.relink(root, _target(document, keys, project_root))
    if form.product == BOOKLET:
        set_rolls(root, document.language.tag, form.format, bilingual=form.is_bilingual)
    return Chapter(
        document.key,
        prefix,
        safe(document.title),
        safe(document.short),
        document.plain_title,
        safe(document.description),
        marks.opening_note((document.title, document.description), say) if say else "",
        document.layout,
        safe(fragments.serialize(root)),
        tuple(replace(item, id=f"{prefix}--{item.id}") for item in document.headings),
    )


def _number_lists(root: HtmlElement) -> None:
    """Begin a list where its author did; WeasyPrint 70 does not know the attribute that says so."""
    for element in root.iter("ol"):
        start = element.get("start") or ""
        if start.isdecimal():
            element.set("style", f"counter-reset: list-item {int(start) - 1}")


def _id(key: str) -> str:
    return key.replace("/", ".")


def _target(
    document: LocalizedDocument, keys: Mapping[str, str], project_root: Path
) -> Callable[[str, str], str | None]:
    """Return the rule for links on paper: within the booklet by anchor, elsewhere as they are, else none."""

    def target(kind: str, address: str) -> str | None:
        if address.startswith("#"):
            return f"#{_id(document.key)}--{address[1:]}"
        if kind == "href" and fragments.scheme(address) is not None:
            return address
        found = resolve(address, document.path) if fragments.scheme(address) is None else None
        if found is None:
            return None
        if kind == "src":
            return (project_root / in_language(found.path, document.language.tag, project_root)).resolve().as_uri()
        key = keys.get(found.path)
        if key is None:
            return None
        return f"#{_id(key)}--{found.anchor}" if found.anchor else f"#{_id(key)}"

    return target


def _set_footnotes(root: HtmlElement, tag: str) -> None:
    """Move each note to its call as ``span.footnote``, for CSS to float to the foot of the page.

    A note that the title, another note or nothing calls stays in its list.
    """
    items = root.xpath(".//div[@class='footnote']/ol/li[starts-with(@id, 'fn:')]")
    notes = {item.get("id"): item for item in items}
    placed = []
    for call in root.xpath(f".//sup[a[contains(@class, 'footnote-ref')]][not({_IN_NOTE})]"):
        item = notes.get((call[0].get("href") or "").removeprefix("#"))
        if item is None:
            continue
        note = fragments.parse(_inline(item))
        note.tag = "span"
        note.set("class", "footnote")
        if marks.language_around(call, tag) != (own := marks.language_around(item, tag)):
            note.attrib.update({"lang": own, "dir": direction(own)})
        note.tail, call.tail = call.tail, None
        call.getparent().replace(call, note)
        placed.append(item)
    for number, item in enumerate(items, 1):
        if item in placed:
            item.drop_tree()
        else:
            _keep(item, number)
    for block in root.xpath(".//div[@class='footnote'][ol[not(li)]]"):
        block.drop_tree()


def _keep(item: HtmlElement, number: int) -> None:
    """Leave a note in the list at the end, under its number; the list itself is no footnote."""
    _drop_arrows(item)
    first = item[0] if len(item) and item[0].tag == "p" else item
    first.text = f"{number} {(first.text or '').lstrip()}"
    item.getparent().getparent().set("class", "notes")


def _drop_arrows(note: HtmlElement) -> None:
    for arrow in note.xpath(".//a[contains(@class, 'footnote-backref')]"):
        arrow.drop_tree()


def _inline(item: HtmlElement) -> str:
    """Return the content of a note as phrases: a footnote stands inside a paragraph and can hold no block."""
    copy = fragments.parse(fragments.serialize(item))
    _drop_arrows(copy)
    for block in copy.xpath(".//p | .//div | .//blockquote | .//ul | .//ol | .//li | .//pre"):
        following = block.getnext()
        block.tag = "span"
        if following is not None:
            block.tail = " " + (block.tail or "").strip()
    return re.sub(r"[ \n]+", " ", fragments.serialize(copy)).strip(" ")
