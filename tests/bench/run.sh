#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures what the project promises, side by side with what it is measured against. Asserts nothing.
#   sh tests/bench/run.sh            everything, with 40 identity scenes (about 25 minutes on 2 cores)
#   SCENES=1000 sh tests/bench/run.sh
set -eu
cd "$(dirname "$0")/../.."
build=${SAGITTA_BENCH_BUILD:-build/bench}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSAGITTA_BENCH=ON -DSAGITTA_TESTS=OFF >/dev/null
cmake --build "$build" >/dev/null
sagitta=$build/app/sagitta renderer=$build/samples/sagitta-render work=$build/videos
mkdir -p "$work"
echo '== Inner loop against OpenCV and against reading the same bytes'
"$build/tests/bench/bench_scan"
echo '== Whole program against the decoder alone'
python3 tests/bench/whole.py "$sagitta" "$renderer" "$work"
echo '== Sizes, rates and lengths that phones write'
phone=../shared/data/real/phone
[ -d "$phone" ] || phone=
# shellcheck disable=SC2086
python3 tests/bench/speeds.py "$sagitta" "$renderer" "$work" 5 $phone
echo '== Centroids and axes against exact truth'
clips=../shared/data/clips
[ -d "$clips" ] || clips=
# shellcheck disable=SC2086
python3 tests/bench/accuracy.py "$sagitta" "$renderer" "$work" $clips
echo '== Identity in random scenes'
python3 tests/bench/identity.py "$sagitta" "$renderer" "$work" 1 "${SCENES:-40}"
echo '== Starts: people who do something else before they bend'
python3 tests/bench/starts.py "$sagitta" "$renderer" "$work" 1 72
echo '== Faults of recordings: is a number wrong without a word about the cause'
python3 tests/bench/faults.py "$sagitta" "$renderer" "$work"
echo '== Coverage of the intervals over simulated people'
"$build/tests/bench/bench_coverage"
echo '== Records: 10,000 visits of 500 clients'
"$sagitta" analyze tests/fuzz/corpus/analysis/strip.csv --json "$work/result.json" >/dev/null
python3 tests/bench/records.py "$sagitta" "$work/result.json" "$work"
"$build/tests/bench/bench_records" "$work/bench.db"
echo '== The page: shown, its size, with these records (needs Chromium)'
python3 tests/bench/page.py "$sagitta" "$work/result.json" "$work" || true
echo '== Every command that writes, killed; records, killed while they are saved'
python3 tests/bench/kills.py "$sagitta" "$renderer" "$work/kills" --kills "${KILLS:-1000}" --saves "${SAVES:-500}"
echo '== Order of hips and back, speeds, thirds, smoothness: do their intervals hold the truth'
"$build/tests/bench/bench_timing"
