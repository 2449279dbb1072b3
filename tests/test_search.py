"""The search of the site, in a real browser: from a disk, and from a server that allows no more than it must."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import VIOLATIONS, served
from conftest import BUILT_IN, FONTS, SILENCE, request_for
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from stele import pipeline
from stele.language.folding import folding, words
from stele.web.search import shards
from stele.web.search.index import index
from stele.web.search.sections import Piece, Section

if TYPE_CHECKING:
    from pathlib import Path

POLICY = (
    "default-src 'none'; img-src 'self'; font-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)

# --- the folding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "spellings"),
    [
        ("az", "şəhid sehid ŞƏHİD Şəhid"),
        ("az", "işıq IŞIQ isiq İŞIQ"),
        ("tr", "Iğdır iğdir IĞDIR İĞDİR"),
        ("az-Cyrl", "шәһид şəhid ШӘҺИД sehid"),
        ("az-Cyrl", "Хоҹалы Xocalı xocali"),
        ("ru", "ёлка Елка ЁЛКА е\u0308лка"),
        ("uk", "п’ять п'ять пʼять пять"),
        ("de", "Straße STRASSE strasse"),
        ("de", "Müller Mueller Muller MÜLLER"),
        ("fr", "élève eleve ÉLÈVE e\u0301le\u0300ve"),
        ("fa", "خوجالی خوجالي خوجالى"),
        ("fa", "کتاب كتاب كتـــاب"),
        ("fa", "می\u200cشود میشود"),
        ("ar", "شُهَدَاء شهداء شهدا"),
        ("ar", "أحمد احمد إحمد ٱحمد"),
        ("ar", "فاطمة فاطمه ﻓﺎﻃﻤﺔ"),
        ("ar", "١٩٩٢ ۱۹۹۲ 1992 １９９２"),
        ("he", "שָׁלוֹם שלום שלומ"),
        ("he", "חוג׳אלי חוג'אלי חוגאלי"),
        ("ka", "ხოჯალი ᲮᲝᲯᲐᲚᲘ"),
        ("hy", "Խոջալու ԽՈՋԱԼՈՒ"),
    ],
)
def test_words_that_are_typed_in_many_ways_are_one(tag, spellings):
    folded = [[*words(word, folding(tag))] for word in spellings.split(" ")]
    assert folded == [folded[0]] * len(folded)
    assert len(folded[0]) == 1


@pytest.mark.parametrize(("tag", "one", "other"), [("ru", "йод", "иод"), ("uk", "їсти", "істи"), ("de", "Tür", "Tier")])
def test_letters_of_their_own_stay_apart(tag, one, other):
    assert [*words(one, folding(tag))] != [*words(other, folding(tag))]


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("tr", "Hocalı’da 26-cı", "hocali da 26 ci"),
        ("fr", "l’homme d'État", "l homme d etat"),
        ("en", "A/59/713 – Khojaly, “1,275”", "a 59 713 khojaly 1 275"),
        ("zh", "1992年2月", "1992 年 2 月"),
    ],
)
def test_what_ends_a_word(tag, text, expected):
    assert " ".join(words(text, folding(tag))) == expected


# --- a site of seven languages, on a disk and on a server -------------------------------------------------------------

LANGUAGES = ("en", "az", "fa", "ru", "tr", "de", "he")
STORY = {
    "en": "# The night\n\nIn {khojaly} it was cold.[^n]\n\n[^n]: A note on snow.\n\n"
    "## The martyrs {#martyrs}\n\nThe dead of {night}: 1,275 people. <em>Words</em>apart.\n\n"
    "## Snow {#snow}\n\nCold, <b>&lt;img src=x onerror=alert(1)&gt;</b> snow.\n",
    "az": "# Gecə\n\n{khojaly}[-da] soyuq idi.\n\n## Şəhidlər {#martyrs}\n\n{night}: ŞƏHİDLƏR, 1.275 nəfər.\n\n"
    "## Qar {#snow}\n\nŞəhidin adı. İşıq yox idi.\n",
    "fa": "# شب\n\nدر {khojaly} سرد بود.\n\n## شهیدان {#martyrs}\n\n{night}: در قره\u200cباغ ۱٬۲۷۵ نفر.\n\n"
    "## برف {#snow}\n\nنام شهید.\n",
    "tr": "# Gece\n\n{khojaly}.\n\n## İğne {#martyrs}\n\nIĞDIR.\n\n## Kar {#snow}\n\n*Cold* kar.\n",
    "he": "# הלילה\n\nהיה קר בכפר.\n\n## השלג {#snow}\n\nשלג על הכפרים.\n",
    "de": '# Nacht\n\n{khojaly}. Grün, <span lang="en">blue</span>.\n',
    "ru": "# Ночь\n\nВ {khojaly} было холодно.\n\n## Шехиды {#martyrs}\n\n{night}: 1\u00a0275 человек. Ёлка.\n\n"
    "## Снег {#snow}\n\nИмя шехида.\n",
}
NAMES = "# Names\n\n/// roll\n///\n"
PLACES = """khojaly:
  names:
    en: Khojaly
    az: Xocalı
    tr: Hocalı
    fa: خوجالی
    ru: Ходжалы
    de: Chodschali
  other_names:
    - {name: Խոջալու, language: hy, kind: exonym}
