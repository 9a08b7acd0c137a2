/* SPDX-License-Identifier: Apache-2.0 */
/* From a seed to a measured blob: flood, surround, cover, moments, and these as px of the upright picture. */
#include "track/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "track/patch.h"

struct sg_measure {
  sg_patch patch;
  sg_cover cover;
  const sagitta_input_info *info;
  sg_chroma_map map;
  const sagitta_frame *tinted; /* where luma is measured: the frame that it is of; NULL where chroma is */
  sagitta_refusal refused;     /* why the last answer was 0 */
};

sg_measure *sg_measure_new(void) {
  return calloc(1, sizeof(sg_measure));
}

void sg_measure_free(sg_measure *m) {
  if (!m) return;
  sg_patch_free(&m->patch);
  free(m->cover.deep.item);
  free(m->cover.ring.item);
  free(m);
}

void sg_measure_frame(sg_measure *m, const sagitta_frame *frame, const sagitta_input_info *info) {
  m->patch.pixels = sg_pixels_of(frame);
  m->info = info;
  m->map = sg_chroma_map_of(frame);
  m->tinted = NULL;
}

void sg_measure_luma(sg_measure *m, const sagitta_frame *view, const sagitta_frame *frame,
                     const sagitta_input_info *info) {
  m->patch.pixels = sg_pixels_of(view);
  m->info = info;
  m->map = sg_luma_map_of(view);
  m->tinted = frame;
}

bool sg_measure_was_narrow(const sg_measure *m) {
  return m->patch.narrow;
}

sagitta_refusal sg_measure_refused(const sg_measure *m) {
  return m->refused;
}

static int refuse(sg_measure *m, sagitta_refusal why) {
  m->refused = why;
  return 0;
}

const sg_chroma_map *sg_measure_map(const sg_measure *m) {
  return &m->map;
}

void sg_measure_sample(const sg_measure *m, int x, int y, int *b, int *r) {
  sg_pixels_chroma(&m->patch.pixels, x, y, b, r);
}

bool sg_measure_locate(const sg_measure *m, double x, double y, int *sample_x, int *sample_y) {
  const double *u = m->info->upright;
  const double determinant = u[0] * u[4] - u[1] * u[3];
  if (determinant == 0.0) return false;
  const double dx = x - u[2], dy = y - u[5];
  const double coded_x = (u[4] * dx - u[1] * dy) / determinant, coded_y = (u[0] * dy - u[3] * dx) / determinant;
  const sagitta_frame *f = m->patch.pixels.frame;
  const double sx = floor((coded_x - f->chroma_x) / f->chroma_step_x + 0.5);
  const double sy = floor((coded_y - f->chroma_y) / f->chroma_step_y + 0.5);
  if (!(sx >= -1.0 && sy >= -1.0 && sx <= f->chroma_width && sy <= f->chroma_height)) return false;
  *sample_x = sx < 0.0 ? 0 : sx >= f->chroma_width ? f->chroma_width - 1 : (int)sx;
  *sample_y = sy < 0.0 ? 0 : sy >= f->chroma_height ? f->chroma_height - 1 : (int)sy;
  return true;
}

/* Coded luma px → upright px. */
static void upright(const sg_measure *m, double x, double y, double *to_x, double *to_y) {
  const double *u = m->info->upright;
  *to_x = u[0] * x + u[1] * y + u[2];
  *to_y = u[3] * x + u[4] * y + u[5];
}

void sg_measure_place(const sg_measure *m, double sample_x, double sample_y, double *x, double *y) {
  const sagitta_frame *f = m->patch.pixels.frame;
  upright(m, sample_x * f->chroma_step_x + f->chroma_x, sample_y * f->chroma_step_y + f->chroma_y, x, y);
}

