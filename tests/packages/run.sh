#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The Debian packages, from a bare system to a measurement and back: sh tests/packages/run.sh FOLDER [SUITE…]
# For each suite (bookworm and trixie unless named; MIRROR is where it comes from) a bare system is made by debootstrap
# and the packages are built in it, twice and from two places: both must be the same bytes. In a second bare system, with
# no compiler, they are installed by apt, a sample is measured and its page written, and they are removed again without a
# trace; lintian looks at them. Needs root, debootstrap, and the network. 77 = a suite cannot be reached.
# FOLDER takes about 3 GB for each suite; about an hour on two cores. Not part of CTest.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
mirror=${MIRROR:-http://deb.debian.org/debian}
to=$1
shift
[ "$(id -u)" -eq 0 ] || { echo "debootstrap needs root" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "skipped: debootstrap is not installed"; exit 77; }
mkdir -p "$to"
to=$(cd "$to" && pwd)
[ $# -gt 0 ] || set -- bookworm trixie

# What the build needs: as tests/run.sh has it, without the tests' own.
needs="cmake ninja-build pkg-config gcc g++ gettext gzip file dpkg-dev
  libavformat-dev libavcodec-dev libavutil-dev libavdevice-dev libswscale-dev libturbojpeg0-dev libseccomp-dev
  libcairo2-dev libpango1.0-dev librsvg2-dev libjansson-dev libmicrohttpd-dev libopencv-core-dev libopencv-imgproc-dev
  libopencv-calib3d-dev libsqlite3-dev libssl-dev libjs-dygraphs"

inside() {
  root=$1
  shift
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

mounted=
leave() {
  for point in $mounted; do umount "$point" 2>/dev/null || true; done
}
trap leave EXIT
trap 'exit 130' INT TERM

# bare ROOT SUITE
bare() {
  [ -e "$1/etc/debian_version" ] || debootstrap --variant=minbase "$2" "$1" "$mirror" >"$1.log" 2>&1 ||
    { tail -3 "$1.log"; echo "skipped: $2 cannot be had from $mirror"; exit 77; }
  mkdir -p "$1/proc"
  mount -t proc proc "$1/proc"
  mounted="$1/proc $mounted"
}

for suite in "$@"; do
  build=$to/$suite-build use=$to/$suite-use
  bare "$build" "$suite"
  inside "$build" apt-get update -qq
  # shellcheck disable=SC2086 # words are wanted
  inside "$build" apt-get install -y -qq --no-install-recommends $needs lintian >/dev/null
  epoch=$(git -C "$source" log -1 --format=%ct)
  for place in /srv/one /srv/another/place; do
    rm -rf "${build:?}$place"
    mkdir -p "$build$place/source"
    git -C "$source" archive HEAD | tar -x -C "$build$place/source"
    inside "$build" env SOURCE_DATE_EPOCH="$epoch" sh "$place/source/tests/packages/build.sh" "$place/made" >"$build$place/log" 2>&1 ||
      { tail -30 "$build$place/log"; echo "$suite: the build fails" >&2; exit 1; }
    if grep -E 'warning: .*deprecated' "$build$place/log"; then echo "$suite: deprecated calls" >&2; exit 1; fi
  done
  for package in "$build"/srv/one/made/*.deb; do
    cmp "$package" "$build/srv/another/place/made/$(basename "$package")" ||
      { echo "$suite: two builds differ" >&2; exit 1; }
  done
  inside "$build" sh -c 'lintian --fail-on error /srv/one/made/*.deb'

  bare "$use" "$suite"
  rm -rf "$use/srv/packages"
  mkdir -p "$use/srv/packages"
  cp "$build"/srv/one/made/*.deb "$use/srv/packages/"
  cp "$here/use.sh" "$use/srv/"
  # A small video of somebody who bends: SAMPLE, or what this tree's renderer makes.
  cp "${SAMPLE:?a side-view video of a person with markers}" "$use/srv/sample.mp4"
  inside "$use" apt-get update -qq
  inside "$use" sh /srv/use.sh
  echo "$suite: built twice, installed, used, removed"
done
