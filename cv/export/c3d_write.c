/* SPDX-License-Identifier: Apache-2.0 */
/*
 * C3D, as "The C3D File Format User Guide" (c3d.org) describes it: blocks of 512 bytes; a header, parameters in groups,
 * then frames of four words of 32 bits a point. Intel order whatever this machine's.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "export/markers_in_mm.h"
#include "sagitta/version.h"

#define BLOCK       ((size_t)512) /* bytes */
#define MAGIC       0x50          /* second byte of the header and of the parameters */
#define INTEL       84            /* processor type: little-endian, IEEE floating point */
#define WORD_MOST   65535         /* largest value of an unsigned 16-bit word */
#define STEPS       32000.0 /* integers of a 16-bit file that the largest coordinate would take: gives POINT:SCALE */
#define SCALE_LEAST 0.001   /* mm, of POINT:SCALE */
#define CAMERA_1    1       /* the first bit of the mask of cameras */
#define UNITS_MOST  16000.0 /* of a residual: with it the fourth word, as a floating-point number, is below 0.5 */
#define NEAR_S      0.001   /* a row as near as that to an instant of the grid is taken as it is */
#define GAP_S       0.2     /* rows farther apart are not interpolated between */
#define NAME_ROOM   24      /* bytes of a label */
#define WORDS_ROOM  40      /* bytes of a description */
#define VIEW_ROOM   64      /* bytes of a line of SAGITTA:VIEW */

/* ---- words ---- */

static void put_byte(sg_buffer *to, int value) {
  const uint8_t byte = (uint8_t)value;
  sg_buffer_bytes(to, &byte, 1);
}

static void put_word(sg_buffer *to, unsigned value) {
  put_byte(to, (int)(value & 0xFF));
  put_byte(to, (int)(value >> 8 & 0xFF));
}

static void put_float(sg_buffer *to, double value) {
  const float number = (float)value;
  uint32_t bits;
  memcpy(&bits, &number, sizeof bits);
  put_word(to, bits & 0xFFFF);
  put_word(to, bits >> 16);
}

static void fill_block(sg_buffer *to) {
  while (!to->failed && to->length % BLOCK) put_byte(to, 0);
}

static unsigned capped(size_t count) {
  return count < WORD_MOST ? (unsigned)count : WORD_MOST;
}

/* ---- parameters ---- */

typedef enum group { POINT = 1, ANALOG, FORCE_PLATFORM, TRIAL, SAGITTA, MANUFACTURER } group;

typedef enum kind { CHARACTERS = -1, INTEGERS = 2, FLOATS = 4 } kind;

static void put_name(sg_buffer *to, int id, const char *name) {
  put_byte(to, (int)strlen(name));
  put_byte(to, id);
  sg_buffer_text(to, name);
}

/* Bytes from this word to the next record: `rest` and the word itself; 0 after the last record. */
static void put_offset(sg_buffer *to, size_t rest) {
  put_word(to, (unsigned)(2 + rest));
}

static void put_group(sg_buffer *to, group id, const char *name, const char *meaning) {
  put_name(to, -(int)id, name);
  put_offset(to, 1 + strlen(meaning));
  put_byte(to, (int)strlen(meaning));
  sg_buffer_text(to, meaning);
}

/* What goes before the data: name, type and size[dimensions], the fastest varying first (0 dimensions: one value). */
static void put_parameter(sg_buffer *to, group id, const char *name, kind of, const size_t *size, size_t dimensions) {
  size_t bytes = of == CHARACTERS ? 1 : (size_t)of;
  for (size_t d = 0; d < dimensions; d++) bytes *= size[d];
  put_name(to, (int)id, name);
  put_offset(to, 2 + dimensions + bytes + 1);
  put_byte(to, (int)of);
  put_byte(to, (int)dimensions);
  for (size_t d = 0; d < dimensions; d++) put_byte(to, (int)size[d]);
}

/* Every parameter ends with the length of a description. */
static void end_parameter(sg_buffer *to) {
  put_byte(to, 0);
}

static void put_integer(sg_buffer *to, group id, const char *name, unsigned value) {
  put_parameter(to, id, name, INTEGERS, NULL, 0);
  put_word(to, value);
  end_parameter(to);
}

static void put_real(sg_buffer *to, group id, const char *name, double value) {
  put_parameter(to, id, name, FLOATS, NULL, 0);
  put_float(to, value);
  end_parameter(to);
}

static void put_padded(sg_buffer *to, const char *words, size_t room) {
  size_t length = strlen(words);
  if (length > room) length = room;
  sg_buffer_bytes(to, words, length);
  for (; length < room; length++) put_byte(to, ' ');
}

static void put_words(sg_buffer *to, group id, const char *name, const char *words) {
  const size_t size[1] = { strlen(words) };
  put_parameter(to, id, name, CHARACTERS, size, 1);
  sg_buffer_text(to, words);
  end_parameter(to);
}

