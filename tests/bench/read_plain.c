/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "read_plain.h"
#include "sagitta/cpu.h"

static uint64_t words(const uint8_t *a, const uint8_t *b, size_t size) {
  uint64_t sum = 0;
  for (size_t i = 0; i < size; i += 8) {
    uint64_t x, y;
    memcpy(&x, a + i, 8);
    memcpy(&y, b + i, 8);
    sum ^= x ^ y;
  }
  return sum;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET    __attribute__((target("avx2")))
#define LOAD(p)   _mm256_loadu_si256((const __m256i *)(p))
#define XOR(a, b) _mm256_xor_si256(a, b)

TARGET static uint64_t total(__m256i a, __m256i b, __m256i c, __m256i d) {
  a = XOR(XOR(a, b), XOR(c, d));
  return (uint64_t)_mm256_extract_epi64(a, 0) ^ (uint64_t)_mm256_extract_epi64(a, 2);
}

TARGET static uint64_t one_stream(const uint8_t *plane, size_t size) {
  __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
  for (size_t i = 0; i < size; i += 128) {
    a = XOR(a, LOAD(plane + i));
    b = XOR(b, LOAD(plane + i + 32));
    c = XOR(c, LOAD(plane + i + 64));
    d = XOR(d, LOAD(plane + i + 96));
  }
  return total(a, b, c, d);
}

TARGET static uint64_t after_each_other(const uint8_t *a, const uint8_t *b, size_t size) {
  return one_stream(a, size) ^ one_stream(b, size);
}

TARGET static uint64_t side_by_side(const uint8_t *plane_a, const uint8_t *plane_b, size_t size) {
  __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
  for (size_t i = 0; i < size; i += 64) {
    a = XOR(a, LOAD(plane_a + i));
    b = XOR(b, LOAD(plane_a + i + 32));
    c = XOR(c, LOAD(plane_b + i));
    d = XOR(d, LOAD(plane_b + i + 32));
  }
  return total(a, b, c, d);
}

TARGET static uint64_t four_streams(const uint8_t *plane_a, const uint8_t *plane_b, size_t size) {
  __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
  size_t half = size / 2;
  for (size_t i = 0; i < half; i += 32) {
    a = XOR(a, LOAD(plane_a + i));
    b = XOR(b, LOAD(plane_a + half + i));
    c = XOR(c, LOAD(plane_b + i));
    d = XOR(d, LOAD(plane_b + half + i));
  }
  return total(a, b, c, d);
}

/* A processor does not by itself look beyond the page that it reads. */
TARGET static uint64_t asked_ahead(const uint8_t *plane_a, const uint8_t *plane_b, size_t size) {
  __m256i sums[4] = { _mm256_setzero_si256() };
  const size_t part = size / 4, ahead = 1024;
  for (size_t i = 0; i < part; i += 64) {
#pragma GCC unroll 8
    for (size_t k = 0; k < 8; k++) {
      const uint8_t *at = (k % 2 ? plane_b : plane_a) + k / 2 * part + i;
      __builtin_prefetch((const void *)((uintptr_t)at + ahead));
      sums[k % 4] = XOR(sums[k % 4], XOR(LOAD(at), LOAD(at + 32)));
    }
  }
  return total(sums[0], sums[1], sums[2], sums[3]);
}

static const plain_reader readers[] = { { "64-bit words, two streams", words },
                                        { "AVX2, plane after plane", after_each_other },
                                        { "AVX2, two streams", side_by_side },
                                        { "AVX2, four streams", four_streams },
                                        { "AVX2, eight, asked for ahead", asked_ahead } };

const plain_reader *plain_readers(size_t *count) {
  *count = sagitta_simd_usable("avx2") ? 5 : 1;
  return readers;
}

#else

static const plain_reader readers[] = { { "64-bit words, two streams", words } };

const plain_reader *plain_readers(size_t *count) {
  *count = 1;
  return readers;
}

#endif
