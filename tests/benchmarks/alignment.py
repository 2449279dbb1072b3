"""How well the blocks of a translation are found: the sample's own languages, with paragraphs dropped and added.

    uv run python tests/benchmarks/alignment.py

Each document of the sample is written out as a translated Markdown file from its catalog; then a share of its pieces
(headings, paragraphs, list items, table rows, notes) is dropped, and as many of other documents are put between.
Recall is the share of the translations still there that are found, precision the share of what is found that is right.
"""

# ruff: noqa: T201 (the table is printed)

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from time import process_time

from stele.sources.documents import read_documents
from stele.sources.editions import for_paper
from stele.sources.markup import identity, render
from stele.sources.project import read_project
from stele.sources.units import has_words
from stele.translation.po.catalog import read_catalog
from stele.translation.reuse import alignment
from stele.translation.reuse.traits import block

ROOT = Path(__file__).resolve().parents[2]
# Each language of the sample as a translation of another.
DIRECTIONS = (("en", "az"), ("en", "ru"), ("en", "tr"), ("en", "de"), ("en", "fr"), ("en", "fa"), ("az", "en"))
NOISE = (0.0, 0.05, 0.12)
_PREFIX = re.compile(r"(#+ |- |\[\^[^\]]+\]: )?(.*?)(\s\{:[^}]*\})?\Z", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """What a translator leaves out or adds as one: its lines, the texts of its blocks, and its kind if it may go."""

    lines: str
    texts: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Noisy:
    """A translation that is not faithful: its Markdown, and for each of its blocks that of the source, or None."""

    markdown: str
    truth: tuple[int | None, ...]


# --- the sample as translated Markdown -----------------------------------------------------------------------------


def documents():
    """Return the documents of the sample's site, their bodies alone; what is for paper alone has lists of its own."""
    found, _ = read_documents(ROOT, "en")
    editions = read_project(ROOT)[0].editions
    return [replace(document, fields={}) for document in found if document.key not in for_paper(editions)]


def blocks(document, body, tag):
    """Return the blocks of a Markdown text as they are extracted."""
    return [block(unit) for unit in render(replace(document, body=body), tag, identity, tag).units]


def pieces(document, tag):
    """Return the pieces of `document` in the language `tag`."""
    say = _speaker(document, tag)
    body = re.sub(r"<!--.*?-->\n*", "", document.body, flags=re.DOTALL)
    for part in re.split(r"\n\n+", body.strip()):
        yield from _part(part.split("\n"), say)
        yield Piece("\n")


def _speaker(document, tag):
    if tag == "en":
        return str
    path = ROOT / f"locales/{tag}/LC_MESSAGES/{document.domain}.po"
    catalog, _ = read_catalog(path.read_bytes(), path.name)
    return lambda text: catalog.find(text).msgstr[0]


def _part(lines, say):
    if lines[0].startswith("|"):
        yield replace(_row(lines[0], say), kind="")
        yield Piece(f"{lines[1]}\n")
        yield from (_row(line, say) for line in lines[2:])
    elif lines[0].startswith(">"):
        yield _quotation(lines, say)
    elif lines[0].startswith(("<", "///")):
        yield Piece("\n".join([*lines, ""]))
    elif len(lines) > 1 and lines[1].startswith(":"):
        term, meaning = say(lines[0]), say(_folded([lines[1][1:], *lines[2:]]))
        yield Piece(f"{term}\n:   {meaning}\n", (term, meaning), "term")
    else:
        yield from (_prose(group, say) for group in _grouped(lines))


def _row(line, say):
    texts = [say(cell) if has_words(cell) else cell for cell in _cells(line)]
    return Piece(f"| {' | '.join(texts)} |\n", tuple(text for text in texts if has_words(text)), "row")


def _cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _quotation(lines, say):
    groups = [group.strip("\n").split("\n") for group in "\n".join(line[2:] for line in lines).split("\n\n")]
    said = [(say(_folded([line for line in group if line[0] != "{"])), group[-1]) for group in groups]
    written = [f"> {text}\n" + (f"> {last}\n" if last[0] == "{" else "") for text, last in said]
    return Piece(">\n".join(written), tuple(text for text, _ in said), "quotation")


def _grouped(lines):
    group = []
    for line in lines:
        if group and re.match(r"- |\[\^[^\]]+\]:", line):
            yield group
            group = []
        group.append(line)
    yield group


def _prose(lines, say):
    prefix, text, attributes = _PREFIX.match(_folded(lines)).groups(default="")
    kind = {"-": "item", "[": "note"}.get(prefix[:1], "paragraph")
    return Piece(f"{prefix}{say(text)}{attributes}\n", (say(text),), kind)


def _folded(lines):
    return " ".join(line.strip() for line in lines)


# --- the noise -----------------------------------------------------------------------------------------------------


def noisy(own, foreign, share, seed):
    """Return the Markdown of the pieces `own`, a share of them dropped and as many texts of `foreign` put between."""
    chance = random.Random(seed)  # noqa: S311 (nothing is kept secret)
    lines, body, notes, number = [], [], [], 0
    first_note = sum(len(piece.texts) for piece in own if piece.kind != "note")
    note = first_note
    for piece in own:
        start = note if piece.kind == "note" else number
        places = range(start, start + len(piece.texts))
        if piece.kind == "note":
            note = places.stop
        else:
            number = places.stop
        if not piece.kind or chance.random() >= share:
            lines.append(piece.lines)
            (notes if piece.kind == "note" else body).extend(places)
        if piece.kind in ("row", "item", "note", "paragraph") and chance.random() < share:
            added = _foreign(piece, foreign, chance)
            lines.append(added.lines)
            (notes if piece.kind == "note" else body).extend([None] * len(added.texts))
    return Noisy("".join(lines), tuple(body + notes))


def _foreign(beside, foreign, chance):
    if beside.kind == "row":
        return _row("|".join(chance.choice(foreign["row"]) for _ in _cells(beside.lines)), str)
    text = chance.choice(foreign["paragraph"])
    before = {"item": "- ", "note": f"[^added-{chance.random()}]: ", "paragraph": "\n"}[beside.kind]
    return Piece(f"{before}{text}\n", (text,), beside.kind)


def foreign_texts(shelf, document):
    """Return the texts of the other documents by kind of piece."""
    found = defaultdict(list)
    for other, own in shelf.items():
        if other != document:
            for piece in own:
                found[piece.kind] += [text for text in piece.texts if "|" not in text]
    return found


# --- the aligners --------------------------------------------------------------------------------------------------


def ours(source, target, source_tag, target_tag):
    """Align as `bootstrap` does."""
    return [(pair.source, pair.target) for pair in alignment.align(source, target, source_tag, target_tag)]


def strict(source, target, *_):
    """Align by position up to the first two blocks of different kinds, as po4a-gettextize does."""
    for place, (one, other) in enumerate(zip(source, target, strict=False)):
        if one.kind != other.kind:
            return [(number, number) for number in range(place)]
    return [(number, number) for number in range(min(len(source), len(target)))]


def by_position(source, target, *_):
    """Align by position wherever the kinds are the same."""
    both = enumerate(zip(source, target, strict=False))
    return [(number, number) for number, (one, other) in both if one.kind == other.kind]


def by_path(source, target, *_):
    """Align the sequences of kinds and depths by difflib."""
    paths = [[(item.kind, item.depth) for item in side] for side in (source, target)]
    found = SequenceMatcher(None, *paths, autojunk=False).get_matching_blocks()
    return [(match.a + step, match.b + step) for match in found for step in range(match.size)]


ALIGNERS = {"ours": ours, "strict": strict, "by position": by_position, "difflib": by_path}


# --- the figures ---------------------------------------------------------------------------------------------------


def trials(source_tag, target_tag, share, seeds):
    """Yield source blocks, target blocks and the truth for each document and seed."""
    every = documents()
    shelves = {tag: {item.key: list(pieces(item, tag)) for item in every} for tag in (source_tag, target_tag)}
    for document in every:
        markdown = "".join(piece.lines for piece in shelves[source_tag][document.key])
        source = blocks(document, markdown, source_tag)
        foreign = foreign_texts(shelves[target_tag], document.key)
        for seed in range(seeds if share else 1):
            translation = noisy(shelves[target_tag][document.key], foreign, share, f"{document.key} {seed}")
            yield source, blocks(document, translation.markdown, target_tag), translation.truth


def figures(aligner, source_tag, target_tag, share, seeds):
    """Return recall and precision of an aligner over all documents."""
    right = there = found = 0
    for source, target, truth in trials(source_tag, target_tag, share, seeds):
        pairs = aligner(source, target, source_tag, target_tag)
        right += sum(truth[place] == number for number, place in pairs)
        there += sum(place is not None for place in truth)
        found += len(pairs)
    return right / there, right / max(1, found)


def main():
    """Print a table of recall and precision for each aligner, language and share of noise."""
    print(f"{'':12}" + "".join(f"{share:>22.0%} noise" for share in NOISE))
    for name, aligner in ALIGNERS.items():
        print(f"{name}  (recall, precision)")
        for directions in DIRECTIONS:
            row = [figures(aligner, *directions, share, seeds=4) for share in NOISE]
            print(f"  {' > '.join(directions):10}" + "".join(f"{recall:>20.4f} {exact:.4f} " for recall, exact in row))
    print(f"{process_time():.0f} s in all")


if __name__ == "__main__":
    main()
