# SPDX-License-Identifier: Apache-2.0
# Protects: sagitta calibrate lens and plane as users run them: files that keep to the schema, what is said, every way
# to ask wrongly, and refusals that leave nothing behind.
. "$HERE/lib.sh"
: "${RENDER:?}" "${DRAW_BOARD:?}" "${CAMERA_SCHEMA:?}"

mkdir views
"$DRAW_BOARD" views 12 || fail "the boards could not be drawn"
lens="calibrate lens --board 9x6 --square 25mm"

valid() {
  python3 - "$CAMERA_SCHEMA" "$1" <<'PYTHON' || fail "$1 does not keep to the schema"
import json, sys
document = json.load(open(sys.argv[2]))
assert document["schema"] == "sagitta-camera/1"
try:
    import jsonschema
except ImportError:
    sys.exit(0)
jsonschema.validate(document, json.load(open(sys.argv[1])))
PYTHON
}

# near FILE KEYS VALUE TOLERANCE
near() {
  python3 - "$@" <<'PYTHON' || fail "$1: $2 is not $3"
import json, sys
value = json.load(open(sys.argv[1]))
for key in sys.argv[2].split("."):
    value = value[key]
sys.exit(abs(value - float(sys.argv[3])) > float(sys.argv[4]))
PYTHON
}

# The lens, from a folder.
expect 0 "$SAGITTA" $lens views -o made/camera.json --residuals made/residuals.svg
for said in 'analyze VIDEO --camera made/camera.json' 'RMS  *0\.' 'verdict  *good' 'view07.pgm' 'coverage  *[5-9][0-9] %'; do
  grep -Eq "$said" out || fail "it does not say '$said'"
done
made made/camera.json made/residuals.svg
valid made/camera.json
near made/camera.json lens.fx 560 3
near made/camera.json lens.fy 560 3
near made/camera.json lens.cx 322 2
near made/camera.json lens.k1 -0.15 0.02
python3 -c 'import sys, xml.dom.minidom as d; sys.exit(not d.parse(sys.argv[1]).getElementsByTagName("path"))' \
  made/residuals.svg || fail "the residuals are no SVG"

# The same from single pictures, to standard output; what is said goes to standard error.
"$SAGITTA" $lens views/view*.pgm -o - >made/again.json 2>err || fail "single pictures are refused"
grep -q 'verdict' err || fail "nothing is said on standard error"
sed '/"date"/d' made/camera.json >a
sed '/"date"/d' made/again.json >b
same a b

# The plane, with the lens kept: view00 is held square-on and turned by 14 degrees.
expect 0 "$SAGITTA" calibrate plane views/view00.pgm --board 9x6 --square 2.5cm --camera made/camera.json -o made/plane.json
valid made/plane.json
near made/plane.json lens.fx 560 3
grep -q 'lens straightened' out || fail "the lens is not used"
expect 0 "$SAGITTA" calibrate plane views/view00.pgm --ruler 100 --from 100,450 --to 500,450 -o made/ruler.json
valid made/ruler.json
grep -q '0.25000 cm/px' out || fail "the scale is wrong"
expect 0 "$SAGITTA" calibrate plane --points 100,400=0,0 100,60=0,170 500,60=200,170 500,400=200,0 --plumb 320,10 322,470 \
  -o made/points.json views/view00.pgm
valid made/points.json
grep -q 'leans 0.2.*to the left' out || fail "the plumb line does not count"
# Its own file may be brought up to date.
expect 0 "$SAGITTA" calibrate plane views/view00.pgm --ruler 100 --from 100,450 --to 500,450 --camera made/camera.json \
  -o made/camera.json
near made/camera.json plane.scale_share 0.004 0.004
near made/camera.json lens.fx 560 3
rm -rf made && mkdir made

# The ruler's marks are found by themselves; the yellow sticker on the ankle is none of them.
"$RENDER" -o ruler.mp4 --preset clinic --ruler 60 --size 960x720 --reps 1 --truth ruler.csv >/dev/null || fail "no ruler video"
expect 0 "$SAGITTA" calibrate plane ruler.mp4 --ruler 60 -o made/marks.json
python3 - ruler.csv made/marks.json <<'PYTHON' || fail "the marks' scale is wrong"
import csv, json, math, sys
lines = open(sys.argv[1]).readlines()
first = next(csv.DictReader(lines[1:]))
length = math.hypot(*(float(first["ruler0_" + c]) - float(first["ruler1_" + c]) for c in "xy"))
scale = json.load(open(sys.argv[2]))["plane"]["to_cm"][0][0]
sys.exit(abs(scale / (60 / length) - 1) > 0.005)
PYTHON
rm made/marks.json

