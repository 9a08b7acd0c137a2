/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define GRID           20  /* cells along each side, for the coverage */
#define CORNER_SHARE   0.3 /* of width and height: what counts as a corner of the picture */
#define COVERAGE_LEAST 0.5
#define VIEWS_LEAST    8
#define TILT_LEAST_DEG 25.0
#define FOCAL_SD_MOST  0.01         /* of the focal length */
#define RMS_MOST       (1.0 / 1000) /* of the longer side, but not less than */
#define RMS_LEAST_PX   0.5
#define EDGE_MOST_PX   5.0

static const sagitta_lens_corner *corners_of(const sagitta_lens_report *r, const sagitta_lens_view *view) {
  return view->state == SAGITTA_VIEW_USED ? &r->corners[view->first_corner] : NULL;
}

/* On the inner side of all four edges of the board, whichever way round it runs. */
static bool inside(const sagitta_lens_report *r, const sagitta_lens_corner *c, double x, double y) {
  const size_t columns = (size_t)r->board.columns, last = columns * (size_t)r->board.rows - 1;
  const size_t outer[5] = { 0, columns - 1, last, last + 1 - columns, 0 };
  bool left = false, right = false;
  for (int i = 0; i < 4; i++) {
    const sagitta_lens_corner *a = &c[outer[i]], *b = &c[outer[i + 1]];
    const double side = (b->x - a->x) * (y - a->y) - (b->y - a->y) * (x - a->x);
    left = left || side < 0;
    right = right || side > 0;
  }
  return !(left && right);
}

static double coverage_of(const sagitta_lens_report *r) {
  int covered = 0;
  for (int cell = 0; cell < GRID * GRID; cell++) {
    const double x = (cell % GRID + 0.5) / GRID * r->camera.width,
                 y = ((double)(cell / GRID) + 0.5) / GRID * r->camera.height;
    bool seen = false;
    for (size_t v = 0; v < r->view_count && !seen; v++) {
      const sagitta_lens_corner *corners = corners_of(r, &r->views[v]);
      seen = corners && inside(r, corners, x, y);
    }
    covered += seen;
  }
  return (double)covered / (GRID * GRID);
}

/* The corners of the picture that no corner of the board came near, in words; false when there are none. */
static bool empty_corners(const sagitta_lens_report *r, char *text, size_t size) {
  static const char *const names[4] = { "top left", "top right", "bottom left", "bottom right" };
  bool reached[4] = { false };
  for (size_t i = 0; i < r->corner_count; i++) {
    const double x = r->corners[i].x / r->camera.width, y = r->corners[i].y / r->camera.height;
    const bool left = x<CORNER_SHARE, right = x> 1 - CORNER_SHARE, top = y<CORNER_SHARE, low = y> 1 - CORNER_SHARE;
    reached[0] = reached[0] || (top && left);
    reached[1] = reached[1] || (top && right);
    reached[2] = reached[2] || (low && left);
    reached[3] = reached[3] || (low && right);
  }
  size_t at = 0;
  for (int i = 0; i < 4 && at < size; i++) {
    if (!reached[i]) at += (size_t)snprintf(text + at, size - at, "%s%s", at ? ", " : "", names[i]);
  }
  return at > 0;
}

static void advise(sagitta_lens_report *r, const char *sentence) {
  const size_t at = strlen(r->verdict);
  (void)snprintf(r->verdict + at, sizeof r->verdict - at, "%s%s", at ? " " : "", sentence);
}

static double mean_edge(const sagitta_lens_report *r) {
  double sum = 0;
  int count = 0;
  for (size_t v = 0; v < r->view_count; v++) {
    if (r->views[v].state != SAGITTA_VIEW_USED) continue;
    sum += r->views[v].edge_px;
    count++;
  }
  return count ? sum / count : 0;
}

void sg_lens_judge(sagitta_lens_report *r) {
  const sagitta_lens *lens = &r->camera.lens;
  const double side = fmax(r->camera.width, r->camera.height);
  char empty[80], sentence[200];
  r->coverage = coverage_of(r);
  r->verdict[0] = '\0';
  if (empty_corners(r, empty, sizeof empty)) {
    (void)snprintf(sentence, sizeof sentence, "Move the board into the corners of the picture: it was never %s.",
                   empty);
    advise(r, sentence);
  } else if (r->coverage < COVERAGE_LEAST) {
    advise(r, "Hold the board nearer and all over the picture: much of it was never covered.");
  }
  if (lens->views < VIEWS_LEAST) {
    (void)snprintf(sentence, sizeof sentence, "Take more views: %d are few, 10 to 20 are better.", lens->views);
    advise(r, sentence);
  }
  if (r->tilt_most_deg < TILT_LEAST_DEG) advise(r, "Tilt the board more: by 30 to 45 degrees, each way.");
  if (fmax(lens->fx_sd / lens->fx, lens->fy_sd / lens->fy) > FOCAL_SD_MOST) {
    advise(r, "The focal length is still uncertain by more than 1 %: take more views, nearer and more tilted.");
  }
  if (lens->rms > fmax(RMS_LEAST_PX, side * RMS_MOST)) {
    (void)snprintf(sentence, sizeof sentence,
                   "The corners fit only to %.2f px: use a flat, stiff board, hold it still, and lock the focus.",
                   lens->rms);
    advise(r, sentence);
  }
  if (mean_edge(r) > EDGE_MOST_PX)
    advise(r, "The views are soft: more light, better focus, a board that is held still.");
  r->good = r->verdict[0] == '\0';
  if (r->good) advise(r, "good");
}
