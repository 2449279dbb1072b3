"""A catalog is read as GNU gettext reads it, written back byte for byte, and refused with a reason when broken."""

import io
import os
import subprocess
from dataclasses import replace
from gettext import GNUTranslations
from gettext import c2py as stdlib_rule
from pathlib import Path

import pytest
from fuzz_catalogs import examine, files
from hypothesis import given, settings
from hypothesis import strategies as st

from stele.diagnostics import Diagnostic, Location
from stele.translation.po.catalog import LONGEST_TEXT, read_catalog, write_catalog
from stele.translation.po.entry import Entry, Previous
from stele.translation.po.plural_forms import parse_plural_forms
from stele.translation.po.style import Style, revised, set_anew
from stele.translation.po.syntax import read_entries

DATA = Path(__file__).parent / "data" / "catalogs"
SAMPLES = sorted(DATA.glob("*.po*"))
FUZZED = sorted((DATA / "fuzzed").glob("*.po"))
WITH_HEADER = [path for path in SAMPLES if b"charset=UTF-8" in path.read_bytes()]
BOM = b"\xef\xbb\xbf"
HEADER = """\
msgid ""
msgstr ""
"Language: az\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def gettext(*command, data=b""):
    """Run a tool of GNU gettext on `data` and return what it writes; it must accept the data."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def accepted(data):
    """Return the catalog in `data`, which must be sound."""
    catalog, diagnostics = read_catalog(data, "words.po")
    assert diagnostics == ()
    return catalog


def refused(text):
    """Return the diagnostics for a catalog of `text`, which must not be sound."""
    catalog, diagnostics = read_catalog(text if isinstance(text, bytes) else text.encode(), "words.po")
    assert catalog is None
    return diagnostics


def meaning(catalog):
    """Return the entries without their place and text in the file."""
    return [replace(entry, line=0, raw="", gap="") for entry in catalog.entries]


# --- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_reading_and_writing_returns_the_bytes(sample):
    data = sample.read_bytes()
    actual = write_catalog(accepted(data))
    assert actual == data


@pytest.mark.parametrize("sample", WITH_HEADER, ids=lambda path: path.name)
def test_translations_are_those_that_msgfmt_compiles(sample):
    data = sample.read_bytes().removeprefix(BOM)  # which msgfmt does not know
    catalog = accepted(data)
    compiled = GNUTranslations(io.BytesIO(gettext("msgfmt", "-o", "-", "-", data=data)))
    ready = [entry for entry in catalog.entries if entry.translated and not (entry.obsolete or entry.is_header)]
    actual = [[form_for(number, entry, catalog.plural_forms) for number in range(120)] for entry in ready]
    assert actual == [[spoken_for(number, entry, compiled) for number in range(120)] for entry in ready]


def form_for(number, entry, forms):
    return entry.msgstr[0 if entry.plural is None else forms.index(number)]


def spoken_for(number, entry, compiled):
    if entry.plural is None and entry.context is None:
        return compiled.gettext(entry.msgid)
    if entry.plural is None:
        return compiled.pgettext(entry.context, entry.msgid)
    if entry.context is None:
        return compiled.ngettext(entry.msgid, entry.plural, number)
    return compiled.npgettext(entry.context, entry.msgid, entry.plural, number)


@pytest.mark.parametrize("sample", WITH_HEADER, ids=lambda path: path.name)
def test_everything_else_is_what_msgcat_understands(sample):
    data = sample.read_bytes().removeprefix(BOM)
    understood = accepted(gettext("msgcat", "--no-wrap", "-", data=data))
    assert [facts(entry) for entry in accepted(data).entries] == [facts(entry) for entry in understood.entries]


def facts(entry):
    """Return what msgcat keeps of an entry; it sorts flags, and counts no empty comment."""
    return replace(
        entry,
        flags=tuple(sorted(entry.flags)),
        extracted_comments=(),
        translator_comments=(),
        line=0,
        raw="",
        gap="",
    )


