/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading C3D, the binary format of motion capture, as "The C3D File Format User Guide" (c3d.org) describes it: blocks
 * of 512 bytes; a header, parameters, then frames of four words a point (x, y, z, and a word that is negative where the
 * point is missing) and of analogue values, which are passed over. POINT:SCALE says by its sign what a word is: 16-bit
 * integers in its units, or floating-point numbers (negative). The parameters are what counts, the header repeats them;
 * where the two disagree, what fits the length of the file does.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "tracks/c3d_parameters.h"
#include "tracks/space.h"
#include "tracks/tracks_file.h"

#define MAGIC        0x50 /* second byte of the file */
#define DEC          85   /* processor types, as the parameters state them; 84: Intel */
#define MIPS         86
#define POINTS_MOST  65535
#define ANALOG_MOST  1e6 /* words a frame */
#define FRAMES_MOST  2147483647.0
#define RATE_LEAST   0.1     /* frames/s: less is the rate of nothing that moves */
#define RATE_MOST    5000.0  /* frames/s: times are kept to 0.1 ms */
#define FRAMES_16    65535.0 /* more than POINT:FRAMES can hold in 16 bits */
#define CHOICES_MOST 6

/* Words of the header, from 1. */
enum { POINTS = 2, ANALOG = 3, FIRST_FRAME = 4, LAST_FRAME = 5, SCALE = 7, DATA_BLOCK = 9, SAMPLES = 10, RATE = 11 };

typedef struct reader {
  sg_span file;
  sg_span parameters; /* from the first record */
  sg_space *space;
  sagitta_error *error;
} reader;

/* How the frames lie in the file. */
typedef struct layout {
  const char *data;
  size_t available; /* bytes from there to the end of the file */
  double scale;     /* what one of an integer is, in units of the file; < 0: the words are floating-point numbers */
  double mm;        /* of a unit of the file */
  size_t points, frame_bytes;
  double frames; /* that it is said to have */
} layout;

static bool begins(sg_span head) {
  return sg_span_size(head) >= 2 && head.at[1] == MAGIC && (uint8_t)head.at[0] >= 2;
}

/* ---- numbers of the header and of the parameters ---- */

static double header_word(const reader *r, int word) {
  return sg_c3d_word(r->file.at + 2 * (word - 1));
}

static double header_real(const reader *r, int word) {
  return (double)sg_c3d_real(r->file.at + 2 * (word - 1));
}

/* NAN where there is no such parameter. */
static double number(const reader *r, const char *group, const char *name, size_t i) {
  sg_c3d_parameter p;
  return sg_c3d_find(r->parameters, group, name, &p) ? sg_c3d_number(&p, i) : NAN;
}

/* What a number can be, the most trusted first. */
typedef struct choices {
  size_t count;
  double value[CHOICES_MOST];
} choices;

static void offer(choices *c, double value, double least, double most) {
  if (!(value >= least && value <= most) || floor(value) != value || c->count == CHOICES_MOST) return;
  c->value[c->count++] = value;
}

/* Frames. 16 bits hold 65535 of them: more stand in POINT:LONG_FRAMES, in POINT:FRAMES as a real number, or as two
 * words each in TRIAL:ACTUAL_START_FIELD and …_END_FIELD. */
static choices frame_counts(const reader *r) {
  choices c = { 0 };
  const double frames = number(r, "POINT", "FRAMES", 0);
  const double first = number(r, "TRIAL", "ACTUAL_START_FIELD", 0), last = number(r, "TRIAL", "ACTUAL_END_FIELD", 0);
  const double high = 65536 * (number(r, "TRIAL", "ACTUAL_END_FIELD", 1) - number(r, "TRIAL", "ACTUAL_START_FIELD", 1));
  const double trial = last - first + 1 + (isnan(high) ? 0 : high);
  offer(&c, number(r, "POINT", "LONG_FRAMES", 0), 1, FRAMES_MOST);
  if (trial > FRAMES_16) offer(&c, trial, 1, FRAMES_MOST);
  if (c.count == 0 || frames < FRAMES_16) offer(&c, frames, 1, FRAMES_MOST);
  offer(&c, trial, 1, FRAMES_MOST);
  offer(&c, header_word(r, LAST_FRAME) - header_word(r, FIRST_FRAME) + 1, 1, FRAMES_MOST);
  return c;
}

