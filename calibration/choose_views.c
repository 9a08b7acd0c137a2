/* SPDX-License-Identifier: Apache-2.0 */
/* Which views of a board to use: of one size, sharp, and spread over the picture and over the ways to hold a board. */
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "calibration/lens_calibration.h"

#define EDGE_TIMES_MEDIAN 1.8  /* a view with edges this much wider than usual is blurred, */
#define EDGE_LEAST_PX     4.0  /* unless they are sharp all the same; */
#define EDGE_OF_SQUARE    0.5  /* and one whose edges take this part of a square always is */
#define OTHERS_LEAST      4    /* one in so many pictures of another size is no stray any more */
#define SAME_SHARE        0.01 /* of the picture's diagonal: corners that moved less are those of the same view */

void sg_board_view_drop(sg_board_view *view, const char *language, sagitta_view_state state, const char *english, ...) {
  va_list arguments;
  va_start(arguments, english);
  view->about.state = state;
  (void)sg_vprint(view->about.reason, sizeof view->about.reason, language, english, arguments);
  va_end(arguments);
}

size_t sg_views_in(const sg_views *views, sagitta_view_state state) {
  size_t count = 0;
  for (size_t i = 0; i < views->count; i++) count += views->list[i].about.state == state;
  return count;
}

static bool open_to_use(const sg_board_view *view) {
  return view->xy && view->about.state == SAGITTA_VIEW_USED;
}

/* ---- one size for all: a lens belongs to one camera, held one way, with one setting ---- */

static bool same_size(const sg_board_view *a, const sg_board_view *b) {
  return a->width == b->width && a->height == b->height;
}

/* Views that show the board and, unless `like` is NULL, have the size of that one. */
static size_t count_like(const sg_views *views, const sg_board_view *like) {
  size_t count = 0;
  for (size_t i = 0; i < views->count; i++) {
    const sg_board_view *view = &views->list[i];
    count += view->xy && (!like || same_size(view, like));
  }
  return count;
}

/* A view of the commonest size; the first picture that could be read where no board is to be seen. */
static const sg_board_view *commonest(const sg_views *views) {
  const sg_board_view *best = NULL;
  size_t most = 0;
  for (size_t i = 0; i < views->count; i++) {
    const sg_board_view *view = &views->list[i];
    const size_t count = view->xy ? count_like(views, view) : 0;
    if (view->width == 0 || (best && count <= most)) continue;
    best = view;
    most = count;
  }
  return best;
}

sagitta_status sg_views_settle_size(sg_views *views, sagitta_error *error) {
  const sg_board_view *usual = commonest(views);
  const size_t all = count_like(views, NULL), others = usual ? all - count_like(views, usual) : 0;
  if (!usual) return SAGITTA_OK;
  views->width = usual->width;
  views->height = usual->height;
  for (size_t i = 0; i < views->count; i++) {
    sg_board_view *view = &views->list[i];
    if (!view->xy || same_size(view, usual)) continue;
    if (others * OTHERS_LEAST >= all) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "The pictures are not all of one size: %s is %d x %d px, but %s is %d x %d px. Calibrate with "
                     "pictures of one camera, held one way, with one setting.",
                     usual->about.name, usual->width, usual->height, view->about.name, view->width, view->height);
    }
    sg_board_view_drop(view, views->language, SAGITTA_VIEW_OTHER_SIZE,
                       "it is %d x %d px, the others are %d x %d px: another camera or setting", view->width,
                       view->height, usual->width, usual->height);
  }
  return SAGITTA_OK;
}

/* ---- sharpness ---- */

/* NAN where there is none, or memory is short: nothing is then called blurred by comparison. */
static double median_edge(const sg_views *views) {
  double *edges = malloc((views->count + 1) * sizeof *edges);
  size_t count = 0;
  for (size_t i = 0; edges && i < views->count; i++) {
    if (open_to_use(&views->list[i]) && views->list[i].about.edge_px > 0) edges[count++] = views->list[i].about.edge_px;
  }
  const double median = count ? sg_upper_median(edges, count) : (double)NAN;
  free(edges);
  return median;
}

