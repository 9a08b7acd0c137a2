/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against memory running short at any single allocation: MEMORY is answered, nothing leaks, what was there
 * stays whole. And the size of an hour of tracks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <malloc.h>
#include <cmocka.h>

#include "failing_memory.h"
#include "sagitta/markers.h"
#include "tracks_help.h"

static sagitta_status use_tracks(void *unused) {
  (void)unused;
  const char *text =
      "# sagitta-tracks/1 width=1280 height=720 source=\"a clip.mp4\"\n"
      "time_s,hip_x,hip_y,hip_axis,hip_length,hip_state,knee_x,knee_y,knee_size,knee_sigma,knee_state\n"
      "0,1,2,3,4,seen,,,,,lost\n1,1,2,3,4,seen,5,6,7,8,seen\n";
  sagitta_tracks *tracks = NULL;
  char *printed = NULL;
  sagitta_status status = sagitta_tracks_parse(&tracks, text, strlen(text), NULL);
  if (status == SAGITTA_OK) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int r = 0; r < SAGITTA_ROLES; r++) samples[r] = (sagitta_sample){ SAGITTA_SEEN, 1, 2, 3, 4, 5, 0 };
    for (int i = 2; i < 300 && status == SAGITTA_OK; i++) {
      status = sagitta_tracks_append(tracks, i, samples, NULL);
      assert_int_equal(sagitta_tracks_rows(tracks), status == SAGITTA_OK ? i + 1 : i);
      assert_true(sagitta_tracks_get(tracks, 1, SAGITTA_KNEE).sigma == 8);
    }
  }
  if (status == SAGITTA_OK) status = sagitta_tracks_print(tracks, &printed, NULL, NULL);
  assert_true((status == SAGITTA_OK) == (printed != NULL));
  sagitta_free(printed);
  sagitta_tracks_free(&tracks);
  return status;
}

static sagitta_status use_trajectories(void *unused) {
  (void)unused;
  const char *text =
      "#Kinovea Trajectory data export\n#T X Y\n\n# shoulder\n0 1 9\n0.04 2 9\n0.08 3 8\n\n"
      "# knee\n0 1 4\n0.04 1 4\n0.08 1 4\n";
  const sagitta_trc_settings settings = { .points = SAGITTA_POINTS_CLICKED };
  sagitta_tracks *tracks = NULL;
  const sagitta_status status = sagitta_tracks_parse_trajectories(&tracks, text, strlen(text), &settings, NULL, NULL);
  assert_true((status == SAGITTA_OK) == (tracks != NULL));
  sagitta_tracks_free(&tracks);
  return status;
}

static sagitta_status use_markers(void *unused) {
  (void)unused;
  sagitta_markers markers = sagitta_markers_default(), again;
  char *text = NULL;
  size_t length = 0;
  sagitta_status status = sagitta_markers_print(&markers, &text, &length, NULL);
  if (status == SAGITTA_OK) status = sagitta_markers_parse(&again, text, length, NULL);
  sagitta_free(text);
  return status;
}

static void test_tracks(void **state) {
  (void)state;
  failing_memory_each(use_tracks, NULL, 4, 1);
  failing_memory_each(use_trajectories, NULL, 4, 1);
}

static void test_markers(void **state) {
  (void)state;
  failing_memory_each(use_markers, NULL, 4, 1);
}

static void test_an_hour_is_small(void **state) {
  (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  skip();
#endif
  const struct mallinfo2 before = mallinfo2();
  sagitta_tracks *tracks = new_tracks(1920, 1080);
  for (int i = 0; i < 3600 * 30; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      const int strip = r == SAGITTA_HIP || r == SAGITTA_PELVIS || r == SAGITTA_RIBS;
      samples[r] = (sagitta_sample){ SAGITTA_SEEN, i % 1000, 3, strip ? 10 : NAN, strip ? 99 : NAN, 20, 0.05 };
    }
    samples[SAGITTA_RULER1].state = SAGITTA_LOST;
    assert_int_equal(sagitta_tracks_append(tracks, i / 30.0, samples, NULL), SAGITTA_OK);
  }
  const struct mallinfo2 after = mallinfo2();
  const double grown = (double)(after.uordblks + after.hblkhd) - (double)(before.uordblks + before.hblkhd);
  print_message("an hour of eight roles: %.1f MB\n", grown / 1e6);
  assert_true(grown < 27e6);
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_tracks),
    cmocka_unit_test(test_markers),
    cmocka_unit_test(test_an_hour_is_small),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
