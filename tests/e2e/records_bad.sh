# SPDX-License-Identifier: Apache-2.0
# Protects: records that are damaged, of a later version, of another program, read-only, on a full disk, or written to by
# two programs at once: a clear message, and nothing lost. The questions at a terminal.
. "$HERE/lib.sh"
need python3
clip=$HERE/../fuzz/corpus/analysis/clinic.csv
result=$HERE/../fuzz/corpus/result/strip.json
records() { "$SAGITTA" records "$@"; }
unset SAGITTA_PASSPHRASE

save() {
  python3 - "$result" "$1" saved.json <<'PY'
import json, sys
d = json.load(open(sys.argv[1]))
d["settings"]["seed"] = int(sys.argv[2])
json.dump(d, open(sys.argv[3], "w"), indent=2)
PY
  records import saved.json --client a --date 2024-01-01 --records "$2"
}

expect 0 records add a --records a.db
expect 0 save 1 a.db

# Of a later version, of another program, none at all.
python3 -c 'import sqlite3; c = sqlite3.connect("later.db"); sqlite3.connect("a.db").backup(c)
c.execute("PRAGMA user_version = 99"); c.commit()
c = sqlite3.connect("foreign.db"); c.execute("CREATE TABLE stamps(id)"); c.commit()'
head -c 5000 /dev/zero | tr '\0' 'x' >text.db
for file in later foreign text; do cp $file.db $file.was; done
wrong 3 'later Sagitta.*Update' records list --records later.db
wrong 3 'later Sagitta' save 2 later.db
wrong 3 'another program' records add b --records foreign.db
wrong 3 'no records file' records add b --records text.db
wrong 3 'a folder' records list --records .
wrong 3 'device or a pipe' records list --records /dev/null
for file in later foreign text; do same $file.db $file.was; done
wrong 2 'without encryption' records list --records a.db --key-file text.db

# A document that was changed behind the program's back is told, and not shown as measured.
python3 -c 'import sqlite3; c = sqlite3.connect("a.db"); sqlite3.connect("edited.db").close()
d = sqlite3.connect("edited.db"); c.backup(d)
text = d.execute("SELECT document FROM results").fetchone()[0]
at = text.index("\"value\": ", text.rindex("\"hip_hinge_deg\"")) + 9
end = text.index(",", at)
d.execute("UPDATE results SET document = ?", (text[:at] + str(float(text[at:end]) + 1) + text[end:],)); d.commit()'
expect 0 "$SAGITTA" history a --records edited.db
says 'not the one that was saved'
grep -q 'Hip hinge' out && fail "an edited document is in the history"
wrong 3 'not the one that was saved' "$SAGITTA" compare 1 1 --records edited.db
wrong 3 'not the one that was saved' records show --result 1 --records edited.db
expect 3 records verify --records edited.db

# Damaged: said, and the rest recovered into a new file.
for i in 2 3 4 5 6 7 8 9; do expect 0 save $i a.db; done
cp a.db damaged.db
python3 -c 'import os
f = open("damaged.db", "r+b")
pages = os.path.getsize("damaged.db") // 4096
f.seek(4096 * (pages - 3))
f.write(b"\x5a" * 4096)'
cp damaged.db damaged.was
expect 3 records verify --records damaged.db
says 'problem|damaged'
expect 0 records recover damaged.db -o recovered.db
same damaged.db damaged.was
expect 0 records verify --records recovered.db
grep -Eq 'saved: 1 client, 1 visit, [5-9] results' out || fail "too little was recovered: $(cat out)"
wrong 2 'is there already' records recover damaged.db -o recovered.db
wrong 3 'Nothing of a client' records recover text.db -o nothing.db
[ -e nothing.db ] && fail "an empty file was made"

# Two programs at once.
save_many() {
  for i in 1 2 3 4 5 6 7 8; do
    mkdir -p "$1-$i"
    (cd "$1-$i" && save "$1$i" ../a.db) >"$1-$i.out" 2>&1 || echo "$1-$i" >>failed
  done
}
result=$(cd "$(dirname "$result")" && pwd)/strip.json
save_many 10 &
save_many 20 &
wait
[ -e failed ] && fail "two at once: $(cat failed "$(head -1 failed).out")"
expect 0 records verify --records a.db
grep -q '25 results' out || fail "two at once lost something: $(cat out)"

