/* SPDX-License-Identifier: Apache-2.0 */
#include "track/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "track/sampler.h"

/* Colours inside a window carry four fractional bits. */
#define FRACTION 16
#define COVER    1024

enum { INSIDE = 1, AROUND = 2, RING = 4, DEEP = 8 };

typedef struct deep_sum {
  int64_t b, r, n;
} deep_sum;

typedef struct box {
  int x0, y0, x1, y1; /* window samples; x1 and y1 exclusive */
} box;

struct sg_measure {
  sg_sampler sampler;
  const sagitta_input_info *info;
  sg_chroma_map map;
  sg_window window;
  uint8_t *mask, *grown; /* one byte per sample of the window */
  int32_t *stack;
  int32_t histogram[4096];
  deep_sum *sums; /* summed areas, (width + 1) × (height + 1) */
  size_t mask_capacity, grown_capacity, stack_capacity, sums_capacity;
  int black; /* the luma code of black */
  box focus; /* the part of the window that is looked at */
  bool narrow;
};

/* For each sample of the focus: y is its row, i its index in the window. */
#define EACH_IN_FOCUS(m, y, i)                                                                              \
  for (int y = (m)->focus.y0; y < (m)->focus.y1; y++)                                                       \
    for (int i = y * (m)->window.width + (m)->focus.x0, end_of_row = y * (m)->window.width + (m)->focus.x1; \
         i < end_of_row; i++)

/* A colour: chroma codes, and luma above black. */
typedef struct shade {
  int b, r, luma; /* native codes × FRACTION */
} shade;

sg_measure *sg_measure_new(void) {
  return calloc(1, sizeof(sg_measure));
}

void sg_measure_free(sg_measure *m) {
  if (!m) return;
  free(m->window.b);
  free(m->window.r);
  free(m->window.luma);
  free(m->mask);
  free(m->grown);
  free(m->stack);
  free(m->sums);
  free(m);
}

void sg_measure_frame(sg_measure *m, const sagitta_frame *frame, const sagitta_input_info *info) {
  m->sampler = sg_sampler_of(frame);
  m->info = info;
  m->map = sg_chroma_map_of(frame);
  m->black = frame->full_range ? 0 : 16 << (frame->bits - 8);
}

bool sg_measure_was_narrow(const sg_measure *m) {
  return m->narrow;
}

const sg_chroma_map *sg_measure_map(const sg_measure *m) {
  return &m->map;
}

void sg_measure_sample(const sg_measure *m, int x, int y, int *b, int *r) {
  sg_sampler_get(&m->sampler, x, y, b, r);
}

bool sg_measure_locate(const sg_measure *m, double x, double y, int *sample_x, int *sample_y) {
  const double *u = m->info->upright;
  const double determinant = u[0] * u[4] - u[1] * u[3];
  if (determinant == 0.0) return false;
  const double dx = x - u[2], dy = y - u[5];
  const double coded_x = (u[4] * dx - u[1] * dy) / determinant, coded_y = (u[0] * dy - u[3] * dx) / determinant;
  const sagitta_frame *f = m->sampler.frame;
  const double sx = floor((coded_x - f->chroma_x) / f->chroma_step_x + 0.5);
  const double sy = floor((coded_y - f->chroma_y) / f->chroma_step_y + 0.5);
  if (!(sx >= -1.0 && sy >= -1.0 && sx <= f->chroma_width && sy <= f->chroma_height)) return false;
  *sample_x = sx < 0.0 ? 0 : sx >= f->chroma_width ? f->chroma_width - 1 : (int)sx;
  *sample_y = sy < 0.0 ? 0 : sy >= f->chroma_height ? f->chroma_height - 1 : (int)sy;
  return true;
}

static int reserve_window(sg_measure *m) {
  const size_t n = (size_t)m->window.width * (size_t)m->window.height;
  return sg_reserve((void **)&m->mask, &m->mask_capacity, n, 1) &&
         sg_reserve((void **)&m->grown, &m->grown_capacity, n, 1) &&
         sg_reserve((void **)&m->stack, &m->stack_capacity, n, sizeof *m->stack);
}

