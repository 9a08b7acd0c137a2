/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figure.h"
#include "base/math.h"

#define SLICES   40
#define LUMBAR   18.0 /* cm */
#define THORAX   27.0
#define LORDOSIS 40.0
#define KYPHOSIS 38.0
#define STRIP    14.0
#define WIDTH    1920
#define HEIGHT   1080

movement movement_default(posture start, posture end) {
  return (movement){ .start = start,
                     .end = end,
                     .rate = 30,
                     .rest_s = 1,
                     .out_s = 2,
                     .hold_s = 1.5,
                     .back_s = 2,
                     .repetitions = 3,
                     .set = SAGITTA_SET_CLINIC,
                     .ruler = { { NAN, NAN }, { NAN, NAN } },
                     .right = true,
                     .px_per_cm = 4,
                     .middle_x = 40,
                     .middle_y = 80 };
}

posture figure_standing(void) {
  return (posture){ .hip_y = FIGURE_SOLE + FIGURE_SHANK + FIGURE_THIGH, .hand_x = NAN, .hand_y = NAN };
}

posture figure_sitting(void) {
  return (
      posture){ .hip_y = 10, .thigh = -88, .shank = -89, .pelvis = -32, .lumbar = 28, .hand_x = NAN, .hand_y = NAN };
}

posture figure_lying(void) {
  return (posture){ .hip_y = 10, .thigh = -90, .shank = -90, .pelvis = -90, .lumbar = 2, .hand_x = NAN, .hand_y = NAN };
}

posture figure_lying_90(void) {
  return (
      posture){ .hip_y = 10, .thigh = -180, .shank = -92, .pelvis = -92, .lumbar = 6, .hand_x = NAN, .hand_y = NAN };
}

posture with_hand(posture p, double x, double y) {
  p.hand_x = x;
  p.hand_y = y;
  return p;
}

typedef struct {
  double x, y;
} vector;

static vector along(vector from, double lean, double length) {
  return (vector){ from.x + length * sin(lean * SG_RADIANS), from.y + length * cos(lean * SG_RADIANS) };
}

/* Turned forward: what points up points ahead. */
static vector turned(double x, double y, double deg) {
  return (vector){ x * cos(deg * SG_RADIANS) + y * sin(deg * SG_RADIANS),
                   y * cos(deg * SG_RADIANS) - x * sin(deg * SG_RADIANS) };
}

posture on_feet(posture p) {
  const vector knee = along((vector){ 0, FIGURE_SOLE }, p.shank, FIGURE_SHANK),
               hip = along(knee, p.thigh, FIGURE_THIGH);
  p.hip_x = hip.x;
  p.hip_y = hip.y;
  return p;
}

void figure_ankle(const posture *p, double at[2]) {
  const vector hip = { p->hip_x, p->hip_y };
  const vector knee = along(hip, p->thigh, -FIGURE_THIGH), ankle = along(knee, p->shank, -FIGURE_SHANK);
  at[0] = ankle.x;
  at[1] = ankle.y;
}

typedef struct {
  vector ribs, shoulder;
} upper;

static upper spine(const posture *p, vector hip) {
  const vector base = turned(-2.5, 9.8, p->pelvis);
  vector at = { hip.x + base.x, hip.y + base.y };
  upper u;
  double lean = 0;
  for (int i = 0; i < SLICES; i++) {
    const double s = (i + 0.5) / SLICES;
    at = along(at, p->pelvis + LORDOSIS * (0.5 - s) + p->lumbar * s * (1.3 - 0.3 * s), LUMBAR / SLICES);
  }
  u.ribs = at;
  for (int i = 0; i < 4 * SLICES / 5; i++) {
    const double s = (i + 0.5) / SLICES;
    lean = p->pelvis - LORDOSIS / 2 + p->lumbar + KYPHOSIS * s + p->thoracic * s;
    at = along(at, lean, THORAX / SLICES);
  }
  const vector offset = turned(3, 1.5, lean);
  u.shoulder = (vector){ at.x + offset.x, at.y + offset.y };
  return u;
}

static void put(const movement *m, sagitta_sample *s, vector at, double axis, double length) {
  const double sign = m->right ? 1 : -1;
  *s = (sagitta_sample){ .state = SAGITTA_SEEN,
                         .x = WIDTH / 2 + sign * m->px_per_cm * (at.x - m->middle_x),
                         .y = HEIGHT / 2 - m->px_per_cm * (at.y - m->middle_y),
                         .axis = sign * axis,
                         .length = length * m->px_per_cm,
                         .size = 3 * m->px_per_cm,
                         .sigma = 0.05 };
}

