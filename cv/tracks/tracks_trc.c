/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks from markers in space: the plane of movement as a picture, a px as long as in an ordinary recording, so that
 * what is believed of noise suits. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "tracks/tracks_file.h"
#include "tracks/tracks_format.h"
#include "tracks/trc.h"

#define MM_A_PX     2.0
#define MARGIN_MM   400.0 /* around all places of all markers */
#define USUAL_SIDES 2.2   /* longer side of an ordinary recording's picture, in extents of its markers */
#define LEAST_MM    50.0  /* markers that all lie within that are no person's */
#define STRIP_MM    1.0   /* ends that are as near as that have no direction */
#define SCALE_SHARE 0.01  /* of a file of one plane, about which nothing more is known */
#define FOCAL_SIDES 99.0  /* of the lens that stands for no perspective */

/* mm of the plane, right and up, → px. */
typedef struct frame {
  double left, top; /* mm: px 0 */
  double mm_a_px;
  int width, height;
  bool stated; /* in the file */
} frame;

static bool place(const sg_trc *trc, const sg_trc_plane *plane, size_t row, size_t slot, double to[2]) {
  const double *p = trc->point[row * trc->slots + slot];
  to[0] = plane->along[0] * p[0] + plane->along[1] * p[1] + plane->along[2] * p[2];
  to[1] = p[plane->up];
  return !isnan(to[0]);
}

/* The picture that the file states, where its markers still lie in and around it. */
static bool take_stated(const sg_trc *trc, const double low[2], const double high[2], frame *out) {
  const sg_trc_stated *s = &trc->stated;
  if (!s->given) return false;
  const double wide = s->width * s->mm_per_px, tall = s->height * s->mm_per_px;
  if (!(low[0] > s->left - wide && high[0] < s->left + 2 * wide)) return false;
  if (!(low[1] > s->top - 2 * tall && high[1] < s->top + tall)) return false;
  *out = (frame){ s->left, s->top, s->mm_per_px, (int)s->width, (int)s->height, true };
  return true;
}

static sagitta_status set_frame(const sg_trc *trc, const sg_trc_plane *plane, frame *out, sagitta_error *error) {
  double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY }, at[2];
  for (size_t row = 0; row < trc->rows; row++) {
    for (size_t slot = 0; slot < trc->slots; slot++) {
      if (!place(trc, plane, row, slot, at)) continue;
      for (int k = 0; k < 2; k++) {
        low[k] = fmin(low[k], at[k]);
        high[k] = fmax(high[k], at[k]);
      }
    }
  }
  const bool any = low[0] <= high[0];
  const double wide = any ? high[0] - low[0] : 0, tall = any ? high[1] - low[1] : 0;
  if (plane->flat && take_stated(trc, low, high, out)) return SAGITTA_OK;
  const double most = MM_A_PX * SAGITTA_PICTURE_MAX - 2 * MARGIN_MM - 4 * MM_A_PX;
  if (wide > most || tall > most) {
    return sg_fail(
        error, SAGITTA_ERROR_FORMAT,
        "Its markers move over %.0f m, more than the %.0f m that can be measured at once. Check the Units in "
        "line 3, or cut the file to the movement.",
        fmax(wide, tall) / 1000, most / 1000);
  }
  if (any && trc->slots > 1 && wide < LEAST_MM && tall < LEAST_MM) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT,
                   "All its markers lie within %.1f mm of each other, which is no person. Check the Units in line 3: m "
                   "instead of mm?",
                   fmax(wide, tall));
  }
  /* Of one plane nothing is known of the camera: its picture is taken to be as large as such pictures are. */
  const double side = fmin(most, plane->flat ? USUAL_SIDES * fmax(wide, tall) : 0);
  const double aside = MARGIN_MM + fmax(0, 0.5 * (side - wide)), above = MARGIN_MM + fmax(0, 0.25 * (side - 2 * tall));
  out->mm_a_px = MM_A_PX;
  out->stated = false;
  out->left = any ? floor(low[0] - aside) : 0;
  out->top = any ? floor(high[1] + above) + 1 : 0;
  out->width = (int)floor((wide + 2 * aside) / MM_A_PX) + 2;
  out->height = (int)floor((tall + 2 * above) / MM_A_PX) + 2;
  return SAGITTA_OK;
}

