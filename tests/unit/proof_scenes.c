/* SPDX-License-Identifier: Apache-2.0 */
#include "proof_scenes.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define RADIANS (3.14159265358979323846 / 180)
#define SAMPLES 4 /* each way, per px, at edges */
#define OUTLINE 160

static uint64_t next_random(uint64_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  uint64_t x = *state ^ (*state >> 29);
  x *= 0xBF58476D1CE4E5B9u;
  return x ^ (x >> 32);
}

static double uniform(uint64_t *state, double low, double high) {
  return low + (high - low) * (double)(next_random(state) >> 11) / 9007199254740992.0;
}

/* Nearly normal: the sum of four uniform ones, of one draw. */
static double normal(uint64_t *state) {
  const uint64_t x = next_random(state);
  const double sum = (double)(x & 0xFFFF) + (double)(x >> 16 & 0xFFFF) + (double)(x >> 32 & 0xFFFF) + (double)(x >> 48);
  return (sum / 65536 - 2) * 1.7320508;
}

proof_scene proof_scene_of(int i, int frame) {
  uint64_t of_camera = 1000 + (uint64_t)i, of_frame = 77777 + 100 * (uint64_t)i + (uint64_t)frame;
  for (int k = 0; k < 5; k++) (void)next_random(&of_camera), (void)next_random(&of_frame);
  const bool lying = i % 3 == 0;
  proof_scene s = { .width = lying ? 960 : 720, .height = lying ? 720 : 960 };
  s.f = s.height * uniform(&of_camera, 0.9, 1.6);
  s.k1 = uniform(&of_camera, -0.14, 0.05);
  const double part = uniform(&of_camera, 0.42, 0.75); /* of the picture's height */
  s.z = 297 * s.f / (part * s.height);
  s.turn_x = uniform(&of_camera, -9, 9);
  s.turn_y = uniform(&of_camera, -12, 12);
  s.turn_z = uniform(&of_camera, -8, 8);
  s.light = uniform(&of_camera, 0.5, 0.95);
  s.uneven = uniform(&of_camera, 0, 0.3);
  s.warm = uniform(&of_camera, -0.08, 0.15);
  s.blur = uniform(&of_camera, 0.5, 1.4);
  s.noise = uniform(&of_camera, 0.8, 5);
  s.x = uniform(&of_frame, -0.05, 0.05) * s.z;
  s.y = uniform(&of_frame, -0.05, 0.05) * s.z;
  s.turn_z += uniform(&of_frame, -1.5, 1.5);
  s.turn_y += uniform(&of_frame, -1, 1);
  return s;
}

/* The sheet's axes in the camera's: columns of Rz Ry Rx. */
static void axes_of(const proof_scene *s, double u[3], double v[3]) {
  const double cx = cos(s->turn_x * RADIANS), sx = sin(s->turn_x * RADIANS), cy = cos(s->turn_y * RADIANS),
               sy = sin(s->turn_y * RADIANS), cz = cos(s->turn_z * RADIANS), sz = sin(s->turn_z * RADIANS);
  u[0] = cz * cy;
  u[1] = sz * cy;
  u[2] = -sy;
  v[0] = cz * sy * sx - sz * cx;
  v[1] = sz * sy * sx + cz * cx;
  v[2] = cy * sx;
}

static void see(const proof_scene *s, const double u[3], const double v[3], double x_mm, double y_mm, double *x,
                double *y) {
  const double px = s->x + x_mm * u[0] + y_mm * v[0], py = s->y + x_mm * u[1] + y_mm * v[1],
               pz = s->z + x_mm * u[2] + y_mm * v[2], a = px / pz, b = py / pz, by = 1 + s->k1 * (a * a + b * b);
  *x = s->width / 2.0 + s->f * a * by;
  *y = s->height / 2.0 + s->f * b * by;
}

