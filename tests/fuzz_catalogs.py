"""Looks for a catalog that Stele reads wrongly: random PO files, compared with what GNU gettext makes of them.

    uv run python tests/fuzz_catalogs.py --minutes 60

Every file is put through the laws below. One that breaks a law, in its smallest form, and one in which two features
meet for the first time are kept in tests/data/catalogs/fuzzed/, where test_catalog.py reads them ever after; a name
that begins with "failing" is changed to "accepted" or "refused" once the fault is mended. Each round prints its seed;
--seed begins with that round again.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from time import monotonic
from unittest.mock import patch

import click
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from stele.diagnostics import Location
from stele.translation.merging.merge import merge
from stele.translation.merging.three_way import merge_files
from stele.translation.messages import Message
from stele.translation.po.catalog import read_catalog, write_catalog
from stele.translation.po.entry import Entry
from stele.translation.po.style import Style, revised, set_anew
from stele.translation.po.syntax import read_entries

DATA = Path(__file__).parent / "data" / "catalogs"
FUZZED = DATA / "fuzzed"
REAL = [*sorted(DATA.glob("*.po*")), *sorted(Path(__file__).parents[1].glob("locales/*/LC_MESSAGES/*.po"))]
BOM = b"\xef\xbb\xbf"

# What Stele refuses although msgfmt compiles it.
TOLERATED = {"wrong-charset", "wrong-plural-count", "too-large", "merge-marker"}
TOLERATED_MESSAGES = ("Plural-Forms is wrong", "backslashes spell bytes that are not UTF-8")

SEVERAL_FLAG_LINES = re.compile(rb"#[,!=][^#]*#([^,!=~][^#]*#)*[,!=]")  # of which msgcat heeds the last

FEATURES = {
    "bom": rb"\A\xef\xbb\xbf",
    "comment-behind": rb"(?m)^[^#\n]*\"[ \t]*#",
    "context": rb"msgctxt",
    "crlf": rb"\r\n",
    "domain": rb"(?m)^domain",
    "equals-flags": rb"(?m)^#=",
    "escaped-bytes": rb"\\[0-7x]",
    "fuzzy": rb"(?m)^#,.*fuzzy",
    "isolated-reference": rb"\xe2\x81\xa8",
    "joined-line": rb"\\\n",
    "no-end": rb"[^\n]\Z",
    "nul": rb"\0|\\0",
    "obsolete": rb"(?m)^#~",
    "obsolete-previous": rb"(?m)^#~\|",
    "one-line": rb"\"[ \t]*msg",
    "plural": rb"msgid_plural",
    "previous": rb"(?m)^#\|",
    "tab": rb"\t",
    "vertical-tab": rb"\v|\f",
    "wide": rb"[\xe3-\xe9][\x80-\xbf]",
    "wrapped": rb"\"\n[ \t]*\"",
}

# --- random files ----------------------------------------------------------------------------------------------------

LETTERS = st.sampled_from(
    ["a", "b", "word ", "ə", "中", "e\u0301", " ", "-", "/", "{n}", "%d", "#", "=======", "msgid"]
)
ESCAPES = st.sampled_from(
    ["\\n", '\\"', "\\\\", "\\t", "\\303\\266", '\\xc3" "\\266', '\\303"\n"\\xB6', "\\1013", "\\0"]
)
CONTROLS = st.sampled_from(["\\\n", "\t", "\v", "\r", "\0", "\u2028", "\x85", "\ufeff", "\u200b"])
SIGNS = st.sampled_from(
    ["(", ")", "[", "]", "“", "«", "»", "‘", "—", "–", "…", ",", ".", "!", "%", "$", "26", "。", "「"]
)
WORDS = st.sampled_from(["remember ", "Xocalı ", "ölənlər", "یاد ", "کشته", "зимой ", "记住", "잊지 ", "שמות"])
PIECES = LETTERS | ESCAPES | CONTROLS
PROSE = st.lists(WORDS | SIGNS | LETTERS | st.just(" "), min_size=12, max_size=40)
STRINGS = st.one_of(*[st.lists(PIECES, max_size=6)] * 5, PROSE).map(lambda pieces: f'"{"".join(pieces)}"')
SPACES = st.sampled_from([" ", " ", " ", " ", "", "\n", "\t", "\v", "\r\n", "\n\n", " \f", " # remark\n"])
BREAKS = st.sampled_from(["\n", "\n", "\n", "\n", " ", "", "\n\n", "\t\n", "\n  ", "\r\n", "\n\f"])
MARKS = st.sampled_from(["", "", "", "#~ ", "#~ ", "#~"])
FLAGS = st.sampled_from(["#, fuzzy", "#, no-wrap", "#, python-format,fuzzy", "#, range: 0..3", "#= fuzzy", "#! fuzzy"])
REFERENCES = st.sampled_from(["#: a.md:1 b.md", "#: \u2068a b.md\u2069:3", "#:", "#:a.md"])
REMARKS = st.sampled_from(
    ["# remark", "#", "#\tremark", "#. from the source", "#~", "#~ # remark", "# \u2028", "#\r", "#-"]
)
COMMENTS = FLAGS | REFERENCES | REMARKS
CHARSETS = st.sampled_from(["UTF-8"] * 8 + ["utf-8", "CHARSET", "ASCII", "ISO-8859-9", "UTF-16", "x"])
DATES = st.sampled_from(["", "2025-01-31 09:00+0400", "2024-07-09T12:20:23-07:00", "YEAR-MO-DA HO:MI+ZONE", "x"])
PLURALS = st.sampled_from(["nplurals=2; plural=(n != 1);"] * 5 + ["nplurals=1; plural=0;", "", "x", "nplurals=2;"])


@st.composite
def headers(draw):
    fields = (
        f"POT-Creation-Date: {draw(DATES)}",
        f"Content-Type: text/plain; charset={draw(CHARSETS)}",
        f"Plural-Forms: {draw(PLURALS)}",
        *draw(st.lists(st.sampled_from(["X-Generator: Poedit 3.4", "X-Words: a: b", "no colon", ""]), max_size=2)),
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields) + "\n"


@st.composite
def bodies(draw, mark):
    """Return keywords with their strings, each line begun with `mark`."""

    def line(keyword):
        strings = draw(st.lists(STRINGS, min_size=1, max_size=3))
        between = [draw(BREAKS) for _ in strings]
        return keyword + draw(SPACES) + "".join(a + b for a, b in zip(strings, between, strict=True))

    lines = [line("msgctxt")] * draw(st.booleans()) + [line("msgid")]
    if draw(st.integers(0, 3)):
        lines.append(line("msgstr"))
    else:
        numbers = draw(st.sampled_from([[0], [0, 1], [0, 1], [0, 1], [1], [0, 2], ["00", " 1 "]]))
        lines += [line("msgid_plural"), *(line(f"msgstr[{number}]") for number in numbers)]
    return re.sub(r"^(?!#|\Z)", mark, "".join(lines), flags=re.MULTILINE) if mark else "".join(lines)


@st.composite
def entries(draw):
    mark = draw(MARKS)
    comments = "".join(f"{line}\n" for line in draw(st.lists(COMMENTS, max_size=3)))
    before = ""
    if not draw(st.integers(0, 3)):
        begin = "#~| " if mark else "#| "
        before = draw(bodies(begin)).partition(f"{begin}msgstr")[0]
    domain = draw(st.sampled_from(["", "", "", "", "", 'domain "x"\n', 'domain "messages"\n', '#~ domain "y"\n']))
    return domain + comments + before + draw(bodies(mark)) + draw(st.sampled_from(["\n", "\n", "", "\n\n", " \n"]))


@st.composite
def written(draw):
    """Return a file after the grammar of PO, with white space, escapes and comments wherever they may stand."""
    return draw(st.one_of(headers(), headers(), headers(), st.just(""))) + "".join(
        draw(st.lists(entries(), max_size=4))
    )


SMALL_SCRAPS = st.sampled_from(
    ["", "\n", "\r", "\r\n", '"', "\\", "\\303", "\\q", "\0", "\t", "\v", " ", "ə", "\ufeff", "[0]", "#"]
)
LINES = st.sampled_from(["#~ ", "#| ", "#, fuzzy\n", 'msgstr ""\n', 'msgid "" ""\n', 'domain "x"\n', "<<<<<<< a\n"])
SCRAPS = SMALL_SCRAPS | LINES


@st.composite
def changed(draw):
    """Return a few entries of a real file, with scraps written over them."""
    text = draw(st.sampled_from(REAL)).read_bytes().decode()
    header, *paragraphs = text.split("\n\n")
    first = draw(st.integers(0, max(0, len(paragraphs) - 1)))
    text = "\n\n".join([header, *paragraphs[first : first + draw(st.integers(0, 4))]]) + "\n"
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(SCRAPS) + text[start + draw(st.sampled_from([0, 0, 1, 2, 20])) :]
    return text


@st.composite
def files(draw):
    """Return the bytes of a PO file, sound or not."""
    text = draw(st.one_of(written(), changed()))
    if not draw(st.integers(0, 4)):
        text = text.replace("\n", "\r\n")
    if not draw(st.integers(0, 4)):
        text = text.rstrip("\n")
    return BOM * (not draw(st.integers(0, 9))) + text.encode()


# Who edits what: the number of an entry, and what becomes of it.
EDITS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(["translate", "doubt", "remark", "remove", "retire", "add", "move"])),
    max_size=5,
)


def edited(data, edits, author):
    """Return the catalog in `data` after the edits of `author`, whose words tell whose they are."""
    catalog, _ = read_catalog(data, "words.po")
    entries = list(catalog.entries)
    for place, edit in edits:
        if edit == "add":
            fresh = Entry(f"{author} {place}", (f"{author}-{place}",), gap=catalog.style.newline)
            if entries and fresh.key not in {entry.key for entry in entries}:
                entries.insert(max(1, place), set_anew(fresh, catalog.style))
        elif 0 < place < len(entries) and entries[place].raw.endswith("\n"):
            entry = entries.pop(place)
            if edit != "remove":
                revision = changed_by(edit, entry, f"{author}-{place}", catalog.style)
                entries.insert(1 if edit == "move" else place, revision)
    data = write_catalog(replace(catalog, entries=tuple(entries)))
    assume(read_catalog(data, "")[0])
    return data


def changed_by(edit, entry, word, style):
    changes = {
        "translate": {"msgstr": (word,) * len(entry.msgstr), "flags": (), "previous": None},
        "doubt": {"flags": ("fuzzy",)},
        "remark": {"translator_comments": (*entry.translator_comments, word)},
        "retire": {"obsolete": True, "references": ()},
        "move": {},
    }
    return revised(entry, style, **changes[edit])


def lost_translations(ours, theirs, merged):
    """Return what the authors wrote into their files that is not in the merged one."""
    catalogs = (read_catalog(data, "")[0] for data in (ours, theirs))
    texts = {text for catalog in catalogs for entry in catalog.entries for text in entry.msgstr}
    return [text for text in texts if re.match(r"(ours|theirs)-\d", text) and f'"{text}"' not in merged.decode()]


# --- the laws --------------------------------------------------------------------------------------------------------


def gettext(*command, data):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, input=data, capture_output=True, env=environment, check=False, timeout=20)


def accepted_by_msgfmt(data):
    return gettext("msgfmt", "-o", os.devnull, "-", data=data).returncode == 0


def read_without_trouble(data):
    """Return the catalog in `data` and the diagnostics; what is read is written byte for byte."""
    catalog, diagnostics = read_catalog(data, "words.po")
    assert (catalog is None) == bool(diagnostics), "neither a catalog nor a reason"
    if catalog is not None:
        assert write_catalog(catalog) == data, "other bytes are written than were read"
    return catalog, diagnostics


def both_readers_agree(data):
    """The fast way through plain entries says what the thorough reader says."""
    text = data.removeprefix(BOM).decode(errors="ignore")
    fast = read_entries(text)
    with patch("stele.translation.po.syntax.read_usual", lambda _: ((), 0)):
        assert fast == read_entries(text), "the two readers disagree"


def refusals_are_meant(data, diagnostics):
    """What msgfmt compiles is refused only for a reason that is meant."""
    meant = any(item.code in TOLERATED or item.message.startswith(TOLERATED_MESSAGES) for item in diagnostics)
    # A message that stands twice on one line escapes msgfmt, but no other tool of gettext.
    twice = diagnostics[0].code == "duplicate-message" and gettext("msgcat", "-", data=data).returncode
    if not meant and not twice:
        assert not accepted_by_msgfmt(data), f"msgfmt accepts it: {diagnostics[0].message}"


def meaning_is_that_of_msgcat(data, catalog):
    """Entries mean what msgcat understands; to it the first form says whether there is a translation."""
    if re.search(rb"\0|\\0|\xef\xbb\xbf|domain|#=", data) or SEVERAL_FLAG_LINES.search(data):
        return
    understood = gettext("msgcat", "--no-wrap", "-", data=data)
    if understood.returncode == 0 and understood.stdout:
        again, diagnostics = read_catalog(understood.stdout, "words.po")
        assert again is not None, f"msgcat's form is refused: {diagnostics[0].message}"
        assert facts(catalog) == facts(again), "msgcat understands something else"


def set_as_msgcat_sets(data):
    """An entry is broken into lines where msgcat breaks it."""
    if re.search(rb"\0|\\0|\xef\xbb\xbf|\xe2\x80\xa8|\xc2\x85|domain|\\1", data):
        return
    run = gettext("msgcat", "-", data=data)
    catalog, _ = read_catalog(run.stdout, "words.po")
    for entry in catalog.entries if run.returncode == 0 and catalog else ():
        anew = set_anew(replace(entry, raw=""), Style()).raw
        assert lines_of_body(anew) == lines_of_body(entry.raw), "msgcat sets it on other lines"


def lines_of_body(raw):
    return [line for line in raw.split("\n") if re.match(r"#[~|]|[^#]", line)]


def facts(catalog):
    nothing = {"line": 0, "raw": "", "gap": "", "extracted_comments": (), "translator_comments": ()}
    kept = [
        replace(entry, flags=flags(entry), references=tuple(dict.fromkeys(entry.references)), **nothing)
        for entry in catalog.entries
    ]
    meant = (entry for entry in kept if entry.key != (None, "") and (entry.msgstr[0] or not entry.obsolete))
    return sorted(meant, key=repr)


def flags(entry):
    # msgcat drops flags that it does not know, and the range of an obsolete entry.
    kept = {flag for flag in entry.flags if re.match(r"(fuzzy|no-wrap|python-(brace-)?format)\Z", flag)}
    return tuple(sorted(kept - (set() if entry.msgstr[0] else {"fuzzy"})))


def set_anew_says_the_same(catalog):
    """An entry written from its values alone has those values."""
    for entry in catalog.entries:
        (again,), _, faults = read_entries(set_anew(replace(entry, raw=""), catalog.style).raw)
        assert faults == ()
        assert replace(again, line=0, raw="", gap="") == replace(entry, line=0, raw="", gap="")


def merging_is_idempotent(catalog):
    """Merged with its own messages, a reworded one and a new one, a catalog is whole and stays as it is."""
    created = datetime(2026, 11, 23, tzinfo=UTC)
    own = [
        Message(
            f"{entry.msgid}{'!' * (number % 3 == 1)}", (Location("a.md"),), context=entry.context, plural=entry.plural
        )
        for number, entry in enumerate(catalog.entries)
        if entry.msgid and not entry.obsolete
    ]
    once = merge(catalog, [*own, Message("something new", (Location("b c.md"),))], created)
    data = write_catalog(once)
    read, diagnostics = read_catalog(data, "words.po")
    assert read is not None, f"update makes a broken catalog: {diagnostics[0].message}"
    assert write_catalog(merge(read, [*own, Message("something new", (Location("b c.md"),))], created)) == data


def merging_versions_loses_nothing(base, ours, theirs):
    """What two authors make of one file is in what comes of merging it, whatever the base was."""
    assert merge_files(base, ours, base, "").data == ours
    assert merge_files(base, base, theirs, "").data == theirs
    for origin in (base, b""):
        merged = merge_files(origin, ours, theirs, "").data
        assert lost_translations(ours, theirs, merged) == []


def examine(data):
    """Put `data` through every law; raise `AssertionError` for the first that it breaks."""
    both_readers_agree(data)
    catalog, diagnostics = read_without_trouble(data)
    if catalog is None:
        refusals_are_meant(data, diagnostics)
        return diagnostics[0].message
    meaning_is_that_of_msgcat(data, catalog)
    set_as_msgcat_sets(data)
    set_anew_says_the_same(catalog)
    merging_is_idempotent(catalog)
    return ""


# --- the search ------------------------------------------------------------------------------------------------------


def features(data, refusal):
    """Return what is remarkable in `data`; of a refused file, only why."""
    if refusal:
        return {f"refused-{slug(re.sub('“.*”|declared as .* not|: .*|[0-9]+', '', refusal))}"}
    found = {name for name, pattern in FEATURES.items() if re.search(pattern, data)}
    return found | {"beyond-msgfmt"} if not accepted_by_msgfmt(data) else found


def slug(words):
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60]


def keep(data, name):
    FUZZED.mkdir(exist_ok=True)
    path = FUZZED / f"{name}.po"
    if not path.exists():
        path.write_bytes(data)
        click.echo(f"  kept {path.name} ({len(data)} bytes)")


def met(kinds):
    return {*((kind,) for kind in kinds), *combinations(sorted(kinds), 2)}


def search(number, seen):
    """Examine one round of files, those that follow from the seed `number`; return how many."""
    examined = []

    @seed(number)
    @settings(
        max_examples=400,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(files(), EDITS, EDITS)
    def law(data, ours, theirs):
        examined.append(data)
        refusal = examine(data)
        if not refusal:
            merging_versions_loses_nothing(data, edited(data, ours, "ours"), edited(data, theirs, "theirs"))
        fresh = met(features(data, refusal)) - seen
        if fresh and len(data) < 2_000:
            seen.update(fresh)
            verdict = "" if refusal else "accepted-"
            keep(data, verdict + "-".join(min(fresh, key=lambda pair: (-len(pair), pair))))

    try:
        law()
    except Exception as error:  # a traceback is a finding like any other
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        click.echo(f"  seed {number}: {type(error).__name__}: {reason}")
        keep(examined[-1], f"failing-{number}-{slug(reason)}")
    return len(examined)


@click.command()
@click.option("--minutes", default=60.0, show_default=True)
@click.option("--seed", "number", default=1, show_default=True, help="The first round's seed.")
def main(minutes, number):
    """Examine random catalogs, round after round, for so many minutes."""
    known = [path.read_bytes() for path in [*FUZZED.glob("*.po"), *DATA.glob("*.po")]]
    seen = set().union(*(met(features(data, refusal_of(data))) for data in known))
    end, total = monotonic() + minutes * 60, 0
    while monotonic() < end:
        total += search(number, seen)
        click.echo(f"seed {number}: {total} files examined, {len(seen)} meetings of features seen")
        number += 1


def refusal_of(data):
    _, diagnostics = read_catalog(data, "words.po")
    return diagnostics[0].message if diagnostics else ""


if __name__ == "__main__":
    main()