# Level from the person who stands; somebody who is bending tells nothing.
"$RENDER" -o stands.mp4 --preset clinic --ruler 60 --size 960x720 --reps 1 --roll 3 >/dev/null || fail "no video of a roll"
expect 0 "$SAGITTA" calibrate plane stands.mp4 --ruler 60 --standing -o made/level.json
grep -Eq 'up leans [1-5]\.[0-9]* .* to the right' out || fail "the standing person does not tell level"
near made/level.json plane.level_sd_deg 2.5 0.1
rm made/level.json
"$RENDER" -o bends.mp4 --preset clinic --ruler 60 --size 960x720 --reps 1 --stand 0 >/dev/null || fail "no video of a bend"
expect 1 "$SAGITTA" calibrate plane bends.mp4 --ruler 60 --standing -o made/x.json
says 'stand still'
nothing_made

# A video of the board held still in each place, and moved between.
if command -v ffmpeg >/dev/null 2>&1; then
  ffmpeg -v error -framerate 2 -i views/view%02d.pgm -r 10 -c:v libx264 -qp 8 -pix_fmt yuv420p board.mp4 || fail "no video"
  expect 0 "$SAGITTA" $lens board.mp4 -o made/video.json
  near made/video.json lens.fx 560 4
  grep -Eq 'shows the board as .* does' out || fail "repeated views are not named"
  rm made/video.json
fi

# One camera as it stands in the room, high, turned and tilted, with a wide lens: the board is carried through its
# picture, then held in the plane of movement; two marks on the wall of truth are then where they are, in cm.
placed="--size 960x540 --focal 1008 --k1 -0.2 --yaw 10 --roll 3 --camera-height 120 --fps 3"
"$RENDER" -o lens.mp4 --board lens $placed >/dev/null || fail "no board for the lens"
"$RENDER" -o plane.mp4 --board plane --square 8 --seconds 0.5 $placed >/dev/null || fail "no board for the plane"
"$RENDER" -o small.mp4 --board plane --square 3 --seconds 0.5 $placed >/dev/null || fail "no small board"
"$RENDER" -o marks.mp4 --set clinic --ruler 60 --seconds 0.5 --truth marks.csv $placed >/dev/null || fail "no marks"
expect 0 "$SAGITTA" calibrate lens lens.mp4 --board 9x6 --square 4cm -o made/lens.json
near made/lens.json lens.fx 1008 4
near made/lens.json lens.cx 480 4
near made/lens.json lens.k1 -0.2 0.03
# Squares of a few px: nothing but the file goes to standard output.
"$SAGITTA" calibrate plane small.mp4 --board 9x6 --square 3cm -o - >small.json 2>err || fail "a small board is refused"
valid small.json
expect 0 "$SAGITTA" calibrate plane plane.mp4 --board 9x6 --square 8cm --camera made/lens.json -o made/plane.json
python3 - marks.csv made/plane.json <<'PYTHON' || fail "the plane of movement is not where it is"
import csv, json, sys
camera = json.load(open(sys.argv[2]))
lens, h = camera["lens"], camera["plane"]["to_cm"]
row = next(csv.DictReader(open(sys.argv[1]).readlines()[1:]))

def in_cm(mark):
    u, v = (float(row[mark + "_x"]) - lens["cx"]) / lens["fx"], (float(row[mark + "_y"]) - lens["cy"]) / lens["fy"]
    x, y = u, v
    for _ in range(50):
        r = x * x + y * y
        bend = 1 + r * (lens["k1"] + r * (lens["k2"] + r * lens["k3"]))
        dx = 2 * lens["p1"] * x * y + lens["p2"] * (r + 2 * x * x)
        dy = lens["p1"] * (r + 2 * y * y) + 2 * lens["p2"] * x * y
        x, y = (u - dx) / bend, (v - dy) / bend
    p = [x * lens["fx"] + lens["cx"], y * lens["fy"] + lens["cy"], 1]
    X, Y, W = (sum(a * b for a, b in zip(line, p)) for line in h)
    return X / W, Y / W