"""
EVENTS = 'night:\n  date: "1992-02-26"\n  text: The night.\n'
PEOPLE = """id,family,given,language,variants,fate,born,died,consent.given_by,consent.scope
ali,Əliyev,Əli,az,"Алиев, Али; Aliyev, Ali",killed,1950,1992,,
leyla,Məmmədova,Leyla,az,"Мамедова, Лейла",killed,1960,1992,the family,print
"""
RUSSIAN = """msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "%(count)s result"
msgid_plural "%(count)s results"
msgstr[0] "%(count)s результат"
msgstr[1] "%(count)s результата"
msgstr[2] "%(count)s результатов"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("search")
    files = {
        "content/site.toml": f'title = "Test"\nsource_language = "en"\nlanguages = {json.dumps(LANGUAGES)}\n'
        "editions = []\n",
        FONTS: "",  # to cut fonts for seven languages takes longest
        "content/names.md": NAMES,
        "content/ledger/places.yaml": PLACES,
        "content/ledger/events.yaml": EVENTS,
        "content/ledger/people.csv": PEOPLE,
        "locales/ru/LC_MESSAGES/interface.po": RUSSIAN,
    }
    files |= {f"content/story{'' if tag == 'en' else f'.{tag}'}.md": text for tag, text in STORY.items()}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    outcome = pipeline.build(request_for(root), SILENCE)
    assert outcome.made, [str(item) for item in outcome.diagnostics]
    return root / "output" / "site"


@pytest.fixture
def page(browser):
    """Return a page that must stay silent: no error, no breach of a policy."""
    said = []
    made = browser.new_page()
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    made.close()
    assert said == []


@pytest.fixture(scope="module")
def address(site) -> str:
    """Return the address of a server that sends the policy with every file."""
    with served(site, Content_Security_Policy=POLICY) as found:
        yield found


