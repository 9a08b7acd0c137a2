# SPDX-License-Identifier: Apache-2.0
# Protects the battery of tests as users meet it: every movement that is rendered comes out as its own test, within its
# interval of the truth, the document keeps to its schema and reads back, the summary begins with the answer; as
# another test it is refused by name; and all of it is explained.
. "$HERE/lib.sh"
need python3

# movement NAME [OPTION…]: NAME.csv, tracks as a perfect tracker would have them, and NAME.json, the truth.
movement() {
  name=$1
  shift
  "$RENDER" -o "$name.mp4" --truth "$name.truth.csv" --truth-json "$name.json" --movement "$name" --set clinic --ankle \
    --hand --ruler 40 --reps 1 --size 320x180 --fps 15 "$@" >/dev/null 2>&1 || fail "$name is not rendered"
  python3 "$HERE/truth_tracks.py" "$name.truth.csv" "$name.csv" || fail "$name has no tracks"
}

# measured TEST MOVEMENT QUANTITY TRUTH TOLERANCE [OPTION…]
measured() {
  test=$1 from=$2 quantity=$3 truth=$4 tolerance=$5
  shift 5
  expect 0 "$SAGITTA" analyze "$from.csv" --test "$test" --json made/r.json --angles made/a.csv "$@"
  json near made/r.json "summary.$quantity" "$truth" "$tolerance"
  sentence=$(python3 "$HERE/result.py" get made/r.json verdict.sentence)
  case $(tr '\n' ' ' <out | tr -s ' ') in "$sentence"*) ;; *) fail "the summary does not start with the answer" ;; esac
  awk 'length > 160' out | grep -q . && fail "the summary has overlong lines"
  grep -Eiq 'nan|inf\b' made/a.csv out && fail "a number is none"
  python3 "$HERE/result.py" schema made/r.json "$SCHEMA" >faults
  case $? in 0 | 77) ;; *) cat faults; fail "$test: schema" ;; esac
}

# refused TEST MOVEMENT PATTERN…
refused() {
  test=$1 from=$2
  shift 2
  rm -f made/*
  expect 1 "$SAGITTA" analyze "$from.csv" --test "$test" --json made/r.json
  says_something
  says "$@"
  nothing_made
}

truth() {
  python3 "$HERE/result.py" get "$1.json" "summary.$2"
}

movement sit-and-reach
measured sit-and-reach sit-and-reach reach_cm "$(truth sit-and-reach reach_cm)" 0.5 --ruler 40 --age 30 --sex f
json near made/r.json summary.hip_hinge_deg "$(truth sit-and-reach hip_hinge_deg)" 2
json near made/r.json summary.lumbar_flexion_deg "$(truth sit-and-reach lumbar_flexion_deg)" 2
grep -Eq '^ *YMCA: [0-9.]+ in' out || fail "no score on the YMCA's scale"
grep -q 'of women aged' out || fail "no percentile"
[ "$(python3 "$HERE/result.py" get made/r.json summary.score.norm.sex)" = f ] || fail "the norm's sex is lost"
[ "$(python3 "$HERE/result.py" get made/r.json settings.scale.from)" = ruler ] || fail "where the scale came from is lost"
if python3 "$HERE/result.py" get made/r.json verdict.label >/dev/null 2>&1; then fail "a reach from sitting has a verdict"; fi
measured sit-and-reach sit-and-reach hip_hinge_deg "$(truth sit-and-reach hip_hinge_deg)" 2
grep -q -- '--ruler' out || fail "nothing says that --ruler is missing"
refused toe-touch sit-and-reach 'sitting with the legs out' '--test sit-and-reach'

movement straight-leg-raise
raised=$(truth straight-leg-raise thigh_deg)
measured straight-leg-raise straight-leg-raise leg_raise_deg "${raised#-}" 1.5
refused sit-and-reach straight-leg-raise 'lying' '--test straight-leg-raise'

movement knee-extension
left=$(python3 -c "print(90 + $(truth knee-extension knee_deg))")
measured knee-extension knee-extension knee_angle_deg "$left" 1.5
refused straight-leg-raise knee-extension 'thigh upright' '--test knee-extension'

# Of somebody who lies, a strip's end that is higher in the picture may be either: the hip point is the one off the trunk.
for facing in right left; do
  movement knee-extension --set strip --facing $facing
  measured knee-extension knee-extension knee_angle_deg "$left" 1.5
  json near made/r.json summary.hip_angle_deg 89 3
  movement straight-leg-raise --set strip --facing $facing
  measured straight-leg-raise straight-leg-raise leg_raise_deg "${raised#-}" 1.5
done

movement supported-stretch
measured supported-stretch supported-stretch hip_hinge_deg "$(truth supported-stretch hip_hinge_deg)" 2

movement toe-touch --pause 8 --stand 8
measured fingertip-to-floor toe-touch hip_hinge_deg "$(truth toe-touch hip_hinge_deg)" 2 --ruler 40
floor=$(python3 -c "print(-$(truth toe-touch reach_cm))")
json near made/r.json summary.fingertip_to_floor_cm "$floor" 0.6
tilt=$(awk -F, '/^#/ { next } !column { for (i = 1; i <= NF; i++) if ($i == "pelvis_axis") column = i; next }
  { print $column; exit }' toe-touch.csv)
measured standing-posture toe-touch pelvis_tilt_deg "$tilt" 0.5
refused sit-and-reach toe-touch 'standing upright' '--test toe-touch'

movement squat
refused toe-touch squat 'squat' 'knees straight'
movement sit-up
refused straight-leg-raise sit-up 'sit-up'

expect 0 "$SAGITTA" tests
for name in toe-touch toe-touch-knees-bent sit-and-reach fingertip-to-floor straight-leg-raise knee-extension \
  supported-stretch standing-posture; do
  grep -q "^$name " out || fail "tests does not list $name"
done
grep -qi 'clinician first' out || fail "nothing says when to see a clinician first"
grep -q 'not a diagnosis' out || fail "no disclaimer"
expect 0 "$SAGITTA" tests sit-and-reach knee-extension
grep -q '^sit-and-reach ' out && grep -q '^knee-extension ' out || fail "tests NAME NAME does not tell both"
for word in 'what for' start say markers measures counts compare limits; do
  grep -q "^  $word " out || fail "tests NAME has no '$word'"
done
expect 2 "$SAGITTA" tests sit-and-rech
says 'Did you mean sit-and-reach'
expect 2 "$SAGITTA" analyze toe-touch.csv --test hand-stand
says 'hand-stand'
