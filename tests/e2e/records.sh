# SPDX-License-Identifier: Apache-2.0
# Protects: a clinic's way through the records: a client, visits with pain and treatment marks, history, comparison,
# repeatability, export to another machine, backup, removal; and what is typed wrongly loses nothing.
. "$HERE/lib.sh"
clip=$HERE/../fuzz/corpus/analysis/clinic.csv
other=$HERE/../fuzz/corpus/analysis/strip.csv
XDG_DATA_HOME=$PWD/data
export XDG_DATA_HOME
unset SAGITTA_PASSPHRASE
records() { "$SAGITTA" records "$@"; }

# ok PATTERN COMMAND…: it succeeds and prints that.
ok() {
  pattern=$1
  shift
  expect 0 "$@"
  tr '\n' ' ' <out | tr -s ' ' | grep -Eq -- "$pattern" || fail "it does not print '$pattern': $*"
}

# Nothing there yet; the file is made for its owner alone.
wrong 3 'no records.*records add' records list
[ -e data ] && fail "looking made something"
ok 'Added zm-01' records add zm-01 --name 'Zoë <b>"Müller"</b>' --birth-year 1980 --sex f --height 171
[ "$(stat -c %a data/sagitta/records.db)" = 600 ] || fail "others can read the records"
[ "$(stat -c %a data/sagitta)" = 700 ] || fail "others can look into the folder"
ok 'Added 李' records add 李 --name '李 小龍'
wrong 2 'already' records add ZM-01
wrong 2 'future' records add x --birth-year 2199
wrong 2 'letters of any script' records add 'a b'
wrong 2 'letters of any script' records add ../x
wrong 2 'whole number' records add x --birth-year old
wrong 2 'f or m' records add x --sex woman
ok 'ID born .*zm-01 1980 0 0 .*<b>"Müller"</b>.*2 clients' records list
records list --json - >list.json
python3 -c 'import json; d = json.load(open("list.json")); assert d["clients"][0]["name"].startswith("Zoë"), d' ||
  fail "the list as JSON is wrong"

# Words that do not go together.
wrong 2 'whose result' "$SAGITTA" analyze "$clip" --pain 3
wrong 2 'takes 0 to 10' "$SAGITTA" analyze "$clip" --client zm-01 --pain 11
wrong 2 'cannot both' "$SAGITTA" analyze "$clip" --client zm-01 --before --after
wrong 2 'YYYY-MM-DD' "$SAGITTA" analyze "$clip" --client zm-01 --date 5.1.2024
wrong 2 'Did you mean "zm-01"' "$SAGITTA" analyze "$clip" --client zm-10
wrong 2 "Did you mean 'history'|history" "$SAGITTA" histroy zm-01
wrong 2 'Did you mean add' records ad x

# The pre-test questions, by a file.
records questions >form.json
wrong 3 'not answered' "$SAGITTA" analyze "$clip" --client zm-01 --pretest form.json --date 2024-01-05
sed 's/null/false/' form.json >no.json
ok 'Schwanger' records questions --language de
wrong 2 'no language .xx' records questions --language xx
sed '0,/null/s/null/true/; s/null/false/' form.json >yes.json
wrong 1 'See a clinician first' "$SAGITTA" analyze "$clip" --client zm-01 --pretest yes.json --date 2024-01-05 \
  --json made/x.json
nothing_made
ok 'to see a clinician first' records show zm-01
wrong 1 'See a clinician first' "$SAGITTA" analyze "$clip" --client zm-01 --date 2024-01-05
wrong 1 'rztlich' "$SAGITTA" analyze "$clip" --client zm-01 --date 2024-01-05 --language de
ok 'Saved as result 1 of zm-01, visit of 2024-01-05' "$SAGITTA" analyze "$clip" --client zm-01 --date 2024-01-05 --force \
  --pain 6 --json one.json
ok 'measured all the same' records show zm-01
records show --result 1 >shown.json
same one.json shown.json

# A result belongs to whom it belongs, once.
ok 'in the records already: result 1' "$SAGITTA" analyze "$clip" --client zm-01 --date 2024-01-05
ok 'Saved as result 2 of zm-01' "$SAGITTA" analyze "$other" --client zm-01 --date 2024-02-05 --pretest no.json
ok 'Changed result 2' records edit --result 2 --pain 2 --before
ok 'all answered with no result 2 .*strip before pain 2' records show zm-01

# Varied results, imported for their days.
python3 - one.json <<'PY' || exit 1
import json, sys
document = json.load(open(sys.argv[1]))
def varied(shift):
    d = json.loads(json.dumps(document))
    for part in d["repetitions"] + [d["summary"]]:
        for key in ("value", "low", "high", "camera_low", "camera_high"):
            part["hip_hinge_deg"][key] = round(part["hip_hinge_deg"][key] + shift, 2)
    return d
for i, shift in enumerate((4, 8, 15, -1, 1, 2, 30)):
    json.dump(varied(shift), open("varied-%d.json" % i, "w"), indent=2)
bent = varied(20)
bent["test"] = "toe-touch-knees-bent"
json.dump(bent, open("bent.json", "w"), indent=2)
edited = varied(0)
edited["summary"]["hip_hinge_deg"]["value"] = 179.0
json.dump(edited, open("edited.json", "w"), indent=2)
PY
import() { ok 'Saved as result' records import "$@" --client zm-01; }
import varied-0.json --date 2024-02-05
import varied-1.json --date 2024-03-05 --before
import varied-2.json --date 2024-04-05
import varied-6.json --date 2024-03-05 --after
ok 'there already' records import varied-0.json --client zm-01 --date 2024-09-09
wrong 2 'whose it is' records import varied-3.json
wrong 3 'edited.json.*does not contain its value 179' records import edited.json --client zm-01

