"""Which fonts a booklet is set in, and which characters they cover, before anything is rendered."""

from __future__ import annotations

import sys
from io import BytesIO
from types import MappingProxyType

import pikepdf
import pytest
from conftest import FONTS, ROOT, SILENCE, codes, lines, one_face, request_for
from fontTools.ttLib import TTFont, woff2

from stele import pipeline
from stele.engine import Task, run
from stele.print import loading
from stele.sources import fonts

SHIPPED = ROOT / "templates" / "shared" / "fonts"


def faces_in(pdf: bytes) -> set[str]:
    """Return the names of the fonts in a PDF, without the letters before them that say they are subsets."""
    with pikepdf.open(BytesIO(pdf)) as document:
        named = {
            str(item.BaseFont)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    return {name.rpartition("+")[2] for name in named}


def booklet(project, body: str, tag: str = "en", fonts: str = "", more: dict[str, bytes] = MappingProxyType({})):
    """Build a booklet of one short document in one language; return the outcome and its folder."""
    files = {"content/page.md": f"# Page\n\n{body}\n", FONTS: one_face(), **more}
    folder = project(files, languages=(tag,), editions="")
    site = folder / "content/site.toml"
    site.write_text(f"{site.read_text()}\n[fonts]\n{fonts}\n")
    return pipeline.build(request_for(folder, jobs=1), SILENCE), folder


def loaded(*htmls: str) -> list[int]:
    """Return numbers that tell which of the documents have the same fonts; runs in a worker."""
    made = [loading.fonts(html, ()) for html in htmls]
    return [next(number for number, other in enumerate(made) if other is one) for one in made]


def test_fonts_are_loaded_once_for_documents_that_name_the_same_and_for_no_others(printer, tmp_path):
    named, plain = tmp_path / "named.css", tmp_path / "plain.css"
    named.write_text(one_face())
    plain.write_text("p { margin: 0 }")
    links = [f'<link rel="stylesheet" href="{sheet.as_uri()}">' for sheet in (named, plain)]
    style = "<style>p { color: red }</style>"
    htmls = (links[0], "".join(links), links[0] + style, style, links[1], f"<style>{one_face()}</style>")
    assert printer(loaded, *htmls) == [0, 0, 0, 3, 3, 5]


def tools_of_fonts() -> tuple[bool, str, str]:
    """Return whether WeasyPrint was loaded without them, and what two of them do when they are called."""
    loading.weasyprint()
    from weasyprint.pdf.fonts import instantiateVariableFont, subset

    before = sys.modules.keys().isdisjoint({"fontTools.subset", "fontTools.varLib.instancer"})
    with pytest.raises(ValueError, match="fvar") as raised:
        instantiateVariableFont(TTFont(SHIPPED / "NotoSerif_400Regular.woff2"), {})
    return before, type(subset.Options()).__module__, type(raised.value).__name__


def test_tools_for_seldom_fonts_are_loaded_when_they_are_called():
    assert run([Task("tools", tools_of_fonts, ())]) == ((True, "fontTools.subset", "ValueError"),)


def test_faces_of_a_family_are_at_most_four():
    found = fonts.faces_of("Noto Serif", [SHIPPED])
    assert [(face.weight, face.italic) for face in found] == [(400, False), (400, True), (700, False), (700, True)]


def test_a_broken_font_file_has_no_faces(tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 no font")
    (tmp_path / "broken.ttc").write_bytes(b"ttcf")
    (tmp_path / "broken.woff2").write_bytes(b"wOF2" + bytes(60))
    assert fonts.families([tmp_path]) == []


def test_a_packed_font_is_unpacked_as_fonttools_does(tmp_path):
    with TTFont(SHIPPED / "Amiri_700Bold.woff2") as font:  # with its outlines taken apart, as the web has them
        font.save(tmp_path / "packed.woff2")
    for path in (SHIPPED / "Amiri_700Bold.woff2", tmp_path / "packed.woff2"):
        with path.open("rb") as packed:
            woff2.decompress(packed, unpacked := BytesIO())
        known, found = TTFont(unpacked).reader, TTFont(BytesIO(fonts.as_sfnt(path))).reader
        assert set(found.keys()) == set(known.keys())
        differ = [tag for tag in known.keys() if found[tag] != known[tag]]  # noqa: SIM118 (no mapping)
        assert differ == ["head"]  # the sum of the file


@pytest.mark.parametrize(
    ("tag", "first"),
    [
        ("zh", "Noto Serif CJK SC"),
        ("zh-TW", "Noto Serif CJK TC"),
        ("ja", "Noto Serif CJK JP"),
        ("hi", "Noto Serif Devanagari"),
    ],
)
def test_scripts_that_no_theme_can_carry(tag, first):
    needed = fonts.needed(tag)
    assert needed is not None
    assert needed[0][0] == first


def test_white_space_and_joiners_need_no_glyph():
    assert fonts.missing("a\u00a0\u200c\u2060\u00ad\n\u202fb", {ord("a")}) == ["b"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "text", "face"),
    [
        ("zh", "霍贾利，1992年2月26日", "Noto-Serif-CJK-SC"),
        ("ja", "ホジャリ、1992年2月26日", "Noto-Serif-CJK-JP"),
        ("hi", "खोजाली, 26 फ़रवरी 1992", "Noto-Serif-Devanagari"),
    ],
)
def test_a_language_of_another_script_is_set_in_a_font_of_the_machine(tag, text, face, project):
    if not any(fonts.faces_of(family, fonts.system_folders()) for family in fonts.needed(tag)[0]):
        pytest.skip("this machine has no font for it")
    outcome, folder = booklet(project, text, tag)
    assert "missing-glyph" not in codes(outcome)
    assert face in faces_in((folder / f"output/booklets/booklet.{tag}.screen.pdf").read_bytes())


def test_a_machine_without_such_a_font_is_told_so(project, monkeypatch):
    monkeypatch.setattr(fonts, "system_folders", tuple)
    outcome, folder = booklet(project, "霍贾利", "zh")
    told = [line for line in lines(outcome) if "missing-font" in line]
    assert told == [
        "content/site.toml: warning: this machine has no font for zh, so there is no booklet in it [missing-font]\n"
        "  hint: install one (on Debian: apt-get install fonts-noto-cjk), "
        "or name another in [fonts] of content/site.toml"
    ]
    assert not list((folder / "output").glob("booklets/*"))


def test_an_editor_can_choose_another_family(project, tmp_path):
    chosen = TTFont(SHIPPED / "NotoSans_400Regular.woff2")
    for record in chosen["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = "Plainly Chosen"
    chosen.save(tmp_path / "chosen.woff2")
    chosen.close()
    files = {"templates/shared/fonts/chosen.woff2": (tmp_path / "chosen.woff2").read_bytes()}
    outcome, folder = booklet(project, "Text.", fonts='text = "Plainly Chosen"', more=files)
    assert codes(outcome) == set()
    assert ':root { --chosen-font: "Plainly Chosen" }' in (folder / "output/site/assets/fonts.latin.css").read_text()
    assert "Plainly-Chosen" in faces_in((folder / "output/booklets/booklet.en.screen.pdf").read_bytes())


def test_a_family_that_is_not_there(project):
    outcome, _ = booklet(project, "Text.", fonts='text = "Noto Sanz"')
    told = next(line for line in lines(outcome) if "[missing-font]" in line)
    assert "there is no font family 'Noto Sanz' on this machine" in told
    assert "did you mean 'Noto Sans" in told


def test_a_character_that_no_font_has_is_found_before_rendering(project):
    outcome, folder = booklet(project, "A rune: ᚠ, and again ᚠ.")
    [told] = [line.split("\n")[0] for line in lines(outcome)]
    assert told.startswith("content/page.md: error: booklet.en: no font has “ᚠ” (U+16A0 RUNIC LETTER FEHU FEOH FE F)")
    assert told.endswith("A rune: ᚠ, and again ᚠ. Set …” [missing-glyph]")
    assert not (folder / "output").exists()


@pytest.mark.parametrize("value", ["3", '"a;b"', '""', '"x\\"}</style>"'])
def test_the_name_of_a_family_is_no_place_for_anything_else(value, project):
    outcome, _ = booklet(project, "Text.", fonts=f"text = {value}")
    assert codes(outcome) == {"bad-setting"}
