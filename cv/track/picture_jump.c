/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A camera that is knocked moves everything at once, as one picture. What association expects of markers that are not
 * seen, and of things that are none, goes along: a marker that left the picture then is not sought where it was, in
 * another thing of its colour. The similarity is sought through every two markers (Fischler and Bolles,
 * Communications of the ACM 1981;24:381) and has to explain most of what was seen.
 */
#include <math.h>

#include "base/similar.h"
#include "track/associate.h"

#define LEAST_SHARE 0.015 /* of the picture's height: a jump is farther … */
#define LEAST_PX    2.0   /* … and than this */
/* So near to where the jump brings it a thing is explained, in px, in shares of the picture's height (limbs move at the
 * same time) and of the way (a camera that turns aside spreads the picture's edges). */
#define NEAR_PX     2.0
#define NEAR_SHARE  0.01
#define NEAR_WAY    0.15
#define FAR_SHARE   0.05 /* of the picture's height: so far at the least, for somebody may step aside */
#define MOST_SHARE  0.4  /* of the picture's height: a jump is no farther */
#define SIZES       1.35 /* a thing does not grow more */
#define LEAST_SCALE 0.8
#define MOST_SCALE  1.25
#define MOST_TURN   0.4 /* sine */
#define EXPLAINED   0.6 /* of what was seen and is in the picture still */
#define LEAST       3   /* things */

typedef struct pictures {
  const sg_detection *from, *to;
  size_t from_count, to_count;
  double height; /* px */
} pictures;

static double x_of(const sg_detection *d) {
  return d->x * 1e-4;
}

static double y_of(const sg_detection *d) {
  return d->y * 1e-4;
}

static bool may_be(const sg_detection *a, const sg_detection *b) {
  const double ratio = (double)(a->diameter > b->diameter ? a->diameter / b->diameter : b->diameter / a->diameter);
  return a->colour == b->colour && ratio < SIZES;
}

/* The thing of the second picture that is nearest to a place and may be `is`, within `limit` px; NULL = none. */
static const sg_detection *nearest(const pictures *p, const sg_detection *is, double x, double y, double limit) {
  const sg_detection *found = NULL;
  double least = limit * limit;
  for (size_t i = 0; i < p->to_count; i++) {
    const double dx = x_of(&p->to[i]) - x, dy = y_of(&p->to[i]) - y;
    if (dx * dx + dy * dy >= least || !may_be(is, &p->to[i])) continue;
    least = dx * dx + dy * dy;
    found = &p->to[i];
  }
  return found;
}

/* Half of what was seen, or more, is about where it was. */
static bool stays(const pictures *p) {
  const double limit = fmax(LEAST_PX, LEAST_SHARE * p->height);
  size_t still = 0;
  for (size_t i = 0; i < p->from_count; i++) {
    still += nearest(p, &p->from[i], x_of(&p->from[i]), y_of(&p->from[i]), limit) != NULL;
  }
  return 2 * still >= p->from_count;
}

/* The similarity that brings two things of the first picture to two of the second. */
static bool through_two(const sg_detection *const a[2], const sg_detection *const b[2], sg_similar *s) {
  const double ux = x_of(a[1]) - x_of(a[0]), uy = y_of(a[1]) - y_of(a[0]);
  const double vx = x_of(b[1]) - x_of(b[0]), vy = y_of(b[1]) - y_of(b[0]);
  const double square = ux * ux + uy * uy;
  if (!(square > 1)) return false;
  *s = (sg_similar){ .a = (ux * vx + uy * vy) / square,
                     .b = (ux * vy - uy * vx) / square,
                     .from = { x_of(a[0]), y_of(a[0]) },
                     .to = { x_of(b[0]), y_of(b[0]) } };
  const double scale = sqrt(s->a * s->a + s->b * s->b);
  return scale > LEAST_SCALE && scale < MOST_SCALE && s->b * s->b < MOST_TURN * MOST_TURN * scale * scale;
}

