#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers (clang) and runs them all, one process, for so many processor minutes together.
#   MINUTES=480 sh tests/fuzz/run.sh                   the eight hours of a release
#   MINUTES=60 sh tests/fuzz/run.sh --heavy http,trc   these three times as long as others
# What was learnt is kept in build/fuzz/campaign, and added to by the next run.
set -eu
cd "$(dirname "$0")/../.."
build=${SAGITTA_FUZZ_BUILD:-build/fuzz}
cmake --preset fuzz -B "$build" >/dev/null
# shellcheck disable=SC2046
cmake --build "$build" --target $(sed -n 's/^ *sagitta_fuzz(\([a-z0-9_]*\).*/fuzz_\1/p' tests/fuzz/CMakeLists.txt)
exec python3 tests/fuzz/campaign.py "$build" "$build/campaign" --minutes "${MINUTES:-60}" "$@"
