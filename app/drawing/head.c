/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/shown_frame.h"

#include <math.h>
#include <stdlib.h>

/* In trunk lengths (hip point to acromion, about 50 cm): the crown is 0.63 above the acromion, the face 0.25 before
 * the neck's line; the rest is margin for hair, a reaching shoulder and a bent neck. */
#define HEAD_NEAR    0.22
#define HEAD_FAR     0.46
#define HEAD_RADIUS  0.36
#define HEAD_REACH   (HEAD_FAR + HEAD_RADIUS)
#define HIP_TO_CROWN 1.35 /* folded flat: the crown this far below the hip */
#define CIRCLES_MAX  12
#define SHORT_GAP    0.5 /* s in which nobody bends from standing to the floor */

typedef struct circle {
  double x, y, radius; /* px, upright */
} circle;

typedef struct region {
  circle circle[CIRCLES_MAX];
  int circles;
  double above;       /* everything above this y is hidden; 0 = nothing */
  double front_above; /* and, before front_x, everything above this y; 0 = nothing */
  double front_x;     /* px */
} region;

struct head_plan {
  const sagitta_tracks *tracks;
  size_t rows;
  bool right;
  double trunk;  /* px */
  double lowest; /* y of the lowest place that the head reached */
  double *below; /* per row: y of the head region's lower edge; NAN where the shoulder is lost */
};

