/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the tracks file: the exact format, that reading and writing are inverse, what is tolerated, what is refused
 * and how the message finds the place. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tracks_help.h"

#define FIRST "# sagitta-tracks/1 width=1280 height=720\n"
#define HIP   "time_s,hip_x,hip_y,hip_state\n"

static void test_the_format(void **state) {
  (void)state;
  const sagitta_tracks_info info = { .width = 1280,
                                     .height = 720,
                                     .set = SAGITTA_SET_STRIP,
                                     .rotation_deg = 90,
                                     .rate = 29.97,
                                     .program = "0.1.0",
                                     .source = "a \"clip\".mp4" };
  sagitta_tracks *tracks = NULL;
  sagitta_sample samples[SAGITTA_ROLES] = { { .state = SAGITTA_LOST } };
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  samples[SAGITTA_HIP] = (sagitta_sample){ SAGITTA_SEEN, 640.5, 360.25, -1.5, 140, 30.1, 0.0211 };
  samples[SAGITTA_KNEE] = (sagitta_sample){ SAGITTA_FILLED, -3, 500.00012, NAN, NAN, NAN, NAN };
  assert_int_equal(sagitta_tracks_append(tracks, 0, samples, NULL), SAGITTA_OK);
  samples[SAGITTA_HIP].state = SAGITTA_LOST;
  samples[SAGITTA_KNEE].state = SAGITTA_SEEN;
  assert_int_equal(sagitta_tracks_append(tracks, 0.0333667, samples, NULL), SAGITTA_OK);
  char *text = print_tracks(tracks);
  assert_string_equal(text,
                      "# sagitta-tracks/1 width=1280 height=720 set=strip rotation=90 rate=29.97 program=0.1.0 "
                      "source=\"a \\\"clip\\\".mp4\"\n"
                      "time_s,hip_x,hip_y,hip_axis,hip_length,hip_size,hip_sigma,hip_state,knee_x,knee_y,knee_size,"
                      "knee_sigma,knee_state\n"
                      "0,640.5,360.25,-1.5,140,30.1,0.0211,seen,-3,500.0001,,,filled\n"
                      "0.0334,,,,,,,lost,-3,500.0001,,,seen\n");
  sagitta_free(text);
  sagitta_tracks_free(&tracks);
}

/* A small generator of its own, so that a failure comes again. */
static double uniform(uint64_t *seed, double low, double high) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return low + (high - low) * (double)(*seed >> 11) / 9007199254740992.0;
}

