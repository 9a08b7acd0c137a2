#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the Debian packages of this tree: sh tests/packages/build.sh FOLDER [CMake option…]. The build lies in
# FOLDER/build, the packages in FOLDER. The same source makes the same bytes, whatever FOLDER is; SOURCE_DATE_EPOCH is
# that of the last commit, or of the environment. DEBFULLNAME and DEBEMAIL say who answers for the packages; without
# them it is who git says you are.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
to=$1
shift
umask 022
mkdir -p "$to"
to=$(cd "$to" && pwd)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$source" log -1 --format=%ct 2>/dev/null || stat -c %Y "$source/CHANGELOG.md")}
export SOURCE_DATE_EPOCH
DEBEMAIL=${DEBEMAIL:-$(git -C "$source" config user.email 2>/dev/null || true)}
DEBFULLNAME=${DEBFULLNAME:-$(git -C "$source" config user.name 2>/dev/null || true)}
if [ -z "$DEBEMAIL" ] || [ -z "$DEBFULLNAME" ]; then
  echo "Who answers for the packages? Say it in DEBFULLNAME (a name) and DEBEMAIL (an address)." >&2
  exit 2
fi
export DEBEMAIL DEBFULLNAME
# Places leave no trace in what is built. Here and not in CMakeLists.txt, since coverage needs them.
flags="-fstack-protector-strong -D_FORTIFY_SOURCE=2 -ffile-prefix-map=$to/build=build -ffile-prefix-map=$source=."
cmake -S "$source" -B "$to/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr -DSAGITTA_TESTS=OFF \
  -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
  -DCMAKE_EXE_LINKER_FLAGS="-pie -Wl,-z,relro,-z,now" -DCMAKE_SHARED_LINKER_FLAGS="-Wl,-z,relro,-z,now" \
  -DCMAKE_MODULE_LINKER_FLAGS="-Wl,-z,relro,-z,now" "$@"
cmake --build "$to/build"
(cd "$to/build" && cpack -G DEB -B "$to/cpack")
find "$to" -maxdepth 1 -name '*.deb' -exec rm -f {} +
mv "$to"/cpack/*.deb "$to/"
rm -rf "$to/cpack"
ls -l "$to"/*.deb
