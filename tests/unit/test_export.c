/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: what other programs read of a recording is what was measured, in their units and with their signs; what
 * cannot be had is blank, −1 or not there. */
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "recording.h"
#include "sagitta/export.h"

#define BLOCK 512

static const sagitta_sample lost = { SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };

/* Hip, pelvis strip and two ruler marks that are 100 px apart, in a picture of 640 x 480. */
static sagitta_tracks *few_rows(const double *times, size_t rows) {
  const sagitta_tracks_info info = { .width = 640, .height = 480 };
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  for (size_t row = 0; row < rows; row++) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int role = 0; role < SAGITTA_ROLES; role++) samples[role] = lost;
    const double moved = 10 * (times[row] - times[0]);
    samples[SAGITTA_HIP] = (sagitta_sample){ SAGITTA_SEEN, 300 + moved, 280, NAN, NAN, 20, 0.05 };
    samples[SAGITTA_PELVIS] = (sagitta_sample){ SAGITTA_SEEN, 310, 200, row == 1 ? 90 : 0, 60, 12, NAN };
    samples[SAGITTA_RULER0] = (sagitta_sample){ SAGITTA_SEEN, 100, 450, NAN, NAN, 20, 0.05 };
    samples[SAGITTA_RULER1] = (sagitta_sample){ SAGITTA_SEEN, 100, 350, NAN, NAN, 20, 0.05 };
    if (row == 1) samples[SAGITTA_HIP].state = SAGITTA_FILLED;
    if (row == 2) samples[SAGITTA_HIP] = lost;
    if (row == 2) samples[SAGITTA_PELVIS].length = NAN;
    if (row == 3) samples[SAGITTA_PELVIS].axis = NAN;
    assert_int_equal(sagitta_tracks_append(tracks, times[row], samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

static const double even[] = { 0, 0.1, 0.2, 0.3 };

static void test_trc_to_the_letter(void **state) {
  (void)state;
  sagitta_tracks *tracks = few_rows(even, 4);
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.ruler_cm = 20; /* 2 mm a px */
  settings.name = "a\tb.trc";
  char *text = NULL;
  size_t length = 0;
  sagitta_export_note note;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, &length, &note, NULL), SAGITTA_OK);
  assert_int_equal(length, strlen(text));
  assert_true(!note.uneven && note.from == SAGITTA_SCALE_RULER && fabs(note.rate - 10) < 1e-9);
  assert_string_equal(
      text,
      "PathFileType\t4\t(X/Y/Z)\ta b.trc\tsagitta-view/1 width=640 height=480 left=0 top=960 mm_per_px=2 "
      "scale_sd=0.01 "
      "hip_sigma=0.05 ruler0_sigma=0.05 ruler1_sigma=0.05\n"
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
      "10\t10\t4\t5\tmm\t10\t1\t4\n"
      "Frame#\tTime\thip\t\t\tpelvis_a\t\t\tpelvis_b\t\t\truler0\t\t\truler1\t\t\t\n"
      "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\tX3\tY3\tZ3\tX4\tY4\tZ4\tX5\tY5\tZ5\t\n"
      "\n"
      "1\t0.0000\t600.00000\t400.00000\t0.0\t620.00000\t500.00000\t0.0\t620.00000\t620.00000\t0.0\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n"
      "2\t0.1000\t602.00000\t400.00000\t0.0\t560.00000\t560.00000\t0.0\t680.00000\t560.00000\t0.0\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n"
      "3\t0.2000\t\t\t\t620.00000\t500.00000\t0.0\t620.00000\t620.00000\t0.0\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n"
      "4\t0.3000\t606.00000\t400.00000\t0.0\t\t\t\t\t\t\t"
      "200.00000\t60.00000\t0.0\t200.00000\t260.00000\t0.0\t\n");
  sagitta_free(text);
  sagitta_tracks_free(&tracks);
}

