"""Files that stand in for others in one language: map.az.svg for map.svg, foreword.az.md for foreword.md."""

from __future__ import annotations

import re

import pytest
from conftest import SILENCE, codes, request_for

from stele import pipeline
from stele.diagnostics import Stage
from stele.language.tags import language
from stele.sources.documents import Document, read_documents
from stele.sources.links import in_language
from stele.translation.localization import localize
from stele.translation.policy import Voice

LANGUAGES = ("en", "az", "az-Cyrl", "pt-BR")
TREE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def read(project, *names: str, tags=LANGUAGES):
    folder = project({f"content/{name}": f"# {name}\n" for name in names})
    return read_documents(folder, "en", tags)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("az", "map.az.svg"),
        ("az-Cyrl", "map.az-Cyrl.svg"),
        ("az-Arab", "map.az.svg"),  # a map in other letters is nearer than one in another language
        ("pt-BR", "map.pt.svg"),
        ("ru", "map.svg"),
    ],
)
def test_an_image_is_looked_for_by_language_then_by_its_wider_language(project, tag, expected):
    folder = project({f"content/map{tag}.svg": TREE for tag in ("", ".az", ".az-Cyrl", ".pt")})
    assert in_language("content/map.svg", tag, folder) == f"content/{expected}"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("az", "page.az.md"), ("az-Cyrl", None), ("pt-BR", "page.pt.md"), ("pt", "page.pt.md"), ("ru", None)],
)
def test_a_document_in_another_script_stands_in_for_nothing(tag, expected):
    alternates = {tag: Document("page", f"page.{tag}.md", {}, "", 1) for tag in ("az", "pt")}
    found = Document("page", "page.md", {}, "", 1, alternates).alternate(tag)
    assert (found.path if found else None) == expected


def test_an_alternate_is_no_document_of_its_own(project):
    documents, found = read(project, "a/page.md", "a/page.az.md", "notes.v2.md", "list.is.md")
    listed = [(item.key, item.path, list(item.alternates)) for item in documents]
    assert (listed, found) == (
        [
            ("a/page", "content/a/page.md", ["az"]),
            ("list-is", "content/list.is.md", []),  # a last part that is a language only beside list.md
            ("notes-v2", "content/notes.v2.md", []),
        ],
        (),
    )


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("page.md", "page.it.md"), "unused-alternate"),
        (("page.md", "page.en.md"), "unused-alternate"),
        (("other.md", "page.az.md"), "lone-alternate"),
    ],
)
def test_a_file_that_stands_in_for_nothing_is_reported_and_not_published(project, names, code):
    documents, found = read(project, *names)
    assert (len(documents), [(item.code, item.location.path) for item in found]) == (1, [(code, f"content/{names[1]}")])


def test_an_alternate_is_taken_whole_and_has_the_address_of_its_document(project):
    files = {
        "content/page.md": "---\ntitle: Page\ndescription: Words\n---\n## One\n\nText.\n",
        "content/page.az.md": "---\ntitle: Səhifə\nslug: basqa\nlayout: plate\n---\n## Bir\n\nMətn.\n",
    }
    (document,), _ = read_documents(project(files), "en", LANGUAGES)
    made, found = localize(document, Voice(language("az"), language("en"), None, "x.po"), Stage.FINAL)
    assert (made.key, made.title, made.description, made.layout, made.tally.total, found) == (
        "page",
        "Səhifə",
        "",
        "plate",
        0,
        (),
    )
    assert made.html == '<h2 id="bir">Bir</h2>\n<p>Mətn.</p>'


def site(*tags: str, rest: str = "") -> str:
    names = ", ".join(f'"{tag}"' for tag in tags)
    return f'title = "Test"\nsource_language = "en"\nlanguages = [{names}]\n{rest or "editions = []"}\n'