static void place(const movement *m, const posture *p, sagitta_sample s[SAGITTA_ROLES]) {
  const vector hip = { p->hip_x, p->hip_y }, knee = along(hip, p->thigh, -FIGURE_THIGH);
  const upper u = spine(p, hip);
  double ankle[2];
  figure_ankle(p, ankle);
  put(m, &s[SAGITTA_SHOULDER], u.shoulder, NAN, NAN);
  put(m, &s[SAGITTA_HIP], hip, NAN, NAN);
  put(m, &s[SAGITTA_KNEE], knee, NAN, NAN);
  put(m, &s[SAGITTA_ANKLE], (vector){ ankle[0], ankle[1] }, NAN, NAN);
  if (m->set == SAGITTA_SET_STRIP) {
    put(m, &s[SAGITTA_HIP], along(hip, p->pelvis, STRIP / 2), p->pelvis, STRIP);
  } else if (m->set == SAGITTA_SET_CLINIC) {
    const vector side = turned(1, 12, p->pelvis);
    put(m, &s[SAGITTA_PELVIS], (vector){ hip.x + side.x, hip.y + side.y }, p->pelvis + 5, STRIP);
    put(m, &s[SAGITTA_RIBS], u.ribs, p->pelvis + p->lumbar - 12, STRIP);
  }
  if (!isnan(p->hand_x)) put(m, &s[SAGITTA_HAND], (vector){ p->hand_x, p->hand_y }, NAN, NAN);
  for (int k = 0; k < 2; k++) {
    if (isnan(m->ruler[k][0])) continue;
    put(m, &s[k ? SAGITTA_RULER1 : SAGITTA_RULER0], (vector){ m->ruler[k][0], m->ruler[k][1] }, NAN, NAN);
  }
}

static double mix(double a, double b, double part) {
  return a + part * (b - a);
}

static posture between(const posture *a, const posture *b, double part) {
  return (
      posture){ mix(a->hip_x, b->hip_x, part),       mix(a->hip_y, b->hip_y, part),   mix(a->thigh, b->thigh, part),
                mix(a->shank, b->shank, part),       mix(a->pelvis, b->pelvis, part), mix(a->lumbar, b->lumbar, part),
                mix(a->thoracic, b->thoracic, part), mix(a->hand_x, b->hand_x, part), mix(a->hand_y, b->hand_y, part) };
}

static double cycle(const movement *m) {
  return m->rest_s + m->out_s + m->hold_s + m->back_s;
}

double movement_length(const movement *m) {
  return m->repetitions * cycle(m) + m->rest_s;
}

double movement_hold(const movement *m, int repetition) {
  return repetition * cycle(m) + m->rest_s + m->out_s + 0.5 * m->hold_s;
}

static double part_at(const movement *m, double time_s, int *repetition) {
  *repetition = (int)floor(time_s / cycle(m));
  double t = time_s - *repetition * cycle(m) - m->rest_s, part = 0;
  if (*repetition >= m->repetitions || t <= 0) return 0;
  if (t < m->out_s) {
    part = t / m->out_s;
  } else {
    t -= m->out_s + m->hold_s;
    part = t <= 0 ? 1 : fmax(0, 1 - t / m->back_s);
  }
  return part * part * (3 - 2 * part);
}

/* Small, even and the same every time; about 0.05 px. */
static double noise(unsigned *state) {
  *state = *state * 1664525u + 1013904223u;
  return 0.16 * ((double)(*state >> 8) / (1 << 24) - 0.5);
}

/* Tracks that are being filmed. */
typedef struct {
  const movement *m;
  sagitta_tracks *tracks;
  unsigned state;
  double turned[SAGITTA_ROLES]; /* tracks have a strip's first direction in (-90, 90] */
} film;

static film film_new(const movement *m) {
  const sagitta_tracks_info info = { .width = WIDTH, .height = HEIGHT, .rate = m->rate };
  film f = { .m = m, .state = 7 };
  assert_int_equal(sagitta_tracks_new(&f.tracks, &info, NULL), SAGITTA_OK);
  for (int role = 0; role < SAGITTA_ROLES; role++) f.turned[role] = NAN;
  return f;
}

static void film_frame(film *f, double time_s, const posture *now, double part, int repetition) {
  sagitta_sample s[SAGITTA_ROLES];
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    s[role] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
  }
  place(f->m, now, s);
  if (f->m->spoil) f->m->spoil(s, time_s, part, repetition);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (f->m->without >> role & 1u) s[role] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
    s[role].x += noise(&f->state);
    s[role].y += noise(&f->state);
    if (isnan(f->turned[role])) f->turned[role] = -180 * round(s[role].axis / 180);
    s[role].axis += f->turned[role] + noise(&f->state);
  }
  assert_int_equal(sagitta_tracks_append(f->tracks, time_s, s, NULL), SAGITTA_OK);
}

sagitta_tracks *movement_tracks(const movement *m) {
  film f = film_new(m);
  for (int i = 0; i < movement_length(m) * m->rate; i++) {
    int repetition;
    const double part = part_at(m, i / m->rate, &repetition);
    const posture now = between(&m->start, &m->end, part);
    film_frame(&f, i / m->rate, &now, part, repetition);
  }
  return f.tracks;
}

sagitta_tracks *script_tracks(const movement *m, const script_key *keys, size_t count, double sway_deg) {
  film f = film_new(m);
  size_t k = 0;
  for (int i = 0; i / m->rate <= keys[count - 1].time_s; i++) {
    const double t = i / m->rate;
    while (k + 2 < count && keys[k + 1].time_s <= t) k++;
    const double u = fmin(1, fmax(0, (t - keys[k].time_s) / fmax(1e-9, keys[k + 1].time_s - keys[k].time_s)));
    posture now = between(&keys[k].at, &keys[k + 1].at, u * u * u * (10 + u * (6 * u - 15)));
    const double slow = sin(2.1 * t), other = sin(1.3 * t + 1);
    now.thigh += 0.5 * sway_deg * slow;
    now.pelvis += sway_deg * slow;
    now.lumbar += sway_deg * other;
    film_frame(&f, t, &now, 0, 0);
  }
  return f.tracks;
}