/* The plane of a calibrated camera, and the scale of a result, go before the ruler that is given along. */
static void test_where_the_scale_comes_from(void **state) {
  (void)state;
  sagitta_tracks *tracks = few_rows(even, 4);
  sagitta_export_settings settings = sagitta_export_default_settings();
  sagitta_export_note note;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *text = NULL;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, NULL, &error), SAGITTA_ERROR_ARGUMENT);
  assert_null(text);
  assert_non_null(strstr(error.text, "--ruler"));

  /* 0.5 cm a px, its origin at px (100, 400). */
  sagitta_camera camera = { .width = 640, .height = 480, .has_plane = true };
  const double to_cm[9] = { 0.5, 0, -50, 0, -0.5, 200, 0, 0, 1 };
  memcpy(camera.plane.to_cm, to_cm, sizeof to_cm);
  settings.camera = &camera;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, &note, NULL), SAGITTA_OK);
  assert_int_equal(note.from, SAGITTA_SCALE_PLANE);
  assert_non_null(strstr(text, "\n1\t0.0000\t1000.00000\t600.00000\t0.0\t"));
  sagitta_free(text);

  settings.camera = NULL;
  settings.ruler_cm = 20;
  settings.scale = (sagitta_scale){ SAGITTA_SCALE_STATURE, 0.1, 0.03 };
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, &note, NULL), SAGITTA_OK);
  assert_int_equal(note.from, SAGITTA_SCALE_STATURE);
  assert_non_null(strstr(text, "\n1\t0.0000\t300.00000\t200.00000\t0.0\t"));
  sagitta_free(text);

  camera.width = 320;
  settings.camera = &camera;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_tracks_free(&tracks);

  const sagitta_tracks_info info = { .width = 640, .height = 480 };
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  settings.camera = NULL;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, NULL, NULL), SAGITTA_NO_MEASUREMENT);
  assert_int_equal(sagitta_export_c3d(tracks, &settings, &text, NULL, NULL, NULL), SAGITTA_NO_MEASUREMENT);
  sagitta_tracks_free(&tracks);
}

/* ---- C3D ---- */

static unsigned word(const char *bytes, size_t at) {
  return (unsigned)(uint8_t)bytes[at] | (unsigned)(uint8_t)bytes[at + 1] << 8;
}

