# SPDX-License-Identifier: Apache-2.0
# Protects: white, grey, black and black-and-white markers are measured where a pick or a markers file names them, as
# well as coloured ones; never otherwise; and where they cannot be told from what is around them, that is the reason.
. "$HERE/lib.sh"
need python3
markers="$HERE/../../include/sagitta/markers.schema.json"

render() {
  name=$1
  shift
  "$RENDER" -o "$name" --truth "${name%.*}.csv" --size 1280x720 --fps 20 --reps 1 --stand 1 --down 1.4 --hold 0.6 \
    --up 1.4 --pause 0.6 --effort least "$@" >/dev/null || fail "the renderer: $*"
}
# colours RRGGBB: the options that give all markers this colour
colours() {
  for role in shoulder hip knee ankle pelvis ribs; do printf -- '--%s-colour %s ' $role "$1"; done
}
# places NAME SHARE WITHIN: see places.py
places() {
  python3 "$HERE/places.py" "$1.csv" "made/$1.csv" "$2" "$3" || fail "$1: markers missed or elsewhere"
}
# measured FILE ROLE…: picked, all of them are followed within the tolerances of coloured ones
measured() {
  file=$1
  name=${file%.*}
  shift
  # shellcheck disable=SC2046
  expect 0 "$SAGITTA" analyze "$file" $(picks "$name.csv" "$@") --tracks "made/$name.csv" --json "made/$name.json"
  places "$name" 0.98 0.6
}
dark='--shirt 303236 --trousers 26282c'
light='--shirt c8c8c4 --trousers d2d0cc'

# Reflective balls on dark clothes, with each layout of the picture; strips; grey; black on light; a black rim.
# shellcheck disable=SC2046,SC2086
{
  render white.mp4 --set discs --ankle --balls --disc 2.5 $(colours f0f0ee) $dark
  render packed.mkv --set discs --balls --disc 2.5 $(colours f0f0ee) $dark --codec raw --pixel yuyv422
  render deep.mp4 --set discs --balls --disc 2.5 $(colours f0f0ee) $dark --codec h264 --pixel yuv420p10le
  render strips.mp4 --set clinic $(colours f0f0ee) $dark
  render grey.mp4 --set discs --disc 3 $(colours 8c8c8c) --shirt 202226 --trousers 1c1e22
  render black.mp4 --set strip $(colours 141414) $light
  render rim.mp4 --set discs --ring 2 --ring-colour 101010 $(colours f0f0ee) $light
  render mixed.mp4 --set discs --ankle --hip-colour f0f0ee $dark
  render lamp.mp4 --set discs --balls --disc 3 $(colours f0f0ee) $dark --kelvin 3000 --white-balance 0.5 --ev -0.4
}
measured white.mp4 shoulder hip knee ankle
measured packed.mkv shoulder hip knee
measured deep.mp4 shoulder hip knee
measured strips.mp4 shoulder hip knee ankle pelvis ribs
grep -q '"marker_set": "clinic"' made/strips.json || fail "the strips are not recognised"
measured grey.mp4 shoulder hip knee
measured black.mp4 shoulder hip knee
measured rim.mp4 shoulder hip knee
measured lamp.mp4 shoulder hip knee
# One white marker among coloured ones, which are found as always.
measured mixed.mp4 hip

# Every kernel finds the same.
# shellcheck disable=SC2046
expect 0 "$SAGITTA" analyze white.mp4 $(picks white.csv shoulder hip knee ankle) --simd c --tracks made/plain.csv
same made/plain.csv made/white.csv

# Nobody named them: they are no markers.
expect 1 "$SAGITTA" analyze white.mp4 --tracks made/unnamed.csv
says 'no markers were found'
[ ! -e made/unnamed.csv ] || fail "something was taken for a marker"

# Learnt once, found in another clip of another person in another room, and in a single picture.
# shellcheck disable=SC2046
expect 0 "$SAGITTA" calibrate colours white.mp4 $(picks white.csv shoulder hip knee ankle) -o made/white.json
grep -Eq '^hip +disc +1[0-9]+ +1[0-9]+ +[0-9.]+ .*luma, 2[0-9][0-9]' out || fail "the table does not tell the luma"
valid=$(python3 "$HERE/valid.py" "$markers" made/white.json 'd["markers"]["hip"]["luma"]["centre"] > 200' \
  'all("luma" in m for m in d["markers"].values())' 2>&1) || fail "valid.py: $valid"
# shellcheck disable=SC2046,SC2086
render other.mp4 --set discs --ankle --balls --disc 3 $(colours e4e4e2) $dark --seed 8 --facing left --pelvis 80 \
  --stature 160 --ev -0.2 --chair --plant --poster --gradient 0.3
expect 0 "$SAGITTA" analyze other.mp4 --markers made/white.json --tracks made/other.csv
places other 0.98 0.6
if command -v ffmpeg >/dev/null; then
  ffmpeg -v error -ss 0.5 -i other.mp4 -frames:v 1 made/one.png || fail "ffmpeg"
  expect 1 "$SAGITTA" analyze made/one.png --markers made/white.json --tracks made/one.csv
  says 'only one frame'
  [ "$(tail -n 1 made/one.csv | grep -o seen | wc -l)" -eq 4 ] || fail "a marker is missing in the picture"
fi

# White on white, by pick and by file; grey on grey.
# shellcheck disable=SC2046
{
  render snow.mp4 --set discs --balls --disc 2.5 $(colours e8e8e6) --shirt ecece8 --trousers e6e6e4
  render fog.mp4 --set discs --disc 3 $(colours 8c8c8c) --shirt 7c7c7c --trousers 808080
}
for clip in snow fog; do
  # shellcheck disable=SC2046
  wrong 1 'differs enough in colour or brightness' "$SAGITTA" analyze $clip.mp4 $(picks $clip.csv shoulder hip knee) \
    --tracks made/$clip.csv
  # shellcheck disable=SC2046
  wrong 1 'differs enough in colour or brightness' "$SAGITTA" calibrate colours $clip.mp4 \
    $(picks $clip.csv shoulder hip knee) -o made/$clip.json
  [ ! -e made/$clip.csv ] && [ ! -e made/$clip.json ] || fail "$clip: something was written"
done
wrong 1 'nothing of their brightness stands out' "$SAGITTA" analyze snow.mp4 --markers made/white.json \
  --tracks made/snow.csv
[ ! -e made/snow.csv ] || fail "white on white: a track was written"

# A ruler's marks are known by their colour, and a file that says otherwise is refused by that name.
printf '{"schema":"sagitta-markers/1","markers":{"ruler":{"centre":[128,128],"spread":[[25,0],[0,25]],%s}}}' \
  '"luma":{"centre":240,"spread":700}' >made/ruler.json
wrong 3 'ruler.*known by their colour' "$SAGITTA" analyze white.mp4 --markers made/ruler.json
