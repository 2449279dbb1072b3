"""Texts for other websites: nothing that filters would change, nothing lost, a style that no host breaks."""

from __future__ import annotations

import re

import pytest
from cms_filters import drupal, wordpress
from conftest import LANGUAGES, SILENCE, request_for
from lxml import html

from stele import pipeline
from stele.language.tags import language
from stele.sources import fragments
from stele.web.portable.blocks import Labels, portable

LABELS = Labels("Notes", "%(name)s: %(value)s", "(struck out: %(text)s)")
WEB = 'editions = []\n[web]\naddress = "https://example.org/m"'


def made(source: str, tag: str = "en") -> str:
    """Return the lines without what each of them says of its language."""
    written = portable(fragments.parse(source), language(tag), LABELS, "notes-x")
    own = language(tag)
    return written.replace(f' lang="{tag}" dir="{own.direction}"', "")


# --- the filters themselves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "by_wordpress", "by_drupal"),
    [
        ('<p class="x" lang="az">a</p>', '<p class="x" lang="az">a</p>', '<p lang="az">a</p>'),
        ("<p>a\u00a0b</p>", "<p>a\u00a0b</p>", "<p>a&nbsp;b</p>"),
        ("<p><span>a</span><br /></p>", "<p><span>a</span><br /></p>", "<p>a<br></p>"),
        ('<a href="javascript:x">a</a>', '<a href="x">a</a>', '<a href="x">a</a>'),
        ("<time>a</time> <table><tr><td>b</td></tr></table>", "a <table><tr><td>b</td></tr></table>", "a b"),
    ],
)
def test_what_the_filters_do(written, by_wordpress, by_drupal):
    assert (wordpress(written), drupal(written)) == (by_wordpress, by_drupal)


@pytest.mark.slow
@pytest.mark.parametrize("tag", LANGUAGES)
def test_filters_leave_every_text_of_the_sample_unchanged(sample, tag):
    files = sorted((sample[0] / "output" / "embed" / tag).rglob("fragment.html"))
    texts = {file.parent.name: file.read_text() for file in files}
    changed = [name for name, text in texts.items() if not wordpress(text) == text == drupal(text)]
    assert (len(texts) >= 10, changed) == (True, [])


@pytest.mark.slow
@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_word_and_no_figure_of_a_page_of_the_sample_is_lost(sample, tag):
    lost = {}
    for file in sorted((sample[0] / "output" / "embed" / tag).rglob("fragment.html")):
        page = sample[0] / "output" / "site" / tag / file.parent.name / "index.html"
        article = html.document_fromstring(page.read_text()).find(".//article")
        if missing := _words(article) - _words(html.fromstring(file.read_text())):
            lost[file.parent.name] = missing
    assert lost == {}


def _words(root) -> set[str]:
    """Return the words and figures that stand apart from each other; the number of a note is none."""
    for element in [*root.find_class("footnote-backref"), *root.find_class("footnote-ref")]:
        element.drop_tree()
    apart = root.xpath(
        ".//*[not(self::a or self::span or self::em or self::cite or self::strong)]|.//*[@class='aside']"
    )
    for element in apart:
        element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    return set(re.findall(r"[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]+", root.text_content()))


