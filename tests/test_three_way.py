"""Three versions of a catalog become one: only what both sides say differently of one message is a conflict."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from fuzz_catalogs import EDITS, edited, files, lost_translations
from hypothesis import given, settings
from hypothesis import strategies as st

from stele.translation.merging.three_way import merge_files
from stele.translation.po.catalog import read_catalog

HEADER = """\
msgid ""
msgstr ""
"POT-Creation-Date: 2026-01-01 09:00+0400\\n"
"PO-Revision-Date: 2026-01-02 09:00+0400\\n"
"Last-Translator: Aga\\n"
"Language: az\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Generator: Poedit 3.4\\n"

"""
SAMPLES = [path.read_bytes() for path in sorted((ROOT / "tests/data/catalogs").glob("*.po*"))]


def entry(msgid, msgstr="", *above):
    """Return a message as a catalog holds it, with the lines that stand above it."""
    return "".join(f"{line}\n" for line in above) + f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


def merged(base, ours, theirs, header=HEADER):
    """Return the text that comes of three catalogs of those entries, without the header, and what is told of it."""
    result = merge_files(*((header + body).encode() for body in (base, ours, theirs)), "words.po")
    return result.data.decode().removeprefix(header), [
        (item.location.line, item.message) for item in result.diagnostics
    ]


# --- what is no conflict ---------------------------------------------------------------------------------------------

PLACES, NAMES, DATES = entry("Places", "Yerlər"), entry("Names", "Adlar"), entry("Dates", "Tarixlər")
FUZZY = ("#, fuzzy", '#| msgid "Name"')


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        pytest.param(
            entry("Places") + entry("Names"), PLACES + entry("Names"), entry("Places") + NAMES, PLACES + NAMES,
            id="neighbours are translated, one on each side",
        ),
        pytest.param(
            entry("Names"), NAMES, entry("Names", "", "# who?"), entry("Names", "Adlar", "# who?"),
            id="one side translates, the other remarks",
        ),
        pytest.param(
            entry("Names", "", "# a"), entry("Names", "", "# a", "# b"), entry("Names", "", "# a", "# c"),
            entry("Names", "", "# a", "# b", "# c"),
            id="both sides remark",
        ),
        pytest.param(
            PLACES, PLACES + NAMES, PLACES + DATES, PLACES + DATES + NAMES,
            id="each side adds a message behind the same one",
        ),
        pytest.param(
            PLACES + NAMES, PLACES + NAMES + DATES, entry("Roads") + PLACES + entry("Rivers") + NAMES,
            entry("Roads") + PLACES + entry("Rivers") + NAMES + DATES,
            id="added messages stand behind their predecessors",
        ),
        pytest.param("", NAMES, NAMES, NAMES, id="both sides add the same"),
        pytest.param(
            "", entry("Names"), entry("Names", "Adlar", "#, fuzzy"), entry("Names", "Adlar", "#, fuzzy"),
            id="both sides add a message, one translated",
        ),
        pytest.param(
            PLACES + NAMES + DATES, PLACES + DATES, DATES + NAMES + PLACES, DATES + PLACES,
            id="the side that was put in another order counts",
        ),
        pytest.param(
            entry("Names") + PLACES, PLACES, NAMES + PLACES, '#~ msgid "Names"\n#~ msgstr "Adlar"\n\n' + PLACES,
            id="removed here, translated there: kept, obsolete",
        ),
        pytest.param(
            entry("Names") + PLACES, PLACES, entry("Names", "", "#: b.md") + PLACES, PLACES,
            id="removed here, untouched by translators there: gone",
        ),
        pytest.param(
            NAMES, '#~ msgid "Names"\n#~ msgstr "Adlar"\n\n', entry("Names", "Şəxslər"),
            '#~ msgid "Names"\n#~ msgstr "Şəxslər"\n\n',
            id="obsolete here, translated anew there: both",
        ),
        pytest.param(
            '#~ msgid "Names"\n#~ msgstr "Adlar"\n\n' + PLACES, PLACES, NAMES + PLACES, NAMES + PLACES,
            id="cleared away here, revived there: revived",
        ),
        pytest.param(
            '#~ msgid "Names"\n#~ msgstr "Adlar"\n', '# kept\n#~ msgid "Names"\n#~ msgstr "Adlar"\n',
            entry("Names", "Adlar", "#: a.md"), entry("Names", "Adlar", "# kept", "#: a.md"),
            id="remarked here, revived there: both",
        ),
        pytest.param(
            entry("Names", "Adlar", "#: a.md"), entry("Names", "Adlar", "#: b.md"), entry("Names", "Adlar", "#: c.md"),
            entry("Names", "Adlar", "#: b.md"),
            id="places that both sides' update wrote",
        ),
        pytest.param(
            entry("Names", "Adlar", "#, no-wrap"), entry("Names", "Adlar"),
            entry("Names", "Adlar", "#, no-wrap, range: 0..1"), entry("Names", "Adlar", "#, range: 0..1"),
            id="flags taken away and added",
        ),
        pytest.param(
            entry("Names", "Ad", *FUZZY), entry("Names", "Adlar", *FUZZY), entry("Names", "Ad", "# ?", *FUZZY),
            entry("Names", "Adlar", "# ?", *FUZZY),
            id="a fuzzy translation is mended here, remarked there",
        ),
        pytest.param(
            entry("Names"), NAMES, entry("Names", "Adlar", "#, fuzzy"), NAMES,
            id="the same translation, confirmed by one side",
        ),
        pytest.param(
            NAMES, entry("Names", "Adlar", "#, fuzzy"), entry("Names", "Şəxs"), entry("Names", "Şəxs", "#, fuzzy"),
            id="doubted here, translated anew there: a look is due",
        ),
    ],
)  # fmt: skip
def test_what_only_one_side_says_is_taken(base, ours, theirs, expected):
    assert merged(base, ours, theirs) == (expected, [])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            entry("Names", "", "# a"), entry("Names", "Adlar", "# b"), entry("Names", "", "# a", "# b"),
            id="taken back by one, remarked by both",
        ),
        pytest.param(
            entry("Names"), entry("Names", "", "#, fuzzy"), entry("Names"),
            id="taken back by both, and doubted by one",
        ),
    ],
)  # fmt: skip
def test_what_is_taken_back_is_so_from_either_side(one, other, expected):
    actual = [merged(NAMES, *sides) for sides in ((one, other), (other, one))]
    assert [(sorted(text), told) for text, told in actual] == [(sorted(expected), [])] * 2


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(entry("Names", "Adlar"), entry("Names", "Şəxslər"), id="translated differently"),
        pytest.param(entry("Names", "Ad"), entry("Names", "Şəxslər", *FUZZY), id="confirmed here, changed there"),
    ],
)
def test_what_both_sides_translate_differently_stands_twice_between_markers(ours, theirs):
    base = entry("Names", "Ad", *FUZZY)
    text, told = merged(PLACES + base + DATES, PLACES + ours + DATES, PLACES + theirs + DATES)
    assert text == (f"{PLACES}<<<<<<< ours\n{ours.rstrip()}\n=======\n{theirs.rstrip()}\n>>>>>>> theirs\n\n{DATES}")
    line = (HEADER + PLACES).count("\n") + 1
    assert told == [(line, "both sides changed the message “Names”, each in its own way")]


def test_every_conflict_is_told_with_its_line():
    sides = ["".join(entry(f"message {number}", word) for number in range(3)) for word in ("", "bir", "iki")]
    text, told = merged(*sides)
    lines = (HEADER + text).split("\n")
    actual = [(lines[line - 1], message) for line, message in told]
    assert actual == [
        ("<<<<<<< ours", f"both sides changed the message “message {number}”, each in its own way")
        for number in range(3)
    ]


def test_a_revived_message_shows_the_places_of_the_side_where_it_lives():
    obsolete = '#~ msgid "Names"\n#~ msgstr "Adlar"\n\n'
    actual, _ = merged(obsolete, f"# kept\n{obsolete}", entry("Names", "Adlar", "#: a.md"))
    assert actual == entry("Names", "Adlar", "# kept", "#: a.md")


# --- the header ------------------------------------------------------------------------------------------------------


def header(**fields):
    """Return the header with other values for some of its fields."""
    lines = [line for line in HEADER.splitlines() if not line.startswith(tuple(f'"{name}' for name in named(fields)))]
    return "\n".join([*lines[:-1], *(f'"{name}: {value}\\n"' for name, value in named(fields).items()), "", ""])


def named(fields):
    return {name.replace("_", "-"): value for name, value in fields.items()}


def merged_fields(ours, theirs, base=None):
    versions = (base or HEADER, ours, theirs)
    result = merge_files(*((text + NAMES).encode() for text in versions), "words.po")
    assert result.diagnostics == ()
    catalog, _ = read_catalog(result.data, "words.po")
    return catalog.fields


def test_of_two_dates_the_later_stays_and_the_translator_goes_with_it():
    ours = header(
        POT_Creation_Date="2026-03-01 09:00+0400", PO_Revision_Date="2026-03-02 12:00+0400", Last_Translator="B"
    )
    theirs = header(
        POT_Creation_Date="2026-02-01T09:00:00-07:00", PO_Revision_Date="2026-03-02 10:00+0000", X_Generator=""
    )
    actual = merged_fields(ours, theirs)
    expected = {
        "POT-Creation-Date": "2026-03-01 09:00+0400",
        "PO-Revision-Date": "2026-03-02 10:00+0000",
        "Last-Translator": "Aga",
        "X-Generator": "",
    }
    assert {name: actual[name] for name in expected} == expected


@pytest.mark.parametrize("date", ["", "YEAR-MO-DA HO:MI+ZONE", "yesterday"])
def test_what_is_no_date_is_no_later_date(date):
    ours, theirs = header(PO_Revision_Date=date), header(PO_Revision_Date="2026-03-02")
    assert merged_fields(ours, theirs)["PO-Revision-Date"] == "2026-03-02"


def test_fields_that_either_side_adds_or_removes_are_added_and_removed():
    ours = header(X_Poedit_Basepath="..")
    theirs = HEADER.replace('"X-Generator: Poedit 3.4\\n"\n', '"X-Crowdin: a: b\\n"\n')
    actual = merged_fields(ours, theirs)
    assert [name for name in actual if name.startswith("X-")] == ["X-Poedit-Basepath", "X-Crowdin"]


def test_two_new_plural_rules_are_a_conflict():
    sides = (HEADER, header(Plural_Forms="nplurals=1; plural=0;"), header(Plural_Forms="nplurals=2; plural=n>1;"))
    result = merge_files(*(text.encode() for text in sides), "words.po")
    assert [item.message for item in result.diagnostics] == ["both sides changed the header, each in its own way"]


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_merged_file_keeps_our_newlines_byte_order_mark_and_wrapping():
    ours = "\ufeff" + (HEADER + NAMES + entry("Dates", "# ?")).replace("\n", "\r\n")
    theirs = HEADER + entry("Names") + DATES + PLACES
    result = merge_files(
        (HEADER + entry("Names") + entry("Dates")).encode(), ours.encode(), theirs.encode(), "words.po"
    )
    conflict = entry("Dates", "# ?").rstrip()
    assert result.data.decode() == "\ufeff" + (
        HEADER + NAMES + f"<<<<<<< ours\n{conflict}\n=======\n{DATES.rstrip()}\n>>>>>>> theirs\n\n{PLACES}"
    ).replace("\n", "\r\n")


def test_our_file_without_a_last_newline_gets_one_where_something_follows():
    actual, _ = merged(PLACES.rstrip(), entry("Places", "Yer").rstrip(), PLACES + NAMES.rstrip())
    assert actual == entry("Places", "Yer") + NAMES.rstrip()


def test_entries_on_one_line_are_set_apart_when_one_of_them_moves():
    glued = '#~ msgid "a" msgstr "1" msgid "b" msgstr "2"\n'
    actual, _ = merged(glued, glued + "\n" + NAMES, "# first\n" + glued)
    assert actual == ('# first\n#~ msgid "a"\n#~ msgstr "1"\n\n#~ msgid "b"\n#~ msgstr "2"\n\n' + NAMES)


def test_messages_of_another_domain_stay_where_they_are():
    foreign = 'domain "x"\nmsgid "Names"\nmsgstr "Namen"\n\ndomain "messages"\n'
    actual = merged(PLACES + foreign + entry("Names"), PLACES + foreign + NAMES, foreign + entry("Names") + DATES)
    assert actual == (foreign + NAMES + DATES, [])


def test_text_of_another_domain_that_both_sides_changed_is_a_conflict():
    _, told = merged(*(PLACES + f'domain "x"\nmsgid "a"\nmsgstr "{word}"\n' for word in "abc"))
    assert told == [(13, "both sides changed the text between two messages, each in its own way")]


def test_of_two_templates_of_the_same_messages_the_newer_is_taken():
    base = (HEADER + entry("Names", "", "#: a.md:1") + entry("Dates", "", "#: a.md:2")).encode()
    ours = base.replace(b"a.md:2", b"a.md:3").replace(b"2026-01-01", b"2026-02-01")
    theirs = base.replace(b"a.md:1", b"a.md:4").replace(b"2026-01-01", b"2026-02-02")
    assert merge_files(base, ours, theirs, "words.pot").data == theirs


def test_templates_of_other_messages_never_conflict():
    base = entry("Names", "", "#: a.md:1")
    ours = entry("Names", "", "#: a.md:2") + entry("Dates", "", "#: a.md:1")
    theirs = entry("Names", "", "#: a.md:3") + entry("Places", "", "#: a.md:4")
    actual = merged(base, ours, theirs)
    assert actual == (entry("Names", "", "#: a.md:2") + theirs.partition("\n\n")[2] + ours.partition("\n\n")[2], [])


@pytest.mark.parametrize("broken", ["ours", "theirs"])
def test_a_side_that_is_no_catalog_is_told_and_not_merged(broken):
    sides = {"ours": NAMES, "theirs": DATES} | {broken: 'msgid "a\nmsgstr ""\n'}
    result = merge_files(b"", *(text.encode() for text in sides.values()), "words.po")
    (told,) = result.diagnostics
    path = {"ours": "words.po", "theirs": "words.po (theirs)"}[broken]
    assert (result.data, told.code, str(told.location)) == (None, "broken-catalog", f"{path}:1")


def test_a_base_that_is_no_catalog_counts_as_empty():
    result = merge_files(b"<<<<<<< a\n", (HEADER + NAMES).encode(), (HEADER + DATES).encode(), "words.po")
    assert (result.data.decode(), result.diagnostics) == (HEADER + DATES + NAMES, ())


def test_a_result_that_does_not_hold_together_is_told():
    one_form = header(Plural_Forms="nplurals=1; plural=0;")
    counted = 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "{0}"\nmsgstr[1] "{0}"\n'.format
    ours, theirs = one_form + PLACES, HEADER + PLACES + counted("x")
    result = merge_files((HEADER + PLACES).encode(), ours.encode(), theirs.encode(), "words.po")
    assert [item.code for item in result.diagnostics] == ["wrong-plural-count"]


def test_what_did_not_hold_together_before_does_not_hinder_a_merge():
    uncounted = 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\n\n'
    actual = merged(uncounted + entry("Names"), uncounted + NAMES, uncounted + entry("Names") + DATES)
    assert actual == (uncounted + NAMES + DATES, [])


# --- laws ------------------------------------------------------------------------------------------------------------

READ = {data: read_catalog(data, "")[0] for data in SAMPLES if len(data) < 3000}
REAL = [data for data, catalog in READ.items() if catalog.header]
ON_OWN_LINES = [data for data in REAL if all(entry.raw.endswith("\n") for entry in READ[data].entries)]


@given(st.sampled_from(REAL), EDITS)
@settings(deadline=None)
def test_a_side_that_changed_nothing_leaves_the_other_byte_for_byte(base, edits):
    side = edited(base, edits, "ours")
    assert merge_files(base, side, base, "").data == side
    assert merge_files(base, base, side, "").data == side


@given(st.sampled_from(REAL), EDITS, EDITS)
@settings(deadline=None)
def test_no_translation_is_lost(base, ours, theirs):
    sides = [edited(base, edits, author) for edits, author in ((ours, "ours"), (theirs, "theirs"))]
    assert lost_translations(*sides, merge_files(base, *sides, "").data) == []


@given(st.sampled_from(REAL), EDITS, EDITS)
@settings(deadline=None)
def test_what_comes_of_it_is_the_same_from_either_side(base, ours, theirs):
    mine, other = edited(base, ours, "ours"), edited(base, theirs, "theirs")
    there, back = merge_files(base, mine, other, ""), merge_files(base, other, mine, "")
    assert len(there.diagnostics) == len(back.diagnostics)
    if not there.diagnostics:
        assert said(there.data) == said(back.data)


def said(data):
    catalog, _ = read_catalog(data, "")
    return {
        entry.key: (entry.msgstr, sorted(entry.flags), sorted(entry.translator_comments), entry.obsolete)
        for entry in catalog.entries
    }


@given(st.sampled_from(ON_OWN_LINES), EDITS)
@settings(deadline=None)
def test_what_one_side_changed_keeps_its_bytes_beside_what_the_other_changed(base, edits):
    ours = base.replace(b"Language: ", b'X-Ours: yes\\n"\n"Language: ', 1)
    theirs = edited(base, edits, "theirs")
    merged, _ = read_catalog(merge_files(base, ours, theirs, "").data, "")
    wanted, _ = read_catalog(theirs, "")
    actual = [entry.raw for entry in merged.entries[1:]]
    assert actual == [entry.raw for entry in wanted.entries[1:]]


@given(st.lists(st.binary(max_size=60) | files() | st.sampled_from(REAL), min_size=3, max_size=3))
@settings(deadline=None)
def test_no_bytes_bring_the_merge_down(versions):
    merged = merge_files(*versions, "words.po")
    assert merged.data is not None or merged.diagnostics


# --- git -------------------------------------------------------------------------------------------------------------


class Repository:
    """A repository of git with one catalog, on the branches main and theirs."""

    def __init__(self, folder: Path, base: str, *, driven: bool = True) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.path = folder, folder / "words.po"
        self.git("init", "-q", "-b", "main")
        if driven:
            self.drive()
        self.commit(base)
        self.git("branch", "theirs")

    def git(self, *arguments, check=True):
        person = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        command = ["git", "-C", self.folder, *arguments]
        return subprocess.run(command, check=check, capture_output=True, text=True, env=environment)

    def commit(self, text):
        self.path.write_text(text, encoding="utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "words")

    def drive(self):
        """Do what the README says."""
        lines = "*.po merge=stele\n*.pot merge=stele\n"
        (self.folder / ".gitattributes").write_text(lines, encoding="utf-8")
        stele = f"'{Path(sys.executable).with_name('stele')}' merge-po %O %A %B"
        self.git("config", "merge.stele.driver", stele)

    def merge(self, ours, theirs):
        self.git("checkout", "-q", "theirs")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)
        return self.git("merge", "-q", "theirs", check=False)


SIDES = {
    "ours": header(PO_Revision_Date="2026-03-01 09:00+0400", Last_Translator="B") + NAMES + entry("Dates"),
    "theirs": header(PO_Revision_Date="2026-03-02 09:00+0400", Last_Translator="C") + entry("Names") + DATES,
}


def test_git_merges_with_the_driver_what_it_cannot_merge_by_lines(tmp_path):
    base = HEADER + entry("Names") + entry("Dates")
    plain, driven = Repository(tmp_path / "plain", base, driven=False), Repository(tmp_path / "driven", base)
    assert [plain.merge(**SIDES).returncode, driven.merge(**SIDES).returncode] == [1, 0]
    assert plain.path.read_text(encoding="utf-8").count("<<<<<<<") == 1
    expected = header(PO_Revision_Date="2026-03-02 09:00+0400", Last_Translator="C") + NAMES + DATES
    assert driven.path.read_text(encoding="utf-8") == expected


def test_git_shows_a_conflict_for_what_both_sides_translated(tmp_path):
    repository = Repository(tmp_path, HEADER + entry("Names") + entry("Dates"))
    run = repository.merge(HEADER + NAMES + entry("Dates"), HEADER + entry("Names", "Şəxslər") + DATES)
    assert (run.returncode, repository.git("status", "--short", "words.po").stdout) == (1, "UU words.po\n")
    assert "both sides changed the message “Names”" in run.stderr
    text = repository.path.read_text(encoding="utf-8")
    assert (text.count("<<<<<<<"), text.endswith(DATES)) == (1, True)


def test_git_merges_by_lines_what_is_no_catalog(tmp_path):
    repository = Repository(tmp_path, HEADER + entry("Names"))
    run = repository.merge(HEADER + 'msgid "Names\nmsgstr ""\n', HEADER + NAMES)
    assert (run.returncode, repository.git("status", "--short", "words.po").stdout) == (1, "UU words.po\n")
    assert "a text has no closing quotation mark" in run.stderr
    assert repository.path.read_text(encoding="utf-8").count("<<<<<<<") == 1
