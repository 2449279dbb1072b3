"""A booklet that is laid out chapter by chapter: the same pages as in one piece, and the same bytes whoever made it."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from stele.cache.keeping import Keeping
from stele.print import loading
from stele.print.chapters import book, copies, typefaces
from stele.print.chapters.compositor import Compositor
from stele.print.chapters.copies import Copy, beside
from stele.print.chapters.dividing import divided
from stele.print.finishing import finish
from stele.print.pdf import render
from stele.sources.theme import BUILT_IN

FACES = "".join(
    f'@font-face {{ font-family: "{name}"; src: url({(BUILT_IN / "shared/fonts" / file).as_uri()}) }}'
    for name, file in (("Serif", "NotoSerif_400Regular.woff2"), ("Naskh", "Amiri_400Regular.woff2"))
)
IMAGE = (BUILT_IN / "shared" / "ornament.svg").as_uri()
# A style that asks for the number of all pages, even if nothing has it: then the booklet is laid out as a whole.
UNDIVIDED = ".never::after { content: counter(pages) }"
STYLE = """
@page { size: 90mm 120mm; margin: 12mm 9mm 10mm 15mm; @footnote { margin-top: 2mm } }
@page :left { margin-left: 9mm; margin-right: 15mm }
@page :first { background: #eee }
@page text { @top-center { content: element(head) } @top-right { content: element(folio) } }
@page text:nth(1 of text) { @top-center { content: none } }
body { font: 10pt/14pt Serif, Naskh }
.head { position: running(head) } .running { position: running(head) }
.folio { position: running(folio) } .folio::after { content: counter(page) }
.contents, .back { break-before: page }
.contents a::after, .chapter a[href^="#"]::after { content: " " target-counter(attr(href), page) }
.chapter { page: text; break-before: page; counter-reset: footnote }
.recto { break-before: recto }
.footnote { float: footnote }
h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }
"""
WORDS = {"ltr": ("They walked through the snow to Aghdam.", "en"), "rtl": ("آنان از میان برف به آغدام رفتند.", "fa")}


def booklet(direction: str, *, style: str = "", first_words: str = "", length: int = 1) -> str:
    """Return a small booklet with all that goes from one chapter to another, `length` times as long."""
    sentence, tag = WORDS[direction]
    text = f"<p>{sentence * 9}</p>" * length
    table = f'<table><tr><th scope="col">A</th><th>B</th></tr><tr><td>{sentence}</td><td>2</td></tr></table>'
    back = '<p>Back to <a href="#two">page</a></p>'
    note = f'<span class="footnote">{sentence}</span>'
    bodies = (
        f'<p>{first_words}{note} <a href="#two--late">See</a></p>{text * 4}<h2 id="one--late">Late</h2>{table}',
        f'{table}<p>See <a href="#one--late">before</a>{note}</p>{text * 3}<h2 id="two--late">Late</h2>{back}',
        f'<p><img src="{IMAGE}" alt="Ornament" style="width: 20px; height: 20px"> <a href="https://example.org/">far</a>{note}</p>',
    )
    names = ("one", "two", "three")
    chapters = "".join(
        f'<section class="chapter {"recto" if name == "one" else ""}" id="{name}"><p class="running">{name}</p>'
        f"<h1>{name}</h1>{body}</section>"
        for name, body in zip(names, bodies, strict=True)
    )
    entries = "".join(f'<li><a href="#{name}">{name}</a></li>' for name in names)
    return (
        f'<!DOCTYPE html><html lang="{tag}" dir="{direction}"><head><title>Booklet</title>'
        f"<style>{FACES}{STYLE}{style}</style></head><body>"
        f'<section><h1>Booklet</h1></section><nav class="contents"><ol>{entries}</ol></nav>'
        f'<p class="head">Booklet</p><p class="folio"></p><main>{chapters}</main>'
        '<section class="back"><p>Colophon</p></section></body></html>'
    )


def printed(html: str, kept: Keeping | None = None) -> bytes:
    """Return the booklet as a reader gets it; runs in a worker."""
    made = render(html, (BUILT_IN,), "test", kept=kept)
    if made.diagnostics:
        raise ValueError(made.diagnostics)
    return finish(made.pdf, right_to_left='dir="rtl"' in html)


def printed_anew(html: str, processors: int = 1) -> bytes:
    """Return the booklet as a worker makes it that remembers nothing, and has so many processors."""
    book.forget()
    with having(processors):
        return printed(html)


@contextmanager
def having(processors: int):
    """Let this process have so many processors."""
    affinity, os.sched_getaffinity = os.sched_getaffinity, lambda _: set(range(processors))
    try:
        yield
    finally:
        os.sched_getaffinity = affinity


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def outline(pdf: pikepdf.Pdf) -> list[object]:
    def entries(items):
        return [(item.title, page_of(pdf, item.destination[0]), entries(item.children)) for item in items]

    with pdf.open_outline() as found:
        return entries(found.root)


def page_of(pdf: pikepdf.Pdf, page: pikepdf.Object) -> int:
    return next(number for number, other in enumerate(pdf.pages, 1) if other.objgen == page.objgen)


def links(pdf: pikepdf.Pdf) -> list[object]:
    """Return where each link stands and what it leads to."""
    flat = list(pdf.Root.Names.Dests.Names)
    named = {str(name): page_of(pdf, place[0]) for name, place in zip(flat[::2], flat[1::2], strict=True)}
    found = [(number, link) for number, page in enumerate(pdf.pages, 1) for link in page.obj.get("/Annots", ())]
    return [
        (number, [round(float(edge), 2) for edge in link.Rect], named.get(str(link.get("/Dest"))) or str(link.A.URI))
        for number, link in found
    ]


def structure(pdf: pikepdf.Pdf) -> list[object]:
    """Return the types of all elements, in their order, each with its page and the kinds of what holds it."""

    def elements(item, depth):
        kids = item.get("/K", ())
        for kid in kids if isinstance(kids, (pikepdf.Array, list)) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield depth, str(kid.S), page_of(pdf, kid.Pg), str(kid.P.S)
                yield from elements(kid, depth + 1)

    return list(elements(pdf.Root.StructTreeRoot.K[0], 0))


def held(pdf: pikepdf.Pdf) -> list[object]:
    """Return the types of the elements that hold what is on each page, and its links."""
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    content = [[str(element.S) for element in parents[int(page.obj.StructParents)]] for page in pdf.pages]
    annotations = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
    return [content, [str(parents[int(link.StructParent)].S) for link in annotations]]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_book_in_pieces_is_the_book_as_a_whole(direction, printer):
    pieces = printer(printed, booklet(direction))
    whole = printer(printed, booklet(direction, style=UNDIVIDED))
    assert pieces != whole
    assert texts(pieces) == texts(whole)
    with pikepdf.open(BytesIO(pieces)) as ours, pikepdf.open(BytesIO(whole)) as theirs:
        for look in (outline, links, structure, held):
            assert look(ours) == look(theirs)
        assert ours.Root.PageLabels == theirs.Root.PageLabels


@pytest.mark.parametrize(
    "style",
    [
        "@page :left { margin-top: 24mm }",
        "@page text:left { size: 110mm 120mm }",
        "@page :nth(9) { margin: 20mm }",
        "@page text { counter-increment: page 2 }",
        "@page text { @footnote { margin-left: 9mm } } @page text:left { @footnote { margin-left: 30mm } }",
        ".chapter h2 { break-before: left }",
    ],
)
def test_pages_that_depend_on_where_they_stand(style, printer):
    """Their pieces cannot be moved from the page on which they are laid out to the one where they stand."""
    divided_book, whole = (booklet("ltr", style=f"{style}{more}", length=2) for more in ("", UNDIVIDED))
    assert texts(printer(printed_anew, divided_book, 2)) == texts(printer(printed, whole))


def test_headers_of_tables_have_names_of_their_own(printer):
    with pikepdf.open(BytesIO(printer(printed, booklet("ltr")))) as pdf:
        names = [str(item.ID) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ID" in item]
    assert len(names) == len(set(names)) == 4


def test_the_bytes_are_the_same_in_a_warm_process_and_in_a_new_one(printer):
    edited = booklet("ltr", first_words="Edited. ")
    printer(printed, booklet("ltr"))
    assert printer(printed, edited) == printer(printed_anew, edited)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_bytes_are_the_same_with_one_processor_and_with_more(direction, printer):
    html = booklet(direction, length=5)
    made = [printer(printed_by_copies, html, processors) for processors in (1, 4)]
    assert [number for number, _ in made] == [0, 3]
    assert len({data for _, data in made}) == 1


def printed_by_copies(html: str, processors: int) -> tuple[int, bytes]:
    """Return how many copies the process made of itself for a booklet, and the booklet."""
    with copies_made() as made:
        data = printed_anew(html, processors)
    return len(made), data


@contextmanager
def copies_made():
    """Give the list to which each copy is added that this process makes of itself."""
    made, init = [], Copy.__init__

    def noted(copy, *arguments):
        made.append(copy)
        init(copy, *arguments)

    Copy.__init__ = noted
    try:
        yield made
    finally:
        Copy.__init__ = init


@pytest.mark.parametrize("answers", [0, 1])
def test_what_a_copy_fails_to_do_is_done_without_it(answers, printer):
    html = booklet("ltr", length=5)
    assert printer(printed_with_bad_copies, html, answers) == printer(printed_anew, html)


def printed_with_bad_copies(html: str, answers: int) -> bytes:
    """Return a booklet made by a process whose copies end after so many answers."""
    answer = copies._answer

    def last(connection, begin, _):
        if answers:
            connection.send(begin())
        os._exit(1)

    copies._answer = last
    try:
        return printed_anew(html, 2)
    finally:
        copies._answer = answer


def test_no_copy_outlives_a_book_that_fails(printer):
    assert not printer(has_copies_after_a_failure, booklet("ltr", length=5))


def has_copies_after_a_failure(html: str) -> bool:
    """Say whether a process has others of its own when it could not write a booklet."""
    chapter = Compositor.chapter

    def failing(*_):
        raise ValueError

    Compositor.chapter = failing
    try:
        with suppress(ValueError):
            printed_anew(html, 2)
    finally:
        Compositor.chapter = chapter
    with suppress(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
        return True
    return False


@pytest.mark.parametrize(("processors", "is_copied"), [(1, False), (2, True)])
def test_a_copy_does_work_beside_this_process(processors, is_copied, printer):
    ours, who = printer(work_beside, processors)
    assert (who != ours) == is_copied


def work_beside(processors: int) -> tuple[int, int]:
    """Return the number of this process, and that of who does some work beside it."""
    with having(processors), beside(os.getpid) as answer:
        return os.getpid(), answer()


def test_work_that_a_copy_fails_to_do_is_done_by_this_process(printer):
    assert printer(work_of_a_bad_copy)


def work_of_a_bad_copy() -> bool:
    """Say whether this process does what its copy does not, and is left without one."""
    ours = os.getpid()
    with having(2), beside(lambda: ours if os.getpid() == ours else os._exit(1)) as answer:
        is_done = answer() == ours
    with suppress(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
        return False
    return is_done


def test_no_copy_is_made_for_chapters_that_are_kept(printer):
    before, after = (booklet("ltr", length=5, first_words=words) for words in ("", "Edited. "))
    assert printer(copies_for_an_edit, before, after) == 0


def copies_for_an_edit(before: str, after: str) -> int:
    """Return how many copies the process makes of itself for the second of two booklets."""
    with having(2):
        printed(before)
        with copies_made() as made:
            printed(after)
    return len(made)


def test_an_edit_lays_out_its_own_chapter_alone(printer):
    assert printer(laid_out_for, booklet("ltr"), booklet("ltr", first_words="Edited. ")) == ["one"]


def laid_out_for(before: str, after: str) -> list[str]:
    """Return the chapters that are laid out for the second of two booklets."""
    book.forget()
    printed(before)
    return laid_out(after)[0]


def laid_out(html: str, kept: Keeping | None = None) -> tuple[list[str], bytes]:
    """Return the names of the pieces that are laid out for a booklet on one processor, and the booklet."""
    names, lay_out = [], Compositor.lay_out

    def noted(compositor, piece, *places, **sides):
        names.extend(re.findall(r'<section class="(?:chapter.*" id="|)(\w+)"', piece.html) or ["front"])
        return lay_out(compositor, piece, *places, **sides)

    Compositor.lay_out = noted
    try:
        with having(1):
            return names, printed(html, kept)
    finally:
        Compositor.lay_out = lay_out


def laid_out_by_another(html: str, kept: Keeping) -> tuple[list[str], bytes]:
    """Return what `laid_out` says in a process that met no piece and no font."""
    book.forget()
    typefaces._files.clear()
    return laid_out(html, kept)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_another_process_takes_what_is_kept(direction, tmp_path, printer):
    kept, html, edited = Keeping(tmp_path, b"ground"), booklet(direction), booklet(direction, first_words="Edited. ")
    printer(laid_out_by_another, html, kept)
    found = [printer(laid_out_by_another, each, kept) for each in (html, edited)]
    assert found == [([], printer(printed_anew, html)), (["one"], printer(printed_anew, edited))]


def test_what_was_kept_of_other_files_is_not_taken(tmp_path, printer):
    html = booklet("ltr")
    everything, made = printer(laid_out_by_another, html, Keeping(tmp_path, b"ground"))
    assert printer(laid_out_by_another, html, Keeping(tmp_path, b"other")) == (everything, made)


def test_what_is_kept_without_its_fonts_is_laid_out_again(tmp_path, printer):
    kept, html = Keeping(tmp_path, b"ground"), booklet("ltr")
    everything, made = printer(laid_out_by_another, html, kept)
    for path in (path for path in tmp_path.glob("??/*") if b"glyf" in path.read_bytes()):
        path.write_bytes(b"damaged")
    again, made_again = printer(laid_out_by_another, html, kept)
    assert (set(again), made_again) == (set(everything), made)


def test_a_file_that_changed_is_read_again(tmp_path, printer):
    assert printer(printed_with_both_styles, str(tmp_path / "style.css")) == [True, False]


def printed_with_both_styles(path: str) -> list[bool]:
    """Return whether a heading of a booklet is hidden, as its style sheet says first, and then no longer."""
    html = booklet("ltr").replace("</head>", f'<link rel="stylesheet" href="file://{path}"></head>')
    found = []
    for style in ("h2 { display: none }", "h2 { color: red }"):
        with open(path, "w") as sheet:  # noqa: PTH123
            sheet.write(style)
        data = render(html, (BUILT_IN, loading.Path(path).parent), "test").pdf
        found.append("Late" not in "".join(texts(data)))
    return found


def test_a_style_in_the_body_is_that_of_one_document(printer):
    assert printer(widths_with_a_style_in_the_body) == [559, 255, 559]


def widths_with_a_style_in_the_body() -> list[int]:
    """Return the width of the first page, in points, of a booklet that says in its body to be wider, or does not."""
    html = booklet("ltr", style=UNDIVIDED)
    wider = html.replace("<body>", "<body><style>@page { size: 559pt 700pt }</style>")
    found = []
    for each in (wider, html, wider):
        with pikepdf.open(BytesIO(render(each, (BUILT_IN,), "test").pdf)) as pdf:
            found.append(round(pdf.pages[0].mediabox[2]))
    return found


@pytest.mark.parametrize(
    "style",
    [
        "body { counter-reset: plate }",
        ".chapter { counter-increment: chapter }",
        "section h1 { string-set: title content() } .chapter h1 { string-set: none }",
        ".chapter { break-before: auto; page: auto }",
        ".folio { position: static }",
    ],
)
def test_what_chapters_have_in_common_keeps_them_together(style, printer):
    divided_book, whole = (booklet("ltr", style=f"{style}{more}") for more in ("", UNDIVIDED))
    assert printer(printed, divided_book) == printer(printed, whole)


def test_a_book_is_divided_at_its_chapters():
    head = '<html><head></head><body class="b"><p>every page</p>'
    html = (
        f'{head}<section>front <a href="#two">2</a></section><p>running</p><main><!-- <section> -->'
        '<section id="one">1<section>within</section></section> <section id="two">2 <a href="#one">1</a></section>'
        "</main><section>back</section></body></html>"
    )
    pieces = divided(html, "")
    assert [(piece.html.removeprefix(head), sorted(piece.references)) for piece in pieces] == [
        ('<section>front <a href="#two">2</a></section></body></html>', ["two"]),
        ('<p>running</p><main><section id="one">1<section>within</section></section></main></body></html>', []),
        ('<p>running</p><main><section id="two">2 <a href="#one">1</a></section></main></body></html>', ["one"]),
        ("<p>running</p><section>back</section></body></html>", []),
    ]


@pytest.mark.parametrize(
    ("html", "styles"),
    [
        ("<body><section>no main</section></body>", ""),
        ("<body><main><section>one</section></main></body>", ""),
        ("<body><main><section>1</section> between <section>2</section></main></body>", ""),
        ("<body><main><section>1</section><section>2</section></main></body>", "a { content: target-text(url(#a)) }"),
        ("<body><main><section>1</section><section>2</section></main></body>", "p { content: counter(pages) }"),
    ],
)
def test_a_book_without_chapters_is_one_piece(html, styles):
    (piece,) = divided(html, styles)
    assert (piece.html, piece.is_whole) == (html, True)
