"""Cards, whole texts and the element inside pages of others, on another origin, as a browser meets them there.

The site lies on one port of this machine and the pages of others on a second: two origins.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from browsing import served, serving
from conftest import SILENCE, request_for
from lxml.html import fromstring

from stele import pipeline
from stele.diagnostics import Stage
from stele.sources.theme import BUILT_IN, Theme
from stele.web.embeds import alone, making, scripts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
WORDPRESS_SANDBOX = 'sandbox="allow-scripts" security="restricted"'
SECRET = "aB3dE6gH9k"  # noqa: S105 (made up by WordPress for each frame)
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src *"

LONG = {
    "en": ("The places", "Where it happened.", "A village lies by the road. " * 12),
    "az": ("Yerlər", "Hadisələrin baş verdiyi yerlər.", "Kənd yolun kənarındadır, işıqlı gündə görünür. " * 12),
    "fa": ("جاها", "جایی که رخ داد.", "روستا کنار راه است و از دور دیده می‌شود. " * 12),
}

# Restates wp-includes/js/wp-embed.js as of WordPress 6.1, behaviour for behaviour.
WORDPRESS = """
addEventListener("message", (event) => {
  const data = event.data;
  if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
  const of = (name) => document.querySelectorAll(`${name}[data-secret="${data.secret}"]`);
  of("blockquote").forEach((quotation) => { quotation.style.display = "none"; });
  of("iframe").forEach((frame) => {
    if (event.source !== frame.contentWindow) return;
    frame.removeAttribute("style");
    if (data.message === "height") frame.height = Math.max(200, Math.min(1000, parseInt(data.value, 10)));
    if (data.message === "link") {
      const from = new URL(frame.getAttribute("src")), to = new URL(data.value, location.href);
      const allowed = /^https?:$/.test(to.protocol) && to.host === from.host;
      if (allowed && document.activeElement === frame) top.location.href = data.value;
    }
  });
});
addEventListener("load", () => {
  document.querySelectorAll("iframe.wp-embedded-content").forEach((frame) => {
    frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
  });
});
"""
EVIL = """<style>@import "https://example.org/x.css"; p { color: red }</style>
<div lang="en"><p onclick="pwned = 1">Words <a href="#note">1</a> <a href="java&#10;script:pwned = 1">2</a></p>
<img src="x" srcset="https://example.org/x 1x" onerror="pwned = 1"><script>pwned = 1</script>
<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe><svg onload="pwned = 1"></svg>
<p id="note">A note.</p></div>"""
HOSTILE = """p { color: red !important; letter-spacing: 9px !important } h1, h2 { display: none !important }
* { letter-spacing: 7px; text-transform: uppercase; direction: ltr } iframe { height: 90px !important }"""


@dataclass
class Neighbour:
    """The website of somebody else: pages by path, each as its type, its text and its policy."""

    origin: str
    pages: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def put(self, body: str, policy: str = "", head: str = "", path: str = "/page.html") -> str:
        page = f"<!doctype html><html lang=en><meta charset=utf-8><title>Host</title>{head}<body>{body}"
        self.pages[path] = ("text/html", page, policy)
        return self.origin + path


class _Elsewhere(SimpleHTTPRequestHandler):
    def __init__(self, neighbour, *rest, **options):
        self.neighbour = neighbour
        super().__init__(*rest, **options)

    def do_GET(self):
        kind, text, policy = self.neighbour.pages.get(self.path, ("text/plain", "", ""))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build a small site in three languages and serve its folder; return the folder and the address."""
    folder = tmp_path_factory.mktemp("embeds")
    with served(folder / "output" / "site", Access_Control_Allow_Origin="*") as address:
        write(folder, address)
        outcome = pipeline.build(request_for(folder), SILENCE)
        assert outcome.made, [str(item) for item in outcome.diagnostics]
        (folder / "output" / "site" / "evil.html").write_text(EVIL)
        yield folder / "output" / "site", address


def write(folder: Path, address: str) -> None:
    (folder / "content").mkdir()
    (folder / "content" / "site.toml").write_text(
        'title = "Memory"\nsource_language = "en"\nlanguages = ["en", "az", "fa"]\neditions = []\n'
        f'[web]\naddress = "{address}"\n[imprint]\norganisation = "A & B"\n'
    )
    for tag, (title, description, text) in LONG.items():
        name = "places.md" if tag == "en" else f"places.{tag}.md"
        links = "[1](figures.md) [2](https://example.org/book) [^a]\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^a]: Note."
        front = f"---\ntitle: {title}\ndescription: {description}\n---\n\n"
        (folder / "content" / name).write_text(front + f"{text}\n\n" * 9 + links + "\n")
    (folder / "content" / "figures.md").write_text("---\ntitle: “Figures” & <more>\n---\n\nOne.\n")


