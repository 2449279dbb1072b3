"""Booklet HTML in, tagged PDF out, with every warning of the renderer. The door to weasyprint.

The renderer reads files only below the folders it is given and nothing from the network; its fonts are those of the
theme alone.
"""

from __future__ import annotations

import ctypes.util
import logging
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from stele.diagnostics import Diagnostic
from stele.print import inspection, loading
from stele.print.bilingual.layout import long_blocks, side_by_side
from stele.print.breaks import broken_badly
from stele.print.mends.order import MENDS
from stele.print.preflight.flaws import Untold, flaw
from stele.print.printed_words import PrintedWord, printed_words
from stele.print.roll.making import with_rolls
from stele.sources import fonts
from stele.sources.images import MAX_PIXELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from stele.print.bilingual.facing import Facing
    from stele.print.preflight.flaws import Flaw, Remark

# What WeasyPrint 70 loads by name; without the last it subsets fonts itself, slowly.
LIBRARIES = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
}

_NO_GLYPH = re.compile(r"\.notdef glyph .*\"(.)\" \(U\+", re.DOTALL)

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir>{folders}
<selectfont><acceptfont>{files}</acceptfont><rejectfont><glob>*</glob></rejectfont></selectfont></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Print:
    """A rendered booklet: the PDF, its number of pages, what the renderer had to say, and the words it should show.

    `covers` are what the HTML calls its first and its last page, empty where it does not. `flaws` are lines and
    pages that are broken badly.
    """

    pdf: bytes
    pages: int
    diagnostics: tuple[Remark, ...]
    words: tuple[PrintedWord, ...]
    covers: tuple[str, str] = ("", "")
    flaws: tuple[Flaw, ...] = ()


def can_set_type(missing: tuple[str, ...]) -> bool:
    """Say whether booklets can be made where the libraries `missing` are; without fast subsets they can."""
    return not set(missing) - {"harfbuzz-subset"}


def missing_libraries() -> tuple[str, ...]:
    """Return the names of the native libraries that this machine lacks, on Windows under their names there."""
    return tuple(name for name in LIBRARIES if not any(map(ctypes.util.find_library, (name, f"lib{name}-0"))))


def private_fonts(folder: Path, files: Iterable[Path] = ()) -> dict[str, str]:
    """Write a fontconfig configuration that knows `files` and no other font; return the environment that selects it.

    A booklet must look the same on every machine, so a glyph that the theme lacks is reported and never borrowed. What
    WeasyPrint unpacks for itself goes into `folder` too: a worker is ended before it could tidy up.
    """
    known = sorted(fonts.unpacked(file, folder) for file in files)
    folders = "".join(f"<dir>{escape(str(path))}</dir>" for path in dict.fromkeys(file.parent for file in known))
    globs = "".join(f"<glob>{escape(str(file))}</glob>" for file in known)
    config = folder / "fonts.conf"
    text = _FONTCONFIG.format(cache=escape(str(folder / "cache")), folders=folders, files=globs)
    config.write_text(text, encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config), "TMPDIR": str(folder)}


def render(html: str, roots: Sequence[Path], name: str, *, multiple_of: int = 4) -> Print:
    """Return the HTML as PDF/UA-1 with a multiple of so many pages, blanks before the last.

    `roots` are the folders from which images, style sheets and fonts may be read; `name` is what diagnostics call
    the booklet. Meant to run in a worker whose room is furnished by `private_fonts`.
    """
    with _listening() as records:
        fetcher = _fetcher(roots)
        document = _filled(_laid_out(html, fetcher), fetcher, multiple_of)
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    notes = _misprinted_notes([document], [html], name)
    return _print(document, pdf, name, [*_warnings(records, name), *_refused(fetcher, name), *notes])


def render_facing(sides: Facing, roots: Sequence[Path], name: str, *, multiple_of: int = 4) -> Print:
    """Return the two languages of a booklet on facing pages, otherwise as `render` does.

    What is longer than a page is reported, and cut off.
    """
    with _listening() as records:
        fetcher = _fetcher(roots)
        laid_out = side_by_side(sides, lambda html: _laid_out(html, fetcher))
        document = _filled(laid_out.documents[0].copy(laid_out.pages), fetcher, multiple_of)
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    found: list[Remark] = [*_warnings(records, name), *_refused(fetcher, name), *long_blocks(sides, laid_out, name)]
    found += _misprinted_notes(laid_out.documents, (sides.ours, sides.theirs), name)
    return _print(document, pdf, name, found)


def _laid_out(html: str, fetcher: Any) -> Any:
    """Return the HTML as a document of WeasyPrint, with the pages of its long rolls."""
    weasyprint = loading.weasyprint()
    for mend in MENDS:
        mend()
    _guard_images()

    def lay_out(html: str) -> Any:
        page = weasyprint.HTML(string=html, base_url=None, url_fetcher=fetcher)
        return page.render(pdf_variant="pdf/ua-1", pdf_tags=True, font_config=loading.fonts(html, fetcher.roots))

    return with_rolls(html, lay_out)


