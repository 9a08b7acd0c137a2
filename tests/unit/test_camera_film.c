/* SPDX-License-Identifier: Apache-2.0 */
/* What of a camera needs no camera: its owner's settings are held and put back, also after a crash; frames that are
 * missing are counted, and times go on where it was unplugged; whoever watches slowly costs the recording nothing; an
 * address is shown without its password. */
#include "test_video_help.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/system.h"
#include "sagitta/cameras.h"
#include "video/camera_controls.h"
#include "video/camera_device.h"
#include "video/camera_held.h"
#include "video/camera_stamps.h"
#include "video/inputs.h"

/* ---- controls ---- */

/* A camera as UVC's: what is automatic refuses to be set by hand. */
typedef struct {
  int value[SG_CONTROLS];
  bool has[SG_CONTROLS];
} fake;

static bool get(void *camera, sg_control control, int *value) {
  const fake *f = camera;
  *value = f->value[control];
  return f->has[control];
}

static bool set(void *camera, sg_control control, int value) {
  fake *f = camera;
  const bool refused = (control == SG_CONTROL_EXPOSURE && f->value[SG_CONTROL_AUTO_EXPOSURE] != 1) ||
                       (control == SG_CONTROL_WHITE && f->value[SG_CONTROL_AUTO_WHITE]);
  if (!f->has[control] || refused) return false;
  f->value[control] = value;
  return true;
}

static fake usual(void) {
  fake f = { { 0 }, { 0 } };
  for (int k = 0; k < SG_CONTROLS; k++) f.has[k] = true;
  f.has[SG_CONTROL_AUTO_GAIN] = f.has[SG_CONTROL_GAIN] = false;
  f.value[SG_CONTROL_EXPOSURE] = 156;
  f.value[SG_CONTROL_WHITE] = 4300;
  f.value[SG_CONTROL_DYNAMIC_RATE] = 1;
  f.value[SG_CONTROL_AUTO_WHITE] = 1;
  f.value[SG_CONTROL_AUTO_EXPOSURE] = 3;
  return f;
}

static void colours_are_held_and_put_back(void **state) {
  (void)state;
  const char *file = in_folder("restore");
  fake camera = usual(), before = camera;
  const sg_control_port port = { &camera, get, set };
  sg_camera_controls c = sg_controls_begin(&port, "/dev/video7", file);
  assert_int_equal(camera.value[SG_CONTROL_DYNAMIC_RATE], 0);
  assert_int_equal(camera.value[SG_CONTROL_AUTO_EXPOSURE], 3);
  camera.value[SG_CONTROL_EXPOSURE] = 240; /* the light is poor, and it has adapted */
  assert_true(sg_controls_lock(&c));
  assert_true(camera.value[SG_CONTROL_AUTO_EXPOSURE] == 1 && camera.value[SG_CONTROL_EXPOSURE] == 240);
  assert_true(camera.value[SG_CONTROL_AUTO_WHITE] == 0 && camera.value[SG_CONTROL_WHITE] == 4300);
  sg_controls_free(&c);
  assert_true(camera.value[SG_CONTROL_AUTO_EXPOSURE] == 3 && camera.value[SG_CONTROL_AUTO_WHITE] == 1);
  assert_int_equal(camera.value[SG_CONTROL_DYNAMIC_RATE], 0);
  assert_true(sg_controls_lock(&c));
  sg_controls_end(&c);
  before.value[SG_CONTROL_EXPOSURE] = camera.value[SG_CONTROL_EXPOSURE]; /* automatic again */
  assert_memory_equal(camera.value, before.value, sizeof before.value);
  assert_int_not_equal(access(file, F_OK), 0);
}

