/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "people.h"

#define PI        3.14159265358979323846
#define RAD       (PI / 180)
#define SLICES    60
#define T3_PART   0.8            /* of the thoracic curve */
#define RIBS_PART (7.5 / SLICES) /* of the thoracic curve: under the ribs strip */
#define STRIP_CM  14.0

double people_unit(uint64_t *state) {
  /* xorshift64* (Vigna 2016) */
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return ((double)((*state * UINT64_C(0x2545F4914F6CDD1D)) >> 11) + 0.5) * 0x1p-53;
}

double people_normal(uint64_t *state) {
  const double radius = sqrt(-2 * log(people_unit(state)));
  return radius * cos(2 * PI * people_unit(state));
}

static double around(uint64_t *state, double mean, double spread) {
  return mean + spread * people_normal(state);
}

static double within(double value, double low, double high) {
  return fmin(high, fmax(low, value));
}

person people_draw(uint64_t *state, const people_settings *settings) {
  person p = { 0 };
  const double stature = around(state, 171, 9);
  p.thigh = stature * around(state, 0.245, 0.010);
  p.shank = stature * around(state, 0.246, 0.010);
  p.pelvis_up = stature * around(state, 0.058, 0.006);
  p.pelvis_back = around(state, 2.5, 1.2);
  p.lumbar = stature * around(state, 0.106, 0.008);
  p.thorax = stature * around(state, 0.158, 0.010);
  p.lordosis = around(state, 46, 10);
  p.kyphosis = around(state, 37, 9);
  p.base = around(state, 0, 4);
  p.lower = around(state, 0.1, 0.3);
  p.shoulder_x = around(state, 3, 1.4) + settings->placement * people_normal(state);
  p.shoulder_y = around(state, 2.0, 1.4) + settings->placement * people_normal(state);
  p.protraction = fmax(0, around(state, 3, 1.5));
  p.hip_x = settings->placement * people_normal(state);
  p.hip_y = settings->placement * people_normal(state);
  p.knee_x = settings->placement * 0.7 * people_normal(state);
  const double slide[4] = { 1.0, 1.3, 0.6, 0.3 };
  for (int i = 0; i < 4; i++) {
    for (int k = 0; k < 2; k++) p.slide[i][k] = settings->skin * slide[i] * people_normal(state);
  }
  p.pelvis_skin = settings->skin * 4.0 * people_normal(state);
  p.ribs_skin = settings->skin * 3.5 * people_normal(state);
  p.yaw = around(state, 0, 5);
  p.px_per_cm = 3 + 4 * people_unit(state);
  p.noise_px = 0.05 + 0.1 * people_unit(state);
  p.right = people_unit(state) < 0.5;
  const double total = within(around(state, 105, 16), 62, 150);
  const double share = within(around(state, 0.45, 0.12), 0.1, 0.85);
  p.thigh_lean = within(around(state, -8, 4), -20, 3);
  p.lumbar_flexion = total * share;
  p.pelvis = total * (1 - share) + p.thigh_lean;
  p.thoracic = within(around(state, 15, 8), -8, 40);
  p.lead = within(around(state, 0.25, 0.25), -0.4, 0.9);
  return p;
}

typedef struct {
  double x, y, lean; /* cm, deg forward */
} place;

static void advance(place *at, double lean, double length) {
  at->x += length * sin(lean * RAD);
  at->y += length * cos(lean * RAD);
  at->lean = lean;
}

/* Smooth curve from L5/S1 up: *ribs and *t3 in the frame of the hip joint. `joints`: flexion of the lumbar part. */
static void spine(const person *p, double pelvis, double joints, double thoracic, place *ribs, place *t3) {
  place at = { -p->pelvis_back * cos(pelvis * RAD) + p->pelvis_up * sin(pelvis * RAD),
               p->pelvis_back * sin(pelvis * RAD) + p->pelvis_up * cos(pelvis * RAD), 0 };
  for (int i = 0; i < SLICES; i++) {
    const double s = (i + 0.5) / SLICES;
    const double lordosis = 0.5 * cos(PI * s);        /* curvature greatest in the middle */
    const double flexed = s + p->lower * s * (1 - s); /* more of it below when lower > 0 */
    advance(&at, pelvis + p->base + p->lordosis * lordosis + joints * flexed, p->lumbar / SLICES);
  }
  const double top = pelvis + p->base - 0.5 * p->lordosis + joints;
  for (int i = 0; i < SLICES; i++) {
    const double s = (i + 0.5) / SLICES;
    if (s > T3_PART) break;
    const double kyphosis = 0.5 - 0.5 * cos(PI * s);
    advance(&at, top + p->kyphosis * kyphosis + thoracic * (1.3 * s - 0.3 * s * s), p->thorax / SLICES);
    if (s <= RIBS_PART) *ribs = at;
  }
  *t3 = at;
}

