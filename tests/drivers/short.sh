# SPDX-License-Identifier: Apache-2.0
# Protects, in one minute, what the other tests here protect at length: a webcam with its own driver (uvcvideo) is listed,
# filmed byte for byte, and measured as analyze measures the recording; its exposure and white balance are held while
# somebody bends, also once it was unplugged and is back, and put back at the end; pictures are decoded in the cage; what
# was recorded outlives a kill.
. "$DRIVERS/lib.sh"
need python3 v4l2-ctl
start_webcam
trap 'echo end >orders; kill -9 $filming 2>/dev/null; rm -rf "$work"' EXIT

expect 0 "$SAGITTA" cameras
grep -q '^/dev/video0  Test camera' out || fail "it is not listed"
film short /dev/video0 --record short.nut --tracks made/short.csv --seconds 20
reaches short "armed\|down\|hold"
becomes auto_exposure 1
wait_for 30 grep -q '^white_balance ' webcam || fail "white balance is not held"
decoder=$(pgrep -P "$filming" | head -n 1)
grep -q '^Seccomp:.*2' "/proc/$decoder/status" || fail "pictures are decoded outside of the cage"
order unplug
reaches short gone
: >webcam
order plug
wait_for 60 grep -q '^auto_exposure 1' webcam || fail "it is back, and not held"
ends short
[ "$got" -le 1 ] || fail "exit status $got"
put_back "$(ls /dev/video* | head -n 1)" "at the end"
same_measurement short.nut made/short.csv none
python3 "$DRIVERS/as_sent.py" "$GIVEN/frames" short.nut 40 || fail "what was recorded is not what was sent"

film killed "$(ls /dev/video* | head -n 1)" --record killed.nut --seconds 60
wait_for 60 sh -c '[ "$(stat -c %s killed.nut)" -gt 200000 ]' || fail "nothing is recorded"
kill -9 $filming
wait $filming 2>/dev/null
"$SAGITTA" analyze killed.nut --tracks made/killed.csv >out 2>err
[ $? -le 1 ] || fail "what was recorded cannot be read"
[ "$(rows made/killed.csv)" -ge 5 ] || fail "too little was recorded"
