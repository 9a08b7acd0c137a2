/* SPDX-License-Identifier: Apache-2.0 */
/* Protects hosts that were compiled with an earlier header of the same soname: what lies in their memory, or in an
 * array, stays as large as it is; settings grow out of their reserve, and a reserve that is not 0 is refused and not
 * passed over. tests/gates/structs.py reads the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sagitta/cage.h"
#include "sagitta/cameras.h"
#include "sagitta/proof.h"
#include "sagitta/sagitta.h"

typedef enum kind { FIXED, RESERVED, GROWS } kind;

/* Bytes where pointers have 64 bits. A size that changes here needs another soname, unless the struct GROWS and becomes
 * larger. */
#define ROW(name, bytes, kind) \
  { #name, sizeof(name), bytes, kind }
static const struct {
  const char *name;
  size_t is, was;
  kind kind;
} table[] = {
  ROW(sagitta_analysis_settings, 160, RESERVED),
  ROW(sagitta_cage_support, 2, FIXED),
  ROW(sagitta_board, 16, FIXED),
  ROW(sagitta_lens_view, 336, RESERVED),
  ROW(sagitta_lens_corner, 32, FIXED),
  ROW(sagitta_lens_report, 1120, GROWS),
  ROW(sagitta_lens_settings, 104, RESERVED),
  ROW(sagitta_plane_point, 32, FIXED),
  ROW(sagitta_plane_settings, 184, RESERVED),
  ROW(sagitta_plane_report, 1192, RESERVED),
  ROW(sagitta_lens, 200, RESERVED),
  ROW(sagitta_plane, 136, RESERVED),
  ROW(sagitta_camera, 448, RESERVED),
  ROW(sagitta_camera_mode, 48, RESERVED),
  ROW(sagitta_camera_found, 272, RESERVED),
  ROW(sagitta_camera_packet, 64, RESERVED),
  ROW(sagitta_camera_report, 104, RESERVED),
  ROW(sagitta_camera_settings, 136, RESERVED),
  ROW(sagitta_check_line, 528, RESERVED),
  ROW(sagitta_check_marker, 88, RESERVED),
  ROW(sagitta_check_facts, 4448, GROWS),
  ROW(sagitta_sticker, 32, FIXED),
  ROW(sagitta_marker_colour, 176, RESERVED),
  ROW(sagitta_colours, 2880, RESERVED),
  ROW(sagitta_kernel, 24, FIXED),
  ROW(sagitta_explained_candidate, 152, RESERVED),
  ROW(sagitta_explained_cost, 120, RESERVED),
  ROW(sagitta_explained_moment, 80, GROWS),
  ROW(sagitta_explained_start, 96, RESERVED),
  ROW(sagitta_export_settings, 112, RESERVED),
  ROW(sagitta_export_note, 56, RESERVED),
  ROW(sagitta_fhir_settings, 112, RESERVED),
  ROW(sagitta_format, 24, FIXED),
  ROW(sagitta_language, 16, FIXED),
  ROW(sagitta_live_settings, 120, RESERVED),
  ROW(sagitta_live_repetition, 64, RESERVED),
  ROW(sagitta_live_view, 1160, RESERVED),
  ROW(sagitta_colour, 40, FIXED),
  ROW(sagitta_marker, 104, RESERVED),
  ROW(sagitta_markers, 1856, RESERVED),
  ROW(sagitta_proof_mark, 48, FIXED),
  ROW(sagitta_proof_facts, 224, RESERVED),
  ROW(sagitta_proof_quantity, 48, RESERVED),
  ROW(sagitta_proof_line, 504, RESERVED),
  ROW(sagitta_proof_sighting, 32, FIXED),
  ROW(sagitta_proof, 7072, GROWS),
  ROW(sagitta_quantity, 56, FIXED),
  ROW(sagitta_phase, 72, FIXED),
  ROW(sagitta_repetition, 2720, RESERVED),
  ROW(sagitta_summary, 1016, GROWS),
  ROW(sagitta_quantity_info, 80, RESERVED),
  ROW(sagitta_scale, 24, FIXED),
  ROW(sagitta_protocol_score, 72, FIXED),
  ROW(sagitta_norm, 288, GROWS),
  ROW(sagitta_score, 888, GROWS),
  ROW(sagitta_verdict, 160, GROWS),
  ROW(sagitta_angle_value, 24, FIXED),
  ROW(sagitta_range, 136, GROWS),
  ROW(sagitta_view, 32, GROWS),
  ROW(sagitta_simulation_settings, 176, RESERVED),
  ROW(sagitta_simulated_person, 64, RESERVED),
  ROW(sagitta_simulated_bend, 136, RESERVED),
  ROW(sagitta_simulated_frame, 104, RESERVED),
  ROW(sagitta_simulated_motion, 56, RESERVED),
  ROW(sagitta_error, 1072, RESERVED),
  ROW(sagitta_prompts, 56, FIXED),
  ROW(sagitta_test, 240, RESERVED),
  ROW(sagitta_precaution, 24, GROWS),
  ROW(sagitta_pick, 32, FIXED),
  ROW(sagitta_track_settings, 144, RESERVED),
  ROW(sagitta_timings, 88, RESERVED),
  ROW(sagitta_sample, 56, FIXED),
  ROW(sagitta_camera_pose, 32, FIXED),
  ROW(sagitta_tracks_info, 664, RESERVED),
  ROW(sagitta_track_note, 32, RESERVED),
  ROW(sagitta_stretch, 16, FIXED),
  ROW(sagitta_trc_name, 16, FIXED),
  ROW(sagitta_trc_settings, 88, RESERVED),
  ROW(sagitta_trc_view, 504, RESERVED),
  ROW(sagitta_source_settings, 112, RESERVED),
  ROW(sagitta_frame, 200, RESERVED),
  ROW(sagitta_input_info, 856, RESERVED),
  ROW(sagitta_warning, 456, RESERVED),
};

static void test_sizes_stay(void **state) {
  (void)state;
  if (sizeof(void *) != 8) skip();
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    const int good = table[i].kind == GROWS ? table[i].is >= table[i].was : table[i].is == table[i].was;
    if (!good) fail_msg("%s has %zu bytes and had %zu: another soname", table[i].name, table[i].is, table[i].was);
  }
}

