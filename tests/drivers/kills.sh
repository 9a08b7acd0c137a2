# SPDX-License-Identifier: Apache-2.0
# Protects: whoever films is killed (SIGKILL) in each state, by a webcam with its own driver: what was recorded until then
# is there, is told at the next start, and is measured; the webcam is as its owner had it once somebody films again.
. "$DRIVERS/cameras.sh"
need python3 v4l2-ctl
start_webcam
trap 'echo end >orders; kill -9 $filming 2>/dev/null; rm -rf "$work"' EXIT

for state in looking ready armed down hold up; do
  film $state /dev/video0 --seconds 90
  reaches $state $state
  kill -9 $filming
  wait $filming 2>/dev/null
  left=$(find state/sagitta -name 'live-*.nut')
  [ -s "$left" ] || fail "$state: no recording is left"
  "$SAGITTA" analyze "$left" --tracks left.csv >out 2>err
  code=$?
  [ $code -le 1 ] || fail "$state: what was recorded cannot be read: exit status $code"
  # Until markers are seen there may be no table.
  [ $state = looking ] || [ "$(rows left.csv)" -ge 5 ] || fail "$state: too little was recorded"
  "$SAGITTA" live /dev/none >out 2>err
  grep -q "$(basename "$left")" err || fail "$state: the recording is not told"
  rm -f "$left" left.csv
done
"$SAGITTA" live /dev/video0 --seconds 1 >out 2>err
becomes auto_exposure 3
becomes white_balance_automatic 1
becomes exposure_dynamic_framerate 1
[ -z "$(ls state/sagitta)" ] || fail "left behind: $(ls state/sagitta)"
