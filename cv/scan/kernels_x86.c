/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SSE4.1, AVX2 and AVX-512 variants. SSE4.1 and AVX2 reject by 16 bins of 8
 * codes per axis, each twice (one byte shuffle); AVX-512 VBMI by 64 bins of 4.
 */
#include "scan/kernels.h"

#if defined(__x86_64__) || defined(SG_SIMD_HEADER)

#include "scan/runs.h"

/* The tests may compile this file against a header that emulates the intrinsics. */
#ifdef SG_SIMD_HEADER
#include SG_SIMD_HEADER
#define INSTRUCTIONS(list)
#else
#include <immintrin.h>
#define INSTRUCTIONS(list) __attribute__((target(list)))
#endif

/* ---- SSE4.1 ---- */

#define TARGET          INSTRUCTIONS("sse4.1")
#define SUFFIX          sse41
#define REJECT          reject_sse41
#define V               __m128i
#define BYTES           16
#define LOAD(p)         _mm_loadu_si128((const __m128i *)(p))
#define STORE(p, v)     _mm_storeu_si128((__m128i *)(p), v)
#define OR(a, b)        _mm_or_si128(a, b)
#define SUB8(a, b)      _mm_sub_epi8(a, b)
#define SUBS8(a, b)     _mm_subs_epu8(a, b)
#define MIN8(a, b)      _mm_min_epu8(a, b)
#define SET8(code)      _mm_set1_epi8((char)(code))
#define SHIFT8(v, bits) _mm_and_si128(_mm_srl_epi16(v, _mm_cvtsi32_si128(bits)), SET8(255 >> (bits)))

typedef struct reject_sse41 {
  __m128i cb, cr;
} reject_sse41;

TARGET SG_INLINE __m128i pack_sse41(__m128i a, __m128i b, int ordered) {
  (void)ordered;
  return _mm_packus_epi16(a, b);
}

TARGET SG_INLINE __m128i even_sse41(__m128i a, __m128i b, int ordered) {
  const __m128i low = _mm_set1_epi16(0xff);
  return pack_sse41(_mm_and_si128(a, low), _mm_and_si128(b, low), ordered);
}

TARGET SG_INLINE __m128i odd_sse41(__m128i a, __m128i b, int ordered) {
  return pack_sse41(_mm_srli_epi16(a, 8), _mm_srli_epi16(b, 8), ordered);
}

TARGET SG_INLINE __m128i round_sse41(const sg_scan_format *format, __m128i words) {
  words = _mm_srl_epi16(words, _mm_cvtsi32_si128(SG_HALVES(format)));
  return _mm_srli_epi16(_mm_adds_epu16(words, _mm_set1_epi16(1)), 1);
}

TARGET SG_INLINE __m128i narrow_sse41(const sg_scan_format *format, __m128i a, __m128i b, int ordered) {
  return pack_sse41(round_sse41(format, a), round_sse41(format, b), ordered);
}

TARGET SG_INLINE reject_sse41 reject_from_sse41(const sg_scan_table *table) {
  return (reject_sse41){ LOAD(table->cb_mask16), LOAD(table->cr_mask16) };
}

TARGET SG_INLINE __m128i hit_sse41(const reject_sse41 *reject, __m128i cb, __m128i cr) {
  const __m128i bins = SET8(15);
  return _mm_and_si128(_mm_shuffle_epi8(reject->cb, _mm_and_si128(_mm_srli_epi16(cb, 3), bins)),
                       _mm_shuffle_epi8(reject->cr, _mm_and_si128(_mm_srli_epi16(cr, 3), bins)));
}

TARGET SG_INLINE int any_sse41(__m128i v) {
  return !_mm_testz_si128(v, v);
}

TARGET SG_INLINE uint64_t nonzero_sse41(__m128i v) {
  return ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())) & 0xffff;
}

/* A shuffle gives 0 where the index's top bit is set: below 16 i it is by the subtraction, from 16 i + 16 on by adding
 * 112. */
