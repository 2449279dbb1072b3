"""Images on pages: several widths and kinds to choose from, upright, and without a word of who took them and where."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, SILENCE, lines, request_for
from lxml import html
from PIL import Image, ImageChops, ImageDraw

from stele import pipeline
from stele.sources import renditions
from stele.web.pictures import Pictures

if TYPE_CHECKING:
    from pathlib import Path

SECRET = b"Secret"


def photograph(width: int = 1000, height: int = 500, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """Return a photograph, red on its left as its camera saw it, with what a camera writes into it."""
    image = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill="red")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Secret"
    exif.get_ifd(0x8825)[2] = (39.9, 46.8, 0.0)
    file = BytesIO()
    image.save(file, kind, exif=exif, comment=SECRET, quality=95)
    return file.getvalue()


def saved(path: Path, image: Image.Image, **how) -> Path:
    image.save(path, **how)
    return path


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def rendered(path: Path, width: int, kind: str = "png") -> Image.Image:
    made = renditions.render(path, path.parent, [renditions.shape(path).at(width)], [kind])
    return Image.open(BytesIO(made[0]))


@pytest.fixture
def built(project):
    """Return a function that builds a project of one page with an image; it returns the folder of the site."""

    def build(body: str, files: dict[str, bytes], languages: tuple[str, ...] = ("en",)):
        folder = project({"content/page.md": f"# Page\n\n{body}\n", **files}, languages)
        return folder / "output/site", pipeline.build(request_for(folder), SILENCE)

    return build


def test_a_browser_chooses_among_widths_and_kinds(built):
    site, _ = built(
        "![One](a.jpg)\n\n![Two](b.png)", {"content/a.jpg": photograph(), "content/b.png": photograph(kind="PNG")}
    )
    page = html.parse(str(site / "en/page/index.html")).getroot()
    first, second = page.iter("picture")
    kinds = {source.get("type"): source.get("srcset") for source in first.iter("source")}
    assert [item.split()[1] for item in kinds["image/avif"].split(", ")] == ["480w", "960w", "1000w"]
    image = first.find(".//img")
    assert {name: image.get(name) for name in ("width", "height", "loading", "decoding", "alt")} == {
        "width": "1000", "height": "500", "loading": None, "decoding": "async", "alt": "One",
    }  # fmt: skip
    assert second.find(".//img").get("loading") == "lazy"
    named = [item.split()[0] for found in (*kinds.values(), image.get("srcset")) for item in found.split(", ")]
    sizes = [size_of(site / "en/page" / name) for name in named]
    assert sizes == 3 * [(480, 240), (960, 480), (1000, 500)]


def test_nothing_tells_where_a_photograph_was_taken(built):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://s/" s:file="/home/Secret" viewBox="0 0 9 9">'
    drawing += b"<!-- Secret --><metadata>Secret</metadata><s:view>Secret</s:view><path id='p'/></svg>"
    body = "![One](a.jpg) ![Two](b.svg)\n\n[The whole picture](a.jpg)"
    site, _ = built(body, {"content/a.jpg": photograph(), "content/b.svg": drawing})
    telling = [
        path
        for path in site.rglob("*")
        if path.is_file() and (SECRET in (data := path.read_bytes()) or b"Exif" in data)
    ]
    assert telling == []
    assert size_of(site / "assets/content/a.jpg") == (1000, 500)
    assert (site / "assets/content/b.svg").read_bytes() == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path id="p"/></svg>'
    )


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright(orientation, tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(photograph(orientation=orientation))
    shape = renditions.shape(path)
    assert (shape.width, shape.height) == ((1000, 500) if orientation < 5 else (500, 1000))
    image = rendered(path, shape.width)
    red_at = {1: (0, 0), 2: (-1, 0), 3: (-1, 0), 4: (0, 0), 5: (0, 0), 6: (0, 0), 7: (0, -1), 8: (0, -1)}[orientation]
    corner = [side % size for side, size in zip(red_at, image.size, strict=True)]
    assert image.getpixel(tuple(corner))[0] > 200


def test_colours_are_those_of_srgb(tmp_path):
    profile = next((ROOT / "stele/print/press/icc").glob("*.icc")).read_bytes()
    ink = Image.new("CMYK", (9, 9), (0, 255, 255, 0))
    bare, printed = saved(tmp_path / "bare.jpg", ink), saved(tmp_path / "printed.jpg", ink, icc_profile=profile)
    broken = saved(tmp_path / "broken.png", Image.new("RGB", (9, 9), "#6e1f2b"), icc_profile=profile)
    found = [rendered(path, 9).getpixel((4, 4)) for path in (bare, printed, broken)]
    assert found[0][0] > 250
    assert 200 < found[1][0] < 240
    assert found[2] == (0x6E, 0x1F, 0x2B)


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 100, (100, 100, 100)),
        ("LA", (100, 128), (100, 100, 100, 128)),
        ("P", 0, (0, 0, 0)),
        ("RGBA", (9, 8, 7, 6), (9, 8, 7, 6)),
        ("I;16", 0x8000, (128, 128, 128)),
    ],
)
def test_images_of_every_mode(mode, colour, expected, tmp_path):
    path = saved(tmp_path / "a.png", Image.new(mode, (40, 20), colour))
    assert rendered(path, 40).getpixel((5, 5)) == expected


def test_nothing_moves_on_a_page(tmp_path):
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "blue")]
    path = saved(tmp_path / "a.gif", frames[0], save_all=True, append_images=frames[1:])
    for kind in ("avif", "webp", "png"):
        image = rendered(path, 40, kind)
        assert getattr(image, "n_frames", 1) == 1
        assert ImageChops.difference(image.convert("RGB"), frames[0]).getextrema()[2][1] < 20


def test_an_image_cut_short_is_reported(built):
    site, outcome = built("![One](a.jpg)", {"content/a.jpg": photograph()[:3000]})
    assert [line.split("\n")[0] for line in lines(outcome) if "bad-image" in line] == [
        "content/a.jpg: error: a.jpg cannot be opened to its end [bad-image]"
    ]
    assert not site.exists()


def test_an_image_with_words_is_that_of_the_language(built):
    files = {"content/map.png": photograph(300, kind="PNG"), "content/map.az.png": photograph(400, kind="PNG")}
    site, _ = built("![A map](map.png)", files, ("en", "az"))
    shown = {tag: html.parse(str(site / tag / "page/index.html")).find(".//main//img") for tag in ("en", "az")}
    assert {tag: image.get("width") for tag, image in shown.items()} == {"en": "300", "az": "400"}


def test_an_image_of_many_pages_is_made_once(tmp_path):
    (tmp_path / "a.jpg").write_bytes(photograph())
    pictures = Pictures(tmp_path)
    for here in ("site/en/index.html", "site/az/index.html"):
        pictures.frame(html.fromstring('<p><img src="a.jpg" alt=""></p>'), here, "100vw")
    assert [task.name for task in pictures.tasks()] == ["a.jpg"]
