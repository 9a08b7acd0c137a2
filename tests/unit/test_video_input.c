/* SPDX-License-Identifier: Apache-2.0 */
/* Every kind of input, and odd names. */
#include "test_video_help.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system.h"

static void folders_patterns_and_lists(void **state) {
  (void)state;
  char name[64];
  run("mkdir '%s'", in_folder("frames"));
  for (int i = 1; i <= 12; i++) {
    (void)snprintf(name, sizeof name, "frames/frame%d.png", i);
    one_picture(in_folder(name), "png");
  }
  run("touch '%s' '%s' '%s'", in_folder("frames/Thumbs.db"), in_folder("frames/notes.txt"),
      in_folder("frames/.hidden.png"));
  outcome o = read_all(in_folder("frames"), NULL);
  assert_int_equal(o.frames, 12);
  assert_int_equal(o.info.kind, SAGITTA_INPUT_PICTURES);
  assert_string_equal(o.info.source, "frames");
  assert_string_equal(o.info.codec, "png");
  assert_near(o.time[11], 11 / 25.0, 1e-12);
  assert_near(o.info.frame_rate, 25, 1e-9);
  assert_near(o.info.duration_s, 12 / 25.0, 1e-9);
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.rate = 10;
  o = read_all(in_folder("frames/frame%d.png"), &settings);
  assert_int_equal(o.frames, 12);
  assert_near(o.time[11], 1.1, 1e-12);
  o = read_all(in_folder("frames/frame%02d.png"), NULL);
  assert_int_equal(o.frames, 3); /* frame10 … frame12 */
  o = read_all(in_folder("frames/frame3.png"), NULL);
  assert_int_equal(o.frames, 1);
  assert_int_equal(o.info.kind, SAGITTA_INPUT_PICTURES);
}

/* The width says which picture came first: reading ends at the first other size. */
static void order_of_pictures(void **state) {
  (void)state;
  static const int numbers[3] = { 10, 9, 100 };
  char name[64];
  run("mkdir '%s'", in_folder("order"));
  for (int i = 0; i < 3; i++) {
    (void)snprintf(name, sizeof name, "order/%d.png", numbers[i]);
    recipe r = small_recipe(in_folder(name), "image2pipe", "png");
    r.width = 16 + numbers[i];
    write_video(&r);
  }
  outcome o = read_all(in_folder("order"), NULL);
  assert_int_equal(o.info.width, 16 + 9);
  assert_int_equal(o.frames, 1);
  assert_true(warned(&o, SAGITTA_WARNING_PICTURE_SIZE_CHANGED));
  const char *shell[3] = { in_folder("order/10.png"), in_folder("order/100.png"), in_folder("order/9.png") };
  assert_int_equal(read_list(shell, 3, NULL).info.width, 16 + 9);
  const char *asked[3] = { in_folder("order/10.png"), in_folder("order/9.png"), in_folder("order/100.png") };
  assert_int_equal(read_list(asked, 3, NULL).info.width, 16 + 10);
}

static void lists_hold_pictures_only(void **state) {
  (void)state;
  one_picture(in_folder("p.png"), "png");
  recipe r = small_recipe(in_folder("v.mp4"), "mp4", "mpeg4");
  write_video(&r);
  const char *mixed[2] = { in_folder("p.png"), in_folder("v.mp4") };
  outcome o = read_list(mixed, 2, NULL);
  assert_int_equal(o.opened, SAGITTA_ERROR_ARGUMENT);
  const char *missing[2] = { in_folder("p.png"), in_folder("q.png") };
  o = read_list(missing, 2, NULL);
  assert_int_equal(o.opened, SAGITTA_ERROR_MISSING);
}

