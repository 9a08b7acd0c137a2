/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the drawn picture to what a sensor would deliver, in gamma-coded
 * values: exposures averaged (motion blur), defocus, light, noise.
 *
 * Edges, exposures and defocus are mixed in coded values, not in linear light,
 * so that the centroid of a marker's coded values is the centroid of its
 * outline. Light follows a power law of 2.2, under which a gain of the light is
 * a gain of the coded value.
 */
#include <stdlib.h>
#include <string.h>

#include "render/imaging.h"

#define NOISE_LENGTH (1 << 18)
#define GAMMA        2.2

struct sample_sensor {
  int width, height;
  double blur, noise, saturation, flicker, flicker_hz, ev;
  double tint[3];
  double cast_at, cast_over, cast_red, cast_blue, cast_hue;
  bool turned;         /* the hue, in this frame: */
  float turn[3][3];    /* RGB → RGB */
  float *column, *row; /* light over the picture, coded gain */
  float *noise_table;  /* NOISE_LENGTH + width standard normal values, scaled to the noise's sigma */
  float *sum, *other;  /* 3 planes each; only with motion blur or defocus */
  const uint8_t *argb; /* the only exposure, otherwise */
  int stride, steps;
  float gain[3];
  uint64_t seed_key, frame_key;
};

/* Linear RGB of a black body, green = 1: Kim et al. 2002 for its chromaticity, IEC 61966-2-1 for the primaries. */
static void black_body(double kelvin, double rgb[3]) {
  double t = 1000 / kelvin, x, y;
  if (kelvin < 4000)
    x = ((-0.2661239 * t - 0.2343589) * t + 0.8776956) * t + 0.179910;
  else
    x = ((-3.0258469 * t + 2.1070379) * t + 0.2226347) * t + 0.240390;
  if (kelvin < 2222)
    y = ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683;
  else if (kelvin < 4000)
    y = ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867;
  else
    y = ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
  double X = x / y, Z = (1 - x - y) / y;
  rgb[0] = 3.2406 * X - 1.5372 - 0.4986 * Z;
  rgb[1] = -0.9689 * X + 1.8758 + 0.0415 * Z;
  rgb[2] = 0.0557 * X - 0.2040 + 1.0570 * Z;
  for (int i = 0; i < 3; i++) rgb[i] = fmax(rgb[i] / rgb[1], 0.02);
}

static void set_tint(sample_sensor *s, const sample_options *o) {
  double lamp[3], neutral[3];
  black_body(o->kelvin, lamp);
  black_body(6500, neutral);
  for (int i = 0; i < 3; i++) s->tint[i] = pow(pow(lamp[i] / neutral[i], 1 - o->white_balance), 1 / GAMMA);
}

/* The loss of light runs along the upright picture's x; in a turned picture that is the coded y. */
static void set_gradient(sample_sensor *s, const sample_options *o, const sample_camera *c) {
  for (int x = 0; x < s->width; x++) {
    sample_point p = sample_to_upright(c, (sample_point){ x + 0.5, s->height / 2.0 });
    double at = o->rotation % 180 ? 0.0 : p.x / o->width;
    s->column[x] = (float)pow(1 - o->gradient * at, 1 / GAMMA);
  }
  for (int y = 0; y < s->height; y++) {
    sample_point p = sample_to_upright(c, (sample_point){ s->width / 2.0, y + 0.5 });
    double at = o->rotation % 180 ? p.x / o->width : 0.0;
    s->row[y] = (float)pow(1 - o->gradient * at, 1 / GAMMA);
  }
}

sample_sensor *sample_sensor_new(const sample_options *o, const sample_camera *c) {
  sample_sensor *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  *s = (sample_sensor){ .width = c->width,
                        .height = c->height,
                        .blur = o->blur,
                        .noise = o->noise,
                        .saturation = o->saturation,
                        .flicker = o->flicker,
                        .flicker_hz = o->flicker_hz,
                        .ev = o->ev,
                        .cast_at = o->cast_at,
                        .cast_over = o->cast_over,
                        .cast_red = o->cast_red,
                        .cast_blue = o->cast_blue,
                        .cast_hue = o->cast_hue };
  size_t w = (size_t)c->width, h = (size_t)c->height, area = 3 * w * h;
  bool planes = o->blur > 0 || o->shutter > 0;
  s->column = malloc(w * sizeof *s->column);
  s->row = malloc(h * sizeof *s->row);
  s->noise_table = malloc((NOISE_LENGTH + w) * sizeof *s->noise_table);
  if (planes) s->sum = malloc(area * sizeof *s->sum);
  if (planes) s->other = malloc(area * sizeof *s->other);
  if (!s->column || !s->row || !s->noise_table || (planes && (!s->sum || !s->other))) {
    sample_sensor_free(s);
    return NULL;
  }
  set_tint(s, o);
  set_gradient(s, o, c);
  uint64_t state = sample_hash((uint64_t)o->seed, 4711);
  for (size_t i = 0; i < NOISE_LENGTH; i++) s->noise_table[i] = (float)(o->noise * sample_gauss(&state));
  for (size_t i = 0; i < w; i++) s->noise_table[NOISE_LENGTH + i] = s->noise_table[i % NOISE_LENGTH];
  s->seed_key = sample_hash((uint64_t)o->seed, 4712);
  return s;
}

