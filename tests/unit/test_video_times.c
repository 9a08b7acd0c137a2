/* SPDX-License-Identifier: Apache-2.0 */
/* Times as the container has them, limits, jumps and threads. */
#include "test_video_help.h"

#include <stdio.h>
#include <stdlib.h>

static void variable_rate_from_the_container(void **state) {
  (void)state;
  static const int64_t stamps[] = { 5000, 5033, 5066, 5200, 5210, 5300, 5333, 5500, 5501, 5600 };
  recipe r = small_recipe(in_folder("vfr.mkv"), "matroska", "mpeg4");
  r.base = (AVRational){ 1, 1000 };
  r.stamps = stamps;
  r.frames = 10;
  write_video(&r);
  outcome o = read_all(r.path, NULL);
  assert_int_equal(o.frames, 10);
  for (int i = 0; i < 10; i++) assert_near(o.time[i], (double)(stamps[i] - stamps[0]) / 1000, 1e-9);
  assert_true(o.info.variable_frame_rate);
  assert_true(warned(&o, SAGITTA_WARNING_VARIABLE_FRAME_RATE));
  assert_near(o.info.frame_rate, 9 / 0.6, 1e-9);
}

static void b_frames_come_in_order(void **state) {
  (void)state;
  if (!has_encoder("libx264")) skip();
  recipe r = small_recipe(in_folder("b.mp4"), "mp4", "libx264");
  r.frames = 30;
  r.options = "bf=3:b_strategy=0";
  write_video(&r);
  outcome o = read_all(r.path, NULL);
  assert_int_equal(o.frames, 30);
  for (int i = 0; i < 30; i++) assert_near(o.time[i], i / 25.0, 1e-9);
  assert_int_equal(o.warnings, 0);
}

/* Frames before the start of an edit list are decoded but were cut away by the person. */
static void edit_lists_are_honoured(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("long.mp4"), "mp4", "mpeg4");
  r.frames = 50;
  r.options = "g=50";
  write_video(&r);
  run("ffmpeg -nostdin -v error -y -ss 0.6 -i '%s' -c copy '%s'", r.path, in_folder("edited.mp4"));
  outcome whole = read_all(r.path, NULL);
  outcome o = read_all(in_folder("edited.mp4"), NULL);
  assert_int_equal(whole.frames, 50);
  assert_int_equal(o.frames, 35);
  assert_near(o.time[0], 0, 0);
  assert_near(o.time[34], 34 / 25.0, 1e-6);
}

static void slow_motion_is_reported(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("slow.mp4"), "mp4", "mpeg4");
  r.frames = 40;
  r.key = "com.android.capture.fps";
  r.value = "240.0";
  r.muxer_options = "movflags=use_metadata_tags";
  write_video(&r);
  outcome o = read_all(r.path, NULL);
  assert_true(o.info.slow_motion);
  assert_near(o.info.capture_rate, 240, 1e-9);
  assert_true(warned(&o, SAGITTA_WARNING_SLOW_MOTION));
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.rate = 240;
  o = read_all(r.path, &settings);
  assert_false(warned(&o, SAGITTA_WARNING_SLOW_MOTION));
  assert_near(o.time[39], 39 / 240.0, 1e-12);
}

static void seconds_end_the_reading(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("s.mp4"), "mp4", "mpeg4");
  r.frames = 50;
  write_video(&r);
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.seconds = 0.8;
  outcome o = read_all(r.path, &settings);
  assert_int_equal(o.frames, 20);
  assert_true(warned(&o, SAGITTA_WARNING_SECONDS_LIMIT));
  assert_false(warned(&o, SAGITTA_WARNING_STREAM_TRUNCATED));
  settings.seconds = 60;
  o = read_all(r.path, &settings);
  assert_int_equal(o.frames, 50);
  assert_int_equal(o.warnings, 0);
}

/* After a jump, a frame is the one that a reading from the start finds at that time. */
static void jumps_land_on_true_times(void **state) {
  (void)state;
  static const char *const muxers[] = { "mp4", "matroska", "avi", "mpegts" };
  for (int k = 0; k < 4; k++) {
    recipe r = small_recipe(in_folder("seek.bin"), muxers[k], k == 3 ? "mpeg2video" : "mpeg4");
    r.frames = 100;
    r.options = "g=10";
    write_video(&r);
    const char *path = r.path;
    uint64_t sums[100];
    double times[100];
    sagitta_source *source;
    sagitta_video *video;
    sagitta_frame frame;
    assert_int_equal(sagitta_source_open(&source, &path, 1, NULL, NULL), SAGITTA_OK);
    assert_int_equal(sagitta_video_open(&video, source, NULL), SAGITTA_OK);
    int frames = 0;
    for (; frames < 100 && sagitta_video_read(video, &frame, NULL) == SAGITTA_OK; frames++) {
      sums[frames] = frame_sum(0, &frame);
      times[frames] = frame.time_s;
    }
    assert_true(frames >= 99);
    for (int i = 0; i <= 8; i++) {
      sagitta_status status = sagitta_video_seek(video, (8 - i) / 8.0);
      assert_int_equal(status, SAGITTA_OK);
      status = sagitta_video_read(video, &frame, NULL);
      if (status == SAGITTA_END && i == 0) continue; /* past the last key frame that can be decoded */
      assert_int_equal(status, SAGITTA_OK);
      int at = (int)(frame.time_s * 25 + 0.5);
      assert_in_range(at, 0, 99);
      assert_near(frame.time_s, times[at], 1e-9);
      assert_true(frame_sum(0, &frame) == sums[at]);
      assert_true(fabs(frame.time_s - (8 - i) / 8.0 * 4) < 0.9);
    }
    sagitta_video_close(&video);
    sagitta_source_close(&source);
  }
}