/* The place of the sheet that is seen at a px. */
static void seen_at(const proof_scene *s, const double u[3], const double v[3], double x, double y, double *x_mm,
                    double *y_mm) {
  const double da = (x - s->width / 2.0) / s->f, db = (y - s->height / 2.0) / s->f;
  double a = da, b = db;
  for (int i = 0; i < 8; i++) {
    const double by = 1 + s->k1 * (a * a + b * b);
    a = da / by;
    b = db / by;
  }
  /* s + X u + Y v is along (a, b, 1). */
  const double a11 = u[0] - a * u[2], a12 = v[0] - a * v[2], a21 = u[1] - b * u[2], a22 = v[1] - b * v[2];
  const double r1 = a * s->z - s->x, r2 = b * s->z - s->y, det = a11 * a22 - a12 * a21;
  *x_mm = (r1 * a22 - r2 * a12) / det;
  *y_mm = (a11 * r2 - a21 * r1) / det;
}

static bool inside(const sagitta_proof_mark *m, double x, double y) {
  const double dx = x - m->x_mm, dy = y - m->y_mm;
  if (!(m->width_mm > 0)) return dx * dx + dy * dy <= m->length_mm * m->length_mm / 4;
  const double c = cos(m->axis_deg * RADIANS), s = sin(m->axis_deg * RADIANS);
  return fabs(dx * s - dy * c) <= m->length_mm / 2 && fabs(dx * c + dy * s) <= m->width_mm / 2;
}

static void corner_of(const sagitta_proof_mark *m, int i, double *x, double *y) {
  if (!(m->width_mm > 0)) {
    *x = m->x_mm + m->length_mm / 2 * cos(360.0 * i / OUTLINE * RADIANS);
    *y = m->y_mm + m->length_mm / 2 * sin(360.0 * i / OUTLINE * RADIANS);
    return;
  }
  const int quarter = OUTLINE / 4, side = i / quarter;
  const double along = (double)(i % quarter) / quarter - 0.5;
  const double l = m->length_mm * (side == 0 ? along : side == 1 ? 0.5 : side == 2 ? -along : -0.5);
  const double w = m->width_mm * (side == 0 ? -0.5 : side == 1 ? along : side == 2 ? 0.5 : -along);
  const double c = cos(m->axis_deg * RADIANS), s = sin(m->axis_deg * RADIANS);
  *x = m->x_mm + l * s + w * c;
  *y = m->y_mm - l * c + w * s;
}

void proof_truth(const proof_scene *s, int mark, double *x, double *y, double *axis_deg) {
  double u[3], v[3], px[OUTLINE], py[OUTLINE], area = 0, mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  axes_of(s, u, v);
  for (int i = 0; i < OUTLINE; i++) {
    double a, b;
    corner_of(&sagitta_proof_marks()[mark], i, &a, &b);
    see(s, u, v, a, b, &px[i], &py[i]);
  }
  /* Triangles about the first corner: each has its area, its middle, and its second moments by its corners. */
  for (int i = 1; i + 1 < OUTLINE; i++) {
    const double ax = px[i] - px[0], ay = py[i] - py[0], bx = px[i + 1] - px[0], by = py[i + 1] - py[0];
    const double t = (ax * by - bx * ay) / 2;
    area += t;
    mx += t * (ax + bx) / 3;
    my += t * (ay + by) / 3;
    xx += t * (ax * ax + bx * bx + ax * bx) / 6;
    yy += t * (ay * ay + by * by + ay * by) / 6;
    xy += t * (2 * ax * ay + 2 * bx * by + ax * by + bx * ay) / 12;
  }
  mx /= area;
  my /= area;
  *x = px[0] + mx;
  *y = py[0] + my;
  *axis_deg = 90 + 0.5 * atan2(2 * (xy / area - mx * my), xx / area - mx * mx - (yy / area - my * my)) / RADIANS;
}

/* ---- drawing ---- */

