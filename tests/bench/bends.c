/* SPDX-License-Identifier: Apache-2.0 */
#include "bends.h"
#include "base/math.h"

#include <math.h>
#include <stdlib.h>

#define RATE     1000 /* moments a second */
#define DEG      (180 / SG_PI)
#define PROFILE  10 /* ms between the speeds of which the smoothness is taken */
#define PADDED   8192
#define LASTING  0.1 /* s */
#define STILL_S  0.3 /* before the bend: where the angles are zero */
#define MOST_LAG 0.35

const char *const truth_names[TRUTHS] = { "hip onset, s",      "lumbar onset, s",     "hip lag, s",
                                          "hip speed, deg/s",  "lumbar speed, deg/s", "trunk speed, deg/s",
                                          "share of 0-30",     "share of 30-60",      "share of 60-90",
                                          "smoothness, SPARC", "weight shift, thighs" };

bend bend_of(uint64_t seed, uint64_t number, sagitta_marker_set set, double rate, double lag_s) {
  static const sg_amounts whole = { 1, 1, 1, 1, 1 };
  sg_chance who = sg_chance_new(seed, 3 * number), how = sg_chance_new(seed, 3 * number + 1);
  bend b = { .set = set, .rate = rate, .chance = sg_chance_new(seed, 3 * number + 2) };
  b.who = sg_person_draw(&who, &whole);
  b.schedule = sg_schedule_draw(&b.who, 1, &how);
  sg_bending *only = &b.schedule.bend[0];
  if (!isnan(lag_s)) only->lag_s = fmin(MOST_LAG * only->down_s, fmax(-MOST_LAG * only->down_s, lag_s));
  return b;
}

sagitta_tracks *bend_tracks(const bend *b) {
  const sagitta_tracks_info info = { .width = b->who.filming.width,
                                     .height = b->who.filming.height,
                                     .rate = b->uneven > 0 ? 0 : b->rate };
  sagitta_tracks *tracks = NULL;
  sg_chance chance = b->chance;
  sg_actor actor = sg_actor_new(&b->who, &b->schedule, b->set, true, false, &b->chance);
  if (sagitta_tracks_new(&tracks, &info, NULL)) return NULL;
  const int frames = (int)(sg_schedule_length(&b->schedule) * b->rate);
  for (int i = 0; i < frames; i++) {
    const double aside = i > 0 ? b->uneven * (2 * sg_chance_unit(&chance) - 1) : 0, t = (i + aside) / b->rate;
    sagitta_sample samples[SAGITTA_ROLES];
    sg_actor_frame(&actor, t, samples, NULL);
    if (sagitta_tracks_append(tracks, t, samples, NULL)) {
      sagitta_tracks_free(&tracks);
      return NULL;
    }
  }
  return tracks;
}

typedef struct {
  size_t n; /* up to the middle of the hold */
  double *hinge, *lumbar, *trunk, *backward;
} dense;

static void free_dense(dense *d) {
  free(d->hinge);
  free(d->lumbar);
  free(d->trunk);
  free(d->backward);
}

/* deg forward of the line from the hip to the shoulder marker. */
static double trunk_line(const sagitta_sample *s) {
  double x = s[SAGITTA_HIP].x, y = s[SAGITTA_HIP].y;
  if (!isnan(s[SAGITTA_HIP].axis)) { /* a strip: its lower end */
    x -= 0.5 * s[SAGITTA_HIP].length * sin(s[SAGITTA_HIP].axis / DEG);
    y += 0.5 * s[SAGITTA_HIP].length * cos(s[SAGITTA_HIP].axis / DEG);
  }
  return atan2(s[SAGITTA_SHOULDER].x - x, y - s[SAGITTA_SHOULDER].y) * DEG;
}

/* The same person before a perfect camera, skin still. */
static sg_person plain_person(const bend *b) {
  sg_person p = b->who;
  for (int i = 0; i < SG_SKIN_SITES; i++) p.skin[i].by[0] = p.skin[i].by[1] = 0;
  p.filming = (sg_filming){ .width = 1280, .height = 720, .flat = true, .px_per_cm = 3.5, .height_cm = 80 };
  p.right = true;
  return p;
}

/* Angles as change from the last moments of standing. */
static void from_standing(const dense *d, double *v, double start_s) {
  const size_t to = (size_t)(start_s * RATE), from = (size_t)(fmax(0, start_s - STILL_S) * RATE);
  double sum = 0;
  for (size_t i = from; i < to; i++) sum += v[i];
  const double start = sum / (double)(to - from);
  for (size_t i = 0; i < d->n; i++) v[i] -= start;
}

static bool fill_dense(const bend *b, bool unrest, dense *d) {
  const sg_bending *only = &b->schedule.bend[0];
  d->n = (size_t)((only->start_s + only->down_s + 0.5 * only->hold_s) * RATE);
  d->hinge = malloc(d->n * sizeof(double));
  d->lumbar = malloc(d->n * sizeof(double));
  d->trunk = malloc(d->n * sizeof(double));
  d->backward = malloc(d->n * sizeof(double));
  if (!d->hinge || !d->lumbar || !d->trunk || !d->backward) return false;
  sg_person p = plain_person(b);
  if (!unrest) p.sway = p.unrest = 0;
  sg_actor actor = sg_actor_new(&p, &b->schedule, b->set, true, false, &b->chance);
  for (size_t i = 0; i < d->n; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    sagitta_simulated_frame truth;
    sg_pose pose;
    sg_skeleton skeleton;
    sg_actor_frame(&actor, (double)i / RATE, samples, &truth);
    sg_schedule_pose(&b->schedule, &p, (double)i / RATE, &pose);
    sg_skeleton_set(&skeleton, &p, &pose);
    d->hinge[i] = truth.hip_hinge;
    d->lumbar[i] = truth.lumbar_flexion;
    d->trunk[i] = trunk_line(samples);
    d->backward[i] = (skeleton.ankle.x - skeleton.hip.x) / p.thigh;
  }
  from_standing(d, d->hinge, only->start_s);
  from_standing(d, d->lumbar, only->start_s);
  from_standing(d, d->backward, only->start_s);
  return true;
}

