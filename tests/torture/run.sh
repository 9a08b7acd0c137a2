#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every allocation and every writing call fails once, in turn, and each command is killed at many moments.
#   sh tests/torture/run.sh                         all points, 100 kills a command (hours)
#   EVERY=20 KILLS=10 sh tests/torture/run.sh       every 20th point
#   sh tests/torture/run.sh --only records          only commands whose name has that word
# Needs what tests/run.sh installs, and strace (Debian: strace). Builds without sanitizers in build/torture.
set -eu
cd "$(dirname "$0")/../.."
build=${SAGITTA_TORTURE_BUILD:-build/torture}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSAGITTA_TESTS=OFF >/dev/null
cmake --build "$build"
cc -O1 -g -Wall -Wextra -shared -fPIC -o "$build/fail_layer.so" tests/torture/fail_layer.c -lpthread
exec python3 tests/torture/torture.py "$build/app/sagitta" "$build/fail_layer.so" "$build/samples/sagitta-render" \
  "$build/points" --every "${EVERY:-1}" --kills "${KILLS:-100}" "$@"
