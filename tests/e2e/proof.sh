# SPDX-License-Identifier: Apache-2.0
# Protects: the proof sheet as it is printed is the one that sagitta proof knows, on either paper; its own picture is a
# camera without errors; what is no sheet is said; page, document and terminal agree, in each language.
. "$HERE/lib.sh"
need python3 pdftoppm pdftotext

expect 0 "$SAGITTA" sheets print
cat >filmed.py <<'END'
"""filmed.py SHEET.ppm PICTURE.ppm: the sheet on a grey wall, taking half of the picture, in middling light."""
import re
import sys
data = open(sys.argv[1], "rb").read()
head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
width, height, sheet = int(head[1]), int(head[2]), data[head.end():].translate(bytes(i * 220 // 255 for i in range(256)))
across, down = width * 19 // 20 * 2, height * 9 // 10 * 2
left, top = (across - width) // 2, (down - height) // 2
picture = bytearray(b"\x82" * (across * down * 3))
for y in range(height):
    at = ((y + top) * across + left) * 3
    picture[at:at + 3 * width] = sheet[3 * width * y:3 * width * (y + 1)]
open(sys.argv[2], "wb").write(b"P6\n%d %d\n255\n" % (across, down) + picture)
END
for paper in a4 letter; do
  pdftoppm -r 50 "print/proof-$paper.pdf" sheet
  python3 filmed.py sheet-1.ppm "$paper.ppm"
  expect 0 "$SAGITTA" proof "$paper.ppm" --json proof.json -o page.pdf --date 2026-03-15
  python3 "$HERE/valid.py" "$HERE/../../include/sagitta/proof.schema.json" proof.json || fail "proof.json"
  python3 - proof.json out <<'END' || fail "the sheet's own picture is no camera without errors: $(cat proof.json)"
import json
import sys
proof = json.load(open(sys.argv[1]))
facts = proof["facts"]
assert proof["schema"] == "sagitta-proof/1" and proof["grade"] == "pass", proof
assert facts["angle_deg"] < 0.1 and facts["geometry_deg"] < 0.1 and facts["centroid_px"] < 0.15, facts
# At 50 px to the inch: the paper's own size.
assert abs(facts["px_per_mm"] - 50 / 25.4) < 0.005, facts
shown = open(sys.argv[2]).read()
assert f"{facts['angle_deg']:.3f}°" in shown, shown
assert all(quantity["both"] < 0.5 for quantity in proof["errors_95"].values()), proof
END
done
pdftotext -layout page.pdf - >text
for part in 'Proof of a camera' 'This camera passes' 2026-03-15 'Hip hinge' 'What was seen'; do
  grep -q "$part" text || fail "the page does not say $part"
done
for language in de es; do
  expect 0 "$SAGITTA" proof a4.ppm --language "$language" -o "$language.pdf"
  if grep -Eq 'camera passes|What was seen|Nothing to change' out; then fail "$language: English is left"; fi
done
# Lying, and upside down.
python3 - <<'END'
import re
data = open("a4.ppm", "rb").read()
head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
width, height, pixels = int(head[1]), int(head[2]), data[head.end():]
turned = b"".join(pixels[3 * i:3 * i + 3] for i in range(width * height - 1, -1, -1))
open("turned.ppm", "wb").write(b"P6\n%d %d\n255\n" % (width, height) + turned)
END
expect 0 "$SAGITTA" proof turned.ppm
python3 -c 'open("wall.ppm", "wb").write(b"P6\n640 480\n255\n" + b"\x90" * 640 * 480 * 3)'
wrong 1 'not found .*sagitta sheets' "$SAGITTA" proof wall.ppm
wrong 3 'no such file' "$SAGITTA" proof absent.mp4
misuse 'What was filmed' proof
misuse 'pdf, .svg or .png' proof a4.ppm -o page.html
misuse 'overwritten' proof a4.ppm --json a4.ppm
