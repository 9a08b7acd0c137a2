/* SPDX-License-Identifier: Apache-2.0 */
/* One look at a frame: the marks in it, and the light on the white paper between them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "calibration/proof/proof.h"

#define CLIPPED 0.98 /* of white */

/* White places: between the discs of each row. */
#define ROW(y)                                   \
  { -60, y }, { -30, y }, { 0, y }, { 30, y }, { \
    60, y                                        \
  }
static const double paper_places[][2] = { ROW(-97.5), ROW(-32.5), ROW(32.5), ROW(97.5) };
#define PLACES (sizeof paper_places / sizeof *paper_places)
#define PATCH  2 /* samples each way */

/* Luma from 0 to 255 at a coded sample. */
static double luma_at(const sg_pixels *pixels, const sagitta_frame *frame, int x, int y) {
  const double code = (double)sg_pixels_luma(pixels, x, y) / (double)(1 << (frame->bits - 8));
  return frame->full_range ? code : (code - 16) * 255 / 219;
}

/* Mean of a patch, and its samples' variance; false outside the picture. */
static bool patch_of(const sg_pixels *pixels, const sagitta_frame *frame, const sagitta_input_info *info, double u,
                     double v, double *mean, double *variance) {
  const double *t = info->upright, det = t[0] * t[4] - t[1] * t[3];
  const double x = (t[4] * (u - t[2]) - t[1] * (v - t[5])) / det, y = (t[0] * (v - t[5]) - t[3] * (u - t[2])) / det;
  const int cx = (int)floor(x), cy = (int)floor(y), n = (2 * PATCH + 1) * (2 * PATCH + 1);
  if (cx < PATCH || cy < PATCH || cx + PATCH >= frame->width || cy + PATCH >= frame->height) return false;
  double sum = 0, squares = 0;
  for (int dy = -PATCH; dy <= PATCH; dy++) {
    for (int dx = -PATCH; dx <= PATCH; dx++) {
      const double luma = luma_at(pixels, frame, cx + dx, cy + dy);
      sum += luma;
      squares += luma * luma;
    }
  }
  *mean = sum / n;
  *variance = fmax(0, squares / n - *mean * *mean);
  return true;
}

static void look_at_paper(sg_proof_watch *w, const sagitta_frame *frame, const sagitta_input_info *info,
                          const double h[9]) {
  const sg_pixels pixels = sg_pixels_of(frame);
  double luma[PLACES], variances = 0, least = INFINITY, most = 0;
  size_t n = 0, clipped = 0;
  for (size_t i = 0; i < PLACES; i++) {
    double u, v, variance;
    sg_proof_project(h, paper_places[i][0], paper_places[i][1], &u, &v);
    if (!patch_of(&pixels, frame, info, u, v, &luma[n], &variance)) continue;
    least = fmin(least, luma[n]);
    most = fmax(most, luma[n]);
    clipped += luma[n] >= CLIPPED * 255;
    variances += variance;
    n++;
  }
  w->paper[w->frames] = NAN;
  if (n == 0) return;
  w->clipped += (double)clipped / (double)n;
  w->noise += sqrt(variances / (double)n);
  const double middle = sg_median(luma, n);
  w->paper[w->frames] = middle;
  if (middle > 0) w->unevenness += (most - least) / middle;
}

static sagitta_status take(sg_proof_watch *w, const sg_blob *blob, const int of_mark[SAGITTA_PROOF_MARKS],
                           sagitta_error *error) {
  const sagitta_proof_mark *mark = sagitta_proof_marks();
  if (!sg_reserve((void **)&w->sighting, &w->capacity, w->sightings + SAGITTA_PROOF_MARKS, sizeof *w->sighting)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to look at the proof sheet.");
  }
  for (int m = 0; m < SAGITTA_PROOF_MARKS; m++) {
    if (of_mark[m] < 0) continue;
    const sg_blob *b = &blob[of_mark[m]];
    const bool strip = mark[m].width_mm > 0;
    w->sighting[w->sightings++] = (sagitta_proof_sighting){ w->frames, m, b->x, b->y, strip ? b->axis : (double)NAN };
    *(strip ? &w->strip_px : &w->disc_px) += strip ? b->length : b->diameter;
    ++*(strip ? &w->strips : &w->discs);
    w->separation[mark[m].role] += b->separation;
    w->separations[mark[m].role]++;
  }
  return SAGITTA_OK;
}

sagitta_status sg_proof_look(sg_proof_watch *w, sg_blob_finder *finder, const sagitta_frame *frame,
                             const sagitta_input_info *info, sagitta_error *error) {
  sg_blob blob[SG_BLOBS_MAX];
  int of_mark[SAGITTA_PROOF_MARKS];
  if (w->frames == SG_PROOF_FRAMES) return SAGITTA_OK;
  w->looked++;
  w->width = info->width;
  w->height = info->height;
  const ptrdiff_t blobs = sg_blobs_find(finder, frame, info, blob);
  if (blobs < 0) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to look at the proof sheet.");
  const int found = sg_proof_match(blob, blobs, of_mark, w->h[w->frames]);
  if (found < SG_PROOF_MARKS_LEAST) {
    if (found > w->most_marks) w->most_marks = found;
    return SAGITTA_OK;
  }
  const sagitta_status status = take(w, blob, of_mark, error);
  if (status != SAGITTA_OK) return status;
  look_at_paper(w, frame, info, w->h[w->frames]);
  w->frames++;
  return SAGITTA_OK;
}

void sg_proof_watch_free(sg_proof_watch *w) {
  free(w->sighting);
  free(w->interval);
  *w = (sg_proof_watch){ .sighting = NULL };
}