static void after_a_crash_they_are_put_back(void **state) {
  (void)state;
  const char *file = in_folder("crash");
  fake camera = usual();
  const fake before = camera;
  const sg_control_port port = { &camera, get, set };
  sg_camera_controls c = sg_controls_begin(&port, "/dev/video7", file);
  assert_true(sg_controls_lock(&c));
  /* killed here */
  assert_int_equal(access(file, F_OK), 0);
  assert_false(sg_controls_recover(&port, "/dev/video8", file)); /* another camera is left alone */
  assert_int_equal(camera.value[SG_CONTROL_AUTO_EXPOSURE], 1);
  assert_true(sg_controls_recover(&port, "/dev/video7", file));
  assert_memory_equal(camera.value, before.value, sizeof before.value);
  assert_int_not_equal(access(file, F_OK), 0);
  static const char nonsense[] = "dear diary\n/dev/video7\nauto_exposure 0\n";
  write_file(file, nonsense, sizeof nonsense - 1);
  assert_false(sg_controls_recover(&port, "/dev/video7", file));
  assert_int_equal(access(file, F_OK), 0);
}

/* A camera without any of them is filmed with all the same. */
static void a_camera_without_controls(void **state) {
  (void)state;
  fake camera = { { 0 }, { 0 } };
  const sg_control_port port = { &camera, get, set };
  const char *file = in_folder("plain");
  sg_camera_controls c = sg_controls_begin(&port, "/dev/video7", file);
  assert_false(sg_controls_lock(&c));
  assert_int_not_equal(access(file, F_OK), 0);
  sg_controls_end(&c);
}

/* ---- stamps ---- */

static double stamp(sg_camera_stamps *s, int64_t ticks) {
  AVPacket *p = av_packet_alloc();
  p->pts = ticks;
  const double time_s = sg_camera_stamp(s, p);
  assert_true(p->pts == p->dts && fabs((double)p->pts * 1e-3 - time_s) < 1e-9);
  av_packet_free(&p);
  return time_s;
}

static void missing_frames_are_counted(void **state) {
  (void)state;
  sg_camera_stamps s = sg_camera_stamps_begin((AVRational){ 1, 1000 }, false);
  double last = 0;
  for (int k = 0; k < 100; k++)
    if (k != 40 && k != 60 && k != 61) last = stamp(&s, 5000 + (int64_t)lround(k * 1000 / 30.0));
  assert_near(last, 3.3, 1e-9);
  assert_int_equal(s.frames, 97);
  assert_int_equal(s.dropped, 3);
  assert_near(sg_camera_stamps_rate(&s), 30, 1);
  /* unplugged, and back with a clock of its own: time goes on, and is no row of missing frames */
  sg_system_sleep_ms(20);
  sg_camera_stamps_resume(&s);
  const double back = stamp(&s, 17);
  assert_true(back >= last + 0.02);
  assert_near(stamp(&s, 50), back + 0.033, 1e-9);
  assert_true(stamp(&s, 50) > back + 0.033); /* a stamp that does not grow */
  assert_int_equal(s.dropped, 3);
}

/* A driver's clock that starts anew, stands still or leaps: times go on by the clock of this system, and then by the
 * driver's again. */
static void times_outlive_the_drivers_clock(void **state) {
  (void)state;
  static const int64_t anew[] = { 17, INT64_MIN, INT64_MAX, 4000000000 };
  for (size_t i = 0; i < sizeof anew / sizeof *anew; i++) {
    sg_camera_stamps s = sg_camera_stamps_begin((AVRational){ 1, 1000 }, false);
    for (int k = 0; k < 10; k++) (void)stamp(&s, 900000 + 33 * k);
    sg_system_sleep_ms(20);
    const double after = stamp(&s, anew[i]);
    assert_true(after >= 0.297 + 0.02 && after < 10);
    if (anew[i] > 0 && anew[i] < INT64_MAX) assert_near(stamp(&s, anew[i] + 33), after + 0.033, 1e-9);
  }
  sg_camera_stamps s = sg_camera_stamps_begin((AVRational){ 1, 1000 }, false);
  for (int k = 0; k < 5; k++) {
    sg_system_sleep_ms(10);
    assert_true(stamp(&s, 7) >= 0.01 * k);
  }
}

