/* SPDX-License-Identifier: Apache-2.0 */
/* Protects reading TRC and C3D and every export against memory running short at any single allocation. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "failing_memory.h"
#include "regular_bends.h"
#include "sagitta/export.h"

static sagitta_tracks *tracks;
static sagitta_result *result;
static char *c3d;
static size_t c3d_length;

static sagitta_status use_reader(void *unused) {
  (void)unused;
  const char *text =
      "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tUnits\n50\tmm\nFrame#\tTime\tA\tB\tC\n\tX1\n"
      "1\t0\t0\t1400\t1\t0\t900\t2\t0\t500\t3\n2\t1\t500\t1000\t1\t0\t900\t30\t0\t500\t3\n";
  const sagitta_trc_name names[] = { { SAGITTA_SHOULDER, SAGITTA_WHOLE, "A" },
                                     { SAGITTA_HIP, SAGITTA_LOWER, "B" },
                                     { SAGITTA_HIP, SAGITTA_UPPER, "C" } };
  const sagitta_trc_settings settings = { .names = names, .name_count = 3, .up = 0 };
  sagitta_tracks *read = NULL;
  const sagitta_status status = sagitta_tracks_parse_trc(&read, text, strlen(text), &settings, NULL, NULL);
  assert_true((status == SAGITTA_OK) == (read != NULL));
  sagitta_tracks_free(&read);
  return status;
}

/* One of our own. */
static sagitta_status use_c3d_reader(void *unused) {
  (void)unused;
  sagitta_tracks *read = NULL;
  const sagitta_status status = sagitta_tracks_parse_c3d(&read, c3d, c3d_length, NULL, NULL, NULL);
  assert_true((status == SAGITTA_OK) == (read != NULL));
  sagitta_tracks_free(&read);
  return status;
}

static sagitta_status use_export(void *which) {
  sagitta_export_settings settings = sagitta_export_default_settings();
  sagitta_fhir_settings of = sagitta_fhir_default_settings();
  settings.scale = (sagitta_scale){ SAGITTA_SCALE_STATURE, 0.2, 0.03 };
  of.client = "a";
  of.name = "b";
  of.pain = 3;
  char *text = NULL;
  sagitta_status status;
  switch (*(const char *)which) {
    case 't':
      status = sagitta_export_trc(tracks, &settings, &text, NULL, NULL, NULL);
      break;
    case 'c':
      status = sagitta_export_c3d(tracks, &settings, &text, NULL, NULL, NULL);
      break;
    case 'w':
      status = sagitta_export_tracks_with_angles(tracks, result, &text, NULL, NULL);
      break;
    case 'm':
      status = sagitta_export_mot(result, &text, NULL, NULL, NULL);
      break;
    default:
      status = sagitta_export_fhir(result, &of, &text, NULL, NULL);
  }
  assert_true((status == SAGITTA_OK) == (text != NULL));
  sagitta_free(text);
  return status;
}

static void test_reader(void **state) {
  (void)state;
  failing_memory_each(use_reader, NULL, 5, 1);
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.scale = (sagitta_scale){ SAGITTA_SCALE_STATURE, 0.2, 0.03 };
  assert_int_equal(sagitta_export_c3d(tracks, &settings, &c3d, &c3d_length, NULL, NULL), SAGITTA_OK);
  failing_memory_each(use_c3d_reader, NULL, 5, 1);
  sagitta_free(c3d);
}

static void test_exports(void **state) {
  (void)state;
  failing_memory_each(use_export, "t", 8, 1);
  failing_memory_each(use_export, "c", 8, 1);
  failing_memory_each(use_export, "m", 4, 1);
  failing_memory_each(use_export, "w", 4, 1);
  failing_memory_each(use_export, "f", 100, 7);
}

static int make(void **state) {
  (void)state;
  uint64_t seed = 3;
  const person p = recording_person(seed, 1);
  const recording r = recording_default(SAGITTA_SET_CLINIC);
  tracks = recording_tracks(&r, &p, &seed);
  return tracks && sagitta_analyze(&result, tracks, NULL, NULL) == SAGITTA_OK ? 0 : -1;
}

static int unmake(void **state) {
  (void)state;
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_reader),
    cmocka_unit_test(test_exports),
  };
  return cmocka_run_group_tests(tests, make, unmake);
}
