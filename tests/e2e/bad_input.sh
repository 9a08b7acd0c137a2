# SPDX-License-Identifier: Apache-2.0
# Protects: bad input ends with the agreed exit status and a message that names cause and remedy; nothing crashes or
# hangs, and nothing is left but the tracks of what was seen.
. "$HERE/lib.sh"
need python3
: "${RENDER:?}"

short() {
  name=$1
  shift
  "$RENDER" -o "$name" --size 640x360 --fps 15 --reps 1 --stand 0.7 --down 1 --hold 0.5 --up 1 --pause 0.5 \
    --disc 6 --strip-width 4 --plain "$@" || fail "the sample $name was not rendered"
}

# bad STATUS PATTERN INPUT…: every output is asked for, none may stay.
bad() {
  status=$1
  pattern=$2
  shift 2
  expect "$status" "$SAGITTA" analyze "$@" --json made/r.json --tracks made/t.csv --angles made/a.csv --overlay made/o.mp4
  says "$pattern"
  says_something
  rm -f made/kept.csv
  if [ "$status" -eq 1 ] && [ -f made/t.csv ]; then mv made/t.csv kept.csv; else rm -f kept.csv; fi
  nothing_made
}

# Nothing to measure: 1.
none="--set discs --shoulder-colour 4a4e54 --hip-colour 34363e --knee-colour 34363e"
# shellcheck disable=SC2086
short none.mp4 $none
bad 1 'marker' none.mp4
[ ! -e kept.csv ] || fail "tracks were kept although nothing was seen"
# shellcheck disable=SC2086
short one.mp4 $none --shoulder-colour 2c62e0
bad 1 'marker' one.mp4
short still.mp4 --set strip --reps 0 --seconds 3
bad 1 'bend' still.mp4
[ -s kept.csv ] || fail "the tracks of somebody who never bends were not kept"
short frame.mp4 --set strip --seconds 0.05
bad 1 'frame|picture' frame.mp4
short frame-%d.png --set strip --seconds 0.05 --codec png
picture=$(find . -name "frame-*.png" | head -n 1)
bad 1 'frame|picture' "$picture"

if command -v ffmpeg >/dev/null; then
  short single.mp4 --set discs
  ffmpeg -v error -i single.mp4 -i single.mp4 -filter_complex hstack double.mp4 || fail "ffmpeg"
  bad 1 'marker|candidate|two' double.mp4
  # A bare stream has no clock of its own.
  short clock.mp4 --set strip
  ffmpeg -v error -i clock.mp4 -c copy clock.h264 || fail "ffmpeg"
  bad 1 'time stamps.*--rate' clock.h264
  expect 0 "$SAGITTA" analyze clock.h264 --rate 15
fi

# Not a video: 3.
bad 3 'not exist|no such|not found|cannot be found|no file' missing.mp4
: >empty.mp4
bad 3 'empty' empty.mp4
echo "Dear diary, today I touched my toes." >text.mp4
bad 3 'video' text.mp4
head -c 100000 /dev/urandom >noise.mp4
bad 3 'video|damaged' noise.mp4
bad 3 'video|empty' /dev/null
mkdir nothing
bad 3 'folder|picture' nothing
bad 3 'picture|exist|match|file' 'nothing/%04d.png'
python3 - <<'END'
import struct, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
def png(name, width, height):
    rows = zlib.compress(bytes((3 * width + 1) * height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    open(name, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
png("wide.png", 16002, 16)
sound = bytes(16000)
riff = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16) + b"data" + struct.pack("<I", len(sound)) + sound
open("sound.wav", "wb").write(b"RIFF" + struct.pack("<I", len(riff)) + riff)
END
bad 3 '16,?000' wide.png
bad 3 'sound|no video|no picture' sound.wav

# Broken on the way: as far as it goes.
size=$(wc -c <"$FIXTURES/clinic.mp4")
head -c $((size * 9 / 10)) "$FIXTURES/clinic.mp4" >cut.mp4
bad 3 'index|damaged|breaks off|incomplete' cut.mp4
short whole.mkv --set clinic --size 960x540 --disc 4 --strip-width 3 --pause 2
size=$(wc -c <whole.mkv)
head -c $((size * 85 / 100)) whole.mkv >cut.mkv
expect 0 "$SAGITTA" analyze cut.mkv --json made/cut.json
json warns made/cut.json stream_truncated
rm made/cut.json
python3 - "$FIXTURES/clinic.mp4" flipped.mp4 <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at, state = 4000, 1
while at < len(data) * 8 // 10:
    state = (1103515245 * state + 12345) % 2**31
    data[at] ^= 1 << state % 8
    at += 500 + state % 3000
open(sys.argv[2], "wb").write(data)
END
"$SAGITTA" analyze flipped.mp4 --json made/r.json >out 2>err
status=$?
grep -Eq 'Sanitizer|runtime error:' err && fail "a flipped bit upsets it"
case $status in 0) rm made/r.json ;; 1 | 3) says_something ;; *) fail "exit status $status after flipped bits" ;; esac
nothing_made

# Pictures: a size that changes ends the measurement; a folder of pictures and videos is no sequence.
mkdir frames
short frames/%03d.png --set strip --codec png
short small-%d.png --set strip --codec png --size 320x180 --seconds 0.2
cp "$(find . -name "small-*.png" | head -n 1)" frames/zz.png
expect 0 "$SAGITTA" analyze frames --rate 15 --json made/sizes.json
json warns made/sizes.json picture_size_changed
rm made/sizes.json
cp none.mp4 frames/clip.mp4
bad 2 'mix|both|pictures' frames

# Tables that are none.
: >empty.csv
expect 3 "$SAGITTA" analyze empty.csv
says_something
printf '# sagitta-tracks/1 width=100 height=100\ntime_s,hip_x,hip_y,hip_state\n0,1,2,seen\n0.1,x,2,seen\n' >bad.csv
expect 3 "$SAGITTA" analyze bad.csv --json made/r.json
says 'line 4' 'hip_x'
nothing_made
echo '{ "schema": 7 ' >markers.json
expect 3 "$SAGITTA" analyze none.mp4 --markers markers.json --json made/r.json
says 'markers.json'
nothing_made
expect 3 "$SAGITTA" analyze none.mp4 --markers stripes
says 'stripes'
