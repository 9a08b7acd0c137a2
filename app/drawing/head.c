/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "drawing/backdrop.h"
#include "drawing/head_place.h"
#include "drawing/shown_frame.h"
#include "drawing/soften.h"
#include "drawing/surroundings.h"

/* In trunk lengths (hip point to acromion, about 50 cm): the crown is 0.63 above the acromion, the face 0.25 before
 * the neck's line; the rest is margin for hair, a reaching shoulder and a bent neck. */
#define HEAD_NEAR    0.22
#define HEAD_FAR     0.46
#define HEAD_RADIUS  0.36
#define HEAD_REACH   (HEAD_FAR + HEAD_RADIUS)
#define HIP_TO_CROWN 1.35 /* folded flat: the crown this far below the hip */
#define CIRCLES_MAX  12
/* What is spared: so far before the trunk's line, and around the acromion. A head of 0.23, with its neck bent by 75°
 * and the acromion slid 0.1 before the neck, ends 0.056 before that line. */
#define SPARED_BEFORE 0.05
#define SPARED_AROUND 0.055
#define HEAD_EDGE     0.03
/* The background: from the edge of the person's surroundings to where nothing can be recognised. */
#define BACKGROUND_EDGE 0.125
#define BACKGROUND_STEP 0.05
#define CELL            0.05 /* what is told to move: two of them are an arm */
#define SHORT_GAP       0.5  /* s in which nobody bends from standing to the floor */

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
  bool keep_background;
  double trunk; /* px */
  surrounded person;
  backdrop still;
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
static void add_fan(const head_plan *plan, const moved_cells *moved, region *to, sagitta_sample shoulder,
                    sagitta_sample hip) {
  double side = plan->right ? 1 : -1;
  double lean = side * atan2(shoulder.x - hip.x, hip.y - shoulder.y) * (180 / M_PI);
  double bent = fmin(fmax(lean, 0) / 90, 1);
  /* Forwards is towards the side that is faced, so that the range is the other way round in who faces left. */
  const double back = side * (lean - 25 - 15 * bent), front = side * (lean + 60 + 25 * bent);
  head_range range = { fmin(back, front), fmax(back, front) };
  if (moved) (void)head_find(moved, shoulder.x, shoulder.y, plan->trunk, &range);
  for (int i = 0; i <= 5; i++) {
    double angle = (range.from + (range.until - range.from) * i / 5) * (M_PI / 180);
    add_circle(to, shoulder.x + HEAD_FAR * plan->trunk * sin(angle), shoulder.y - HEAD_FAR * plan->trunk * cos(angle),
               HEAD_RADIUS * plan->trunk);
  }
  for (int i = -1; i <= 1; i++) {
    double angle = side * (lean + 30 * i) * (M_PI / 180);
    add_circle(to, shoulder.x + HEAD_NEAR * plan->trunk * sin(angle), shoulder.y - HEAD_NEAR * plan->trunk * cos(angle),
               0.7 * HEAD_RADIUS * plan->trunk);
  }
}

static bool seen_region(const head_plan *plan, const moved_cells *moved, size_t row, region *out) {
  *out = (region){ .circles = 0 };
  sagitta_sample shoulder = sagitta_tracks_get(plan->tracks, row, SAGITTA_SHOULDER);
  sagitta_sample hip = sagitta_tracks_get(plan->tracks, row, SAGITTA_HIP);
  if (!there(shoulder)) return false;
  if (there(hip)) {
    add_fan(plan, moved, out, shoulder, hip);
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
    plan->below[i] = seen_region(plan, NULL, i, &r) ? lower_edge(&r) : NAN;
    if (isfinite(plan->below[i])) plan->lowest = fmax(plan->lowest, plan->below[i]);
  }
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  if (!(plan->lowest > 0)) plan->lowest = info->height;
  plan->person = (surrounded){ tracks, plan->trunk, facing_right ? 1 : -1, surroundings_lying(tracks) };
  backdrop_begin(&plan->still, CELL * plan->trunk, info->width, info->height);
  return plan;
}

/* Mean square of what the markers that both rows know moved by, px². */
static double apart(const head_plan *plan, size_t a, size_t b) {
  double sum = 0;
  int count = 0;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const sagitta_sample one = sagitta_tracks_get(plan->tracks, a, (sagitta_role)role);
    const sagitta_sample other = sagitta_tracks_get(plan->tracks, b, (sagitta_role)role);
    if (!there(one) || !there(other)) continue;
    sum += (one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y);
    count++;
  }
  return count ? sum / count : 0;
}

size_t head_plan_farthest(const head_plan *plan, size_t row) {
  size_t farthest = row;
  double most = 0;
  for (size_t i = 0; i < plan->rows; i++) {
    const double now = apart(plan, row, i);
    if (now <= most) continue;
    most = now;
    farthest = i;
  }
  return farthest;
}

/* The row from `from` to `until` in which the markers are nearest to half way. */
static size_t halfway(const head_plan *plan, size_t from, size_t until) {
  size_t found = from;
  double least = INFINITY;
  for (size_t i = from; i <= until && i < plan->rows; i++) {
    const double now = fmax(apart(plan, from, i), apart(plan, i, until));
    if (now >= least) continue;
    least = now;
    found = i;
  }
  return found;
}

size_t head_plan_between(const head_plan *plan, size_t from, size_t until, size_t row[HEAD_PLAN_BETWEEN]) {
  const size_t first = from < until ? from : until, last = from < until ? until : from;
  const size_t middle = halfway(plan, first, last);
  const size_t place[HEAD_PLAN_BETWEEN] = { halfway(plan, first, middle), middle, halfway(plan, middle, last) };
  size_t count = 0;
  for (size_t i = 0; i < HEAD_PLAN_BETWEEN; i++) {
    if (place[i] > (count ? row[count - 1] : first) && place[i] < last) row[count++] = place[i];
  }
  return count;
}

