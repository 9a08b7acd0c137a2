# SPDX-License-Identifier: Apache-2.0
# Protects: the clips that everybody tries first (samples/clips). Their bytes are those that were looked at; of each the
# verdict is right and every interval holds the truth beside it; what is refused is refused with its remedy. Somebody
# else's truth, a changed truth and a changed clip are noticed. Their truth is what the renderer makes of their options.
. "$HERE/lib.sh"
: "${CLIPS:?}" "${RENDERER:?}"
need python3 sha256sum

mkdir clips
cp "$CLIPS"/*.mp4 "$CLIPS"/*.json "$CLIPS/SHA256SUMS" clips
unchanged() {
  (cd clips && sha256sum --quiet --strict -c SHA256SUMS) >out 2>err
}
unchanged || fail "a clip or its truth has other bytes: render all anew, look at them, and say so in SHA256SUMS"
for file in clips/*; do
  [ "$(wc -c <"$file")" -lt 200000 ] || fail "$file is 200 kB or more"
  [ "$file" = clips/SHA256SUMS ] || grep -q " ${file#clips/}\$" clips/SHA256SUMS || fail "$file is not in SHA256SUMS"
done

# clip NAME LABEL TOLERANCE: degrees; the renderer has no skin that slides.
clip() {
  expect 0 "$SAGITTA" analyze "clips/$1.mp4" --json "made/$1.json"
  json truth "made/$1.json" "clips/$1.json" "$3"
  json bends "made/$1.json" "clips/$1.json"
  [ "$(python3 "$HERE/result.py" get "made/$1.json" verdict.label)" = "$2" ] || fail "$1: not $2"
}
clip hips hips 8
clip lower-back more_lower_back 5
clip clinic more_hips 3

expect 1 "$SAGITTA" analyze clips/covered.mp4 --json made/covered.json
says 'hip marker was hidden' 'deepest point' 'fold the arms'
[ ! -e made/covered.json ] || fail "a result of what was refused"

# The checks can fail.
python3 "$HERE/result.py" truth made/hips.json clips/lower-back.json 8 >out 2>err && fail "another clip's truth passes"
sed 's/"lumbar_flexion_deg": 2\([0-9.]*\)/"lumbar_flexion_deg": 5\1/' clips/hips.json >other.json
python3 "$HERE/result.py" bends made/hips.json other.json >out 2>err && fail "a changed truth passes"
printf 'x' >>clips/hips.mp4
unchanged && fail "a changed clip is not noticed"

# What stands beside the clips is what the renderer calls true, by the options that the script has.
cat >renderer <<END
#!/bin/sh
exec "$RENDERER" "\$@" --size 96x72 --codec mjpeg
END
printf '#!/bin/sh\nexit 0\n' >ffmpeg
chmod +x renderer ffmpeg
PATH=$work:$PATH sh "$CLIPS/render.sh" "$work/renderer" again hips lower-back clinic covered >out 2>err || fail "render.sh"
for name in hips lower-back clinic covered; do
  for file in "$CLIPS/$name.json" "again/$name.json"; do
    sed '/"width"/d; /"height"/d' "$file" >"$(basename "$(dirname "$file")").json"
  done
  same clips.json again.json
done
