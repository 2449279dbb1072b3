"""Templates and values in, HTML out; and the messages that templates hold. The door to jinja2."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, TemplateError, pass_context
from jinja2.ext import babel_extract
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from stele.diagnostics import Diagnostic, Location
from stele.sources.filters import DATES, filters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import CodeType

    from jinja2.bccache import Bucket
    from jinja2.runtime import Context

    from stele.sources.theme import Theme

# Not silent: a template that cannot be read would take its messages out of every catalog.
_EXTRACTION = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
# Pages, and the parts of an e-book.
_SUFFIXES = (".html", ".xhtml", ".opf")
# Of a page that has no more than this no tree can be made.
_NOTHING = re.compile(r"(?:\s|<!--.*?-->|<![^>-]*>|<\?[^>]*>)*+", re.DOTALL)
# What an expression of a template may raise.
_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
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


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that decides once what templates may read: it goes by the type of an object and the attribute alone."""

    _decided: ClassVar[dict[tuple[type, str], bool]] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Say whether a template may read an attribute; for a long roll of names this is asked a million times."""
        key = (type(obj), attr)
        if key not in self._decided:
            self._decided[key] = super().is_safe_attribute(obj, attr, value)
        return self._decided[key]


class _Compiled(BytecodeCache):
    """What templates were compiled to in this process, the same for all languages: these differ when it is run."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what a template of this path and text was compiled to."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code:
            self._known[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def _when_run(write: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that is called when a template is run: of constants Jinja would call it when it compiles."""

    @pass_context
    def written(_: Context, *args: Any, **kwargs: Any) -> Any:
        return write(*args, **kwargs)

    return written


class Templates:
    """The templates of a theme in the language `tag`, whose words `speaker` has.

    A theme may come from anyone: its templates run in a sandbox, and everything they print is escaped unless it
    was made safe before.
    """

    def __init__(self, theme: Theme, speaker: Gettext, tag: str) -> None:
        self.theme, self.speaker, self.tag = theme, speaker, tag
        self._tops: dict[str, Mapping[str, str]] = {}
        self._environment = _Sandbox(
            loader=FunctionLoader(lambda name: _source(theme, name)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=_COMPILED,
            auto_reload=False,
        )
        self._environment.install_gettext_translations(speaker, newstyle=True)  # type: ignore[attr-defined]
        self._environment.filters |= {name: _when_run(made) for name, made in filters(tag, self.patterns).items()}

    def __getstate__(self) -> tuple[Theme, Gettext, str]:
        """Return what tells these templates from others, beside the files of the theme."""
        return self.theme, self.speaker, self.tag

    def __setstate__(self, state: tuple[Theme, Gettext, str]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Return the template `name` filled with `values`; raise `TemplateFailure`."""
        with _blaming(name):
            return self._environment.get_template(name).render(values)

    def page(self, name: str, values: Mapping[str, Any]) -> str:
        """Return the whole page that the template `name` makes; raise `TemplateFailure`, also if it makes nothing."""
        html = self.render(name, values)
        if _NOTHING.fullmatch(html):
            hint = "a page needs a template that writes it; delete this one, and the built-in one serves again"
            raise TemplateFailure(Diagnostic("bad-template", "it writes nothing", Location(f"templates/{name}"), hint))
        return html

    def variables(self, name: str, wanted: Sequence[str]) -> dict[str, str]:
        """Return what the template `name` sets at its top by `wanted` names, as plain text; raise `TemplateFailure`."""
        with _blaming(name):
            values = self._top(name)
            return {key: values[key] for key in wanted}

    def patterns(self) -> Mapping[str, str]:
        """Return how dates are written, by name, as the translators of the theme say."""
        with _blaming(DATES):
            return self._top(DATES)

    def _top(self, name: str) -> Mapping[str, str]:
        """Return everything that the template `name` sets at its top, as plain text."""
        if name not in self._tops:
            values = vars(self._environment.get_template(name).module)
            # Jinja keeps these names in a set, whose order differs from run to run.
            texts = ((key, values[key]) for key in sorted(values) if isinstance(values[key], str))
            self._tops[name] = {key: Markup(text).unescape() for key, text in texts}  # noqa: S704
        return self._tops[name]


def _source(theme: Theme, name: str) -> tuple[str, str, None] | None:
    """Return text and path of a template, never one that a link leads to outside of the theme."""
    try:
        path = theme.find(name)
    except FileNotFoundError:
        return None
    return path.read_text(encoding="utf-8"), str(path), None


@contextmanager
def _blaming(name: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        line = getattr(error, "lineno", None) or _template_line(error, name)
        blamed = getattr(error, "name", None) if isinstance(error, TemplateError) else None
        path = f"templates/{blamed or name}"
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
    """Yield every message of the theme's templates, in the order of files and lines; raise `TemplateFailure`."""
    for name, path in theme.files("", _SUFFIXES).items():
        with _blaming(name):
            yield from _texts_of(name, path.read_bytes())


@lru_cache(maxsize=512)  # to read the templates of the built-in theme takes half of a check
def _texts_of(name: str, template: bytes) -> tuple[TemplateText, ...]:
    extracted = babel_extract(BytesIO(template), KEYWORDS, ("Translators:",), _EXTRACTION)
    found = []
    for line, function, message, comments in sorted(extracted, key=lambda item: item[0]):
        parts = [part for part in (message if isinstance(message, tuple) else (message,)) if part]
        context = parts.pop(0) if function in ("pgettext", "npgettext") else None
        if parts:
            found.append(TemplateText(f"templates/{name}", line, tuple(parts), context, tuple(comments)))
    return tuple(found)
