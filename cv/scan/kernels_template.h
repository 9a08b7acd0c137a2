/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels once more, for one instruction set. The file that includes this
 * defines beforehand:
 *   SUFFIX      ending of the functions' names
 *   TARGET      attribute of every function here
 *   REJECT      type that holds the reject test's constants in registers
 * and, as static functions with that ending,
 *   reject_from REJECT from a table
 *   survive     the survivors of one block, 64 samples, one bit each
 *   split2      64 pairs of bytes → 64 + 64 bytes
 *   split4      64 groups of four bytes → 64 + 64 bytes: of the bytes `odd` = 1: 1 and 3, 0: 0 and 2
 *   narrow      64 words → 64 bytes
 * Undefines them all.
 */
#define JOIN2(a, b) a##_##b
#define JOIN(a, b)  JOIN2(a, b)
#define NAME(name)  JOIN(name, SUFFIX)

/* One or two rows side by side; `lanes` is a constant to the compiler. */
TARGET SG_INLINE void NAME(scan_rows)(const sg_scan_table *table, sg_scan_row *rows, int lanes) {
  const size_t width = rows[0].width;
  sg_run_writer writer[2];
  uint64_t survivors[2];
  size_t x = 0;
  REJECT reject = NAME(reject_from)(table);
#pragma GCC unroll 2
  for (int i = 0; i < lanes; i++) writer[i] = (sg_run_writer){ rows[i].runs, 0, 0, rows[i].y };
  for (; x + SG_BLOCK <= width; x += SG_BLOCK) {
#pragma GCC unroll 2
    for (int i = 0; i < lanes; i++) survivors[i] = NAME(survive)(&reject, rows[i].cb + x, rows[i].cr + x);
#pragma GCC unroll 2
    for (int i = 0; i < lanes; i++) {
      if (!(survivors[i] | writer[i].label)) continue;
      sg_runs_block(&writer[i], table, rows[i].cb + x, rows[i].cr + x, x, 0, survivors[i]);
    }
  }
#pragma GCC unroll 2
  for (int i = 0; i < lanes; i++) {
    if (x < width) {
      /* The last whole block, which reaches back to samples that are done. */
      const uint8_t *cb = rows[i].cb + width - SG_BLOCK, *cr = rows[i].cr + width - SG_BLOCK;
      int done = (int)(x + SG_BLOCK - width);
      sg_runs_block(&writer[i], table, cb, cr, x, done, NAME(survive)(&reject, cb, cr));
    }
    sg_runs_close(&writer[i], width);
    rows[i].found = (size_t)(writer[i].run - rows[i].runs);
  }
}

TARGET static void NAME(scan_row_8)(const sg_scan_table *table, sg_scan_row *row) {
  if (row->width < SG_BLOCK) {
    sg_scan_row_8_c(table, row);
  } else {
    NAME(scan_rows)(table, row, 1);
  }
}

TARGET static void NAME(scan_pair_8)(const sg_scan_table *table, sg_scan_row rows[2]) {
  if (rows[0].width < SG_BLOCK) {
    sg_scan_pair_8_c(table, rows);
  } else {
    NAME(scan_rows)(table, rows, 2);
  }
}

TARGET static void NAME(split_semiplanar)(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count) {
  size_t x = 0;
  for (; x + SG_BLOCK <= count; x += SG_BLOCK) NAME(split2)(cb + x, cr + x, row + 2 * x);
  sg_split_semiplanar_c(cb + x, cr + x, row + 2 * x, count - x);
}

TARGET static void NAME(split_yuyv)(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count) {
  size_t x = 0;
  for (; x + SG_BLOCK <= count; x += SG_BLOCK) NAME(split4)(cb + x, cr + x, row + 4 * x, 1);
  sg_split_yuyv_c(cb + x, cr + x, row + 4 * x, count - x);
}

/* One sample at least is left to the end: a block reads the byte behind its last Cr. */
TARGET static void NAME(split_uyvy)(uint8_t *cb, uint8_t *cr, const uint8_t *row, size_t count) {
  size_t x = 0;
  for (; x + SG_BLOCK < count; x += SG_BLOCK) NAME(split4)(cb + x, cr + x, row + 4 * x, 0);
  sg_split_uyvy_c(cb + x, cr + x, row + 4 * x, count - x);
}

TARGET static void NAME(narrow_16)(uint8_t *bytes, const uint8_t *words, size_t count, int bits, int shift) {
  size_t i = 0;
  for (; i + SG_BLOCK <= count; i += SG_BLOCK) NAME(narrow)(bytes + i, words + 2 * i, bits, shift);
  sg_narrow_16_c(bytes + i, words + 2 * i, count - i, bits, shift);
}

static void NAME(kernels)(sg_scan_kernels *kernels) {
  kernels->scan_row_8 = NAME(scan_row_8);
  kernels->scan_pair_8 = NAME(scan_pair_8);
  kernels->split_semiplanar = NAME(split_semiplanar);
  kernels->split_yuyv = NAME(split_yuyv);
  kernels->split_uyvy = NAME(split_uyvy);
  kernels->narrow_16 = NAME(narrow_16);
}

#undef JOIN2
#undef JOIN
#undef NAME
#undef SUFFIX
#undef TARGET
#undef REJECT
