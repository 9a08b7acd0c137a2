# SPDX-License-Identifier: Apache-2.0
# Protects: a video that is upside down, and one of a person who stays bent, are refused by that name with every marker
# set, and not as "no markers", as a hidden marker or with a number.
. "$HERE/lib.sh"
need ffmpeg
for set in discs strip clinic; do
  "$RENDER" -o $set.mp4 --set $set --size 640x360 --fps 20 --reps 1 --hold 6 || fail "cannot render $set"
  ffmpeg -v error -i $set.mp4 -vf hflip,vflip over_$set.mp4 || fail "ffmpeg"
  ffmpeg -v error -i $set.mp4 -vf vflip mirrored_$set.mp4 || fail "ffmpeg"
  ffmpeg -v error -ss 3.5 -i $set.mp4 -t 4 bent_$set.mp4 || fail "ffmpeg"
  for picture in over mirrored; do
    expect 1 "$SAGITTA" analyze ${picture}_$set.mp4 --json made/$set.json
    says "upside down" "right way up"
  done
  expect 1 "$SAGITTA" analyze bent_$set.mp4 --json made/$set.json
  says "no upright moment" "bent forward" "standing upright and still"
  nothing_made
done
