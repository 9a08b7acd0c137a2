# SPDX-License-Identifier: Apache-2.0
# Protects: a report is made from whatever there is of a recording and says what the result says; nothing on it overlaps,
# nobody's face is on it, names and file names come out as text, and it is there whole or not at all.
. "$HERE/lib.sh"
need python3 pdftotext pdffonts pdfimages

pdf() { python3 "$HERE/report_pdf.py" "$@" >out 2>err || fail "report_pdf.py $1"; }
html() { python3 "$HERE/report_html.py" structure "$@" >out 2>err || fail "report_html.py $1"; }

# Everything at once, out of the measurement itself.
clip=$FIXTURES/clinic.mp4
expect 0 "$SAGITTA" analyze "$clip" --json made/r.json --tracks made/t.csv --overlay made/o.mp4 --report made/page.html \
  --report-video
grep -q '^Report: made/page.html' out || fail "the summary does not name the report"
made made/r.json made/t.csv made/o.mp4 made/page.html
sentence=$(python3 "$HERE/result.py" get made/r.json verdict.sentence)
html made/page.html "$sentence" "For the professional" "What to do next" "Hip hinge" "dygraphs"
grep -q 'data:video/mp4;base64,' made/page.html || fail "the film is not in the page"

# The same on paper from what was written: photographs, chart, tables.
expect 0 "$SAGITTA" report made/r.json --tracks made/t.csv --video "$clip" -o made/page.pdf --name 'Zoë Ångström' \
  --date 2026-02-03
pdf made/page.pdf 2 3 "$sentence" "Zoë Ångström" "3 February 2026" "Deepest point" "Hip hinge" "Camera alone" \
  "screening and tracking aid"
[ "$(wc -c <made/page.pdf)" -lt 1000000 ] || fail "the PDF has $(wc -c <made/page.pdf) bytes"
expect 0 "$SAGITTA" report made/r.json --tracks made/t.csv --video "$clip" -o again.pdf --name 'Zoë Ångström' \
  --date 2026-02-03
same made/page.pdf again.pdf
for end in html svg; do
  for i in 1 2; do expect 0 "$SAGITTA" report made/r.json --tracks made/t.csv -o "$i.$end"; done
  same 1.$end 2.$end
done
expect 0 "$SAGITTA" report made/r.json --tracks made/t.csv --video "$clip" -o made/still.html
[ "$(wc -c <made/still.html)" -lt 2000000 ] || fail "the HTML without film has $(wc -c <made/still.html) bytes"

# The photographs are JPEGs, on the client's page and on the professional's the same two, and where the head is there are only blocks.
pdfimages -j -l 1 made/page.pdf photo || fail "pdfimages"
[ "$(ls photo-*.jpg | wc -l)" -eq 2 ] || fail "$(ls photo-*.jpg 2>/dev/null | wc -l) photographs instead of 2"
need ffmpeg
for photo in photo-*.jpg; do
  size=$(python3 - "$photo" <<'END'
import sys
data = open(sys.argv[1], "rb").read()
i = 2
while data[i + 1] not in (0xC0, 0xC1, 0xC2):
    i += 2 + int.from_bytes(data[i + 2:i + 4], "big")
print(int.from_bytes(data[i + 7:i + 9], "big"), int.from_bytes(data[i + 5:i + 7], "big"))
END
) || fail "$photo is no JPEG"
  ffmpeg -v error -y -i "$photo" -vf format=gray -f rawvideo photo.grey || fail "ffmpeg on $photo"
  # The crown is the top of what is blocks: a face is detail, a block has none within itself.
  python3 - photo.grey $size <<'END' >out 2>err || fail "$photo shows a head"
import sys
width, height = int(sys.argv[2]), int(sys.argv[3])
grey = open(sys.argv[1], "rb").read()
flat = 0
for y in range(0, height - 8, 8):
    for x in range(0, width - 8, 8):
        block = [grey[(y + v) * width + x + u] for v in range(8) for u in range(8)]
        around = grey[max(y - 24, 0) * width + x], grey[min(y + 24, height - 1) * width + x]
        flat += max(block) - min(block) <= 4 and max(abs(block[0] - a) for a in around) > 25
assert flat > 25, flat
END
done

# With less there is less on the page, and what there is stays right.
expect 0 "$SAGITTA" report made/r.json -o made/bare.pdf
pdf made/bare.pdf 2 2 "$sentence"
pdftotext made/bare.pdf - | grep -q 'Deepest point' && fail "a photograph's title without one"
expect 0 "$SAGITTA" report made/r.json --tracks made/t.csv -o made/tracks.pdf
pdf made/tracks.pdf 2 3 "Deepest point"
pdfimages -list made/tracks.pdf | grep -q jpeg && fail "a photograph without a video"
expect 0 "$SAGITTA" report made/r.json -o made/one.pdf --page client
pdf made/one.pdf 1 1 "$sentence" "What to do next"
pdftotext made/one.pdf - | grep -qi 'for the professional' && fail "the professional's page is there"
expect 0 "$SAGITTA" report made/r.json -o made/one.html --page professional
html made/one.html "For the professional"
for end in svg png; do
  expect 0 "$SAGITTA" report made/r.json --tracks made/t.csv -o made/page.$end
  made made/page.$end
