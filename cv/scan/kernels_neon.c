/* SPDX-License-Identifier: Apache-2.0 */
/* NEON variants: the reject test looks up 64 bins of 4 codes per axis, in one instruction each. */
#include "scan/kernels.h"

#if defined(__aarch64__)

#include <arm_neon.h>

#include "scan/runs.h"

#define TARGET
#define SUFFIX          neon
#define REJECT          reject_neon
#define V               uint8x16_t
#define BYTES           16
#define LOAD(p)         vld1q_u8(p)
#define STORE(p, v)     vst1q_u8(p, v)
#define OR(a, b)        vorrq_u8(a, b)
#define SUB8(a, b)      vsubq_u8(a, b)
#define SUBS8(a, b)     vqsubq_u8(a, b)
#define MIN8(a, b)      vminq_u8(a, b)
#define SET8(code)      vdupq_n_u8((uint8_t)(code))
#define SHIFT8(v, bits) vshlq_u8(v, vdupq_n_s8((int8_t) - (bits)))

typedef struct reject_neon {
  uint8x16x4_t cb, cr;
} reject_neon;

SG_INLINE uint8x16_t even_neon(uint8x16_t a, uint8x16_t b, int ordered) {
  (void)ordered;
  return vuzp1q_u8(a, b);
}

SG_INLINE uint8x16_t odd_neon(uint8x16_t a, uint8x16_t b, int ordered) {
  (void)ordered;
  return vuzp2q_u8(a, b);
}

SG_INLINE uint8x8_t round_neon(const sg_scan_format *format, uint8x16_t words) {
  const int16x8_t halves = vdupq_n_s16((int16_t)-SG_HALVES(format));
  return vqrshrn_n_u16(vshlq_u16(vreinterpretq_u16_u8(words), halves), 1);
}

SG_INLINE uint8x16_t narrow_neon(const sg_scan_format *format, uint8x16_t a, uint8x16_t b, int ordered) {
  (void)ordered;
  return vcombine_u8(round_neon(format, a), round_neon(format, b));
}

SG_INLINE reject_neon reject_from_neon(const sg_scan_table *table) {
  return (reject_neon){ vld1q_u8_x4(table->cb_mask4), vld1q_u8_x4(table->cr_mask4) };
}

SG_INLINE uint8x16_t hit_neon(const reject_neon *reject, uint8x16_t cb, uint8x16_t cr) {
  return vandq_u8(vqtbl4q_u8(reject->cb, vshrq_n_u8(cb, 2)), vqtbl4q_u8(reject->cr, vshrq_n_u8(cr, 2)));
}

SG_INLINE int any_neon(uint8x16_t v) {
  return vmaxvq_u32(vreinterpretq_u32_u8(v)) != 0;
}

SG_INLINE uint64_t nonzero_neon(uint8x16_t v) {
  const uint8x16_t weight = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
  uint8x16_t bits = vandq_u8(vtstq_u8(v, v), weight);
  for (int i = 0; i < 3; i++) bits = vpaddq_u8(bits, bits);
  return vgetq_lane_u16(vreinterpretq_u16_u8(bits), 0);
}

SG_INLINE uint8x16_t lookup64_neon(const uint8_t *bytes, uint8x16_t index) {
  return vqtbl4q_u8(vld1q_u8_x4(bytes), index);
}

#include "scan/kernels_template.h"

void sg_scan_kernels_init_neon(sg_scan_kernels *kernels, sg_level level) {
  if (level == SG_LEVEL_NEON) kernels_neon(kernels);
}

#else

void sg_scan_kernels_init_neon(sg_scan_kernels *kernels, sg_level level) {
  (void)kernels;
  (void)level;
}

#endif
