"""A tree whose runs are in several languages in, the same with each run saying so out: in attributes and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stele.language.tags import direction, name_in
from stele.sources import fragments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from stele.sources.templating import Templates

    # Says in words what a fallback in the language of a tag is.
    Say = Callable[[str, str], str]

# A note would be read as part of these: it stands behind them.
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BACK_LINK = "footnote-backref"


def settle(root: Any) -> None:
    """Give every fallback the direction of its language; one that shows no words, as a picture, needs no mark."""
    for element in root.xpath(f".//*[@{fragments.FALLBACK}][@lang]"):
        element.set("dir", element.get("dir") or direction(element.get("lang")))
        if not element.text_content().strip():
            element.attrib.pop(fragments.FALLBACK)


def say_languages(root: Any, tag: str, titles: Mapping[str, str], terms: Mapping[str, str]) -> None:
    """Say in which language titles and abbreviations are, where it is not that of the text around them.

    `tag` is the language of `root`; `titles` and `terms` have the languages of the values of ``title``, and of the
    abbreviations themselves. The language of an attribute is that of its element.
    """
    for element in root.iter("a", "abbr") if titles or terms else ():
        around = language_around(element, tag)
        within = terms.get(element.text_content(), around) if element.tag == "abbr" else around
        own = titles.get(element.get("title"), around) if element.get("title") else within
        if own != around:
            element.attrib.update({"lang": own, "dir": direction(own)})
        if within != own:
            _wrap(element, within)


def drop_uncalled_notes(root: Any) -> None:
    """Take out the footnotes that nothing calls any more, and number the others anew."""
    items = root.xpath(".//div[@class='footnote']/ol/li")
    while uncalled := [item for item in items if item.get("id") not in set(_called(root))]:
        for item in uncalled:
            item.drop_tree()
        items = [item for item in items if item not in uncalled]
    numbers = {f"#{item.get('id')}": str(number) for number, item in enumerate(items, 1)}
    for call in root.xpath(".//a[contains(@class, 'footnote-ref')]"):
        call.text = numbers.get(call.get("href"), call.text)
    for block in root.xpath(".//div[@class='footnote'][ol[not(li)]]"):
        block.drop_tree()


def language_around(element: Any, tag: str) -> str:
    """Return the language of what is in `element`, `tag` where nothing around it names one."""
    return next((item.get("lang") for item in (element, *element.iterancestors()) if item.get("lang")), tag)


def run(html: str, tag: str, fallback: str | None = None) -> str:
    """Return HTML as a run in the language `tag`."""
    mark = f' {fragments.FALLBACK}="{fallback}"' if fallback else ""
    return f'<span lang="{tag}" dir="{direction(tag)}"{mark}>{html}</span>'


def in_words(templates: Templates, tag: str) -> Say:
    """Return how the templates speak of fallbacks to the readers of the language `tag`."""
    labels = templates.variables("shared/labels.html", ("in_language", "older_wording"))

    def say(fallback: str, spoken: str) -> str:
        if fallback == "previous":
            return labels["older_wording"]
        return labels["in_language"].replace("%(language)s", name_in(spoken, tag))

    return say


def opening_note(texts: Iterable[str], say: Say) -> str:
    """Return what is said of the fallbacks among some texts, each of them HTML."""
    roots = (fragments.parse(html) for html in texts if fragments.FALLBACK in html)
    runs = (run for root in roots for run in root.xpath(f".//*[@{fragments.FALLBACK}]"))
    return " ".join(dict.fromkeys(say(run.get(fragments.FALLBACK), run.get("lang") or "") for run in runs))


def add_notes(root: Any, tag: str, say: Say) -> None:
    """Say in words, behind each run of blocks that are no translations, what they are.

    `tag` is the language of `root`. Neighbours that are alike share one note.
    """
    if not root.xpath(f"descendant-or-self::*[@{fragments.FALLBACK}]"):  # as most texts, which are translated whole
        return
    for element in list(_ends_of_runs(root)):
        span = element.makeelement("span", {"class": "fallback-note", "lang": tag, "dir": direction(tag)})
        span.text = say(element.get(fragments.FALLBACK), element.get("lang") or "")
        heading = next((item for item in (element, *element.iterancestors()) if item.tag in _HEADINGS), None)
        if heading is not None:
            span.tag = "div"
            heading.addnext(span)
        else:
            _append(element, span)


def _ends_of_runs(root: Any) -> Iterator[Any]:
    """Yield the last element of each run of neighbouring fallbacks of one kind, in the order of reading."""
    last = None
    for element, place, _ in fragments.texts(root, ""):
        if not getattr(element, place).strip():
            continue
        holder = _fallback_around(element if place == "text" else element.getparent())
        if last is not None and _kind(holder) != _kind(last):
            yield last
        last = holder
    if last is not None:
        yield last


def _fallback_around(element: Any) -> Any:
    chain = (element, *element.iterancestors())
    return next((item for item in chain if item.get(fragments.FALLBACK)), None)


def _kind(holder: Any) -> tuple[str, str] | None:
    return None if holder is None else (holder.get(fragments.FALLBACK), holder.get("lang") or "")


def _append(element: Any, span: Any) -> None:
    """Put the note at the end of a block, before the arrow that leads from a footnote back to the text."""
    arrow = next((child for child in element if _BACK_LINK in (child.get("class") or "")), None)
    if arrow is None:
        last = element[-1] if len(element) else None
        if last is None:
            element.text = (element.text or "").rstrip() + " "
        else:
            last.tail = (last.tail or "").rstrip() + " "
        element.append(span)
        return
    arrow.addprevious(span)
    span.tail = "\u00a0"


def _called(root: Any) -> Iterator[str]:
    for call in root.xpath(".//a[contains(@class, 'footnote-ref')]"):
        yield (call.get("href") or "").removeprefix("#")


def _wrap(element: Any, tag: str) -> None:
    """Say that what is in `element` is in the language `tag`, though the element itself is not."""
    span = element.makeelement("span", {"lang": tag, "dir": direction(tag)})
    span.text, element.text = element.text, None
    span.extend(list(element))
    element.append(span)
