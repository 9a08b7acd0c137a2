# SPDX-License-Identifier: Apache-2.0
# Protects: HTML pages that everybody can read: on a telephone nothing is cut off or has to be pushed aside, light and dark
# have contrast in words and charts, and with the keyboard alone or a screen reader everything is reached by its name.
. "$HERE/lib.sh"
need python3 ffmpeg ffprobe
export PYTHONDONTWRITEBYTECODE=1
python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import browser; sys.exit(not browser.program())' "$HERE" ||
  skip "there is no Chromium"

looked() { python3 "$HERE/report_eyes.py" "$@" >out 2>err || fail "report_eyes.py $*: $(tail -1 err)"; }
recorded() {
  name=$1
  shift
  "$RENDER" --truth "$name.truth.csv" --set clinic --ankle --hand --ruler 40 --size 320x180 --fps 25 \
    --reps 1 "$@" >/dev/null 2>&1 || fail "$name is not rendered"
  python3 "$HERE/truth_tracks.py" "$name.truth.csv" "$name.csv" || fail "$name has no tracks"
}

# With photographs, a clinic's head and a long name.
cat >logo.svg <<'END'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><rect width="90" height="40" fill="#064"/></svg>
END
printf 'name = Praxis am Park\naddress = Parkstraße 3\naddress = 70173 Stuttgart\nlogo = logo.svg\n' >clinic.ini
expect 0 "$SAGITTA" analyze "$FIXTURES/clinic.mp4" --json r.json --tracks t.csv
expect 0 "$SAGITTA" report r.json --tracks t.csv --video "$FIXTURES/clinic.mp4" -o photographs.html --clinic clinic.ini \
  --name 'Konstantin-Maximilian von Hohenstein-Wolfeschlegelsteinhausen' --date 2026-02-03
# The tests of which the page is another one, and another language with longer words.
recorded sit --movement sit-and-reach
expect 0 "$SAGITTA" analyze sit.csv --test sit-and-reach --ruler 40 --age 30 --sex f --language de --report sit.html
recorded raise --movement straight-leg-raise
expect 0 "$SAGITTA" analyze raise.csv --test straight-leg-raise --side left --language es --report raise.html
looked photographs.html sit.html raise.html

# Visits, with pain.
XDG_DATA_HOME=$work/data
export XDG_DATA_HOME
expect 0 "$SAGITTA" records add ana --name 'Ana Müller' --birth-year 1984
expect 0 "$SAGITTA" records questions
sed 's/null/false/' out >no.json
for n in 1 2 3; do
  recorded "v$n" --pelvis $((50 + 5 * n)) --lumbar 45 --seed "$n"
  expect 0 "$SAGITTA" analyze "v$n.csv" --client ana --date "2026-0$n-15" --pretest no.json --pain $((7 - n)) \
    --report "v$n.html"
done
looked v3.html
