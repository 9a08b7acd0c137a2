# SPDX-License-Identifier: Apache-2.0
# Protects: colours that change while the camera films are followed, at once or slowly, and no marker is taken for
# another; where they cannot be followed that is what is said, and not that a marker was hidden.
. "$HERE/lib.sh"
need python3

# render NAME OPTIONS…
render() {
  name=$1
  shift
  "$RENDER" -o "$name.mp4" --truth "$name.csv" --size 640x360 --fps 20 --reps 1 --stand 1 --down 1.4 --hold 0.6 --up 1.4 \
    --pause 0.6 --effort least "$@" >/dev/null || fail "the renderer: $*"
}
# seen NAME SHARE: of the markers' samples at least this share was seen, each where the marker is.
seen() {
  python3 "$HERE/places.py" "$1.csv" "made/$1.csv" "$2" 3 || fail "$1: markers missed or elsewhere"
}

follow() {
  name=$1
  render "$@"
  expect 0 "$SAGITTA" analyze "$name.mp4" --tracks "made/$name.csv"
  seen "$name" 0.97
}
follow lamp --set strip --cast-at 1.8 --cast-red 0.75 --cast-blue 1.25
follow turn --set discs --cast-at 2.6 --cast-hue 30
follow back --set clinic --cast-at 0.5 --cast-hue -45
follow drift --set strip --cast-at 0.5 --cast-over 4 --cast-hue 50
follow balance --set clinic --cast-at 2 --cast-over 0.8 --cast-red 1.3 --cast-blue 0.7

# Farther than any light turns colours: they become those of other markers, and nothing is followed any more.
for set in strip clinic; do
  render lost --set $set --cast-at 1.7 --cast-hue 150
  expect 1 "$SAGITTA" analyze lost.mp4 --tracks made/lost.csv
  says 'colours changed at 1\.7 s' 'white balance'
  if grep -q 'was hidden' err; then fail "a marker is said to be hidden"; fi
  seen lost 0.25
  # The tracks alone give the same reason, word for word.
  grep -q 'colours_changed=1\.7 ' made/lost.csv || fail "the tracks file does not keep that the colours changed"
  grep 'colours changed' err >first
  expect 1 "$SAGITTA" analyze made/lost.csv
  grep 'colours changed' err >again
  same first again
done