static sagitta_tracks *random_tracks(uint64_t seed, size_t rows) {
  const sagitta_tracks_info info = { .width = 1920, .height = 1080, .set = SAGITTA_SET_CLINIC, .source = "r.mp4" };
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  double time = uniform(&seed, -1, 1);
  for (size_t row = 0; row < rows; row++) {
    sagitta_sample samples[SAGITTA_ROLES];
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      sagitta_sample *s = &samples[r];
      s->state = (sagitta_state)uniform(&seed, 0, 3);
      s->x = uniform(&seed, -1920, 3840);
      s->y = uniform(&seed, -1080, 2160);
      s->axis = r == SAGITTA_PELVIS ? uniform(&seed, -400, 400) : NAN;
      s->length = r == SAGITTA_RIBS ? uniform(&seed, 0, 300) : NAN;
      s->size = uniform(&seed, 0, 1) < 0.2 ? NAN : uniform(&seed, 5, 50);
      s->sigma = r == SAGITTA_HAND ? NAN : uniform(&seed, 0, 0.2);
    }
    time += uniform(&seed, 0.0002, 0.05);
    assert_int_equal(sagitta_tracks_append(tracks, time, samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

static int same(double a, double b) {
  return a == b || (isnan(a) && isnan(b));
}

static void test_reading_is_the_inverse_of_writing(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    sagitta_tracks *tracks = random_tracks(seed, 50 * (size_t)seed);
    char *text = print_tracks(tracks);
    sagitta_tracks *again = parse_tracks(text);
    char *second = print_tracks(again);
    assert_string_equal(text, second);
    for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) {
      assert_true(sagitta_tracks_time(tracks, row) == sagitta_tracks_time(again, row));
      for (int r = 0; r < SAGITTA_ROLES; r++) {
        const sagitta_sample a = sagitta_tracks_get(tracks, row, (sagitta_role)r);
        const sagitta_sample b = sagitta_tracks_get(again, row, (sagitta_role)r);
        assert_true(a.state == b.state && same(a.x, b.x) && same(a.y, b.y) && same(a.axis, b.axis) &&
                    same(a.length, b.length) && same(a.size, b.size) && same(a.sigma, b.sigma));
      }
    }
    sagitta_free(text);
    sagitta_free(second);
    sagitta_tracks_free(&tracks);
    sagitta_tracks_free(&again);
  }
}

static void test_writing_in_pieces_gives_the_same_bytes(void **state) {
  (void)state;
  char path[] = "tracks-test-XXXXXX";
  const int file = mkstemp(path);
  assert_true(file >= 0);
  (void)close(file);
  sagitta_tracks *tracks = random_tracks(3, 2000);
  sagitta_output *output = NULL;
  assert_int_equal(sagitta_output_open(&output, path, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_tracks_write(tracks, output, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_output_commit(&output, NULL), SAGITTA_OK);
  sagitta_tracks *again = NULL;
  assert_int_equal(sagitta_tracks_read(&again, path, NULL), SAGITTA_OK);
  char *text = print_tracks(tracks), *second = print_tracks(again);
  assert_string_equal(text, second);
  const sagitta_input_info *input = sagitta_tracks_input(again);
  assert_int_equal(input->kind, SAGITTA_INPUT_TRACKS);
  assert_string_equal(input->source, path);
  assert_int_equal(input->frames, 2000);
  assert_true(input->frame_rate > 10 && input->variable_frame_rate);
  sagitta_free(text);
  sagitta_free(second);
  sagitta_tracks_free(&tracks);
  sagitta_tracks_free(&again);
  (void)unlink(path);
}

static void test_a_full_disk_is_noticed(void **state) {
  (void)state;
  sagitta_tracks *tracks = random_tracks(4, 1000);
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_output *output = NULL;
  assert_int_equal(sagitta_output_open(&output, "/dev/full", NULL), SAGITTA_OK);
  assert_int_equal(sagitta_tracks_write(tracks, output, &error), SAGITTA_ERROR_WRITE);
  assert_non_null(strstr(error.text, "full"));
  sagitta_output_discard(&output);
  assert_null(output);
  sagitta_tracks_free(&tracks);
}

static void test_what_is_tolerated(void **state) {
  (void)state;
  static const char *const same_file[] = {
    FIRST HIP "0,1.5,2,seen\n1,,,lost\n",
    "\xEF\xBB\xBF" FIRST HIP "0,1.5,2,seen\n1,,,lost\n",
    "# sagitta-tracks/1 width=1280 height=720\r\ntime_s,hip_x,hip_y,hip_state\r\n0,1.5,2,seen\r\n1,,,lost\r\n\r\n",
    FIRST HIP "0,1.5,2,seen\n1,,,lost",
    FIRST HIP "0 , 1.5,2,seen \t\n\n1,,,lost\n  \n",
    FIRST "# a remark\n" HIP "# another\n0,1.5,2,seen\n1,,,lost\n",
    FIRST "hip_state,hip_y,neck_x,hip_x,time_s,\nseen,2,x,1.5,0,\nlost,,,,1,\n",
    FIRST "\"time_s\",\"hip_x\",\"hip_y\",\"hip_state\",\"a, \"\"b\"\"\"\n0,\"1.5\",2,seen,\"x,\"\n1,,,,\n",
    FIRST "time_s,hip_x,hip_y,hip_size,hip_state,knee_x,knee_y,knee_state\n0,1.5,2,,seen,,,lost\n1,4,5,6,lost,,,\n",
    "# sagitta-tracks/1 colour=blue width=1280 note=\"x = 3\" height=720 hello\n" HIP "0e0,15e-1,+2.0,seen\n1,,,lost\n",
    FIRST "time_s,hip_x,hip_y,hip_axis,hip_length,hip_state\n0.00001,1.50004,1.99996,,,seen\n1,,,,,lost\n",
  };
  const char *expected =
      "# sagitta-tracks/1 width=1280 height=720 rotation=0\ntime_s,hip_x,hip_y,hip_size,hip_sigma,hip_state\n"
      "0,1.5,2,,,seen\n1,,,,,lost\n";
  for (size_t i = 0; i < sizeof same_file / sizeof *same_file; i++) {
    sagitta_tracks *tracks = parse_tracks(same_file[i]);
    char *text = print_tracks(tracks);
    if (strcmp(text, expected) != 0) fail_msg("case %zu:\n%s", i, text);
    sagitta_free(text);
    sagitta_tracks_free(&tracks);
  }
}

static void test_the_first_line_is_understood(void **state) {
  (void)state;
  sagitta_tracks *tracks = parse_tracks(
      "# sagitta-tracks/1 rate=119.88 height=3 width=2 set=clinic rotation=-90 program=\"0 \\u00e9\" source=x.mp4\n"
      "time_s\n");
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  assert_true(info->width == 2 && info->height == 3 && info->rotation_deg == 270 && info->rate == 119.88);
  assert_int_equal(info->set, SAGITTA_SET_CLINIC);
  assert_string_equal(info->program, "0 \xC3\xA9");
  assert_string_equal(info->source, "x.mp4");
  assert_int_equal(sagitta_tracks_rows(tracks), 0);
  sagitta_tracks_free(&tracks);
}

/* Where a recorder stalled outlives the tracks file, as rounded there. */
static void test_repeated_pictures_are_kept(void **state) {
  (void)state;
  const char *text = "# sagitta-tracks/1 width=3 height=3 repeated=3-5.4,7.1-7.50004\n" HIP "0,1,2,seen\n";
  sagitta_tracks *tracks = parse_tracks(text);
  size_t count = 0;
  const sagitta_stretch *stretch = sagitta_tracks_repeated(tracks, &count);
  assert_int_equal(count, 2);
  assert_true(stretch[0].from_s == 3 && stretch[0].to_s == 5.4 && stretch[1].from_s == 7.1 && stretch[1].to_s == 7.5);
  assert_int_equal(sagitta_tracks_add_repeated(tracks, (sagitta_stretch){ 7.4, 8 }), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sagitta_tracks_add_repeated(tracks, (sagitta_stretch){ 8, NAN }), SAGITTA_ERROR_ARGUMENT);
  char *again = print_tracks(tracks);
  assert_non_null(strstr(again, " repeated=3-5.4,7.1-7.5"));
  sagitta_free(again);
  for (int i = 2; i < SAGITTA_STRETCHES; i++) {
    const sagitta_stretch next = { 10 + i, 10.5 + i };
    assert_int_equal(sagitta_tracks_add_repeated(tracks, next), SAGITTA_OK);
  }
  assert_int_equal(sagitta_tracks_add_repeated(tracks, (sagitta_stretch){ 90, 91 }), SAGITTA_ERROR_ARGUMENT);
  again = print_tracks(tracks);
  sagitta_tracks *same = parse_tracks(again);
  sagitta_tracks_repeated(same, &count);
  assert_int_equal(count, SAGITTA_STRETCHES);
  sagitta_tracks_free(&same);
  sagitta_free(again);
  sagitta_tracks_free(&tracks);
}

/* That the light changed outlives the tracks file: whatever is missing after it is missing for that reason. */
static void test_changed_colours_are_kept(void **state) {
  (void)state;
  const char *text = "# sagitta-tracks/1 width=3 height=3 colours_changed=1.70004\n" HIP "0,1,2,seen\n2,,,lost\n";
  sagitta_tracks *tracks = parse_tracks(text);
  size_t count = 0;
  const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &count);
  assert_int_equal(count, 1);
  assert_int_equal(warning->code, SAGITTA_WARNING_COLOURS_CHANGED);
  assert_true(warning->from_s == 1.7 && warning->to_s == 1.7 && warning->role == -1);
  assert_non_null(strstr(warning->message, "changed at 1.7 s"));
  char *again = print_tracks(tracks);
  assert_non_null(strstr(again, " colours_changed=1.7\n"));
  sagitta_tracks *same = parse_tracks(again);
  char *third = print_tracks(same);
  assert_string_equal(again, third);
  sagitta_free(third);
  sagitta_tracks_free(&same);
  sagitta_free(again);
  sagitta_tracks_free(&tracks);
  tracks = parse_tracks("# sagitta-tracks/1 width=3 height=3\n" HIP "0,1,2,seen\n");
  (void)sagitta_tracks_warnings(tracks, &count);
  assert_int_equal(count, 0);
  again = print_tracks(tracks);
  assert_null(strstr(again, "colours_changed"));
  sagitta_free(again);
  sagitta_tracks_free(&tracks);
}

static void test_what_is_refused_and_where(void **state) {
  (void)state;
  static const struct {
    const char *text, *says;
  } cases[] = {
    { "", "empty" },
    { "\n", "first line" },
    { "time_s,hip_x\n0,1\n", "another program" },
    { "frame;x;y\n", "another program" },
    { "\xFF\xFE#", "UTF-16" },
    { "PathFileType\t4\n", "TRC" },
    { "# sagitta-tracks/2 width=3 height=3\n", "newer" },
    { "# sagitta-tracks/10 width=3 height=3\n", "newer" },
    { "# sagitta-tracks/1\n" HIP, "width" },
    { "# sagitta-tracks/1 width=3\n" HIP, "height" },
    { "# sagitta-tracks/1 width=0 height=3\n" HIP, "width=0" },
    { "# sagitta-tracks/1 width=16001 height=3\n" HIP, "16000" },
    { "# sagitta-tracks/1 width=3.5 height=3\n" HIP, "whole number" },
    { "# sagitta-tracks/1 width=nan height=3\n" HIP, "whole number" },
    { "# sagitta-tracks/1 width=3 height=3 rotation=45\n" HIP, "rotation=45" },
    { "# sagitta-tracks/1 width=3 height=3 set=many\n" HIP, "set=many" },
    { "# sagitta-tracks/1 width=3 height=3 rate=fast\n" HIP, "rate=fast" },
    { "# sagitta-tracks/1 width=3 height=3 repeated=3\n" HIP, "repeated=3" },
    { "# sagitta-tracks/1 width=3 height=3 repeated=3-2\n" HIP, "repeated=3-2" },
    { "# sagitta-tracks/1 width=3 height=3 repeated=3-4,3.5-5\n" HIP, "in order" },
    { "# sagitta-tracks/1 width=3 height=3 repeated=3-4,\n" HIP, "repeated" },
    { "# sagitta-tracks/1 width=3 height=3 repeated=1-1e99\n" HIP, "repeated" },
    { "# sagitta-tracks/1 width=3 height=3 colours_changed=soon\n" HIP, "colours_changed=soon" },
    { "# sagitta-tracks/1 width=3 height=3 colours_changed=-1\n" HIP, "a time in s" },
    { "# sagitta-tracks/1 width=3 height=3 colours_changed=1e9\n" HIP, "colours_changed" },
    { "# sagitta-tracks/1 width=3 height=3 source=\"open\n" HIP, "source" },
    { "# sagitta-tracks/1 width=3 height=3 source=\"\\q\"\n" HIP, "source" },
    { FIRST, "ends after line 1" },
    { FIRST "time_s;hip_x;hip_y\n", "semicolons" },
    { FIRST "hip_x,hip_y,hip_state\n", "time_s is missing" },
    { FIRST "time_s,hip_x,hip_y\n", "hip_state is missing" },
    { FIRST "time_s,hip_state,hip_y\n", "hip_x is missing" },
    { FIRST "time_s,hip_axis\n", "hip_x is missing" },
    { FIRST "time_s,time_s\n", "time_s stands twice" },
    { FIRST "time_s,hip_x,hip_y,hip_x,hip_state\n", "hip_x stands twice" },
    { FIRST HIP "0,1,2\n", "Line 3 has 3 columns" },
    { FIRST HIP "0,1,2,seen,4\n", "Line 3 has 5 columns" },
    { FIRST HIP "0,1,2,seen\n\n1,1,2,\"seen\n", "Line 5" },
    { FIRST HIP "0,1,2,seen\n0,1,2,seen\n", "Line 4: the time \"0\" is that of the row before as well" },
    { FIRST HIP "1,1,2,seen\n0.5,1,2,seen\n", "Line 4, column time_s" },
    { FIRST HIP "0,1,2,seen\n0.00004,1,2,seen\n", "Line 4: the time \"0.00004\"" },
    { FIRST HIP ",1,2,seen\n", "column time_s" },
    { FIRST HIP "1e9,1,2,seen\n", "column time_s" },
    { FIRST HIP "0,one,2,seen\n", "Line 3, column hip_x: \"one\" is not a number" },
    { FIRST HIP "0,1,nan,seen\n", "Line 3, column hip_y: \"nan\" is not a number" },
    { FIRST HIP "0,1,inf,seen\n", "column hip_y" },
    { FIRST HIP "0,1,1e999,seen\n", "column hip_y" },
    { FIRST HIP "0,0x10,2,seen\n", "column hip_x" },
    { FIRST HIP "0,1.5.5,2,seen\n", "column hip_x" },
    { FIRST HIP "0,1 5,2,seen\n", "column hip_x" },
    { FIRST HIP "0,,2,seen\n", "column hip_x: \"\" is empty although" },
    { FIRST HIP "0,1,,filled\n", "column hip_y: \"\" is empty although" },
    { FIRST HIP "0,1,2,Seen\n", "column hip_state: \"Seen\" is none of" },
    { FIRST HIP "0,1,2,\n", "column hip_state" },
    { FIRST HIP "0,6000,2,seen\n", "column hip_x: \"6000\" lies farther" },
    { FIRST "time_s,hip_x,hip_y,hip_sigma,hip_state\n0,1,2,-0.1,seen\n", "column hip_sigma" },
    { FIRST HIP "0,1,2,se\x01\xC3\xA9n\n", "\"se???n\"" },
    { FIRST HIP "0,1,2,seenseenseenseenseenseenseenseenseenseenseenseen\n", "...\" is none" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sagitta_error error = SAGITTA_ERROR_INIT;
    sagitta_tracks *tracks = (sagitta_tracks *)&error;
    const sagitta_status status = sagitta_tracks_parse(&tracks, cases[i].text, strlen(cases[i].text), &error);
    if (status != SAGITTA_ERROR_FORMAT || tracks || !strstr(error.text, cases[i].says)) {
      fail_msg("case %zu, status %d: \"%s\" does not say \"%s\"", i, (int)status, error.text, cases[i].says);
    }
  }
}

/* A copy that broke off within a row is measured up to there, and says so; a last line that is whole needs no end, and
 * what is wrong before the end is refused as ever. */
static void test_files_that_break_off(void **state) {
  (void)state;
  static const char *const cut[] = { "2,1,2,see", "2,1,2,", "2,1,2", "2,1.", "2,", "2", "1", "2,1,2,\"seen" };
  static const char *const whole[] = { "2,1,2,seen", "2,1,2,seen\n", "2,,,", "\n\n", "# the end" };
  static const char *const wrong[] = { "2,1,2,see\n", "2,1\n", "2,one,2,seen", "2,1,2,seen,3", "0,1,2,seen" };
  for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
    char text[200];
    size_t count;
    (void)snprintf(text, sizeof text, FIRST HIP "0,1,2,seen\n1,1,2,seen\n%s", cut[i]);
    sagitta_tracks *tracks = parse_tracks(text);
    assert_int_equal(sagitta_tracks_rows(tracks), 2);
    const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &count);
    assert_true(count == 1 && warning->code == SAGITTA_WARNING_STREAM_TRUNCATED && warning->from_s == 1);
    assert_non_null(strstr(warning->message, "breaks off after 1 s"));
    sagitta_tracks_free(&tracks);
  }
  for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
    char text[200];
    size_t count;
    (void)snprintf(text, sizeof text, FIRST HIP "0,1,2,seen\n1,1,2,seen\n%s", whole[i]);
    sagitta_tracks *tracks = parse_tracks(text);
    (void)sagitta_tracks_warnings(tracks, &count);
    assert_int_equal(count, 0);
    assert_int_equal(sagitta_tracks_rows(tracks), *whole[i] == '2' ? 3 : 2);
    sagitta_tracks_free(&tracks);
  }
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    char text[200];
    sagitta_tracks *tracks = NULL;
    (void)snprintf(text, sizeof text, FIRST HIP "0,1,2,seen\n1,1,2,seen\n%s", wrong[i]);
    assert_int_equal(sagitta_tracks_parse(&tracks, text, strlen(text), NULL), SAGITTA_ERROR_FORMAT);
    assert_null(tracks);
  }
}