def test_an_entry_holds_all_that_is_said_about_it():
    text = """\
# From the translator.
#. From the source.
#: content/figures.md:12 \u2068content/old words.md\u2069:7
#, no-wrap, fuzzy
#| msgctxt "heading"
#| msgid "The killed"
msgctxt "title"
msgid "Those who "
"were killed"
msgstr "Öldürülənlər"
"""
    catalog = accepted((HEADER + text).encode())
    expected = Entry(
        "Those who were killed",
        ("Öldürülənlər",),
        "title",
        flags=("no-wrap", "fuzzy"),
        extracted_comments=("From the source.",),
        translator_comments=("From the translator.",),
        references=("content/figures.md:12", "content/old words.md:7"),
        previous=Previous("The killed", "heading"),
        line=14,
        raw=text,
        gap="\n",
    )
    assert catalog.find("Those who were killed", "title") == expected


def test_found_are_current_entries_of_the_same_context():
    catalog = accepted((HEADER + 'msgctxt "a"\nmsgid "x"\nmsgstr "1"\n\n#~ msgid "x"\n#~ msgstr "2"\n').encode())
    assert catalog.find("x") is None
    assert catalog.find("x", "a").msgstr == ("1",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "x"\nmsgstr "1"', (True, False, False)),
        ('#, fuzzy\nmsgid "x"\nmsgstr "1"', (False, True, False)),
        ('#! fuzzy\nmsgid "x"\nmsgstr "1"', (False, True, False)),
        ('#= fuzzy\nmsgid "x"\nmsgstr "1"', (False, True, False)),
        ('#, fuzzy\n#, python-format\nmsgid "x"\nmsgstr "1"', (False, True, False)),
        ('#, no-wrap fuzzy\nmsgid "x"\nmsgstr "1"', (False, True, False)),
        ('msgid "x"\nmsgstr ""', (False, False, True)),
        ('msgid "x"\nmsgid_plural "xs"\nmsgstr[0] "1"\nmsgstr[1] ""', (False, False, False)),
    ],
)
def test_an_entry_is_translated_only_when_complete_and_confirmed(text, expected):
    entry = accepted((HEADER + text).encode()).entries[-1]
    assert (entry.translated, entry.fuzzy, entry.untranslated) == expected


def test_header_fields_are_read_as_written():
    catalog = accepted(next(path for path in SAMPLES if path.name == "dates.po").read_bytes())
    actual = {name: catalog.fields[name] for name in ("POT-Creation-Date", "PO-Revision-Date", "X-Crowdin-Project")}
    assert actual == {
        "POT-Creation-Date": "2024-07-09T12:20:23-07:00",
        "PO-Revision-Date": "",
        "X-Crowdin-Project": "words: of remembrance",
    }


def test_bytes_that_are_escaped_one_by_one_are_one_letter():
    catalog = accepted((DATA / "split-escapes.po").read_bytes())
    assert [(entry.msgid, entry.msgstr) for entry in catalog.entries[1:]] == [
        ("o with two dots: ö", ("ö",)),
        ("a digit behind an escape: A0Af", ("A0Af",)),
    ]


def test_a_backslash_at_the_end_joins_a_line_to_the_next():
    catalog = accepted((DATA / "joined-lines.po").read_bytes())
    assert [(entry.msgid, *entry.msgstr, *entry.translator_comments) for entry in catalog.entries[1:]] == [
        ("split", "bölünmüş", "a remark that goes on over two lines"),
        ("a backslash and an n: \\n", "\\n"),
    ]


def test_messages_of_another_domain_are_kept_and_never_used():
    catalog = accepted((DATA / "domains.po").read_bytes())
    assert [entry.msgid for entry in catalog.entries] == ["", "Places", "Dates"]
    assert 'msgstr "Namen"' in catalog.entries[2].gap
    assert 'msgstr "Wege"' in catalog.trailing


def test_the_domain_of_a_catalog_is_that_of_its_first_message():
    catalog = accepted((f'# of these words\ndomain "words"\n{HEADER}' + 'domain "x"\nmsgid "a"\nmsgstr "b"\n').encode())
    assert [entry.msgid for entry in catalog.entries] == [""]


@pytest.mark.parametrize("sample", [*SAMPLES, *FUZZED], ids=lambda path: path.name)
def test_the_fast_reader_says_what_the_thorough_one_says(sample, monkeypatch):
    text = sample.read_bytes().removeprefix(BOM).decode(errors="replace")
    fast = read_entries(text)
    monkeypatch.setattr("stele.translation.po.syntax.read_usual", lambda _: ((), 0))
    assert fast == read_entries(text)


