/* SPDX-License-Identifier: Apache-2.0 */
/* Where the markers are on the person, how carelessly they are stuck, and the hand that lies on one for a while. */
#include "render/planar_body.h"

#define RULER_BEHIND (-48.0) /* cm: x of the ruler of a standing person */

/* --- the ruler --- */

sample_point sample_ruler_mark(const sample_options *o, int mark, sample_point *along) {
  int posture = sample_movement_of(o->movement)->posture;
  bool sits = posture == SAMPLE_SIT, lies = posture == SAMPLE_LIE;
  sample_point way = sits ? (sample_point){ 1, 0 } : (sample_point){ 0, 1 };
  sample_point zero = sits   ? (sample_point){ sample_sitting_sole(o), SAMPLE_REACH_BOARD }
                      : lies ? (sample_point){ 0.62 * o->stature, 10 }
                             : (sample_point){ RULER_BEHIND, 0 };
  if (along) *along = way;
  return (sample_point){ zero.x + mark * o->ruler * way.x, zero.y + mark * o->ruler * way.y };
}

int sample_stickers_ruler(const sample_options *o, double disc_cm, sample_sticker *out) {
  if (!(o->ruler > 0)) return 0;
  for (int i = 0; i < 2; i++)
    out[i] = (sample_sticker){ .role = SAMPLE_RULER0 + i,
                               .centre = sample_ruler_mark(o, i, NULL),
                               .width = fmin(disc_cm, 4.0) };
  return 2;
}

/* --- markers --- */

/* Nobody sticks one marker onto another: no stray beyond 1.8 sigma. */
static double stray(uint64_t *state) {
  double v = sample_gauss(state);
  return fmin(fmax(v, -1.8), 1.8);
}

static sample_point misplaced(const sample_options *o, int role, sample_point p) {
  uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(300 + role));
  p.x += o->placement * stray(&state);
  p.y += o->placement * stray(&state);
  return p;
}

static double strip_lean(const sample_options *o, int role) {
  uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(400 + role));
  return o->placement * 3.0 * stray(&state);
}

/* A list under construction; sizes in cm. */
typedef struct sheet {
  sample_sticker *list;
  int n;
  double disc, length, width;
} sheet;

static void add_disc(sheet *s, int role, sample_point centre, bool over_arm) {
  s->list[s->n++] = (sample_sticker){ .role = role, .centre = centre, .width = s->disc, .over_arm = over_arm };
}

static void add_strip(sheet *s, int role, sample_point centre, double tilt) {
  s->list[s->n++] = (sample_sticker){
    .role = role, .strip = true, .centre = centre, .tilt = tilt, .length = s->length, .width = s->width
  };
}

/* The strips on pelvis and ribs: slide (cm) and turn (deg) of the skin under them. */
static void add_clinic_strips(sheet *s, const sample_options *o, const sample_pose *pose, double slide, double turn) {
  sample_pose stand;
  sample_person_neutral(o->stature, &stand);
  double above = 0.030 * o->stature + s->length / 2;
  sample_point pelvis = misplaced(o, SAMPLE_PELVIS, (sample_point){ -0.6 * slide, above + 0.6 * slide });
  add_strip(s, SAMPLE_PELVIS, sample_add(pose->hip, sample_turn(pelvis, pose->pelvis)),
            pose->pelvis + strip_lean(o, SAMPLE_PELVIS) + turn);
  sample_point ribs = { -0.006 * o->stature, stand.spine[SAMPLE_T12].y + 0.008 * o->stature };
  ribs = misplaced(o, SAMPLE_RIBS, (sample_point){ ribs.x - 0.3 * slide, ribs.y + 0.3 * slide });
  add_strip(s, SAMPLE_RIBS, sample_carried(&stand, pose, SAMPLE_T12, ribs),
            pose->ribs + strip_lean(o, SAMPLE_RIBS) + 0.6 * turn);
}

