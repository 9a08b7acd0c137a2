/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: the two marks of a ruler are taken where they are the one sound pair, in the right order, off the body and
 * never out of their place; otherwise none is, with the reason in the user's words. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "filmed.h"
#include "synthetic.h"
#include "track/steps.h"
#include "track/ruler.h"

static const double wall[3] = { 170, 172, 176 }, yellow[3] = { 240, 205, 30 }, orange[3] = { 245, 115, 25 };
static const double skin[3] = { 205, 160, 135 };
static const double pale[3] = { 215, 190, 75 };

enum { FRAMES = 12, THINGS = 24, PICTURES = 3 };

typedef struct thing {
  double x, y, diameter;
  const double *colour;
  int hidden_from, hidden_to; /* frames */
} thing;

typedef struct room {
  thing things[THINGS];
  int count;
  sg_ruler ruler;
  sg_ruler_watch watch;
  sg_detections detections;
  int chosen[FRAMES * SAGITTA_ROLES];
  sg_association associated;
} room;

/* Frames as a camera sees them: the first is looked at, then all are watched. A body, if any, is set by the test. */
static void film(room *r) {
  sg_measure *measure = sg_measure_new();
  sg_candidates *candidates = sg_candidates_new();
  const sg_cast cast = sg_cast_none();
  for (int f = 0; f < FRAMES; f++) {
    synthetic s = synthetic_new(&synthetic_formats[0], 640, 480);
    synthetic_fill(&s, wall);
    for (int i = 0; i < r->count; i++) {
      const thing *t = &r->things[i];
      if (f < t->hidden_from || f >= t->hidden_to) synthetic_disc(&s, t->x, t->y, t->diameter, t->colour);
    }
    synthetic_noise(&s, 1.0, (uint64_t)f + 1);
    sg_measure_frame(measure, &s.frame, &s.info);
    if (f == 0) {
      sg_blob found[SG_CANDIDATES_MAX];
      const ptrdiff_t count = sg_candidates_find(candidates, measure, &s.frame, &s.info, found);
      assert_true(count >= 0);
      assert_int_equal(sg_ruler_collect(&r->ruler, found, (size_t)count, NULL), 1);
      assert_int_equal(sg_ruler_watch_begin(&r->watch, &r->ruler), 1);
    }
    assert_int_equal(sg_ruler_watch_frame(&r->watch, measure, &s.frame, &cast), 1);
    synthetic_free(&s);
  }
  sg_candidates_free(candidates);
  sg_measure_free(measure);
}

/* A body that keeps still: hip and knee, and where it says so an ankle. */
static void set_body(room *r, const double hip[2], const double knee[2], const double *ankle) {
  const double *at[] = { [SAGITTA_HIP] = hip, [SAGITTA_KNEE] = knee, [SAGITTA_ANKLE] = ankle };
  static const sagitta_role roles[] = { SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE };
  for (int f = 0; f < FRAMES; f++) {
    assert_int_equal(sg_detections_begin(&r->detections, f / 25.0), 1);
    for (int i = 0; i < 3; i++) {
      if (!at[roles[i]]) continue;
      const sg_blob b = {
        .x = at[roles[i]][0], .y = at[roles[i]][1], .diameter = 12, .length = 12, .width = 12, .elongation = 1
      };
      size_t count;
      (void)sg_detections_of(&r->detections, (size_t)f, &count);
      r->chosen[f * SAGITTA_ROLES + (int)roles[i]] = (int)count;
      assert_int_equal(sg_detections_add(&r->detections, &b, 0), 1);
    }
  }
}

static room room_with(const thing *things, int count) {
  room r;
  memset(&r, 0, sizeof r);
  for (int i = 0; i < FRAMES * SAGITTA_ROLES; i++) r.chosen[i] = -1;
  memcpy(r.things, things, (size_t)count * sizeof *things);
  r.count = count;
  r.associated.anchor_s = r.associated.foot_x = r.associated.foot_y = (double)NAN;
  return r;
}

