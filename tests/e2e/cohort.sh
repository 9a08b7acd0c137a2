# SPDX-License-Identifier: Apache-2.0
# Protects: the workflow of samples/cohort measures a cohort as the program itself does, to the byte, and does nothing
# twice.
. "$HERE/lib.sh"
need snakemake python3

mkdir recordings
for name in a 'b c'; do
  "$RENDER" -o "recordings/$name.mp4" --set strip --size 640x360 --fps 12 --reps 1 --stand 1 --down 1.6 --hold 0.7 \
    --up 1.6 --pause 0.6 >/dev/null 2>&1 || fail "$name is not rendered"
done
head -c 3000 recordings/a.mp4 >recordings/broken.mp4
echo 'notes' >recordings/notes.txt
printf 'file,client,age,sex\na,K1,30,f\nb c.mp4,K2,40,m\n' >roster.csv
expect 0 "$SAGITTA" analyze recordings --table whole.csv --all-columns --height 170 --roster roster.csv

workflow() {
  XDG_CACHE_HOME=$work/cache snakemake --snakefile "$HERE/../../samples/cohort/Snakefile" --directory "$work" --cores 2 \
    --config sagitta="$SAGITTA" options='--height 170' roster=roster.csv >said 2>&1 || {
    cat said >&2
    fail "the workflow fails"
  }
}
workflow
same whole.csv results/cohort.csv
grep -q 'recordings/broken.mp4,,,,3,' results/cohort.csv || fail "what cannot be measured has no line"
workflow
grep -q 'Nothing to be done' said || fail "it is done twice"
cp recordings/a.mp4 recordings/d.mp4
workflow
[ "$(grep -c '^rule recording:' said)" -eq 1 ] || fail "more than the new recording is measured"
[ "$(wc -l <results/cohort.csv)" -eq 5 ] || fail "the new recording is not in the table"
