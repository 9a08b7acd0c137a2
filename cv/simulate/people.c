/* SPDX-License-Identifier: Apache-2.0 */
/* Simulated people: their bodies, drawn from chance, and where a pose puts the bones. */
#include "simulate/people.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

/* ---- the skeleton ---- */

sg_xy sg_turned(sg_xy v, double deg) {
  const double c = cos(deg * SG_RADIANS), s = sin(deg * SG_RADIANS);
  return (sg_xy){ v.x * c + v.y * s, v.y * c - v.x * s };
}

/* `length` further from `from`, leaning forward by deg. */
static sg_xy along(sg_xy from, double length, double deg) {
  return (sg_xy){ from.x + length * sin(deg * SG_RADIANS), from.y + length * cos(deg * SG_RADIANS) };
}

/* Flexion of each lumbar joint: its part of the whole, more of it early where the upper joints go first. */
static void flex_joints(const sg_person *p, const sg_pose *pose, double flexion[SG_JOINTS]) {
  double part[SG_LUMBAR_JOINTS], sum = 0;
  for (int i = 0; i < SG_LUMBAR_JOINTS; i++) {
    const double rank = 2.0 * i / (SG_LUMBAR_JOINTS - 1) - 1;
    part[i] = p->joint_part[i] * fmax(0, 1 + p->cascade * rank * (1 - pose->lumbar_done));
    sum += part[i];
  }
  for (int i = 0; i < SG_JOINTS; i++) {
    flexion[i] = i < SG_LUMBAR_JOINTS ? pose->lumbar * part[i] / sum : pose->thoracic * p->joint_part[i];
  }
}

static void set_spine(sg_skeleton *f, const sg_person *p, const sg_pose *pose, sg_xy *second) {
  double flexion[SG_JOINTS];
  flex_joints(p, pose, flexion);
  sg_xy at = f->sacrum;
  double lean = p->sacral_slope + pose->pelvis, changed = pose->pelvis;
  for (int i = 0; i < SG_JOINTS; i++) {
    lean += p->standing[i] + flexion[i];
    changed += flexion[i];
    f->vertebra[i] = changed;
    at = along(at, p->length[i], lean);
    if (i == SG_T12) f->ribs = at;
    if (i == SG_T2) *second = at;
  }
  f->top = at;
}

static void set_shoulder(sg_skeleton *f, const sg_person *p, const sg_pose *pose, sg_xy second) {
  double upper = 0;
  for (int i = SG_T4; i <= SG_T1; i++) upper += f->vertebra[i] / (SG_T1 - SG_T4 + 1);
  f->upper = upper;
  const double back = (p->retraction - pose->protraction) * SG_RADIANS, up = (p->elevation + pose->shrug) * SG_RADIANS;
  const sg_xy clavicle = { -p->clavicle * cos(up) * sin(back), p->clavicle * sin(up) };
  const sg_xy acromion = sg_turned((sg_xy){ p->sternum.x + clavicle.x, p->sternum.y + clavicle.y }, upper);
  f->acromion = (sg_xy){ second.x + acromion.x, second.y + acromion.y };
  f->fingertip = along(f->acromion, -p->arm, -pose->reach);
}

void sg_skeleton_set(sg_skeleton *skeleton, const sg_person *p, const sg_pose *pose) {
  skeleton->thigh = pose->thigh;
  skeleton->shank = pose->thigh + pose->knee;
  skeleton->pelvis = pose->pelvis;
  skeleton->ankle = (sg_xy){ 0, p->ankle_height };
  skeleton->knee = along(skeleton->ankle, p->shank, skeleton->shank);
  skeleton->hip = along(skeleton->knee, p->thigh, skeleton->thigh);
  const double up = p->ankle_height + p->shank + p->thigh - skeleton->hip.y;
  const sg_xy by = { -pose->walking * skeleton->hip.x - pose->away, pose->walking * up };
  sg_xy *const leg[] = { &skeleton->ankle, &skeleton->knee, &skeleton->hip };
  for (size_t i = 0; i < sizeof leg / sizeof *leg; i++) *leg[i] = (sg_xy){ leg[i]->x + by.x, leg[i]->y + by.y };
  skeleton->sacrum = along(skeleton->hip, p->pelvis_length, pose->pelvis - p->pelvic_tilt);
  sg_xy second = { 0, 0 };
  set_spine(skeleton, p, pose, &second);
  set_shoulder(skeleton, p, pose, second);
}

