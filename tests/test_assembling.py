"""Pages are made and audited while booklets are printed, and nothing is found twice or missed for that."""

from __future__ import annotations

from contextlib import contextmanager

from conftest import request_for

from stele import pipeline

EDITION = '[[editions]]\nname = "book"\ntitle = "Book"\ndocuments = ["page"]\nuses = ["screen"]\n'
PAGE = """<!DOCTYPE html><html lang="{{ language.tag }}"><head><title>Page</title></head>
<body><main><p>A town of {{ VALUE }} people.</p></main></body></html>"""
# Of two languages the second shows another number, or fails.
DRIFTED, BROKEN = "613 if language.tag == 'en' else 316", "613 if language.tag == 'en' else nothing.at_all"


class Diary:
    """Writes down which stages there were, and of how many steps."""

    def __init__(self) -> None:
        self.stages: dict[str, int] = {}

    @contextmanager
    def stage(self, title, steps):
        self.stages[title] = self.stages.get(title, 0) + sum(steps.values())
        yield lambda _: None


def built(project, value: str, **options) -> tuple[list[str], dict[str, int]]:
    """Return what the audit and templates find where pages show `value`, and the stages of the build."""
    files = {"content/page.md": "# Page\n", "templates/site/page.html": PAGE.replace("VALUE", value)}
    diary = Diary()
    outcome = pipeline.build(request_for(project(files, ("en", "az"), **options)), diary)
    return [item.code for item in outcome.diagnostics if item.code in ("drifted-number", "bad-template")], diary.stages


def test_documents_are_audited_once_while_booklets_are_printed(project):
    found, stages = built(project, DRIFTED, editions=EDITION)
    assert (found, stages["Auditing pages"], stages["Auditing"]) == (["drifted-number"], 2, 2)
    found, stages = built(project, DRIFTED)
    assert (found, "Auditing pages" in stages, stages["Auditing"]) == (["drifted-number"], False, 2)


def test_what_fails_meanwhile_is_said_once(project):
    assert built(project, BROKEN, editions=EDITION)[0] == ["bad-template"]
