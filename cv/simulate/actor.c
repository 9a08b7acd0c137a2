/* SPDX-License-Identifier: Apache-2.0 */
/* A simulated person moves in front of a camera: the schedule of bends, and the markers that the camera sees. */
#include "simulate/actor.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

/* ---- the schedule ---- */

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
  c.quiet_to_s = c.stand_s;
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
  c.quiet_to_s = c.stand_s;
  return c;
}

static double bend_length(const sg_bending *b) {
  return b->down_s + b->hold_s + b->up_s;
}

/* ---- beside the bends ---- */

#define SHORT_STAND_S 0.8 /* before a reach */
#define ASIDE_S       2.8 /* there, a second of it, and back */
#define WAY_S         0.9 /* there; and back */
#define INTO_S        0.6 /* the way out of an arch goes on so far into the bend */
#define WALK_S        2.4
#define WALK_CM_S     95.0 /* comfortable */
#define STEPS_S       0.9  /* pairs of steps a second */
#define HALT_S        0.6  /* the last steps are shorter */

static void shift(sg_schedule *c, int from, double by_s) {
  for (int i = from; i < c->bends; i++) c->bend[i].start_s += by_s;
}

static void add(sg_schedule *c, sg_aside_kind kind, double from_s, double for_s) {
  c->aside[c->asides++] = (sg_aside){ kind, from_s, from_s + for_s };
}

/* Before everything else. */
static void lead_in(sg_schedule *c, double for_s) {
  shift(c, 0, for_s);
  c->quiet_from_s += for_s;
  c->quiet_to_s += for_s;
}

void sg_schedule_add(sg_schedule *c, sagitta_simulated_aside aside) {
  switch (aside) {
    case SAGITTA_ASIDE_REACH:
      lead_in(c, SHORT_STAND_S + ASIDE_S);
      add(c, SG_ASIDE_REACH, SHORT_STAND_S, ASIDE_S);
      break;
    case SAGITTA_ASIDE_ARCH_FIRST:
      lead_in(c, ASIDE_S - WAY_S);
      add(c, SG_ASIDE_ARCH, -WAY_S, ASIDE_S);
      break;
    case SAGITTA_ASIDE_ARCH_BETWEEN:
      for (int i = 0; i < c->bends; i++) {
        const double up = c->bend[i].start_s + bend_length(&c->bend[i]) + 0.5 * c->pause_s;
        shift(c, i + 1, ASIDE_S);
        add(c, SG_ASIDE_ARCH, up, ASIDE_S);
      }
      c->pause_s += ASIDE_S;
      break;
    case SAGITTA_ASIDE_ARCH_INTO:
      for (int i = 0; i < c->bends; i++) {
        shift(c, i, 2 * WAY_S - INTO_S);
        add(c, SG_ASIDE_ARCH, c->bend[i].start_s + INTO_S - 2 * WAY_S, 2 * WAY_S);
      }
      break;
    case SAGITTA_ASIDE_WALK_IN:
      lead_in(c, WALK_S);
      add(c, SG_ASIDE_WALK, 0, WALK_S);
      break;
    case SAGITTA_ASIDE_CUT_IN:
      shift(c, 0, -(c->bend[0].start_s + c->bend[0].down_s + 0.5 * c->bend[0].hold_s));
      c->quiet_from_s = c->bend[0].start_s + bend_length(&c->bend[0]);
      c->quiet_to_s = c->bend[1].start_s;
      break;
    default:
      break;
  }
}

static void add_posture(const sg_aside *a, double time_s, sg_pose *pose) {
  const double there = fmin(eased((time_s - a->from_s) / WAY_S, 1), eased((a->to_s - time_s) / WAY_S, 1));
  const bool arch = a->kind == SG_ASIDE_ARCH;
  pose->thigh += there * (arch ? 9 : 4);
  pose->knee += there * (arch ? -3 : -2);
  pose->pelvis += there * (arch ? -12 : 3);
  pose->lumbar += there * (arch ? -26 : -16);
  pose->thoracic += there * (arch ? -5 : -6);
  pose->shrug += there * (arch ? 0 : 18);
  pose->reach += there * (arch ? 0 : 172);
}

