/* SPDX-License-Identifier: Apache-2.0 */
/* Other people than the usual ones. */
#include "simulate/populations.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

static double flat(sg_chance *chance, double least, double most) {
  return least + (most - least) * sg_chance_unit(chance);
}

static double normal(sg_chance *chance, double mean, double spread, double least, double most) {
  return fmin(most, fmax(least, mean + spread * sg_chance_normal(chance)));
}

static sg_xy flat_xy(sg_chance *chance, double most) {
  const double x = flat(chance, -most, most), y = flat(chance, -most, most);
  return (sg_xy){ x, y };
}

/* ---- plain people by other laws ---- */

/* A trunk of two arcs, lumbar and thoracic, without levels of their own: every joint takes the same part. */
static void two_arcs(sg_person *p, sg_chance *chance) {
  const double lordosis = flat(chance, 25, 65), kyphosis = flat(chance, 25, 60);
  const double lumbar = flat(chance, 0.38, 0.46); /* of the spine's length up to T1 */
  p->pelvis_length = p->stature * flat(chance, 0.05, 0.07);
  p->pelvic_tilt = flat(chance, 2, 24);
  for (int i = 0; i < SG_JOINTS; i++) {
    const bool low = i < SG_LUMBAR_JOINTS;
    p->standing[i] = low ? -lordosis / SG_LUMBAR_JOINTS : kyphosis / SG_THORACIC_JOINTS;
    p->joint_part[i] = 1.0 / (low ? SG_LUMBAR_JOINTS : SG_THORACIC_JOINTS);
    p->length[i] = low ? lumbar / SG_LUMBAR_JOINTS : (1 - lumbar) / SG_THORACIC_JOINTS;
  }
  p->cascade = 0;
}

/* Sacral slope so that T1 is `ahead` cm of the hip axis, and all lengths so that the acromion stands `height` cm from
 * the hip. */
static void stand(sg_person *p, double height, double ahead) {
  double scale = p->stature * 0.26;
  for (int round = 0; round < 4; round++) {
    sg_skeleton s;
    for (int i = 0; i < SG_JOINTS; i++) p->length[i] *= scale;
    double least = -20, most = 100;
    for (int i = 0; i < 40; i++) {
      p->sacral_slope = 0.5 * (least + most);
      sg_skeleton_stand(&s, p);
      *(s.top.x - s.hip.x > ahead ? &most : &least) = p->sacral_slope;
    }
    const double acromion = hypot(s.acromion.x - s.hip.x, s.acromion.y - s.hip.y);
    scale = height / acromion;
  }
}

/* Skin that follows the bend in proportion, at once and all the way back, with other spreads than the usual people's:
 * cm each way, deg of the strips. */
static void skin_in_proportion(sg_person *p, double amount, sg_chance *chance) {
  static const double spread[SG_SKIN_SITES][2] = {
    [SG_SITE_SHOULDER] = { 1.0, 1.0 }, [SG_SITE_HIP] = { 1.3, 1.3 },  [SG_SITE_KNEE] = { 0.6, 0.6 },
    [SG_SITE_ANKLE] = { 0.3, 0.3 },    [SG_SITE_PELVIS] = { 4.0, 0 }, [SG_SITE_RIBS] = { 3.5, 0 },
  };
  for (int i = 0; i < SG_SKIN_SITES; i++) {
    const double x = sg_chance_normal(chance), y = sg_chance_normal(chance);
    p->skin[i] = (sg_skin){ { amount * spread[i][0] * x, amount * spread[i][1] * y }, 1, 0.02, 0 };
  }
}

/* Trunks of Winter's proportions (trochanter to acromion .288 of the stature, thigh .245), two arcs for a spine, bends
 * whose whole and whose parts are drawn on their own (Laird 2018: share 44 +- 11 %), flat laws where the usual
 * people have normal ones, and another skin. */
