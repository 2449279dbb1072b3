"""Fonts that pages load: no more letters than they show, shaped as by the whole typeface, and lawful to give away."""

from __future__ import annotations

import re
from io import BytesIO
from types import MappingProxyType

import pytest
import uharfbuzz
from conftest import ROOT, SILENCE, codes, lines, request_for
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont, woff2
from fontTools.ttLib.tables._g_l_y_f import Glyph

from stele import pipeline
from stele.artifacts import Artifact
from stele.sources import fonts, style_sheets
from stele.sources.fonts import as_woff2
from stele.sources.subsets import cut, subset
from stele.sources.theme import BUILT_IN, Theme
from stele.web import faces

SHIPPED = ROOT / "templates" / "shared" / "fonts"
THEME = Theme((BUILT_IN,))
CODE = "closed-font"


def page(path: str, tag: str, body: str) -> Artifact:
    return Artifact(
        f"site/{path}", f'<!doctype html><html lang="{tag}"><meta charset="utf-8"><title>x</title><body>{body}'.encode()
    )


def made(pages: list[Artifact], tags: set[str], chosen=MappingProxyType({})) -> dict[str, bytes]:
    found, _ = faces.collect(THEME, chosen)
    sheets, cuts = faces.files(found, [faces.characters(pages, tags)])
    files = [*sheets, *(task.function(*task.arguments) for task in cuts)]
    return {item.path.removeprefix("site/assets/"): item.data for item in files}


def letters(font: bytes) -> set[str]:
    with TTFont(BytesIO(font)) as opened:
        return set(map(chr, opened.getBestCmap()))


def unpacked(font: bytes) -> bytes:
    file = BytesIO()
    woff2.decompress(BytesIO(font), file)
    return file.getvalue()