/* The near leg's; the hip keeps its height. */
static void add_walk(const sg_aside *a, double time_s, sg_pose *pose) {
  const double left = a->to_s - time_s;
  if (left <= 0) return;
  const double stride = fmin(1, left / HALT_S), turn = 2 * SG_PI * STEPS_S * time_s;
  pose->walking = stride;
  pose->away = WALK_CM_S * (left > HALT_S ? left - 0.5 * HALT_S : 0.5 * left * left / HALT_S);
  pose->thigh += stride * (-24 * sin(turn) - 8 * fmax(0, cos(turn)));
  pose->knee += stride * (6 + 44 * fmax(0, cos(turn)));
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
    .pelvis = p->from.pelvis + rest_pelvis + (p->pelvis * deep - rest_pelvis) * pelvis + sway +
              p->unrest * wave(p, 1, time_s),
    .thigh = p->from.thigh + p->thigh_lean * thighs + sway,
    .knee = p->knee * thighs,
    .lumbar = p->from.lumbar + rest_lumbar + (p->lumbar_flexion * (b ? b->lumbar : 1) - rest_lumbar) * lumbar +
              p->unrest * wave(p, 2, time_s),
    .thoracic = p->from.thoracic + p->thoracic * lumbar + p->unrest * wave(p, 3, time_s),
    .lumbar_done = lumbar,
    .protraction = p->protraction * reach,
    .shrug = p->shrug * reach,
    .reach = p->reach_angle * thighs,
  };
  for (int i = 0; i < schedule->asides; i++) {
    (schedule->aside[i].kind == SG_ASIDE_WALK ? add_walk : add_posture)(&schedule->aside[i], time_s, out);
  }
}

/* ---- the markers ---- */

#define TURN           (2 * SG_PI)
#define STRIP_CM       14.0
#define MARKER_CM      3.0
#define RULER_CM       20.0
#define RULER_X_CM     45.0 /* ahead of the toes */
#define LEAST_SIGMA    0.02 /* px that a tracker would state */
#define MOST_BEND      1.6  /* of a full bend: skin follows no further */
#define FULL_HINGE     65.0 /* deg of a full bend: what the skin's figures are meant for */
#define FULL_LUMBAR    50.0
#define FULL_RIBS      110.0
#define FULL_PELVIS    55.0
#define PELVIS_UP      0.055 /* statures from the hip axis to the middle of the strip on the pelvis */
#define TROCHANTER_TIP 1.5   /* cm: its upper edge above its middle */
#define AHEAD_CM       25.0  /* the camera is aimed between the feet and where the hands come down */
#define FLAT_UP        0.55  /* of the picture's height: hips, when flat */

sg_actor sg_actor_new(const sg_person *person, const sg_schedule *schedule, sagitta_marker_set set, bool ankle,
                      bool hand, const sg_chance *chance) {
  sg_actor a;
  memset(&a, 0, sizeof a);
  a.person = *person;
  a.schedule = *schedule;
  a.chance = *chance;
  a.hip_strip = set == SAGITTA_SET_STRIP;
  a.wanted[SAGITTA_SHOULDER] = a.wanted[SAGITTA_HIP] = a.wanted[SAGITTA_KNEE] = true;
  a.wanted[SAGITTA_ANKLE] = ankle || set == SAGITTA_SET_CLINIC;
  a.wanted[SAGITTA_PELVIS] = a.wanted[SAGITTA_RIBS] = set == SAGITTA_SET_CLINIC;
  a.wanted[SAGITTA_HAND] = a.wanted[SAGITTA_RULER0] = a.wanted[SAGITTA_RULER1] = hand;
  return a;
}