/* PNG and JPEG of one scene follow each other in the same colour space. */
static void png_and_jpeg_mix(void **state) {
  (void)state;
  run("mkdir '%s'", in_folder("mix"));
  one_picture(in_folder("mix/1.png"), "png");
  one_picture(in_folder("mix/2.jpg"), "mjpeg");
  const char *path = in_folder("mix");
  sagitta_source *source;
  sagitta_video *video;
  sagitta_frame a, b;
  assert_int_equal(sagitta_source_open(&source, &path, 1, NULL, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_open(&video, source, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_read(video, &a, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_read(video, &b, NULL), SAGITTA_OK);
  assert_int_equal(a.matrix, b.matrix);
  assert_int_equal(a.full_range, b.full_range);
  assert_int_equal(b.chroma_step_x, 2);
  assert_near(b.chroma_x, 1.0, 0);
  sagitta_video_close(&video);
  sagitta_source_close(&source);
  assert_null(source);
}

static void a_damaged_picture_keeps_its_place_in_time(void **state) {
  (void)state;
  run("mkdir '%s'", in_folder("gap"));
  one_picture(in_folder("gap/1.png"), "png");
  write_file(in_folder("gap/2.png"), "no picture", 10);
  one_picture(in_folder("gap/3.png"), "png");
  outcome o = read_all(in_folder("gap"), NULL);
  assert_int_equal(o.frames, 2);
  assert_int_equal(o.info.frames_damaged, 1);
  assert_near(o.time[1], 2 / 25.0, 1e-12);
  assert_true(warned(&o, SAGITTA_WARNING_FRAMES_DAMAGED));
}

static void odd_names(void **state) {
  (void)state;
  static const char *const names[] = { "a clip.mp4", "\xc3\xa9t\xc3\xa9 \xe6\xb5\x8b.mp4",
                                       "10:30.mp4",  "100%.mp4",
                                       "%04d.mp4",   "-film.mp4",
                                       "http:x.mp4", "pipe:0",
                                       "a'b\"c.mp4", "new\nline.mp4",
                                       "film",       "concat:a|b.mp4" };
  char here[1024];
  assert_non_null(getcwd(here, sizeof here));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    recipe r = small_recipe(in_folder("x.mp4"), "mp4", "mpeg4");
    r.frames = 3;
    write_video(&r);
    assert_int_equal(rename(r.path, in_folder(names[i])), 0);
    assert_int_equal(read_all(in_folder(names[i]), NULL).frames, 3);
    assert_int_equal(chdir(in_folder("")), 0);
    outcome o = read_all(names[i], NULL);
    assert_int_equal(chdir(here), 0);
    assert_int_equal(o.frames, 3);
    if (!strchr(names[i], '\n')) assert_string_equal(o.info.source, names[i]);
    assert_int_equal(remove(in_folder(names[i])), 0);
  }
}

/* Standard input is kept, so that a second look is possible; an MP4 with its index at the end is no trouble. */
static void standard_input_is_read_twice(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("in.mp4"), "mp4", "mpeg4");
  r.frames = 20;
  write_video(&r);
  outcome direct = read_all(r.path, NULL);
  int pipes[2];
  assert_int_equal(pipe(pipes), 0);
  pid_t child = fork();
  if (child == 0) {
    size_t size;
    uint8_t *data = read_file(r.path, &size);
    close(pipes[0]);
    for (size_t done = 0; done < size;) {
      ssize_t n = write(pipes[1], data + done, size - done > 1000 ? 1000 : size - done);
      if (n <= 0) break;
      done += (size_t)n;
    }
    _exit(0);
  }
  int saved = dup(STDIN_FILENO);
  close(pipes[1]);
  assert_true(dup2(pipes[0], STDIN_FILENO) >= 0);
  close(pipes[0]);
  const char *path = "-";
  sagitta_source *source;
  assert_int_equal(sagitta_source_open(&source, &path, 1, NULL, NULL), SAGITTA_OK);
  assert_true(dup2(saved, STDIN_FILENO) >= 0);
  close(saved);
  sagitta_video *video[2];
  sagitta_frame frame;
  for (int i = 0; i < 2; i++) assert_int_equal(sagitta_video_open(&video[i], source, NULL), SAGITTA_OK);
  for (int i = 0; i < 2; i++) {
    uint64_t sum = UINT64_C(1469598103934665603);
    while (sagitta_video_read(video[i], &frame, NULL) == SAGITTA_OK) sum = frame_sum(sum, &frame);
    assert_int_equal(sum, direct.sum);
    assert_int_equal(sagitta_video_info(video[i])->frames, 20);
    assert_string_equal(sagitta_video_info(video[i])->source, "standard input");
    sagitta_video_close(&video[i]);
  }
  sagitta_source_close(&source);
}

static int refuse(void *user, const char *stage, double fraction) {
  (void)stage, (void)fraction;
  return ++*(int *)user > 0;
}

static void a_named_pipe_and_cancelling(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("in.mkv"), "matroska", "mpeg4");
  r.frames = 5;
  write_video(&r);
  run("mkfifo '%s' && (cat '%s' > '%s' &)", in_folder("fifo"), r.path, in_folder("fifo"));
  assert_int_equal(read_all(in_folder("fifo"), NULL).frames, 5);
  int calls = 0;
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.progress = refuse;
  settings.progress_user = &calls;
  /* who comes too late to be read must not hold the streams that this program's end is waited for by */
  run("(timeout 20 sh -c \"cat '%s' > '%s'\" > /dev/null 2>&1 &)", r.path, in_folder("fifo"));
  assert_int_equal(read_all(in_folder("fifo"), &settings).opened, SAGITTA_CANCELLED);
  assert_int_equal(calls, 1);
}

