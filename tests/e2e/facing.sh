# SPDX-License-Identifier: Apache-2.0
# Protects: a rendered person who faces left gets the numbers of one who faces right, and the truth.
. "$HERE/lib.sh"
need python3
for side in right left; do
  expect 0 "$SAGITTA" analyze "$FIXTURES/facing-$side.mp4" --json made/$side.json
  json truth made/$side.json "$FIXTURES/facing-$side.json" 6
done
python3 - made/right.json made/left.json <<'END' || fail "left and right differ"
import json, sys
right, left = (json.load(open(name, encoding="utf-8"))["summary"] for name in sys.argv[1:])
for name in ("hip_hinge_deg", "lumbar_flexion_deg"):
    difference = right[name]["value"] - left[name]["value"]
    print(name, difference)
    assert abs(difference) <= 0.6, (name, difference)
END