/* The rotation that each patch of skin follows, as a part of that of a full bend. */
static void find_stretch(const sg_skeleton *f, double part[SG_SKIN_SITES]) {
  const double hinge = f->pelvis - f->thigh, ribs = f->vertebra[SG_T11];
  part[SG_SITE_SHOULDER] = ribs / FULL_RIBS;
  part[SG_SITE_HIP] = part[SG_SITE_PELVIS] = hinge / FULL_HINGE;
  part[SG_SITE_KNEE] = part[SG_SITE_ANKLE] = f->pelvis / FULL_PELVIS;
  part[SG_SITE_RIBS] = (ribs - f->pelvis) / FULL_LUMBAR;
}

/* Displacement of the skin: not in proportion to the rotation (a power of it), with play between down and up
 * (hysteresis), and late (first order). */
static void drag_skin(sg_actor *a, const sg_skeleton *f, double time_s) {
  double part[SG_SKIN_SITES];
  find_stretch(f, part);
  for (int i = 0; i < SG_SKIN_SITES; i++) {
    const sg_skin *s = &a->person.skin[i];
    const double asked = copysign(pow(fmin(fabs(part[i]), MOST_BEND), s->power), part[i]), play = 0.5 * s->stays;
    if (!a->begun) {
      a->held[i] = a->late[i] = asked;
      continue;
    }
    a->held[i] = fmin(asked + play, fmax(asked - play, a->held[i]));
    a->late[i] += (a->held[i] - a->late[i]) * (1 - exp(-(time_s - a->time_s) / s->delay_s));
  }
}

static sg_xy slid(const sg_actor *a, sg_skin_site patch) {
  const double *by = a->person.skin[patch].by;
  return (sg_xy){ by[0] * a->late[patch], by[1] * a->late[patch] };
}

/* `landmark` of a bone turned by deg, with the offsets that belong to that bone. */
static sg_xy on_bone(sg_xy landmark, double deg, sg_xy first, sg_xy second) {
  const sg_xy offset = sg_turned((sg_xy){ first.x + second.x, first.y + second.y }, deg);
  return (sg_xy){ landmark.x + offset.x, landmark.y + offset.y };
}

/* Rotation of the ribs that the strip sits on: those of T11, or levels beside it. */
static double ribs_under(const sg_skeleton *f, double level) {
  const double at = SG_T11 + level, low = floor(at), part = at - low;
  const int i = (int)low;
  return (1 - part) * f->vertebra[i] + part * f->vertebra[i + 1];
}

typedef struct {
  sg_xy at;
  double axis; /* deg forward from up; NAN = a disc */
} placed;

static placed hip_marker(const sg_actor *a, const sg_skeleton *f, double pelvis_axis) {
  const sg_person *p = &a->person;
  sg_xy offset = { p->trochanter.x + p->place[SAGITTA_HIP].x, p->trochanter.y + p->place[SAGITTA_HIP].y };
  if (!a->hip_strip) return (placed){ on_bone(f->hip, f->thigh, offset, slid(a, SG_SITE_HIP)), NAN };
  /* The tape's lower end is on skin between the thigh and the pelvis. */
  offset.y += TROCHANTER_TIP;
  sg_xy end = on_bone(f->hip, 0.5 * (f->thigh + f->pelvis), offset, slid(a, SG_SITE_HIP));
  const sg_xy half = sg_turned((sg_xy){ 0, 0.5 * STRIP_CM }, pelvis_axis);
  return (placed){ { end.x + half.x, end.y + half.y }, pelvis_axis };
}

