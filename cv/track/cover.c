/* SPDX-License-Identifier: Apache-2.0 */
#include "track/cover.h"

#include <string.h>

#include "base/base.h"

/* Summed areas of the deep samples, so that the colour next to any sample costs four look-ups. */
static int sum_deep(sg_cover *c, const sg_patch *m) {
  const sg_box f = m->focus;
  const int w = m->window.width, pitch = f.x1 - f.x0 + 1;
  const size_t n = (size_t)pitch * (size_t)(f.y1 - f.y0 + 1);
  if (!sg_reserve((void **)&c->sums, &c->capacity, n, sizeof *c->sums)) return 0;
  memset(c->sums, 0, (size_t)pitch * sizeof *c->sums);
  for (int y = f.y0; y < f.y1; y++) {
    sg_deep_sum row = { 0, 0, 0 };
    sg_deep_sum *out = c->sums + (y - f.y0 + 1) * pitch;
    *out++ = row;
    for (int i = y * w + f.x0; i < y * w + f.x1; i++, out++) {
      if (m->mask[i] & SG_DEEP) {
        row.b += m->window.b[i];
        row.r += m->window.r[i];
        row.n++;
      }
      const sg_deep_sum *above = out - pitch;
      *out = (sg_deep_sum){ above->b + row.b, above->r + row.r, above->n + row.n };
    }
  }
  return 1;
}

/* The marker's own colour near a sample: the mean of the deep samples within `half` of it, or the core's. */
static sg_shade local_shade(const sg_cover *c, const sg_patch *m, int x, int y, int half_x, int half_y, sg_shade core) {
  const int w = m->focus.x1 - m->focus.x0, h = m->focus.y1 - m->focus.y0, pitch = w + 1;
  x -= m->focus.x0;
  y -= m->focus.y0;
  const int x0 = x > half_x ? x - half_x : 0, x1 = x + half_x + 1 < w ? x + half_x + 1 : w;
  const int y0 = y > half_y ? y - half_y : 0, y1 = y + half_y + 1 < h ? y + half_y + 1 : h;
  const sg_deep_sum *nw = &c->sums[y0 * pitch + x0], *ne = &c->sums[y0 * pitch + x1], *sw = &c->sums[y1 * pitch + x0],
                    *se = &c->sums[y1 * pitch + x1];
  const int64_t n = se->n - ne->n - sw->n + nw->n;
  if (n < 3) return core;
  return (sg_shade){ (int)((se->b - ne->b - sw->b + nw->b) * SG_FRACTION / n),
                     (int)((se->r - ne->r - sw->r + nw->r) * SG_FRACTION / n), core.luma };
}

static int cover_of(const sg_patch *m, int i, sg_shade core, sg_shade ground, int64_t length_squared) {
  const int64_t b = m->window.b[i] * SG_FRACTION - ground.b, r = m->window.r[i] * SG_FRACTION - ground.r;
  const int64_t along = b * (core.b - ground.b) + r * (core.r - ground.r);
  if (along <= 0) return 0;
  if (along >= length_squared) return SG_COVER;
  return (int)(along * SG_COVER / length_squared);
}

int sg_cover_moments(sg_cover *c, const sg_patch *m, sg_shade core, sg_shade ground, int half_x, int half_y,
                     sg_moments *out) {
  if (!sum_deep(c, m)) return 0;
  sg_moments s = { 0 };
  const int64_t least = sg_shade_distance_squared(core, ground) / 16;
  const int w = m->window.width;
  for (int y = m->focus.y0; y < m->focus.y1; y++) {
    for (int x = m->focus.x0; x < m->focus.x1; x++) {
      if (!(m->mask[y * w + x] & SG_AROUND)) continue;
      sg_shade here = local_shade(c, m, x, y, half_x, half_y, core);
      int64_t length_squared = sg_shade_distance_squared(here, ground);
      if (length_squared < least) {
        here = core;
        length_squared = 16 * least;
      }
      const int64_t cover = cover_of(m, y * w + x, here, ground, length_squared);
      s.touched++;
      s.touched_xx += (int64_t)x * x;
      s.touched_yy += (int64_t)y * y;
      s.n += cover;
      s.x += cover * x;
      s.y += cover * y;
      s.xx += cover * x * x;
      s.xy += cover * x * y;
      s.yy += cover * y * y;
    }
  }
  *out = s;
  return 1;
}
