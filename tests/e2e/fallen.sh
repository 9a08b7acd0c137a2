# SPDX-License-Identifier: Apache-2.0
# Protects: a sticker that falls or slides down while it is filmed is said by that name, also where it is lost on its way,
# and no repetition counts whose numbers hang on where it went; one that a hand covers for good did not fall.
. "$HERE/lib.sh"
need python3

# fallen SET ROLE FROM+FOR: what is said names the marker, and what is measured holds the truth.
fallen() {
  "$RENDER" -o fall.mp4 --truth-json fall.json --size 960x540 --fps 20 --reps 2 --set "$1" --fall "$2@$3" \
    --effort least >/dev/null || fail "the renderer: $*"
  rm -f made/fall.json
  "$SAGITTA" analyze fall.mp4 --json made/fall.json >out 2>err
  status=$?
  [ $status -le 1 ] || fail "exit status $status: $*"
  python3 - fall.json made/fall.json "$2" <<'END' || fail "$*"
import json, os, re, sys
true = json.load(open(sys.argv[1]))
words = re.compile(f"The {sys.argv[3]} marker came off")
if not os.path.exists(sys.argv[2]):
    said = " ".join(open("err", encoding="utf-8").read().split())
    sys.exit(not words.search(said))
result = json.load(open(sys.argv[2]))
fine = any(words.search(w["message"]) for w in result["warnings"])
for found, there in zip(result["repetitions"], true["repetitions"]):
    for name in ("hip_hinge_deg", "lumbar_flexion_deg"):
        value = found.get(name)
        if found["valid"] and value and not value["low"] - 2 <= there[name] <= value["high"] + 2:
            print(name, value, there[name])
            fine = False
sys.exit(not fine)
END
}

fallen strip hip 3+0.6
fallen strip hip 2.5+3
fallen discs hip 3+0.6
fallen discs shoulder 0.6+0.8
fallen discs shoulder 2+2
fallen strip knee 4+0.5
fallen strip knee 0.5+5
fallen clinic pelvis 2.2+0.8
fallen clinic pelvis 9+3
fallen clinic ribs 4.5+1.5
fallen clinic ribs 2.5+5
fallen clinic hip 9+0.7
fallen clinic hip 6+4
fallen clinic ribs 7.4+1.2
fallen discs hip 6.1+0.8

# covered SET ROLE FROM: for good, by the hand
covered() {
  "$RENDER" -o hidden.mp4 --size 960x540 --fps 20 --reps 2 --set "$1" --hide "$2@$3+30" --effort least >/dev/null ||
    fail "the renderer: $*"
  "$SAGITTA" analyze hidden.mp4 >out 2>err
  status=$?
  [ $status -le 1 ] || fail "exit status $status: $*"
  ! cat out err | tr -s ' \n' ' ' | grep -q "$2 marker came off" || fail "came off: $*"
}

covered strip hip 3.1
covered clinic ribs 6.5
