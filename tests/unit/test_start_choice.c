/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects the start against everything that people do beside standing still and bending: reach overhead, arch back
 * before, after and between bends, sway, walk in, begin or end the recording in the middle of it. Whatever comes before
 * it, a bend is measured as it is after quiet standing, within 3°, the truth lies in the interval, no arch is counted
 * as a bend or hides one, and the recording is refused by name where nobody stands upright in it. All marker sets, both
 * sides.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/math.h"
#include "scripts.h"

static void bends(script *s, int count, double rest_s) {
  for (int i = 0; i < count; i++) {
    bend_to(s, stand());
    stay(s, rest_s);
  }
}

/* ---- the scripts ---- */

static void overhead_first(script *s) {
  stay(begin(s, stand()), 1.2);
  go(s, reach(), 0.9);
  stay(s, 1);
  go(s, stand(), 0.9);
  stay(s, 0.6);
  bends(s, 3, 1);
}

static void overhead_into_bend(script *s) {
  stay(begin(s, stand()), 1);
  for (int i = 0; i < 3; i++) {
    go(s, reach(), 0.8);
    stay(s, 0.3);
    bend_to(s, stand());
    stay(s, 0.6);
  }
}

/* Held for long, and little standing before it. */
static void overhead_long(script *s) {
  stay(begin(s, stand()), 0.7);
  go(s, reach(), 0.8);
  stay(s, 3);
  bends(s, 3, 1);
}

static void arch_between(script *s) {
  stay(begin(s, stand()), 1);
  for (int i = 0; i < 3; i++) {
    bend_to(s, stand());
    stay(s, 0.7);
    go(s, arch(), 1);
    stay(s, 1.5);
    go(s, stand(), 1);
    stay(s, 0.7);
  }
}

static void arch_brief(script *s) {
  stay(begin(s, stand()), 1);
  for (int i = 0; i < 3; i++) {
    bend_to(s, stand());
    go(s, arch(), 0.7);
    go(s, stand(), 0.7);
    stay(s, 1);
  }
}

/* Straight from one into the other and back. */
static void arch_straight_into_bend(script *s) {
  stay(begin(s, stand()), 1);
  for (int i = 0; i < 3; i++) {
    go(s, arch(), 0.8);
    bend_to(s, arch());
  }
  go(s, stand(), 1);
  stay(s, 0.8);
}

static void still_at_the_end(script *s) {
  begin(s, slight_arch());
  for (int i = 0; i < 3; i++) {
    bend_to(s, slight_arch());
    go(s, stand(), 0.3);
  }
  stay(s, 1.5);
}

static void cut_in_within_a_bend(script *s) {
  stay(begin(s, bent()), 1.2);
  go(s, stand(), 1.8);
  stay(s, 1);
  bends(s, 2, 1);
}

static void starts_arched(script *s) {
  stay(begin(s, arch()), 1.5);
  go(s, stand(), 1);
  stay(s, 1);
  bends(s, 3, 1);
}

/* The arch goes further back than the bend goes forward. */
static void arch_deeper_than_bend(script *s) {
  stay(begin(s, stand()), 1);
  go(s, arch(), 1);
  stay(s, 1);
  go(s, stand(), 1);
  stay(s, 1);
  for (int i = 0; i < 3; i++) {
    go(s, small_bend(), 1.2);
    stay(s, 1);
    go(s, stand(), 1.2);
    stay(s, 0.8);
  }
}

/* Steps into the picture, thighs swinging. */
static void walks_in(script *s) {
  posture at = stand();
  at.hip_x = -120;
  begin(s, at);
  for (int i = 0; i < 6; i++) {
    at = made(i % 2 ? 18 : -20, i % 2 ? 25 : -2, 4, 0, 0);
    at.hip_x = -100 + 18 * i;
    go(s, at, 0.45);
  }
  go(s, stand(), 0.5);
  stay(s, 1);
  bends(s, 3, 1);
}

typedef struct {
  const char *name;
  void (*write)(script *s);
  int repetitions; /* that are found */
  int valid;       /* of them */
  double sway;     /* deg */
  double hinge, lumbar;
} scripted;

#define DEEP  (58 + 8), 44
#define SMALL (14 + 3), 16

static const scripted cases[] = {
  { "overhead reach first", overhead_first, 3, 3, 0.3, DEEP },
  { "overhead reach before each bend", overhead_into_bend, 3, 3, 0.3, DEEP },
  { "overhead reach held for long", overhead_long, 3, 3, 0.3, DEEP },
  { "arch held between bends", arch_between, 3, 3, 0.3, DEEP },
  { "brief arch between bends", arch_brief, 3, 3, 0.3, DEEP },
  { "arch straight into the bend", arch_straight_into_bend, 3, 3, 0.3, DEEP },
  { "sway", plain, 3, 3, 1.2, DEEP },
  { "stands still only at the end", still_at_the_end, 3, 3, 0.3, DEEP },
  { "cut in within a bend", cut_in_within_a_bend, 3, 2, 0.3, DEEP },
  { "starts arched", starts_arched, 3, 3, 0.3, DEEP },
  { "arch deeper than the bend", arch_deeper_than_bend, 3, 3, 0.3, SMALL },
  { "walks in", walks_in, 3, 3, 0.3, DEEP },
};

