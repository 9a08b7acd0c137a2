/* SPDX-License-Identifier: Apache-2.0 */
/* The cage from inside and from outside: what a decoder that was taken over could try fails; what comes out of the cage
 * is what this process decodes itself; a decoder that dies is a refusal. The test program is its own decoder. */
#include "test_video_help.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sagitta/cage.h"
#include "video/cage.h"
#include "video/packets.h"

/* ---- from inside ---- */

/* Each attempt: 0 when it succeeded, which is what must not be. */
static int may_read(void) {
  return open("/etc/passwd", O_RDONLY) >= 0;
}

static int may_write(void) {
  return open("/tmp/sagitta-cage-was-here", O_WRONLY | O_CREAT, 0600) >= 0 || creat("here", 0600) >= 0;
}

static int may_write_where_it_is_open(void) {
  return write(1, "x", 1) > 0;
}

static int may_list(void) {
  return open("/", O_RDONLY | O_DIRECTORY) >= 0;
}

/* Whether a file is there, how large it is and when it was changed says much, too. */
static int may_look(void) {
  struct stat of;
  return stat("/etc/passwd", &of) == 0 || fstatat(AT_FDCWD, "/etc/passwd", &of, AT_EMPTY_PATH) == 0 ||
         access("/etc/passwd", F_OK) == 0;
}

static int may_call(void) {
  return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static int may_fork(void) {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  return child > 0;
}

static int may_run(void) {
  static char *const arguments[] = { "true", NULL };
  (void)execv("/bin/true", arguments);
  return 0; /* had it run, the status would not be ours */
}

static int may_kill(void) {
  return kill(getppid(), 0) == 0;
}

static int may_trace(void) {
  return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static void nothing_can_be_reached_from_inside(void **state) {
  (void)state;
  static int (*const attempts[])(
      void) = { may_read, may_write, may_write_where_it_is_open, may_list, may_look, may_call, may_fork, may_run,
                may_kill, may_trace };
  const sagitta_cage_support here = sagitta_cage_supported();
  if (!here.landlock || !here.seccomp) skip();
  for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      if (sagitta_cage_close() != 0) _exit(2);
      _exit(attempts[i]() ? 1 : 42);
    }
    int end;
    assert_int_equal(waitpid(child, &end, 0), child);
    if (!WIFEXITED(end) || WEXITSTATUS(end) != 42) fail_msg("attempt %zu succeeds (%x)", i, (unsigned)end);
  }
}

/* ---- from outside ---- */

static outcome in_cage(const char *path, const char *decoder) {
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.decoder = decoder;
  return read_all(path, &settings);
}

static void what_comes_out_is_the_same(void **state) {
  (void)state;
  static const struct {
    const char *name, *muxer, *encoder;
    enum AVPixelFormat format;
  } made[] = {
    { "a.mkv", "matroska", "ffv1", AV_PIX_FMT_YUV420P }, { "b.avi", "avi", "mjpeg", AV_PIX_FMT_YUVJ422P },
    { "c.mp4", "mp4", "mpeg4", AV_PIX_FMT_YUV420P },     { "d.mkv", "matroska", "ffv1", AV_PIX_FMT_YUV422P10 },
    { "e.avi", "avi", "rawvideo", AV_PIX_FMT_BGR24 },    { "f.png", "image2pipe", "png", AV_PIX_FMT_RGB24 },
    { "g.nut", "nut", "rawvideo", AV_PIX_FMT_YUYV422 }
  };
  for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
    recipe r = small_recipe(in_folder(made[i].name), made[i].muxer, made[i].encoder);
    r.format = made[i].format;
    r.frames = strcmp(made[i].encoder, "png") == 0 ? 1 : 12;
    if (r.format == AV_PIX_FMT_YUVJ422P) r.range = AVCOL_RANGE_JPEG;
    write_video(&r);
    const outcome here = read_all(r.path, NULL), caged = in_cage(r.path, "/proc/self/exe");
    if (caged.opened != here.opened) fail_msg("%s: %s", r.path, caged.error.text);
    assert_int_equal(caged.opened, SAGITTA_OK);
    assert_int_equal(caged.frames, here.frames);
    assert_int_equal(caged.sum, here.sum);
    assert_int_equal(caged.ended, here.ended);
    assert_memory_equal(&caged.info, &here.info, sizeof here.info);
  }
  const outcome missing = in_cage(in_folder("none.mkv"), "/proc/self/exe");
  assert_int_equal(missing.opened, SAGITTA_ERROR_MISSING);
}

