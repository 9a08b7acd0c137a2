# SPDX-License-Identifier: Apache-2.0
# Protects: what other programs read of a recording keeps to their formats and holds what was measured; TRC and C3D come
# back as the same angles; without a scale there are no millimetres; files that break off are measured as far as they go.
. "$HERE/lib.sh"
need python3

exports() {
  python3 "$HERE/exports.py" "$@" || fail "exports.py $*"
}

for set in clinic strip discs; do
  expect 0 "$SAGITTA" analyze "$FIXTURES/$set.mp4" --tracks made/t.csv --angles made/a.csv --json made/a.json
  expect 0 "$SAGITTA" analyze made/t.csv --height 172 --tracks made/t.trc --angles made/a.mot --c3d made/t.c3d \
    --fhir made/f.json --json made/h.json
  made made/t.trc made/a.mot made/t.c3d made/f.json
  exports trc made/t.trc
  exports mot made/a.mot
  exports signs made/a.mot made/a.csv
  exports c3d made/t.c3d made/t.trc
  exports fhir made/f.json
  exports explained made/a.mot "$FORMATS"
  exports explained made/a.csv "$FORMATS"
  exports explained made/t.csv "$FORMATS"
  exports units made/t.csv
  exports units made/a.csv
  expect 0 "$SAGITTA" analyze "$FIXTURES/$set.mp4" --tracks made/both.csv --with-angles --angles made/b.csv
  exports beside made/both.csv made/t.csv made/a.csv
  expect 0 "$SAGITTA" analyze made/both.csv --angles made/b.csv --json made/b.json
  same made/a.csv made/b.csv
  # Read back: the angles through time, and the result.
  expect 0 "$SAGITTA" analyze made/t.trc --angles made/back.csv --json made/back.json --tracks made/again.trc
  exports angles made/a.csv made/back.csv 0.02
  json equal made/a.json made/back.json marker_set facing test verdict.lean summary.repetitions
  exports markers made/t.trc made/again.trc 0.02
  expect 0 "$SAGITTA" analyze made/t.c3d --angles made/back.csv --json made/back.json --tracks made/again.trc
  exports angles made/a.csv made/back.csv 0.02
  json equal made/a.json made/back.json marker_set facing test verdict.lean summary.repetitions
  exports markers made/t.trc made/again.trc 0.02
  # The same bytes again, and in a locale with decimal commas.
  for locale in C de_DE.UTF-8; do
    LC_ALL=$locale "$SAGITTA" analyze made/t.csv --height 172 --tracks made/2.trc --angles made/2.mot --c3d made/2.c3d \
      --fhir made/2.json >/dev/null 2>err || fail "again, in $locale"
    sed 1d made/t.trc >one && sed 1d made/2.trc >two
    same one two
    same made/a.mot made/2.mot
    same made/t.c3d made/2.c3d
    same made/f.json made/2.json
  done
done

# A camera with a lens, seen askew: the TRC is straightened, and its picture stated.
cat >camera.json <<'END'
{ "schema": "sagitta-camera/1", "width": 1280, "height": 720, "date": "2026-11-21T09:02:48Z",
  "lens": { "model": "brown", "fx": 1200, "fy": 1200, "cx": 650, "cy": 350, "k1": -0.05, "k2": 0.01, "p1": 0, "p2": 0,
            "k3": 0, "standard_deviations": { "fx": 3, "fy": 3, "cx": 4, "cy": 3, "k1": 0.01, "k2": 0.02, "p1": 0,
            "p2": 0, "k3": 0 }, "rms_px": 0.3, "views": 9 },
  "plane": { "to_cm": [[0.25, 0.004, -60], [0.003, -0.251, 170], [0.00002, 0.00001, 1]], "scale_share": 0.004,
             "level_sd_deg": 0.4, "tilt_sd_deg": 1.1, "level_known": true, "perspective_known": true } }
END
expect 0 "$SAGITTA" analyze made/t.csv --camera camera.json --tracks made/c.trc --angles made/c.csv
exports trc made/c.trc
expect 0 "$SAGITTA" analyze made/c.trc --angles made/cb.csv
exports angles made/c.csv made/cb.csv 0.02

# Uneven stamps: TRC keeps them, C3D cannot; both say so. The ruler gives millimetres.
expect 0 "$RENDER" -o uneven.mp4 --set clinic --ruler 50 --hand --rate drop --size 1280x720 --fps 20 --reps 1 --stand 1 \
  --down 1.6 --hold 0.7 --up 1.6 --pause 0.6 --hide hip@1.9+0.2
expect 0 "$SAGITTA" analyze uneven.mp4 --ruler 50 --tracks made/u.trc --c3d made/u.c3d --angles made/u.csv --json made/u.json
grep -q 'not evenly spaced' out || fail "nothing is said of uneven frames"
exports trc made/u.trc
exports c3d_even made/u.c3d made/u.trc
expect 0 "$SAGITTA" analyze made/u.trc --angles made/ub.csv --json made/ub.json
exports angles made/u.csv made/ub.csv 0.02
# A TRC has its scale in it: the reach is known without the ruler's length, and the same.
python3 - <<'END' || fail "the reach changes on the way through a TRC"
import json
a, b = (json.load(open(f"made/{name}.json"))["summary"]["reach_cm"]["value"] for name in ("u", "ub"))
print(a, b)
raise SystemExit(abs(a - b) > 0.05)
END