static double real(const char *bytes, size_t at) {
  const uint32_t bits = word(bytes, at) | (uint32_t)word(bytes, at + 2) << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

typedef struct c3d {
  char *bytes;
  size_t length, data; /* where the frames begin */
  unsigned markers, frames;
  double rate, scale;
} c3d;

static c3d c3d_of(const sagitta_tracks *tracks, double ruler_cm, sagitta_export_note *note) {
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.ruler_cm = ruler_cm;
  c3d f = { .bytes = NULL };
  assert_int_equal(sagitta_export_c3d(tracks, &settings, &f.bytes, &f.length, note, NULL), SAGITTA_OK);
  assert_true(f.length % BLOCK == 0 && f.bytes[0] == 2 && f.bytes[1] == 0x50);
  f.markers = word(f.bytes, 2);
  f.frames = word(f.bytes, 8);
  f.data = (word(f.bytes, 16) - 1) * (size_t)BLOCK;
  f.scale = real(f.bytes, 12);
  f.rate = real(f.bytes, 20);
  assert_true(word(f.bytes, 4) == 0 && word(f.bytes, 6) == 1);
  assert_true(f.bytes[BLOCK + 3] == 84 && f.data == BLOCK * (size_t)(1 + f.bytes[BLOCK + 2]));
  return f;
}

static double value(const c3d *f, unsigned frame, unsigned marker, unsigned column) {
  return real(f->bytes, f->data + 16 * ((size_t)frame * f->markers + marker) + 4 * column);
}

static void test_c3d(void **state) {
  (void)state;
  sagitta_tracks *tracks = few_rows(even, 4);
  sagitta_export_note note;
  c3d f = c3d_of(tracks, 20, &note);
  assert_true(f.markers == 5 && f.frames == 4 && fabs(f.rate - 10) < 1e-6 && !note.uneven);
  assert_true(f.scale < 0); /* floating point; as large as an integer file's would be */
  assert_true(fabs(-f.scale * 32000 - 680) < 1);
  /* Hip: seen with a standard error of 0.1 mm, filled, lost, seen. */
  const double residual = 256 + floor(0.1 / -f.scale + 0.5);
  assert_true(fabs(value(&f, 0, 0, 0) - 600) < 1e-3 && fabs(value(&f, 0, 0, 1) - 400) < 1e-3);
  assert_true(value(&f, 0, 0, 2) == 0 && value(&f, 0, 0, 3) == residual);
  assert_true(fabs(value(&f, 1, 0, 0) - 602) < 1e-3 && value(&f, 1, 0, 3) == 0);
  assert_true(value(&f, 2, 0, 3) == -1 && value(&f, 2, 0, 0) == 0 && value(&f, 2, 0, 1) == 0);
  assert_true(value(&f, 3, 0, 3) == residual);
  /* The strip: no standard error is known, which is no reason to call it filled. */
  assert_true(value(&f, 0, 1, 3) == 257 && value(&f, 3, 1, 3) == -1 && value(&f, 3, 2, 3) == -1);
  assert_true(fabs(value(&f, 1, 2, 0) - 680) < 1e-3 && fabs(value(&f, 1, 2, 1) - 560) < 1e-3);
  sagitta_free(f.bytes);
  sagitta_tracks_free(&tracks);
}

/* C3D has no times: frames that are not where the grid has them lie on the straight line between their neighbours. */
static void test_c3d_of_uneven_frames(void **state) {
  (void)state;
  static const double times[] = { 1, 1.02, 1.1, 1.2, 1.3, 1.4, 1.5 };
  sagitta_tracks *tracks = few_rows(times, 7);
  sagitta_export_note note;
  c3d f = c3d_of(tracks, 20, &note);
  assert_true(note.uneven && f.frames == 7 && fabs(f.rate - 12) < 1e-5);
  for (unsigned frame = 3; frame < 7; frame++) {
    if (value(&f, frame, 0, 3) < 0) continue;
    assert_true(fabs(value(&f, frame, 0, 0) - (600 + 20 * frame / 12.0)) < 1e-3);
  }
  assert_true(value(&f, 0, 0, 3) > 0 && value(&f, 5, 0, 3) == 0 && value(&f, 6, 0, 3) > 0);
  assert_true(value(&f, 1, 0, 3) == -1); /* next to the lost row */
  char *text = NULL;
  sagitta_export_settings settings = sagitta_export_default_settings();
  settings.ruler_cm = 20;
  assert_int_equal(sagitta_export_trc(tracks, &settings, &text, NULL, &note, NULL), SAGITTA_OK);
  assert_true(note.uneven && strstr(text, "\n2\t1.0200\t") && strstr(text, "\n12\t12\t7\t"));
  sagitta_free(text);
  sagitta_free(f.bytes);
  sagitta_tracks_free(&tracks);
}

/* More frames than a word of the header can count. */
static void test_long_c3d(void **state) {
  (void)state;
  enum { ROWS = 70000 };
  const sagitta_tracks_info info = { .width = 640, .height = 480 };
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  sagitta_sample samples[SAGITTA_ROLES];
  for (int role = 0; role < SAGITTA_ROLES; role++) samples[role] = lost;
  for (int row = 0; row < ROWS; row++) {
    samples[SAGITTA_RULER0] = (sagitta_sample){ SAGITTA_SEEN, 100, 450, NAN, NAN, 20, 0.05 };
    samples[SAGITTA_RULER1] = (sagitta_sample){ SAGITTA_SEEN, 100, 350, NAN, NAN, 20, 0.05 };
    assert_int_equal(sagitta_tracks_append(tracks, 0.02 * row, samples, NULL), SAGITTA_OK);
  }
  sagitta_export_note note;
  c3d f = c3d_of(tracks, 20, &note);
  assert_int_equal(f.frames, 65535);
  assert_true(f.length - f.data >= 16 * 2 * (size_t)ROWS && f.length - f.data < 16 * 2 * (size_t)ROWS + BLOCK);
  assert_non_null(memmem(f.bytes, f.data, "LONG_FRAMES", 11));
  const char *end = memmem(f.bytes, f.data, "ACTUAL_END_FIELD", 16);
  assert_non_null(end);
  assert_int_equal(word(end, 16 + 5) + 65536 * word(end, 16 + 7), ROWS);
  sagitta_free(f.bytes);
  sagitta_tracks_free(&tracks);
}

/* ---- MOT ---- */

typedef struct bend {
  sagitta_tracks *tracks;
  sagitta_result *result;
} bend;

static bend new_bend(sagitta_marker_set set, size_t hide_from, size_t hide_to) {
  uint64_t seed = 7;
  const person p = recording_person(seed, 1);
  const recording r = recording_default(set);
  bend b = { recording_tracks(&r, &p, &seed), NULL };
  assert_non_null(b.tracks);
  for (size_t row = hide_from; row < hide_to; row++) {
    assert_int_equal(sagitta_tracks_set(b.tracks, row, SAGITTA_KNEE, &lost), SAGITTA_OK);
  }
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_analyze(&b.result, b.tracks, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return b;
}

static void free_bend(bend *b) {
  sagitta_result_free(&b->result);
  sagitta_tracks_free(&b->tracks);
}

/* The column of a name, or −1. */
static int column_of(const char *names, const char *wanted) {
  int column = 0;
  for (const char *at = names; *at && *at != '\n'; column++) {
    const size_t length = strcspn(at, "\t\n");
    if (length == strlen(wanted) && strncmp(at, wanted, length) == 0) return column;
    at += length + (at[length] == '\t');
  }
  return -1;
}

static double cell(const char *row, int column) {
  for (; column > 0; column--) row = strchr(row, '\t') + 1;
  return strtod(row, NULL);
}

static void test_mot(void **state) {
  (void)state;
  static const struct {
    const char *name;
    sagitta_angle angle;
    double sign;
  } columns[] = {
    { "pelvis_tilt", SAGITTA_ANGLE_PELVIC_ROTATION, -1 },     { "hip_flexion_", SAGITTA_ANGLE_HIP_HINGE, 1 },
    { "lumbar_extension", SAGITTA_ANGLE_LUMBAR_FLEXION, -1 }, { "ribs_tilt", SAGITTA_ANGLE_RIBS_ROTATION, -1 },
    { "thigh_tilt_", SAGITTA_ANGLE_THIGH_ROTATION, -1 },      { "trunk_thigh_flexion_", SAGITTA_ANGLE_TRUNK_THIGH, 1 },
  };
  bend b = new_bend(SAGITTA_SET_CLINIC, 0, 0);
  char *text = NULL;
  size_t left_out = 99;
  assert_int_equal(sagitta_export_mot(b.result, &text, NULL, &left_out, NULL), SAGITTA_OK);
  const size_t rows = sagitta_result_angle_rows(b.result);
  char head[80];
  (void)snprintf(head, sizeof head, "Coordinates\nversion=1\nnRows=%zu\nnColumns=", rows - left_out);
  assert_int_equal(strncmp(text, head, strlen(head)), 0);
  assert_non_null(strstr(text, "\ninDegrees=yes\n"));
  const char *names = strstr(text, "\nendheader\n");
  assert_non_null(names);
  names += strlen("\nendheader\n");
  assert_int_equal(column_of(names, "time"), 0);
  double most = 0;
  for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
    char name[40];
    const size_t length = strlen(columns[k].name);
    const bool sided = columns[k].name[length - 1] == '_';
    (void)snprintf(name, sizeof name, "%s%s", columns[k].name,
                   !sided                                  ? ""
                   : sagitta_result_facing_right(b.result) ? "r"
                                                           : "l");
    const int column = column_of(names, name);
    if (column < 1) fail_msg("there is no column %s", name);
    const char *row = strchr(names, '\n') + 1;
    for (size_t i = 0; i < rows; i++, row = strchr(row, '\n') + 1) {
      const double wanted = columns[k].sign * sagitta_result_angle(b.result, i, columns[k].angle).value;
      assert_true(fabs(cell(row, 0) - sagitta_result_angle_time(b.result, i)) < 1e-4);
      assert_true(fabs(cell(row, column) - wanted) < 0.0051);
      if (columns[k].angle == SAGITTA_ANGLE_PELVIC_ROTATION) most = fmin(most, cell(row, column));
    }
    assert_true(*row == '\0');
  }
  assert_int_equal(left_out, 0);
  assert_true(most < -30); /* forward is negative */
  sagitta_free(text);
  free_bend(&b);
}

/* OpenSim takes no gaps: frames that have one are left out, and counted. */
static void test_mot_of_hidden_marker(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_CLINIC, 60, 120);
  char *text = NULL;
  size_t left_out = 0, lines = 0;
  assert_int_equal(sagitta_export_mot(b.result, &text, NULL, &left_out, NULL), SAGITTA_OK);
  assert_null(strcasestr(strstr(text, "endheader"), "nan"));
  for (const char *at = strstr(text, "\nendheader\n") + 11; *at; at++) lines += *at == '\n';
  assert_int_equal(lines, 1 + sagitta_result_angle_rows(b.result) - left_out);
  assert_true(left_out > 0);
  sagitta_free(text);
  free_bend(&b);
}

