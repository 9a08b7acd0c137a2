# SPDX-License-Identifier: Apache-2.0
# Protects: what a camera sends is recorded byte for byte (Motion JPEG through v4l2loopback), and what live measures of it
# is what analyze says of the recording; raw pictures in NV12 and YUYV are seen as they are; a camera that says Motion
# JPEG and sends something else ends with a reason and no crash.
. "$DRIVERS/cameras.sh"
need python3 v4l2-ctl ffmpeg
modprobe v4l2loopback devices=4 video_nr=6,7,8,9 exclusive_caps=1,1,1,1 card_label=Jpeg,Lies,Raw1,Raw2 max_buffers=32 ||
  fail "no v4l2loopback"
producer=
trap 'kill $producer 2>/dev/null; rm -rf "$work"' EXIT

# gives DEVICE FOURCC FILE…: a device takes one format only.
gives() {
  device=$1 coding=$2
  shift 2
  [ -z "$producer" ] || { kill $producer; wait $producer 2>/dev/null; }
  python3 "$DRIVERS/loopback_producer.py" "$device" "$coding" 480x360 10 "$@" 2>producer.err &
  producer=$!
  wait_for 60 sh -c "v4l2-ctl -d $device --get-fmt-video | grep -q $coding" || fail "no pictures: $(cat producer.err)"
}

# Byte for byte.
gives /dev/video6 MJPG "$GIVEN"/frames/*.jpg
expect 0 "$SAGITTA" cameras
grep -q '^/dev/video6  Jpeg' out || fail "it is not listed"
film jpeg /dev/video6 --record jpeg.nut --tracks made/jpeg.csv --json made/jpeg.json --seconds 40
ends jpeg
[ "$got" -eq 0 ] || { cat jpeg.err >&2; fail "exit status $got"; }
same_measurement jpeg.nut made/jpeg.csv made/jpeg.json
python3 "$DRIVERS/as_sent.py" "$GIVEN/frames" jpeg.nut 100 || fail "what was recorded is not what was sent"

# Raw pictures, of as many seconds.
for coding in NV12 YUYV; do
  format=nv12 bytes=3
  [ $coding = NV12 ] || { format=yuyv422 bytes=4; }
  rm -rf raw
  mkdir raw
  ffmpeg -v error -i "$GIVEN/clip.mp4" -t 7 -pix_fmt $format -f rawvideo - | split -b $((480 * 360 * bytes / 2)) -a 3 - raw/
  [ $coding = NV12 ] && device=/dev/video8 || device=/dev/video9
  gives $device $coding raw/*
  film $coding $device --record $coding.nut --tracks made/$coding.csv --seconds 6
  ends $coding
  [ "$got" -le 1 ] || fail "$coding: exit status $got"
  same_measurement $coding.nut made/$coding.csv none
  for role in shoulder hip knee; do
    head -n 2 made/$coding.csv | grep -q "${role}_x" || fail "$coding: no $role is seen"
  done
done

# It says Motion JPEG, and sends something else.
head -c 8000 /dev/zero | tr '\0' 'x' >nonsense
gives /dev/video7 MJPG nonsense
film lies /dev/video7 --seconds 4
ends lies
[ "$got" -eq 1 ] || [ "$got" -eq 3 ] || fail "exit status $got of pictures that are none"
cp lies.err err
says_something
