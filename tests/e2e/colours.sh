# SPDX-License-Identifier: Apache-2.0
# Protects: colours learnt from one clip serve that clip and another under the same light; a colour that something else
# in the picture has is warned of, with a better sticker by name.
. "$HERE/lib.sh"
need python3
markers="$HERE/../../include/sagitta/markers.schema.json"

render() {
  file=$1
  shift
  "$RENDER" -o "$file" --size 1280x720 --effort least "$@" >/dev/null || fail "the renderer: $*"
}
valid() {
  python3 "$HERE/valid.py" "$@" >out 2>err || fail "valid.py $*"
}

lamp="--kelvin 3400 --white-balance 0.5 --ev -0.3 --saturation 0.85"
# shellcheck disable=SC2086
render stand.mp4 --set strip --ankle --fps 10 --seconds 1.5 --reps 0 $lamp --truth stand.csv
# shellcheck disable=SC2086
render bend.mp4 --set strip --ankle --fps 20 --reps 1 --stand 1 --down 1.4 --hold 0.6 --up 1.4 --pause 0.6 --seed 9 \
  --shirt c8c8c8 $lamp

expect 0 "$SAGITTA" calibrate colours stand.mp4 -o made/markers.json --light "lamp, blinds down"
made made/markers.json
grep -Eq '^hip +strip +[0-9]+ +[0-9]+ +[0-9.]+ ' out || fail "no line with the hip's separation"
cp out first
valid "$markers" made/markers.json 'd["light"] == "lamp, blinds down"' \
  'sorted(d["markers"]) == ["ankle", "hip", "knee", "shoulder"]' 'd["markers"]["hip"]["shape"] == "strip"'
expect 0 "$SAGITTA" calibrate colours stand.mp4 --output made/again.json --light "lamp, blinds down"
same made/markers.json made/again.json

# The same clip: nobody bends in it, but all markers are followed.
expect 1 "$SAGITTA" analyze stand.mp4 --markers made/markers.json --tracks made/stand.csv
says 'bend'
head -n 3 made/stand.csv | grep -q 'shoulder_x.*hip_x.*knee_x.*ankle_x' || fail "a marker is missing"
if grep -q lost made/stand.csv; then fail "a marker was lost"; fi
expect 0 "$SAGITTA" analyze bend.mp4 --markers made/markers.json --json made/bend.json
valid "$SCHEMA" made/bend.json 'all(m["seen"] > 0.97 for m in d["markers"].values())' 'len(d["markers"]) == 4'

# A poster of the knee's colour.
render poster.mp4 --set strip --poster --fps 10 --seconds 1 --reps 0
expect 0 "$SAGITTA" calibrate colours poster.mp4 -o -
mv out made/poster.json
grep -q '^knee .*(!)' err || fail "the poster in the knee's colour is not seen"
says 'knee marker has nearly the colour' 'sticker in [a-z]+ there'
valid "$markers" made/poster.json '"knee" in d["markers"]'

# One role, pointed at.
place=$(awk -F, '/^#/ { next } !seen { seen = 1; for (i = 1; i <= NF; i++) c[$i] = i; next }
  { printf "%.0f,%.0f\n", $c["hip_x"], $c["hip_y"]; exit }' stand.csv)
expect 0 "$SAGITTA" calibrate colours stand.mp4 --pick "hip=$place" -o made/pick.json
valid "$markers" made/pick.json '"hip" in d["markers"]'

rm -rf made/*
render bare.mp4 --plain --set discs --disc 0.3 --fps 10 --seconds 0.5 --reps 0
expect 1 "$SAGITTA" calibrate colours bare.mp4 -o made/none.json
says_something
expect 1 "$SAGITTA" calibrate colours stand.mp4 --pick hip=5,5 -o made/none.json
says 'hip'
expect 2 "$SAGITTA" calibrate colours stand.mp4
expect 2 "$SAGITTA" calibrate colours -o made/none.json
expect 2 "$SAGITTA" calibrate colours stand.mp4 --markers nonsense -o made/none.json
expect 2 "$SAGITTA" calibrate colours stand.mp4 -o stand.mp4
expect 2 "$SAGITTA" calibrate colors stand.mp4 -o made/none.json
says 'colours'
expect 2 "$SAGITTA" calibrate
expect 3 "$SAGITTA" calibrate colours missing.mp4 -o made/none.json
expect 4 "$SAGITTA" calibrate colours stand.mp4 -o made/no/place.json
nothing_made

# What was learnt is found in a single picture as well, and in one of the deepest point, where nobody stands.
render deep.mp4 --set strip --ankle --fps 10 --reps 1 --stand 0.1 --down 0.1 --hold 2 --up 0.1 --pause 0.1
expect 0 "$SAGITTA" calibrate colours deep.mp4 -o made/deep.json
if command -v ffmpeg >/dev/null; then
  ffmpeg -v error -ss 1 -i deep.mp4 -frames:v 1 made/deep.png || fail "ffmpeg"
  expect 1 "$SAGITTA" analyze made/deep.png --markers made/deep.json --tracks made/deep.csv
  says 'only one frame'
  [ "$(tail -n 1 made/deep.csv | grep -o seen | wc -l)" -eq 4 ] || fail "a marker is missing in the picture"
fi
