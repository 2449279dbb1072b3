"""A clean build in, drifts of ten kinds seeded into it at random, and how many of them the audit finds, out.

    uv run python tests/benchmarks/drift_trial.py --seed 1 --drifts 200                    builds the sample first
    uv run python tests/benchmarks/drift_trial.py --seed 1 --drifts 200 --output output    takes what is built there

Each drift is seeded alone: into a page, into the text of a PDF, into a catalog, or into a template, of a language and
in a place that are drawn at random among all those where the kind can occur. Pages are altered as bytes; the text of a
PDF as it is read from the file, since its glyphs cannot be; catalogs and templates before the pages are made anew. Then
the audit reads what the drift touches, as in a build. Nothing is found that it found on the clean build too.

What is not drawn: folios, page references, numbers of notes and the frame of pages, which state nothing; the source's
own Markdown.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clock import Silence
from drifts import KINDS, Edit, Text, edited

from stele import pipeline
from stele.artifacts import Artifact
from stele.audit.auditing import Measure, audit, document_findings
from stele.audit.drifts import yardstick
from stele.audit.passages import read_page
from stele.audit.printed import disagreements
from stele.audit.said import said
from stele.audit.sheets import Sheet, sheets, words
from stele.audit.statement import Statement
from stele.diagnostics import Severity
from stele.language.numerals import european
from stele.language.transliteration import SOURCES
from stele.sources.editions import chapters
from stele.sources.theme import Theme
from stele.stages import reading, wording
from stele.stages.inscribing import inscriptions
from stele.stages.request import Request
from stele.stages.telling import Telling
from stele.translation.gathering import LEDGER
from stele.translation.review.checks import review
from stele.translation.store import catalog_path
from stele.web import site
from stele.web.frame import frame_of
from stele.web.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from stele.audit.findings import Finding
    from stele.language.tags import Language
    from stele.stages.reading import Desk

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("page", "pdf", "catalog", "template")


# --- the clean build ----------------------------------------------------------------------------------------------


class Here(Telling):
    """A telling that works in this process: what is made anew for one drift is small."""

    def run(self, _title: str, tasks: Sequence[Any], _limits: Any) -> list[Any]:
        """Return what the tasks made."""
        return [task.function(*task.arguments) for task in tasks]


@dataclass
class Clean:
    """The project as it is read, the artifacts of its build, and what the audit holds them against."""

    project: Path
    desk: Desk
    measure: Measure
    artifacts: dict[str, Artifact]
    sheets: dict[str, tuple[Sheet, ...]]

    @property
    def tags(self) -> list[str]:
        """Return the languages that were built, without that of the source."""
        built = {path.split("/")[1] for path in self.artifacts if path.count("/") > 2}
        return sorted(built - {self.measure.source})

    def pages(self, key: str) -> list[Artifact]:
        """Return a page in all languages."""
        return [self.artifacts[p] for p in sorted(self.artifacts) if re.fullmatch(rf"site/[^/]+/{re.escape(key)}", p)]

    def inner(self) -> list[str]:
        """Return the pages of a language, without its home page."""
        prefix = f"site/{self.measure.source}/"
        return [p.removeprefix(prefix) for p in sorted(self.artifacts) if p.startswith(prefix) and p.count("/") > 2]


def read_clean(project: Path, output: Path) -> Clean:
    """Return what is built in `output`."""
    telling = Here(Request(project, output, jobs=1), Silence())
    desk = reading.with_made_languages(telling, reading.read(telling))
    inscribed = inscriptions(telling, desk)
    keys = {document.key: document for document in desk.documents}
    measure = Measure(
        desk.project.source.tag,
        yardstick(desk.vocabulary, _weighty(desk), [item.tag for item in desk.languages]),
        _statement(desk, inscribed),
        {edition.name: chapters(edition, keys) for edition in desk.editions},
    )
    files = (path for path in sorted(output.rglob("*")) if path.suffix in (".html", ".pdf"))
    found = ((path.relative_to(output).as_posix(), path) for path in files)
    artifacts = {name: Artifact(name, path.read_bytes()) for name, path in found if not name.startswith("audit/")}
    booklets = {edition.name for edition in desk.editions if edition.product == "booklet"}  # others are not on the site
    names = (name for name in artifacts if name.endswith(".screen.pdf") and Path(name).name.split(".")[0] in booklets)
    printed = {name: sheets(artifacts[name], _tag(name)) for name in names}
    return Clean(project, desk, measure, artifacts, printed)


def _tag(name: str) -> str:
    """Return the language of a booklet by its name."""
    return name.split(".")[-3]


def _weighty(desk: Desk) -> set[str]:
    named = {"genocide", "massacre", "tragedy", "crime-against-humanity", "war-crime"}
    return set(desk.ledger.terms) or named & {term.id for term in desk.vocabulary.terms}


def _statement(desk: Desk, inscribed: dict[str, Any]) -> Statement:
    spoken = {tag: desk_language(desk, tag) for tag in inscribed}
    texts = {tag: said(desk.ledger, inscribed[tag], reading.voice(desk, item, LEDGER)) for tag, item in spoken.items()}
    return Statement(desk.ledger, desk.values, texts)


def desk_language(desk: Desk, tag: str) -> Language:
    """Return a language of the project by its tag."""
    return next(item for item in (desk.project.source, *desk.project.languages) if item.tag == tag)


# --- seeding ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seeded:
    """A drift where it was put, what it was before and after, and who found it: nobody, the audit, or the checks."""

    kind: str
    place: str
    where: str
    before: str
    after: str
    found_by: str


Draw = tuple[str, str, list[Edit], Any]
_BLOCK = re.compile(
    r"<(p|td|th|dt|dd|li|h1|h2|h3|figcaption)\b([^>]*)>((?:(?!<(?:p|td|th|dt|dd|li|h[1-6]|ul|ol|div|table)\b).)*?)</\1>",
    re.DOTALL,
)
_NO_TEXT = re.compile(
    r"<sup\b[^>]*>.*?</sup>|<a class=\"(?:footnote-backref|source-ref)\"[^>]*>.*?</a>|<[^>]*>|&[a-z#0-9]+;|\u2060",
    re.DOTALL,
)


def in_page(clean: Clean, tag: str, kind: Callable[..., list[Edit]], rng: random.Random) -> Seeded | None:
    """Seed a drift into the bytes of a page."""
    draws = []
    for key in clean.inner():
        item = clean.artifacts[f"site/{tag}/{key}"]
        html = item.data.decode()
        body = html.index("<article") if "<article" in html else 0
        end = html.index("</article>") if "</article>" in html else len(html)
        for block in _BLOCK.finditer(html, body, end):
            places = _places(html, *block.span(3))
            shown = "".join(html[place] for place in places)
            if re.search(r"\blang=\"(?!" + tag + r"\")", block[0]):
                continue  # a passage in another language
            text = Text(shown, tag, clean.desk, "<blockquote" in html[max(0, block.start() - 14) : block.start()])
            if edits := kind(text, rng):
                draws.append((key, html, places, edits, shown))
    if not draws:
        return None
    key, html, places, edits, shown = rng.choice(draws)
    altered = edited(html, [piece for edit in edits for piece in _through_markup(places, edit)])
    path = f"site/{tag}/{key}"
    drifted = {path: Artifact(path, altered.encode())}
    found = audited(clean, drifted, {key}, {tag})
    return Seeded("", "page", path, shown, edited(shown, edits), "audit" if found else "")


def _places(html: str, start: int, end: int) -> list[int]:
    hidden = {i for m in _NO_TEXT.finditer(html, start, end) for i in range(*m.span())}
    return [i for i in range(start, end) if i not in hidden]


def _through_markup(places: list[int], edit: Edit) -> Iterator[Edit]:
    """Yield the edits of a text as edits of the HTML that holds it: tags between its letters stay."""
    start, end, new = edit
    for index in range(start, end):
        yield places[index], places[index] + 1, new if index == start else ""


def in_pdf(clean: Clean, tag: str, kind: Callable[..., list[Edit]], rng: random.Random) -> Seeded | None:
    """Seed a drift into the text of a page of a PDF, as it is read."""
    draws = []
    paths = [path for path in clean.sheets if _tag(path) == tag]
    for path in paths:
        for number, sheet in enumerate(clean.sheets[path]):
            text = _without_folios(sheet.text, sheet.number)
            if edits := kind(Text(text, tag, clean.desk), rng):
                draws.append((path, number, edits, text))
    if not draws:
        return None
    path, number, edits, text = rng.choice(draws)
    altered = list(clean.sheets[path])
    shown = edited(altered[number].text, edits)
    altered[number] = Sheet(number + 1, shown, words(shown, tag))
    home, *pages = booklet_pages(clean, path, tag)
    found = disagreements(path, altered, pages, tag, home)
    start = min(edit[0] for edit in edits)
    return Seeded(
        "",
        "pdf",
        f"{path} page {number + 1}",
        text[start - 40 : start + 60],
        shown[start - 40 : start + 60],
        "audit" if found else "",
    )


def _without_folios(text: str, number: int) -> str:
    """Return the text with feet, references to pages and numbers of notes blotted out, at the same length."""
    lines = text.split("\n")
    for index in {0, 1, len(lines) - 2, len(lines) - 1} & set(range(len(lines))):
        if str(number) in european(lines[index]).split():
            lines[index] = "·" * len(lines[index])
    blotted = re.sub(r"[()][^()\n]{0,16}?\d{1,4}[^()\n\d]{0,4}[()]", lambda m: "·" * len(m[0]), "\n".join(lines))
    notes = r"^\d{1,2}(?=\s)|(?<=[^\W\d_])\d{1,2}(?!\d)|(?<=[^\W\d_][.,;:!?”»])\d{1,2}(?![\d.,])"
    return re.sub(notes, lambda m: "·" * len(m[0]), blotted, flags=re.MULTILINE)


def booklet_pages(clean: Clean, path: str, tag: str) -> list[Any]:
    """Return the home page and the chapters of a booklet."""
    keys = clean.measure.chapters[Path(path).name.split(".")[0]]
    paths = [f"site/{tag}/index.html", *(f"site/{tag}/{key}/index.html" for key in keys)]
    return [read_page(item, clean.artifacts[item].data) for item in paths]


def in_catalog(clean: Clean, tag: str, kind: Callable[..., list[Edit]], rng: random.Random) -> Seeded | None:
    """Seed a drift into a translation, and make the pages of its language anew."""
    desk, draws = clean.desk, []
    if tag in SOURCES:
        return None
    domains = [domain for own, domain in desk.catalogs.by_name if own == tag and domain not in ("interface", "site")]
    quotes = {item.text for item in desk.ledger.quotations.values()}
    for domain in domains:
        catalog = desk.catalogs.by_name[tag, domain]
        for number, entry in enumerate(catalog.entries):
            if entry.translated and not entry.is_header and not entry.obsolete and entry.plural is None:
                quoted = entry.msgid in quotes or any("blockquote" in line for line in entry.extracted_comments)
                edits = kind(Text(entry.msgstr[0], tag, desk, quoted), rng)
                if edits and edited(entry.msgstr[0], edits).strip():  # an empty one is no translation yet
                    draws.append((domain, number, edits))
    if not draws:
        return None
    domain, number, edits = rng.choice(draws)
    catalog = desk.catalogs.by_name[tag, domain]
    entry = catalog.entries[number]
    text = edited(entry.msgstr[0], edits)
    entries = (*catalog.entries[:number], replace(entry, msgstr=(text,)), *catalog.entries[number + 1 :])
    by_name = {**desk.catalogs.by_name, (tag, domain): replace(catalog, entries=entries)}
    drifted = replace(desk, catalogs=replace(desk.catalogs, by_name=by_name))
    pages = remade(clean, drifted, [tag, *(made for made, base in SOURCES.items() if base == tag)])
    keys = {path.split("/", 2)[2] for path, item in pages.items() if clean.artifacts[path].data != item.data}
    found = "audit" if audited(clean, pages, keys, set()) else ""
    if not found and any(checked(drifted, tag, domain) - checked(desk, tag, domain)):
        found = "checks"
    return Seeded("", "catalog", f"{catalog_path(tag, domain)}:{entry.line}", entry.msgstr[0], text, found)


def checked(desk: Desk, tag: str, domain: str) -> set[tuple[str, str]]:
    """Return what the readers of catalogs question in one of them."""
    path = catalog_path(tag, domain)
    found = review(
        desk.catalogs.by_name[tag, domain], path, desk_language(desk, tag), desk.project.source, desk.vocabulary
    )
    return {(item.code, item.message) for item in found}


# What a template can do wrong, by kind: the file, what stands in it, and what is put in its place.
_IN_TEMPLATES = {
    "digit changed": [("ledger/figures.html", "record.low | number", "(record.low + 1) | number")],
    "two numbers swapped": [
        (
            "ledger/figures.html",
            "low=record.low | number, high=record.high | number",
            "low=record.high | number, high=record.low | number",
        )
    ],
    "number dropped": [
        ("ledger/figures.html", "{{ record.wording or in_words(record) }}", "{{ record.wording }}"),
        ("ledger/figures.html", "<td>{{ as_of(record) }}</td>", "<td></td>"),
    ],
    "date moved": [
        ("ledger/timeline.html", "record.date | date", '"1993-02-26" | date'),
        ("ledger/register.html", 'map("date")', 'map("replace", "2013", "2014") | map("date")'),
    ],
    "wrong month name": [("ledger/timeline.html", "record.date | date", 'record.date | replace("-02", "-03") | date')],
    "name of another language": [
        (
            "ledger/gazetteer.html",
            "set own = place(record.id) if tag == language.tag",
            'set own = record.names["en"][0] if tag == language.tag',
        )
    ],
    "term upgraded": [("ledger/register.html", "[term(name)]", '[term("genocide")]')],
    "committee called parliament": [("ledger/register.html", "record.body, record.instrument", "record.instrument")],
    "attribution lost": [
        ("ledger/figures.html", "{{ record.stated_by }}", ""),
        ("ledger/quotation.html", "[record.speaker, record.office", "[record.office"),
    ],
    "quotation altered": [("ledger/quotation.html", "{{- original.text }}", '{{- original.text | replace("e", "") }}')],
}


def in_template(clean: Clean, kind: str, rng: random.Random) -> Seeded | None:
    """Seed a drift into a template, and make the pages of four languages anew."""
    theme = clean.desk.theme
    draws = []
    for name, before, after in _IN_TEMPLATES[kind]:
        try:
            text = theme.find(name).read_text()
        except FileNotFoundError:
            continue
        draws += [(name, text.replace(before, after), before, after)] if before in text else []
    if not draws or not clean.desk.values:
        return None
    name, text, before, after = rng.choice(draws)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
        drifted = replace(clean.desk, theme=Theme((Path(folder), *theme.roots)))
        tags = _some(clean, rng)
        plain, pages = as_it_is(clean, tags), remade(clean, drifted, tags)
    changed = {path for path in pages if _said(pages[path]) != _said(plain[path])}
    keys = {path.split("/", 2)[2] for path in changed}
    found = audited(replace(clean, artifacts=clean.artifacts | plain), pages, keys, set(), only=set(pages), apart=tags)
    return Seeded("", "template", name, before, after, "audit" if found else "unused" if not changed else "")


def _some(clean: Clean, rng: random.Random) -> tuple[str, ...]:
    """Return the language of the source and three others, one that is made from another together with that."""
    chosen = rng.sample(clean.tags, min(3, len(clean.tags)))
    return (clean.measure.source, *dict.fromkeys(tag for one in chosen for tag in (SOURCES.get(one, one), one)))


def _said(page: Artifact) -> list[str]:
    """Return what a page says, without its frame: that tells of the languages which are made."""
    return [item.text for item in read_page(page.path, page.data).passages if not item.framed]


def as_it_is(clean: Clean, tags: tuple[str, ...]) -> dict[str, Artifact]:
    """Return the pages in some languages, made anew with nothing changed."""
    if tags not in _AS_IT_IS:
        _AS_IT_IS[tags] = remade(clean, clean.desk, tags)
    return _AS_IT_IS[tags]


def remade(clean: Clean, desk: Desk, tags: Sequence[str]) -> dict[str, Artifact]:
    """Return the pages in some languages, made from what lies on the desk."""
    chosen = tuple(desk_language(desk, tag) for tag in tags if any(item.tag == tag for item in desk.languages))
    telling = Here(Request(clean.project, clean.project, languages=tuple(tags), jobs=1), Silence())
    small = replace(desk, languages=chosen, editions=())
    if any(tag in SOURCES for tag in tags):
        originals = {k: v for k, v in small.catalogs.by_name.items() if k[0] not in SOURCES}
        small = reading.with_made_languages(
            telling, replace(small, catalogs=replace(small.catalogs, by_name=originals))
        )
    inscribed = inscriptions(telling, small)
    localized = wording.localize(telling, small, inscribed)
    shelves = wording.shelve(telling, small, inscribed, localized)
    # The languages that a page leads to stand in its frame: they are asked for too, but only these pages are taken.
    frame = frame_of(small.project, small.ledger, shelves, telling.request.stage)
    pages = site.render_site(frame, small.theme, Pictures(small.project.root))
    return {item.path: item for item in pages if item.path in clean.artifacts and item.path.count("/") > 2}


_BASELINE: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
_AS_IT_IS: dict[tuple[str, ...], dict[str, Artifact]] = {}


def _known(found: Sequence[Finding]) -> set[tuple[str, ...]]:
    return {(item.code, item.page, item.message, item.shown) for item in found}


def audited(
    clean: Clean,
    drifted: dict[str, Artifact],
    keys: set[str],
    printed_in: set[str],
    only: set[str] | None = None,
    apart: tuple[str, ...] = (),
) -> set[tuple[str, ...]]:
    """Return what the audit finds by the drift: on the pages `keys`, in the booklets in the languages `printed_in`.

    `only` are the paths of pages to look at, where a drift of all languages was made in some of them; `apart` are those
    languages.
    """
    found: set[tuple[str, ...]] = set()
    for key in sorted(keys):
        before = clean.pages(key)
        held = [item for item in before if only is None or item.path in only]
        if (key, *apart) not in _BASELINE:
            _BASELINE[key, *apart] = _known(document_findings([held], clean.measure))
        # What was made anew has fewer links to other languages in its frame, which is no part of the text.
        after = [drifted.get(item.path, item) for item in before if only is None or item.path in only]
        found |= {
            item
            for item in _known(document_findings([after], clean.measure)) - _BASELINE[key, *apart]
            if not _is_frame(item)
        }
    for tag in sorted(printed_in):
        for path in (path for path in clean.sheets if _tag(path) == tag):
            home, *pages = booklet_pages(clean, path, tag)
            before_ = _BASELINE.setdefault((path,), _known(disagreements(path, clean.sheets[path], pages, tag, home)))
            pages = [read_page(page.path, drifted[page.path].data) if page.path in drifted else page for page in pages]
            found |= _known(disagreements(path, clean.sheets[path], pages, tag, home)) - before_
    return found


def _is_frame(item: tuple[str, ...]) -> bool:
    return item[2].startswith("a passage")


# --- the trial ----------------------------------------------------------------------------------------------------


def trial(clean: Clean, seed: int, drifts: int) -> Iterator[Seeded]:
    """Yield so many drifts, of each kind as many, each where the dice put it."""
    rng = random.Random(seed)  # noqa: S311 (others must be able to run it anew)
    for number in range(drifts):
        name = list(KINDS)[number % len(KINDS)]
        seeded = None
        while seeded is None or seeded.found_by == "unused":
            place, tag = rng.choice(PLACES), rng.choice(clean.tags)
            seeded = _seeded(clean, place, tag, name, rng)
        yield replace(seeded, kind=name)


def _seeded(clean: Clean, place: str, tag: str, name: str, rng: random.Random) -> Seeded | None:
    if place == "template":
        return in_template(clean, name, rng)
    return {"page": in_page, "pdf": in_pdf, "catalog": in_catalog}[place](clean, tag, KINDS[name], rng)


def told(results: Sequence[Seeded]) -> str:
    """Return a table: found of seeded, by kind and place; then the misses."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item in results:
        for key in ((item.kind, item.place), (item.kind, "all"), ("all", item.place), ("all", "all")):
            counts[key]["seeded"] += 1
            counts[key]["found"] += bool(item.found_by)
    columns = (*PLACES, "all")
    lines = [f"{'':28}" + "".join(f"{name:>11}" for name in columns)]
    for kind in (*KINDS, "all"):
        cells = [counts[kind, name] for name in columns]
        lines.append(f"{kind:28}" + "".join(f"{_cell(cell):>11}" for cell in cells))
    whole = counts["all", "all"]
    alone = sum(item.found_by == "checks" for item in results)
    lines.append(f"found {whole['found'] / whole['seeded']:.1%}, of them by the checks of catalogs alone: {alone}")
    lines += [
        f"missed: {r.kind}, {r.where}\n    {_short(r.before)}\n    {_short(r.after)}" for r in results if not r.found_by
    ]
    return "\n".join(lines)