static choices point_counts(const reader *r) {
  choices c = { 0 };
  offer(&c, number(r, "POINT", "USED", 0), 1, POINTS_MOST);
  offer(&c, header_word(r, POINTS), 1, POINTS_MOST);
  return c;
}

/* Analogue words of a frame: channels times samples a frame. */
static choices analog_counts(const reader *r, double rate) {
  choices c = { 0 };
  const double used = number(r, "ANALOG", "USED", 0);
  const double samples = floor(number(r, "ANALOG", "RATE", 0) / rate + 0.5);
  offer(&c, used == 0 ? 0 : used * samples, 0, ANALOG_MOST);
  offer(&c, header_word(r, ANALOG), 0, ANALOG_MOST);
  offer(&c, used * header_word(r, SAMPLES), 0, ANALOG_MOST);
  if (c.count == 0) offer(&c, 0, 0, 0);
  return c;
}

/* ---- what the file is ---- */

static sagitta_status other_order(const reader *r, const char *maker) {
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                 "It is a C3D file in the number format of %s computers, which is not read. Export it again as C3D in "
                 "Intel (PC) format, or as TRC.",
                 maker);
}

/* The section of parameters: its first four bytes are two that mean nothing, the number of its blocks and the type of
 * processor. Where it is longer than it can say in a byte, it goes up to the data. */
static sagitta_status take_parameters(reader *r) {
  if (!begins(r->file)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                   "This is not a C3D file: it does not begin as one. Export the markers again as C3D or TRC.");
  }
  const size_t size = sg_span_size(r->file), at = ((uint8_t)r->file.at[0] - (size_t)1) * SG_C3D_BLOCK;
  if (size < SG_C3D_BLOCK || size < at + 4) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                   "The C3D file breaks off before its parameters: nothing can be read of it. Copy it again.");
  }
  const char *head = r->file.at + at;
  const int processor = (uint8_t)head[3];
  if (processor == DEC) return other_order(r, "DEC");
  if (processor == MIPS) return other_order(r, "SGI/MIPS");
  const size_t stated = at + (uint8_t)head[2] * SG_C3D_BLOCK;
  const double block = header_word(r, DATA_BLOCK);
  const size_t data = block > 1 ? ((size_t)block - 1) * SG_C3D_BLOCK : 0;
  size_t end = stated > data ? stated : data;
  if (end > size || end < at + 4) end = size;
  r->parameters = (sg_span){ head + 4, r->file.at + end };
  return SAGITTA_OK;
}

static sagitta_status take_unit(const reader *r, double *mm) {
  sg_c3d_parameter p;
  const sg_span unit = sg_c3d_find(r->parameters, "POINT", "UNITS", &p) ? sg_c3d_line(&p, 0) : (sg_span){ NULL, NULL };
  *mm = sg_span_empty(unit) ? 1 : sg_space_unit_mm(unit); /* "mm" is what is meant where nothing is said */
  if (*mm > 0) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                 "POINT:UNITS is \"%s\" where mm, cm or m is expected. Export the file again in mm.",
                 sg_span_quote(unit).text);
}

static sagitta_status take_rate(const reader *r) {
  const double rates[] = { number(r, "POINT", "RATE", 0), header_real(r, RATE) };
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
    if (!(rates[i] >= RATE_LEAST && rates[i] <= RATE_MOST)) continue;
    r->space->rate = rates[i];
    return SAGITTA_OK;
  }
  return sg_fail(
      r->error, SAGITTA_ERROR_FORMAT,
      "Neither POINT:RATE nor the header of the C3D file says how many frames per second it has (up to %.0f). "
      "Export it again with its rate.",
      RATE_MOST);
}

/* Up on the screen is up in the laboratory: "+Z". */
static char up_on_screen(const reader *r) {
  sg_c3d_parameter p;
  if (!sg_c3d_find(r->parameters, "POINT", "Y_SCREEN", &p)) return 0;
  const sg_span axis = sg_c3d_line(&p, 0);
  if (sg_span_is_lower(axis, "+z") || sg_span_is_lower(axis, "z")) return 'z';
  return sg_span_is_lower(axis, "+y") || sg_span_is_lower(axis, "y") ? 'y' : 0;
}

/* ---- where the frames lie ---- */

