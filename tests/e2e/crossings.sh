# SPDX-License-Identifier: Apache-2.0
# Protects: in crowded scenes in which tracking once took for a marker a ball that crossed, something seen beside it
# before, or what looked out behind the ball, or took balls over half of what it followed for another light, or missed
# the middle of a small marker, every marker that is reported is where it truly is.
. "$HERE/lib.sh"
need python3

for scene in 487 519 678 2005 5059 5307 5814; do
  "$RENDER" --shuffle $scene --size 960x540 --fps 20 --reps 1 --codec h264 --pixel yuv420p --effort least -o scene.mp4 \
    --truth scene.csv >/dev/null || fail "the renderer: $scene"
  "$SAGITTA" analyze scene.mp4 --tracks made/scene.csv >out 2>err
  [ $? -le 1 ] || fail "scene $scene"
  python3 "$HERE/places.py" scene.csv made/scene.csv 0.97 5 || fail "scene $scene: markers missed or elsewhere"
done
