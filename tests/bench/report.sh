#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Seconds and bytes of a report:
#   sh tests/bench/report.sh BUILD [VIDEO]
# BUILD is a Release build. Without VIDEO the sample is rendered. For every kind of report the best of five runs, from a
# result, its tracks and its video: the time includes decoding the two photographs' frames.
set -eu
build=${1:?"the folder of a Release build"}
video=${2:-}
work=$(mktemp -d "${TMPDIR:-/tmp}/report.XXXXXX")
trap 'rm -rf "$work"' EXIT
if [ -z "$video" ]; then
  video=$work/sample.mp4
  "$build/samples/sagitta-render" --preset clinic -o "$video" >/dev/null
fi
"$build/app/sagitta" analyze "$video" --json "$work/r.json" --tracks "$work/t.csv" --overlay "$work/o.mp4" >/dev/null

measure() {
  name=$1 file=$work/$2
  shift 2
  python3 - "$name" "$file" "$build/app/sagitta" report "$work/r.json" -o "$file" "$@" <<'END'
import os, subprocess, sys, time
name, file, command = sys.argv[1], sys.argv[2], sys.argv[3:]
best = float("inf")
for _ in range(5):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    best = min(best, time.perf_counter() - start)
print(f"{name:34} {best:6.2f} s {os.path.getsize(file) / 1e6:8.3f} MB")
END
}

measure "PDF from the result alone" bare.pdf
measure "PDF with tracks" tracks.pdf --tracks "$work/t.csv"
measure "PDF with tracks and photographs" whole.pdf --tracks "$work/t.csv" --video "$video"
measure "HTML with tracks and photographs" whole.html --tracks "$work/t.csv" --video "$video"
measure "HTML with the overlay video" film.html --tracks "$work/t.csv" --video "$video" --overlay "$work/o.mp4"
measure "SVG" whole.svg --tracks "$work/t.csv" --video "$video"
measure "PNG" whole.png --tracks "$work/t.csv" --video "$video"