@pytest.mark.parametrize("sample", FUZZED, ids=lambda path: path.stem)
def test_what_a_fuzzer_found_stays_as_it_was(sample):
    data = sample.read_bytes()
    catalog, diagnostics = read_catalog(data, "words.po")
    if sample.name.startswith("refused"):
        assert diagnostics
    else:
        assert (write_catalog(catalog), diagnostics) == (data, ())


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('msgid "a\nmsgstr "x"\n', 7, "a text has no closing quotation mark"),
        ('msgid "a "b" c"\nmsgstr "x"\n', 7, "“b” stands outside the quotation marks"),
        ('msgid "a\\q"\nmsgstr "x"\n', 7, "a backslash is followed by something unknown"),
        ('msgid "a\\303"\nmsgstr "x"\n', 7, "backslashes spell bytes that are not UTF-8"),
        ('msgid "a"\nmsgstr ""\n"b\\x"\n', 9, "a backslash is followed by something unknown"),
        ('MSGID "a"\nmsgstr "x"\n', 7, "“MSGID” is not a keyword"),
        ('msgid "a"\n\ufeffmsgstr "x"\n', 8, r"“'\ufeff'” is not a keyword"),
        ('domain "x" "y"\nmsgid "a"\nmsgstr "x"\n', 7, "a domain has several names"),
        ('#| msgid "a"\ndomain "x"\n', 7, "the previous message (#|) is not whole"),
        ('msgid "a"\n# remark\n"b"\nmsgstr "x"\n', 9, "a text belongs to no msgid or msgstr"),
        ('msgid\nmsgstr "x"\n', 7, "msgid has no text"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "x"\n', 7, "an entry has no msgstr"),
        ('msgid "a"\n#, fuzzy\nmsgstr "x"\n', 7, "an entry has no msgstr"),
        ('msgctxt "c"\nmsgstr "x"\n', 8, "an entry has no msgid"),
        ('msgid_plural "as"\nmsgid "a"\nmsgstr "x"\n', 7, "keywords are out of order"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr "x"\n', 9, "msgstr of a plural has no number"),
        ('msgid "a"\nmsgstr[0] "x"\n', 8, "msgstr[0] stands without msgid_plural"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "x"\n', 9, "the numbers of msgstr do not count up from 0"),
        ('msgid[0] "a"\nmsgstr "x"\n', 7, "a number stands in the wrong place"),
        ('#~ msgid "a"\nmsgstr "x"\n', 8, "an entry is only partly marked with #~"),
        ('#~ msgid "a"\n#~ msgstr ""\n"x"\n', 9, "an entry is only partly marked with #~ or #|"),
        ('#| msgid "b"\n', 7, "the previous message (#|) is not whole"),
        ('#| msgctxt "b"\nmsgid "a"\nmsgstr "x"\n', 7, "the previous message (#|) is not whole"),
    ],
)
def test_broken_syntax_is_told_with_its_line(text, line, message):
    diagnostic, *others = refused(HEADER + text)
    assert (diagnostic.code, diagnostic.location, diagnostic.message) == (
        "broken-catalog",
        Location("words.po", line),
        message,
    )
    assert diagnostic.hint
    assert others == []


def test_every_broken_entry_is_told_once():
    text = 'msgid "a\nmsgstr "x"\n\nmsgid "b"\nmsgstr "y"\n\nmsgid "c\\z"\nmsgstr "z"\n'
    actual = [(item.location.line, item.code) for item in refused(HEADER + text)]
    assert actual == [(7, "broken-catalog"), (13, "broken-catalog")]


def test_what_is_no_catalog_at_all_is_not_told_line_by_line():
    actual = len(refused("Dear friends,\n\n" * 1000))
    assert actual == 20


def test_a_merge_marker_is_told_before_anything_else():
    text = '<<<<<<< HEAD\nmsgid "a"\n=======\nmsgid "b"\n>>>>>>> other\nmsgstr "x"\n'
    expected = Diagnostic(
        "merge-marker",
        "the catalog holds an unsettled merge",
        Location("words.po", 7),
        "settle the conflict: keep one of the two versions and delete the marker lines",
    )
    assert refused(HEADER + text) == (expected,)


def test_a_ruler_in_a_comment_or_a_text_is_no_merge_marker():
    text = 'msgid "a"\nmsgstr "\\n"\n"======="\n# =======\n'
    assert accepted(text.encode()).entries[0].msgstr == ("\n=======",)


@pytest.mark.parametrize("mark", ["", "#~ "])
def test_a_message_that_stands_twice_is_told_with_both_lines(mark):
    text = f'msgid "a"\nmsgstr "x"\n\n{mark}msgid "a"\n{mark}msgstr "y"\n'
    expected = Diagnostic(
        "duplicate-message",
        "the message “a” stands twice, at lines 7 and 10",
        Location("words.po", 10),
        "keep one and delete the other",
    )
    assert refused(HEADER + text) == (expected,)


def test_a_message_may_stand_once_in_each_context():
    text = 'msgctxt "a"\nmsgid "x"\nmsgstr ""\n\nmsgctxt ""\nmsgid "x"\nmsgstr ""\n\nmsgid "x"\nmsgstr ""\n'
    assert len(accepted(text.encode()).entries) == 3


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (HEADER.replace("UTF-8", "ISO-8859-9").encode(), 1, "the catalog is declared as ISO-8859-9, not UTF-8"),
        (
            (HEADER.replace("UTF-8", "ISO-8859-9") + 'msgid "a"\nmsgstr "ş"\n').encode("iso-8859-9"),
            8,
            "the catalog is declared as ISO-8859-9, not UTF-8",
        ),
        (HEADER.encode() + b'msgid "a"\nmsgstr "\xfe"\n', 8, "the catalog holds bytes that are not UTF-8"),
        (HEADER.encode("utf-16"), 1, "the catalog is saved as UTF-16"),
        (
            (HEADER.replace("UTF-8", "ASCII") + 'msgid "a"\nmsgstr "ş"\n').encode(),
            1,
            "the catalog is declared as ASCII and holds other letters",
        ),
    ],
)
def test_another_charset_than_utf_8_is_told(data, line, message):
    (diagnostic,) = refused(data)
    assert (diagnostic.code, diagnostic.location.line, diagnostic.message) == ("wrong-charset", line, message)
    assert diagnostic.hint


