# SPDX-License-Identifier: Apache-2.0
# Protects: the cage changes no byte of what is measured, is on unless it is left, and a decoder that is killed in the
# middle is a refusal with its cause and leaves nothing.
. "$HERE/lib.sh"
: "${RENDER:?}"
"$RENDER" -o clip.mp4 --size 640x360 --fps 15 --reps 1 --stand 0.7 --down 1 --hold 0.5 --up 1 --pause 0.5 --disc 6 \
  --strip-width 4 --plain --set strip || fail "the sample was not rendered"

outputs() {
  expect 0 "$SAGITTA" analyze clip.mp4 --json made/$1.json --tracks made/$1.csv --overlay made/$1.mp4 --report made/$1.pdf \
    ${2:-}
  cp out $1.out
}
outputs caged
outputs open --no-sandbox
for kind in json csv mp4; do same made/caged.$kind made/open.$kind; done
sed 's/caged/open/g' caged.out >renamed
same renamed open.out
rm -f made/*

# The children of a run: there is one, it sees no file of ours, and it is under seccomp.
"$SAGITTA" analyze clip.mp4 --overlay made/o.mp4 --json made/r.json >out 2>err &
process=$!
child=
for _ in $(seq 2000); do
  child=$(cat "/proc/$process/task/$process/children" 2>/dev/null | tr -d ' ')
  [ -n "$child" ] && grep -q '^Seccomp:.2' "/proc/$child/status" 2>/dev/null && break
  kill -0 $process 2>/dev/null || fail "no decoder was seen"
  sleep 0.01
done
grep -q '^NoNewPrivs:.1' "/proc/$child/status" || fail "the decoder may gain privileges"
kill -9 "$child"
wait $process
status=$?
[ $status -eq 3 ] || fail "exit status $status after the decoder was killed"
says 'decoder broke down' 'signal 9' 'nothing of it was used'
nothing_made
