"""Make the bundled fonts: Noto Sans JP, cut to what the interface needs.

A subset covers the interface and JIS X 0208 (levels 1 and 2), not every character a
user may paste; the system's own Japanese font comes first there. Needs fontTools (in
the test requirements) and the Noto Sans CJK collections, e.g. Debian's fonts-noto-cjk:

    .venv/bin/python packaging/make_fonts.py [FOLDER with NotoSansCJK-*.ttc]
"""

import sys
from pathlib import Path

from jis import jis_x_0208

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = ROOT / "resources" / "fonts"
STYLES = ("Regular", "Bold")
FAMILY = "Noto Sans JP"

LATIN = range(0x20, 0x180)
PUNCTUATION = range(0x2010, 0x2070)
CURRENCY = range(0x20A0, 0x20C0)
LETTERLIKE = range(0x2100, 0x2150)
ARROWS = range(0x2190, 0x2200)
OPERATORS = range(0x2200, 0x2300)
TECHNICAL = range(0x2300, 0x2400)
ENCLOSED = range(0x2460, 0x2500)
BOXES_AND_SHAPES = range(0x2500, 0x2700)
DINGBATS = range(0x2700, 0x27C0)
KANA_AND_CJK_MARKS = range(0x3000, 0x3100)
CJK_ENCLOSED = range(0x3200, 0x3400)
FULL_AND_HALF_WIDTH = range(0xFF00, 0xFFF0)

IMAGE_OF = 0x2252
ALL_EQUAL_TO = 0x224C
WIDE_EQUALS = 0xFF1D
MIDDLE_DOT = 0x30FB
# From the middle of the sign to its upper dot, in units of 1,000 to the em.
IMAGE_OF_DOT = (-240, 310)


def wanted() -> set[int]:
    """Return the code points to keep."""
    blocks = (
        LATIN,
        PUNCTUATION,
        CURRENCY,
        LETTERLIKE,
        ARROWS,
        OPERATORS,
        TECHNICAL,
        ENCLOSED,
        BOXES_AND_SHAPES,
        DINGBATS,
        KANA_AND_CJK_MARKS,
        CJK_ENCLOSED,
        FULL_AND_HALF_WIDTH,
    )
    return {code for block in blocks for code in block} | {
        ord(character) for character in jis_x_0208()
    }


def make(style: str, source: Path) -> Path:
    """Write one style and return its path."""
    from fontTools import subset
    from fontTools.ttLib import TTCollection

    collection = TTCollection(source / f"NotoSansCJK-{style}.ttc")
    font = next(
        face
        for face in collection.fonts
        if face["name"].getDebugName(1).startswith("Noto Sans CJK JP")
    )
    options = subset.Options()
    options.layout_features = ["kern", "palt", "locl", "ccmp", "liga", "mark", "tnum"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    draw_image_of(font)
    rename(font, style)
    path = TARGET / f"NotoSansJP-{style}.otf"
    font.save(path)
    return path


def draw_image_of(font: object) -> None:
    """Draw "approximately equal or image of", which the source lacks and JIS has.

    Its parts are the font's own: the bars of the wide equals sign and two middle dots.
    It takes the place of a sign that JIS lacks, as new glyphs in a font of this kind
    touch a dozen tables.
    """
    from fontTools.misc.transform import Identity
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    assert isinstance(font, TTFont)
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    if IMAGE_OF in names:
        return
    replaced = names[ALL_EQUAL_TO]
    pen = T2CharStringPen(glyphs[names[WIDE_EQUALS]].width, glyphs)
    glyphs[names[WIDE_EQUALS]].draw(pen)
    for across, up in (IMAGE_OF_DOT, (-IMAGE_OF_DOT[0], -IMAGE_OF_DOT[1])):
        glyphs[names[MIDDLE_DOT]].draw(
            TransformPen(pen, Identity.translate(across, up))
        )
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    old = strings[replaced]
    new = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)
    strings[replaced] = new
    for table in font["cmap"].tables:
        if ALL_EQUAL_TO in table.cmap:
            table.cmap[IMAGE_OF] = table.cmap.pop(ALL_EQUAL_TO)


def rename(font: object, style: str) -> None:
    """Give the subset a family name of its own.

    A system's full Noto Sans CJK JP may be installed beside it, and Qt would pick
    either. The licence reserves no font name, so "Noto Sans JP" may stay.
    """
    from fontTools.ttLib import TTFont

    assert isinstance(font, TTFont)
    names = {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}; subset",
        4: f"{FAMILY} {style}",
        6: f"NotoSansJP-{style}",
        16: None,
        17: None,
    }
    table = font["name"]
    for name_id, value in names.items():
        table.removeNames(nameID=name_id)
        if value:
            table.setName(value, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [f"NotoSansJP-{style}"]
    cff[0].FamilyName = FAMILY
    cff[0].FullName = f"{FAMILY} {style}"


def main() -> int:
    """Make every style."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    TARGET.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        path = make(style, source)
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
