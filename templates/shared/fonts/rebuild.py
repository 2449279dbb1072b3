"""Rebuild the font subsets beside this file: package folders in, WOFF2 files out.

Fetch the packages that SOURCES.md names, unpack them into one folder, and run from the project:

    mkdir /tmp/fonts && cd /tmp/fonts
    for package in noto-serif@0.4.2 noto-sans@0.4.2 noto-serif-hebrew@0.4.2 amiri@0.4.1
    do npm pack @expo-google-fonts/$package; done
    npm pack vazirmatn@33.0.3
    for archive in *.tgz; do mkdir ${archive%.tgz} && tar xzf $archive -C ${archive%.tgz}; done
    apt-get download fonts-noto-core && dpkg -x fonts-noto-core_*.deb debian
    uv run python templates/shared/fonts/rebuild.py /tmp/fonts

The same packages and the same fontTools give the same bytes.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.otBase import BaseTable
from fontTools.ttLib.woff2 import WOFF2FlavorData

FOLDER = Path(__file__).parent

LATIN_GREEK_CYRILLIC = (
    "U+0020-007E,U+00A0-017F,U+018F,U+0192,U+0218-021B,U+0259,U+02B9,U+02BB-02BE,U+02C6-02C7,U+02D8-02DD,"
    "U+0300-0304,U+0306-030C,U+0323,U+0327-0328,U+0370-03FF,U+0400-045F,U+0472-0475,U+0490-04FF,"
    "U+1E00-1EFF,U+2000-2027,U+202F-2030,U+2032-2033,U+2039-203B,U+2044,U+2060,U+2070-2089,U+20AC,"
    "U+20BA-20BE,U+2116,U+2122,U+2212,U+FB00-FB04,U+FEFF,U+FFFD"
)
# Latin letters too: a Latin word that nobody marked as such should at least come from one face, at its size.
ARABIC = (
    "U+0020-007E,U+00A0-017F,U+018F,U+0218-021B,U+0259,U+060C-06FF,U+0750-077F,U+200C-200F,U+2010-2027,"
    "U+202F,U+2039-203A,U+25CC,U+FD3E-FD3F,U+FDF2,U+FDFA"
)
HEBREW = "U+0020,U+00A0,U+0591-05C7,U+05D0-05EA,U+05EF-05F4,U+200C-200F,U+20AA,U+25CC,U+FB1D-FB4F"
INKLESS = "uni034F"
GEORGIAN = "U+0020,U+00A0,U+0589,U+10A0-10FF,U+1C90-1CBF,U+20BE,U+2D00-2D2D"
ARMENIAN = "U+0020,U+00A0,U+0308,U+0531-0556,U+0559-058F,U+25CC,U+FB13-FB17"


class Family(NamedTuple):
    """One typeface: where its TTF files lie under the package folder, and which characters are kept."""

    folder: str
    files: tuple[str, ...]
    characters: str


FAMILIES = (
    Family(
        "expo-google-fonts-noto-serif-0.4.2/package",
        (
            "NotoSerif_400Regular.ttf",
            "NotoSerif_400Regular_Italic.ttf",
            "NotoSerif_700Bold.ttf",
            "NotoSerif_700Bold_Italic.ttf",
        ),
        LATIN_GREEK_CYRILLIC,
    ),
    Family(
        "expo-google-fonts-noto-sans-0.4.2/package",
        (
            "NotoSans_400Regular.ttf",
            "NotoSans_400Regular_Italic.ttf",
            "NotoSans_700Bold.ttf",
            "NotoSans_700Bold_Italic.ttf",
        ),
        LATIN_GREEK_CYRILLIC,
    ),
    Family("expo-google-fonts-amiri-0.4.1/package", ("Amiri_400Regular.ttf", "Amiri_700Bold.ttf"), ARABIC),
    Family("vazirmatn-33.0.3/package/fonts/ttf", ("Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf"), ARABIC),
    Family(
        "expo-google-fonts-noto-serif-hebrew-0.4.2/package",
        ("NotoSerifHebrew_400Regular.ttf", "NotoSerifHebrew_700Bold.ttf"),
        HEBREW,
    ),
    Family(
        "debian/usr/share/fonts/truetype/noto",
        ("NotoSerifGeorgian-Regular.ttf", "NotoSerifGeorgian-Bold.ttf"),
        GEORGIAN,
    ),
    Family(
        "debian/usr/share/fonts/truetype/noto",
        ("NotoSerifArmenian-Regular.ttf", "NotoSerifArmenian-Bold.ttf"),
        ARMENIAN,
    ),
)


def reaches_across_space(subtable: BaseTable, spaces: set[str]) -> bool:
    """Say whether a contextual kern looks over a space (OpenType GPOS 8.3, chained contexts by coverage)."""
    if subtable.LookupType != 8 or subtable.Format != 3:
        return False
    context = (*subtable.BacktrackCoverage, *subtable.InputCoverage, *subtable.LookAheadCoverage)
    return any(spaces.intersection(coverage.glyphs) for coverage in context)


def drop_kerning_across_spaces(font: TTFont) -> None:
    """Keep words apart: a justified line sets its spaces by themselves, and such a kern would make it too long."""
    names = font.getBestCmap()
    spaces = {names[code] for code in (0x20, 0xA0) if code in names}
    for lookup in font["GPOS"].table.LookupList.Lookup:
        lookup.SubTable = [each for each in lookup.SubTable if not reaches_across_space(each, spaces)]


def add_inkless_glyph(font: TTFont) -> None:
    """Draw U+034F with nothing: marks and joined letters are read from such a glyph (stele/print/mends/codes.py)."""
    font["glyf"][INKLESS] = Glyph()
    font["hmtx"][INKLESS] = (0, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x034F] = INKLESS


def keep_outlines_as_they_are(font: TTFont) -> None:
    """Leave their transformation out: a seventh smaller, they would take thirty times as long to read.

    Every process that prints unpacks every font of the theme. WOFF2, 5.1 Transformed glyf table format
    """
    font.flavorData = WOFF2FlavorData(transformedTables=())


def rebuild(packages: Path) -> None:
    """Write every subset beside this file, from the unpacked packages in the folder `packages`."""
    # The repacker is used where a library happens to be installed, and then gives other bytes.
    options = subset.Options(layout_features=["*"], flavor="woff2", harfbuzz_repacker=False)
    for family in FAMILIES:
        for name in family.files:
            # Google's packages keep each weight in a folder of its own.
            source = next((packages / family.folder).rglob(name))
            font = subset.load_font(str(source), options)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=subset.parse_unicodes(family.characters))
            subsetter.subset(font)
            drop_kerning_across_spaces(font)
            if family.characters == HEBREW:
                add_inkless_glyph(font)
            keep_outlines_as_they_are(font)
            subset.save_font(font, str((FOLDER / name).with_suffix(".woff2")), options)


if __name__ == "__main__":
    rebuild(Path(sys.argv[1]))