TARGET SG_INLINE __m128i lookup64_sse41(const uint8_t *bytes, __m128i index) {
  __m128i found = _mm_setzero_si128();
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    __m128i at = _mm_adds_epu8(SUB8(index, SET8(16 * i)), SET8(112));
    found = OR(found, _mm_shuffle_epi8(LOAD(bytes + 16 * i), at));
  }
  return found;
}

#include "scan/kernels_template.h"

/* ---- AVX2 ---- */

#define TARGET          INSTRUCTIONS("avx2,bmi,bmi2")
#define SUFFIX          avx2
#define REJECT          reject_avx2
#define V               __m256i
#define BYTES           32
#define LOAD(p)         _mm256_loadu_si256((const __m256i *)(p))
#define STORE(p, v)     _mm256_storeu_si256((__m256i *)(p), v)
#define OR(a, b)        _mm256_or_si256(a, b)
#define SUB8(a, b)      _mm256_sub_epi8(a, b)
#define SUBS8(a, b)     _mm256_subs_epu8(a, b)
#define MIN8(a, b)      _mm256_min_epu8(a, b)
#define SET8(code)      _mm256_set1_epi8((char)(code))
#define SHIFT8(v, bits) _mm256_and_si256(_mm256_srl_epi16(v, _mm_cvtsi32_si128(bits)), SET8(255 >> (bits)))

typedef struct reject_avx2 {
  __m256i cb, cr;
} reject_avx2;

TARGET SG_INLINE __m256i both_lanes(const uint8_t *bytes) {
  return _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)bytes));
}

TARGET SG_INLINE __m256i pack_avx2(__m256i a, __m256i b, int ordered) {
  __m256i packed = _mm256_packus_epi16(a, b);
  return ordered ? _mm256_permute4x64_epi64(packed, 0xd8) : packed;
}

TARGET SG_INLINE __m256i even_avx2(__m256i a, __m256i b, int ordered) {
  const __m256i low = _mm256_set1_epi16(0xff);
  return pack_avx2(_mm256_and_si256(a, low), _mm256_and_si256(b, low), ordered);
}

TARGET SG_INLINE __m256i odd_avx2(__m256i a, __m256i b, int ordered) {
  return pack_avx2(_mm256_srli_epi16(a, 8), _mm256_srli_epi16(b, 8), ordered);
}

TARGET SG_INLINE __m256i round_avx2(const sg_scan_format *format, __m256i words) {
  words = _mm256_srl_epi16(words, _mm_cvtsi32_si128(SG_HALVES(format)));
  return _mm256_srli_epi16(_mm256_adds_epu16(words, _mm256_set1_epi16(1)), 1);
}

TARGET SG_INLINE __m256i narrow_avx2(const sg_scan_format *format, __m256i a, __m256i b, int ordered) {
  return pack_avx2(round_avx2(format, a), round_avx2(format, b), ordered);
}

TARGET SG_INLINE reject_avx2 reject_from_avx2(const sg_scan_table *table) {
  return (reject_avx2){ both_lanes(table->cb_mask16), both_lanes(table->cr_mask16) };
}

TARGET SG_INLINE __m256i hit_avx2(const reject_avx2 *reject, __m256i cb, __m256i cr) {
  const __m256i bins = SET8(15);
  return _mm256_and_si256(_mm256_shuffle_epi8(reject->cb, _mm256_and_si256(_mm256_srli_epi16(cb, 3), bins)),
                          _mm256_shuffle_epi8(reject->cr, _mm256_and_si256(_mm256_srli_epi16(cr, 3), bins)));
}

TARGET SG_INLINE int any_avx2(__m256i v) {
  return !_mm256_testz_si256(v, v);
}

TARGET SG_INLINE uint64_t nonzero_avx2(__m256i v) {
  return (uint32_t)~_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
}

/* As in SSE4.1. */
TARGET SG_INLINE __m256i lookup64_avx2(const uint8_t *bytes, __m256i index) {
  __m256i found = _mm256_setzero_si256();
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    __m256i at = _mm256_adds_epu8(SUB8(index, SET8(16 * i)), SET8(112));
    found = OR(found, _mm256_shuffle_epi8(both_lanes(bytes + 16 * i), at));
  }
  return found;
}