void sample_sensor_free(sample_sensor *s) {
  if (!s) return;
  free(s->column);
  free(s->row);
  free(s->noise_table);
  free(s->sum);
  free(s->other);
  free(s);
}

/* The hue is turned in the chroma plane of BT.709, as filters do: luma stays. */
static void set_turn(sample_sensor *s, double deg) {
  double c = cos(deg * M_PI / 180), k = sin(deg * M_PI / 180);
  for (int in = 0; in < 3; in++) {
    double v[3] = { in == 0, in == 1, in == 2 };
    double y = 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
    double cb = (v[2] - y) / 1.8556, cr = (v[0] - y) / 1.5748;
    double b = c * cb - k * cr, r = k * cb + c * cr;
    s->turn[0][in] = (float)(y + 1.5748 * r);
    s->turn[1][in] = (float)(y - 0.2126 * 1.5748 / 0.7152 * r - 0.0722 * 1.8556 / 0.7152 * b);
    s->turn[2][in] = (float)(y + 1.8556 * b);
  }
}

/* The cast that comes up while the camera films: white balance that adapts, a lamp that is switched on. */
static void set_cast(sample_sensor *s, double scene_s) {
  double part = s->cast_over > 0 ? (scene_s - s->cast_at) / s->cast_over : scene_s >= s->cast_at;
  part = part < 0 ? 0 : part > 1 ? 1 : part;
  s->gain[0] *= (float)(1 + part * (s->cast_red - 1));
  s->gain[2] *= (float)(1 + part * (s->cast_blue - 1));
  s->turned = part * s->cast_hue != 0;
  if (s->turned) set_turn(s, part * s->cast_hue);
}

void sample_sensor_begin(sample_sensor *s, int frame, double scene_s, int steps) {
  double light = pow(2, s->ev) * (1 + s->flicker * sin(2 * M_PI * s->flicker_hz * scene_s));
  for (int i = 0; i < 3; i++) s->gain[i] = (float)(s->tint[i] * pow(fmax(light, 0), 1 / GAMMA));
  set_cast(s, scene_s);
  s->frame_key = sample_hash(s->seed_key, (uint64_t)frame);
  s->steps = steps;
  s->argb = NULL;
  if (s->sum) memset(s->sum, 0, 3 * (size_t)s->width * (size_t)s->height * sizeof *s->sum);
}

void sample_sensor_expose(sample_sensor *s, const uint8_t *argb, int stride) {
  if (!s->sum) {
    s->argb = argb;
    s->stride = stride;
    return;
  }
  size_t w = (size_t)s->width, plane = w * (size_t)s->height;
  float part = 1.0f / (float)s->steps;
  for (size_t y = 0; y < (size_t)s->height; y++) {
    const uint32_t *in = (const uint32_t *)(const void *)(argb + y * (size_t)stride);
    float *r = s->sum + y * w, *g = r + plane, *b = g + plane;
    for (size_t x = 0; x < w; x++) {
      r[x] += part * (float)(int)(in[x] >> 16 & 255);
      g[x] += part * (float)(int)(in[x] >> 8 & 255);
      b[x] += part * (float)(int)(in[x] & 255);
    }
  }
}

#define TAPS 32

static int kernel(double sigma, float *tap) {
  int n = (int)ceil(3.5 * sigma);
  double total = 0;
  if (n > TAPS - 1) n = TAPS - 1;
  for (int i = 0; i <= n; i++) {
    double v = exp(-0.5 * i * i / (sigma * sigma));
    total += i ? 2 * v : v;
    tap[i] = (float)v;
  }
  for (int i = 0; i <= n; i++) tap[i] = (float)(tap[i] / total);
  return n;
}

static int within(int i, int n) {
  return i < 0 ? 0 : i >= n ? n - 1 : i;
}

