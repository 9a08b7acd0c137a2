/* SPDX-License-Identifier: Apache-2.0 */
#include "export/markers_in_mm.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "camera/view.h"

#define EVEN_S     0.001 /* of an even grid */
#define SEEN_LEAST 0.1   /* of the rows: a ruler mark that is seen less often is none */
#define SHARE_SD   0.01  /* of a ruler, where no analysis has said it */
#define MM_PER_CM  10.0

/* How px become mm. */
typedef struct scaling {
  sg_view view;
  double mm_per_px; /* of plane px */
  double floor;     /* plane px: where y is 0 */
  double share_sd;  /* standard deviation of mm_per_px, as a share of it */
  sagitta_scale_source from;
} scaling;

static const char *meaning_of(sagitta_role role) {
  static const char *const meanings[SAGITTA_ROLES] = {
    [SAGITTA_SHOULDER] = "Acromion",
    [SAGITTA_HIP] = "Greater trochanter",
    [SAGITTA_KNEE] = "Lateral epicondyle of the femur",
    [SAGITTA_ANKLE] = "Lateral malleolus",
    [SAGITTA_PELVIS] = "Strip on the side of the pelvis",
    [SAGITTA_RIBS] = "Strip on the side of the lower ribs",
    [SAGITTA_HAND] = "Fingertip",
    [SAGITTA_RULER0] = "Ruler mark at zero",
    [SAGITTA_RULER1] = "Ruler mark",
  };
  return meanings[role];
}

void sg_markers_mm_free(sg_markers_mm *markers) {
  if (!markers) return;
  free(markers->time);
  free(markers->at);
  free(markers);
}

sagitta_export_settings sagitta_export_default_settings(void) {
  return (sagitta_export_settings){ .scale = { SAGITTA_SCALE_NONE, NAN, NAN } };
}

/* ---- the scale ---- */

/* The mean place of a ruler mark, plane px; false where it was not seen often enough. */
static bool find_mark(const sagitta_tracks *tracks, const sg_view *view, sagitta_role role, double at[2]) {
  double count = 0, place[2];
  at[0] = at[1] = 0;
  const size_t rows = sagitta_tracks_rows(tracks);
  for (size_t row = 0; row < rows; row++) {
    const sagitta_sample s = sg_tracks_get_unmoved(tracks, row, role);
    if (s.state != SAGITTA_SEEN || !sg_view_point(view, s.x, s.y, place)) continue;
    at[0] += place[0];
    at[1] += place[1];
    count += 1;
  }
  at[0] /= count;
  at[1] /= count;
  return count > SEEN_LEAST * (double)rows;
}

static sagitta_status find_scale(scaling *s, const sagitta_tracks *tracks, const sagitta_export_settings *settings,
                                 sagitta_error *error) {
  double mark[2][2];
  s->from = settings->scale.from;
  s->share_sd = s->from != SAGITTA_SCALE_NONE ? settings->scale.share_sd : SHARE_SD;
  double cm_per_px = s->from != SAGITTA_SCALE_NONE ? settings->scale.cm_per_px : NAN;
  if (isnan(cm_per_px) && settings->ruler_cm > 0 && find_mark(tracks, &s->view, SAGITTA_RULER0, mark[0]) &&
      find_mark(tracks, &s->view, SAGITTA_RULER1, mark[1])) {
    cm_per_px = settings->ruler_cm / hypot(mark[1][0] - mark[0][0], mark[1][1] - mark[0][1]);
    s->from = SAGITTA_SCALE_RULER;
  }
  if (isnan(cm_per_px) && s->view.cm_per_px > 0) {
    cm_per_px = s->view.cm_per_px;
    s->share_sd = s->view.scale_share;
    s->from = SAGITTA_SCALE_PLANE;
  }
  s->mm_per_px = MM_PER_CM * cm_per_px;
  if (s->mm_per_px > 0 && isfinite(s->mm_per_px)) return SAGITTA_OK;
  return sg_fail(
      error, SAGITTA_ERROR_ARGUMENT,
      "TRC and C3D hold millimetres, and nothing in this recording says how long one is. Put two ruler marks "
      "into the picture and give their distance with --ruler, calibrate the plane of movement and give "
      "--camera, or give the stature with --height.");
}