@pytest.fixture(scope="module")
def neighbour():
    found = Neighbour("")
    with serving(partial(_Elsewhere, found)) as origin:
        found.origin = origin
        yield found


@pytest.fixture
def visit(browser):
    """Return a function that opens an address, with scripts or without, and returns the page when all has loaded."""
    contexts = []

    def visit(address: str, **options):
        context = browser.new_context(viewport={"width": 640, "height": 700}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        return page

    yield visit
    for context in contexts:
        context.close()


def in_wordpress(site, tag: str, key: str = "places") -> str:
    """Return what WordPress makes of our answer: wp_filter_oembed_result in wp-includes/embed.php."""
    answer = json.loads((site[0] / "embed" / tag / key / "oembed.json").read_text())["html"]
    quotation, frame = re.fullmatch(r"(<blockquote>.*?</blockquote>)(<iframe.*?></iframe>)", answer, re.DOTALL).groups()
    frame = re.sub(r' sandbox="[^"]*"', "", frame)
    frame = re.sub(r' src="([^"]*)"', rf' {WORDPRESS_SANDBOX} src="\1#?secret={SECRET}" data-secret="{SECRET}"', frame)
    hidden = 'style="position: absolute; clip: rect(1px, 1px, 1px, 1px)"'
    frame = frame.replace("<iframe", f'<iframe class="wp-embedded-content" {hidden}')
    quotation = quotation.replace("<blockquote", f'<blockquote class="wp-embedded-content" data-secret="{SECRET}"')
    return quotation + frame


def in_document(page, name: str):
    """Return the document in the only frame of a page."""
    return next(frame for frame in page.frames if name in frame.url)


def own_height(frame) -> int:
    return frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")


def box(site, tag: str, name: str) -> str:
    """Return what the guide offers to copy."""
    page = fromstring((site[0] / tag / "embedding" / "places" / "index.html").read_bytes())
    return page.get_element_by_id(name).text


@pytest.mark.parametrize("tag", ["az", "fa"])
def test_wordpress_gives_the_card_its_height_and_hides_the_link(site, neighbour, visit, tag):
    neighbour.pages["/wp-embed.js"] = ("text/javascript", WORDPRESS, "")
    page = visit(neighbour.put(f"{in_wordpress(site, tag)}<script src=/wp-embed.js></script>"))
    card = in_document(page, "card.html")
    root = card.evaluate(
        "[document.documentElement.lang, document.documentElement.dir, document.querySelector('h1').innerText]"
    )
    height = int(page.locator("iframe").get_attribute("height"))
    assert root == [tag, "rtl" if tag == "fa" else "ltr", LONG[tag][0]]
    assert (height, page.locator("blockquote").is_visible()) == (max(200, own_height(card)), False)


def test_wordpress_follows_links_to_our_site_alone(site, neighbour, visit):
    neighbour.pages["/wp-embed.js"] = ("text/javascript", WORDPRESS, "")
    whole = in_wordpress(site, "az").replace("card.html", "index.html")
    page = visit(neighbour.put(f"{whole}<script src=/wp-embed.js></script>"))
    text = in_document(page, "index.html")
    assert page.locator("iframe").get_attribute("height") == "1000"
    text.click("a[href='https://example.org/book']")
    text.click(".footnote-ref")
    assert page.url == f"{neighbour.origin}/page.html"
    text.click("a[href$='/az/figures/']")
    page.wait_for_url(f"{site[1]}/az/figures/")


def test_a_card_sends_nothing_to_wordpress_without_a_secret(site, neighbour, visit):
    collect = "said = []; addEventListener('message', (event) => said.push(event.data))"
    neighbour.pages["/collect.js"] = ("text/javascript", collect, "")
    head = "<script src=/collect.js></script>"
    page = visit(
        neighbour.put(f'<iframe sandbox="allow-scripts" src="{site[1]}/embed/fa/places/card.html">', head=head)
    )
    height = own_height(in_document(page, "card.html"))
    said = page.evaluate("[...new Set(said.map((item) => JSON.stringify(item)))].map(JSON.parse)")
    assert {"sentinel": "amp", "type": "embed-size", "height": height} in said
    assert {"type": "stele:height", "height": height} in said
    assert {item.get("type") for item in said} == {"embed-size", "stele:height"}


@pytest.mark.parametrize("tag", ["az", "fa"])
def test_a_frame_with_its_script_is_as_high_as_its_text_whatever_the_host_says_of_frames(site, neighbour, visit, tag):
    page = visit(neighbour.put(box(site, tag, "frame"), head=f"<style>{HOSTILE}</style>"))
    text = in_document(page, "/embed/")
    page.wait_for_function("document.querySelector('iframe').clientHeight > 1000")  # a busy machine is told late
    shown = page.evaluate("document.querySelector('iframe').getBoundingClientRect().height")
    scrolls = text.evaluate("document.scrollingElement.scrollHeight > innerHeight")
    assert (shown, scrolls, shown > 1000) == (own_height(text), False, True)


@pytest.mark.parametrize("tag", ["az", "fa"])
def test_the_element_is_what_we_wrote_among_hostile_styles(site, neighbour, visit, tag):
    page = visit(neighbour.put(box(site, tag, "element"), head=f"<style>{HOSTILE}</style>"))
    seen = page.evaluate(
        """() => {
          const root = document.querySelector("stele-memorial").shadowRoot;
          const style = (name) => getComputedStyle(root.querySelector(name));
          return {
            text: root.querySelector("h2").innerText, language: root.querySelector("[lang]").lang,
            direction: style("h2").direction, heading: style("h2").display,
            paragraph: [style("p").letterSpacing, style("p").textTransform],
            isRed: style("p").color === "rgb(255, 0, 0)",
            link: document.querySelector("stele-memorial a").checkVisibility(),
          };
        }"""
    )
    assert seen == {
        "text": LONG[tag][0],
        "language": tag,
        "direction": "rtl" if tag == "fa" else "ltr",
        "heading": "block",
        "paragraph": ["normal", "none"],
        "isRed": False,
        "link": False,
    }


def test_the_element_takes_no_script_and_its_notes_are_found(site, neighbour, visit):
    evil = re.sub(r'(?<=stele-memorial src=")[^"]*', f"{site[1]}/evil.html", box(site, "en", "element"))
    page = visit(neighbour.put(evil + "<p style='height: 3000px'>"))
    root = "document.querySelector('stele-memorial').shadowRoot"
    harm = f"{root}.innerHTML.match(/<script|<iframe|<svg|on[a-z]+=|script:|srcset|<style/g)"
    assert page.evaluate(f"[typeof pwned, {harm}, {root}.querySelector('p').innerText]") == [
        "undefined",
        None,
        "Words 1 2",
    ]
    page.evaluate(f"{root}.querySelector('p').style.marginBottom = '2000px'")
    page.click("a[href='#note']")
    assert page.evaluate("[scrollY > 0, location.hash]") == [True, ""]


def test_a_strict_policy_leaves_a_link_and_a_frame_that_scrolls(site, neighbour, visit):
    pasted = box(site, "az", "element") + box(site, "az", "frame")
    page = visit(neighbour.put(pasted, policy=STRICT))
    text = in_document(page, "/embed/")
    link = page.locator("stele-memorial a")
    shown = page.evaluate("document.querySelector('iframe').getBoundingClientRect().height")
    assert (link.is_visible(), link.get_attribute("href")) == (True, f"{site[1]}/az/places/")
    assert (shown >= 560, text.evaluate("document.scrollingElement.scrollHeight > innerHeight")) == (True, True)


def test_under_a_strict_policy_the_element_works_with_a_script_of_the_host(site, neighbour, visit):
    neighbour.pages["/stele-embed.js"] = ("text/javascript", scripts.element().data.decode(), "")
    pasted = re.sub(r'src="[^"]*stele-embed.js"', 'src="/stele-embed.js"', box(site, "fa", "element"))
    page = visit(neighbour.put(pasted, policy=f"{STRICT}; connect-src {site[1]}"))
    root = "document.querySelector('stele-memorial').shadowRoot"
    drawn = page.evaluate(f"[{root}.querySelector('h2').innerText, {root}.adoptedStyleSheets.length]")
    assert drawn == [LONG["fa"][0], 2]


def test_without_scripts_wordpress_shows_the_link_and_a_frame_its_text(site, neighbour, visit):
    pasted = in_wordpress(site, "fa") + box(site, "az", "element") + box(site, "az", "frame")
    page = visit(neighbour.put(pasted), java_script_enabled=False)
    links = page.locator("blockquote a, stele-memorial a").all()
    assert [item.inner_text() for item in links if item.is_visible()] == [LONG["fa"][0], LONG["az"][0]]
    text = page.frame_locator("iframe.stele")
    assert text.locator("h1").inner_text() == LONG["az"][0]
    text.locator("a[href$='/az/figures/']").click()
    page.wait_for_url(f"{site[1]}/az/figures/")


@pytest.mark.parametrize(("sandbox", "heights"), [("", 0), ("allow-scripts", 1)])
def test_a_locked_frame_shows_the_card_and_says_its_height_where_scripts_may_run(
    site, neighbour, visit, sandbox, heights
):
    collect = "said = new Set(); addEventListener('message', ({ data }) => said.add(data.type === 'stele:height'))"
    neighbour.pages["/collect.js"] = ("text/javascript", collect, "")
    frame = f'<iframe sandbox="{sandbox}" width="600" height="320" src="{site[1]}/embed/fa/places/card.html"></iframe>'
    page = visit(neighbour.put(frame, head="<script src=/collect.js></script>"))
    card = page.frame_locator("iframe")
    assert (card.locator("h1").inner_text(), page.evaluate("said.has(true) + 0")) == (LONG["fa"][0], heights)


def test_no_embed_asks_for_a_file_or_breaks_its_own_policy(site, browser):
    page = browser.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    embeds = sorted(path for name in ("card", "index") for path in (site[0] / "embed").rglob(f"{name}.html"))
    addresses = [f"{site[1]}/{path.relative_to(site[0]).as_posix()}" for path in embeds]
    for address in addresses:
        page.goto(address)
    page.close()
    assert (asked, complaints, len(addresses)) == (addresses, [], 15)


def test_a_page_leads_to_its_answer_and_the_answer_to_the_card(site):
    page = fromstring((site[0] / "az" / "places" / "index.html").read_bytes())
    address = page.xpath("string(//link[@type='application/json+oembed']/@href)")
    answer = json.loads((site[0] / address.removeprefix(f"{site[1]}/")).read_text())
    quotation = fromstring(answer.pop("html"))
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Memory",
        "provider_url": f"{site[1]}/az/",
        "title": "Yerlər",
        "author_name": "A & B",
        "width": 600,
        "height": 320,
    }
    leads = [*quotation.xpath("//a/@href"), *quotation.xpath("//iframe/@src")]
    assert leads == [f"{site[1]}/az/places/", f"{site[1]}/embed/az/places/card.html"]


