# SPDX-License-Identifier: Apache-2.0
# Protects: every `sagitta` and `sagitta-render` command that a page of the documentation prints works as it is printed.
# What the tutorials mark `sh run` is run by tutorials.sh, the rest here; what takes a camera, a browser or an installed
# package is run by the test that commands.py names for it. A command that is neither run nor named fails.
. "$HERE/lib.sh"
: "${SOURCES:?}" "${CLIPS:?}" "${RENDERER:?}"
need python3

mkdir bin site ready
printf '#!/bin/sh\nexec %s "$@"\n' "$SAGITTA" >bin/sagitta
printf '#!/bin/sh\nexec %s "$@"\n' "$RENDERER" >bin/sagitta-render
chmod +x bin/sagitta bin/sagitta-render
PATH=$work/bin:$PATH
export PATH

# What the pages' readers have: a recording, others of their own, a study's tables.
cp "$CLIPS/hips.mp4" ready/clip.mp4
small() {
  "$RENDERER" --size 800x600 --fps 20 --reps 1 --stand 1 --hold 0.6 --pause 0.8 --effort little "$@"
}
expect 0 small --ankle --hand --ruler 20 -o ready/reach.mp4
expect 0 small --movement sit-and-reach --ankle --hand --ruler 20 -o ready/sit.mp4
expect 0 "$SAGITTA" analyze ready/clip.mp4 --json ready/before.json
cp ready/before.json ready/after.json
expect 0 small -o ready/frames --size 480x360 --ankle
expect 0 small -o ready/board.mp4 --board plane --square 2.5 --size 1280x720
expect 0 "$SAGITTA" simulate --people 8 --set clinic --seed 3 -o study
mkdir ready/videos ready/recordings
cp study/person-*.csv ready/videos
cp study/person-*.csv ready/recordings

status=0
python3 "$HERE/commands.py" "$SOURCES" ready study/truth.csv >out 2>err || status=$?
if grep -Eq 'Sanitizer|runtime error:' out err; then fail "a sanitizer complains"; fi
[ "$status" -eq 0 ] || fail "a command of the documentation"
tail -n 1 out

# The check sees a command that does not work.
mkdir -p broken/docs/site other
cp "$SOURCES/docs/site/build.py" broken/docs/site
printf '%s\n' '```sh' 'sagitta tests --nonsense' '```' >broken/README.md
(cd other && python3 "$HERE/commands.py" ../broken ../ready ../study/truth.csv) >out 2>err && fail "a wrong command passes"
grep -q 'exit status 2: sagitta tests --nonsense' err || fail "a wrong command is not named"
