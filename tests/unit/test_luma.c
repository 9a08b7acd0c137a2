/* SPDX-License-Identifier: Apache-2.0 */
/* Protects white, grey and black markers: found by their luma in every layout, depth and siting, in their places; not
 * what has a colour, is several times as large, or hardly differs from what is around it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "synthetic.h"
#include "track/luma_find.h"

#define SIDE     200
#define DIAMETER 14.0

static const double white[3] = { 236, 236, 236 }, grey[3] = { 120, 120, 120 }, black[3] = { 18, 18, 18 };
static const double dark[3] = { 40, 40, 42 }, light[3] = { 210, 210, 208 }, yellowish[3] = { 255, 245, 120 };

typedef struct scene {
  sg_luma_finder *finder;
  sg_target target[SAGITTA_ROLES];
  sg_blob seen[SAGITTA_ROLES];
  bool has_seen[SAGITTA_ROLES];
  sg_blob found[SG_LUMA_FOUND_MAX];
  unsigned sharing[SG_LUMA_FOUND_MAX];
} scene;

/* Point at what was drawn at (x, y) as one role's marker. */
static void pick(scene *s, const synthetic *drawn, sagitta_role role, double x, double y) {
  sg_blob *blob = &s->seen[role];
  assert_int_equal(sg_luma_measure(s->finder, &drawn->frame, &drawn->info, x, y, 60, blob), 1);
  assert_true(blob->by_luma && !blob->has_luma);
  s->has_seen[role] = s->target[role].named = true;
  s->target[role].entry =
      (sg_palette_entry){ .wanted = true,
                          .learnt = true,
                          .by_luma = true,
                          .colour = sg_luma_colour(128 + blob->core.b,
                                                   sg_luma_learn(128 + blob->core.b, 128 + blob->ground.b)),
                          .tint = sg_tint_learn(blob->tint) };
}

static ptrdiff_t find(scene *s, const synthetic *drawn) {
  const sg_luma_wanted wanted = { s->target, s->seen, s->has_seen };
  return sg_luma_find(s->finder, &drawn->frame, &drawn->info, &wanted, NULL, s->found, s->sharing);
}

static bool found_at(const scene *s, ptrdiff_t count, double x, double y, double within) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (hypot(s->found[i].x - x, s->found[i].y - y) < within) return true;
  }
  return false;
}

/* A small one as well: the first windows that it fits in show hardly any of the ground beside it. */
static void in_every_format(double diameter) {
  for (int f = 0; f < synthetic_format_count; f++) {
    static const double *const pairs[][2] = { { white, dark }, { grey, dark }, { black, light } };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
      scene s = { .finder = sg_luma_finder_new("c") };
      synthetic drawn = synthetic_new(&synthetic_formats[f], SIDE, SIDE);
      synthetic_fill(&drawn, pairs[k][1]);
      synthetic_disc(&drawn, 60.3, 70.8, diameter, pairs[k][0]);
      synthetic_disc(&drawn, 141.7, 122.2, diameter, pairs[k][0]);
      synthetic_noise(&drawn, 1.5, 7);
      assert_non_null(s.finder);
      pick(&s, &drawn, SAGITTA_HIP, 61, 70);
      assert_true(s.seen[SAGITTA_HIP].contrast > 0.9 * fabs(pairs[k][0][1] - pairs[k][1][1]));
      assert_false(fabs(s.seen[SAGITTA_HIP].diameter - diameter) > 0.8);
      assert_true(sg_is_colourless(128 + s.seen[SAGITTA_HIP].core.b, s.seen[SAGITTA_HIP].tint));
      const ptrdiff_t count = find(&s, &drawn);
      const bool both = found_at(&s, count, 60.3, 70.8, 0.1) && found_at(&s, count, 141.7, 122.2, 0.1);
      if (count != 2 || !both) fail_msg("%s, pair %zu: %td found", synthetic_formats[f].name, k, count);
      assert_int_equal(s.sharing[0], 1u << SAGITTA_HIP);
      sg_luma_finder_free(s.finder);
      synthetic_free(&drawn);
    }
  }
}

