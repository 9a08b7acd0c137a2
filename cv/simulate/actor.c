/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "simulate/actor.h"
#include "simulate/camera.h"
#include "base/math.h"

#define TURN           6.283185307179586
#define STRIP_CM       14.0
#define MARKER_CM      3.0
#define RULER_CM       20.0
#define RULER_X_CM     45.0 /* ahead of the toes */
#define LEAST_SIGMA    0.02 /* px that a tracker would state */
#define MOST_WAY       1.6  /* of a full bend, that skin goes on to follow */
#define FULL_HINGE     65.0 /* deg of a full bend: what the skin's figures are meant for */
#define FULL_LUMBAR    50.0
#define FULL_RIBS      110.0
#define FULL_PELVIS    55.0
#define PELVIS_UP      0.055 /* statures from the hip axis to the middle of the strip on the pelvis */
#define TROCHANTER_TIP 1.5   /* cm: its upper edge above its middle */

sg_actor sg_actor_new(const sg_person *person, const sg_course *course, sagitta_marker_set set, bool ankle, bool hand,
                      const sg_chance *chance) {
  sg_actor a;
  memset(&a, 0, sizeof a);
  a.person = *person;
  a.course = *course;
  a.chance = *chance;
  a.hip_strip = set == SAGITTA_SET_STRIP;
  a.wanted[SAGITTA_SHOULDER] = a.wanted[SAGITTA_HIP] = a.wanted[SAGITTA_KNEE] = true;
  a.wanted[SAGITTA_ANKLE] = ankle || set == SAGITTA_SET_CLINIC;
  a.wanted[SAGITTA_PELVIS] = a.wanted[SAGITTA_RIBS] = set == SAGITTA_SET_CLINIC;
  a.wanted[SAGITTA_HAND] = a.wanted[SAGITTA_RULER0] = a.wanted[SAGITTA_RULER1] = hand;
  return a;
}

/* What each skin is asked to follow, 1 at a full bend. */
static void find_ways(const sg_figure *f, double way[SG_PATCHES]) {
  const double hinge = f->pelvis - f->thigh, ribs = f->vertebra[SG_T11];
  way[SG_PATCH_SHOULDER] = ribs / FULL_RIBS;
  way[SG_PATCH_HIP] = way[SG_PATCH_PELVIS] = hinge / FULL_HINGE;
  way[SG_PATCH_KNEE] = way[SG_PATCH_ANKLE] = f->pelvis / FULL_PELVIS;
  way[SG_PATCH_RIBS] = (ribs - f->pelvis) / FULL_LUMBAR;
}

/* Skin follows bone not in proportion, with play between down and up, and late. */
static void drag_skin(sg_actor *a, const sg_figure *f, double time_s) {
  double way[SG_PATCHES];
  find_ways(f, way);
  for (int i = 0; i < SG_PATCHES; i++) {
    const sg_skin *s = &a->person.skin[i];
    const double asked = copysign(pow(fmin(fabs(way[i]), MOST_WAY), s->power), way[i]), play = 0.5 * s->stays;
    if (!a->begun) {
      a->held[i] = a->late[i] = asked;
      continue;
    }
    a->held[i] = fmin(asked + play, fmax(asked - play, a->held[i]));
    a->late[i] += (a->held[i] - a->late[i]) * (1 - exp(-(time_s - a->time_s) / s->delay_s));
  }
}

static sg_xy slid(const sg_actor *a, sg_patch patch) {
  const double *by = a->person.skin[patch].by;
  return (sg_xy){ by[0] * a->late[patch], by[1] * a->late[patch] };
}

/* `landmark` of a bone turned by deg, with the offsets that belong to that bone. */
static sg_xy on_bone(sg_xy landmark, double deg, sg_xy first, sg_xy second) {
  const sg_xy offset = sg_turned((sg_xy){ first.x + second.x, first.y + second.y }, deg);
  return (sg_xy){ landmark.x + offset.x, landmark.y + offset.y };
}

/* Rotation of the ribs that the strip sits on: those of T11, or levels beside it. */
static double ribs_under(const sg_figure *f, double level) {
  const double at = SG_T11 + level, low = floor(at), part = at - low;
  const int i = (int)low;
  return (1 - part) * f->vertebra[i] + part * f->vertebra[i + 1];
}

typedef struct {
  sg_xy at;
  double axis; /* deg forward from up; NAN = a disc */
} placed;

static placed hip_marker(const sg_actor *a, const sg_figure *f, double pelvis_axis) {
  const sg_person *p = &a->person;
  sg_xy offset = { p->trochanter.x + p->place[SAGITTA_HIP].x, p->trochanter.y + p->place[SAGITTA_HIP].y };
  if (!a->hip_strip) return (placed){ on_bone(f->hip, f->thigh, offset, slid(a, SG_PATCH_HIP)), NAN };
  /* The tape's lower end is on skin between the thigh and the pelvis. */
  offset.y += TROCHANTER_TIP;
  sg_xy end = on_bone(f->hip, 0.5 * (f->thigh + f->pelvis), offset, slid(a, SG_PATCH_HIP));
  const sg_xy half = sg_turned((sg_xy){ 0, 0.5 * STRIP_CM }, pelvis_axis);
  return (placed){ { end.x + half.x, end.y + half.y }, pelvis_axis };
}

