/* SPDX-License-Identifier: Apache-2.0 */
#include "body/joints.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/gaps.h"
#include "base/math.h"
#include "tracks/tracks.h"

#define LEAST      3     /* rows on either side, at least … */
#define FARTHEST_S 0.65  /* … none of them farther away … */
#define MOST       64    /* … and at most so many */
#define APART_S    0.25  /* s: rows farther apart are no two pictures one after the other */
#define FASTEST    30.0  /* m/s²: no part of a body that is measured is moved faster from place to place [J] … */
#define JOINS      0.75  /* of that: so much must the others jump [J] */
#define TURNS      20.0  /* … nor turned round [J] */
#define TURNS_S    0.045 /* s: who bounces turns round within rows that are farther apart, … */
#define AT_ONCE    0.8   /* … and is slower than this part of his speed just before and after it */
#define LEAST_PX   3.0   /* what encoders and rounding do to a place is less */
#define LEAST_M    0.01
#define SURE_SD    6.0          /* standard errors */
#define MOVING_M_S 0.15         /* slower is hardly on the move */
#define RANGE_M    0.05         /* a marker that moves by less in the whole recording stands still */
#define LEGS_M     0.91         /* shoulder to hip and hip to knee, of somebody of 1.7 m (Drillis and Contini 1966) */
#define NOISE_PX   0.1          /* no place is better known */
#define TOGETHER_S 0.25         /* s: one joint in so much */
#define ROLES_MOST SAGITTA_HAND /* the hand is moved as fast as it likes */

typedef struct place {
  double x, y; /* px; NAN = unknown */
} place;

typedef struct scene {
  size_t rows;
  double *time;
  place *at[SAGITTA_ROLES]; /* NULL = no such marker */
  bool moves[SAGITTA_ROLES];
  int moving;   /* so many of them move */
  double metre; /* px */
  place *memory;
} scene;

/* s of movement on either side that tell how it goes on: both must say so. A fast one is no parabola for long, and a
 * short one is soon noise. */
static const double windows[] = { 0.1, 0.2 };

/* The movement on one side of a step, at the row beside it. */
typedef struct side {
  double x, y, vx, vy;       /* px, px/s */
  double place_sd, speed_sd; /* px, px/s */
  double last;               /* px/s: from the row beside it alone */
} side;

/* What a step asks of one marker. */
typedef struct ask {
  bool known;
  double from_x, from_y, to_x, to_y; /* px: beside it */
  double jump;                       /* px, that no movement explains */
  bool jumps, joins;                 /* by more than any movement; by as much as hardly a movement does */
  bool turns, rests;                 /* round; is slow on one side */
} ask;

/* ---- the markers' places ---- */

static bool seen(const scene *s, int role, size_t row) {
  return s->at[role] && !isnan(s->at[role][row].x);
}

/* Whether the camera is on the move between two rows: how it stands there is not known to the pixel. */
static bool camera_moves(const sagitta_tracks *tracks, size_t row, size_t other) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const sagitta_camera_pose p = sagitta_tracks_get_camera(tracks, row), q = sagitta_tracks_get_camera(tracks, other);
  const double far = 0.25 * fmax(info->width, info->height);
  return !(hypot(p.x - q.x, p.y - q.y) + far * (fabs(p.roll - q.roll) * SG_RADIANS + fabs(p.scale - q.scale)) <
           LEAST_PX);
}

static place place_in(const sagitta_tracks *tracks, size_t row, sagitta_role role) {
  const place nowhere = { NAN, NAN };
  sagitta_sample sample = sagitta_tracks_get(tracks, row, role);
  if (sample.state != SAGITTA_SEEN) return nowhere;
  if (sagitta_tracks_has_camera(tracks)) {
    const sagitta_camera_pose pose = sagitta_tracks_get_camera(tracks, row);
    if (row > 0 && camera_moves(tracks, row, row - 1)) return nowhere;
    if (row + 1 < sagitta_tracks_rows(tracks) && camera_moves(tracks, row, row + 1)) return nowhere;
    sg_pose_undo(sagitta_tracks_get_info(tracks), &pose, &sample);
  }
  return (place){ sample.x, sample.y };
}