/* The data begin with the block that POINT:DATA_START names, else the header: behind the parameters, in the file. */
static bool find_data(const reader *r, layout *l) {
  const double blocks[] = { number(r, "POINT", "DATA_START", 0), header_word(r, DATA_BLOCK) };
  const size_t size = sg_span_size(r->file), parameters = (size_t)(r->parameters.at - r->file.at);
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
    if (!(blocks[i] > 1 && blocks[i] <= POINTS_MOST)) continue;
    const size_t at = ((size_t)blocks[i] - 1) * SG_C3D_BLOCK;
    if (at <= parameters || at > size) continue;
    l->data = r->file.at + at;
    l->available = size - at;
    return true;
  }
  return false;
}

static void set_frame(layout *l, double scale, double points, double analog) {
  l->scale = scale;
  l->points = (size_t)points;
  l->frame_bytes = (4 * l->points + (size_t)analog) * (scale > 0 ? 2 : 4);
}

/* Whether the frames take the file to its last block. */
static bool fits(const layout *l) {
  const double bytes = l->frames * (double)l->frame_bytes, there = (double)l->available;
  return bytes <= there && there - bytes < (double)SG_C3D_BLOCK;
}

/* The first of all choices that fits the length of the file; where none does, what the parameters say. */
static sagitta_status choose_layout(const reader *r, layout *l) {
  choices scales = { 0 };
  const choices points = point_counts(r), analog = analog_counts(r, r->space->rate), frames = frame_counts(r);
  const double stated[] = { number(r, "POINT", "SCALE", 0), header_real(r, SCALE) };
  for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
    if (stated[i] != 0 && isfinite(stated[i])) scales.value[scales.count++] = stated[i];
  }
  if (!points.count || !frames.count || !scales.count || !find_data(r, l)) {
    return sg_fail(
        r->error, SAGITTA_ERROR_FORMAT,
        "Neither the parameters nor the header of the C3D file say how many points and frames it has, what "
        "its numbers are and where they begin (POINT:USED, FRAMES, SCALE, DATA_START): there are no markers in "
        "it, or it is damaged. Export it again.");
  }
  for (size_t i = 0; i < scales.count * points.count * analog.count * frames.count; i++) {
    size_t rest = i;
    l->frames = frames.value[rest % frames.count];
    rest /= frames.count;
    const double words = analog.value[rest % analog.count];
    rest /= analog.count;
    set_frame(l, scales.value[rest / points.count], points.value[rest % points.count], words);
    if (fits(l)) return SAGITTA_OK;
  }
  l->frames = frames.value[0];
  set_frame(l, scales.value[0], points.value[0], analog.value[0]);
  return SAGITTA_OK;
}

/* ---- labels ---- */

/* POINT:LABELS holds 255 names; the next ones stand in LABELS2, LABELS3 and so on. */
static size_t take_labels(const reader *r, sg_span *names, size_t points) {
  size_t count = 0;
  sg_c3d_parameter p;
  for (unsigned part = 1; count < points; part++) {
    char name[40] = "LABELS";
    if (part > 1) (void)sg_print_short(name + 6, part, 0);
    if (!sg_c3d_find(r->parameters, "POINT", name, &p) || p.count == 0) break;
    for (size_t i = 0; i < p.count && count < points; i++) names[count++] = sg_c3d_line(&p, i);
  }
  return count;
}

static sagitta_status choose_markers(const reader *r, size_t points, const sagitta_trc_settings *settings) {
  sg_span *names = malloc(points * sizeof *names);
  if (!names) return sg_fail(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  const size_t count = take_labels(r, names, points);
  sagitta_status status = SAGITTA_OK;
  if (count == 0) {
    status = sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                     "POINT:LABELS names no markers, so that nothing says which is which. Export the C3D file with the "
                     "markers' names.");
  }
  if (status == SAGITTA_OK) status = sg_space_choose(r->space, names, count, settings, r->error);
  free(names);
  return status;
}

/* ---- frames ---- */

/* False where a point that is there lies farther away than any can. */
static bool take_point(const layout *l, const char *at, double to[3]) {
  const size_t word = l->scale > 0 ? 2 : 4;
  const double quality = l->scale > 0 ? sg_c3d_signed_word(at + 3 * word) : (double)sg_c3d_real(at + 3 * word);
  if (quality < 0) return true;
  double point[3];
  for (size_t k = 0; k < 3; k++) {
    const char *value = at + k * word;
    point[k] = l->mm * (l->scale > 0 ? l->scale * sg_c3d_signed_word(value) : (double)sg_c3d_real(value));
    if (!isfinite(point[k])) return true;
    if (fabs(point[k]) > SG_SPACE_FAR_MM) return false;
  }
  for (size_t k = 0; k < 3; k++) to[k] = point[k];
  return true;
}

