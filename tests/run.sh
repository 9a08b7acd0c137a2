#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need on Debian or Ubuntu, builds with sanitizers and runs every test through CTest.
#   sh tests/run.sh            all
#   sh tests/run.sh -R track   CTest's own options are passed on
# Everything is made in build/test, or in the folder that SAGITTA_TEST_BUILD names.
set -eu
cd "$(dirname "$0")/.."

packages="cmake ninja-build make pkg-config gcc g++ git
  libavformat-dev libavcodec-dev libavutil-dev libavdevice-dev libswscale-dev libturbojpeg0-dev libseccomp-dev
  libcairo2-dev libpango1.0-dev librsvg2-dev libjansson-dev libmicrohttpd-dev zlib1g-dev libopencv-core-dev libopencv-imgproc-dev libopencv-calib3d-dev
  libsqlite3-dev libsqlcipher-dev libssl-dev gettext libjs-dygraphs chromium
  libcmocka-dev abigail-tools groff python3-cffi r-base-core zsh fish ffmpeg python3 python3-jsonschema poppler-utils fonts-dejavu-core locales
  qemu-system-x86 busybox-static cpio v4l-utils
  qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross libsimde-dev snakemake
  clang-format clang-tidy shellcheck cmark-gfm"
# shellcheck disable=SC2086 # words are wanted
sh samples/install.sh $packages

build=${SAGITTA_TEST_BUILD:-build/test}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSAGITTA_SANITIZE=address,undefined \
  -DCMAKE_C_FLAGS=-Werror -DCMAKE_CXX_FLAGS=-Werror
cmake --build "$build"
# A kernel for the cameras' test; where it cannot be had the test is skipped.
sh tests/drivers/prepare.sh "$build/drivers" || true
cd "$build"
mkdir -p scratch
TMPDIR=$PWD/scratch
export TMPDIR
# One test more than processors: a third of the time tests wait for browsers, servers and clocks.
exec ctest --output-on-failure --no-tests=error -j "$(($(nproc) + 1))" "$@"