ok 'Hip hinge .*real change.*Since the visit before the last.*Before and after treatment' "$SAGITTA" history zm-01
grep -q 'Before and after treatment' out || fail "the treatment is not in the history"
grep -q 'Trend per 30 days' out || fail "there is no trend"
"$SAGITTA" history zm-01 --json history.json >/dev/null
python3 - <<'PY' || fail "the history as JSON is wrong"
import json
h = json.load(open("history.json"))
assert h["schema"] == "sagitta-history/1" and h["name"].startswith("Zoë <b>")
clinic = next(t for t in h["tests"] if t["marker_set"] == "clinic")
hip = clinic["quantities"]["hip_hinge_deg"]
assert hip["visits"] == 4 and hip["verdict"] == "real" and abs(hip["change"] - 15) < 0.01, hip
assert hip["limit"] == {"detectable_change": 10.0, "sem": 3.60769, "personal": False}, hip["limit"]
assert hip["trend"]["low"] < hip["trend"]["per_day"] < hip["trend"]["high"]
assert clinic["visits"][2]["after"]["hip_hinge_deg"]["results"] == 1
PY
ok 'Hüftbeugung .*echte Änderung.*Trend je 30 Tage' "$SAGITTA" history zm-01 --language de
ok 'Flexión de cadera .*cambio real' "$SAGITTA" compare zm-01@first zm-01@last --language es
wrong 2 'no language .xx' "$SAGITTA" history zm-01 --language xx
wrong 2 'no language .xx' "$SAGITTA" compare zm-01@first zm-01@last --language xx
wrong 2 'There is no client' "$SAGITTA" history nobody
wrong 2 'no test .*Did you mean toe-touch' "$SAGITTA" history zm-01 --test toe-tuch

# Side by side.
ok '2024-01-05 +2024-04-05.*Hip hinge.*real change' "$SAGITTA" compare zm-01@first zm-01@last
# Bending itself loosens: with one recording before, and no rest, no change is called real; with two, or a rest, it is.
ok 'before .*after.*Hip hinge.*beyond error.*Bending itself loosens' "$SAGITTA" compare zm-01@2024-03-05
ok 'Changed' records edit zm-01@2024-03-05:after --rest 12 --same-markers
ok 'before .*after.*Hip hinge.*real change.*stayed on.*rest of 12 minutes' "$SAGITTA" compare zm-01@2024-03-05
ok 'Changed' records edit zm-01@2024-03-05:after --rest 0 --new-markers
ok 'beyond error' "$SAGITTA" compare zm-01@2024-03-05
ok 'within error' "$SAGITTA" compare one.json varied-0.json
ok 'With bent knees the hips go 20° further' "$SAGITTA" compare one.json bent.json
expect 0 "$SAGITTA" compare one.json varied-2.json --json compared.json
python3 -c 'import json; q = json.load(open("compared.json"))["quantities"]["hip_hinge_deg"]
assert q["verdict"] == "real" and abs(q["change"] - 15) < 0.01' || fail "the comparison as JSON is wrong"
wrong 2 'with what' "$SAGITTA" compare one.json
wrong 3 'edited.json' "$SAGITTA" compare one.json edited.json
wrong 2 'neither a file' "$SAGITTA" compare zm-01 zm-01
wrong 2 'There is no' "$SAGITTA" compare zm-01@2020-01-01 zm-01@last

# Repeatability: four recordings with the markers put on anew.
ok 'Session 1 is open' records repeatability zm-01 --start --date 2024-05-05
for i in 3 4 5; do import varied-$i.json --date 2024-05-05; done
ok 'session 1 .*3 recordings open.*needs four' records repeatability zm-01
python3 -c 'import json; d = json.load(open("one.json")); d["settings"]["seed"] = 2; json.dump(d, open("seed.json", "w"), indent=2)'
import seed.json --date 2024-05-05
ok 'Hip hinge ° +10 +(9|10)' records repeatability zm-01
ok 'session 1 .*4 recordings' records repeatability zm-01 --end
ok "this person's own" "$SAGITTA" history zm-01

# To another machine and back; a second import changes nothing, an edited one is refused whole.
ok 'Exported to .*zm-01' records export zm-01 -o export.json
ok 'Imported: 1 new client,' records import export.json --records second.db
ok 'Imported: 0 new clients, 0 visits, 0 results' records import export.json --records second.db
"$SAGITTA" history zm-01 >a.txt
"$SAGITTA" history zm-01 --records second.db >b.txt
same a.txt b.txt
sed 's/"pain": 6/"pain": 60/' export.json >bad.json
wrong 3 'changed by hand' records import bad.json --records third.db
ok '0 clients' records list --records third.db
head -c 3000 export.json >cut.json
wrong 3 'cut off' records import cut.json --records third.db
ok 'Backup of' records backup backup.db
wrong 2 'is there already' records backup backup.db
"$SAGITTA" history zm-01 --records backup.db >b.txt
same a.txt b.txt
ok 'is whole, and every document as it was saved: 2 clients' records verify

# Removal, asked for and complete.
wrong 2 'add --yes' records remove zm-01 </dev/null
ok 'Removed zm-01: .*results' records remove zm-01 --yes
if cat data/sagitta/* | LC_ALL=C grep -q 'Müller'; then fail "a removed client's name is in the file"; fi
wrong 2 'There is no client' records show zm-01
ok 'is whole, and every document as it was saved: 1 client, 0 visits, 0 results' records verify
[ "$(find data/sagitta -type f)" = data/sagitta/records.db ] || fail "something was left beside the file"
