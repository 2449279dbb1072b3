"""What was read in, catalogs to write and counts of how they stand out: migrate, bootstrap, overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from stele import publishing
from stele.diagnostics import Diagnostic, Location
from stele.engine import Task
from stele.sources.files import Unreadable, read_text
from stele.stages.reading import gather
from stele.stages.telling import TEXT_LIMITS, Stopped
from stele.translation.overview import Overview, domain
from stele.translation.reuse import bootstrap as bootstrapping
from stele.translation.reuse import migration
from stele.translation.status import progress
from stele.translation.store import catalog_path, read_if_any, read_one, template_path
from stele.translation.update import Change, carry_out, plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stele.language.tags import Language
    from stele.sources.documents import Document
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.reuse.bootstrap import Bootstrapped


def update(telling: Telling, desk: Desk) -> list[Change]:
    """Return what must be written so that every catalog has the messages of its domain."""
    changes, unreadable = plan(
        telling.request.project,
        gather(telling, desk),
        (*desk.translations, *desk.corrected),
        datetime.now(UTC),
        keep_small_changes=desk.project.translation.keep_small_changes,
        spared=desk.spared,
    )
    telling.found += unreadable
    return list(changes)


def write(telling: Telling, changes: Sequence[Change]) -> tuple[str, ...]:
    """Write the changes, each file in one step; return the paths of those that were written."""
    try:
        written, found = carry_out(telling.request.project, changes)
    except OSError as error:
        raise Stopped([publishing.unwritable(telling.request.project / "locales", error)]) from error
    telling.look_again()
    telling.found += found
    return written


def migrate(telling: Telling, desk: Desk) -> tuple[list[Change], list[str]]:
    """Return what must be written so that translations stand under the keys of today, and which moved."""
    created, source = datetime.now(UTC), desk.project.source.tag
    moves = {
        path: partial(
            migration.migrate,
            path=path,
            document=document,
            source_tag=source,
            created=created,
            keep_small_changes=desk.project.translation.keep_small_changes,
        )
        for language in desk.translations
        for document in desk.documents
        if (language.tag, document.domain) in desk.catalogs.by_name
        for path in [catalog_path(language.tag, document.domain)]
    }
    held = {path: _held(telling, path) or b"" for path in moves}
    made = telling.run("Re-keying", [Task(path, moves[path], (held[path],)) for path in moves], TEXT_LIMITS)
    if len(made) < len(moves):
        raise Stopped(())
    both = dict(zip(moves, made, strict=True))
    changed = [path for path, item in both.items() if item.data != held[path]]
    changes = [migration.change(path, held[path], both[path], moves[path]) for path in changed]
    return changes, [f"{path}: {move}" for path, item in both.items() for move in item.moves]


def bootstrap(telling: Telling, desk: Desk, tag: str, file: Path, key: str) -> tuple[Change, Bootstrapped]:
    """Return what must be written so that a catalog says what a translated file does."""
    document, language = _document(desk, key), _translation(desk, tag)
    translation = bootstrapping.Translation(_text_of(file), str(file), language)
    path = catalog_path(tag, document.domain)
    fill = partial(
        bootstrapping.bootstrap,
        document=document,
        translation=translation,
        source=desk.project.source,
        created=datetime.now(UTC),
        keep_small_changes=desk.project.translation.keep_small_changes,
    )
    old = _held(telling, path)
    made = telling.run("Aligning", [Task(translation.name, fill, (old,))], TEXT_LIMITS)
    if not made:
        raise Stopped(())
    return bootstrapping.change(path, old, made[0], fill), made[0]


def _held(telling: Telling, path: str) -> bytes | None:
    """Return the bytes of a catalog, None where there is none."""
    try:
        return read_if_any(telling.request.project, path)
    except Unreadable as refusal:
        raise Stopped([refusal.diagnostic]) from refusal


def _document(desk: Desk, key: str) -> Document:
    """Return the document called `key`."""
    by_key = {document.key: document for document in desk.documents}
    if key in by_key:
        return by_key[key]
    near = get_close_matches(key, by_key, cutoff=0.4) or sorted(by_key)
    raise Stopped([Diagnostic("unknown-document", f"there is no document {key!r}", None, f"try {', '.join(near)}")])


def _translation(desk: Desk, tag: str) -> Language:
    """Return the language `tag`, if the project is translated into it."""
    for language in desk.translations:
        if language.tag == tag:
            return language
    is_source = tag == desk.project.source.tag
    message = f"{tag!r} is {'the language of the source' if is_source else 'not a language of this project'}"
    hint = None if is_source else f'add "{tag}" to languages in content/site.toml'
    raise Stopped([Diagnostic("unknown-language", message, None, hint)])


def overview(telling: Telling, desk: Desk) -> Overview:
    """Return how every translation stands, as its files are and as an update would leave them."""
    domains, source = gather(telling, desk), desk.project.source
    count = partial(progress, keep_small_changes=desk.project.translation.keep_small_changes)
    tasks = [
        Task(
            catalog_path(language.tag, name),
            count,
            (name, messages, desk.catalogs.get(language.tag, name), language, source, desk.vocabulary),
        )
        for language in desk.translations
        for name, messages in domains.items()
        if catalog_path(language.tag, name) not in desk.spared
    ]
    made = telling.run("Reviewing", tasks, TEXT_LIMITS)
    titled = (document for document in desk.documents if "title" in document.fields)
    titles = {document.domain: document.fields["title"].text for document in titled}
    counted = [
        domain(name, titles.get(name, ""), messages, read_one(telling.request.project, template_path(name))[0])
        for name, messages in domains.items()
    ]
    return Overview(source, tuple(counted), desk.translations, tuple(made))


def _text_of(file: Path) -> str:
    """Return the text of a file that may lie anywhere."""
    try:
        whole = file.resolve()
        return read_text(whole, whole.parent)
    except Unreadable as refusal:
        line = refusal.diagnostic.location.line if refusal.diagnostic.location else None
        raise Stopped([replace(refusal.diagnostic, location=Location(str(file), line))]) from refusal
