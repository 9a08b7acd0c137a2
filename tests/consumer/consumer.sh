#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The library as others get it. consumer.sh install|cmake|pkgconfig|cplusplus|python|r|alone|headers|symbols|abi, with the settings of CMakeLists.txt
# in the environment. 77 = skipped.
set -eu

prefix=$WORK/prefix
flags=${SANITIZE:+-fsanitize=$SANITIZE}
library_dir=$prefix/$LIBDIR

# The steps run beside one another: what one writes stands in a folder of its own.
own=$WORK/$1

# The example must measure a tracks file and must say what is wrong with one that is missing.
try_example() {
  LC_ALL=C awk -f "$SOURCE/tests/consumer/bend.awk" >"$own/three bends.csv"
  LD_LIBRARY_PATH=$library_dir "$1" "$own/three bends.csv" >"$own/said"
  cat "$own/said"
  grep -q '^hip hinge .* degrees' "$own/said"
  if LD_LIBRARY_PATH=$library_dir "$1" "$own/missing.csv" 2>"$own/said"; then
    echo 'a missing file was measured' >&2
    exit 1
  fi
  grep -q 'missing.csv' "$own/said"
}

[ "$1" = install ] || mkdir -p "$own"
case $1 in
install)
  rm -rf "$WORK"
  mkdir -p "$WORK"
  cmake --install "$BUILD" --prefix "$prefix" >"$WORK/install.log"
  ;;
cmake)
  configure() {
    cmake -S "$SOURCE/tests/consumer/project" -B "$own/$1" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$CC" \
      -DCMAKE_C_FLAGS="$flags" -DEXAMPLE="$SOURCE/samples/use_library.c" -DWANTED="$2"
  }
  # Until 1.0 each minor version has an ABI of its own: one that asks for another must be told.
  if configure other "$NEXT" >"$own/other.log" 2>&1; then
    echo "a project that asks for $NEXT was given $VERSION" >&2
    exit 1
  fi
  grep -q "version: $VERSION" "$own/other.log"
  configure build "$VERSION"
  cmake --build "$own/build"
  try_example "$own/build/use_library"
  ;;
pkgconfig)
  export PKG_CONFIG_PATH="$library_dir/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
  # shellcheck disable=SC2046,SC2086 # words are wanted
  "$CC" -std=c11 $flags "$SOURCE/samples/use_library.c" $(pkg-config --cflags --libs sagitta) -o "$own/use_library"
  try_example "$own/use_library"
  ;;
cplusplus)
  export PKG_CONFIG_PATH="$library_dir/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
  # shellcheck disable=SC2046,SC2086 # words are wanted
  "$CXX" -std=c++17 -Wall -Wextra -Werror $flags "$SOURCE/samples/use_library.cpp" $(pkg-config --cflags --libs sagitta) \
    -o "$own/use_library"
  try_example "$own/use_library"
  ;;
python)
  [ "$SHARED" = ON ] || exit 77
  python3 -c 'import cffi' 2>/dev/null || { echo 'skipped: python3-cffi is not installed'; exit 77; }
  # A sanitizer has to be there before a program that was built without it.
  preload=
  case $SANITIZE in *address*) preload=$("$CC" -print-file-name=libasan.so) ;; *thread*) exit 77 ;; esac
  printf '#!/bin/sh\nexport CC="%s" SAGITTA_INCLUDE="%s" SAGITTA_LIBRARY="%s"\nexec env ASAN_OPTIONS=detect_leaks=0 LD_PRELOAD="%s" python3 "%s" "$@"\n' \
    "$CC" "$prefix/include" "$library_dir/libsagitta.so" "$preload" "$SOURCE/samples/use_library.py" >"$own/use_library"
  chmod +x "$own/use_library"
  try_example "$own/use_library"
  ;;
abi)
  # Against the headers of the last release, or of the commit that ABI_BASE names. Within one soname nothing may break.
  command -v abidiff >/dev/null || { echo 'skipped: abigail-tools is not installed'; exit 77; }
  command -v python3 >/dev/null || { echo 'skipped: python3 is not installed'; exit 77; }
  base=${ABI_BASE:-$(git -C "$SOURCE" describe --tags --abbrev=0 2>/dev/null || true)}
  set -- python3 "$SOURCE/tests/consumer/abi.py" "$own" "$prefix/include" "$CC"
  if [ -z "$base" ]; then
    echo 'nothing has been released: only the rules are tried'
    exec "$@"
  fi
  rm -rf "$own/earlier"
  mkdir -p "$own/earlier"
  git -C "$SOURCE" archive "$base" include | tar -x -C "$own/earlier"
  # The soname is made of the first two numbers of the version (CONTRIBUTING, "The ABI").
  soname() { sed -n 's/.*define SAGITTA_VERSION "\([0-9]*\.[0-9]*\)\..*/\1/p' "$1/sagitta/version.h"; }
  if [ "$(soname "$own/earlier/include")" != "$(soname "$prefix/include")" ]; then
    echo "the soname has changed since $base: nothing is promised across it, and the rules alone are tried"
    exec "$@"
  fi
  "$@" "$own/earlier/include" || { echo "programs that were compiled with $base no longer work" >&2; exit 1; }
  ;;
