#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the tests run of the product, in lines: sh tests/coverage.sh [CTest's options]. Needs what tests/run.sh installs.
# Takes about as long as the tests.
set -eu
cd "$(dirname "$0")/.."
cmake --preset coverage >/dev/null
cmake --build --preset coverage
ctest --preset coverage -LE 'gate|consumer' "$@" || echo "Some tests failed: the figures leave out what they did not reach." >&2
python3 tests/coverage.py . build/coverage
