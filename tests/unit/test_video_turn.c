/* SPDX-License-Identifier: Apache-2.0 */
/* Turned, mirrored and squeezed videos stand upright exactly as the ffmpeg program shows them. */
#include "test_video_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* x' = a x + c y, y' = b x + d y as 16.16, in the order of the container's matrix. */
static void matrix_of(int32_t *matrix, int a, int b, int c, int d) {
  memset(matrix, 0, 9 * sizeof *matrix);
  matrix[0] = a * 65536;
  matrix[1] = b * 65536;
  matrix[3] = c * 65536;
  matrix[4] = d * 65536;
  matrix[8] = 1 << 30;
}

/* Compare our first frame's luma, put upright by info->upright, with the grey picture that ffmpeg makes. */
static void compare_with_ffmpeg(const char *path, int degrees, bool mirrored) {
  const char *grey = in_folder("upright.raw");
  run("ffmpeg -nostdin -v error -y -i 'file:%s' -frames:v 1 -map 0:v:0 -vf extractplanes=y -f rawvideo '%s'", path,
      grey);
  size_t size;
  uint8_t *want = read_file(grey, &size);
  sagitta_source *source;
  sagitta_video *video;
  sagitta_frame frame;
  assert_int_equal(sagitta_source_open(&source, &path, 1, NULL, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_open(&video, source, NULL), SAGITTA_OK);
  assert_int_equal(sagitta_video_read(video, &frame, NULL), SAGITTA_OK);
  const sagitta_input_info *info = sagitta_video_info(video);
  assert_int_equal(info->rotation_deg, degrees);
  assert_int_equal(info->mirrored, mirrored);
  assert_int_equal((size_t)info->width * (size_t)info->height, size);
  const double *m = info->upright;
  for (int y = 0; y < frame.height; y++)
    for (int x = 0; x < frame.width; x++) {
      double u = m[0] * (x + 0.5) + m[1] * (y + 0.5) + m[2];
      double v = m[3] * (x + 0.5) + m[4] * (y + 0.5) + m[5];
      assert_near(u - floor(u), 0.5, 1e-9);
      assert_true(u > 0 && u < info->width && v > 0 && v < info->height);
      assert_int_equal(frame.plane[0][y * frame.stride[0] + x], want[(int)v * info->width + (int)u]);
    }
  sagitta_video_close(&video);
  sagitta_source_close(&source);
  free(want);
}

static void every_turn(void **state) {
  (void)state;
  static const struct {
    int a, b, c, d, degrees;
    bool mirrored;
  } turns[] = { { 1, 0, 0, 1, 0, false },    { 0, 1, -1, 0, 90, false }, { -1, 0, 0, -1, 180, false },
                { 0, -1, 1, 0, 270, false }, { -1, 0, 0, 1, 0, true },   { 0, 1, 1, 0, 90, true },
                { 1, 0, 0, -1, 180, true },  { 0, -1, -1, 0, 270, true } };
  for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
    int32_t matrix[9];
    matrix_of(matrix, turns[i].a, turns[i].b, turns[i].c, turns[i].d);
    recipe r = { .path = in_folder("turned.mov"),
                 .muxer = "mov",
                 .encoder = "mpeg4",
                 .format = AV_PIX_FMT_YUV420P,
                 .width = 80,
                 .height = 48,
                 .frames = 2,
                 .matrix = matrix };
    write_video(&r);
    compare_with_ffmpeg(r.path, turns[i].degrees, turns[i].mirrored);
  }
}

static void a_phones_file(void **state) {
  (void)state;
  const char *path = SHARED_DATA "/real/phone/sample_rotate_and_reflect.mp4";
  FILE *file = fopen(path, "rb");
  if (!file) skip();
  (void)fclose(file);
  compare_with_ffmpeg(path, 90, true);
}

static void squeezed_samples(void **state) {
  (void)state;
  int32_t matrix[9];
  matrix_of(matrix, 0, 1, -1, 0);
  recipe r = { .path = in_folder("squeezed.mkv"),
               .muxer = "matroska",
               .encoder = "mpeg4",
               .format = AV_PIX_FMT_YUV420P,
               .width = 80,
               .height = 48,
               .frames = 2,
               .aspect = { 16, 11 } };
  write_video(&r);
  outcome o = read_all(r.path, NULL);
  assert_near(o.info.sample_aspect, 16.0 / 11, 1e-3);
  assert_int_equal(o.info.coded_width, 80);
  assert_int_equal(o.info.width, 116);
  assert_int_equal(o.info.height, 48);
  r.path = in_folder("squeezed.mov");
  r.muxer = "mov";
  r.matrix = matrix;
  write_video(&r);
  o = read_all(r.path, NULL);
  assert_int_equal(o.info.rotation_deg, 90);
  assert_int_equal(o.info.width, 48);
  assert_int_equal(o.info.height, 116);
}

/* H.264 codes whole macroblocks; what lies outside the stated size is never shown. */
static void cropping_is_respected(void **state) {
  (void)state;
  if (!has_encoder("libx264")) skip();
  recipe r = { .path = in_folder("cropped.mp4"),
               .muxer = "mp4",
               .encoder = "libx264",
               .format = AV_PIX_FMT_YUV420P,
               .width = 74,
               .height = 50,
               .frames = 2 };
  write_video(&r);
  compare_with_ffmpeg(r.path, 0, false);
  run("ffmpeg -nostdin -v error -y -i 'file:%s' -c copy -bsf:v h264_metadata=crop_left=6:crop_right=4:crop_top=10:"
      "crop_bottom=2 '%s'",
      r.path, in_folder("cut.mp4"));
  outcome o = read_all(in_folder("cut.mp4"), NULL);
  assert_int_equal(o.info.coded_width, 64 + 6);
  assert_int_equal(o.info.coded_height, 64 - 12);
}

/* A JPEG that carries an Exif orientation stands as the photographer held the camera. */
static void exif_turns_pictures(void **state) {
  (void)state;
  static const uint8_t exif[] = { 0xff, 0xe1, 0,    34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                                  0,    1,    0x01, 0x12, 0,   3,   0,   0,   0, 1, 0,   6,   0, 0,  0, 0, 0, 0 };
  recipe r = small_recipe(in_folder("plain.jpg"), "image2pipe", "mjpeg");
  write_video(&r);
  size_t size;
  uint8_t *data = read_file(r.path, &size);
  uint8_t *turned = malloc(size + sizeof exif);
  memcpy(turned, data, 2);
  memcpy(turned + 2, exif, sizeof exif);
  memcpy(turned + 2 + sizeof exif, data + 2, size - 2);
  write_file(in_folder("turned.jpg"), turned, size + sizeof exif);
  outcome plain = read_all(r.path, NULL);
  outcome o = read_all(in_folder("turned.jpg"), NULL);
  assert_int_equal(plain.info.rotation_deg, 0);
  assert_int_equal(o.info.rotation_deg, 90);
  assert_int_equal(o.info.width, 48);
  assert_int_equal(o.info.height, 64);
  assert_int_equal(o.sum, plain.sum);
  free(data);
  free(turned);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_turn),          cmocka_unit_test(a_phones_file),
    cmocka_unit_test(squeezed_samples),    cmocka_unit_test(cropping_is_respected),
    cmocka_unit_test(exif_turns_pictures),
  };
  if (system("ffmpeg -version >/dev/null 2>&1") != 0) return 77;
  sg_decoders_listen();
  return cmocka_run_group_tests(tests, make_folder, clean_up);
}