void sg_skeleton_stand(sg_skeleton *skeleton, const sg_person *person) {
  static const sg_pose standing = { 0 };
  sg_skeleton_set(skeleton, person, &standing);
}

/* ---- people ---- */

#define LONG_PX     1920
#define SHORT_PX    1080
#define FULL_PELVIS 55.0 /* deg, for which the thigh's lean is given */

const sg_trait_row sg_traits[SG_TRAITS] = {
#define SG_TRAIT_ROW(upper, name, mean, spread, least, most, unit, source) \
  { name, mean, spread, least, most, unit, source },
  SG_TRAIT_LIST(SG_TRAIT_ROW)
#undef SG_TRAIT_ROW
};

/* In-vivo flexion from standing, deg, of which the proportions count: L5/S1 … L1/L2 (Pearcy 1984, biplanar radiography:
 * 14 of flexion and extension together, lower levels a little more, most of it flexion but at L5/S1 [V]; Mitchell 2008,
 * sensors on skin: lower half of the lumbar spine 35, upper half 31 [V]; each level's [J]), T12/L1 and T11/T12 [J]. */
static const double flexion_by_level[SG_LUMBAR_JOINTS] = { 9, 13, 12, 10, 8, 5, 3 };
/* T10/T11 … T1/T2: more at the lower end (Morita 2014: more and more from T4/T5 down, 4.2 +- 2.1 at T12/L1 [V]; towards
 * T1/T2 as well, which is not so here; each level's [J]). */
static const double thoracic_by_level[SG_THORACIC_JOINTS] = { 7, 5, 5, 5, 5, 4, 4, 4, 4, 4 };
/* From person to person: a joint's part, logarithmic. SD 3.5 of 10 deg: less than the 4.6–6.3 of flexion and extension
 * together (Abbott 2006 [V]). */
#define PART_SPREAD 0.35
/* Heights of the vertebrae with their discs, L5 … L1 and T12 … T1, cm, of which the proportions count (lumbar bodies as
 * good as alike: Gilad & Nissan 1985 [V]; thoracic discs 0.45 to 0.72: Kunkel 2011 [V]; each level's [J]). */
static const double height_by_level[SG_JOINTS] = { 3.6, 3.8,  3.8,  3.6, 3.4, 2.9, 2.75, 2.65, 2.5,
                                                   2.4, 2.35, 2.25, 2.2, 2.1, 2.0, 1.95, 1.85 };
/* Standing lordosis of L3/L4 … T12/L1, after what L4–S1 take (more further down: PMC6680033 [V]), and kyphosis of
 * T11/T12 … T1/T2 (most about T6/T7: Morita 2014, in flexion [V]); each level's [J]. */
enum { CURVED = 4, KYPHOTIC = SG_JOINTS - SG_T11 };
static const double upper_lordosis[CURVED] = { 0.5, 0.3, 0.15, 0.05 };
static const double kyphosis_by_level[KYPHOTIC] = { 2, 3, 4, 5, 5.5, 5.5, 5, 4, 3, 2, 1.5 };

typedef struct {
  double z[SG_TRAITS];
} deviations;

static double cut(const sg_trait_row *row, double value) {
  return fmin(row->most, fmax(row->least, value));
}

static double valued(sg_trait trait, double z) {
  const sg_trait_row *row = &sg_traits[trait];
  return cut(row, row->mean + row->spread * z);
}

double sg_trait_draw(sg_chance *chance, sg_trait trait) {
  return valued(trait, sg_chance_normal(chance));
}

static double of(const deviations *d, sg_trait trait) {
  return valued(trait, d->z[trait]);
}

static double correlated(double z, double other, double r) {
  return r * other + sqrt(1 - r * r) * z;
}

/* Parts of a whole: the levels' own, each times what the person makes of it. */
static void share_out(double *part, const double *levels, int count, sg_chance *chance, double spread) {
  double sum = 0;
  for (int i = 0; i < count; i++) {
    part[i] = levels[i] * exp(spread * sg_chance_normal(chance));
    sum += part[i];
  }
  for (int i = 0; i < count; i++) part[i] /= sum;
}

