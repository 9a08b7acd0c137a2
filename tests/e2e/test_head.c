/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects: no face leaves the overlay. People of other proportions than the
 * hiding assumes bend to the floor, look down or ahead, reach, and lose their
 * shoulder or hip marker; of their heads not one pixel may stay as it was.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "drawing/shown_frame.h"
#include "sagitta/sagitta.h"

#define WIDTH  320
#define HEIGHT 240
#define ROWS   21
#define RATE   10.0
#define TRUNK  55.0 /* px, hip to acromion */

typedef struct scene {
  bool right;
  double deepest;            /* deg, lean of the trunk */
  double neck_up, neck_down; /* deg from the trunk's line, standing and at the deepest */
  int lost_from, lost_until; /* rows */
  sagitta_role lost;
} scene;

typedef struct head {
  double x, y, radius;
} head;

static double lean_at(const scene *s, int row) {
  return s->deepest * 0.5 * (1 - cos(2 * M_PI * row / (ROWS - 1)));
}

/* Crown at 1.00, acromion at 0.818, hip at 0.530 of stature: the head's centre is 0.40 trunk lengths beyond the
 * acromion and its radius 0.23; the reaching acromion slides up to 0.1 before the neck. */
static head pose(const scene *s, int row, sagitta_sample *samples) {
  double side = s->right ? 1 : -1, lean = lean_at(s, row), part = s->deepest > 0 ? lean / s->deepest : 0;
  double trunk = side * lean * M_PI / 180, length = TRUNK * (1 - 0.15 * part);
  double neck = side * (lean + s->neck_up + part * (s->neck_down - s->neck_up)) * M_PI / 180;
  double slide = side * 0.1 * part * TRUNK;
  double hip_x = 160 - side * 12 * part, hip_y = 135;
  double shoulder_x = hip_x + length * sin(trunk), shoulder_y = hip_y - length * cos(trunk);
  const sagitta_sample unknown = { SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
  for (int r = 0; r < SAGITTA_ROLES; r++) samples[r] = unknown;
  samples[SAGITTA_SHOULDER] = (sagitta_sample){ SAGITTA_SEEN, shoulder_x, shoulder_y, NAN, NAN, 12, 0.05 };
  samples[SAGITTA_HIP] = (sagitta_sample){ SAGITTA_SEEN, hip_x, hip_y, NAN, NAN, 12, 0.05 };
  samples[SAGITTA_KNEE] = (sagitta_sample){ SAGITTA_SEEN, 160, 185, NAN, NAN, 12, 0.05 };
  if (row >= s->lost_from && row < s->lost_until) samples[s->lost] = unknown;
  return (head){ shoulder_x - slide * cos(trunk) + 0.40 * TRUNK * sin(neck),
                 shoulder_y - slide * sin(trunk) - 0.40 * TRUNK * cos(neck), 0.23 * TRUNK };
}

/* A chessboard of black and white pixels: the mean of a block is neither. */
static void draw_board(uint32_t *pixels) {
  for (int i = 0; i < WIDTH * HEIGHT; i++) pixels[i] = ((i % WIDTH) ^ (i / WIDTH)) & 1 ? 0xffffff : 0;
}

static int left_to_see(const uint32_t *pixels, head h) {
  int left = 0, reach = (int)ceil(h.radius) + 1;
  for (int y = (int)h.y - reach; y <= (int)h.y + reach; y++) {
    for (int x = (int)h.x - reach; x <= (int)h.x + reach; x++) {
      if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) continue;
      if (hypot(x + 0.5 - h.x, y + 0.5 - h.y) > h.radius) continue;
      left += pixels[y * WIDTH + x] == 0 || pixels[y * WIDTH + x] == 0xffffff;
    }
  }
  return left;
}

static void check(const scene *s) {
  const sagitta_tracks_info info = { .width = WIDTH, .height = HEIGHT, .set = SAGITTA_SET_DISCS };
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, &error), SAGITTA_OK);
  sagitta_sample samples[SAGITTA_ROLES];
  for (int row = 0; row < ROWS; row++) {
    pose(s, row, samples);
    assert_int_equal(sagitta_tracks_append(tracks, row / RATE, samples, &error), SAGITTA_OK);
  }
  head_plan *plan = head_plan_new(tracks, s->right);
  uint32_t *pixels = malloc(sizeof *pixels * WIDTH * HEIGHT);
  assert_non_null(plan);
  assert_non_null(pixels);
  head_plan_keep_background(plan); /* that the head is hidden does not hang on it */
  for (int row = 0; row < ROWS; row++) {
    head h = pose(s, row, samples);
    draw_board(pixels);
    head_hide(plan, (size_t)row, (uint8_t *)pixels, WIDTH, HEIGHT, 4 * WIDTH, 1, 1);
    int left = left_to_see(pixels, h);
    if (left > 0)
      fail_msg("row %d: %d px of the head can be seen (lean %.0f, %s)", row, left, lean_at(s, row),
               s->right ? "right" : "left");
  }
  free(pixels);
  head_plan_free(&plan);
  sagitta_tracks_free(&tracks);
}

static void every_bend(void **state) {
  (void)state;
  for (int side = 0; side < 2; side++) {
    for (int deepest = 0; deepest <= 130; deepest += 26) {
      for (int up = -15; up <= 45; up += 30) {
        for (int down = -35; down <= 75; down += 22) {
          check(&(scene){ .right = side, .deepest = deepest, .neck_up = up, .neck_down = down });
        }
      }
    }
  }
}

