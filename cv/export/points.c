/* SPDX-License-Identifier: Apache-2.0 */
#include "export/points.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "camera/view.h"

#define EVEN_S     0.001
#define SEEN_LEAST 0.1  /* of the rows: a ruler mark that is seen less often is none */
#define SHARE_SD   0.01 /* of a ruler, where no analysis has said it */
#define MM_PER_CM  10.0

/* How px become mm. */
typedef struct scaling {
  sg_view view;
  double mm_per_px; /* of plane px */
  double floor;     /* plane px: where y is 0 */
  double share_sd;
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

void sg_points_free(sg_points *points) {
  if (!points) return;
  free(points->time);
  free(points->at);
  free(points);
}

sagitta_export_note sg_points_note(const sg_points *points) {
  return (sagitta_export_note){ !points->even, points->rate, points->from };
}

/* ---- the scale ---- */

static bool find_mark(const sagitta_tracks *tracks, const sg_view *view, sagitta_role role, double at[2]) {
  double count = 0, place[2];
  at[0] = at[1] = 0;
  const size_t rows = sagitta_tracks_rows(tracks);
  for (size_t row = 0; row < rows; row++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, row, role);
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

/* ---- points ---- */

typedef struct source {
  sagitta_role role;
  bool strip;
  double length; /* px, the strip's usual one */
} source;

/* Whether the role is a strip: its direction is known most of the time that it is in sight. 0 when memory is short. */
static int describe(source *out, const sagitta_tracks *tracks, sagitta_role role) {
  const size_t rows = sagitta_tracks_rows(tracks);
  size_t there = 0, turned = 0, known = 0;
  double *length = malloc((rows ? rows : 1) * sizeof *length);
  if (!length) return 0;
  for (size_t row = 0; row < rows; row++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, row, role);
    there += s.state != SAGITTA_LOST;
    turned += s.state != SAGITTA_LOST && !isnan(s.axis);
    if (s.state != SAGITTA_LOST && s.length > 0) length[known++] = s.length;
  }
  *out = (source){ role, known > 0 && turned * 2 > there, known ? sg_upper_median(length, known) : NAN };
  free(length);
  return 1;
}

static sg_point_mm to_mm(const scaling *s, const sagitta_sample *sample, double x, double y) {
  double place[2];
  if (!sg_view_point(&s->view, x, y, place)) return (sg_point_mm){ SAGITTA_LOST, 0, 0, NAN };
  return (sg_point_mm){ sample->state, s->mm_per_px * place[0], s->mm_per_px * (s->floor - place[1]),
                        s->mm_per_px * sample->sigma };
}

/* One point, or the two ends of a strip. */
static void put_points(sg_point_mm *at, const scaling *s, const source *from, const sagitta_sample *sample) {
  const sg_point_mm lost = { SAGITTA_LOST, 0, 0, NAN };
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

static double mean_sigma(const sagitta_tracks *tracks, sagitta_role role) {
  double sum = 0, count = 0;
  for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, row, role);
    if (s.state != SAGITTA_SEEN || !(s.sigma > 0)) continue;
    sum += s.sigma;
    count += 1;
  }
  return sum / count;
}

static void find_rate(sg_points *p) {
  const double span = p->time[p->rows - 1] - p->time[0];
  p->even = true;
  if (p->rows < 2) return;
  p->rate = (double)(p->rows - 1) / span;
  for (size_t row = 0; row < p->rows; row++) {
    const double off = p->time[row] - (p->time[0] + (double)row / p->rate);
    p->even = p->even && fabs(off) <= EVEN_S;
  }
}

static void put_name(sg_points *p, const source *from) {
  for (int end = 0; end <= from->strip; end++) {
    (void)snprintf(p->name[p->count], sizeof p->name[0], "%s%s", sagitta_role_name(from->role),
                   !from->strip ? ""
                   : end        ? "_b"
                                : "_a");
    p->meaning[p->count++] = meaning_of(from->role);
  }
}

sagitta_status sg_points_new(sg_points **out, const sagitta_tracks *tracks, const sagitta_export_settings *settings,
                             sagitta_error *error) {
  scaling s;
  source from[SAGITTA_ROLES];
  int roles = 0;
  *out = NULL;
  sagitta_status status = set_scaling(&s, tracks, settings, error);
  if (status != SAGITTA_OK) return status;
  sg_points *p = calloc(1, sizeof *p);
  if (!p) goto memory;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!sagitta_tracks_has(tracks, (sagitta_role)role)) continue;
    if (!describe(&from[roles], tracks, (sagitta_role)role)) goto memory;
    put_name(p, &from[roles++]);
  }
  p->rows = sagitta_tracks_rows(tracks);
  if (p->rows == 0 || p->count == 0) {
    status = sg_fail(error, SAGITTA_NO_MEASUREMENT, "No marker was seen, so there are none to be written.");
    goto fail;
  }
  p->time = malloc(p->rows * sizeof *p->time);
  p->at = malloc(p->rows * p->count * sizeof *p->at);
  if (!p->time || !p->at) goto memory;
  for (size_t row = 0; row < p->rows; row++) {
    sg_point_mm *at = p->at + row * p->count;
    p->time[row] = sagitta_tracks_time(tracks, row);
    for (int k = 0; k < roles; k++) {
      const sagitta_sample sample = sagitta_tracks_get(tracks, row, from[k].role);
      put_points(at, &s, &from[k], &sample);
      at += from[k].strip ? 2 : 1;
    }
  }
  find_rate(p);
  p->from = s.from;
  for (int role = 0; role < SAGITTA_ROLES; role++) p->sigma[role] = mean_sigma(tracks, (sagitta_role)role);
  p->view = s.view;
  p->mm_per_px = s.mm_per_px;
  p->scale_sd = s.share_sd;
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  p->left = s.mm_per_px * (s.view.middle[0] - 0.5 * info->width);
  p->top = s.mm_per_px * (s.floor - (s.view.middle[1] - 0.5 * info->height));
  *out = p;
  return SAGITTA_OK;
memory:
  status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to export %zu frames.", sagitta_tracks_rows(tracks));
fail:
  sg_points_free(p);
  return status;
}
