"""A proof on paper by geometry: imposed sheets are printed, folded, nested and trimmed in software, and then read.

All is taken from the PDF as a printer gets it: where each page was placed, how it is turned, which marks are drawn.
The paper is modelled as it behaves. A sheet is turned on its short edge, so a point of the back lies behind the
mirrored point of the front. It is folded in the middle with the front outside. A sheet in a nest has its fold off the
spine by the thickness of all sheets around it, and its leaves stick out by as much until they are cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise, product

import pikepdf
import pytest

from stele.print.imposition.folding import SADDLE, SHEETS_PER_SIGNATURE, SIGNATURES, signature_sizes
from stele.print.imposition.office import impose
from stele.print.imposition.sheets import A3, A4, A5, LETTER, sheet_for

POINTS_PER_MM = 72 / 25.4
BLEED_MM, CALIPER_MM = 3.0, 0.12
CLOSE = 0.01  # mm; lengths are written with four decimals of a point, boxes with two

# The trimmed page, and the sheet that it is printed on.
PAIRS = {
    "A5 on A4": ((148, 210), A4),
    "half letter on letter": ((139.7, 215.9), LETTER),
    "A4 on A3": ((210, 297), A3),
    "A6 on A5": ((105, 148), A5),
    "square on A4": ((148, 148), A4),
    "small square on A4": ((130, 130), A4),
}


@cache
def booklet(pages, size_mm):
    """Return a PDF of pages with bleed, each of which says its folio in a comment, and nothing else."""
    width, height = ((length + 2 * BLEED_MM) * POINTS_PER_MM for length in size_mm)
    bleed = BLEED_MM * POINTS_PER_MM
    with pikepdf.new() as pdf:
        for folio in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(width, height))
            page.obj.TrimBox = pikepdf.Array([bleed, bleed, width - bleed, height - bleed])
            page.obj.BleedBox = pikepdf.Array([0, 0, width, height])
            page.obj.Contents = pdf.make_stream(f"% folio {folio}".encode())
        stream = BytesIO()
        pdf.save(stream)
    return stream.getvalue()


@dataclass(frozen=True)
class Placed:
    """A page as it lies on a side of a sheet, in mm from its lower left corner: the trimmed page, and what is shown."""

    folio: int
    turned: bool
    left: float
    bottom: float
    right: float
    top: float
    shown: tuple[float, float, float, float]

    @property
    def middle(self):
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Side:
    """A side as it is printed: its pages, lines (x1, y1, x2, y2) and the filled box (x, y, width, height) of a mark."""

    width: float
    height: float
    pages: tuple[Placed, ...]
    lines: tuple[tuple[float, ...], ...]
    mark: tuple[float, ...] | None

    def half(self, *, right):
        """Return the page in a half of the side, or None."""
        found = [page for page in self.pages if (page.middle > self.width / 2) is right]
        assert len(found) <= 1
        return found[0] if found else None


@dataclass(frozen=True)
class Face:
    """One face of a leaf: the page on it, and how far its edges lie from the spine of the folded nest, in mm."""

    page: Placed | None
    spine: float
    fore_edge: float


def millimetres(*lengths):
    return tuple(float(length) / POINTS_PER_MM for length in lengths)


def side_of(printed):
    """Return what a page of the imposed PDF says."""
    matrix, clip, pen, pages, lines, box, mark = None, None, None, [], [], None, None
    for operands, operator in pikepdf.parse_content_stream(printed):
        match str(operator):
            case "re":
                box = millimetres(*operands)
            case "W":
                clip = box
            case "f":
                mark = box
            case "cm":
                matrix = tuple(map(float, operands))
            case "Do":
                pages.append(placed(printed.Resources.XObject[str(operands[0])], matrix, clip))
            case "m":
                pen = millimetres(*operands)
            case "l":
                lines.append((*pen, *millimetres(*operands)))
                pen = lines[-1][2:]
    width, height = millimetres(*printed.mediabox[2:])
    return Side(width, height, tuple(pages), tuple(lines), mark)


def placed(form, matrix, clip):
    a, b, c, d, x, y = matrix
    x, y = millimetres(x, y)
    left, bottom, right, top = millimetres(*form.BBox)
    clip_left, clip_bottom, clip_width, clip_height = clip
    shown = (
        max(clip_left, left + x),
        max(clip_bottom, bottom + y),
        min(clip_left + clip_width, right + x),
        min(clip_bottom + clip_height, top + y),
    )
    return Placed(
        folio=int(form.read_bytes().split()[-1]),
        turned=(a, b, c, d) != (1, 0, 0, 1),
        left=left + BLEED_MM + x,
        bottom=bottom + BLEED_MM + y,
        right=right - BLEED_MM + x,
        top=top - BLEED_MM + y,
        shown=shown,
    )


def printed_sheets(pages, size_mm, right_to_left, binding):
    """Return the signatures of the imposed booklet, each a list of sheets, each front and back.

    A collation mark begins a signature; without any, all sheets are one nest.
    """
    pdf_bytes = impose(booklet(pages, size_mm), right_to_left=right_to_left, binding=binding, caliper_mm=CALIPER_MM)
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        sides = [side_of(page) for page in pdf.pages]
    signatures = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert back.mark is None
        if front.mark or not signatures:
            signatures.append([])
        signatures[-1].append((front, back))
    return signatures


def faces(nest, right_to_left):
    """Fold a nest of sheets and return the faces of its leaves in the order in which they are read.

    The reader turns one half of every sheet on the way in, then the other halves on the way out. The right half of a
    front has the left half of the back behind it.
    """
    first_is_right = not right_to_left
    way_in = [
        (face(front, depth, right=first_is_right), face(back, depth, right=not first_is_right))
        for depth, (front, back) in enumerate(nest)
    ]
    way_out = [
        (face(back, depth, right=first_is_right), face(front, depth, right=not first_is_right))
        for depth, (front, back) in enumerate(nest)
    ]
    return [side for leaf in (*way_in, *reversed(way_out)) for side in leaf]


def face(side, depth, *, right):
    """Return the face that a half of a side becomes; its distances are from the fold, and the fold's from the spine."""
    page, fold, off_spine = side.half(right=right), side.width / 2, depth * CALIPER_MM
    if page is None:
        return Face(None, 0, 0)
    near, far = (page.left - fold, page.right - fold) if right else (fold - page.right, fold - page.left)
    return Face(page, near + off_spine, far + off_spine)


