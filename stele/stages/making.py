"""Everything that is said in, the files that are published out: site, booklets, reviews, the status page."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import url2pathname

from stele import publishing, report
from stele.diagnostics import Diagnostic, sort
from stele.engine import Room, Task
from stele.language.casing import keyword
from stele.print import booklet, pdf, review_booklet
from stele.print.bilingual.making import both, order_of_both
from stele.print.bilingual.pairing import Version
from stele.sources import fonts
from stele.sources.templating import TemplateFailure
from stele.stages import looking
from stele.stages.composing import compose
from stele.stages.reading import for_editors, spoken
from stele.stages.remarking import tell
from stele.stages.request import Outcome
from stele.stages.telling import PRINT_LIMITS, REVIEW_LIMITS, Stopped
from stele.stages.typefaces import Typeface, typeface, uncovered
from stele.stages.wording import far_enough
from stele.web import status_page as page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stele.artifacts import Artifact
    from stele.language.tags import Language
    from stele.sources.project import Edition
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.overview import Overview
    from stele.translation.release import Release
    from stele.translation.shelf import Shelf

_IMAGE = re.compile(r'src="file://([^"]+)"')


def expect_booklets(telling: Telling, desk: Desk) -> None:
    """Let a worker load what sets type, while it is said what there is to set."""
    if desk.editions and pdf.can_set_type(pdf.missing_libraries()):
        telling.crew.expect(PRINT_LIMITS, _room(desk, ()))


def print_booklets(
    telling: Telling, desk: Desk, shelves: Sequence[Shelf], released: Release, meanwhile: Iterator[None]
) -> list[Artifact]:
    """Return the PDFs of every edition in every language, none on a machine that cannot set type.

    This process takes steps of what it does `meanwhile`.
    """
    if not desk.editions:
        return []
    missing = pdf.missing_libraries()
    if not pdf.can_set_type(missing):
        telling.found.append(_no_pango(missing))
        return []
    tasks: dict[tuple[Path, ...], list[Task[Any]]] = defaultdict(list)
    for edition in desk.editions:
        ordered = _bilingual if edition.beside else _single
        for files, task in ordered(telling, desk, edition, far_enough(telling, desk, shelves, edition), released):
            tasks[files].append(task)
    # Booklets of other fonts have other workers: none may borrow a glyph from a font that was not chosen for it.
    made = [item for files, group in tasks.items() for item in _printed(telling, desk, group, files, meanwhile)]
    for item in made:
        tell(telling, desk, item.booklet.diagnostics)
        telling.flaws |= item.flaws
        telling.texts |= item.texts
        telling.fronts[item.booklet.name] = item.front
    return [artifact for item in made for artifact in booklet.artifacts(item.booklet)]


def _single(
    telling: Telling, desk: Desk, edition: Edition, shelves: Sequence[Shelf], released: Release
) -> Iterator[tuple[tuple[Path, ...], Task[Any]]]:
    """Yield what prints an edition in each language, behind the font files that it needs beside those of the theme."""
    for shelf in shelves:
        name = f"{edition.name}.{shelf.language.tag}"
        for version, face, rest in _covered(telling, desk, edition, shelf, name, released):
            yield _files(face), _task(telling, desk, edition, name, (version.html, *rest), (face, version))


def _bilingual(
    telling: Telling, desk: Desk, edition: Edition, shelves: Sequence[Shelf], released: Release
) -> Iterator[tuple[tuple[Path, ...], Task[Any]]]:
    """Yield the same for each language that has another beside it; nothing without that one."""
    beside = [shelf for shelf in shelves if shelf.language.tag == edition.beside]
    for shelf, other in ((shelf, other) for shelf in shelves for other in beside if shelf is not other):
        name = f"{edition.name}.{shelf.language.tag}-{edition.beside}"
        for ours, face, rest in _covered(telling, desk, edition, shelf, name, released):
            for theirs, facing_face, others in _covered(telling, desk, edition, other, name, released):
                made, found = both(ours, theirs, name, desk.theme, edition)
                telling.found += found
                order = order_of_both(rest[-1], others[-1], ours, theirs, desk.theme)
                sides = ((face, ours), (facing_face, theirs))
                yield _files(face, facing_face), _task(telling, desk, edition, name, (made, *rest[:-1], order), *sides)


def _covered(
    telling: Telling, desk: Desk, edition: Edition, shelf: Shelf, name: str, released: Release
) -> Iterator[tuple[Version, Typeface, tuple[Any, ...]]]:
    """Yield a booklet as it was composed, its typeface and how it is made, if there is a glyph for all of it.

    What a template cannot say is reported, and costs the other booklets nothing.
    """
    face = typeface(telling, desk, shelf.language.tag)
    if face is None:
        return
    made = compose(telling, desk, edition, shelf, name, face.family, released)
    if made is None:
        return
    lacking = tuple(uncovered(telling, desk, shelf, face, name, made.html, made.letters))
    tell(telling, desk, lacking)
    if not lacking:
        roots = (telling.request.project / "content", *desk.theme.roots)
        arguments = (roots, name, shelf.language.right_to_left, made.order)
        yield Version(made.html, shelf.language, face.family), face, arguments


def _task(
    telling: Telling,
    desk: Desk,
    edition: Edition,
    name: str,
    ordered: tuple[Any, ...],
    *sides: tuple[Typeface, Version],
) -> Task[Any]:
    """Return what prints an edition; it reads the theme, fonts, and the images of its sides, and takes their length."""
    images = (Path(url2pathname(found)) for _, version in sides for found in _IMAGE.findall(version.html))
    reads = (*desk.theme_files, *_files(*(face for face, _ in sides)), *images)
    length = sum(len(version.html) for _, version in sides)
    *arguments, order = ordered
    order = replace(order, kept=telling.keeping(reads))
    return Task(name, looking.make_readable_booklet, (*arguments, order), reads, edition.name, length)


def _files(*faces: Typeface) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(item.path for face in faces for item in face.faces))


def _printed(
    telling: Telling, desk: Desk, tasks: Sequence[Task[Any]], files: Sequence[Path], meanwhile: Iterator[None]
) -> list[Any]:
    """Return the booklets that are set in the fonts of the theme and of `files`."""
    return telling.run("Printing booklets", tasks, PRINT_LIMITS, _room(desk, files), meanwhile)


def _room(desk: Desk, files: Sequence[Path]) -> Room:
    of_theme = tuple(path for path in desk.theme_files if keyword(path.suffix) in fonts.SUFFIXES)
    return Room(pdf.private_fonts, tuple(files), pdf.Beginning(of_theme))


def print_reviews(telling: Telling, desk: Desk, overview: Overview) -> list[Artifact]:
    """Return the review booklet of every translation, whatever is questioned in it."""
    if not overview.languages:
        message, hint = "there is no translation to review", "add a language to content/site.toml"
        raise Stopped([Diagnostic("unknown-language", message, None, hint)])
    missing = pdf.missing_libraries()
    if not pdf.can_set_type(missing):
        raise Stopped([_no_pango(missing)])
    tasks = [
        Task(
            language.tag,
            review_booklet.make_review_booklet,
            (_reviewed(desk, overview, language), desk.theme, spoken(desk, language)),
            desk.theme_files,
        )
        for language in overview.languages
    ]
    made = telling.run("Printing reviews", tasks, REVIEW_LIMITS, Room(pdf.private_fonts))
    for item in made:
        tell(telling, desk, item.diagnostics)
    if not all(item.pdf for item in made):
        raise Stopped(())
    return [item.artifact for item in made]


def _reviewed(desk: Desk, overview: Overview, language: Language) -> review_booklet.Review:
    """Return what is reviewed of a translation: its catalogs as the files are."""
    titles = {item.name: item.title for item in overview.domains}
    chapters = [
        review_booklet.Chapter(
            item.domain, titles[item.domain], desk.catalogs.get(language.tag, item.domain), item.as_is
        )
        for item in overview.of(language)
    ]
    return review_booklet.Review(desk.project.title, overview.source, language, tuple(chapters))


def status_page(desk: Desk, overview: Overview) -> str:
    """Return the page that shows how the translations stand, in the language of the source."""
    try:
        return page.render_status(overview, desk.project.title, for_editors(desk))
    except TemplateFailure as failure:
        raise Stopped([failure.diagnostic]) from failure


def publish(telling: Telling, artifacts: list[Artifact]) -> Outcome:
    """Write the output folder, with its report and checksums."""
    diagnostics = sort(telling.found)
    artifacts.append(report.write(artifacts, diagnostics, telling.request.stage))
    artifacts.append(sums := publishing.checksums(artifacts))
    try:
        publishing.publish(artifacts, telling.request.output)
    except OSError as error:
        raise Stopped([publishing.unwritable(telling.request.output, error)]) from error
    return Outcome(diagnostics, tuple(artifact.path for artifact in artifacts), checksums=sums.data)


def _no_pango(missing: Sequence[str]) -> Diagnostic:
    message = f"{', '.join(missing)} not found, so no booklet was made"
    return Diagnostic("no-pango", message, None, "run: python build.py doctor")
