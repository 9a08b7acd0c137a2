/* SPDX-License-Identifier: Apache-2.0 */
/* Frames drawn straight into chroma planes, of every layout, with markers whose place is known exactly. */
#ifndef SAGITTA_TEST_SYNTHETIC_H
#define SAGITTA_TEST_SYNTHETIC_H

#include <stdbool.h>
#include <stdint.h>

#include "sagitta/video.h"

typedef struct synthetic_format {
  const char *name;
  sagitta_layout layout;
  int bits, shift;
  int step_x, step_y;
  double chroma_x, chroma_y; /* siting, luma px */
  bool full_range;
  sagitta_matrix matrix;
} synthetic_format;

/* Every combination of layout, depth and siting that the video room hands over. */
extern const synthetic_format synthetic_formats[];
extern const int synthetic_format_count;

typedef struct synthetic {
  sagitta_frame frame;
  sagitta_input_info info;
  uint8_t *memory;
  uint64_t random;
} synthetic;

/* A grey picture of width × height px (upright = coded). Aborts when memory is short. */
synthetic synthetic_new(const synthetic_format *format, int width, int height);
void synthetic_free(synthetic *s);

/* sRGB-like colour 0–255 → fills all. */
void synthetic_fill(synthetic *s, const double rgb[3]);
/* A disc, or a strip turned by axis_deg clockwise from straight up; edges as a lens and chroma filtering leave them. */
void synthetic_disc(synthetic *s, double x, double y, double diameter, const double rgb[3]);
void synthetic_strip(synthetic *s, double x, double y, double length, double width, double axis_deg,
                     const double rgb[3]);
/* Gaussian noise of `deviation` 8-bit units on every sample; deterministic. */
void synthetic_noise(synthetic *s, double deviation, uint64_t seed);

/* Uniform in [0, 1), deterministic. */
double synthetic_uniform(uint64_t *state);

#endif
