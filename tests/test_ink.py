"""What stands on the pages of a booklet can be seen, and poppler, PDFium and the gate read it as it was written."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from functools import cache
from io import BytesIO

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from stele.artifacts import Artifact
from stele.audit.auditing import Measure, of_files
from stele.audit.drifts import Yardstick
from stele.audit.ink import read_back
from stele.audit.sheets import page_texts
from stele.engine import Room, Task, run
from stele.print.mends import extraction, font_files
from stele.print.pdf import private_fonts, render
from stele.print.printed_words import packed, printed_words
from stele.sources.theme import BUILT_IN
from stele.sources.vocabulary import Vocabulary

FONTS = BUILT_IN / "shared" / "fonts"
# Each script of the theme's fonts: language, font, and a line with what is hard in it.
SCRIPTS = {
    "az": ("NotoSerif_400Regular", "Xocalı İğdır, 26 fevral 1992-ci il; “şəhidlər” — 613 nəfər."),
    "tr": ("NotoSerif_400Regular", "Hocalı’da ığdır İstanbul çığ öğüş ‘yıl’"),
    "de": ("NotoSans_400Regular", "Größe, Straße: „Übermut“ fließt (1992) ffi fl"),
    "ru": ("NotoSerif_400Regular", "«Ходжалы», ёлка — подъезд; № 366 (1992)"),
    "uk": ("NotoSerif_700Bold", "Ходжали: ґанок, їжак, об’єднання є"),
    "az-Cyrl": ("NotoSerif_400Regular_Italic", "Хоҹалы шәһәри, ҝөзәл ғыз өлдү"),
    "ka": ("NotoSerifGeorgian-Regular", "ხოჯალი ქალაქი იყო"),
    "hy": ("NotoSerifArmenian-Regular", "Խոջալու քաղաքը և մարդիկ"),
    "he": ("NotoSerifHebrew_400Regular", "חוג׳אלי הייתה עיר ״ישנה״"),
    "ar": ("Amiri_400Regular", "كانت خوجالي مدينة لا إله إلا الله محمدٌ"),
    "fa": ("Amiri_400Regular", "می‌شود سالگرد ممور قتل‌عامِ احتمالاً ژانویهٔ لطفاً"),
    "azb": ("Vazirmatn-Regular", "خوجالی‌دا گؤزل اولدو ایلده"),
}
RIGHT_TO_LEFT = {"he", "ar", "fa", "azb"}


def html(body: str, font: str, lang: str = "en", style: str = "") -> str:
    direction = "rtl" if lang in RIGHT_TO_LEFT else "ltr"
    face = f'@font-face {{ font-family: "Face"; src: url({(FONTS / font).as_uri()}.woff2) }}'
    return f"""<!doctype html><html lang="{lang}" dir="{direction}"><head><title>x</title><style>@page {{ size: A6 }}
{face} body {{ font-family: "Face" }} {style}</style></head><body>{body}</body></html>"""


@pytest.fixture
def printed(printer):
    """Return a function that prints HTML without a remark."""

    def print_html(text: str):
        made = printer(render, text, (BUILT_IN,), "x")
        assert made.diagnostics == ()
        return made

    return print_html


def found(pdf: bytes, words) -> list[tuple[str, str]]:
    return [(item.code, dict(item.flaw.values)["text"]) for item in read_back(pdf, words, "x").unreadable]


@pytest.fixture(scope="module")
def line(printer):
    """Return a function that gives the line of a script as a PDF, each made once."""

    @cache
    def made(lang: str):
        font, text = SCRIPTS[lang]
        return printer(render, html(f"<p>{text}</p>", font, lang), (BUILT_IN,), lang)

    return made


def by_poppler(pdf: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub("[\u200f\u202a-\u202e]", "", done.stdout.decode()).split()


def by_pdfium(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    text = document[len(document) - 1].get_textpage().get_text_range()
    return text.replace("\ufffe", "").split()


@pytest.mark.parametrize("lang", SCRIPTS)
def test_every_word_is_seen_and_read_by_the_gate(line, lang):
    assert (line(lang).diagnostics, found(line(lang).pdf, line(lang).words)) == ((), [])


@pytest.mark.parametrize("lang", SCRIPTS)
def test_the_gate_is_told_every_word(line, lang):
    assert Counter(word.text for word in line(lang).words) == Counter(SCRIPTS[lang][1].split())


@pytest.mark.parametrize("lang", SCRIPTS)
def test_poppler_reads_every_word(line, lang):
    assert by_poppler(line(lang).pdf) == SCRIPTS[lang][1].split()


@pytest.mark.parametrize("lang", SCRIPTS)
def test_pdfium_reads_every_word(line, lang):
    assert by_pdfium(line(lang).pdf) == SCRIPTS[lang][1].split()


@pytest.mark.parametrize("lang", ["he", "ar", "fa"])
def test_what_is_marked_and_carried_is_pdf_ua_1(line, lang):
    report = page_validation.validate_pdf_bytes(line(lang).pdf, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert (report.is_compliant, report.failures) == (True, [])


def test_the_same_line_gives_the_same_bytes(line):
    """In two processes, of which one has printed nothing else."""
    font, text = SCRIPTS["fa"]
    task = Task("fa", render, (html(f"<p>{text}</p>", font, "fa"), (BUILT_IN,), "fa"))
    (made,) = run([task], room=Room(private_fonts))
    assert made.pdf == line("fa").pdf


# Lines of both directions, with numbers beside commas and brackets, and letters with marks
MIXED = {
    "fa": ("Amiri_400Regular", "خوجالی، ۲۶ فوریهٔ ۱۹۹۲، متن (ص ۱۵) را؛ کتاب «گره» Seven Years (2005)، ۱۲٪ از متن."),
    "ar": ("Amiri_400Regular", "قُتلوا في ٢٦ فبراير ١٩٩٢، وأُعدّ نصّاً، قصيراً: (ص ٢١) سُلّموا بصوتٍ عالٍ. Black Garden, انتهى"),
    "he": ("NotoSerifHebrew_400Regular", "בְּרֵאשִׁית בָּרָא, 26 בפברואר 1992, (עמ׳ 15) Human Rights Watch, אֵת הַשָּׁמַיִם."),
}
WORD = re.compile(r"[\w\u0591-\u05c7\u064b-\u0655]+")
LATIN = f'@font-face {{ font-family: "Latin"; src: url({(FONTS / "NotoSerif_400Regular.woff2").as_uri()}) }}'


@pytest.fixture(scope="module")
def mixed():
    """Return the mixed lines as PDFs: as they are, and with an element round each number."""
    tasks = []
    for lang, (font, text) in MIXED.items():
        numbers = re.sub(r"(\d+)", r"<b>\1</b>", text)
        body = f"<p>{text}</p><p>{numbers}</p>"
        page = html(body, font, lang, f'{LATIN} body {{ font-family: "Latin", "Face" }} b {{ font-weight: inherit }}')
        tasks.append(Task(lang, render, (page, (BUILT_IN,), lang)))
    return dict(zip(MIXED, run(tasks, room=Room(private_fonts)), strict=True))


@pytest.mark.parametrize("lang", MIXED)
def test_poppler_reads_numbers_marks_and_punctuation_in_their_order(mixed, lang):
    assert by_poppler(mixed[lang].pdf) == MIXED[lang][1].split() * 2


@pytest.mark.parametrize("lang", MIXED)
def test_the_gate_reads_lines_of_both_directions(mixed, lang):
    assert (mixed[lang].diagnostics, found(mixed[lang].pdf, mixed[lang].words)) == ((), [])


@pytest.mark.parametrize("lang", MIXED)
def test_pdfium_reads_all_words_of_lines_of_both_directions(mixed, lang):
    """It gives the parts of a line in an order of its own, brackets as in a mirror, and two marks the second first."""
    texts = " ".join(by_pdfium(mixed[lang].pdf)), MIXED[lang][1]
    read, written = (unicodedata.normalize("NFD", text) for text in texts)
    assert Counter(WORD.findall(read)) == Counter(WORD.findall(written) * 2)


@pytest.mark.parametrize("lang", MIXED)
def test_lines_of_both_directions_are_pdf_ua_1(mixed, lang):
    report = page_validation.validate_pdf_bytes(mixed[lang].pdf, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert (report.is_compliant, report.failures) == (True, [])


@pytest.mark.parametrize("lang", ["he", "ar", "fa"])
def test_a_word_whose_letters_are_found_in_another_order_is_garbled(line, lang):
    turned = [word._replace(text=word.text[::-1]) for word in line(lang).words]
    long = [word.text for word in turned if len(set(word.text)) > 1]
    assert found(line(lang).pdf, packed(turned)) == [("garbled-text", text) for text in long]


# Faults, each planted where it would come from


@pytest.mark.parametrize(
    "fault",
    [
        "color: white",
        "color: transparent",
        "opacity: 0",
        "font-size: .1px",
        "visibility: hidden",
    ],
)
def test_a_word_that_styles_hide_is_found(printed, fault):
    body = f'<p>One <span style="{fault}; display: inline-block">hidden</span> word</p>'
    made = printed(html(body, "NotoSerif_400Regular"))
    assert found(made.pdf, made.words) == [("invisible-text", "hidden")]


def test_a_word_that_a_box_covers_is_found(printed):
    body = '<p>One</p><div style="position: absolute; top: 0; width: 9cm; height: 3cm; background: #eee"></div>'
    made = printed(html(body, "NotoSerif_400Regular"))
    assert found(made.pdf, made.words) == [("invisible-text", "One")]


def test_light_letters_on_a_dark_ground_are_seen(printed):
    style = "p { background: #6e1f2b; color: #f6ecdd }"
    made = printed(html("<p>Ivory</p>", "NotoSerif_400Regular", style=style))
    assert found(made.pdf, made.words) == []


# The audit reads no page again that was read here


def test_the_texts_of_all_pages_are_those_that_the_audit_reads(printed):
    body = """<div style="position: fixed; transform: rotate(-40deg)">Proof</div>