def blanks_before_the_last(pages):
    opening = max(1, pages - 1)
    return [*range(1, opening + 1), *[None] * (-pages % 4), *range(opening + 1, pages + 1)]


def ways():
    """Yield each number of pages of A5 on A4 in all four ways, every third of other sizes in one in turn.

    Where pages stand in a sheet depends on its size, which of them stand there on their number, and neither on both.
    """
    bound = list(product((False, True), (SADDLE, SIGNATURES)))
    others = [(pair, pages) for pair in PAIRS if pair != "A5 on A4" for pages in range(4, 129, 12)]
    in_turn = [(pair, pages, [bound[row % 4]]) for row, (pair, pages) in enumerate(others)]
    for pair, pages, chosen in [*(("A5 on A4", pages, bound) for pages in range(4, 129, 4)), *in_turn]:
        for right_to_left, binding in chosen:
            direction = "from the right" if right_to_left else "from the left"
            odd = pages - pages // 4 % 4  # not every booklet has a multiple of four
            yield pytest.param(pair, odd, right_to_left, binding, id=f"{odd} pages, {pair}, {direction}, {binding}")


@pytest.mark.parametrize(("pair", "pages", "right_to_left", "binding"), list(ways()))
def test_a_folded_and_trimmed_booklet_reads_in_order_with_the_same_margins(pair, pages, right_to_left, binding):
    (width, height), sheet = PAIRS[pair]
    signatures = printed_sheets(pages, (width, height), right_to_left, binding)
    read = [side for nest in signatures for side in faces(nest, right_to_left)]
    inked = [side for side in read if side.page]

    assert [side.page and side.page.folio for side in read] == blanks_before_the_last(pages)
    assert not any(side.page.turned for side in inked)
    # Every page has its inner edge at the spine and its outer edge where the cover is cut, however deep it lies.
    assert max(abs(side.spine) for side in inked) < CLOSE
    assert max(abs(side.fore_edge - width) for side in inked) < CLOSE
    above = (sheet.height_mm - height) / 2
    assert max(abs(side.page.bottom - above) + abs(side.page.top - above - height) for side in inked) < CLOSE
    assert tuple(map(len, signatures)) == signature_sizes(pages, binding)
    printed = [side for nest in signatures for sides in nest for side in sides]
    assert {(round(side.width, 1), round(side.height, 1)) for side in printed} == {(sheet.width_mm, sheet.height_mm)}


def sides(pages, size_mm, right_to_left=False, binding=SADDLE):
    return [sheet for nest in printed_sheets(pages, size_mm, right_to_left, binding) for sheet in nest]


@pytest.mark.parametrize("right_to_left", [False, True])
def test_page_one_has_the_spine_on_the_side_where_reading_begins(right_to_left):
    (front, _), *_ = sides(16, (148, 210), right_to_left)
    cover = front.half(right=not right_to_left)
    assert cover.folio == 1
    assert (cover.right if right_to_left else cover.left) == pytest.approx(front.width / 2, abs=CLOSE)


