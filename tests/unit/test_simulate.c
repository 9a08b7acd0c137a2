/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the simulated people: they are the same for a seed, they are spread as the literature says, their truth is
 * that of their markers where nothing slides, and what slides does so late and with play. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "failing_memory.h"
#include "sagitta/analysis.h"
#include "simulate/actor.h"
#include "simulate/populations.h"

static const sg_amounts whole = { 1, 1, 1, 1, 1 }, exact = { 0, 0, 0, 0, 0 };

/* ---- helpers ---- */

static sagitta_simulation *simulated(const sagitta_simulation_settings *settings, uint64_t number) {
  sagitta_simulation *simulation = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_simulate_person(&simulation, settings, number, &error)) fail_msg("%s", error.text);
  return simulation;
}

static char *printed(const sagitta_simulation_settings *settings, uint64_t number) {
  sagitta_simulation *simulation = simulated(settings, number);
  char *text = NULL;
  size_t length = 0;
  assert_int_equal(sagitta_tracks_print(sagitta_simulation_tracks(simulation), &text, &length, NULL), SAGITTA_OK);
  sagitta_simulation_free(&simulation);
  return text;
}

static bool same_print(const sagitta_simulation_settings *a, uint64_t i, const sagitta_simulation_settings *b,
                       uint64_t j) {
  char *first = printed(a, i), *second = printed(b, j);
  const bool same = strcmp(first, second) == 0;
  sagitta_free(first);
  sagitta_free(second);
  return same;
}

static void assert_close(double value, double truth, double tolerance) {
  if (!(fabs(value - truth) <= tolerance)) fail_msg("%f instead of %f +- %f", value, truth, tolerance);
}

/* ---- random numbers ---- */

static void test_numbers_are_pinned(void **state) {
  (void)state;
  sg_chance a = sg_chance_new(1, 0), b = sg_chance_new(1, 0), c = sg_chance_new(1, 1), d = sg_chance_new(2, 0);
  const double first = sg_chance_unit(&a);
  assert_true(first == sg_chance_unit(&b));
  assert_true(first != sg_chance_unit(&c) && first != sg_chance_unit(&d));
  double sum = 0, squares = 0;
  for (int i = 0; i < 20000; i++) {
    const double z = sg_chance_normal(&a);
    sum += z;
    squares += z * z;
  }
  assert_close(sum / 20000, 0, 0.03);
  assert_close(squares / 20000, 1, 0.04);
}

/* ---- the population ---- */

static void test_every_trait_has_a_source(void **state) {
  (void)state;
  for (int i = 0; i < SG_TRAITS; i++) {
    const sg_trait_row *row = &sg_traits[i];
    assert_true(row->name[0] && row->unit[0] && row->source[0]);
    assert_true(row->spread >= 0 && row->least < row->most);
    assert_true(row->mean >= row->least && row->mean <= row->most);
  }
}

typedef struct {
  double n, sum, squares;
} moments;

static void take(moments *m, double value) {
  m->n++;
  m->sum += value;
  m->squares += value * value;
}

static double mean(const moments *m) {
  return m->sum / m->n;
}

static double deviation(const moments *m) {
  return sqrt(m->squares / m->n - mean(m) * mean(m));
}

/* What the literature says is what comes out, also where it is not drawn directly: the lordosis follows from balance,
 * the trunk's length from its vertebrae, the spread of the sum from the correlation of its parts. */