static double apart(place a, place b) {
  return hypot(a.x - b.x, a.y - b.y);
}

/* Of shoulder, hip and knee; NAN where they are never seen together. 0 when memory is short. */
static int find_metre(scene *s) {
  double *length = malloc(s->rows * sizeof *length);
  size_t n = 0;
  if (!length) return 0;
  for (size_t i = 0; i < s->rows; i++) {
    if (!seen(s, SAGITTA_SHOULDER, i) || !seen(s, SAGITTA_HIP, i) || !seen(s, SAGITTA_KNEE, i)) continue;
    const place hip = s->at[SAGITTA_HIP][i];
    length[n++] = apart(s->at[SAGITTA_SHOULDER][i], hip) + apart(hip, s->at[SAGITTA_KNEE][i]);
  }
  s->metre = n ? sg_median(length, n) / LEGS_M : NAN;
  free(length);
  return 1;
}

static bool moves(const scene *s, int role) {
  double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };
  for (size_t i = 0; i < s->rows; i++) {
    if (!seen(s, role, i)) continue;
    const place p = s->at[role][i];
    low[0] = fmin(low[0], p.x);
    low[1] = fmin(low[1], p.y);
    high[0] = fmax(high[0], p.x);
    high[1] = fmax(high[1], p.y);
  }
  return hypot(high[0] - low[0], high[1] - low[1]) > RANGE_M * s->metre;
}

static int read_scene(scene *s, const sagitta_tracks *tracks, const unsigned char *stalled) {
  *s = (scene){ .rows = sagitta_tracks_rows(tracks) };
  s->time = malloc(s->rows * sizeof *s->time);
  s->memory = malloc(SAGITTA_ROLES * s->rows * sizeof *s->memory);
  if (!s->time || !s->memory) return 0;
  for (size_t i = 0; i < s->rows; i++) s->time[i] = sagitta_tracks_time(tracks, i);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!sagitta_tracks_has(tracks, (sagitta_role)role)) continue;
    s->at[role] = s->memory + (size_t)role * s->rows;
    for (size_t i = 0; i < s->rows; i++) {
      s->at[role][i] = stalled[i] ? (place){ NAN, NAN } : place_in(tracks, i, (sagitta_role)role);
    }
  }
  if (!find_metre(s)) return 0;
  for (int role = 0; role < ROLES_MOST; role++) {
    s->moves[role] = s->at[role] && moves(s, role);
    s->moving += s->moves[role];
  }
  return 1;
}

/* ---- the movement on either side ---- */

/* The symmetric 3 × 3 matrix of sums of powers of t, inverted; false where it cannot be. */
static bool invert(const double p[5], double n, double out[3][3]) {
  const double a = n, b = p[1], c = p[2], d = p[2], e = p[3], f = p[4];
  const double det = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
  if (!(fabs(det) > 1e-18)) return false;
  out[0][0] = (d * f - e * e) / det;
  out[0][1] = out[1][0] = (c * e - b * f) / det;
  out[0][2] = out[2][0] = (b * e - c * d) / det;
  out[1][1] = (a * f - c * c) / det;
  out[1][2] = out[2][1] = (b * c - a * e) / det;
  out[2][2] = (a * d - b * b) / det;
  return true;
}

/* The parabola through the marker's places of `window` s from `row` outwards (step −1: before it). False with too few
 * of them. */
