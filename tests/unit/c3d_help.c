/* SPDX-License-Identifier: Apache-2.0 */
#include "c3d_help.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 512
#define PI    3.14159265358979323846

typedef struct out {
  char *at;
  size_t length;
  bool locked;
} out;

static void put(out *o, const void *bytes, size_t length) {
  memcpy(o->at + o->length, bytes, length);
  o->length += length;
}

static void put_byte(out *o, int value) {
  const char byte = (char)value;
  put(o, &byte, 1);
}

static void put_word(out *o, long value) {
  put_byte(o, (int)(value & 0xFF));
  put_byte(o, (int)(value >> 8 & 0xFF));
}

static void put_real(out *o, double value) {
  const float number = (float)value;
  uint32_t bits;
  memcpy(&bits, &number, sizeof bits);
  put_word(o, (long)(bits & 0xFFFF));
  put_word(o, (long)(bits >> 16));
}

static void put_zeros(out *o, size_t until) {
  while (o->length < until) put_byte(o, 0);
}

static void put_name(out *o, int id, const char *name, size_t rest) {
  const int length = (int)strlen(name);
  put_byte(o, o->locked ? -length : length);
  put_byte(o, id);
  put(o, name, (size_t)length);
  put_word(o, (long)(2 + rest));
}

static void put_group(out *o, int id, const char *name) {
  put_name(o, -id, name, 1 + 4);
  put_byte(o, 4);
  put(o, "what", 4);
}

static void put_head(out *o, int id, const char *name, int type, const size_t *size, int dimensions) {
  size_t bytes = (size_t)abs(type);
  for (int d = 0; d < dimensions; d++) bytes *= size[d];
  put_name(o, id, name, 2 + (size_t)dimensions + bytes + 1);
  put_byte(o, type);
  put_byte(o, dimensions);
  for (int d = 0; d < dimensions; d++) put_byte(o, (int)size[d]);
}

static void put_integer(out *o, int id, const char *name, long value) {
  if (value < 0) return;
  put_head(o, id, name, 2, NULL, 0);
  put_word(o, value);
  put_byte(o, 0);
}

static void put_number(out *o, int id, const char *name, double value) {
  if (isnan(value)) return;
  const size_t one[1] = { 1 };
  put_head(o, id, name, 4, one, 1);
  put_real(o, value);
  put_byte(o, 0);
}

static void put_text(out *o, int id, const char *name, const char *text) {
  if (!text) return;
  const size_t size[1] = { strlen(text) };
  put_head(o, id, name, -1, size, 1);
  put(o, text, size[0]);
  put_byte(o, 0);
}

/* What is stated: `says` where it is not 0, nothing where it is −1. */
static long stated(int says, long is) {
  return says ? says : is;
}

static double stated_number(double says, double is) {
  return says == -1 ? NAN : says != 0 ? says : is;
}

static void put_labels(out *o, const c3d_spec *s, size_t points) {
  const size_t per = s->per_labels ? s->per_labels : 255, room = 24;
  static const char *const ours[] = { "shoulder", "hip", "knee" };
  for (size_t from = 0, part = 1; from < points; from += per, part++) {
    char name[40] = "LABELS", label[25];
    const size_t size[2] = { room, points - from < per ? points - from : per };
    if (part > 1) (void)snprintf(name, sizeof name, "LABELS%zu", part);
    put_head(o, 1, name, -1, size, 2);
    for (size_t i = from; i < from + size[1]; i++) {
      memset(label, i % 2 ? ' ' : '\0', sizeof label);
      char text[64];
      if (i < s->extra) (void)snprintf(text, sizeof text, "P%zu", i);
      if (i >= s->extra) (void)snprintf(text, sizeof text, "%s%s", s->subject ? s->subject : "", ours[i - s->extra]);
      memcpy(label, text, strlen(text));
      put(o, label, room);
    }
    put_byte(o, 0);
  }
}

static double scale_of(const c3d_spec *s) {
  const double unit = s->unit_mm > 0 ? s->unit_mm : 1;
  return 0.1 / unit * (s->integers ? 1 : -1);
}

static void put_groups(out *o, const c3d_spec *s) {
  put_group(o, 1, "POINT");
  put_group(o, 7, "ANALOG");
  if (s->trial_from) put_group(o, 3, "TRIAL");
  if (s->view) put_group(o, 4, "SAGITTA");
}

