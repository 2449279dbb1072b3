"""A PDF and the pages of the site in its language in, the words that only one of the two has out.

The words of the PDF come from the bytes of the file, page by page as PDFium reads them. Lines may stand in another
order there than on a page of the site: notes at the foot, heads of tables again and again. So words are counted, and
only numbers are asked for their neighbours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations, islice
from typing import TYPE_CHECKING

from stele.audit.chapters import Chapters, read_chapters
from stele.audit.contents import wrong_folios
from stele.audit.findings import Finding, cut
from stele.audit.furniture import bare, lines_of, lone_numbers, references
from stele.audit.sheets import BREAK, words
from stele.language.tags import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.audit.passages import Page
    from stele.audit.sheets import Sheet

_LATIN, _RIGHT_TO_LEFT = re.compile(r"[a-zA-Z]"), re.compile(r"[\u0590-\u08ff]")
_CELLS = frozenset({"td", "th", "dt", "dd"})
_PIECES = 4  # into which a word may be broken: over two lines, over two pages
_MOST_PIECES = 24
_MOST = 0.85  # of the words of a line that make a cover have that line
_SHORT = 3  # words of a line that is looked for there


def disagreements(
    path: str, everything: Sequence[Sheet], pages: Sequence[Page], tag: str, home: Page | None = None
) -> tuple[Finding, ...]:
    """Return what the sheets of the PDF at `path` and the `pages` of the site, its chapters, do not both say.

    Heads and feet, imprint and the page numbers of references may stand in the PDF alone. What covers and imprint share
    with the `home` page must be the same there, and the contents must lead to where chapters open.
    """
    loose = direction(tag) == "rtl"
    chapters = read_chapters(pages, tag)
    inner = chapters.among(everything)
    printed = bare(inner, chapters, len(everything), tag)
    read = Counter(word for sheet in printed for word in sheet.words)
    lost, added = chapters.words - read, read - chapters.words
    _reunite(lost, added, loose=loose)
    added -= references(inner, len(everything), tag) + lone_numbers(inner, chapters, tag) + chapters.items
    _rejoin(added, chapters, loose=loose)
    covers = [sheet for sheet in everything if sheet not in inner]
    return (
        *_lost(lost, chapters, path, tag),
        *_added(added, printed, chapters, path, tag),
        *_displaced(printed, chapters, path, tag),
        *(_on_covers(covers, home, path, tag) if home else ()),
        *wrong_folios(covers, inner, pages, path, tag),
    )


def absent(path: str, printed: Sequence[Sheet], pages: Sequence[Page], tag: str) -> tuple[Finding, ...]:
    """Return what the `pages` of its documents say and the product at `path` does not, whatever else it says.

    A leaflet or a letter has its text in places of its own, in any order, and a letter has it for each addressee.
    """
    chapters = read_chapters(pages, tag)
    read = Counter(word for sheet in printed for word in sheet.words)
    lost, added = chapters.words - read, read - chapters.words
    _reunite(lost, added, loose=direction(tag) == "rtl")
    return tuple(_lost(lost, chapters, path, tag))


def misimposed(path: str, printed: Sequence[Sheet], pages: Sequence[Sheet], tag: str) -> tuple[Finding, ...]:
    """Return what the `printed` sheets at `path` do not have in common with the `pages` that are set on them.

    A first sheet that tells how to fold the others is not asked.
    """
    printed = printed[-2 * -(-len(pages) // 4) :]
    read, wanted = (Counter(word for sheet in side for word in sheet.words) for side in (printed, pages))
    lost, added = wanted - read, read - wanted
    _reunite(lost, added, loose=direction(tag) == "rtl")
    _reunite(added, lost, loose=direction(tag) == "rtl")
    told = "stands on the pages for the screen only"
    found = [Finding("editions-disagree", path, tag, f"“{word}” {told}") for word in lost]
    for word in added:
        sheet = next((sheet.number for sheet in printed if word in sheet.words), None)
        message = f"“{word}” does not stand on the pages for the screen"
        found.append(Finding("editions-disagree", path, tag, message, sheet=sheet))
    return tuple(found)


def _reunite(lost: Counter[str], added: Counter[str], *, loose: bool) -> None:
    """Take out of both what is one word, broken over two lines or pages; `loose` where letters come in any order.

    PDFium turns right-to-left lines round by rules of its own, and some of their words with them.
    """
    for word in sorted(lost):
        while lost[word] > 0 and (pieces := _pieces(word, added, _PIECES) or (_letters(word, added) if loose else [])):
            added.subtract(pieces)
            lost[word] -= 1
    for counter in (lost, added):
        for word in [word for word, count in counter.items() if count <= 0]:
            del counter[word]


def _rejoin(added: Counter[str], chapters: Chapters, *, loose: bool) -> None:
    """Take out of `added` what are two parts of a word that is broken over two pages."""
    known = {_spelled(word, loose=loose) for word in chapters.words}
    parts = [word for word in added if not word.isdecimal() and word not in chapters.words]
    for one in parts:
        for other in added:
            whole = (_spelled(one + other, loose=loose), _spelled(other + one, loose=loose))
            while added[one] > 0 and added[other] > 0 and one != other and not known.isdisjoint(whole):
                added.subtract((one, other))


def _spelled(word: str, *, loose: bool) -> str:
    return "".join(sorted(word)) if loose else word


def _pieces(word: str, added: Counter[str], most: int) -> list[str]:
    """Return words of `added` that make `word` when they are joined, none when there are none."""
    if added[word] > 0:
        return [word]
    if most < 2 or word.isdecimal():
        return []
    for end in range(len(word) - 1, 0, -1):
        if added[word[:end]] > 0 and (rest := _pieces(word[end:], added, most - 1)):
            return [word[:end], *rest]
    return []


def _letters(word: str, added: Counter[str]) -> list[str]:
    """Return up to three words of `added` that have the letters of `word`, in whatever order."""
    near = [other for other in added if added[other] > 0 and not other.isdecimal() and not set(other) - set(word)]
    for size in (1, 2, 3):
        for chosen in combinations(near[:_MOST_PIECES], size):
            if sorted("".join(chosen)) == sorted(word):
                return list(chosen)
    return []


def _lost(lost: Counter[str], chapters: Chapters, path: str, tag: str) -> Iterator[Finding]:
    """Yield words of the site that are not printed."""
    by_passage: dict[str, list[str]] = defaultdict(list)
    for word in lost:
        passage = chapters.holder(word)
        by_passage[passage.text if passage else ""].append(word)
    for text, missing in by_passage.items():
        message = f"the site has {_quoted(missing)}, the PDF does not, or not as often"
        yield Finding("editions-disagree", path, tag, message, expected=text)


def _quoted(items: Iterable[str]) -> str:
    return cut(", ".join(f"“{item}”" for item in items))


# --- what stands in the PDF alone ---------------------------------------------------------------------------------


def _added(added: Counter[str], printed: Sequence[Sheet], chapters: Chapters, path: str, tag: str) -> Iterator[Finding]:
    """Yield words of the chapters that are printed and do not stand on the site, by the page where they may stand."""
    least = 2 if direction(tag) == "rtl" else 1  # letters: PDFium tears single ones from words that it turns round
    left = Counter(
        {
            word: count
            for word, count in added.items()
            if word.isdecimal() or (word not in chapters.heads and len(word) >= least)
        }
    )
    for sheet in printed:
        here = [word for word in dict.fromkeys(sheet.words) if left[word] > 0]
        for word in here:
            del left[word]
        if here:
            message = f"the PDF has {_quoted(here)}, the site does not, or not as often"
            yield Finding("editions-disagree", path, tag, message, sheet=sheet.number)


# --- covers, imprint, contents ------------------------------------------------------------------------------------


def _on_covers(covers: Sequence[Sheet], home: Page, path: str, tag: str) -> Iterator[Finding]:
    """Yield what a cover or the imprint has otherwise than the home page, line by line."""
    passages = [item for item in home.passages if item.kind in ("h1", "p") and len(item.text) > 1]
    for sheet in covers:
        here = Counter(words(BREAK.sub("", sheet.text), tag)) | Counter(sheet.words)
        lines = {item.text: line for item in passages if _stands(line := words(item.text, tag), here)}
        if sheet is covers[-1]:  # the back has parts of the imprint, without its year
            lines = {text: line for text, line in lines.items() if all(here[word] for word in line if word.isdecimal())}
        wanted = Counter[str]()
        for line in lines.values():
            held = any(other is not line and not Counter(line) - Counter(other) for other in lines.values())
            if not held or _follows(line, sheet.words):
                wanted += Counter(line)
        for word in [word for word in wanted - here if not _is_torn(word, here)]:
            text = next(text for text, line in lines.items() if word in line)
            message = f"the home page has “{word}” here, the PDF does not, or not as often"
            yield Finding("editions-disagree", path, tag, message, expected=text, sheet=sheet.number)
        given = _pairs([sheet.words], loose=direction(tag) == "rtl")
        for text, line in lines.items():
            for index, word in enumerate(line):
                if word.isdecimal() and here[word] and not any(given[pair] for pair in _near(line, index)):
                    message = f"the home page has “{word}” beside other words than the PDF"
                    yield Finding("editions-disagree", path, tag, message, expected=text, sheet=sheet.number)


def _stands(line: Sequence[str], here: Counter[str]) -> bool:
    """Say whether most of a line stands on a sheet: all but one of a few words."""
    present = (Counter(line) & here).total()
    return len(line) >= _SHORT and present >= min(_MOST * len(line), len(line) - 1)


def _follows(line: Sequence[str], printed: Sequence[str]) -> bool:
    """Say whether words stand one behind the other: a line whose words are all in another may not be printed at all."""
    return any(tuple(printed[start : start + len(line)]) == tuple(line) for start in range(len(printed)))


def _is_torn(word: str, here: Counter[str]) -> bool:
    """Say whether a word is broken over two lines, or torn as a line was turned round."""
    return not word.isdecimal() and any(word[:end] in here and word[end:] in here for end in range(1, len(word)))


# --- order --------------------------------------------------------------------------------------------------------


def _displaced(printed: Sequence[Sheet], chapters: Chapters, path: str, tag: str) -> Iterator[Finding]:
    """Yield numbers that stand beside other words in print than on the site, as when two of them are exchanged.

    In a table a line is followed by the next cell, so nothing is asked where a cell may have gone on in another line,
    nor of the first word of a page; where lines run from right to left, the word next but one is near enough. Nothing
    is asked beside a phrase that runs the other way.
    """
    loose = direction(tag) == "rtl"
    given = _pairs((sheet.words for sheet in printed), loose=loose)
    there = {word for sheet in printed for word in sheet.words}
    lines = [line for sheet in printed for text in lines_of(sheet) if (line := words(text, tag))]
    starts, ends = {line[0] for line in lines}, {line[-1] for line in lines}
    first = {word for sheet in printed for word in sheet.words[:1]}
    wanted = _pairs((line for passage, line in chapters.passages if not passage.fallback), loose=False)
    other_way = _LATIN if loose else _RIGHT_TO_LEFT
    for passage, line in chapters.passages:
        for index, word in enumerate(line):
            is_asked = word.isdecimal() and word in there and word not in first and not passage.fallback
            if not is_asked:
                continue
            if any(other_way.search(other) for other in _around(line, index)):
                continue
            near = _near(line, index)
            if passage.kind in _CELLS and any(before in ends and after in starts for before, after in near):
                continue
            if near and all(given[pair] < wanted[pair] for pair in near):
                message = f"the site has “{word}” beside other words than the PDF"
                shown = " ".join(line[max(0, index - 3) : index + 4])
                yield Finding("editions-disagree", path, tag, message, shown, passage.text)


def _around(line: Sequence[str], index: int) -> Iterator[str]:
    """Yield the nearest word on each side of the one at `index` that is no number: numbers run with either."""
    for side in (reversed(line[:index]), line[index + 1 :]):
        yield from islice((word for word in side if not word.isdecimal()), 1)


def _near(line: Sequence[str], index: int) -> list[tuple[str, str]]:
    """Return the word at `index` with the one before it, and with the one behind it."""
    return [(line[at], line[at + 1]) for at in (index - 1, index) if 0 <= at < len(line) - 1]


def _pairs(lines: Iterable[Sequence[str]], *, loose: bool) -> Counter[tuple[str, str]]:
    """Count the words that stand beside each other in this order; if `loose`, also those with a word between them."""
    steps = (1, 2) if loose else (1,)
    return Counter(pair for line in lines for step in steps for pair in zip(line, line[step:], strict=False))