FIND = """
async query => {
  const { sections } = await steleSearch.find(query);
  return Promise.all(sections.map(async section => (await steleSearch.read(section)).href));
}
"""
FOUND = {
    "az": {
        "şəhid": "story#martyrs story#snow",
        "SEHID": "story#martyrs story#snow",
        "Şəhidlər": "story#martyrs",
        "ad şəhidin": "story#snow",
        "ad kitab": "",
        "ISIQ": "story#snow",
        "gece": "story",
        "Xocalı": "story",
        "khojaly": "story",
        "Ходжалы": "story",
        "خوجالی": "story",
        "ԽՈՋԱԼՈՒ": "story",
        "Chodschali": "story",
        "26 fevral 1992": "story#martyrs",
        "fevralın 26 1992": "story#martyrs",
        "26.02.1992": "story#martyrs",
        "1992-02-26": "story#martyrs",
        "02/1992": "story#martyrs",
        "27.02.1992": "",
        "1275": "story#martyrs",
        "12": "",
        "Əliyev": "person/631#ali",
        "Алиев": "person/631#ali",
        "Мамедова": "",  # has agreed to be named in print alone
        "cold": "",
        "": "",
    },
    "tr": {
        "CHODSCHALİ": "story",
        "Hocalı": "story",
        "Iğne": "story#martyrs",
        "igne": "story#martyrs",
        "cold": "story#snow",
    },
    "fa": {
        "شهيد": "story#martyrs story#snow",
        "قره باغ": "story#martyrs",
        "قرهباغ": "story#martyrs",
        "Xocali": "story",
        "26.02.1992": "story#martyrs",
        "۲۶ فوریه ۱۹۹۲": "story#martyrs",
        "1275": "story#martyrs",
    },
    "de": {"blue": "story", "blu": "story", "GRÜN": "story", "gruen": "story", "Hocali": "story"},
    "he": {"לילה": "story", "כפר": "story story#snow", "שֶׁלֶג": "story#snow"},
    "ru": {"елка": "story#martyrs", "26 Февраль 1992": "story#martyrs", "Aliyev": "person/631#ali"},
    "en": {
        "snow": "story#snow story",
        "wordsapart": "story#martyrs",
        "apart": "",
        "martyrs people": "story#martyrs",
        "names": "names",
        "note": "story",
    },
}


@pytest.mark.parametrize("tag", FOUND)
def test_what_is_found(page, site, tag):
    page.goto((site / tag / "search" / "index.html").as_uri())
    found = {query: " ".join(map(bare, page.evaluate(FIND, query))) for query in FOUND[tag]}
    assert found == FOUND[tag]


def bare(href: str | None) -> str:
    return re.sub(r"\.\./|/index\.html", "", href or "")


def test_every_result_leads_to_what_is_there(site):
    broken = []
    for script in site.glob("*/search/texts-*.js"):
        pages, entries = data_of(script)
        for page, anchor, *_ in entries:
            there = (script.parent / pages[page][0]).resolve()
            if not there.is_file() or (anchor and f'id="{anchor}"' not in there.read_text()):
                broken.append((str(script), pages[page][0], anchor))
    assert broken == []


def data_of(script: Path):
    written = script.read_text()
    return json.loads(written[written.index(",") + 1 : written.rindex(")")])


def test_who_has_agreed_to_print_alone_is_in_no_file_of_the_site(site):
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix in (".js", ".html")]
    assert [path for path in files if re.search("M[əe]mm[əe]dova|Мамедова", path.read_text())] == []


# --- the page --------------------------------------------------------------------------------------------------------


def ask(page, query: str) -> str:
    """Type a query, press Enter and return what the page says of it."""
    page.evaluate("document.getElementById('_status').textContent = ''")
    page.fill("#_query", query)
    page.press("#_query", "Enter")
    expect(page.locator("#_status")).not_to_be_empty()
    return page.locator("#_status").text_content()


def test_the_keyboard_leads_to_a_section_and_back(page, site):
    page.goto((site / "az" / "story" / "index.html").as_uri())
    page.locator(".to-search a").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#_query:focus")
    page.keyboard.type("qar")
    page.keyboard.press("Enter")
    page.wait_for_selector("#_results a")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#snow")
    assert page.url.endswith("/az/story/index.html#snow")
    page.go_back()
    page.wait_for_selector("#_results a")
    assert (page.input_value("#_query"), page.locator("#_results li").count()) == ("qar", 1)
    page.fill("#_query", "gecə")
    page.keyboard.press("Enter")
    expect(page.locator("#_results a")).to_have_text("Gecə")
    page.go_back()
    expect(page.locator("#_results a")).to_have_text("Qar")
    assert page.input_value("#_query") == "qar"