bool head_plan_learn(head_plan *plan, uint8_t *pixels, int width, int height, int stride) {
  return backdrop_add(&plan->still, &(soft_picture){ pixels, width, height, stride });
}

void head_plan_keep_background(head_plan *plan) {
  plan->keep_background = true;
}

void head_plan_free(head_plan **plan) {
  if (!*plan) return;
  backdrop_release(&(*plan)->still);
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

/* ---- in a picture ---- */

/* What one picture is asked: its scale, and where the head and the rest of the person are. */
typedef struct seen {
  const head_plan *plan;
  double scale_x, scale_y;
  region head;
  surroundings person;
  bool upright;            /* shoulder and hip are known in this very row: */
  double x, y, up_x, up_y; /* px of the tracks: the acromion; unit vector of the trunk, from the hip on */
} seen;

static double outside_head(const void *of, double x, double y) {
  const seen *s = of;
  const region *r = &s->head;
  double px = x / s->scale_x, py = y / s->scale_y, least = r->above > 0 ? py - r->above : INFINITY;
  if (r->front_above > 0) {
    least = fmin(least, fmax(py - r->front_above, s->plan->right ? r->front_x - px : px - r->front_x));
  }
  for (int i = 0; i < r->circles; i++) {
    least = fmin(least, hypot(px - r->circle[i].x, py - r->circle[i].y) - r->circle[i].radius);
  }
  return least * s->scale_y;
}

/* No head is on the trunk's line or behind it before the acromion, nor at the acromion itself: the back, the shoulder
 * and the hip stay to be seen. */
static bool on_the_back(const void *of, double x, double y) {
  const seen *s = of;
  const double dx = x / s->scale_x - s->x, dy = y / s->scale_y - s->y, trunk = s->plan->trunk;
  if (!s->upright) return false;
  const double along = dx * s->up_x + dy * s->up_y;
  const double forward = (s->plan->right ? 1 : -1) * (dy * s->up_x - dx * s->up_y);
  return (along <= 0 && forward <= SPARED_BEFORE * trunk) || hypot(dx, dy) <= SPARED_AROUND * trunk;
}

/* Soft whole from BACKGROUND_EDGE outside of the person on, and not at all within: an edge is 2.5 steps wide at most.
 */
static double outside_background(const void *of, double x, double y) {
  const seen *s = of;
  const double out = surroundings_outside(&s->person, x / s->scale_x, y / s->scale_y) * s->scale_y;
  return BACKGROUND_EDGE * s->plan->trunk * s->scale_y - out;
}

static seen look(const head_plan *plan, const moved_cells *moved, size_t row, double scale_x, double scale_y) {
  seen s = { .plan = plan, .scale_x = scale_x, .scale_y = scale_y };
  surroundings_of(&s.person, &plan->person, row, moved);
  if (row >= plan->rows) {
    hide_all(plan, plan->rows ? plan->rows - 1 : 0, &s.head);
    return s;
  }
  if (!seen_region(plan, moved, row, &s.head)) {
    lost_region(plan, row, &s.head);
    return s;
  }
  const sagitta_sample shoulder = sagitta_tracks_get(plan->tracks, row, SAGITTA_SHOULDER);
  const sagitta_sample hip = sagitta_tracks_get(plan->tracks, row, SAGITTA_HIP);
  const double length = hypot(shoulder.x - hip.x, shoulder.y - hip.y);
  if (!there(hip) || !(length > 0)) return s;
  s.upright = true;
  s.x = shoulder.x;
  s.y = shoulder.y;
  s.up_x = (shoulder.x - hip.x) / length;
  s.up_y = (shoulder.y - hip.y) / length;
  return s;
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

static bool soften_head(const seen *s, const soft_picture *picture) {
  const double size = s->plan->trunk * s->scale_y, step = fmax(HEAD_EDGE * size, 2), room = 3 * step;
  double x0, y0, x1, y1;
  bounds(&s->head, &x0, &y0, &x1, &y1, picture->width / s->scale_x);
  return soften(picture, &(softening){ .block = fmax(size / 6, 8), /* a face is about two of them wide */
                                       .step = step,
                                       .left = clamp_px(x0 * s->scale_x - room, picture->width),
                                       .top = clamp_px(y0 * s->scale_y - room, picture->height),
                                       .right = clamp_px(x1 * s->scale_x + room + 1, picture->width),
                                       .bottom = clamp_px(y1 * s->scale_y + room + 1, picture->height),
                                       .outside = outside_head,
                                       .spared = on_the_back,
                                       .of = s });
}

/* Others may stand nearer to the camera than the person, and their faces be larger: coarser than for the head. */
static bool soften_background(const seen *s, const soft_picture *picture) {
  const double size = s->plan->trunk * s->scale_y;
  return soften(picture, &(softening){ .block = fmax(size / 4, 8),
                                       .step = fmax(BACKGROUND_STEP * size, 2),
                                       .right = picture->width,
                                       .bottom = picture->height,
                                       .outside = outside_background,
                                       .of = s });
}

bool head_hide(const head_plan *plan, size_t row, uint8_t *pixels, int width, int height, int stride, double scale_x,
               double scale_y) {
  const soft_picture picture = { pixels, width, height, stride };
  moved_cells moved;
  bool short_of_memory = false;
  moved_cells_find(&moved, &plan->still, &picture, &short_of_memory);
  const seen s = look(plan, &moved, row, scale_x, scale_y);
  moved_cells_release(&moved);
  const bool background = plan->keep_background || soften_background(&s, &picture);
  return soften_head(&s, &picture) && background && !short_of_memory;
}