def _cell(cell: Counter[str]) -> str:
    return f"{cell['found']}/{cell['seeded']}" if cell["seeded"] else "–"


def _short(text: str) -> str:
    return " ".join(text.split())[:240]


def main() -> None:
    """Run the trial and print its table; exit with 1 when less than 98 % are found, or anything on a clean build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drifts", type=int, default=200)
    parser.add_argument("--project", type=Path, default=ROOT)
    parser.add_argument("--output", type=Path, help="a folder that holds a build of the project")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output = asked.output or Path(folder) / "output"
        if asked.output is None:
            outcome = pipeline.build(Request(asked.project, output), Silence())
            errors = [
                item
                for item in outcome.diagnostics
                if item.severity(Request(asked.project, output).stage) is Severity.ERROR
            ]
            if errors:
                sys.exit(f"the project does not build: {errors[0]}")
        clean = read_clean(asked.project, output)
        false = audit(list(clean.artifacts.values()), clean.measure)
        results = list(trial(clean, asked.seed, asked.drifts))
    lines = [f"seed {asked.seed}; {len(false)} findings on the clean build in {len(clean.tags) + 1} languages"]
    lines += [f"    {item.place}: {item.message} [{item.code}]" for item in false[:20]]
    sys.stdout.write("\n".join([*lines, told(results)]) + "\n")
    sys.exit(1 if false or sum(bool(item.found_by) for item in results) < 0.98 * len(results) else 0)


if __name__ == "__main__":
    main()
