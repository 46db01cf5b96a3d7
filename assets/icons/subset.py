#!/usr/bin/env python3
"""Makes lucide.ttf and src/ui/theme/icons.rs out of Lucide's own font and the list in icons.txt.

Usage: assets/icons/subset.py PACKAGE
PACKAGE is the unpacked npm package `lucide-static` (1.62.0 was used). Needs fonttools.
"""

import json
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
RUST = HERE.parent.parent / "src/ui/theme/icons.rs"


def main() -> None:
    package = pathlib.Path(sys.argv[1])
    codepoints = json.loads((package / "font/codepoints.json").read_text())
    icons = [
        line.split(" ", 2)
        for line in (HERE / "icons.txt").read_text().splitlines()
        if line and not line.startswith("#")
    ]

    options = subset.Options()
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.layout_features = []
    options.hinting = False
    font = TTFont(package / "font/lucide.ttf")
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[codepoints[name] for _, name, _ in icons])
    subsetter.subset(font)
    # A line gap would push the icons out of the middle of their lines.
    font["hhea"].lineGap = 0
    font["OS/2"].sTypoLineGap = 0
    # Lucide's file says that every outline begins at 0, which is not so; left as it is, icons would be moved leftwards.
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        glyph.recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    font.save(HERE / "lucide.ttf")

    rust = ["//! The icons, as characters of the icon font. Made by `assets/icons/subset.py` from `icons.txt`.\n"]
    for constant, name, meaning in icons:
        rust.append(f"\n/// {meaning}\npub const {constant}: &str = \"\\u{{{codepoints[name]:x}}}\";")
    rust.append("\n\n/// Every icon, for tests.\npub const ALL: &[&str] = &[\n")
    rust.extend(f"    {constant},\n" for constant, _, _ in icons)
    rust.append("];\n")
    RUST.write_text("".join(rust))


main()
