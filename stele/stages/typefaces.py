"""A language and its documents in, the fonts of its booklets out, and which characters none of them has."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from stele.diagnostics import Diagnostic, Location
from stele.engine import Task
from stele.print.preflight.flaws import Untold, flaw
from stele.sources import fonts, fragments
from stele.sources.settings import SITE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stele.sources.fonts import Face
    from stele.stages.reading import Desk
    from stele.stages.telling import Telling
    from stele.translation.shelf import Shelf

_SHOWN = 20  # characters around one that no font has
_HINTED = 3  # families


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family that comes before those of the theme, and its faces; both empty where the theme's own are enough."""

    family: str = ""
    faces: tuple[Face, ...] = ()


def typeface(telling: Telling, desk: Desk, tag: str) -> Typeface | None:
    """Return what a language is set in: what its editor chose, else what its script needs.

    None where the machine has no font for the script: then there is no booklet, and that is said.
    """
    chosen, needed = desk.project.fonts.get(tag) or desk.project.fonts.get("text"), fonts.needed(tag)
    if chosen is None and needed is None:
        return Typeface()
    families = (chosen,) if chosen else needed[0] if needed else ()
    for family in families:
        if faces := fonts.faces_of(family, _folders(desk)):
            return Typeface(family, faces)
    telling.found.append(_no_family(chosen, desk) if chosen else _no_font(tag, needed[1] if needed else ""))
    return Typeface() if needed is None else None


def shown(html: str) -> str:
    """Return the characters that HTML shows, each once, in their order."""
    return "".join(dict.fromkeys(fragments.plain(html)))


def uncovered(
    telling: Telling, desk: Desk, shelf: Shelf, typeface: Typeface, name: str, html: str, letters: str
) -> Iterator[Untold]:
    """Yield each character of a booklet's `html` that neither the theme nor `typeface` has, where it stands first.

    `letters` are those that it shows.
    """
    (of_theme,) = telling.do([Task("letters", fonts.theme_characters, (desk.theme,), desk.theme_files)])
    known = of_theme | fonts.characters(typeface.faces)
    for char in fonts.missing(letters, known):
        text = fragments.plain(html)
        place = text.index(char)
        around = f"…{text[max(0, place - _SHOWN) : place + _SHOWN]}…"
        families = ", ".join(fonts.families_with(ord(char), fonts.system_folders())[:_HINTED])
        found = flaw("missing-glyph", None, "text", character=fonts.named(char), text=around, families=families)
        files = (item.file for item in shelf.documents if char in f"{item.title}{item.description}{item.html}")
        yield Untold(name, found, Location(next(files, SITE_FILE)))


def _folders(desk: Desk) -> tuple[Path, ...]:
    return (*(root / "shared" / "fonts" for root in desk.theme.roots), *fonts.system_folders())


def _no_family(family: str, desk: Desk) -> Diagnostic:
    near = get_close_matches(family, fonts.families(_folders(desk)), 1, 0.5)
    other = f"did you mean {near[0]!r}? Or " if near else ""
    hint = f"{other}put its font files into templates/shared/fonts/"
    return Diagnostic("missing-font", f"there is no font family {family!r} on this machine", Location(SITE_FILE), hint)


def _no_font(tag: str, package: str) -> Diagnostic:
    message = f"this machine has no font for {tag}, so there is no booklet in it"
    hint = f"install one (on Debian: apt-get install {package}), or name another in [fonts] of {SITE_FILE}"
    return Diagnostic("missing-font", message, Location(SITE_FILE), hint)
