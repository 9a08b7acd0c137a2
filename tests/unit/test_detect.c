/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: a marker that was found is not lost because of what lies beside it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "filmed.h"

enum { PICTURES = 8, COVERED = 3 };

static const double wall[3] = { 170, 172, 176 }, blue[3] = { 35, 80, 220 }, green[3] = { 30, 170, 70 };
static const double magenta[3] = { 225, 35, 135 }, yellow[3] = { 240, 205, 30 };

/* What somebody lays beside the ankle: stripes of strong colours. */
static const double red[3] = { 190, 60, 50 }, teal[3] = { 40, 150, 150 };

typedef struct disc {
  sagitta_role role;
  double x, y;
  const double *colour;
} disc;

static const disc discs[] = { { SAGITTA_SHOULDER, 120, 95, blue },
                              { SAGITTA_HIP, 119, 172, green },
                              { SAGITTA_KNEE, 121, 234, magenta },
                              { SAGITTA_ANKLE, 120, 293, yellow } };
#define DISCS    (sizeof discs / sizeof *discs)
#define DIAMETER 7.0
#define BESIDE   4.0 /* px from the disc's rim to the stripes */

static const double *paint(const void *user, int number, double x, double y) {
  (void)user;
  for (size_t i = 0; i < DISCS; i++) {
    if (2 * hypot(x - discs[i].x, y - discs[i].y) < DIAMETER) return discs[i].colour;
  }
  const disc *ankle = &discs[DISCS - 1];
  const double off = fmax(fabs(x - ankle->x), fabs(y - ankle->y)) - DIAMETER / 2;
  if (number < COVERED || off < BESIDE || off > BESIDE + 16) return wall;
  return fmod(x + y, 8) < 4 ? red : teal;
}

static void a_marker_beside_many_colours_is_still_seen(void **unused) {
  (void)unused;
  sagitta_tracks *tracks = filmed_track(paint, NULL, PICTURES, false, SAGITTA_OK);
  assert_non_null(tracks);
  assert_int_equal(sagitta_tracks_rows(tracks), PICTURES);
  for (size_t row = 0; row < PICTURES; row++) {
    for (size_t i = 0; i < DISCS; i++) {
      const sagitta_sample s = sagitta_tracks_get(tracks, row, discs[i].role);
      if (s.state != SAGITTA_SEEN) fail_msg("%s is lost in picture %zu", sagitta_role_name(discs[i].role), row);
      assert_true(hypot(s.x - discs[i].x, s.y - discs[i].y) < 0.5);
    }
  }
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(a_marker_beside_many_colours_is_still_seen) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