static sagitta_status set_scaling(scaling *s, const sagitta_tracks *tracks, const sagitta_export_settings *settings,
                                  sagitta_error *error) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const sagitta_status status = sg_view_set(&s->view, settings->camera, info->width, info->height, error);
  if (status != SAGITTA_OK) return status;
  const bool plane = settings->camera && settings->camera->has_plane;
  s->floor = plane ? 0 : info->height; /* a plane has an origin of its own */
  return find_scale(s, tracks, settings, error);
}

/* px, over the rows in which the role is seen; NAN where nothing is known. */
static double mean_sigma(const sagitta_tracks *tracks, sagitta_role role) {
  double sum = 0, count = 0;
  for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) {
    const sagitta_sample s = sg_tracks_get_unmoved(tracks, row, role);
    if (s.state != SAGITTA_SEEN || !(s.sigma > 0)) continue;
    sum += s.sigma;
    count += 1;
  }
  return sum / count;
}

/* The picture that the markers were seen in, so that a file of them can be analysed as the recording was. */
static sg_stated_view stated_view(const scaling *s, const sagitta_tracks *tracks) {
  const sagitta_camera *camera = &s->view.camera;
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const bool level = camera->has_plane && camera->plane.level_known;
  const bool perspective = camera->has_plane && camera->plane.perspective_known;
  sg_stated_view v = { .given = true,
                       .width = camera->width,
                       .height = camera->height,
                       .left = s->mm_per_px * (s->view.middle[0] - 0.5 * info->width),
                       .top = s->mm_per_px * (s->floor - (s->view.middle[1] - 0.5 * info->height)),
                       .mm_per_px = s->mm_per_px,
                       .scale_sd = s->share_sd,
                       .level_sd = level ? camera->plane.level_sd_deg : NAN,
                       .tilt_sd = perspective ? camera->plane.tilt_sd_deg : NAN,
                       .focal = camera->has_lens ? s->view.focal : NAN,
                       .lens_sd = camera->has_lens ? s->view.spread[SG_VIEW_LENS] : NAN,
                       .points = info->points };
  for (int role = 0; role < SAGITTA_ROLES; role++) v.sigma[role] = mean_sigma(tracks, (sagitta_role)role);
  return v;
}

/* ---- markers ---- */

/* What becomes one marker, or two where it is a strip. */
typedef struct source {
  sagitta_role role;
  bool strip;
  double length; /* px, the strip's usual one */
} source;

/* Whether the role is a strip: its direction is known most of the time that it is in sight. False when memory is
 * short. */
static bool describe(source *out, const sagitta_tracks *tracks, sagitta_role role) {
  const size_t rows = sagitta_tracks_rows(tracks);
  size_t there = 0, turned = 0, known = 0;
  double *length = malloc((rows ? rows : 1) * sizeof *length);
  if (!length) return false;
  for (size_t row = 0; row < rows; row++) {
    const sagitta_sample s = sg_tracks_get_unmoved(tracks, row, role);
    there += s.state != SAGITTA_LOST;
    turned += s.state != SAGITTA_LOST && !isnan(s.axis);
    if (s.state != SAGITTA_LOST && s.length > 0) length[known++] = s.length;
  }
  *out = (source){ role, known > 0 && turned * 2 > there, known ? sg_upper_median(length, known) : NAN };
  free(length);
  return true;
}

static sg_marker_mm to_mm(const scaling *s, const sagitta_sample *sample, double x, double y) {
  double place[2];
  if (!sg_view_point(&s->view, x, y, place)) return (sg_marker_mm){ SAGITTA_LOST, 0, 0, NAN };
  return (sg_marker_mm){ sample->state, s->mm_per_px * place[0], s->mm_per_px * (s->floor - place[1]),
                         s->mm_per_px * sample->sigma };
}