static void colour_of(sagitta_role role, float rgb[3]) {
  static const float colours[SAGITTA_ROLES][3] = {
    [SAGITTA_SHOULDER] = { 35, 80, 220 }, [SAGITTA_HIP] = { 30, 170, 70 },     [SAGITTA_KNEE] = { 225, 35, 135 },
    [SAGITTA_ANKLE] = { 240, 205, 30 },   [SAGITTA_PELVIS] = { 245, 115, 25 }, [SAGITTA_RIBS] = { 40, 200, 220 },
    [SAGITTA_HAND] = { 215, 30, 35 },
  };
  for (int k = 0; k < 3; k++) rgb[k] = colours[role][k];
}

static void draw_mark(float *picture, const proof_scene *s, const double u[3], const double v[3], int mark) {
  const sagitta_proof_mark *m = &sagitta_proof_marks()[mark];
  double least_x = 1e9, least_y = 1e9, most_x = -1e9, most_y = -1e9;
  float rgb[3];
  colour_of(m->role, rgb);
  for (int i = 0; i < OUTLINE; i++) {
    double a, b, x, y;
    corner_of(m, i, &a, &b);
    see(s, u, v, a, b, &x, &y);
    least_x = fmin(least_x, x);
    most_x = fmax(most_x, x);
    least_y = fmin(least_y, y);
    most_y = fmax(most_y, y);
  }
  for (int y = (int)fmax(0, least_y - 1); y <= most_y + 1 && y < s->height; y++) {
    for (int x = (int)fmax(0, least_x - 1); x <= most_x + 1 && x < s->width; x++) {
      int hits = 0;
      for (int k = 0; k < SAMPLES * SAMPLES; k++) {
        double a, b;
        seen_at(s, u, v, x + (k % SAMPLES + 0.5) / SAMPLES, y + (k / SAMPLES + 0.5) / SAMPLES, &a, &b);
        hits += inside(m, a, b);
      }
      const float cover = (float)hits / (SAMPLES * SAMPLES);
      float *p = picture + 3 * (y * s->width + x);
      for (int c = 0; c < 3; c++) p[c] += cover * (rgb[c] - p[c]);
    }
  }
}

/* In blocks: nobody looks at the paper's edge. */
static void draw_ground(float *picture, const proof_scene *s, const double u[3], const double v[3]) {
  for (int y = 0; y < s->height; y++) {
    float grey = 150;
    for (int x = 0; x < s->width; x++) {
      double a, b;
      if (x % 8 == 0) {
        seen_at(s, u, v, x + 4, y / 8 * 8 + 4, &a, &b);
        grey = fabs(a) <= 105 && fabs(b) <= 148 ? 250 : 150;
      }
      for (int c = 0; c < 3; c++) picture[3 * (y * s->width + x) + c] = grey;
    }
  }
}

/* A Gaussian blur along rows or columns. */
static void blur(float *picture, float *line, int width, int height, bool down, double sigma) {
  const int radius = (int)ceil(3 * sigma), n = down ? height : width, lines = down ? width : height;
  float weight[16], sum = 0;
  for (int k = 0; k <= radius; k++) {
    weight[k] = (float)exp(-k * k / (2 * sigma * sigma));
    sum += k ? 2 * weight[k] : weight[k];
  }
  for (int l = 0; l < lines; l++) {
    float *first = picture + 3 * (down ? l : l * width);
    const int step = 3 * (down ? width : 1);
    for (int i = 0; i < n; i++) memcpy(line + 3 * i, first + i * step, 3 * sizeof *line);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < 3; c++) {
        float to = 0;
        for (int k = -radius; k <= radius; k++) {
          const int at = i + k < 0 ? 0 : i + k >= n ? n - 1 : i + k;
          to += weight[k < 0 ? -k : k] * line[3 * at + c];
        }
        first[i * step + c] = to / sum;
      }
    }
  }
}

