#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need on Debian or Ubuntu, builds with sanitizers and runs every test through CTest.
#   sh tests/run.sh            all
#   sh tests/run.sh -R track   CTest's own options are passed on
set -eu
cd "$(dirname "$0")/.."

packages="cmake ninja-build pkg-config gcc g++ git
  libavformat-dev libavcodec-dev libavutil-dev libavdevice-dev libswscale-dev libturbojpeg0-dev
  libcairo2-dev libpango1.0-dev libjansson-dev libopencv-core-dev libopencv-imgproc-dev libopencv-calib3d-dev
  libcmocka-dev ffmpeg python3 python3-jsonschema fonts-dejavu-core locales
  qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross libsimde-dev"

missing=
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  as_root=
  [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing
fi

build=${SAGITTA_TEST_BUILD:-build/test}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSAGITTA_SANITIZE=address,undefined \
  -DCMAKE_C_FLAGS=-Werror -DCMAKE_CXX_FLAGS=-Werror
cmake --build "$build"
cd "$build"
exec ctest --output-on-failure --no-tests=error -j "$(nproc)" "$@"
