"""What a translation must leave as it is: placeholders, links, footnote calls, markup; and what of it may change."""

import pytest

from stele.diagnostics import Location
from stele.language.tags import language
from stele.sources.vocabulary import Vocabulary
from stele.translation.po.entry import Entry
from stele.translation.review.links import changed_links, lost_footnotes
from stele.translation.review.markup import changed_markup
from stele.translation.review.pair import Pair, pairs
from stele.translation.review.placeholders import lost_placeholders
from stele.translation.safety import refuse

WHERE = Location("locales/az/LC_MESSAGES/page.po", 7)
NONE = Vocabulary((), ())


def found(check, tag, source, translation, source_tag="en"):
    pair = Pair(source, translation, language(source_tag), language(tag), "", False, (), WHERE, NONE)
    return [f"{item.code}: {item.message}" for item in check(pair)]


def refused(source, translation):
    return {item.code for item in refuse(source, translation, WHERE)}


# --- placeholders ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation", "messages"),
    [
        ("az", "{killed.government} people", "613 nəfər", ["the translation drops {killed.government}"]),
        (
            "ru",
            "{killed.government} people",
            "{kiled.government} человек",
            ["the translation drops {killed.government}", "the translation repeats or invents {kiled.government}"],
        ),
        ("fa", "On {fall:d MMMM y}", "در ۲۶ فوریه", ["the translation drops {fall:d MMMM y}"]),
        ("tr", "{n}", "{n} ve {n}", ["the translation repeats or invents {n}"]),
        ("de", "Chapter %(number)s", "Kapitel", ["the translation drops %(number)s"]),
        ("ar", "Chapter %(number)s", "الفصل %(رقم)s", [
            "the translation drops %(number)s", "the translation invents %(رقم)s",
        ]),
    ],
)  # fmt: skip
def test_a_lost_or_invented_placeholder_is_found(tag, source, translation, messages):
    assert found(lost_placeholders, tag, source, translation) == [f"lost-placeholder: {item}" for item in messages]


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("az", "On {fall:d MMMM y}", "{fall:y-'ci il' d MMMM}"),
        ("ru", "{a} of {b}", "из {b} — {a}"),
        ("fa", "{killed.government} people", "{killed.government} نفر"),
        ("de", "%(name)s, p. %(page)s", "S. %(page)s, %(name)s"),
        ("hy", "written as `{name}`", "գրվում է `{անուն}`"),
    ],
)
def test_placeholders_may_change_their_order_and_pattern(tag, source, translation):
    assert found(lost_placeholders, tag, source, translation) == []
    assert refused(source, translation) == set()


@pytest.mark.parametrize(
    ("forms", "messages"),
    [
        (("bir məktub", "%(n)s məktub"), []),
        (("%(n)s məktub",), []),
        (("bir məktub", "məktublar"), ["the translation drops %(n)s"]),
        (("bir məktub", "%(m)s məktub"), ["the translation invents %(m)s", "the translation drops %(n)s"]),
    ],
)
def test_plural_forms_are_compared_together(forms, messages):
    entry = Entry("one letter", forms, plural="%(n)s letters", line=7)
    made = pairs(entry, "page.po", language("az"), language("en"), NONE)
    assert {item.message for pair in made for item in lost_placeholders(pair)} == set(messages)


# --- links -----------------------------------------------------------------------------------------------------------

HERE = "Read [this](https://example.org/a) and [that](what-happened.md#captured)."