static void refusals_are_the_same(void **state) {
  (void)state;
  static const char text[] = "This is a letter, not a film.\n";
  write_file(in_folder("letter.mp4"), text, sizeof text - 1);
  write_file(in_folder("letter"), text, sizeof text - 1);
  static const char *const names[] = { "letter.mp4", "letter" };
  for (size_t i = 0; i < 2; i++) {
    const outcome here = read_all(in_folder(names[i]), NULL), caged = in_cage(in_folder(names[i]), "/proc/self/exe");
    assert_int_equal(caged.opened, here.opened);
    assert_string_equal(caged.error.text, here.error.text);
  }
}

/* /bin/true goes away without an answer; a program that is not there never starts. */
static void a_decoder_that_dies_is_a_refusal(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("sound.mkv"), "matroska", "ffv1");
  write_video(&r);
  outcome o = in_cage(r.path, "/bin/true");
  assert_int_equal(o.opened, SAGITTA_ERROR_BROKE_OFF);
  assert_non_null(strstr(o.error.text, "broke down"));
  o = in_cage(r.path, "/nowhere/sagitta-decode");
  assert_int_equal(o.opened, SAGITTA_ERROR_MISSING);
}

/* Pictures that come one at a time, of a camera or from memory: the same in a cage, where a picture that is none is
 * left out and a decoder that dies is started again. */
static void pictures_one_at_a_time(void **state) {
  (void)state;
  enum { WIDE = 64, HIGH = 48, BYTES = 2 * WIDE * HIGH };
  uint8_t *raw = malloc(BYTES), junk[100];
  for (int i = 0; i < BYTES; i++) raw[i] = (uint8_t)(i * 37 + i / 128);
  memset(junk, 0xff, sizeof junk);
  sg_coding coding = { .name = "rawvideo", .width = WIDE, .height = HIGH, .format = AV_PIX_FMT_YUYV422 };
  coding.tag = avcodec_pix_fmt_to_codec_tag(AV_PIX_FMT_YUYV422);
  const char *const decoders[] = { NULL, "/proc/self/exe" };
  for (int k = 0; k < 2; k++) {
    sagitta_error error = SAGITTA_ERROR_INIT;
    sg_packets *packets = NULL;
    sagitta_frame frame;
    sagitta_input_info info;
    if (sg_packets_open(&packets, &coding, decoders[k], &error) != SAGITTA_OK) fail_msg("%s", error.text);
    for (int n = 0; n < 3; n++) {
      raw[0] = (uint8_t)n;
      if (sg_packets_read(packets, raw, BYTES, 0.5 * n, &frame, &info, &error) != SAGITTA_OK)
        fail_msg("%s", error.text);
      assert_true(frame.time_s == 0.5 * n && frame.layout == SAGITTA_LAYOUT_YUYV && info.width == WIDE);
      for (int y = 0; y < HIGH; y++)
        assert_memory_equal(frame.plane[0] + (ptrdiff_t)y * frame.stride[0], raw + (ptrdiff_t)y * 2 * WIDE, 2 * WIDE);
      assert_int_equal(sg_packets_read(packets, junk, sizeof junk, 9, &frame, &info, &error), SAGITTA_ERROR_DAMAGED);
      assert_int_equal(sg_packets_read(packets, junk, 0, 9, &frame, &info, &error), SAGITTA_ERROR_DAMAGED);
    }
    sg_packets_close(&packets);
    assert_null(packets);
    const sg_coding jpeg = { .format = -1 };
    assert_int_equal(sg_packets_open(&packets, &jpeg, decoders[k], &error), SAGITTA_OK);
    assert_int_equal(sg_packets_read(packets, junk, sizeof junk, 0, &frame, &info, &error), SAGITTA_ERROR_DAMAGED);
    sg_packets_close(&packets);
    const sg_coding unknown = { .name = "nonsense", .width = 8, .height = 8 };
    assert_int_equal(sg_packets_open(&packets, &unknown, decoders[k], &error), SAGITTA_ERROR_NO_DECODER);
    assert_null(packets);
  }
  sg_packets *packets = NULL;
  assert_int_equal(sg_packets_open(&packets, &coding, "/bin/true", NULL), SAGITTA_ERROR_MISSING);
  free(raw);
}

int main(int argc, char **argv) {
  if (sagitta_decoder_is_meant(argc, argv)) return sagitta_decoder_main();
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_can_be_reached_from_inside),
    cmocka_unit_test(what_comes_out_is_the_same),
    cmocka_unit_test(refusals_are_the_same),
    cmocka_unit_test(a_decoder_that_dies_is_a_refusal),
    cmocka_unit_test(pictures_one_at_a_time),
  };
  return cmocka_run_group_tests(tests, make_folder, clean_up);
}