static void place_markers(const sg_actor *a, const sg_skeleton *f, double time_s, placed out[SAGITTA_ROLES]) {
  const sg_person *p = &a->person;
  const double breath = sin(TURN * p->breath_hz * time_s);
  const double pelvis_axis = f->pelvis + p->strip_tilt[SAGITTA_PELVIS] + slid(a, SG_SITE_PELVIS).x;
  const double ribs = ribs_under(f, p->ribs_level);
  const sg_xy nothing = { 0, 0 };
  for (int i = 0; i < SAGITTA_ROLES; i++) out[i].axis = NAN;
  sg_xy shoulder = p->place[SAGITTA_SHOULDER];
  shoulder.y += p->breath_shoulder * breath;
  out[SAGITTA_SHOULDER].at = on_bone(f->acromion, f->upper, shoulder, slid(a, SG_SITE_SHOULDER));
  out[SAGITTA_HIP] = hip_marker(a, f, pelvis_axis);
  out[SAGITTA_KNEE].at = on_bone(f->knee, f->thigh, p->place[SAGITTA_KNEE], slid(a, SG_SITE_KNEE));
  out[SAGITTA_ANKLE].at = on_bone(f->ankle, f->shank, p->place[SAGITTA_ANKLE], slid(a, SG_SITE_ANKLE));
  out[SAGITTA_PELVIS].at = on_bone(f->hip, f->pelvis, (sg_xy){ 1, PELVIS_UP * p->stature }, p->place[SAGITTA_PELVIS]);
  out[SAGITTA_PELVIS].axis = pelvis_axis;
  out[SAGITTA_RIBS].at = on_bone(f->ribs, ribs, (sg_xy){ 3, 0 }, nothing);
  out[SAGITTA_RIBS].axis = ribs + p->strip_tilt[SAGITTA_RIBS] + slid(a, SG_SITE_RIBS).x - p->breath_ribs * breath;
  out[SAGITTA_HAND].at = f->fingertip;
  out[SAGITTA_RULER0].at = (sg_xy){ RULER_X_CM, 0 };
  out[SAGITTA_RULER1].at = (sg_xy){ RULER_X_CM, RULER_CM };
}

static void guess_markers(sg_actor *a, const sg_skeleton *f, double time_s, placed markers[SAGITTA_ROLES]) {
  sg_xy at[SG_GUESSED];
  for (int role = 0; role < SG_GUESSED; role++) at[role] = markers[role].at;
  sg_guesses_apply(&a->guesses, f, time_s, at);
  for (int role = 0; role < SG_GUESSED; role++) markers[role].at = at[role];
}

/* --- filming --- */

/* px per cm, `side` cm from the middle plane towards the camera. */
static double film_scale(const sg_filming *f, double side) {
  return f->flat ? f->px_per_cm : f->focal / (f->distance - side);
}

/* A point of the sagittal plane (cm), `side` cm from the middle plane, in px of the upright picture: perspective, a
 * lens, a camera that is not quite straight. `turned`: deg out of the picture, on top of the camera's yaw. `right`:
 * faces right in the picture. */
static sg_xy project(const sg_filming *f, bool right, sg_xy point, double side, double turned) {
  const double facing = right ? 1 : -1;
  const sg_xy middle = { 0.5 * f->width, 0.5 * f->height };
  if (f->flat) {
    return (sg_xy){ middle.x + facing * f->px_per_cm * (point.x - AHEAD_CM),
                    FLAT_UP * f->height - f->px_per_cm * (point.y - f->height_cm) };
  }
  const double yaw = (f->yaw + turned) * SG_RADIANS, pitch = f->pitch * SG_RADIANS, roll = f->roll * SG_RADIANS;
  const double across = facing * (point.x * cos(yaw) + side * sin(yaw) - AHEAD_CM);
  const double nearer = side * cos(yaw) - point.x * sin(yaw);
  const double up = point.y - f->height_cm, away = f->distance - nearer;
  /* Looking down: what lies straight ahead comes up in the picture. */
  const double up_seen = up * cos(pitch) + away * sin(pitch), deep = away * cos(pitch) - up * sin(pitch);
  const double x = across / deep, y = -up_seen / deep;
  const double bent = 1 + f->lens * (x * x + y * y);
  const double u = f->focal * bent * x, v = f->focal * bent * y;
  return (sg_xy){ middle.x + u * cos(roll) - v * sin(roll), middle.y + u * sin(roll) + v * cos(roll) };
}

