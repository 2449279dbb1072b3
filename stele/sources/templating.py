"""Templates and values in, HTML out; and the messages that templates hold. The door to jinja2."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.ext import babel_extract
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from stele.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stele.sources.theme import Theme

KEYWORDS = ("_", "gettext", "ngettext", "pgettext", "npgettext")


class Gettext(Protocol):
    """What templates speak through. Every method returns text that is safe to print in HTML."""

    def gettext(self, message: str) -> str: ...  # noqa: D102
    def ngettext(self, singular: str, plural: str, n: int) -> str: ...  # noqa: D102
    def pgettext(self, context: str, message: str) -> str: ...  # noqa: D102
    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str: ...  # noqa: D102


class TemplateFailure(Exception):
    """A template that cannot be rendered; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A call of gettext in a template: `texts` is one message, or singular and plural."""

    path: str
    line: int
    texts: tuple[str, ...]
    context: str | None
    comments: tuple[str, ...]


class Templates:
    """The templates of a theme in one language.

    A theme may come from anyone: its templates run in a sandbox, and everything they print is escaped unless it
    was made safe before.
    """

    def __init__(self, theme: Theme, speaker: Gettext) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(root) for root in theme.roots]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.install_gettext_translations(speaker, newstyle=True)  # type: ignore[attr-defined]

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Return the template `name` filled with `values`; raise `TemplateFailure`."""
        with _blaming(name):
            return self._environment.get_template(name).render(values)

    def variables(self, name: str) -> dict[str, str]:
        """Return what the template `name` sets at its top, as plain text; raise `TemplateFailure`."""
        with _blaming(name):
            module = self._environment.get_template(name).module
            return {key: Markup(value).unescape() for key, value in vars(module).items() if key[0] != "_"}  # noqa: S704


@contextmanager
def _blaming(name: str) -> Iterator[None]:
    try:
        yield
    except (TemplateError, FileNotFoundError, TypeError, ValueError, KeyError, RecursionError) as error:
        line = getattr(error, "lineno", None) or _template_line(error, name)
        path = f"templates/{getattr(error, 'name', None) or name}"
        message = f"{type(error).__name__}: {error}"
        raise TemplateFailure(Diagnostic("bad-template", message, Location(path, line))) from error


def safe(html: str) -> Markup:
    """Mark HTML that has passed `fragments.sanitize` as safe to print."""
    return Markup(html)  # noqa: S704


def _template_line(error: BaseException, name: str) -> int | None:
    """Return the line of the innermost frame that Jinja has mapped back to the template."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def texts(theme: Theme) -> Iterator[TemplateText]:
    """Yield every message of the theme's templates, in the order of files and lines."""
    for name, path in theme.files("", (".html",)).items():
        with path.open("rb") as stream:
            found = list(
                babel_extract(stream, KEYWORDS, ("Translators:",), {"newstyle_gettext": "true", "trimmed": "true"})
            )
        for line, function, message, comments in sorted(found, key=lambda item: item[0]):
            parts = [part for part in (message if isinstance(message, tuple) else (message,)) if part]
            context = parts.pop(0) if function in ("pgettext", "npgettext") else None
            if parts:
                yield TemplateText(f"templates/{name}", line, tuple(parts), context, tuple(comments))
