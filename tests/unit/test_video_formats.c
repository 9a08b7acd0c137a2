/* SPDX-License-Identifier: Apache-2.0 */
/* Every pixel format arrives as it is coded: in place where promised, else laid out anew without loss. */
#include "test_video_help.h"

#include <stdlib.h>
#include <string.h>

#include <libavutil/imgutils.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

typedef struct expectation {
  enum AVPixelFormat format;
  sagitta_layout layout;
  int bits, shift, step_x, step_y;
  bool in_place;
} expectation;

static const expectation expectations[] = {
  { AV_PIX_FMT_YUV420P, SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 2, true },
  { AV_PIX_FMT_YUV422P, SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 1, true },
  { AV_PIX_FMT_YUV444P, SAGITTA_LAYOUT_PLANAR, 8, 0, 1, 1, true },
  { AV_PIX_FMT_YUV440P, SAGITTA_LAYOUT_PLANAR, 8, 0, 1, 2, true },
  { AV_PIX_FMT_YUV411P, SAGITTA_LAYOUT_PLANAR, 8, 0, 4, 1, true },
  { AV_PIX_FMT_YUVJ420P, SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 2, true },
  { AV_PIX_FMT_YUVJ422P, SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 1, true },
  { AV_PIX_FMT_YUVJ444P, SAGITTA_LAYOUT_PLANAR, 8, 0, 1, 1, true },
  { AV_PIX_FMT_YUVA420P, SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 2, true },
  { AV_PIX_FMT_NV12, SAGITTA_LAYOUT_SEMIPLANAR, 8, 0, 2, 2, true },
  { AV_PIX_FMT_NV16, SAGITTA_LAYOUT_SEMIPLANAR, 8, 0, 2, 1, true },
  { AV_PIX_FMT_YUYV422, SAGITTA_LAYOUT_YUYV, 8, 0, 2, 1, true },
  { AV_PIX_FMT_UYVY422, SAGITTA_LAYOUT_UYVY, 8, 0, 2, 1, true },
  { AV_PIX_FMT_YUV420P10, SAGITTA_LAYOUT_PLANAR, 10, 0, 2, 2, true },
  { AV_PIX_FMT_YUV422P10, SAGITTA_LAYOUT_PLANAR, 10, 0, 2, 1, true },
  { AV_PIX_FMT_YUV444P10, SAGITTA_LAYOUT_PLANAR, 10, 0, 1, 1, true },
  { AV_PIX_FMT_YUV420P12, SAGITTA_LAYOUT_PLANAR, 12, 0, 2, 2, true },
  { AV_PIX_FMT_P010, SAGITTA_LAYOUT_SEMIPLANAR, 10, 6, 2, 2, true },
  { AV_PIX_FMT_GRAY8, SAGITTA_LAYOUT_GREY, 8, 0, 1, 1, true },
  { AV_PIX_FMT_GRAY10, SAGITTA_LAYOUT_GREY, 10, 0, 1, 1, true },
  { AV_PIX_FMT_NV21, SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 2, false },
  { AV_PIX_FMT_YUV420P10BE, SAGITTA_LAYOUT_PLANAR, 10, 0, 2, 2, false },
  { AV_PIX_FMT_YVYU422, SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 1, false },
};

static AVFrame *picture(enum AVPixelFormat format, int width, int height) {
  AVFrame *frame = av_frame_alloc();
  frame->format = format;
  frame->width = width;
  frame->height = height;
  assert_true(av_frame_get_buffer(frame, 0) >= 0);
  return frame;
}

/* The sample of component c at (x, y) of its own grid, by libavutil's description of the format. */
static unsigned sample_of(const AVFrame *frame, int c, int x, int y) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(frame->format);
  const AVComponentDescriptor *k = &d->comp[c];
  const uint8_t *at = frame->data[k->plane] + y * frame->linesize[k->plane] + x * k->step + k->offset;
  unsigned value = k->depth <= 8 ? *at : d->flags & AV_PIX_FMT_FLAG_BE ? AV_RB16(at) : AV_RL16(at);
  return (value >> k->shift) & ((1u << k->depth) - 1);
}

