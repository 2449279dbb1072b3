"""Words from anyone, in every place that takes words: no file that is published acts, tracks or asks elsewhere."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from browsing import served
from conftest import FONTS, SILENCE, lines, one_face, request_for
from crawling import Site, dangers
from PIL import Image

from stele import pipeline
from stele.web.embeds import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
ELSEWHERE = "http://127.0.0.1:9"  # nobody answers there
BREAK_OUT = (
    f"\"'><script src={ELSEWHERE}/a.js></script><img src={ELSEWHERE}/t.png onerror=alert(1)>"
    f"</title></style></textarea>]]>--><svg onload=alert(1)> url({ELSEWHERE}) {{{{ 7 * 7 }}}} {{% include 'x' %}}"
)
# Without a tag, which a catalog may not add.
QUIET = f'\\" onmouseover=alert(document.cookie) style=\\"background: url({ELSEWHERE})\\" x=y\\">'
# In YAML, TOML and PO, whose strings may stand in double quotes.
QUOTED = BREAK_OUT.replace('"', '\\"')

MARKDOWN = f"""---
title: "A {QUOTED}"
description: "B {QUOTED}"
---

{BREAK_OUT}

<b onmouseover="alert(1)" style="background: url({ELSEWHERE})">handler</b> <b/onclick=alert(1)>b</b>

<iframe src="{ELSEWHERE}"></iframe><object data="{ELSEWHERE}"></object><embed src="{ELSEWHERE}">
<form action="{ELSEWHERE}"><input formaction="{ELSEWHERE}"></form>
<link rel="stylesheet" href="{ELSEWHERE}/a.css"><link rel="prefetch" href="{ELSEWHERE}"><base href="{ELSEWHERE}">
<meta http-equiv="refresh" content="0; url={ELSEWHERE}"><style>@import url({ELSEWHERE});</style>
<video src="{ELSEWHERE}" poster="{ELSEWHERE}"></video><audio src="{ELSEWHERE}" autoplay></audio>
<svg><script>alert(1)</script><use href="{ELSEWHERE}#a"/></svg><math><mi xlink:href="javascript:alert(1)">x</mi></math>
<template><script>alert(1)</script></template><noscript><img src="{ELSEWHERE}"></noscript>
<table background="{ELSEWHERE}"><tr><td style="text-align: left; background: url({ELSEWHERE})">cell</td></tr></table>
<a ping="{ELSEWHERE}" href="https://example.com/" target="_blank" rel="opener">a link</a>

<q cite="https://example.com/">quoted</q> {{: onclick=alert(1) style="color: red" }}

