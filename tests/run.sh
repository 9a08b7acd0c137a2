#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need on Debian or Ubuntu, builds with sanitizers and runs every test through CTest.
#   sh tests/run.sh            all
#   sh tests/run.sh -R track   CTest's own options are passed on
# Everything is made in build/test, or in the folder that SAGITTA_TEST_BUILD names.
set -eu
cd "$(dirname "$0")/.."

packages="cmake ninja-build make pkg-config gcc g++ git
  libavformat-dev libavcodec-dev libavutil-dev libavdevice-dev libswscale-dev libturbojpeg0-dev
  libcairo2-dev libpango1.0-dev libjansson-dev libopencv-core-dev libopencv-imgproc-dev libopencv-calib3d-dev
  libsqlite3-dev libsqlcipher-dev libssl-dev gettext libjs-dygraphs chromium
  libcmocka-dev ffmpeg python3 python3-jsonschema poppler-utils fonts-dejavu-core locales
  qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross libsimde-dev"

missing=
if command -v apt-get >/dev/null; then
  for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
else
  echo "There is no apt-get here, so nothing is installed. What Debian calls it:" "$packages"
fi
if [ -n "$missing" ]; then
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    as_root=$(command -v sudo) || {
      echo "Packages are missing, and only root may install them, but there is no sudo. As root, run:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends$missing" >&2
      exit 1
    }
  fi
  echo "Installing:$missing"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # shellcheck disable=SC2086 # words are wanted
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

build=${SAGITTA_TEST_BUILD:-build/test}
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSAGITTA_SANITIZE=address,undefined \
  -DCMAKE_C_FLAGS=-Werror -DCMAKE_CXX_FLAGS=-Werror
cmake --build "$build"
cd "$build"
mkdir -p scratch
TMPDIR=$PWD/scratch
export TMPDIR
exec ctest --output-on-failure --no-tests=error -j "$(nproc)" "$@"