/* Median of the samples of one plane whose mask has `bit`; × FRACTION. Depths beyond 12 bits lose the lowest. */
static int median_of(sg_measure *m, const int32_t *plane, uint8_t bit) {
  const int bits = m->sampler.frame->bits;
  const int down = bits > 12 ? bits - 12 : 0;
  memset(m->histogram, 0, sizeof *m->histogram << (bits - down));
  int count = 0;
  EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & bit)) continue;
    m->histogram[plane[i] >> down]++;
    count++;
  }
  if (count == 0) return m->map.neutral * FRACTION;
  int lower = 0, passed = m->histogram[0];
  while (passed <= (count - 1) / 2) passed += m->histogram[++lower];
  int upper = lower;
  while (passed <= count / 2) passed += m->histogram[++upper];
  return ((lower + upper) << down) * (FRACTION / 2);
}

static shade median_shade(sg_measure *m, uint8_t bit) {
  return (shade){ median_of(m, m->window.b, bit), median_of(m, m->window.r, bit), median_of(m, m->window.luma, bit) };
}

static shade mean_shade(const sg_measure *m, uint8_t bit, int64_t *count) {
  int64_t b = 0, r = 0, luma = 0, n = 0;
  EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & bit)) continue;
    b += m->window.b[i];
    r += m->window.r[i];
    luma += m->window.luma[i];
    n++;
  }
  *count = n;
  if (n == 0) return (shade){ 0, 0, 0 };
  return (shade){ (int)((b * FRACTION + n / 2) / n), (int)((r * FRACTION + n / 2) / n),
                  (int)((luma * FRACTION + n / 2) / n) };
}

static int64_t distance_squared(shade a, shade b) {
  const int64_t db = a.b - b.b, dr = a.r - b.r;
  return db * db + dr * dr;
}

/*
 * The same sticker in shade: hue as the core's, colour and brightness down together. Mixing with a black ground looks
 * the same, which is why cover is measured against the colour next to it and not against the core.
 */
static bool shaded(const sg_measure *m, int i, shade core, int64_t core_squared) {
  const int64_t neutral = (int64_t)m->map.neutral * FRACTION, black = m->black * FRACTION;
  const int64_t cb = core.b - neutral, cr = core.r - neutral;
  const int64_t b = m->window.b[i] * FRACTION - neutral, r = m->window.r[i] * FRACTION - neutral;
  const int64_t along = b * cb + r * cr, across = b * cr - r * cb;
  if (along * 10 < core_squared * 3 || along > core_squared) return false; /* at least 30 % of the colour */
  if (llabs(across) * 4 > along) return false;                             /* hue within 14° */
  const int64_t luma = m->window.luma[i] * FRACTION - black, core_luma = core.luma - black;
  return luma < core_luma && along * core_luma * 4 > core_squared * luma * 3; /* as saturated as the core, or nearly */
}

/* The samples connected with the seed whose colour is nearer the core's than half way to the ground's, or is the core's
 * in shade. Returns their number; −1 when they reach the rim of the window inside the picture. */
static int64_t flood(sg_measure *m, int seed, shade core, shade ground) {
  const int w = m->window.width, h = m->window.height;
  const int64_t limit = distance_squared(core, ground) / 4;
  const int64_t neutral = (int64_t)m->map.neutral * FRACTION;
  const int64_t core_squared = (core.b - neutral) * (core.b - neutral) + (core.r - neutral) * (core.r - neutral);
  memset(m->mask, 0, (size_t)w * (size_t)h);
  int64_t count = 0;
  int top = 0;
  box found = { w, h, 0, 0 };
  m->stack[top++] = seed;
  m->mask[seed] = INSIDE;
  while (top > 0) {
    const int at = m->stack[--top], x = at % w, y = at / w;
    count++;
    if (x < found.x0) found.x0 = x;
    if (x >= found.x1) found.x1 = x + 1;
    if (y < found.y0) found.y0 = y;
    if (y >= found.y1) found.y1 = y + 1;
    if ((x == 0 && !m->window.cut_left) || (x == w - 1 && !m->window.cut_right) || (y == 0 && !m->window.cut_top) ||
        (y == h - 1 && !m->window.cut_bottom)) {
      m->narrow = count + top < (int64_t)w * h / 3;
      return -1;
    }
    const int next[4] = { x > 0 ? at - 1 : -1, x < w - 1 ? at + 1 : -1, y > 0 ? at - w : -1, y < h - 1 ? at + w : -1 };
    for (int k = 0; k < 4; k++) {
      const int n = next[k];
      if (n < 0 || m->mask[n]) continue;
      const shade s = { m->window.b[n] * FRACTION, m->window.r[n] * FRACTION, 0 };
      if (distance_squared(s, core) >= limit && !shaded(m, n, core, core_squared)) continue;
      m->mask[n] = INSIDE;
      m->stack[top++] = n;
    }
  }
  m->focus = found;
  return count;
}

