/* SPDX-License-Identifier: Apache-2.0 */
/* What phones, webcams and other people's tools wrote: each file ends as it should, with its true size and times. */
#include "test_video_help.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct known {
  const char *path;
  sagitta_status opened;
  const char *word; /* of the message, on failure */
  int width, height, rotation;
  bool mirrored;
  int64_t frames;
  double rate; /* frames/s */
  const char *format;
  bool full;
  sagitta_matrix matrix;
} known;

#define REFUSED(path, status, word) \
  { path, status, word, 0, 0, 0, false, 0, 0, NULL, false, SAGITTA_MATRIX_BT601 }
#define READ(path, width, height, rotation, mirrored, frames, rate, format, full, matrix) \
  { path, SAGITTA_OK, NULL, width, height, rotation, mirrored, frames, rate, format, full, SAGITTA_MATRIX_##matrix }

static const known files[] = {
  REFUSED("real/phone/sample_audio_only.mp4", SAGITTA_ERROR_NO_STREAM, "only sound"),
  REFUSED("real/phone/sample_malformed_free_box.mp4", SAGITTA_ERROR_NO_STREAM, "index"),
  REFUSED("real/phone/sample_vvc.mp4", SAGITTA_ERROR_NO_DECODER, "H.266/VVC"),
  REFUSED("real/phone/invalid-bitstream.webm", SAGITTA_ERROR_DAMAGED, "Not one frame"),
  REFUSED("real/containers/bipbop_nonfragment_header.mp4", SAGITTA_ERROR_DAMAGED, "cut off"),
  REFUSED("real/containers/chunk_out_of_range.mp4", SAGITTA_ERROR_DAMAGED, "index"),
  REFUSED("real/containers/invalid_userdata.mp4", SAGITTA_ERROR_DAMAGED, "cut off"),
  REFUSED("real/phone/LICENSE-Apache-2.0.txt", SAGITTA_ERROR_NOT_VIDEO, "not a video"),
  READ("clips/d1.mp4", 1280, 720, 0, false, 98, 20, "yuv420p", false, BT709),
  READ("clips/d2.mp4", 1280, 720, 0, false, 98, 20, "yuv420p", false, BT709),
  READ("real/no-markers/sports2d-walk.mp4", 1280, 720, 0, false, 401, 30, "yuv420p", false, BT709),
  READ("real/containers/video_rotation_90.mp4", 60, 100, 90, false, 1, 0, "yuv420p", false, BT601),
  READ("real/containers/no_timescale.mp4", 320, 240, 0, false, 170, 28.12, "yuv420p", false, BT601),
  READ("real/phone/silent-black-10s.mp4", 320, 240, 0, false, 300, 30, "yuv420p", false, BT601),
  READ("real/phone/sample_fragmented.mp4", 1080, 720, 0, false, 30, 29.97, "yuv420p", false, BT709),
  READ("real/phone/bt601.mov", 640, 428, 0, false, 30, 29.97, "yuv420p", false, BT601),
  READ("real/phone/sample_empty_track.mp4", 1080, 720, 0, false, 30, 29.97, "yuv420p", false, BT709),
  READ("real/phone/h265_with_metadata_track.mp4", 1080, 1920, 90, false, 3, 29.98, "yuvj420p", true, BT601),
  READ("real/phone/bear-vp9-odd-dimensions.webm", 161, 121, 0, false, 30, 29.96, "yuv420p", false, BT601),
  READ("real/phone/sample_with_invalid_nalu.mp4", 1080, 720, 0, false, 29, 28.94, "yuv420p", false, BT709),
  READ("real/phone/bbb_800x640_768kbps_30fps_avc_2b_firstpts_10_sec.mp4", 1137, 640, 0, false, 120, 30, "yuv420p",
       false, BT709),
  READ("real/phone/sample_rotate_and_reflect.mp4", 720, 1080, 90, true, 30, 29.97, "yuv420p", false, BT709),
  READ("real/phone/iibbibb_editlist_videoonly.mp4", 704, 576, 0, false, 12, 1, "yuv444p", false, BT601),
  READ("real/phone/edit_list_positive_shift.mp4", 1920, 1080, 0, false, 270, 30, "yuv420p", false, BT709),
  READ("real/phone/hlg10-color-test.mp4", 1920, 1080, 0, false, 9, 29.99, "yuv420p10le", false, BT2020),
  READ("real/phone/sample_android_slow_motion.mp4", 1280, 720, 0, false, 7, 12.2, "yuvj420p", true, BT601),
  READ("real/phone/sample_mdat_too_long.mp4", 1080, 720, 0, false, 30, 29.97, "yuv420p", false, BT709),
  READ("real/phone/sample_with_color_info.mp4", 1080, 1920, 90, false, 9, 30, "yuv420p10le", false, BT2020),
  READ("real/webcam-bands/leftCam_20251015_180349.avi", 640, 480, 0, false, 163, 30, "yuvj420p", true, BT601),
  READ("real/webcam-bands/video_cam1_20251015_174124.avi", 640, 480, 0, false, 96, 30, "yuvj420p", true, BT601),
};

static outcome look(const char *path) {
  char whole[1024];
  (void)snprintf(whole, sizeof whole, "%s/%s", SHARED_DATA, path);
  return read_all(whole, NULL);
}

static void every_file(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    const known *k = &files[i];
    outcome o = look(k->path);
    bool right = o.opened == k->opened;
    if (k->opened != SAGITTA_OK)
      right = right && strstr(o.error.text, k->word);
    else
      right = right && o.ended == SAGITTA_END && o.info.width == k->width && o.info.height == k->height &&
              o.info.rotation_deg == k->rotation && o.info.mirrored == k->mirrored && o.frames == k->frames &&
              o.info.frames == k->frames && fabs(o.info.frame_rate - k->rate) < 0.02 && o.info.full_range == k->full &&
              o.info.matrix == k->matrix && strcmp(o.info.pixel_format, k->format) == 0 && o.time[0] == 0;
    if (!right)
      fail_msg("%s: %s \"%s\" %d x %d, %d degrees, %lld frames at %f/s, %s", k->path, sagitta_status_name(o.opened),
               o.error.text, o.info.width, o.info.height, o.info.rotation_deg, (long long)o.frames, o.info.frame_rate,
               o.info.pixel_format);
  }
}

static void slow_motion_and_damage(void **state) {
  (void)state;
  outcome o = look("real/phone/sample_android_slow_motion.mp4");
  assert_true(o.info.slow_motion);
  assert_near(o.info.capture_rate, 240, 1e-9);
  assert_near(o.time[1], 0.325344, 1e-5);
  assert_true(warned(&o, SAGITTA_WARNING_SLOW_MOTION));
  o = look("real/phone/sample_with_invalid_nalu.mp4");
  assert_true(warned(&o, SAGITTA_WARNING_FRAMES_DAMAGED));
  assert_near(o.time[26], 0.9009, 1e-4);
  o = look("real/phone/h265_with_metadata_track.mp4");
  assert_false(o.info.slow_motion);
}

static void photographs_of_one_folder(void **state) {
  (void)state;
  outcome o = look("calibration/pose2sim-cam01");
  assert_int_equal(o.opened, SAGITTA_OK);
  assert_int_equal(o.frames, 7);
  assert_int_equal(o.info.width, 1088);
  assert_int_equal(o.info.height, 1920);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_file),
    cmocka_unit_test(slow_motion_and_damage),
    cmocka_unit_test(photographs_of_one_folder),
  };
  if (access(SHARED_DATA "/README.md", R_OK) != 0) return 77;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
