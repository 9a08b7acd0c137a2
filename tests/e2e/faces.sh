# SPDX-License-Identifier: Apache-2.0
# Protects: what is saved shows nobody but the person who was measured, and of them no head: in the overlay, in the
# report's photographs, in key frames and in debug pictures everything around the person is soft beyond recognition, and back, hip and
# markers are as they were filmed. --background keep leaves the surroundings alone, and hides the head all the same.
. "$HERE/lib.sh"
need ffmpeg python3

"$RENDER" --effort little -o clip.mp4 --set strip --ankle --reps 1 --size 640x480 --fps 10 --stand 1 --stander --poster --plant --chair --distance 500 \
  --focal 700 >/dev/null 2>&1 || fail "the clip is not rendered"
expect 0 "$SAGITTA" analyze clip.mp4 --overlay soft.mp4 --report soft.html --tracks t.csv --debug soft --debug-at 1.0,2.6
expect 0 "$SAGITTA" analyze clip.mp4 --overlay keep.mp4 --report keep.html --background keep --debug keep --debug-at 1.0,2.6
expect 2 "$SAGITTA" analyze clip.mp4 --overlay made/x.mp4 --background blur
says 'soft or keep'
nothing_made
for name in clip soft keep; do
  ffmpeg -v error -i $name.mp4 -vf "crop=640:480:0:0,format=gray" -f rawvideo $name.grey || fail "ffmpeg on $name"
done
python3 "$HERE/faces.py" video t.csv 640 480 clip.grey soft.grey keep.grey || fail "the overlay"

# Debug pictures: what is drawn on them is the same, and what is behind is not.
for at in 1 2.6; do
  [ -s soft/moment-$at.png ] && [ -s keep/moment-$at.png ] || fail "no debug picture at $at s"
  [ "$(wc -c <soft/moment-$at.png)" -lt "$(($(wc -c <keep/moment-$at.png) * 9 / 10))" ] ||
    fail "the debug picture at $at s is not softened"
done

# Key frames: the head is hidden, for their owner alone; of tracks there are none.
expect 0 "$SAGITTA" analyze clip.mp4 --json keys.json --key-frames made/keys
expect 0 "$SAGITTA" analyze clip.mp4 --key-frames made/kept --background keep
[ "$(stat -c %a made/keys made/keys/start.jpg | tr '\n' ' ')" = '700 600 ' ] || fail "others can read key frames"
for how in keys kept; do
  for name in start middle deepest; do
    ffmpeg -v error -i made/$how/$name.jpg -vf format=gray -f rawvideo - || fail "no key frame $name"
  done >$how.grey
done
python3 "$HERE/faces.py" keyframes t.csv keys.json 640 480 clip.grey keys.grey kept.grey || fail "the key frames"
expect 2 "$SAGITTA" analyze t.csv --key-frames made/none
says 'holds no picture'
rm -r made/keys made/kept

# Photographs of the page: the same person, less detail.
python3 "$HERE/faces.py" photographs soft.html keep.html || fail "the photographs"
expect 0 "$SAGITTA" analyze t.csv --json r.json
for how in soft keep; do
  expect 0 "$SAGITTA" report r.json --tracks t.csv --video clip.mp4 -o again.$how.html --background $how
done
python3 "$HERE/faces.py" photographs again.soft.html again.keep.html || fail "the photographs of sagitta report"
exit 0