static void every_format(void **state) {
  (void)state;
  in_every_format(DIAMETER);
  in_every_format(8.5);
}

/* A disc that is pointed at, and beside it what is no marker. */
static void what_is_no_marker(void **state) {
  (void)state;
  scene s = { .finder = sg_luma_finder_new(NULL) };
  synthetic drawn = synthetic_new(&synthetic_formats[0], SIDE, SIDE);
  assert_non_null(s.finder);
  synthetic_fill(&drawn, dark);
  synthetic_disc(&drawn, 40, 40, DIAMETER, white);
  synthetic_disc(&drawn, 130, 130, 3 * DIAMETER, white);
  synthetic_disc(&drawn, 40, 140, DIAMETER, yellowish);
  synthetic_disc(&drawn, 140, 40, DIAMETER / 5, white);
  synthetic_noise(&drawn, 1.5, 3);
  assert_false(sg_luma_wanted_any(s.target));
  pick(&s, &drawn, SAGITTA_KNEE, 40, 40);
  assert_true(sg_luma_wanted_any(s.target));
  const ptrdiff_t count = find(&s, &drawn);
  assert_int_equal(count, 1);
  assert_true(found_at(&s, count, 40, 40, 0.1));
  /* nothing is where nothing was drawn */
  sg_blob blob;
  assert_int_equal(sg_luma_measure(s.finder, &drawn.frame, &drawn.info, 90, 40, 60, &blob), 0);
  sg_luma_finder_free(s.finder);
  synthetic_free(&drawn);
}

/* Light ones on dark and on light clothes at once: what the one is found by takes in the other's clothes. */
static void different_grounds(void **state) {
  (void)state;
  scene s = { .finder = sg_luma_finder_new(NULL) };
  synthetic drawn = synthetic_new(&synthetic_formats[0], SIDE, SIDE);
  assert_non_null(s.finder);
  synthetic_fill(&drawn, dark);
  synthetic_disc(&drawn, 140, 120, 110, (const double[]){ 176, 176, 176 });
  synthetic_disc(&drawn, 40, 40, DIAMETER, white);
  synthetic_disc(&drawn, 140, 120, DIAMETER, white);
  synthetic_noise(&drawn, 1.5, 3);
  pick(&s, &drawn, SAGITTA_SHOULDER, 40, 40);
  pick(&s, &drawn, SAGITTA_HIP, 140, 120);
  const ptrdiff_t count = find(&s, &drawn);
  assert_int_equal(count, 2);
  assert_true(found_at(&s, count, 40, 40, 0.1) && found_at(&s, count, 140, 120, 0.15));
  sg_luma_finder_free(s.finder);
  synthetic_free(&drawn);
}

static void entries_do_not_mix(void **state) {
  (void)state;
  const sg_palette_entry luma = { .by_luma = true, .colour = sg_luma_colour(200, 100) };
  const sg_palette_entry blue = { .learnt = true,
                                  .colour = sg_colour_learn((sg_chroma){ 72, 0 }, (sg_chroma){ 0, 0 }) };
  const sg_chroma core = { 72, 0 }; /* a luma of 200, or a blue */
  assert_true(sg_entry_distance(&luma, core, true) < 0.1 && sg_entry_distance(&blue, core, false) < 0.1);
  assert_true(isinf(sg_entry_distance(&luma, core, false)) && isinf(sg_entry_distance(&blue, core, true)));
  assert_true(sg_like_skin((sg_chroma){ -18, 23 }) && !sg_like_skin((sg_chroma){ 18, 23 }));
  assert_true(sg_is_colourless(230, (sg_chroma){ -6, 8 }) && !sg_is_colourless(170, (sg_chroma){ -18, 23 }));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_format),
    cmocka_unit_test(what_is_no_marker),
    cmocka_unit_test(different_grounds),
    cmocka_unit_test(entries_do_not_mix),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
