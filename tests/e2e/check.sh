# SPDX-License-Identifier: Apache-2.0
# Protects: the setup check sees what the renderer put wrong, says what to do, and is quiet where all is well.
. "$HERE/lib.sh"
need python3
schema="$HERE/../../include/sagitta/check.schema.json"

# setup STATUS OPTIONS… -- CONDITION…
setup() {
  status=$1
  shift
  rm -f clip.mp4 check.json
  options=
  while [ "$1" != -- ]; do
    options="$options $1"
    shift
  done
  shift
  # shellcheck disable=SC2086
  "$RENDER" -o clip.mp4 --truth clip.csv --size 1280x720 --effort least --seconds 2 --fps 30 --reps 0 $options \
    >/dev/null || fail "the renderer:$options"
  expect "$status" "$SAGITTA" check clip.mp4 --json check.json
  python3 "$HERE/valid.py" "$schema" check.json "$@" >valid 2>&1 || fail "$options: $(cat valid)"
}

setup 0 --set strip --ankle -- 'd["ready"] is True' 'd["marker_set"] == "strip"' \
  'sorted(d["markers"]) == ["ankle", "hip", "knee", "shoulder"]' \
  'not [l for l in d["lines"] if l["grade"] in ("advice", "stop")]' \
  'all(m["edge_px"] < 3 and m["separation"] > 5 for m in d["markers"].values())' \
  'abs(d["camera"]["frame_rate"] - 30) < 0.01' 'abs(d["camera"]["roll_deg"]) < 1.5' \
  'd["camera"]["yaw_low_deg"] < 3 and grade["side_on"] == "fine"' 'grade["shutter"] == "unseen"'
grep -q '^✓ shoulder disc' out || fail "no tick for the shoulder"
grep -q '^Ready to measure\.' out || fail "no verdict"

# Sizes against the truth.
awk -F, '/^#/ { next } !seen { seen = 1; for (i = 1; i <= NF; i++) c[$i] = i; next }
  { print $c["shoulder_size"], $c["hip_size"]; exit }' clip.csv >sizes
read -r shoulder hip <sizes
python3 "$HERE/valid.py" "$schema" check.json "abs(d['markers']['shoulder']['size_px'] - $shoulder) < 0.08 * $shoulder" \
  "abs(d['markers']['hip']['size_px'] - $hip) < 0.15 * $hip" >valid 2>&1 || fail "sizes: $(cat valid)"

setup 0 --set clinic --size 1920x1080 --yaw 40 --seconds 1 -- 'grade["side_on"] == "advice"' \
  'd["camera"]["yaw_low_deg"] < 40 < d["camera"]["yaw_high_deg"] + 4'
setup 0 --set strip --roll 4 --seconds 1 -- 'grade["level"] == "advice"' 'abs(d["camera"]["roll_deg"] - 4) < 1' \
  'd["camera"]["roll_from"] == "room"'
says_it() { tr '\n' ' ' <out | tr -s ' ' | grep -Eq -- "$1" || fail "the answer does not say '$1'"; }
says_it 'Turn the camera clockwise'
setup 0 --set strip --roll -4 --seconds 1 -- 'abs(d["camera"]["roll_deg"] + 4) < 1'
says_it 'Turn the camera anticlockwise'
setup 0 --set strip --plain --roll 4 --shirt 888888 --seconds 1 -- 'd["camera"]["roll_from"] == "posture"' \
  'd["camera"]["roll_sd_deg"] > 2' 'grade["level"] == "unseen"'
setup 0 --set discs --flicker 0.06 --flicker-hz 100 -- 'grade["flicker"] == "advice"' 'd["light"]["flicker_hz"] == 100'
says_it 'anti-flicker to 50 Hz'
setup 0 --set strip --fps 15 -- 'grade["frame_rate"] == "advice"'
setup 0 --set strip --ev 1.5 --seconds 1 -- 'grade["light"] == "advice"' 'd["light"]["clipped"] > 0.1'
setup 0 --set strip --blur 2.6 --disc-px 12 --seconds 1 -- 'd["markers"]["shoulder"]["edge_px"] > 5' \
  '[l for l in d["lines"] if l.get("marker") == "shoulder"][0]["grade"] == "advice"'
setup 0 --set strip --poster --seconds 1 -- 'd["markers"]["knee"]["separation"] < 4' \
  '"better_sticker" in d["markers"]["knee"]'
setup 0 --set strip --focal 1900 --seconds 1 -- 'grade["whole_person"] == "advice"'
says_it 'out of the picture'
# A whole bend shows the shutter; the check still looks at the standing person.
setup 0 --set discs --seconds 0 --reps 1 --stand 0.5 --down 1.2 --hold 0.3 --up 1.2 --pause 0.4 --shutter 0.5 \
  --shutter-steps 9 -- 'abs(d["camera"]["shutter"] - 0.5) < 0.12' 'grade["whole_person"] == "fine"'

# Without markers there is still something to say of the light.
setup 1 --plain --disc 0.3 --strip-width 0.3 --strip-length 1 --seconds 1 -- 'd["ready"] is False' \
  'grade["marker"] == "stop"' 'grade["light"] == "fine"'
grep -q '^✗ shoulder' out || fail "no cross for the shoulder"

# Pictures.
"$RENDER" -o pictures --size 1280x720 --seconds 0.2 --reps 0 >/dev/null || fail "the renderer: pictures"
expect 0 "$SAGITTA" check pictures/00001.png --json -
[ -s err ] || fail "the lines do not go to standard error when the document goes to standard output"
cp out check.json
python3 "$HERE/valid.py" "$schema" check.json 'grade["frame_rate"] == "unseen"' 'len(d["markers"]) == 3' >valid 2>&1 ||
  fail "a picture: $(cat valid)"

expect 2 "$SAGITTA" check
expect 2 "$SAGITTA" check clip.mp4 --json clip.mp4
expect 3 "$SAGITTA" check clip.csv
expect 3 "$SAGITTA" check missing.mp4
expect 4 "$SAGITTA" check clip.mp4 --json made/no/place.json
nothing_made