/* Look at the blob just flooded and `nx`, `ny` samples around it. */
static void focus_around(sg_measure *m, int nx, int ny) {
  box *f = &m->focus;
  f->x0 = f->x0 > nx ? f->x0 - nx : 0;
  f->y0 = f->y0 > ny ? f->y0 - ny : 0;
  f->x1 = f->x1 + nx < m->window.width ? f->x1 + nx : m->window.width;
  f->y1 = f->y1 + ny < m->window.height ? f->y1 + ny : m->window.height;
}

/* Where INSIDE, widened by `nx` samples sideways and `ny` up and down, set `bit`. */
static void widen(sg_measure *m, int nx, int ny, uint8_t bit) {
  const int w = m->window.width;
  const box f = m->focus;
  for (int y = f.y0; y < f.y1; y++) {
    const uint8_t *mask = m->mask + y * w;
    uint8_t *grown = m->grown + y * w;
    int last = f.x0 - nx - 1;
    for (int x = f.x0; x < f.x1; x++) {
      if (mask[x] & INSIDE) last = x;
      grown[x] = x - last <= nx;
    }
    last = f.x1 + nx;
    for (int x = f.x1 - 1; x >= f.x0; x--) {
      if (mask[x] & INSIDE) last = x;
      if (last - x <= nx) grown[x] = 1;
    }
  }
  for (int y = f.y0; y < f.y1; y++) {
    const int from = y - ny > f.y0 ? y - ny : f.y0, to = y + ny < f.y1 ? y + ny + 1 : f.y1;
    for (int v = from; v < to; v++) {
      const uint8_t *grown = m->grown + v * w;
      uint8_t *mask = m->mask + y * w;
      for (int x = f.x0; x < f.x1; x++) mask[x] |= (uint8_t)(grown[x] * bit);
    }
  }
}

/* Keep RING only where the margin AROUND ends. */
static void ring_only(sg_measure *m) {
  EACH_IN_FOCUS(m, row, i) {
    if (m->mask[i] & AROUND) m->mask[i] &= (uint8_t)~RING;
  }
}

/* Mark what lies inside with all eight neighbours: no edge mixes into its colour. */
static void mark_deep(sg_measure *m) {
  const int w = m->window.width;
  const box f = m->focus;
  for (int y = f.y0 + 1; y < f.y1 - 1; y++) {
    for (int x = f.x0 + 1; x < f.x1 - 1; x++) {
      uint8_t *p = m->mask + y * w + x;
      if (p[0] & p[-1] & p[1] & p[-w] & p[w] & p[-w - 1] & p[-w + 1] & p[w - 1] & p[w + 1] & INSIDE) *p |= DEEP;
    }
  }
}

/* The colour of the inside without its rim; of all of it when it is all rim. */
static shade core_shade(sg_measure *m) {
  int64_t n;
  mark_deep(m);
  const shade deep = mean_shade(m, DEEP, &n);
  return n >= 3 ? deep : mean_shade(m, INSIDE, &n);
}

typedef struct moments {
  int64_t n, x, y, xx, xy, yy;             /* of cover, in window samples */
  int64_t touched, touched_xx, touched_yy; /* of the samples that may carry noise */
} moments;

