# SPDX-License-Identifier: Apache-2.0
# Protects: rendered people who reach overhead, arch back, walk in or are cut in within a bend are measured from their
# quiet standing: hinge and lumbar flexion within 3 degrees (measured) and inside the interval; what the arm hid is said;
# nobody is said to have moved who stood still; who is never upright is refused by that name.
. "$HERE/lib.sh"
need python3

# rendered NAME OPTION…
rendered() {
  name=$1
  shift
  "$RENDER" -o made/$name.mp4 --truth-json made/$name.json --size 960x540 --fps 20 --down 1.6 \
    --hold 0.7 --up 1.6 "$@" || fail "cannot render $name"
}

# measured NAME REPETITIONS VALID [CUT_IN]
measured() {
  expect 0 "$SAGITTA" analyze made/$1.mp4 --json made/$1.result.json
  python3 - "$@" <<'END' || fail "$1"
import json, sys
name, found, valid = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
truth = json.load(open(f"made/{name}.json", encoding="utf-8"))
result = json.load(open(f"made/{name}.result.json", encoding="utf-8"))
first = float(sys.argv[4]) if len(sys.argv) > 4 else 0
bends = result["repetitions"]
codes = [w["code"] for w in result["warnings"]]
print(name, codes)
assert len(bends) == found and sum(b["valid"] for b in bends) == valid, [(b["start_s"], b["end_s"], b["flags"]) for b in bends]
assert "turned_away" not in codes, codes
assert "start_not_still" not in codes and "start_uncertain" not in codes, codes
assert result["facing"] == truth["facing"]
for bend in bends:
    if not bend["valid"]:
        continue
    true = min(truth["repetitions"], key=lambda t: abs(t["end_range_s"] - first - bend["end_range_s"]))
    assert abs(true["end_range_s"] - first - bend["end_range_s"]) < 1, bend["end_range_s"]
    assert bend["end_s"] - bend["start_s"] < 4.6, (bend["start_s"], bend["end_s"])
    for quantity in ("hip_hinge_deg", "lumbar_flexion_deg"):
        q, t = bend[quantity], true[quantity]
        print(f"  {quantity} {q['value']:.1f} ({q['low']:.1f} to {q['high']:.1f}), true {t:.1f}")
        assert q["low"] <= t <= q["high"], quantity
        assert q["method"] == "inferred" or abs(q["value"] - t) <= 3, quantity
END
}

for set in clinic strip; do
  rendered reach-$set --set $set --reps 1 --stand 4.6 --pause 0.6 --aside reach@0.8+3
  measured reach-$set 1 1
done
# The arms passed the markers, and it is said which.
grep -q '"marker_hidden"' made/reach-clinic.result.json || fail "not said what was hidden"

rendered arches --set strip --reps 2 --stand 3 --pause 1.6 --facing left --aside arch@-0.2+2 --aside arch@7.6+1.8
measured arches 2 2
rendered between --set clinic --reps 2 --stand 1.2 --pause 3 --aside arch@5.4+2
measured between 2 2
rendered walks-in --set strip --reps 1 --walk-in 2.6 --stand 1.4 --pause 0.8
measured walks-in 1 1
rendered cut-in --set clinic --reps 2 --stand 1 --pause 1.2 --cut-in 2.8 --facing left
measured cut-in 2 1 2.8

# Never upright: from half-way down to half-way up.
rendered bent --set clinic --reps 1 --stand 1 --cut-in 1.7 --seconds 2.5
expect 1 "$SAGITTA" analyze made/bent.mp4
says 'no upright moment' 'starts in the bend'
