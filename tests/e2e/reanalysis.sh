# SPDX-License-Identifier: Apache-2.0
# Protects: everything right of the tracks can be done again from the tracks file alone, to the byte; a person who
# faces the other way gets the same numbers.
. "$HERE/lib.sh"
need python3

for set in clinic strip discs; do
  expect 0 "$SAGITTA" analyze "$FIXTURES/$set.mp4" --json made/video.json --tracks made/t.csv --angles made/video.csv
  expect 0 "$SAGITTA" analyze made/t.csv --json made/tracks.json --angles made/tracks.csv --tracks made/again.csv
  json equal made/video.json made/tracks.json repetitions summary verdict test marker_set facing settings
  same made/video.csv made/tracks.csv
  same made/t.csv made/again.csv

  # The same recording in a mirror: x counts from the other side, axes lean the other way.
  python3 - made/t.csv made/mirror.csv <<'END'
import re, sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
width = int(re.search(r"width=(\d+)", lines[0]).group(1))
names = lines[1].split(",")
def turn(name, cell):
    if cell and name.endswith("_x"):
        return f"{width - float(cell):.4f}"
    if cell and name.endswith("_axis"):
        return f"{-float(cell):.2f}"
    return cell
rows = [",".join(map(turn, names, line.split(","))) if line else line for line in lines[2:]]
open(sys.argv[2], "w", encoding="utf-8", newline="\n").write("\n".join(lines[:2] + rows))
END
  expect 0 "$SAGITTA" analyze made/mirror.csv --json made/mirror.json --angles made/mirrored.csv
  json equal made/video.json made/mirror.json repetitions summary
  [ "$(json get made/video.json facing)" != "$(json get made/mirror.json facing)" ] || fail "faces the same way"
done

# Standard output gets what a file gets, and nothing else.
expect 0 "$SAGITTA" analyze made/t.csv --json made/file.json
"$SAGITTA" analyze made/t.csv --json - >made/pipe.json 2>err || fail "--json - fails"
same made/file.json made/pipe.json
grep -q 'Hip hinge' err || fail "the summary does not go to standard error"
