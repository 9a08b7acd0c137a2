# SPDX-License-Identifier: Apache-2.0
# unfilmed.sh KIND SET: protects that time which was not filmed is hidden time. Takes time out of recordings (holes in
# the stamps of videos, tracks and TRC files, pictures that a stalled recorder repeats) while the person stands, bends,
# is at the deepest point, comes up, and between bends. No number may exclude the truth because of it, and it is said.
. "$HERE/lib.sh"
need python3
set=$2
case $1 in
  simulated)
    expect 0 "$SAGITTA" simulate --people 2 --set "$set" --seed 41 -o made/people
    python3 "$HERE/unfilmed.py" simulated "$SAGITTA" made/people || fail "unfilmed.py simulated $set"
    ;;
  rendered)
    need ffmpeg
    python3 "$HERE/unfilmed.py" rendered "$SAGITTA" made "$set" "$FIXTURES" || fail "unfilmed.py rendered $set"
    ;;
esac