static void winter_sharing(sg_person *p, const sg_amounts *amounts, sg_chance *chance, double mean, double spread) {
  two_arcs(p, chance);
  p->thigh = p->stature * flat(chance, 0.23, 0.26);
  p->shank = p->stature * flat(chance, 0.235, 0.257);
  p->retraction = flat(chance, 8, 30);
  p->elevation = flat(chance, 0, 12);
  const double height = p->stature * normal(chance, 0.288, 0.013, 0.25, 0.33);
  stand(p, height, flat(chance, -6, 2));
  const double total = normal(chance, 100, 17, 62, 140),
               share = normal(chance, mean, spread, 0.12, mean + 2.9 * spread);
  p->thigh_lean = flat(chance, -15, -1);
  p->lumbar_flexion = share * total;
  p->pelvis = (1 - share) * total + p->thigh_lean;
  p->thoracic = flat(chance, 3, 31);
  p->knee = flat(chance, -2, 6);
  p->protraction = flat(chance, 2, 22);
  p->shrug = flat(chance, -2, 10);
  skin_in_proportion(p, amounts->skin, chance);
  p->place[SAGITTA_SHOULDER] = flat_xy(chance, 1.3 * amounts->placement);
  p->place[SAGITTA_HIP] = flat_xy(chance, 1.9 * amounts->placement);
  p->place[SAGITTA_KNEE] = flat_xy(chance, 1.4 * amounts->placement);
  p->place[SAGITTA_PELVIS] = flat_xy(chance, 1.9 * amounts->placement);
}

static void winter(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  winter_sharing(p, amounts, chance, 0.44, 0.11);
}

/* The same people, whose shares are spread as those of all studies together, so that every fourth is above 0.55. To
 * judge verdicts by. */
static void wide(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  winter_sharing(p, amounts, chance, 0.46, 0.13);
}

/* With two tails that fall by 1/e each standard deviation over sqrt(2) (Laplace): the same spread as a normal, and more
 * of it far out. */
static double heavy(sg_chance *chance, double spread) {
  const double u = sg_chance_unit(chance) - 0.5;
  return -copysign(spread / sqrt(2), u) * log(1 - 2 * fabs(u));
}

/* Two kinds of people, of whom one bends from the hips and the other from the back, with bends of any depth, skin that
 * mostly slides little and sometimes much, early or late, and shoulders that slide forward from the outset. Hips and
 * back each keep their own pace, the back mostly ahead, so that how a bend begins hardly tells how it ends. All [J]. */
static void two_habits(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  const bool back = sg_chance_unit(chance) < 0.45;
  const double share = back ? normal(chance, 0.57, 0.06, 0.4, 0.8) : normal(chance, 0.37, 0.08, 0.12, 0.6);
  const double total = flat(chance, 72, 132);
  p->thigh_lean = normal(chance, -6, 4, -18, 3);
  p->lumbar_flexion = share * total;
  p->pelvis = (1 - share) * total + p->thigh_lean;
  p->thoracic = normal(chance, 12, 8, -8, 36);
  p->knee = fabs(heavy(chance, 4));
  p->protraction = flat(chance, 0, 20);
  p->reach_from = 0;
  p->warp_lumbar = flat(chance, 0.6, 1.3);
  p->warp_pelvis = flat(chance, 0.8, 1.7);
  static const double spread[SG_SKIN_SITES] = { [SG_SITE_SHOULDER] = 1.0, [SG_SITE_HIP] = 1.2,  [SG_SITE_KNEE] = 0.6,
                                                [SG_SITE_ANKLE] = 0.3,    [SG_SITE_PELVIS] = 4, [SG_SITE_RIBS] = 3.5 };
  for (int i = 0; i < SG_SKIN_SITES; i++) {
    const double x = amounts->skin * heavy(chance, spread[i]), y = amounts->skin * heavy(chance, spread[i]);
    p->skin[i] = (sg_skin){ { x, y }, flat(chance, 0.6, 2), 0.1, 0.1 };
  }
}