static bool there(sagitta_sample s) {
  return s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The standing trunk: nearly the longest that is seen, for it shortens when it bends. */
static double trunk_length(const sagitta_tracks *tracks, double *scratch) {
  size_t rows = sagitta_tracks_rows(tracks), count = 0;
  for (size_t i = 0; i < rows; i++) {
    sagitta_sample shoulder = sagitta_tracks_get(tracks, i, SAGITTA_SHOULDER);
    sagitta_sample hip = sagitta_tracks_get(tracks, i, SAGITTA_HIP);
    if (there(shoulder) && there(hip)) scratch[count++] = hypot(shoulder.x - hip.x, shoulder.y - hip.y);
  }
  if (count == 0) return 0.3 * sagitta_tracks_get_info(tracks)->height;
  qsort(scratch, count, sizeof *scratch, compare);
  double length = scratch[count - 1 - count / 20];
  /* The centre of a hip strip lies above the hip point. */
  return sagitta_tracks_get_info(tracks)->set == SAGITTA_SET_STRIP ? 1.15 * length : length;
}

static void add_circle(region *to, double x, double y, double radius) {
  if (to->circles < CIRCLES_MAX) to->circle[to->circles++] = (circle){ x, y, radius };
}

/* Circles over every place of the head: beyond the trunk's end, from the trunk's direction backwards to where the neck
 * turns it forwards, which is further the more the trunk leans. */
static void add_fan(const head_plan *plan, region *to, sagitta_sample shoulder, sagitta_sample hip) {
  double side = plan->right ? 1 : -1;
  double lean = side * atan2(shoulder.x - hip.x, hip.y - shoulder.y) * (180 / M_PI);
  double bent = fmin(fmax(lean, 0) / 90, 1);
  double from = -25 - 15 * bent, until = 60 + 25 * bent;
  for (int i = 0; i <= 5; i++) {
    double angle = side * (lean + from + (until - from) * i / 5) * (M_PI / 180);
    add_circle(to, shoulder.x + HEAD_FAR * plan->trunk * sin(angle), shoulder.y - HEAD_FAR * plan->trunk * cos(angle),
               HEAD_RADIUS * plan->trunk);
  }
  for (int i = -1; i <= 1; i++) {
    double angle = side * (lean + 30 * i) * (M_PI / 180);
    add_circle(to, shoulder.x + HEAD_NEAR * plan->trunk * sin(angle), shoulder.y - HEAD_NEAR * plan->trunk * cos(angle),
               0.7 * HEAD_RADIUS * plan->trunk);
  }
}

static bool seen_region(const head_plan *plan, size_t row, region *out) {
  *out = (region){ .circles = 0 };
  sagitta_sample shoulder = sagitta_tracks_get(plan->tracks, row, SAGITTA_SHOULDER);
  sagitta_sample hip = sagitta_tracks_get(plan->tracks, row, SAGITTA_HIP);
  if (!there(shoulder)) return false;
  if (there(hip)) {
    add_fan(plan, out, shoulder, hip);
  } else {
    add_circle(out, shoulder.x, shoulder.y, HEAD_REACH * plan->trunk);
  }
  return true;
}

static double lower_edge(const region *r) {
  double below = 0;
  for (int i = 0; i < r->circles; i++) below = fmax(below, r->circle[i].y + r->circle[i].radius);
  return below;
}

head_plan *head_plan_new(const sagitta_tracks *tracks, bool facing_right) {
  head_plan *plan = calloc(1, sizeof *plan);
  if (!plan) return NULL;
  plan->tracks = tracks;
  plan->rows = sagitta_tracks_rows(tracks);
  plan->right = facing_right;
  plan->below = calloc(plan->rows + 1, sizeof *plan->below);
  if (!plan->below) {
    head_plan_free(&plan);
    return NULL;
  }
  plan->trunk = trunk_length(tracks, plan->below);
  for (size_t i = 0; i < plan->rows; i++) {
    region r;
    plan->below[i] = seen_region(plan, i, &r) ? lower_edge(&r) : NAN;
    if (isfinite(plan->below[i])) plan->lowest = fmax(plan->lowest, plan->below[i]);
  }
  if (!(plan->lowest > 0)) plan->lowest = sagitta_tracks_get_info(tracks)->height;
  return plan;
}

void head_plan_free(head_plan **plan) {
  if (!*plan) return;
  free((*plan)->below);
  free(*plan);
  *plan = NULL;
}

/* The nearest row in which the hip is known; false when there is none. */
static bool nearest_hip(const head_plan *plan, size_t row, sagitta_sample *hip) {
  for (size_t away = 0; away < plan->rows; away++) {
    for (int side = 0; side < 2; side++) {
      if (side ? row + away >= plan->rows : away > row) continue;
      *hip = sagitta_tracks_get(plan->tracks, side ? row + away : row - away, SAGITTA_HIP);
      if (there(*hip)) return true;
    }
  }
  return false;
}

/* Nothing is known of the trunk: above the hips anything can be the head, and before them as far down as a person can
 * fold. */
static void hide_all(const head_plan *plan, size_t row, region *out) {
  sagitta_sample hip;
  out->above = plan->lowest;
  if (!nearest_hip(plan, row, &hip)) return;
  out->above = hip.y;
  out->front_above = fmax(plan->lowest, hip.y + HIP_TO_CROWN * plan->trunk);
  out->front_x = hip.x - (plan->right ? 0.1 : -0.1) * plan->trunk;
}

/* The shoulder is lost: over a short gap the head stays near where it was and will be. */
static void lost_region(const head_plan *plan, size_t row, region *out) {
  size_t before = row, after = row;
  while (before > 0 && !isfinite(plan->below[before])) before--;
  while (after + 1 < plan->rows && !isfinite(plan->below[after])) after++;
  bool both = isfinite(plan->below[before]) && isfinite(plan->below[after]);
  double gap = sagitta_tracks_time(plan->tracks, after) - sagitta_tracks_time(plan->tracks, before);
  if (!both || gap > SHORT_GAP) {
    hide_all(plan, row, out);
  } else {
    out->above = fmax(plan->below[before], plan->below[after]) + 0.25 * plan->trunk;
  }
}

static bool inside(const region *r, double x, double y, bool right) {
  if (y < r->above) return true;
  if (y < r->front_above && (right ? x > r->front_x : x < r->front_x)) return true;
  for (int i = 0; i < r->circles; i++) {
    double dx = x - r->circle[i].x, dy = y - r->circle[i].y;
    if (dx * dx + dy * dy <= r->circle[i].radius * r->circle[i].radius) return true;
  }
  return false;
}

static uint32_t mean_colour(const uint8_t *pixels, int stride, int x0, int y0, int x1, int y1) {
  uint64_t red = 0, green = 0, blue = 0, count = (uint64_t)(x1 - x0) * (uint64_t)(y1 - y0);
  for (int y = y0; y < y1; y++) {
    const uint32_t *row = (const uint32_t *)(const void *)(pixels + (ptrdiff_t)y * stride);
    for (int x = x0; x < x1; x++) {
      red += row[x] >> 16 & 255;
      green += row[x] >> 8 & 255;
      blue += row[x] & 255;
    }
  }
  return (uint32_t)(red / count) << 16 | (uint32_t)(green / count) << 8 | (uint32_t)(blue / count);
}

/* Whether any of a block's corners, edges' middles or centre is inside: blocks are hidden whole. */
static bool touches(const region *r, const int box[4], double scale_x, double scale_y, bool right) {
  for (int i = 0; i < 9; i++) {
    double x = box[0] + (box[2] - box[0]) * (i % 3) / 2.0, y = box[1] + (box[3] - box[1]) * (i / 3) / 2.0;
    if (inside(r, x / scale_x, y / scale_y, right)) return true;
  }
  return false;
}

static void hide_block(uint8_t *pixels, int stride, const int box[4]) {
  uint32_t colour = mean_colour(pixels, stride, box[0], box[1], box[2], box[3]);
  for (int y = box[1]; y < box[3]; y++) {
    uint32_t *row = (uint32_t *)(void *)(pixels + (ptrdiff_t)y * stride);
    for (int x = box[0]; x < box[2]; x++) row[x] = colour;
  }
}

static void bounds(const region *r, double *x0, double *y0, double *x1, double *y1, double width) {
  *x0 = r->above > 0 ? 0 : width;
  *x1 = r->above > 0 ? width : 0;
  *y0 = r->above > 0 ? 0 : INFINITY;
  *y1 = fmax(r->above, r->front_above);
  for (int i = 0; i < r->circles; i++) {
    const circle *c = &r->circle[i];
    *x0 = fmin(*x0, c->x - c->radius);
    *x1 = fmax(*x1, c->x + c->radius);
    *y0 = fmin(*y0, c->y - c->radius);
    *y1 = fmax(*y1, c->y + c->radius);
  }
}

static int clamp_px(double value, int most) {
  return value <= 0 ? 0 : value >= most ? most : (int)value;
}

void head_hide(const head_plan *plan, size_t row, uint8_t *pixels, int width, int height, int stride, double scale_x,
               double scale_y) {
  region r = { .circles = 0 };
  if (row >= plan->rows) {
    hide_all(plan, plan->rows ? plan->rows - 1 : 0, &r);
  } else if (!seen_region(plan, row, &r)) {
    lost_region(plan, row, &r);
  }
  double x0, y0, x1, y1;
  bounds(&r, &x0, &y0, &x1, &y1, width / scale_x);
  /* Side of a block: a sixth of the trunk, so that a face is about two blocks wide and cannot be recognised. */
  int block = (int)fmax(plan->trunk * scale_y / 6, 8);
  int left = clamp_px(x0 * scale_x, width) / block * block, top = clamp_px(y0 * scale_y, height) / block * block;
  int right = clamp_px(x1 * scale_x + 1, width), bottom = clamp_px(y1 * scale_y + 1, height);
  for (int y = top; y < bottom; y += block) {
    for (int x = left; x < right; x += block) {
      int box[4] = { x, y, x + block < width ? x + block : width, y + block < height ? y + block : height };
      if (touches(&r, box, scale_x, scale_y, plan->right)) hide_block(pixels, stride, box);
    }
  }
}
