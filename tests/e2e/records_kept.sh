# SPDX-License-Identifier: Apache-2.0
# Protects: what was measured can be shown again from the records alone, by the recording's name; with photographs only
# while the video is the file that was measured, and it is said why not; two clients become one and come apart again; a
# result goes to whom it belongs; what is asked on a terminal is asked once.
. "$HERE/lib.sh"
need python3 pdftotext pdfimages
XDG_DATA_HOME=$PWD/data
export XDG_DATA_HOME
unset SAGITTA_PASSPHRASE
records() { "$SAGITTA" records "$@"; }
ok() {
  pattern=$1
  shift
  expect 0 "$@"
  cat out err | tr '\n' ' ' | tr -s ' ' | grep -Eq -- "$pattern" || fail "it does not print '$pattern': $*"
}
photographs() { pdfimages -list "$1" | grep -c jpeg; }

cp "$FIXTURES/clinic.mp4" 'a clip.mp4'
clinic=$HERE/../fuzz/corpus/analysis/clinic.csv
strip=$HERE/../fuzz/corpus/analysis/strip.csv
records add ana --name 'Ana Müller' >out || fail "no client"
records add ana2 --birth-year 1988 --notes 'runs' >out || fail "no client"
ok 'Saved as result 1' "$SAGITTA" analyze 'a clip.mp4' --client ana --date 2024-01-05 --pain 2 --json one.json --tracks t.csv
ok 'Saved as result 2' "$SAGITTA" analyze "$clinic" --client ana --date 2024-02-05 --before
ok 'Saved as result 3' "$SAGITTA" analyze "$strip" --client ana2 --date 2024-02-05 --after --same-markers --rest 20

# The page from the records is the page from the files, with two photographs for the client and two for the professional.
ok 'Report: kept.pdf' "$SAGITTA" report ana@2024-01-05 -o kept.pdf
[ "$(photographs kept.pdf)" -eq 4 ] || fail "$(photographs kept.pdf) photographs"
expect 0 "$SAGITTA" report one.json --tracks t.csv --video 'a clip.mp4' --client ana -o files.pdf
same kept.pdf files.pdf
expect 0 "$SAGITTA" report '#1' -o numbered.pdf
same kept.pdf numbered.pdf
expect 0 "$SAGITTA" report 1 -o numbered.pdf
same kept.pdf numbered.pdf
(mkdir elsewhere && cd elsewhere && "$SAGITTA" report ana@first -o ../moved.pdf >/dev/null) || fail "from another folder"
same kept.pdf moved.pdf

# The video was moved, or is another file now: without photographs, and that is said.
mv 'a clip.mp4' moved.mp4
ok 'no photographs: the video is no longer there.*a clip.mp4.*--video' "$SAGITTA" report ana@first -o without.pdf
[ "$(photographs without.pdf)" -eq 0 ] || fail "photographs from nowhere"
pdftotext without.pdf - | grep -q 'Hip hinge' || fail "the page without photographs is empty"
ok 'Report' "$SAGITTA" report ana@first --video moved.mp4 -o again.pdf
[ "$(photographs again.pdf)" -eq 4 ] || fail "the video that was moved is not taken"
cp "$FIXTURES/strip.mp4" 'a clip.mp4' 2>/dev/null || cp moved.mp4 'a clip.mp4'
printf x >>'a clip.mp4'
ok 'not the file that was measured' "$SAGITTA" report ana@first -o changed.pdf
[ "$(photographs changed.pdf)" -eq 0 ] || fail "photographs of another video"
rm 'a clip.mp4'
# Of a tracks file there never was a video; of an imported result no tracks.
ok 'do not know where the video is' "$SAGITTA" report ana@last -o tracks.html
grep -q 'Hip hinge' tracks.html || fail "no page from tracks"
ok 'Saved as result 4' records import one.json --client ana2 --date 2024-03-05
ok 'keep no tracks' "$SAGITTA" report ana2@last -o alone.pdf
# Tracks that are not those that were saved are not drawn.
wrong 2 'There is no such result' "$SAGITTA" report ana@2024-09-09 -o made/x.pdf
wrong 2 'There is no result 99' "$SAGITTA" report 99 -o made/x.pdf
wrong 2 'neither a result file nor a recording' "$SAGITTA" report ana -o made/x.pdf
wrong 2 'tracks is in the records' "$SAGITTA" report ana@last --tracks t.csv -o made/x.pdf
wrong 3 'no-such.json' "$SAGITTA" report no-such.json -o made/x.pdf
nothing_made

