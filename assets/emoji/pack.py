#!/usr/bin/env python3
"""Makes twemoji.pack and emoji.tsv out of the npm package `emoji-datasource-twitter` (16.0.0 was used).

Usage: assets/emoji/pack.py PACKAGE
PACKAGE is the unpacked npm package. Needs Pillow.

twemoji.pack, all numbers 32 bits, little-endian:
  "RCDE", number of pictures n,
  n + 1 times: where a name starts, where a picture starts (both from the beginning of the file; the last entry says
  where the last ones end),
  the names (UTF-8, without U+FE0F, sorted by their bytes), the pictures (PNG, 64 × 64, a palette of 128 colours).

emoji.tsv, one emoji a line, in the order of the picker: group, emoji, English names.
"""

import io
import json
import pathlib
import struct
import sys

from PIL import Image

HERE = pathlib.Path(__file__).parent
COLORS = 128
GROUPS = {
    "Smileys & Emotion": "smileys",
    "People & Body": "people",
    "Animals & Nature": "animals",
    "Food & Drink": "food",
    "Travel & Places": "travel",
    "Activities": "activities",
    "Objects": "objects",
    "Symbols": "symbols",
    "Flags": "flags",
}


def text(unified: str) -> str:
    return "".join(chr(int(part, 16)) for part in unified.split("-"))


def main() -> None:
    package = pathlib.Path(sys.argv[1])
    emoji = json.loads((package / "emoji.json").read_text())

    pictures: dict[bytes, bytes] = {}
    for entry in emoji:
        for form in [entry, *entry.get("skin_variations", {}).values()]:
            if not form["has_img_twitter"]:
                continue
            name = text(form["unified"]).replace("\ufe0f", "").encode()
            picture = Image.open(package / "img/twitter/64" / form["image"]).convert("RGBA")
            small = picture.quantize(COLORS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            buffer = io.BytesIO()
            small.save(buffer, "PNG", optimize=True)
            pictures[name] = buffer.getvalue()

    names = sorted(pictures)
    at_name = 8 + 8 * (len(names) + 1)
    at_picture = at_name + sum(map(len, names))
    table = bytearray()
    for name in names:
        table += struct.pack("<II", at_name, at_picture)
        at_name += len(name)
        at_picture += len(pictures[name])
    table += struct.pack("<II", at_name, at_picture)
    pack = b"RCDE" + struct.pack("<I", len(names)) + bytes(table)
    pack += b"".join(names) + b"".join(pictures[name] for name in names)
    (HERE / "twemoji.pack").write_bytes(pack)

    lines = []
    listed = [entry for entry in emoji if entry["category"] in GROUPS and entry["has_img_twitter"]]
    order = list(GROUPS)
    for entry in sorted(listed, key=lambda e: (order.index(e["category"]), e["sort_order"])):
        names = " ".join(entry["short_names"])
        lines.append("\t".join([GROUPS[entry["category"]], text(entry["unified"]), names]))
    (HERE / "emoji.tsv").write_text("\n".join(lines) + "\n")


main()