static bool follow(const scene *s, int role, size_t row, int step, double window, side *out) {
  double p[5] = { 0 }, x[3] = { 0 }, y[3] = { 0 }, inverse[3][3], t[MOST];
  place at[MOST];
  size_t n = 0, last = row;
  for (size_t i = row; n < MOST && i < s->rows; i += (size_t)(ptrdiff_t)step) {
    const double away = s->time[i] - s->time[row];
    if (fabs(away) > FARTHEST_S || (fabs(away) > window + 1e-6 && n >= LEAST)) break;
    if (seen(s, role, i)) {
      at[n] = s->at[role][i];
      t[n++] = away;
      last = i;
    }
  }
  if (n < LEAST || !seen(s, role, row) || last == row) return false;
  const place origin = at[0];
  for (size_t k = 0; k < n; k++) {
    double power = 1;
    for (int j = 0; j < 5; j++, power *= t[k]) {
      p[j] += power;
      if (j > 2) continue;
      x[j] += power * (at[k].x - origin.x);
      y[j] += power * (at[k].y - origin.y);
    }
  }
  if (!invert(p, (double)n, inverse)) return false;
  double cx[3], cy[3], squares = 0;
  for (int j = 0; j < 3; j++) {
    cx[j] = inverse[j][0] * x[0] + inverse[j][1] * x[1] + inverse[j][2] * x[2];
    cy[j] = inverse[j][0] * y[0] + inverse[j][1] * y[1] + inverse[j][2] * y[2];
  }
  for (size_t k = 0; k < n; k++) {
    const double dx = at[k].x - origin.x - cx[0] - t[k] * (cx[1] + t[k] * cx[2]);
    const double dy = at[k].y - origin.y - cy[0] - t[k] * (cy[1] + t[k] * cy[2]);
    squares += dx * dx + dy * dy;
  }
  const double noise = fmax(NOISE_PX, n > LEAST ? sqrt(squares / (2.0 * (double)(n - LEAST))) : 0);
  *out = (side){ origin.x + cx[0],
                 origin.y + cy[0],
                 cx[1],
                 cy[1],
                 noise * fmax(1, sqrt(inverse[0][0])),
                 noise * sqrt(inverse[1][1]),
                 apart(at[0], at[1]) / fabs(t[1]) };
  return true;
}

/* ---- what a step asks of the markers ---- */

/* What the ruler's marks, which stand still, say of the camera between rows a and b: brings a place of row b back. */
static place undo_ruler(const scene *s, size_t a, size_t b, place p) {
  for (int k = SAGITTA_RULER0; k <= SAGITTA_RULER1; k++) {
    if (!seen(s, k, a) || !seen(s, k, b)) return p;
  }
  const place a0 = s->at[SAGITTA_RULER0][a], a1 = s->at[SAGITTA_RULER1][a];
  const place b0 = s->at[SAGITTA_RULER0][b], b1 = s->at[SAGITTA_RULER1][b];
  if (apart(a0, b0) < LEAST_PX && apart(a1, b1) < LEAST_PX) return p;
  const double ux = b1.x - b0.x, uy = b1.y - b0.y, vx = a1.x - a0.x, vy = a1.y - a0.y, square = ux * ux + uy * uy;
  if (!(square > 1)) return p;
  const double c = (ux * vx + uy * vy) / square, n = (ux * vy - uy * vx) / square;
  return (place){ a0.x + c * (p.x - b0.x) - n * (p.y - b0.y), a0.y + n * (p.x - b0.x) + c * (p.y - b0.y) };
}

/* How far a marker is, after the step, from wherever a movement would have brought it that goes on as on both sides and
 * of which up to the time of a gap that is filled is missing; px. */
static double unexplained(double dx, double dy, double vx, double vy, double seconds) {
  const double square = vx * vx + vy * vy, most = seconds + SG_GAP_FILL_S;
  const double time = square > 0 ? fmin(most, fmax(seconds, (dx * vx + dy * vy) / square)) : seconds;
  return hypot(dx - time * vx, dy - time * vy);
}

