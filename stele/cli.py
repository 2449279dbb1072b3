"""Arguments in, exit code out: what people type and what is printed. The door to click and rich."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from stele import doctor as doctors
from stele import pipeline, report, starting
from stele.diagnostics import Severity, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FINE, PROBLEMS = 0, 1  # click itself ends with 2 for wrong usage


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


def _common(command: Callable[..., None]) -> Callable[..., None]:
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
            "--stage",
            type=click.Choice([stage.value for stage in Stage]),
            default=Stage.DRAFT.value,
            show_default=True,
            help="A final edition forgives nothing that a draft only warns of.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json", "github"]),
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
    outcome = pipeline.build(request, _watcher(form))
    _finish(outcome, request, form, f"Published {len(outcome.made)} files to {request.output.name}/")


@main.command()
@_common
def check(form: str, **options: Any) -> None:
    """Print every diagnostic; write nothing."""
    request = _request(**options)
    _finish(pipeline.check(request, _watcher(form)), request, form, "Checked; nothing was written")


@main.command()
@_common
def update(form: str, **options: Any) -> None:
    """Extract messages and merge them into every catalog below locales/."""
    request = _request(**options)
    outcome = pipeline.update_catalogs(request, _watcher(form))
    for path in outcome.made if form == "text" else ():
        click.echo(path)
    _finish(outcome, request, form, f"Wrote {len(outcome.made)} files below locales/")


@main.command()
@_common
def status(form: str, **options: Any) -> None:
    """Show how complete each catalog is."""
    request = _request(**options)
    outcome = pipeline.show_status(request, _watcher(form))
    if form == "json":
        click.echo(
            json.dumps([asdict(item) | {"untranslated": item.untranslated} for item in outcome.progress], indent=1)
        )
        for item in outcome.diagnostics:
            click.echo(report.as_text(item, request.stage), err=True)
        sys.exit(PROBLEMS if outcome.failed(request.stage) else FINE)
    _print_progress(outcome)
    _finish(outcome, request, form, "")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> None:
    """Begin a project in FOLDER."""
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
    output: Path | None = None,
    editions: tuple[str, ...] = (),
) -> pipeline.Request:
    root = project.resolve()
    return pipeline.Request(root, (output or root / "output").resolve(), languages, editions, Stage(stage), jobs)


def _finish(outcome: pipeline.Outcome, request: pipeline.Request, form: str, success: str) -> None:
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
    sys.exit(PROBLEMS if failed else FINE)


def _tally(outcome: pipeline.Outcome, stage: Stage) -> str:
    severities = [item.severity(stage) for item in outcome.diagnostics]
    counts = [(severities.count(kind), kind.value) for kind in Severity]
    return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count)


def _print_progress(outcome: pipeline.Outcome) -> None:
    table = Table("Language", "Domain", "Messages", "Translated", "Fuzzy", "Untranslated", box=None)
    for item in outcome.progress:
        numbers = (item.messages, item.translated, item.fuzzy, item.untranslated)
        table.add_row(item.language, item.domain, *map(str, numbers))
    Console().print(table)


class _Bars:
    """Shows a bar for each stage, in a terminal."""

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[str], None]]:
        columns = (
            TextColumn("{task.description:<20}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(title, total=total)
            yield lambda _: progress.advance(task)


class _Lines:
    """Says in one line that a stage begins, where no terminal shows bars."""

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[str], None]]:
        click.echo(f"{title} ({total})", err=True)
        yield lambda _: None


class _Silence:
    """Says nothing: another program reads what is printed."""

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[str], None]]:  # noqa: ARG002
        yield lambda _: None


def _watcher(form: str) -> pipeline.Watcher:
    if form != "text":
        return _Silence()
    return _Bars() if sys.stderr.isatty() else _Lines()