static unsigned word(const uint8_t *at, int bytes) {
  uint16_t value = *at;
  if (bytes == 2) memcpy(&value, at, 2);
  return value;
}

/* The same sample as a user of sagitta_frame finds it. */
static unsigned sample_in(const sagitta_frame *f, int c, int x, int y) {
  int bytes = f->bits > 8 ? 2 : 1;
  const uint8_t *row = f->plane[0] + y * f->stride[0];
  switch (f->layout) {
    case SAGITTA_LAYOUT_YUYV:
      return c == 0 ? row[2 * x] : row[4 * x + (c == 1 ? 1 : 3)];
    case SAGITTA_LAYOUT_UYVY:
      return c == 0 ? row[2 * x + 1] : row[4 * x + (c == 1 ? 0 : 2)];
    case SAGITTA_LAYOUT_SEMIPLANAR:
      if (c > 0) return word(f->plane[1] + y * f->stride[1] + (2 * x + c - 1) * bytes, bytes) >> f->shift;
      return word(row + x * bytes, bytes) >> f->shift;
    default:
      return word(f->plane[c] + y * f->stride[c] + x * bytes, bytes) >> f->shift;
  }
}

static void check_format(const expectation *e, int width, int height) {
  AVFrame *frame = picture(e->format, width, height);
  sg_mapper mapper = { 0 };
  sagitta_frame out;
  paint(frame, 3);
  frame->color_range = AVCOL_RANGE_MPEG;
  frame->colorspace = AVCOL_SPC_BT709;
  assert_true(sg_mapper_map(&mapper, frame, false, &out));
  assert_int_equal(out.layout, e->layout);
  assert_int_equal(out.bits, e->bits);
  assert_int_equal(out.shift, e->shift);
  assert_int_equal(out.chroma_step_x, e->step_x);
  assert_int_equal(out.chroma_step_y, e->step_y);
  assert_int_equal(out.width, width);
  assert_int_equal(out.height, height);
  if (e->layout == SAGITTA_LAYOUT_GREY) {
    assert_int_equal(out.chroma_width, 0);
  } else {
    assert_int_equal(out.chroma_width, (width + e->step_x - 1) / e->step_x);
    assert_int_equal(out.chroma_height, (height + e->step_y - 1) / e->step_y);
  }
  if (e->in_place) assert_ptr_equal(out.plane[0], frame->data[0]);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) assert_int_equal(sample_in(&out, 0, x, y), sample_of(frame, 0, x, y));
  for (int c = 1; c < 3; c++)
    for (int y = 0; y < out.chroma_height; y++)
      for (int x = 0; x < out.chroma_width; x++) assert_int_equal(sample_in(&out, c, x, y), sample_of(frame, c, x, y));
  sg_mapper_free(&mapper);
  av_frame_free(&frame);
}

static void samples_arrive_unchanged(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
    check_format(&expectations[i], 48, 32);
    if (expectations[i].in_place && expectations[i].layout != SAGITTA_LAYOUT_YUYV &&
        expectations[i].layout != SAGITTA_LAYOUT_UYVY)
      check_format(&expectations[i], 35, 21);
  }
}

