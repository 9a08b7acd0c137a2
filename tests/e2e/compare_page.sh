# SPDX-License-Identifier: Apache-2.0
# Protects: two recordings of a visit as a page and in three lines: what was, what is, and whether it is more than
# measurement error; with photographs where the videos are given, never those of another recording; whole or not at all.
. "$HERE/lib.sh"
need python3 pdftotext pdffonts pdfimages

pdf() { python3 "$HERE/report_pdf.py" "$@" >out 2>err || fail "report_pdf.py $1: $(cat err)"; }
html() { python3 "$HERE/report_html.py" structure "$@" >out 2>err || fail "report_html.py $1: $(cat err)"; }
recorded() {
  name=$1
  shift
  "$RENDER" --truth "$name.truth.csv" --set clinic --ankle --size 320x180 --fps 25 --reps 1 "$@" \
    >/dev/null 2>&1 || fail "$name is not rendered"
  python3 "$HERE/truth_tracks.py" "$name.truth.csv" "$name.csv" || fail "$name has no tracks"
}

XDG_DATA_HOME=$work/data
export XDG_DATA_HOME
expect 0 "$SAGITTA" records add ana --name 'Ana <b>Müller</b>' --birth-year 1984
expect 0 "$SAGITTA" records questions
sed 's/null/false/' out >no.json
recorded before --pelvis 50 --lumbar 45
recorded after --pelvis 72 --lumbar 41
expect 0 "$SAGITTA" analyze before.csv --client ana --date 2026-03-15 --pretest no.json --before --pain 5 --json a.json
expect 0 "$SAGITTA" analyze after.csv --client ana --date 2026-03-15 --pretest no.json --after --pain 3 --json b.json

# Three lines on the terminal, before the table: who and what, hips, lower back.
expect 0 "$SAGITTA" compare ana@last --language en
python3 - out <<'END' >python.out 2>err || fail "the three lines: $(cat err)"
import re
import sys
answer = open(sys.argv[1], encoding="utf-8").read().split("\n\n")[0]
lines = [" ".join(line.split()) for line in re.split(r"\n(?=  [A-Z])", answer)]
assert len(lines) == 3, lines
assert lines[0].startswith("ana Ana") and "Toe touch" in lines[0], lines
hips = re.match(r"Hips: (\d+)° to (\d+)°, \+(\d+)°\. That is more than the measurement error of 10°; the bending itself "
                r"may have loosened so much\.", lines[1])
back = re.match(r"Lower back: (\d+)° to (\d+)°, (.)(\d+)°\. No real change can be told: up to 12° may be measurement error\.", lines[2])
assert hips and int(hips[2]) - int(hips[1]) == int(hips[3]), lines
assert back and int(back[2]) - int(back[1]) == (-1 if back[3] == "−" else 1) * int(back[4]), lines
END

# Two recordings before, or a rest, make a real change of the same difference.
expect 0 "$SAGITTA" records edit --result 2 --rest 10
expect 0 "$SAGITTA" compare ana@last --language en
tr -s '\n ' ' ' <out | grep -q 'A real change: it is more than the 10° of measurement error' || fail "no real change"
tr -s '\n ' ' ' <out | grep -q 'a rest of 10 minutes lay between' || fail "the rest is not told"

# The page says the same, in both formats, on either paper, in each language.
expect 0 "$SAGITTA" compare ana@last -o page.pdf
pdf page.pdf 1 1 'Ana <b>Müller</b>' '15 March 2026' 'before and after' 'A real change' 'No real change can be told' \
  'Pain, 0 to 10' 'Counts above' 'screening and tracking aid'
expect 0 "$SAGITTA" compare ana@last --report page.html
html page.html 'Ana <b>Müller</b>' 'A real change' 'No real change can be told' 'within error'
expect 0 "$SAGITTA" compare ana@last -o letter.pdf --paper letter
pdfinfo letter.pdf | grep -q '612 x 792' || fail "no Letter paper"
expect 0 "$SAGITTA" compare ana@last -o de.pdf --language de
pdf de.pdf 1 1 'Eine echte Veränderung' '15. März 2026'
expect 0 "$SAGITTA" compare ana@last -o es.html --language es
html es.html 'Un cambio real'
for i in 1 2; do expect 0 "$SAGITTA" compare ana@last -o "$i.pdf"; done
same 1.pdf 2.pdf

# With tracks and videos there are photographs, and no others than those of these recordings.
expect 0 "$SAGITTA" analyze "$FIXTURES/clinic.mp4" --json c.json --tracks c.csv
expect 0 "$SAGITTA" compare c.json c.json --tracks c.csv --tracks c.csv --video "$FIXTURES/clinic.mp4" \
  --video "$FIXTURES/clinic.mp4" -o photographs.pdf
[ "$(pdfimages -list photographs.pdf | grep -c jpeg)" -eq 2 ] || fail "no two photographs"
mkdir -p made
refused() {
  wanted=$1
  shift
  expect "$wanted" "$SAGITTA" compare "$@"
  says_something
  nothing_made
}
refused 2 c.json c.json --tracks c.csv --tracks c.csv --video "$FIXTURES/strip.mp4" --video "$FIXTURES/strip.mp4" \
  -o made/x.pdf
says 'head could not be hidden'
refused 3 a.json b.json --tracks c.csv --tracks c.csv -o made/x.pdf
says 'another recording'
refused 2 a.json b.json --tracks c.csv -o made/x.pdf
refused 2 a.json b.json --clinic c.ini
refused 2 a.json b.json -o made/x.doc
refused 2 a.json b.json -o a.json
refused 2 a.json b.json -o made/x.pdf --paper a5
refused 4 a.json b.json -o made/none/x.pdf

# The clinic's file: what is not understood is told with its line, and no page is made.
clinic() {
  printf "$1" >clinic.ini
  expect 3 "$SAGITTA" compare a.json b.json -o made/x.pdf --clinic clinic.ini
  says "$2"
  nothing_made
}
clinic 'name = A\nnam = B\n' 'line 2'
clinic 'name = A\nname = B\n' 'second name'
clinic 'address = B\n' "clinic's name"
clinic 'name\n' 'line 1'
clinic '[other]\nname = A\n' 'one section'
clinic 'name = A\nlogo = clinic.ini\n' 'neither PNG nor JPEG nor SVG'
clinic 'name = A\nlogo = missing.png\n' 'missing.png'
clinic 'name = \001\n' 'UTF-8'
printf '\357\273\277[clinic]\r\nname = Praxis <b>am</b> Park\r\naddress = Weg 3\r\n' >clinic.ini
expect 0 "$SAGITTA" compare a.json b.json -o made/x.html --clinic clinic.ini
html made/x.html 'Praxis <b>am</b> Park' 'Weg 3'
