"""What a small site tells search engines, networks and hosts: alternates, canonical pages, the graph, headers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import SILENCE, lines, request_for
from lxml import etree, html

from stele import pipeline
from stele.diagnostics import Stage
from stele.web.hosts import hosts

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://example.org/khojaly"
SITE = """
title = "Remembrance"
description = "In memory"
source_language = "en"
languages = ["en", "az", "fa"]
editions = []
[imprint]
organisation = "A </script><script>alert(1)</script> society"
[print]
released = 2026-02-26
[web]
address = "https://example.org/khojaly/"
licence = "https://creativecommons.org/licenses/by-nd/4.0/"
"""
EVENTS = """
fall: {date: 1992-02-25/1992-02-26, place: khojaly, text: The town is taken, timeline: main, sources: [report]}
winter: {date: 1992~, text: Nobody knows exactly when, timeline: main, sources: [report]}
"""
PLACES = """
khojaly: {names: {en: Khojaly, az: Xocalı}, coordinates: [39.9111, 46.7892], sources: [report]}
"""
SOURCES = """
report: {title: Bloodshed, author: Human Rights Watch, issued: 1992-09, seen: copy, url: docslib.org/doc/9550374}
"""
CHAPTER = "# The night\n\nWhat happened, as it was told.[@report]\n\n/// timeline | main\n///\n"
PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "The night"
msgstr "Gecə"

msgid "What happened, as it was told.[@report]"
msgstr "Nələr baş verdi: danışıldığı kimi, olduğu kimi, bütün ayrıntıları ilə birlikdə.[@report]"
"""
FILES = {
    "content/site.toml": SITE,
    "content/night.md": CHAPTER,
    "content/short.md": "# Title\n\nA text that nobody has translated, and that is longer than its title by far.\n",
    "content/ledger/events.yaml": EVENTS,
    "content/ledger/places.yaml": PLACES,
    "content/ledger/sources.yaml": SOURCES,
    "locales/az/LC_MESSAGES/night.po": PO,
    "locales/az/LC_MESSAGES/short.po": PO.replace("The night", "Title"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Return the folder of a site in three languages, of which one is translated in part and one not at all."""
    folder = tmp_path_factory.mktemp("site")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert outcome.made, lines(outcome)
    return folder / "output" / "site"


def head(site: Path, name: str) -> dict[str, str]:
    """Return the links of a page's head to itself and to its translations."""
    root = html.parse(str(site / name / "index.html")).getroot()
    links = root.xpath("//head/link[@hreflang or @rel='canonical']")
    return {link.get("hreflang") or "canonical": link.get("href").removeprefix(f"{ADDRESS}/") for link in links}


def nodes(site: Path, name: str) -> dict[str, dict]:
    """Return the nodes of the graph of a page, by their type."""
    root = html.parse(str(site / name / "index.html")).getroot()
    (text,) = root.xpath("//head/script[@type='application/ld+json']/text()")
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def test_translations_name_each_other_and_the_default_is_the_page_of_the_source(made):
    links = {"en": "en/night/", "az": "az/night/", "x-default": "en/night/"}
    assert head(made, "en/night") == {"canonical": "en/night/"} | links
    assert head(made, "az/night") == {"canonical": "az/night/"} | links


def test_a_page_that_is_mostly_in_another_language_names_the_page_of_the_source(made):
    assert head(made, "fa/night") == {"canonical": "en/night/"}
    assert head(made, "az/short") == {"canonical": "en/short/"}  # its title is translated, its text is not
    assert head(made, "en/short") == {"canonical": "en/short/", "en": "en/short/", "x-default": "en/short/"}


def test_the_sitemap_says_what_the_heads_say(made):
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    pages = {}
    for page in etree.parse(str(made / "sitemap.xml")).findall("s:url", names):
        links = {link.get("hreflang"): link.get("href") for link in page.findall("x:link", names)}
        pages[page.find("s:loc", names).text.removeprefix(f"{ADDRESS}/")] = {
            tag: href.removeprefix(f"{ADDRESS}/") for tag, href in links.items()
        }
    homes = {"en": "en/", "x-default": ""}
    night = {"en": "en/night/", "az": "az/night/", "x-default": "en/night/"}
    short = {"en": "en/short/", "x-default": "en/short/"}
    expected = {"en/": homes, "": homes, "en/night/": night, "az/night/": night, "en/short/": short}
    assert expected.items() <= pages.items()
    assert {path for path in pages if "short" in path or "night" in path} < expected.keys()
    for path, links in pages.items():
        shown = head(made, path or ".")
        assert {tag: href for tag, href in shown.items() if tag != "canonical"} == links


def test_the_graph_tells_the_work_its_translation_and_what_it_cites(made):
    found = nodes(made, "az/night")["Article"]
    assert found == {
        "@type": "Article",
        "@id": f"{ADDRESS}/az/night/#chapter",
        "url": f"{ADDRESS}/az/night/",
        "inLanguage": "az",
        "translationOfWork": {"@id": f"{ADDRESS}/en/night/#chapter"},
        "publisher": {"@id": f"{ADDRESS}/#publisher"},
        "license": "https://creativecommons.org/licenses/by-nd/4.0/",
        "datePublished": "2026-02-26",
        "headline": "Gecə",
        "isPartOf": {"@id": f"{ADDRESS}/az/#book"},
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Bloodshed",
                "author": "Human Rights Watch",
                "datePublished": "1992-09",
                "url": "https://docslib.org/doc/9550374",
            }
        ],
    }
    assert nodes(made, "en/night")["Article"]["workTranslation"] == [{"@id": f"{ADDRESS}/az/night/#chapter"}]
    assert nodes(made, "fa/night")["Article"]["inLanguage"] == "en"