static void without_stamps_arrival_counts(void **state) {
  (void)state;
  sg_camera_stamps s = sg_camera_stamps_begin((AVRational){ 1, 1000000 }, true);
  AVPacket *p = av_packet_alloc();
  double last = -1;
  for (int k = 0; k < 5; k++) {
    p->pts = 7; /* means nothing */
    const double now = sg_camera_stamp(&s, p);
    assert_true(now > last);
    last = now;
    sg_system_sleep_ms(5);
  }
  assert_true(last >= 0.02);
  av_packet_free(&p);
}

/* ---- a slow watcher ---- */

typedef struct {
  int shown;
  double last_s;
  sagitta_camera_packet packet; /* lent for a call */
} watcher;

static int watch_slowly(void *user, const sagitta_frame *frame, const sagitta_input_info *info, double time_s) {
  watcher *w = user;
  (void)info;
  assert_true(time_s > w->last_s);
  w->last_s = time_s;
  w->shown += frame != NULL;
  /* what the frame is from, as the camera sent it: two bytes a px, no JPEG, and no older than the test */
  assert_true((w->packet.bytes != NULL) == (frame != NULL) && !w->packet.jpeg);
  if (frame) assert_int_equal(w->packet.size, 2 * frame->width * frame->height);
  if (frame)
    assert_in_range((int64_t)(1e9 * w->packet.came_s), sg_system_clock_ns() - 60000000000, sg_system_clock_ns());
  sg_system_sleep_ms(150);
  return SAGITTA_CAMERA_LOCK; /* which it cannot */
}

