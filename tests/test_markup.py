"""What is extracted is what is translated: every construct of Markdown that people write."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stele.sources import fragments
from stele.sources.documents import Document, Field
from stele.sources.markup import identity, render

EVERYTHING = """# The title

<!-- TRANSLATORS: be gentle -->

A paragraph with *emphasis*, `code`, [a link](other.md "its title"), [Reference] and ![a picture](tree.png)
on two lines.[^note]

Setext heading
--------------

- tight one
- tight two
    - nested

1. loose one

2. loose two

    second paragraph

> Quoted words.
>
> Who said it
> {: .attribution }

| Name | Value |
|---|---:|
| left | a \\| b |
| `x|y` | <span lang="az">Xocalı</span> |

Term
:   Definition one

    and its second paragraph.

!!! warning "Mind the step"
    Body of the admonition.

<div class="timeline" markdown="1">

## Inside a block {: #stable .quiet }

Words inside.

</div>

<p markdown="span">A *span* block.</p>

<figure markdown="1">
<figcaption markdown="span">A caption.</figcaption>
</figure>

The HRW reported it.

```python
code = "not extracted"
```

    indented code

[Reference]: https://example.org/ "Title of the reference"
[^note]: The footnote, with *emphasis*.

    Its second paragraph.

*[HRW]: Human Rights Watch
"""


def document(body: str, path: str = "content/page.md") -> Document:
    return Document("page", path, {}, body, 1)


def units(body: str):
    return render(document(body), "en", identity, "en").units


def test_every_construct_is_extracted_once_with_its_kind_and_line():
    found = [(unit.kind, unit.line, unit.text) for unit in units(EVERYTHING)]
    assert found == [
        ("heading 1", 1, "The title"),
        (
            "paragraph",
            5,
            'A paragraph with *emphasis*, `code`, [a link](other.md "its title"), [Reference][reference] and '
            "![a picture](tree.png) on two lines.[^note]",
        ),
        ("heading 2", 8, "Setext heading"),
        ("list item", 11, "tight one"),
        ("list item", 12, "tight two"),
        ("list item", 13, "nested"),
        ("list item", 15, "loose one"),
        ("list item", 17, "loose two"),
        ("list item", 19, "second paragraph"),
        ("quotation", 21, "Quoted words."),
        ("quotation", 23, "Who said it"),
        ("table heading", 26, "Name"),
        ("table heading", 26, "Value"),
        ("table cell", 28, "left"),
        ("table cell", 28, "a \\| b"),
        ("table cell", 29, '<span lang="az">Xocalı</span>'),
        ("term", 31, "Term"),
        ("definition", 32, "Definition one"),
        ("definition", 34, "and its second paragraph."),
        ("admonition title", 36, "Mind the step"),
        ("paragraph", 37, "Body of the admonition."),
        ("heading 2", 41, "Inside a block"),
        ("paragraph", 43, "Words inside."),
        ("paragraph", 47, "A *span* block."),
        ("caption", 50, "A caption."),
        ("paragraph", 53, "The HRW reported it."),
        ("footnote", 62, "The footnote, with *emphasis*."),
        ("footnote", 64, "Its second paragraph."),
        ("link title", 61, "Title of the reference"),
        ("abbreviation", 53, "HRW"),
        ("meaning of the abbreviation HRW", 66, "Human Rights Watch"),
    ]


def test_a_note_to_translators_belongs_to_the_next_message():
    assert [unit.note for unit in units(EVERYTHING)][1:3] == ["be gentle", None]


def test_messages_know_the_headings_above_them():
    found = {unit.text: unit.headings for unit in units("# A\n\n## B\n\n### C\n\nText.\n\n## D\n\nMore.\n")}
    assert found == {"A": (), "B": ("A",), "C": ("A", "B"), "Text.": ("A", "B", "C"), "D": ("A",), "More.": ("A", "D")}


def test_a_message_can_be_kept_from_translators():
    assert [unit.text for unit in units("<!-- i18n: skip -->\n\nKept.\n\nAsked.\n")] == ["Asked."]


def marked(unit):
    return f"«{unit.text}»"


def test_every_translation_is_printed():
    rendered = render(document(EVERYTHING), "az", marked, "en")
    text = fragments.parse(f"<h1>{rendered.title}</h1>{rendered.html}").text_content()
    printed = text + rendered.html
    # The abbreviation itself is printed where the text has it, and no marked text has it.
    wanted = [unit.text for unit in rendered.units if "abbreviation" not in unit.kind]
    lost = [text for text in wanted if f"«{plain(text)}" not in printed]
    assert lost == []


def plain(text: str) -> str:
    return re.split(r"[*`\[!<\\|]", text, maxsplit=1)[0].rstrip()


def test_localizing_with_an_identity_catalog_is_plain_rendering():
    once = render(document(EVERYTHING), "en", lambda unit: unit.text, "en")
    assert once.html == render(document(EVERYTHING), "en", identity, "en").html


def test_anchors_are_those_of_the_source_in_every_language():
    ids = [heading.id for heading in render(document(EVERYTHING), "az", lambda _: "Başqa söz", "en").headings]
    assert ids == ["setext-heading", "stable"]


@pytest.mark.parametrize(
    ("heading", "tag", "anchor"),
    [
        ("What *happened*", "en", "what-happened"),
        ("Ağdam şəhidləri", "az", "ağdam-şəhidləri"),
        ("IŞIQ", "az", "ışıq"),
        ("Наша деревня", "ru", "наша-деревня"),
        ("[A link](x.md) and `code`", "en", "a-link-and-code"),
        ("…", "en", "section"),
    ],
)
def test_anchors_are_words_of_the_heading(heading, tag, anchor):
    rendered = render(document(f"## {heading}\n"), tag, identity, tag)
    assert [item.id for item in rendered.headings] == [anchor]


def test_equal_headings_have_different_anchors():
    rendered = render(document("## A\n\n## A\n\n## A\n"), "en", identity, "en")
    assert [item.id for item in rendered.headings] == ["a", "a-2", "a-3"]


def test_a_heading_that_ends_in_a_number_has_its_own_anchor():
    rendered = render(document("## A\n\n## A\n\n## A 2\n\n## Own {#b}\n\n## B\n"), "en", identity, "en")
    assert [item.id for item in rendered.headings] == ["a", "a-2", "a-2-2", "b", "b-2"]


@pytest.mark.parametrize(("title", "shown"), [("The fall", []), ("Khojaly", ["The fall"])])
def test_a_first_heading_is_not_lost_beside_another_title(title, shown):
    page = Document("page", "content/page.md", {"title": Field(title, 2)}, "# The *fall*\n\nText.\n", 4)
    assert [item.text for item in render(page, "en", identity, "en").headings] == shown


def test_a_title_holds_no_link():
    assert render(document("# The [fall](fall.md)\n"), "en", identity, "en").title == "The fall"


def test_a_cell_keeps_its_class_beside_its_alignment():
    html = render(document("| A |\n|--:|\n| b {: .sum } |\n"), "en", identity, "en").html
    assert '<td class="sum align-end">b</td>' in html


def test_what_is_not_translated_says_in_which_language_it_is():
    rendered = render(document("One.\n\nTwo.\n"), "fa", lambda unit: "یک." if unit.text == "One." else None, "en")
    assert rendered.html == '<p>یک.</p>\n<p lang="en" dir="ltr">Two.</p>'


def test_a_soft_line_break_is_no_part_of_a_message():
    assert units("One\ntwo\n  three.\n")[0].text == "One two three."


def test_a_hard_line_break_is():
    assert units("One  \ntwo.\n")[0].text == "One  \ntwo."


WORDS = st.text(alphabet=st.sampled_from("abcəığşçüАбвخوج 0123.,-–“”’()[]!*_`<>#|&;:\\"), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_identity_holds_for_any_text(paragraphs):
    body = "\n\n".join(paragraphs) + "\n"
    once = render(document(body), "en", lambda unit: unit.text, "en")
    assert once.html == render(document(body), "en", identity, "en").html


@pytest.mark.parametrize(
    "html",
    [
        "One <b>two</b> &amp; three<br>four",
        "\n<p lang=de>Eins</p>\n<!-- nothing -->\x0b<ul><li>zwei</ul>",
        "<!doctype html><html lang=en><head><title>t</title></head><body class=x>\n<main>One</main>\n</body></html>",
    ],
)
def test_what_is_parsed_to_be_read_only_is_the_same(html):
    plain, whole = (fragments.serialize(parse(html)) for parse in (fragments.parse_to_read, fragments.parse))
    assert plain == whole
