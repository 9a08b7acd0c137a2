/* SPDX-License-Identifier: Apache-2.0 */
#include "calibration/board.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"

#define REACH_SHARE    0.35 /* of the distance to the nearest corner; */
#define REACH_LEAST_PX 2.0
#define REACH_MOST_PX  16.0

/* Squares between a board's outermost corners and the picture's border: with less, more corners may lie beyond it. Of a
 * board that is seen in part, the outermost that show are often not found. */
#define ROOM_OF_WHOLE 1.6
#define ROOM_OF_PART  2.2

/* Profiles across the board's edges. */
#define STEPS        48  /* samples of a profile, from the middle of one square to that of the next */
#define LANES        3   /* profiles side by side that are averaged, against noise */
#define LANE_SHARE   0.1 /* of the edge's length, from one lane to the next */
#define LEVEL_STEPS  8   /* at either end, whose mean is the square's own light */
#define RISE_FROM    0.1
#define RISE_TO      0.9
#define CONTRAST_MIN 8.0 /* of 255: an edge with less tells nothing */

/* ---- luma ---- */

/* The luma samples of one row of a frame. */
typedef struct luma_row {
  const uint8_t *at;
  size_t step; /* bytes */
  int down;    /* right shift to 8 bits */
  bool words;
} luma_row;

static luma_row row_of(const sagitta_frame *frame, int y) {
  const bool packed = frame->layout == SAGITTA_LAYOUT_YUYV || frame->layout == SAGITTA_LAYOUT_UYVY;
  const bool words = frame->bits > 8;
  const uint8_t *at = frame->plane[0] + (ptrdiff_t)y * frame->stride[0];
  return (luma_row){ frame->layout == SAGITTA_LAYOUT_UYVY ? at + 1 : at, packed || words ? 2 : 1,
                     words ? frame->shift + frame->bits - 8 : 0, words };
}

static uint8_t sample(luma_row row, int x) {
  const uint8_t *at = row.at + (size_t)x * row.step;
  if (!row.words) return *at;
  uint16_t word;
  memcpy(&word, at, sizeof word);
  return (uint8_t)(word >> row.down);
}

sagitta_status sg_luma_take(sg_luma *luma, const sagitta_frame *frame, const sagitta_input_info *info,
                            sagitta_error *error) {
  const size_t width = (size_t)frame->width, height = (size_t)frame->height;
  void *pixels = luma->pixels;
  if (!sg_reserve(&pixels, &luma->capacity, width * height, 1)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for a picture of %zu x %zu px.", width, height);
  }
  luma->pixels = pixels;
  luma->width = frame->width;
  luma->height = frame->height;
  luma->time_s = frame->time_s;
  luma->index = frame->index;
  memcpy(luma->upright, info->upright, sizeof luma->upright);
  for (int y = 0; y < frame->height; y++) {
    const luma_row row = row_of(frame, y);
    uint8_t *to = luma->pixels + (size_t)y * width;
    for (int x = 0; x < frame->width; x++) to[x] = sample(row, x);
  }
  return SAGITTA_OK;
}

void sg_luma_free(sg_luma *luma) {
  free(luma->pixels);
  *luma = (sg_luma){ 0 };
}

double sg_luma_detail(const sagitta_frame *frame) {
  double sum = 0;
  for (int y = 0; y < frame->height; y += 4) {
    const luma_row row = row_of(frame, y);
    for (int x = 2; x < frame->width; x++) {
      const int change = sample(row, x) - sample(row, x - 2);
      sum += change * change;
    }
  }
  return sum;
}

static sg_grey grey_of(const sg_luma *luma) {
  return (sg_grey){ luma->pixels, luma->width, luma->height, luma->width };
}

/* ---- the board ---- */

const char *sg_board_fault(const sagitta_board *b) {
  if (b->columns < SAGITTA_BOARD_LEAST || b->rows < SAGITTA_BOARD_LEAST || b->columns > SAGITTA_BOARD_MOST ||
      b->rows > SAGITTA_BOARD_MOST) {
    return SG_TRANSLATABLE("A board has 3 to 40 inner corners either way: 10 x 7 squares have 9 x 6 of them");
  }
  if (!(b->square_cm >= 0.1 && b->square_cm <= 200))
    return SG_TRANSLATABLE("A square of the board must measure 1 mm to 2 m");
  return NULL;
}

size_t sg_board_corners(const sagitta_board *board) {
  return (size_t)board->columns * (size_t)board->rows;
}

