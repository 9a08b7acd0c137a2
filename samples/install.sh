#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sh samples/install.sh PACKAGE…: installs what of these is missing on Debian or Ubuntu; elsewhere says what it would be.
set -eu

if ! command -v apt-get >/dev/null; then
  echo "There is no apt-get here, so nothing is installed. What Debian calls it:" "$@"
  exit 0
fi
missing=""
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  as_root=$(command -v sudo) || {
    echo "Packages are missing, and only root may install them, but there is no sudo. Ask whoever looks after this" >&2
    echo "machine to run the line below, then start again:" >&2
    echo "  apt-get update && apt-get install --no-install-recommends$missing" >&2
    exit 1
  }
fi
echo "Installing (a few minutes):$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
# shellcheck disable=SC2086 # words are wanted
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
