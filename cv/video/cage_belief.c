/* SPDX-License-Identifier: Apache-2.0 */
/* What the host believes of a child's answer: nothing that it has not looked at. */
#include <math.h>
#include <string.h>

#include "video/cage.h"

static bool is_terminated(const char *text, size_t size) {
  return memchr(text, 0, size) != NULL;
}

static bool is_side(int px, int most) {
  return px >= 0 && px <= most;
}

/* A byte other than 0 and 1 is no bool: what reads it may do anything. */
static bool is_truth(const bool *value) {
  unsigned char byte;
  memcpy(&byte, value, sizeof byte);
  return byte <= 1;
}

/* Of a rate, a length: not NaN, not infinite. */
static bool is_amount(double value) {
  return isfinite(value) && value >= 0;
}

static bool is_sound_info(const sagitta_input_info *i) {
  bool good = is_terminated(i->source, sizeof i->source) && is_terminated(i->codec, sizeof i->codec) &&
              is_terminated(i->pixel_format, sizeof i->pixel_format) && (unsigned)i->kind <= SAGITTA_INPUT_TRACKS &&
              (unsigned)i->matrix <= SAGITTA_MATRIX_BT2020 && is_side(i->coded_width, SAGITTA_PICTURE_MAX) &&
              is_side(i->coded_height, SAGITTA_PICTURE_MAX) && is_side(i->width, 8 * SAGITTA_PICTURE_MAX) &&
              is_side(i->height, 8 * SAGITTA_PICTURE_MAX) && i->frames >= 0 && i->frames_damaged >= 0 &&
              is_amount(i->duration_s) && is_amount(i->frame_rate) && is_amount(i->capture_rate) &&
              is_amount(i->sample_aspect) && i->sample_aspect <= 8;
  good = good && is_truth(&i->mirrored) && is_truth(&i->full_range) && is_truth(&i->colour_guessed) &&
         is_truth(&i->variable_frame_rate) && is_truth(&i->slow_motion);
  good = good && (int64_t)i->coded_width * i->coded_height <= SAGITTA_PICTURE_AREA;
  for (int k = 0; k < 6; k++) good = good && isfinite(i->upright[k]);
  return good && (i->rotation_deg == 0 || i->rotation_deg == 90 || i->rotation_deg == 180 || i->rotation_deg == 270);
}

bool sg_cage_is_sound(const sg_cage_answer *a) {
  if ((unsigned)a->status > SAGITTA_ERROR_WRITE || !is_terminated(a->text, sizeof a->text) ||
      a->warnings > SG_CAGE_WARNING)
    return false;
  for (size_t i = 0; i < a->warnings; i++)
    if (!is_terminated(a->warning[i].message, sizeof a->warning[i].message) ||
        (unsigned)a->warning[i].code >= SAGITTA_WARNINGS || a->warning[i].role < -1 ||
        a->warning[i].role >= SAGITTA_ROLES)
      return false;
  return is_sound_info(&a->info);
}

/* Whether the picture is turned into the upright one and nowhere else, so that no place in it is far away. */
static bool is_turn(const sagitta_input_info *i) {
  const double *u = i->upright;
  if (u[0] * u[4] - u[1] * u[3] == 0.0 || !(i->sample_aspect > 0)) return false;
  for (int corner = 0; corner < 4; corner++) {
    const double x = corner & 1 ? i->coded_width : 0, y = corner & 2 ? i->coded_height : 0;
    const double to_x = u[0] * x + u[1] * y + u[2], to_y = u[3] * x + u[4] * y + u[5];
    if (!(to_x >= -1 && to_x <= i->width + 1 && to_y >= -1 && to_y <= i->height + 1)) return false;
  }
  return true;
}

/* Whether `rows` rows of `bytes` bytes lie in the shared memory, on whole samples; fills the plane. */
static bool place_plane(const uint8_t *memory, const sg_cage_answer *a, sagitta_frame *f, int plane, int64_t bytes,
                        int rows, int sample) {
  const int64_t at = a->plane[plane], stride = f->stride[plane];
  const int64_t size = (int64_t)SG_CAGE_ARENA;
  if (at < 0 || at > size || stride > size || stride < -size || bytes > size) return false;
  const int64_t span = stride * (rows - 1);
  if (at + bytes > size || at + span < 0 || at + span + bytes > size || at % sample || stride % sample) return false;
  f->plane[plane] = memory + at;
  return true;
}

bool sg_cage_take_frame(const uint8_t *memory, const sg_cage_answer *a, const sagitta_input_info *info,
                        sagitta_frame *out) {
  sagitta_frame f = a->frame;
  const int sample = f.bits > 8 ? 2 : 1;
  const bool grey = f.layout == SAGITTA_LAYOUT_GREY;
  if (f.width <= 0 || f.height <= 0 || f.width != info->coded_width || f.height != info->coded_height) return false;
  if (f.bits < 8 || f.bits > 16 || f.shift < 0 || f.shift > 16 - f.bits || (f.bits == 8 && f.shift)) return false;
  if ((unsigned)f.layout > SAGITTA_LAYOUT_GREY || (unsigned)f.matrix > SAGITTA_MATRIX_BT2020) return false;
  if (!isfinite(f.time_s) || f.index < 0 || !is_truth(&f.damaged) || !is_truth(&f.full_range)) return false;
  /* Places in the picture are reckoned from it: within the luma samples of one of chroma, of which there are 4 at most.
   */
  if (!(f.chroma_x >= 0 && f.chroma_x <= 4 && f.chroma_y >= 0 && f.chroma_y <= 4) || !is_turn(info)) return false;
  const int x = f.chroma_step_x, y = f.chroma_step_y;
  if ((x != 1 && x != 2 && x != 4) || (y != 1 && y != 2 && y != 4)) return false;
  if (f.chroma_width != (grey ? 0 : (f.width + x - 1) / x) || f.chroma_height != (grey ? 0 : (f.height + y - 1) / y))
    return false;
  f.plane[0] = f.plane[1] = f.plane[2] = NULL;
  switch (f.layout) {
    case SAGITTA_LAYOUT_YUYV:
    case SAGITTA_LAYOUT_UYVY:
      if (x != 2 || y != 1 || f.bits != 8 || !place_plane(memory, a, &f, 0, 4 * (int64_t)f.chroma_width, f.height, 1))
        return false;
      break;
    case SAGITTA_LAYOUT_GREY:
      if (!place_plane(memory, a, &f, 0, (int64_t)sample * f.width, f.height, sample)) return false;
      break;
    case SAGITTA_LAYOUT_SEMIPLANAR:
      if (!place_plane(memory, a, &f, 0, (int64_t)sample * f.width, f.height, sample) ||
          !place_plane(memory, a, &f, 1, 2 * (int64_t)sample * f.chroma_width, f.chroma_height, sample))
        return false;
      break;
    default:
      if (!place_plane(memory, a, &f, 0, (int64_t)sample * f.width, f.height, sample) ||
          !place_plane(memory, a, &f, 1, (int64_t)sample * f.chroma_width, f.chroma_height, sample) ||
          !place_plane(memory, a, &f, 2, (int64_t)sample * f.chroma_width, f.chroma_height, sample))
        return false;
  }
  *out = f;
  return true;
}
