# SPDX-License-Identifier: Apache-2.0
# Protects: the workflow of samples/cohort measures a cohort in shards as the program itself does in one run, to the
# byte, whatever the recordings are called, with some that cannot be measured, after a kill in the middle and after an
# analysis that broke off; nothing is done twice, and a changed line of the roster measures one recording again.
# COHORT: how many recordings; SHARDS: in how many shards.
. "$HERE/lib.sh"
need snakemake python3
count=${COHORT:-40}

mkdir -p 'recordings/P 01' 'recordings/Pé{02}/{visit} 1' recordings/P03
expect 0 "$SAGITTA" analyze "$FIXTURES/strip.mp4" --tracks tracks.csv
i=0
while [ $i -lt "$count" ]; do
  case $((i % 3)) in
    0) to="recordings/P 01" ;;
    1) to='recordings/Pé{02}/{visit} 1' ;;
    2) to=recordings/P03 ;;
  esac
  cp tracks.csv "$to/r{$i} ü.csv"
  i=$((i + 1))
done
cp "$FIXTURES/strip.mp4" recordings/P03/film.mp4
head -c 3000 "$FIXTURES/strip.mp4" >recordings/P03/broken.mp4
echo 'notes' >recordings/notes.txt
printf 'file,client,age,sex\nr{0} ü,K1,30,f\nr{1} ü.csv,K2,40,m\nr{2} ü,K3,50,m\n' >roster.csv
find recordings -name '*.csv' -o -name '*.mp4' >list
expect 0 "$SAGITTA" analyze @list --table whole.csv --all-columns --height 170 --roster roster.csv
[ "$(wc -l <whole.csv)" -eq $((count + 3)) ] || fail "the list is not measured whole"

shards=${SHARDS:-4}
workflow() {
  XDG_CACHE_HOME=$work/cache setsid snakemake --snakefile "$HERE/../../samples/cohort/Snakefile" --directory "$work" \
    --cores 2 "$@" --config sagitta="$program" options='--height 170' roster=roster.csv shards=$shards >said 2>&1
}
done_well() {
  workflow "$@" || {
    cat said results/log/* >&2
    fail "the workflow fails"
  }
}
lines() { python3 -c 'import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")): print(row["file"], row[sys.argv[2]])' "$@"; }

# A program that breaks off at one recording, as with too little memory, until it is tried once more; and slow enough
# to be killed between two shards.
program=$work/breaks
cat >breaks <<END
#!/bin/sh
"$SAGITTA" "\$@" || exit
if [ ! -e "$work/broke" ] && grep -q film.mp4 "\${2#@}"; then
  : >"$work/broke"
  sed -i '/film.mp4/s/,0,/,137,/' "\$4"
fi
[ -e "$work/killed" ] || sleep 1
END
chmod +x breaks
workflow &
run=$!
for _ in $(seq 300); do
  [ "$(find results -path '*shards/*.csv' 2>/dev/null | wc -l)" -ge 1 ] && break
  sleep 0.1
done
kill -9 -- "-$(ps -o pid= --ppid $run | head -n 1 | tr -d ' ')" 2>/dev/null || kill -9 $run
wait $run 2>/dev/null
: >killed
[ ! -e results/cohort.csv ] || fail "it was not killed in the middle"
workflow --unlock || fail "it stays locked"
done_well --rerun-incomplete
[ -e broke ] || fail "no analysis broke off"
grep -q 'film.mp4 broke off' results/log/* said || [ "$(lines results/cohort.csv exit | grep -c ' 137')" -eq 0 ] || fail "a broken-off analysis is a result"
same whole.csv results/cohort.csv
[ "$(lines results/cohort.csv exit | grep 'broken.mp4')" = 'recordings/P03/broken.mp4 3' ] || fail "what cannot be measured has no line"
done_well
grep -q 'Nothing to be done' said || fail "it is done twice"

# One more recording, and one line of the roster.
cp tracks.csv recordings/P03/d.csv
sed -i 's/K2,40/K2,41/' roster.csv
done_well
[ "$(wc -l <results/cohort.csv)" -eq $((count + 4)) ] || fail "the new recording is not in the table"
find recordings -name '*.csv' -o -name '*.mp4' >list
expect 0 "$SAGITTA" analyze @list --table whole.csv --all-columns --height 170 --roster roster.csv
again=$(sed -n 's/.* \([0-9]*\) were in the table already.*/\1/p' out)
[ "$again" -eq $((count + 1)) ] || fail "a changed line of the roster measures $((count + 2 - again)) recordings again"
same whole.csv results/cohort.csv
[ "$(grep -c '^rule shard:' said)" -le 2 ] || fail "more shards than the two that changed are measured"

# One that goes on breaking off is told by its name, and no table is made.
printf 'file,exit,reason\na.csv,0,\nb.csv,137,\n' >broken.csv
python3 "$HERE/../../samples/cohort/broken_off.py" broken.csv >said && fail "what broke off passes"
grep -q 'b.csv broke off' said || fail "what broke off is not named"
wrong 3 'names nothing' "$SAGITTA" analyze @/dev/null --table t.csv
wrong 3 'list "absent" cannot be read' "$SAGITTA" analyze @absent --table t.csv
