"""The gazetteer and the glossary are read as strings, each record by itself, and nothing in them can do harm."""

import pytest
from conftest import LANGUAGES, ROOT

from stele.language.inflection import inflected
from stele.language.transliteration import SOURCES
from stele.sources.vocabulary import Term, Vocabulary, read_vocabulary

TAGS = ("en", "az", "az-Cyrl", "ru", "fa")
RECORD = "khojaly: {en: Khojaly, az: [Xocalı, Xocalı şəhəri], fa: خوجالی, kind: place, note: a town}\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a gazetteer, and a glossary, and returns the vocabulary and what is wrong."""

    def reads(gazetteer: str | bytes = "", glossary: str = ""):
        (tmp_path / "content").mkdir(exist_ok=True)
        data = gazetteer if isinstance(gazetteer, bytes) else gazetteer.encode()
        (tmp_path / "content/gazetteer.yaml").write_bytes(data)
        (tmp_path / "content/glossary.yaml").write_text(glossary)
        vocabulary, found = read_vocabulary(tmp_path, TAGS)
        return vocabulary, [f"{item.location}: {item.message} [{item.code}]" for item in found]

    return reads


def test_a_project_needs_no_vocabulary(tmp_path):
    assert read_vocabulary(tmp_path, TAGS) == (Vocabulary(), ())


def test_records_are_read_with_their_forms(read):
    vocabulary, found = read(RECORD, "massacre: {en: massacre, ru: резня}\n")
    forms = {"en": ("Khojaly",), "az": ("Xocalı", "Xocalı şəhəri"), "fa": ("خوجالی",)}
    expected = Vocabulary(
        (Term("khojaly", forms, "place", "a town"),), (Term("massacre", {"en": ("massacre",), "ru": ("резня",)}),)
    )
    assert (vocabulary, found) == (expected, [])


def test_everything_is_a_string(read):
    vocabulary, found = read("no: {en: no, az: yes, ru: null, fa: 1e3x}\n1992-02-26: {en: 26 February}\n")
    actual = [(term.id, term.forms) for term in vocabulary.names]
    expected = [
        ("no", {"en": ("no",), "az": ("yes",), "ru": ("null",), "fa": ("1e3x",)}),
        ("1992-02-26", {"en": ("26 February",)}),
    ]
    assert (actual, found) == (expected, [])


def test_letters_are_composed_and_spaces_single(read):
    vocabulary, _ = read("name: {az: 'S\u0327us\u0327a   s\u0327əhəri'}\n")
    assert vocabulary.names[0].forms == {"az": ("Şuşa şəhəri",)}


def test_a_region_uses_the_forms_of_its_language_and_another_script_does_not():
    term = Term("baku", {"en": ("Baku",), "az": ("Bakı",)})
    assert [term.in_language(tag) for tag in ("en-GB", "az", "az-Cyrl", "az-AZ", "fr")] == [
        ("Baku",), ("Bakı",), (), ("Bakı",), (),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {en: A}\nb: {zz: B}\n", "2: 'zz' is not a language"),
        ("a: {en: A}\na: {en: B}\n", "2: record 'a' stands here twice, first in line 1"),
        ("a:\n  en: A\n  en: B\n", "3: field 'en' stands here twice, first in line 2"),
        ("Ağdam: {en: Aghdam}\n", "1: 'Ağdam' is not usable as an id"),
        ("a: Aghdam\n", "1: a must hold a form for each language"),
        ("- Aghdam\n", "1: the file must hold records"),
        ("a: {en: '1992'}\n", "1: '1992' is not a form of a name or term"),
        ("a: {en: [Aghdam, [Agdam]]}\n", "1: '' is not a form of a name or term"),
        ("a: {en: A, kind: town}\n", "1: 'town' is not a kind of name"),
        ("a: {en: A, note: [b]}\n", "1: note must be a text"),
        (f"a: {{en: [{', '.join(f'Name{n}' for n in range(31))}]}}\n", "1: en has more than 30 forms"),
        (f"a: {{en: {'A' * 201}}}\n", f"1: {'A' * 60!r} is not a form of a name or term"),
        ("a: {en: A\nb: [", "2: not valid YAML: expected ',' or '}', but got ':'"),
        ("a: [&x x, x]\nb: *x\n", "2: not valid YAML: an alias (*) is not allowed here"),
        ("\u0000", "1: not valid YAML: a character is not allowed"),
    ],
)
def test_what_cannot_be_used_is_reported_with_its_line(read, text, expected):
    _, found = read(text)
    place, message = expected.split(": ", 1)
    assert f"content/gazetteer.yaml:{place}: {message} [bad-vocabulary]" in found


def test_one_bad_record_does_not_spoil_the_others(read):
    vocabulary, found = read(f"Ağdam: {{}}\n{RECORD}baku: text\n")
    assert ([term.id for term in vocabulary.names], len(found)) == (["khojaly"], 2)


def test_a_glossary_has_no_kinds(read):
    _, found = read("", "massacre: {en: massacre, kind: person}\n")
    assert found == ["content/glossary.yaml:1: 'kind' is not a language [bad-vocabulary]"]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: {en: *c}\n",  # grows as it is read
        "[" * 15_000,
        "{a: " * 4_000,
        "? " * 9_000,
        "!!python/object/apply:os.system ['true']\n",
        "<<: {en: A}\n",
        b"\xff\xfe\x00",
        "a: {en: A}\n" * 4_000,
        "".join(f"a{n}: {{en: A}}\n" for n in range(5_001)),
    ],
)
def test_hostile_files_are_reported_and_not_obeyed(read, text):
    _, found = read(text)
    assert found != []


def test_the_samples_own_vocabulary_is_whole():
    """Every name and term of the sample has a form in each of its languages, and is found by it."""
    vocabulary, found = read_vocabulary(ROOT, LANGUAGES)
    lacking = [
        (term.id, tag)
        for term in (*vocabulary.names, *vocabulary.terms)
        for tag in LANGUAGES
        if tag not in SOURCES and not term.in_language(tag)
    ]
    unfound = [
        (term.id, form)
        for term in vocabulary.names
        for tag, forms in term.forms.items()
        for form in forms
        if tag not in SOURCES and not inflected(form, tag).search(form)
    ]
    assert (found, lacking, unfound) == ((), [], [])
