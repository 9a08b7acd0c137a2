/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the files of sagitta-render: their stamps, turns, aspect and colour are what was asked for, and the same
 * options give the same bytes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>

#include "samples_help.h"
#include "base/math.h"
#include "scratch.h"

static sample_options little(void) {
  sample_options o = quiet_scene();
  o.width = 320;
  o.height = 180;
  o.noise = 2;
  o.seconds = 1;
  o.pixel[0] = 0;
  return o;
}

static void render(const sample_options *o, const char *path) {
  char error[SAMPLE_ERROR] = "";
  if (!sample_render_file(o, path, NULL, NULL, false, error)) fail_msg("%s: %s", path, error);
}

static AVFormatContext *open_file(const char *path) {
  AVFormatContext *f = NULL;
  assert_true(avformat_open_input(&f, path, NULL, NULL) >= 0);
  assert_true(avformat_find_stream_info(f, NULL) >= 0);
  assert_int_equal(f->nb_streams, 1);
  return f;
}

static int stamps(AVFormatContext *f, double *out, int room) {
  AVPacket *packet = av_packet_alloc();
  int n = 0;
  while (n < room && av_read_frame(f, packet) >= 0) {
    out[n++] = (double)packet->pts * av_q2d(f->streams[0]->time_base);
    av_packet_unref(packet);
  }
  av_packet_free(&packet);
  qsort(out, (size_t)n, sizeof *out, sg_compare_doubles);
  return n;
}

/* The stamps in the file are the times in the truth, whatever the container counts in. */
static void test_stamps(void **state) {
  (void)state;
  static const struct {
    const char *name, *fps, *rate, *codec;
    double tolerance;
  } cases[] = { { "a.mp4", "29.97", "constant", "h264", 1e-6 }, { "b.mp4", "30", "jitter", "h264", 1e-6 },
                { "c.mkv", "30", "drop", "h264", 1e-6 },        { "d.mkv", "29.97", "constant", "h264", 1e-6 },
                { "e.mov", "25", "jitter", "hevc", 1e-6 },      { "f.avi", "30000/1001", "constant", "mjpeg", 1e-6 },
                { "g.nut", "12.5", "constant", "raw", 1e-6 } };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char error[SAMPLE_ERROR];
    double got[64];
    sample_options o = little();
    assert_true(sample_options_set(&o, "fps", cases[i].fps, error));
    assert_true(sample_options_set(&o, "rate", cases[i].rate, error));
    assert_true(sample_options_set(&o, "codec", cases[i].codec, error));
    render(&o, in_folder(cases[i].name));
    if (strstr(cases[i].name, ".mkv")) o.clock = 1000;
    AVFormatContext *f = open_file(in_folder(cases[i].name));
    sample_renderer *r = new_renderer(&o);
    int n = stamps(f, got, 64);
    if (n != sample_renderer_frames(r)) fail_msg("%s: %d frames", cases[i].name, n);
    for (int k = 0; k < n; k++) {
      sample_truth t;
      assert_true(sample_renderer_draw(r, k, NULL, &t));
      assert_near(got[k] - got[0], t.time_s, cases[i].tolerance);
    }
    sample_renderer_free(&r);
    avformat_close_input(&f);
  }
}

static void test_rotation_and_aspect_are_written(void **state) {
  (void)state;
  for (int rotation = 0; rotation < 360; rotation += 90) {
    sample_options o = little();
    o.seconds = 0.1;
    o.rotation = rotation;
    o.mirror = rotation == 180;
    o.sar_num = 4;
    o.sar_den = 3;
    o.width = rotation % 180 ? 180 : 320;
    o.height = rotation % 180 ? 320 : 180;
    render(&o, in_folder("turned.mp4"));
    AVFormatContext *f = open_file(in_folder("turned.mp4"));
    AVStream *s = f->streams[0];
    assert_int_equal(s->codecpar->width, 240);
    assert_int_equal(s->codecpar->height, 180);
    assert_int_equal(s->codecpar->sample_aspect_ratio.num, 4);
    assert_int_equal(s->codecpar->sample_aspect_ratio.den, 3);
    const int32_t *m = (const int32_t *)(const void *)av_stream_get_side_data(s, AV_PKT_DATA_DISPLAYMATRIX, NULL);
    if (rotation == 0) {
      assert_null(m);
    } else {
      int32_t copy[9];
      assert_non_null(m);
      memcpy(copy, m, sizeof copy);
      bool flipped = (double)copy[0] * copy[4] - (double)copy[1] * copy[3] < 0;
      assert_int_equal(flipped, o.mirror);
      if (flipped) av_display_matrix_flip(copy, 1, 0);
      assert_int_equal(((int)lround(-av_display_rotation_get(copy)) + 360) % 360, rotation);
    }
    avformat_close_input(&f);
  }
}

