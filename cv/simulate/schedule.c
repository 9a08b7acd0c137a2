/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/math.h"
#include "simulate/schedule.h"

#define MOST_LAG 0.35 /* of the time down or up: one part sets off at most so much after the other */

/* Minimum jerk (Flash & Hogan 1985), early or late. */
static double eased(double u, double warp) {
  const double v = pow(fmin(1, fmax(0, u)), warp);
  return v * v * v * (10 + v * (6 * v - 15));
}

sg_schedule sg_schedule_regular(int bends, double stand_s, double down_s, double hold_s, double up_s, double lag_s) {
  sg_schedule c = { .bends = bends, .stand_s = stand_s, .pause_s = stand_s };
  for (int i = 0; i < bends; i++) {
    c.bend[i] = (sg_bending){ .start_s = stand_s + i * (down_s + hold_s + up_s + stand_s),
                              .down_s = down_s,
                              .hold_s = hold_s,
                              .up_s = up_s,
                              .pelvis = 1,
                              .lumbar = 1,
                              .lag_s = lag_s };
  }
  return c;
}

sg_schedule sg_schedule_draw(const sg_person *person, int bends, sg_chance *chance) {
  const double slow = person->pain ? 1.4 : 1, down = slow * sg_trait_draw(chance, SG_TRAIT_DOWN);
  const double up = sg_trait_draw(chance, SG_TRAIT_UP), hold = sg_trait_draw(chance, SG_TRAIT_HOLD);
  const double lag = sg_trait_draw(chance, SG_TRAIT_LAG) + (person->pain ? sg_traits[SG_TRAIT_LAG_PAIN].mean : 0);
  const double lag_up = sg_trait_draw(chance, SG_TRAIT_LAG_UP), deeper = sg_trait_draw(chance, SG_TRAIT_DEEPER);
  sg_schedule c = { .bends = bends, .stand_s = sg_trait_draw(chance, SG_TRAIT_STAND) };
  c.pause_s = sg_trait_draw(chance, SG_TRAIT_PAUSE);
  double at = c.stand_s;
  for (int i = 0; i < bends; i++) {
    sg_bending *b = &c.bend[i];
    b->start_s = at;
    b->down_s = down * (1 + 2 * sg_trait_draw(chance, SG_TRAIT_AGAIN));
    b->hold_s = hold * (1 + 4 * sg_trait_draw(chance, SG_TRAIT_AGAIN));
    b->up_s = up * b->down_s;
    b->pelvis = 1 + i * deeper + sg_trait_draw(chance, SG_TRAIT_AGAIN);
    b->lumbar = 1 + i * deeper + sg_trait_draw(chance, SG_TRAIT_AGAIN);
    b->rest_pelvis = sg_trait_draw(chance, SG_TRAIT_RETURN);
    b->rest_lumbar = sg_trait_draw(chance, SG_TRAIT_RETURN);
    b->lag_s = fmin(MOST_LAG * b->down_s, fmax(-MOST_LAG * b->down_s, lag));
    b->lag_up_s = fmin(MOST_LAG * b->up_s, fmax(-MOST_LAG * b->up_s, lag_up));
    at += b->down_s + b->hold_s + b->up_s + c.pause_s;
  }
  return c;
}

static double bend_length(const sg_bending *b) {
  return b->down_s + b->hold_s + b->up_s;
}

double sg_schedule_length(const sg_schedule *schedule) {
  if (!schedule->bends) return schedule->stand_s;
  const sg_bending *last = &schedule->bend[schedule->bends - 1];
  return last->start_s + bend_length(last) + schedule->pause_s;
}

int sg_schedule_bend(const sg_schedule *schedule, double time_s) {
  for (int i = 0; i < schedule->bends; i++) {
    if (time_s >= schedule->bend[i].start_s && time_s <= schedule->bend[i].start_s + bend_length(&schedule->bend[i]))
      return i + 1;
  }
  return 0;
}

/* Fraction of the bend that a part has reached which sets off `late` s after the bend does, and `late_up` s after the
 * bend turns back. */
static double reached(const sg_bending *b, double time_s, double late, double late_up, double warp) {
  const double t = time_s - b->start_s, up = t - b->down_s - b->hold_s;
  const double from = fmax(0, late), from_up = fmax(0, late_up);
  if (up <= from_up) return eased((t - from) / (b->down_s - from), warp);
  return 1 - eased((up - from_up) / (b->up_s - from_up), warp);
}

double sg_schedule_part(const sg_schedule *schedule, double time_s) {
  double part = 0;
  for (int i = 0; i < schedule->bends; i++) {
    if (time_s < schedule->bend[i].start_s) break;
    part = reached(&schedule->bend[i], time_s, 0, 0, 1);
  }
  return part;
}

/* Unrest of root mean square 1: waves of six rates. */
static double wave(const sg_person *p, int which, double time_s) {
  static const double hz[6] = { 0.11, 0.19, 0.31, 0.47, 0.73, 1.1 };
  double sum = 0;
  for (int k = 0; k < 6; k++) sum += sin(2 * SG_PI * (hz[k] * (1 + 0.07 * which) * time_s + p->phase[which][k]));
  return sum / sqrt(3);
}

void sg_schedule_pose(const sg_schedule *schedule, const sg_person *p, double time_s, sg_pose *out) {
  double pelvis = 0, lumbar = 0, thighs = 0, rest_pelvis = 0, rest_lumbar = 0;
  const sg_bending *b = NULL;
  for (int i = 0; i < schedule->bends && time_s >= schedule->bend[i].start_s; i++) {
    if (b) rest_pelvis = b->rest_pelvis;
    if (b) rest_lumbar = b->rest_lumbar;
    b = &schedule->bend[i];
  }
  if (b) {
    pelvis = reached(b, time_s, b->lag_s, -b->lag_up_s, p->warp_pelvis);
    lumbar = reached(b, time_s, -b->lag_s, b->lag_up_s, p->warp_lumbar);
    thighs = reached(b, time_s, 0, 0, 1);
    if (time_s > b->start_s + b->down_s + 0.5 * b->hold_s) {
      rest_pelvis = b->rest_pelvis;
      rest_lumbar = b->rest_lumbar;
    }
  }
  const double sway = p->sway * wave(p, 0, time_s);
  const double reach = fmax(0, thighs - p->reach_from) / (1 - p->reach_from);
  const double deep = b ? b->pelvis : 1;
  *out = (sg_pose){
    .pelvis = rest_pelvis + (p->pelvis * deep - rest_pelvis) * pelvis + sway + p->unrest * wave(p, 1, time_s),
    .thigh = p->thigh_lean * thighs + sway,
    .knee = p->knee * thighs,
    .lumbar =
        rest_lumbar + (p->lumbar_flexion * (b ? b->lumbar : 1) - rest_lumbar) * lumbar + p->unrest * wave(p, 2, time_s),
    .thoracic = p->thoracic * lumbar + p->unrest * wave(p, 3, time_s),
    .lumbar_done = lumbar,
    .protraction = p->protraction * reach,
    .shrug = p->shrug * reach,
    .reach = p->reach_angle * thighs,
  };
}