def test_the_graph_has_the_events_whose_dates_are_certain(made):
    assert nodes(made, "az/night")["Event"] == {
        "@type": "Event",
        "name": "The town is taken",
        "startDate": "1992-02-25",
        "endDate": "1992-02-26",
        "location": {
            "@type": "Place",
            "name": "Xocalı",
            "geo": {"@type": "GeoCoordinates", "latitude": 39.9111, "longitude": 46.7892},
        },
    }


def test_no_text_ends_the_graph(made):
    page = (made / "en" / "night" / "index.html").read_text()
    assert page.count("<script") == page.count("</script") == 1
    assert nodes(made, "en/night")["Organization"]["name"] == "A </script><script>alert(1)</script> society"


def test_the_page_for_lost_readers_works_in_folders_of_any_depth(made):
    root = html.parse(str(made / "404.html")).getroot()
    links = root.xpath("//link/@href | //img/@src | //main//a/@href")
    assert {link.startswith("/khojaly/") for link in links} == {True}
    assert [item.get("lang") for item in root.xpath("//li")] == ["en", "az", "fa"]
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_without_an_address_every_link_is_relative_and_what_must_be_a_full_one_is_left_out(project):
    site = 'title = "T"\nsource_language = "en"\nlanguages = ["en", "az"]\neditions = []\n'
    folder = project({"content/site.toml": site, "content/page.md": "# Page\n\nText.\n"})
    pipeline.build(request_for(folder), SILENCE)
    made = folder / "output" / "site"
    page = html.parse(str(made / "az" / "page" / "index.html"))
    assert head(made, "en/page") == {}
    assert page.xpath("//nav//a[@hreflang]/@href") == ["../../en/page/index.html", "index.html"]
    assert not (made / "sitemap.xml").exists()
    assert "og:url" not in (made / "en" / "page" / "index.html").read_text()
    assert (made / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"


def test_the_colophon_leads_to_what_there_is(made):
    root = html.parse(str(made / "az" / "index.html")).getroot()
    links = root.xpath("//ul[@class='offers']//a/@href")
    assert links == [
        "search/index.html",
        "data/index.html",
        "embedding/index.html",
        "atom.xml",
    ]  # no edition to download
    assert [link for link in links if not (made / "az" / link).is_file()] == []


def test_a_proof_is_not_for_search_engines_and_says_what_it_is_wherever_it_is_shown(project):
    files = {"content/page.md": "# Page\n\nText.\n"}
    folder = project(files, editions=f'editions = []\n[web]\naddress = "{ADDRESS}"')
    pipeline.build(request_for(folder, stage=Stage.PROOF), SILENCE)
    site = folder / "output" / "site"
    page = html.parse(str(site / "en" / "page" / "index.html"))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    silent = [path for path in site.rglob("*.html") if "Proof, not for distribution" not in path.read_text()]
    assert (silent, (site / "embed" / "en" / "page" / "card.html").is_file()) == ([], True)


def test_a_host_with_rules_for_folders_sends_one_policy_with_each_page_and_none_with_an_embed():
    rules = next(iter(hosts(ADDRESS, ["en", "az"]))).data.decode()
    paths = [line for line in rules.splitlines() if not line.startswith(" ")]
    assert len(paths) == len(set(paths)) <= 100  # Cloudflare Pages reads no more
    guarded = {rule.split("\n")[0] for rule in rules.split("\n/") if "Content-Security-Policy" in rule}
    assert guarded == {"", "index.html", "404.html", "en/*", "az/*"}