@pytest.mark.parametrize(
    ("tag", "source", "translation", "expected"),
    [
        (
            "az",
            "Read [this](https://example.org/a).",
            "[Bunu](https://example.com/a) oxuyun.",
            ["changed-link: the translation leads to “https://example.com/a”"],
        ),
        (
            "ru",
            "see [there](what-happened.md#captured)",
            "см. [там](what-happened.md#взятые)",
            ["changed-link: the translation leads to “what-happened.md#взятые”"],
        ),
        ("fa", HERE, "[این](https://example.org/a) را بخوانید.", ["lost-markup: the translation has 1 of 2 links"]),
        ("tr", "[here][hrw]", "[burada][hrv]", ["lost-markup: the translation drops the link key “[hrw]”"]),
        ("de", "<https://example.org/>", "dort", ["lost-markup: the translation has 0 of 1 links"]),
        (
            "ka",
            "mail <mailto:us@example.org>",
            "წერილი <mailto:us@example.com>",
            ["changed-link: the translation leads to “mailto:us@example.com”"],
        ),
        (
            "fr",
            "Read in a copy: docslib.org/doc/8942167",
            "Lu dans une copie : docslib.org/doc/8942176",
            ["changed-link: the translation does not name the address “docslib.org/doc/8942167”"],
        ),
        (
            "az",
            "[x](https://ru.wikipedia.org/wiki/X)",
            "[x](https://az.wikipedia.org/wiki/X)",
            ["changed-link: the translation leads to “https://az.wikipedia.org/wiki/X”"],
        ),
        (
            "ar",
            "[x](https://example.org/)",
            "[x](JavaScript:alert)",
            ["unsafe-translation: the translation opens a link with the scheme javascript:"],
        ),
    ],
)
def test_a_link_that_leads_elsewhere_is_found(tag, source, translation, expected):
    assert found(changed_links, tag, source, translation) == expected


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("az", "[x](https://en.wikipedia.org/wiki/Khojaly)", "[x](https://az.wikipedia.org/wiki/Xocalı)"),
        ("ru", "[x](https://www.un.org/en/about)", "[x](https://www.un.org/ru/about-us)"),
        ("fa", "[x](https://example.org/page?lang=en)", "[x](https://example.org/page?lang=fa)"),
        ("fr", "[x](https://example.org/en-us/a)", "[x](https://example.org/fr-fr/a)"),
        ("az-Arab", "[x](https://en.wikipedia.org/)", "[x](https://azb.wikipedia.org/)"),
        ("tr", HERE, "[Şunu](what-happened.md#captured) ve [bunu](https://example.org/a) okuyun."),
        ("fa", "on mfa.gov.az/en/news/879, and on hrw.org", "در hrw.org، و در mfa.gov.az/fa/news/879"),
        ("de", '[x](https://example.org/a "A title")', '[x](https://example.org/a "Ein Titel")'),
        ("ru", "`[a](b)`", "`[в](г)`"),
        ("he", "[words][Key]", "[מילים][key]"),
    ],
)
def test_a_page_in_the_language_of_the_translation_is_no_other_place(tag, source, translation):
    assert found(changed_links, tag, source, translation) == []


# --- footnote calls --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "translation", "message"),
    [
        ("az", "Bəyanat.[^a]", "drops [^b]"),
        ("ru", "Заявление[^a][^b][^b].", "repeats or invents [^b]"),
        ("fa", "بیانیه.[^a][^ب]", "drops [^b] and repeats or invents [^ب]"),
    ],
)
def test_lost_footnote_calls_are_found(tag, translation, message):
    expected = [f"lost-footnote: the translation {message}"]
    assert found(lost_footnotes, tag, "A statement.[^a][^b]", translation) == expected


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("ru", "One.[^a] Two.[^b]", "Два[^b]. Один[^a]."),
        ("fa", "A statement.[^hrw-1994]", "بیانیه.[^hrw-1994]"),
        ("az", "`[^a]` is a call.", "`[^ə]` çağırışdır."),
    ],
)
def test_footnote_calls_may_change_their_order(tag, source, translation):
    assert found(lost_footnotes, tag, source, translation) == []


