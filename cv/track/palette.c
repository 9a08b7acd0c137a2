/* SPDX-License-Identifier: Apache-2.0 */
/* Chroma of any matrix and range as the standard, and colours as regions of its plane. */
#include "track/palette.h"

#include <math.h>

#include "base/base.h"
#include "base/math.h"

/* Shares of R and B in luma; that of G is the rest. */
typedef struct luma_weights {
  double r, b;
} luma_weights;

static luma_weights weights_of(sagitta_matrix matrix) {
  switch (matrix) {
    case SAGITTA_MATRIX_BT709:
      return (luma_weights){ 0.2126, 0.0722 };
    case SAGITTA_MATRIX_BT2020:
      return (luma_weights){ 0.2627, 0.0593 };
    case SAGITTA_MATRIX_BT601:
      break;
  }
  return (luma_weights){ 0.299, 0.114 };
}

sg_chroma_map sg_chroma_map_of(const sagitta_frame *frame) {
  const luma_weights from = weights_of(frame->matrix), to = weights_of(SAGITTA_MATRIX_BT709);
  const double unit = (double)(1 << (frame->bits - 8));
  const double scale = frame->full_range ? 255.0 / (256.0 * unit - 1.0) : 255.0 / (224.0 * unit);
  const double from_g = 1.0 - from.r - from.b, to_g = 1.0 - to.r - to.b;
  /* B − Y and R − Y for one code of Cb and of Cr */
  const double blue = 2.0 * (1.0 - from.b) * scale, red = 2.0 * (1.0 - from.r) * scale;
  /* change of luma between the matrices: to.r (R−Y) + to.g (G−Y) + to.b (B−Y) */
  const double by_blue = to.b - to_g * from.b / from_g, by_red = to.r - to_g * from.r / from_g;
  const double b_scale = 1.0 / (2.0 * (1.0 - to.b)), r_scale = 1.0 / (2.0 * (1.0 - to.r));
  sg_chroma_map map;
  map.bb = blue * (1.0 - by_blue) * b_scale;
  map.br = -red * by_red * b_scale;
  map.rb = -blue * by_blue * r_scale;
  map.rr = red * (1.0 - by_red) * r_scale;
  map.neutral = 1 << (frame->bits - 1);
  return map;
}

sg_chroma_map sg_luma_map_of(const sagitta_frame *frame) {
  const double unit = (double)(1 << (frame->bits - 8));
  const double scale = frame->full_range ? 255.0 / (256.0 * unit - 1.0) : 255.0 / (219.0 * unit);
  const double black = frame->full_range ? 0.0 : 16.0 * unit;
  return (sg_chroma_map){ .bb = scale, .rr = scale, .neutral = (int)(black + 128.0 / scale + 0.5) };
}

sg_chroma sg_chroma_standard(const sg_chroma_map *map, double code_b, double code_r) {
  const double b = code_b - map->neutral, r = code_r - map->neutral;
  return (sg_chroma){ map->bb * b + map->br * r, map->rb * b + map->rr * r };
}

sg_chroma sg_colour_centre(const sagitta_colour *colour) {
  return (sg_chroma){ colour->cb - 128.0, colour->cr - 128.0 };
}

typedef struct symmetric {
  double bb, br, rr;
} symmetric;

static symmetric inverse_of(double bb, double br, double rr) {
  const double determinant = bb * rr - br * br;
  if (!(determinant > 1e-9)) return (symmetric){ 1.0, 0.0, 1.0 };
  return (symmetric){ rr / determinant, -br / determinant, bb / determinant };
}

sagitta_colour sg_colour_stretched(const sagitta_colour *colour, double deviations, double share) {
  const sg_chroma c = sg_colour_centre(colour);
  const double strength = sg_saturation(c), further = 0.5 * share * strength;
  sagitta_colour out = *colour;
  if (!(further > 0.0)) return out;
  const double ub = c.b / strength, ur = c.r / strength;
  const double along =
      sqrt(fmax(0.0, ub * ub * colour->spread_bb + 2.0 * ub * ur * colour->spread_br + ur * ur * colour->spread_rr));
  /* half as far out, and half as much wider along the line from neutral: the near end stays where it is */
  const double wider = along + further / deviations, more = wider * wider - along * along;
  out.cb += further * ub;
  out.cr += further * ur;
  out.spread_bb += more * ub * ub;
  out.spread_br += more * ub * ur;
  out.spread_rr += more * ur * ur;
  return out;
}