def test_what_is_copied_says_titles_as_they_are_and_the_hash_of_the_script(site):
    page = fromstring((site[0] / "en" / "embedding" / "figures" / "index.html").read_bytes())
    title = "“Figures” & <more>"
    frame, script = fromstring(f"<div>{page.get_element_by_id('frame').text}</div>").xpath("iframe | script")
    file = site[0] / script.get("src").removeprefix(f"{site[1]}/")
    assert (frame.get("title"), page.findtext(".//h1")) == (title, title)
    assert script.get("integrity") == scripts.integrity(file.read_bytes())
    assert len(file.read_bytes()) <= 2048


def test_the_guide_copies_with_a_script_and_is_of_use_without(site, visit):
    address = f"{site[1]}/fa/embedding/places/"
    page = visit(address)
    page.locator("button:visible").first.click()
    assert page.evaluate("getSelection().toString()") == f"{site[1]}/fa/places/"
    assert page.locator("[role=status]:visible").count() == 1
    bare = visit(address, java_script_enabled=False)
    assert (bare.locator("button:visible").count(), bare.locator("#address").input_value()) == (
        0,
        f"{site[1]}/fa/places/",
    )


def test_every_embed_lies_a_second_time_beside_the_site(site):
    folder = site[0].parent
    files = {path.relative_to(folder / "embed") for path in (folder / "embed").rglob("*") if path.is_file()}
    ours = {path.relative_to(site[0] / "embed") for path in (site[0] / "embed").rglob("*") if path.is_file()}
    assert files == ours


