/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs that are broken, cut off, protected or something else: a message, or what can be had of them. */
#include "test_video_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/pixdesc.h>

#include "video/formats.h"

static void expect(const char *path, sagitta_status want, const char *word) {
  outcome o = read_all(path, NULL);
  if (o.opened != want || !strstr(o.error.text, word))
    fail_msg("%s: %s, \"%s\"", path, sagitta_status_name(o.opened), o.error.text);
}

static void no_video_at_all(void **state) {
  (void)state;
  static const char text[] = "This is a letter, not a film.\nIt has several lines,\nand says nothing of interest.\n";
  static const char playlist[] =
      "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://localhost:1/a.ts\n#EXT-X-ENDLIST\n";
  static const char list[] = "ffconcat version 1.0\nfile '/etc/hostname'\n";
  static const char call[] =
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"
      "a=rtpmap:96 H264/90000\n";
  static const char subtitles[] = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nYou\n";
  write_file(in_folder("empty.mp4"), "", 0);
  write_file(in_folder("letter.mp4"), text, sizeof text - 1);
  write_file(in_folder("list.mp4"), playlist, sizeof playlist - 1);
  write_file(in_folder("concat.mp4"), list, sizeof list - 1);
  write_file(in_folder("call.sdp"), call, sizeof call - 1);
  write_file(in_folder("titles.mp4"), subtitles, sizeof subtitles - 1);
  expect(in_folder("missing.mp4"), SAGITTA_ERROR_MISSING, "no such file");
  expect("/dev/video97", SAGITTA_ERROR_MISSING, "camera");
  expect(in_folder("empty.mp4"), SAGITTA_ERROR_NOT_VIDEO, "empty");
  expect(in_folder("letter.mp4"), SAGITTA_ERROR_NOT_VIDEO, "not a video");
  expect(in_folder("list.mp4"), SAGITTA_ERROR_NOT_VIDEO, "not a video");
  expect(in_folder("concat.mp4"), SAGITTA_ERROR_NOT_VIDEO, "not a video");
  expect(in_folder("call.sdp"), SAGITTA_ERROR_NOT_VIDEO, "not a video");
  expect(in_folder("titles.mp4"), SAGITTA_ERROR_NOT_VIDEO, "not a video");
  expect("http://localhost:1/a.mp4", SAGITTA_ERROR_ARGUMENT, "camera"); /* never followed as a file */
}

static void sound_only(void **state) {
  (void)state;
  run("ffmpeg -nostdin -v error -y -f lavfi -i sine=d=1 -c:a pcm_s16le '%s'", in_folder("sound.wav"));
  run("ffmpeg -nostdin -v error -y -f lavfi -i sine=d=1 -c:a aac '%s'", in_folder("sound.mp4"));
  expect(in_folder("sound.wav"), SAGITTA_ERROR_NOT_VIDEO, "only sound");
  expect(in_folder("sound.mp4"), SAGITTA_ERROR_NO_STREAM, "only sound");
}

/* The allow-list: FFmpeg could open each of these. */
static void what_is_not_on_the_list(void **state) {
  (void)state;
  static const char *const options[] = { "-c:v cinepak", "-f smjpeg", "-c:v rawvideo -pix_fmt rgb4_byte" };
  static const char *const names[] = { "cinepak.avi", "loki.mp4", "grain.nut" };
  static const char *const said[] = { "cinepak, which is not among", "Loki SDL MJPEG", "rgb4_byte" };
  static const sagitta_status status[] = { SAGITTA_ERROR_NO_DECODER, SAGITTA_ERROR_NOT_VIDEO,
                                           SAGITTA_ERROR_NO_DECODER };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    run("ffmpeg -nostdin -v error -y -f lavfi -i testsrc=d=0.2:s=64x48 %s '%s'", options[i], in_folder(names[i]));
    expect(in_folder(names[i]), status[i], said[i]);
  }
  static const char drawing[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>";
  write_file(in_folder("drawing.png"), drawing, sizeof drawing - 1);
  expect(in_folder("drawing.png"), SAGITTA_ERROR_NOT_VIDEO, "not a video");
}

