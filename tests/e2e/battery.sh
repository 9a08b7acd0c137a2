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
  "$RENDER" --truth "$name.truth.csv" --truth-json "$name.json" --movement "$name" --set clinic --ankle \
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

# seconds QUANTITY VALUE TOLERANCE: the ways into and out of a stay belong to it in part, so that its truth is about so much.
seconds() {
  python3 "$HERE/result.py" get made/r.json "summary.$1.value" >held || fail "$1 is not known"
  awk -v want="$2" -v off="$3" '$1 < want - off || $1 > want + off { exit 1 }' held || fail "$1: $(cat held) s instead of $2"
}

# told WORDS: the output says so, wherever its lines break.
told() {
  tr '\n' ' ' <out | tr -s ' ' | grep -q -- "$1"
}

# The knee is bent first and then straightened: both are told apart, and together they are what was held.
for facing in right left; do
  movement supported-stretch --bent 12 --facing $facing
  expect 0 "$SAGITTA" analyze supported-stretch.csv --test supported-stretch --json made/r.json
  seconds bent_knee_hold_s 13.2 1.5
  seconds straight_knee_hold_s 29.3 1.5
  seconds neutral_hold_s 42.5 1
  told 'with the knee bent' || fail "the stages of the knee are not said"
done

# A back that is round: what is not held is no time, and what cannot be told is said so, with what would show it.
for set in discs strip clinic; do
  movement supported-stretch --set $set --pelvis 24 --lumbar 26
  expect 0 "$SAGITTA" analyze supported-stretch.csv --test supported-stretch --json made/r.json
  if python3 "$HERE/result.py" get made/r.json summary.neutral_hold_s.value >held 2>/dev/null; then
    awk '$1 >= 1 { exit 1 }' held || fail "$set: a hold of $(cat held) s that was none"
  else
    told 'cannot be told' && grep -q 'neutral_not_told' made/r.json || fail "$set: nothing says why"
    told 'strips of tape' || fail "$set: nothing says what would show it"
  fi
done

# The bow: with the back kept, and with a back that goes along from the start.
for facing in right left; do
  movement waiters-bow --facing $facing
  measured waiters-bow waiters-bow neutral_hinge_deg "$(truth waiters-bow hip_hinge_deg)" 3
  told 'probably stayed' || fail "a kept back is not said"
  movement waiters-bow --pelvis 46 --lumbar 30 --facing $facing
  measured waiters-bow waiters-bow neutral_hinge_deg "$(python3 -c "print($(truth waiters-bow hip_hinge_deg) / 3)")" 4
  grep -q 'back_rounded' made/r.json || fail "a round back is not flagged"
  told 'then the lower back probably went' || fail "a round back is not said"
  movement waiters-bow --set discs --facing $facing
  expect 0 "$SAGITTA" analyze waiters-bow.csv --test waiters-bow --json made/r.json
  grep -q 'neutral_not_told' made/r.json && told 'cannot be told' || fail "three discs tell too much"
done
refused waiters-bow sit-and-reach 'sitting with the legs out' '--test sit-and-reach'

# Whatever is done: ranges and angles, no repetition, no verdict; every way out.
for facing in right left; do
  movement squat --facing $facing
  expect 0 "$SAGITTA" analyze squat.csv --test free --json made/r.json --angles made/a.csv --fhir made/f.json
  json near made/r.json ranges.knee_flexion_deg.greatest "$(truth squat knee_deg)" 3
  json near made/r.json ranges.thigh_rotation_deg.least "$(truth squat thigh_deg)" 3
  json near made/r.json ranges.hip_hinge_deg.greatest "$(truth squat hip_hinge_deg)" 4
  [ "$(python3 "$HERE/result.py" get made/r.json facing)" = $facing ] || fail "the squat faces the wrong way"
  [ "$(python3 "$HERE/result.py" get made/r.json repetitions)" = '[]' ] || fail "a free movement has repetitions"
  if python3 "$HERE/result.py" get made/r.json verdict.label >/dev/null 2>&1; then fail "a free movement has a verdict"; fi
  grep -Eiq 'nan|inf\b' made/a.csv made/f.json out && fail "a number is none"
  grep -Eq '^Knee flexion ° .*[0-9]\)  *[0-9.]+ s .*[0-9]\)  *[0-9.]+ s$' out || fail "the ranges are not printed"
  expect 0 "$SAGITTA" analyze squat.csv --test free --table made/t.csv
  python3 "$HERE/batch.py" cell made/t.csv squat.csv knee_flexion_greatest_deg >cell || fail "no range in the table"
  awk -v true="$(truth squat knee_deg)" '{ exit !($1 > true - 3 && $1 < true + 3) }' cell ||
    fail "the table's range is $(cat cell)"
  rm made/t.csv
  grep -q '"greatest"' made/f.json || fail "FHIR has no ranges"
  python3 "$HERE/result.py" schema made/r.json "$SCHEMA" >faults
  case $? in 0 | 77) ;; *) cat faults; fail "free: schema" ;; esac
done
for name in sit-and-reach straight-leg-raise sit-up; do
  [ -e $name.csv ] || movement $name
  expect 0 "$SAGITTA" analyze $name.csv --test free --json made/r.json
  python3 "$HERE/result.py" get made/r.json ranges.thigh_rotation_deg.greatest_s >/dev/null || fail "$name: no ranges"
done

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
  supported-stretch standing-posture waiters-bow free; do
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
