"""The pages of a site and the fonts of its theme in, fonts of no more letters than these show out, and their sheets.

A page loads one file for each face that it shows: letters of two files are neither joined nor kerned with each other.
Languages of one script share the files of the faces that write it. Of a face for other scripts pages show a few
letters, as in the names of languages: all pages share one file of these. The names of the files stay, so a page that a
reader has kept still finds them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, groupby
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from stele.artifacts import Artifact
from stele.diagnostics import Diagnostic, Location
from stele.engine import Task
from stele.language.casing import keyword, upper
from stele.language.numbers import native_digits
from stele.language.scripts import script, script_of
from stele.sources import fonts, fragments, style_sheets
from stele.sources.settings import SITE_FILE
from stele.sources.subsets import subset
from stele.web.addresses import ASSETS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from stele.sources.theme import Theme

    # By folder of files: its languages, and the characters that pages show, by their language.
    Shown = dict[str, tuple[set[str], dict[str, set[str]]]]

SHEET = "shared/fonts.css"
# What pages of all scripts share. Those outside of the folders of languages, where a reader chooses one, have no other.
_COMMON = "common"
# Every face keeps these in the languages it is made for: an edit of a page seldom changes a file that readers have.
_ALWAYS = frozenset([*range(0x20, 0x7F), *range(0xA0, 0xC0), *range(0x2010, 0x2028), 0x202F, 0x2039, 0x203A, 0x2116])
# The others keep the space: lines are measured by the first font of a stack that has it (CSS Fonts 4, 2.1.3).
# What the licence of a font of the machine is called if it lets everybody pass the font on.
_FREE = re.compile(r"(Open Font|Apache|Ubuntu Font) Licen[cs]e|\b(OFL|Bitstream|GUST|GPL)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebFace:
    """A face that pages may show: number `index` of the font file at `path`, as ``@font-face`` describes it."""

    family: str
    path: Path
    index: int
    descriptors: Mapping[str, str]

    @property
    def name(self) -> str:
        """Return what its files are called, in one folder for each script."""
        return f"{self.path.stem}-{self.index}.woff2" if self.index else f"{self.path.stem}.woff2"

    @property
    def is_regular(self) -> bool:
        """Say whether running text is set in it."""
        weight, style = (self.descriptors.get(f"font-{name}", "normal") for name in ("weight", "style"))
        return weight in ("400", "normal") and style == "normal"

    def has(self, characters: Iterable[str]) -> frozenset[int]:
        """Return the code points of those of `characters` for which it has a glyph."""
        return fonts.characters([self._face]).intersection(map(ord, characters))

    def writes(self, wanted: str) -> bool:
        """Say whether it has letters of the script `wanted`."""
        return wanted in _scripts(self._face)

    @property
    def _face(self) -> fonts.Face:
        return fonts.Face(self.path, self.index, self.family, 400, False)


@dataclass(frozen=True, slots=True)
class Faces:
    """All faces that pages may show, those that an editor chose first.

    `chosen` are families by language tag or ``text``, `sheets` the style sheets that name families, `rest` what the
    sheet of the fonts says besides, and `licences` the texts of those that do not come with the theme, by family.
    """

    faces: tuple[WebFace, ...]
    chosen: Mapping[str, str]
    sheets: tuple[str, ...]
    rest: str
    licences: Mapping[str, str]
    _known: dict[tuple[str, str, str], str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def read(self) -> None:
        """Read which characters the faces have: who asks for the first time waits for it."""
        for face in self.faces:
            face.has("")

    def families(self, tag: str) -> frozenset[str]:
        """Return the families in which a text in the language of `tag` may be set."""
        named = (style_sheets.strings_for(sheet, tag) for sheet in self.sheets)
        return frozenset([self.chosen.get(tag, self.chosen.get("text", ""))]).union(*named)

    def first(self, tag: str, here: str, title: str) -> str | None:
        """Return the file that the page at `here` needs before all others: the face in which `title` is set.

        None where no font of the site has its letters.
        """
        folder = _folder(here, tag)
        if (folder, tag, title) not in self._known:  # all pages of a language have one title
            families, letters = self.families(tag), {char for char in title if char.isalpha()}
            fit = (face for face in self.faces if face.is_regular and face.family in families)
            files = (self.file(face, folder, {tag}) for face in fit if len(face.has(letters)) == len(letters) > 0)
            self._known[folder, tag, title] = next(files, None)
        return self._known[folder, tag, title]

    def file(self, face: WebFace, folder: str, tags: Iterable[str]) -> str:
        """Return the file of `face` that pages load which take theirs from `folder`, in the languages of `tags`."""
        is_own = folder != _COMMON and any(
            face.family in self.families(tag) and face.writes(script_of(tag)) for tag in tags
        )
        return f"{ASSETS}/fonts/{folder if is_own else _COMMON}/{face.name}"


NO_FACES = Faces((), {}, (), "", {})


def sheet(tag: str, here: str) -> str:
    """Return the style sheet of the fonts for the page at `here`, in the language of `tag`."""
    return f"{ASSETS}/fonts.{_folder(here, tag)}.css"


@cache
def _scripts(face: fonts.Face) -> frozenset[str]:
    """Return the scripts of which a face has letters."""
    return frozenset(script(letter) for letter in map(chr, fonts.characters([face])) if letter.isalpha())


def _folder(here: str, tag: str) -> str:
    if here.count("/") == 1:
        return _COMMON
    script = script_of(tag)
    return tag.partition("-")[0] if script == "another" else keyword(script)


def collect(theme: Theme, chosen: Mapping[str, str]) -> tuple[Faces, list[Diagnostic]]:
    """Return the faces of a theme and of the families that an editor chose, and which of these may not go on the web.

    A family of the machine goes there if its licence lets everybody pass it on; one that lies in templates/ was put
    there for that. Of any other, pages only say the name, and readers see it if they have it.
    """
    declared = style_sheets.read_fonts(theme.find(SHEET).read_text(encoding="utf-8"))
    files = theme.files("shared", fonts.SUFFIXES)
    ours = [
        WebFace(face.family, files[name], 0, face.descriptors)
        for face in declared.faces
        if (name := f"shared/{unquote(face.address)}") in files
    ]
    unknown = dict.fromkeys(family for family in chosen.values() if family not in {face.family for face in ours})
    found = {family: fonts.faces_of(family, _folders(theme)) for family in unknown}
    closed = [family for family, faces in found.items() if not all(_may_be_given(face, theme) for face in faces)]
    picked = {family: faces for family, faces in found.items() if faces and family not in closed}
    sheets = tuple(path.read_text(encoding="utf-8") for path in theme.files("site", (".css",)).values())
    licences = {
        family: "\n\n".join(dict.fromkeys(fonts.licence(face).text for face in faces))
        for family, faces in picked.items()
    }
    faces = (*(_web_face(face) for group in picked.values() for face in group), *ours)
    return Faces(faces, chosen, sheets, declared.rest, licences), [_closed(family) for family in closed]


def _folders(theme: Theme) -> tuple[Path, ...]:
    return (*(root / "shared" / "fonts" for root in theme.roots), *fonts.system_folders())


def _may_be_given(face: fonts.Face, theme: Theme) -> bool:
    stated = fonts.licence(face)
    is_of_theme = any(face.path.is_relative_to(root) for root in theme.roots)
    return stated.is_open and (is_of_theme or _FREE.search(stated.text) is not None)


def _web_face(face: fonts.Face) -> WebFace:
    style = "italic" if face.italic else "normal"
    return WebFace(face.family, face.path, face.index, {"font-weight": str(face.weight), "font-style": style})


def _closed(family: str) -> Diagnostic:
    message = f"the font family {family!r} may not be put on the web: readers see it only where they have it"
    hint = "choose one under a free licence, or put files that you may publish into templates/shared/fonts/"
    return Diagnostic("closed-font", message, Location(SITE_FILE), hint)


def files(faces: Faces, shown: Iterable[Shown]) -> tuple[list[Artifact], list[Task[Artifact]]]:
    """Return the sheets that declare the fonts of what pages show, and licences; the fonts come of the tasks."""
    made, tasks = list[Artifact](), list[Task[Artifact]]()
    groups = [_Group.of(faces, folder, *pages) for folder, pages in _together(shown).items()]
    rules = defaultdict[str, list[str]](list)
    for face in faces.faces:
        sharing = defaultdict[str, list[_Group]](list)
        for group in groups:
            if face.has(group.letters(face)):
                sharing[faces.file(face, group.folder, group.homes)].append(group)
        for path, some in sharing.items():
            kept = face.has(chain.from_iterable(group.kept(face) for group in some))
            tasks.append(Task(path, cut_out, (path, face.path, face.index, kept), (face.path,)))
            for group in some:
                rules[group.folder].append(_rule(face, path, _ranges(kept, group.everything)))
    rest = [*filter(None, [faces.rest]), *_choices(faces.chosen)]
    for group in groups:
        whole = "\n".join([*rules[group.folder], *rest])
        made.append(Artifact(f"{ASSETS}/fonts.{group.folder}.css", f"{whole}\n".encode()))
    made += [Artifact(f"{ASSETS}/fonts/{family}.txt", f"{text}\n".encode()) for family, text in faces.licences.items()]
    return made, tasks


@dataclass(frozen=True, slots=True)
class _Group:
    """Pages that load one sheet, in the languages `homes`: what they show, and in which families, by language.

    `everything` are the code points of all that they show.
    """

    folder: str
    homes: Collection[str]
    texts: Mapping[str, Collection[str]]
    families: Mapping[str, frozenset[str]]
    everything: frozenset[int]

    @classmethod
    def of(cls, faces: Faces, folder: str, homes: Collection[str], shown: Mapping[str, set[str]]) -> _Group:
        """Return the pages of `homes` that show these characters, and what style sheets add to them."""
        texts = {tag: characters.union(*(upper(char, tag) for char in characters)) for tag, characters in shown.items()}
        for tag in homes:
            texts[tag] |= _of_sheets(faces.sheets, tag)
        families = {tag: faces.families(tag) for tag in texts}
        return cls(folder, homes, texts, families, frozenset(map(ord, chain.from_iterable(texts.values()))))

    def letters(self, face: WebFace) -> set[str]:
        """Return what its pages show in the family of `face`."""
        return set().union(*(text for tag, text in self.texts.items() if face.family in self.families[tag]))

    def kept(self, face: WebFace) -> Iterator[str]:
        """Yield what a file of `face` has for its pages."""
        yield from self.letters(face)
        is_home = any(face.family in self.families[tag] for tag in self.homes)
        yield from map(chr, _ALWAYS) if is_home else " "


def characters(pages: Iterable[Artifact], tags: Collection[str]) -> Shown:
    """Return for each folder of files its languages, of `tags`, and the characters that its pages show, by language."""
    found: Shown = {}
    for page in pages:
        place = page.path.split("/")[1]
        if page.path.endswith(".html") and (place in tags or page.path.count("/") == 1):
            homes, shown = found.setdefault(_folder(page.path, place), (set(), defaultdict(set)))
            homes.update({place} & {*tags})
            for tag, text in fragments.runs_of_page(page.data):
                shown[tag].update(text)
    return found


def _together(shown: Iterable[Shown]) -> Shown:
    """Return the same of more pages."""
    found: Shown = {}
    for folder, (homes, by_tag) in (item for some in shown for item in some.items()):
        known = found.setdefault(folder, (set(), defaultdict(set)))
        known[0].update(homes)
        for tag, text in by_tag.items():
            known[1][tag].update(text)
    return found


def cut_out(path: str, font: Path, index: int, characters: frozenset[int]) -> Artifact:
    """Return face `index` of a font file with these code points, to be published at `path`."""
    return Artifact(path, subset(font, index, characters))


def _of_sheets(sheets: Iterable[str], tag: str) -> set[str]:
    """Return what style sheets print of themselves in a language: marks, and the numbers of lists."""
    written = {char for sheet in sheets for text in style_sheets.strings(sheet) for char in text}
    return {*written, *native_digits("0123456789", tag)}


def _ranges(kept: Collection[int], everything: Collection[int]) -> str:
    """Return code points as ``unicode-range``, across gaps of which no page shows a character."""
    in_order = sorted({*kept, *everything})
    runs = [list(run) for is_kept, run in groupby(in_order, key=lambda code: code in kept) if is_kept]
    return ", ".join(f"U+{run[0]:X}" if len(run) == 1 else f"U+{run[0]:X}-{run[-1]:X}" for run in runs)


def _rule(face: WebFace, path: str, ranges: str) -> str:
    described = {
        "font-family": f'"{face.family}"',
        **face.descriptors,
        "font-display": "swap",
        "src": f'url("{quote(path.removeprefix(f"{ASSETS}/"))}") format("woff2")',
        "unicode-range": ranges,
    }
    return "@font-face { " + "; ".join(f"{name}: {value}" for name, value in described.items()) + " }"


def _choices(chosen: Mapping[str, str]) -> Iterator[str]:
    for key, family in sorted(chosen.items(), key=lambda pair: pair[0] != "text"):
        yield f'{":root" if key == "text" else f"[lang={key}]"} {{ --chosen-font: "{family}" }}'