static void pictures_in_rgb_become_jpegs_yuv(void **state) {
  (void)state;
  static const uint8_t colour[][3] = { { 255, 0, 0 }, { 0, 255, 0 },   { 0, 0, 255 },   { 255, 255, 255 },
                                       { 0, 0, 0 },   { 255, 0, 255 }, { 200, 120, 30 } };
  static const enum AVPixelFormat formats[] = { AV_PIX_FMT_RGB24, AV_PIX_FMT_BGRA, AV_PIX_FMT_GBRP,
                                                AV_PIX_FMT_RGB48LE };
  for (size_t k = 0; k < sizeof formats / sizeof *formats; k++)
    for (size_t i = 0; i < sizeof colour / sizeof *colour; i++) {
      AVFrame *frame = picture(formats[k], 40, 24);
      const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(formats[k]);
      for (int y = 0; y < 24; y++)
        for (int x = 0; x < 40; x++)
          for (int c = 0; c < d->nb_components; c++) {
            const AVComponentDescriptor *part = &d->comp[c];
            uint8_t *at = frame->data[part->plane] + y * frame->linesize[part->plane] + x * part->step + part->offset;
            memset(at, c < 3 ? colour[i][c] : 255, part->depth > 8 ? 2 : 1);
          }
      sg_mapper mapper = { 0 };
      sagitta_frame out;
      assert_true(sg_mapper_map(&mapper, frame, false, &out));
      assert_false(sg_colour_is_guessed(frame));
      assert_true(out.full_range);
      assert_int_equal(out.matrix, SAGITTA_MATRIX_BT601);
      assert_int_equal(out.chroma_step_x * 10 + out.chroma_step_y, 11);
      double r = colour[i][0];
      double g = colour[i][1];
      double b = colour[i][2];
      double luma = 0.299 * r + 0.587 * g + 0.114 * b;
      assert_in_range(abs(out.plane[0][5] - (int)(luma + 0.5)), 0, 1);
      double cb = 128 + 0.5 * (b - luma) / (1 - 0.114);
      double cr = 128 + 0.5 * (r - luma) / (1 - 0.299);
      assert_in_range(abs(out.plane[1][5] - (int)(cb > 255 ? 255 : cb + 0.5)), 0, 1);
      assert_in_range(abs(out.plane[2][5] - (int)(cr > 255 ? 255 : cr + 0.5)), 0, 1);
      sg_mapper_free(&mapper);
      av_frame_free(&frame);
    }
}

static void palettes_and_bits_are_converted(void **state) {
  (void)state;
  static const enum AVPixelFormat formats[] = { AV_PIX_FMT_PAL8,     AV_PIX_FMT_MONOBLACK, AV_PIX_FMT_YUV410P,
                                                AV_PIX_FMT_RGB565LE, AV_PIX_FMT_YA8,       AV_PIX_FMT_GRAY16BE };
  for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
    AVFrame *frame = picture(formats[k], 40, 24);
    for (int p = 0; p < 4 && frame->data[p]; p++)
      memset(frame->data[p], 0x5a, p == 1 && formats[k] == AV_PIX_FMT_PAL8 ? 1024 : (size_t)frame->linesize[p]);
    sg_mapper mapper = { 0 };
    sagitta_frame out;
    for (int y = 1; y < 24; y++) memcpy(frame->data[0] + y * frame->linesize[0], frame->data[0], 5);
    assert_true(sg_mapper_map(&mapper, frame, false, &out));
    assert_int_equal(out.width, 40);
    sg_mapper_free(&mapper);
    av_frame_free(&frame);
  }
}

/* Range, matrix and guesses, through a real container. */
static void colour_is_read_or_guessed(void **state) {
  (void)state;
  static const struct {
    enum AVColorRange range;
    enum AVColorSpace space;
    int width, height;
    bool full, guessed;
    sagitta_matrix matrix;
  } cases[] = {
    { AVCOL_RANGE_MPEG, AVCOL_SPC_BT709, 64, 48, false, false, SAGITTA_MATRIX_BT709 },
    { AVCOL_RANGE_JPEG, AVCOL_SPC_SMPTE170M, 64, 48, true, false, SAGITTA_MATRIX_BT601 },
    { AVCOL_RANGE_MPEG, AVCOL_SPC_BT470BG, 64, 48, false, false, SAGITTA_MATRIX_BT601 },
    { AVCOL_RANGE_MPEG, AVCOL_SPC_BT2020_NCL, 64, 48, false, false, SAGITTA_MATRIX_BT2020 },
    { AVCOL_RANGE_UNSPECIFIED, AVCOL_SPC_UNSPECIFIED, 64, 48, false, true, SAGITTA_MATRIX_BT601 },
    { AVCOL_RANGE_UNSPECIFIED, AVCOL_SPC_UNSPECIFIED, 64, 592, false, true, SAGITTA_MATRIX_BT709 },
    { AVCOL_RANGE_UNSPECIFIED, AVCOL_SPC_UNSPECIFIED, 1280, 48, false, true, SAGITTA_MATRIX_BT709 },
    { AVCOL_RANGE_UNSPECIFIED, AVCOL_SPC_BT709, 64, 48, false, true, SAGITTA_MATRIX_BT709 },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    recipe r = { .path = in_folder("colour.mkv"),
                 .muxer = "matroska",
                 .encoder = "ffv1",
                 .format = AV_PIX_FMT_YUV420P,
                 .width = cases[i].width,
                 .height = cases[i].height,
                 .frames = 2,
                 .range = cases[i].range,
                 .space = cases[i].space };
    write_video(&r);
    outcome o = read_all(r.path, NULL);
    assert_int_equal(o.frames, 2);
    assert_int_equal(o.info.full_range, cases[i].full);
    assert_int_equal(o.info.matrix, cases[i].matrix);
    assert_int_equal(o.info.colour_guessed, cases[i].guessed);
  }
}