# Angles go beside the markers of a CSV alone; frames that were not filmed have rows of their own among the angles.
expect 2 "$SAGITTA" analyze made/t.csv --angles made/b.csv --with-angles
says '--tracks FILE.csv'
expect 2 "$SAGITTA" analyze made/t.csv --height 172 --tracks made/b.trc --with-angles
awk -F, '/^#/ || $1 == "time_s" || $1 < 2.0 || $1 > 2.6' made/t.csv >hole.csv
"$SAGITTA" analyze hole.csv --tracks made/holes.csv --with-angles --angles made/ha.csv >/dev/null 2>err || fail "a hole"
exports beside made/holes.csv hole.csv made/ha.csv

# No scale: refused before the work, and where the ruler is not in the picture, after it; nothing is left.
expect 2 "$SAGITTA" analyze made/t.csv --tracks made/no.trc
says '--ruler' '--camera' '--height'
expect 2 "$SAGITTA" analyze made/t.csv --c3d made/no.c3d
says 'c3d' '--ruler'
expect 2 "$SAGITTA" analyze made/t.csv --ruler 50 --tracks made/no.trc --json made/no.json
says 'ruler'
[ ! -e made/no.trc ] && [ ! -e made/no.c3d ] && [ ! -e made/no.json ] || fail "something was left"
# What does not go together.
expect 2 "$SAGITTA" analyze made/t.csv --map hip=a
says '--map' 'TRC'
expect 2 "$SAGITTA" analyze made/t.trc --camera nothing.json
says '--camera'
expect 2 "$SAGITTA" analyze made/t.trc --map hip
says 'hip' '--map hip=RGTRO'
expect 2 "$SAGITTA" analyze made/t.trc --map neck=C7
says 'neck' 'shoulder'
expect 2 "$SAGITTA" analyze made/t.trc --map up=x
says 'up is y or z'
expect 2 "$SAGITTA" analyze made/t.trc --map hip=NOBODY
says 'NOBODY' 'shoulder, '
expect 2 "$SAGITTA" analyze made/t.csv --c3d -
says 'file name'
expect 2 "$SAGITTA" analyze made/t.csv --height 170 --c3d made/same --tracks made/same
says 'same file'
# A bundle may go down a pipe.
expect 0 "$SAGITTA" analyze made/t.csv --fhir -
exports fhir out

# Read, but nobody bends: the markers that were seen are kept as TRC, where something gives a scale.
python3 - made/t.trc made/still.trc <<'END'
import sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
row = lines[6].split("\t")
rows = ["\t".join([str(i + 1), f"{i / 20:.4f}"] + row[2:]) for i in range(60)]
head = lines[:6]
head[2] = head[2].replace(head[2].split("\t")[2], "60")
open(sys.argv[2], "w", encoding="utf-8", newline="\n").write("\n".join(head + rows) + "\n")
END
expect 1 "$SAGITTA" analyze made/still.trc --tracks made/kept.trc --c3d made/kept.c3d
says 'Nobody bends' 'kept.trc'
exports trc made/kept.trc
[ ! -e made/kept.c3d ] || fail "C3D was left"
# Broken off: in the middle of a row, of a frame; the warning is in the document, in the language that was asked for.
for kind in csv trc c3d; do
  head -c $(($(wc -c <made/t.$kind) * 9 / 10)) made/t.$kind >cut.$kind
  expect 0 "$SAGITTA" analyze cut.$kind --json made/cut.json
  tr '\n' ' ' <out | tr -s ' ' | grep -q 'The file breaks off after' || fail "nothing says that cut.$kind breaks off"
  json warns made/cut.json stream_truncated
done
expect 0 "$SAGITTA" analyze cut.c3d --language de
grep -q 'bricht nach' out || fail "not in German"
# C3D: foreign names, another order of bytes, not a C3D at all.
expect 0 "$SAGITTA" analyze made/t.c3d --map shoulder=shoulder,hip=hip,knee=knee --json made/map.json
json get made/map.json marker_set >markers
[ "$(cat markers)" = discs ] || fail "the map of a C3D file"
expect 2 "$SAGITTA" analyze made/t.c3d --map hip=NOBODY
says 'NOBODY' 'shoulder, '
expect 2 "$SAGITTA" analyze made/t.c3d --camera nothing.json
says '--camera' 'another program'
python3 - made/t.c3d vax.c3d <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[512 + 3] = 85
open(sys.argv[2], "wb").write(data)
END
expect 3 "$SAGITTA" analyze vax.c3d
says 'vax.c3d' 'DEC' 'Intel'
expect 3 "$SAGITTA" analyze vax.c3d --language es
says 'DEC' 'ordenadores'
cp made/t.trc text.c3d
expect 3 "$SAGITTA" analyze text.c3d
says 'not a C3D file'
# Not a TRC at all, and one that is damaged: the line is named.
printf 'PathFileType\t4\n' >bad.trc
expect 3 "$SAGITTA" analyze bad.trc
says 'bad.trc'
sed '20s/\t[0-9.]*\t/\twrong\t/' made/t.trc >bad.trc
expect 3 "$SAGITTA" analyze bad.trc
says 'Line 20'
expect 3 "$SAGITTA" analyze missing.trc
says 'missing.trc'