static void bend_of(sg_person *p, sg_chance *chance, double pelvis, double pelvis_spread, double lumbar,
                    double lumbar_spread) {
  p->pelvis = normal(chance, pelvis, pelvis_spread, 20, 100);
  p->lumbar_flexion = normal(chance, lumbar, lumbar_spread, 12, 95);
}

/* Esola 1996: lumbar 41.6, hip 69.4 [V]; less the thigh's lean of 8. */
static void esola(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  (void)amounts;
  bend_of(p, chance, 61.4, 13, 41.6, 10);
}

/* Tafazzol 2014: pelvis 53.0 +- 5.2, lumbar 60.2 +- 8.6 [V]. */
static void tafazzol(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  (void)amounts;
  bend_of(p, chance, 53.0, 8, 60.2, 8.6);
}

/* ---- one assumption broken ---- */

static void more_skin(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  (void)amounts, (void)chance;
  for (int i = 0; i < SG_SKIN_SITES; i++) {
    p->skin[i].by[0] *= 1.5;
    p->skin[i].by[1] *= 1.5;
  }
}

/* The belly pushes the strip on the pelvis back by 4 deg in a full bend, and the skin over the trochanter by 1.5 cm. */
static void soft_belly(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  (void)chance;
  p->skin[SG_SITE_PELVIS].by[0] -= 4 * amounts->skin;
  p->skin[SG_SITE_HIP].by[0] -= 1.5 * amounts->skin;
}

static void round_thorax(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  (void)amounts, (void)chance;
  p->thoracic += 10;
}

/* Half as much kyphosis again as people have on average, balanced by standing with the pelvis tilted back and more
 * lordosis, as far as each goes. */
static void kyphotic(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  (void)amounts;
  const double wanted = normal(chance, 68, 8, 50, 90);
  double kyphosis = 0;
  sg_skeleton s;
  sg_skeleton_stand(&s, p);
  const double ahead = s.top.x - s.hip.x;
  for (int i = SG_T11; i < SG_JOINTS; i++) kyphosis += p->standing[i];
  const double more = wanted / kyphosis;
  for (int i = SG_T11; i < SG_JOINTS; i++) p->standing[i] *= more;
  double least = -10, most = 30;
  for (int k = 0; k < 40; k++) {
    const double extra = 0.5 * (least + most), was_slope = p->sacral_slope, was_tilt = p->pelvic_tilt;
    sg_person tried = *p;
    tried.sacral_slope = was_slope - 0.3 * extra;
    tried.pelvic_tilt = was_tilt + 0.3 * extra;
    for (int i = 0; i < SG_T12; i++) tried.standing[i] -= 0.7 * extra / SG_T12;
    sg_skeleton_stand(&s, &tried);
    *(s.top.x - s.hip.x > ahead ? &least : &most) = extra;
    if (k == 39) *p = tried;
  }
}

static void far_shoulders(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  (void)amounts, (void)chance;
  p->protraction *= 1.7;
  p->shrug *= 1.7;
}

/* The hip marker 3 cm from the trochanter, in any direction. */
static void misplaced(sg_person *p, const sg_amounts *amounts, sg_chance *chance) {
  const double turn = 2 * SG_PI * sg_chance_unit(chance), cm = 3 * amounts->placement;
  p->place[SAGITTA_HIP] = (sg_xy){ cm * cos(turn), cm * sin(turn) };
}

/* ---- sitting ---- */

