/* SPDX-License-Identifier: Apache-2.0 */
#include "base/similar.h"

#include <math.h>

#define LEAST 3

void sg_similar_move(const sg_similar *s, double x, double y, double to[2]) {
  const double u = x - s->from[0], v = y - s->from[1];
  to[0] = s->a * u - s->b * v + s->to[0];
  to[1] = s->b * u + s->a * v + s->to[1];
}

bool sg_similar_fit(const sg_similar_places *p, sg_similar *out) {
  double square = 0, along = 0, across = 0, went = 0, off = 0;
  sg_similar s = { .a = 1 };
  if (p->n < LEAST) return false;
  for (size_t i = 0; i < p->n; i++) {
    for (int k = 0; k < 2; k++) {
      s.from[k] += p->from[i][k] / (double)p->n;
      s.to[k] += p->to[i][k] / (double)p->n;
    }
  }
  for (size_t i = 0; i < p->n; i++) {
    const double ux = p->from[i][0] - s.from[0], uy = p->from[i][1] - s.from[1];
    const double vx = p->to[i][0] - s.to[0], vy = p->to[i][1] - s.to[1];
    square += ux * ux + uy * uy;
    along += ux * vx + uy * vy;
    across += ux * vy - uy * vx;
  }
  if (!(square > 1)) return false;
  s.a = along / square;
  s.b = across / square;
  for (size_t i = 0; i < p->n; i++) {
    double to[2];
    sg_similar_move(&s, p->from[i][0], p->from[i][1], to);
    const double x = to[0] - p->to[i][0], y = to[1] - p->to[i][1];
    const double dx = p->to[i][0] - p->from[i][0], dy = p->to[i][1] - p->from[i][1];
    off += x * x + y * y;
    went += dx * dx + dy * dy;
  }
  s.went = sqrt(went / (double)p->n);
  s.off = sqrt(off / (double)p->n);
  *out = s;
  return true;
}