static double nearest_branch(double deg, double near) {
  return deg - 180 * round((deg - near) / 180);
}

static void film_strip(sg_actor *a, int role, const placed *m, double side, double turned, sagitta_sample *s) {
  const sg_filming *f = &a->person.filming;
  const sg_xy half = sg_turned((sg_xy){ 0, 0.5 * STRIP_CM }, m->axis);
  const bool right = a->person.right;
  const sg_xy up = project(f, right, (sg_xy){ m->at.x + half.x, m->at.y + half.y }, side, turned);
  const sg_xy down = project(f, right, (sg_xy){ m->at.x - half.x, m->at.y - half.y }, side, turned);
  const double axis = atan2(up.x - down.x, down.y - up.y) * SG_DEGREES;
  a->axis[role] = a->begun      ? nearest_branch(axis, a->axis[role])
                  : axis > 90   ? axis - 180
                  : axis <= -90 ? axis + 180
                                : axis;
  s->axis = a->axis[role] + f->noise_deg * sg_chance_normal(&a->chance);
  s->length = hypot(up.x - down.x, up.y - down.y) + f->noise_px * sg_chance_normal(&a->chance);
}

static void film_all(sg_actor *a, const placed *markers, double turned, sagitta_sample samples[SAGITTA_ROLES]) {
  const sg_filming *f = &a->person.filming;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    sagitta_sample *s = &samples[role];
    *s = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
    if (!a->wanted[role]) continue;
    const bool still = role >= SAGITTA_RULER0;
    const sg_xy at = project(f, a->person.right, markers[role].at, f->side[role], still ? 0 : turned);
    s->state = SAGITTA_SEEN;
    s->x = at.x + f->noise_px * sg_chance_normal(&a->chance);
    s->y = at.y + f->noise_px * sg_chance_normal(&a->chance);
    s->size = MARKER_CM * film_scale(f, f->side[role]);
    s->sigma = fmax(LEAST_SIGMA, f->noise_px);
    if (!isnan(markers[role].axis)) film_strip(a, role, &markers[role], f->side[role], turned, s);
  }
}

/* Whoever walks in comes from beside the picture. */
static void lose_outside(const sg_filming *f, sagitta_sample samples[SAGITTA_ROLES]) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const sagitta_sample *s = &samples[role];
    if (s->state != SAGITTA_SEEN || (s->x >= 0 && s->x <= f->width && s->y >= 0 && s->y <= f->height)) continue;
    samples[role] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
  }
}

void sg_actor_frame(sg_actor *a, double time_s, sagitta_sample samples[SAGITTA_ROLES], sagitta_simulated_frame *truth) {
  sg_pose pose;
  sg_skeleton skeleton;
  placed markers[SAGITTA_ROLES];
  sg_schedule_pose(&a->schedule, &a->person, time_s, &pose);
  sg_skeleton_set(&skeleton, &a->person, &pose);
  drag_skin(a, &skeleton, time_s);
  place_markers(a, &skeleton, time_s, markers);
  guess_markers(a, &skeleton, time_s, markers);
  film_all(a, markers, a->person.filming.twist * sg_schedule_part(&a->schedule, time_s), samples);
  if (pose.away > 0) lose_outside(&a->person.filming, samples);
  a->begun = true;
  a->time_s = time_s;
  if (!truth) return;
  const double ribs = skeleton.vertebra[SG_T11];
  *truth = (sagitta_simulated_frame){ .time_s = time_s,
                                      .pelvic_rotation = skeleton.pelvis,
                                      .ribs_rotation = ribs,
                                      .thigh_rotation = skeleton.thigh,
                                      .hip_hinge = skeleton.pelvis - skeleton.thigh,
                                      .lumbar_flexion = ribs - skeleton.pelvis,
                                      .knee_flexion = skeleton.shank - skeleton.thigh,
                                      .fingertip_cm = skeleton.fingertip.y,
                                      .repetition = sg_schedule_bend(&a->schedule, time_s) };
}
