#!/bin/sh
# Makes the PNG sizes of the program's icon from its drawing. Needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")/../assets/icons"
command -v rsvg-convert >/dev/null || { echo "icons.sh: rsvg-convert is not installed (Debian: librsvg2-bin)" >&2; exit 69; }
for size in 16 24 32 48 64 128 256 512; do
  rsvg-convert --width "$size" --height "$size" --output "recado-$size.png" recado.svg
done