static void test_population_is_that_of_the_literature(void **state) {
  (void)state;
  moments pelvis[2] = { 0 }, lumbar[2] = { 0 }, trunk[2] = { 0 }, lordosis = { 0 }, above = { 0 }, over = { 0 };
  for (uint64_t i = 0; i < 4000; i++) {
    sg_chance chance = sg_chance_new(77, i);
    const sg_person p = sg_person_draw(&chance, &whole);
    take(&pelvis[p.pain], p.pelvis);
    take(&lumbar[p.pain], p.lumbar_flexion);
    take(&trunk[p.pain], p.pelvis + p.lumbar_flexion);
    double curve = 0;
    for (int k = 0; k <= SG_T12; k++) curve -= p.standing[k];
    take(&lordosis, curve);
    sg_skeleton skeleton;
    sg_skeleton_stand(&skeleton, &p);
    take(&above, (skeleton.acromion.y - skeleton.hip.y) / p.stature);
    take(&over, skeleton.acromion.x - skeleton.hip.x);
  }
  assert_close(mean(&pelvis[0]), 59, 1);
  assert_close(deviation(&pelvis[0]), 15, 1);
  assert_close(mean(&lumbar[0]), 52, 1);
  assert_close(mean(&pelvis[1]), 48, 1);
  assert_close(mean(&lumbar[1]), 46, 1);
  assert_close(deviation(&trunk[0]), 16, 1);
  assert_close(deviation(&trunk[1]), 16, 1);
  assert_close(mean(&lordosis), 60.2, 2);
  assert_close(deviation(&lordosis), 10.3, 1.5);
  assert_close(mean(&above), 0.288, 0.02); /* Drillis & Contini: trochanter to acromion */
  assert_close(mean(&over), 0, 2);
}

static void test_joints_add_up(void **state) {
  (void)state;
  for (uint64_t i = 0; i < 50; i++) {
    sg_chance chance = sg_chance_new(5, i);
    const sg_person p = sg_person_draw(&chance, &whole);
    double lumbar = 0, thoracic = 0;
    for (int k = 0; k < SG_JOINTS; k++) *(k < SG_LUMBAR_JOINTS ? &lumbar : &thoracic) += p.joint_part[k];
    assert_close(lumbar, 1, 1e-12);
    assert_close(thoracic, 1, 1e-12);
    const sg_pose bent = { .pelvis = 50, .lumbar = 40, .thoracic = 15, .lumbar_done = 0.4 };
    sg_skeleton skeleton;
    sg_skeleton_set(&skeleton, &p, &bent);
    assert_close(skeleton.vertebra[SG_T11], 90, 1e-9);
    assert_close(skeleton.vertebra[SG_T1], 105, 1e-9);
  }
}

/* ---- other populations ---- */

static sg_person one_of(const char *name, uint64_t number) {
  sg_chance who = sg_chance_new(3, number), other = sg_chance_new(4, number);
  sg_person p = sg_person_draw(&who, &whole);
  const sg_population *population = sg_population_find(name);
  assert_non_null(population);
  if (population->change) population->change(&p, &whole, &other);
  return p;
}

static double kyphosis(const sg_person *p) {
  double sum = 0;
  for (int i = SG_T11; i < SG_JOINTS; i++) sum += p->standing[i];
  return sum;
}

/* Each population is what its sentence says, still stands over its own feet, and changes nothing else. */
static void test_populations_are_what_they_say(void **state) {
  (void)state;
  moments curve = { 0 }, trunk = { 0 }, over = { 0 }, share = { 0 };
  for (uint64_t i = 0; i < 400; i++) {
    const sg_person usual = one_of("usual", i), skin = one_of("more-skin", i), belly = one_of("soft-belly", i);
    const sg_person thorax = one_of("round-thorax", i), bent = one_of("kyphotic", i), far = one_of("misplaced", i);
    const sg_person winter = one_of("winter", i);
    assert_close(skin.skin[SG_SITE_PELVIS].by[0], 1.5 * usual.skin[SG_SITE_PELVIS].by[0], 1e-9);
    assert_close(belly.skin[SG_SITE_PELVIS].by[0], usual.skin[SG_SITE_PELVIS].by[0] - 4, 1e-9);
    assert_close(thorax.thoracic, usual.thoracic + 10, 1e-9);
    assert_close(hypot(far.place[SAGITTA_HIP].x, far.place[SAGITTA_HIP].y), 3, 1e-9);
    assert_close(far.pelvis, usual.pelvis, 1e-9);
    sg_skeleton straight, round, arcs;
    sg_skeleton_stand(&straight, &usual);
    sg_skeleton_stand(&round, &bent);
    sg_skeleton_stand(&arcs, &winter);
    assert_close(round.top.x - round.hip.x, straight.top.x - straight.hip.x, 4);
    take(&curve, kyphosis(&bent));
    take(&trunk, hypot(arcs.acromion.x - arcs.hip.x, arcs.acromion.y - arcs.hip.y) / winter.stature);
    take(&over, arcs.top.x - arcs.hip.x);
    take(&share, winter.lumbar_flexion / (winter.lumbar_flexion + winter.pelvis - winter.thigh_lean));
  }
  assert_close(mean(&curve), 68, 2);
  assert_close(mean(&trunk), 0.288, 0.003);
  assert_close(deviation(&trunk), 0.013, 0.002);
  assert_close(mean(&over), -2, 0.5);
  assert_close(mean(&share), 0.44, 0.02);
}

