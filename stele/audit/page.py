"""The findings of an audit in, one HTML page that an editor can work through out: no script, and no file beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from posixpath import relpath
from typing import TYPE_CHECKING

from stele.artifacts import Artifact
from stele.diagnostics import CODES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from stele.audit.findings import Finding
    from stele.diagnostics import Stage
    from stele.language.tags import Language
    from stele.sources.templating import Templates

PATH = "audit/index.html"


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as the template sees it: `href` leads to the page, `severity` is that of the stage."""

    finding: Finding
    meaning: str
    severity: Severity
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """What was found in one page or booklet of a language; `name` is its path without the folder of the language."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What was found in one language, and what of it somebody has waived."""

    language: Language
    sections: tuple[Section, ...]
    waived: tuple[Item, ...]

    @property
    def count(self) -> int:
        """Return how many findings wait for somebody."""
        return sum(len(section.items) for section in self.sections)


def render_audit(
    findings: Sequence[Finding],
    languages: Sequence[Language],
    source: Language,
    project: str,
    templates: Templates,
    stage: Stage,
) -> Artifact:
    """Return the page on the project named `project`; raise `templating.TemplateFailure`.

    `templates` speak the language of the source: the page is for editors.
    """
    by_tag: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_tag[finding.tag].append(finding)
    values = {
        "language": source,
        "project": project,
        "stage": stage,
        "chapters": [_chapter(item, by_tag[item.tag], stage) for item in languages],
    }
    return Artifact(PATH, templates.render("audit/audit.html", values).lstrip().encode())


def _chapter(language: Language, findings: Iterable[Finding], stage: Stage) -> Chapter:
    open_: dict[str, list[Item]] = defaultdict(list)
    waived: list[Item] = []
    for finding in findings:
        item = _item(finding, stage)
        (waived if finding.waived else open_[_name(finding)]).append(item)
    sections = tuple(Section(name, tuple(items)) for name, items in sorted(open_.items()))
    return Chapter(language, sections, tuple(waived))


def _item(finding: Finding, stage: Stage) -> Item:
    place = f"#page={finding.sheet}" if finding.sheet else ""
    href = f"{relpath(finding.page, PATH.rpartition('/')[0])}{place}"
    return Item(finding, CODES[finding.code].meaning, finding.diagnostic().severity(stage), href)


def _name(finding: Finding) -> str:
    return finding.page.partition(f"/{finding.tag}/")[2].removesuffix("/index.html") or finding.page.rpartition("/")[2]
