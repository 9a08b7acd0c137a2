/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SSE4.1, AVX2 and AVX-512 variants. SSE4.1 and AVX2 reject by 32 bins of 8
 * codes per axis (two byte shuffles of 16 each); AVX-512 VBMI looks up all 256.
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

typedef struct reject_sse41 {
  __m128i cb_low, cb_high, cr_low, cr_high;
} reject_sse41;

#define TARGET INSTRUCTIONS("sse4.1")

TARGET SG_INLINE reject_sse41 reject_from_sse41(const sg_scan_table *table) {
  return (reject_sse41){ _mm_load_si128((const __m128i *)table->cb_mask8),
                         _mm_load_si128((const __m128i *)(table->cb_mask8 + 16)),
                         _mm_load_si128((const __m128i *)table->cr_mask8),
                         _mm_load_si128((const __m128i *)(table->cr_mask8 + 16)) };
}

TARGET SG_INLINE __m128i lookup_sse41(__m128i low, __m128i high, __m128i code) {
  __m128i bin = _mm_and_si128(_mm_srli_epi16(code, 3), _mm_set1_epi8(0x1f));
  return _mm_blendv_epi8(_mm_shuffle_epi8(low, bin), _mm_shuffle_epi8(high, bin), code);
}

TARGET SG_INLINE uint64_t survive_sse41(const reject_sse41 *reject, const uint8_t *cb, const uint8_t *cr) {
  __m128i hit[4], any = _mm_setzero_si128();
  for (int i = 0; i < 4; i++) {
    hit[i] =
        _mm_and_si128(lookup_sse41(reject->cb_low, reject->cb_high, _mm_loadu_si128((const __m128i *)(cb + 16 * i))),
                      lookup_sse41(reject->cr_low, reject->cr_high, _mm_loadu_si128((const __m128i *)(cr + 16 * i))));
    any = _mm_or_si128(any, hit[i]);
  }
  if (_mm_testz_si128(any, any)) return 0;
  uint64_t survivors = 0;
  for (int i = 0; i < 4; i++) {
    int none = _mm_movemask_epi8(_mm_cmpeq_epi8(hit[i], _mm_setzero_si128()));
    survivors |= (uint64_t)(~none & 0xffff) << (16 * i);
  }
  return survivors;
}

#define SUFFIX           sse41
#define REJECT           reject_sse41
#define V                __m128i
#define BYTES            16
#define LOAD(p)          _mm_loadu_si128((const __m128i *)(p))
#define STORE(p, v)      _mm_storeu_si128((__m128i *)(p), v)
#define SET16(i)         _mm_set1_epi16(i)
#define AND(a, b)        _mm_and_si128(a, b)
#define ADDS16(a, b)     _mm_adds_epu16(a, b)
#define SRL16(a, count)  _mm_srli_epi16(a, count)
#define SRLV16(a, count) _mm_srl_epi16(a, count)
#define PACK(a, b)       _mm_packus_epi16(a, b)
#include "scan/kernels_x86_template.h"

typedef struct reject_avx2 {
  __m256i cb_low, cb_high, cr_low, cr_high;
} reject_avx2;

#define TARGET INSTRUCTIONS("avx2,bmi,bmi2")

TARGET SG_INLINE __m256i both_lanes(const uint8_t *bins) {
  return _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)bins));
}

TARGET SG_INLINE reject_avx2 reject_from_avx2(const sg_scan_table *table) {
  return (reject_avx2){ both_lanes(table->cb_mask8), both_lanes(table->cb_mask8 + 16), both_lanes(table->cr_mask8),
                        both_lanes(table->cr_mask8 + 16) };
}

TARGET SG_INLINE __m256i lookup_avx2(__m256i low, __m256i high, __m256i code) {
  __m256i bin = _mm256_and_si256(_mm256_srli_epi16(code, 3), _mm256_set1_epi8(0x1f));
  return _mm256_blendv_epi8(_mm256_shuffle_epi8(low, bin), _mm256_shuffle_epi8(high, bin), code);
}