sg_region sg_colour_region(const sagitta_colour *colour, const sg_chroma_map *map, int bits, double deviations) {
  const double unit = (double)(1 << (bits - 8));
  const symmetric inverse = inverse_of(colour->spread_bb, colour->spread_br, colour->spread_rr);
  const double determinant = map->bb * map->rr - map->br * map->rb;
  const double b = colour->cb - 128.0, r = colour->cr - 128.0;
  /* the map in 8-bit codes */
  const double bb = map->bb * unit, br = map->br * unit, rb = map->rb * unit, rr = map->rr * unit;
  const double limit = 1.0 / (deviations * deviations);
  sg_region region;
  region.cb = map->neutral / unit + (map->rr * b - map->br * r) / determinant / unit;
  region.cr = map->neutral / unit + (map->bb * r - map->rb * b) / determinant / unit;
  /* Mᵀ inverse M */
  region.inverse_bb = limit * (bb * bb * inverse.bb + 2.0 * bb * rb * inverse.br + rb * rb * inverse.rr);
  region.inverse_br = limit * (bb * br * inverse.bb + (bb * rr + rb * br) * inverse.br + rb * rr * inverse.rr);
  region.inverse_rr = limit * (br * br * inverse.bb + 2.0 * br * rr * inverse.br + rr * rr * inverse.rr);
  return region;
}

double sg_colour_distance(const sagitta_colour *colour, sg_chroma chroma) {
  const symmetric inverse = inverse_of(colour->spread_bb, colour->spread_br, colour->spread_rr);
  const double b = chroma.b - (colour->cb - 128.0), r = chroma.r - (colour->cr - 128.0);
  return sqrt(fmax(0.0, b * b * inverse.bb + 2.0 * b * r * inverse.br + r * r * inverse.rr));
}

sagitta_colour sg_colour_learn(sg_chroma core, sg_chroma ground) {
  const double saturation = fmax(sg_saturation(core), 1.0);
  const double distance = sg_saturation((sg_chroma){ core.b - ground.b, core.r - ground.r });
  const double ub = core.b / saturation, ur = core.r / saturation;
  /* Standard deviations: the region that is scanned for is twice that. Shade keeps the hue and takes up to half of the
   * colour. */
  double along = fmax(0.24 * saturation, 3.0), across = fmax(0.13 * saturation, 3.0);
  const double towards = distance > 0.0 ? fabs((core.b - ground.b) * ub + (core.r - ground.r) * ur) / distance : 1.0;
  const double limit = 0.30 * distance;
  if (towards > 0.7)
    along = fmin(along, fmax(limit, 2.0));
  else
    across = fmin(across, fmax(limit, 2.0));
  sagitta_colour colour;
  colour.cb = 128.0 + core.b;
  colour.cr = 128.0 + core.r;
  colour.spread_bb = along * along * ub * ub + across * across * ur * ur;
  colour.spread_br = (along * along - across * across) * ub * ur;
  colour.spread_rr = along * along * ur * ur + across * across * ub * ub;
  return colour;
}

#define LUMA_REACH  0.25 /* standard deviation, as a share of the way to the ground */
#define LUMA_LEAST  4.0  /* …, at least */
#define TINT_SPREAD 4.0  /* standard deviation: a lamp, shade, the clothes' glow */
#define TINT_MOST   6.0  /* of what is colourless: so much, */
#define TINT_LAMP   0.04 /* and this share of its luma, which a lamp may give it */

double sg_luma_learn(double core, double ground) {
  const double deviation = fmax(LUMA_REACH * fabs(core - ground), LUMA_LEAST);
  return deviation * deviation;
}

sagitta_colour sg_luma_colour(double luma, double variance) {
  return (sagitta_colour){ .cb = luma, .cr = 128.0, .spread_bb = variance, .spread_rr = variance };
}

sagitta_colour sg_tint_learn(sg_chroma tint) {
  return (sagitta_colour){ .cb = 128.0 + tint.b,
                           .cr = 128.0 + tint.r,
                           .spread_bb = TINT_SPREAD * TINT_SPREAD,
                           .spread_rr = TINT_SPREAD * TINT_SPREAD };
}

bool sg_is_colourless(double luma, sg_chroma tint) {
  return sg_saturation(tint) <= TINT_MOST + TINT_LAMP * luma;
}

double sg_entry_distance(const sg_palette_entry *entry, sg_chroma core, bool by_luma) {
  return entry->by_luma == by_luma ? sg_colour_distance(&entry->colour, core) : HUGE_VAL;
}

bool sg_like_skin(sg_chroma c) {
  const double saturation = sg_saturation(c);
  return c.b < 0.0 && c.r > 0.0 && c.r > 0.5 * -c.b && c.r < 3.0 * -c.b && saturation > 8.0 && saturation < 50.0;
}

double sg_saturation(sg_chroma c) {
  return sqrt(c.b * c.b + c.r * c.r);
}

double sg_hue_difference(sg_chroma a, sg_chroma b) {
  if (sg_saturation(a) < 2.0 || sg_saturation(b) < 2.0) return 180.0;
  return fabs(sg_atan2_deg(a.b * b.r - a.r * b.b, a.b * b.b + a.r * b.r));
}
