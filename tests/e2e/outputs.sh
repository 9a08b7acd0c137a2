# SPDX-License-Identifier: Apache-2.0
# Protects: outputs are there whole or not at all. A device, a pipe, a name with blanks and accents work; a full disk, a
# missing folder, a folder in the way and a missing permission give exit status 4 and leave nothing.
. "$HERE/lib.sh"
clip=$FIXTURES/phone.mp4

# One recording, taken once: the other runs start from its tracks.
name="made/ein Clip – für Zoë.csv"
expect 0 "$SAGITTA" analyze "$clip" --tracks "$name" --overlay "made/Übersicht der Beugung.mp4"
made "$name" "made/Übersicht der Beugung.mp4"
cp "$name" t.csv
rm -r made
mkdir made

expect 0 "$SAGITTA" analyze t.csv --json "made/nach links.json" --angles=made/été.csv
made "made/nach links.json" made/été.csv
expect 0 "$SAGITTA" analyze t.csv --json /dev/null --tracks /dev/null --angles /dev/null
[ -c /dev/null ] || fail "/dev/null was replaced"
rm -r made
mkdir made

# A pipe is written to directly, and stays a pipe.
mkfifo pipe
cat pipe >made/through.json &
expect 0 "$SAGITTA" analyze t.csv --json pipe
wait
[ -p pipe ] || fail "the pipe was replaced"
expect 0 "$SAGITTA" analyze t.csv --json made/file.json
same made/through.json made/file.json
cat pipe >made/through.mp4 &
expect 0 "$SAGITTA" analyze "$clip" --overlay pipe
wait
[ -s made/through.mp4 ] || fail "no overlay came through the pipe"

# An older file of that name stays until the new one is whole, and a link stays a link.
echo old >made/old.json
ln -s old.json made/link.json
expect 0 "$SAGITTA" analyze t.csv --json made/link.json
[ -L made/link.json ] || fail "the link was replaced"
same made/old.json made/file.json
rm -r made
mkdir made

expect 4 "$SAGITTA" analyze t.csv --json made/none/r.json --tracks made/t.csv
says 'made/none/r.json' 'folder'
nothing_made
expect 4 "$SAGITTA" analyze t.csv --json made --tracks made/t.csv
says 'folder'
nothing_made
expect 4 "$SAGITTA" analyze t.csv --json made/r.json --angles /dev/full
says '/dev/full' 'full'
nothing_made
expect 4 "$SAGITTA" analyze "$clip" --json made/r.json --overlay /dev/full
nothing_made

# A limit on file sizes stands for the full disk: the overlay breaks off in the middle. It would be one on the memory
# that a cage shares, too.
(
  ulimit -f 16
  "$SAGITTA" --no-sandbox analyze "$clip" --overlay made/o.mp4 --json made/r.json >out 2>err
  echo $? >status
)
[ "$(cat status)" -eq 4 ] || fail "exit status $(cat status) on a full disk"
nothing_made

# A reader that goes away early is a failed output, not a crash.
{
  "$SAGITTA" analyze t.csv --angles - 2>err
  echo $? >status
} | head -c 1 >/dev/null
status=$(cat status)
[ "$status" -eq 4 ] || [ "$status" -eq 0 ] || fail "exit status $status when the reader goes away"

as_nobody() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi
}
chmod 755 "$work"
chmod 555 made
if as_nobody test -r "$work/t.csv" -a -x "$SAGITTA" 2>/dev/null; then
  "${SHELL:-sh}" -c : # the folder below is read-only for the user who runs this
  as_nobody "$SAGITTA" analyze "$work/t.csv" --json made/r.json >out 2>err
  status=$?
  chmod 755 made
  [ $status -eq 4 ] || fail "exit status $status without permission"
  says 'permission'
  nothing_made
fi