r)
  [ "$SHARED" = ON ] || exit 77
  command -v Rscript >/dev/null || { echo 'skipped: r-base-core is not installed'; exit 77; }
  command -v make >/dev/null || { echo 'skipped: make is not installed'; exit 77; }
  # As with Python: the sanitizer comes first.
  preload=
  case $SANITIZE in *address*) preload=$("$CC" -print-file-name=libasan.so) ;; *thread*) exit 77 ;; esac
  # Rscript is a program that starts R, which reads LD_PRELOAD by the same way.
  printf '#!/bin/sh\nexport SAGITTA_CFLAGS="-I%s" SAGITTA_LIBS="-L%s -lsagitta" ASAN_OPTIONS=detect_leaks=0\nexec env LD_PRELOAD="%s" Rscript --vanilla "%s" "$@"\n' \
    "$prefix/include" "$library_dir" "$preload" "$SOURCE/samples/use_library.R" >"$own/use_library"
  chmod +x "$own/use_library"
  try_example "$own/use_library"
  ;;
alone)
  # Who puts the library into a build of his own has nothing of what the program needs (tests/packages/alone.sh builds
  # it, on a system that has none of it).
  mkdir -p "$own/pc"
  for folder in $(pkg-config --variable pc_path pkg-config | tr : ' '); do
    find "$folder" -name '*.pc' -exec cp {} "$own/pc/" \; 2>/dev/null || true
  done
  for name in cairo pango pangocairo sqlite3 sqlcipher libcrypto libssl openssl libmicrohttpd; do rm -f "$own/pc/$name.pc"; done
  cp "$SOURCE/tests/consumer/project/alone.cmake" "$own/CMakeLists.txt"
  PKG_CONFIG_LIBDIR=$own/pc PKG_CONFIG_PATH='' cmake -S "$own" -B "$own/build" -DSOURCE="$SOURCE" -DCMAKE_C_COMPILER="$CC" \
    -DCMAKE_CXX_COMPILER="$CXX" >"$own/said" 2>&1 || { cat "$own/said"; exit 1; }
  for file in "$library_dir"/libsagitta.so "$library_dir"/sagitta/decoding.so "$library_dir"/sagitta/opencv.so \
    "$prefix"/libexec/sagitta/sagitta-decode; do
    [ -e "$file" ] || continue
    if readelf -d "$file" | grep -E 'NEEDED.*(cairo|pango|sqlite|sqlcipher|crypto|microhttpd)'; then
      echo "$file needs the program's libraries" >&2
      exit 1
    fi
  done
  ;;
headers)
  for header in "$prefix"/include/sagitta/*.h; do
    name=$(basename "$header")
    printf '#include <sagitta/%s>\n#include <sagitta/%s>\nint sagitta_header_test;\n' "$name" "$name" >"$own/header.c"
    "$CC" -std=c11 -pedantic -Wall -Wextra -Werror -I"$prefix/include" -fsyntax-only "$own/header.c"
    "$CXX" -std=c++17 -pedantic -Wall -Wextra -Werror -I"$prefix/include" -fsyntax-only -x c++ "$own/header.c"
  done
  ;;
symbols)
  [ "$SHARED" = ON ] || exit 77
  nm -D --defined-only "$library_dir/libsagitta.so" | awk '$2 ~ /[A-Z]/ { sub(/@.*/, "", $3); print $3 }' |
    grep -v '^__\(odr_\)\?asan' | sort >"$own/exported"
  if grep -v '^sagitta_' "$own/exported"; then
    echo 'the library exports these names, which do not begin with sagitta_' >&2
    exit 1
  fi
  # Declarations may run over lines: the name stands on the first.
  sed -n 's/^SAGITTA_API .*\(sagitta_[a-z0-9_]*\)(.*/\1/p' "$prefix"/include/sagitta/*.h | sort >"$own/declared"
  if ! diff "$own/declared" "$own/exported"; then
    echo 'the headers declare (<) and the library exports (>) different names' >&2
    exit 1
  fi
  ;;
*)
  echo "consumer.sh: unknown step $1" >&2
  exit 2
  ;;
esac