/* Moments in window samples → place and shape in px of the upright picture. */
static void to_picture(const sg_measure *m, const sg_moments *s, sg_blob *blob) {
  const sagitta_frame *f = m->patch.pixels.frame;
  const double *u = m->info->upright;
  const double n = (double)s->n;
  const double mx = (double)s->x / n, my = (double)s->y / n;
  const double cxx = (double)s->xx / n - mx * mx;
  const double cxy = (double)s->xy / n - mx * my;
  const double cyy = (double)s->yy / n - my * my;
  const double step_x = f->chroma_step_x, step_y = f->chroma_step_y;
  const double x = (m->patch.window.x0 + mx) * step_x + f->chroma_x,
               y = (m->patch.window.y0 + my) * step_y + f->chroma_y;
  blob->x = u[0] * x + u[1] * y + u[2];
  blob->y = u[3] * x + u[4] * y + u[5];
  /* A chroma sample is an average over its neighbourhood, which widens what it sees: by an eighth of its pitch squared
   * where the luma samples are weighted 1 2 1, and more sideways than upwards in 4:2:2. */
  const double vxx = (cxx - 0.125) * step_x * step_x, vxy = cxy * step_x * step_y;
  const double vyy = (cyy - 0.125) * step_y * step_y;
  const double a = u[0] * u[0] * vxx + 2.0 * u[0] * u[1] * vxy + u[1] * u[1] * vyy;
  const double b = u[0] * u[3] * vxx + (u[0] * u[4] + u[1] * u[3]) * vxy + u[1] * u[4] * vyy;
  const double d = u[3] * u[3] * vxx + 2.0 * u[3] * u[4] * vxy + u[4] * u[4] * vyy;
  const double half = sqrt((a - d) * (a - d) / 4.0 + b * b);
  const double large = fmax((a + d) / 2.0 + half, 1e-6), small = fmax((a + d) / 2.0 - half, 1e-6);
  const double scale = fabs(u[0] * u[4] - u[1] * u[3]) * step_x * step_y;
  const double area = n / SG_COVER * scale;
  blob->length = sqrt(12.0 * large);
  blob->width = sqrt(12.0 * small);
  blob->elongation = blob->length / blob->width;
  blob->diameter = sqrt(area * 1.27323954473516268615); /* 4 / π */
  /* blur widens a small blob without adding to its area: about one px² per axis */
  const double sharp = fmax(large - 1.0, 0.5 * large) * fmax(small - 1.0, 0.5 * small);
  blob->fill = area / (12.56637061435917295385 * sqrt(sharp)); /* 4 π */
  /* the long axis from the x axis, y down, is atan2(2b, a − d) / 2; from straight up, clockwise, 90° more */
  double axis = sg_atan2_deg(2.0 * b, a - d) / 2.0 + 90.0;
  if (axis > 90.0) axis -= 180.0;
  blob->axis = axis;
}

/* px: the noise of the cover, carried through the centroid: var = σ² Σ(x − x̄)² / n² for independent samples; a factor
 * of two for codec and sensor, which make neighbours alike. */
static double standard_error(const sg_measure *m, const sg_moments *s, double noise) {
  const double n = (double)s->n / SG_COVER, t = (double)s->touched;
  const double mx = (double)s->x / (double)s->n, my = (double)s->y / (double)s->n;
  const double xx = fmax(0.0, (double)s->touched_xx - t * mx * mx), yy = fmax(0.0, (double)s->touched_yy - t * my * my);
  const double step_x = m->patch.pixels.frame->chroma_step_x, step_y = m->patch.pixels.frame->chroma_step_y;
  const double *u = m->info->upright;
  const double stretch = sqrt(fabs(u[0] * u[4] - u[1] * u[3]));
  const double variance = (xx * step_x * step_x + yy * step_y * step_y) / 2.0;
  return 2.0 * noise * sqrt(variance) / n * stretch;
}

/* The least chroma distance, 8-bit codes, at which something stands out. */
static bool stands_out(sg_native_colour core, sg_native_colour ground, int least, int bits) {
  const int64_t distance = (int64_t)least * SG_FRACTION << (bits - 8);
  return sg_native_distance_squared(core, ground) >= distance * distance;
}

static bool touches_edge(const sg_patch *p) {
  const sagitta_frame *f = p->pixels.frame;
  bool cut = false;
  SG_EACH_IN_FOCUS(p, row, i) {
    const int x = i - row * p->window.width + p->window.x0, y = row + p->window.y0;
    if (!(p->mask[i] & SG_INSIDE)) continue;
    cut |= x == 0 || y == 0 || x == f->chroma_width - 1 || y == f->chroma_height - 1;
  }
  return cut;
}

/* The mean chroma well inside a blob that was measured by its luma; none in a GREY frame. */
static sg_chroma tint_of(const sg_measure *m) {
  const sagitta_frame *f = m->tinted;
  const sg_patch *p = &m->patch;
  if (f->layout == SAGITTA_LAYOUT_GREY || f->chroma_width < 1 || f->chroma_height < 1) return (sg_chroma){ 0.0, 0.0 };
  const sg_pixels pixels = sg_pixels_of(f);
  int64_t sum_b = 0, sum_r = 0, n = 0;
  for (int pass = 0; pass < 2 && n == 0; pass++) {
    SG_EACH_IN_FOCUS(p, row, i) {
      if (!(p->mask[i] & (pass == 0 ? SG_DEEP : SG_INSIDE))) continue;
      const int x = (i - row * p->window.width + p->window.x0) / f->chroma_step_x,
                y = (row + p->window.y0) / f->chroma_step_y;
      int b, r;
      sg_pixels_chroma(&pixels, x < f->chroma_width ? x : f->chroma_width - 1,
                       y < f->chroma_height ? y : f->chroma_height - 1, &b, &r);
      sum_b += b;
      sum_r += r;
      n++;
    }
  }
  const sg_chroma_map map = sg_chroma_map_of(f);
  return n > 0 ? sg_chroma_standard(&map, (double)sum_b / (double)n, (double)sum_r / (double)n)
               : (sg_chroma){ 0.0, 0.0 };
}