static sg_ruler_pair judge(room *r) {
  sg_ruler_pair pair;
  if (r->detections.frames == 0) {
    for (int f = 0; f < FRAMES; f++) assert_int_equal(sg_detections_begin(&r->detections, f / 25.0), 1);
  }
  assert_int_equal(sg_ruler_find_pair(&r->watch, &r->detections, r->chosen, &r->associated, &pair), 1);
  return pair;
}

static void clear(room *r) {
  sg_ruler_watch_free(&r->watch);
  sg_ruler_free(&r->ruler);
  sg_detections_free(&r->detections);
}

static void assert_mark(const room *r, const sg_ruler_pair *v, size_t frame, int mark, double x, double y) {
  const sg_detection *s = sg_ruler_mark(&r->watch, v, frame, mark);
  assert_non_null(s);
  const sg_blob b = sg_detection_blob(s);
  if (!(fabs(b.x - x) < 0.2 && fabs(b.y - y) < 0.2)) fail_msg("mark %d at (%.2f, %.2f)", mark, b.x, b.y);
}

static void assert_refused(room *r, sg_ruler_cause cause, const char *word) {
  const sg_ruler_pair v = judge(r);
  sg_ruler_words words = { .otherwise = "point at them" };
  assert_int_equal(v.cause, cause);
  assert_true(v.mark[0] < 0 && v.mark[1] < 0);
  sg_ruler_explain(NULL, &r->ruler, &v, &words);
  if (!strstr(words.why, word) || !strstr(words.why, "point at them")) fail_msg("\"%s\"", words.why);
  clear(r);
}

static void a_pair_is_taken_lower_one_first(void **unused) {
  (void)unused;
  room r = room_with((const thing[]){ { 500, 120, 13, yellow, 0, 0 }, { 503, 400, 13, yellow, 0, 0 } }, 2);
  film(&r);
  const sg_ruler_pair v = judge(&r);
  assert_int_equal(v.cause, SG_RULER_FOUND);
  assert_mark(&r, &v, 0, 0, 503, 400);
  assert_mark(&r, &v, FRAMES - 1, 1, 500, 120);
  clear(&r);
}

static void other_sizes_and_colours_do_not_confuse_it(void **unused) {
  (void)unused;
  room r = room_with((const thing[]){ { 120, 300, 13, yellow, 0, 0 },
                                      { 420, 302, 13, yellow, 0, 0 },
                                      { 300, 100, 30, yellow, 0, 0 },
                                      { 560, 200, 13, orange, 0, 0 } },
                     4);
  film(&r);
  const sg_ruler_pair v = judge(&r);
  assert_int_equal(v.cause, SG_RULER_FOUND);
  assert_mark(&r, &v, 3, 0, 120, 300);
  assert_mark(&r, &v, 3, 1, 420, 302);
  clear(&r);
}

static void what_is_no_sound_pair_is_named(void **unused) {
  (void)unused;
  room none = room_with((const thing[]){ { 300, 100, 14, orange, 0, 0 } }, 1);
  none.ruler.said = true;
  film(&none);
  assert_refused(&none, SG_RULER_NONE, "No ruler marks were found");
  room one = room_with((const thing[]){ { 300, 100, 14, yellow, 0, 0 } }, 1);
  one.ruler.said = true;
  film(&one);
  assert_refused(&one, SG_RULER_ONE, "Only one of the two ruler marks was found, at (300, 100)");
  room unlike = room_with((const thing[]){ { 300, 100, 24, yellow, 0, 0 }, { 300, 380, 12, yellow, 0, 0 } }, 2);
  unlike.ruler.said = true;
  film(&unlike);
  assert_refused(&unlike, SG_RULER_UNLIKE, "No two of the still yellow things");
  room many = room_with(
      (const thing[]){ { 100, 100, 13, yellow, 0, 0 }, { 300, 380, 13, yellow, 0, 0 }, { 500, 240, 13, yellow, 0, 0 } },
      3);
  film(&many);
  assert_refused(&many, SG_RULER_MANY, "More than two");
}

