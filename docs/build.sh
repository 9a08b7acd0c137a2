#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the documentation as a site of plain files: sh docs/build.sh OUT, then open OUT/index.html. No network is used,
# neither here nor by whoever reads it. Takes cmark-gfm and python3 (Debian's names), and the program, of which the page
# of options is made: SAGITTA, else build/app/sagitta, else sagitta of the PATH.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
[ $# -eq 1 ] || { echo "Usage: sh docs/build.sh OUT" >&2; exit 2; }
for tool in cmark-gfm python3; do
  command -v "$tool" >/dev/null 2>&1 || { echo "$tool is missing: apt-get install $tool" >&2; exit 3; }
done
sagitta=${SAGITTA:-$top/build/app/sagitta}
[ -x "$sagitta" ] || sagitta=$(command -v sagitta) ||
  { echo "There is no program to ask for its options: build it (sh samples/quickstart.sh), or name it in SAGITTA." >&2; exit 3; }
manual=$(mktemp -d "${TMPDIR:-/tmp}/sagitta-docs.XXXXXX")
trap 'rm -rf "$manual"' EXIT
"$sagitta" help --manual "$manual/manual" >/dev/null
python3 -B "$top/docs/site/build.py" "$top" "$manual/manual/OPTIONS.md" "$1"
