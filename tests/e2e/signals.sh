# SPDX-License-Identifier: Apache-2.0
# Protects: an interrupted run leaves nothing behind and says so by its exit status.
. "$HERE/lib.sh"
clip=$FIXTURES/strip.mp4

# interrupt SIGNAL STATUS COMMAND…, once its first output has been begun; its input is file descriptor 3.
exec 3</dev/null
interrupt() {
  signal=$1
  wanted=$2
  shift 2
  env --default-signal="$signal" "$SAGITTA" "$@" >out 2>err <&3 &
  process=$!
  for _ in $(seq 200); do
    find "/proc/$process/fd" -lname "$PWD/made/*" 2>/dev/null | grep -q . && break
    sleep 0.02
  done
  kill "-$signal" $process
  wait $process
  status=$?
  [ $status -eq "$wanted" ] || fail "exit status $status after SIG$signal"
  nothing_made
}

interrupt INT 130 analyze "$clip" --overlay made/o.mp4 --tracks made/t.csv
interrupt TERM 143 analyze "$clip" --overlay made/o.mp4 --tracks made/t.csv
lens="calibrate lens --board 9x6 --square 25mm -o made/camera.json --residuals made/plot.svg"
interrupt INT 130 $lens "$clip"
interrupt INT 130 calibrate plane --board 9x6 --square 25mm -o made/camera.json "$clip"
interrupt INT 130 calibrate colours -o made/markers.json "$clip"

# While standard input is still being read: neither an output nor the copy of the input is left.
mkdir spool
mkfifo pipe
(
  cat "$clip"
  sleep 60
) >pipe &
writer=$!
exec 3<pipe
TMPDIR=$work/spool
export TMPDIR
interrupt INT 130 $lens -
kill $writer
[ -z "$(ls -A spool)" ] || fail "the copy of the input was left: $(ls -A spool)"