/* `plain`: what the same bend is measured as after quiet standing. Strips and lines are held against the truth. */
static void assert_measured(const char *what, const sagitta_quantity *q, const sagitta_quantity *as, double truth) {
  if (!q->known) fail_msg("%s is not known", what);
  const double wanted = q->inferred ? as->value : truth;
  if (fabs(q->value - wanted) > 3) fail_msg("%s: %.1f instead of %.1f", what, q->value, wanted);
  if (truth < q->low || truth > q->high) fail_msg("%s: %.1f is not within %.1f to %.1f", what, truth, q->low, q->high);
}

static void check_case(const scripted *c, sagitta_marker_set set, bool right) {
  const movement m = worn(set, right);
  char what[200];
  script s;
  begin(&s, stand());
  stay(&s, 1.5);
  for (int i = 0; i < 3; i++) {
    go(&s, c->hinge > 40 ? bent() : small_bend(), 1.8);
    stay(&s, 1);
    go(&s, stand(), 1.8);
    stay(&s, 1);
  }
  sagitta_result *reference = analysed(&m, &s, 0, "reference");
  c->write(&s);
  sagitta_result *result = analysed(&m, &s, c->sway, c->name);
  size_t count = 0, valid = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count; i++) valid += rep[i].valid;
  (void)snprintf(what, sizeof what, "%s, %s, %s", c->name, sagitta_marker_set_name(set), right ? "right" : "left");
  if (sagitta_result_facing_right(result) != right) fail_msg("%s: faces the other way", what);
  if (count != (size_t)c->repetitions || valid != (size_t)c->valid) {
    fail_msg("%s: %zu repetitions, %zu valid", what, count, valid);
  }
  const sagitta_summary *got = sagitta_result_summary(result), *as = sagitta_result_summary(reference);
  (void)snprintf(what, sizeof what, "%s, %s, %s: hinge", c->name, sagitta_marker_set_name(set),
                 right ? "right" : "left");
  assert_measured(what, &got->hip_hinge, &as->hip_hinge, c->hinge);
  memcpy(strrchr(what, ':'), ": back", 7);
  assert_measured(what, &got->lumbar_flexion, &as->lumbar_flexion, c->lumbar);
  for (size_t i = 0; i < count; i++) {
    /* The arch is no part of the bend: 1.8 s down, 1 s held, 1.8 s up. */
    if (rep[i].valid && rep[i].end_s - rep[i].start_s > 5.2) {
      fail_msg("%s: repetition %zu from %.1f to %.1f s", what, i + 1, rep[i].start_s, rep[i].end_s);
    }
  }
  if (warns(result, SAGITTA_WARNING_START_UNCERTAIN) || warns(result, SAGITTA_WARNING_START_NOT_STILL)) {
    fail_msg("%s: somebody stands still, and it is said that nobody does", what);
  }
  sagitta_result_free(&result);
  sagitta_result_free(&reference);
}

static void test_every_case(void **state) {
  (void)state;
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
      for (int right = 0; right < 2; right++) check_case(&cases[k], (sagitta_marker_set)set, right);
    }
  }
}

/* ---- scripts drawn at random ---- */

#define SCRIPTS 120

static struct { double roll; /* deg: of the camera */ } drawn;

static void roll_camera(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  const double c = cos(drawn.roll * M_PI / 180), sine = sin(drawn.roll * M_PI / 180);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const double x = s[role].x - 960, y = s[role].y - 540;
    s[role].x = 960 + c * x - sine * y;
    s[role].y = 540 + sine * x + c * y;
    s[role].axis += drawn.roll;
  }
}

static double between(sg_chance *chance, double low, double high) {
  return low + (high - low) * sg_chance_unit(chance);
}

/* Somebody's own standing, and what that one does beside bending. */
typedef struct {
  double thigh; /* deg, of the standing */
  posture stand, bent, reach, arch;
  double hinge, lumbar;
  double rest; /* of the stays: 0, nobody ever stands still */
} somebody;

static somebody draw_somebody(sg_chance *c) {
  somebody b = { .thigh = between(c, -3, 3) };
  const double pelvis = between(c, 35, 70), thigh = between(c, -14, -2);
  b.lumbar = between(c, 25, 58);
  b.hinge = pelvis - thigh;
  b.stand = made(b.thigh, b.thigh, 0, 0, 0);
  b.bent = made(b.thigh + thigh, b.thigh + thigh + 4, pelvis, b.lumbar, between(c, 5, 15));
  const double up = between(c, 0.5, 1.3);
  b.reach = made(b.thigh + 4 * up, b.thigh + 2, 3 * up, -16 * up, -6 * up);
  const double back = between(c, 0.4, 1.3);
  b.arch = made(b.thigh + 9 * back, b.thigh + 6, -12 * back, -26 * back, -5);
  return b;
}