void sg_board_object(const sagitta_board *board, double *xy_cm) {
  for (int row = 0, i = 0; row < board->rows; row++) {
    for (int column = 0; column < board->columns; column++, i++) {
      xy_cm[2 * i] = column * board->square_cm;
      xy_cm[2 * i + 1] = row * board->square_cm;
    }
  }
}

/* ---- how sharp its edges are: how far they take to rise, across the middle of each edge between two squares ---- */

typedef struct point {
  double x, y;
} point;

/* Bilinear, at a place in px whose (0, 0) is the outer corner of the first pixel. */
static double light_at(const sg_luma *luma, point p) {
  const double x = fmin(fmax(p.x - 0.5, 0), luma->width - 1.001), y = fmin(fmax(p.y - 0.5, 0), luma->height - 1.001);
  const int column = (int)x, row = (int)y;
  const double u = x - column, v = y - row;
  const uint8_t *at = luma->pixels + (size_t)row * (size_t)luma->width + column, *below = at + luma->width;
  return (1 - v) * ((1 - u) * at[0] + u * at[1]) + v * ((1 - u) * below[0] + u * below[1]);
}

/* Where a profile that rises first reaches `level`, in steps. */
static double reach(const double *profile, double level) {
  for (int i = 0; i + 1 < STEPS; i++) {
    if (profile[i] <= level && profile[i + 1] > level) return i + (level - profile[i]) / (profile[i + 1] - profile[i]);
  }
  return NAN;
}

/* The rise of a profile in steps; NAN where there is no edge in it. */
static double rise(double *profile) {
  double low = 0, high = 0;
  for (int i = 0; i < LEVEL_STEPS; i++) {
    low += profile[i] / LEVEL_STEPS;
    high += profile[STEPS - 1 - i] / LEVEL_STEPS;
  }
  if (fabs(high - low) < CONTRAST_MIN) return NAN;
  for (int i = 0; i < STEPS; i++) profile[i] = (profile[i] - low) / (high - low);
  return reach(profile, RISE_TO) - reach(profile, RISE_FROM);
}

/* The rise in px across the edge from a to b; `half` leads from its middle to that of the square beside it. */
static double edge_width(const sg_luma *luma, point a, point b, point half) {
  double profile[STEPS];
  const point middle = { (a.x + b.x) / 2, (a.y + b.y) / 2 };
  for (int i = 0; i < STEPS; i++) {
    const double across = 2 * (i + 0.5) / STEPS - 1;
    profile[i] = 0;
    for (int lane = 0; lane < LANES; lane++) {
      const double along = LANE_SHARE * (lane - (LANES - 1) / 2.0);
      const point at = { middle.x + across * half.x + along * (b.x - a.x),
                         middle.y + across * half.y + along * (b.y - a.y) };
      profile[i] += light_at(luma, at) / LANES;
    }
  }
  /* Across the edge alone, where the squares are seen askew. */
  const double length = hypot(b.x - a.x, b.y - a.y);
  const double square = fabs(half.x * (b.y - a.y) - half.y * (b.x - a.x)) / fmax(length, 1e-9);
  return rise(profile) * 2 * square / STEPS;
}

double sg_board_edge(const sg_luma *luma, const sagitta_board *board, const double *xy) {
  const int columns = board->columns, rows = board->rows;
  double sum = 0;
  int count = 0;
  for (int i = 0; i < columns * rows; i++) {
    /* The edge to the next corner in the row, then in the column; the other direction goes across it. */
    for (int turn = 0; turn < 2; turn++) {
      const int step = turn ? columns : 1, other = turn ? 1 : columns;
      const int place = turn ? i / columns : i % columns, beside = turn ? i % columns : i / columns;
      if (place + 1 >= (turn ? rows : columns) || beside == 0 || beside + 1 >= (turn ? columns : rows)) continue;
      const point a = { xy[2 * i], xy[2 * i + 1] }, b = { xy[2 * (i + step)], xy[2 * (i + step) + 1] };
      const double *before = xy + 2 * (i - other), *after = xy + 2 * (i + other);
      const double width = edge_width(luma, a, b, (point){ (after[0] - before[0]) / 4, (after[1] - before[1]) / 4 });
      if (!isfinite(width)) continue;
      sum += width;
      count++;
    }
  }
  return count ? sum / count : 0;
}

/* ---- finding it ---- */

static void to_upright(const sg_luma *luma, double *x, double *y) {
  const double *m = luma->upright, u = *x, v = *y;
  *x = m[0] * u + m[1] * v + m[2];
  *y = m[3] * u + m[4] * v + m[5];
}