static void draw_legs(sg_person *p, const deviations *d) {
  p->thigh = p->stature * of(d, SG_TRAIT_THIGH);
  p->shank = p->stature * of(d, SG_TRAIT_SHANK);
  p->ankle_height = p->stature * of(d, SG_TRAIT_ANKLE);
  p->arm = p->stature * of(d, SG_TRAIT_ARM);
  p->trochanter = (sg_xy){ of(d, SG_TRAIT_TROCHANTER_X), of(d, SG_TRAIT_TROCHANTER_Y) };
}

/* The lordosis that puts T1 where it is balanced over the hips; `low` of it in L4–S1. */
static void stand_balanced(sg_person *p, double low, double ahead) {
  double least = 0, most = 110;
  for (int i = 0; i < 40; i++) {
    const double lordosis = 0.5 * (least + most);
    p->standing[0] = p->standing[1] = -0.5 * low * lordosis;
    for (int k = 0; k < CURVED; k++) p->standing[2 + k] = -(1 - low) * lordosis * upper_lordosis[k];
    sg_skeleton skeleton;
    sg_skeleton_stand(&skeleton, p);
    if (skeleton.top.x - skeleton.hip.x > ahead) {
      least = lordosis;
    } else {
      most = lordosis;
    }
  }
}

static void draw_spine(sg_person *p, const deviations *d, sg_chance *chance) {
  p->pelvis_length = p->stature * of(d, SG_TRAIT_PELVIS);
  p->pelvic_tilt = of(d, SG_TRAIT_PELVIC_TILT);
  p->sacral_slope = of(d, SG_TRAIT_SACRAL_SLOPE);
  share_out(p->standing + SG_T11, kyphosis_by_level, KYPHOTIC, chance, 0.2);
  for (int i = SG_T11; i < SG_JOINTS; i++) p->standing[i] *= of(d, SG_TRAIT_KYPHOSIS);
  double lumbar = 0, thorax = 0;
  for (int i = 0; i < SG_JOINTS; i++) *(i < SG_T12 ? &lumbar : &thorax) += height_by_level[i];
  for (int i = 0; i < SG_JOINTS; i++) {
    p->length[i] = height_by_level[i] * p->stature *
                   (i < SG_T12 ? of(d, SG_TRAIT_LUMBAR) / lumbar : of(d, SG_TRAIT_THORAX) / thorax);
  }
  stand_balanced(p, of(d, SG_TRAIT_LOW_LORDOSIS), of(d, SG_TRAIT_BALANCE));
}

static void draw_shoulder(sg_person *p, const deviations *d) {
  p->sternum = (sg_xy){ of(d, SG_TRAIT_STERNUM_X), -of(d, SG_TRAIT_STERNUM_Y) };
  p->clavicle = p->stature * of(d, SG_TRAIT_CLAVICLE);
  p->retraction = of(d, SG_TRAIT_RETRACTION);
  p->elevation = of(d, SG_TRAIT_ELEVATION);
  p->protraction = of(d, SG_TRAIT_PROTRACTION);
  p->shrug = of(d, SG_TRAIT_SHRUG);
  p->reach_from = of(d, SG_TRAIT_REACH_FROM);
  p->reach_angle = of(d, SG_TRAIT_REACH_ANGLE);
}

static void draw_bend(sg_person *p, const deviations *d, sg_chance *chance) {
  const double hamstrings = sg_chance_normal(chance);
  const double z = correlated(d->z[SG_TRAIT_PELVIS_HEALTHY], hamstrings, SG_HAMSTRINGS);
  p->short_hamstrings = hamstrings < SG_SHORT;
  p->pelvis = valued(p->pain ? SG_TRAIT_PELVIS_PAIN : SG_TRAIT_PELVIS_HEALTHY, z);
  p->lumbar_flexion = valued(p->pain ? SG_TRAIT_LUMBAR_PAIN : SG_TRAIT_LUMBAR_HEALTHY,
                             correlated(d->z[SG_TRAIT_LUMBAR_HEALTHY], z, SG_TOGETHER));
  p->thoracic = of(d, SG_TRAIT_THORACIC) + (p->short_hamstrings ? 4 : 0);
  p->thigh_lean = cut(&sg_traits[SG_TRAIT_THIGH_LEAN], of(d, SG_TRAIT_THIGH_LEAN) * p->pelvis / FULL_PELVIS);
  p->knee = of(d, sg_chance_unit(chance) < SG_GIVE_WAY ? SG_TRAIT_KNEE_BENT : SG_TRAIT_KNEE);
  p->cascade = of(d, SG_TRAIT_CASCADE);
  share_out(p->joint_part, flexion_by_level, SG_LUMBAR_JOINTS, chance, PART_SPREAD);
  share_out(p->joint_part + SG_LUMBAR_JOINTS, thoracic_by_level, SG_THORACIC_JOINTS, chance, PART_SPREAD);
}

