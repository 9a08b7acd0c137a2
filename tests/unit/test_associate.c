/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects: identity. In a thousand bends with crossings, occlusions, clutter
 * of the markers' own colours and all markers of one colour, no marker is ever
 * taken for another, and a marker in view is hardly ever missed.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "synthetic.h"
#include "track/associate.h"

#define FPS    30.0
#define FRAMES 110
#define PX_CM  3.6 /* a person of 170 cm is 612 px high */

enum { CLUTTER = 4, THINGS = SAGITTA_ROLES + CLUTTER };

typedef struct thing {
  bool there;
  double x, y, axis, length, width;
  sg_chroma colour;
} thing;

typedef struct scene {
  uint64_t random;
  bool one_colour, clinic, strip, hand, fast;
  double hip_x, ground_y, pelvis_deg, lumbar_deg, thigh_deg, facing, yaw;
  double bend_s;
  double hidden_from[THINGS], hidden_to[THINGS];
  thing clutter[CLUTTER];
  double clutter_vx[CLUTTER], clutter_vy[CLUTTER];
} scene;

static double between(scene *s, double low, double high) {
  return low + (high - low) * synthetic_uniform(&s->random);
}

static const sg_chroma colours[SAGITTA_ROLES] = { { 75, -29 }, { -34, -66 }, { 28, 90 },  { -91, 25 }, { -60, 69 },
                                                  { 28, -81 }, { -19, 92 },  { -91, 25 }, { -91, 25 } };

static scene new_scene(uint64_t seed) {
  scene s;
  memset(&s, 0, sizeof s);
  s.random = seed * 7919u + 13u;
  s.one_colour = seed % 5 == 0;
  s.clinic = seed % 3 == 0;
  s.strip = seed % 3 == 1;
  s.hand = seed % 2 == 0;
  s.facing = seed % 4 < 2 ? 1.0 : -1.0;
  s.hip_x = between(&s, 550, 730);
  s.ground_y = between(&s, 650, 700);
  s.pelvis_deg = between(&s, 30, 75);
  s.lumbar_deg = between(&s, 15, 60);
  s.thigh_deg = between(&s, -12, 0);
  s.yaw = cos(between(&s, 0, 20) * 3.14159265 / 180.0);
  s.bend_s = between(&s, 0.9, 1.5);
  for (int i = 0; i < THINGS; i++) {
    s.hidden_from[i] = s.hidden_to[i] = -1.0;
    if (synthetic_uniform(&s.random) < 0.35) {
      s.hidden_from[i] = between(&s, 0.6, 3.0);
      s.hidden_to[i] = s.hidden_from[i] + between(&s, 0.05, 0.7);
    }
  }
  for (int i = 0; i < CLUTTER; i++) {
    thing *c = &s.clutter[i];
    c->there = synthetic_uniform(&s.random) < 0.7;
    c->colour = s.one_colour ? colours[SAGITTA_HIP] : colours[(int)(synthetic_uniform(&s.random) * 7.0)];
    c->x = between(&s, 60, 1220);
    c->y = between(&s, 60, 700);
    if (fabs(c->x - s.hip_x) < 120) c->x += 260; /* things on the body are another test */
    c->width = between(&s, 10, 40);
    c->length = c->width * between(&s, 1.0, 1.15);
    const bool moves = i == 0 && synthetic_uniform(&s.random) < 0.5;
    s.clutter_vx[i] = moves ? between(&s, -260, 260) : 0.0;
    s.clutter_vy[i] = moves ? between(&s, -60, 60) : 0.0;
  }
  return s;
}

static void markers_at(const scene *s, double t, thing *things);

/* Two to four things of a marker's own colour and size, each thrown so that it passes over that marker at some time. */
static void aim(scene *s) {
  const int things = 2 + (int)(synthetic_uniform(&s->random) * 3.0);
  for (int i = 0; i < CLUTTER; i++) {
    thing now[THINGS];
    const double when = between(s, 0.5, 3.2), heading = between(s, 0, 6.2832), speed = between(s, 80, 600);
    const int role = (int)(synthetic_uniform(&s->random) * 3.0);
    markers_at(s, when, now);
    thing *c = &s->clutter[i];
    c->there = i < things && now[role].length > 0;
    s->clutter_vx[i] = speed * cos(heading);
    s->clutter_vy[i] = speed * sin(heading);
    c->x = now[role].x - s->clutter_vx[i] * when;
    c->y = now[role].y - s->clutter_vy[i] * when;
    c->colour = now[role].colour;
    c->width = now[role].width;
    c->length = now[role].width * between(s, 1.0, 1.15);
  }
}

/* 0 standing … 1 deepest, minimum jerk, with a hold. */
static double depth_at(const scene *s, double t) {
  double u = (t - 0.7) / s->bend_s;
  if (u > 1.0) u = 1.0 - (t - 0.7 - s->bend_s - 0.4) / s->bend_s;
  u = u < 0.0 ? 0.0 : u > 1.0 ? 1.0 : u;
  return u * u * u * (10.0 + u * (-15.0 + 6.0 * u));
}