static double fastest(const double *v, size_t n) {
  double most = 0;
  for (size_t i = 10; i + 10 < n; i++) most = fmax(most, (v[i + 10] - v[i - 10]) * RATE / 20);
  return most;
}

/* Faster than 5 % of the greatest speed and than 3 deg/s for 0.1 s on end. */
static double onset(const double *v, size_t n) {
  const double limit = fmax(3, 0.05 * fastest(v, n));
  size_t lasting = 0;
  for (size_t i = 1; i + 1 < n; i++) {
    lasting = (v[i + 1] - v[i - 1]) * RATE / 2 > limit ? lasting + 1 : 0;
    if (lasting == (size_t)(LASTING * RATE)) return (double)(i + 1 - lasting) / RATE;
  }
  return NAN;
}

static void shares(const dense *d, double *share) {
  double lumbar = 0;
  int third = 1;
  for (size_t i = 0; i < d->n && third <= 3; i++) {
    if (d->hinge[i] + d->lumbar[i] < 30 * third) continue;
    share[third++ - 1] = (d->lumbar[i] - lumbar) / 30;
    lumbar = d->lumbar[i];
  }
}

/* SPARC by its definition. */
static double smoothness(const double *v, size_t n) {
  const size_t count = (n - 1) / PROFILE, bins = (size_t)PADDED * 10 * PROFILE / RATE + 1;
  double f[PADDED], most = 0, length = 0;
  for (size_t k = 0; k < bins; k++) {
    double re = 0, im = 0;
    for (size_t i = 0; i < count; i++) {
      const double speed = fabs(v[(i + 1) * PROFILE] - v[i * PROFILE]);
      const double turn = 2 * SG_PI * (double)(k * i % PADDED) / PADDED;
      re += speed * cos(turn);
      im -= speed * sin(turn);
    }
    f[k] = hypot(re, im);
    most = fmax(most, f[k]);
  }
  size_t last = bins - 1;
  while (f[last] < 0.05 * most) last--;
  for (size_t k = 0; k < last; k++) length += hypot(1 / (double)last, (f[k + 1] - f[k]) / most);
  return -length;
}

static double mean_of(const double *v, size_t from, size_t to) {
  double sum = 0;
  for (size_t i = from; i < to; i++) sum += v[i];
  return sum / (double)(to - from);
}

bool bend_truth(const bend *b, double truth[TRUTHS]) {
  const sg_bending *only = &b->schedule.bend[0];
  dense still = { 0 }, whole = { 0 };
  const bool done = fill_dense(b, false, &still) && fill_dense(b, true, &whole);
  for (int i = 0; i < TRUTHS; i++) truth[i] = NAN;
  if (done) {
    const size_t start = (size_t)(fmax(0, only->start_s - 0.1) * RATE), deep = (size_t)(0.2 * RATE);
    const size_t down = (size_t)((only->start_s + only->down_s) * RATE);
    truth[TRUTH_HIP_ONSET] = onset(still.hinge, still.n);
    truth[TRUTH_LUMBAR_ONSET] = onset(still.lumbar, still.n);
    truth[TRUTH_LAG] = truth[TRUTH_HIP_ONSET] - truth[TRUTH_LUMBAR_ONSET];
    truth[TRUTH_HIP_SPEED] = fastest(whole.hinge, whole.n);
    truth[TRUTH_LUMBAR_SPEED] = fastest(whole.lumbar, whole.n);
    truth[TRUTH_TRUNK_SPEED] = fastest(whole.trunk, whole.n);
    shares(&whole, truth + TRUTH_SHARE_1);
    truth[TRUTH_SMOOTHNESS] = smoothness(whole.trunk + start, down - start);
    truth[TRUTH_WEIGHT_SHIFT] = mean_of(whole.backward, whole.n - deep, whole.n);
  }
  free_dense(&still);
  free_dense(&whole);
  return done;
}

const sagitta_quantity *bend_found(const sagitta_repetition *r, int truth) {
  switch (truth) {
    case TRUTH_HIP_ONSET:
      return &r->hip_onset;
    case TRUTH_LUMBAR_ONSET:
      return &r->lumbar_onset;
    case TRUTH_LAG:
      return &r->hip_lag;
    case TRUTH_HIP_SPEED:
      return &r->hip_velocity;
    case TRUTH_LUMBAR_SPEED:
      return &r->lumbar_velocity;
    case TRUTH_TRUNK_SPEED:
      return &r->peak_velocity;
    case TRUTH_SMOOTHNESS:
      return &r->smoothness;
    case TRUTH_WEIGHT_SHIFT:
      return &r->weight_shift;
    default:
      break;
  }
  const size_t third = (size_t)(truth - TRUTH_SHARE_1);
  return third < r->phase_count ? &r->phase[third].lumbar_share : NULL;
}
