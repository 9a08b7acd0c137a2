# SPDX-License-Identifier: Apache-2.0
# verdict.sh SET TOLERANCE: protects the main job: a rendered bend comes out within TOLERANCE degrees of its truth, its
# interval holds the truth, the set and the facing are recognised, no wrong verdict is given, every output is there,
# and the JSON keeps to its schema.
. "$HERE/lib.sh"
need python3
set=$1
clip=$FIXTURES/$set.mp4

expect 0 "$SAGITTA" analyze "$clip" --json made/r.json --tracks made/t.csv --angles made/a.csv
made made/r.json made/t.csv made/a.csv
json truth made/r.json "$FIXTURES/$set.json" "$2"
sentence=$(python3 "$HERE/result.py" get made/r.json verdict.sentence)
first=$(tr '\n' ' ' <out | tr -s ' ')
case $first in "$sentence"*) ;; *) fail "the summary does not start with the verdict" ;; esac
grep -Eq '^Hip hinge ' out || fail "the summary has no table"
awk 'length > 160' out | grep -q . && fail "the summary has overlong lines"

head -n 1 made/t.csv | grep -Eq '^# sagitta-tracks/1 .*width=[0-9]+ height=[0-9]+' || fail "tracks have no first line"
frames=$(grep -c '^[0-9]' made/t.csv)
[ "$frames" -eq "$(grep -c '^[0-9]' "$FIXTURES/$set.csv")" ] || fail "$frames rows of tracks"
[ "$frames" -eq "$(grep -c '^[0-9]' made/a.csv)" ] || fail "angles and tracks differ in length"
head -n 1 made/a.csv | grep -q '^time_s,trunk_thigh_deg,trunk_thigh_low,trunk_thigh_high,pelvic_rotation_deg' ||
  fail "angles have other columns"
grep -Eiq 'nan|inf' made/t.csv made/a.csv && fail "a number is none"

python3 "$HERE/result.py" schema made/r.json "$SCHEMA" >faults
case $? in 0) ;; 77) echo "the schema was not checked: python3-jsonschema is not installed" ;; *) cat faults; fail "schema" ;; esac