static sagitta_status take_frame(const reader *r, const layout *l, const char *frame) {
  sg_space *space = r->space;
  double(*points)[3];
  const sagitta_status status = sg_space_begin_row(space, &points, r->error);
  if (status != SAGITTA_OK) return status;
  space->time[space->rows] = sg_round((double)space->rows / space->rate, SG_TRACKS_TIME_DECIMALS);
  for (size_t slot = 0; slot < space->slots; slot++) {
    if (take_point(l, frame + space->slot[slot].marker * (l->scale > 0 ? 8 : 16), points[slot])) continue;
    return sg_fail(
        r->error, SAGITTA_ERROR_FORMAT,
        "In frame %zu the marker of the %s is farther away than a kilometre. Check POINT:UNITS and POINT:SCALE.",
        space->rows + 1, sagitta_role_name(space->slot[slot].role));
  }
  sg_space_end_row(space);
  return SAGITTA_OK;
}

static sagitta_status take_frames(const reader *r, const layout *l) {
  const double whole = floor((double)l->available / (double)l->frame_bytes);
  const size_t frames = (size_t)fmin(l->frames, whole);
  if (frames == 0) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                   "The C3D file breaks off before its first frame: nothing can be measured in it. Copy it again.");
  }
  for (size_t i = 0; i < frames; i++) {
    const sagitta_status status = take_frame(r, l, l->data + i * l->frame_bytes);
    if (status != SAGITTA_OK) return status;
  }
  if (whole >= l->frames) return SAGITTA_OK;
  sg_space_warn(r->space,
                sg_tracks_broken_off(sg_error_language(r->error), r->space->time[frames - 1], frames, l->frames));
  return SAGITTA_OK;
}

static sagitta_status read_bytes(reader *r, const sagitta_trc_settings *settings) {
  layout l = { .data = NULL };
  sagitta_status status = take_parameters(r);
  if (status == SAGITTA_OK) status = take_unit(r, &l.mm);
  if (status == SAGITTA_OK) status = take_rate(r);
  if (status == SAGITTA_OK) status = choose_layout(r, &l);
  if (status != SAGITTA_OK) return status;
  sg_c3d_parameter view;
  if (sg_c3d_find(r->parameters, "SAGITTA", "VIEW", &view) && view.type == SG_C3D_TEXT) {
    r->space->stated = sg_stated_view_parse(view.data, view.data + view.width * view.count);
  }
  status = sg_space_declare(r->space, settings, r->error);
  if (status == SAGITTA_OK) status = choose_markers(r, l.points, settings);
  if (status != SAGITTA_OK) return status;
  r->space->up = up_on_screen(r);
  r->space->unscaled = settings->unit_mm < 0;
  if (settings->unit_mm != 0) l.mm = r->space->unscaled ? 1 : settings->unit_mm;
  status = take_frames(r, &l);
  if (status == SAGITTA_OK && r->space->unscaled) sg_space_fit(r->space);
  return status;
}

sagitta_status sagitta_tracks_parse_c3d(sagitta_tracks **out, const void *bytes, size_t length,
                                        const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                        sagitta_error *error) {
  static const sagitta_trc_settings defaults = { 0 };
  if (out) *out = NULL;
  if (!out || (!bytes && length)) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No bytes of tracks were given.");
  if (!settings) settings = &defaults;
  sagitta_status status = sg_space_check_settings(settings, error);
  if (status != SAGITTA_OK) return status;
  const char *at = bytes ? bytes : "";
  sg_space space = { .unit_at = "POINT:UNITS" };
  reader r = { .file = { at, at + length }, .space = &space, .error = error };
  status = read_bytes(&r, settings);
  if (status == SAGITTA_OK) status = sg_space_to_tracks(out, &space, settings->up, view, error);
  sg_space_free(&space);
  return status;
}

static sagitta_status parse(sagitta_tracks **out, const char *bytes, size_t length,
                            const sagitta_trc_settings *settings, sagitta_trc_view *view, sagitta_error *error) {
  return sagitta_tracks_parse_c3d(out, bytes, length, settings, view, error);
}

sagitta_status sagitta_tracks_read_c3d(sagitta_tracks **out, const char *path, const sagitta_trc_settings *settings,
                                       sagitta_trc_view *view, sagitta_error *error) {
  if (out) *out = NULL;
  if (!out || !path) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No name of a C3D file was given.");
  return sg_space_read_file(out, path, begins, parse, settings, view, error);
}