/* ---- a reserve that is not 0 ---- */

static sagitta_source *source;
static sagitta_simulation *person;
static sagitta_result *result;
static sagitta_error error;

static int set_up(void **state) {
  (void)state;
  const char *picture = PICTURE;
  if (sagitta_source_open(&source, &picture, 1, NULL, NULL) || sagitta_simulate_person(&person, NULL, 0, NULL))
    return 1;
  return sagitta_analyze(&result, sagitta_simulation_tracks(person), NULL, NULL) != SAGITTA_OK;
}

static int tear_down(void **state) {
  (void)state;
  sagitta_result_free(&result);
  sagitta_simulation_free(&person);
  sagitta_source_close(&source);
  return 0;
}

/* `call` must refuse each word of s.reserved; whatever else the settings say. */
#define REFUSES(s, call)                                                             \
  for (size_t word = 0; word < sizeof(s).reserved / sizeof *(s).reserved; word++) {  \
    error = (sagitta_error)SAGITTA_ERROR_INIT;                                       \
    (s).reserved[word] = UINT64_C(1) << (8 * word % 64);                             \
    assert_int_equal(call, SAGITTA_ERROR_ARGUMENT);                                  \
    if (!strstr(error.text, "does not know")) fail_msg("%s: %s", #call, error.text); \
    (s).reserved[word] = 0;                                                          \
  }

static int watch(void *user, const sagitta_frame *frame, const sagitta_input_info *info, double time_s) {
  (void)user, (void)frame, (void)info, (void)time_s;
  return SAGITTA_CAMERA_STOP;
}

static void test_of_sources_and_tracking(void **state) {
  (void)state;
  sagitta_source_settings opening = sagitta_source_default_settings();
  sagitta_source *none = NULL;
  const char *name = PICTURE;
  REFUSES(opening, sagitta_source_open(&none, &name, 1, &opening, &error));
  sagitta_track_settings tracking = sagitta_track_default_settings();
  sagitta_tracks *tracks = NULL;
  sagitta_check *check = NULL;
  sagitta_colours colours;
  REFUSES(tracking, sagitta_track_source(&tracks, source, &tracking, NULL, NULL, &error));
  REFUSES(tracking, sagitta_check_source(&check, source, &tracking, &error));
  REFUSES(tracking, sagitta_colours_learn(&colours, source, &tracking, &error));
  sagitta_live_settings live = sagitta_live_default_settings();
  sagitta_live *view = NULL;
  REFUSES(live, sagitta_live_new(&view, &live, &error));
  sagitta_camera_settings camera = { 0 };
  REFUSES(camera, sagitta_camera_record(&none, "/dev/video0", &camera, watch, NULL, &error));
}

static void test_of_calibration(void **state) {
  (void)state;
  sagitta_lens_settings lens = { .board = { 9, 6, 2.5 } };
  sagitta_lens_report *report = NULL;
  REFUSES(lens, sagitta_calibrate_lens(&report, source, &lens, &error));
  sagitta_plane_settings plane = { .kind = SAGITTA_PLANE_BOARD, .board = { 9, 6, 2.5 } };
  sagitta_plane_report placed;
  REFUSES(plane, sagitta_calibrate_plane(&placed, source, &plane, &error));
}

static void test_of_files(void **state) {
  (void)state;
  const sagitta_tracks *tracks = sagitta_simulation_tracks(person);
  char *text = NULL;
  sagitta_export_settings export = sagitta_export_default_settings();
  REFUSES(export, sagitta_export_trc(tracks, &export, &text, NULL, NULL, &error));
  REFUSES(export, sagitta_export_c3d(tracks, &export, &text, NULL, NULL, &error));
  sagitta_fhir_settings fhir = sagitta_fhir_default_settings();
  REFUSES(fhir, sagitta_export_fhir(result, &fhir, &text, NULL, &error));
  sagitta_trc_settings trc = { 0 };
  sagitta_tracks *read = NULL;
  REFUSES(trc, sagitta_tracks_parse_trc(&read, "", 0, &trc, NULL, &error));
  REFUSES(trc, sagitta_tracks_parse_c3d(&read, "", 0, &trc, NULL, &error));
}

static void test_of_people_and_analysis(void **state) {
  (void)state;
  sagitta_analysis_settings analysis = sagitta_analysis_default_settings();
  sagitta_result *out = NULL;
  REFUSES(analysis, sagitta_analyze(&out, sagitta_simulation_tracks(person), &analysis, &error));
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  sagitta_simulation *simulation = NULL;
  REFUSES(settings, sagitta_simulate_person(&simulation, &settings, 0, &error));
}

/* ---- what the library fills in ---- */

#define FILL(s) memset(&(s), 0xA5, sizeof(s))
#define ZEROS(s)                                                                    \
  for (size_t word = 0; word < sizeof(s).reserved / sizeof *(s).reserved; word++) { \
    if ((s).reserved[word]) fail_msg("%s: the reserve is not 0", #s);               \
  }

static void test_frames_have_zeros(void **state) {
  (void)state;
  sagitta_video *video = NULL;
  sagitta_frame frame;
  FILL(frame);
  assert_int_equal(sagitta_video_open(&video, source, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_read(video, &frame, NULL), SAGITTA_OK);
  ZEROS(frame);
  ZEROS(*sagitta_video_info(video));
  sagitta_live *live = NULL;
  sagitta_live_view view;
  FILL(view);
  assert_int_equal(sagitta_live_new(&live, NULL, NULL), SAGITTA_OK);
  REFUSES(frame, sagitta_live_frame(live, &frame, sagitta_video_info(video), &view, &error));
  assert_int_equal(sagitta_live_frame(live, &frame, sagitta_video_info(video), &view, NULL), SAGITTA_OK);
  ZEROS(view);
  ZEROS(view.provisional);
  sagitta_live_free(&live);
  sagitta_video_close(&video);
}

static void test_tracking_has_zeros(void **state) {
  (void)state;
  sagitta_tracks *tracks = NULL;
  sagitta_markers found;
  sagitta_timings timings;
  FILL(found);
  FILL(timings);
  (void)sagitta_track_source(&tracks, source, NULL, &found, &timings, NULL);
  sagitta_tracks_free(&tracks);
  ZEROS(found);
  ZEROS(found.role[SAGITTA_HIP]);
  ZEROS(timings);
  sagitta_tracks_info info = { .width = 640, .height = 480 };
  REFUSES(info, sagitta_tracks_new(&tracks, &info, &error));
}

static void test_results_have_zeros(void **state) {
  (void)state;
  size_t count = 0;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count; i++) ZEROS(repetitions[i]);
  const sagitta_warning *warnings = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) ZEROS(warnings[i]);
  ZEROS(*sagitta_result_input(result));
  const sagitta_simulated_bend *bends = sagitta_simulation_bends(person, &count);
  for (size_t i = 0; i < count; i++) ZEROS(bends[i]);
  const sagitta_simulated_frame *frames = sagitta_simulation_frames(person, &count);
  for (size_t i = 0; i < count; i++) ZEROS(frames[i]);
  const sagitta_simulated_person who = sagitta_simulation_person(person);
  const sagitta_simulated_motion motion = sagitta_simulation_motion(person);
  const sagitta_track_note note = sagitta_tracks_note(sagitta_simulation_tracks(person), SAGITTA_HIP);
  ZEROS(who);
  ZEROS(motion);
  ZEROS(note);
  ZEROS(*sagitta_tracks_get_info(sagitta_simulation_tracks(person)));
}

static void test_files_have_zeros(void **state) {
  (void)state;
  char *text = NULL;
  size_t length = 0;
  sagitta_export_note note;
  sagitta_export_settings scaled = sagitta_export_default_settings();
  scaled.scale = (sagitta_scale){ SAGITTA_SCALE_RULER, 0.2, 0.01 };
  FILL(note);
  assert_int_equal(sagitta_export_trc(sagitta_simulation_tracks(person), &scaled, &text, &length, &note, NULL),
                   SAGITTA_OK);
  ZEROS(note);
  sagitta_tracks *tracks = NULL;
  sagitta_trc_view view;
  FILL(view);
  assert_int_equal(sagitta_tracks_parse_trc(&tracks, text, length, NULL, &view, NULL), SAGITTA_OK);
  ZEROS(view);
  ZEROS(view.camera);
  ZEROS(view.camera.plane);
  sagitta_tracks_free(&tracks);
  sagitta_free(text);
  sagitta_markers markers = sagitta_markers_default(), read;
  ZEROS(markers);
  FILL(read);
  assert_int_equal(sagitta_markers_print(&markers, &text, &length, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_markers_parse(&read, text, length, NULL), SAGITTA_OK);
  ZEROS(read);
  ZEROS(read.role[SAGITTA_KNEE]);
  sagitta_free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_sizes_stay),
    cmocka_unit_test(test_of_sources_and_tracking),
    cmocka_unit_test(test_of_calibration),
    cmocka_unit_test(test_of_files),
    cmocka_unit_test(test_of_people_and_analysis),
    cmocka_unit_test(test_frames_have_zeros),
    cmocka_unit_test(test_tracking_has_zeros),
    cmocka_unit_test(test_results_have_zeros),
    cmocka_unit_test(test_files_have_zeros),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