TARGET SG_INLINE __m256i hit_avx2(const reject_avx2 *reject, const uint8_t *cb, const uint8_t *cr) {
  return _mm256_and_si256(lookup_avx2(reject->cb_low, reject->cb_high, _mm256_loadu_si256((const __m256i *)cb)),
                          lookup_avx2(reject->cr_low, reject->cr_high, _mm256_loadu_si256((const __m256i *)cr)));
}

TARGET SG_INLINE uint32_t nonzero_avx2(__m256i hit) {
  return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256()));
}

TARGET SG_INLINE uint64_t survive_avx2(const reject_avx2 *reject, const uint8_t *cb, const uint8_t *cr) {
  __m256i a = hit_avx2(reject, cb, cr), b = hit_avx2(reject, cb + 32, cr + 32), any = _mm256_or_si256(a, b);
  if (_mm256_testz_si256(any, any)) return 0;
  return (uint64_t)nonzero_avx2(b) << 32 | nonzero_avx2(a);
}

#define SUFFIX           avx2
#define REJECT           reject_avx2
#define V                __m256i
#define BYTES            32
#define LOAD(p)          _mm256_loadu_si256((const __m256i *)(p))
#define STORE(p, v)      _mm256_storeu_si256((__m256i *)(p), v)
#define SET16(i)         _mm256_set1_epi16(i)
#define AND(a, b)        _mm256_and_si256(a, b)
#define ADDS16(a, b)     _mm256_adds_epu16(a, b)
#define SRL16(a, count)  _mm256_srli_epi16(a, count)
#define SRLV16(a, count) _mm256_srl_epi16(a, count)
#define PACK(a, b)       _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xd8)
#include "scan/kernels_x86_template.h"

/* 256 masks of each axis, in four registers. */
typedef struct reject_avx512 {
  __m512i cb[4], cr[4];
} reject_avx512;

#define TARGET INSTRUCTIONS("avx512f,avx512bw,avx512vbmi,bmi,bmi2")

TARGET SG_INLINE reject_avx512 reject_from_avx512(const sg_scan_table *table) {
  reject_avx512 reject;
  for (int i = 0; i < 4; i++) {
    reject.cb[i] = _mm512_loadu_si512((const void *)(table->cb_mask + 64 * i));
    reject.cr[i] = _mm512_loadu_si512((const void *)(table->cr_mask + 64 * i));
  }
  return reject;
}

/* A permutation of two registers reads the low 7 bits of each code; the eighth chooses between two of them. */
TARGET SG_INLINE __m512i lookup_avx512(const __m512i masks[4], __m512i code) {
  return _mm512_mask_blend_epi8(_mm512_movepi8_mask(code), _mm512_permutex2var_epi8(masks[0], code, masks[1]),
                                _mm512_permutex2var_epi8(masks[2], code, masks[3]));
}

TARGET SG_INLINE uint64_t survive_avx512(const reject_avx512 *reject, const uint8_t *cb, const uint8_t *cr) {
  return _mm512_test_epi8_mask(lookup_avx512(reject->cb, _mm512_loadu_si512((const void *)cb)),
                               lookup_avx512(reject->cr, _mm512_loadu_si512((const void *)cr)));
}

#define SUFFIX           avx512
#define REJECT           reject_avx512
#define V                __m512i
#define BYTES            64
#define LOAD(p)          _mm512_loadu_si512((const void *)(p))
#define STORE(p, v)      _mm512_storeu_si512((void *)(p), v)
#define SET16(i)         _mm512_set1_epi16(i)
#define AND(a, b)        _mm512_and_si512(a, b)
#define ADDS16(a, b)     _mm512_adds_epu16(a, b)
#define SRL16(a, count)  _mm512_srli_epi16(a, count)
#define SRLV16(a, count) _mm512_srl_epi16(a, count)
#define PACK(a, b)       _mm512_permutexvar_epi64(_mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0), _mm512_packus_epi16(a, b))
#include "scan/kernels_x86_template.h"

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
