/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "video/video.h"

static const sg_turn turns[8] = {
  { 1, 0, 0, 1 },  { 0, -1, 1, 0 }, { -1, 0, 0, -1 }, { 0, 1, -1, 0 }, /* 0, 90, 180, 270 degrees clockwise */
  { -1, 0, 0, 1 }, { 0, 1, 1, 0 },  { 1, 0, 0, -1 },  { 0, -1, -1, 0 } /* the same, then mirrored left–right */
};

sg_turn sg_turn_of_matrix(const int32_t *matrix) {
  /* Row vectors: x' = m0 x + m3 y, y' = m1 x + m4 y. Each axis is scaled on its own. */
  double m0 = matrix[0];
  double m1 = matrix[1];
  double m3 = matrix[3];
  double m4 = matrix[4];
  double along_x = sqrt(m0 * m0 + m1 * m1);
  double along_y = sqrt(m3 * m3 + m4 * m4);
  if (along_x <= 0 || along_y <= 0) return turns[0];
  m0 /= along_x;
  m1 /= along_x;
  m3 /= along_y;
  m4 /= along_y;
  if (fabs(m0 * m4 - m1 * m3) < 0.1) return turns[0];
  int best = 0;
  double best_fit = -3;
  for (int i = 0; i < 8; i++) {
    double fit = turns[i].a * m0 + turns[i].b * m3 + turns[i].c * m1 + turns[i].d * m4;
    if (fit > best_fit + 1e-9) {
      best = i;
      best_fit = fit;
    }
  }
  return turns[best];
}

sg_turn sg_turn_of_exif(int orientation) {
  static const unsigned char order[9] = { 0, 0, 4, 2, 6, 5, 1, 7, 3 };
  return turns[order[orientation >= 1 && orientation <= 8 ? orientation : 0]];
}

double sg_sample_aspect(AVRational aspect) {
  if (aspect.num <= 0 || aspect.den <= 0) return 1.0;
  double ratio = (double)aspect.num / aspect.den;
  return ratio >= 0.125 && ratio <= 8.0 ? ratio : 1.0;
}

void sg_set_geometry(sagitta_input_info *info, sg_turn turn, double aspect) {
  double wide = info->coded_width * aspect;
  double high = info->coded_height;
  bool lying = turn.a == 0;
  info->sample_aspect = aspect;
  info->mirrored = turn.a * turn.d - turn.b * turn.c < 0;
  /* With the mirroring undone, the image of the x axis tells the angle. */
  int a = info->mirrored ? -turn.a : turn.a;
  info->rotation_deg = a > 0 ? 0 : a < 0 ? 180 : turn.c > 0 ? 90 : 270;
  info->width = (int)floor((lying ? high : wide) + 0.5);
  info->height = (int)floor((lying ? wide : high) + 0.5);
  if (info->width < 1) info->width = 1;
  info->upright[0] = turn.a * aspect;
  info->upright[1] = turn.b;
  info->upright[2] = (turn.a < 0 ? wide : 0.0) + (turn.b < 0 ? high : 0.0);
  info->upright[3] = turn.c * aspect;
  info->upright[4] = turn.d;
  info->upright[5] = (turn.c < 0 ? wide : 0.0) + (turn.d < 0 ? high : 0.0);
}