static void put(const scene *s, thing *t, double x_cm, double y_cm, double axis_deg, bool strip, sg_chroma colour) {
  t->there = true;
  t->x = s->hip_x + s->facing * s->yaw * x_cm * PX_CM;
  t->y = s->ground_y - y_cm * PX_CM;
  t->axis = s->facing * axis_deg;
  t->length = (strip ? 13.0 : 3.2) * PX_CM;
  t->width = (strip ? 3.0 : 3.2) * PX_CM;
  t->colour = colour;
}

/* The true markers at a moment: a chain of segments in centimetres, y up from the floor. */
static void markers_at(const scene *s, double t, thing *things) {
  const double d = depth_at(s, t), deg = 3.14159265358979 / 180.0;
  const double p = s->pelvis_deg * d * deg, l = s->lumbar_deg * d * deg, f = s->thigh_deg * d * deg;
  const double knee_x = 0.3 * sin(f) * 40.0, knee_y = 48.0;
  const double hip_x = knee_x + 42.0 * sin(f), hip_y = knee_y + 42.0 * cos(f);
  const double low_x = hip_x + 14.0 * sin(p), low_y = hip_y + 14.0 * cos(p);
  const double mid = p + 0.5 * l, top = p + l * 1.15;
  const double rib_x = low_x + 16.0 * sin(mid), rib_y = low_y + 16.0 * cos(mid);
  const double acromion_x = rib_x + 19.0 * sin(top), acromion_y = rib_y + 19.0 * cos(top);
  sg_chroma c[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) c[r] = s->one_colour ? colours[SAGITTA_HIP] : colours[r];
  memset(things, 0, THINGS * sizeof *things);
  put(s, &things[SAGITTA_SHOULDER], acromion_x, acromion_y, 0, false, c[SAGITTA_SHOULDER]);
  put(s, &things[SAGITTA_KNEE], knee_x, knee_y, 0, false, c[SAGITTA_KNEE]);
  if (s->strip) {
    put(s, &things[SAGITTA_HIP], hip_x + 7.0 * sin(p), hip_y + 7.0 * cos(p), p / deg, true, c[SAGITTA_HIP]);
  } else {
    put(s, &things[SAGITTA_HIP], hip_x, hip_y, 0, false, c[SAGITTA_HIP]);
  }
  if (s->clinic) {
    put(s, &things[SAGITTA_ANKLE], 0.0, 7.0, 0, false, c[SAGITTA_ANKLE]);
    put(s, &things[SAGITTA_PELVIS], hip_x + 12.0 * sin(p), hip_y + 12.0 * cos(p), p / deg, true, c[SAGITTA_PELVIS]);
    put(s, &things[SAGITTA_RIBS], rib_x, rib_y, (p + l) / deg, true, c[SAGITTA_RIBS]);
  }
  if (s->hand && !s->one_colour) {
    put(s, &things[SAGITTA_HAND], acromion_x + 30.0 * (1.0 - d) + 4.0, acromion_y - 52.0, 0, false, c[SAGITTA_HAND]);
  }
  for (int i = 0; i < CLUTTER; i++) {
    thing *to = &things[SAGITTA_ROLES + i];
    *to = s->clutter[i];
    to->x += s->clutter_vx[i] * t;
    to->y += s->clutter_vy[i] * t;
  }
  for (int i = 0; i < THINGS; i++) {
    if (t >= s->hidden_from[i] && t < s->hidden_to[i]) things[i].there = false;
    if (things[i].x < 5 || things[i].x > 1275 || things[i].y < 5 || things[i].y > 715) things[i].there = false;
  }
}

static bool touch(const thing *a, const thing *b) {
  const double dx = a->x - b->x, dy = a->y - b->y, reach = 0.5 * (a->width + b->width) + 2.0;
  const double hue = fabs(a->colour.b - b->colour.b) + fabs(a->colour.r - b->colour.r);
  return hue < 20.0 && dx * dx + dy * dy < reach * reach;
}

/* Add a frame; which[i] = the thing that detection i is, −1 for two that run into one. Returns their number. */
static int add_frame(scene *s, sg_detections *detections, double t, const thing *things, int *which) {
  int count = 0;
  bool merged[THINGS] = { false };
  assert_int_equal(sg_detections_begin(detections, t), 1);
  for (int i = 0; i < THINGS; i++) {
    if (!things[i].there || merged[i]) continue;
    thing seen = things[i];
    which[count] = i;
    for (int j = i + 1; j < THINGS; j++) {
      if (!things[j].there || merged[j] || !touch(&things[i], &things[j])) continue;
      merged[j] = true;
      which[count] = -1;
      seen.x = 0.5 * (things[i].x + things[j].x);
      seen.y = 0.5 * (things[i].y + things[j].y);
      seen.length = things[i].length + things[j].length;
    }
    sg_blob b = { .x = seen.x + between(s, -0.1, 0.1),
                  .y = seen.y + between(s, -0.1, 0.1),
                  .axis = seen.axis,
                  .length = seen.length,
                  .width = seen.width,
                  .diameter = sqrt(seen.length * seen.width),
                  .elongation = seen.length / seen.width,
                  .fill = 0.94,
                  .evenness = 0.9,
                  .sigma = 0.05,
                  .contrast = 80.0,
                  .separation = 10.0,
                  .core = { seen.colour.b + between(s, -4, 4), seen.colour.r + between(s, -4, 4) } };
    assert_int_equal(sg_detections_add(detections, &b, 0), 1);
    count++;
  }
  return count;
}