# --- markup ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation", "expected"),
    [
        (
            "az",
            'the <span lang="ru">Ходжалы</span>',
            'bu <span lang="az">Ходжалы</span>',
            [
                "injected-markup: the translation adds the tag '<span lang=\"az\">'",
                'lost-markup: the translation drops the tag “<span lang="ru">”',
            ],
        ),
        (
            "ru",
            "<abbr title='United Nations'>UN</abbr>",
            "ООН",
            ["lost-markup: the translation drops the tag “<abbr title='United Nations'>”"],
        ),
        ("fa", "run `stele build`", "اجرا کنید", ["lost-markup: the translation drops the code “`stele build`”"]),
        ("tr", "run `stele`", "`stela`", ["lost-markup: the translation drops the code “`stele`”"]),
        ("de", "a {: .big}", "ein", ["lost-markup: the translation drops the attribute list “{: .big}”"]),
        ("ru", "It is **not** so", "Это не так", ["lost-markup: the translation has 0 of 1 runs of strong emphasis"]),
        ("az", "in *Svoboda*", "Svoboda qəzetində", ["lost-markup: the translation has 0 of 1 runs of emphasis"]),
        (
            "az",
            "in _Svoboda_",
            "_Svoboda_da",
            ["lost-markup: “_Svoboda_da” begins or ends no emphasis and would be printed"],
        ),
        (
            "fa",
            "It is **not** so",
            "چنین **نیست",
            ["lost-markup: “**نیست” begins or ends no emphasis and would be printed"],
        ),
        ("hy", "a <b>b</b> c", "ա </b>բ<b> գ", ["lost-markup: a tag is closed before it is opened, or not at all"]),
        (
            "ka",
            "![A map](map.png)",
            "![რუკა](mapa.png)",
            [
                "injected-markup: the translation adds the image '![რუკა](mapa.png)'",
                "lost-markup: the translation drops the image “![A map](map.png)”",
            ],
        ),
    ],
)
def test_added_lost_and_broken_markup_is_found(tag, source, translation, expected):
    assert found(changed_markup, tag, source, translation) == expected


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("az", '<abbr title="United Nations">UN</abbr>', '<abbr title="Birləşmiş Millətlər">BMT</abbr>'),
        ("ru", "<span lang='az' class=\"x\">Xocalı</span>", '<span class="x" lang="az">Xocalı</span>'),
        ("fa", "in *Svoboda* and **now**", "**اکنون** و در *Svoboda*"),
        ("tr", "in *Svoboda*", "*Svoboda*’da"),
        ("de", "in *Svoboda*", "in _Svoboda_"),
        ("az", "in *Svoboda*", "*Svoboda*da"),
        ("fr", "5 * 3 and 2 * 2", "5 * 3 et 2 * 2"),
        ("ru", "the file snake_case_name and \\*", "файл snake_case_name и \\*"),
        ("zh", "Read ***this*** now", "现在读***这个***"),
        ("he", '![A map](map.png "Title")', '![מפה](map.png "כותרת")'),
        ("fa", "a <br> b", "الف <br/> ب"),
        ("ru", "Plain words", "Слова *с выделением*"),
    ],
)
def test_words_in_markup_and_its_order_may_change(tag, source, translation):
    assert found(changed_markup, tag, source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "code"),
    [
        ("Text.", "Mətn <img src=x onerror=alert(1)>.", "injected-markup"),
        ('<abbr title="UN">UN</abbr>', '<abbr title="BMT" onclick="x">BMT</abbr>', "injected-markup"),
        ("A [link](a.md)", "A [link](data:text/html,x)", "unsafe-translation"),
        ("On {fall:d MMMM}", "{fall:x=<b>}", "injected-markup"),
        ("A word", "söz {: onclick=x}", "injected-markup"),
        ("[" * 3, "[" * 60, "too-nested"),
    ],
)
def test_the_gate_refuses_what_could_do_harm(source, translation, code):
    assert code in refused(source, translation)


@pytest.mark.parametrize("piece", ["**a ", "*", "_a", "__a ", "`", "<", "{", "[x](", "![", "a.b.", "&", "\\", "<b>"])
def test_long_texts_of_half_markup_are_read_soon(piece):
    text = piece * (20_000 // len(piece))
    for check in (lost_placeholders, changed_links, lost_footnotes, changed_markup):
        found(check, "ru", "Text.", text)
