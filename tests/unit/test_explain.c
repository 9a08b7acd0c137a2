/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects: an explanation says what was decided, and changes nothing of it. Moments meet the first frame at or after
 * them; costs add up to the total that was compared; what hides behind a distractor is told with since when; later
 * decisions move a role; candidates are put in order and the costs still mean the same ones.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "track/associate.h"
#include "track/steps.h"
#include "track/explain.h"

enum { FRAMES = 3, HIDDEN = 2 };

static const sg_chroma colours[] = { { 75, -29 }, { -34, -66 }, { 28, 90 } };

static sg_blob disc(double x, double y, sg_chroma colour) {
  return (sg_blob){ .x = x,
                    .y = y,
                    .length = 12,
                    .width = 12,
                    .diameter = 12,
                    .elongation = 1,
                    .fill = 1,
                    .evenness = 1,
                    .sigma = 0.1,
                    .contrast = 80,
                    .separation = 20,
                    .core = colour,
                    .hue = colour };
}

/* A person who stands still; beside the hip something of its colour; in the last frame the hip is hidden. */
static void stand(sg_detections *detections) {
  for (int f = 0; f < FRAMES; f++) {
    assert_true(sg_detections_begin(detections, f / 30.0));
    const sg_blob all[] = { disc(600, 200, colours[0]), disc(600, 376, colours[1]), disc(600, 526, colours[2]),
                            disc(660, 376, colours[1]) };
    for (int i = 0; i < 4; i++) {
      if (f == HIDDEN && i == SAGITTA_HIP) continue;
      assert_true(sg_detections_add(detections, &all[i], 0));
    }
  }
}

static void associate(sg_detections *detections, sagitta_explanation *explanation, int *chosen) {
  sg_target targets[SAGITTA_ROLES];
  memset(targets, 0, sizeof targets);
  for (int r = 0; r < 3; r++) {
    const sg_palette_entry entry = { .wanted = true,
                                     .learnt = true,
                                     .colour = sg_colour_learn(colours[r], (sg_chroma){ 0, 0 }),
                                     .shape = SAGITTA_SHAPE_DISC };
    targets[r] = (sg_target){ entry, false, NAN, NAN, NAN };
  }
  sg_association result;
  assert_int_equal(sg_associate(detections, targets, SG_POSTURE_ANY, 720.0, explanation, chosen, &result), 1);
}

/* As the detector tells of the detections of a frame. */
static sg_moment *meet(sagitta_explanation *e, const sg_detections *detections, size_t frame) {
  sg_moment *m = sg_explanation_reach(e, frame, detections->time_s[frame]);
  assert_non_null(m);
  size_t count;
  const sg_detection *seen = sg_detections_of(detections, frame, &count);
  for (size_t i = 0; i < count; i++) {
    const sg_blob blob = sg_detection_blob(&seen[i]);
    sg_explain_detection(m, 1u, &blob, (int)i);
  }
  return m;
}

static void test_moments_meet_frames(void **state) {
  (void)state;
  const double asked[] = { 2.0, 0.5, -1.0 };
  sagitta_explanation *e = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_explanation_new(&e, asked, 3, &error), SAGITTA_ERROR_ARGUMENT);
  assert_null(e);
  assert_int_equal(sagitta_explanation_new(&e, asked, 2, NULL), SAGITTA_OK);
  assert_null(sg_explanation_reach(NULL, 0, 1.0));
  assert_null(sg_explanation_reach(e, 0, 0.49));
  assert_non_null(sg_explanation_reach(e, 1, 0.499)); /* a frame's time is rounded */
  assert_null(sg_explanation_reach(e, 2, 0.6));
  assert_false(sg_explanation_reached_all(e));
  assert_ptr_equal(sg_explanation_at(e, 1), sg_explanation_moment(e, 0));
  assert_null(sg_explanation_at(e, 2));
  const sagitta_explained_moment *late = sagitta_explanation_moment(e, 1);
  assert_true(late->asked_s == 2.0 && !late->seen);
  assert_null(sagitta_explanation_moment(e, 2));
  sagitta_explanation_free(&e);
  sagitta_explanation_free(&e);
}

