# SPDX-License-Identifier: Apache-2.0
# Protects the camera of `sagitta serve`: its routes and its stream (serve_camera.py), its screen in Chromium
# (serve_camera_eyes.py).
. "$HERE/lib.sh"
need python3 ffmpeg
export PYTHONDONTWRITEBYTECODE=1
unset SAGITTA_PASSPHRASE
misuse 'a phone.s address or a video' serve --camera nothing.mp4
misuse 'a phone.s address or a video' serve --camera "$HERE/lib.sh"

# Somebody who stands still as long as is asked for; and pictures of a phone.
"$RENDER" -o waits.mp4 --set strip --size 640x360 --fps 20 --reps 3 --stand 4 --down 1.4 --hold 1.2 --up 1.4 --pause 1.2 ||
  fail "the renderer"
mkdir frames empty
ffmpeg -v error -i waits.mp4 -q:v 2 frames/%04d.jpg && ffmpeg -v error -f lavfi -i color=gray:s=640x360:r=10:d=0.5 empty/%04d.jpg || fail "ffmpeg"
python3 "$HERE/$1.py" waits.mp4 frames >out 2>err
status=$?
[ $status -ne 77 ] || skip "$(cat out)"
[ $status -eq 0 ] || fail "$1.py: $(tail -3 err)"