# --- what becomes of each element -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h1>A</h1><h6>B</h6>", "<h2>A</h2>\n<h6>B</h6>"),
        ("<p>A <b>b</b>\n<i>c</i> <u>d</u></p>", "<p>A <strong>b</strong> <em>c</em> d</p>"),
        ("<div>A <em>b</em><p>c</p>d</div>", "<p>A <em>b</em></p>\n<p>c</p>\n<p>d</p>"),
        ("<p>A\u00a0b &amp; &lt;c&gt;</p>", "<p>A&nbsp;b &amp; &lt;c&gt;</p>"),
        ("<p>613<sup>1</sup>, m<sup>2</sup>, XX<sup>e</sup>, x<sup>2n</sup></p>", "<p>613¹, m², XXe, x^2n</p>"),
        ("<p>H<sub>2</sub>O</p>", "<p>H₂O</p>"),
        ("<p>613 <del>485</del></p>", "<p>613 (struck out: 485)</p>"),
        ("<p><q>A</q></p>", "<p>“A”</p>"),
        (
            '<p><abbr title="Human Rights Watch">HRW</abbr>, <abbr title="Human Rights Watch">HRW</abbr></p>',
            "<p>HRW (Human Rights Watch), HRW</p>",
        ),
        ('<p>A <span lang="fa" dir="rtl">b</span></p>', '<p>A <em lang="fa" dir="rtl">b</em></p>'),
        ('<p><span dir="ltr">A/59</span></p>', "<p>\u2066A/59\u2069</p>"),
        ("<p><bdi>A</bdi></p>", "<p>\u2068A\u2069</p>"),
        ("<p>A <ruby>b<rt>c</rt></ruby></p>", "<p>A b(c)</p>"),
        ('<figure><img src="https://x/a.png" alt="A &quot;b&quot;"><figcaption>C</figcaption></figure>',
         '<p><a href="https://x/a.png">A "b"</a></p>\n<p>C</p>'),
        ("<pre><code>a\n  b</code></pre>", "<p><code>a<br>&nbsp; b</code></p>"),
        ("<details><summary>A</summary>b</details>", "<p><strong>A</strong></p>\n<p>b</p>"),
        ("<ul><li>A<ul><li>b</li></ul></li></ul>", "<ul>\n<li><p>A</p><ul>\n<li>b</li>\n</ul></li>\n</ul>"),
        ('<ol start="3"><li>A</li></ol>', '<ol start="3">\n<li>A</li>\n</ol>'),
        ("<ol reversed><li>A</li><li>B</li></ol>", "<p>2. A</p>\n<p>1. B</p>"),
        ('<dl><div class="entry"><dt>A</dt><dd>b <span class="aside">c</span></dd></div></dl>',
         "<dl>\n<dt><strong>A</strong></dt>\n<dd>b<br>c</dd>\n</dl>"),
        ('<ul><li>Əliyev İsa <span class="details">Xocalı</span></li></ul>',
         "<ul>\n<li>Əliyev İsa (Xocalı)</li>\n</ul>"),
        ('<ol class="sources"><li><span class="number">5</span> A</li></ol>', "<p>[5] A</p>"),
        ("<hr>", "<p>* * *</p>"),
        ("<p> </p><div></div><ul></ul>", ""),
    ],
)  # fmt: skip
def test_an_element(source, expected):
    assert made(source) == expected


@pytest.mark.parametrize(
    ("tag", "call", "note"),
    [("en", "¹", "¹"), ("fa", "(۱)", "(۱)")],
)
def test_the_number_of_a_note_is_no_digit_of_the_figure_before_it(tag, call, note):
    source = (
        '<p>613<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p><div class="footnote"><hr><ol>'
        '<li id="fn:1"><p>A.\u00a0<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>'
    )
    assert made(source, tag) == (
        f'<p>613<a href="#notes-x">{call}</a></p>\n<h3 id="notes-x">Notes</h3>\n<p>{note} A.</p>'
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<thead><tr><th>What</th><th>Figure</th></tr></thead><tr><th>Killed</th><td>613</td></tr>",
            ["<dt><strong>What: Killed</strong></dt>", "<dd>Figure: 613</dd>"],
        ),
        ("<tr><td>A</td><td>1</td></tr>", ["<dt><strong>A</strong></dt>", "<dd>1</dd>"]),
        ("<tr><td></td><td>1</td></tr>", ["<dt><strong>–</strong></dt>", "<dd>1</dd>"]),
        (
            '<tr><th>A</th><th>B</th></tr><tr><th>x</th><td><span lang="az">y</span></td></tr>',
            ["<dt><strong>A: x</strong></dt>", '<dd>B: <em lang="az" dir="ltr">y</em></dd>'],
        ),
        (
            '<tr><th>A</th><th colspan="2">B</th></tr><tr><td rowspan="2">x</td><td>1</td><td>2</td></tr>'
            "<tr><td>3</td><td>4</td></tr>",
            [
                "<dt><strong>A: x</strong></dt>",
                "<dd>B: 1</dd>",
                "<dd>B: 2</dd>",
                "<dt><strong>A: x</strong></dt>",
                "<dd>B: 3</dd>",
                "<dd>B: 4</dd>",
            ],
        ),
        (
            '<thead><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><th>c</th><th>d</th></tr></thead>'
            "<tr><td>x</td><td>1</td><td>%(name)s</td></tr>",
            ["<dt><strong>A: x</strong></dt>", "<dd>B, c: 1</dd>", "<dd>B, d: %(name)s</dd>"],
        ),
    ],
)
def test_every_value_of_a_table_stands_under_its_row_beside_its_column(source, expected):
    assert made(f"<table>{source}</table>").splitlines()[1:-1] == expected


