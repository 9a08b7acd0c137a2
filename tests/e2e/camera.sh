# SPDX-License-Identifier: Apache-2.0
# Protects: a camera that is too high, aside, tilted and bent by its lens costs less than half a degree once it is
# calibrated, and stays within the stated camera interval where it is not; reach in cm; every way in which a camera
# file does not suit the video.
. "$HERE/lib.sh"
: "${RENDER:?}"

CAMERA="--size 960x540 --k1 -0.2 --yaw 10 --roll 3 --camera-height 120 --distance 350"
render() {
  # shellcheck disable=SC2086
  "$RENDER" "$@" $CAMERA --codec h264 --effort least >/dev/null || fail "the renderer failed: $*"
}
render -o bend.mp4 --set clinic --ankle --hand --ruler 60 --reps 1 --truth-json bend.json --truth bend.csv
render -o board.mp4 --board plane
render -o reach.mp4 --movement sit-and-reach --set strip --ankle --hand --ruler 60 --reps 1 --truth-json reach.json

# The lens as it is; the plane from the board.
python3 - >lens.json <<'PYTHON'
import json
f = 540 / 214 * 350
print(json.dumps({"schema": "sagitta-camera/1", "width": 960, "height": 540, "lens": {
    "model": "brown", "fx": f, "fy": f, "cx": 480, "cy": 270, "k1": -0.2, "k2": 0, "p1": 0, "p2": 0, "k3": 0, "fx_sd": 1,
    "fy_sd": 1, "cx_sd": 1, "cy_sd": 1, "k_sd": [0.001, 0.004, 0.0001, 0.0001, 0.008], "rms": 0.1, "views": 20}}))
PYTHON
expect 0 "$SAGITTA" calibrate plane board.mp4 --camera lens.json --board 9x6 --square 40mm -o camera.json
expect 0 "$SAGITTA" analyze bend.mp4 --ruler 60 --tracks tracks.csv --json plain.json
expect 0 "$SAGITTA" analyze tracks.csv --ruler 60 --camera camera.json --json seen.json --angles angles.csv
expect 0 "$SAGITTA" analyze reach.mp4 --test sit-and-reach --ruler 60 --camera camera.json --json reach.result.json
for made in plain seen reach.result; do json schema $made.json "$SCHEMA"; done

python3 - <<'PYTHON' || fail "the camera is not undone"
import csv, json, math, sys
def rows(path):
    return list(csv.DictReader(line for line in open(path) if not line.startswith("#")))
true = json.load(open("bend.json"))["summary"]
plain, seen = (json.load(open(p)) for p in ("plain.json", "seen.json"))
good = plain["settings"]["camera"] is None and seen["settings"]["camera"] is not None and seen["view"]["lens_calibrated"]
names = {"hip_hinge_deg": "hip_hinge_deg", "lumbar_flexion_deg": "lumbar_flexion_deg", "pelvic_rotation_deg": "pelvis_deg"}
for name, of in names.items():
    for label, result in (("plain", plain), ("seen", seen)):
        q = result["summary"][name]
        inside = q["camera_low"] <= true[of] <= q["camera_high"]
        print(label, name, q["value"], q["camera_low"], q["camera_high"], "true", true[of])
        good = good and inside
    width = [r["summary"][name]["camera_high"] - r["summary"][name]["camera_low"] for r in (plain, seen)]
    good = good and width[1] < 0.85 * width[0] and abs(seen["summary"][name]["value"] - true[of]) < 0.4
for name, of in (("pelvic_rotation", "pelvis_deg"), ("hip_hinge", "hip_hinge_deg"), ("lumbar_flexion", "lumbar_flexion_deg")):
    off = [float(a[name + "_deg"]) - float(t[of]) for a, t in zip(rows("angles.csv"), rows("bend.csv")) if a[name + "_deg"]]
    rms = math.sqrt(sum(e * e for e in off) / len(off))
    print(name, "RMS", rms)
    good = good and rms < 0.3
for path, of, most in (("seen.json", true, 1), ("reach.result.json", json.load(open("reach.json"))["summary"], 1)):
    reach = json.load(open(path))["summary"]["reach_cm"]["value"]
    print(path, "reach", reach, "true", of["reach_cm"])
    good = good and abs(reach - of["reach_cm"]) < most
sys.exit(not good)
PYTHON

# A camera that does not suit the video, or is none.
CAMERA="--size 540x960"
render -o upright.mp4 --reps 1 --seconds 3
expect 2 "$SAGITTA" analyze upright.mp4 --camera camera.json --json no.json
says "held the other way up"
CAMERA="--size 640x480"
render -o narrow.mp4 --reps 1 --seconds 3
expect 2 "$SAGITTA" analyze narrow.mp4 --camera camera.json --json no.json
says "another shape"
# It is said before anything is looked for in the pictures.
mkdir dark
for i in 1 2 3; do { printf 'P6\n640 480\n255\n'; head -c 921600 /dev/zero; } >dark/$i.ppm; done
expect 2 "$SAGITTA" analyze dark --rate 25 --camera camera.json --json no.json
says "another shape"
expect 3 "$SAGITTA" analyze tracks.csv --camera missing.json --json no.json
says "missing.json"
printf '{"schema":"sagitta-markers/1"}' >foreign.json
expect 3 "$SAGITTA" analyze tracks.csv --camera foreign.json --json no.json
says "camera"
head -c 300 camera.json >half.json
expect 3 "$SAGITTA" analyze tracks.csv --camera half.json --json no.json
says "half.json"
[ ! -e no.json ] || fail "a refusal left a result behind"
