# SPDX-License-Identifier: Apache-2.0
# Protects: a data set has no name in it, is whole or not there, tells what was changed, added or lost, and gives the same
# results when it is measured again; its table and its reference fit each other.
. "$HERE/lib.sh"
need python3

expect 0 "$SAGITTA" simulate --people 4 --set clinic --seed 3 -o people
mkdir tracks
n=0
for file in people/*.csv; do
  case $file in *truth*) continue ;; esac
  n=$((n + 1))
  sed "1s/ source=[^ ]*//; 1s/\$/ source=\"Anna Müller $n.mp4\"/" "$file" >"tracks/Anna Müller $n.csv"
done
[ "$n" -ge 3 ] || fail "there are $n tracks"
expect 0 "$SAGITTA" analyze "tracks/Anna Müller 1.csv" --json "tracks/Anna Müller 1.json"
{
  echo 'file,client,rater,trial,t12_start_deg,t12_end_deg,s1_start_deg,s1_end_deg,remark'
  for i in $(seq "$n"); do
    echo "Anna Müller $i,Anna Müller $((i % 3)),Bea,1,0,$((80 + i)),0,$((40 + i)),sneezed"
    echo "Anna Müller $i,Anna Müller $((i % 3)),Cyril,1,0,$((81 + i)),0,$((40 + i)),"
  done
} >sheet.csv
expect 0 "$SAGITTA" dataset pack tracks/*.csv -o set --licence CC-BY-4.0 --title Bends --reference sheet.csv
says 'column remark'
python3 "$HERE/valid.py" "$HERE/../../include/sagitta/dataset.schema.json" set/dataset.json \
  'len(d["recordings"]) == '"$n" 'any(f["path"] == "reference.csv" for f in d["files"])' || fail "set/dataset.json"
if grep -rqE 'Anna|Müller|Bea|Cyril|sneezed' set; then fail "a name is in the set: $(grep -rlE 'Anna|Bea|Cyril|sneezed' set)"; fi
expect 0 "$SAGITTA" dataset verify set
expect 0 "$SAGITTA" dataset analyze set --table table.csv
grep -q "Recordings: $n. The same to the byte: $n" out || fail "not the same: $(cat out)"
expect 0 "$SAGITTA" agreement table.csv --with set/reference.csv --quantity pelvic_rotation_deg
tr -s '\n ' ' ' <out | grep -q "$n pairs of 3 people" || fail "the table and the reference do not fit"
# What a killed one left goes with the next of that name; what looks like it stays.
mkdir .again-aB3dE6 .again-aB3dE67 .again
touch .again-aB3dE6/dataset.json .again/kept
# The same from the same, and never over another.
expect 0 "$SAGITTA" dataset pack tracks/*.csv -o again --licence CC-BY-4.0 --title Bends --reference sheet.csv
diff -r set again || fail "the same recordings make another set"
[ ! -e .again-aB3dE6 ] || fail "what a killed one left is still there"
[ -e .again-aB3dE67 ] && [ -e .again/kept ] || fail "what nobody left was taken away"
wrong 4 'there already' "$SAGITTA" dataset pack tracks/*.csv -o set --licence CC-BY-4.0
misuse 'licence' dataset pack tracks/*.csv -o made/set
misuse 'Which recordings' dataset pack -o made/set --licence CC0-1.0
expect 3 "$SAGITTA" dataset pack tracks/*.csv absent.csv -o made/set --licence CC0-1.0
nothing_made
# Folders of participants with recordings of one name: the folder tells whose a line of the reference is.
mkdir -p folders/P01 folders/P02
cp 'tracks/Anna Müller 2.csv' folders/P01/trial.csv
cp 'tracks/Anna Müller 3.csv' folders/P02/trial.csv
printf 'file,client,t12_end_deg\ntrial.mp4,A,10\n' >several.csv
wrong 2 'several recordings have that name' "$SAGITTA" dataset pack folders/*/*.csv -o made/set --licence CC0-1.0 --reference several.csv
nothing_made
printf 'file,client,t12_end_deg\nP02/trial.mp4,B,20\nP01/trial,A,10\n' >told.csv
expect 0 "$SAGITTA" dataset pack folders/*/*.csv -o two --licence CC0-1.0 --reference told.csv
printf 'file,client,t12_end_deg\nAnna Müller 3,B,20\nAnna Müller 2,A,10\n' >plain.csv
expect 0 "$SAGITTA" dataset pack 'tracks/Anna Müller 2.csv' 'tracks/Anna Müller 3.csv' -o same --licence CC0-1.0 --reference plain.csv
same two/reference.csv same/reference.csv
[ "$(sed 1d two/reference.csv | cut -d, -f1 | sort -u | wc -l)" -eq 2 ] || fail "both lines went to one recording"
# Changed, added, lost.
echo >>again/tracks/R0001.csv
echo Anna >again/names.txt
rm again/results/R0002.json
expect 1 "$SAGITTA" dataset verify again
for fault in 'R0001.csv: changed' 'names.txt: not listed' 'R0002.json: missing'; do says "$fault"; done
wrong 3 'no data set|cannot be opened' "$SAGITTA" dataset verify tracks
