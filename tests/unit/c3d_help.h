/* SPDX-License-Identifier: Apache-2.0 */
/* C3D files made by hand from "The C3D File Format User Guide" (c3d.org), right and wrong ones. */
#ifndef SAGITTA_TEST_C3D_HELP_H
#define SAGITTA_TEST_C3D_HELP_H

#include <stdbool.h>
#include <stddef.h>

enum { C3D_POINTS_MOST = 300, C3D_FRAMES = 20 };

/* Zero: an ordinary file of shoulder, hip and knee in mm, floating point, Intel order, Y up. What the parameters and
 * the header state follows from what is there; members that begin with says_ and header_ replace it where they are not
 * 0, and leave it out where they are −1. */
typedef struct c3d_spec {
  bool integers;
  int processor; /* 0: 84 */
  double unit_mm;
  const char *units;    /* NULL: "mm"; "": none */
  const char *y_screen; /* NULL: none */
  bool z_up;
  int turn;                               /* whole degrees about up */
  double rate;                            /* 0: 50 */
  size_t extra;                           /* more points, "P0" …, before ours */
  size_t per_labels;                      /* names in one LABELS parameter; 0: 255 */
  int channels, samples;                  /* analogue */
  int frames;                             /* 0: C3D_FRAMES */
  bool groups_last, locked, scalar_first; /* the order of records */
  bool unpadded;                          /* the file ends with its last frame */
  int gap_blocks;                         /* between parameters and data */
  int says_used, says_frames, says_data, says_analog, header_points, header_frames, header_data, header_analog;
  double says_scale, header_scale, says_rate, header_rate, says_long_frames;
  int trial_from;      /* TRIAL:ACTUAL_START_FIELD of a trial of so many frames; 0: no such group */
  const char *subject; /* before the names: "Anna:" */
  const char *view;    /* SAGITTA:VIEW */
} c3d_spec;

/* The bytes (free) of the file: someone who leans by 3 degrees a frame. The hip is missing in frame 4 (residual −1),
 * the knee in frame 5 (at the origin), the shoulder in frame 6 (no numbers; of integers, cameras and all, a negative
 * word). */
char *c3d_make(const c3d_spec *spec, size_t *length);

#endif
