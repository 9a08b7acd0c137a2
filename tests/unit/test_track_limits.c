/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: no limit inside the tracker leaves something out in silence. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "filmed.h"
#include "track/associate.h"

enum { PICTURES = 3, PICKS = 70, CLUTTER = 70 };

static const double wall[3] = { 170, 172, 176 }, blue[3] = { 35, 80, 220 }, green[3] = { 30, 170, 70 };
static const double magenta[3] = { 225, 35, 135 }, teal[3] = { 40, 150, 150 };

typedef struct disc {
  double x, y;
  const double *colour;
} disc;

/* Shoulder, hip, knee, and what only a pick makes a hand: its colour is not a hand's, and no arm reaches it. */
static const disc discs[] = { { 120, 95, blue }, { 119, 172, green }, { 121, 234, magenta }, { 210, 300, teal } };

static const double *paint(const void *user, int number, double x, double y) {
  (void)user;
  (void)number;
  for (size_t i = 0; i < sizeof discs / sizeof *discs; i++) {
    if (2 * hypot(x - discs[i].x, y - discs[i].y) < 9) return discs[i].colour;
  }
  return wall;
}

static void every_pick_counts(void **unused) {
  (void)unused;
  sagitta_pick picks[PICKS];
  for (int i = 0; i < PICKS; i++) picks[i] = (sagitta_pick){ SAGITTA_SHOULDER, discs[0].x, discs[0].y, 0.0 };
  picks[PICKS - 1] = (sagitta_pick){ SAGITTA_HAND, discs[3].x, discs[3].y, 0.0 };
  sagitta_track_settings settings = sagitta_track_default_settings();
  settings.picks = picks;
  settings.pick_count = PICKS;
  sagitta_tracks *tracks = filmed_track_with(paint, NULL, PICTURES, &settings, SAGITTA_OK);
  assert_true(sagitta_tracks_has(tracks, SAGITTA_HAND));
  const sagitta_sample hand = sagitta_tracks_get(tracks, 1, SAGITTA_HAND);
  assert_true(hypot(hand.x - discs[3].x, hand.y - discs[3].y) < 0.5);
  sagitta_tracks_free(&tracks);
}

static sg_blob disc_at(double x, double y, sg_chroma colour) {
  return (sg_blob){ .x = x,
                    .y = y,
                    .length = 20,
                    .width = 20,
                    .diameter = 20,
                    .elongation = 1,
                    .fill = 1,
                    .evenness = 1,
                    .sigma = 0.05,
                    .contrast = 60,
                    .separation = 10,
                    .core = colour,
                    .hue = colour };
}

static const sg_chroma colours[] = { { 75, -29 }, { -34, -66 }, { 28, 90 } };

/* Shoulder, hip and knee come after many other things in each frame. */
static void a_body_is_found_behind_any_clutter(void **unused) {
  (void)unused;
  sg_detections detections = { 0 };
  for (int f = 0; f < PICTURES; f++) {
    assert_int_equal(sg_detections_begin(&detections, f / 25.0), 1);
    for (int i = 0; i < CLUTTER; i++) {
      const sg_blob b = disc_at(700.0 + 30 * (i % 10), 100.0 + 60 * (i / 10), (sg_chroma){ -91, 25 });
      assert_int_equal(sg_detections_add(&detections, &b, 0), 1);
    }
    const double y[] = { 180, 430, 640 };
    for (int r = 0; r < 3; r++) {
      const sg_blob b = disc_at(400, y[r], colours[r]);
      assert_int_equal(sg_detections_add(&detections, &b, 0), 1);
    }
  }
  sg_target targets[SAGITTA_ROLES];
  memset(targets, 0, sizeof targets);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    targets[r].x = targets[r].y = targets[r].time_s = (double)NAN;
    if (r > SAGITTA_KNEE) continue;
    targets[r].entry = (sg_palette_entry){ .wanted = true,
                                           .learnt = true,
                                           .colour = sg_colour_learn(colours[r], (sg_chroma){ -6, 12 }),
                                           .shape = SAGITTA_SHAPE_DISC };
  }
  int chosen[PICTURES * SAGITTA_ROLES];
  sg_association result;
  assert_int_equal(sg_associate(&detections, targets, SG_POSTURE_ANY, 720.0, NULL, chosen, &result), 1);
  assert_true(result.anchor_s >= 0.0);
  for (int r = 0; r < 3; r++) assert_true(chosen[SAGITTA_ROLES + r] == CLUTTER + r);
  sg_detections_free(&detections);
}

/* Frames are shown for a moment each: whatever was there is gone in the next. */
static void begin_with(sg_detections *detections, double time_s, const sg_blob *blobs, int count) {
  assert_int_equal(sg_detections_begin(detections, time_s), 1);
  for (int i = 0; i < count; i++) assert_int_equal(sg_detections_add(detections, &blobs[i], 0), 1);
}

/* More distractors have come and gone than are remembered: the newest is remembered, at the cost of the oldest. */
static void the_oldest_distractor_makes_room(void **unused) {
  (void)unused;
  const sg_chroma colour = colours[0];
  sg_blob first = disc_at(100, 100, colour), rest[SG_DISTRACTORS - 1], last = disc_at(1100, 600, colour);
  for (int i = 0; i < SG_DISTRACTORS - 1; i++) rest[i] = disc_at(40.0 + 80 * (i % 10), 200.0 + 60 * (i / 10), colour);
  sg_detections detections = { 0 };
  begin_with(&detections, 0.0, rest, 1);
  begin_with(&detections, 0.1, &first, 1);
  begin_with(&detections, 0.2, rest, SG_DISTRACTORS - 1);
  begin_with(&detections, 0.3, &last, 1);
  begin_with(&detections, 0.31, rest, SG_DISTRACTORS - 1);
  for (int i = 0; i < 2; i++) assert_int_equal(sg_detections_add(&detections, i ? &last : &first, 0), 1);
  static sg_associator as;
  memset(&as, 0, sizeof as);
  as.detections = &detections;
  as.height = 720;
  int none[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) none[r] = -1;
  for (size_t frame = 0; frame < 4; frame++) {
    sg_match_distractors(&as, frame);
    sg_distractors_update(&as, frame, none);
  }
  assert_int_equal(as.distractor_count, SG_DISTRACTORS);
  sg_match_distractors(&as, 4);
  for (int i = 0; i < SG_DISTRACTORS - 1; i++) assert_true(sg_distractor_of(&as, i) >= 0);
  assert_int_equal(sg_distractor_of(&as, SG_DISTRACTORS - 1), -1); /* the first */
  assert_true(sg_distractor_of(&as, SG_DISTRACTORS) >= 0);         /* the last */
  sg_detections_free(&detections);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_pick_counts),
    cmocka_unit_test(a_body_is_found_behind_any_clutter),
    cmocka_unit_test(the_oldest_distractor_makes_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