/* The nearest branch to the last axis; the first lies in (−90, 90], whichever end that makes the upper one. */
static double next_axis(double axis, double *offset, double *last) {
  if (isnan(*last)) {
    *offset = axis > 90 ? -180 : axis <= -90 ? 180 : 0;
    return *last = axis + *offset;
  }
  axis += *offset;
  return *last = axis - 360 * floor((axis - *last) / 360 + 0.5);
}

typedef struct role_state {
  sagitta_role role;
  size_t slot[3]; /* of its point and ends; SG_TRC_SLOTS: none */
  double offset, last;
} role_state;

static sagitta_sample sample_of(const sg_trc *trc, const sg_trc_plane *plane, const frame *f, size_t row,
                                role_state *role) {
  sagitta_sample sample = sg_sample_unknown();
  double a[2], b[2];
  if (role->slot[SAGITTA_WHOLE] < SG_TRC_SLOTS) {
    if (!place(trc, plane, row, role->slot[SAGITTA_WHOLE], a)) return sample;
    b[0] = a[0];
    b[1] = a[1];
  } else {
    if (role->slot[SAGITTA_LOWER] == SG_TRC_SLOTS) return sample;
    if (!place(trc, plane, row, role->slot[SAGITTA_LOWER], a)) return sample;
    if (!place(trc, plane, row, role->slot[SAGITTA_UPPER], b)) return sample;
    const double right = b[0] - a[0], up = b[1] - a[1], length = sqrt(right * right + up * up);
    if (length < STRIP_MM) return sample;
    sample.length = length / f->mm_a_px;
    sample.axis = next_axis(sg_atan2_deg(right, up), &role->offset, &role->last);
  }
  sample.state = SAGITTA_SEEN;
  sample.sigma = f->stated ? trc->stated.sigma[role->role] : NAN;
  sample.x = (0.5 * (a[0] + b[0]) - f->left) / f->mm_a_px;
  sample.y = (f->top - 0.5 * (a[1] + b[1])) / f->mm_a_px;
  return sample;
}