static void put_parameters(out *o, const c3d_spec *s, size_t points, int frames, double rate, long data_block) {
  put_zeros(o, BLOCK);
  put_byte(o, 1);
  put_byte(o, 0x50);
  put_byte(o, 0); /* blocks: filled in below */
  put_byte(o, s->processor ? s->processor : 84);
  o->locked = s->locked;
  if (!s->groups_last) put_groups(o, s);
  if (s->scalar_first) put_integer(o, 7, "USED", s->channels);
  put_integer(o, 1, "USED", stated(s->says_used, (long)points));
  put_integer(o, 1, "FRAMES", stated(s->says_frames, frames));
  put_number(o, 1, "LONG_FRAMES", s->says_long_frames > 0 ? s->says_long_frames : NAN);
  put_number(o, 1, "SCALE", stated_number(s->says_scale, scale_of(s)));
  put_number(o, 1, "RATE", stated_number(s->says_rate, rate));
  put_integer(o, 1, "DATA_START", stated(s->says_data, data_block));
  put_text(o, 1, "UNITS", s->units ? (*s->units ? s->units : NULL) : "mm  ");
  put_text(o, 1, "Y_SCREEN", s->y_screen);
  put_labels(o, s, points);
  if (!s->scalar_first) put_integer(o, 7, "USED", stated(s->says_analog, s->channels));
  put_number(o, 7, "RATE", rate * s->samples);
  put_integer(o, 3, "LABELS", 0); /* of no group, or of another */
  if (s->trial_from) {
    const size_t two[1] = { 2 };
    const long last = s->trial_from + frames - 1;
    put_head(o, 3, "ACTUAL_START_FIELD", 2, two, 1);
    put_word(o, s->trial_from & 0xFFFF);
    put_word(o, s->trial_from >> 16);
    put_byte(o, 0);
    put_head(o, 3, "ACTUAL_END_FIELD", 2, two, 1);
    put_word(o, last & 0xFFFF);
    put_word(o, last >> 16);
    put_byte(o, 0);
  }
  put_text(o, 4, "VIEW", s->view);
  if (s->groups_last) put_groups(o, s);
  put_byte(o, 0);
  put_byte(o, 0);
  put_zeros(o, (o->length + BLOCK - 1) / BLOCK * BLOCK);
  o->at[BLOCK + 2] = (char)(o->length / BLOCK - 1);
}

static void put_header(out *o, const c3d_spec *s, size_t points, int frames, double rate, long data_block) {
  const double scale = stated_number(s->header_scale, scale_of(s)), fps = stated_number(s->header_rate, rate);
  put_byte(o, 2);
  put_byte(o, 0x50);
  put_word(o, stated(s->header_points, (long)points));
  put_word(o, stated(s->header_analog, (long)s->channels * s->samples));
  put_word(o, 1);
  put_word(o, stated(s->header_frames, frames < 65535 ? frames : 65535));
  put_word(o, 10);
  put_real(o, isnan(scale) ? 0 : scale);
  put_word(o, stated(s->header_data, data_block));
  put_word(o, s->samples);
  put_real(o, isnan(fps) ? 0 : fps);
  put_zeros(o, BLOCK);
}

/* One point, mm, and its fourth word. */
static void put_point(out *o, const c3d_spec *s, const double mm[3], int word) {
  const double unit = s->unit_mm > 0 ? s->unit_mm : 1;
  for (int k = 0; k < 3; k++) {
    if (s->integers) put_word(o, lround(mm[k] / unit / fabs(scale_of(s))));
    if (!s->integers) put_real(o, mm[k] / unit);
  }
  if (s->integers) put_word(o, word);
  if (!s->integers) put_real(o, word);
}

static void place(const c3d_spec *s, double forward, double height, double to[3]) {
  const double turn = s->turn * PI / 180, side = s->turn ? 150 : 0;
  to[0] = forward * cos(turn) - side * sin(turn);
  const double across = forward * sin(turn) + side * cos(turn);
  to[1] = s->z_up ? -across : height;
  to[2] = s->z_up ? height : across;
}

static void put_frame(out *o, const c3d_spec *s, int frame) {
  const double lean = 3 * frame * PI / 180, none[3] = { 0, 0, 0 };
  const double lost[3] = { s->integers ? 700 : NAN, NAN, NAN };
  double mm[3];
  for (size_t i = 0; i < s->extra; i++) {
    const double other[3] = { 100.0 + (double)i, 200, 300 };
    put_point(o, s, other, 0x0101);
  }
  place(s, 1000 + 500 * sin(lean), 900 + 500 * cos(lean), mm);
  if (frame == 6 && !s->integers) put_point(o, s, lost, 0x0102);
  if (frame == 6 && s->integers) put_point(o, s, mm, 0x8102);
  if (frame != 6) put_point(o, s, mm, 0x0102);
  place(s, 1000, 900, mm);
  put_point(o, s, frame == 4 ? none : mm, frame == 4 ? -1 : 0x0301);
  place(s, 1000, 500, mm);
  put_point(o, s, frame == 5 ? none : mm, 0);
  for (int i = 0; i < s->channels * s->samples; i++) {
    if (s->integers) put_word(o, 30000 - i);
    if (!s->integers) put_real(o, 1e7 + i);
  }
}

char *c3d_make(const c3d_spec *s, size_t *length) {
  const size_t points = s->extra + 3;
  const int frames = s->frames ? s->frames : C3D_FRAMES;
  const double rate = s->rate > 0 ? s->rate : 50;
  const size_t frame = 16 * points + 4 * (size_t)(s->channels * s->samples);
  out o = { .at = calloc(1, BLOCK * 40 + 40 * points + frame * (size_t)frames) };
  if (!o.at) abort();
  long data_block = 0;
  for (int again = 0; again < 2; again++) {
    o.length = 0;
    put_header(&o, s, points, frames, rate, data_block);
    put_parameters(&o, s, points, frames, rate, data_block);
    put_zeros(&o, o.length + BLOCK * (size_t)s->gap_blocks);
    data_block = (long)(o.length / BLOCK + 1);
  }
  for (int i = 0; i < frames; i++) put_frame(&o, s, i);
  if (!s->unpadded) put_zeros(&o, (o.length + BLOCK - 1) / BLOCK * BLOCK);
  *length = o.length;
  return o.at;
}