<p>One broken-off <b>word</b></p><p style="break-before: right">Two</p>"""
    made = printed(html(body, "NotoSerif_400Regular"))
    read = read_back(made.pdf, made.words, "x")
    assert (read.unreadable, read.texts) == ((), page_texts(made.pdf))
    assert [text.split() for text in read.texts] == [["One", "broken-off", "word"], [], [], ["Two"]]


def test_a_published_file_is_read_again_if_it_is_not_what_was_read(printed):
    men, women = (printed(html(f"<p>A town of 130 {who}</p>", "NotoSerif_400Regular")).pdf for who in ("men", "women"))
    texts = {Artifact("", men).sha256: page_texts(men)}
    assert [lost(pdf, texts) for pdf in (men, women)] == [[], ["A town of 130 men"]]
    assert lost(men, {**texts, **dict.fromkeys(texts, ("A town of 130 women",))}) == ["A town of 130 men"]


def lost(pdf: bytes, texts) -> list[str]:
    """Return the passages of the site that the audit misses in a booklet."""
    page = b'<html lang="en"><body><main><p>A town of 130 men</p></main></body></html>'
    artifacts = [Artifact(f"site/en/{place}index.html", page) for place in ("", "town/")]
    artifacts.append(Artifact("booklets/book.en.screen.pdf", pdf))
    measure = Measure("en", Yardstick(Vocabulary()), chapters={"book": ["town"]}, products=frozenset({"book"}))
    return [item.expected for task in of_files(artifacts, measure, texts) for item in task.function(*task.arguments)]


def test_no_word_is_forgotten_whose_page_is_not_where_it_should_be(line):
    with pytest.raises(ValueError, match="page 9"):
        read_back(line("de").pdf, packed([word._replace(page=9) for word in line("de").words]), "x")


@pytest.mark.parametrize("lang", ["de", "fa"])
def test_packed_words_tell_their_letters(line, lang):
    words = line(lang).words
    assert words.letters == {letter for word in words for letter in word.text}


def changed(pdf: bytes, change) -> bytes:
    """Return the PDF with `change` done to its first font."""
    result = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        change(next(iter(document.pages[0].Resources.Font.values())))
        document.save(result)
    return result.getvalue()


def blank_r(font) -> None:
    """Take the outline of the letter r out of the file of a font."""
    code = re.search(r"<(\w{4})> <0072>", font.ToUnicode.read_bytes().decode())[1]
    file = font.DescendantFonts[0].FontDescriptor.FontFile2
    outlines = TTFont(BytesIO(file.read_bytes()))
    outlines["glyf"][outlines.getGlyphName(int(code, 16))] = Glyph()
    written = BytesIO()
    outlines.save(written)
    file.write(written.getvalue())


def read_r_as_n(font) -> None:
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"> <0072>", b"> <006e>"))


@pytest.mark.parametrize(("fault", "code"), [(blank_r, "invisible-text"), (read_r_as_n, "garbled-text")])
def test_a_letter_that_is_not_drawn_or_not_read_is_found(printed, fault, code):
    made = printed(html("<p>One word of these.</p>", "NotoSerif_400Regular"))
    assert found(changed(made.pdf, fault), made.words) == [(code, "word")]


# Two files under one name, as in a family that is cut into subsets
TWO_FILES = html(
    "<p>ხოჯალი Ходжалы</p>",
    "NotoSerif_400Regular",
    style=f'@font-face {{ font-family: "Face"; src: url({(FONTS / "NotoSerifGeorgian-Regular.woff2").as_uri()}) }}',
)


def unmended(text: str):
    """Return a PDF as WeasyPrint makes it, and its words; runs in a worker."""
    import weasyprint

    document = weasyprint.HTML(string=text).render()
    return document.write_pdf(), packed(printed_words(document))


def test_two_font_files_under_one_name_are_kept_apart(printed):
    made = printed(TWO_FILES)
    assert ([word.text for word in made.words], found(made.pdf, made.words)) == (["ხოჯალი", "Ходжалы"], [])


def test_two_font_files_under_one_name_are_found_where_they_collide():
    (made,) = run([Task("x", unmended, (TWO_FILES,))], room=Room(private_fonts))
    assert ("invisible-text", "Ходжалы") in found(*made)


def mends_another_version() -> bool:
    import weasyprint
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    before = text.draw_first_line, Stream.add_font
    weasyprint.__version__ = "0.1"
    extraction.mend()
    font_files.mend()
    return before != (text.draw_first_line, Stream.add_font)


def test_other_versions_are_left_alone():
    assert run([Task("other", mends_another_version, ())], room=Room(private_fonts)) == (False,)
