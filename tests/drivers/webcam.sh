# SPDX-License-Identifier: Apache-2.0
# Protects: a webcam with its own driver (uvcvideo), from the list of cameras to a measurement that equals analyze's of
# the recording; exposure and white balance are held while somebody bends and put back at the end, after a crash at the
# next start; a second program is refused and disturbs nothing; unplugged in the bend, and back, it is filmed on, held
# again, and put back in the end; pictures are decoded in the cage.
. "$DRIVERS/cameras.sh"
need python3 v4l2-ctl
start_webcam
other=
trap 'echo end >orders; kill -9 $filming $other 2>/dev/null; rm -rf "$work"' EXIT

expect 0 "$SAGITTA" cameras
grep -q '^/dev/video0  Test camera' out || fail "it is not listed"
grep -q 'MJPG  480 x 360 px, 10 frames/s' out || fail "its mode is not listed"
[ "$(grep -c '^/dev' out)" -eq 1 ] || fail "the driver's other device is taken for a camera"

# Filmed to the end.
[ "$(control exposure_dynamic_framerate)" = 1 ] || fail "the camera is not as its maker set it"
film whole /dev/video0 --record whole.nut --tracks made/whole.csv --json made/whole.json --seconds 60
reaches whole looking
becomes exposure_dynamic_framerate 0
# The cage: the process that decodes can gain no privileges and has a filter of system calls.
decoder=$(pgrep -P "$filming" | head -n 1)
grep -q '^Seccomp:.*2' "/proc/$decoder/status" || fail "pictures are decoded outside of the cage"
reaches whole armed
becomes auto_exposure 1
wait_for 30 grep -q '^white_balance ' webcam || fail "white balance is not held"
ends whole
[ "$got" -le 1 ] || fail "exit status $got"
grep -q 'repetition 1' whole.err || fail "no repetition was seen"
same_measurement whole.nut made/whole.csv made/whole.json
python3 "$DRIVERS/as_sent.py" "$GIVEN/frames" whole.nut 100 || fail "what was recorded is not what was sent"
put_back /dev/video0 "at the end"

# Killed while the colours are held.
film killed /dev/video0 --seconds 60
reaches killed armed
becomes auto_exposure 1
kill -9 $filming
wait $filming 2>/dev/null
: >webcam
[ "$(control auto_exposure)" = 1 ] || fail "the test does not leave the camera held"
left=$(find state/sagitta -name 'live-*.nut')
"$SAGITTA" analyze "$left" --tracks made/left.csv >out 2>err
[ $? -le 1 ] || fail "what was recorded cannot be measured"
[ "$(rows made/left.csv)" -ge 10 ] || fail "too little was recorded: $(rows made/left.csv)"
# Another program films with it at the next start: refused, and nothing of the camera is changed under its eyes.
v4l2-ctl -d /dev/video0 --stream-mmap --stream-to=/dev/null >/dev/null 2>&1 &
other=$!
wait_for 60 grep -q '^streams' webcam
wrong 3 'in use' "$SAGITTA" live /dev/video0 --seconds 2
becomes auto_exposure 1
becomes white_balance_automatic 0
kill $other
wait $other 2>/dev/null
"$SAGITTA" live /dev/video0 --seconds 1 >out 2>err
grep -q 'cut short and is kept' err || fail "the recording is not told"
rm "$left"
put_back /dev/video0 "after a crash"

# Unplugged while somebody bends, and back: anew as its maker set it, perhaps under another name.
film gone /dev/video0 --record gone.nut --tracks made/gone.csv --seconds 40
reaches gone down
order unplug
reaches gone gone
: >webcam
order plug
comes_back gone
wait_for 60 grep -q '^streams' webcam || fail "it is not filmed again once it is back"
wait_for 60 grep -q '^dynamic_rate 0' webcam || fail "it is back, and exposure may lower the rate"
wait_for 60 grep -q '^auto_exposure 1' webcam || fail "it is back, and not held"
ends gone
[ "$got" -le 1 ] || fail "exit status $got after it was back"
if grep -q 'gone before the end' gone.err; then fail "it was back, and the report says it was not"; fi
put_back "$(ls /dev/video* | head -n 1)" "after it was back"
same_measurement gone.nut made/gone.csv none

# For good: what was recorded is measured, with the reason.
film lost "$(ls /dev/video* | head -n 1)" --tracks made/lost.csv --seconds 90
reaches lost armed
order unplug
reaches lost gone
ends lost
[ "$got" -le 1 ] || fail "exit status $got after it was unplugged for good"
grep -q 'gone before the end' lost.err || fail "it is not said that the camera was gone"
[ "$(rows made/lost.csv)" -ge 10 ] || fail "what was recorded is not measured"