static void draw_small(sg_person *p, const deviations *d, const sg_amounts *amounts, sg_chance *chance) {
  p->sway = amounts->unrest * of(d, SG_TRAIT_SWAY);
  p->unrest = amounts->unrest * of(d, SG_TRAIT_UNREST);
  p->breath_hz = of(d, SG_TRAIT_BREATH_RATE);
  p->breath_ribs = amounts->skin * of(d, SG_TRAIT_BREATH_RIBS);
  p->breath_shoulder = amounts->skin * of(d, SG_TRAIT_BREATH_SHOULDER);
  p->warp_pelvis = valued(SG_TRAIT_WARP, d->z[SG_TRAIT_WARP]);
  p->warp_lumbar = valued(SG_TRAIT_WARP, sg_chance_normal(chance));
  for (int i = 0; i < 4; i++) {
    for (int k = 0; k < 6; k++) p->phase[i][k] = sg_chance_unit(chance);
  }
}

/* A second deviation of a trait that has two directions. */
static sg_xy pair(const deviations *d, sg_trait trait, sg_chance *chance, double amount) {
  const double other = sg_trait_draw(chance, trait);
  return (sg_xy){ amount * of(d, trait), amount * other };
}

static void draw_placement(sg_person *p, const deviations *d, double amount, sg_chance *chance) {
  p->place[SAGITTA_SHOULDER] = pair(d, SG_TRAIT_PLACE_SHOULDER, chance, amount);
  p->place[SAGITTA_HIP] = pair(d, SG_TRAIT_PLACE_HIP, chance, amount);
  p->place[SAGITTA_KNEE] = pair(d, SG_TRAIT_PLACE_KNEE, chance, amount);
  p->place[SAGITTA_ANKLE] = pair(d, SG_TRAIT_PLACE_ANKLE, chance, amount);
  p->place[SAGITTA_PELVIS] = pair(d, SG_TRAIT_PLACE_HIP, chance, amount);
  const sg_xy tilt = pair(d, SG_TRAIT_PLACE_STRIP, chance, amount);
  p->strip_tilt[SAGITTA_HIP] = p->strip_tilt[SAGITTA_PELVIS] = tilt.x;
  p->strip_tilt[SAGITTA_RIBS] = tilt.y;
  p->ribs_level = amount * of(d, SG_TRAIT_PLACE_RIBS);
}

static void draw_skin(sg_person *p, const deviations *d, double amount, sg_chance *chance) {
  const double growth = amount * fmax(0.5, 1 + of(d, SG_TRAIT_SKIN_BMI) * (p->bmi - sg_traits[SG_TRAIT_BMI].mean));
  const sg_xy shoulder = pair(d, SG_TRAIT_SKIN_SHOULDER, chance, growth);
  const sg_xy knee = pair(d, SG_TRAIT_SKIN_KNEE, chance, growth), ankle = pair(d, SG_TRAIT_SKIN_ANKLE, chance, growth);
  const double hip[2] = { growth * of(d, SG_TRAIT_SKIN_HIP_X), growth * of(d, SG_TRAIT_SKIN_HIP_Y) };
  const double ribs = valued(SG_TRAIT_SKIN_RIBS, correlated(d->z[SG_TRAIT_SKIN_RIBS], d->z[SG_TRAIT_SKIN_PELVIS], 0.3));
  const double by[SG_SKIN_SITES][2] = {
    [SG_SITE_SHOULDER] = { shoulder.x, shoulder.y },
    [SG_SITE_HIP] = { hip[0], hip[1] },
    [SG_SITE_KNEE] = { knee.x, knee.y },
    [SG_SITE_ANKLE] = { ankle.x, ankle.y },
    [SG_SITE_PELVIS] = { growth * of(d, SG_TRAIT_SKIN_PELVIS), 0 },
    [SG_SITE_RIBS] = { growth * ribs, 0 },
  };
  for (int i = 0; i < SG_SKIN_SITES; i++) {
    p->skin[i] = (sg_skin){ { by[i][0], by[i][1] },
                            sg_trait_draw(chance, SG_TRAIT_SKIN_POWER),
                            sg_trait_draw(chance, SG_TRAIT_SKIN_DELAY),
                            sg_trait_draw(chance, SG_TRAIT_SKIN_STAYS) };
  }
}

