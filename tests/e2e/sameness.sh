# SPDX-License-Identifier: Apache-2.0
# Protects: the tracks file is the same to the byte at every thread count, on every SIMD level and with a masked libm;
# the result is the same to the byte from run to run.
. "$HERE/lib.sh"
clip=$FIXTURES/clinic.mp4

expect 0 "$SAGITTA" analyze "$clip" --tracks made/t.csv --json made/r.json
for threads in 1 2 8; do
  expect 0 "$SAGITTA" analyze "$clip" --threads $threads --tracks made/threads.csv --json made/threads.json
  same made/t.csv made/threads.csv
  same made/r.json made/threads.json
done

"$SAGITTA" cpu >kernels || fail "cpu"
levels=$(awk 'NR > 1 && $3 == "yes" { print $2 }' kernels | sort -u)
[ -n "$levels" ] || fail "no level is usable"
for level in $levels; do
  expect 0 "$SAGITTA" analyze "$clip" --simd "$level" --tracks made/simd.csv
  same made/t.csv made/simd.csv
done

masks=-AVX2_Usable,-FMA_Usable,-AVX512F_Usable,-AVX2,-FMA,-AVX512F,-ERMS
expect 0 env GLIBC_TUNABLES=glibc.cpu.hwcaps=$masks "$SAGITTA" analyze "$clip" --tracks made/masked.csv
same made/t.csv made/masked.csv
expect 0 env LC_ALL=C "$SAGITTA" analyze "$clip" --tracks made/locale.csv
same made/t.csv made/locale.csv
