/* SPDX-License-Identifier: Apache-2.0 */
/* Sticker colours and what is said of a marker's colour. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sagitta/colours.h"
#include "track/palette.h"

/* Protects: what is printed, sold and looked for is the same colour. */
static void stickers_are_the_default_colours(void **state) {
  (void)state;
  const sagitta_markers start = sagitta_markers_default();
  size_t count;
  const sagitta_sticker *sticker = sagitta_stickers(&count);
  assert_true(count >= 7);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    double nearest = 1e9;
    for (size_t i = 0; i < count; i++) {
      const sagitta_sticker *s = &sticker[i];
      const double luma = 0.2126 * s->red + 0.7152 * s->green + 0.0722 * s->blue;
      const double b = 128 + (s->blue - luma) / 1.8556 - start.role[r].colour.cb;
      const double c = 128 + (s->red - luma) / 1.5748 - start.role[r].colour.cr;
      nearest = fmin(nearest, sqrt(b * b + c * c));
    }
    assert_true(nearest < 0.5);
  }
}

static sagitta_colours one(double separation, sagitta_neighbour neighbour, int better) {
  sagitta_colours colours;
  memset(&colours, 0, sizeof colours);
  colours.role[SAGITTA_KNEE] = (sagitta_marker_colour){ .found = true,
                                                        .separation = separation,
                                                        .neighbour = neighbour,
                                                        .neighbour_role = SAGITTA_HAND,
                                                        .better = better,
                                                        .better_separation = 7.5 };
  return colours;
}

/* Protects: advice only below the stated limit, naming the sticker, in whole sentences, and never beyond its buffer. */
static void advice_names_a_sticker(void **state) {
  (void)state;
  char text[400];
  size_t count;
  const sagitta_sticker *sticker = sagitta_stickers(&count);
  sagitta_colours colours = one(SAGITTA_SEPARATION_LEAST, SAGITTA_NEAR_ROOM, 0);
  assert_string_equal(sagitta_colours_advice(&colours, SAGITTA_KNEE, text, sizeof text), "");
  assert_string_equal(sagitta_colours_advice(&colours, SAGITTA_HIP, text, sizeof text), "");
  for (int neighbour = SAGITTA_NEAR_MARKER; neighbour <= SAGITTA_NEAR_ROOM; neighbour++) {
    for (int better = -1; better < (int)count; better++) {
      colours = one(1.2, (sagitta_neighbour)neighbour, better);
      sagitta_colours_advice(&colours, SAGITTA_KNEE, text, sizeof text);
      assert_non_null(strstr(text, "knee"));
      assert_non_null(strstr(text, "1.2"));
      assert_int_equal(text[strlen(text) - 1], '.');
      assert_null(strstr(text, ". use"));
      if (better >= 0) assert_non_null(strstr(text, sticker[better].name));
      if (neighbour == SAGITTA_NEAR_MARKER) assert_non_null(strstr(text, "the hand marker"));
      char small[20];
      memset(small, 'x', sizeof small);
      sagitta_colours_advice(&colours, SAGITTA_KNEE, small, 12);
      assert_int_equal(small[11], '\0');
      assert_int_equal(small[12], 'x');
    }
  }
}

/* Protects: only what was found goes into the file; a long light is cut between characters. */
static void the_file_holds_what_was_found(void **state) {
  (void)state;
  sagitta_colours colours = one(6, SAGITTA_NEAR_NOTHING, -1);
  colours.role[SAGITTA_KNEE].marker = sagitta_markers_default().role[SAGITTA_KNEE];
  char light[400] = "";
  for (int i = 0; i < 150; i++) strcat(light, i == 0 ? "x" : "ü");
  const sagitta_markers markers = sagitta_colours_markers(&colours, light);
  for (int r = 0; r < SAGITTA_ROLES; r++) assert_int_equal(markers.role[r].wanted, r == SAGITTA_KNEE);
  const size_t length = strlen(markers.light);
  assert_true(length >= SAGITTA_LIGHT_TEXT - 3 && length < SAGITTA_LIGHT_TEXT);
  assert_int_equal((unsigned char)markers.light[length - 1], 0xbc);
  assert_string_equal(sagitta_colours_markers(&colours, NULL).light, "");
}

/* Protects: a small marker is looked for up to the colour that it has undiluted, in its own hue, and no nearer to grey
 * nor beside its hue than before. */
static void a_stretched_colour_reaches_further_out(void **state) {
  (void)state;
  const sg_chroma core = { 25, -13.3 };
  const sagitta_colour plain = sg_colour_learn(core, (sg_chroma){ -6, 12 });
  const sagitta_colour wide = sg_colour_stretched(&plain, 2, 0.5);
  for (double part = 0.05; part < 2; part += 0.05) {
    const sg_chroma at = { part * core.b, part * core.r };
    const bool before = sg_colour_distance(&plain, at) < 2, now = sg_colour_distance(&wide, at) < 2;
    if (part <= 1) assert_int_equal(before, now);
    if (before) assert_true(now);
  }
  assert_true(sg_colour_distance(&wide, (sg_chroma){ 1.45 * core.b, 1.45 * core.r }) < 2);
  assert_true(sg_colour_distance(&wide, (sg_chroma){ core.b + 6, core.r + 12 }) > 2);
  const sagitta_colour same = sg_colour_stretched(&plain, 2, 0);
  assert_memory_equal(&same, &plain, sizeof same);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(stickers_are_the_default_colours),
    cmocka_unit_test(advice_names_a_sticker),
    cmocka_unit_test(the_file_holds_what_was_found),
    cmocka_unit_test(a_stretched_colour_reaches_further_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