static void inputs_without_end(void **state) {
  (void)state;
  int fd, file = -1;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_source_settings settings = sagitta_source_default_settings();
  outcome o = read_all("/dev/zero", NULL);
  assert_int_equal(o.opened, SAGITTA_ERROR_NOT_VIDEO);
  assert_non_null(strstr(o.error.text, "not read further"));
  run("mkfifo '%s'", in_folder("silent"));
  assert_int_equal(sg_system_open_pipe(in_folder("silent"), &fd), 0);
  const sg_spooling how = { .patience_s = 0.5, .settings = &settings };
  assert_int_equal(sg_item_spool(&file, fd, &how, &error), SAGITTA_ERROR_MISSING);
  assert_non_null(strstr(error.text, "for 0.5 s"));
  assert_int_equal(file, -1);
  (void)sg_system_close(fd);
}

/* libavdevice's test pattern in the place of a camera: recorded once, then a file like any other. */
static void a_camera_is_recorded_once(void **state) {
  (void)state;
  sagitta_source_settings settings = sagitta_source_default_settings();
  int fd = -1;
  assert_int_equal(sg_camera_record(&fd, "lavfi", "testsrc=s=96x64:r=20", &settings, NULL), SAGITTA_ERROR_ARGUMENT);
  settings.seconds = 1.5;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = sg_camera_record(&fd, "lavfi", "testsrc=s=96x64:r=20,format=yuyv422", &settings, &error);
  if (status == SAGITTA_ERROR_NO_DECODER) skip();
  if (status != SAGITTA_OK) fail_msg("%s", error.text);
  sg_item item = { .path = NULL, .file = fd };
  sagitta_source source = {
    .kind = SAGITTA_INPUT_CAMERA, .items = &item, .count = 1, .name = "video0", .seconds = 1.5, .threads = 2
  };
  for (int i = 0; i < 2; i++) {
    sagitta_video *video;
    sagitta_frame frame;
    assert_int_equal(sagitta_video_open(&video, &source, &error), SAGITTA_OK);
    int frames = 0;
    while (sagitta_video_read(video, &frame, NULL) == SAGITTA_OK) assert_near(frame.time_s, frames++ / 20.0, 1e-9);
    assert_int_equal(frames, 30);
    size_t warnings;
    (void)sagitta_video_warnings(video, &warnings);
    assert_int_equal(warnings, 0);
    assert_int_equal(sagitta_video_info(video)->kind, SAGITTA_INPUT_CAMERA);
    assert_string_equal(sagitta_video_info(video)->pixel_format, "yuyv422");
    sagitta_video_close(&video);
  }
  close(fd);
  assert_int_equal(sg_camera_record(&fd, "lavfi", "nonsense=1", &settings, &error), SAGITTA_ERROR_MISSING);
  assert_int_equal(sg_camera_record(&fd, "no such device", "x", &settings, &error), SAGITTA_ERROR_NO_DECODER);
}

/* What the watcher saw of a camera. */
typedef struct {
  int frames, most;
  double last_s;
  bool sized;
} watcher;

static int watch_camera(void *user, const sagitta_frame *frame, const sagitta_input_info *info, double time_s) {
  watcher *w = user;
  if (!frame) return 0;
  assert_true(time_s > w->last_s && frame->time_s == time_s);
  w->sized = info->width == 96 && info->height == 64 && frame->width == 96 && frame->plane[0];
  w->last_s = time_s;
  return ++w->frames == w->most;
}