static void test_too_many_columns(void **state) {
  (void)state;
  char *text = malloc(8192);
  assert_non_null(text);
  (void)strcpy(text, FIRST "time_s");
  const size_t start = strlen(text);
  memset(text + start, ',', 2000);
  text[start + 2000] = '\0';
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_tracks *tracks = NULL;
  assert_int_equal(sagitta_tracks_parse(&tracks, text, strlen(text), &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, "more than 1024 columns"));
  free(text);
}

/* Times in milliseconds, or frame numbers, are no seconds; few rows may be far apart. */
static void test_times_that_are_no_seconds(void **state) {
  (void)state;
  for (int rows = 5; rows <= 40; rows += 35) {
    char text[4096] = FIRST "time_s,hip_x,hip_y,hip_state\n";
    for (int i = 0; i < rows; i++) {
      const size_t length = strlen(text);
      (void)snprintf(text + length, sizeof text - length, "%d,10,20,seen\n", 40 * i);
    }
    sagitta_error error = SAGITTA_ERROR_INIT;
    sagitta_tracks *tracks = NULL;
    const sagitta_status status = sagitta_tracks_parse(&tracks, text, strlen(text), &error);
    assert_int_equal(status, rows < 20 ? SAGITTA_OK : SAGITTA_ERROR_FORMAT);
    if (rows > 20) assert_non_null(strstr(error.text, "milliseconds"));
    sagitta_tracks_free(&tracks);
  }
}