/* Summed areas of the deep samples, so that the colour next to any sample costs four look-ups. */
static int sum_deep(sg_measure *m) {
  const box f = m->focus;
  const int w = m->window.width, pitch = f.x1 - f.x0 + 1;
  const size_t n = (size_t)pitch * (size_t)(f.y1 - f.y0 + 1);
  if (!sg_reserve((void **)&m->sums, &m->sums_capacity, n, sizeof *m->sums)) return 0;
  memset(m->sums, 0, (size_t)pitch * sizeof *m->sums);
  for (int y = f.y0; y < f.y1; y++) {
    deep_sum row = { 0, 0, 0 };
    deep_sum *out = m->sums + (y - f.y0 + 1) * pitch;
    *out++ = row;
    for (int i = y * w + f.x0; i < y * w + f.x1; i++, out++) {
      if (m->mask[i] & DEEP) {
        row.b += m->window.b[i];
        row.r += m->window.r[i];
        row.n++;
      }
      const deep_sum *above = out - pitch;
      *out = (deep_sum){ above->b + row.b, above->r + row.r, above->n + row.n };
    }
  }
  return 1;
}

/* The marker's own colour near a sample: the mean of the deep samples within `half` of it, or the core's. */
static shade local_shade(const sg_measure *m, int x, int y, int half_x, int half_y, shade core) {
  const int w = m->focus.x1 - m->focus.x0, h = m->focus.y1 - m->focus.y0, pitch = w + 1;
  x -= m->focus.x0;
  y -= m->focus.y0;
  const int x0 = x > half_x ? x - half_x : 0, x1 = x + half_x + 1 < w ? x + half_x + 1 : w;
  const int y0 = y > half_y ? y - half_y : 0, y1 = y + half_y + 1 < h ? y + half_y + 1 : h;
  const deep_sum *a = &m->sums[y0 * pitch + x0], *b = &m->sums[y0 * pitch + x1], *c = &m->sums[y1 * pitch + x0],
                 *d = &m->sums[y1 * pitch + x1];
  const int64_t n = d->n - b->n - c->n + a->n;
  if (n < 3) return core;
  return (shade){ (int)((d->b - b->b - c->b + a->b) * FRACTION / n), (int)((d->r - b->r - c->r + a->r) * FRACTION / n),
                  core.luma };
}

static int cover_of(const sg_measure *m, int i, shade core, shade ground, int64_t length_squared) {
  const int64_t b = m->window.b[i] * FRACTION - ground.b, r = m->window.r[i] * FRACTION - ground.r;
  const int64_t along = b * (core.b - ground.b) + r * (core.r - ground.r);
  if (along <= 0) return 0;
  if (along >= length_squared) return COVER;
  return (int)(along * COVER / length_squared);
}

static moments cover_moments(const sg_measure *m, shade core, shade ground, int half_x, int half_y) {
  moments s = { 0 };
  const int64_t least = distance_squared(core, ground) / 16;
  const int w = m->window.width;
  for (int y = m->focus.y0; y < m->focus.y1; y++) {
    for (int x = m->focus.x0; x < m->focus.x1; x++) {
      if (!(m->mask[y * w + x] & AROUND)) continue;
      shade here = local_shade(m, x, y, half_x, half_y, core);
      int64_t length_squared = distance_squared(here, ground);
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
  return s;
}

/* Mean absolute deviation of masked samples from a shade, native codes. */
static double deviation(const sg_measure *m, uint8_t bit, shade centre) {
  int64_t sum = 0, n = 0;
  EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & bit)) continue;
    sum += llabs((int64_t)m->window.b[i] * FRACTION - centre.b) + llabs((int64_t)m->window.r[i] * FRACTION - centre.r);
    n++;
  }
  return n > 0 ? (double)sum / (double)(2 * n * FRACTION) : 0.0;
}

/* Share of the inside whose colour is within a quarter of the contrast of the core's. */
static double evenness_of(const sg_measure *m, shade core, int64_t length_squared) {
  int64_t near = 0, n = 0;
  EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & INSIDE)) continue;
    const shade s = { m->window.b[i] * FRACTION, m->window.r[i] * FRACTION, 0 };
    n++;
    if (distance_squared(s, core) * 12 < length_squared) near++;
  }
  return n > 0 ? (double)near / (double)n : 0.0;
}