static float blurred(const float *a, int x, int w, const float *tap, int n) {
  float v = tap[0] * a[x];
  for (int k = 1; k <= n; k++) v += tap[k] * (a[within(x - k, w)] + a[within(x + k, w)]);
  return v;
}

static void blur_rows(const float *in, float *restrict out, int w, int h, const float *tap, int n) {
  int from = n < w ? n : w, to = w - n > from ? w - n : from;
  for (int y = 0; y < h; y++) {
    const float *a = in + (size_t)y * (size_t)w;
    float *restrict d = out + (size_t)y * (size_t)w;
    for (int x = 0; x < from; x++) d[x] = blurred(a, x, w, tap, n);
    for (int x = to; x < w; x++) d[x] = blurred(a, x, w, tap, n);
    for (int x = from; x < to; x++) d[x] = tap[0] * a[x];
    for (int k = 1; k <= n; k++)
      for (int x = from; x < to; x++) d[x] += tap[k] * (a[x - k] + a[x + k]);
  }
}

static void blur_columns(const float *in, float *restrict out, int w, int h, const float *tap, int n) {
  for (int y = 0; y < h; y++) {
    float *restrict d = out + (size_t)y * (size_t)w;
    for (int k = 0; k <= n; k++) {
      const float *a = in + (size_t)within(y - k, h) * (size_t)w, *b = in + (size_t)within(y + k, h) * (size_t)w;
      if (k == 0)
        for (int x = 0; x < w; x++) d[x] = tap[0] * a[x];
      else
        for (int x = 0; x < w; x++) d[x] += tap[k] * (a[x] + b[x]);
    }
  }
}

void sample_sensor_end(sample_sensor *s) {
  if (!s->sum || s->blur <= 0) return;
  float tap[TAPS];
  int n = kernel(s->blur, tap);
  size_t plane = (size_t)s->width * (size_t)s->height;
  for (size_t i = 0; i < 3; i++) {
    blur_rows(s->sum + i * plane, s->other + i * plane, s->width, s->height, tap, n);
    blur_columns(s->other + i * plane, s->sum + i * plane, s->width, s->height, tap, n);
  }
}

static void finish(float *v, int w, const float *column, float gain, const float *noise) {
  for (int x = 0; x < w; x++) {
    float a = v[x] * (gain * column[x]) + noise[x];
    a = a < 0.0f ? 0.0f : a;
    v[x] = a > 255.0f ? 255.0f : a;
  }
}

void sample_sensor_row(const sample_sensor *s, int y, float *restrict r, float *restrict g, float *restrict b) {
  int w = s->width;
  if (s->argb) {
    const uint32_t *in = (const uint32_t *)(const void *)(s->argb + (size_t)y * (size_t)s->stride);
    for (int x = 0; x < w; x++) {
      r[x] = (float)(int)(in[x] >> 16 & 255);
      g[x] = (float)(int)(in[x] >> 8 & 255);
      b[x] = (float)(int)(in[x] & 255);
    }
  } else {
    size_t plane = (size_t)w * (size_t)s->height, size = (size_t)w * sizeof *r;
    memcpy(r, s->sum + (size_t)y * (size_t)w, size);
    memcpy(g, s->sum + plane + (size_t)y * (size_t)w, size);
    memcpy(b, s->sum + 2 * plane + (size_t)y * (size_t)w, size);
  }
  if (s->saturation != 1) {
    float k = (float)s->saturation;
    for (int x = 0; x < w; x++) {
      float grey = 0.2126f * r[x] + 0.7152f * g[x] + 0.0722f * b[x];
      r[x] = grey + k * (r[x] - grey);
      g[x] = grey + k * (g[x] - grey);
      b[x] = grey + k * (b[x] - grey);
    }
  }
  if (s->turned) {
    const float(*m)[3] = s->turn;
    for (int x = 0; x < w; x++) {
      float in[3] = { r[x], g[x], b[x] };
      r[x] = m[0][0] * in[0] + m[0][1] * in[1] + m[0][2] * in[2];
      g[x] = m[1][0] * in[0] + m[1][1] * in[1] + m[1][2] * in[2];
      b[x] = m[2][0] * in[0] + m[2][1] * in[1] + m[2][2] * in[2];
    }
  }
  float *channel[3] = { r, g, b };
  for (int i = 0; i < 3; i++) {
    uint64_t key = sample_hash(s->frame_key, (uint64_t)y * 3 + (uint64_t)i);
    finish(channel[i], w, s->column, s->gain[i] * s->row[y], s->noise_table + key % NOISE_LENGTH);
  }
}