/* The first picture shows more yellow things than marks, all of a stronger colour; then they are carried away. */
static void a_pair_is_found_among_any_number_of_things(void **unused) {
  (void)unused;
  thing things[THINGS];
  for (int i = 0; i < THINGS - 2; i++) {
    things[i] = (thing){ 40 + 70 * (i % 8), 50 + 60 * (i / 8), 13, yellow, 1, FRAMES };
  }
  things[THINGS - 2] = (thing){ 120, 420, 13, pale, 0, 0 };
  things[THINGS - 1] = (thing){ 520, 422, 13, pale, 0, 0 };
  room r = room_with(things, THINGS);
  film(&r);
  const sg_ruler_pair v = judge(&r);
  assert_int_equal(v.cause, SG_RULER_FOUND);
  assert_mark(&r, &v, 3, 0, 120, 420);
  assert_mark(&r, &v, 3, 1, 520, 422);
  clear(&r);
}

/* Nobody said that there is a ruler, and one yellow thing is none: nothing is even looked at. */
static void one_yellow_thing_costs_nothing(void **unused) {
  (void)unused;
  room r = room_with((const thing[]){ { 300, 100, 14, yellow, 0, 0 } }, 1);
  film(&r);
  assert_int_equal(r.watch.count, 0);
  assert_null(r.watch.seen);
  clear(&r);
}

static void the_ankle_is_no_mark_and_the_foot_tells_which_is_zero(void **unused) {
  (void)unused;
  /* somebody sits, legs stretched out to the left, the ruler goes on to the left */
  const double hip[] = { 500, 400 }, knee[] = { 400, 402 }, ankle[] = { 300, 404 };
  room r = room_with(
      (const thing[]){ { 110, 370, 12, yellow, 0, 0 }, { 270, 372, 12, yellow, 0, 0 }, { 300, 404, 12, yellow, 0, 0 } },
      3);
  film(&r);
  set_body(&r, hip, knee, ankle);
  const sg_ruler_pair v = judge(&r);
  assert_int_equal(v.cause, SG_RULER_FOUND);
  assert_mark(&r, &v, 0, 0, 270, 372);
  assert_mark(&r, &v, 0, 1, 110, 370);
  assert_true(r.chosen[SAGITTA_ANKLE] >= 0);
  clear(&r);
}

/* Nobody marked the ankle, and the lower mark was taken for it. */
static void a_mark_beside_the_foot_is_no_ankle(void **unused) {
  (void)unused;
  const double hip[] = { 300, 200 }, knee[] = { 300, 300 }, mark[] = { 360, 420 };
  room r = room_with((const thing[]){ { 360, 420, 12, yellow, 0, 0 }, { 362, 240, 12, yellow, 0, 0 } }, 2);
  film(&r);
  set_body(&r, hip, knee, mark);
  const sg_ruler_pair v = judge(&r);
  assert_int_equal(v.cause, SG_RULER_FOUND);
  assert_mark(&r, &v, 0, 0, 360, 420);
  for (int f = 0; f < FRAMES; f++) assert_int_equal(r.chosen[f * SAGITTA_ROLES + SAGITTA_ANKLE], -1);
  clear(&r);
}

/* A sticker on the shin that no role has, and one mark: they are no ruler. */
static void what_is_on_the_body_is_no_mark(void **unused) {
  (void)unused;
  const double hip[] = { 300, 200 }, knee[] = { 300, 300 };
  room r = room_with((const thing[]){ { 304, 360, 12, yellow, 0, 0 }, { 450, 400, 12, yellow, 0, 0 } }, 2);
  film(&r);
  set_body(&r, hip, knee, NULL);
  assert_refused(&r, SG_RULER_ONE, "at (450, 400)");
}

