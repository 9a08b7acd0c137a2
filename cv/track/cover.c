/* SPDX-License-Identifier: Apache-2.0 */
#include "track/cover.h"

#include <string.h>

#include "base/base.h"

/* A part of the ground this near to the marker's colour would count as marker, in a share of the ring this large. */
#define LIKE_MARKER (SG_COVER / 14)
#define LIKE_SHARE  6

/* Summed areas of the samples with a bit, so that the colour next to any sample costs four look-ups. */
static int sum_masked(const sg_patch *m, uint8_t bit, sg_deep_sum **sums, size_t *capacity) {
  const sg_box f = m->focus;
  const int w = m->window.width, pitch = f.x1 - f.x0 + 1;
  const size_t n = (size_t)pitch * (size_t)(f.y1 - f.y0 + 1);
  if (!sg_reserve((void **)sums, capacity, n, sizeof **sums)) return 0;
  memset(*sums, 0, (size_t)pitch * sizeof **sums);
  for (int y = f.y0; y < f.y1; y++) {
    sg_deep_sum row = { 0, 0, 0 };
    sg_deep_sum *out = *sums + (y - f.y0 + 1) * pitch;
    *out++ = row;
    for (int i = y * w + f.x0; i < y * w + f.x1; i++, out++) {
      if (m->mask[i] & bit) {
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

/* The mean of the summed samples within `half` of a sample, or `otherwise` where there are hardly any. */
static sg_shade local_shade(const sg_deep_sum *sums, const sg_patch *m, int x, int y, int half_x, int half_y,
                            sg_shade otherwise) {
  const int w = m->focus.x1 - m->focus.x0, h = m->focus.y1 - m->focus.y0, pitch = w + 1;
  x -= m->focus.x0;
  y -= m->focus.y0;
  const int x0 = x > half_x ? x - half_x : 0, x1 = x + half_x + 1 < w ? x + half_x + 1 : w;
  const int y0 = y > half_y ? y - half_y : 0, y1 = y + half_y + 1 < h ? y + half_y + 1 : h;
  const sg_deep_sum *nw = &sums[y0 * pitch + x0], *ne = &sums[y0 * pitch + x1], *sw = &sums[y1 * pitch + x0],
                    *se = &sums[y1 * pitch + x1];
  const int64_t n = se->n - ne->n - sw->n + nw->n;
  if (n < 3) return otherwise;
  return (sg_shade){ (int)((se->b - ne->b - sw->b + nw->b) * SG_FRACTION / n),
                     (int)((se->r - ne->r - sw->r + nw->r) * SG_FRACTION / n), otherwise.luma };
}

static int cover_of(const sg_patch *m, int i, sg_shade core, sg_shade ground, int64_t length_squared) {
  const int64_t b = m->window.b[i] * SG_FRACTION - ground.b, r = m->window.r[i] * SG_FRACTION - ground.r;
  const int64_t along = b * (core.b - ground.b) + r * (core.r - ground.r);
  if (along <= 0) return 0;
  if (along >= length_squared) return SG_COVER;
  return (int)(along * SG_COVER / length_squared);
}

/* Whether a part of the ring has a colour that would count as marker. */
static bool mixed_ground(const sg_patch *m, sg_shade core, sg_shade ground) {
  const int64_t length_squared = sg_shade_distance_squared(core, ground);
  int64_t like = 0, n = 0;
  SG_EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & SG_RING)) continue;
    n++;
    like += cover_of(m, i, core, ground, length_squared) > LIKE_MARKER;
  }
  return like * LIKE_SHARE > n;
}

int sg_cover_moments(sg_cover *c, const sg_patch *m, sg_shade core, sg_shade ground, int half_x, int half_y,
                     sg_moments *out) {
  const bool mixed = mixed_ground(m, core, ground) && 0;
  if (!sum_masked(m, SG_DEEP, &c->deep, &c->deep_capacity)) return 0;
  if (mixed && !sum_masked(m, SG_RING, &c->ring, &c->ring_capacity)) return 0;
  sg_moments s = { 0 };
  const int64_t least = sg_shade_distance_squared(core, ground) / 16;
  const int w = m->window.width;
  for (int y = m->focus.y0; y < m->focus.y1; y++) {
    for (int x = m->focus.x0; x < m->focus.x1; x++) {
      if (!(m->mask[y * w + x] & SG_AROUND)) continue;
      sg_shade here = local_shade(c->deep, m, x, y, half_x, half_y, core);
      const sg_shade behind = mixed ? local_shade(c->ring, m, x, y, half_x * 3 / 4, half_y * 3 / 4, ground) : ground;
      int64_t length_squared = sg_shade_distance_squared(here, behind);
      if (length_squared < least) {
        here = core;
        length_squared = sg_shade_distance_squared(here, behind);
      }
      const int64_t cover = length_squared > 0 ? cover_of(m, y * w + x, here, behind, length_squared) : 0;
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
