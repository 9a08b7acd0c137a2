# SPDX-License-Identifier: Apache-2.0
# Protects, with the kernel's virtual driver: the list of a camera with many modes; a camera that is in use; one whose
# driver loses frames, hands over broken ones, starts its clock anew or breaks down; unplugged while nothing but looking
# is done, while it is recorded, and for good: what was recorded is kept and measured, and nothing crashes.
. "$DRIVERS/cameras.sh"
need python3 v4l2-ctl
modprobe vivid n_devs=1 node_types=0x1 vid_cap_nr=5 || fail "no vivid"
trap 'kill $filming $other 2>/dev/null; rm -rf "$work"' EXIT
other=

expect 0 "$SAGITTA" cameras
grep -q '^/dev/video5  vivid' out || fail "it is not listed"
for mode in 'YUYV  640 x 360 px' 'NV12  1280 x 720 px' 'YUYV  320 x 180 px, 60 frames/s'; do
  grep -q "$mode" out || fail "$mode is not listed"
done

# In use.
v4l2-ctl -d /dev/video5 --stream-mmap --stream-to=/dev/null >/dev/null 2>&1 &
other=$!
wait_for 30 sh -c '! v4l2-ctl -d /dev/video5 --set-fmt-video=width=640,height=360 --silent' || true
wrong 3 'in use by another program' "$SAGITTA" live /dev/video5 --seconds 1 --record made/busy.nut
nothing_made
kill $other
wait $other 2>/dev/null

# set NAME VALUE: a control of the driver's, meanwhile.
set_to() {
  v4l2-ctl -d /dev/video5 -c "$1=$2" >/dev/null || fail "vivid has no $1"
}
small="--mode 320x180@15"
# filmed NAME: the recording is there, analyze reads it, and has as many rows as the camera was said to have frames.
filmed() {
  "$SAGITTA" analyze "$1.nut" --rate 15 >again.out 2>again.err
  [ $? -le 1 ] || fail "$1: the recording cannot be read: $(cat again.err)"
  frames=$(sed -n 's/^Camera: .* \([0-9]*\) frames, \([0-9]*\) missing.*/\1/p' "$1.err")
  missing=$(sed -n 's/^Camera: .* \([0-9]*\) frames, \([0-9]*\) missing.*/\2/p' "$1.err")
  [ "${frames:-0}" -ge 5 ] || { cat "$1.err" >&2; fail "$1: ${frames:-no} frames were recorded"; }
}

# Frames that the driver loses are counted.
set_to percentage_of_dropped_buffers 30
# shellcheck disable=SC2086 # words are wanted, here and below
film drops /dev/video5 $small --record drops.nut --seconds 8
ends drops
filmed drops
[ "$missing" -ge 5 ] || fail "a third of the frames was lost, and $missing of $frames are told"
set_to percentage_of_dropped_buffers 0

# Frames that are marked as broken, and a clock that starts anew (after 16 s): time goes on.
set_to wrap_timestamp 1
film broken /dev/video5 $small --record broken.nut --seconds 24
reaches broken looking
for _ in 1 2 3; do
  sleep 1
  set_to inject_v4l2_buf_flag_error 1
done
ends broken
filmed broken
[ "$frames" -ge 100 ] || fail "after the clock was set back $frames frames are left"
set_to wrap_timestamp 0

# Unplugged and back while it is recorded: vivid is back once nobody has it open any more, and this shell has meanwhile.
film back /dev/video5 $small --record back.nut --seconds 20
reaches back looking
exec 9</dev/video5
sleep 2
set_to disconnect 1
reaches back gone
exec 9<&-
comes_back back
ends back
filmed back
if grep -q 'gone before the end' back.err; then fail "it was back, and the report says it was not"; fi

# The driver breaks down and goes on.
film fatal /dev/video5 $small --record fatal.nut --seconds 10
reaches fatal looking
sleep 2
set_to inject_fatal_streaming_error 1
ends fatal
filmed fatal

# For good.
film lost /dev/video5 $small --record lost.nut --seconds 90
reaches lost looking
sleep 2
echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind
reaches lost gone
ends lost
filmed lost
grep -q 'gone before the end' lost.err || { cat lost.err >&2; fail "it is not said that the camera was gone"; }