/* Two kinds of people by their shares, the same bones, and skin that slides as far as others' do but more often far. */
static void test_two_habits(void **state) {
  (void)state;
  enum { PEOPLE = 800 };
  moments share = { 0 }, skin = { 0 };
  int far = 0, middle = 0, back = 0;
  for (uint64_t i = 0; i < PEOPLE; i++) {
    const sg_person usual = one_of("usual", i), p = one_of("two-habits", i);
    const double of = p.lumbar_flexion / (p.lumbar_flexion + p.pelvis - p.thigh_lean), x = p.skin[SG_SITE_HIP].by[0];
    assert_close(p.thigh, usual.thigh, 1e-9);
    assert_close(p.sacral_slope, usual.sacral_slope, 1e-9);
    take(&share, of);
    take(&skin, x);
    far += fabs(x) > 3 * 1.2;
    middle += fabs(of - 0.48) < 0.02;
    back += of > 0.55;
  }
  assert_close(mean(&share), 0.46, 0.015);
  assert_close(deviation(&share), 0.123, 0.01);
  assert_close((double)back / PEOPLE, 0.29, 0.05);
  assert_close((double)middle / PEOPLE, 0.08, 0.03);
  assert_close(deviation(&skin), 1.2, 0.2);
  assert_true(far > 0.008 * PEOPLE); /* a normal has 0.0027 */
}

/* Sitting people start with the thighs level and reach forward from there. */
static void test_sitting(void **state) {
  (void)state;
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  settings.test = "sit-and-reach";
  settings.ankle = settings.hand = true;
  settings.skin = settings.placement = settings.noise = settings.camera = 0;
  for (uint64_t i = 0; i < 5; i++) {
    sagitta_simulation *m = simulated(&settings, i);
    const sagitta_sample knee = sagitta_tracks_get(sagitta_simulation_tracks(m), 0, SAGITTA_KNEE);
    const sagitta_sample hip = sagitta_tracks_get(sagitta_simulation_tracks(m), 0, SAGITTA_HIP);
    assert_true(fabs(knee.y - hip.y) < 0.5 * fabs(knee.x - hip.x));
    size_t bends = 0;
    const sagitta_simulated_bend *b = sagitta_simulation_bends(m, &bends);
    assert_int_equal(bends, 3);
    assert_true(b[0].hip_hinge > 0 && b[0].hip_hinge < 90);
    sagitta_simulation_free(&m);
  }
}

/* The intervals hold for people they were not made for: of a few dozen, so many that only luck of one in thousands
 * would miss it were they as good as bench_coverage finds them. */
static void test_intervals_hold_for_others(void **state) {
  (void)state;
  static const char *const names[] = { "winter", "more-skin", "soft-belly" };
  sagitta_analysis_settings how = sagitta_analysis_default_settings();
  for (size_t k = 0; k < 3; k++) {
    sagitta_simulation_settings settings = sagitta_simulation_default_settings();
    settings.population = names[k];
    settings.repetitions = 1;
    settings.seed = 11;
    int held = 0, of = 0;
    for (uint64_t i = 0; i < 40; i++) {
      sagitta_simulation *m = simulated(&settings, i);
      sagitta_result *result = NULL;
      if (sagitta_analyze(&result, sagitta_simulation_tracks(m), &how, NULL) == SAGITTA_OK) {
        const sagitta_quantity hinge = sagitta_result_summary(result)->hip_hinge;
        const double truth = sagitta_simulation_bends(m, NULL)[0].hip_hinge;
        held += truth >= hinge.low && truth <= hinge.high;
        of++;
      }
      sagitta_result_free(&result);
      sagitta_simulation_free(&m);
    }
    if (of < 38 || held < 33) fail_msg("%s: %d of %d held", names[k], held, of);
  }
}