def test_pages_show_the_alternates_and_only_those_that_are_shown_are_published(project):
    files = {
        "content/site.toml": site("en", "az"),
        "content/a/page.md": "# Page\n\n![Map](map.svg) and [a paper](paper.pdf).\n",
        **{f"content/a/map{tag}.svg": TREE for tag in ("", ".az", ".ru")},
        **{f"content/a/paper{tag}.pdf": b"%PDF" for tag in ("", ".az")},
    }
    pipeline.build(request_for(folder := project(files)), SILENCE)
    shown = {
        tag: re.findall(r"assets/content/a/([^\"]*)", (folder / f"output/site/{tag}/a/page/index.html").read_text())
        for tag in ("en", "az")
    }
    published = sorted(path.name for path in (folder / "output/site/assets/content/a").iterdir())
    assert (shown["en"], sorted(shown["az"]), published) == (
        ["paper.pdf", "map.svg"][::-1],
        ["map.az.svg", "paper.az.pdf"],
        ["map.az.svg", "map.svg", "paper.az.pdf", "paper.pdf"],
    )


def test_links_of_alternates_and_to_their_headings_are_followed(project):
    files = {
        "content/site.toml": site("en", "az"),
        "content/page.md": "# Page\n\n## One\n",
        "content/page.az.md": "# Səhifə\n\n## Bir\n\n[Yox](none.md), [özü](#bir), [o biri](other.md).\n",
        "content/other.md": "# Other\n\n[There](page.md#one).\n",
    }
    outcome = pipeline.check(request_for(project(files)), SILENCE)
    found = [
        (str(item.location), item.message)
        for item in outcome.diagnostics
        if item.code in ("unknown-link", "unknown-anchor")
    ]
    assert found == [
        ("content/other.md:3", "there is no heading 'one' in content/page.az.md"),
        ("content/page.az.md:5", "link to 'none.md' has no document"),
    ]


def test_an_alternate_image_is_looked_into_like_any_other(project):
    unsafe = TREE.replace("<path", "<script>x</script><path")
    files = {"content/page.md": "# P\n\n![Map](map.svg)\n", "content/map.svg": TREE, "content/map.az.svg": unsafe}
    outcome = pipeline.check(request_for(project(files, ("en", "az"))), SILENCE)
    assert [str(item.location) for item in outcome.diagnostics if item.code == "unsafe-svg"] == ["content/map.az.svg"]


def test_nobody_has_to_translate_what_an_alternate_says(project):
    files = {
        "content/page.md": "# Page\n\nText.\n",
        "content/page.az.md": "# Səhifə\n",
        "content/other.md": "# Other\n",
        "content/other.az.md": "# O biri\n",
        "locales/az/LC_MESSAGES/other.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
    }
    folder = project(files, ("en", "az"))
    pipeline.update_catalogs(request_for(folder), SILENCE)
    catalogs = sorted(path.name for path in (folder / "locales/az/LC_MESSAGES").iterdir())
    kept = 'msgid "Other"' in (folder / "locales/az/LC_MESSAGES/other.po").read_text()
    overview = pipeline.show_status(request_for(folder), SILENCE).overview
    untold = codes(pipeline.check(request_for(folder), SILENCE))
    counted = [item.domain for item in overview.progress]
    assert (catalogs, kept, counted) == (["other.po", "site.po"], True, ["site"])
    assert {"unused-catalog", "stale-catalog"} & untold == set()


@pytest.mark.slow
def test_a_booklet_shows_the_alternates(project, tmp_path):
    from stele.print import composition
    from stele.sources.templating import Templates, safe
    from stele.sources.theme import theme
    from stele.translation.interface import Interface

    files = {"content/page.md": "# P\n\n![Map](map.svg)\n", "content/map.svg": TREE, "content/map.az.svg": TREE}
    (document,), _ = read_documents(project(files), "en", LANGUAGES)
    az = language("az")
    made, _ = localize(document, Voice(az, language("en"), None, "x.po"), Stage.DRAFT)
    html = composition.compose(
        composition.Cover("book", safe("T"), safe("")),
        [made],
        language=az,
        site=dict.fromkeys(
            ("title", "subtitle", "description", "organisation", "place", "year", "contact", "rights", "colophon"),
            safe(""),
        ),
        stage=Stage.DRAFT,
        notes=True,
        templates=Templates(theme(tmp_path), Interface(()), "az"),
        theme=theme(tmp_path),
        project_root=tmp_path,
    )
    assert re.findall(r'<img[^>]*src="[^"]*/([^"/]*)"', html) == ["map.az.svg"]
