# SPDX-License-Identifier: Apache-2.0
"""simulate.py DIR: of exact simulated people in the set clinic, strips must have turned as the truth says, and what
was measured (result-N.json) must hold the truth in its interval. Where the camera moved it must be said when and how."""
import csv
import json
import sys


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


folder = sys.argv[1]
truth = rows(f"{folder}/truth.csv")
for person in sorted({int(row["person"]) for row in truth}):
    bends = [row for row in truth if int(row["person"]) == person]
    sign = 1 if bends[0]["facing"] == "right" else -1
    tracks = rows(f"{folder}/person-{person:05d}.csv")
    moments = rows(f"{folder}/person-{person:05d}-truth.csv")
    assert len(tracks) == len(moments)
    for marker, angle in (("pelvis", "pelvic_rotation_deg"), ("ribs", "ribs_rotation_deg")):
        for seen, true in zip(tracks, moments):
            assert float(seen["time_s"]) == float(true["time_s"])
            if seen[f"{marker}_state"] == "lost":
                continue
            moved = bends[0]["camera_moved_s"] and float(seen["time_s"]) >= float(bends[0]["camera_moved_s"])
            rolled = float(bends[0]["camera_roll_deg"]) if moved else 0
            turned = sign * (float(seen[f"{marker}_axis"]) - rolled - float(tracks[0][f"{marker}_axis"]))
            change = float(true[angle]) - float(moments[0][angle])
            assert abs(turned - change) < 0.03, (person, marker, true["time_s"], turned, change)
    with open(f"{folder}/result-{person}.json", encoding="utf-8") as file:
        result = json.load(file)
    told = [w for w in result["warnings"] if w["code"] == "camera_moved"]
    if bends[0]["camera_moved_s"]:
        assert len(told) == 1 and abs(told[0]["from_s"] - float(bends[0]["camera_moved_s"])) < 0.2, (person, told)
    else:
        assert not told
    codes = [w["code"] for w in result["warnings"]]
    assert not {"feet_moved", "recording_joined"} & set(codes), (person, codes)
    assert len(result["repetitions"]) == len(bends), (person, len(result["repetitions"]))
    for found, bend in zip(result["repetitions"], bends):
        assert float(bend["start_s"]) < found["end_range_s"] < float(bend["end_s"])
        for name in ("hip_hinge_deg", "lumbar_flexion_deg", "pelvic_rotation_deg"):
            q = found[name]
            assert q["low"] <= float(bend[name]) <= q["high"], (person, name, q, bend[name])
print("simulated people agree with their truth")