@pytest.mark.parametrize("charset", ["ASCII", "us-ascii", "utf8", "CHARSET"])
def test_other_names_for_utf_8_or_less_are_accepted(charset):
    data = (HEADER.replace("UTF-8", charset) + 'msgid "a"\nmsgstr "s"\n').encode()
    assert accepted(data).find("a").translated


@pytest.mark.parametrize(("forms", "told"), [(1, True), (2, False), (3, True)])
def test_plural_forms_are_counted(forms, told):
    text = 'msgid "a"\nmsgid_plural "as"\n' + "".join(f'msgstr[{number}] "x"\n' for number in range(forms))
    _, diagnostics = read_catalog((HEADER + text).encode(), "words.po")
    actual = [(item.code, item.location.line, item.message) for item in diagnostics]
    message = f"plural forms: {forms} written, 2 declared in the header"
    assert actual == ([("wrong-plural-count", 7, message)] if told else [])


@pytest.mark.parametrize("field", ["msgid", "msgstr"])
def test_a_text_beyond_measure_is_refused(field):
    texts = {"msgid": "a", "msgstr": "b"} | {field: "word " * (LONGEST_TEXT // 5) + "!"}
    (diagnostic,) = refused(HEADER + "".join(f'{name} "{text}"\n' for name, text in texts.items()))
    assert (diagnostic.code, diagnostic.location.line) == ("too-large", 7)


@settings(deadline=None)
@given(st.text(alphabet='#~|, "\\msgidstrcxt_pluralna[0]\n\r\t<=>é\x00', max_size=200))
def test_no_text_brings_the_reader_down(text):
    catalog, diagnostics = read_catalog(text.encode(), "words.po")
    assert (catalog is None) == bool(diagnostics)
    if catalog:
        assert write_catalog(catalog) == text.encode()


@settings(deadline=None)
@given(st.binary(max_size=100))
def test_no_bytes_bring_the_reader_down(data):
    catalog, diagnostics = read_catalog(data, "words.po")
    assert (catalog is None) == bool(diagnostics)


@settings(deadline=None, max_examples=40)
@given(files())
def test_every_law_of_the_fuzzer_holds(data):
    assert examine(data) in ("", *(item.message for item in read_catalog(data, "words.po")[1]))


# --- plural forms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        "nplurals=1; plural=0;",
        "nplurals=2; plural=n>1;",
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
        "nplurals=4; plural=n==1 || n==11 ? 0 : n==2 || n==12 ? 1 : n>2 && n<20 ? 2 : 3",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
        "nplurals=9; plural=(n - 3 * 2 / 2 + 1 - 1 >= 4) + (n <= 2) * 2 ;",
    ],
)
def test_the_form_of_a_number_is_what_the_standard_library_says(field):
    forms = parse_plural_forms(field)
    rule = stdlib_rule(forms.expression)
    actual = [forms.index(number) for number in range(300)]
    assert actual == [rule(number) for number in range(300)]


