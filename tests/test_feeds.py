"""Feeds and listings: what programs read of the pages, by the standards that they follow."""

from __future__ import annotations

import hashlib
import json

import pytest
from conftest import ROOT, SILENCE, request_for
from lxml import etree

from stele import pipeline

WEB = """editions = []
[print]
released = 2026-02-26
[web]
address = "https://example.org/m"
licence = "https://example.org/licence"
"""
ATOM = "{http://www.w3.org/2005/Atom}"
FILES = {
    "content/a.md": "---\ndescription: About A & B.\n---\n# A <em>page</em>\n\nText.\n",
    "content/b.md": "# B\n\nText.\n",
    "locales/az/LC_MESSAGES/b.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "B"\nmsgstr "Be"\n\nmsgid "Text."\nmsgstr "Mətn."\n',
}


@pytest.fixture
def made(project):
    folder = project(FILES, languages=("en", "az"), editions=WEB)
    pipeline.build(request_for(folder), SILENCE)
    return folder / "output"


def test_an_atom_feed_is_one(made):
    schema = etree.RelaxNG(etree.parse(ROOT / "tests/data/atom.rng"))
    feeds = [etree.parse(made / f"site/{tag}/atom.xml") for tag in ("en", "az")]
    errors = [str(error) for feed in feeds for error in ([] if schema.validate(feed) else schema.error_log)]
    assert errors == []


def test_an_entry_has_the_address_of_its_page_the_day_of_the_release_and_its_language(made):
    feed = etree.parse(made / "site/az/atom.xml").getroot()
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    entries = [
        (
            entry.findtext(f"{ATOM}id"),
            entry.findtext(f"{ATOM}updated"),
            entry.find(f"{ATOM}title").text,
            entry.find(f"{ATOM}title").get(lang),
        )
        for entry in feed.iter(f"{ATOM}entry")
    ]
    assert (feed.get(lang), entries) == (
        "az",
        [
            ("https://example.org/m/az/a/", "2026-02-26T00:00:00Z", "A page", "en"),
            ("https://example.org/m/az/b/", "2026-02-26T00:00:00Z", "Be", None),
        ],
    )


def test_a_json_feed(made):
    feed = json.loads((made / "site/en/feed.json").read_text())
    assert feed["items"] == [
        {
            "id": f"https://example.org/m/en/{key}/",
            "url": f"https://example.org/m/en/{key}/",
            "title": title,
            "content_text": text,
            "date_published": "2026-02-26T00:00:00Z",
            "language": "en",
        }
        for key, title, text in (("a", "A page", "About A & B."), ("b", "B", "B"))
    ]


def test_pages_lead_to_the_feeds_of_their_language(made):
    page = (made / "site/az/b/index.html").read_text()
    assert [f'type="application/{kind}" href="../{name}"' in page for kind, name in (
        ("atom+xml", "atom.xml"),
        ("feed+json", "feed.json"),
    )] == [True, True]  # fmt: skip


def test_what_nobody_dated_has_no_feed(project):
    folder = project(FILES, editions=WEB.replace("released = 2026-02-26", ""))
    pipeline.build(request_for(folder), SILENCE)
    assert [*(folder / "output").rglob("atom.xml"), *(folder / "output").rglob("feed.json")] == []


def test_a_listing_of_a_page(made):
    listing = json.loads((made / "embed/az/b/index.json").read_text())
    fragment = (made / "embed/az/b/fragment.html").read_bytes()
    shown = {name: listing[name] for name in ("lang", "dir", "title", "html", "text", "licence", "published")}
    assert (shown, listing["files"][0]["sha256"], listing["alternates"]) == (
        {
            "lang": "az",
            "dir": "ltr",
            "title": "Be",
            "html": fragment.decode(),
            "text": "Be\nMətn.\n* * *\nTest\nLisenziya",
            "licence": "https://example.org/licence",
            "published": "2026-02-26",
        },
        hashlib.sha256(fragment).hexdigest(),
        [
            {
                "lang": "en",
                "dir": "ltr",
                "title": "B",
                "url": "https://example.org/m/en/b/",
                "index": "https://example.org/m/embed/en/b/index.json",
            }
        ],
    )


def test_the_list_of_all_pages_leads_to_files_that_are_there(made):
    site = json.loads((made / "site/api/v1/site.json").read_text())
    urls = [url for page in site["pages"] for url in (page["index"], *(file["url"] for file in page["files"]))]
    lost = [url for url in urls if not (made / "site" / url.removeprefix("https://example.org/m/")).is_file()]
    assert (len(site["pages"]), len(urls), lost) == (4, 12, [])


def test_what_belongs_to_a_page_lies_in_the_site_and_beside_it(made):
    within, beside = made / "site" / "embed", made / "embed"
    bytes_of = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (within, beside)
    ]
    assert bytes_of[0] == bytes_of[1]
