#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# In a system with a cross compiler and arm64's libraries: builds the packages for arm64, installs them and uses the
# program under qemu-user. /srv/sample.mp4 and /srv/markers.csv are a video and its markers as amd64 found them (use.sh).
# sh tests/packages/cross.sh FOLDER; run.sh calls it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$1
fail() {
  echo "FAIL: $*" >&2
  exit 1
}
export PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig
# The sample video and the manual are made by the program for arm64 itself.
sh "$here/build.sh" "$to" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 \
  -DCMAKE_C_COMPILER=aarch64-linux-gnu-gcc -DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++ \
  -DCMAKE_CROSSCOMPILING_EMULATOR=/usr/bin/qemu-aarch64 -DCMAKE_INSTALL_LIBDIR=lib/aarch64-linux-gnu \
  -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
for package in "$to"/*.deb; do
  [ "$(dpkg-deb -f "$package" Architecture)" = arm64 ] || fail "$package is not for arm64"
done
apt-get install -y -qq --no-install-recommends "$to"/sagitta_*.deb "$to"/libsagitta0*.deb
program="qemu-aarch64 /usr/bin/sagitta"
file -L /usr/bin/sagitta | grep -q aarch64 || fail "the program is not for arm64"
[ -s /usr/share/man/man1/sagitta-analyze.1.gz ] || dpkg -L sagitta | grep -q man1/sagitta-analyze || fail "no manual"
cd "$to"
$program --version
$program cpu
# Without the cage: its child would have to be started under the emulator too.
$program analyze /srv/sample.mp4 --no-sandbox --tracks markers.csv --json r.json --report page.pdf
cmp /srv/markers.csv markers.csv || fail "arm64 finds the markers elsewhere"
head -c 5 page.pdf | grep -q '%PDF-' || fail "the report is no PDF"
apt-get purge -y -qq sagitta 'libsagitta*'
echo "arm64: installed, used, removed"