/* Part of the thoracic flexion that lies below the ribs strip. */
static double below_ribs(void) {
  const double s = RIBS_PART;
  return 1.3 * s - 0.3 * s * s;
}

typedef struct {
  double x, y;
} vector;

static vector turned(double x, double y, double deg) {
  return (vector){ x * cos(deg * RAD) + y * sin(deg * RAD), -x * sin(deg * RAD) + y * cos(deg * RAD) };
}

/* One marker at (x, y) cm, y up, into the picture. */
static void project(const person *p, seen_marker *m, double x, double y) {
  m->x = 640 + (p->right ? 1 : -1) * p->px_per_cm * x * cos(p->yaw * RAD);
  m->y = 500 - p->px_per_cm * y;
  m->axis = m->length = NAN;
}

static void project_strip(const person *p, seen_marker *m, double deg) {
  const double across = sin(deg * RAD) * cos(p->yaw * RAD), up = cos(deg * RAD);
  double seen = atan2(across, up) / RAD;
  seen += 360 * round((deg - seen) / 360);
  m->axis = p->right ? seen : -seen;
  m->length = STRIP_CM * p->px_per_cm * hypot(across, up);
}

void people_markers(const person *p, double part, bool hip_strip, seen_marker out[SAGITTA_ROLES]) {
  const double eased = part * part * (3 - 2 * part);
  const double lumbar = p->lumbar_flexion * (eased + p->lead * eased * (1 - eased));
  const double pelvis = p->pelvis * (eased - p->lead * eased * (1 - eased));
  const double thoracic = p->thoracic * eased, lean = p->thigh_lean * eased;
  const double joints = lumbar - thoracic * below_ribs();
  const double skin = (1 - exp(-2.5 * eased)) / (1 - exp(-2.5)); /* early, then it tightens */

  /* Knees straight: the whole leg leans back about the ankle. */
  const vector knee = turned(0, p->shank, lean), thigh = turned(0, p->thigh, lean);
  const vector joint = { knee.x + thigh.x, knee.y + thigh.y };
  place ribs = { 0 }, t3 = { 0 };
  spine(p, pelvis, joints, thoracic, &ribs, &t3);
  const vector shoulder = turned(p->shoulder_x + p->protraction * eased, p->shoulder_y, t3.lean);
  const vector hip = turned(p->hip_x, p->hip_y, hip_strip ? pelvis : lean);
  const double pelvis_axis = pelvis + p->pelvis_skin * skin, ribs_axis = ribs.lean + p->ribs_skin * skin;

  project(p, &out[SAGITTA_SHOULDER], joint.x + t3.x + shoulder.x + p->slide[0][0] * skin,
          joint.y + t3.y + shoulder.y + p->slide[0][1] * skin);
  vector end = { joint.x + hip.x + p->slide[1][0] * skin, joint.y + hip.y + p->slide[1][1] * skin };
  if (hip_strip) {
    const vector half = turned(0, STRIP_CM / 2, pelvis_axis);
    end.x += half.x;
    end.y += half.y;
  }
  project(p, &out[SAGITTA_HIP], end.x, end.y);
  if (hip_strip) project_strip(p, &out[SAGITTA_HIP], pelvis_axis);
  const vector knee_at = turned(p->knee_x, 0, lean);
  project(p, &out[SAGITTA_KNEE], knee.x + knee_at.x + p->slide[2][0] * skin,
          knee.y + knee_at.y + p->slide[2][1] * skin);
  project(p, &out[SAGITTA_ANKLE], p->slide[3][0] * skin, p->slide[3][1] * skin);
  const vector side = turned(1, 12, pelvis);
  project(p, &out[SAGITTA_PELVIS], joint.x + side.x, joint.y + side.y);
  project_strip(p, &out[SAGITTA_PELVIS], pelvis_axis + 6);
  project(p, &out[SAGITTA_RIBS], joint.x + ribs.x, joint.y + ribs.y);
  project_strip(p, &out[SAGITTA_RIBS], ribs_axis);
}
