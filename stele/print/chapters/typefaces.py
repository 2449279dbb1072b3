"""What the pieces of a book drew with their fonts in, fonts of the whole book out, each file embedded once.

A piece is written without fonts. It says which glyph each code draws and what it is read as. Pieces whose codes agree
have one font together; where two disagree, the later has another that draws from the same file.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pikepdf import Object, Pdf

_NOT_KEPT = frozenset({"hb_font", "hb_face", "faces", "namesakes", "file_content"})  # belong to a process, or are large
_MAPS = ("widths", "to_unicode", "missing")
_files: dict[bytes, bytes] = {}  # by digest: each file is in memory once


class PieceFonts(dict[Any, Any]):
    """The fonts of a piece, as a document of WeasyPrint has them: they are not written with it."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font as a piece drew with it: `name` in its streams, `file` by its digest, `facts` as WeasyPrint's Font has."""

    name: str
    file: bytes
    facts: Mapping[str, Any]


def prepare() -> None:
    """Make WeasyPrint, in this process, write no fonts into pieces. Once is enough, more does no harm."""
    from weasyprint import pdf
    from weasyprint.text.ffi import ffi

    if hasattr(pdf, "build_fonts_dictionary_of_a_whole"):
        return
    ffi.cdef(
        "hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode,"
        " void *user_data, void *destroy); hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);",
    )
    pdf.build_fonts_dictionary_of_a_whole = pdf.build_fonts_dictionary
    pdf.build_fonts_dictionary = _build_none_for_pieces


def _build_none_for_pieces(pdf: Any, fonts: Any, *rest: Any) -> Any:
    import pydyf
    from weasyprint import pdf as whole

    if isinstance(fonts, PieceFonts):
        return pydyf.Dictionary()
    return whole.build_fonts_dictionary_of_a_whole(pdf, fonts, *rest)


def drawn_with(fonts: PieceFonts) -> tuple[Typeface, ...]:
    """Return the fonts of a piece that is written, whose files are `known` then."""
    return tuple(_typeface(font) for font in fonts.values())


def _typeface(font: Any) -> Typeface:
    digest = sha256(font.file_content).digest()
    _files.setdefault(digest, font.file_content)
    return Typeface(font.hash, digest, {key: value for key, value in vars(font).items() if key not in _NOT_KEPT})


def known(but: Mapping[bytes, bytes] = MappingProxyType({})) -> dict[bytes, bytes]:
    """Return the files of fonts that were drawn with in this process, by their digests, `but` some."""
    return {digest: content for digest, content in _files.items() if digest not in but}


def content(typeface: Typeface) -> bytes | None:
    """Return the file of a typeface, None if it is not known."""
    return _files.get(typeface.file)


def know(found: Mapping[bytes, bytes]) -> None:
    """Take over files of fonts that another process met."""
    for digest, content in found.items():
        _files.setdefault(digest, content)


def embed(pdf: Pdf, pieces: Sequence[tuple[Object, Sequence[Typeface]]]) -> None:
    """Put fonts into `pdf`, and into the font resources of each piece those that it drew with."""
    import pikepdf

    fonts: list[Any] = []
    used = [(resources, [(each.name, _shared(fonts, each)) for each in typefaces]) for resources, typefaces in pieces]
    with pikepdf.open(BytesIO(_written(fonts))) as written:
        _share_files(written.Root.Fonts.values())
        embedded = {key: pdf.copy_foreign(font) for key, font in written.Root.Fonts.items()}
    for resources, names in used:
        for name, font in names:
            resources[f"/{name}"] = embedded[f"/{font.hash}"]


def _share_files(fonts: Iterable[Object]) -> None:
    """Hold each file once: namesakes have it each, with the same glyphs."""
    known: dict[bytes, Object] = {}
    for font in fonts:
        if "/DescendantFonts" not in font:
            continue  # a font of pictures
        descriptor = font.DescendantFonts[0].FontDescriptor
        for key in {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            digest = sha256(descriptor[key].read_raw_bytes()).digest()
            descriptor[key] = known.setdefault(digest, descriptor[key])


def _shared(fonts: list[Any], typeface: Typeface) -> Any:
    """Return the first font that agrees with a typeface, and then draws what it draws; a new one if none does."""
    namesakes = [font for font in fonts if font.first_name == typeface.name]
    for font in namesakes:
        if font.file == typeface.file and _agree(vars(font), typeface.facts):
            for name in (*_MAPS, "codes"):
                getattr(font, name).update(typeface.facts.get(name, {}))
            return font
    fonts.append(_font(typeface, len(namesakes)))
    return fonts[-1]


def _agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether each code that both know draws the same in both, and is read the same."""
    maps = [(one[name], other[name]) for name in _MAPS]
    maps.append((_read(one), _read(other)))
    return all(ours[key] == theirs[key] for ours, theirs in maps for key in ours.keys() & theirs.keys())


def _read(facts: Mapping[str, Any]) -> dict[int, tuple[int, str]]:
    return {code: drawn for drawn, code in facts.get("codes", {}).items()}


def _font(typeface: Typeface, number: int) -> Any:
    """Return a font of WeasyPrint, with a copy of what a piece knows of it; `number` tells namesakes apart."""
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.ffi import ffi, harfbuzz

    font = Font.__new__(Font)
    vars(font).update(typeface.facts)
    for name in (*_MAPS, "codes"):
        setattr(font, name, type(typeface.facts.get(name, {}))(typeface.facts.get(name, {})))
    font.file, font.first_name, font.file_content = typeface.file, typeface.name, _files[typeface.file]
    font.hash = f"{typeface.name}{number or ''}"
    content = ffi.from_buffer(font.file_content)
    blob = ffi.gc(harfbuzz.hb_blob_create(content, len(content), 1, ffi.NULL, ffi.NULL), harfbuzz.hb_blob_destroy)
    font.hb_face = ffi.gc(harfbuzz.hb_face_create(blob, font.index), harfbuzz.hb_face_destroy)
    font.kept = content, blob  # as long as the face
    return font


def _written(fonts: Sequence[Any]) -> bytes:
    """Return a PDF whose catalog holds the fonts; namesakes are subset alike, to be one file."""
    import pydyf
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint import pdf as whole

    drawn: dict[bytes, dict[int, str]] = {}
    for font in fonts:
        drawn.setdefault(font.file + font.first_name.encode(), {}).update(font.to_unicode)
    for font in fonts:
        clean, glyphs = font.clean, drawn[font.file + font.first_name.encode()]
        font.clean = lambda _, hinting, clean=clean, glyphs=glyphs: clean(dict(sorted(glyphs.items())), hinting)
        font.to_unicode = dict(sorted(font.to_unicode.items()))
        font.widths = dict(sorted(font.widths.items()))
    pdf, output = pydyf.PDF(), BytesIO()
    named = {font.hash: font for font in fonts}
    dictionary = whole.build_fonts_dictionary_of_a_whole(pdf, named, True, True, DEFAULT_OPTIONS)
    pdf.add_object(dictionary)
    pdf.catalog["Fonts"] = dictionary.reference
    pdf.write(output, b"1.7")
    return output.getvalue()