def test_a_server_that_allows_no_more_than_its_own_scripts(page, address):
    page.goto(f"{address}/fa/search/index.html?q=%D8%B4%D9%87%DB%8C%D8%AF")
    page.wait_for_selector("#_results a")
    assert page.locator("#_status").text_content() == "۲ نتیجه"
    assert page.locator("mark").all_text_contents() == ["شهید"]
    assert page.locator("#_otherwise").is_hidden()


def test_results_are_counted_in_the_plurals_and_digits_of_the_language(page, site):
    page.goto((site / "ru" / "search" / "index.html").as_uri())
    forms = page.locator("#_forms")
    which = forms.get_attribute("data-which")
    said = [forms.locator("li").nth(int(which[count])).text_content() for count in (1, 2, 5, 11, 21, 112)]
    assert said == [f"# результат{ending}" for ending in ("", "а", "ов", "ов", "", "ов")]
    assert ask(page, "елка") == "1 результат"
    assert ask(page, "роза") == "Ничего не найдено."


def test_words_of_catalogs_stay_words(page, site):
    page.goto((site / "en" / "search" / "index.html").as_uri())
    assert ask(page, "onerror") == "1 result"
    assert "<img src=x onerror=alert(1)>" in page.locator("#_results li").text_content()
    assert page.locator("#_results img").count() == 0


def test_without_javascript_the_page_says_so_and_lists_the_contents(browser, site):
    page = browser.new_page(java_script_enabled=False)
    page.goto((site / "az" / "search" / "index.html").as_uri())
    seen = [
        page.locator(name).is_visible() for name in ("#_no-script", ".contents", "#_search", "#_results", "#_forms")
    ]
    page.close()
    assert seen == [True, True, False, False, False]


def test_axe_finds_nothing_among_the_results_on_a_phone(browser, site):
    page = browser.new_page(color_scheme="dark", viewport={"width": 320, "height": 640})
    page.goto(f"{(site / 'fa' / 'search' / 'index.html').as_uri()}#q=1992")
    page.wait_for_selector("#_results a")
    found = Axe().run(page, options=VIOLATIONS).response["violations"]
    width = page.evaluate("document.scrollingElement.scrollWidth")
    page.close()
    assert ([(item["id"], item["nodes"][0]["html"]) for item in found], width) == ([], 320)