/* Frames that nobody needs may stay out; from the wanted time on all are there, with the same pictures and times. */
static void hurrying_changes_nothing_that_is_wanted(void **state) {
  (void)state;
  enum { FRAMES = 60, WANTED = 41 };
  static const char *const encoders[] = { "libx264", "mpeg4", "ffv1" };
  for (size_t k = 0; k < sizeof encoders / sizeof *encoders; k++) {
    if (!has_encoder(encoders[k])) continue;
    recipe r = small_recipe(in_folder("hurry.mkv"), "matroska", encoders[k]);
    r.frames = FRAMES;
    r.options = k == 0 ? "bf=3:b_strategy=0:g=60" : k == 1 ? "bf=2:g=60" : NULL;
    write_video(&r);
    const char *path = r.path;
    uint64_t sums[FRAMES];
    int came[2] = { 0 };
    sagitta_source *source;
    sagitta_frame frame;
    assert_int_equal(sagitta_source_open(&source, &path, 1, NULL, NULL), SAGITTA_OK);
    for (int hurried = 0; hurried < 2; hurried++) {
      sagitta_video *video;
      int wanted = 0;
      assert_int_equal(sagitta_video_open(&video, source, NULL), SAGITTA_OK);
      if (hurried) sagitta_video_hurry(video, WANTED / 25.0 - 0.001);
      while (sagitta_video_read(video, &frame, NULL) == SAGITTA_OK) {
        const int at = (int)(frame.time_s * 25 + 0.5);
        assert_in_range(at, 0, FRAMES - 1);
        assert_near(frame.time_s, at / 25.0, 1e-9);
        if (!hurried) sums[at] = frame_sum(0, &frame);
        assert_true(frame_sum(0, &frame) == sums[at]);
        came[hurried]++;
        wanted += at >= WANTED;
      }
      assert_int_equal(wanted, FRAMES - WANTED);
      sagitta_video_close(&video);
    }
    assert_int_equal(came[0], FRAMES);
    if (k == 0) assert_in_range(came[1], FRAMES - WANTED, FRAMES - 10);
    sagitta_source_close(&source);
  }
}

static void jumps_among_pictures_are_exact(void **state) {
  (void)state;
  char name[64];
  run("mkdir '%s'", in_folder("jump"));
  for (int i = 0; i < 9; i++) {
    (void)snprintf(name, sizeof name, "jump/%d.jpg", i);
    one_picture(in_folder(name), "mjpeg");
  }
  const char *path = in_folder("jump");
  sagitta_source *source;
  sagitta_video *video;
  sagitta_frame frame;
  assert_int_equal(sagitta_source_open(&source, &path, 1, NULL, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_open(&video, source, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_seek(video, 0.5), SAGITTA_OK);
  assert_int_equal(sagitta_video_read(video, &frame, NULL), SAGITTA_OK);
  assert_int_equal(frame.index, 4);
  assert_near(frame.time_s, 4 / 25.0, 1e-12);
  assert_int_equal(sagitta_video_seek(video, 2), SAGITTA_ERROR_ARGUMENT);
  sagitta_video_close(&video);
  sagitta_source_close(&source);
}

static void threads_change_nothing(void **state) {
  (void)state;
  static const char *const encoders[] = { "libx264", "mpeg4", "mjpeg", "ffv1", "libvpx-vp9", "mpeg2video" };
  for (size_t k = 0; k < sizeof encoders / sizeof *encoders; k++) {
    if (!has_encoder(encoders[k])) continue;
    recipe r = small_recipe(in_folder("threads.mkv"), "matroska", encoders[k]);
    r.width = 160;
    r.height = 96;
    r.frames = 40;
    write_video(&r);
    outcome first = { 0 };
    for (int threads = 1; threads <= 8; threads *= 2) {
      sagitta_source_settings settings = sagitta_source_default_settings();
      settings.threads = threads;
      outcome o = read_all(r.path, &settings);
      if (threads == 1) first = o;
      if (o.frames != 40) fail_msg("%s: %lld frames, %s", encoders[k], (long long)o.frames, o.error.text);
      assert_true(o.sum == first.sum);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(variable_rate_from_the_container),
    cmocka_unit_test(b_frames_come_in_order),
    cmocka_unit_test(edit_lists_are_honoured),
    cmocka_unit_test(slow_motion_is_reported),
    cmocka_unit_test(seconds_end_the_reading),
    cmocka_unit_test(jumps_land_on_true_times),
    cmocka_unit_test(hurrying_changes_nothing_that_is_wanted),
    cmocka_unit_test(jumps_among_pictures_are_exact),
    cmocka_unit_test(threads_change_nothing),
  };
  if (system("ffmpeg -version >/dev/null 2>&1") != 0) return 77;
  sg_decoders_listen();
  return cmocka_run_group_tests(tests, make_folder, clean_up);
}