static void test_files_that_are_none(void **state) {
  (void)state;
  sagitta_tracks *tracks = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_tracks_read(&tracks, "no such \xC3\xA9 file.csv", &error), SAGITTA_ERROR_MISSING);
  assert_non_null(strstr(error.text, "no such \xC3\xA9 file.csv"));
  assert_int_equal(sagitta_tracks_read(&tracks, ".", &error), SAGITTA_ERROR_MISSING);
  assert_int_equal(sagitta_tracks_read(&tracks, "/dev/null", &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, "empty"));
  /* Endless: only its head may be read. */
  assert_int_equal(sagitta_tracks_read(&tracks, "/dev/zero", &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, "binary"));
  assert_null(tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_the_format),
    cmocka_unit_test(test_reading_is_the_inverse_of_writing),
    cmocka_unit_test(test_writing_in_pieces_gives_the_same_bytes),
    cmocka_unit_test(test_changed_colours_are_kept),
    cmocka_unit_test(test_a_full_disk_is_noticed),
    cmocka_unit_test(test_what_is_tolerated),
    cmocka_unit_test(test_the_first_line_is_understood),
    cmocka_unit_test(test_repeated_pictures_are_kept),
    cmocka_unit_test(test_what_is_refused_and_where),
    cmocka_unit_test(test_files_that_break_off),
    cmocka_unit_test(test_too_many_columns),
    cmocka_unit_test(test_times_that_are_no_seconds),
    cmocka_unit_test(test_files_that_are_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
