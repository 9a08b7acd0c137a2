# SPDX-License-Identifier: Apache-2.0
"""start_simulated.py DIR ASIDE: simulated people with exact markers who do something beside bending are measured from
their quiet standing: hinge and lumbar flexion within 3 degrees where measured, the truth within the interval, and it is
not said that nobody stood still."""
import csv
import json
import sys

folder, aside = sys.argv[1:]
# Cut in, they stand between bends only, and come to rest there differently by a few degrees.
near = 4 if aside == "cut-in" else 3
with open(f"{folder}/truth.csv", encoding="utf-8", newline="") as file:
    truth = list(csv.DictReader(line for line in file if not line.startswith("#")))
for person in sorted({int(row["person"]) for row in truth}):
    with open(f"{folder}/result-{person}.json", encoding="utf-8") as file:
        result = json.load(file)
    codes = [w["code"] for w in result["warnings"]]
    assert "start_uncertain" not in codes and "start_not_still" not in codes, (person, codes)
    bends = [row for row in truth if int(row["person"]) == person]
    assert result["facing"] == bends[0]["facing"]
    assert len(result["repetitions"]) == len(bends), (person, len(result["repetitions"]))
    for found, bend in zip(result["repetitions"], bends):
        cut = float(bend["start_s"]) < 0
        assert found["valid"] != cut, (person, found["flags"])
        if cut:
            continue
        assert float(bend["start_s"]) - 0.6 < found["start_s"] < found["end_range_s"] < found["end_s"], (person, found)
        assert float(bend["start_s"]) < found["end_range_s"] < float(bend["end_s"]), (person, found["end_range_s"], bend)
        for name in ("hip_hinge_deg", "lumbar_flexion_deg"):
            q, true = found[name], float(bend[name])
            assert q["low"] <= true <= q["high"], (person, name, q, true)
            assert q["method"] == "inferred" or abs(q["value"] - true) <= near, (person, name, q, true)
print(f"{aside}: {len(truth)} bends agree with their truth")