#include "scan/kernels_template.h"

/* ---- AVX-512 ---- */

#define TARGET          INSTRUCTIONS("avx512f,avx512bw,avx512vbmi,bmi,bmi2")
#define SUFFIX          avx512
#define REJECT          reject_avx512
#define V               __m512i
#define BYTES           64
#define LOAD(p)         _mm512_loadu_si512((const void *)(p))
#define STORE(p, v)     _mm512_storeu_si512((void *)(p), v)
#define OR(a, b)        _mm512_or_si512(a, b)
#define SUB8(a, b)      _mm512_sub_epi8(a, b)
#define SUBS8(a, b)     _mm512_subs_epu8(a, b)
#define MIN8(a, b)      _mm512_min_epu8(a, b)
#define SET8(code)      _mm512_set1_epi8((char)(code))
#define SHIFT8(v, bits) _mm512_and_si512(_mm512_srl_epi16(v, _mm_cvtsi32_si128(bits)), SET8(255 >> (bits)))

typedef struct reject_avx512 {
  __m512i cb, cr;
} reject_avx512;

TARGET SG_INLINE __m512i pack_avx512(__m512i a, __m512i b, int ordered) {
  const __m512i order = _mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0);
  __m512i packed = _mm512_packus_epi16(a, b);
  return ordered ? _mm512_permutexvar_epi64(order, packed) : packed;
}

TARGET SG_INLINE __m512i even_avx512(__m512i a, __m512i b, int ordered) {
  const __m512i low = _mm512_set1_epi16(0xff);
  return pack_avx512(_mm512_and_si512(a, low), _mm512_and_si512(b, low), ordered);
}

TARGET SG_INLINE __m512i odd_avx512(__m512i a, __m512i b, int ordered) {
  return pack_avx512(_mm512_srli_epi16(a, 8), _mm512_srli_epi16(b, 8), ordered);
}

TARGET SG_INLINE __m512i round_avx512(const sg_scan_format *format, __m512i words) {
  words = _mm512_srlv_epi16(words, _mm512_set1_epi16((short)SG_HALVES(format)));
  return _mm512_srli_epi16(_mm512_adds_epu16(words, _mm512_set1_epi16(1)), 1);
}

TARGET SG_INLINE __m512i narrow_avx512(const sg_scan_format *format, __m512i a, __m512i b, int ordered) {
  return pack_avx512(round_avx512(format, a), round_avx512(format, b), ordered);
}

TARGET SG_INLINE reject_avx512 reject_from_avx512(const sg_scan_table *table) {
  return (reject_avx512){ LOAD(table->cb_mask4), LOAD(table->cr_mask4) };
}

/* The permutation takes six bits of the index. */
TARGET SG_INLINE __m512i hit_avx512(const reject_avx512 *reject, __m512i cb, __m512i cr) {
  return _mm512_and_si512(_mm512_permutexvar_epi8(_mm512_srli_epi16(cb, 2), reject->cb),
                          _mm512_permutexvar_epi8(_mm512_srli_epi16(cr, 2), reject->cr));
}

TARGET SG_INLINE uint64_t nonzero_avx512(__m512i v) {
  return _mm512_test_epi8_mask(v, v);
}

TARGET SG_INLINE int any_avx512(__m512i v) {
  return nonzero_avx512(v) != 0;
}

TARGET SG_INLINE __m512i lookup64_avx512(const uint8_t *bytes, __m512i index) {
  return _mm512_permutexvar_epi8(index, LOAD(bytes));
}

#include "scan/kernels_template.h"

void sg_scan_kernels_init_x86(sg_scan_kernels *kernels, sg_level level) {
  if (level < SG_LEVEL_SSE41 || level > SG_LEVEL_AVX512) return;
  kernels_sse41(kernels);
  if (level < SG_LEVEL_AVX2) return;
  kernels_avx2(kernels);
  if (level < SG_LEVEL_AVX512) return;
  kernels_avx512(kernels);
}

#else

void sg_scan_kernels_init_x86(sg_scan_kernels *kernels, sg_level level) {
  (void)kernels;
  (void)level;
}

#endif