/* One marker, or the two ends of a strip: lower, upper. */
static void put_markers(sg_marker_mm *at, const scaling *s, const source *from, const sagitta_sample *sample) {
  const sg_marker_mm lost = { SAGITTA_LOST, 0, 0, NAN };
  at[0] = lost;
  if (from->strip) at[1] = lost;
  if (sample->state == SAGITTA_LOST || isnan(sample->x) || isnan(sample->y)) return;
  if (!from->strip) {
    at[0] = to_mm(s, sample, sample->x, sample->y);
    return;
  }
  if (isnan(sample->axis)) return;
  const double half = 0.5 * (sample->length > 0 ? sample->length : from->length);
  const double dx = half * sin(sample->axis * SG_RADIANS), dy = -half * cos(sample->axis * SG_RADIANS);
  at[0] = to_mm(s, sample, sample->x - dx, sample->y - dy);
  at[1] = to_mm(s, sample, sample->x + dx, sample->y + dy);
}

static void find_rate(sg_markers_mm *m) {
  const double span = m->time[m->rows - 1] - m->time[0];
  m->even = true;
  if (m->rows < 2) return;
  m->rate = (double)(m->rows - 1) / span;
  for (size_t row = 0; row < m->rows; row++) {
    const double off = m->time[row] - (m->time[0] + (double)row / m->rate);
    m->even = m->even && fabs(off) <= EVEN_S;
  }
}

static void put_names(sg_markers_mm *m, const source *from) {
  static const char *const point[] = { "" }, *const ends[] = { "_a", "_b" };
  for (int end = 0; end <= from->strip; end++) {
    (void)snprintf(m->name[m->count], sizeof m->name[0], "%s%s", sagitta_role_name(from->role),
                   (from->strip ? ends : point)[end]);
    m->meaning[m->count++] = meaning_of(from->role);
  }
}

static void put_rows(sg_markers_mm *m, const scaling *s, const source *from, int roles, const sagitta_tracks *tracks) {
  for (size_t row = 0; row < m->rows; row++) {
    sg_marker_mm *at = m->at + row * m->count;
    m->time[row] = sagitta_tracks_time(tracks, row);
    for (int k = 0; k < roles; k++) {
      const sagitta_sample sample = sg_tracks_get_unmoved(tracks, row, from[k].role);
      put_markers(at, s, &from[k], &sample);
      at += from[k].strip ? 2 : 1;
    }
  }
}

sagitta_status sg_markers_mm_new(sg_markers_mm **out, const sagitta_tracks *tracks,
                                 const sagitta_export_settings *settings, sagitta_export_note *note,
                                 sagitta_error *error) {
  const sagitta_export_settings defaults = sagitta_export_default_settings();
  scaling s;
  source from[SAGITTA_ROLES];
  int roles = 0;
  *out = NULL;
  if (!settings) settings = &defaults;
  if (SG_SETTINGS_CHECK(settings, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  sagitta_status status = set_scaling(&s, tracks, settings, error);
  if (status != SAGITTA_OK) return status;
  sg_markers_mm *m = calloc(1, sizeof *m);
  if (!m) goto memory;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!sagitta_tracks_has(tracks, (sagitta_role)role)) continue;
    if (!describe(&from[roles], tracks, (sagitta_role)role)) goto memory;
    put_names(m, &from[roles++]);
  }
  m->rows = sagitta_tracks_rows(tracks);
  if (m->rows == 0 || m->count == 0) {
    status = sg_fail(error, SAGITTA_NO_MEASUREMENT, "No marker was seen, so there are none to be written.");
    goto fail;
  }
  m->time = malloc(m->rows * sizeof *m->time);
  m->at = malloc(m->rows * m->count * sizeof *m->at);
  if (!m->time || !m->at) goto memory;
  put_rows(m, &s, from, roles, tracks);
  find_rate(m);
  m->seen_in = stated_view(&s, tracks);
  if (note) *note = (sagitta_export_note){ .uneven = !m->even, .rate = m->rate, .from = s.from };
  *out = m;
  return SAGITTA_OK;
memory:
  status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to export %zu frames.", sagitta_tracks_rows(tracks));
fail:
  sg_markers_mm_free(m);
  return status;
}
