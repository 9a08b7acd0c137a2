# SPDX-License-Identifier: Apache-2.0
# Protects, in a minute and also with sanitizers on an emulated processor, the least of what the other tests here protect
# at length: a webcam with its own driver (uvcvideo) is listed, filmed byte for byte, and filmed again once it was unplugged
# and is back; its rate is held meanwhile, and given back at the end, after a kill at the next start; pictures are decoded
# in the cage; what was recorded outlives the kill.
. "$DRIVERS/cameras.sh"
need python3 v4l2-ctl
start_webcam
trap 'echo end >orders; kill -9 $filming 2>/dev/null; rm -rf "$work"' EXIT

expect 0 "$SAGITTA" cameras
grep -q '^/dev/video0  Test camera' out || fail "it is not listed"
film short /dev/video0 --record short.nut --seconds 25
is_recorded() { [ "$(stat -c %s "$1.nut" 2>/dev/null || echo 0)" -gt 100000 ]; }
wait_for 120 is_recorded short || fail "nothing is recorded"
grep -q '^dynamic_rate 0' webcam || fail "exposure may lower the rate"
order unplug
reaches short gone
decoder=$(pgrep -P "$filming" | head -n 1)
grep -q '^Seccomp:.*2' "/proc/$decoder/status" || fail "pictures are decoded outside of the cage"
: >webcam
order plug
wait_for 60 grep -q '^dynamic_rate 0' webcam || fail "it is back, and exposure may lower the rate"
ends short
[ "$got" -le 1 ] || { cat short.err >&2; fail "exit status $got"; }
if grep -q 'gone before the end' short.err; then fail "it was back, and the report says it was not"; fi
device=$(ls /dev/video* | head -n 1)
put_back "$device" "at the end"
python3 "$DRIVERS/as_sent.py" "$GIVEN/frames" short.nut 8 || fail "what was recorded is not what was sent"

film killed "$device" --record killed.nut --seconds 60
wait_for 120 is_recorded killed || fail "nothing is recorded"
kill -9 $filming
wait $filming 2>/dev/null
"$SAGITTA" analyze killed.nut >out 2>err
[ $? -le 1 ] || fail "what was recorded cannot be read"
python3 "$DRIVERS/as_sent.py" "$GIVEN/frames" killed.nut 5 || fail "too little was recorded"
"$SAGITTA" live "$device" --seconds 1 >out 2>err
put_back "$device" "after a kill"