static void test_colour_tags(void **state) {
  (void)state;
  sample_options o = little();
  o.seconds = 0.1;
  o.siting = SAMPLE_SITING_TOPLEFT;
  o.matrix = SAMPLE_MATRIX_2020;
  o.range = SAMPLE_RANGE_FULL;
  render(&o, in_folder("tags.mp4"));
  AVFormatContext *f = open_file(in_folder("tags.mp4"));
  assert_int_equal(f->streams[0]->codecpar->color_space, AVCOL_SPC_BT2020_NCL);
  assert_int_equal(f->streams[0]->codecpar->color_range, AVCOL_RANGE_JPEG);
  assert_int_equal(f->streams[0]->codecpar->chroma_location, AVCHROMA_LOC_TOPLEFT);
  avformat_close_input(&f);
  o.untagged = true;
  o.range = SAMPLE_RANGE_LIMITED;
  render(&o, in_folder("untagged.mp4"));
  f = open_file(in_folder("untagged.mp4"));
  assert_int_equal(f->streams[0]->codecpar->color_space, AVCOL_SPC_UNSPECIFIED);
  assert_int_equal(f->streams[0]->codecpar->color_range, AVCOL_RANGE_UNSPECIFIED);
  avformat_close_input(&f);
}

static bool same_file(const char *a, const char *b) {
  size_t n, m;
  uint8_t *x = read_file(a, &n), *y = read_file(b, &m);
  bool same = n == m && memcmp(x, y, n) == 0;
  free(x);
  free(y);
  return same;
}

/* In a process of its own, as the program does it: libx264 reads memory that it has not written, so that its output
 * depends on what the heap held before. */
static void render_apart(const sample_options *o, const char *path) {
  const pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    char error[SAMPLE_ERROR] = "";
    _exit(sample_render_file(o, path, NULL, NULL, false, error) ? 0 : 1);
  }
  int ended = -1;
  assert_int_equal(waitpid(child, &ended, 0), child);
  if (ended != 0) fail_msg("%s was not written", path);
}

static void test_same_seed_same_bytes(void **state) {
  (void)state;
  static const char *const codecs[] = { "h264", "hevc", "mjpeg", "ffv1" };
  for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
    sample_options o = little();
    strcpy(o.codec, codecs[i]);
    o.walker = true;
    o.crossing = 2;
    render_apart(&o, in_folder("one.mkv"));
    render_apart(&o, in_folder("two.mkv"));
    assert_true(same_file(in_folder("one.mkv"), in_folder("two.mkv")));
    o.seed = 2;
    render_apart(&o, in_folder("two.mkv"));
    assert_false(same_file(in_folder("one.mkv"), in_folder("two.mkv")));
  }
}

static void test_containers_without_a_matrix_are_refused(void **state) {
  (void)state;
  char error[SAMPLE_ERROR] = "";
  sample_options o = little();
  o.rotation = 90;
  assert_false(sample_render_file(&o, in_folder("turned.avi"), NULL, NULL, false, error));
  assert_non_null(strstr(error, "mp4"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_stamps),
    cmocka_unit_test(test_rotation_and_aspect_are_written),
    cmocka_unit_test(test_colour_tags),
    cmocka_unit_test(test_same_seed_same_bytes),
    cmocka_unit_test(test_containers_without_a_matrix_are_refused),
  };
  return cmocka_run_group_tests_name("sample files", tests, make_folder, clean_up);
}