static sagitta_status fill(sagitta_tracks *tracks, const sg_trc *trc, const sg_trc_plane *plane, const frame *f,
                           sagitta_error *error) {
  role_state state[SAGITTA_ROLES];
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    state[role] = (role_state){ (sagitta_role)role, { SG_TRC_SLOTS, SG_TRC_SLOTS, SG_TRC_SLOTS }, 0, NAN };
  }
  for (size_t slot = 0; slot < trc->slots; slot++) state[trc->slot[slot].role].slot[trc->slot[slot].end] = slot;
  for (size_t row = 0; row < trc->rows; row++) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int role = 0; role < SAGITTA_ROLES; role++) samples[role] = sample_of(trc, plane, f, row, &state[role]);
    const sagitta_status status = sagitta_tracks_append(tracks, trc->time[row], samples, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

static void set_lens(sagitta_camera *c, double focal, double k1_sd) {
  c->has_lens = true;
  c->lens.fx = c->lens.fy = focal;
  c->lens.cx = 0.5 * c->width;
  c->lens.cy = 0.5 * c->height;
  c->lens.k_sd[0] = k1_sd;
  c->lens.rms = k1_sd * sqrt((double)c->width * c->width + (double)c->height * c->height) / 4;
}

/* Of one plane: what the file states, else only a scale. */
static void set_known(sagitta_camera *c, const sg_trc_stated *stated) {
  sagitta_plane *p = &c->plane;
  p->scale_share = SCALE_SHARE;
  if (!stated) return;
  p->scale_share = stated->scale_sd;
  p->level_known = !isnan(stated->level_sd);
  p->perspective_known = !isnan(stated->tilt_sd);
  if (p->level_known) p->level_sd_deg = stated->level_sd;
  if (p->perspective_known) p->tilt_sd_deg = stated->tilt_sd;
  if (!isnan(stated->focal)) set_lens(c, stated->focal, stated->lens_sd);
}

/* Of a recording in space everything is known: its scale, what is up, and that nothing is seen in perspective. */
static sagitta_trc_view view_of(const sg_trc *trc, const sg_trc_plane *plane, const frame *f) {
  sagitta_trc_view view = { .flat = plane->flat,
                            .up = plane->up == 1 ? 'y' : 'z',
                            .across_share = plane->across_share };
  view.turn_deg = sg_round(sg_atan2_deg(plane->along[3 - plane->up], plane->along[0]), SG_AXIS_DECIMALS);
  sagitta_camera *c = &view.camera;
  c->width = f->width;
  c->height = f->height;
  c->has_plane = true;
  const double to_cm[9] = { 0.1 * f->mm_a_px, 0, 0.1 * f->left, 0, -0.1 * f->mm_a_px, 0.1 * f->top, 0, 0, 1 };
  memcpy(c->plane.to_cm, to_cm, sizeof to_cm);
  if (plane->flat) {
    set_known(c, f->stated ? &trc->stated : NULL);
  } else {
    c->plane.level_known = c->plane.perspective_known = true;
    set_lens(c, FOCAL_SIDES * (f->width > f->height ? f->width : f->height), 0);
  }
  return view;
}

static sagitta_status to_tracks(sagitta_tracks **out, const sg_trc *trc, char up, sagitta_trc_view *view,
                                sagitta_error *error) {
  const sg_trc_plane plane = sg_trc_find_plane(trc, up);
  frame f = { .width = 0 };
  sagitta_status status = set_frame(trc, &plane, &f, error);
  if (status != SAGITTA_OK) return status;
  sagitta_tracks *tracks = NULL;
  const sagitta_tracks_info info = { .width = f.width, .height = f.height, .rate = trc->rate };
  status = sagitta_tracks_new(&tracks, &info, error);
  if (status == SAGITTA_OK) status = fill(tracks, trc, &plane, &f, error);
  if (status != SAGITTA_OK) {
    sagitta_tracks_free(&tracks);
    return status;
  }
  sg_tracks_describe(tracks);
  if (view) *view = view_of(trc, &plane, &f);
  *out = tracks;
  return SAGITTA_OK;
}

sagitta_status sagitta_tracks_parse_trc(sagitta_tracks **out, const char *text, size_t length,
                                        const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                        sagitta_error *error) {
  static const sagitta_trc_settings defaults = { 0 };
  if (out) *out = NULL;
  if (!out || (!text && length)) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No text of tracks was given.");
  if (!settings) settings = &defaults;
  if ((settings->name_count && !settings->names) || (settings->up && settings->up != 'y' && settings->up != 'z')) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Up is 'y' or 'z', or 0 where it is to be found out.");
  }
  if (!text) text = "";
  sg_trc trc = { 0 };
  sagitta_status status = sg_trc_parse(&trc, (span){ text, text + length }, settings, error);
  if (status == SAGITTA_OK) status = to_tracks(out, &trc, settings->up, view, error);
  sg_trc_free(&trc);
  return status;
}

sagitta_status sagitta_tracks_read_trc(sagitta_tracks **out, const char *path, const sagitta_trc_settings *settings,
                                       sagitta_trc_view *view, sagitta_error *error) {
  if (out) *out = NULL;
  if (!out || !path) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No name of a TRC file was given.");
  sagitta_error cause = sg_error_like(error);
  sg_tracks_text text = { NULL, 0 };
  sagitta_status status = sg_tracks_load(&text, path, sg_trc_begins, &cause);
  if (status == SAGITTA_OK) status = sagitta_tracks_parse_trc(out, text.data, text.length, settings, view, &cause);
  free(text.data);
  if (status != SAGITTA_OK) return sg_fail(error, status, "\"%s\": %s", path, cause.text);
  sg_tracks_name_source(*out, path);
  return SAGITTA_OK;
}