/* A mark is covered for six frames, and a hand stays beside it: it is out of sight, not elsewhere. */
static void a_hidden_mark_is_out_of_sight(void **unused) {
  (void)unused;
  room r = room_with(
      (const thing[]){ { 200, 300, 14, yellow, 3, 9 }, { 420, 302, 14, yellow, 0, 0 }, { 214, 312, 16, skin, 0, 3 } },
      3);
  film(&r);
  const sg_ruler_pair v = judge(&r);
  assert_int_equal(v.cause, SG_RULER_FOUND);
  for (size_t f = 0; f < FRAMES; f++) {
    const bool hidden = f >= 3 && f < 9;
    assert_int_equal(sg_ruler_mark(&r.watch, &v, f, 0) == NULL, hidden);
    if (!hidden) assert_mark(&r, &v, f, 0, 200, 300);
    assert_mark(&r, &v, f, 1, 420, 302);
  }
  clear(&r);
}

/* Pointing settles what is a mark, and which. */
static void pointing_settles_it(void **unused) {
  (void)unused;
  room r = room_with(
      (const thing[]){ { 100, 100, 13, orange, 0, 0 }, { 300, 380, 13, orange, 0, 0 }, { 500, 240, 13, yellow, 0, 0 } },
      3);
  synthetic s = synthetic_new(&synthetic_formats[0], 640, 480);
  synthetic_fill(&s, wall);
  synthetic_disc(&s, 100, 100, 13, orange);
  sg_measure *measure = sg_measure_new();
  sg_blob blob;
  int x, y;
  sg_measure_frame(measure, &s.frame, &s.info);
  assert_true(sg_measure_locate(measure, 100, 100, &x, &y));
  assert_int_equal(sg_measure_at(measure, x, y, 20, &blob), 1);
  assert_int_equal(sg_ruler_pick(&r.ruler, SAGITTA_RULER0, &blob), 1);
  sg_measure_free(measure);
  synthetic_free(&s);
  film(&r);
  const sg_ruler_pair v = judge(&r);
  assert_int_equal(v.cause, SG_RULER_FOUND);
  assert_mark(&r, &v, 0, 0, 100, 100);
  assert_mark(&r, &v, 0, 1, 300, 380);
  clear(&r);
}

static const double blue[3] = { 35, 80, 220 }, green[3] = { 30, 170, 70 }, magenta[3] = { 225, 35, 135 };

typedef struct shown {
  const thing *things;
  int count;
} shown;

/* Discs on a wall. */
static const double *paint(const void *user, int number, double x, double y) {
  (void)number;
  const shown *s = user;
  const double *colour = wall;
  for (int i = 0; i < s->count; i++) {
    if (2 * hypot(x - s->things[i].x, y - s->things[i].y) < s->things[i].diameter) colour = s->things[i].colour;
  }
  return colour;
}

/* Some pictures through the whole tracker. The first three things are a body's markers. */
static sagitta_tracks *track_pictures(const thing *things, int count, bool said, sagitta_status status) {
  return filmed_track(paint, &(shown){ things, count }, PICTURES, said, status);
}

/* The warning about the ruler, "" where there is none. */
static const char *warning_of(const sagitta_tracks *tracks, sagitta_warning_code code) {
  size_t count;
  const sagitta_warning *warnings = sagitta_tracks_warnings(tracks, &count);
  for (size_t i = 0; i < count; i++) {
    if (warnings[i].code == code && warnings[i].role >= SAGITTA_RULER0) return warnings[i].message;
  }
  return "";
}

static const thing scene[] = { { 120, 95, 9, blue, 0, 0 },     { 119, 172, 9, green, 0, 0 },
                               { 121, 234, 9, magenta, 0, 0 }, { 40, 300, 9, yellow, 0, 0 },
                               { 41, 200, 9, yellow, 0, 0 },   { 210, 150, 9, yellow, 0, 0 } };

