"""Flaws of a file in, findings of the audit out, in the words that a template has for them.

What is seen while a booklet is set becomes a diagnostic in the same way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from stele.audit.findings import Finding
from stele.diagnostics import Diagnostic
from stele.language.numbers import measure
from stele.print.preflight.flaws import Untold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stele.print.preflight.flaws import Flaw, Remark
    from stele.sources.templating import Templates

TEMPLATE = "audit/preflight.html"


def in_words(flaws: Iterable[Flaw], path: str, tag: str, templates: Templates) -> Iterator[Finding]:
    """Yield the flaws of the file at `path`, an edition in the language `tag`; raise `templating.TemplateFailure`.

    `templates` speak the language of editors, which is that of the source.
    """
    for flaw in flaws:
        message, hint = _worded(replace(flaw, page=None), templates)
        yield Finding(flaw.code, path, tag, message, sheet=flaw.page, hint=hint)


def told(remarks: Iterable[Remark], templates: Templates) -> Iterator[Diagnostic]:
    """Yield remarks as diagnostics, those that have no words yet in the words of `templates`; raise as above."""
    for remark in remarks:
        if isinstance(remark, Untold):
            message, hint = _worded(remark.flaw, templates)
            yield Diagnostic(remark.code, f"{remark.name}: {message}", remark.location, hint)
        else:
            yield remark


def _worded(flaw: Flaw, templates: Templates) -> tuple[str, str]:
    """Return where on a page what is wrong, and what mends it; numbers in the digits of the language."""
    values = {name: _written(value, templates.tag) for name, value in flaw.values}
    text = templates.render(TEMPLATE, {"code": flaw.code, "aspect": flaw.aspect, "page": flaw.page, **values})
    *page, message, hint = (Markup(line).unescape() for line in text.strip().splitlines())  # noqa: S704
    return ": ".join([*page, message]), hint


def _written(value: str | float, tag: str) -> str:
    return value if isinstance(value, str) else measure(value, tag)