/* Something beside bending, at a place where one would stand. */
static void do_something(script *s, const somebody *b, sg_chance *c) {
  const int which = (int)between(c, 0, 4);
  if (which == 1 || which == 2) {
    go(s, which == 1 ? b->reach : b->arch, between(c, 0.6, 1.2));
    if (sg_chance_unit(c) < 0.6) stay(s, b->rest * between(c, 0.2, 2.5));
    if (sg_chance_unit(c) < 0.6) go(s, b->stand, between(c, 0.6, 1.2));
  }
  if (which == 3 && sg_chance_unit(c) < 0.5) stay(s, b->rest * between(c, 0, 0.6));
  if (sg_chance_unit(c) < 0.1 + 0.6 * b->rest) {
    go(s, b->stand, 0.4);
    stay(s, b->rest * between(c, 0.3, 2));
  }
}

static void draw_script(script *s, const somebody *b, sg_chance *c) {
  const double what = sg_chance_unit(c);
  begin(s, what < 0.6 ? b->stand : what < 0.75 ? b->reach : what < 0.9 ? b->arch : b->bent);
  stay(s, b->rest * between(c, 0, 2));
  do_something(s, b, c);
  for (int i = 0; i < 3; i++) {
    go(s, b->bent, between(c, 1.2, 2.5));
    stay(s, b->rest * between(c, 0.3, 1.5));
    go(s, sg_chance_unit(c) < 0.7 ? b->stand : b->arch, between(c, 1.2, 2.5));
    do_something(s, b, c);
  }
  if (sg_chance_unit(c) < 0.6) {
    go(s, b->stand, 0.8);
    stay(s, b->rest * between(c, 0.3, 2));
  }
}

/* What the drawn person is measured as after quiet standing. */
static sagitta_result *after_standing(const movement *m, const somebody *b) {
  script s;
  stay(begin(&s, b->stand), 1.5);
  for (int i = 0; i < 3; i++) {
    go(&s, b->bent, 1.8);
    stay(&s, 1);
    go(&s, b->stand, 1.8);
    stay(&s, 1);
  }
  return analysed(m, &s, 0, "after standing");
}

/* What came of the scripts. */
typedef struct {
  int measured, off, outside, told, told_resting, mistaken;
} tally;

/* One script: against the same bends after quiet standing, and against the truth. */
static void try_script(int number, tally *sum) {
  static const double rates[] = { 12, 25, 30, 60 };
  sg_chance c = sg_chance_new(9, (uint64_t)number);
  somebody b = draw_somebody(&c);
  b.rest = number % 2;
  script s;
  draw_script(&s, &b, &c);
  movement m = worn((sagitta_marker_set)(SAGITTA_SET_DISCS + number / 2 % 3), sg_chance_unit(&c) < 0.5);
  m.rate = rates[number / 6 % 4];
  m.spoil = roll_camera;
  drawn.roll = between(&c, -4, 4);
  sagitta_result *result = analysed(&m, &s, between(&c, 0, 0.8), "at random"), *reference = after_standing(&m, &b);
  const sagitta_quantity *hinge = &sagitta_result_summary(result)->hip_hinge;
  const sagitta_quantity *lumbar = &sagitta_result_summary(result)->lumbar_flexion;
  const sagitta_summary *as = sagitta_result_summary(reference);
  const bool told = warns(result, SAGITTA_WARNING_START_UNCERTAIN) || warns(result, SAGITTA_WARNING_START_NOT_STILL);
  const bool off = fabs(hinge->value - as->hip_hinge.value) > 3 || fabs(lumbar->value - as->lumbar_flexion.value) > 4;
  assert_true(hinge->known && lumbar->known);
  sum->measured++;
  sum->told += told;
  sum->told_resting += told && number % 2;
  sum->off += off && !told;
  const bool hinge_in = b.hinge >= hinge->low && b.hinge <= hinge->high;
  const bool lumbar_in = b.lumbar >= lumbar->low && b.lumbar <= lumbar->high;
  sum->outside += !hinge_in || !lumbar_in;
  sum->mistaken += sagitta_result_facing_right(result) != m.right;
  sagitta_result_free(&result);
  sagitta_result_free(&reference);
}

/* Whatever comes beside the bends, as far as it can be known. What cannot be: of a person who begins in a slight reach,
 * and bends straight from it, it is not seen that it is none of standing. */
static void test_scripts_at_random(void **state) {
  (void)state;
  tally sum = { 0 };
  for (int i = 0; i < SCRIPTS; i++) try_script(i, &sum);
  print_message(
      "of %d: %d off by more than 3 and 4 degrees and not told, %d not within, %d told (%d of who rests), %d "
      "faced wrongly\n",
      sum.measured, sum.off, sum.outside, sum.told, sum.told_resting, sum.mistaken);
  assert_int_equal(sum.mistaken, 0);
  assert_int_equal(sum.outside, 0);
  assert_true(sum.off * 50 <= sum.measured);
  assert_true(sum.told * 4 <= sum.measured); /* half of them never rest */
  assert_true(sum.told_resting * 50 <= sum.measured);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_every_case), cmocka_unit_test(test_scripts_at_random) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
