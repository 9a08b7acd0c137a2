/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernels once more, for one instruction set. The file that includes this
 * defines beforehand:
 *   SUFFIX       ending of the functions' names
 *   TARGET       attribute of every function here
 *   V, BYTES     a vector of so many bytes
 *   LOAD(p) STORE(p, v)
 *   OR SUB8 SUBS8 MIN8 (a, b), SET8(code): bitwise, and on unsigned bytes; SUBS8 stops at 0
 *   SHIFT8(v, count)  every byte to the right, in bits
 *   REJECT       type that holds the reject test's constants in registers
 * and, as static functions with that ending,
 *   even, odd    bytes 0, 2, 4 … or 1, 3, 5 … of two vectors
 *   narrow       two vectors of words → one of bytes, as sg_scan_format says
 *                all three in the order of memory, or, where that is cheaper and not asked for, with groups of 8
 *                exchanged, the same way in all of them
 *   reject_from  REJECT from a table
 *   hit          of each sample the regions that it can belong to, by its Cb and its Cr alone, one bit each
 *   any          whether a vector is not 0
 *   nonzero      one bit per byte that is not 0
 *   lookup64     bytes of a table of 64 by index 0–63
 * Undefines them all.
 *
 * A block of 64 samples is brought to planar bytes in registers, whatever its layout, and tested there. What survives
 * is stored and looked at closely by a function of its own, the same for all layouts.
 */
#define JOIN2(a, b) a##_##b
#define JOIN(a, b)  JOIN2(a, b)
#define NAME(name)  JOIN(name, SUFFIX)
#define VECTORS     (SG_BLOCK / BYTES)

/* Vector `i` of a row's samples, as bytes. */
TARGET SG_INLINE V NAME(samples)(const sg_scan_format *format, const uint8_t *row, size_t i, int words, int ordered) {
  if (!words) return LOAD(row + BYTES * i);
  return NAME(narrow)(format, LOAD(row + 2 * BYTES * i), LOAD(row + 2 * BYTES * i + BYTES), ordered);
}

/* Vector `i` of Cb Cr Cb Cr … of a row that is not planar. */
TARGET SG_INLINE V NAME(chroma)(const sg_scan_format *format, const uint8_t *row, size_t i, int layout, int words,
                                int ordered) {
  if (layout == SAGITTA_LAYOUT_SEMIPLANAR) return NAME(samples)(format, row, i, words, ordered);
  V a = NAME(samples)(format, row, 2 * i, words, ordered), b = NAME(samples)(format, row, 2 * i + 1, words, ordered);
  return layout == SAGITTA_LAYOUT_YUYV ? NAME(odd)(a, b, ordered) : NAME(even)(a, b, ordered);
}

/* One block: of planar rows at plane[0] and plane[1], else at plane[0]. */
TARGET SG_INLINE void NAME(fetch)(V cb[VECTORS], V cr[VECTORS], const sg_scan_format *format, const uint8_t *plane[2],
                                  int layout, int words, int ordered) {
#pragma GCC unroll 4
  for (size_t i = 0; i < VECTORS; i++) {
    if (layout == SAGITTA_LAYOUT_PLANAR) {
      cb[i] = NAME(samples)(format, plane[0], i, words, ordered);
      cr[i] = NAME(samples)(format, plane[1], i, words, ordered);
    } else {
      V a = NAME(chroma)(format, plane[0], 2 * i, layout, words, ordered);
      V b = NAME(chroma)(format, plane[0], 2 * i + 1, layout, words, ordered);
      cb[i] = NAME(even)(a, b, ordered);
      cr[i] = NAME(odd)(a, b, ordered);
    }
  }
}

/* One bit per sample: whether it lies in the section. */
TARGET SG_INLINE uint64_t NAME(inside)(const sg_section *section, const V cb[VECTORS], const V cr[VECTORS]) {
  uint64_t outside = 0;
#pragma GCC unroll 4
  for (int i = 0; i < VECTORS; i++) {
    V bin = MIN8(SHIFT8(SUB8(cb[i], SET8(section->first)), section->shift), SET8(63));
    V below = SUBS8(NAME(lookup64)(section->low, bin), cr[i]), above = SUBS8(cr[i], NAME(lookup64)(section->high, bin));
    outside |= NAME(nonzero)(OR(below, above)) << (BYTES * i);
  }
  return ~outside;
}

/* The block of samples x − first …, those before `first` being done already, at cb[0] and cr[0]. */
TARGET static __attribute__((noinline)) void NAME(write_block)(sg_run_writer *writer, const sg_scan_table *table,
                                                               const uint8_t *cb, const uint8_t *cr, size_t x,
                                                               int first) {
  REJECT reject = NAME(reject_from)(table);
  V b[VECTORS], r[VECTORS], all = SET8(0);
  uint8_t bytes[BYTES];
  uint64_t taken = 0, changes = 0;
  unsigned regions = 0, label = 0, several = 0, doubtful = 0;
#pragma GCC unroll 4
  for (int i = 0; i < VECTORS; i++) {
    b[i] = LOAD(cb + BYTES * i);
    r[i] = LOAD(cr + BYTES * i);
    all = OR(all, NAME(hit)(&reject, b[i], r[i]));
  }
  STORE(bytes, all);
  for (int i = 0; i < BYTES; i++) regions |= bytes[i];
  for (; regions; regions &= regions - 1) {
    const sg_section *section = &table->section[__builtin_ctz(regions)];
    uint64_t inside = NAME(inside)(section, b, r);
    /* A sample of two regions, or what is not known exactly, is looked up. */
    doubtful |= (taken & inside) || (inside && section->shift);
    several |= inside ? label : 0;
    label = inside ? (unsigned)__builtin_ctz(regions) + 1 : label;
    taken |= inside;
    changes |= inside ^ inside << 1;
  }
  if (doubtful) changes = sg_runs_look_up(table->label, cb, cr, taken);
  if (doubtful || several) {
    sg_runs_write(writer, table->label, cb, cr, x, first, changes);
  } else {
    sg_runs_write_one(writer, label, x, first, taken);
  }
}

