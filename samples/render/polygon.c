/* SPDX-License-Identifier: Apache-2.0 */
/* Exact area coverage of polygons, and their moments. */
#include <stdlib.h>
#include <string.h>

#include "render/imaging.h"

/* Adds an edge piece of height dy (signed) between xa and xb, both within [0, w], on one pixel row. The row collects
 * differences: the running sum over it is the area to the right of the edges in each pixel. */
static void add_row(float *row, int w, double xa, double xb, double dy) {
  if (xa > xb) {
    double swap = xa;
    xa = xb;
    xb = swap;
  }
  int first = (int)xa, last = (int)xb;
  double per_px = xb > xa ? dy / (xb - xa) : 0.0, passed = 0, area_before = 0;
  for (int x = first; x <= last && x < w; x++) {
    double left = xa > x ? xa : x, right = xb < x + 1 ? xb : x + 1;
    double part = xb > xa ? per_px * (right - left) : dy;
    double area = passed + part * (x + 1 - 0.5 * (left + right));
    row[x] += (float)(area - area_before);
    area_before = area;
    passed += part;
  }
  if (last + 1 < w) row[last + 1] += (float)(dy - area_before);
}

/* An edge within the box, from top (y0) to bottom (y1), split at pixel rows. */
static void add_steep(float *acc, int w, double x0, double y0, double x1, double y1, double sign) {
  double slope = (x1 - x0) / (y1 - y0), y = y0, x = x0;
  while (y < y1) {
    double below = floor(y) + 1.0;
    double next = below < y1 ? below : y1;
    double x_next = next < y1 ? x0 + slope * (next - y0) : x1;
    double lo = x0 < x1 ? x0 : x1, hi = x0 < x1 ? x1 : x0;
    x_next = x_next < lo ? lo : x_next > hi ? hi : x_next;
    add_row(acc + (size_t)floor(y) * (size_t)w, w, x, x_next, sign * (next - y));
    y = next;
    x = x_next;
  }
}

/* Splits an edge where it crosses x = 0 and x = w; what lies outside moves to that border, which leaves the area
 * within the box as it is. */
static void add_edge(float *acc, int w, int h, sample_point a, sample_point b) {
  double sign = 1.0;
  if (a.y == b.y) return;
  if (a.y > b.y) {
    sample_point swap = a;
    a = b;
    b = swap;
    sign = -1.0;
  }
  if (b.y <= 0 || a.y >= h) return;
  double slope = (b.x - a.x) / (b.y - a.y);
  if (a.y < 0) a = (sample_point){ a.x - slope * a.y, 0 };
  if (b.y > h) b = (sample_point){ a.x + slope * (h - a.y), h };
  double cut[4] = { a.y, a.y, b.y, b.y };
  if (slope != 0) {
    double c0 = a.y + (0 - a.x) / slope, c1 = a.y + (w - a.x) / slope;
    double lo = c0 < c1 ? c0 : c1, hi = c0 < c1 ? c1 : c0;
    cut[1] = lo < a.y ? a.y : lo > b.y ? b.y : lo;
    cut[2] = hi < a.y ? a.y : hi > b.y ? b.y : hi;
  }
  for (int i = 0; i < 3; i++) {
    if (!(cut[i + 1] > cut[i])) continue;
    double x0 = a.x + slope * (cut[i] - a.y), x1 = a.x + slope * (cut[i + 1] - a.y);
    x0 = x0 < 0 ? 0 : x0 > w ? w : x0;
    x1 = x1 < 0 ? 0 : x1 > w ? w : x1;
    add_steep(acc, w, x0, cut[i], x1, cut[i + 1], sign);
  }
}

void sample_coverage(const sample_point *p, int n, int x0, int y0, int w, int h, float *cover) {
  memset(cover, 0, (size_t)w * (size_t)h * sizeof *cover);
  for (int i = 0; i < n; i++) {
    sample_point a = p[i], b = p[i + 1 < n ? i + 1 : 0];
    a.x -= x0;
    b.x -= x0;
    a.y -= y0;
    b.y -= y0;
    add_edge(cover, w, h, a, b);
  }
  for (int y = 0; y < h; y++) {
    float sum = 0, *row = cover + (size_t)y * (size_t)w;
    for (int x = 0; x < w; x++) {
      sum += row[x];
      float part = fabsf(sum);
      row[x] = part < 1.0f ? part : 1.0f;
    }
  }
}

sample_box sample_polygon_box(const sample_point *p, int n) {
  double x0 = p[0].x, x1 = x0, y0 = p[0].y, y1 = y0;
  for (int i = 1; i < n; i++) {
    x0 = fmin(x0, p[i].x);
    x1 = fmax(x1, p[i].x);
    y0 = fmin(y0, p[i].y);
    y1 = fmax(y1, p[i].y);
  }
  const double far = 1e6;
  return (sample_box){ (int)floor(fmax(x0, -far)), (int)floor(fmax(y0, -far)), (int)ceil(fmin(x1, far)) + 1,
                       (int)ceil(fmin(y1, far)) + 1 };
}

/* Green's theorem about the first vertex, so that large coordinates lose no digits. */
void sample_polygon_moments(const sample_point *p, int n, sample_point *centroid, double *direction) {
  double area = 0, mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  for (int i = 0; i < n; i++) {
    sample_point a = { p[i].x - p[0].x, p[i].y - p[0].y };
    sample_point q = p[i + 1 < n ? i + 1 : 0], b = { q.x - p[0].x, q.y - p[0].y };
    double cross = a.x * b.y - b.x * a.y;
    area += cross / 2;
    mx += cross * (a.x + b.x) / 6;
    my += cross * (a.y + b.y) / 6;
    xx += cross * (a.x * a.x + a.x * b.x + b.x * b.x) / 12;
    yy += cross * (a.y * a.y + a.y * b.y + b.y * b.y) / 12;
    xy += cross * (a.x * b.y + 2 * a.x * a.y + 2 * b.x * b.y + b.x * a.y) / 24;
  }
  if (area == 0) area = 1e-12;
  double cx = mx / area, cy = my / area;
  *centroid = (sample_point){ p[0].x + cx, p[0].y + cy };
  if (direction) *direction = 0.5 * atan2(2 * (xy / area - cx * cy), (xx / area - cx * cx) - (yy / area - cy * cy));
}