/* What it explains, of which up to SG_SIMILAR_MOST go into `places`. */
static size_t explained(const pictures *p, const sg_similar *s, sg_similar_places *places) {
  size_t count = 0;
  places->n = 0;
  for (size_t i = 0; i < p->from_count; i++) {
    const double x = x_of(&p->from[i]), y = y_of(&p->from[i]);
    double to[2];
    sg_similar_move(s, x, y, to);
    const double way = sqrt((to[0] - x) * (to[0] - x) + (to[1] - y) * (to[1] - y));
    const sg_detection *is = nearest(p, &p->from[i], to[0], to[1], NEAR_PX + NEAR_SHARE * p->height + NEAR_WAY * way);
    if (!is) continue;
    count++;
    if (places->n == SG_SIMILAR_MOST) continue;
    places->from[places->n][0] = x;
    places->from[places->n][1] = y;
    places->to[places->n][0] = x_of(is);
    places->to[places->n++][1] = y_of(is);
  }
  return count;
}

/* Every way to bring two markers to two things of the second picture; the places of the one that explains most. */
static size_t seek(const pictures *p, const sg_detection *const a[2], size_t most, sg_similar_places *best) {
  const double farthest = MOST_SHARE * p->height;
  for (size_t i = 0; i < p->to_count; i++) {
    const double dx = x_of(&p->to[i]) - x_of(a[0]), dy = y_of(&p->to[i]) - y_of(a[0]);
    if (!may_be(a[0], &p->to[i]) || dx * dx + dy * dy > farthest * farthest) continue;
    for (size_t j = 0; j < p->to_count; j++) {
      const sg_detection *const b[2] = { &p->to[i], &p->to[j] };
      sg_similar_places places;
      sg_similar s;
      if (i == j || !may_be(a[1], b[1]) || !through_two(a, b, &s)) continue;
      const size_t count = explained(p, &s, &places);
      if (count <= most) continue;
      most = count;
      *best = places;
    }
  }
  return most;
}

/* How many things would still be in the picture, as far as its height tells. */
static size_t still_inside(const pictures *p, const sg_similar *jump) {
  size_t count = 0;
  for (size_t i = 0; i < p->from_count; i++) {
    double to[2];
    sg_similar_move(jump, x_of(&p->from[i]), y_of(&p->from[i]), to);
    count += to[0] >= 0 && to[1] >= 0 && to[1] <= p->height;
  }
  return count;
}

bool sg_picture_jump(const sg_detections *detections, size_t from, size_t to, const int *chosen, double height,
                     sg_similar *jump) {
  pictures p = { .height = height };
  sg_similar_places best = { .n = 0 };
  size_t most = 0;
  p.from = sg_detections_of(detections, from, &p.from_count);
  p.to = sg_detections_of(detections, to, &p.to_count);
  if (p.from_count < LEAST || p.to_count < LEAST || stays(&p)) return false;
  for (int r = 0; r < SAGITTA_HAND; r++) {
    for (int q = r + 1; q < SAGITTA_HAND; q++) {
      if (chosen[r] < 0 || chosen[q] < 0) continue;
      const sg_detection *const a[2] = { &p.from[chosen[r]], &p.from[chosen[q]] };
      most = seek(&p, a, most, &best);
    }
  }
  if (most < LEAST || !sg_similar_fit(&best, jump) || jump->went < FAR_SHARE * height) return false;
  return (double)most >= EXPLAINED * (double)still_inside(&p, jump);
}

void sg_associate_jump(sg_associator *as, const sg_similar *jump) {
  const double scale = sqrt(jump->a * jump->a + jump->b * jump->b);
  double to[2];
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    sg_target_state *s = &as->now[r];
    sg_similar_move(jump, s->x, s->y, to);
    s->x = to[0];
    s->y = to[1];
    s->carried = true;
  }
  for (int i = 0; i < as->distractor_count; i++) {
    sg_distractor *d = &as->distractor[i];
    sg_similar_move(jump, d->x, d->y, to);
    d->x = to[0];
    d->y = to[1];
  }
  for (int i = 0; i < SG_SPACINGS; i++) as->spacing_px[i] *= scale;
}
