#!/usr/bin/env bash
# Measures the whole program from outside, beside an empty window of the same toolkit: start to first picture, memory,
# work while nothing happens. Builds both for release first. Needs Xvfb, openbox, dbus-daemon and Debian's python3; the
# figures mean something only on a machine that does nothing else.
#
#   benches/window.sh [--rounds 5] [--idle SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
for program in Xvfb openbox dbus-daemon /usr/bin/python3; do
  command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 1; }
done

cargo build --locked --release --bin recado --example empty_window
target="${CARGO_TARGET_DIR:-$(cargo metadata --locked --no-deps --format-version 1 \
  | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')}"

home="$(mktemp -d)"
started=()
finish() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  rm -rf "$home"
}
trap finish EXIT

# A desktop of its own: a screen, a window manager, a message bus on which nobody is.
exec {number}<> <(:)
Xvfb -displayfd "$number" -screen 0 1360x900x24 -nolisten tcp -noreset 2>/dev/null &
started+=($!)
read -r -u "$number" display
cat >"$home/bus.conf" <<XML
<busconfig><type>session</type><listen>unix:path=$home/bus</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
XML
export DISPLAY=":$display" HOME="$home" XDG_RUNTIME_DIR="$home" DBUS_SESSION_BUS_ADDRESS="unix:path=$home/bus"
export LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1
unset WAYLAND_DISPLAY RECADO_LOG RECADO_DATA_DIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
dbus-daemon --config-file="$home/bus.conf" --nofork --nopidfile 2>/dev/null &
started+=($!)
openbox >/dev/null 2>&1 &
started+=($!)

/usr/bin/python3 benches/window.py "$target/release" "$@"