/* Watched while it is recorded: every packet is in the file, and the watcher, who sees the newest ones, may stop it. A
 * camera takes its time; the file goes on until it is stopped. */
static void a_camera_is_watched_while_it_is_recorded(void **state) {
  (void)state;
  const sagitta_camera_settings settings = { .width = 96, .height = 64, .seconds = 60 };
  watcher w = { .last_s = -1, .most = 5 };
  const sg_camera_watching watching = { .settings = &settings, .watch = watch_camera, .user = &w, .file = -1 };
  sagitta_error error = SAGITTA_ERROR_INIT;
  int fd = -1;
  const sagitta_status status =
      sg_camera_record_watched(&fd, "lavfi", "testsrc=s=96x64:r=20,realtime,format=yuyv422", &watching, &error);
  if (status == SAGITTA_ERROR_NO_DECODER) skip();
  if (status != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(w.frames, 5);
  assert_true(w.sized);
  sg_item item = { .path = NULL, .file = fd };
  sagitta_source source = { .kind = SAGITTA_INPUT_CAMERA, .items = &item, .count = 1, .name = "video0", .threads = 1 };
  sagitta_video *video;
  sagitta_frame frame;
  assert_int_equal(sagitta_video_open(&video, &source, &error), SAGITTA_OK);
  int frames = 0;
  while (sagitta_video_read(video, &frame, NULL) == SAGITTA_OK) assert_near(frame.time_s, frames++ / 20.0, 1e-9);
  assert_true(frames >= (int)lround(w.last_s * 20) + 1);
  sagitta_video_close(&video);
  close(fd);
}

static int stop_later(void *user, const char *stage, double fraction) {
  (void)stage, (void)fraction;
  return ++*(int *)user > 10;
}

static void a_camera_is_stopped_by_the_user(void **state) {
  (void)state;
  sagitta_source_settings settings = sagitta_source_default_settings();
  int calls = 0;
  int fd = -1;
  settings.progress = stop_later;
  settings.progress_user = &calls;
  sagitta_status status = sg_camera_record(&fd, "lavfi", "testsrc=s=96x64:r=20,format=yuv420p", &settings, NULL);
  if (status == SAGITTA_ERROR_NO_DECODER) skip();
  assert_int_equal(status, SAGITTA_OK);
  close(fd);
  settings.progress = refuse;
  assert_int_equal(sg_camera_record(&fd, "lavfi", "testsrc=s=96x64:r=20", &settings, NULL), SAGITTA_CANCELLED);
}

static void arguments_are_checked(void **state) {
  (void)state;
  sagitta_source *source = (sagitta_source *)&state;
  sagitta_source_settings settings = sagitta_source_default_settings();
  const char *path = "x";
  assert_int_equal(sagitta_source_open(&source, NULL, 0, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_null(source);
  settings.rate = -1;
  assert_int_equal(sagitta_source_open(&source, &path, 1, &settings, NULL), SAGITTA_ERROR_ARGUMENT);
  settings = sagitta_source_default_settings();
  settings.seconds = NAN;
  assert_int_equal(sagitta_source_open(&source, &path, 1, &settings, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sagitta_video_read(NULL, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_null(sagitta_video_info(NULL));
  size_t count = 7;
  assert_null(sagitta_video_warnings(NULL, &count));
  assert_int_equal(count, 0);
  sagitta_video_close(NULL);
  sagitta_source_close(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(folders_patterns_and_lists),
    cmocka_unit_test(order_of_pictures),
    cmocka_unit_test(lists_hold_pictures_only),
    cmocka_unit_test(png_and_jpeg_mix),
    cmocka_unit_test(a_damaged_picture_keeps_its_place_in_time),
    cmocka_unit_test(odd_names),
    cmocka_unit_test(standard_input_is_read_twice),
    cmocka_unit_test(inputs_without_end),
    cmocka_unit_test(a_named_pipe_and_cancelling),
    cmocka_unit_test(a_camera_is_recorded_once),
    cmocka_unit_test(a_camera_is_watched_while_it_is_recorded),
    cmocka_unit_test(a_camera_is_stopped_by_the_user),
    cmocka_unit_test(arguments_are_checked),
  };
  if (system("ffmpeg -version >/dev/null 2>&1") != 0) return 77;
  sg_decoders_listen();
  return cmocka_run_group_tests(tests, make_folder, clean_up);
}