@pytest.mark.parametrize(
    "field",
    [
        "",
        "nplurals=2;",
        "nplurals=0; plural=0;",
        "nplurals=2; plural=__import__('os').system('true');",
        "nplurals=2; plural=n**9**9**9;",
        "nplurals=2; plural=n n;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=n;",
        "nplurals=2; plural=" + "(" * 290 + "n" + ")" * 290 + ";",
        "nplurals=2; plural=" + "n != 1 ||" * 100 + "n;",
    ],
)
def test_an_expression_that_is_wrong_or_too_long_is_never_run(field):
    with pytest.raises(ValueError, match=r".+"):
        parse_plural_forms(field)


def test_a_wrong_plural_expression_is_told():
    (diagnostic,) = refused(HEADER.replace("n != 1", "os.abort()"))
    assert (diagnostic.code, diagnostic.location.line) == ("broken-catalog", 1)


# --- writing ---------------------------------------------------------------------------------------------------------

PARAGRAPH = "We remember those who were killed in the night of 26 February, and those whom nobody has found. " * 3


@pytest.mark.parametrize("options", [(), ("--width=66",), ("--no-wrap",)])
def test_an_entry_is_set_as_msgcat_sets_it(options):
    text = HEADER + "".join(
        f'# note\n#, fuzzy\n#| msgid "{PARAGRAPH[:start]}"\nmsgid "{PARAGRAPH[start:]}"\nmsgstr "{PARAGRAPH}"\n\n'
        f'msgid "{PARAGRAPH[: start + 1]}\\n"\nmsgstr "\\n{PARAGRAPH}\\n"\n\n'
        f'#~ msgid "{PARAGRAPH[start + 2 :]}"\n#~ msgstr "{PARAGRAPH[: start + 60]}"\n\n'
        for start in range(1, 100, 7)
    )
    data = gettext("msgcat", *options, "-", data=text.encode())
    catalog = accepted(data)
    style = replace(catalog.style, width={"--width=66": 66, "--no-wrap": None}.get("".join(options), 79))
    actual = [set_anew(replace(entry, raw=""), style).raw for entry in catalog.entries]
    assert actual == [entry.raw for entry in catalog.entries]


@pytest.mark.parametrize(
    ("options", "width"), [((), (79,)), (("--width=66",), range(60, 67)), (("--no-wrap",), (None,))]
)
def test_the_width_of_a_file_is_seen(options, width):
    text = f'{HEADER}msgid "{PARAGRAPH}"\nmsgstr "{PARAGRAPH[3:]}"\n'
    assert accepted(gettext("msgcat", *options, "-", data=text.encode())).style.width in width


def test_words_of_any_script_are_set_as_msgcat_sets_them():
    catalog = accepted((DATA / "scripts.po").read_bytes())
    assert catalog.style.width == 79
    actual = [set_anew(replace(entry, raw=""), Style()).raw for entry in catalog.entries]
    assert actual == [entry.raw for entry in catalog.entries]


def test_a_comment_never_joins_the_next_line_to_itself():
    entry = accepted((HEADER + 'msgid "a"\nmsgstr "b"\n').encode()).entries[-1]
    actual = revised(entry, Style(), extracted_comments=("C:\\words\\",)).raw
    assert actual == '#. C:\\words\\ \nmsgid "a"\nmsgstr "b"\n'


