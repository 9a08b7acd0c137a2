# SPDX-License-Identifier: Apache-2.0
# Protects: marker data of other systems is measured as it lies in space. Real motion capture of a toe touch, in any
# direction and with Y or Z up, against angles worked out here from the same points; and a sit-to-stand of a laboratory's
# own TRC, which is no bend with straight knees, against its own inverse kinematics.
. "$HERE/lib.sh"
need python3
[ -r "$SHARED/motion/toe-touch-cmu-14_20.csv" ] || skip "there are no recordings"

for way in '0 y' '37 y' '140 y' '37 z'; do
  # shellcheck disable=SC2086 # two words
  python3 "$HERE/motion.py" bend "$SHARED/motion/toe-touch-cmu-14_20.csv" $way made/bend.trc made/truth.json ||
    fail "motion.py bend $way"
  expect 0 "$SAGITTA" analyze made/bend.trc --map shoulder=RSHO,hip=RHIP,knee=RKNE,ankle=RANK \
    --map pelvis_a=RHIP,pelvis_b=ROOT,ribs_a=T12,ribs_b=T6 --json made/bend.json --angles made/bend.csv
  grep -q 'The markers are in space' out || fail "the plane is not told"
  python3 "$HERE/motion.py" check made/truth.json made/bend.json made/bend.csv || fail "$way"
done

expect 3 "$SAGITTA" analyze "$SHARED/motion/STSweakLegs1.trc"
says '--map hip=NAME' 'C7'
expect 1 "$SAGITTA" analyze "$SHARED/motion/STSweakLegs1.trc" --map shoulder=R_Shoulder,hip=R_HJC,knee=r_knee,ankle=r_ankle \
  --tracks made/sit.csv
says 'sitting' 'plane'
made made/sit.csv
# From where the person stands upright on, it is a bend on the way down; the laboratory's own angles say by how much.
python3 "$HERE/motion.py" sit "$SHARED/motion/STSweakLegs1.trc" "$SHARED/motion/STSweakLegs1_manual_scaling_ik.mot" \
  made/down.trc made/down.json || fail "motion.py sit"
expect 0 "$SAGITTA" analyze made/down.trc --map shoulder=R_Shoulder,hip=R_HJC,knee=r_knee,ankle=r_ankle \
  --map pelvis_a=r.PSIS,pelvis_b=r.ASIS,ribs_a=C7,ribs_b=R_Sternum --angles made/down.mot --test free
python3 "$HERE/motion.py" compare made/down.json made/down.mot || fail "the laboratory measured other angles"
