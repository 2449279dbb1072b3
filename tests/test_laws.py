"""The laws of the design, for any input that can be thought of."""

from __future__ import annotations

import re
import unicodedata

import pytest
from conftest import LANGUAGES, ROOT, SILENCE, request_for
from hypothesis import given, settings
from hypothesis import strategies as st

from stele import pipeline
from stele.language.typography import typeset
from stele.sources import fragments
from stele.sources.documents import read_documents, slugify
from stele.sources.markup import identity, render
from stele.web import addresses

DOCUMENTS, _ = read_documents(ROOT, "en")
_MARKUP = re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]|\]\[[^\]]*\]|<[^>]*>|`[^`]*`|&\w+;|https?://\S+|\{[^{}]*\}|\[@[^\]]*\]")


def pseudo(text: str) -> str:
    """Return `text` with every letter outside of markup replaced by one that no source of ours has."""
    pieces, position = [], 0
    for match in _MARKUP.finditer(text):
        pieces += [_disguised(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*pieces, _disguised(text[position:])])


def _disguised(text: str) -> str:
    return "".join("ཀ" if char.isalpha() else char for char in text)


def visible_words(html: str) -> list[str]:
    root = fragments.parse(html)
    for element in root.xpath(".//code | .//pre"):
        element.drop_tree()
    # References to the ledger are no words before they are written.
    return re.findall(r"[^\W\d_]+", re.sub(r"\{[^{}]*\}|\[@[^\]]*\]", "", root.text_content()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_a_pseudo_localized_page_shows_no_source_text(document):
    rendered = render(document, "fa", lambda unit: pseudo(unit.text), "en")
    leaks = [word for word in visible_words(rendered.html) if set(word) != {"ཀ"}]
    assert leaks == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_an_identity_catalog_changes_nothing(document):
    once = render(document, "en", lambda unit: unit.text, "en")
    assert once == render(document, "en", identity, "en")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_translation_keeps_the_skeleton_and_the_anchors(document):
    def skeleton(html: str) -> list[str]:
        return re.findall(r"<(?!/)(\w+)|\bid=\"([^\"]*)\"", html)

    source = render(document, "en", identity, "en")
    assert skeleton(render(document, "ru", lambda unit: pseudo(unit.text), "en").html) == skeleton(source.html)


PROSE = st.text(alphabet=st.sampled_from("aAiİıIəбВг. ,:;!?«»„“—–-%№’0123456789pSсх\u00a0\u202f"), max_size=60)


@settings(max_examples=300)
@given(PROSE, st.sampled_from(LANGUAGES))
def test_typography_done_twice_is_done_once(text, tag):
    once = typeset(text, tag)
    assert typeset(once, tag) == once


@settings(max_examples=300)
@given(PROSE, st.sampled_from(LANGUAGES))
def test_typography_keeps_every_letter_and_digit(text, tag):
    assert list(filter(str.isalnum, typeset(text, tag))) == list(filter(str.isalnum, text))


@given(
    st.lists(st.from_regex(r"[a-z0-9-]{1,8}(/[a-z0-9-]{1,8})?", fullmatch=True), unique=True),
    st.sampled_from(LANGUAGES),
)
def test_routes_are_injective(keys, tag):
    assert len({addresses.page(tag, key) for key in keys}) == len(keys)


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_a_slug_is_a_safe_piece_of_an_address(name, tag):
    slug = slugify(name, tag)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)


@given(st.text(max_size=30))
def test_canonically_equal_names_have_one_slug(name):
    forms = {slugify(unicodedata.normalize(form, name), "ru") for form in ("NFC", "NFD")}
    assert len(forms) == 1


def test_two_builds_give_the_same_bytes(project):
    files = {
        "content/page.md": "---\ntitle: Page\n---\nText.[^a]\n\n## More\n\n[Here](other.md).\n\n[^a]: Note.\n",
        "content/other.md": "# Other\n\nText.\n",
    }
    folder = project(files, editions='[[editions]]\nname = "book"\n')
    builds = []
    for jobs, output in enumerate(("one", "two"), 1):
        pipeline.build(request_for(folder, output=folder / output, jobs=jobs), SILENCE)
        builds.append({p.relative_to(folder / output): p.read_bytes() for p in (folder / output).rglob("*.*")})
    assert builds[0] == builds[1]
    assert any(path.suffix == ".pdf" for path in builds[0])
