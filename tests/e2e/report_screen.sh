# SPDX-License-Identifier: Apache-2.0
# Protects: the HTML report in a browser: narrow and wide no text overlaps or is cut off, contrast holds, nothing is asked
# from elsewhere, the chart's cursor follows pointer, slider and film, and without scripts the chart is still there.
. "$HERE/lib.sh"
need python3 pdftotext
export PYTHONDONTWRITEBYTECODE=1
python3 -c 'import sys; sys.path.insert(0, sys.argv[1]); import browser; sys.exit(not browser.program())' "$HERE" ||
  skip "there is no Chromium"

shown() { python3 "$HERE/report_html.py" screen "$@" >out 2>err || fail "report_html.py screen $*"; }

expect 0 "$SAGITTA" analyze "$FIXTURES/clinic.mp4" --json r.json --tracks t.csv --overlay o.mp4 --report film.html \
  --report-video
shown film.html film
# As printed from the browser: its pages carry both parts.
[ "$(pdftotext film.html.pdf - | grep -c 'For the professional')" -ge 1 ] || fail "the printed page lacks its second part"

# A film that is too large for the page is named by it, from wherever the page lies.
mkdir "pages ä" films
cat o.mp4 /dev/zero 2>/dev/null | head -c 21000000 >films/large.mp4
expect 0 "$SAGITTA" report r.json --tracks t.csv -o "pages ä/large.html" --overlay films/large.mp4
grep -q 'src="../films/large.mp4"' "pages ä/large.html" || fail "the large film is not named from the page"
shown "pages ä/large.html" film

expect 0 "$SAGITTA" report r.json -o bare.html --name '<b>أمل</b> 王小明'
shown bare.html
"$RENDER" --truth sit.truth.csv --movement sit-and-reach --set clinic --ankle --hand --ruler 40 --reps 1 \
  --size 320x180 --fps 25 >/dev/null 2>&1 || fail "nothing is rendered"
python3 "$HERE/truth_tracks.py" sit.truth.csv sit.csv || fail "there are no tracks"
expect 0 "$SAGITTA" analyze sit.csv --test sit-and-reach --ruler 40 --report sit.html
shown sit.html