static void turn_upright(const sg_luma *luma, double *xy, size_t count) {
  for (size_t i = 0; i < count; i++) to_upright(luma, &xy[2 * i], &xy[2 * i + 1]);
}

/* OpenCV lists the rows from either end: put them so that rows and columns turn clockwise. */
static void unmirror(double *xy, const sagitta_board *board) {
  const size_t columns = (size_t)board->columns, rows = (size_t)board->rows;
  const double *first = xy, *right = xy + 2 * (columns - 1), *below = xy + 2 * columns * (rows - 1);
  const double turn = (right[0] - first[0]) * (below[1] - first[1]) - (right[1] - first[1]) * (below[0] - first[0]);
  if (turn >= 0) return;
  for (size_t row = 0; row < rows; row++) {
    for (size_t i = row * columns, j = i + columns - 1; i < j; i++, j--) {
      for (size_t c = 0; c < 2; c++) {
        const double kept = xy[2 * i + c];
        xy[2 * i + c] = xy[2 * j + c];
        xy[2 * j + c] = kept;
      }
    }
  }
}

/* Half the side of the window in which a corner is measured: it must not reach the neighbouring corners' edges. */
static int reach_of(const double *xy, const sagitta_board *board) {
  const size_t columns = (size_t)board->columns, corners = sg_board_corners(board);
  double nearest = 1e9;
  for (size_t i = 0; i < corners; i++) {
    const double *at = xy + 2 * i, *below = at + 2 * columns;
    if ((i + 1) % columns != 0) nearest = fmin(nearest, hypot(at[2] - at[0], at[3] - at[1]));
    if (i + columns < corners) nearest = fmin(nearest, hypot(below[0] - at[0], below[1] - at[1]));
  }
  return (int)fmax(REACH_LEAST_PX, fmin(REACH_MOST_PX, REACH_SHARE * nearest));
}

/* Look once, as hard as `effort` says. Only short memory is a failure. */
static sagitta_status try_find(const sg_luma *luma, const sagitta_board *board, sg_effort effort, sg_found_board *out) {
  const sg_grey picture = grey_of(luma);
  double *xy = out->xy;
  sagitta_status status = sg_opencv_find_board(&picture, board->columns, board->rows, effort, xy, &out->found);
  if (status == SAGITTA_OK && out->found) {
    status = sg_opencv_refine(&picture, xy, sg_board_corners(board), reach_of(xy, board));
  }
  if (status == SAGITTA_OK && out->found) out->edge_px = sg_board_edge(luma, board, xy);
  return status == SAGITTA_ERROR_MEMORY ? status : SAGITTA_OK;
}

sagitta_status sg_board_find(const sg_luma *luma, const sagitta_board *board, bool quick, sg_found_board *out,
                             sagitta_error *error) {
  const size_t corners = sg_board_corners(board);
  const sg_effort efforts[2] = { quick ? SG_EFFORT_QUICK : SG_EFFORT_CLASSIC, SG_EFFORT_SECTOR };
  *out = (sg_found_board){ .xy = malloc(2 * corners * sizeof *out->xy) };
  sagitta_status status = out->xy ? SAGITTA_OK : SAGITTA_ERROR_MEMORY;
  for (int i = 0; i < (quick ? 1 : 2) && status == SAGITTA_OK && !out->found; i++) {
    status = try_find(luma, board, efforts[i], out);
  }
  if (status == SAGITTA_OK && out->found) {
    turn_upright(luma, out->xy, corners);
    unmirror(out->xy, board);
    return SAGITTA_OK;
  }
  free(out->xy);
  *out = (sg_found_board){ NULL, 0, false };
  return status == SAGITTA_OK ? status : sg_fail(error, status, "Not enough memory to look for the board.");
}

/* ---- what is there instead ---- */

static void sort_sides(int *longer, int *shorter) {
  if (*longer >= *shorter) return;
  const int kept = *longer;
  *longer = *shorter;
  *shorter = kept;
}

/* Whether a board of this size is to be seen, and the box around its corners. */
static bool shows(const sg_grey *picture, int columns, int rows, double box[4]) {
  const size_t corners = (size_t)columns * (size_t)rows;
  double *xy = malloc(2 * corners * sizeof *xy);
  bool found = false;
  if (xy && sg_opencv_find_board(picture, columns, rows, SG_EFFORT_QUICK, xy, &found) != SAGITTA_OK) found = false;
  box[0] = box[1] = 1e9;
  box[2] = box[3] = -1e9;
  for (size_t i = 0; found && i < corners; i++) {
    box[0] = fmin(box[0], xy[2 * i]);
    box[1] = fmin(box[1], xy[2 * i + 1]);
    box[2] = fmax(box[2], xy[2 * i]);
    box[3] = fmax(box[3], xy[2 * i + 1]);
  }
  free(xy);
  return found;
}