static void names_on_the_list(void **state) {
  (void)state;
  static const char *const refused[] = {
    "concat", "hls", "tty", "svg_pipe", "image2", "lavfi", "wav", "", "mo", "movie"
  };
  assert_true(sg_container_allowed("mov,mp4,m4a,3gp,3g2,mj2"));
  assert_true(sg_container_allowed("matroska,webm"));
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) assert_false(sg_container_allowed(refused[i]));
  assert_true(sg_decoder_allowed("h264", "h264") && sg_decoder_allowed("av1", "libdav1d"));
  assert_false(sg_decoder_allowed("av1", "av1") || sg_decoder_allowed("h264", "h264_cuvid"));
  assert_false(sg_decoder_allowed("vp9", "libvpx-vp9") || sg_decoder_allowed("cinepak", "cinepak"));
  assert_true(sg_pixels_allowed("yuv420p") && sg_pixels_allowed("yuv420p10le") && sg_pixels_allowed("yuv420p10be"));
  assert_false(sg_pixels_allowed("vaapi") || sg_pixels_allowed("yuv420p10xe") || sg_pixels_allowed("le"));
  /* What a list names is known to this FFmpeg, or younger than it. */
  size_t count;
  const sagitta_format *format = sagitta_formats(&count);
  for (size_t i = 0; i < count; i++) {
    if (format[i].kind == SAGITTA_FORMAT_CODING && strcmp(format[i].name, "vvc") != 0)
      assert_non_null(avcodec_descriptor_get_by_name(format[i].name));
    if (format[i].kind != SAGITTA_FORMAT_PIXELS || avutil_version() < AV_VERSION_INT(58, 0, 0)) continue;
    char ordered[64];
    snprintf(ordered, sizeof ordered, "%sle", format[i].name);
    assert_true(av_get_pix_fmt(format[i].name) != AV_PIX_FMT_NONE || av_get_pix_fmt(ordered) != AV_PIX_FMT_NONE);
  }
}

static void cover_art_is_no_video(void **state) {
  (void)state;
  run("ffmpeg -nostdin -v error -y -f lavfi -i sine=d=1 -f lavfi -i testsrc=d=1:r=1:s=64x48 -map 0 -map 1 -c:a aac "
      "-c:v mjpeg -pix_fmt yuvj420p -frames:v 1 -disposition:v:0 attached_pic '%s'",
      in_folder("song.m4a"));
  expect(in_folder("song.m4a"), SAGITTA_ERROR_NO_STREAM, "only sound");
}

static void protected_video(void **state) {
  (void)state;
  recipe r = { .path = in_folder("protected.mp4"),
               .muxer = "mp4",
               .encoder = "mpeg4",
               .format = AV_PIX_FMT_YUV420P,
               .width = 160,
               .height = 120,
               .frames = 10,
               .muxer_options =
                   "encryption_scheme=cenc-aes-ctr:encryption_key=76a6c65c5ea762046bd749a2e632ccbb:"
                   "encryption_kid=a7e61c373e219033c21091fa607bf3b8" };
  if (has_encoder("libx264")) r.encoder = "libx264";
  write_video(&r);
  outcome o = read_all(r.path, NULL);
  assert_int_equal(o.opened, SAGITTA_ERROR_ENCRYPTED);
  assert_non_null(strstr(o.error.text, "protected"));
}

