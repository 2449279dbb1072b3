"""Arguments in, exit code out: what people type and what is printed. The door to click."""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stele import report, standing
from stele.diagnostics import Severity, Stage
from stele.stages.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from stele.stages.request import Outcome, Watcher

# The commands load what they need themselves: every library takes a second, and most builds change nothing.
FINE, PROBLEMS = 0, 1  # click itself ends with 2 for wrong usage
# Objects that are made before they are looked through for garbage, which took a tenth of a command: most live as long.
_MANY = 500_000


class _BuildByDefault(click.Group):
    """A group whose command may be left out: what is typed without one is a build."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_BuildByDefault)
@click.version_option(package_name="stele")
def main() -> None:
    """Build localized pages and booklets from Markdown and gettext catalogs. Without a command: build."""
    gc.set_threshold(_MANY)


def _cache_folder() -> Path:
    """Return where programs of this user keep what they can make anew (XDG Base Directory Specification)."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(home) / "stele"


def _common(command: Callable[..., None], forms: tuple[str, ...] = ("text", "json", "github")) -> Callable[..., None]:
    """Give a command the options that every command on a project has."""
    options = [
        click.option(
            "--project",
            type=click.Path(path_type=Path, file_okay=False),
            default=".",
            help="The project's folder.",
        ),
        click.option("--language", "languages", multiple=True, metavar="TAG", help="Only this language (repeatable)."),
        click.option("--jobs", type=click.IntRange(min=1), help="Worker processes; by default one for each processor."),
        click.option(
            "--scheduler", metavar="ADDRESS", help="Let the Dask cluster of this scheduler do the work (stele[dask])."
        ),
        click.option(
            "--cache",
            type=click.Path(path_type=Path, file_okay=False),
            envvar="STELE_CACHE",
            default=_cache_folder,
            help="Where what was made before is kept, on this machine or shared by several; by default in your home.",
        ),
        click.option(
            "--stage",
            type=click.Choice([stage.value for stage in Stage]),
            default=Stage.DRAFT.value,
            show_default=True,
            help="A final edition forgives nothing that a draft only warns of.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(forms),
            default="text",
            show_default=True,
            help="How diagnostics are printed.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@_common
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="By default output/ in the project.")
@click.option("--edition", "editions", multiple=True, metavar="NAME", help="Only this edition (repeatable).")
def build(form: str, **options: Any) -> None:
    """Build everything and publish it to output/, whole or not at all."""
    request = _request(**options)
    outcome = standing.build(request, _watcher(form))
    _finish(outcome, request, form, f"Published {len(outcome.made)} files to {request.output.name}/")


@main.command()
@_common
def check(form: str, **options: Any) -> None:
    """Print every diagnostic; write nothing."""
    from stele import pipeline

    request = _request(**options)
    _finish(pipeline.check(request, _watcher(form)), request, form, "Checked; nothing was written")


@main.command()
@_common
def update(form: str, **options: Any) -> None:
    """Extract messages and merge them into every catalog below locales/."""
    from stele import pipeline

    request = _request(**options)
    outcome = pipeline.update_catalogs(request, _watcher(form))
    for path in outcome.made if form == "text" else ():
        click.echo(path)
    _finish(outcome, request, form, f"Wrote {len(outcome.made)} files below locales/")


@main.command()
@_common
def migrate(form: str, **options: Any) -> None:
    """Give translations the keys of today, where a version or another tool extracts messages by other rules."""
    from stele import pipeline

    request = _request(**options)
    outcome = pipeline.migrate_catalogs(request, _watcher(form))
    for line in (*outcome.remarks, *outcome.made) if form == "text" else ():
        click.echo(line)
    _finish(outcome, request, form, f"Wrote {len(outcome.made)} files below locales/")


@main.command()
@_common
@click.argument("tag")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--document", "key", required=True, metavar="KEY", help="The document that FILE translates.")
def bootstrap(form: str, tag: str, file: Path, key: str, **options: Any) -> None:
    """Fill the catalog of a document in the language TAG from FILE, an existing translation in Markdown."""
    from stele import pipeline

    request = _request(**options)
    outcome = pipeline.bootstrap_catalog(request, _watcher(form), tag, file, key)
    for line in outcome.remarks if form == "text" else ():
        click.echo(line)
    _finish(outcome, request, form, "")


@main.command()
@partial(_common, forms=("text", "json", "github", "html"))
def status(form: str, **options: Any) -> None:
    """Show how complete each translation is, as a table, as JSON or as a page of HTML."""
    from stele import pipeline, status_table
    from stele.translation.overview import as_json

    request = _request(**options)
    outcome = pipeline.show_status(request, _watcher(form), as_page=form == "html")
    if form in ("json", "html"):
        counted = as_json(outcome.overview) if outcome.overview else {}
        click.echo(json.dumps(counted, ensure_ascii=False, indent=1) if form == "json" else outcome.page)
        for item in outcome.diagnostics:
            click.echo(report.as_text(item, request.stage), err=True)
        sys.exit(PROBLEMS if outcome.failed(request.stage) else FINE)
    from rich.console import Console

    console = Console()
    for table in status_table.tables(outcome.overview) if outcome.overview else ():
        console.print(table)
    _finish(outcome, request, form, "")


@main.command()
@_common
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="By default output/ in the project.")
def review(form: str, **options: Any) -> None:
    """Print source and translation side by side, a booklet for each language, to output/review/."""
    from stele import pipeline

    request = _request(**options)
    outcome = pipeline.print_review(request, _watcher(form))
    for path in outcome.made if form == "text" else ():
        click.echo(f"{request.output.name}/review/{path}")
    _finish(outcome, request, form, "")