A paragraph.
{{: onclick="alert(1)" style="position: fixed" class="stele skip" id="x\\" onload=y" }}

```{{onclick=alert(1)}}
</code></pre><script>alert(1)</script>
```

*[HRW]: Human "><img src={ELSEWHERE}/abbr.png>

HRW[^1]

[^1]: A note {BREAK_OUT}

/// roll
///

/// figures
///

/// timeline
///

/// quotation | said
///

/// bibliography
///
"""
# What is refused as an error (tests/test_hostile.py) is not here: an error keeps everything from the world.
LEDGER = {
    "sources": f'paper: {{title: "C {QUOTED}", author: "D {QUOTED}", note: "E {QUOTED}", url: "https://example.com/?a=<b>"}}',
    "figures": f"""lost:
  measure: "F {QUOTED}"
  figures:
    register: {{value: 214, stated_by: "G {QUOTED}", definition: "H {QUOTED}", sources: [paper]}}
""",
    "events": f'wave: {{date: 1961-10-08, text: "I {QUOTED}", timeline: main, sources: [paper]}}',
    "places": f'harbour: {{names: {{en: "J {QUIET}", az: "K"}}, gazetteer: coast}}',
    "quotations": f"""said:
  {{text: "L {QUOTED}", language: az, speaker: "M {QUOTED}", context: "N {QUOTED}", sources: [paper]}}""",
}
CELL = '"' + BREAK_OUT.replace('"', '""') + '"'
PEOPLE = f"id,family,given,place,note\na,O {CELL[1:-1]!s},P,harbour,Q\nb,{CELL},{CELL},,{CELL}\nc,=1+1,@SUM(A1),,-1\n"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>&lt;script&gt;</title><path d="M0 0h9v9z"/></svg>'
)


def site(address: str) -> str:
    """Return a site.toml for a site that lies at `address`."""
    return f"""
title = "R {QUOTED}"
subtitle = "S {QUOTED}"
description = "T {QUOTED}"
source_language = "en"
languages = ["en", "az"]

[imprint]
organisation = "U {QUOTED}"
place = "V {QUOTED}"
year = "2026"
contact = "W {QUOTED}"
rights = "X {QUOTED}"
colophon = "Y {QUOTED}"

[print]
released = 2026-02-26

[web]
address = "{address}"
licence = "https://example.com/licence/javascript:alert(1)"

[[editions]]
name = "book"
title = "Z {QUOTED}"
uses = ["screen", "epub"]
"""


CATALOG = f"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "A paragraph."
msgstr "Abzas {QUIET}."
"""
INTERFACE = f"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Contents"
msgstr "İçindəkilər {QUIET}"

msgid "Languages"
msgstr "Dillər {QUIET}"

msgid "Notes"
msgstr "Qeydlər {QUIET}"
"""


HIDDEN = "told by a camera"


def picture() -> bytes:
    """Return a picture that says where it was taken, by whom, and what else a camera writes."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = f"{HIDDEN} {BREAK_OUT}", HIDDEN
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "#6e1f2b").save(made, "JPEG", exif=exif, comment=f"{HIDDEN} {BREAK_OUT}".encode())
    return made.getvalue()


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[tuple[Path, str]]:
    """Build the project once, for an address at which its site is served; yield the folder and the address."""
    folder = tmp_path_factory.mktemp("hostile")
    with served(folder / "output" / "site") as address:
        files = {
            "content/site.toml": site(address),
            "content/index.md": "# Home\n\n![A drawing](x.svg) ![A picture](x.jpg)\n",
            "content/page.md": MARKDOWN,
            "content/x.svg": DRAWING,
            "content/x.jpg": picture(),
            "content/ledger/people.csv": PEOPLE,
            "locales/az/LC_MESSAGES/page.po": CATALOG,
            "locales/az/LC_MESSAGES/interface.po": INTERFACE,
            FONTS: one_face(),
            **{f"content/ledger/{name}.yaml": f"{text}\n" for name, text in LEDGER.items()},
        }
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        outcome = pipeline.build(request_for(folder), SILENCE)
        assert outcome.made, [line for line in lines(outcome) if "error:" in line]
        yield folder / "output", address


def test_no_file_acts_hides_tracks_or_asks_elsewhere(world):
    output, address = world
    kinds = {path.suffix for path in output.rglob("*") if path.is_file()}
    expected = {".html", ".css", ".svg", ".xml", ".json", ".jsonld", ".csv", ".js", ".pdf", ".epub"}
    found = dangers(output, Site(address, frozenset([scripts.in_frames()])))
    assert (expected - kinds, found) == (set(), [])


def test_what_a_picture_says_beside_itself_is_not_published(world):
    output, _ = world
    telling = [path.name for path in output.rglob("*") if path.is_file() and HIDDEN.encode() in path.read_bytes()]
    assert telling == []


def test_no_page_asks_elsewhere_or_runs_what_somebody_wrote(world, browser):
    """What belongs to the site is opened from the web, all else from the disk."""
    output, address = world
    pages = sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    urls = [
        f"{address}/{name.removeprefix('site/')}" if name.startswith("site/") else (output / name).as_uri()
        for name in pages
    ]
    asked, ran = visited(browser, urls)
    assert (len(pages) > 20, foreign(asked, address), ran) == (True, set(), [])


def test_results_of_a_search_are_words(world, browser):
    _, address = world
    asked, ran = visited(browser, [f"{address}/en/search/index.html?q={word}" for word in ("P", "script", QUIET)])
    assert (foreign(asked, address), ran) == (set(), [])


def test_the_element_shows_words(world, browser):
    output, address = world
    host = output / "site" / "host.html"
    host.write_text(
        f'<!doctype html><title>Host</title><script src="{address}/embed/v1/stele-embed.js"></script>'
        f'<stele-memorial src="{address}/embed/en/page/fragment-styled.html"></stele-memorial>'
    )
    asked, ran = visited(browser, [f"{address}/host.html"])
    host.unlink()
    assert (foreign(asked, address), ran) == (set(), [])


def visited(browser, urls: list[str]) -> tuple[list[str], list[str]]:
    """Open each address; return what was asked for, and the dialogs and windows that opened."""
    context = browser.new_context()
    asked, ran = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page = context.new_page()
    context.on("page", lambda other: ran.append(other.url))
    for url in urls:
        page.goto(url, wait_until="networkidle" if "search" in url or "host" in url else "load")
    context.close()
    return [url for url in asked if not url.startswith("data:")], ran


def foreign(asked: list[str], address: str) -> set[str]:
    """Return what was neither of the site nor on the disk."""
    return {url for url in asked if not url.startswith((f"{address}/", "file:"))}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", "<p onclick=x>a</p>"),
        ("a.html", "<script>x()</script>"),
        ("a.html", '<img src="//example.org/t.png">'),
        ("a.html", '<a href="java&#10;script:x">a</a>'),
        ("a.html", "<p style='color: red'>a</p>"),
        ("a.css", "a { background: u\\72l('https://example.org/t.png') }"),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'),
        ("a.xml", '<?xml-stylesheet href="a.xsl"?><feed/>'),
        ("a.json", '{"html": "<p onclick=x>a</p>"}'),
        ("a.json", '[{"url": "javascript:x"}]'),
        ("a.csv", "a,=1+1"),
    ],
)
def test_the_crawler_finds_it(tmp_path, name, data):
    (tmp_path / name).write_text(data)
    assert len(dangers(tmp_path, Site("https://example.com", frozenset()))) == 1
