# SPDX-License-Identifier: Apache-2.0
# Protects: a phone as a camera, by its address: watched, recorded and measured; a program that is killed in the middle
# leaves its recording, which the next start tells of and analyze reads; an address that gives nothing, or something
# else, is refused for that reason, and no other protocol is followed.
. "$HERE/lib.sh"
need python3 ffmpeg
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

"$RENDER" -o clip.mp4 --set strip --size 320x240 --disc-px 8 --fps 10 --reps 1 --stand 1 --down 1.5 --hold 0.5 --up 1.5 \
  --pause 1 || fail "the renderer"
mkdir frames
ffmpeg -v error -i clip.mp4 -q:v 2 frames/%04d.jpg || fail "ffmpeg"
python3 "$HERE/mjpeg_server.py" frames port 10 >server.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  [ -s port ] && break
  sleep 0.1
done
address=http://ann:secret@127.0.0.1:$(cat port)

# Watched, recorded, measured. On a machine that is busy pictures come late, and what they say may be refused: what must
# be is a recording that was read, with all its pictures, under the camera's name without the password.
"$SAGITTA" live "$address/video" --seconds 5 --record kept.nut --tracks made/seen.csv --json made/result.json >out 2>err
code=$?
if grep -Eq 'Sanitizer|runtime error:' err; then fail "a sanitizer complains"; fi
[ $code -le 1 ] || fail "exit status $code"
grep -q 'looking' err || fail "no state was shown"
grep -q '320 x 240 px' err || fail "the camera was not described"
grep -q "127.0.0.1" made/seen.csv || fail "the tracks do not name the camera"
if grep -q secret made/* out err; then fail "the password is shown"; fi
[ "$(grep -vc '^[#t]' made/seen.csv)" -ge 10 ] || fail "too few pictures were recorded"
[ "$(stat -c %a kept.nut)" = 600 ] || fail "others may look at the recording"
[ -z "$(ls state/sagitta 2>/dev/null)" ] || fail "left behind: $(ls state/sagitta)"

# Killed while it films: the recording is there, is told, and can be read.
"$SAGITTA" live "$address/video" >killed 2>&1 &
filming=$!
for _ in $(seq 200); do
  [ -n "$(find state/sagitta -name '*.nut' -size +40k 2>/dev/null)" ] && break
  sleep 0.1
done
kill -9 $filming
wait $filming 2>/dev/null
left=$(find state/sagitta -name 'live-*.nut')
[ -s "$left" ] || fail "nothing is left of the recording"
"$SAGITTA" analyze "$left" --tracks made/left.csv >out 2>err
code=$?
[ $code -le 1 ] || fail "the recording that was left cannot be read: $code"
[ "$(grep -vc '^[#t]' made/left.csv)" -ge 5 ] || fail "too little is left"
expect 3 "$SAGITTA" live "$address/nothing"
says 'no video at' 'cut short and is kept' "$(basename "$left")"
rm "$left"

# What else an address may be.
wrong 3 'gives no Motion JPEG' "$SAGITTA" live "$address/page"
wrong 3 'does not answer' "$SAGITTA" live http://127.0.0.1:1/video
wrong 3 'no video at|no Motion JPEG|does not answer' "$SAGITTA" live "$address/elsewhere"
[ -z "$(ls state/sagitta)" ] || fail "left behind: $(ls state/sagitta)"