done
python3 -c "
import sys, xml.etree.ElementTree as tree
root = tree.parse('made/page.svg').getroot()
assert float(root.get('viewBox').split()[3]) > 1600, root.attrib
data = open('made/page.png', 'rb').read()
assert data[:8] == b'\\x89PNG\\r\\n\\x1a\\n' and int.from_bytes(data[16:20], 'big') == 1191, data[:24]" >out 2>err ||
  fail "SVG or PNG have another size"

# Words that do not fit together, before anything is opened.
rm -f made/*.pdf made/*.svg made/*.png
cp made/r.json made/t.csv .
rm -rf made
mkdir made
wrong() {
  expect 2 "$SAGITTA" "$@"
  says_something
  nothing_made
}
wrong report
wrong report r.json
wrong report r.json -o made/r.doc
wrong report r.json r.json -o made/r.pdf
wrong report r.json -o made/r.pdf --page third
wrong report r.json -o made/r.pdf --video "$clip"
says 'needs --tracks'
wrong report r.json -o made/r.pdf --camera c.json
wrong report r.json -o made/r.pdf --overlay o.mp4
wrong report r.json -o made/r.pdf --date 2026-02-30
wrong report r.json -o made/r.pdf --records x.db
wrong report r.json -o r.json
wrong analyze t.csv --report made/r.txt
wrong analyze t.csv --report -
wrong analyze t.csv --report made/r.html --report-video
says '--overlay'
wrong analyze t.csv --report made/r.pdf --report-video

# What cannot be read, or does not belong together, leaves nothing.
refused() {
  wanted=$1
  shift
  expect "$wanted" "$SAGITTA" report "$@" -o made/r.pdf
  says_something
  nothing_made
}
refused 3 missing.json
printf '{ "schema": "sagitta-result/1" }' >broken.json
refused 3 broken.json
sed 's/"version": "[0-9.]*"/"version": "none"/' r.json >edited.json
refused 3 edited.json
refused 3 r.json --tracks missing.csv
expect 0 "$SAGITTA" analyze "$FIXTURES/strip.mp4" --tracks other.csv
refused 3 r.json --tracks other.csv
says 'another recording'
refused 2 r.json --tracks t.csv --video "$FIXTURES/strip.mp4"
says 'head could not be hidden'
cp "$FIXTURES/phone.mp4" clinic.mp4
refused 2 r.json --tracks t.csv --video clinic.mp4
says 'head could not be hidden'
expect 4 "$SAGITTA" report r.json -o made/none/r.pdf
nothing_made
if [ -w /dev/full ]; then
  ln -s /dev/full full.pdf
  expect 4 "$SAGITTA" report r.json -o full.pdf
  ln -s /dev/full full.html
  expect 4 "$SAGITTA" report r.json -o full.html
fi
expect 3 "$SAGITTA" report r.json -o made/r.html --overlay missing.mp4
nothing_made

# Whatever stands in a name or a file's name is text. The longest source there can be, with markup in it.
python3 - <<'END'
import json
result = json.load(open("r.json"))
result["input"]["source"] = ('<img src=x onerror="alert(1)">&amp;\'' + "sehr_langer_Name_" * 40)[:500] + ".mp4"
json.dump(result, open("long.json", "w"), ensure_ascii=False, indent=2)
END
expect 0 "$SAGITTA" report long.json --tracks t.csv -o made/long.html --name '</script><script>alert("x")</script>'
html made/long.html '</script><script>alert("x")</script>' '<img src=x onerror="alert(1)">&amp;'
expect 0 "$SAGITTA" report long.json --tracks t.csv -o made/long.pdf --name '</script><script>alert("x")</script>'
pdf made/long.pdf 2 3 '<script>alert("x")'
wrong_name=$(printf 'a\001b')
expect 2 "$SAGITTA" report r.json -o made/n.pdf --name "$wrong_name"

# Cairo 1.16 itself leaks a little when it embeds the fonts of some scripts; elsewhere its memory is watched too.
usual_leaks=$LSAN_OPTIONS
{ cat "$HERE/leaks.txt"; echo 'leak:libcairo'; } >leaks
LSAN_OPTIONS="suppressions=$work/leaks:print_suppressions=0"
for name in 'أمل عبد الرحمن' 'Σωκράτης Παπαδόπουλος' '王小明' 'नेहा शर्मा'; do
  expect 0 "$SAGITTA" report r.json -o made/n.html --name "$name"
  html made/n.html "$name"
  expect 0 "$SAGITTA" report r.json -o made/n.pdf --name "$name"
  # Where no font has the letters, the program says which could be installed.
  grep -q 'No font' err || pdf made/n.pdf 2 2
done
# A name's letters that no font has are told, and without any font there is no page.
mkdir nofonts
echo "<fontconfig><dir>$work/nofonts</dir><cachedir>$work/fontcache</cachedir></fontconfig>" >fonts.conf
expect 4 env FONTCONFIG_FILE="$work/fonts.conf" "$SAGITTA" report r.json -o made/nofont.pdf
says 'no font' 'fonts-noto-core'
[ -e made/nofont.pdf ] && fail "a page without letters"
LSAN_OPTIONS=$usual_leaks
long_name='Maria-Magdalena Konstantinopoulou-Wolfeschlegelsteinhausenbergerdorff'
expect 0 "$SAGITTA" report r.json -o made/n.pdf --name "$long_name $long_name" --date 2026-02-03
pdf made/n.pdf 2 2
