# SPDX-License-Identifier: Apache-2.0
# Protects: --debug writes what was seen for nobody else's eyes, agrees with the tracks, changes no other output, and
# says why where nothing could be measured.
. "$HERE/lib.sh"
need python3 ffmpeg
clip=$FIXTURES/clinic.mp4

# ---- the words ----
expect 2 "$SAGITTA" analyze "$clip" --debug made/d
says 'debug-at'
expect 2 "$SAGITTA" analyze "$clip" --debug-at 1
says '--debug FOLDER'
expect 2 "$SAGITTA" analyze "$clip" --debug made/d --debug-at 1,x
says 'seconds'
expect 2 "$SAGITTA" analyze "$clip" --debug - --debug-at 1
expect 2 "$SAGITTA" analyze "$clip" "$clip" --table made/t.csv --debug made/d --debug-at 1
expect 2 "$SAGITTA" analyze "$FIXTURES/clinic.csv" --debug made/d --debug-at 1
nothing_made

# ---- the same bytes with and without ----
umask 022
expect 0 "$SAGITTA" analyze "$clip" --json a.json --tracks a.csv --angles a_angles.csv
expect 0 "$SAGITTA" analyze "$clip" --json b.json --tracks b.csv --angles b_angles.csv --debug made/d --debug-at 0.2,1.5 \
  --debug-at 900
says '900' 'no frame'
same a.json b.json
same a.csv b.csv
same a_angles.csv b_angles.csv

# ---- for nobody else's eyes ----
[ "$(stat -c %a made/d)" = 700 ] || fail "the folder is $(stat -c %a made/d)"
for s in 0.2 1.5; do made made/d/moment-$s.png made/d/candidates-$s.csv made/d/costs-$s.csv; done
made made/d/start.csv made/d/moments.csv
[ ! -e made/d/moment-900.png ] || fail "a moment that there is not was drawn"
[ -z "$(find made/d -type f ! -perm 600)" ] || fail "others may read $(find made/d -type f ! -perm 600)"

# ---- what it says is what the tracks say ----
python3 - made/d a.csv <<'PYTHON' || fail "the tables do not agree with the tracks"
import csv, sys
folder, tracks = sys.argv[1:]
rows = list(csv.DictReader(line for line in open(tracks, encoding="utf-8") if not line.startswith("#")))
table = lambda name: list(csv.DictReader(open(f"{folder}/{name}.csv", encoding="utf-8")))
moments = {row["asked_s"]: row for row in table("moments")}
assert moments["900"]["frame"] == "" and float(moments["0.2"]["body_score"]) > 0, moments
for s in ("0.2", "1.5"):
    row = rows[int(moments[s]["frame"])]
    assert abs(float(row["time_s"]) - float(moments[s]["time_s"])) < 1e-3
    candidates = table(f"candidates-{s}")
    assert [int(c["number"]) for c in candidates] == list(range(1, len(candidates) + 1))
    last_word = {c["role"]: c for c in candidates if c["role"] and c["source"] != "any colour"}
    for role in ("shoulder", "hip", "knee", "ankle", "pelvis", "ribs"):
        if row[f"{role}_state"] != "seen":
            continue
        taken = last_word[role]
        assert abs(float(taken["x_px"]) - float(row[f"{role}_x"])) < 1.1, (s, role)
        assert abs(float(taken["y_px"]) - float(row[f"{role}_y"])) < 1.1, (s, role)
        assert role in taken["source"] and not taken["refused"], taken
    for c in candidates:
        assert c["role"] or c["refused"], c
    costs = table(f"costs-{s}")
    assert costs or moments[s]["surest"] == "yes"
    for cost in costs:
        if cost["taken"] != "yes":
            assert cost["refused"], cost
            continue
        parts = sum(float(cost[k] or 0) for k in ("motion", "size", "shape", "colour", "distractor", "spacing"))
        assert abs(parts - float(cost["total"])) < 0.05, cost
        assert candidates[int(cost["candidate"]) - 1]["role"] == cost["role"], cost
start = table("start")
assert [row["chosen"] for row in start].count("yes") == 1, start
assert all(row["refused"] or row["chosen"] == "yes" for row in start), start
PYTHON

# ---- nothing to measure: that is when it is needed most ----
ffmpeg -v error -i "$clip" -t 2 -vf hue=s=0.12 -c:v libx264 -crf 12 faded.mp4 || fail "ffmpeg"
expect 1 "$SAGITTA" analyze faded.mp4 --debug made/none --debug-at 0.5
made made/none/moment-0.5.png made/none/candidates-0.5.csv made/none/costs-0.5.csv made/none/start.csv
[ -z "$(find made/none -type f ! -perm 600)" ] || fail "others may read the pictures"
python3 - made/none <<'PYTHON' || fail "no reasons where there is no measurement"
import csv, sys
rows = list(csv.DictReader(open(f"{sys.argv[1]}/candidates-0.5.csv", encoding="utf-8")))
assert rows and all(row["refused"] or row["role"] for row in rows), rows
PYTHON

# ---- where it cannot be written ----
: >made/file
expect 4 "$SAGITTA" analyze "$clip" --debug made/file --debug-at 1
says 'folder'
