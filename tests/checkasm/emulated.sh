#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# emulated.sh SOURCE_DIR WORK_DIR KIND: build checkasm on its own and run it where this processor cannot.
#   x86-64:CPU   as that processor under qemu-user: an instruction beyond it kills the test
#   no-simd      the same as a processor older than every level: must say 77, and this then 0
#   aarch64      cross-built, under qemu-user
#   intrinsics   natively, the AVX-512 level made of SIMDe's portable intrinsics
# Exit status: checkasm's; 77 when a tool is missing.
set -eu
source=$1 work=$2 kind=$3

need() {
  command -v "$1" >/dev/null 2>&1 || { echo "SKIPPED: $1 is missing (Debian package $2)"; exit 77; }
}

build() {
  compiler=$1
  shift
  mkdir -p "$work"
  # Of the languages, English is enough here.
  cat >"$work/say.c" <<'EOC'
#include <stdarg.h>
#include <stdio.h>
int sg_vprint(char *text, size_t size, const char *language, const char *format, va_list arguments);
int sg_vprint(char *text, size_t size, const char *language, const char *format, va_list arguments) {
  (void)language;
  return vsnprintf(text, size, format, arguments);
}
EOC
  "$compiler" -std=gnu11 -O2 -ffp-contract=off -D_GNU_SOURCE -I"$source/include" -I"$source/cv" \
    -I"$source/tests/checkasm" "$@" "$source"/cv/scan/*.c "$source/cv/base/error.c" "$source"/tests/checkasm/*.c \
    "$work/say.c" -o "$work/checkasm" -lpthread -lm
}

case $kind in
  x86-64:*)
    need qemu-x86_64 qemu-user
    [ "$(uname -m)" = x86_64 ] || { echo "SKIPPED: no x86-64 compiler here"; exit 77; }
    build "${CC:-cc}" -static
    exec qemu-x86_64 -cpu "${kind#*:}" "$work/checkasm"
    ;;
  no-simd)
    need qemu-x86_64 qemu-user
    [ "$(uname -m)" = x86_64 ] || { echo "SKIPPED: no x86-64 compiler here"; exit 77; }
    build "${CC:-cc}" -static
    status=0
    qemu-x86_64 -cpu Conroe "$work/checkasm" || status=$?
    [ "$status" -eq 77 ] || exit 1
    exit 0
    ;;
  aarch64)
    need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
    need qemu-aarch64 qemu-user
    build aarch64-linux-gnu-gcc -static
    exec qemu-aarch64 "$work/checkasm"
    ;;
  intrinsics)
    echo '#include <simde/x86/avx512.h>' | "${CC:-cc}" -E - >/dev/null 2>&1 || {
      echo "SKIPPED: SIMDe is missing (Debian package libsimde-dev)"
      exit 77
    }
    build "${CC:-cc}" '-DSG_SIMD_HEADER="emulated_x86.h"'
    exec "$work/checkasm" --level avx512
    ;;
esac
echo "emulated.sh: unknown kind $kind"
exit 2
