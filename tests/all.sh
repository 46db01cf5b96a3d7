#!/usr/bin/env bash
# Runs every test of Recado. On Debian and Ubuntu it first installs what the tests need and is missing (with sudo if it
# is not run as root); elsewhere it says what to install. Nothing but Rust and a C compiler is needed before.
set -euo pipefail
cd "$(dirname "$0")/.."

# A window without a screen, a secret service, an accessibility bus, someone to press keys; reverse proxies; a sound
# server (which plays into nothing).
packages=(
  libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0
  libgl1 libegl1 libgl1-mesa-dri libfontconfig1 fontconfig ca-certificates
  xvfb x11-utils openbox dbus-daemon dbus-bin at-spi2-core gnome-keyring gcr
  python3-gi gir1.2-atspi-2.0 xdotool xclip
  nginx-light caddy
  pulseaudio
)

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
  missing=()
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  if [ "${#missing[@]}" -gt 0 ]; then
    echo "Installing for the tests: ${missing[*]}"
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -q
    # In runlevel 1 nothing that is installed is started: the tests start an nginx of their own, and port 80 stays free.
    "${as_root[@]}" env RUNLEVEL=1 apt-get install -q -y --no-install-recommends "${missing[@]}"
  fi
else
  echo "This is no Debian or Ubuntu. The desktop tests need: Xvfb, openbox, dbus, at-spi2, gnome-keyring with gcr,"
  echo "python3 with GObject introspection for Atspi, xdotool, xclip. Without them they say so and are left out."
  echo "The tests of the listener need nginx and Caddy, and fail without them. The one of voice notes plays through pulseaudio; without"
  echo "it, it says so and tries what happens where there is no sound."
fi

exec cargo test --locked "$@"
