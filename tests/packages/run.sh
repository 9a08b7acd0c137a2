#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The Debian packages, from a bare system to a measurement and back: sh tests/packages/run.sh FOLDER [SUITE…]
# For each suite (bookworm and trixie unless named; MIRROR is where it comes from) a bare system is made by debootstrap.
# The library alone is built in it (alone.sh), then the packages, twice and from two places: both must be the same bytes,
# and no call may be deprecated; lintian looks at them. In a second bare system, with no compiler, they are installed by
# apt, a sample is measured and its page written, and they are removed again without a trace (use.sh). In a third the
# packages for arm64 are made by a cross compiler and used under qemu-user (cross.sh); markers must be where they were,
# to the byte.
# Needs root, debootstrap, and the network. 77 = a suite cannot be reached. FOLDER takes about 5 GB for each suite, and
# keeps what was fetched; about an hour on two cores. PARTS names what is done: "alone build use cross". Not part of
# CTest. What is committed is tested.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
mirror=${MIRROR:-http://deb.debian.org/debian}
parts=${PARTS:-alone build use cross}
to=$1
shift
[ "$(id -u)" -eq 0 ] || { echo "debootstrap needs root" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "skipped: debootstrap is not installed"; exit 77; }
mkdir -p "$to/ccache"
to=$(cd "$to" && pwd)
[ $# -gt 0 ] || set -- bookworm trixie

# What the library needs, and what the program needs beside it: as tests/run.sh has it, without the tests' own.
tools="cmake ninja-build pkg-config gcc g++ ccache gettext gzip file dpkg-dev"
library="libavformat-dev libavcodec-dev libavutil-dev libavdevice-dev libswscale-dev libturbojpeg0-dev libseccomp-dev
  libjansson-dev libopencv-core-dev libopencv-imgproc-dev libopencv-calib3d-dev"
program="libcairo2-dev libpango1.0-dev libmicrohttpd-dev zlib1g-dev libsqlite3-dev libssl-dev"

# inside ROOT command…
inside() {
  root=$1
  shift
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    CCACHE_DIR=/ccache SOURCE_DATE_EPOCH="$epoch" \
    DEBFULLNAME="The packages' own test" DEBEMAIL=test@sagitta.invalid "$@"
}

mounted=
leave() {
  for point in $mounted; do umount "$point" 2>/dev/null || true; done
}
trap leave EXIT
trap 'exit 130' INT TERM

# fail LOG what
fail() {
  tail -n 30 "$1" >&2
  echo "FAIL: $2" >&2
  exit 1
}

# bare ROOT SUITE: what apt fetches is kept for the next.
bare() {
  mkdir -p "$to/$2-archives/partial"
  [ -e "$1/etc/debian_version" ] ||
    debootstrap --variant=minbase --cache-dir="$to/$2-archives" "$2" "$1" "$mirror" >"$1.log" 2>&1 ||
    { tail -n 3 "$1.log"; echo "skipped: $2 cannot be had from $mirror"; exit 77; }
  mkdir -p "$1/proc" "$1/ccache"
  mount -t proc proc "$1/proc"
  mount --bind "$to/$2-archives" "$1/var/cache/apt/archives"
  mount --bind "$to/ccache" "$1/ccache"
  mounted="$1/ccache $1/var/cache/apt/archives $1/proc $mounted"
}

# fetch ROOT PACKAGE…
fetch() {
  root=$1
  shift
  inside "$root" apt-get install -y -qq --no-install-recommends "$@" >"$root.apt" 2>&1 || fail "$root.apt" "apt"
}

# put ROOT PLACE: the committed source.
put() {
  rm -rf "${1:?}$2"
  mkdir -p "$1$2/source"
  git -C "$source" archive HEAD | tar -x -C "$1$2/source"
}

deprecated() {
  if grep -E 'warning: .*deprecated' "$1"; then
    echo "FAIL: deprecated calls" >&2
    exit 1
  fi
}

build_packages() {
  # shellcheck disable=SC2086 # words are wanted
  fetch "$build" $tools $library $program librsvg2-dev libjs-dygraphs lintian
  for place in /srv/one /srv/another/place; do
    put "$build" "$place"
    # What is compared with it is compiled for itself. (ccache has no base_dir here: it would name files as seen from the
    # build, and an assertion of OpenCV's carries such a name into the bytes.)
    launcher=
    [ "$place" != /srv/one ] || launcher="-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache"
    # shellcheck disable=SC2086 # words are wanted
    inside "$build" sh "$place/source/tests/packages/build.sh" "$place/made" $launcher >"$build$place/log" 2>&1 ||
      fail "$build$place/log" "$suite: the build"
    deprecated "$build$place/log"
  done
  for package in "$build"/srv/one/made/*.deb; do
    cmp "$package" "$build/srv/another/place/made/$(basename "$package")" ||
      { echo "FAIL: $suite: two builds differ" >&2; exit 1; }
  done
  inside "$build" sh -c 'lintian --allow-root --fail-on error --tag-display-limit 0 /srv/one/made/*.deb'
}

use_packages() {
  use=$to/$suite-use
  rm -rf --one-file-system "${use:?}" # bare again, whatever an earlier run left
  bare "$use" "$suite"
  rm -rf "$use/srv/packages"
  mkdir -p "$use/srv/packages"
  cp "$build"/srv/one/made/*.deb "$use/srv/packages/"
  cp "$here/use.sh" "$use/srv/"
  inside "$use" apt-get update -qq
  inside "$use" sh /srv/use.sh
}

cross_packages() {
  cross=$to/$suite-arm64
  bare "$cross" "$suite"
  inside "$cross" dpkg --add-architecture arm64
  inside "$cross" apt-get update -qq
  foreign=
  for package in $library $program; do foreign="$foreign $package:arm64"; done
  # shellcheck disable=SC2086 # words are wanted
  fetch "$cross" $tools crossbuild-essential-arm64 qemu-user $foreign
  put "$cross" /srv/cross
  cp "$to/$suite-use/srv/sample.mp4" "$to/$suite-use/srv/markers.csv" "$cross/srv/"
  inside "$cross" sh /srv/cross/source/tests/packages/cross.sh /srv/cross/made >"$cross/srv/cross/log" 2>&1 ||
    fail "$cross/srv/cross/log" "$suite: arm64"
  deprecated "$cross/srv/cross/log"
  tail -n 3 "$cross/srv/cross/log"
}

epoch=$(git -C "$source" log -1 --format=%ct)
for suite in "$@"; do
  build=$to/$suite-build
  bare "$build" "$suite"
  inside "$build" apt-get update -qq
  for part in $parts; do
    case $part in
    alone)
      # shellcheck disable=SC2086 # words are wanted
      fetch "$build" $tools $library
      put "$build" /srv/alone
      inside "$build" sh /srv/alone/source/tests/packages/alone.sh /srv/alone/made >"$build/srv/alone/log" 2>&1 ||
        fail "$build/srv/alone/log" "$suite: the library alone"
      deprecated "$build/srv/alone/log"
      ;;
    build) build_packages ;;
    use) use_packages ;;
    cross) cross_packages ;;
    esac
    echo "$suite: $part: passed"
  done
done