/* In fragments libavformat gives not one packet of it. */
static void protected_fragments(void **state) {
  (void)state;
  recipe r = { .path = in_folder("protected-fragments.mp4"),
               .muxer = "mp4",
               .encoder = "mpeg4",
               .format = AV_PIX_FMT_YUV420P,
               .width = 160,
               .height = 120,
               .frames = 10,
               .muxer_options =
                   "movflags=frag_keyframe+empty_moov:encryption_scheme=cenc-aes-ctr:"
                   "encryption_key=76a6c65c5ea762046bd749a2e632ccbb:encryption_kid=a7e61c373e219033c21091fa607bf3b8" };
  if (has_encoder("libx264")) r.encoder = "libx264";
  write_video(&r);
  outcome o = read_all(r.path, NULL);
  assert_int_equal(o.opened, SAGITTA_ERROR_ENCRYPTED);
  assert_non_null(strstr(o.error.text, "protected"));
}

static void a_coding_without_decoder(void **state) {
  (void)state;
  recipe r = { .path = in_folder("future.mp4"),
               .muxer = "mp4",
               .encoder = "mpeg4",
               .format = AV_PIX_FMT_YUV420P,
               .width = 64,
               .height = 48,
               .frames = 3 };
  write_video(&r);
  size_t size;
  uint8_t *data = read_file(r.path, &size);
  for (size_t i = 0; i + 4 < size; i++)
    if (memcmp(data + i, "mp4v", 4) == 0 || memcmp(data + i, "esds", 4) == 0)
      memcpy(data + i, data[i] == 'm' ? "vvc1" : "free", 4);
  write_file(r.path, data, size);
  free(data);
  expect(r.path, SAGITTA_ERROR_NO_DECODER, "H.266/VVC");
}

static void too_large(void **state) {
  (void)state;
  recipe r = { .path = in_folder("wide.mkv"),
               .muxer = "matroska",
               .encoder = "ffv1",
               .format = AV_PIX_FMT_YUV420P,
               .width = 16002,
               .height = 4,
               .frames = 1 };
  write_video(&r);
  expect(r.path, SAGITTA_ERROR_TOO_LARGE, "16002");
  recipe p = { .path = in_folder("high.png"),
               .muxer = "image2pipe",
               .encoder = "png",
               .format = AV_PIX_FMT_GRAY8,
               .width = 4,
               .height = 16002,
               .frames = 1 };
  write_video(&p);
  expect(p.path, SAGITTA_ERROR_TOO_LARGE, "16002");
  recipe j = { .path = in_folder("high.jpg"),
               .muxer = "image2pipe",
               .encoder = "mjpeg",
               .format = AV_PIX_FMT_YUVJ420P,
               .width = 16,
               .height = 16002,
               .frames = 1,
               .range = AVCOL_RANGE_JPEG };
  write_video(&j);
  expect(j.path, SAGITTA_ERROR_TOO_LARGE, "16002");
  recipe a = { .path = in_folder("area.png"),
               .muxer = "image2pipe",
               .encoder = "png",
               .format = AV_PIX_FMT_GRAY8,
               .width = 6001,
               .height = 6000,
               .frames = 1 };
  write_video(&a);
  expect(a.path, SAGITTA_ERROR_TOO_LARGE, "6001 x 6000 px; at most 36 million");
  recipe most = { .path = in_folder("most.mkv"),
                  .muxer = "matroska",
                  .encoder = "ffv1",
                  .format = AV_PIX_FMT_YUV420P,
                  .width = 16000,
                  .height = 4,
                  .frames = 1 };
  write_video(&most);
  assert_int_equal(read_all(most.path, NULL).info.coded_width, 16000);
}

static void folders_that_are_no_sequence(void **state) {
  (void)state;
  run("mkdir '%s' '%s' '%s'", in_folder("none"), in_folder("mixed"), in_folder("videos"));
  expect(in_folder("none"), SAGITTA_ERROR_NOT_VIDEO, "no pictures");
  run("touch '%s' '%s' '%s'", in_folder("mixed/a.JPG"), in_folder("mixed/b.MOV"), in_folder("videos/b.mp4"));
  expect(in_folder("mixed"), SAGITTA_ERROR_ARGUMENT, "pictures and videos");
  expect(in_folder("videos"), SAGITTA_ERROR_ARGUMENT, "one video");
  expect(in_folder("none/%04d.png"), SAGITTA_ERROR_MISSING, "digits");
}