def test_a_style_sheet_cannot_leave_its_element(tmp_path):
    for name in ("embed/card.css", "embed/whole.css", "site/site.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("p::before { content: '</style><script>pwned()</script>' }")
    assert "</style" not in alone.dress(Theme((tmp_path,)), Stage.DRAFT).card


def test_what_stands_alone_finds_the_pictures_of_the_site_and_leaves_its_frame():
    text = fromstring(
        '<article><picture><source srcset="../../assets/a.avif 640w, ../../assets/b.avif 1280w">'
        '<img src="../../assets/a.jpg"></picture><a href="../places/index.html#road">1</a><a href="#fn:1">2</a>'
        '<a href="https://example.org/">3</a></article>'
    )
    alone.lead_abroad(text, "https://example.org/site/az/figures/")
    links = [(item.get("href"), item.get("target")) for item in text.iter("a")]
    assets = "https://example.org/site/assets"
    assert text.xpath("//@srcset | //@src") == [f"{assets}/a.avif 640w, {assets}/b.avif 1280w", f"{assets}/a.jpg"]
    assert links == [
        ("https://example.org/site/az/places/#road", "_top"),
        ("#fn:1", None),
        ("https://example.org/", "_top"),
    ]


def test_a_site_without_an_address_has_nothing_to_embed():
    theme = Theme((BUILT_IN,))
    assert (making.linked([None], "", theme, Stage.DRAFT), [*making.guide_paths([None], "")]) == ([], [])
