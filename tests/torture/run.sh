#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every allocation and every writing call fails once, in turn, in each command; each is killed by tests/bench/kills.py.
#   sh tests/torture/run.sh                         all points (hours)
#   EVERY=20 sh tests/torture/run.sh                every 20th point
#   sh tests/torture/run.sh --most 50               at most 50 points of a kind, evenly spread
#   sh tests/torture/run.sh --only records          only commands whose name has that word
# Needs what tests/run.sh installs, and strace (Debian: strace). Builds without sanitizers in build/torture.
set -eu
cd "$(dirname "$0")/../.."
build=${SAGITTA_TORTURE_BUILD:-build/torture}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSAGITTA_TESTS=OFF >/dev/null
cmake --build "$build"
cc -O1 -g -Wall -Wextra -shared -fPIC -o "$build/fail_layer.so" tests/torture/fail_layer.c -lpthread
exec python3 tests/torture/torture.py "$build/app/sagitta" "$build/fail_layer.so" "$build/samples/sagitta-render" \
  "$build/points" --every "${EVERY:-1}" "$@"
