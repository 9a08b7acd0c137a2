/* SPDX-License-Identifier: Apache-2.0 */
/* Makes small videos of known content, and reads them through the public interface. */
#ifndef SAGITTA_TESTS_VIDEO_HELP_H
#define SAGITTA_TESTS_VIDEO_HELP_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "video/open_video.h"

typedef struct recipe {
  const char *path, *muxer, *encoder;
  enum AVPixelFormat format;
  int width, height, frames;
  AVRational base;       /* {0, 1}: 1/25 */
  const int64_t *stamps; /* NULL: 0, 1, 2 … */
  enum AVColorRange range;
  enum AVColorSpace space; /* 0: unspecified */
  enum AVChromaLocation location;
  AVRational aspect;
  const int32_t *matrix;   /* display matrix */
  const char *key, *value; /* metadata */
  const char *options;     /* of the encoder, "a=b:c=d" */
  const char *muxer_options;
  int wider_from; /* from this frame on twice as wide; 0 = never */
} recipe;

/* In double precision, unlike cmocka's own. */
#define assert_near(value, want, tolerance) assert_true(fabs((value) - (want)) <= (tolerance))

/* Write a video; fails the test when that cannot be done. */
void write_video(const recipe *r);
/* One picture of 64 x 48 px, of the kind that the encoder takes; change what should differ. */
recipe small_recipe(const char *path, const char *muxer, const char *encoder);
/* That, as a picture file. */
void one_picture(const char *path, const char *encoder);
bool has_encoder(const char *name);
/* Fill a picture with a pattern that moves with `index`. */
void paint(AVFrame *frame, int index);

/* Run a shell command; fails the test unless it ends with 0. */
void run(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* What came of reading an input to its end. */
typedef struct outcome {
  sagitta_status opened; /* of source or video */
  sagitta_status ended;  /* of the last read */
  sagitta_error error;
  sagitta_input_info info;
  int64_t frames, damaged;
  double time[512]; /* s, of the first 512 frames */
  uint64_t sum;     /* of all samples */
  sagitta_warning warning[16];
  size_t warnings;
} outcome;

outcome read_all(const char *path, const sagitta_source_settings *settings);
outcome read_list(const char *const *paths, size_t count, const sagitta_source_settings *settings);
bool warned(const outcome *o, sagitta_warning_code code);
uint64_t frame_sum(uint64_t sum, const sagitta_frame *frame);

#endif