def shaped(font: bytes, text: str, tag: str, **features: bool) -> list[tuple[int, ...]]:
    """Return the widths and places of what a font draws for a text; glyphs have other numbers in a subset."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = tag
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(font)), buffer, features)
    places = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.cluster, place.x_advance, place.x_offset, place.y_offset) for info, place in places]


@pytest.mark.parametrize(
    ("file", "tag", "text"),
    [
        ("NotoSerif_400Regular", "az", "Əhməd, İIıi şəhid ağır 1992 Vəfa"),
        ("NotoSerif_400Regular_Italic", "ru", "память погибших Ходжалы"),
        ("NotoSerif_400Regular", "vi", "Việt Nam é"),
        ("Amiri_400Regular", "fa", "خوجالی می‌گوید، ۲۶ فوریهٔ ۱۹۹۲ لا الله"),
        ("Amiri_700Bold", "ar", "مُحَمَّد خوجالي"),
        ("NotoSerifHebrew_400Regular", "he", "שָׁלוֹם"),
        ("NotoSerifGeorgian-Regular", "ka", "ხოჯალი"),
    ],
)
def test_a_subset_shapes_a_text_as_the_whole_font_does(file, tag, text):
    path = SHIPPED / f"{file}.woff2"
    part = unpacked(subset(path, 0, frozenset(map(ord, text))))
    for features in ({}, {"tnum": True}, {"onum": True}):
        assert shaped(part, text, tag, **features) == shaped(fonts.as_sfnt(path), text, tag, **features)


def test_a_subset_keeps_its_licence_and_not_its_name(tmp_path):
    (tmp_path / "chosen.ttf").write_bytes(family("SIL Open Font License"))
    with TTFont(BytesIO(subset(tmp_path / "chosen.ttf", 0, frozenset({ord("P")})))) as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names == {13: "SIL Open Font License"}


def test_the_same_letters_make_the_same_bytes():
    arguments = (SHIPPED / "NotoSerif_400Regular.woff2", 0, frozenset(map(ord, "Xocalı")))
    assert subset(*arguments) == as_woff2(cut.__wrapped__(*arguments))


def test_languages_of_one_script_share_a_file_and_all_others_one_of_the_few_letters_they_show():
    pages = [
        page("az/index.html", "az", '<p>Şəhid</p><a lang="fa">فارسی</a>'),
        page("en/index.html", "en", "<p>naïve</p>"),
        page("fa/index.html", "fa", "<p>خوجالی Human</p>"),
        page("ru/index.html", "ru", '<p>Ходжалы</p><a lang="fa">فارسی</a><a lang="az">ğ</a>'),
        page("index.html", "en", "<p>Œ</p>"),
    ]
    found = made(pages, {"az", "en", "fa", "ru"})
    assert {*"Şəï"} <= letters(found["fonts/latin/NotoSerif_400Regular.woff2"])
    assert {*"Ходжалыğ"} <= letters(found["fonts/cyrillic/NotoSerif_400Regular.woff2"])
    assert letters(found["fonts/common/Amiri_400Regular.woff2"]) == {*"فارسی", " "}
    assert {*"خوجالی Human۰۱۲"} <= letters(found["fonts/arabic/Amiri_400Regular.woff2"])
    assert {*"HumanŒ"} <= letters(found["fonts/common/NotoSerif_400Regular.woff2"])
    assert not {*"əğж"} & letters(found["fonts/common/NotoSerif_400Regular.woff2"])
    files = {name for name in found if name.startswith("fonts/") and "400Regular.woff2" in name}
    assert files == {
        "fonts/arabic/Amiri_400Regular.woff2",
        "fonts/common/Amiri_400Regular.woff2",
        "fonts/common/NotoSerif_400Regular.woff2",
        "fonts/cyrillic/NotoSerif_400Regular.woff2",
        "fonts/latin/NotoSerif_400Regular.woff2",
    }
    for script in ("latin", "cyrillic"):
        assert 'url("fonts/common/Amiri_400Regular.woff2")' in found[f"fonts.{script}.css"].decode()
    assert not [name for name in found if "NotoSans" in name or "Vazirmatn" in name or "Hebrew" in name]


def test_capitals_that_a_style_sheet_makes_are_those_of_the_language():
    found = made([page("az/index.html", "az", "<p>şəhid</p>")], {"az"})
    assert {*"ŞƏHİD"} <= letters(found["fonts/latin/NotoSerif_400Regular.woff2"])


def test_a_page_loads_a_face_only_for_letters_that_this_has():
    found = made([page("en/index.html", "en", 'ab <i lang="he">שלום</i> <i lang="ru">да</i>')], {"en"})
    sheet = found["fonts.latin.css"].decode()
    ranges = {
        match[1]: match[2]
        for match in re.finditer(
            r'font-family: "([^"]+)"; font-weight: 400; font-display.*unicode-range: (.*) }', sheet
        )
    }
    assert ranges == {"Stele Serif": "U+20-434, U+2010-2116", "Stele Hebrew": "U+20, U+5D5-5E9"}


def test_the_face_of_the_title_comes_first():
    found, _ = faces.collect(THEME, {})
    title = {"az": "Xocalı, 26 fevral 1992", "fa": "خوجالی", "he": "חוג׳אלי", "ka": "ხოჯალი", "zh": "霍贾利"}
    first = {tag: found.first(tag, f"site/{tag}/page/index.html", text) for tag, text in title.items()}
    first["fa, of Latin letters"] = found.first("fa", "site/fa/page/index.html", "DRAFT")
    first["fa, where a language is chosen"] = found.first("fa", "site/index.html", title["fa"])
    assert first == {
        "fa, of Latin letters": "site/assets/fonts/common/NotoSerif_400Regular.woff2",
        "fa, where a language is chosen": "site/assets/fonts/common/Amiri_400Regular.woff2",
        "az": "site/assets/fonts/latin/NotoSerif_400Regular.woff2",
        "fa": "site/assets/fonts/arabic/Amiri_400Regular.woff2",
        "he": "site/assets/fonts/hebrew/NotoSerifHebrew_400Regular.woff2",
        "ka": "site/assets/fonts/georgian/NotoSerifGeorgian-Regular.woff2",
        "zh": None,
    }


def test_families_are_asked_for_in_the_language_of_a_rule():
    sheet = """
    :root, [lang] { --text: "All" }
    [lang|=fa] { font-family: "Persian" }
    @media print { :lang(ka) p { font-family: "Georgian" } .title { font-family: "Title" } }
    """
    found = {tag: style_sheets.strings_for(sheet, tag) for tag in ("en", "fa-AF", "ka")}
    assert found == {"en": {"All", "Title"}, "fa-AF": {"All", "Title", "Persian"}, "ka": {"All", "Title", "Georgian"}}


def test_what_a_theme_says_beside_its_fonts_stays():
    read = style_sheets.read_fonts("@font-face { font-family: X; src: url(x.woff2) } p { color: red }")
    assert read == style_sheets.FontSheet((), "p { color: red }")


def family(licence: str = "SIL Open Font License", embedding: int = 0) -> bytes:
    """Return a font of two glyphs by the name of Plainly Chosen, with a licence and a right of embedding."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "P"])
    builder.setupCharacterMap({ord("P"): "P"})
    builder.setupGlyf({".notdef": Glyph(), "P": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "P": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Plainly Chosen", "styleName": "Regular", "licenseDescription": licence})
    builder.setupOS2(fsType=embedding)
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("embedding", "may"), [(0, True), (2, False), (4, False), (8, False), (0x100, False), (0x200, False)]
)
def test_only_a_font_that_anybody_may_install_is_open(embedding, may, tmp_path):
    (tmp_path / "chosen.ttf").write_bytes(family(embedding=embedding))
    [face] = fonts.faces_of("Plainly Chosen", [tmp_path])
    assert fonts.licence(face).is_open == may


@pytest.mark.parametrize(("embedding", "may"), [(0, True), (4, False)])
def test_a_family_that_an_editor_chose_goes_on_the_web_if_it_may(embedding, may, project):
    font = family("All rights reserved", embedding)
    folder = project({"content/page.md": "# Page\n", "templates/shared/fonts/chosen.ttf": font})
    site = folder / "content/site.toml"
    site.write_text(f'{site.read_text()}\n[fonts]\ntext = "Plainly Chosen"\n')
    outcome = pipeline.build(request_for(folder), SILENCE)
    assets = folder / "output/site/assets"
    assert ':root { --chosen-font: "Plainly Chosen" }' in (assets / "fonts.latin.css").read_text()
    assert (assets / "fonts/latin/chosen.woff2").exists() == may
    assert (assets / "fonts/Plainly Chosen.txt").exists() == may
    told = [line.split("\n")[0] for line in lines(outcome)]
    expected = "content/site.toml: warning: the font family 'Plainly Chosen' may not be put on the web: "
    assert told == ([] if may else [f"{expected}readers see it only where they have it [{CODE}]"])


@pytest.mark.parametrize(("licence", "may"), [("All rights reserved", False), ("SIL Open Font License", True)])
def test_a_family_of_the_machine_needs_a_free_licence(licence, may, tmp_path, monkeypatch):
    (tmp_path / "chosen.ttf").write_bytes(family(licence))
    monkeypatch.setattr(fonts, "system_folders", lambda: (tmp_path,))
    found, told = faces.collect(THEME, {"text": "Plainly Chosen"})
    assert (found.faces[0].family == "Plainly Chosen", bool(told)) == (may, not may)


def test_a_theme_cannot_load_fonts_from_elsewhere(project):
    sheet = """
    @font-face { font-family: "Stele Serif"; src: url(https://example.org/track.woff2) }
    @font-face { font-family: "Other"; src: url(../../../content/secret.woff2) }
    """
    folder = project({"content/page.md": "# Page\n", "templates/shared/fonts.css": sheet})
    (folder / "content/secret.woff2").write_bytes(b"secret")
    outcome = pipeline.build(request_for(folder), SILENCE)
    assert codes(outcome) == set()
    written = (folder / "output/site/assets/fonts.latin.css").read_text()
    assert "url" not in written
