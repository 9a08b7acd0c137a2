/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: which runs belong to one component, and that its seed lies inside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "synthetic.h"
#include "track/detections.h"

enum { WIDTH = 48, HEIGHT = 32 };

/* Runs of a picture in which each character is a colour and '.' is none. */
static size_t runs_of(const uint8_t *picture, sg_run *runs) {
  size_t count = 0;
  for (uint16_t y = 0; y < HEIGHT; y++) {
    for (uint16_t x = 0; x < WIDTH;) {
      const uint8_t colour = picture[y * WIDTH + x];
      uint16_t end = x;
      while (end < WIDTH && picture[y * WIDTH + end] == colour) end++;
      if (colour < 8) runs[count++] = (sg_run){ .y = y, .x0 = x, .x1 = end, .colour = colour };
      x = end;
    }
  }
  return count;
}

static void flood(const uint8_t *picture, int *label, int at, int name) {
  static int stack[WIDTH * HEIGHT];
  int top = 0;
  label[at] = name;
  stack[top++] = at;
  while (top > 0) {
    const int here = stack[--top], x = here % WIDTH, y = here / WIDTH;
    for (int v = y - 1; v <= y + 1; v++) {
      for (int u = x - 1; u <= x + 1; u++) {
        if (u < 0 || v < 0 || u >= WIDTH || v >= HEIGHT) continue;
        const int next = v * WIDTH + u;
        if (picture[next] != picture[at] || label[next]) continue;
        label[next] = name;
        stack[top++] = next;
      }
    }
  }
}

static void random_pictures_agree_with_a_flood_fill(void **unused) {
  (void)unused;
  sg_components *components = sg_components_new();
  assert_non_null(components);
  uint64_t random = 11;
  for (int trial = 0; trial < 300; trial++) {
    uint8_t picture[WIDTH * HEIGHT];
    const double density = 0.2 + 0.7 * synthetic_uniform(&random);
    const int colours = 1 + (int)(3.0 * synthetic_uniform(&random));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      picture[i] = synthetic_uniform(&random) < density ? (uint8_t)(synthetic_uniform(&random) * colours) : 255;
    }
    int label[WIDTH * HEIGHT] = { 0 }, count = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      if (picture[i] < 8 && !label[i]) flood(picture, label, i, ++count);
    }
    static sg_run runs[WIDTH * HEIGHT];
    const sg_component *found;
    const ptrdiff_t n = sg_components_join(components, runs, runs_of(picture, runs), 1, &found);
    assert_int_equal(n, count);
    bool used[WIDTH * HEIGHT + 1] = { false };
    for (ptrdiff_t i = 0; i < n; i++) {
      const sg_component *c = &found[i];
      const int name = label[c->seed_y * WIDTH + c->seed_x];
      assert_true(name > 0 && !used[name]); /* the seed lies in a blob of its own */
      used[name] = true;
      int64_t area = 0;
      int x0 = WIDTH, y0 = HEIGHT, x1 = 0, y1 = 0;
      for (int at = 0; at < WIDTH * HEIGHT; at++) {
        if (label[at] != name) continue;
        const int x = at % WIDTH, y = at / WIDTH;
        area++;
        if (x < x0) x0 = x;
        if (x + 1 > x1) x1 = x + 1;
        if (y < y0) y0 = y;
        if (y + 1 > y1) y1 = y + 1;
      }
      assert_int_equal(c->area, area);
      assert_true(c->x0 == x0 && c->x1 == x1 && c->y0 == y0 && c->y1 == y1);
      assert_int_equal(c->colour, picture[c->seed_y * WIDTH + c->seed_x]);
    }
  }
  sg_components_free(components);
}

static void small_blobs_are_left_out(void **unused) {
  (void)unused;
  const sg_run runs[] = { { .y = 1, .x0 = 0, .x1 = 3 }, { .y = 5, .x0 = 7, .x1 = 8 } };
  sg_components *components = sg_components_new();
  const sg_component *found;
  assert_int_equal(sg_components_join(components, runs, 2, 2, &found), 1);
  assert_int_equal(found[0].area, 3);
  assert_int_equal(sg_components_join(components, runs, 0, 1, &found), 0);
  sg_components_free(components);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(random_pictures_agree_with_a_flood_fill),
    cmocka_unit_test(small_blobs_are_left_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
