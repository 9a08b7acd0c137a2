#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# gate.sh format|tidy|shell|words|spoken|rooms|structs SOURCE BUILD: one look at the whole tree. 77 = the tool is not installed.
set -u
gate=$1 build=$3
cd "$2" || exit 2

need() {
  command -v "$1" >/dev/null 2>&1 || { echo "skipped: $1 is not installed"; exit 77; }
}

# Files of the tree, whether git is there or not (a released archive has none).
files() {
  find include cv calibration app samples tests \( "$@" \) -type f | sort
}

case $gate in
format)
  need clang-format
  files -name '*.c' -o -name '*.h' -o -name '*.cpp' | xargs clang-format --dry-run --Werror
  ;;
tidy)
  need clang-tidy
  [ -f "$build/compile_commands.json" ] || { echo "$build has no compile_commands.json"; exit 1; }
  find cv calibration app -name '*.c' | sort | xargs -P "$(nproc)" -n 8 clang-tidy -p "$build" --quiet 2>/dev/null
  ;;
shell)
  need shellcheck
  # shellcheck disable=SC2046 # names without blanks
  shellcheck -x -s sh -S warning -P SCRIPTDIR $(files -name '*.sh') .ci/run
  ;;
words)
  need python3
  python3 tests/gates/words.py
  ;;
spoken)
  need python3
  python3 tests/gates/spoken.py
  ;;
structs)
  need python3
  python3 tests/gates/structs.py
  ;;
rooms)
  need python3
  need nm
  python3 tests/gates/rooms.py "$build"
  ;;
*)
  echo "gate.sh: there is no gate $gate" >&2
  exit 2
  ;;
esac