/* Colours, contrast and errors of a blob whose place is known. */
static void describe(const sg_measure *m, sg_native_colour core, sg_native_colour ground, const sg_moments *s,
                     sg_blob *blob) {
  const sg_patch *p = &m->patch;
  const double contrast = sqrt((double)sg_native_distance_squared(core, ground)) / SG_FRACTION;
  const double ring_noise = sg_patch_deviation(p, SG_RING, ground), core_noise = sg_patch_deviation(p, SG_INSIDE, core);
  blob->sigma = standard_error(m, s, fmin(1.0, (ring_noise + 0.3) / contrast));
  blob->evenness = sg_patch_evenness(p, core, ground);
  blob->core = sg_chroma_standard(&m->map, (double)core.b / SG_FRACTION, (double)core.r / SG_FRACTION);
  blob->ground = sg_chroma_standard(&m->map, (double)ground.b / SG_FRACTION, (double)ground.r / SG_FRACTION);
  const double unit = (double)(1 << (p->pixels.frame->bits - 8));
  const double white = p->pixels.frame->full_range ? 255.0 : 219.0;
  blob->luma = ((double)core.luma / SG_FRACTION - p->black) / unit * 255.0 / white;
  blob->hue = blob->core;
  blob->contrast = sg_saturation((sg_chroma){ blob->core.b - blob->ground.b, blob->core.r - blob->ground.r });
  blob->separation = contrast / (ring_noise + core_noise + 0.5);
  blob->cut = touches_edge(p);
  blob->by_luma = m->tinted != NULL;
  if (blob->by_luma) {
    blob->tint = tint_of(m);
    return;
  }
  const sg_centroid luma = sg_luma_centroid(p, core, ground);
  blob->has_luma = luma.found;
  if (luma.found) upright(m, luma.x, luma.y, &blob->luma_x, &blob->luma_y);
}

/* Whether the ground has the marker's hue, so that it cannot be told from the marker in shade. */
static bool same_hue(const sg_patch *p, sg_native_colour core, sg_native_colour ground) {
  const double neutral = (double)p->neutral * SG_FRACTION;
  const sg_chroma c = { core.b - neutral, core.r - neutral }, g = { ground.b - neutral, ground.r - neutral };
  return sg_saturation(g) > 0.15 * sg_saturation(c) && sg_hue_difference(c, g) < 25.0;
}

/* The marker with its shaded parts, unless with them it leaves the window or more than doubles. Luma alone does not
 * tell shade. */
static int64_t flood_with_shade(const sg_measure *m, sg_patch *p, int seed, sg_native_colour core,
                                sg_native_colour ground) {
  const int64_t plain = sg_patch_flood(p, seed, core, ground, false);
  if (m->tinted || plain < 3 || same_hue(p, core, ground)) return plain;
  const int64_t shaded = sg_patch_flood(p, seed, core, ground, true);
  if (shaded >= 0 && shaded <= 2 * plain) return shaded;
  return sg_patch_flood(p, seed, core, ground, false);
}

int sg_measure_at(sg_measure *m, int seed_x, int seed_y, int reach, sg_blob *blob) {
  sg_patch *p = &m->patch;
  const sagitta_frame *f = p->pixels.frame;
  const int step_x = f->chroma_step_x, step_y = f->chroma_step_y, finest = step_x < step_y ? step_x : step_y;
  const int reach_x = reach * finest / step_x + 1, reach_y = reach * finest / step_y + 1;
  if (!sg_patch_open(p, seed_x - reach_x, seed_y - reach_y, seed_x + reach_x + 1, seed_y + reach_y + 1)) return -1;
  if (p->window.width < 3 || p->window.height < 3) return refuse(m, SAGITTA_REFUSED_SMALL);
  int seed = (seed_y - p->window.y0) * p->window.width + (seed_x - p->window.x0);
  sg_native_colour core, ground;
  sg_patch_estimate(p, &seed, &core, &ground);
  if (!stands_out(core, ground, 6, f->bits)) return refuse(m, SAGITTA_REFUSED_FAINT);
  double side = 0.0;
  for (int pass = 0; pass < 2; pass++) {
    const int64_t inside =
        pass == 0 ? sg_patch_flood(p, seed, core, ground, false) : flood_with_shade(m, p, seed, core, ground);
    if (inside < 3) return refuse(m, inside < 0 ? SAGITTA_REFUSED_BEYOND : SAGITTA_REFUSED_SMALL);
    /* The blur of lens and codec reaches about four luma px, and a little further on a large marker. */
    side = sqrt((double)inside * step_x * step_y);
    const int margin = 4 + (int)(side / 40.0);
    sg_patch_surround(p, (margin + step_x - 1) / step_x, (margin + step_y - 1) / step_y, &core, &ground);
    if (!stands_out(core, ground, 4, f->bits)) return refuse(m, SAGITTA_REFUSED_FAINT);
  }
  const int near = 6 + (int)(side / 4.0);
  sg_moments s;
  if (!sg_cover_moments(&m->cover, p, core, ground, near / step_x, near / step_y, &s)) return -1;
  if (s.n < 2 * SG_COVER) return refuse(m, SAGITTA_REFUSED_SMALL);
  memset(blob, 0, sizeof *blob);
  to_picture(m, &s, blob);
  describe(m, core, ground, &s, blob);
  return 1;
}
