# SPDX-License-Identifier: Apache-2.0
# Protects: an interrupted run leaves nothing behind and says so by its exit status.
. "$HERE/lib.sh"
clip=$FIXTURES/strip.mp4

interrupt() {
  signal=$1
  wanted=$2
  env --default-signal="$signal" "$SAGITTA" analyze "$clip" --overlay made/o.mp4 --tracks made/t.csv >out 2>err &
  process=$!
  for _ in $(seq 200); do
    [ -n "$(find made -name '.o*' -type f)" ] && break
    sleep 0.02
  done
  kill "-$signal" $process
  wait $process
  status=$?
  [ $status -eq "$wanted" ] || fail "exit status $status after SIG$signal"
  nothing_made
}

interrupt INT 130
interrupt TERM 143