static void formats_survive_containers(void **state) {
  (void)state;
  static const struct {
    const char *muxer, *encoder;
    enum AVPixelFormat format;
    const char *name;
  } cases[] = {
    { "nut", "rawvideo", AV_PIX_FMT_NV12, "nv12" },
    { "nut", "rawvideo", AV_PIX_FMT_YUYV422, "yuyv422" },
    { "nut", "rawvideo", AV_PIX_FMT_UYVY422, "uyvy422" },
    { "nut", "rawvideo", AV_PIX_FMT_YUV444P, "yuv444p" },
    { "matroska", "ffv1", AV_PIX_FMT_YUV420P10LE, "yuv420p10le" },
    { "matroska", "ffv1", AV_PIX_FMT_YUV422P, "yuv422p" },
    { "mov", "mpeg4", AV_PIX_FMT_YUV420P, "yuv420p" },
    { "avi", "mjpeg", AV_PIX_FMT_YUVJ422P, "yuvj422p" },
    { "avi", "mjpeg", AV_PIX_FMT_YUVJ420P, "yuvj420p" },
    { "matroska", "ffv1", AV_PIX_FMT_GRAY8, "gray" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    recipe r = { .path = in_folder("format.bin"),
                 .muxer = cases[i].muxer,
                 .encoder = cases[i].encoder,
                 .format = cases[i].format,
                 .width = 70,
                 .height = 46,
                 .frames = 4,
                 .range = strncmp(cases[i].name, "yuvj", 4) ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG };
    write_video(&r);
    outcome o = read_all(r.path, NULL);
    assert_int_equal(o.opened, SAGITTA_OK);
    assert_int_equal(o.frames, 4);
    assert_string_equal(o.info.pixel_format, cases[i].name);
    assert_near(o.info.frame_rate, 25, 1e-6);
  }
}

/* Motion JPEG goes through libjpeg-turbo; libavcodec must see the same picture but for rounding. */
static void mjpeg_is_the_picture_that_libavcodec_sees(void **state) {
  (void)state;
  static const enum AVPixelFormat formats[] = { AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P };
  for (size_t k = 0; k < 3; k++) {
    recipe r = { .path = in_folder("m.avi"),
                 .muxer = "avi",
                 .encoder = "mjpeg",
                 .format = formats[k],
                 .width = 75,
                 .height = 51,
                 .frames = 3,
                 .range = AVCOL_RANGE_JPEG,
                 .options = "qmin=2:qmax=2" };
    write_video(&r);
    sg_item item = { .path = (char *)r.path, .file = -1 };
    sg_stream *turbo;
    sg_stream *codec;
    assert_int_equal(sg_stream_open(&turbo, &item, "m", 1, 0, NULL), SAGITTA_OK);
    assert_int_equal(sg_stream_open(&codec, &item, "m", 1, 0, NULL), SAGITTA_OK);
    sg_jpeg_free(&codec->decoder.jpeg);
    AVFrame *a;
    AVFrame *b;
    for (int i = 0; i < 3; i++) {
      assert_int_equal(sg_stream_read(turbo, &a), SAGITTA_OK);
      assert_int_equal(sg_stream_read(codec, &b), SAGITTA_OK);
      assert_non_null(turbo->decoder.jpeg);
      assert_int_equal(a->width, b->width);
      assert_int_equal(a->height, b->height);
      assert_int_equal(a->format, b->format);
      assert_int_equal(a->best_effort_timestamp, b->best_effort_timestamp);
      const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(a->format);
      for (int p = 0; p < 3; p++) {
        int wide = p ? AV_CEIL_RSHIFT(a->width, d->log2_chroma_w) : a->width;
        int high = p ? AV_CEIL_RSHIFT(a->height, d->log2_chroma_h) : a->height;
        for (int y = 0; y < high; y++)
          for (int x = 0; x < wide; x++)
            assert_in_range(abs(a->data[p][y * a->linesize[p] + x] - b->data[p][y * b->linesize[p] + x]), 0, 2);
      }
    }
    assert_int_equal(sg_stream_read(turbo, &a), SAGITTA_END);
    sg_stream_close(&turbo);
    sg_stream_close(&codec);
  }
}

/* Cameras leave the Huffman tables out to save a few bytes. */
static void mjpeg_without_huffman_tables(void **state) {
  (void)state;
  recipe r = { .path = in_folder("h.jpg"),
               .muxer = "image2pipe",
               .encoder = "mjpeg",
               .format = AV_PIX_FMT_YUVJ420P,
               .width = 64,
               .height = 48,
               .frames = 1,
               .range = AVCOL_RANGE_JPEG,
               .options = "huffman=default" };
  write_video(&r);
  outcome whole = read_all(r.path, NULL);
  size_t size;
  uint8_t *data = read_file(r.path, &size);
  for (size_t i = 2; i + 4 < size && data[i] == 0xff;) {
    size_t length = 2 + (size_t)data[i + 2] * 256 + data[i + 3];
    if (data[i + 1] == 0xda) break;
    if (data[i + 1] == 0xc4) {
      memmove(data + i, data + i + length, size - i - length);
      size -= length;
    } else {
      i += length;
    }
  }
  write_file(r.path, data, size);
  free(data);
  outcome without = read_all(r.path, NULL);
  assert_int_equal(without.frames, 1);
  assert_int_equal(without.sum, whole.sum);
}

/* A JPEG cut anywhere: flagged or refused, never a crash, and the same each time. */
static void cut_jpegs(void **state) {
  (void)state;
  recipe r = small_recipe(in_folder("c.jpg"), "image2pipe", "mjpeg");
  r.format = AV_PIX_FMT_YUVJ422P;
  r.width = 96;
  r.height = 80;
  write_video(&r);
  size_t size;
  uint8_t *data = read_file(r.path, &size);
  for (size_t cut = 0; cut < size; cut += 1 + size / 60) {
    write_file(in_folder("cut.jpg"), data, cut);
    outcome a = read_all(in_folder("cut.jpg"), NULL);
    outcome b = read_all(in_folder("cut.jpg"), NULL);
    assert_int_equal(a.opened, b.opened);
    assert_int_equal(a.sum, b.sum);
    if (a.opened == SAGITTA_OK && cut + 2 < size) assert_int_equal(a.damaged, 1);
  }
  free(data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(samples_arrive_unchanged),        cmocka_unit_test(pictures_in_rgb_become_jpegs_yuv),
    cmocka_unit_test(palettes_and_bits_are_converted), cmocka_unit_test(colour_is_read_or_guessed),
    cmocka_unit_test(formats_survive_containers),      cmocka_unit_test(mjpeg_is_the_picture_that_libavcodec_sees),
    cmocka_unit_test(mjpeg_without_huffman_tables),    cmocka_unit_test(cut_jpegs),
  };
  sg_decoders_listen();
  return cmocka_run_group_tests(tests, make_folder, clean_up);
}