static void lost_markers(void **state) {
  (void)state;
  const sagitta_role roles[] = { SAGITTA_SHOULDER, SAGITTA_HIP };
  const int gaps[][2] = { { 0, 3 }, { 4, 6 }, { 4, 10 }, { 7, 12 }, { 2, 18 }, { 15, ROWS } };
  for (size_t r = 0; r < 2; r++) {
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
      for (int deepest = 60; deepest <= 120; deepest += 30) {
        check(&(scene){ .right = g % 2,
                        .deepest = deepest,
                        .neck_up = 0,
                        .neck_down = 30,
                        .lost = roles[r],
                        .lost_from = gaps[g][0],
                        .lost_until = gaps[g][1] });
      }
    }
  }
}

/* Hiding everything would pass all of the above. */
static void legs_stay(void **state) {
  (void)state;
  const scene s = { .right = true, .deepest = 100, .neck_down = 40 };
  const sagitta_tracks_info info = { .width = WIDTH, .height = HEIGHT, .set = SAGITTA_SET_DISCS };
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  sagitta_sample samples[SAGITTA_ROLES];
  for (int row = 0; row < ROWS; row++) {
    pose(&s, row, samples);
    assert_int_equal(sagitta_tracks_append(tracks, row / RATE, samples, NULL), SAGITTA_OK);
  }
  head_plan *plan = head_plan_new(tracks, true);
  uint32_t *pixels = malloc(sizeof *pixels * WIDTH * HEIGHT);
  assert_non_null(plan);
  assert_non_null(pixels);
  for (int row = 0; row < ROWS; row++) {
    const head knee = { 155, 192, 7 };
    draw_board(pixels);
    head_hide(plan, (size_t)row, (uint8_t *)pixels, WIDTH, HEIGHT, 4 * WIDTH, 1, 1);
    assert_true(left_to_see(pixels, knee) > 145);
  }
  free(pixels);
  head_plan_free(&plan);
  sagitta_tracks_free(&tracks);
}

/* A recording of the scene. */
static sagitta_tracks *record(const scene *s) {
  const sagitta_tracks_info info = { .width = WIDTH, .height = HEIGHT, .set = SAGITTA_SET_DISCS };
  sagitta_tracks *tracks = NULL;
  sagitta_sample samples[SAGITTA_ROLES];
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  for (int row = 0; row < ROWS; row++) {
    pose(s, row, samples);
    assert_int_equal(sagitta_tracks_append(tracks, row / RATE, samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

static int changed_in(const uint32_t *pixels, double x, double y, double radius) {
  int count = 0;
  for (int v = 0; v < HEIGHT; v++) {
    for (int u = 0; u < WIDTH; u++) {
      const uint32_t was = (u ^ v) & 1 ? 0xffffff : 0;
      count += hypot(u + 0.5 - x, v + 0.5 - y) <= radius && (pixels[v * WIDTH + u] & 0xffffff) != was;
    }
  }
  return count;
}

/* Shoulder, back and hip are what is looked at: not a pixel of theirs changes. Far from the person none stays, unless
 * the background is kept. */
static void back_stays_and_background_goes(void **state) {
  (void)state;
  uint32_t *pixels = malloc(sizeof *pixels * WIDTH * HEIGHT);
  assert_non_null(pixels);
  for (int kind = 0; kind < 6; kind++) {
    const scene s = {
      .right = kind % 2, .deepest = 40 + 30 * (kind / 2), .neck_up = 10, .neck_down = 20.0 * kind - 30
    };
    sagitta_tracks *tracks = record(&s);
    for (int keep = 0; keep < 2; keep++) {
      head_plan *plan = head_plan_new(tracks, s.right);
      assert_non_null(plan);
      if (keep) head_plan_keep_background(plan);
      for (int row = 0; row < ROWS; row++) {
        const sagitta_sample shoulder = sagitta_tracks_get(tracks, (size_t)row, SAGITTA_SHOULDER);
        const sagitta_sample hip = sagitta_tracks_get(tracks, (size_t)row, SAGITTA_HIP);
        draw_board(pixels);
        head_hide(plan, (size_t)row, (uint8_t *)pixels, WIDTH, HEIGHT, 4 * WIDTH, 1, 1);
        assert_int_equal(changed_in(pixels, shoulder.x, shoulder.y, 2.5), 0);
        assert_int_equal(changed_in(pixels, hip.x, hip.y, 6), 0);
        const double middle_x = (shoulder.x + hip.x) / 2, middle_y = (shoulder.y + hip.y) / 2;
        assert_int_equal(changed_in(pixels, middle_x, middle_y, 2), 0);
        const double away = s.right ? 20 : WIDTH - 20;
        const int all = keep ? 0 : changed_in(pixels, away, 200, 15);
        assert_true(keep ? changed_in(pixels, away, 200, 15) == 0 : all > 690);
      }
      head_plan_free(&plan);
    }
    sagitta_tracks_free(&tracks);
  }
  free(pixels);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(every_bend), cmocka_unit_test(lost_markers),
                                      cmocka_unit_test(legs_stay), cmocka_unit_test(back_stays_and_background_goes) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