@main.command()
@_common
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="By default output/ in the project.")
@click.option("--edition", "editions", multiple=True, metavar="NAME", help="Only this edition (repeatable).")
def erratum(form: str, old: Path, **options: Any) -> None:
    """Print a slip of what reads differently since OLD, the output folder or release.json of an earlier build."""
    from stele import pipeline

    request = _request(**options)
    outcome = pipeline.print_erratum(request, _watcher(form), old)
    for line in outcome.remarks if form == "text" else ():
        click.echo(line)
    for path in outcome.made if form == "text" else ():
        click.echo(f"{request.output.name}/erratum/{path}")
    _finish(outcome, request, form, "")


@main.command("merge-po")
@click.argument("base", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("ours", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("theirs", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def merge_po(base: Path, ours: Path, theirs: Path) -> None:
    """Merge two versions of a catalog into OURS, entry by entry: a merge driver for git."""
    import subprocess

    from stele.translation.merging.three_way import merge_files

    merged = merge_files(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), str(ours))
    for item in merged.diagnostics:
        click.echo(report.as_text(item, Stage.FINAL), err=True)
    if merged.data is not None:
        ours.write_bytes(merged.data)
    elif git := shutil.which("git"):
        # What is no catalog is merged by lines: left as it is, OURS could be committed without a trace of THEIRS.
        labels = ["-L", "ours", "-L", "base", "-L", "theirs"]
        subprocess.run([git, "merge-file", *labels, ours, base, theirs], check=False)  # noqa: S603 (git called us)
    sys.exit(PROBLEMS if merged.diagnostics else FINE)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> None:
    """Begin a project in FOLDER."""
    from stele import starting

    try:
        made = starting.start(folder)
    except FileExistsError:
        raise click.UsageError(f"{folder} already holds files; choose a new folder") from None
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}") from None
    for path in made:
        click.echo(f"{folder / path}")
    click.echo(f"\nNow: cd {folder} && stele build")


@main.command()
def doctor() -> None:
    """Name what this machine lacks, and the exact command that brings it."""
    from stele import doctor as doctors

    findings = doctors.examine()
    for item in findings:
        click.echo(f"{'found  ' if item.present else 'MISSING'} {item.name} ({item.purpose})")
    missing = tuple(item.name for item in findings if not item.present)
    if missing:
        click.echo(f"\nInstall what is missing with:\n  {doctors.remedy(missing)}")
        sys.exit(PROBLEMS)
    click.echo("\nNothing is missing.")


def _request(
    project: Path,
    languages: tuple[str, ...],
    jobs: int | None,
    stage: str,
    cache: Path,
    scheduler: str | None,
    output: Path | None = None,
    editions: tuple[str, ...] = (),
) -> Request:
    root = project.resolve()
    published = (output or root / "output").resolve()
    return Request(root, published, languages, editions, Stage(stage), jobs, cache, scheduler)


def _finish(outcome: Outcome, request: Request, form: str, success: str) -> None:
    """Print the diagnostics and leave with the exit code."""
    if form == "json":
        click.echo(
            json.dumps([report.as_json(item, request.stage) for item in outcome.diagnostics], ensure_ascii=False)
        )
    else:
        line = report.as_github if form == "github" else report.as_text
        for item in outcome.diagnostics:
            click.echo(line(item, request.stage), err=form == "text")
    failed = outcome.failed(request.stage)
    if form == "text":
        click.echo(
            _tally(outcome, request.stage) if outcome.diagnostics else "",
            err=True,
            nl=bool(outcome.diagnostics),
        )
        if success and not failed:
            click.echo(success)
    gc.freeze()  # Python looks for garbage once more when it ends, which took a tenth of a build after an edit
    sys.exit(PROBLEMS if failed else FINE)


def _tally(outcome: Outcome, stage: Stage) -> str:
    severities = [item.severity(stage) for item in outcome.diagnostics]
    counts = [(severities.count(kind), kind.value) for kind in Severity]
    waived = sum(item.waived is not None for item in outcome.diagnostics)
    tally = [f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count]
    return ", ".join([*tally, f"{waived} waived"] if waived else tally)


class _Lines:
    """Says in one line that a stage begins, where no terminal shows bars."""

    @contextmanager
    def stage(self, title: str, steps: Mapping[str, int]) -> Iterator[Callable[[str], None]]:
        click.echo(f"{title} ({sum(steps.values())})", err=True)
        yield lambda _: None


class _Silence:
    """Says nothing: another program reads what is printed."""

    @contextmanager
    def stage(self, title: str, steps: Mapping[str, int]) -> Iterator[Callable[[str], None]]:  # noqa: ARG002
        yield lambda _: None


def _watcher(form: str) -> Watcher:
    if form != "text":
        return _Silence()
    if not sys.stderr.isatty():
        return _Lines()
    from stele.bars import Bars

    return Bars()