def _print(document: Any, pdf: bytes, name: str, found: list[Remark]) -> Print:
    """Return what was printed, with what is seen on its pages."""
    crowded_places = list(inspection.crowded_places(document, name))
    # What runs over its place leaves boxes and pages too: when it is shortened, these are looked at.
    found += crowded_places or inspection.overfull_boxes(document, name)
    found += inspection.untranslated_words(document, name)
    words = () if crowded_places else printed_words(document)
    flaws = () if crowded_places else tuple(broken_badly(document))
    return Print(pdf, len(document.pages), tuple(dict.fromkeys(found)), words, _covers(document), flaws)


def _covers(document: Any) -> tuple[str, str]:
    """Return the names that the HTML gives to its outer pages, for readers who move from page to page."""
    named = document.metadata.custom
    return named.get("front-cover", ""), named.get("back-cover", "")


def _filled(document: Any, fetcher: Any, multiple_of: int) -> Any:
    """Return the document with as many blank pages before its last as make a multiple of `multiple_of`."""
    weasyprint = loading.weasyprint()
    blanks = -len(document.pages) % multiple_of
    if not blanks:
        return document
    last = document.pages[-1]
    bleeds = "".join(f"; bleed-{side}: {width}px" for side, width in last.bleed.items())
    style = f"<style>@page {{ size: {last.width}px {last.height}px; margin: 0{bleeds} }}</style>"
    blank = weasyprint.HTML(string=style, url_fetcher=fetcher)
    options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "font_config": document.font_config}
    pages = [blank.render(**options).pages[0] for _ in range(blanks)]
    return document.copy([*document.pages[:-1], *pages, document.pages[-1]])


def _misprinted_notes(documents: Sequence[Any], htmls: Sequence[str], name: str) -> Iterator[Untold]:
    """Yield a flaw when the pages do not hold every note exactly once."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    pages_of: Counter[Any] = Counter()
    for page in (page for document in documents for page in document.pages):
        areas = (box for box in page._page_box.children if isinstance(box, FootnoteAreaBox))  # noqa: SLF001
        notes = (box.element for area in areas for box in area.descendants() if box.element is not None)
        pages_of.update({note for note in notes if note.get("class") == "footnote"})
    printed, written = sum(pages_of.values()), sum(html.count('<span class="footnote"') for html in htmls)
    if printed != written or len(pages_of) != written:
        yield Untold(name, flaw("misprinted-note", written=written, printed=len(pages_of), times=printed))


def _silence_fontconfig() -> None:
    """Keep WeasyPrint from saying that there is no system font: that is what `private_fonts` is for."""
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")


def _guard_images() -> None:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _fetcher(roots: Sequence[Path]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = tuple(root.resolve() for root in roots)

    class Jail(URLFetcher):  # type: ignore[misc]
        """Reads files below `allowed`, and nothing else; unpacks a font once for all booklets of a worker."""

        roots: tuple[Path, ...]
        refused: list[str]

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not _is_allowed(url, allowed):
                self.refused.append(url)
                raise ValueError("outside the project and the theme")
            if url.endswith(".woff2"):
                return URLFetcherResponse(url, fonts.as_sfnt(_path(url)), {"Content-Type": "font/sfnt"})
            return super().fetch(url, headers)

    fetcher = Jail(allowed_protocols={"file"}, allow_redirects=False)
    fetcher.roots, fetcher.refused = allowed, []
    return fetcher


def _is_allowed(url: str, roots: tuple[Path, ...]) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return False
    return any(_path(url).is_relative_to(root) for root in roots)


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path)).resolve()


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _listening:  # noqa: N801 (reads as a sentence: with _listening() as records)
    def __enter__(self) -> list[str]:
        _silence_fontconfig()
        weasyprint = loading.weasyprint()
        self.listener = _Listener()
        weasyprint.LOGGER.handlers = [self.listener]
        weasyprint.LOGGER.setLevel(logging.WARNING)
        return self.listener.messages

    def __exit__(self, *_: object) -> None:
        loading.weasyprint().LOGGER.handlers = []
        if self.listener.messages:
            loading.forget_fonts()


def _warnings(messages: list[str], name: str) -> Iterator[Remark]:
    for message in messages:
        if "outside the project and the theme" in message:
            continue  # reported with its address by the fetcher
        if lacking := _NO_GLYPH.search(message):
            yield Untold(name, flaw("missing-glyph", None, "character", character=fonts.named(lacking[1])))
        else:
            yield Diagnostic("print-warning", f"{name}: {_without_paths(message)}")


def _without_paths(message: str) -> str:
    """Return the message without folders of this machine, so that two machines report the same."""
    return re.sub(r"(?:file://)?/\S*/", "", message)


def _refused(fetcher: Any, name: str) -> Iterator[Diagnostic]:
    return (_blocked(url, name) for url in fetcher.refused)


def _blocked(url: str, name: str) -> Diagnostic:
    return Diagnostic("blocked-resource", f"{name}: {url[:120]!r} was asked for and not read")