static void place_markers(const sg_actor *a, const sg_figure *f, double time_s, placed out[SAGITTA_ROLES]) {
  const sg_person *p = &a->person;
  const double breath = sin(TURN * p->breath_hz * time_s);
  const double pelvis_axis = f->pelvis + p->strip_tilt[SAGITTA_PELVIS] + slid(a, SG_PATCH_PELVIS).x;
  const double ribs = ribs_under(f, p->ribs_level);
  const sg_xy nothing = { 0, 0 };
  for (int i = 0; i < SAGITTA_ROLES; i++) out[i].axis = NAN;
  sg_xy shoulder = p->place[SAGITTA_SHOULDER];
  shoulder.y += p->breath_shoulder * breath;
  out[SAGITTA_SHOULDER].at = on_bone(f->acromion, f->upper, shoulder, slid(a, SG_PATCH_SHOULDER));
  out[SAGITTA_HIP] = hip_marker(a, f, pelvis_axis);
  out[SAGITTA_KNEE].at = on_bone(f->knee, f->thigh, p->place[SAGITTA_KNEE], slid(a, SG_PATCH_KNEE));
  out[SAGITTA_ANKLE].at = on_bone(f->ankle, f->shank, p->place[SAGITTA_ANKLE], slid(a, SG_PATCH_ANKLE));
  out[SAGITTA_PELVIS].at = on_bone(f->hip, f->pelvis, (sg_xy){ 1, PELVIS_UP * p->stature }, p->place[SAGITTA_PELVIS]);
  out[SAGITTA_PELVIS].axis = pelvis_axis;
  out[SAGITTA_RIBS].at = on_bone(f->ribs, ribs, (sg_xy){ 3, 0 }, nothing);
  out[SAGITTA_RIBS].axis = ribs + p->strip_tilt[SAGITTA_RIBS] + slid(a, SG_PATCH_RIBS).x - p->breath_ribs * breath;
  out[SAGITTA_HAND].at = f->fingertip;
  out[SAGITTA_RULER0].at = (sg_xy){ RULER_X_CM, 0 };
  out[SAGITTA_RULER1].at = (sg_xy){ RULER_X_CM, RULER_CM };
}

static double nearest_branch(double deg, double near) {
  return deg - 180 * round((deg - near) / 180);
}

static void film_strip(sg_actor *a, int role, const placed *m, double side, double turned, sagitta_sample *s) {
  const sg_filming *f = &a->person.filming;
  const sg_xy half = sg_turned((sg_xy){ 0, 0.5 * STRIP_CM }, m->axis);
  const bool right = a->person.right;
  const sg_xy up = sg_film(f, right, (sg_xy){ m->at.x + half.x, m->at.y + half.y }, side, turned);
  const sg_xy down = sg_film(f, right, (sg_xy){ m->at.x - half.x, m->at.y - half.y }, side, turned);
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
    const sg_xy at = sg_film(f, a->person.right, markers[role].at, f->side[role], still ? 0 : turned);
    s->state = SAGITTA_SEEN;
    s->x = at.x + f->noise_px * sg_chance_normal(&a->chance);
    s->y = at.y + f->noise_px * sg_chance_normal(&a->chance);
    s->size = MARKER_CM * sg_film_scale(f, f->side[role]);
    s->sigma = fmax(LEAST_SIGMA, f->noise_px);
    if (!isnan(markers[role].axis)) film_strip(a, role, &markers[role], f->side[role], turned, s);
  }
}

void sg_actor_frame(sg_actor *a, double time_s, sagitta_sample samples[SAGITTA_ROLES], sagitta_simulated_frame *truth) {
  sg_posture posture;
  sg_figure figure;
  placed markers[SAGITTA_ROLES];
  sg_course_posture(&a->course, &a->person, time_s, &posture);
  sg_figure_set(&figure, &a->person, &posture);
  drag_skin(a, &figure, time_s);
  place_markers(a, &figure, time_s, markers);
  film_all(a, markers, a->person.filming.twist * sg_course_part(&a->course, time_s), samples);
  a->begun = true;
  a->time_s = time_s;
  if (!truth) return;
  const double ribs = figure.vertebra[SG_T11];
  *truth = (sagitta_simulated_frame){ .time_s = time_s,
                                      .pelvic_rotation = figure.pelvis,
                                      .ribs_rotation = ribs,
                                      .thigh_rotation = figure.thigh,
                                      .hip_hinge = figure.pelvis - figure.thigh,
                                      .lumbar_flexion = ribs - figure.pelvis,
                                      .knee_flexion = figure.shank - figure.thigh,
                                      .fingertip_cm = figure.fingertip.y,
                                      .repetition = sg_course_bend(&a->course, time_s) };
}
