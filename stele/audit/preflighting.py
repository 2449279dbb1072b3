"""Flaws of a file in, findings of the audit out, in the words that a template has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from stele.audit.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.print.preflight.flaws import Flaw
    from stele.sources.templating import Templates

TEMPLATE = "audit/preflight.html"


def in_words(flaws: Iterable[Flaw], path: str, tag: str, templates: Templates) -> Iterator[Finding]:
    """Yield the flaws of the file at `path`, an edition in the language `tag`; raise `templating.TemplateFailure`.

    `templates` speak the language of editors, which is that of the source.
    """
    for flaw in flaws:
        values = {name: _plainly(value) for name, value in flaw.values}
        told = templates.render(TEMPLATE, {"code": flaw.code, "aspect": flaw.aspect, **values})
        message, hint = (Markup(line).unescape() for line in told.strip().splitlines())  # noqa: S704
        yield Finding(flaw.code, path, tag, message, sheet=flaw.page, hint=hint)


def _plainly(value: str | float) -> str:
    """Return a number as short as it can be written."""
    return value if isinstance(value, str) else f"{value:g}"