static void set_targets(const scene *s, const thing *start, sg_target *targets) {
  memset(targets, 0, SAGITTA_ROLES * sizeof *targets);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    targets[r].x = targets[r].y = targets[r].time_s = (double)NAN;
    if (start[r].length <= 0.0) continue;
    const sg_chroma colour = s->one_colour ? colours[SAGITTA_HIP] : colours[r];
    targets[r].entry =
        (sg_palette_entry){ .wanted = true,
                            .learnt = true,
                            .colour = sg_colour_learn(colour, (sg_chroma){ -6, 12 }),
                            .shape = start[r].length > 2 * start[r].width ? SAGITTA_SHAPE_STRIP : SAGITTA_SHAPE_DISC };
  }
}

typedef struct tally {
  int swaps, missed, shown, unfound;
} tally;

/* `aimed`: things are thrown at the markers. */
static void run_scene(uint64_t seed, bool aimed, tally *total) {
  scene s = new_scene(seed);
  if (aimed) aim(&s);
  sg_detections detections = { 0 };
  static int which[FRAMES][THINGS];
  static int chosen[FRAMES * SAGITTA_ROLES];
  thing start[THINGS], things[THINGS];
  markers_at(&s, 0.0, start);
  for (int f = 0; f < FRAMES; f++) {
    markers_at(&s, f / FPS, things);
    (void)add_frame(&s, &detections, f / FPS, things, which[f]);
  }
  sg_target targets[SAGITTA_ROLES];
  set_targets(&s, start, targets);
  sg_association result;
  assert_int_equal(sg_associate(&detections, targets, SG_POSTURE_ANY, 720.0, NULL, chosen, &result), 1);
  if (isnan(result.anchor_s)) total->unfound++;
  for (int f = 0; f < FRAMES; f++) {
    size_t count;
    (void)sg_detections_of(&detections, (size_t)f, &count);
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      if (!targets[r].entry.wanted) continue;
      const int index = chosen[f * SAGITTA_ROLES + r];
      if (index >= 0 && which[f][index] >= 0 && which[f][index] != r) total->swaps++;
      for (size_t i = 0; i < count; i++) {
        if (which[f][i] != r) continue;
        total->shown++;
        if (index < 0) total->missed++;
      }
    }
  }
  sg_detections_free(&detections);
}

static void no_marker_is_taken_for_another(void **unused) {
  (void)unused;
  tally total = { 0 };
  for (uint64_t seed = 1; seed <= 1000; seed++) {
    const int before = total.swaps;
    run_scene(seed, false, &total);
    if (total.swaps > before)
      print_message("scene %d: %d frames with another's marker\n", (int)seed, total.swaps - before);
  }
  print_message("1000 scenes: %d swaps, %d of %d detections missed, %d bodies not found\n", total.swaps, total.missed,
                total.shown, total.unfound);
  assert_int_equal(total.swaps, 0);
  assert_int_equal(total.unfound, 0);
  assert_true(total.missed * 100 < total.shown);
}

/* Scenes of other seeds that were once mistaken. */
static void mistakes_of_once_stay_mended(void **unused) {
  (void)unused;
  static const uint64_t seeds[] = { 1068, 1813, 3224 };
  tally total = { 0 };
  for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) run_scene(seeds[i], false, &total);
  assert_int_equal(total.swaps, 0);
  assert_int_equal(total.unfound, 0);
}

/* Balls of the markers' own colour and size thrown over them: harder than anything that is filmed, and not solved: 143
 * of 500 scenes have a frame with a swap; decided frame by frame it is 210. */
static void what_is_thrown_over_markers_is_mostly_told(void **unused) {
  (void)unused;
  tally total = { 0 };
  int scenes = 0;
  for (uint64_t seed = 5001; seed <= 5500; seed++) {
    const int before = total.swaps;
    run_scene(seed, true, &total);
    scenes += total.swaps > before;
  }
  print_message("500 scenes with things thrown: %d with a swap, %d of %d detections missed\n", scenes, total.missed,
                total.shown);
  assert_true(scenes * 100 < 35 * 500);
  assert_true(total.missed * 100 < total.shown);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(no_marker_is_taken_for_another),
                                      cmocka_unit_test(mistakes_of_once_stay_mended),
                                      cmocka_unit_test(what_is_thrown_over_markers_is_mostly_told) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
