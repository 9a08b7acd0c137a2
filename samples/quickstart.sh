#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From nothing to a verdict on a Debian or Ubuntu machine: installs what is missing, builds, measures a sample clip and
# says where the overlay video is.
#   sh samples/quickstart.sh [VIDEO]      with VIDEO, that is measured instead of samples/clips/hips.mp4
set -eu

case ${1:-} in /*) video=$1 ;; "") video="" ;; *) video=$PWD/$1 ;; esac
if [ -n "$video" ] && [ ! -e "$video" ]; then
  echo "There is no file $video. Check the name and the folder." >&2
  exit 3
fi
from=$PWD
cd "$(dirname "$0")/.."
# Places are named as seen from where the script was started.
made=build/quickstart
[ "$from" = "$PWD" ] || made=$PWD/$made

packages="build-essential cmake ninja-build pkg-config libavformat-dev libavcodec-dev libavutil-dev libavdevice-dev
  libswscale-dev libturbojpeg0-dev libseccomp-dev libopencv-core-dev libopencv-imgproc-dev libopencv-calib3d-dev libjansson-dev
  libmicrohttpd-dev zlib1g-dev
  libcairo2-dev libpango1.0-dev librsvg2-dev fonts-dejavu-core libsqlite3-dev libssl-dev gettext libjs-dygraphs"
# shellcheck disable=SC2086 # words are wanted
sh samples/install.sh $packages

mkdir -p build/quickstart
log=$made/build.log
echo "Building (a minute or two) …"
if ! { cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DSAGITTA_TESTS=OFF &&
  cmake --build build --target sagitta_program; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "The build failed; all of it is in $log." >&2
  exit 1
fi

if [ -z "$video" ]; then
  video=samples/clips/hips.mp4
  [ "$from" = "$PWD" ] || video=$PWD/$video
fi

echo "Measuring $video …"
echo
status=0
build/app/sagitta analyze "$video" --json "$made/result.json" --tracks "$made/tracks.csv" \
  --overlay "$made/overlay.mp4" || status=$?
[ "$status" -eq 0 ] || exit "$status"
build/app/sagitta report "$made/result.json" -o "$made/report.pdf" --tracks "$made/tracks.csv" --video "$video"
build/app/sagitta report "$made/result.json" -o "$made/report.html" --tracks "$made/tracks.csv" --video "$video" \
  --overlay "$made/overlay.mp4"
