# SPDX-License-Identifier: Apache-2.0
# Protects: sagitta live on a file, played as a camera: the person is prompted through the repetitions, the live count is
# that of the result, and what is printed and written at the end is to the byte what analyze says of the recording.
. "$HERE/lib.sh"
need python3
SAGITTA_LIVE_PACE=0
export SAGITTA_LIVE_PACE

# Somebody who stands still as long as is asked for, and a recording of somebody who does not wait.
"$RENDER" -o waits.mp4 --set strip --size 640x360 --fps 20 --reps 3 --stand 4 --down 1.4 --hold 1.2 --up 1.4 --pause 1.2 ||
  fail "the renderer"

for clip in waits.mp4 "$FIXTURES/clinic.mp4"; do
  set=${clip##*/}
  expect 0 "$SAGITTA" analyze "$clip" --json made/final.json --tracks made/final.csv
  cp out final.txt
  expect 0 "$SAGITTA" live "$clip" --json made/live.json --tracks made/live.csv
  same made/final.json made/live.json
  same made/final.csv made/live.csv
  # The places of the outputs differ, nothing else.
  sed 's/live\./final./' out >live.txt
  same final.txt live.txt
  count=$(grep -c ' s  repetition ' err)
  [ "$count" -ge 1 ] || fail "$set: no repetition was shown"
  last=$(sed -n 's/.* s  repetition \([0-9]*\).*/\1/p' err | tail -n 1)
  final=$(python3 -c 'import json,sys; print(len(json.load(open(sys.argv[1]))["repetitions"]))' made/final.json)
  [ "$last" -eq "$final" ] || fail "$set: $last repetitions were counted live, $final are in the result"
  # Each provisional number is near the result's.
  python3 - made/final.json err <<'END' || fail "$set: provisional numbers are far from the result's"
import json, re, sys
final = json.load(open(sys.argv[1]))["repetitions"]
text = open(sys.argv[2], encoding="utf-8").read()
shown = re.findall(r"repetition (\d+)  hip hinge ≈ (-?\d+)°", text)
assert shown, "no provisional numbers"
for number, hinge in shown:
    assert abs(final[int(number) - 1]["hip_hinge_deg"]["value"] - int(hinge)) < 4, (number, hinge)
END
done

# The states, in their order; each repetition is said while the person comes up or stands, before the next is asked for.
said() {
  sed -n 's/^ *[0-9.]* s  \([a-z]*\).*/\1/p' err | tr '\n' ' '
}
expect 0 "$SAGITTA" live "$FIXTURES/clinic.mp4"
[ "$(said)" = "looking ready down hold up repetition armed " ] || fail "without waiting: $(said)"
expect 0 "$SAGITTA" live waits.mp4
bend="down hold up repetition"
[ "$(said)" = "looking ready armed $bend armed $bend armed $bend done " ] || fail "with waiting: $(said)"
grep -q 'Bend slowly' err || fail "nobody was asked to bend"
if LC_ALL=C grep -q "$(printf '\033')" err; then fail "control codes in a pipe"; fi

# In German; and in colours that are named.
expect 0 "$SAGITTA" live "$FIXTURES/strip.mp4" --language de
grep -q 'Wiederholung 1' err || fail "it does not speak German"

mv made/live.csv live.csv
rm -rf made && mkdir made
misuse 'name a file or a camera' live -
misuse 'no pictures to watch' live live.csv
misuse 'no test' live "$FIXTURES/strip.mp4" --test nonsense
wrong 3 'no such file' "$SAGITTA" live nothing.mp4
