"""What was read and written out in, the release that a build publishes out; and slips that correct an earlier one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic
from stele.engine import Room, Task
from stele.language.casing import keyword
from stele.language.transliteration import SOURCES
from stele.print import erratum, pdf
from stele.sources import fragments
from stele.sources.editions import chapters
from stele.sources.ledger.chosen import chosen
from stele.sources.ledger.references import calls, citations, references
from stele.sources.ledger.wanted import bodies_of, published, wanted
from stele.sources.templating import TemplateFailure
from stele.stages.remarking import tell
from stele.stages.telling import PRINT_LIMITS, Stopped
from stele.stages.typefaces import shown, typeface, uncovered
from stele.translation.credits import credits_of
from stele.translation.release import RELEASE, Release, as_json, changes, read_release, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from stele.language.tags import Language
    from stele.print.erratum import Slip
    from stele.sources.documents import Document
    from stele.sources.inscription import Inscriptions
    from stele.sources.ledger.records import Record
    from stele.sources.project import Edition
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.credits import Credits
    from stele.translation.release import Change
    from stele.translation.shelf import Shelf


_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "figcaption"})
_AROUND = 60  # characters on either side of a value


def release(desk: Desk, inscribed: Mapping[str, Inscriptions]) -> Release:
    """Return what this build publishes of the ledger, and who translated and reviewed, where they may be named."""
    return Release(
        version_of(published(desk.ledger, wanted(desk.documents))),
        next((item.text for item in desk.project.settings if item.name == "imprint.year"), ""),
        desk.project.source.tag,
        {tag: item.statements for tag, item in inscribed.items()},
        {item.tag: _credits(desk, item) for item in desk.languages} if desk.project.translation.credits else {},
    )


def kept(released: Release) -> list[Artifact]:
    """Return the file in which a release is kept; none of a project without a ledger."""
    return [Artifact(RELEASE, as_json(released))] if released.statements else []


def _credits(desk: Desk, language: Language) -> Credits:
    """Return who is named in the catalogs of a language: of one in other letters, those of the language it is."""
    tag = SOURCES[language.tag] if desk.is_transliterated(language.tag) else language.tag
    return credits_of(catalog for _, catalog in desk.catalogs.of(tag))


def earlier(path: Path) -> Release:
    """Return the release that lies at `path`, a file or the output folder of a build; end here where there is none."""
    file = path / RELEASE if path.is_dir() else path
    try:
        return read_release(file.read_bytes())
    except (OSError, ValueError) as error:
        message, hint = f"{path.name} is not the release of a build", f"name a folder of output, or its {RELEASE}"
        raise Stopped([Diagnostic("bad-release", message, None, hint)]) from error


def print_slips(
    telling: Telling, desk: Desk, shelves: Sequence[Shelf], before: Release, now: Release
) -> tuple[list[Artifact], tuple[str, ...]]:
    """Return a slip for each edition and language that reads differently, and what is said of the others."""
    missing = pdf.missing_libraries()
    if not pdf.can_set_type(missing):
        message = f"{', '.join(missing)} not found, so no slip was made"
        raise Stopped([Diagnostic("no-pango", message, None, "run: python build.py doctor")])
    made: list[Artifact] = []
    remarks = []
    for edition in desk.editions:
        for shelf in shelves:
            name = f"{edition.name}.{shelf.language.tag}"
            found = _of_edition(desk, edition, shelf, changes(before, now, shelf.language.tag))
            if shelf.language.tag not in before.statements:
                remarks.append(f"{name}: the release {before.version} has no such language")
            elif not found:
                remarks.append(f"{name}: nothing reads differently since data version {before.version}")
            else:
                made += _printed(telling, desk, edition, shelf, (before, now), found)
    return made, tuple(remarks)


def _of_edition(
    desk: Desk, edition: Edition, shelf: Shelf, found: Sequence[Change]
) -> list[tuple[Change, tuple[str, ...]]]:
    """Return the changes that concern an edition, each with the titles of its chapters that tell of it.

    What was withdrawn is told in no chapter any more, and so concerns every edition.
    """
    by_key = {document.key: document for document in shelf.documents}
    told = {document.key: _told_in(desk, document) for document in desk.documents}
    titles = {key: by_key[key].title for key in chapters(edition, by_key)}
    placed = [
        (change, tuple(title for key, title in titles.items() if change.key.partition(" ")[2] in told[key]))
        for change in found
    ]
    return [(change, where) for change, where in placed if where or not change.now]


def _told_in(desk: Desk, document: Document) -> frozenset[str]:
    """Return the ids of the records of which a document tells."""
    bodies = tuple(bodies_of(document))
    shown = (item.id for body in bodies for call in calls(body) for item in chosen(desk.ledger, call))
    cited = (item.source for body in bodies for note in citations(body) for item in note)
    return frozenset((*shown, *cited, *(reference.id for body in bodies for reference in references(body))))


def _printed(
    telling: Telling,
    desk: Desk,
    edition: Edition,
    shelf: Shelf,
    releases: tuple[Release, Release],
    found: Sequence[tuple[Change, tuple[str, ...]]],
) -> Iterator[Artifact]:
    """Yield the slip of an edition in a language."""
    face, name = typeface(telling, desk, shelf.language.tag), f"{edition.name}.{shelf.language.tag}"
    if face is None:
        return
    said = releases[1].statements[shelf.language.tag]
    corrections = [
        erratum.correction(change, where, _passages(shelf, change), _sources(desk, change, said), shelf.language.tag)
        for change, where in found
    ]
    try:
        html = erratum.compose(
            shelf.title_of(edition.name),
            corrections,
            before=releases[0],
            now=releases[1],
            language=shelf.language,
            organisation=shelf.site["organisation"],
            templates=shelf.templates,
            theme=desk.theme,
            family=face.family,
        )
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure
    lacking = tuple(uncovered(telling, desk, shelf, face, f"{name}.erratum", html, shown(html)))
    tell(telling, desk, lacking)
    roots = (telling.request.project / "content", *desk.theme.roots)
    files = tuple(item.path for item in face.faces)
    arguments = (html, roots, name, shelf.language.right_to_left)
    task = Task(name, erratum.make_slip, arguments, (*desk.theme_files, *files))
    for slip in _set(telling, task, files) if not lacking else ():
        tell(telling, desk, slip.diagnostics)
        yield slip.artifact


def _set(telling: Telling, task: Task[Any], files: Sequence[Path]) -> list[Slip]:
    return telling.run("Printing slips", [task], PRINT_LIMITS, Room(pdf.private_fonts, tuple(dict.fromkeys(files))))


def _passages(shelf: Shelf, change: Change) -> Iterator[str]:
    """Yield the first words in which a value stands that no block of records prints, to tell what it is a number of."""
    kind, _, name = change.key.partition(" ")
    htmls = (document.html for document in shelf.documents if kind == "value" and f'="{name}"' in document.html)
    for html in list(htmls)[:1]:
        found = fragments.parse(html).xpath(".//*[@*[name()=$record]=$name]", record=fragments.RECORD, name=name)
        for block in found[:1]:
            yield escape(_around(block))


def _around(value: Any) -> str:
    """Return the words of a block in which a value stands, those far from it left out."""
    block = next((item for item in value.iterancestors() if item.tag in _BLOCKS), value)
    text, words = fragments.plain(fragments.serialize(block)), fragments.plain(fragments.serialize(value))
    at = text.find(words)
    start, end = text.rfind(" ", 0, max(0, at - _AROUND)) + 1, text.find(" ", at + len(words) + _AROUND)
    return f"{'… ' if start else ''}{text[start : end if end > 0 else None]}{' …' if end > 0 else ''}"


def _sources(desk: Desk, change: Change, said: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the sources of what is now said, as the bibliography prints them."""
    kind, _, name = change.key.partition(" ")
    record = _record(desk, kind, name) if change.now else None
    for cited in record.sources if record else ():
        yield from said.get(f"source {cited.source}", ())


def _record(desk: Desk, kind: str, name: str) -> Record | None:
    return next((item for item in desk.ledger if item.id == name and kind == keyword(type(item).__name__)), None)