/* From moments in window samples to px of the upright picture. */
static void to_picture(const sg_measure *m, const moments *s, sg_blob *blob) {
  const sagitta_frame *f = m->sampler.frame;
  const double *u = m->info->upright;
  const double n = (double)s->n;
  const double mx = (double)s->x / n, my = (double)s->y / n;
  const double cxx = (double)s->xx / n - mx * mx;
  const double cxy = (double)s->xy / n - mx * my;
  const double cyy = (double)s->yy / n - my * my;
  const double step_x = f->chroma_step_x, step_y = f->chroma_step_y;
  const double x = (m->window.x0 + mx) * step_x + f->chroma_x, y = (m->window.y0 + my) * step_y + f->chroma_y;
  blob->x = u[0] * x + u[1] * y + u[2];
  blob->y = u[3] * x + u[4] * y + u[5];
  const double vxx = cxx * step_x * step_x, vxy = cxy * step_x * step_y, vyy = cyy * step_y * step_y;
  const double a = u[0] * u[0] * vxx + 2.0 * u[0] * u[1] * vxy + u[1] * u[1] * vyy;
  const double b = u[0] * u[3] * vxx + (u[0] * u[4] + u[1] * u[3]) * vxy + u[1] * u[4] * vyy;
  const double d = u[3] * u[3] * vxx + 2.0 * u[3] * u[4] * vxy + u[4] * u[4] * vyy;
  const double half = sqrt((a - d) * (a - d) / 4.0 + b * b);
  const double large = fmax((a + d) / 2.0 + half, 1e-6), small = fmax((a + d) / 2.0 - half, 1e-6);
  const double scale = fabs(u[0] * u[4] - u[1] * u[3]) * step_x * step_y;
  const double area = n / COVER * scale;
  blob->length = sqrt(12.0 * large);
  blob->width = sqrt(12.0 * small);
  blob->elongation = blob->length / blob->width;
  blob->diameter = sqrt(area * 1.27323954473516268615);                /* 4 / π */
  blob->fill = area / (12.56637061435917295385 * sqrt(large * small)); /* 4 π */
  /* the long axis from the x axis, y down, is atan2(2b, a − d) / 2; from straight up, clockwise, 90° more */
  double axis = sg_atan2_deg(2.0 * b, a - d) / 2.0 + 90.0;
  if (axis > 90.0) axis -= 180.0;
  blob->axis = axis;
}

/* Noise of the cover, carried through the centroid: var = σ² Σ(x − x̄)² / n², samples taken as independent but for the
 * codec and the sensor, which make neighbours alike (a factor two). */
static double standard_error(const sg_measure *m, const moments *s, double noise) {
  const double n = (double)s->n / COVER, t = (double)s->touched;
  const double mx = (double)s->x / (double)s->n, my = (double)s->y / (double)s->n;
  const double xx = fmax(0.0, (double)s->touched_xx - t * mx * mx), yy = fmax(0.0, (double)s->touched_yy - t * my * my);
  const double step_x = m->sampler.frame->chroma_step_x, step_y = m->sampler.frame->chroma_step_y;
  const double *u = m->info->upright;
  const double stretch = sqrt(fabs(u[0] * u[4] - u[1] * u[3]));
  const double variance = (xx * step_x * step_x + yy * step_y * step_y) / 2.0;
  return 2.0 * noise * sqrt(variance) / n * stretch;
}

/* Ground: the median of the window's rim. Core: the median around the seed. */
static bool first_look(sg_measure *m, int seed, shade *core, shade *ground) {
  const int w = m->window.width, h = m->window.height, sx = seed % w, sy = seed / w;
  memset(m->mask, 0, (size_t)w * (size_t)h);
  memset(m->mask, RING, (size_t)w);
  memset(m->mask + (size_t)(h - 1) * (size_t)w, RING, (size_t)w);
  for (int y = 1; y < h - 1; y++) m->mask[y * w] = m->mask[y * w + w - 1] = RING;
  m->focus = (box){ 0, 0, w, h };
  *ground = median_shade(m, RING);
  m->focus = (box){ sx > 0 ? sx - 1 : 0, sy > 0 ? sy - 1 : 0, sx + 2 < w ? sx + 2 : w, sy + 2 < h ? sy + 2 : h };
  EACH_IN_FOCUS(m, row, i) m->mask[i] |= INSIDE;
  *core = median_shade(m, INSIDE);
  const int64_t least = 6 * FRACTION << (m->sampler.frame->bits - 8);
  return distance_squared(*core, *ground) >= least * least;
}

