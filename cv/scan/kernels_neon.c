/* SPDX-License-Identifier: Apache-2.0 */
/* NEON variants: the reject test looks up 64 bins of 4 codes per axis, in one instruction each. */
#include "scan/kernels.h"

#if defined(__aarch64__)

#include <arm_neon.h>

#include "scan/runs.h"

typedef struct reject_neon {
  uint8x16x4_t cb, cr;
} reject_neon;

SG_INLINE reject_neon reject_from_neon(const sg_scan_table *table) {
  return (reject_neon){ vld1q_u8_x4(table->cb_mask4), vld1q_u8_x4(table->cr_mask4) };
}

SG_INLINE uint64_t survive_neon(const reject_neon *reject, const uint8_t *cb, const uint8_t *cr) {
  const uint8x16_t weight = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
  uint8x16_t hit[4], any = vdupq_n_u8(0);
  for (int i = 0; i < 4; i++) {
    hit[i] = vtstq_u8(vqtbl4q_u8(reject->cb, vshrq_n_u8(vld1q_u8(cb + 16 * i), 2)),
                      vqtbl4q_u8(reject->cr, vshrq_n_u8(vld1q_u8(cr + 16 * i), 2)));
    any = vorrq_u8(any, hit[i]);
  }
  if (!vmaxvq_u32(vreinterpretq_u32_u8(any))) return 0;
  uint8x16_t left = vpaddq_u8(vandq_u8(hit[0], weight), vandq_u8(hit[1], weight));
  uint8x16_t right = vpaddq_u8(vandq_u8(hit[2], weight), vandq_u8(hit[3], weight));
  uint8x16_t both = vpaddq_u8(left, right);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(both, both)), 0);
}

SG_INLINE void split2_neon(uint8_t *cb, uint8_t *cr, const uint8_t *pairs) {
  for (int i = 0; i < SG_BLOCK; i += 16) {
    uint8x16x2_t v = vld2q_u8(pairs + 2 * i);
    vst1q_u8(cb + i, v.val[0]);
    vst1q_u8(cr + i, v.val[1]);
  }
}

SG_INLINE void split4_neon(uint8_t *cb, uint8_t *cr, const uint8_t *groups, int odd) {
  for (int i = 0; i < SG_BLOCK; i += 16) {
    uint8x16x4_t v = vld4q_u8(groups + 4 * i);
    vst1q_u8(cb + i, odd ? v.val[1] : v.val[0]);
    vst1q_u8(cr + i, odd ? v.val[3] : v.val[2]);
  }
}

SG_INLINE void narrow_neon(uint8_t *bytes, const uint8_t *words, int bits, int shift) {
  const uint16x8_t half = vdupq_n_u16((uint16_t)(1 << (bits - 9)));
  const int16x8_t unused = vdupq_n_s16((int16_t)-shift), excess = vdupq_n_s16((int16_t)(8 - bits));
  for (int i = 0; i < SG_BLOCK; i += 8) {
    uint16x8_t v = vshlq_u16(vreinterpretq_u16_u8(vld1q_u8(words + 2 * i)), unused);
    vst1_u8(bytes + i, vqmovn_u16(vshlq_u16(vqaddq_u16(v, half), excess)));
  }
}

#define SUFFIX neon
#define TARGET
#define REJECT reject_neon
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