/* Side of the smallest square at the board's corners, px. */
static double square_px(const sg_board_view *view, const sagitta_board *board) {
  const size_t columns = (size_t)board->columns;
  double least = 1e9;
  for (size_t i = 0; i + columns < sg_board_corners(board); i++) {
    const double *at = view->xy + 2 * i, *below = at + 2 * columns;
    least = fmin(least, hypot(below[0] - at[0], below[1] - at[1]));
    if ((i + 1) % columns != 0) least = fmin(least, hypot(at[2] - at[0], at[3] - at[1]));
  }
  return least;
}

static void drop_blurred(sg_views *views, const sagitta_board *board) {
  const double median = median_edge(views);
  for (size_t i = 0; i < views->count; i++) {
    sg_board_view *view = &views->list[i];
    const double edge = view->about.edge_px;
    if (!open_to_use(view) || edge < EDGE_LEAST_PX) continue;
    const double square = square_px(view, board);
    if (edge > EDGE_OF_SQUARE * square) {
      sg_board_view_drop(view, views->language, SAGITTA_VIEW_BLURRED,
                         "blurred: the edges are %.1f px wide, and a square only %.0f px", edge, square);
    } else if (edge > EDGE_TIMES_MEDIAN * median) {
      sg_board_view_drop(view, views->language, SAGITTA_VIEW_BLURRED,
                         "blurred: the edges are %.1f px wide, elsewhere %.1f px", edge, median);
    }
  }
}

/* ---- spread ---- */

/* How far the outer corners moved, as a share of the diagonal. The order may start at either end of the board. */
static double difference(const sg_board_view *a, const sg_board_view *b, const sagitta_board *board, double diagonal) {
  const size_t columns = (size_t)board->columns, last = sg_board_corners(board) - 1;
  const size_t outer[4] = { 0, columns - 1, last, last + 1 - columns };
  double least = 1e9;
  for (size_t turn = 0; turn < 4; turn++) {
    double sum = 0;
    for (size_t i = 0; i < 4; i++) {
      const double *p = a->xy + 2 * outer[i], *q = b->xy + 2 * outer[(i + turn) % 4];
      sum += (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]);
    }
    least = fmin(least, sqrt(sum / 4));
  }
  return least / diagonal;
}

typedef struct choosing {
  sg_views *views;
  const sagitta_board *board;
  double diagonal;
  bool *taken;     /* one per view, as the next two */
  double *nearest; /* difference to the nearest view that was taken */
  size_t *twin;    /* which that is */
} choosing;

static void take(choosing *c, size_t at) {
  c->taken[at] = true;
  for (size_t i = 0; i < c->views->count; i++) {
    const sg_board_view *view = &c->views->list[i];
    if (!open_to_use(view) || c->taken[i]) continue;
    const double d = difference(view, &c->views->list[at], c->board, c->diagonal);
    if (d >= c->nearest[i]) continue;
    c->nearest[i] = d;
    c->twin[i] = at;
  }
}

/* The view that adds most; softer views count for less. SIZE_MAX when none adds anything. */
static size_t next_view(const choosing *c) {
  size_t best = SIZE_MAX;
  double most = 0;
  for (size_t i = 0; i < c->views->count; i++) {
    const sg_board_view *view = &c->views->list[i];
    if (!open_to_use(view) || c->taken[i] || c->nearest[i] < SAME_SHARE) continue;
    const double worth = c->nearest[i] / (1 + view->about.edge_px);
    if (worth > most) {
      most = worth;
      best = i;
    }
  }
  return best;
}