/* The same of a row's block at plane[0] and plane[1]. Most belong to nothing and end here. */
TARGET SG_INLINE void NAME(block)(sg_run_writer *writer, const sg_scan_table *table, const REJECT *reject,
                                  const sg_scan_format *format, const uint8_t *plane[2], size_t x, int first,
                                  int layout, int words) {
  V cb[VECTORS], cr[VECTORS], all = SET8(0);
  NAME(fetch)(cb, cr, format, plane, layout, words, 0);
#pragma GCC unroll 4
  for (int i = 0; i < VECTORS; i++) all = OR(all, NAME(hit)(reject, cb[i], cr[i]));
  if (__builtin_expect(!NAME(any)(all) && !writer->label, 1)) return;
  if (layout == SAGITTA_LAYOUT_PLANAR && !words) {
    NAME(write_block)(writer, table, plane[0], plane[1], x, first);
    return;
  }
  _Alignas(64) uint8_t bytes[2][SG_BLOCK];
  NAME(fetch)(cb, cr, format, plane, layout, words, 1);
#pragma GCC unroll 4
  for (int i = 0; i < VECTORS; i++) {
    STORE(bytes[0] + BYTES * i, cb[i]);
    STORE(bytes[1] + BYTES * i, cr[i]);
  }
  NAME(write_block)(writer, table, bytes[0], bytes[1], x, first);
}

/* Rows of at least one block, of UYVY one sample more. Layout and `words` are constants to the compiler. */
TARGET SG_INLINE void NAME(scan_rows)(const sg_scan_table *table, const sg_scan_format *format, sg_scan_row *rows,
                                      size_t count, int layout, int words) {
  const size_t samples = layout == SAGITTA_LAYOUT_PLANAR       ? 1
                         : layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2
                                                               : 4,
               step = samples << words;
  /* The byte behind the last Cr of UYVY is left alone: the last samples are read as YUYV that begins one earlier. */
  const size_t spare = layout == SAGITTA_LAYOUT_UYVY;
  const int last_layout = spare ? SAGITTA_LAYOUT_YUYV : layout;
  REJECT reject = NAME(reject_from)(table);
  sg_run_writer writer[SG_STREAMS];
  size_t x = 0;
  for (size_t i = 0; i < count; i++) writer[i] = (sg_run_writer){ rows[i].runs, 0, 0, rows[i].y };
  for (; x + SG_BLOCK + spare <= format->width; x += SG_BLOCK) {
    for (size_t i = 0; i < count; i++) {
      const uint8_t *plane[2] = { rows[i].plane[0] + step * x, NULL };
      if (layout == SAGITTA_LAYOUT_PLANAR) plane[1] = rows[i].plane[1] + step * x;
      sg_ask_ahead(plane, SG_BLOCK * step);
      NAME(block)(&writer[i], table, &reject, format, plane, x, 0, layout, words);
    }
  }
  for (size_t i = 0; i < count; i++) {
    if (x < format->width) {
      /* The last whole block, which reaches back to samples that are done. */
      const size_t back = step * (format->width - SG_BLOCK);
      const uint8_t *plane[2] = { rows[i].plane[0] + back - (spare << words), NULL };
      if (layout == SAGITTA_LAYOUT_PLANAR) plane[1] = rows[i].plane[1] + back;
      NAME(block)
      (&writer[i], table, &reject, format, plane, x, (int)(x + SG_BLOCK - format->width), last_layout, words);
    }
    sg_runs_close(&writer[i], format->width);
    rows[i].found = (size_t)(writer[i].run - rows[i].runs);
  }
}

#define DEFINE(name, layout, words)                                                                                 \
  TARGET static void NAME(scan_##name)(const sg_scan_table *table, const sg_scan_format *format, sg_scan_row *rows, \
                                       size_t count) {                                                              \
    if (format->width < SG_BLOCK + (layout == SAGITTA_LAYOUT_UYVY)) {                                               \
      sg_scan_##name##_c(table, format, rows, count);                                                               \
    } else {                                                                                                        \
      NAME(scan_rows)(table, format, rows, count, layout, words);                                                   \
    }                                                                                                               \
  }
SG_SCAN_KERNEL_LIST(DEFINE)

#define ENTRY(name, layout, words) NAME(scan_##name),
static void NAME(kernels)(sg_scan_kernels *kernels) {
  *kernels = (sg_scan_kernels){ { SG_SCAN_KERNEL_LIST(ENTRY) } };
}

#undef JOIN2
#undef JOIN
#undef NAME
#undef VECTORS
#undef DEFINE
#undef ENTRY
#undef SUFFIX
#undef TARGET
#undef V
#undef BYTES
#undef LOAD
#undef STORE
#undef OR
#undef SUB8
#undef SUBS8
#undef MIN8
#undef SET8
#undef SHIFT8
#undef REJECT