static void test_mot_needs_angles(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_STRIP, 0, 0);
  char *document = NULL, *text = NULL;
  size_t length = 0;
  sagitta_result *read = NULL;
  assert_int_equal(sagitta_result_print(b.result, &document, &length, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_result_parse(&read, document, length, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_export_mot(read, &text, NULL, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_null(text);
  sagitta_free(document);
  sagitta_result_free(&read);
  free_bend(&b);
}

/* ---- FHIR ---- */

static json_t *bundle_of(const sagitta_result *result, const sagitta_fhir_settings *settings) {
  char *text = NULL, *again = NULL;
  size_t length = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_export_fhir(result, settings, &text, &length, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(sagitta_export_fhir(result, settings, &again, NULL, NULL), SAGITTA_OK);
  assert_string_equal(text, again); /* the same names of the resources, too */
  json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(root);
  sagitta_free(text);
  sagitta_free(again);
  return root;
}

/* The Observation whose first coding is that code; borrowed, or NULL. */
static json_t *observation(json_t *bundle, const char *code) {
  size_t i;
  json_t *entry;
  json_array_foreach(json_object_get(bundle, "entry"), i, entry) {
    const char *found = NULL;
    json_t *resource = json_object_get(entry, "resource");
    json_t *coding = json_array_get(json_object_get(json_object_get(resource, "code"), "coding"), 0);
    if (json_unpack(coding, "{s:s}", "code", &found) == 0 && strcmp(found, code) == 0) return resource;
  }
  return NULL;
}

static json_t *resource_of(json_t *bundle, const char *type) {
  size_t i;
  json_t *entry;
  json_array_foreach(json_object_get(bundle, "entry"), i, entry) {
    json_t *resource = json_object_get(entry, "resource");
    if (strcmp(json_string_value(json_object_get(resource, "resourceType")), type) == 0) return resource;
  }
  return NULL;
}

static void test_fhir_of_nobody(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_CLINIC, 0, 0);
  json_t *bundle = bundle_of(b.result, NULL);
  assert_null(resource_of(bundle, "Patient"));
  json_t *hinge = observation(bundle, "hip_hinge_deg");
  assert_non_null(hinge);
  assert_null(json_object_get(hinge, "subject"));
  assert_null(json_object_get(hinge, "effectiveDateTime"));
  double value;
  const char *unit, *system;
  assert_int_equal(
      json_unpack(hinge, "{s:{s:f,s:s,s:s}}", "valueQuantity", "value", &value, "code", &unit, "system", &system), 0);
  assert_true(fabs(value - sagitta_result_summary(b.result)->hip_hinge.value) < 0.0051);
  assert_string_equal(unit, "deg");
  assert_string_equal(system, "http://unitsofmeasure.org");
  assert_int_equal(json_unpack(observation(bundle, "lumbar_share"), "{s:{s:f,s:s}}", "valueQuantity", "value", &value,
                               "code", &unit),
                   0);
  assert_true(fabs(value - 100 * sagitta_result_summary(b.result)->lumbar_share.value) < 0.0051);
  assert_string_equal(unit, "%");
  assert_null(observation(bundle, "72514-3"));
  assert_null(observation(bundle, "8302-2"));
  assert_non_null(observation(bundle, "toe-touch"));
  json_decref(bundle);
  free_bend(&b);
}

static void test_fhir_of_a_client(void **state) {
  (void)state;
  bend b = new_bend(SAGITTA_SET_STRIP, 0, 0);
  sagitta_fhir_settings of = sagitta_fhir_default_settings();
  of.client = "K-7";
  of.name = "Zoë \"<b>\" \xFF Müller";
  of.birth_year = 1980;
  of.sex = SAGITTA_SEX_FEMALE;
  of.date = "2026-05-31";
  of.height_cm = 171.5;
  of.pain = 0;
  json_t *bundle = bundle_of(b.result, &of);
  json_t *patient = resource_of(bundle, "Patient");
  const char *id, *name, *gender, *born;
  assert_int_equal(json_unpack(patient, "{s:[{s:s}],s:[{s:s}],s:s,s:s}", "identifier", "value", &id, "name", "text",
                               &name, "gender", &gender, "birthDate", &born),
                   0);
  assert_string_equal(id, "K-7");
  assert_string_equal(name, "Zoë \"<b>\" ? Müller");
  assert_string_equal(gender, "female");
  assert_string_equal(born, "1980");
  double pain, height;
  assert_int_equal(json_unpack(observation(bundle, "72514-3"), "{s:{s:F}}", "valueQuantity", "value", &pain), 0);
  assert_int_equal(json_unpack(observation(bundle, "8302-2"), "{s:{s:F}}", "valueQuantity", "value", &height), 0);
  assert_true(pain == 0 && height == 171.5);
  assert_string_equal(json_string_value(json_object_get(observation(bundle, "8302-2"), "effectiveDateTime")),
                      "2026-05-31");
  json_decref(bundle);
  of.client = NULL; /* then nobody is named, and a stature of nobody is none */
  bundle = bundle_of(b.result, &of);
  assert_null(resource_of(bundle, "Patient"));
  assert_null(observation(bundle, "8302-2"));
  json_decref(bundle);
  free_bend(&b);
}

static void test_fhir_refuses(void **state) {
  (void)state;
  static const char *const wrong[] = {
    "", "26-05-31", "2026-13-01", "2026-02-30", "2026-05-31T10:00:00", "31.5.2026", "2026-05-31T25:00:00Z", "2026-5-31"
  };
  static const char *const right[] = { "2026", "2026-05", "2024-02-29", "2026-05-31T10:00:00Z",
                                       "2026-05-31T10:00:00.25+02:00" };
  bend b = new_bend(SAGITTA_SET_STRIP, 0, 0);
  sagitta_fhir_settings of = sagitta_fhir_default_settings();
  char *text = NULL;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    of.date = wrong[i];
    if (sagitta_export_fhir(b.result, &of, &text, NULL, NULL) != SAGITTA_ERROR_ARGUMENT) fail_msg("%s", wrong[i]);
    assert_null(text);
  }
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
    of.date = right[i];
    if (sagitta_export_fhir(b.result, &of, &text, NULL, NULL) != SAGITTA_OK) fail_msg("%s", right[i]);
    sagitta_free(text);
  }
  of.date = NULL;
  of.birth_year = 80;
  assert_int_equal(sagitta_export_fhir(b.result, &of, &text, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  of.birth_year = 0;
  of.pain = 11;
  assert_int_equal(sagitta_export_fhir(b.result, &of, &text, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  free_bend(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_trc_to_the_letter),
    cmocka_unit_test(test_where_the_scale_comes_from),
    cmocka_unit_test(test_c3d),
    cmocka_unit_test(test_c3d_of_uneven_frames),
    cmocka_unit_test(test_long_c3d),
    cmocka_unit_test(test_mot),
    cmocka_unit_test(test_mot_of_hidden_marker),
    cmocka_unit_test(test_mot_needs_angles),
    cmocka_unit_test(test_fhir_of_nobody),
    cmocka_unit_test(test_fhir_of_a_client),
    cmocka_unit_test(test_fhir_refuses),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