static void draw_filming(sg_person *p, const deviations *d, const sg_amounts *amounts, sg_chance *chance) {
  sg_filming *f = &p->filming;
  const bool upright = sg_chance_unit(chance) < 0.4;
  f->width = upright ? SHORT_PX : LONG_PX;
  f->height = upright ? LONG_PX : SHORT_PX;
  f->flat = !(amounts->camera > 0);
  f->focal = 0.5 * LONG_PX / tan(0.5 * SG_RADIANS * of(d, SG_TRAIT_FIELD));
  /* Far enough for the whole person to be in the picture. */
  f->distance = fmax(of(d, SG_TRAIT_DISTANCE), 1.3 * p->stature * f->focal / f->height);
  f->px_per_cm = f->focal / f->distance;
  f->height_cm = of(d, SG_TRAIT_HEIGHT);
  f->lens = amounts->camera * of(d, SG_TRAIT_LENS);
  f->yaw = amounts->camera * of(d, SG_TRAIT_YAW);
  f->twist = amounts->camera * of(d, SG_TRAIT_TWIST);
  f->roll = amounts->camera * of(d, SG_TRAIT_ROLL);
  f->pitch = amounts->camera * of(d, SG_TRAIT_PITCH);
  f->noise_px = amounts->noise * of(d, SG_TRAIT_NOISE);
  f->noise_deg = amounts->noise * of(d, SG_TRAIT_NOISE_AXIS);
  f->side[SAGITTA_SHOULDER] = f->side[SAGITTA_HAND] = of(d, SG_TRAIT_SIDE_SHOULDER);
  f->side[SAGITTA_HIP] = f->side[SAGITTA_PELVIS] = of(d, SG_TRAIT_SIDE_HIP);
  f->side[SAGITTA_RIBS] = of(d, SG_TRAIT_SIDE_RIBS);
  f->side[SAGITTA_KNEE] = of(d, SG_TRAIT_SIDE_KNEE);
  f->side[SAGITTA_ANKLE] = of(d, SG_TRAIT_SIDE_ANKLE);
  f->side[SAGITTA_RULER0] = f->side[SAGITTA_RULER1] = f->side[SAGITTA_HAND];
}

sg_person sg_person_draw(sg_chance *chance, const sg_amounts *amounts) {
  sg_person p;
  memset(&p, 0, sizeof p);
  deviations d;
  for (int i = 0; i < SG_TRAITS; i++) d.z[i] = sg_chance_normal(chance);
  p.woman = sg_chance_unit(chance) < SG_WOMEN;
  p.pain = sg_chance_unit(chance) < SG_PAIN;
  p.right = sg_chance_unit(chance) < 0.5;
  p.age = of(&d, SG_TRAIT_AGE);
  p.bmi = of(&d, SG_TRAIT_BMI);
  p.stature = p.woman ? of(&d, SG_TRAIT_STATURE_WOMEN) : of(&d, SG_TRAIT_STATURE_MEN);
  draw_legs(&p, &d);
  draw_bend(&p, &d, chance);
  draw_spine(&p, &d, chance); /* stands only once its joints have their parts */
  draw_shoulder(&p, &d);
  draw_small(&p, &d, amounts, chance);
  draw_placement(&p, &d, amounts->placement, chance);
  draw_skin(&p, &d, amounts->skin, chance);
  draw_filming(&p, &d, amounts, chance);
  return p;
}

void sg_person_again(sg_person *p, const sg_amounts *amounts, bool anew, sg_chance *chance) {
  /* Somebody else, whose markers, camera and waves are taken. */
  const sg_person other = sg_person_draw(chance, amounts);
  memcpy(p->phase, other.phase, sizeof p->phase);
  if (!anew) return;
  memcpy(p->place, other.place, sizeof p->place);
  memcpy(p->strip_tilt, other.strip_tilt, sizeof p->strip_tilt);
  p->ribs_level = other.ribs_level;
  const sg_filming was = p->filming;
  p->filming = other.filming;
  memcpy(p->filming.side, was.side, sizeof was.side); /* the body's own breadth */
}