def test_each_block_says_its_language_and_what_stands_within_says_what_differs():
    source = (
        '<div lang="az" dir="ltr"><p>A <cite lang="en">b</cite></p><blockquote><p lang="ru">c</p></blockquote></div>'
    )
    assert portable(fragments.parse(source), language("fa"), LABELS, "x") == (
        '<p lang="az" dir="ltr">A <cite lang="en" dir="ltr">b</cite></p>\n'
        '<blockquote lang="az" dir="ltr">\n<p lang="ru" dir="ltr">c</p>\n</blockquote>'
    )


# --- the files --------------------------------------------------------------------------------------------------------

PAGE = """# A page

[Next](b.md#part), [here](#there), [elsewhere](https://example.com/?a=1&b=it's), [a file](x.pdf).

![A picture](x.png)
"""


ADDRESSED = {
    "content/a.md": PAGE,
    "content/b.md": "# B\n\n## Part {: #part }\n",
    "content/x.pdf": b"%PDF-1.4",
    "content/x.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2"
    b"\0\1H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82",
}


def test_addresses_are_whole(project):
    folder = project(ADDRESSED, editions=WEB)
    pipeline.build(request_for(folder), SILENCE)
    text = (folder / "output/embed/en/a/fragment.html").read_text()
    styled = (folder / "output/embed/en/a/fragment-styled.html").read_text()
    picture = re.findall('src="([^"]*)"', styled)[0]
    assert re.findall('href="([^"]*)"', text) == [
        "https://example.org/m/en/b/#part",
        "https://example.org/m/en/a/#there",
        "https://example.com/?a=1&amp;b=it%27s",
        "https://example.org/m/assets/content/x.pdf",
        picture,
        "https://example.org/m/en/a/",
    ]


def test_addresses_lead_to_files_that_are_there(project):
    folder = project(ADDRESSED, editions=WEB)
    pipeline.build(request_for(folder), SILENCE)
    lost = set()
    for name in ("fragment.html", "fragment-styled.html"):
        text = (folder / "output/embed/en/a" / name).read_text()
        for path in re.findall('(?:href|src)="https://example.org/m/([^"#]*)', text):
            if not (folder / "output/site" / (f"{path}index.html" if path.endswith("/") else path)).is_file():
                lost.add(path)
    assert lost == set()


def test_without_an_address_of_the_site_there_is_nothing_to_paste(project):
    folder = project({"content/a.md": "# A\n"})
    pipeline.build(request_for(folder), SILENCE)
    assert (list((folder / "output").rglob("embed")), list((folder / "output").rglob("fragment.html"))) == ([], [])


def test_a_roll_keeps_each_name_apart_from_what_is_said_of_its_bearer(project):
    people = "id,family,given,patronymic,born,died,place,fate,household,note\n"
    people += "a,Əliyev,İsa,Qasım oğlu,1950,1992,,,,a teacher\nb,Həsənova,Ayan,,,,,missing,,\n"
    files = {"content/a.md": "# Names\n\n/// roll\n///\n", "content/ledger/people.csv": people}
    folder = project(files, languages=("az",), editions=WEB)
    pipeline.build(request_for(folder), SILENCE)
    text = (folder / "output/embed/az/a/fragment.html").read_text()
    assert re.findall("<li>(.*)</li>", text) == [
        "Əliyev İsa Qasım oğlu (1950–\u20601992, a teacher)",
        "Həsənova Ayan (itkin)",
    ]