# Where nothing may be written: read all the same, and say so when asked to write.
mkdir locked
cp a.db locked/a.db
chmod 644 locked/a.db
chmod 755 "$work"
if [ "$(id -u)" -eq 0 ]; then
  as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
  $as_nobody test -r locked/a.db 2>/dev/null || as_nobody=none
else
  chmod 555 locked
  as_nobody=
fi
if [ "$as_nobody" != none ] && $as_nobody "$SAGITTA" --version >/dev/null 2>&1; then
  # shellcheck disable=SC2086 # words are wanted
  expect 0 $as_nobody "$SAGITTA" records list --records locked/a.db
  # shellcheck disable=SC2086
  expect 0 $as_nobody "$SAGITTA" history a --records locked/a.db
  # shellcheck disable=SC2086
  wrong 4 'permission' $as_nobody "$SAGITTA" records add b --records locked/a.db
  # shellcheck disable=SC2086
  wrong 4 'cannot be made' $as_nobody "$SAGITTA" records add b --records locked/new.db
fi
chmod 755 locked

# A full disk, as a limit on how large a file may grow: nothing reported that is not there, and nothing lost.
expect 0 records add a --records full.db
(
  ulimit -f 200
  for i in $(seq 1 40); do save "$i" full.db; done >full.out 2>full.err
)
saved=$(grep -c '^Saved as result' full.out)
[ "$saved" -gt 3 ] || fail "nothing was saved below the limit: $(head -3 full.err)"
[ "$saved" -lt 40 ] || fail "the limit did not limit"
grep -Eq 'full|too large|Free some space' full.err || fail "the message does not say that there is no room: $(head -5 full.err)"
expect 0 records verify --records full.db
grep -q ", $saved results" out || fail "$saved were reported saved, but: $(cat out)"

# The same on a file system that is really full.
if mkdir disk && mount -t tmpfs -o size=300k tmpfs disk 2>/dev/null; then
  trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
  expect 0 records add a --records disk/a.db
  : >full.out
  for i in $(seq 1 40); do save "$i" disk/a.db >>full.out 2>full.err || break; done
  saved=$(grep -c '^Saved as result' full.out)
  tr '\n' ' ' <full.err | tr -s ' ' | grep -q 'disk is full' || fail "a full disk is not said: $(cat full.err)"
  expect 0 records verify --records disk/a.db
  grep -q ", $saved results\?" out || fail "$saved were reported saved, but: $(cat out)"
  # A removal overwrites what goes, through the journal: without room for that it is refused, and nothing changes.
  "$SAGITTA" records remove a --yes --records disk/a.db >out 2>err
  [ $? -eq 0 ] || says 'disk is full'
  expect 0 records verify --records disk/a.db
  umount disk
fi

# Questions at a terminal, once for each visit.
expect 0 python3 "$HERE/records_terminal.py" no,no,no,no,no,no,no,no,no \
  "$SAGITTA" analyze "$clip" --client a --date 2024-06-01 --records a.db
grep -q 'Saved as result' out || fail "answers at the terminal did not lead to a saved result: $(cat out)"
expect 0 python3 "$HERE/records_terminal.py" "" \
  "$SAGITTA" analyze "$clip" --client a --date 2024-06-01 --records a.db
grep -q 'yes/no' out && fail "asked twice in one visit"
expect 1 python3 "$HERE/records_terminal.py" no,no,maybe,yes,no,no,no,no,no,no \
  "$SAGITTA" analyze "$clip" --client a --date 2024-06-02 --records a.db
tr -d '\r' <out | tr '\n' ' ' | tr -s ' ' | grep -q 'See a clinician first' || fail "a yes is not answered: $(cat out)"
expect 0 python3 "$HERE/records_terminal.py" a "$SAGITTA" records remove a --records a.db
grep -q 'Removed a' out || fail "the ID typed again does not remove"
