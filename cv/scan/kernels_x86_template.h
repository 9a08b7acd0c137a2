/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The blocks of kernels_template.h for one x86 instruction set. The file that
 * includes this defines SUFFIX, TARGET, REJECT, `reject_from` and `survive` as that
 * file says, and for vectors V of BYTES bytes:
 *   LOAD STORE SET16 AND ADDS16 SRL16(v, constant) SRLV16(v, count) as the instructions of those names
 *   PACK(a, b)   unsigned saturation of signed words to bytes, in the order of memory
 * Undefines them all.
 */
#define JOIN2(a, b) a##_##b
#define JOIN(a, b)  JOIN2(a, b)
#define NAME(name)  JOIN(name, SUFFIX)

TARGET SG_INLINE void NAME(split2)(uint8_t *cb, uint8_t *cr, const uint8_t *pairs) {
  const V low = SET16(0xff);
  for (int i = 0; i < SG_BLOCK; i += BYTES) {
    V a = LOAD(pairs + 2 * i), b = LOAD(pairs + 2 * i + BYTES);
    STORE(cb + i, PACK(AND(a, low), AND(b, low)));
    STORE(cr + i, PACK(SRL16(a, 8), SRL16(b, 8)));
  }
}

TARGET SG_INLINE void NAME(split4)(uint8_t *cb, uint8_t *cr, const uint8_t *groups, int odd) {
  const V low = SET16(0xff);
  for (int i = 0; i < SG_BLOCK; i += BYTES) {
    V v[4];
    for (int k = 0; k < 4; k++) {
      v[k] = LOAD(groups + 4 * i + k * BYTES);
      v[k] = odd ? SRL16(v[k], 8) : AND(v[k], low);
    }
    V a = PACK(v[0], v[1]), b = PACK(v[2], v[3]);
    STORE(cb + i, PACK(AND(a, low), AND(b, low)));
    STORE(cr + i, PACK(SRL16(a, 8), SRL16(b, 8)));
  }
}

TARGET SG_INLINE void NAME(narrow)(uint8_t *bytes, const uint8_t *words, int bits, int shift) {
  const V half = SET16((short)(1 << (bits - 9)));
  const __m128i unused = _mm_cvtsi32_si128(shift), excess = _mm_cvtsi32_si128(bits - 8);
  for (int i = 0; i < SG_BLOCK; i += BYTES) {
    V a = SRLV16(LOAD(words + 2 * i), unused), b = SRLV16(LOAD(words + 2 * i + BYTES), unused);
    STORE(bytes + i, PACK(SRLV16(ADDS16(a, half), excess), SRLV16(ADDS16(b, half), excess)));
  }
}

#undef JOIN2
#undef JOIN
#undef NAME

#include "scan/kernels_template.h"

#undef V
#undef BYTES
#undef LOAD
#undef STORE
#undef SET16
#undef AND
#undef ADDS16
#undef SRL16
#undef SRLV16
#undef PACK