static void a_slow_watcher_costs_nothing(void **state) {
  (void)state;
  sagitta_camera_report report = { .frames = 0 };
  watcher w = { .last_s = -1 };
  const sagitta_camera_settings settings = {
    .width = 96, .height = 64, .seconds = 1.5, .report = &report, .packet = &w.packet
  };
  int64_t frames = 0;
  const sg_camera_watching watching = {
    .settings = &settings, .watch = watch_slowly, .user = &w, .file = -1, .frames = &frames
  };
  sagitta_error error = SAGITTA_ERROR_INIT;
  int fd = -1;
  const sagitta_status status =
      sg_camera_record_watched(&fd, "lavfi", "testsrc=s=96x64:r=20,realtime,format=yuyv422", &watching, &error);
  if (status == SAGITTA_ERROR_NO_DECODER) skip();
  if (status != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(frames, 30);
  assert_int_equal(report.frames, 30);
  assert_int_equal(report.dropped, 0);
  assert_true(report.width == 96 && !report.locked && !report.unplugged);
  assert_true(w.shown >= 1 && w.shown < 30);
  close(fd);
}

/* ---- an empty room ---- */

typedef struct {
  double until_s; /* nobody comes before */
  int shown;
} waiter;

static int wait_for_somebody(void *user, const sagitta_frame *frame, const sagitta_input_info *info, double time_s) {
  waiter *w = user;
  (void)info;
  w->shown += frame != NULL;
  return time_s < w->until_s ? SAGITTA_CAMERA_WAIT : SAGITTA_CAMERA_ON;
}

static void an_empty_room_is_not_recorded(void **state) {
  (void)state;
  static const double until[] = { 1.0, 99 };
  for (size_t i = 0; i < 2; i++) {
    waiter w = { .until_s = until[i] };
    const sagitta_camera_settings settings = { .width = 96, .height = 64, .seconds = 1.5, .before_s = 0.41 };
    int64_t frames = 0;
    const sg_camera_watching watching = {
      .settings = &settings, .watch = wait_for_somebody, .user = &w, .file = -1, .frames = &frames
    };
    sagitta_error error = SAGITTA_ERROR_INIT;
    int fd = -1;
    const sagitta_status status =
        sg_camera_record_watched(&fd, "lavfi", "testsrc=s=96x64:r=20,realtime,format=yuyv422", &watching, &error);
    if (status == SAGITTA_ERROR_NO_DECODER) skip();
    /* 20 a second: ten from the moment on, and nine of the time before it; none where nobody came. One more or less for
     * the recording's thread, which is ahead of the watcher's. */
    assert_int_equal(status, i ? SAGITTA_CANCELLED : SAGITTA_OK);
    if (i) assert_int_equal(frames, 0);
    if (!i) assert_in_range(frames, 15, 22);
    assert_true(w.shown > 1);
    if (!i) close(fd);
  }
}

static void what_is_held_is_bounded(void **state) {
  (void)state;
  sg_camera_held held = { .most_s = 1.0, .most_bytes = 1000 };
  AVPacket *p = av_packet_alloc();
  for (int k = 0; k < 50; k++) {
    assert_int_equal(av_new_packet(p, k < 40 ? 10 : 300), 0);
    p->pts = k;
    assert_true(sg_held_push(&held, p, 0.1 * k));
    assert_int_equal(p->size, 0);
    assert_true(held.bytes <= 1000 && (k > 20 || held.bytes <= 110));
  }
  for (int k = 47; k < 50; k++) {
    assert_true(sg_held_pop(&held, p));
    assert_int_equal(p->pts, k);
    av_packet_unref(p);
  }
  assert_int_equal(held.bytes, 0);
  assert_false(sg_held_pop(&held, p));
  assert_int_equal(av_new_packet(p, 2000), 0);
  assert_true(sg_held_push(&held, p, 9)); /* the newest stays, however large */
  sg_held_clear(&held);
  assert_true(held.bytes == 0 && !sg_held_pop(&held, p));
  av_packet_free(&p);
}

/* ---- names ---- */

static void an_address_hides_its_password(void **state) {
  (void)state;
  char name[128];
  assert_true(sg_camera_is_address("http://x") && !sg_camera_is_address("/dev/video0") &&
              !sg_camera_is_address("file:///etc/passwd"));
  sg_camera_display(name, sizeof name, "http://ann:secret@10.0.0.2:8080/video?x=a@b");
  assert_string_equal(name, "http://10.0.0.2:8080/video?x=a@b");
  sg_camera_display(name, sizeof name, "http://10.0.0.2/v@1");
  assert_string_equal(name, "http://10.0.0.2/v@1");
  sg_camera_display(name, sizeof name, "/dev/video0");
  assert_string_equal(name, "/dev/video0");
}

static void cameras_are_listed(void **state) {
  (void)state;
  sagitta_camera_found *found = NULL;
  size_t count = 99;
  assert_int_equal(sagitta_cameras_find(&found, &count, NULL), SAGITTA_OK);
  for (size_t i = 0; i < count; i++) assert_true(strncmp(found[i].device, "/dev/video", 10) == 0);
  sagitta_cameras_free(&found, count);
  assert_null(found);
  assert_int_equal(sagitta_cameras_find(NULL, &count, NULL), SAGITTA_ERROR_ARGUMENT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(colours_are_held_and_put_back),
    cmocka_unit_test(after_a_crash_they_are_put_back),
    cmocka_unit_test(a_camera_without_controls),
    cmocka_unit_test(missing_frames_are_counted),
    cmocka_unit_test(times_outlive_the_drivers_clock),
    cmocka_unit_test(without_stamps_arrival_counts),
    cmocka_unit_test(a_slow_watcher_costs_nothing),
    cmocka_unit_test(an_empty_room_is_not_recorded),
    cmocka_unit_test(what_is_held_is_bounded),
    cmocka_unit_test(an_address_hides_its_password),
    cmocka_unit_test(cameras_are_listed),
  };
  return cmocka_run_group_tests(tests, make_folder, clean_up);
}
