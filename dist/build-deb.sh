#!/bin/sh
# Builds the Debian package into target/debian/. Installs cargo-deb first where it is missing.
set -eu
cd "$(dirname "$0")/.."
if ! cargo deb --version >/dev/null 2>&1; then
  # A tool for this machine, not a part of the program: built apart from the program's own target folder, and it may
  # be fetched even when the program itself is built offline.
  env -u CARGO_TARGET_DIR -u CARGO_NET_OFFLINE cargo install --locked cargo-deb
fi
cargo deb --locked "$@"
ls -l "${CARGO_TARGET_DIR:-target}"/debian/*.deb
