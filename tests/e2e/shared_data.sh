# SPDX-License-Identifier: Apache-2.0
# Protects: every recording of the shared collection ends as its description says, by exit status and message.
. "$HERE/lib.sh"
: "${SHARED:?}"
[ -d "$SHARED/real" ] || skip "no shared recordings"

ends() {
  status=$1
  pattern=$2
  shift 2
  expect "$status" "$SAGITTA" analyze "$@" --json made/r.json --overlay made/o.mp4
  [ "$status" -eq 0 ] || { says "$pattern"; says_something; nothing_made; }
  rm -f made/r.json made/o.mp4
}

ends 0 '' "$SHARED/clips/d1.mp4"
ends 0 '' "$SHARED/clips/d2.mp4"
unreadable=" sample_audio_only sample_malformed_free_box sample_vvc invalid-bitstream bipbop_nonfragment_header
 chunk_out_of_range invalid_userdata "
for file in "$SHARED"/real/phone/* "$SHARED"/real/containers/* "$SHARED"/real/no-markers/*; do
  name=$(basename "$file")
  case $name in *.txt | *.md | *.csv | *LICENSE*) continue ;; esac
  case $unreadable in
    *[[:space:]]"${name%.*}"[[:space:]]*) ends 3 'no video|index|no decoder|damaged|cut off' "$file" ;;
    *) ends 1 'marker|frame|picture|time' "$file" ;;
  esac
done
for file in "$SHARED"/real/webcam-bands/*.avi; do ends 1 'marker' "$file"; done

# Three bands on a seated man, two notes on a walking one: no bend, but their places are kept.
bands() {
  file=$1
  shift
  expect 1 "$SAGITTA" analyze "$SHARED/real/webcam-bands/$file" "$@" --tracks made/t.csv --json made/r.json
  says 'shoulder'
  made made/t.csv
  [ ! -e made/r.json ] || fail "a result without a measurement"
}
bands leftCam_20251015_180349.avi --pick knee=316,325 --pick ankle=371,357 --pick hand=244,302
[ "$(grep -c '^[0-9]' made/t.csv)" -gt 100 ] || fail "too few rows"
sed -n 3p made/t.csv | grep -q 'seen.*seen.*seen' || fail "a band that is pointed at is not seen"
bands video_cam1_20251015_174124.avi --pick hip=371,232@2.0 --pick knee=444,282@2.0

# Files of other systems with one thing wrong: measured for what they are, with a word about it.
if [ -d "$SHARED/faults" ]; then
  expect 0 "$SAGITTA" analyze "$SHARED/faults/t_ms.trc" --json made/ms.json
  json warns made/ms.json timestamps_repaired
  json get made/ms.json input.duration_s >duration
  grep -q '^23\.9' duration || fail "milliseconds: it lasts $(cat duration) s"
  expect 0 "$SAGITTA" analyze "$SHARED/faults/t_cut.trc" --json made/cut.json
  json warns made/cut.json stream_truncated
  cp "$SHARED/faults/c_fall_hip.csv" made/Müller.csv
  expect 0 "$SAGITTA" analyze made/Müller.csv --table made/r.csv --roster "$SHARED/faults/r_cp1252.csv"
  grep -q '^made/Müller.csv,34,f,' made/r.csv || fail "the roster in Windows-1252"
fi
