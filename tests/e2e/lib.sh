# SPDX-License-Identifier: Apache-2.0
# What every end-to-end test uses. The caller's environment gives SAGITTA (the program), FIXTURES (the folder of
# rendered samples), HERE (this folder) and SCHEMA (the result's JSON Schema). Each test works in a folder of its own
# that is removed at the end; what it makes goes into made/.
set -u
: "${SAGITTA:?}" "${FIXTURES:?}" "${HERE:?}"

work=$(mktemp -d "${TMPDIR:-/tmp}/sagitta-e2e.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$work" || exit 1
mkdir made
LSAN_OPTIONS="suppressions=$HERE/leaks.txt:print_suppressions=0"
export LSAN_OPTIONS

fail() {
  echo "FAIL: $*" >&2
  for part in out err; do
    [ -s "$work/$part" ] && { echo "--- $part"; head -c 4000 "$work/$part"; } >&2
  done
  exit 1
}

skip() {
  echo "skipped: $*"
  exit 77
}

need() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null 2>&1 || skip "$tool is not installed"
  done
}

# expect STATUS COMMAND…: run it, its output in out and err; nothing may crash.
expect() {
  wanted=$1
  shift
  "$@" >out 2>err
  got=$?
  if grep -Eq 'Sanitizer|runtime error:' err; then fail "a sanitizer complains: $*"; fi
  [ "$got" -eq "$wanted" ] || fail "exit status $got instead of $wanted: $*"
}

# says PATTERN…: the message names each, whatever the line breaks.
says() {
  for pattern in "$@"; do
    tr '\n' ' ' <err | tr -s ' ' | grep -Eiq -- "$pattern" || fail "the message does not say '$pattern'"
  done
}

# A failure has to say more than one word and has no code number or brackets of a stack trace in it.
says_something() {
  [ "$(wc -w <err)" -ge 6 ] || fail "the message is too short to help"
}

nothing_made() {
  [ -z "$(ls -A made)" ] || fail "left behind: $(ls -A made)"
}

# wrong STATUS PATTERN COMMAND…: it fails and says so.
wrong() {
  wanted=$1
  pattern=$2
  shift 2
  expect "$wanted" "$@"
  says "$pattern"
  says_something
}

# misuse PATTERN ARGUMENT…: wrong usage of the program; it makes nothing.
misuse() {
  pattern=$1
  shift
  expect 2 "$SAGITTA" "$@"
  says "$pattern" 'Help: sagitta'
  nothing_made
}

made() {
  for file in "$@"; do [ -s "$file" ] || fail "$file was not written"; done
  [ -z "$(find made -name '.*' -type f)" ] || fail "temporary files were left: $(ls -A made)"
}

same() {
  cmp -s "$1" "$2" || fail "$1 and $2 differ: $(cmp "$1" "$2" 2>&1)"
}

json() {
  python3 "$HERE/result.py" "$@" || fail "result.py $*"
}

# picks TRUTH.csv ROLE… [@ROW]: --pick options for where the roles' markers truly are in a row, 0 unless said.
picks() {
  python3 - "$@" <<'END'
import csv, sys
path, roles, row = sys.argv[1], sys.argv[2:], 0
if roles[-1].startswith("@"):
    row = int(roles.pop()[1:])
rows = list(csv.DictReader(line for line in open(path, encoding="utf-8") if line[0] != "#"))
r = rows[row]
print(" ".join(f"--pick {k}={float(r[k + '_x']):.0f},{float(r[k + '_y']):.0f}@{r['time_s']}" for k in roles))
END
}