static void drop_rest(choosing *c) {
  for (size_t i = 0; i < c->views->count; i++) {
    sg_board_view *view = &c->views->list[i];
    if (!open_to_use(view) || c->taken[i]) continue;
    if (c->nearest[i] < SAME_SHARE) {
      sg_board_view_drop(view, c->views->language, SAGITTA_VIEW_SAME, "shows the board as %s does",
                         c->views->list[c->twin[i]].about.name);
    } else {
      sg_board_view_drop(view, c->views->language, SAGITTA_VIEW_ENOUGH, "adds least: there are enough views");
    }
  }
}

sagitta_status sg_views_choose(sg_views *views, const sagitta_board *board, size_t most, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  drop_blurred(views, board);
  choosing c = { .views = views, .board = board, .diagonal = hypot(views->width, views->height) };
  c.taken = calloc(views->count + 1, sizeof *c.taken);
  c.nearest = calloc(views->count + 1, sizeof *c.nearest);
  c.twin = calloc(views->count + 1, sizeof *c.twin);
  if (!c.taken || !c.nearest || !c.twin) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to choose the views.");
    goto fail;
  }
  for (size_t i = 0; i < views->count; i++) c.nearest[i] = 1e9;
  size_t at;
  for (size_t count = 0; count < most && (at = next_view(&c)) != SIZE_MAX; count++) take(&c, at);
  drop_rest(&c);
fail:
  free(c.taken);
  free(c.nearest);
  free(c.twin);
  return status;
}

/* ---- when nothing is left ---- */

sagitta_status sg_views_refuse(const sg_views *views, const sagitta_board *board, sagitta_error *error) {
  static const char *const shares[SAGITTA_VIEW_STATES] = {
    [SAGITTA_VIEW_NO_BOARD] = SG_TRANSLATABLE("without a whole board"),
    [SAGITTA_VIEW_BLURRED] = SG_TRANSLATABLE("blurred"),
    [SAGITTA_VIEW_SAME] = SG_TRANSLATABLE("the same as another"),
    [SAGITTA_VIEW_MISFIT] = SG_TRANSLATABLE("that do not fit the others"),
    [SAGITTA_VIEW_CUT_OFF] = SG_TRANSLATABLE("with the board partly out of the picture"),
    [SAGITTA_VIEW_OTHER_BOARD] = SG_TRANSLATABLE("with another board"),
    [SAGITTA_VIEW_UNREADABLE] = SG_TRANSLATABLE("that cannot be read"),
    [SAGITTA_VIEW_OTHER_SIZE] = SG_TRANSLATABLE("of another size"),
  };
  char parts[600] = "", example[SAGITTA_VIEW_TEXT + 80] = "";
  size_t at = 0;
  sagitta_view_state commonest = SAGITTA_VIEW_USED;
  for (int state = 1; state < SAGITTA_VIEW_STATES && at < sizeof parts; state++) {
    const size_t count = shares[state] ? sg_views_in(views, (sagitta_view_state)state) : 0;
    if (!count) continue;
    if (commonest == SAGITTA_VIEW_USED || count > sg_views_in(views, commonest)) commonest = (sagitta_view_state)state;
    at += (size_t)snprintf(parts + at, sizeof parts - at, "%s%zu %s", at ? ", " : ": ", count,
                           sg_say(sg_error_language(error), shares[state]));
  }
  for (size_t i = 0; i < views->count && commonest != SAGITTA_VIEW_USED && !*example; i++) {
    const sagitta_lens_view *view = &views->list[i].about;
    if (view->state != commonest) continue;
    (void)sg_print(example, sizeof example, sg_error_language(error), " For example %s: %s.", view->name, view->reason);
  }
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT,
      "A lens needs at least %d different, sharp views of the whole board (%d x %d inner corners), better 10 "
      "to 20; of %zu, %zu can be used%s.%s Hold the board still and fully in the picture, turned another way "
      "in each view.",
      SG_VIEWS_FEWEST, board->columns, board->rows, views->count, sg_views_in(views, SAGITTA_VIEW_USED), parts,
      example);
}