def test_only_what_changed_is_set_anew():
    text = """\
#no space in front
#: content/a.md
msgid "a text that its translator has broken "
  "where it pleased them"
msgstr ""
"tərcüməçisinin "
"istədiyi yerdə böldüyü mətn"
"""
    entry = accepted((HEADER + text).encode()).entries[-1]
    actual = revised(entry, Style(), references=("content/b.md", "content/c d.md:3"), flags=("fuzzy",)).raw
    expected = text.replace("#: content/a.md\n", "#: content/b.md\n#: \u2068content/c d.md\u2069:3\n#, fuzzy\n")
    assert actual == expected


def test_references_stand_on_one_line_where_they_do_in_the_file():
    places = " ".join(f"content/{letter * 9}.md:{number}" for number, letter in enumerate("abcdefghi"))
    data = gettext("msgcat", "-", data=f'{HEADER}#: {places}\nmsgid "a"\nmsgstr "b"\n'.encode())
    catalog = accepted(data)
    actual = set_anew(replace(catalog.entries[-1], raw=""), catalog.style).raw
    assert actual == catalog.entries[-1].raw


def test_an_entry_that_did_not_change_is_the_same():
    entry = accepted((HEADER + 'msgid "a"\nmsgstr  "b"\n').encode()).entries[-1]
    assert revised(entry, Style(), msgstr=("b",), references=()) is entry


def test_changed_lines_end_as_the_file_does():
    entry = accepted((HEADER + 'msgid "a"\nmsgstr "b"\n').replace("\n", "\r\n").encode()).entries[-1]
    actual = revised(entry, Style("\r\n"), flags=("fuzzy",)).raw
    assert actual == '#, fuzzy\r\nmsgid "a"\r\nmsgstr "b"\r\n'


# --- any catalog -----------------------------------------------------------------------------------------------------

WORDS = st.text(alphabet="aəşابج 中{}*\"'\\#~\n\r\t\v\0\x7f\x85\u2028\U0001f56f", max_size=40)
LINE = st.text(alphabet="aəش .:,#~|\"\\'\t", max_size=12).map(str.rstrip)
REFERENCES = st.lists(st.sampled_from(["a.md", "content/b c.md", "ş.md:12"]), max_size=2).map(tuple)
FLAGS = st.lists(st.sampled_from(["fuzzy", "no-wrap", "python-format", "range: 0..9"]), unique=True).map(tuple)
STYLES = st.builds(Style, st.sampled_from(["\n", "\r\n"]), st.sampled_from([None, 60, 79]))


@st.composite
def entries(draw):
    plural = draw(st.none() | WORDS)
    context = draw(st.none() | WORDS)
    return Entry(
        draw(WORDS.filter(bool)),
        tuple(draw(st.lists(WORDS, min_size=2, max_size=2))) if plural is not None else (draw(WORDS),),
        context,
        plural,
        draw(FLAGS),
        tuple(draw(st.lists(LINE, max_size=2))),
        tuple(draw(st.lists(LINE.filter(lambda line: line[:1] not in (*".:,!=~|",)), max_size=2))),
        draw(REFERENCES),
        draw(st.none() | st.builds(Previous, WORDS, st.none() | WORDS, st.none() | WORDS)),
        draw(st.booleans()),
        gap=draw(st.sampled_from(["", "\n", "\n\n", "  \n"])),
    )


def scattered(raw, newline):
    """Return the text of an entry with white space wherever its syntax allows some."""
    return "".join(f" {line}\t {newline}" for line in raw.split(newline)[:-1])


@settings(deadline=None)
@given(st.lists(entries(), unique_by=lambda entry: entry.key, max_size=6), STYLES, st.booleans(), st.booleans())
def test_any_catalog_says_the_same_when_read_again(written, style, bom, untidy):
    header = HEADER.replace("\n", style.newline)
    raws = [set_anew(entry, style).raw for entry in written]
    body = "".join(
        entry.gap + (scattered(raw, style.newline) if untidy else raw) for entry, raw in zip(written, raws, strict=True)
    )
    data = (BOM if bom else b"") + (header + body + "# the end").encode()
    catalog = accepted(data)
    assert write_catalog(catalog) == data
    assert meaning(catalog)[1:] == [replace(entry, gap="") for entry in written]