/* The index of an MP4 comes last: cut off, nothing can be found; moved to the front, the frames before the cut can. */
static void cut_off(void **state) {
  (void)state;
  recipe r = { .path = in_folder("whole.mp4"),
               .muxer = "mp4",
               .encoder = "mpeg4",
               .format = AV_PIX_FMT_YUV420P,
               .width = 160,
               .height = 120,
               .frames = 50 };
  size_t size;
  write_video(&r);
  uint8_t *data = read_file(r.path, &size);
  write_file(in_folder("cut.mp4"), data, size / 2);
  free(data);
  expect(in_folder("cut.mp4"), SAGITTA_ERROR_NO_STREAM, "index");
  static const char *const names[] = { "front.mp4", "front.mkv", "front.avi" };
  static const char *const muxers[] = { "mp4", "matroska", "avi" };
  for (int i = 0; i < 3; i++) {
    r.path = in_folder(names[i]);
    r.muxer = muxers[i];
    r.muxer_options = i == 0 ? "movflags=faststart" : NULL;
    write_video(&r);
    outcome whole = read_all(r.path, NULL);
    assert_int_equal(whole.frames, 50);
    assert_int_equal(whole.warnings, 0);
    data = read_file(r.path, &size);
    write_file(r.path, data, size * 6 / 10);
    free(data);
    outcome o = read_all(r.path, NULL);
    assert_int_equal(o.ended, SAGITTA_END);
    assert_in_range(o.frames, 15, 45);
    assert_true(warned(&o, SAGITTA_WARNING_STREAM_TRUNCATED));
  }
}

/* The place of four characters in a file. */
static uint8_t *find_tag(uint8_t *data, size_t size, const char *tag) {
  for (size_t i = 0; i + 4 <= size; i++) {
    if (memcmp(data + i, tag, 4) == 0) return data + i;
  }
  fail_msg("no %s", tag);
  return data;
}

static void read_avi(const uint8_t *data, size_t size, int64_t frames, bool cut) {
  const char *path = in_folder("changed.avi");
  write_file(path, data, size);
  outcome o = read_all(path, NULL);
  assert_int_equal(o.ended, SAGITTA_END);
  if (frames >= 0) assert_int_equal(o.frames, frames);
  assert_int_equal(warned(&o, SAGITTA_WARNING_STREAM_TRUNCATED), cut);
}

/* Frames that a recorder dropped are empty chunks of an AVI: counted in its header, and not missing. What is really cut
 * off is told, wherever the cut is. */
static void dropped_frames(void **state) {
  (void)state;
  static const char *const encoders[] = { "mjpeg", "mpeg4", "libx264" };
  int64_t stamps[30];
  for (int i = 0; i < 30; i++) stamps[i] = 3 * i / 2 + (i > 20 ? 7 : 0);
  for (int k = 0; k < 3; k++) {
    if (!has_encoder(encoders[k])) continue;
    recipe r = { .path = in_folder("dropped.avi"),
                 .muxer = "avi",
                 .encoder = encoders[k],
                 .format = k == 0 ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P,
                 .width = 160,
                 .height = 120,
                 .frames = 30,
                 .stamps = stamps,
                 .options = k == 2 ? "bf=0" : NULL };
    size_t size;
    write_video(&r);
    uint8_t *data = read_file(r.path, &size);
    read_avi(data, size, 30, false);
    read_avi(data, size / 2, -1, true);
    /* At the end of a chunk, and within the last frame; the index alone holds no frames. */
    const size_t index = (size_t)(find_tag(data, size, "idx1") - data);
    read_avi(data, index - 9, -1, true);
    read_avi(data, index, 30, false);
    /* Dropped at the end: the header counts more frames than any chunk that follows. */
    uint8_t *length = find_tag(data, size, "strh") + 8 + 32;
    length[0] += 5;
    read_avi(data, size, 30, false);
    read_avi(data, index, 30, true);
    /* Written to a pipe: lengths that were never filled in. */
    memcpy(length, "\0\0\0\x40", 4);
    memset(data + 4, 0xff, 4);
    read_avi(data, index, 30, false);
    free(data);
  }
}