# The same names everywhere.
records show ana@first >shown.json
same one.json shown.json
ok 'Changed result 2' records edit ana@last --pain 7
ok 'pain 7' records show ana
wrong 2 'Of a result' records edit ana@last --name X
wrong 2 'Say what' records edit ana --pain 3
ok '2024-01-05 .*2024-02-05' "$SAGITTA" compare '#1' ana@last
ok 'Hip hinge' "$SAGITTA" history ana@last
wrong 2 'cannot both hold' "$SAGITTA" analyze "$clinic" --client ana --same-markers --new-markers
wrong 2 'whose result' "$SAGITTA" analyze "$clinic" --rest 5

# One person under two IDs.
records export --all -o before.json >/dev/null
wrong 2 'Nothing was merged.*--yes' records merge ana ana2
wrong 2 'one client already' records merge ana ANA
wrong 2 'Did you mean' records merge ana ana3
python3 "$HERE/records_terminal.py" no "$SAGITTA" records merge ana ana2 >out && fail "merged without a yes"
grep -q 'ana (Ana Müller) and ana2 become one client' out || fail "it does not say what would be merged"
python3 "$HERE/records_terminal.py" yes "$SAGITTA" records merge ana ana2 >out || fail "not merged on a yes"
grep -q 'Merged ana2 into ana: 2 visits, 2 results. With a visit of both: 1 day. Kept once, for both had them: 1 result' out || fail "it does not say what was merged"
ok '1 client$|1 client ' records list
ok 'born 1988.*notes runs.*2024-02-05.*result 2 .*result 3' records show ana
ok 'whole' records verify
ok 'Undone: the merging of ana2 into ana' records undo --yes
records export --all -o after.json >/dev/null
same before.json after.json
wrong 2 'nothing to undo' records undo --yes

# A result of somebody else.
ok 'Moved result 3 from ana2 to ana, visit of 2024-02-05' records move ana2@2024-02-05 ana --yes
ok 'Moved result 2 from ana to ana2' records move '#2' ana2 --yes
wrong 2 "is ana2's already" records move 2 ana2 --yes
wrong 2 'Nothing was undone.*--yes' records undo
ok 'Undone: the moving of result 2 from ana2? to ana2?' records undo --yes
ok 'Undone: the moving of result 3' records undo --yes
records export --all -o after.json >/dev/null
same before.json after.json
ok 'Moved' records move 3 ana --yes
ok 'Rewrote' records vacuum
wrong 2 'nothing to undo' records undo --yes

# What decides from what on a change is real is asked once for the visit, after the treatment alone.
asked() { python3 "$HERE/records_terminal.py" "$@" >out || fail "$*"; }
"$SAGITTA" records questions | sed 's/null/false/' >no.json
asked yes,20 "$SAGITTA" analyze "$strip" --client ana --date 2024-01-05 --before --pretest no.json
grep -q 'still where they were' out && fail "asked before the treatment"
asked yes,20 "$SAGITTA" analyze "$clinic" --client ana --date 2024-01-05 --after
grep -q 'still where they were' out || fail "not asked after the treatment"
grep -q 'minutes' out || fail "the rest is not asked"
records export ana -o asked.json >/dev/null
python3 - <<'PY' || fail "the answers are not kept"
import json
rows = [r for v in json.load(open("asked.json"))["clients"][0]["visits"] for r in v["results"]]
after = [r for r in rows if r.get("mark") == "after" and r.get("rest_min") == 20]
assert len(after) >= 1 and all(r["same_markers"] is True for r in after), rows
assert all(r["tracks"].startswith("# sagitta-tracks/1") for r in rows), "tracks"
PY