static ask ask_in(const scene *s, int role, size_t a, size_t b, double window) {
  side before, after;
  ask k = { 0 };
  if (!follow(s, role, a, -1, window, &before) || !follow(s, role, b, 1, window, &after)) return k;
  const double seconds = s->time[b] - s->time[a], vx = 0.5 * (before.vx + after.vx), vy = 0.5 * (before.vy + after.vy);
  const place to = undo_ruler(s, a, b, (place){ after.x, after.y });
  k = (ask){ .known = true, .from_x = before.x, .from_y = before.y, .to_x = to.x, .to_y = to.y };
  k.jump = unexplained(to.x - before.x, to.y - before.y, vx, vy, seconds);
  const double place_sd =
      hypot(hypot(before.place_sd, after.place_sd), 0.5 * seconds * hypot(before.speed_sd, after.speed_sd));
  const double fast = FASTEST * s->metre * seconds * seconds / 4;
  k.joins = k.jump > JOINS * fast && k.jump > LEAST_PX && k.jump > LEAST_M * s->metre && k.jump > SURE_SD * place_sd;
  k.jumps = k.joins && k.jump > fast;
  const double in = hypot(before.vx, before.vy), out = hypot(after.vx, after.vy);
  const double turn = hypot(after.vx - before.vx, after.vy - before.vy);
  k.rests = in < MOVING_M_S * s->metre || out < MOVING_M_S * s->metre;
  k.turns = !k.rests && seconds < TURNS_S && before.last > AT_ONCE * in && after.last > AT_ONCE * out &&
            before.vx * after.vx + before.vy * after.vy < -0.5 * in * out && turn > TURNS * s->metre * seconds &&
            turn > SURE_SD * hypot(before.speed_sd, after.speed_sd);
  return k;
}

static ask ask_of(const scene *s, int role, size_t a, size_t b) {
  ask all = { 0 };
  for (size_t w = 0; w < sizeof windows / sizeof *windows; w++) {
    const ask one = ask_in(s, role, a, b, windows[w]);
    if (!one.known) return one;
    if (w == 0) {
      all = one;
      continue;
    }
    all.jump = fmin(all.jump, one.jump);
    all.jumps = all.jumps && one.jumps;
    all.joins = all.joins && one.joins;
    all.turns = all.turns && one.turns;
  }
  return all;
}

/* Whether two markers that jump land where the other one was: their labels are exchanged. */
static bool exchanged(const ask *k, int roles) {
  for (int i = 0; i < roles; i++) {
    for (int j = 0; j < roles; j++) {
      if (i == j || !k[i].joins || !k[j].joins) continue;
      const double near = 0.25 * fmin(k[i].jump, k[j].jump);
      if (hypot(k[i].to_x - k[j].from_x, k[i].to_y - k[j].from_y) < near &&
          hypot(k[j].to_x - k[i].from_x, k[j].to_y - k[i].from_y) < near) {
        return true;
      }
    }
  }
  return false;
}

/* Whether the markers jump like one stiff thing, shifted, turned and zoomed: three or more of them, and also the one
 * that is nearest to the floor. */
static bool is_stiff(const scene *s, const ask *k, int roles) {
  double fx = 0, fy = 0, tx = 0, ty = 0, square = 0, along = 0, across = 0, left = 0, n = 0;
  int lowest = -1;
  for (int i = 0; i < roles; i++) {
    if (!k[i].known) continue;
    fx += k[i].from_x;
    fy += k[i].from_y;
    tx += k[i].to_x;
    ty += k[i].to_y;
    n += 1;
    if (lowest < 0 || k[i].from_y > k[lowest].from_y) lowest = i;
  }
  if (n < 3) return false;
  for (int i = 0; i < roles; i++) {
    if (!k[i].known) continue;
    const double ux = k[i].from_x - fx / n, uy = k[i].from_y - fy / n, vx = k[i].to_x - tx / n, vy = k[i].to_y - ty / n;
    square += ux * ux + uy * uy;
    along += ux * vx + uy * vy;
    across += ux * vy - uy * vx;
    left += vx * vx + vy * vy;
  }
  if (!(square > 1)) return false;
  left -= (along * along + across * across) / square; /* of the similarity that fits best */
  return sqrt(fmax(0, left) / n) < fmax(LEAST_PX, LEAST_M * s->metre) && k[lowest].joins;
}