static int heard;

static void hear(void *context, int level, const char *format, va_list arguments) {
  (void)context;
  (void)level;
  (void)format;
  (void)arguments;
  heard++;
}

/* A host that decodes in its own process and asks for nothing keeps libavutil's log as it had it. To be the first test:
 * several threads, which others ask for, take the log. */
static void a_host_keeps_its_log(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("own.mkv"), "matroska", has_encoder("libx264") ? "libx264" : "mpeg4");
  r.frames = 24;
  write_video(&r);
  size_t size;
  uint8_t *data = read_file(r.path, &size);
  for (size_t i = size / 2; i < size; i += 97) data[i] ^= 0x10;
  write_file(r.path, data, size);
  free(data);
  const int level = av_log_get_level();
  av_log_set_callback(hear);
  const outcome o = read_all(r.path, NULL);
  assert_true(o.opened == SAGITTA_OK && (o.frames < 24 || o.damaged > 0));
  assert_int_equal(av_log_get_level(), level);
  heard = 0;
  av_log(NULL, AV_LOG_ERROR, "is this heard?");
  assert_int_equal(heard, 1);
  av_log_set_callback(av_log_default_callback);
}

/* Bits turned anywhere, index included: an end or a message, and the same one at any number of threads. */
static void turned_bits(void **state) {
  (void)state;
  static const char *const encoders[] = { "libx264", "mpeg4", "mjpeg", "ffv1" };
  static const char *const muxers[] = { "mp4", "avi", "matroska", "matroska" };
  uint32_t seed = 12345;
  for (int k = 0; k < 4; k++) {
    if (!has_encoder(encoders[k])) continue;
    recipe r = { .path = in_folder("sound.bin"),
                 .muxer = muxers[k],
                 .encoder = encoders[k],
                 .format = k == 2 ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P,
                 .width = 96,
                 .height = 80,
                 .frames = 24,
                 .range = k == 2 ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG };
    write_video(&r);
    size_t size;
    uint8_t *data = read_file(r.path, &size);
    for (int round = 0; round < 16; round++) {
      uint8_t *broken = malloc(size);
      memcpy(broken, data, size);
      for (int i = 0; i < 1 + round * 2; i++) {
        seed = seed * 1664525u + 1013904223u;
        broken[seed % size] ^= (uint8_t)(1u << (seed >> 29));
      }
      write_file(in_folder("broken.bin"), broken, size);
      free(broken);
      sagitta_source_settings settings = sagitta_source_default_settings();
      settings.threads = 1;
      outcome one = read_all(in_folder("broken.bin"), &settings);
      settings.threads = round & 1 ? 2 : 8;
      outcome many = read_all(in_folder("broken.bin"), &settings);
      assert_int_equal(one.opened, many.opened);
      assert_int_equal(one.ended, many.ended);
      assert_int_equal(one.frames, many.frames);
      assert_int_equal(one.info.frames_damaged, many.info.frames_damaged);
      assert_int_equal(one.sum, many.sum);
    }
    free(data);
  }
}

static void damage_is_counted(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("frames.mkv"), "matroska", "mjpeg");
  r.width = 96;
  r.height = 80;
  r.frames = 24;
  write_video(&r);
  size_t size;
  uint8_t *data = read_file(r.path, &size);
  int found = 0;
  for (size_t i = 0; i + 2 < size; i++)
    if (data[i] == 0xff && data[i + 1] == 0xd8 && ++found == 5) memset(data + i, 0, 40);
  write_file(r.path, data, size);
  free(data);
  outcome o = read_all(r.path, NULL);
  assert_int_equal(o.frames, 23);
  assert_int_equal(o.info.frames_damaged, 1);
  assert_true(warned(&o, SAGITTA_WARNING_FRAMES_DAMAGED));
  assert_near(o.time[4], 0.2, 1e-9);
}

