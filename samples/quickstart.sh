#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From nothing to a verdict on a Debian or Ubuntu machine: installs what is missing, builds, renders the sample video,
# measures it and says where the overlay video is.
#   sh samples/quickstart.sh [VIDEO]      with VIDEO, that is measured instead of the sample
set -eu

case ${1:-} in /*) video=$1 ;; "") video="" ;; *) video=$PWD/$1 ;; esac
cd "$(dirname "$0")/.."

packages="build-essential cmake ninja-build pkg-config libavformat-dev libavcodec-dev libavutil-dev libavdevice-dev
  libswscale-dev libturbojpeg0-dev libjansson-dev libcairo2-dev libpango1.0-dev fonts-dejavu-core"

missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  echo "Installing:$missing"
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root="sudo"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

echo "Building …"
log=build/quickstart.log
mkdir -p build/quickstart
if ! { cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DSAGITTA_TESTS=OFF &&
  cmake --build build --target sagitta_program sagitta-render; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "The build failed; all of it is in $log." >&2
  exit 1
fi
program=$(find build -name sagitta -type f -perm -u+x | head -n 1)
renderer=$(find build -name sagitta-render -type f -perm -u+x | head -n 1)

if [ -z "$video" ]; then
  video=build/quickstart/sample.mp4
  if [ ! -s "$video" ]; then
    echo "Rendering the sample video …"
    "$renderer" --preset sample --pelvis 78 --lumbar 26 --thoracic 8 --thigh -10 -o "$video" \
      --truth build/quickstart/truth.csv --truth-json build/quickstart/truth.json
  fi
fi

echo "Measuring $video …"
echo
exec "$program" analyze "$video" --json build/quickstart/result.json --overlay build/quickstart/overlay.mp4