static void test_association_is_explained_and_the_same(void **state) {
  (void)state;
  sg_detections detections = { .item = NULL };
  stand(&detections);
  int chosen[FRAMES * SAGITTA_ROLES], plain[FRAMES * SAGITTA_ROLES];
  const double asked[] = { 0.0, 1 / 30.0, 2 / 30.0 };
  sagitta_explanation *e = NULL;
  assert_int_equal(sagitta_explanation_new(&e, asked, 3, NULL), SAGITTA_OK);
  for (size_t f = 0; f < FRAMES; f++) meet(e, &detections, f);
  associate(&detections, NULL, plain);
  associate(&detections, e, chosen);
  assert_memory_equal(plain, chosen, sizeof plain);
  const sagitta_explained_moment *first = sagitta_explanation_moment(e, 0), *next = sagitta_explanation_moment(e, 1),
                                 *hidden = sagitta_explanation_moment(e, 2);
  assert_true(first->surest && first->costs == 0 && !next->surest);
  for (int i = 0; i < 3; i++) assert_int_equal(first->candidate[i].role, i);
  assert_int_equal(first->candidate[3].refused, SAGITTA_REFUSED_OFF_BODY);
  assert_int_equal(next->candidate[3].refused, SAGITTA_REFUSED_DISTRACTOR);
  assert_int_equal(next->costs, 12);
  for (size_t i = 0; i < next->costs; i++) {
    const sagitta_explained_cost *c = &next->cost[i];
    assert_int_equal(c->taken, c->candidate == (size_t)c->role);
    if (!c->taken) continue;
    const double sum = c->motion + c->size + c->shape + c->colour + c->distractor + c->spacing;
    assert_true(fabs(sum - c->total) < 1e-9 && c->total < c->hidden);
  }
  assert_int_equal(chosen[HIDDEN * SAGITTA_ROLES + SAGITTA_HIP], -1);
  assert_int_equal(hidden->candidate[2].role, -1);
  assert_int_equal(hidden->candidate[2].refused, SAGITTA_REFUSED_DISTRACTOR);
  assert_true(hidden->candidate[2].since_s == 0.0);
  sagitta_explanation_free(&e);
  sg_detections_free(&detections);
}

static void test_later_decisions_and_order(void **state) {
  (void)state;
  sg_detections detections = { .item = NULL };
  stand(&detections);
  int chosen[FRAMES * SAGITTA_ROLES];
  const double asked[] = { 1 / 30.0 };
  sagitta_explanation *e = NULL;
  assert_int_equal(sagitta_explanation_new(&e, asked, 1, NULL), SAGITTA_OK);
  sg_moment *m = sg_explanation_reach(e, 1, detections.time_s[1]);
  const sg_blob large = disc(100, 100, colours[0]);
  sg_explain_blob(m, SAGITTA_FOUND_ANY_COLOUR, 0, &large, SAGITTA_REFUSED_LARGE);
  sg_explain_blob(m, SAGITTA_FOUND_ANY_COLOUR, 0, &large, SAGITTA_REFUSED_LARGE);
  assert_int_equal(m->told.candidates, 1); /* the same thing, met again */
  m->told.seen = false;
  assert_ptr_equal(meet(e, &detections, 1), m);
  associate(&detections, e, chosen);
  sg_explain_change(e, 1, SAGITTA_HIP, 3, SAGITTA_REFUSED_HINDSIGHT);
  sg_explain_unused(e, 1, SAGITTA_KNEE, SAGITTA_REFUSED_PARTLY_HIDDEN);
  sg_explanation_sort(e);
  const sagitta_explained_moment *told = sagitta_explanation_moment(e, 0);
  assert_int_equal(told->candidates, 5);
  assert_int_equal(told->candidate[0].role, SAGITTA_SHOULDER);
  assert_int_equal(told->candidate[1].role, SAGITTA_KNEE);
  assert_int_equal(told->candidate[1].refused, SAGITTA_REFUSED_PARTLY_HIDDEN);
  assert_int_equal(told->candidate[2].role, SAGITTA_HIP);
  assert_true(told->candidate[2].x == 660.0);
  assert_int_equal(told->candidate[3].refused, SAGITTA_REFUSED_HINDSIGHT);
  assert_int_equal(told->candidate[4].by, SAGITTA_FOUND_ANY_COLOUR);
  for (size_t i = 0; i < told->costs; i++) {
    if (!told->cost[i].taken) continue;
    assert_int_equal(told->candidate[told->cost[i].candidate].role, told->cost[i].role);
  }
  assert_true(sagitta_explanation_complete(e));
  sagitta_explanation_free(&e);
  sg_detections_free(&detections);
}

static void test_every_reason_has_words_and_decides(void **state) {
  (void)state;
  for (int i = 1; i < SAGITTA_REFUSALS; i++) assert_true(strlen(sagitta_refusal_text((sagitta_refusal)i)) > 3);
  assert_string_equal(sagitta_refusal_text(SAGITTA_REFUSED_NOT), "");
  assert_null(sagitta_refusal_text(SAGITTA_REFUSALS));
  const sagitta_input_info info = { .width = 1280, .height = 720 };
  sg_blob b = disc(0, 0, colours[0]);
  assert_int_equal(sg_marker_refused(&b, &info), SAGITTA_REFUSED_NOT);
  b.fill = 0.6;
  assert_int_equal(sg_marker_refused(&b, &info), SAGITTA_REFUSED_RAGGED);
  b.width = 100;
  assert_int_equal(sg_marker_refused(&b, &info), SAGITTA_REFUSED_LARGE);
  b.width = (double)NAN; /* what cannot be compared is no marker */
  assert_int_not_equal(sg_marker_refused(&b, &info), SAGITTA_REFUSED_NOT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_moments_meet_frames),
    cmocka_unit_test(test_association_is_explained_and_the_same),
    cmocka_unit_test(test_later_decisions_and_order),
    cmocka_unit_test(test_every_reason_has_words_and_decides),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
