"""The booklet to read on a screen: PDF/UA-1 and PDF/A-2a in one file, by three checkers; languages, margins, folios."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from browsing import JAVA
from conftest import one_font
from pikepdf import Array, Dictionary, Name, pdfa
from PIL import Image

from stele.print.booklet import make_booklet
from stele.print.saving import pdf_bytes
from stele.sources.theme import BUILT_IN

CHECKED = ("az", "fa", "ru", "he")

# pikepdf checks PDF/A-2b by a list of what it knows: no patterns, which draw the leaders of the contents, no level A
# and no PDF/UA.
NOT_KNOWN_TO_PIKEPDF = re.compile(
    r"(patterns|shadings) are not supported|pattern colour is not supported|scn with a pattern /p\d+"
    r"|pdfaid:conformance is 'A', expected 'B'"
    r"|XMP namespace pdfa(Extension|Schema|Property)=\S+ is not permitted"
    r"|XMP property (pdfaExtension:schemas|pdfuaid:part) is not permitted"
)
# PDFBox checks PDF/A-1b: what the second part of the standard allows, the first forbids.
NOT_IN_PART_1 = re.compile(
    r"1\.4 : .*/XRef cross reference streams are not allowed"
    r"|2\.2\.1 : .*Group has a transparency S entry"
    r"|3\.1\.11 : .*The CIDSet entry is missing"
    r"|7\.11\.2 : .*part must be 1"
)
JARS = ["preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "jaxb-api", "javax.activation"]

PAGE = """<!doctype html><html lang="{tag}"><head><meta charset="utf-8"><title>A booklet</title>
<meta name="author" content="A &amp; B"><meta name="description" content="What it is about">
<meta name="front-cover" content="Front"><meta name="back-cover" content="Back">
<style>{font} @page {{ size: A5 }}
@page {{ @top-center {{ content: "Running head" }} @bottom-center {{ content: counter(page) }} }}</style>
</head><body><h1>A booklet</h1>
<p>In English, <span lang="az">Xocalı, <b>1992</b></span>, and <em>on</em>.</p><ul lang="fr"><li>un</li></ul>
<p style="break-before: page">x</p></body></html>"""


@pytest.fixture(scope="module")
def screen(printer):
    """Return a function that makes a booklet of the page above in a language, and opens it."""

    def opened(tag: str = "en") -> pikepdf.Pdf:
        made = printer(make_booklet, PAGE.format(tag=tag, font=one_font()), (BUILT_IN,), "book", False)
        return pikepdf.open(BytesIO(made.files["screen"]))

    return opened


def elements(element):
    """Yield the structure elements below one, in reading order."""
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, Array) else (kids,):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def keys(item):
    return item.keys() if isinstance(item, pikepdf.Stream) else ()


@pytest.mark.slow
@pytest.mark.parametrize("tag", CHECKED)
def test_pikepdf_finds_no_fault_in_the_sample(sample, tag):
    with pikepdf.open(sample[0] / f"output/booklets/remembrance.{tag}.screen.pdf") as pdf:
        found = {str(item.message) for item in pdfa.check(pdf, "2b").findings}
    assert [message for message in sorted(found) if not NOT_KNOWN_TO_PIKEPDF.fullmatch(message)] == []


@pytest.mark.slow
def test_pdfbox_finds_no_fault_in_the_sample(sample, tmp_path):
    for name in ("remembrance.fa", "leaflet.az"):  # one in each direction
        shutil.copy(sample[0] / f"output/booklets/{name}.screen.pdf", tmp_path)
    jars = ":".join(f"/usr/share/java/{name}.jar" for name in JARS)
    java = (*JAVA, "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b")
    output = subprocess.run([*java, "batch", tmp_path], capture_output=True, text=True, check=False).stdout
    found = re.findall(r"^\d[\d.]* : .*", output, re.MULTILINE)
    assert (output.count(".screen.pdf is"), [line for line in found if not NOT_IN_PART_1.match(line)]) == (2, [])


def test_an_element_says_its_language_where_it_is_another_than_around_it(screen):
    with screen() as pdf:
        found = [(str(item.S), str(item.get("/Lang", ""))) for item in elements(pdf.Root.StructTreeRoot)]
        assert (str(pdf.Root.Lang), [pair for pair in found if pair[1]]) == ("en", [("/Span", "az"), ("/L", "fr")])


def test_running_heads_and_folios_are_artifacts(screen):
    with screen() as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages if b"BT" in page.Contents.read_bytes()]
        marks = Counter(re.findall(rb"/(Artifact|Span)\s*<<([^>]*)>>\s*BDC", b"".join(contents)))
        leaves = [
            kid for item in elements(pdf.Root.StructTreeRoot) for kid in item.get("/K", ()) if isinstance(kid, int)
        ]
        assert len(contents) == 2
        assert marks[b"Artifact", b"/Type /Pagination"] == 2 * len(contents)
        assert sum(marks.values()) - 2 * len(contents) == len(leaves)


@pytest.mark.parametrize(
    ("tag", "labels"),
    [("en", ["Front", "2", "3", "Back"]), ("fa", ["Front", "۲", "۳", "Back"]), ("he", ["Front", "2", "3", "Back"])],
)
def test_pages_are_called_by_their_folios(screen, tag, labels):
    with screen(tag) as pdf:
        assert [page.label for page in pdf.pages] == labels


def test_title_authors_subject_and_language_are_said_twice_and_alike(screen):
    with screen() as pdf, pdf.open_metadata() as metadata:
        info = [str(pdf.docinfo[key]) for key in ("/Title", "/Author", "/Subject")]
        packet = [metadata["dc:title"], *metadata["dc:creator"], metadata["dc:description"]]
        claims = [metadata[key] for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
        assert (info, packet, claims, set(metadata["dc:language"])) == (packet, info, ["2", "A", "1"], {"en"})


def test_colours_are_srgb_and_images_are_not_smoothed(printer, tmp_path):
    Image.new("RGB", (4, 4), "red").save(tmp_path / "red.png")
    picture = f'<img alt="Red" src="{(tmp_path / "red.png").as_uri()}">'
    html = PAGE.format(tag="en", font=one_font()).replace("<ul", f"{picture}<ul")
    made = printer(make_booklet, html, (BUILT_IN, tmp_path), "book", False)
    with pikepdf.open(BytesIO(made.files["screen"])) as pdf:
        intents = [(str(item.S), int(item.DestOutputProfile.N)) for item in pdf.Root.OutputIntents]
        smoothed = [bool(item.Interpolate) for item in pdf.objects if "/Interpolate" in keys(item)]
        assert (intents, smoothed) == ([("/GTS_PDFA1", 3)], [False])


def test_no_stream_ends_in_a_carriage_return():
    """A strict reader would take it and the line feed behind it for one end of line."""
    endings = []
    for number in range(300):
        pdf = pikepdf.new()
        for _ in range(4):
            pdf.add_blank_page()
        pdf.Root.Numbers = pdf.make_indirect(Array([*range(number)]))
        pdf.Root.Metadata = pdf.make_stream(zlib.compress(bytes(range(number % 256))), Filter=Name.FlateDecode)
        endings.append(b"\r\nendstream" in pdf_bytes(pdf))
    assert endings == [False] * 300


def test_a_link_is_printed(printer):
    html = PAGE.format(tag="en", font=one_font()).replace("<ul", '<p><a href="https://example.org">there</a></p><ul')
    made = printer(make_booklet, html, (BUILT_IN,), "book", False)
    with pikepdf.open(BytesIO(made.files["screen"])) as pdf:
        flags = [int(item.F) for page in pdf.pages for item in page.get("/Annots", ())]
        types = {item.Subtype for page in pdf.pages for item in page.get("/Annots", ())}
    assert (flags, types) == ([4], {Name.Link})
