# SPDX-License-Identifier: Apache-2.0
# Protects: a camera that is knocked while it records is told of with its moment, what hangs on it is set right by the
# room behind the person or left out, no number excludes the truth, and nothing is said of feet or hips; a camera that
# stands, also in an empty room in which only arms have texture, is not said to move.
. "$HERE/lib.sh"
need python3

# film NAME [OPTION…]: NAME.mp4, one bend.
film() {
  name=$1
  shift
  "$RENDER" -o "$name.mp4" --truth-json "$name.json" --set strip --ankle --size 640x360 --fps 20 --reps 1 --stand 1 \
    --down 1.5 --hold 1 --up 1.5 --pause 0.6 --codec h264 --effort least --seed 3 "$@" >/dev/null 2>&1 ||
    fail "$name is not rendered"
  expect 0 "$SAGITTA" analyze "$name.mp4" --json "made/$name.json" --tracks "made/$name.csv" --angles "made/$name-a.csv"
}

# within NAME QUANTITY TRUTH: if it is there at all.
within() {
  python3 - "made/$1.json" "$1.json" "$2" "$3" <<'END' || fail "$1: $2 excludes the truth"
import json, sys
found, true = (json.load(open(path, encoding="utf-8"))["repetitions"][0] for path in sys.argv[1:3])
quantity = found.get(sys.argv[3])
sys.exit(quantity is not None and not quantity["low"] <= true[sys.argv[4]] <= quantity["high"])
END
}

true_numbers() {
  within "$1" hip_hinge_deg hip_hinge_deg
  within "$1" lumbar_flexion_deg lumbar_flexion_deg
  within "$1" lumbar_share lumbar_share
  within "$1" pelvic_rotation_deg pelvis_deg
}

still() {
  grep -q camera_moved "made/$1.json" && fail "$1: a camera that stood is said to move"
  sed -n 2p "made/$1.csv" | grep -q camera_ && fail "$1: the tracks of a camera that stood have its motion"
  true_numbers "$1"
}

moved() {
  python3 - "made/$1.json" "$2" <<'END' || fail "$1: the motion at $2 s is not told"
import json, sys
warnings = json.load(open(sys.argv[1], encoding="utf-8"))["warnings"]
said = [w["from_s"] for w in warnings if w["code"] == "camera_moved"]
never = {"feet_moved", "hips_drifting", "recording_joined", "marker_fell_off", "labels_exchanged", "turned_away"}
sys.exit(len(said) != 1 or abs(said[0] - float(sys.argv[2])) > 0.2 or bool(never & {w["code"] for w in warnings}))
END
  true_numbers "$1"
}

film room
still room
film empty --plain
still empty

# Beside a ruler, whose two marks tell of a camera far less surely than the room does, small motions are told as well.
film ruled --ruler 60 --hand
still ruled
film breathes --ruler 60 --hand --move breathe --move-for 1.2 --move-zoom 0.04 --move-at 3
moved breathes 3.1
film ruler-knocked --ruler 60 --hand --move step --move-roll 2 --move-at 0.5
moved ruler-knocked 0.5

film knocked --move step --move-roll 7 --move-x 20 --move-y 9 --move-at 1.8
moved knocked 1.8
grep -q '"pelvic_rotation_deg"' made/knocked.json || fail "the room tells how the camera stands, and the pelvis is left out"

# In an empty room only the floor tells: the person, who is elsewhere in the picture since, is no room.
film aside --plain --move step --move-x 40 --move-y 18 --move-at 0.5
moved aside 0.5
grep -q '"pelvic_rotation_deg"' made/aside.json || fail "the floor tells how the camera stands, and the pelvis is left out"
# It shakes, by more than a hair from 2.1 s on, and stands as before afterwards: the feet did not move.
film shaken --plain --move shake --move-for 1 --move-roll 2 --move-x 10 --move-y 10 --move-at 1.8
moved shaken 2.1
# In a hold, whose picture is repeated by the encoder: no recorder that stalled.
film held --plain --move step --move-roll 7 --move-at 3.3
moved held 3.3
grep -q pictures_repeated made/held.json && fail "a knock is taken for a stalled recorder"

# The ankle leaves the picture as the camera moves, and a ruler's mark of its colour stays in it.
film away --plain --ruler 60 --hand --set clinic --move step --move-pan 5 --move-tilt 2 --move-at 0.5
moved away 0.5
grep -q "when the camera moved" made/away.json || fail "the ankle is not said to be outside the picture"

# Nothing tells how the camera stands, but all markers jump as one: what is counted from the room is left out.
film untold --plain --move step --move-roll 6 --move-x -15 --move-y 8 --move-at 1.8
moved untold 1.8
grep -q '"hip_hinge_deg"' made/untold.json || fail "the hinge does not hang on the camera, and is left out"
grep -q '"pelvic_rotation_deg"' made/untold.json && fail "the pelvis in space is told by a camera that is lost"
awk -F, '/^#/ { next }
  !pelvis { for (i = 1; i <= NF; i++) { if ($i == "pelvic_rotation_deg") pelvis = i; if ($i == "hip_hinge_deg") hinge = i }
    next }
  $1 > 2 && $1 < 4 && $pelvis != "" { bad = 1 }
  $1 > 2 && $1 < 4 && $hinge != "" { good = 1 }
  END { exit bad || !good }' made/untold-a.csv || fail "the angles file has the pelvis in space where the camera is lost"