/* A double word as two integers, the lower one first. */
static void put_field(sg_buffer *to, const char *name, size_t value) {
  const size_t size[1] = { 2 };
  put_parameter(to, TRIAL, name, INTEGERS, size, 1);
  put_word(to, (unsigned)(value & 0xFFFF));
  put_word(to, (unsigned)(value >> 16 & 0xFFFF));
  end_parameter(to);
}

typedef struct file {
  const sg_markers_mm *markers;
  size_t frames;
  double rate;  /* frames/s */
  double scale; /* mm, of residuals */
} file;

static void put_point_group(sg_buffer *to, const file *f, size_t data_block) {
  const sg_markers_mm *m = f->markers;
  put_group(to, POINT, "POINT", "Markers in the plane of movement");
  put_integer(to, POINT, "USED", (unsigned)m->count);
  put_real(to, POINT, "SCALE", -f->scale);
  put_real(to, POINT, "RATE", f->rate);
  put_integer(to, POINT, "DATA_START", (unsigned)data_block);
  put_integer(to, POINT, "FRAMES", capped(f->frames));
  if (f->frames > WORD_MOST) put_real(to, POINT, "LONG_FRAMES", (double)f->frames);
  const size_t labels[2] = { NAME_ROOM, m->count }, meanings[2] = { WORDS_ROOM, m->count };
  put_parameter(to, POINT, "LABELS", CHARACTERS, labels, 2);
  for (size_t i = 0; i < m->count; i++) put_padded(to, m->name[i], NAME_ROOM);
  end_parameter(to);
  put_parameter(to, POINT, "DESCRIPTIONS", CHARACTERS, meanings, 2);
  for (size_t i = 0; i < m->count; i++) put_padded(to, m->meaning[i], WORDS_ROOM);
  end_parameter(to);
  put_words(to, POINT, "UNITS", "mm");
  put_words(to, POINT, "X_SCREEN", "+X");
  put_words(to, POINT, "Y_SCREEN", "+Y");
}

/* The picture that the markers were seen in (tracks/tracks.h), in lines of text that are one: with it an analysis of
 * the file is that of the recording. */
static void put_view(sg_buffer *to, const sg_stated_view *view) {
  sg_buffer text = { 0 };
  sg_stated_view_print(view, &text);
  const size_t size[2] = { VIEW_ROOM, (text.length + VIEW_ROOM - 1) / VIEW_ROOM };
  put_group(to, SAGITTA, "SAGITTA", "The picture of the markers");
  put_parameter(to, SAGITTA, "VIEW", CHARACTERS, size, 2);
  sg_buffer_text(to, text.data ? text.data : "");
  for (size_t i = text.length; i < size[0] * size[1]; i++) put_byte(to, ' ');
  end_parameter(to);
  to->failed = to->failed || text.failed;
  sg_buffer_free(&text);
}

/* Groups that readers look for even where there is nothing in them. */
static void put_other_groups(sg_buffer *to, const file *f) {
  put_group(to, ANALOG, "ANALOG", "No analogue channels");
  put_integer(to, ANALOG, "USED", 0);
  put_real(to, ANALOG, "GEN_SCALE", 1);
  put_real(to, ANALOG, "RATE", f->rate);
  put_group(to, FORCE_PLATFORM, "FORCE_PLATFORM", "No force platforms");
  put_integer(to, FORCE_PLATFORM, "USED", 0);
  put_group(to, TRIAL, "TRIAL", "First and last frame");
  put_field(to, "ACTUAL_START_FIELD", 1);
  put_field(to, "ACTUAL_END_FIELD", f->frames);
  put_real(to, TRIAL, "CAMERA_RATE", f->rate);
  put_group(to, MANUFACTURER, "MANUFACTURER", "Who wrote this file");
  put_words(to, MANUFACTURER, "COMPANY", "Sagitta");
  put_words(to, MANUFACTURER, "SOFTWARE", "Sagitta");
}

static void put_parameters(sg_buffer *to, const file *f, size_t blocks) {
  put_byte(to, 1);
  put_byte(to, MAGIC);
  put_byte(to, (int)blocks);
  put_byte(to, INTEL);
  put_point_group(to, f, 2 + blocks);
  put_other_groups(to, f);
  put_view(to, &f->markers->seen_in);
  /* The last record points to no next one. */
  const char *version = sagitta_version();
  put_name(to, MANUFACTURER, "VERSION_LABEL");
  put_word(to, 0);
  put_byte(to, CHARACTERS);
  put_byte(to, 1);
  put_byte(to, (int)strlen(version));
  sg_buffer_text(to, version);
  end_parameter(to);
  put_word(to, 0);
  fill_block(to);
}