def test_nothing_moves_on_the_screen_when_results_come(browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.add_init_script(
        "shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(found => { shifts += found.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"{address}/az/search/index.html?q=gece")
    page.wait_for_selector("#_results a")
    assert (ask(page, "şəhid"), ask(page, "kitab")) == ("2 nəticə", "Heç nə tapılmadı.")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("shifts") == 0
    page.close()


# --- Python and the browser ------------------------------------------------------------------------------------------

RULES = ("en", "de", "uk", "az-Cyrl")
FOLD = "([texts, rules]) => rules.map(rule => texts.map(text => steleSearch.words(text, rule)))"
# Letters whose rules are many, among all that this Python knows: a browser may know more.
ALPHABETS = "İIıiəÄäßüeoaёйїґҹһё\u0301\u0308ﻓأإآكىـ\u064e\u200cשׁךםᲮხÅﬁⅧ½²ªǅ’'ʼ19۵٤-·."
TEXTS = st.text(st.sampled_from(ALPHABETS) | st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=40)


def test_python_and_the_browser_fold_alike(browser, site):
    page = browser.new_page()
    page.goto((site / "en" / "search" / "index.html").as_uri())
    page.evaluate("steleSearch.start()")

    @settings(max_examples=8, deadline=None)
    @given(st.lists(TEXTS, max_size=30))
    def agree(texts):
        assert in_browser(page, texts) == in_python(texts)

    agree()
    page.close()


def in_browser(page, texts: list[str], tags: tuple[str, ...] = RULES) -> list[list[list[str]]]:
    rules = [folding(tag) for tag in tags]
    data = [[rule.word, dict(rule.letters), [list(pair) for pair in rule.digraphs]] for rule in rules]
    return page.evaluate(FOLD, [texts, data])


def in_python(texts: list[str], tags: tuple[str, ...] = RULES) -> list[list[list[str]]]:
    return [[[*words(text, folding(tag))] for text in texts] for tag in tags]


# --- many names ------------------------------------------------------------------------------------------------------


def test_many_names_are_parted_into_small_scripts():
    made = {name: len(data) for name, data in many_names().items()}
    parts = {name: sum(key.startswith(name) for key in made) for name in ("words", "texts", "index")}
    assert max(made.values()) < 32_000, made
    assert parts == {"words": 3, "texts": 17, "index": 1}


@cache
def many_names() -> dict[str, bytes]:
    told = (Piece("1950–1992, itkin", "az"),)
    people = [
        Section("names", f"letter-of-{at}", (Piece("Adlar", "az"),), (Piece(f"Əliyev Ad{at}", "az"),), told, {})
        for at in range(6000)
    ]
    return shards.scripts(index(people, {}, "az"), "az", lambda at: f"../names/index.html#{at.anchor}")


def test_of_many_names_a_query_loads_few_scripts(page, site, tmp_path):
    folder = tmp_path / "az" / "search"
    folder.mkdir(parents=True)
    (tmp_path / "assets").symlink_to(site / "assets")
    (folder / "index.html").write_bytes((site / "az" / "search" / "index.html").read_bytes())
    for name, data in many_names().items():
        (folder / f"{name}.js").write_bytes(data)
    page.goto(f"{(folder / 'index.html').as_uri()}#q=%C9%99liyev+ad5531")
    page.wait_for_selector("#_results a")
    loaded = page.evaluate("[...document.scripts].map(script => script.src.split('/').pop())")
    assert page.locator("#_results a").all_text_contents() == ["Əliyev Ad5531"]
    assert len(loaded) < 9, loaded
    assert ask(page, "1950") == "6000 nəticə"
    page.get_by_role("button", name="Daha çox nəticə").click()
    expect(page.locator("#_results li")).to_have_count(40)
    expect(page.locator("#_results a").nth(20)).to_be_focused()


# --- the sample ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_all_words_of_the_sample_fold_alike_and_are_found_in_small_scripts(sample, browser):
    folder, outcome = sample
    assert outcome.made
    site = folder / "output" / "site"
    sizes, apart = {}, []
    page = browser.new_page()
    for path in sorted(site.glob("*/search/index.html")):
        tag = path.parent.parent.name
        of = {name: sum(item.stat().st_size for item in path.parent.glob(f"{name}*.js")) for name in ("words", "texts")}
        sizes[tag] = of
        page.goto(path.as_uri())
        page.evaluate("steleSearch.start()")
        texts = sorted({text for item in path.parent.glob("texts-*.js") for text in told(item)})
        if in_browser(page, texts, (tag,)) != in_python(texts, (tag,)):
            apart.append(tag)
    page.close()
    scripts = {name: (BUILT_IN / "site" / name).stat().st_size for name in ("finding.js", "search.js")}
    print(json.dumps(sizes | scripts))  # noqa: T201 (pytest -rP shows it)
    assert apart == []
    assert [tag for tag, of in sizes.items() if of["words"] > 60_000] == []
    assert max(scripts.values()) < 6_300


def told(path: Path) -> list[str]:
    """Return the texts of a script of texts."""
    _, entries = data_of(path)
    return [text for entry in entries for text in (*entry[2][:1], *entry[3][:1])]
