# SPDX-License-Identifier: Apache-2.0
# Protects: a pick on a marker that is covered, wholly or in part, learns from a moment before or after at which it is
# not; bare skin and a part of something larger are refused by that name, by analyze and by calibrate colours; what is
# several times as large as what was picked is never followed.
. "$HERE/lib.sh"
need python3

render() {
  name=$1
  shift
  "$RENDER" -o "$name.mp4" --truth "$name.csv" --size 1280x720 --fps 20 --reps 1 --effort least "$@" >/dev/null ||
    fail "the renderer: $*"
}
# places NAME SHARE WITHIN [ROLE…]
places() {
  name=$1
  shift
  python3 "$HERE/places.py" "$name.csv" "made/$name.csv" "$@" || fail "$name: markers missed or elsewhere"
}

# A hand lies on the hip marker for a while: picked at each frame of it, coming, covering and going.
render hand --set discs --arms 10 --stand 2.2 --down 1.4 --hold 0.5 --up 1.4 --pause 0.4 --hide hip@1.2+0.2
frames=$(python3 - hand.csv <<'END'
import csv, sys
rows = list(csv.DictReader(line for line in open(sys.argv[1], encoding="utf-8") if line[0] != "#"))
print(*[i for i, r in enumerate(rows) if float(r["time_s"]) < 2.2 and float(r["hip_fraction"]) < 0.97])
END
)
[ "$(echo "$frames" | wc -w)" -ge 8 ] || fail "the hand does not cover the marker"
for frame in $frames; do
  # shellcheck disable=SC2046
  expect 0 "$SAGITTA" analyze hand.mp4 $(picks hand.csv shoulder hip knee "@$frame") --tracks made/hand.csv
  places hand 0.97 1.5
done

rm -f made/hand.csv
# Skin: a hand, the neck. Something much larger of one colour: a shirt. Nothing is learnt.
render skin --set strip --ankle --hand --hand-colour d8ac92 --shirt b03030 --stand 0.6 --down 0.8 --hold 0.2 --up 0.8 \
  --pause 0.2
hand=$(python3 - skin.csv <<'END'
import csv, sys
r = next(csv.DictReader(line for line in open(sys.argv[1], encoding="utf-8") if line[0] != "#"))
print(f"{float(r['hand_x']) - 3:.0f},{float(r['hand_y']) - 12:.0f} {float(r['shoulder_x']) - 6:.0f},"
      f"{float(r['shoulder_y']) - 30:.0f} {float(r['hip_x']):.0f},{float(r['hip_y']) - 60:.0f}")
END
)
# shellcheck disable=SC2086
set -- $hand
for role in hip knee shoulder; do
  wrong 1 "the $role marker was picked.*bare skin" "$SAGITTA" analyze skin.mp4 --pick "$role=$1" --json made/skin.json
  wrong 1 "the $role marker was picked.*bare skin" "$SAGITTA" calibrate colours skin.mp4 --pick "$role=$1" \
    -o made/skin.json
done
wrong 1 'bare skin' "$SAGITTA" analyze skin.mp4 --pick "shoulder=$2" --json made/skin.json
wrong 1 'goes on over something much larger|Nothing of one colour' "$SAGITTA" analyze skin.mp4 --pick "ribs=$3" \
  --json made/skin.json
nothing_made

# A poster in the knee's colour, while the knee is hidden: it is larger than what was picked, and never the marker.
render poster --set discs --poster --arms 10 --stand 1 --down 1.2 --hold 0.4 --up 1.2 --pause 0.4 --hide knee@0.9+0.3 \
  --place 60 --size 960x540
# shellcheck disable=SC2046
expect 0 "$SAGITTA" analyze poster.mp4 $(picks poster.csv knee) --tracks made/poster.csv
places poster 0.9 2
# As it is where the knee marker itself is far larger than what was learnt: a sticker of 1.6 cm was picked, one of 6 cm
# is worn.
render small --set discs --disc 1.6 --stand 2.4 --down 0.8 --hold 0.2 --up 0.8 --pause 0.2
render large --set discs --disc 6 --stand 0.6 --down 0.8 --hold 0.2 --up 0.8 --pause 0.2
if command -v ffmpeg >/dev/null; then
  ffmpeg -v error -t 2 -i small.mp4 -i large.mp4 -filter_complex '[0:v][1:v]concat' made/both.mp4 || fail "ffmpeg"
  # shellcheck disable=SC2046
  expect 1 "$SAGITTA" analyze made/both.mp4 $(picks small.csv shoulder hip knee) --tracks made/both.csv
  [ "$(awk -F, '$1 > 2.1' made/both.csv | grep -c seen)" -eq 0 ] || fail "something several times as large is followed"
fi

# After the end, and outside of the picture.
wrong 1 'after the end of the video' "$SAGITTA" analyze skin.mp4 --pick hip=500,300@99
wrong 2 'outside the picture' "$SAGITTA" analyze skin.mp4 --pick hip=5000,300
