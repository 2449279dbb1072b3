"""The sample's pages in every language, as a validator, a browser and a reader on a small phone meet them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import LANGUAGES, RIGHT_TO_LEFT, ROOT
from lxml import html
from playwright.sync_api import sync_playwright

from stele.sources.editions import for_paper
from stele.sources.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 1280, "height": 720}
PHONE = {"width": 320, "height": 640}
WHOLE = frozenset({"az", "fa"})
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(sample) -> Path:
    folder, outcome = sample
    assert outcome.made, [str(item) for item in outcome.diagnostics]
    return folder / "output" / "site"


@pytest.fixture(scope="module")
def pages(site) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


def test_every_document_has_a_page_in_every_language(site, pages):
    apart = for_paper(read_project(ROOT)[0].editions)
    documents = [path.stem for path in (ROOT / "content").rglob("*.md") if path.stem not in apart]
    expected = {site / tag / name / "index.html" for tag in LANGUAGES for name in documents}
    homes = {site / tag / "index.html" for tag in LANGUAGES} | {site / "index.html"}
    searches = {site / tag / "search" / "index.html" for tag in LANGUAGES}
    assert set(pages) == expected | homes | searches


def test_pages_say_their_language_and_direction(site, pages):
    found = {}
    for path in pages:
        root = html.parse(str(path)).getroot()
        found.setdefault(path.relative_to(site).parts[0], set()).add((root.get("lang"), root.get("dir")))
    expected = {tag: {(tag, "rtl" if tag in RIGHT_TO_LEFT else "ltr")} for tag in LANGUAGES}
    assert found == expected | {"index.html": {("en", "ltr")}}


def test_the_switcher_stays_on_the_page(site):
    page = html.parse(str(site / "az" / "figures" / "index.html")).getroot()
    links = page.xpath("//nav[contains(@class, 'languages')]//a")
    found = {link.get("hreflang"): (site / "az" / "figures" / link.get("href")).resolve() for link in links}
    assert found == {tag: site.resolve() / tag / "figures" / "index.html" for tag in LANGUAGES}


def test_every_link_and_every_anchor_has_a_target(pages):
    broken = []
    ids = {path.resolve(): set(html.parse(str(path)).xpath("//@id")) for path in pages}
    for path in pages:
        for address in html.parse(str(path)).xpath("//a/@href | //link/@href | //img/@src"):
            if re.match(r"[a-z]+:", address):
                continue
            name, _, anchor = address.partition("#")
            target = (path.parent / name).resolve() if name else path.resolve()
            if not target.is_file() or (anchor and anchor not in ids[target]):
                broken.append((str(path), address))
    assert broken == []


def test_pages_hold_no_script_but_the_two_of_the_search(site, pages):
    loaded = b"".join(b'<script src="../../assets/%s.js"></script>\n' % name for name in (b"finding", b"search"))
    scripted = {
        path: re.search(rb"<script|\son\w+=|javascript:", path.read_bytes().replace(loaded, b"")) for path in pages
    }
    searches = {path for path in pages if loaded in path.read_bytes()}
    assert [path for path, found in scripted.items() if found] == []
    assert searches == {site / tag / "search" / "index.html" for tag in LANGUAGES}


def test_the_nu_checker_finds_no_error(site):
    jar = os.environ.get("STELE_VNU_JAR")
    if not jar:
        pytest.skip("STELE_VNU_JAR names no vnu.jar; .ci/test sets it")
    command = ["java", "-jar", jar, "--skip-non-html", "--errors-only", "--format", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = [(item["url"], item["message"]) for item in json.loads(done.stderr)["messages"]]
    assert messages == []


def test_axe_finds_no_violation_and_no_page_scrolls_sideways_on_a_small_phone(browser, site, pages):
    """One test, for to open the pages takes longest: each is measured on a phone, then axe looks at it on a desk.

    Axe sees every page of two languages, one in each direction; of the others those whose words differ in more.
    """
    page = browser.new_page()
    violations, wide = [], []
    for path in pages:
        page.set_viewport_size(PHONE)
        page.goto(path.as_uri())
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > PHONE["width"]:
            wide.append((str(path), width))
        tag, *folders = path.relative_to(site).parts
        if tag in WHOLE or folders[:-1] in ([], ["places"], ["words"]):
            page.set_viewport_size(DESK)
            results = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
            violations += [(str(path), item["id"], item["nodes"][0]["html"]) for item in results.response["violations"]]
    page.close()
    assert (violations, wide) == ([], [])
