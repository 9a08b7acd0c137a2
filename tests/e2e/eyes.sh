# SPDX-License-Identifier: Apache-2.0
# Protects: what has a person in it is for its owner's eyes alone whatever the umask, a killed run leaves nothing, and
# what the recording says of place, device and author goes nowhere.
. "$HERE/lib.sh"
need ffmpeg ffprobe
XDG_DATA_HOME=$PWD/data
export XDG_DATA_HOME
unset SAGITTA_PASSPHRASE
umask 000

private() {
  for file in "$@"; do
    [ "$(stat -c %a "$file")" = 600 ] || fail "$file is $(stat -c %a "$file")"
  done
}

# A phone's tags, and a film of every output.
ffmpeg -nostdin -v error -i "$FIXTURES/strip.mp4" -c copy -movflags use_metadata_tags \
  -metadata location=+48.1371+011.5754/SECRETPLACE -metadata com.apple.quicktime.make=SECRETMAKE \
  -metadata artist=SECRETAUTHOR -metadata comment=SECRETCOMMENT -metadata creation_time=2001-02-03T04:05:06Z \
  -metadata:s:v:0 handler_name=SECRETHANDLER -y told.mp4 || fail "ffmpeg"
ffprobe -v error -show_format told.mp4 | grep -q SECRETPLACE || fail "the recording says nothing of its place"
expect 0 "$SAGITTA" records add eyes
echo old >made/t.csv
chmod 644 made/t.csv
echo old >made/r.json
chmod 200 made/r.json
expect 0 "$SAGITTA" analyze told.mp4 --client eyes --json made/r.json --tracks made/t.csv --angles made/a.csv \
  --overlay made/o.mp4 --report made/p.pdf --fhir made/f.json
private made/t.csv made/a.csv made/o.mp4 made/p.pdf made/f.json data/sagitta/records.db
[ "$(stat -c %a made/r.json)" = 200 ] || fail "a tighter mode was not kept: $(stat -c %a made/r.json)"
chmod 600 made/r.json
expect 0 "$SAGITTA" report made/r.json -o made/p.html --tracks made/t.csv --video told.mp4 --overlay made/o.mp4
expect 0 "$SAGITTA" records export eyes -o made/e.json
expect 0 "$SAGITTA" records backup made/b.db
cp made/t.csv two.csv
expect 0 "$SAGITTA" analyze made/t.csv two.csv --table made/table.csv
private made/p.html made/e.json made/b.db made/table.csv
grep -alE 'SECRET|48\.1371' made/* data/sagitta/* >found && fail "tags travel to $(cat found)"
ffprobe -v error -show_format -show_streams made/o.mp4 | grep -E 'SECRET|2001-02-03' && fail "the overlay has the tags"
grep -q "base-uri 'none'" made/p.html || fail "the page does not say base-uri"
grep -q "form-action 'none'" made/p.html || fail "the page does not say form-action"

# Records that were copied here with a loose mode.
chmod 666 data/sagitta/records.db
expect 0 "$SAGITTA" records list
private data/sagitta/records.db

# kill -9 in the middle: nothing under any name; what an earlier version left is swept by the next write.
rm -rf made
mkdir made
"$SAGITTA" analyze told.mp4 --overlay made/o.mp4 --tracks made/t.csv >out 2>err &
process=$!
for _ in $(seq 500); do
  find "/proc/$process/fd" -lname "$PWD/made/*" 2>/dev/null | grep -q . && break
  sleep 0.02
done
kill -9 $process
wait $process
nothing_made
echo left >made/.r.json-a1B2c3.json
echo kept >made/.r.json-other.json
expect 0 "$SAGITTA" analyze two.csv --json made/r.json
[ -e made/.r.json-a1B2c3.json ] && fail "what was left behind is not swept"
[ -e made/.r.json-other.json ] || fail "another file was removed"