static void the_size_changes(void **state) {
  (void)state;
  recipe r = { .path = in_folder("two.m2v"),
               .muxer = "mpeg2video",
               .encoder = "mpeg2video",
               .format = AV_PIX_FMT_YUV420P,
               .width = 96,
               .height = 80,
               .frames = 20,
               .wider_from = 12 };
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.rate = 25;
  write_video(&r);
  outcome o = read_all(r.path, &settings);
  assert_int_equal(o.ended, SAGITTA_END);
  assert_in_range(o.frames, 11, 12); /* libavcodec's MPEG-2 decoder drops the frame that it had delayed */
  assert_int_equal(o.info.width, 96);
  assert_true(warned(&o, SAGITTA_WARNING_PICTURE_SIZE_CHANGED));
  if (!has_encoder("libx264")) return;
  r.path = in_folder("two.h264");
  r.muxer = "h264";
  r.encoder = "libx264";
  write_video(&r);
  o = read_all(r.path, &settings);
  assert_int_equal(o.frames, 12);
  assert_true(warned(&o, SAGITTA_WARNING_PICTURE_SIZE_CHANGED));
}

static void no_stamps(void **state) {
  (void)state;
  recipe r = { .path = in_folder("raw.m2v"),
               .muxer = "mpeg2video",
               .encoder = "mpeg2video",
               .format = AV_PIX_FMT_YUV420P,
               .width = 96,
               .height = 80,
               .frames = 20 };
  write_video(&r);
  if (has_encoder("libx264")) {
    r.path = in_folder("raw.h264");
    r.muxer = "h264";
    r.encoder = "libx264";
    write_video(&r);
  }
  outcome o = read_all(r.path, NULL);
  assert_int_equal(o.opened, SAGITTA_OK);
  assert_int_equal(o.ended, SAGITTA_NO_MEASUREMENT);
  assert_non_null(strstr(o.error.text, "--rate"));
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.rate = 50;
  o = read_all(r.path, &settings);
  assert_int_equal(o.ended, SAGITTA_END);
  assert_int_equal(o.frames, 20);
  assert_near(o.time[19], 19 / 50.0, 1e-12);
  assert_near(o.info.frame_rate, 50, 1e-9);
}

static void an_empty_second_track_is_passed_over(void **state) {
  (void)state;
  run("ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=d=1:r=10:s=64x48 -f lavfi -i testsrc2=d=0.1:r=10:s=320x240 "
      "-map 0 -map 1 -c:v mpeg4 '%s'",
      in_folder("tracks.mp4"));
  outcome o = read_all(in_folder("tracks.mp4"), NULL);
  assert_int_equal(o.info.width, 64);
  assert_int_equal(o.frames, 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_host_keeps_its_log),
    cmocka_unit_test(no_video_at_all),
    cmocka_unit_test(sound_only),
    cmocka_unit_test(what_is_not_on_the_list),
    cmocka_unit_test(names_on_the_list),
    cmocka_unit_test(cover_art_is_no_video),
    cmocka_unit_test(protected_video),
    cmocka_unit_test(protected_fragments),
    cmocka_unit_test(a_coding_without_decoder),
    cmocka_unit_test(too_large),
    cmocka_unit_test(folders_that_are_no_sequence),
    cmocka_unit_test(cut_off),
    cmocka_unit_test(dropped_frames),
    cmocka_unit_test(turned_bits),
    cmocka_unit_test(damage_is_counted),
    cmocka_unit_test(the_size_changes),
    cmocka_unit_test(no_stamps),
    cmocka_unit_test(an_empty_second_track_is_passed_over),
  };
  if (system("ffmpeg -version >/dev/null 2>&1") != 0) return 77;
  return cmocka_run_group_tests(tests, make_folder, clean_up);
}