static void what_is_missing_is_a_warning_where_a_ruler_is_said(void **unused) {
  (void)unused;
  for (int said = 0; said < 2; said++) {
    for (int marks = 0; marks < 4; marks++) {
      sagitta_tracks *tracks = track_pictures(scene, 3 + marks, said, SAGITTA_OK);
      assert_int_equal(sagitta_tracks_has(tracks, SAGITTA_RULER0), marks == 2);
      assert_int_equal(sagitta_tracks_has(tracks, SAGITTA_RULER1), marks == 2);
      const char *missing = warning_of(tracks, SAGITTA_WARNING_MARKER_NEVER_SEEN);
      const char *many = warning_of(tracks, SAGITTA_WARNING_TWO_CANDIDATES);
      assert_int_equal(strstr(missing, "No ruler marks") != NULL, said && marks == 0);
      assert_int_equal(strstr(missing, "Only one of the two") != NULL, said && marks == 1);
      assert_int_equal(strstr(many, "More than two") != NULL, marks == 3);
      assert_int_equal(*missing != 0, said && marks < 2);
      sagitta_tracks_free(&tracks);
    }
  }
}

/* Two spots alike that are elsewhere in every frame are no ruler to look for where nobody is seen; two that stay are,
 * also where one is covered now and then. */
static void a_ruler_stands_still(void **unused) {
  (void)unused;
  const sagitta_colour usual = sagitta_markers_default().role[SAGITTA_RULER0].colour;
  const sg_chroma of = sg_colour_centre(&usual);
  for (int moves = 0; moves < 2; moves++) {
    sg_ruler ruler = { .count = 0 };
    for (int look = 0; look < 6; look++) {
      sg_blob spot[2];
      memset(spot, 0, sizeof spot);
      for (int i = 0; i < 2; i++) {
        spot[i] = (sg_blob){ .x = 100 + 40 * look * moves,
                             .y = 100 + 200 * i,
                             .diameter = 10,
                             .width = 10,
                             .length = 10,
                             .elongation = 1,
                             .fill = 1,
                             .core = of,
                             .hue = of };
      }
      assert_int_equal(sg_ruler_collect(&ruler, spot, look == 2 ? 1 : 2, NULL), 1);
    }
    assert_true(sg_ruler_possible(&ruler));
    assert_int_equal(sg_ruler_stands(&ruler), !moves);
    sg_ruler_free(&ruler);
  }
}

static void a_ruler_needs_nobody(void **unused) {
  (void)unused;
  sagitta_tracks *tracks = track_pictures(scene + 3, 2, false, SAGITTA_NO_MEASUREMENT);
  assert_non_null(tracks);
  const sagitta_sample low = sagitta_tracks_get(tracks, 1, SAGITTA_RULER0);
  assert_int_equal(low.state, SAGITTA_SEEN);
  assert_true(fabs(low.x - 40) < 0.3 && fabs(low.y - 300) < 0.3);
  sagitta_tracks_free(&tracks);
  assert_null(track_pictures(scene + 3, 1, true, SAGITTA_NO_MEASUREMENT));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_pair_is_taken_lower_one_first),
    cmocka_unit_test(other_sizes_and_colours_do_not_confuse_it),
    cmocka_unit_test(what_is_no_sound_pair_is_named),
    cmocka_unit_test(a_pair_is_found_among_any_number_of_things),
    cmocka_unit_test(one_yellow_thing_costs_nothing),
    cmocka_unit_test(the_ankle_is_no_mark_and_the_foot_tells_which_is_zero),
    cmocka_unit_test(a_mark_beside_the_foot_is_no_ankle),
    cmocka_unit_test(what_is_on_the_body_is_no_mark),
    cmocka_unit_test(a_hidden_mark_is_out_of_sight),
    cmocka_unit_test(pointing_settles_it),
    cmocka_unit_test(what_is_missing_is_a_warning_where_a_ruler_is_said),
    cmocka_unit_test(a_ruler_stands_still),
    cmocka_unit_test(a_ruler_needs_nobody),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