low, high = in_cm("ruler0"), in_cm("ruler1")
print(low, high)
sys.exit(abs(high[1] - low[1] - 60) > 0.3 or abs(high[0] - low[0]) > 0.4)
PYTHON
rm -rf made && mkdir made

# Refusals: exit 1, the reason, and no file.
no_lens() {
  pattern=$1
  shift
  expect 1 "$SAGITTA" "$@" -o made/x.json
  says "$pattern"
  says_something
  nothing_made
}
no_lens 'at least 3' $lens views/view01.pgm
no_lens 'same as another' $lens views/view01.pgm views/view01.pgm views/view01.pgm
no_lens '9 x 6' calibrate lens --board 8x5 --square 25mm views/view00.pgm views/view01.pgm views/view02.pgm views/view03.pgm
no_lens 'ruler marks' calibrate plane views/view00.pgm --ruler 50
no_lens 'not the squares' calibrate lens --board 10x7 --square 25mm views/view00.pgm views/view09.pgm
# A noisy room without any board: refused, and before long.
if [ -f "$SHARED/clips/d1.mp4" ]; then no_lens 'whole board' $lens "$SHARED/clips/d1.mp4"; fi
expect 3 "$SAGITTA" $lens missing -o made/x.json
expect 3 "$SAGITTA" calibrate plane views/view00.pgm --ruler 50 --from 1,1 --to 400,1 --camera missing.json -o made/x.json
says 'missing.json'
expect 4 "$SAGITTA" $lens views -o made/none/x.json
expect 4 "$SAGITTA" $lens views/view0*.pgm -o /dev/full
nothing_made

# Wrong usage: exit 2.
misuse 'What is to be calibrated' calibrate
misuse 'Did you mean lens' calibrate lense views
misuse 'Give pictures' $lens -o made/x.json
misuse 'Which board' calibrate lens views -o made/x.json
misuse 'ChArUco .*chessboard' calibrate lens views --board charuco_5x7 --square 25mm -o made/x.json
misuse 'inner corners' calibrate lens views --board 9 --square 25mm -o made/x.json
misuse 'inner corners' calibrate lens views --board 2x6 --square 25mm -o made/x.json
misuse 'with its unit' calibrate lens views --board 9x6 --square 25 -o made/x.json
misuse 'with its unit' calibrate lens views --board 9x6 --square -25mm -o made/x.json
misuse 'after a point' calibrate lens views --board 9x6 --square 2,5cm -o made/x.json
misuse 'Where shall' $lens views
misuse 'overwrite the input' $lens views/view00.pgm -o views/view00.pgm
misuse 'same file' $lens views -o made/x --residuals made/x
misuse 'one of three ways' calibrate plane views/view00.pgm -o made/x.json
misuse 'one of three ways' calibrate plane views/view00.pgm --ruler 5 --points 1,1=1,1 2,2=2,2 -o made/x.json
misuse 'go together' calibrate plane views/view00.pgm --board 9x6 -o made/x.json
misuse 'each once' calibrate plane views/view00.pgm --ruler 50 --from 3,4 -o made/x.json
misuse 'two places' calibrate plane views/view00.pgm --ruler 50 --plumb 3,4 -o made/x.json
misuse 'give one of them' calibrate plane views/view00.pgm --ruler 50 --standing --plumb 3,4 5,100 -o made/x.json
misuse 'One point' calibrate plane views/view00.pgm --points 1,1=1,1 -o made/x.json
misuse 'one input' calibrate plane views/view00.pgm views/view01.pgm --ruler 50 -o made/x.json
expect 2 "$SAGITTA" calibrate plane views/view00.pgm --ruler 50 --from 10,10 --to 900,10 -o made/x.json
says 'outside'
expect 2 "$SAGITTA" calibrate plane views/view00.pgm --ruler 50 --from 10,10 --to 10,10 -o made/x.json
says 'same'
nothing_made

# Help comes from the tables of the options.
for part in lens plane; do
  expect 0 "$SAGITTA" calibrate $part --help
  grep -q "^Usage: sagitta calibrate $part" out || fail "no usage line for calibrate $part"
  for option in $(sed -n 's/^  --\([a-z-]*\).*/\1/p' out); do
    "$SAGITTA" calibrate $part "--$option" >out2 2>err
    grep -q 'no option' err && fail "--$option is listed but unknown"
  done
done
exit 0