int sample_stickers_worn(const sample_options *o, const sample_pose *pose, const sample_motion *m, double disc_cm,
                         sample_sticker *out) {
  sheet s = { .list = out, .disc = disc_cm, .length = o->strip_length, .width = o->strip_width };
  double slide = o->skin_slide * m->bend, turn = -o->skin_turn * m->bend;
  sample_point shoulder =
      sample_add(pose->shoulder, sample_turn(misplaced(o, SAMPLE_SHOULDER, (sample_point){ 0, 0 }), pose->chest));
  add_disc(&s, SAMPLE_SHOULDER,
           sample_add(shoulder, sample_turn((sample_point){ 0.8 * slide, 0.5 * slide }, pose->chest)), true);

  /* Skin over the trochanter stays behind the bone that moves under it. */
  sample_point on_skin = misplaced(o, SAMPLE_HIP, (sample_point){ -0.6 * slide, 0.8 * slide });
  sample_point hip = sample_add(pose->hip, sample_turn(on_skin, pose->pelvis));
  if (o->set == SAMPLE_SET_STRIP) {
    double lean = pose->pelvis + strip_lean(o, SAMPLE_HIP) + turn;
    add_strip(&s, SAMPLE_HIP, sample_add(hip, sample_turn((sample_point){ 0, s.length / 2 }, lean)), lean);
  } else {
    add_disc(&s, SAMPLE_HIP, hip, false);
  }

  sample_point knee = misplaced(o, SAMPLE_KNEE, (sample_point){ 0, 0 });
  add_disc(&s, SAMPLE_KNEE, sample_add(pose->leg[0].mid, sample_turn(knee, pose->shank)), false);
  if (o->ankle || o->set == SAMPLE_SET_CLINIC)
    add_disc(&s, SAMPLE_ANKLE, sample_add(pose->leg[0].tip, misplaced(o, SAMPLE_ANKLE, (sample_point){ 0, 0 })), false);
  if (o->set == SAMPLE_SET_CLINIC) add_clinic_strips(&s, o, pose, slide, turn);
  if (o->hand) {
    s.disc = fmin(disc_cm, 3.0);
    add_disc(&s, SAMPLE_HAND, pose->arm[0].end, true);
  }
  return s.n;
}

/* --- a marker that comes off --- */

#define LIES_CM 0.6 /* above the floor */

void sample_stickers_fall(const sample_options *o, double t, double disc_cm, sample_sticker *sticker, int n) {
  const sample_hide *f = &o->fall;
  if (f->role < 0 || t <= f->from_s) return;
  sample_sticker then[SAMPLE_ROLES];
  sample_motion motion;
  sample_pose pose;
  sample_motion_at(o, f->from_s, &motion);
  sample_pose_at(o, f->from_s, &motion, &pose);
  const int worn = sample_stickers_worn(o, &pose, &motion, disc_cm, then);
  const double part = fmin((t - f->from_s) / f->for_s, 1.0), way = part * part; /* it gathers speed */
  for (int i = 0; i < n && i < worn; i++) {
    if (sticker[i].role != f->role) continue;
    const double end = LIES_CM + sticker[i].width / 2;
    sticker[i].centre = (sample_point){ then[i].centre.x, then[i].centre.y + way * (end - then[i].centre.y) };
    if (sticker[i].strip) sticker[i].tilt = then[i].tilt + way * (90 - then[i].tilt);
  }
}

/* --- the hand on a marker --- */

/* 0 = the arm hangs … 1 = the palm is on the marker. */
static double hide_weight(const sample_hide *h, double t) {
  const double move_s = 0.35;
  return sample_smooth((t - h->from_s) / move_s + 1) - sample_smooth((t - h->from_s - h->for_s) / move_s);
}

static void hide_markers(const sample_options *o, double t, const sample_motion *m, sample_pose *pose) {
  sample_sticker sticker[SAMPLE_ROLES];
  int n = sample_stickers_worn(o, pose, m, o->disc_cm, sticker);
  n += sample_stickers_ruler(o, o->disc_cm, sticker + n);
  double s = pose->stature, palm = (SAMPLE_FOREARM_LENGTH + 0.45 * SAMPLE_HAND_LENGTH) * s;
  for (int i = 0; i < o->hides; i++) {
    double w = hide_weight(&o->hide[i], t);
    if (w <= 0) continue;
    for (int k = 0; k < n; k++) {
      if (sticker[k].role != o->hide[i].role) continue;
      sample_limb *arm = &pose->arm[0];
      double part = palm / ((SAMPLE_FOREARM_LENGTH + SAMPLE_HAND_LENGTH) * s);
      sample_point now = sample_between(arm->mid, arm->end, part);
      sample_reach_arm(arm, s, palm, sample_between(now, sticker[k].centre, w));
    }
  }
}

void sample_pose_at(const sample_options *o, double t, const sample_motion *m, sample_pose *pose) {
  sample_person_pose(o, m, pose);
  hide_markers(o, t, m, pose);
}