static void put_header(sg_buffer *to, const file *f, size_t data_block) {
  put_byte(to, 2);
  put_byte(to, MAGIC);
  put_word(to, (unsigned)f->markers->count);
  put_word(to, 0); /* analogue values a frame */
  put_word(to, 1);
  put_word(to, capped(f->frames));
  put_word(to, capped((size_t)(GAP_S * f->rate)));
  put_float(to, -f->scale);
  put_word(to, (unsigned)data_block);
  put_word(to, 0);
  put_float(to, f->rate);
  fill_block(to);
}

/* ---- frames ---- */

/*
 * The fourth word of a point. Readers do not agree on it: those that follow the guide round a floating-point number to
 * an integer (mask of cameras · 256 + residual); ezc3d, and what is built on it, takes the four bytes as two 16-bit
 * integers (mask, residual). −1 is missing for both, 0 is there for both. What is there is written so that the second
 * ones find its residual; for the first ones it is then a number below 0.5, which is 0. Written the first way, a
 * residual of 0.06 mm is 1,101 mm for the second ones.
 */
static void put_quality(sg_buffer *to, const sg_marker_mm *at, double scale) {
  if (at->state != SAGITTA_SEEN) {
    put_float(to, at->state == SAGITTA_FILLED ? 0 : -1);
    return;
  }
  /* 0 would say that it was not measured. */
  const double units = at->sigma > 0 ? floor(at->sigma / scale + 0.5) : 1;
  put_word(to, CAMERA_1);
  put_word(to, (unsigned)fmin(UNITS_MOST, fmax(1, units)));
}

static void put_point(sg_buffer *to, const sg_marker_mm *at, double scale) {
  const bool lost = at->state == SAGITTA_LOST;
  put_float(to, lost ? 0 : at->x);
  put_float(to, lost ? 0 : at->y);
  put_float(to, 0);
  put_quality(to, at, scale);
}

/* The marker at `part` (0–1) of the way between two neighbouring rows; LOST unless both have it, near enough in time.
 */
static sg_marker_mm between(const sg_marker_mm *a, const sg_marker_mm *b, double part, double apart_s) {
  if (a->state == SAGITTA_LOST || b->state == SAGITTA_LOST || apart_s > GAP_S) {
    return (sg_marker_mm){ SAGITTA_LOST, 0, 0, NAN };
  }
  return (sg_marker_mm){ SAGITTA_FILLED, a->x + part * (b->x - a->x), a->y + part * (b->y - a->y), NAN };
}

static void put_frames(sg_buffer *to, const file *f) {
  const sg_markers_mm *m = f->markers;
  size_t row = 0;
  for (size_t frame = 0; frame < f->frames && !to->failed; frame++) {
    const double at = m->time[0] + (double)frame / f->rate;
    while (!m->even && row + 1 < m->rows && m->time[row + 1] <= at + NEAR_S) row++;
    if (m->even) row = frame;
    const bool its_own = m->even || row + 1 == m->rows || fabs(m->time[row] - at) <= NEAR_S;
    const sg_marker_mm *here = m->at + row * m->count, *next = its_own ? here : here + m->count;
    const double apart = its_own ? 1 : m->time[row + 1] - m->time[row];
    for (size_t i = 0; i < m->count; i++) {
      const sg_marker_mm made = its_own ? here[i] : between(&here[i], &next[i], (at - m->time[row]) / apart, apart);
      put_point(to, &made, f->scale);
    }
  }
  fill_block(to);
}

static double scale_of(const sg_markers_mm *m) {
  double most = 0;
  for (size_t i = 0; i < m->rows * m->count; i++) {
    if (m->at[i].state != SAGITTA_LOST) most = fmax(most, fmax(fabs(m->at[i].x), fabs(m->at[i].y)));
  }
  return fmax(SCALE_LEAST, most / STEPS);
}

/* The parameters state how many blocks they take: they are put once to be counted, and once to be kept. */
static void put_file(sg_buffer *to, const file *f) {
  sg_buffer trial = { 0 };
  put_parameters(&trial, f, 1);
  const size_t blocks = trial.length / BLOCK;
  to->failed = trial.failed;
  sg_buffer_free(&trial);
  put_header(to, f, 2 + blocks);
  put_parameters(to, f, blocks);
  put_frames(to, f);
}

sagitta_status sagitta_export_c3d(const sagitta_tracks *tracks, const sagitta_export_settings *settings, char **bytes,
                                  size_t *length, sagitta_export_note *note, sagitta_error *error) {
  if (bytes) *bytes = NULL;
  if (!tracks || !bytes) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, or no place for the C3D file.");
  sg_markers_mm *markers = NULL;
  const sagitta_status status = sg_markers_mm_new(&markers, tracks, settings, note, error);
  if (status != SAGITTA_OK) return status;
  const file f = { markers, markers->rows, markers->rate > 0 ? markers->rate : 1, scale_of(markers) };
  sg_buffer to = { 0 };
  put_file(&to, &f);
  sg_markers_mm_free(markers);
  return sg_buffer_finish(&to, bytes, length, "C3D file", error);
}
