# SPDX-License-Identifier: Apache-2.0
# The samples that several tests share, rendered once: NAME.mp4 with its truth, NAME.csv and NAME.json. $RENDER is the
# renderer, $FIXTURES the folder.
set -eu
mkdir -p "$FIXTURES"

sample() {
  name=$1
  shift
  "$RENDER" -o "$FIXTURES/$name" --truth "$FIXTURES/${name%.*}.csv" --truth-json "$FIXTURES/${name%.*}.json" \
    --size 1280x720 --fps 20 --reps 1 --stand 1 --down 1.6 --hold 0.7 --up 1.6 --pause 0.6 --effort little "$@"
}

# The markers' pictures differ, the movement is the same.
sample clinic.mp4 --set clinic
sample strip.mp4 --set strip --reps 2
sample discs.mp4 --set discs
sample facing-right.mp4 --set clinic --pelvis 76 --lumbar 28 --seed 5 --ball
sample facing-left.mp4 --set clinic --pelvis 76 --lumbar 28 --seed 5 --ball --facing left
# As phones write it: lying on its side, deep colours, uneven stamps.
sample phone.mp4 --set strip --size 540x960 --rotation 90 --codec hevc --pixel yuv420p10le --rate jitter --disc 5
