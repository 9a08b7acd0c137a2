#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# On a system without cairo, pango, SQLite, libcrypto and libmicrohttpd to build with: builds the library alone, installs
# it and measures with it, as a host program does. sh tests/packages/alone.sh FOLDER; run.sh calls it.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
to=$1
mkdir -p "$to"
to=$(cd "$to" && pwd)
fail() {
  echo "FAIL: $*" >&2
  exit 1
}
# Where the system has them (run.sh builds the program there later), they are out of sight: only what is named is seen.
mkdir -p "$to/pc"
for folder in $(pkg-config --variable pc_path pkg-config | tr : ' '); do
  [ ! -d "$folder" ] || cp -n "$folder"/*.pc "$to/pc/" 2>/dev/null || true
done
for name in cairo pango pangocairo sqlite3 sqlcipher libcrypto libssl openssl libmicrohttpd; do rm -f "$to/pc/$name.pc"; done
export PKG_CONFIG_LIBDIR="$to/pc"
for name in cairo pangocairo sqlite3 libcrypto libmicrohttpd; do
  if pkg-config --exists "$name"; then fail "$name is here: nothing would be shown"; fi
done
cmake -S "$source" -B "$to/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSAGITTA_PROGRAM=OFF \
  -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
cmake --build "$to/build"
cmake --install "$to/build" --prefix "$to/prefix"
for file in $(find "$to/prefix" -name '*.so*' -type f) "$to/prefix/libexec/sagitta/sagitta-decode"; do
  if readelf -d "$file" | grep -E 'NEEDED.*(cairo|pango|sqlite|crypto|microhttpd)'; then fail "$file needs the program's libraries"; fi
done
PKG_CONFIG_LIBDIR=$(dirname "$(find "$to/prefix" -name sagitta.pc)")
library=$(dirname "$PKG_CONFIG_LIBDIR")
# shellcheck disable=SC2046 # words are wanted
cc -std=c11 "$source/samples/use_library.c" -o "$to/use" $(pkg-config --cflags --libs sagitta)
LC_ALL=C awk -f "$source/tests/consumer/bend.awk" >"$to/bends.csv"
LD_LIBRARY_PATH=$library "$to/use" "$to/bends.csv" | grep '^hip hinge' || fail "nothing is measured"