@pytest.mark.parametrize("pair", PAIRS)
def test_bleed_is_shown_as_far_as_the_paper_goes_and_never_over_the_fold(pair):
    (width, height), sheet = PAIRS[pair]
    for front, back in sides(24, (width, height)):
        for side in (front, back):
            for page in side.pages:
                left, bottom, right, top = page.shown
                outer = (right - page.right) if page.middle > side.width / 2 else (page.left - left)
                room = page.left if page.middle < side.width / 2 else side.width - page.right
                assert outer == pytest.approx(min(BLEED_MM, room), abs=CLOSE)
                assert top - page.top == pytest.approx(min(BLEED_MM, sheet.height_mm - page.top), abs=CLOSE)
                assert page.bottom - bottom == pytest.approx(min(BLEED_MM, page.bottom), abs=CLOSE)
                inner = left if page.middle > side.width / 2 else right
                assert inner == pytest.approx(side.width / 2, abs=CLOSE)


def is_upright(line):
    return abs(line[0] - line[2]) < CLOSE


@pytest.mark.parametrize("pair", ["square on A4", "small square on A4"])
def test_cut_marks_of_all_sheets_meet_in_the_folded_booklet(pair):
    (width, height), sheet = PAIRS[pair]
    above = (sheet.height_mm - height) / 2
    for depth, sheet_sides in enumerate(sides(40, (width, height))):
        for side in sheet_sides:
            fold = side.width / 2
            uprights = {round(abs(line[0] - fold) + depth * CALIPER_MM, 2) for line in side.lines if is_upright(line)}
            levels = {round(line[1], 2) for line in side.lines if not is_upright(line)}
            assert {x for x in uprights if x > width / 2} <= {width}
            assert levels == {above, above + height}
            assert sum(abs(line[0] - fold) < CLOSE for line in side.lines) == 2


@pytest.mark.parametrize("pair", ["small square on A4"])
def test_marks_keep_off_the_bleed_where_there_is_room(pair):
    size, _ = PAIRS[pair]
    for front, back in sides(8, size):
        for side in (front, back):
            for x1, y1, x2, y2 in side.lines:
                for left, bottom, right, top in (page.shown for page in side.pages):
                    inside_x = left + CLOSE < (x1 + x2) / 2 < right - CLOSE
                    inside_y = bottom + CLOSE < (y1 + y2) / 2 < top - CLOSE
                    assert not (inside_x and inside_y)


def test_a_page_that_is_half_a_sheet_has_ticks_at_the_fold_alone():
    for front, back in sides(48, (148, 210)):
        for side in (front, back):
            assert {round(line[0], 2) for line in side.lines} == {148.5}


@pytest.mark.parametrize("pages", range(4, 200, 4))
def test_no_signature_is_starved(pages):
    sizes = signature_sizes(pages, SIGNATURES)
    assert sum(sizes) == pages // 4
    assert max(sizes) <= SHEETS_PER_SIGNATURE
    assert max(sizes) - min(sizes) <= 1
    assert pages < 20 or min(sizes) >= 2


def test_the_marks_on_the_spines_make_a_staircase():
    signatures = printed_sheets(128, (148, 210), right_to_left=False, binding=SIGNATURES)
    marks = [nest[0][0].mark for nest in signatures]
    assert {round(mark[0] + mark[2] / 2, 2) for mark in marks} == {148.5}
    falls = [round(upper[1] - lower[1], 2) for upper, lower in pairwise(marks)]
    assert (len(marks), set(falls)) == (8, {5.0})


@pytest.mark.parametrize(("size_mm", "expected"), PAIRS.values(), ids=list(PAIRS))
def test_the_sheet_is_the_smallest_whose_half_holds_the_page(size_mm, expected):
    assert sheet_for(*size_mm) == expected


def test_a_page_larger_than_a4_has_no_sheet():
    assert sheet_for(215.9, 279.4) is None
    with pytest.raises(ValueError, match=r"a page is 215.9 x 279.4 mm, which no sheet up to A3 holds twice"):
        impose(booklet(4, (215.9, 279.4)), right_to_left=False)


def test_marks_are_artifacts():
    with pikepdf.open(BytesIO(impose(booklet(32, (130, 130)), right_to_left=False, binding=SIGNATURES))) as pdf:
        for page in pdf.pages:
            inside = False
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC":
                    inside = operands[0] == "/Artifact"
                elif str(operator) == "EMC":
                    inside = False
                assert inside or str(operator) not in {"S", "f", "m", "l"}
