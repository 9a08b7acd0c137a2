# SPDX-License-Identifier: Apache-2.0
# Protects: the two ruler marks are tracked to a fraction of a pixel whenever they are one sound pair, whatever else is
# yellow, sitting or standing, hidden or not; they change nothing about the body; and where they are none, it is said.
. "$HERE/lib.sh"
need python3

# film NAME OPTIONS…
film() {
  name=$1
  shift
  "$RENDER" -o "$name.mp4" --truth "$name.csv" --size 960x720 --fps 12 --reps 1 --stand 1 --down 1.5 --hold 0.5 --up 1.5 \
    --pause 0.5 "$@" >/dev/null || fail "the renderer: $*"
}

# track NAME OPTIONS…: its tracks in made/NAME.csv. An exit of 1 is the test's matter, not the tracker's.
track() {
  name=$1
  shift
  rm -f "made/$name.csv"
  "$SAGITTA" analyze "$name.mp4" --tracks "made/$name.csv" "$@" >out 2>err
  if grep -Eq 'Sanitizer|runtime error:' err; then fail "a sanitizer complains: $name"; fi
  [ -s "made/$name.csv" ] || fail "no tracks of $name"
}

# near NAME ROLE LEAST LIMIT: seen in that share of the frames in which it is whole, never farther off than LIMIT px,
# and never seen while it is covered.
near() {
  python3 - "made/$1.csv" "$1.csv" "$2" "$3" "$4" <<'PYTHON' || fail "$*"
import csv, math, sys
tracks, truth = [list(csv.DictReader(l for l in open(p) if l[0] != "#")) for p in sys.argv[1:3]]
role, least, limit = sys.argv[3], float(sys.argv[4]), float(sys.argv[5])
if role + "_x" not in tracks[0]:
    sys.exit("no column")
whole = seen = 0
worst = 0.0
for row, true in zip(tracks, truth):
    shows = float(true[role + "_fraction"])
    whole += shows > 0.995
    if row[role + "_state"] != "seen":
        continue
    if shows < 0.8:
        sys.exit(f"seen at {row['time_s']} s although it is covered")
    seen += shows > 0.995
    worst = max(worst, math.dist([float(row[role + c]) for c in ("_x", "_y")],
                                 [float(true[role + c]) for c in ("_x", "_y")]))
print(role, "seen", seen, "of", whole, "worst", round(worst, 2), file=sys.stderr)
sys.exit(not (seen >= least * whole and worst <= limit))
PYTHON
}

no_ruler() {
  if sed -n 2p "made/$1.csv" | grep -q ruler; then fail "$1 has no ruler"; fi
}

place() { # NAME ROLE: X,Y in the first frame
  awk -F, -v role="$2" '/^#/ { next } !head { for (i = 1; i <= NF; i++) c[$i] = i; head = 1; next }
    { print $c[role "_x"] "," $c[role "_y"]; exit }' "$1.csv"
}

# Standing, with and without an ankle marker of the same yellow, in other light and other yellows.
film ankle --set strip --ankle --ruler 60
film no-ankle --set strip --ruler 60 --facing left --ruler-colour F4E04A
film lamp --preset lamp --set discs --ruler 60 --ruler-colour E0B000 --poster
for name in ankle no-ankle lamp; do
  track "$name"
  near "$name" ruler0 1 0.5
  near "$name" ruler1 1 0.5
done
sed -n 2p made/no-ankle.csv | grep -q ankle && fail "a ruler mark was taken for the ankle"

# A ruler changes nothing about the body.
film plain --set strip --ankle
track plain
no_ruler plain
sed -n 2p made/ankle.csv | tr ',' '\n' | grep -v ruler | paste -sd, >with
sed -n 2p made/plain.csv >without
same with without

# One yellow thing is no ruler, and three are none either.
film one --set strip --decoys 1
track one
no_ruler one
film three --set strip --ruler 60 --decoys 1
track three --json made/three.json
no_ruler three
python3 - made/three.json <<'PYTHON' || fail "nothing is said of three yellow things"
import json, sys
said = [w for w in json.load(open(sys.argv[1]))["warnings"] if w["code"] == "two_candidates"]
sys.exit(not (len(said) == 1 and said[0]["marker"] == "ruler0" and "--pick ruler0=X,Y" in said[0]["message"]))
PYTHON
track three --pick "ruler0=$(place three ruler0)" --pick "ruler1=$(place three ruler1)"
near three ruler0 1 0.5
near three ruler1 1 0.5

# Any colour that is pointed at, once, and learnt for the next time.
film violet --set strip --ruler 60 --ruler-colour 8040C0
track violet
no_ruler violet
track violet --pick "ruler0=$(place violet ruler0)"
near violet ruler0 1 0.5
near violet ruler1 1 0.5
expect 0 "$SAGITTA" calibrate colours violet.mp4 --pick "ruler0=$(place violet ruler0)" -o made/markers.json
track violet --markers made/markers.json
near violet ruler0 1 0.5
near violet ruler1 1 0.5

# Covered for a while, from the very first frame too: lost, never elsewhere.
film covered --set strip --ruler 95 --stand 4 --hide ruler1@1.5+0.8
track covered
near covered ruler0 1 0.5
near covered ruler1 0.9 0.5
film late --set strip --ruler 95 --stand 4 --hide ruler1@0+1
track late
near late ruler1 0.9 0.5

# Sitting, the hand along the ruler.
film sitting --movement sit-and-reach --set clinic --hand --ruler 40 --pause 1.5 --stand 1.5
track sitting
near sitting ruler0 0.9 1
near sitting ruler1 1 0.5
near sitting hand 0.95 1.5
near sitting knee 1 1

# The same to the byte on every number of threads and every level; read back as written.
cp made/sitting.csv made/first.csv
for threads in 1 2 8; do
  track sitting --threads $threads
  same made/first.csv made/sitting.csv
done
for level in $("$SAGITTA" cpu | awk 'NR > 1 && $3 == "yes" { print $2 }' | sort -u); do
  track sitting --simd "$level"
  same made/first.csv made/sitting.csv
done
track ankle
cp made/ankle.csv tracks.csv
expect 0 "$SAGITTA" analyze tracks.csv --tracks made/again.csv
same tracks.csv made/again.csv

# The setup check and the plane's calibration see the same marks.
expect 0 "$SAGITTA" check ankle.mp4 --json made/check.json
python3 -c 'import json, sys; m = json.load(open("made/check.json"))["markers"]
sys.exit(not ("ruler0" in m and "ruler1" in m))' || fail "the check does not list the ruler"
rm -f made/*
for case in 'plain:No ruler marks' 'one:Only one of the two ruler marks' 'three:More than two'; do
  expect 1 "$SAGITTA" calibrate plane "${case%%:*}.mp4" --ruler 60 -o made/camera.json
  says "${case#*:}" '--from X,Y --to X,Y'
  nothing_made
done