/* Sizes by which people miscount: squares for corners, one row too many or too few. */
static bool seen_near(const sg_luma *luma, const sagitta_board *board, int *longer, int *shorter, double box[4]) {
  static const int by[][2] = { { -1, -1 }, { 1, 1 }, { -1, 0 }, { 0, -1 }, { 1, 0 }, { 0, 1 } };
  const sg_grey picture = grey_of(luma);
  for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
    *longer = board->columns + by[i][0];
    *shorter = board->rows + by[i][1];
    if (*longer < SAGITTA_BOARD_LEAST || *shorter < SAGITTA_BOARD_LEAST) continue;
    if (!shows(&picture, *longer, *shorter, box)) continue;
    sort_sides(longer, shorter);
    return true;
  }
  return false;
}

static bool seen_size(const sg_luma *luma, int *longer, int *shorter, double box[4]) {
  const sg_grey picture = grey_of(luma);
  if (sg_opencv_board_size(&picture, longer, shorter, box) != SAGITTA_OK || *longer < 1) return false;
  sort_sides(longer, shorter);
  return true;
}

bool sg_board_larger(const sg_luma *luma, const sagitta_board *board, int *columns, int *rows) {
  double box[4];
  int asked_long = board->columns, asked_short = board->rows;
  sort_sides(&asked_long, &asked_short);
  return seen_size(luma, columns, rows, box) && *columns >= asked_long && *rows >= asked_short &&
         *columns + *rows > asked_long + asked_short;
}

sagitta_status sg_board_refuse_size(const sagitta_board *board, int columns, int rows, sagitta_error *error) {
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The board in the picture has %d x %d inner corners, not %d x %d: count the places where four squares "
                 "meet, and give that as the board.",
                 columns, rows, board->columns, board->rows);
}

sagitta_view_state sg_board_explain(const sg_luma *luma, const sagitta_board *board, const char *language,
                                    char reason[SAGITTA_VIEW_TEXT]) {
  int longer, shorter, asked_long = board->columns, asked_short = board->rows;
  double box[4];
  sort_sides(&asked_long, &asked_short);
  bool whole = seen_near(luma, board, &longer, &shorter, box);
  if (!whole) {
    if (!seen_size(luma, &longer, &shorter, box)) {
      (void)sg_print(reason, SAGITTA_VIEW_TEXT, language, "no chessboard is to be seen in full");
      return SAGITTA_VIEW_NO_BOARD;
    }
    double around[4];
    const sg_grey picture = grey_of(luma);
    whole = shows(&picture, longer, shorter, around);
  }
  const double square = fmax((box[2] - box[0]) / longer, (box[3] - box[1]) / longer);
  const double room = fmin(fmin(box[0], box[1]), fmin(luma->width - box[2], luma->height - box[3])) / square;
  const bool smaller = longer <= asked_long && shorter <= asked_short;
  const bool same = longer == asked_long && shorter == asked_short;
  if (smaller && !same && room < (whole ? ROOM_OF_WHOLE : ROOM_OF_PART)) {
    (void)sg_print(reason, SAGITTA_VIEW_TEXT, language,
                   "only %d x %d of the board's %d x %d inner corners are to be seen: part of it is out of the picture",
                   longer, shorter, asked_long, asked_short);
    return SAGITTA_VIEW_CUT_OFF;
  }
  if (same) {
    (void)sg_print(reason, SAGITTA_VIEW_TEXT, language,
                   "the board is to be seen, but too faintly or unevenly lit to be measured");
    return SAGITTA_VIEW_NO_BOARD;
  }
  const bool other = whole || !smaller;
  (void)sg_print(reason, SAGITTA_VIEW_TEXT, language, "it shows %d x %d inner corners instead of %d x %d: %s", longer,
                 shorter, asked_long, asked_short,
                 other ? sg_say(language, "count the places where four squares meet, not the squares")
                       : sg_say(language, "part of the board is covered, or it is another board"));
  return other ? SAGITTA_VIEW_OTHER_BOARD : SAGITTA_VIEW_NO_BOARD;
}