int sg_measure_at(sg_measure *m, int seed_x, int seed_y, int reach, sg_blob *blob) {
  const sagitta_frame *f = m->sampler.frame;
  const int finest = f->chroma_step_x < f->chroma_step_y ? f->chroma_step_x : f->chroma_step_y;
  const int reach_x = reach * finest / f->chroma_step_x + 1, reach_y = reach * finest / f->chroma_step_y + 1;
  if (!sg_sampler_window(&m->sampler, seed_x - reach_x, seed_y - reach_y, seed_x + reach_x + 1, seed_y + reach_y + 1,
                         &m->window) ||
      !reserve_window(m)) {
    return -1;
  }
  m->narrow = false;
  if (m->window.width < 3 || m->window.height < 3) return 0;
  const int seed = (seed_y - m->window.y0) * m->window.width + (seed_x - m->window.x0);
  shade core, ground;
  if (!first_look(m, seed, &core, &ground)) return 0;
  /* The blur of lens and codec reaches about four luma px, and a little further on a large marker. */
  int64_t inside = 0;
  int margin_x = 0, margin_y = 0;
  for (int pass = 0; pass < 2; pass++) {
    inside = flood(m, seed, core, ground);
    if (inside < 3) return 0;
    const double side = sqrt((double)inside * f->chroma_step_x * f->chroma_step_y);
    const int margin = 4 + (int)(side / 40.0);
    margin_x = (margin + f->chroma_step_x - 1) / f->chroma_step_x;
    margin_y = (margin + f->chroma_step_y - 1) / f->chroma_step_y;
    focus_around(m, margin_x + 3, margin_y + 3);
    core = core_shade(m);
    widen(m, margin_x, margin_y, AROUND);
    widen(m, margin_x + 2, margin_y + 2, RING);
    ring_only(m);
    ground = median_shade(m, RING);
    const int64_t least = 4 * FRACTION << (f->bits - 8);
    if (distance_squared(core, ground) < least * least) return 0;
  }
  if (!sum_deep(m)) return -1;
  const int near = 6 + (int)(sqrt((double)inside * f->chroma_step_x * f->chroma_step_y) / 4.0);
  const moments s = cover_moments(m, core, ground, near / f->chroma_step_x, near / f->chroma_step_y);
  if (s.n < 2 * COVER) return 0;
  memset(blob, 0, sizeof *blob);
  to_picture(m, &s, blob);
  const int64_t length_squared = distance_squared(core, ground);
  const double contrast_codes = sqrt((double)length_squared) / FRACTION;
  const double ring_noise = deviation(m, RING, ground), core_noise = deviation(m, INSIDE, core);
  blob->sigma = standard_error(m, &s, fmin(1.0, (ring_noise + 0.3) / contrast_codes));
  blob->evenness = evenness_of(m, core, length_squared);
  blob->core = sg_chroma_standard(&m->map, (double)core.b / FRACTION, (double)core.r / FRACTION);
  blob->ground = sg_chroma_standard(&m->map, (double)ground.b / FRACTION, (double)ground.r / FRACTION);
  blob->contrast = sg_saturation((sg_chroma){ blob->core.b - blob->ground.b, blob->core.r - blob->ground.r });
  blob->separation = contrast_codes / (ring_noise + core_noise + 0.5);
  EACH_IN_FOCUS(m, row, i) {
    const int x = i - row * m->window.width + m->window.x0, y = row + m->window.y0;
    if (!(m->mask[i] & INSIDE)) continue;
    blob->cut |= x == 0 || y == 0 || x == f->chroma_width - 1 || y == f->chroma_height - 1;
  }
  return 1;
}
