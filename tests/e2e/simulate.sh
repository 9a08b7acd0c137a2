# SPDX-License-Identifier: Apache-2.0
# Protects: simulate writes tracks that analyze reads and a truth that agrees with them; the same people for a seed.
. "$HERE/lib.sh"

expect 2 "$SAGITTA" simulate
says 'folder'
expect 2 "$SAGITTA" simulate people -o made/people
expect 2 "$SAGITTA" simulate --set dots -o made/people
says 'discs, strip or clinic'
expect 2 "$SAGITTA" simulate --people 0 -o made/people
expect 2 "$SAGITTA" simulate --seed -3 -o made/people
expect 2 "$SAGITTA" simulate --test hand-stand -o made/people
says 'toe-touch'
expect 2 "$SAGITTA" simulate --fps 2 -o made/people
nothing_made
touch made/file
expect 4 "$SAGITTA" simulate -o made/file
says_something
expect 4 "$SAGITTA" simulate -o made/no/such/place
says_something
rm made/file
nothing_made

# Every file is read by analyze, and the truth has a row for each bend.
for set in discs strip clinic; do
  expect 0 "$SAGITTA" simulate --people 3 --set $set --seed 7 -o "made/$set übung"
  made "made/$set übung/truth.csv"
  [ "$(ls -A "made/$set übung" | wc -l)" -eq 4 ] || fail "other files than three people and the truth"
  head -1 "made/$set übung/truth.csv" | grep -q "^# sagitta-simulation/1 people=3 set=$set .* seed=7 " || fail "no settings"
  grep -q '^# Units.*deg.*cm' "made/$set übung/truth.csv" || fail "no units"
  [ "$(grep -vc '^#' "made/$set übung/truth.csv")" -eq 10 ] || fail "the truth has not nine rows and a head"
  for file in "made/$set übung"/person-*.csv; do
    expect 0 "$SAGITTA" analyze "$file" --json made/result.json
  done
done

# The same seed gives the same bytes; more people are more of the same.
expect 0 "$SAGITTA" simulate --people 5 --set strip --seed 7 --output made/again
for i in 1 2 3; do same "made/strip übung/person-0000$i.csv" "made/again/person-0000$i.csv"; done
sed -n '4,12p' "made/strip übung/truth.csv" >few.csv
sed -n '4,12p' made/again/truth.csv >more.csv
same few.csv more.csv
expect 0 "$SAGITTA" simulate --people 1 --set strip --seed 8 -o made/other
if cmp -s made/again/person-00001.csv made/other/person-00001.csv; then fail "another seed, the same people"; fi

# Options: ankle, hand and ruler are there when asked for; truth through time; no locale.
expect 0 "$SAGITTA" simulate --people 1 --set discs --ankle --hand --through-time -o made/hand
for column in ankle_x hand_x ruler0_x ruler1_y; do
  sed -n 2p made/hand/person-00001.csv | grep -q "$column" || fail "no $column"
done
made made/hand/person-00001-truth.csv
[ "$(grep -vc '^#' made/hand/person-00001-truth.csv)" -eq "$(grep -vc '^#' made/hand/person-00001.csv)" ] ||
  fail "truth through time has not the rows of the tracks"
expect 0 env LC_ALL=de_DE.UTF-8 "$SAGITTA" simulate --people 1 --set discs --ankle --hand --through-time -o made/german
same made/hand/truth.csv made/german/truth.csv

# Where nothing slides and the camera is square, truth, markers and measurement are one.
need python3
expect 0 "$SAGITTA" simulate --people 4 --set clinic --no-skin --flat-camera --camera-noise 0 --through-time -o made/exact
for i in 1 2 3 4; do
  expect 0 "$SAGITTA" analyze made/exact/person-0000$i.csv --json made/exact/result-$i.json
done
python3 "$HERE/simulate.py" made/exact >out 2>err || fail "simulate.py"

# A camera that moves is told and undone, by its own columns and, where nothing tells of it, by the ruler's marks.
for how in shifted rolled zoomed knocked; do
  for told in '' --camera-untold; do
    rm -rf made/moved
    # shellcheck disable=SC2086 # nothing, or one word
    expect 0 "$SAGITTA" simulate --people 2 --set clinic --hand --no-skin --flat-camera --camera-noise 0 --through-time \
      --camera-moves "$how" $told -o made/moved
    for i in 1 2; do
      expect 0 "$SAGITTA" analyze made/moved/person-0000$i.csv --ruler 20 --json made/moved/result-$i.json
    done
    python3 "$HERE/simulate.py" made/moved >out 2>err || fail "simulate.py: the camera is $how $told"
  done
done
expect 2 "$SAGITTA" simulate --camera-moves away -o made/away
says 'knocked'