/* Whether the camera is on the move beside a step, not only in it: how it stood is hardly known there. */
static bool is_shaken(const sagitta_tracks *tracks, const scene *s, size_t a, size_t b) {
  if (!sagitta_tracks_has_camera(tracks)) return false;
  for (size_t i = a; i > 0 && s->time[a] - s->time[i - 1] <= TOGETHER_S; i--) {
    if (camera_moves(tracks, i, i - 1)) return true;
  }
  for (size_t i = b; i + 1 < s->rows && s->time[i + 1] - s->time[b] <= TOGETHER_S; i++) {
    if (camera_moves(tracks, i, i + 1)) return true;
  }
  return false;
}

/* How much speaks for a joint between rows a and b, px; 0 where there is none. */
static double joint_between(const scene *s, size_t a, size_t b, bool *stiff) {
  ask k[ROLES_MOST];
  int jumping = 0, joining = 0, turning = 0, resting = 0, known = 0;
  double jump = 0;
  for (int role = 0; role < ROLES_MOST; role++) {
    k[role] = s->at[role] ? ask_of(s, role, a, b) : (ask){ 0 };
    if (!s->moves[role]) continue;
    known += k[role].known;
    jumping += k[role].jumps;
    joining += k[role].joins;
    turning += k[role].turns;
    resting += k[role].known && k[role].rests;
    jump += k[role].jump;
  }
  *stiff = is_stiff(s, k, ROLES_MOST);
  if (jumping >= 1 && joining >= 2 && 2 * joining >= known && 2 * known >= s->moving)
    return exchanged(k, ROLES_MOST) ? 0 : jump;
  return turning >= 2 && 2 * turning >= known - resting ? 1e-3 * jump : 0;
}

/* ---- all of the recording ---- */

static bool mostly_seen(const scene *s, size_t row) {
  int count = 0;
  for (int role = 0; role < ROLES_MOST; role++) count += s->moves[role] && seen(s, role, row);
  return count >= 2 && 2 * count >= s->moving;
}

/* The next row that is mostly seen; rows where there is none. */
static size_t next_seen(const scene *s, size_t row) {
  for (row++; row < s->rows && !mostly_seen(s, row);) row++;
  return row;
}

/* Of joints that are near one another the surest stays. */
static void thin(const scene *s, double *sure) {
  for (size_t i = 0; i < s->rows; i++) {
    for (size_t k = i + 1; sure[i] > 0 && k < s->rows && s->time[k] - s->time[i] <= TOGETHER_S; k++) {
      if (sure[k] > sure[i]) {
        sure[i] = 0;
      } else {
        sure[k] = 0;
      }
    }
  }
}

int sg_find_joints(const sagitta_tracks *tracks, const unsigned char *stalled, unsigned char *joint) {
  scene s;
  double *sure = NULL;
  bool *stiff = NULL;
  int whole = read_scene(&s, tracks, stalled) && (sure = calloc(s.rows, sizeof *sure)) != NULL &&
              (stiff = calloc(s.rows, sizeof *stiff)) != NULL;
  memset(joint, 0, sagitta_tracks_rows(tracks));
  if (whole && s.metre > 0) {
    for (size_t a = mostly_seen(&s, 0) ? 0 : next_seen(&s, 0), b; a < s.rows; a = b) {
      b = next_seen(&s, a);
      if (b >= s.rows || (b > a + 1 && s.time[b] - s.time[a] > APART_S)) continue;
      sure[a] = joint_between(&s, a, b, &stiff[a]);
      if (sure[a] > 0 && is_shaken(tracks, &s, a, b)) sure[a] = 0;
    }
    thin(&s, sure);
    for (size_t a = 0; a < s.rows; a++) {
      if (!(sure[a] > 0)) continue;
      joint[a] = stiff[a] ? SG_KNOCK_AFTER : SG_JOINT_AFTER;
      for (size_t k = a + 1, b = next_seen(&s, a); k < b; k++) joint[k] = SG_JOINT_WITHIN;
    }
  }
  free(stiff);
  free(sure);
  free(s.time);
  free(s.memory);
  return whole;
}