void sg_population_sit(sg_person *p, sg_chance *chance) {
  p->from = (sg_pose){ .thigh = normal(chance, -86, 2.5, -92, -78),
                       /* On a chair the pelvis goes 18 back and the lordosis loses 17 (Endo 2012 [V]), on the floor
                        * with crossed legs 23 and 27 (Moon 2018 [V]); with straight legs, which hold it, more [J]. */
                       .pelvis = normal(chance, -35, 10, -60, -10),
                       .lumbar = normal(chance, 32, 9, 5, 60),
                       .thoracic = normal(chance, 5, 5, -8, 20) };
  p->pelvis = normal(chance, 32, 12, 8, 70);
  p->lumbar_flexion = normal(chance, 15, 8, 0, 40);
  p->thoracic *= 0.8; /* in less of a bend */
  p->thigh_lean = normal(chance, 0, 1, -3, 3);
  p->knee = normal(chance, 0.5, 1.5, -3, 5);
  p->reach_from = fmin(p->reach_from, 0.15);
  p->reach_angle = normal(chance, 55, 10, 25, 85);
}

/* ---- with bent knees ---- */

/* Gain of hip hinge: 20 between normal and short hamstrings (Gajdosik 1992: 72 against 52 [V]), next to none where
 * something else ends the bend [J]. Over bent knees the thighs lean back: knees 35, of which the shank takes a third
 * [J]. */
void sg_population_bend_knees(sg_person *p, sg_chance *chance) {
  const bool held = sg_chance_unit(chance) < 0.5;
  const double much = normal(chance, 20, 6, 0, 40), little = normal(chance, 3, 3, -5, 15);
  const double hinge = p->pelvis - p->thigh_lean + (held ? much : little);
  p->knee = normal(chance, 35, 6, 20, 55);
  p->thigh_lean = p->thigh_lean - 0.65 * p->knee + normal(chance, 0, 3, -8, 8);
  p->pelvis = hinge + p->thigh_lean;
}

/* ---- bowing from the hips ---- */

/* Told to keep the lower back as it is: some do, some round it after all, a few hollow it (Luomajoki 2007 asks for 50
 * to 70 deg at the hips; the spreads [J]). Arms folded: the shoulders stay. */
void sg_population_bow(sg_person *p, sg_chance *chance) {
  p->pelvis = normal(chance, 50, 8, 30, 70);
  p->lumbar_flexion = normal(chance, 10, 12, -20, 45);
  p->thoracic = normal(chance, 4, 5, -8, 20);
  p->thigh_lean = normal(chance, -9, 3, -18, -2);
  p->knee = normal(chance, 5, 5, -3, 20);
  p->protraction *= 0.2;
  p->shrug *= 0.2;
  p->reach_angle *= 0.2;
}

static const sg_population populations[] = {
  { "usual", "people as the literature has them", false, NULL },
  { "winter", "trunks of Winter's proportions with two arcs for a spine, another skin and flat laws", false, winter },
  { "esola", "the usual people, who bend as Esola 1996 found, more from the hips", false, esola },
  { "tafazzol", "the usual people, who bend as Tafazzol 2014 found, more from the lower back", false, tafazzol },
  { "more-skin", "skin slides half as far again", true, more_skin },
  { "soft-belly", "the belly pushes the pelvis strip 4 degrees back, and the hip's skin 1.5 cm", true, soft_belly },
  { "round-thorax", "10 degrees more thoracic flexion", true, round_thorax },
  { "kyphotic", "a standing kyphosis of 68 degrees", true, kyphotic },
  { "far-shoulders", "shoulders that slide forward 1.7 times as far", true, far_shoulders },
  { "misplaced", "the hip marker 3 cm from where it belongs", true, misplaced },
  { "wide", "as winter, with shares from hips to lower back, 46 +- 13 %", false, wide },
  { "two-habits", "some bend from the hips and some from the back, hips and back each at a pace of its own", false,
    two_habits },
};
#define POPULATIONS (sizeof populations / sizeof *populations)

const sg_population *sg_population_at(size_t index) {
  return index < POPULATIONS ? &populations[index] : NULL;
}

const sg_population *sg_population_find(const char *name) {
  for (size_t i = 0; i < POPULATIONS; i++) {
    if (!strcmp(populations[i].name, name)) return &populations[i];
  }
  return NULL;
}
