"""The sample's pages in every language, as a validator, a browser and a reader on a small phone meet them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import playwright
import pytest
from apache import served
from axe_playwright_python import base as axe
from browsing import RULES, nu_errors
from conftest import LANGUAGES, RIGHT_TO_LEFT, ROOT
from lxml import html

from stele.sources.editions import for_paper
from stele.sources.project import read_project

pytestmark = pytest.mark.slow
PHONE = {"width": 320, "height": 640}
ENLARGED = {"width": 640, "height": 360}  # a screen of 1280 px at 200 %
MOST_BYTES = 60_000
ADDRESS = "https://example.org/khojaly"  # as [web] of the sample has it
BASE = "/khojaly/"


@pytest.fixture(scope="module")
def site(sample) -> Path:
    folder, outcome = sample
    assert outcome.made, [str(item) for item in outcome.diagnostics]
    return folder / "output" / "site"


@pytest.fixture(scope="module")
def pages(site) -> list[Path]:
    """Return the pages of the site; what stands on the websites of others has tests of its own."""
    return sorted(path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "embed")


@pytest.fixture(scope="module")
def host(site):
    """Return the address of the site on a real web server, in a folder as [web] in site.toml has it."""
    with served(site, BASE.rstrip("/")) as address:
        yield address


def _headers(address: str) -> dict[str, str]:
    try:
        with urlopen(address) as answer:  # noqa: S310 (our own server)
            return {name.lower(): value for name, value in answer.headers.items()}
    except HTTPError as error:
        return {name.lower(): value for name, value in error.headers.items()}


def test_every_document_has_a_page_in_every_language(site, pages):
    apart = for_paper(read_project(ROOT)[0].editions)
    documents = [path.stem for path in (ROOT / "content").rglob("*.md") if path.stem not in apart]
    others = ["", "search", "data", "downloads", "embedding", *(f"embedding/{name}" for name in ["index", *documents])]
    expected = {site / tag / name / "index.html" for tag in LANGUAGES for name in [*documents, *others]}
    assert set(pages) == expected | {site / "index.html", site / "404.html"}


def test_pages_say_their_language_and_direction(site, pages):
    found = {}
    for path in pages:
        root = html.parse(str(path)).getroot()
        found.setdefault(path.relative_to(site).parts[0], set()).add((root.get("lang"), root.get("dir")))
    expected = {tag: {(tag, "rtl" if tag in RIGHT_TO_LEFT else "ltr")} for tag in LANGUAGES}
    assert found == expected | {"index.html": {("en", "ltr")}, "404.html": {("en", "ltr")}}


def test_the_switcher_stays_on_the_page(site):
    page = html.parse(str(site / "az" / "figures" / "index.html")).getroot()
    links = page.xpath("//nav[contains(@class, 'languages')]//a")
    found = {link.get("hreflang"): (site / "az" / "figures" / link.get("href")).resolve() for link in links}
    assert found == {tag: site.resolve() / tag / "figures" / "index.html" for tag in LANGUAGES}


def test_every_link_and_every_anchor_has_a_target_on_a_stick_too(site, pages):
    broken = []
    ids = {path.resolve(): set(html.parse(str(path)).xpath("//@id")) for path in pages}
    for path in pages:
        for address in html.parse(str(path)).xpath("//a/@href | //link/@href | //img/@src"):
            if re.match(r"[a-z]+:", address):
                continue
            name, _, anchor = address.partition("#")
            folder = site if name.startswith(BASE) else path.parent
            target = (folder / name.removeprefix(BASE)).resolve() if name else path.resolve()
            if not target.is_file() or (anchor and anchor not in ids[target]):
                broken.append((str(path), address))
    assert broken == []


def test_pages_hold_no_script_but_files_of_the_site_where_they_do_something(pages, site):
    scripted = defaultdict(set)
    for path in pages:
        root = html.parse(str(path)).getroot()
        assert root.xpath("//@*[starts-with(name(), 'on')]") == []
        assert b"javascript:" not in path.read_bytes()
        for script in root.iter("script"):
            assert (script.get("type") == "application/ld+json") == (script.get("src") is None)
            assert script.get("src") is None or not script.text
            file = (path.parent / script.get("src", "")).resolve().name
            scripted["data" if script.get("src") is None else file] |= {*path.relative_to(site).parts[1:2]}
    kinds = {"search": {"finding.js", "search.js"}, "embedding": {"copy.js"}}
    assert scripted.pop("data") & {*kinds, "data", "downloads"} == set()  # no browser runs it
    assert scripted == {file: {kind} for kind, files in kinds.items() for file in files}


def test_pages_stay_small(pages):
    assert {str(path): path.stat().st_size for path in pages if path.stat().st_size > MOST_BYTES} == {}


def test_the_nu_checker_finds_no_error(site):
    pages = [path for path in site.rglob("*.html") if not path.name.startswith("fragment")]  # these are no pages
    assert nu_errors(pages) == []


def test_every_link_leads_somewhere_on_a_real_host(host):
    tool = os.environ.get("STELE_LINKINATOR")
    if not tool:
        pytest.skip("STELE_LINKINATOR names no linkinator; .ci/test sets it")
    node = Path(playwright.__file__).parent / "driver" / "node"  # younger than that of Debian
    elsewhere = f"^(?!{re.escape(host)}|{re.escape(ADDRESS)})"
    options = [
        "--concurrency",
        "10",
        "--recurse",
        "--check-css",
        "--check-fragments",
        "--format",
        "json",
        "--skip",
        elsewhere,
    ]
    options += ["--sitemap-url", f"{host}/sitemap.xml", "--url-rewrite-search", ADDRESS, "--url-rewrite-replace", host]
    command = [str(node), tool, f"{host}/", f"{host}/404.html", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    links = json.loads(done.stdout)["links"]
    assert [item for item in links if item["state"] not in ("OK", "SKIPPED")] == []
    assert {f"{host}/{tag}/figures/" for tag in LANGUAGES} < {item["url"] for item in links}


def test_the_host_says_what_browsers_may_do(host):
    sent = {path: _headers(f"{host}/{path}") for path in ("fa/figures/", "assets/site.css", "fa/no/such/page.html")}
    policies = {path: headers.get("content-security-policy", "").partition(";")[0] for path, headers in sent.items()}
    assert policies == {
        "fa/figures/": "default-src 'none'",
        "assets/site.css": "",
        "fa/no/such/page.html": "default-src 'none'",
    }
    assert {headers["x-content-type-options"] for headers in sent.values()} == {"nosniff"}
    assert sent["assets/site.css"]["access-control-allow-origin"] == "*"


def test_a_reader_who_is_lost_in_a_folder_gets_a_page_with_its_style_and_a_way_out(browser, host):
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{host}/fa/no/such/page.html")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Stele Serif"')
    page.click("a[hreflang=fa]")
    assert page.url == f"{host}/fa/index.html"
    page.close()


# A page is put into the document at hand, which has the fonts and axe already: to load each would take longer than to
# look at it. Frames show pages of their own, which are looked at by themselves. Tell how wide it is.
PUT = """async ([address, text]) => {
    history.replaceState(null, "", address)
    const page = new DOMParser().parseFromString(text, "text/html")
    for (const frame of page.querySelectorAll("iframe")) frame.removeAttribute("src")
    document.replaceChild(document.adoptNode(page.documentElement), document.documentElement)
    const sheets = [...document.querySelectorAll("link[rel=stylesheet]")]
    await Promise.all(sheets.map(link => link.sheet || new Promise(done => { link.onload = link.onerror = done })))
    await document.fonts.ready
    return document.scrollingElement.scrollWidth
}"""
# Tell what axe finds: with the rules of contrast only where text looks, by its colours, its size for the rules and what
# lies behind it, as on no page before; with all others where more is new than words, and addresses of what is shown.
LOOK = """async options => {
    window.looks ??= new Set()
    window.builds ??= new Set()
    const addresses = ["href", "src", "srcset", "content"], tell = ({ name, value }) =>
        addresses.includes(name) ? name : name + "=" + value
    const build = [...document.querySelectorAll("*")].map(element =>
        [element.tagName, ...[...element.attributes].map(tell), element.textContent.trim() !== ""].join(" ")).join()
    const isNew = !window.builds.has(build)
    window.builds.add(build)
    const before = window.looks.size, scheme = matchMedia("(prefers-color-scheme: dark)").matches
    for (const element of document.body.querySelectorAll("*")) {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue
        const { color, fontSize, fontWeight, opacity } = getComputedStyle(element), grounds = []
        for (let around = element; around; around = around.parentElement) {
            const { backgroundColor, backgroundImage } = getComputedStyle(around)
            if (backgroundColor !== "rgba(0, 0, 0, 0)") grounds.push(backgroundColor)
            if (backgroundImage !== "none") grounds.push(backgroundImage)
        }
        const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24)  // WCAG 2.2, large scale
        window.looks.add(JSON.stringify([scheme, color, isLarge, opacity, grounds]))
    }
    const rules = options.filter(item => item.rules ? isNew : window.looks.size > before)
    const found = []
    for (const item of rules) found.push(...(await axe.run(document, item)).violations)
    return found.map(item => [item.id, item.nodes[0].html])
}"""
QUICKLY = {"resultTypes": ["violations"], "preload": False}
STRUCTURE = QUICKLY | {"runOnly": RULES, "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = QUICKLY | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def test_axe_finds_no_violation_and_no_page_scrolls_sideways_or_asks_for_anything_elsewhere(browser, host, site, pages):
    """Every page on a phone of 320 px, in light; and in dark, enlarged to 200 % on a screen of 1280 px."""
    context, asked, found = browser.new_context(bypass_csp=True), set(), []
    page = context.new_page()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(f"{host}/")
    page.evaluate(axe.AXE_SCRIPT)
    for scheme, size, rules in (("light", PHONE, [STRUCTURE, CONTRAST]), ("dark", ENLARGED, [CONTRAST])):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        for path in pages:
            name = path.relative_to(site).as_posix()
            width = page.evaluate(PUT, [f"{host}/{name}", path.read_text()])
            found += [(name, width)] if width > size["width"] else []
            found += [(name, scheme, *item) for item in page.evaluate(LOOK, rules)]
    context.close()
    assert (found, asked) == ([], {urlsplit(host).netloc})


def test_no_page_is_stopped_by_its_policy(browser, host):
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    for name in (
        "",
        "fa/",
        "fa/figures/",
        "fa/search/",
        "fa/data/",
        "fa/downloads/",
        "fa/embedding/figures/",
        "no/such",
    ):
        page.goto(f"{host}/{name}")
    page.close()
    assert [message for message in said if "Content Security Policy" in message] == []
