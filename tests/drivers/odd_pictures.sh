# SPDX-License-Identifier: Apache-2.0
# Protects: Motion JPEG as webcams send it, without Huffman tables, is read like any other; a webcam that stops sending,
# that sends half pictures or none at all while somebody is filmed costs nothing of what came before and after, and ends
# with a reason where nothing else came.
. "$DRIVERS/cameras.sh"
need python3
start_webcam
trap 'echo end >orders; kill -9 $filming 2>/dev/null; rm -rf "$work"' EXIT

order bare
film bare /dev/video0 --record bare.nut --tracks made/bare.csv --seconds 6
ends bare
[ "$got" -le 1 ] || fail "exit status $got without Huffman tables"
for role in shoulder hip knee; do
  head -n 2 made/bare.csv | grep -q "${role}_x" || fail "without Huffman tables no $role is seen"
done
same_measurement bare.nut made/bare.csv none

# In the middle: half pictures, then none at all, then it stops, then all is well.
order honest
film odd /dev/video0 --record odd.nut --tracks made/odd.csv --seconds 30
reaches odd "ready\|down\|armed"
for word in short lie freeze; do
  order $word
  sleep 3
done
order thaw
order honest
ends odd
[ "$got" -le 1 ] || fail "exit status $got after pictures that were none"
last=$(tail -n 1 made/odd.csv | cut -d, -f1 | cut -d. -f1)
[ "$last" -ge 20 ] || fail "nothing came after $last s"
same_measurement odd.nut made/odd.csv none

# Nothing else from the start.
order lie
film lies /dev/video0 --seconds 5
ends lies
[ "$got" -eq 1 ] || [ "$got" -eq 3 ] || fail "exit status $got of pictures that are none"
cp lies.err err
says_something
