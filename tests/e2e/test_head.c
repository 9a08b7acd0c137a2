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
#include <string.h>

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
    assert_true(head_hide(plan, (size_t)row, (uint8_t *)pixels, WIDTH, HEIGHT, 4 * WIDTH, 1, 1));
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
    assert_true(head_hide(plan, (size_t)row, (uint8_t *)pixels, WIDTH, HEIGHT, 4 * WIDTH, 1, 1));
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
        assert_true(head_hide(plan, (size_t)row, (uint8_t *)pixels, WIDTH, HEIGHT, 4 * WIDTH, 1, 1));
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

/* ---- arms, and others ---- */

#define ARM 80.0 /* px, acromion to fingertips */

/* A wall with a fine pattern, on which everybody shows. */
static void draw_wall(uint32_t *pixels) {
  for (int i = 0; i < WIDTH * HEIGHT; i++) pixels[i] = ((i % WIDTH) ^ (i / WIDTH)) & 1 ? 0xd8d8d8 : 0xa8a8a8;
}

/* A band of a pattern of its own, `half` px to either side of a line. */
static void draw_line(uint32_t *pixels, double x0, double y0, double x1, double y1, double half) {
  const double dx = x1 - x0, dy = y1 - y0, length = dx * dx + dy * dy;
  for (int v = 0; v < HEIGHT; v++) {
    for (int u = 0; u < WIDTH; u++) {
      double along = length > 0 ? ((u + 0.5 - x0) * dx + (v + 0.5 - y0) * dy) / length : 0;
      along = fmin(fmax(along, 0), 1);
      if (hypot(u + 0.5 - x0 - along * dx, v + 0.5 - y0 - along * dy) > half) continue;
      pixels[v * WIDTH + u] = (u ^ v) & 1 ? 0x704020 : 0x503010;
    }
  }
}

/* Where the hand is: the arm makes that angle with straight down, forwards. */
static void hand_at(const sagitta_tracks *tracks, int row, double side, double forwards, double *x, double *y) {
  const sagitta_sample shoulder = sagitta_tracks_get(tracks, (size_t)row, SAGITTA_SHOULDER);
  *x = shoulder.x + side * ARM * sin(forwards * M_PI / 180);
  *y = shoulder.y + ARM * cos(forwards * M_PI / 180);
}

/* Trunk, legs, head and arm. */
static void draw_person(uint32_t *pixels, const sagitta_tracks *tracks, int row, head h, double hand_x, double hand_y) {
  const sagitta_sample shoulder = sagitta_tracks_get(tracks, (size_t)row, SAGITTA_SHOULDER);
  const sagitta_sample hip = sagitta_tracks_get(tracks, (size_t)row, SAGITTA_HIP);
  draw_line(pixels, shoulder.x, shoulder.y, hip.x, hip.y, 0.22 * TRUNK);
  draw_line(pixels, hip.x, hip.y, 160, 185, 0.17 * TRUNK);
  draw_line(pixels, 160, 185, 160, 228, 0.12 * TRUNK);
  draw_line(pixels, h.x, h.y, h.x, h.y, h.radius);
  draw_line(pixels, shoulder.x, shoulder.y, hand_x, hand_y, 0.09 * TRUNK);
}

static int same_in(const uint32_t *was, const uint32_t *now, double x, double y, double radius) {
  int same = 0;
  for (int v = 0; v < HEIGHT; v++) {
    for (int u = 0; u < WIDTH; u++) {
      const int at = v * WIDTH + u;
      same += hypot(u + 0.5 - x, v + 0.5 - y) <= radius && ((was[at] ^ now[at]) & 0xffffff) == 0;
    }
  }
  return same;
}

/* Arms held forwards while the person bends, without a marker on them, are the person's: hand and forearm stay as they
 * were filmed, in whatever direction; a stranger who walks by does not, nor the wall; and the head goes all the same.
 */
static void arms_stay(void **state) {
  (void)state;
  static uint32_t was[WIDTH * HEIGHT], now[WIDTH * HEIGHT];
  const int learnt[] = { 0, 4, 6, 8, 10 };
  for (int kind = 0; kind < 8; kind++) {
    const scene s = { .right = kind % 2, .deepest = 80, .neck_up = 5, .neck_down = 10 };
    const double side = s.right ? 1 : -1, forwards = 36 + 10 * (kind / 2);
    sagitta_tracks *tracks = record(&s);
    head_plan *plan = head_plan_new(tracks, s.right);
    assert_non_null(plan);
    sagitta_sample samples[SAGITTA_ROLES];
    for (int pass = 0; pass < 2; pass++) {
      for (size_t i = 0; i < sizeof learnt / sizeof *learnt; i++) {
        const int row = learnt[i];
        const head h = pose(&s, row, samples);
        double x, y;
        hand_at(tracks, row, side, forwards, &x, &y);
        draw_wall(was);
        const double stranger = 160 - side * (60 + 8.0 * row); /* behind the person's back, going away */
        draw_line(was, stranger, 70, stranger, 220, 0.25 * TRUNK);
        draw_person(was, tracks, row, h, x, y);
        memcpy(now, was, sizeof now);
        if (pass == 0) {
          assert_true(head_plan_learn(plan, (uint8_t *)now, WIDTH, HEIGHT, 4 * WIDTH));
          continue;
        }
        assert_true(head_hide(plan, (size_t)row, (uint8_t *)now, WIDTH, HEIGHT, 4 * WIDTH, 1, 1));
        assert_int_equal(same_in(was, now, h.x, h.y, h.radius - 1), 0);
        if (fabs(stranger - 160) > 1.9 * TRUNK) assert_true(same_in(was, now, stranger, 90, 10) < 30);
        if (row != 0 && row != 10) continue; /* between them hand and others cross each other's places */
        const sagitta_sample shoulder = sagitta_tracks_get(tracks, (size_t)row, SAGITTA_SHOULDER);
        const double part = 0.8;
        if (hypot(x - h.x, y - h.y) > 1.2 * TRUNK)
          assert_true(same_in(was, now, shoulder.x + part * (x - shoulder.x), shoulder.y + part * (y - shoulder.y), 4) >
                      40);
      }
    }
    head_plan_free(&plan);
    sagitta_tracks_free(&tracks);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(every_bend), cmocka_unit_test(lost_markers),
                                      cmocka_unit_test(legs_stay), cmocka_unit_test(back_stays_and_background_goes),
                                      cmocka_unit_test(arms_stay) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
