#!/usr/bin/env python3
"""Makes the three weights of Inter that Recado carries.

Usage: assets/fonts/subset.py PACKAGE
PACKAGE is the unpacked npm package `inter-ui` (4.1.1 was used). Needs fonttools and brotli.

Two things are done to the fonts. Characters beyond Latin, Greek, Cyrillic, punctuation, arrows and currency go; and
the figures become tabular ones, because egui has no switch for OpenType features: without that every counter and
clock would wobble while it runs. The licence (OFL 1.1) reserves no font name, so the name stays.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
WEIGHTS = ["Regular", "Medium", "SemiBold"]
RANGES = [
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x0192, 0x0192), (0x018F, 0x018F), (0x01CD, 0x01DC), (0x01E6, 0x01E7),
    (0x01FA, 0x021B), (0x0237, 0x0237), (0x0259, 0x0259), (0x02BB, 0x02BC), (0x02C6, 0x02DD), (0x0300, 0x0304),
    (0x0306, 0x030C), (0x0323, 0x0328), (0x0370, 0x03FF), (0x0400, 0x045F), (0x0490, 0x0491), (0x0492, 0x0493),
    (0x04AE, 0x04AF), (0x04E8, 0x04E9), (0x1E80, 0x1E85), (0x1EA0, 0x1EF9), (0x2000, 0x206F), (0x2070, 0x209C),
    (0x20A0, 0x20C0), (0x2100, 0x215F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2318, 0x2318), (0x2325, 0x2325),
    (0x21E7, 0x21E7), (0x23CE, 0x23CF), (0x232B, 0x232B), (0x25A0, 0x25FF), (0x2713, 0x2713), (0x2717, 0x2717),
    (0xFB01, 0xFB02), (0xFFFD, 0xFFFD),
]


def tabular_figures(font: TTFont) -> dict[str, str]:
    """Which glyph the `tnum` feature puts in the place of which."""
    gsub = font["GSUB"].table
    mapping: dict[str, str] = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                mapping.update(table.mapping)
    return mapping


def main() -> None:
    package = pathlib.Path(sys.argv[1])
    for weight in WEIGHTS:
        font = TTFont(package / f"web/Inter-{weight}.woff2")
        mapping = tabular_figures(font)
        for table in font["cmap"].tables:
            for digit in range(0x30, 0x3A):
                if digit in table.cmap:
                    table.cmap[digit] = mapping.get(table.cmap[digit], table.cmap[digit])

        options = subset.Options()
        options.layout_features = ["kern", "ccmp", "locl", "mark", "mkmk"]
        options.hinting = False
        options.glyph_names = False
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
        options.notdef_outline = True
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
        subsetter.subset(font)
        font.flavor = None
        font.save(HERE / f"Inter-{weight}.ttf")


main()