static unsigned char level(double value) {
  return (unsigned char)(value <= 0 ? 0 : value >= 255 ? 255 : lrint(value));
}

static void light(float *picture, const proof_scene *s, uint64_t *random) {
  const double warm[3] = { 1 + s->warm, 1, 1 - s->warm };
  for (int y = 0; y < s->height; y++) {
    for (int x = 0; x < s->width; x++) {
      const double gain = s->light * (1 - s->uneven * x / s->width);
      for (int c = 0; c < 3; c++) {
        float *p = picture + 3 * (y * s->width + x) + c;
        *p = (float)fmin(255, fmax(0, *p * gain * warm[c] + s->noise * normal(random)));
      }
    }
  }
}

/* BT.709, limited range, 4:2:0, chroma in the middle of its four. */
static void encode(proof_view *v, const float *picture, const proof_scene *s) {
  const int w = s->width, h = s->height;
  unsigned char *luma = v->memory, *cb = luma + w * h, *cr = cb + w * h / 4;
  for (int y = 0; y < h; y++) {
    for (int x = 0; x < w; x++) {
      const float *p = picture + 3 * (y * w + x);
      luma[y * w + x] = level(16 + 219 / 255.0 * (0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2]));
    }
  }
  for (int y = 0; y < h / 2; y++) {
    for (int x = 0; x < w / 2; x++) {
      double rgb[3] = { 0 };
      for (int k = 0; k < 4; k++) {
        for (int c = 0; c < 3; c++) rgb[c] += picture[3 * ((2 * y + k / 2) * w + 2 * x + k % 2) + c] / 4.0;
      }
      const double grey = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
      cb[y * w / 2 + x] = level(128 + 224 / 255.0 * (rgb[2] - grey) / 1.8556);
      cr[y * w / 2 + x] = level(128 + 224 / 255.0 * (rgb[0] - grey) / 1.5748);
    }
  }
}

proof_view proof_view_draw(const proof_scene *s, unsigned seed) {
  const int w = s->width, h = s->height;
  proof_view v = { .memory = malloc((size_t)w * (size_t)h * 3 / 2) };
  const size_t samples = 3 * (size_t)w * (size_t)h;
  float *picture = malloc((samples + 3 * (size_t)(w + h)) * sizeof *picture);
  uint64_t random = 99 + seed;
  double across[3], along[3];
  if (!v.memory || !picture) {
    free(picture);
    proof_view_free(&v);
    return v;
  }
  axes_of(s, across, along);
  draw_ground(picture, s, across, along);
  for (int m = 0; m < SAGITTA_PROOF_MARKS; m++) draw_mark(picture, s, across, along, m);
  blur(picture, picture + samples, w, h, false, s->blur);
  blur(picture, picture + samples, w, h, true, s->blur);
  light(picture, s, &random);
  encode(&v, picture, s);
  free(picture);
  v.frame = (sagitta_frame){ .width = w,
                             .height = h,
                             .chroma_width = w / 2,
                             .chroma_height = h / 2,
                             .chroma_step_x = 2,
                             .chroma_step_y = 2,
                             .chroma_x = 1,
                             .chroma_y = 1,
                             .layout = SAGITTA_LAYOUT_PLANAR,
                             .bits = 8,
                             .matrix = SAGITTA_MATRIX_BT709,
                             .plane = { v.memory, v.memory + w * h, v.memory + w * h * 5 / 4 },
                             .stride = { w, w / 2, w / 2 } };
  v.info = (sagitta_input_info){ .coded_width = w,
                                 .coded_height = h,
                                 .width = w,
                                 .height = h,
                                 .sample_aspect = 1,
                                 .matrix = SAGITTA_MATRIX_BT709,
                                 .upright = { 1, 0, 0, 0, 1, 0 } };
  return v;
}

void proof_view_free(proof_view *v) {
  free(v->memory);
  v->memory = NULL;
}
