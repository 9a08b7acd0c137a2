# SPDX-License-Identifier: Apache-2.0
# Protects: files of Kinovea, Tracker, Sports2D and OpenCap come in as their programs write them and give the angles of
# the same points; what the points are is declared, else such a file is refused with what to say; keypoints and clicked
# stickers have wider intervals, say so in the result and everything made of it, and are kept in no records.
. "$HERE/lib.sh"
need python3

for kind in clicked keypoints; do
  expect 0 "$SAGITTA" simulate --people 1 --set discs --ankle --seed 5 --points $kind -o made/$kind
  head -1 made/$kind/truth.csv | grep -q "points=$kind" || fail "the truth does not say what the points are"
  python3 "$HERE/peers.py" made/$kind/person-00001.csv made/$kind/files || fail "peers.py"
  expect 0 "$SAGITTA" analyze made/$kind/person-00001.csv --json made/$kind.json --tracks made/$kind.csv
  json schema made/$kind.json "$SCHEMA"
  json warns made/$kind.json $kind
  [ "$(json get made/$kind.json input.points)" = $kind ] || fail "the result does not say what the points are"
done

# near RESULT REFERENCE: the angles at the deepest point are within two degrees, and the intervals as wide.
near() {
  python3 - "$1" "$2" <<'END' || fail "$1 is not $2"
import json, sys
a, b = (json.load(open(name, encoding="utf-8"))["summary"] for name in sys.argv[1:])
for key in ("hip_hinge_deg", "lumbar_flexion_deg"):
    assert abs(a[key]["value"] - b[key]["value"]) < 2, (key, a[key], b[key])
    assert abs(a[key]["high"] - a[key]["low"] - b[key]["high"] + b[key]["low"]) < 3, (key, a[key], b[key])
END
}

for file in kinovea.txt kinovea.csv tracker.txt tracker-px.csv; do
  expect 0 "$SAGITTA" analyze made/clicked/files/$file --points clicked --json made/r.json
  near made/r.json made/clicked.json
  json warns made/r.json clicked
done
expect 0 "$SAGITTA" analyze made/clicked/files/kinovea-old.txt --points clicked --json made/r.json \
  --map shoulder=1,hip=2,knee=3,ankle=4,units=px
near made/r.json made/clicked.json
for file in sports2d-px.trc sports2d-m.trc opencap.trc; do
  expect 0 "$SAGITTA" analyze made/keypoints/files/$file --points keypoints --json made/r.json
  near made/r.json made/keypoints.json
  tr '\n' ' ' <out | tr -s ' ' | grep -q 'most bends cannot be told' || fail "keypoints are not told"
  tr '\n' ' ' <out | tr -s ' ' | grep -q 'right side were taken' || fail "the side is not told"
  expect 0 "$SAGITTA" analyze made/keypoints/files/$file --points keypoints --map side=left --json made/r.json
  near made/r.json made/keypoints.json
done

# A unit gives centimetres: millimetres can be written, and say what the points are when they are read again.
expect 0 "$SAGITTA" analyze made/clicked/files/kinovea.txt --points clicked --map units=cm --tracks made/t.trc --c3d made/t.c3d
grep -q 'points=clicked' made/t.trc || fail "a TRC does not say what its points are"
for file in made/t.trc made/t.c3d; do
  expect 0 "$SAGITTA" analyze $file --json made/r.json
  [ "$(json get made/r.json input.points)" = clicked ] || fail "$file is taken for markers"
done
wrong 2 'leave the declaration out' "$SAGITTA" analyze made/t.trc --points keypoints
expect 2 "$SAGITTA" analyze made/clicked/files/kinovea.txt --points clicked --tracks made/no.trc
says '--height'
expect 0 "$SAGITTA" analyze made/clicked/files/kinovea.txt --points clicked --height 172 --tracks made/height.trc

# Intervals are the wider, the less the points are.
width() {
  expect 0 "$SAGITTA" analyze made/plain.csv "$@" --json made/r.json
  python3 -c 'import json; q = json.load(open("made/r.json"))["summary"]["lumbar_share"]; print(q["high"] - q["low"])'
}
sed 's/ points=keypoints//' made/keypoints.csv >made/plain.csv
width >unstated && width --points markers >markers && width --points clicked >clicked && width --points keypoints >guessed
same unstated markers
python3 -c 'm, c, k = (float(open(n).read()) for n in ("markers", "clicked", "guessed")); assert m <= c < k' ||
  fail "widths of markers, clicked, keypoints: $(cat markers clicked guessed)"

# Undeclared, or declared wrongly.
rm -rf made/no.trc
wrong 2 '--points keypoints' "$SAGITTA" analyze made/keypoints/files/opencap.trc
wrong 2 '--points clicked' "$SAGITTA" analyze made/clicked/files/tracker.txt
wrong 2 'leave --points out' "$SAGITTA" analyze made/keypoints.csv --points markers
wrong 2 'markers are found' "$SAGITTA" analyze clip.mp4 --points keypoints
wrong 2 'markers \(stickers\)' "$SAGITTA" analyze made/plain.csv --points balls
wrong 2 'units is' "$SAGITTA" analyze made/clicked/files/tracker.txt --points clicked --map units=feet
wrong 2 'side is' "$SAGITTA" analyze made/keypoints/files/opencap.trc --points keypoints --map side=near
wrong 2 'pelvis was named among keypoints' "$SAGITTA" analyze made/keypoints/files/opencap.trc --points keypoints \
  --map shoulder=RShoulder,hip=RHip,knee=RKnee,pelvis_a=RHip,pelvis_b=Neck
wrong 2 'no result of keypoints' "$SAGITTA" analyze made/keypoints/files/opencap.trc --points keypoints --client A \
  --records made/r.db
expect 0 "$SAGITTA" records add A --records made/r.db
wrong 2 'no result of keypoints' "$SAGITTA" analyze made/keypoints.csv --client A --records made/r.db

# Of two results of keypoints no change is told.
expect 0 "$SAGITTA" compare made/keypoints.json made/clicked.json
tr '\n' ' ' <out | tr -s ' ' | grep -q 'keypoints cannot tell a change' || fail "a change of keypoints is told"

# Several at once: the roster says of each what its points are; others are refused in their own line.
mkdir made/all
cp made/clicked/files/kinovea.csv made/all/a.csv
cp made/keypoints/files/sports2d-m.trc made/all/b.trc
cp made/clicked/files/tracker.txt made/all/c.txt
printf 'file,points\na.csv,clicked\nb.trc,keypoints\n' >roster.csv
expect 0 "$SAGITTA" analyze made/all --table made/table.csv --roster roster.csv --all-columns
python3 - <<'END' || fail "the table: $(cat made/table.csv)"
import csv
rows = {row["file"].split("/")[-1]: row for row in csv.DictReader(open("made/table.csv", encoding="utf-8"))}
assert {name: row["exit"] for name, row in rows.items()} == {"a.csv": "0", "b.trc": "0", "c.txt": "2"}, rows
assert "clicked" in rows["a.csv"]["warnings"] and "keypoints" in rows["b.trc"]["warnings"]
END
printf 'file,points\na.csv,balls\n' >roster.csv
wrong 3 'line 2' "$SAGITTA" analyze made/all --table made/other.csv --roster roster.csv