static void test_unknown_population_is_refused(void **state) {
  (void)state;
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  sagitta_simulation *m = NULL;
  settings.population = "martians";
  assert_int_equal(sagitta_simulate_person(&m, &settings, 0, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_null(m);
  assert_null(sagitta_population_text("martians"));
  assert_string_equal(sagitta_population_name(0), "usual");
}

/* ---- sameness ---- */

static void test_same_seed_same_bytes(void **state) {
  (void)state;
  sagitta_simulation_settings s = sagitta_simulation_default_settings(), other = s;
  assert_true(same_print(&s, 3, &s, 3));
  assert_false(same_print(&s, 3, &s, 4));
  other.seed = 2;
  assert_false(same_print(&s, 3, &other, 3));
}

/* Another set, frame rate or number of bends is another recording of the same person's same bends. */
static void test_the_same_person_otherwise_recorded(void **state) {
  (void)state;
  sagitta_simulation_settings s = sagitta_simulation_default_settings(), other = s;
  other.set = SAGITTA_SET_CLINIC;
  other.rate = 50;
  other.repetitions = 1;
  other.skin = other.placement = 0;
  sagitta_simulation *a = simulated(&s, 8), *b = simulated(&other, 8);
  const sagitta_simulated_person p = sagitta_simulation_person(a), q = sagitta_simulation_person(b);
  assert_true(p.stature_cm == q.stature_cm && p.age_years == q.age_years && p.facing_right == q.facing_right);
  size_t bends = 0, fewer = 0;
  const sagitta_simulated_bend *x = sagitta_simulation_bends(a, &bends), *y = sagitta_simulation_bends(b, &fewer);
  assert_int_equal(bends, 3);
  assert_int_equal(fewer, 1);
  assert_close(x->hip_hinge, y->hip_hinge, 0.3);
  assert_close(x->hip_lag_s, y->hip_lag_s, 1e-9);
  sagitta_simulation_free(&a);
  sagitta_simulation_free(&b);
}

/* ---- truth ---- */

static double turned(const sagitta_tracks *t, size_t row, sagitta_role role, bool right) {
  const double change = sagitta_tracks_get(t, row, role).axis - sagitta_tracks_get(t, 0, role).axis;
  return right ? change : -change;
}

static double thigh(const sagitta_tracks *t, size_t row, bool right) {
  const sagitta_sample hip = sagitta_tracks_get(t, row, SAGITTA_HIP), knee = sagitta_tracks_get(t, row, SAGITTA_KNEE);
  return (right ? 1 : -1) * atan2(hip.x - knee.x, knee.y - hip.y) * 57.29577951308232;
}

/* Nothing slides, nothing is out of place, the camera is square: markers are geometry. */
static void test_exact_markers_show_the_truth(void **state) {
  (void)state;
  sagitta_simulation_settings s = sagitta_simulation_default_settings();
  s.set = SAGITTA_SET_CLINIC;
  s.skin = s.placement = s.camera = s.noise = 0;
  for (uint64_t i = 0; i < 20; i++) {
    sagitta_simulation *m = simulated(&s, i);
    const sagitta_tracks *t = sagitta_simulation_tracks(m);
    const bool right = sagitta_simulation_person(m).facing_right;
    size_t frames = 0;
    const sagitta_simulated_frame *f = sagitta_simulation_frames(m, &frames);
    assert_int_equal(frames, sagitta_tracks_rows(t));
    for (size_t row = 0; row < frames; row++) {
      assert_close(turned(t, row, SAGITTA_PELVIS, right), f[row].pelvic_rotation - f[0].pelvic_rotation, 0.02);
      assert_close(turned(t, row, SAGITTA_RIBS, right), f[row].ribs_rotation - f[0].ribs_rotation, 0.02);
      assert_close(thigh(t, row, right) - thigh(t, 0, right), f[row].thigh_rotation - f[0].thigh_rotation, 0.02);
      assert_close(f[row].hip_hinge, f[row].pelvic_rotation - f[row].thigh_rotation, 1e-9);
      assert_close(f[row].lumbar_flexion, f[row].ribs_rotation - f[row].pelvic_rotation, 1e-9);
    }
    sagitta_simulation_free(&m);
  }
}

static void test_bends_are_the_frames_at_end_range(void **state) {
  (void)state;
  const sagitta_simulation_settings s = sagitta_simulation_default_settings();
  for (uint64_t i = 0; i < 20; i++) {
    sagitta_simulation *m = simulated(&s, i);
    size_t frames = 0, bends = 0;
    const sagitta_simulated_frame *f = sagitta_simulation_frames(m, &frames);
    const sagitta_simulated_bend *b = sagitta_simulation_bends(m, &bends);
    for (size_t k = 0; k < bends; k++) {
      double deepest = -1000;
      for (size_t row = 0; row < frames; row++) {
        if (f[row].repetition == (int)k + 1) deepest = fmax(deepest, f[row].ribs_rotation);
      }
      assert_close(b[k].ribs_rotation, deepest, 0.6);
      assert_true(b[k].start_s < b[k].end_range_s && b[k].end_range_s < b[k].end_s);
      assert_true(k == 0 || b[k].start_s > b[k - 1].end_s);
      assert_close(b[k].lumbar_share, b[k].lumbar_flexion / (b[k].lumbar_flexion + b[k].hip_hinge), 3e-4);
      assert_int_equal(b[k].label, b[k].lumbar_share < 0.4   ? SAGITTA_HIPS
                                   : b[k].lumbar_share > 0.6 ? SAGITTA_LOWER_BACK
                                                             : SAGITTA_BOTH);
    }
    sagitta_simulation_free(&m);
  }
}

static void test_lag_is_that_of_the_course(void **state) {
  (void)state;
  sg_chance chance = sg_chance_new(9, 0);
  sg_person p = sg_person_draw(&chance, &exact);
  p.warp_lumbar = p.warp_pelvis = 1;
  p.thigh_lean = 0;
  for (int k = -1; k <= 1; k++) {
    const sg_schedule schedule = sg_schedule_regular(1, 1, 2, 1, 2, 0.3 * k);
    const sagitta_simulated_frame none = { 0 };
    const sagitta_simulated_bend b = sg_truth_bend(&p, &schedule, 0, &none, 0);
    assert_close(b.hip_lag_s, 0.3 * k, 0.1);
  }
}

/* ---- skin ---- */

static double pelvis_strip(sg_actor *actor, double time_s) {
  sagitta_sample samples[SAGITTA_ROLES];
  sagitta_simulated_frame truth;
  sg_actor_frame(actor, time_s, samples, &truth);
  return samples[SAGITTA_PELVIS].axis - truth.pelvic_rotation;
}

static void test_skin_is_late_and_stays_behind(void **state) {
  (void)state;
  sg_chance chance = sg_chance_new(4, 0);
  const sg_amounts sliding = { 1, 0, 0, 0, 0 };
  sg_person p = sg_person_draw(&chance, &sliding);
  p.right = true;
  p.skin[SG_SITE_PELVIS] = (sg_skin){ { 6, 0 }, 1.5, 0.05, 0.2 };
  const sg_schedule schedule = sg_schedule_regular(1, 1, 2, 1, 2, 0);
  sg_actor a = sg_actor_new(&p, &schedule, SAGITTA_SET_CLINIC, true, false, &chance);
  double down = NAN, up = NAN, bent = NAN, after = NAN;
  for (int i = 0; i <= 700; i++) {
    const double slid = pelvis_strip(&a, 0.01 * i);
    if (i == 200) down = slid;
    if (i == 350) bent = slid;
    if (i == 500) up = slid; /* the same pose on the way back */
    if (i == 700) after = slid;
  }
  assert_close(bent, 6 * pow((p.pelvis - p.thigh_lean) / 65, 1.5), 1.0);
  assert_true(up > down + 0.5);
  assert_close(after, 0.6, 0.1); /* half of what stays */
}

/* ---- analysis, settings, memory ---- */

static void test_everybody_can_be_analysed(void **state) {
  (void)state;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    sagitta_simulation_settings s = sagitta_simulation_default_settings();
    s.set = (sagitta_marker_set)set;
    s.rate = 20;
    s.ankle = s.hand = set == SAGITTA_SET_STRIP;
    for (uint64_t i = 0; i < 4; i++) {
      char *text = printed(&s, i);
      sagitta_tracks *tracks = NULL;
      sagitta_result *result = NULL;
      sagitta_error error = SAGITTA_ERROR_INIT;
      if (sagitta_tracks_parse(&tracks, text, strlen(text), &error)) fail_msg("%s", error.text);
      if (sagitta_analyze(&result, tracks, NULL, &error)) fail_msg("%s", error.text);
      assert_int_equal(sagitta_result_set(result), set);
      sagitta_result_free(&result);
      sagitta_tracks_free(&tracks);
      sagitta_free(text);
    }
  }
}

static void test_settings_that_cannot_be(void **state) {
  (void)state;
  sagitta_simulation_settings bad[7];
  for (int i = 0; i < 7; i++) bad[i] = sagitta_simulation_default_settings();
  bad[0].set = SAGITTA_SET_UNKNOWN;
  bad[1].test = "hand-stand";
  bad[2].rate = NAN;
  bad[3].repetitions = SG_BENDS_MAX + 1;
  bad[4].skin = -1;
  bad[5].noise = INFINITY;
  bad[6].test = NULL;
  for (int i = 0; i < 7; i++) {
    sagitta_simulation *simulation = NULL;
    sagitta_error error = SAGITTA_ERROR_INIT;
    assert_int_equal(sagitta_simulate_person(&simulation, &bad[i], 0, &error), SAGITTA_ERROR_ARGUMENT);
    assert_true(!simulation && error.text[0]);
  }
  assert_int_equal(sagitta_simulate_person(NULL, NULL, 0, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_simulation_free(NULL);
}

static sagitta_status simulate(void *user) {
  sagitta_simulation *simulation = NULL;
  const sagitta_status status = sagitta_simulate_person(&simulation, user, 0, NULL);
  assert_true((status == SAGITTA_OK) == (simulation != NULL));
  sagitta_simulation_free(&simulation);
  return status;
}

static void test_memory_that_runs_out(void **state) {
  (void)state;
  sagitta_simulation_settings s = sagitta_simulation_default_settings();
  s.repetitions = 1;
  s.rate = 10;
  failing_memory_each(simulate, &s, 3, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_numbers_are_pinned),
    cmocka_unit_test(test_every_trait_has_a_source),
    cmocka_unit_test(test_population_is_that_of_the_literature),
    cmocka_unit_test(test_joints_add_up),
    cmocka_unit_test(test_populations_are_what_they_say),
    cmocka_unit_test(test_two_habits),
    cmocka_unit_test(test_sitting),
    cmocka_unit_test(test_intervals_hold_for_others),
    cmocka_unit_test(test_unknown_population_is_refused),
    cmocka_unit_test(test_same_seed_same_bytes),
    cmocka_unit_test(test_the_same_person_otherwise_recorded),
    cmocka_unit_test(test_exact_markers_show_the_truth),
    cmocka_unit_test(test_bends_are_the_frames_at_end_range),
    cmocka_unit_test(test_lag_is_that_of_the_course),
    cmocka_unit_test(test_skin_is_late_and_stays_behind),
    cmocka_unit_test(test_everybody_can_be_analysed),
    cmocka_unit_test(test_settings_that_cannot_be),
    cmocka_unit_test(test_memory_that_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
