"""A styled text in the page of somebody else, in a browser: neither changes what the other looks like."""

from __future__ import annotations

import pytest
from conftest import SILENCE, request_for
from lxml import html

from stele import pipeline

TEXT = """# Xocalı

A text with [a link](https://example.com/), **bold**, *italic* words, `code` and a note.[^1]

## Second

1. One
    - Two

> A quotation.

Term
:   Description

| What | Figure |
| --- | ---: |
| Killed | 613 |

![A picture](x.png)

[^1]: A note.
"""
PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)
HOST = "<!doctype html><title>Host</title><style>{style}</style><h1>Host</h1><p>Of the <em>host</em>.</p>{text}"
HOSTILE = """
h1, h2, h3, table, sup, ol { display: none !important }
p, li, dd, td { color: lime !important; font: 30px fantasy !important; margin: 40px !important; float: left !important }
* { letter-spacing: 8px !important; text-transform: uppercase !important; direction: rtl !important;
    position: relative !important; visibility: hidden !important; --a: b !important; transition: all 1s !important }
a::before, p::after { content: "X" !important; display: block !important }
p::first-letter { font-size: 5em !important; float: left !important }
li::marker { content: "no " !important; color: red !important }
div, article { border: 9px solid red !important; columns: 3 !important; opacity: .1 !important; height: 3px !important }
#host article a[href] { color: red !important; pointer-events: none !important }
"""
# All computed properties of each element, and those of what stands in it by which a host could write or colour.
MEASURE = """selector => [...document.querySelectorAll(selector)].map(element => {
    const style = getComputedStyle(element), names = [...style].filter(name => !name.startsWith('--'));
    const own = names.map(name => `${element.tagName} ${name}: ${style.getPropertyValue(name)}`);
    const inner = ['before', 'after', 'first-letter', 'marker'].map(name => {
        const { content, color, display, float, fontSize } = getComputedStyle(element, '::' + name);
        return `${element.tagName}::${name}: ${content} ${color} ${display} ${float} ${fontSize}`;
    });
    return [...own, ...inner].join("\\n");
})"""


@pytest.fixture
def text(project, request):
    tag = getattr(request, "param", "az")
    web = 'editions = []\n[web]\naddress = "https://example.org/m"'
    folder = project({"content/a.md": TEXT, "content/x.png": PICTURE}, languages=(tag,), editions=web)
    pipeline.build(request_for(folder), SILENCE)
    return (folder / f"output/embed/{tag}/a/fragment-styled.html").read_text()


def measured(browser, selector: str, style: str, text: str) -> list[str]:
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.route("**", lambda route: route.abort())
    page.set_content(f'<body id="host">{HOST.format(style=style, text=text)}')
    found = page.evaluate(MEASURE, selector)
    page.close()
    return found


@pytest.mark.parametrize("text", ["az", "fa"], indirect=True)
def test_no_style_of_the_host_reaches_the_text(browser, text):
    calm, hostile = (measured(browser, ".stele, .stele *", style, text) for style in ("", HOSTILE))
    changed = set("\n".join(hostile).splitlines()) - set("\n".join(calm).splitlines())
    assert (len(calm), changed) == (len(hostile), set())


def test_no_style_of_the_text_reaches_the_host(browser, text):
    alone, together = (measured(browser, "h1, body > p, body > p > em", "", item) for item in ("", text))
    assert alone == together


def test_the_text_says_its_language_asks_for_no_file_but_its_pictures_and_names_nothing_as_the_host_may(text):
    root = html.fromstring(f"<body>{text}</body>")
    classes = {name for item in root.iter() for name in item.get("class", "").split()}
    ids = {item.get("id") for item in root.iter() if item.get("id")}
    loaded = [item.get("src") for item in root.iter("img")]
    style = root.findtext(".//style")
    assert (
        [name for name in classes if not name.startswith("stele")],
        [name for name in ids if not name.startswith("stele-")],
        [src for src in loaded if not src.startswith("https://example.org/m/assets/content/x.")],
        [word for word in ("url(", "@import", "@font-face", "var(") if word in style],
    ) == ([], [], [], [])
