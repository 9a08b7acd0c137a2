/* SPDX-License-Identifier: Apache-2.0 */
#include "test_video_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/dict.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>

void run(const char *format, ...) {
  char command[4096];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(command, sizeof command, format, arguments);
  va_end(arguments);
  if (system(command) != 0) fail_msg("failed: %s", command);
}

bool has_encoder(const char *name) {
  return avcodec_find_encoder_by_name(name) != NULL;
}

void paint(AVFrame *frame, int index) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(frame->format);
  for (int c = 0; c < d->nb_components; c++) {
    const AVComponentDescriptor *part = &d->comp[c];
    int width = c == 1 || c == 2 ? AV_CEIL_RSHIFT(frame->width, d->log2_chroma_w) : frame->width;
    int height = c == 1 || c == 2 ? AV_CEIL_RSHIFT(frame->height, d->log2_chroma_h) : frame->height;
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) {
        unsigned value = (unsigned)(40 + (x * 3 + y * 2 + c * 37 + index * 5) % 160);
        uint8_t *at = frame->data[part->plane] + y * frame->linesize[part->plane] + x * part->step + part->offset;
        value = (value << (part->depth - 8) | (value & ((1u << (part->depth - 8)) - 1))) << part->shift;
        if (part->depth <= 8)
          *at = (uint8_t)value;
        else if (d->flags & AV_PIX_FMT_FLAG_BE)
          AV_WB16(at, (uint16_t)value);
        else
          AV_WL16(at, (uint16_t)value);
      }
  }
}

typedef struct writer {
  AVFormatContext *file;
  AVCodecContext *codec;
  AVStream *stream;
  AVPacket *packet;
} writer;

static void drain(writer *w) {
  while (avcodec_receive_packet(w->codec, w->packet) >= 0) {
    w->packet->stream_index = 0;
    if (!w->packet->duration) w->packet->duration = 1;
    av_packet_rescale_ts(w->packet, w->codec->time_base, w->stream->time_base);
    assert_true(av_interleaved_write_frame(w->file, w->packet) >= 0);
  }
}

static void open_encoder(writer *w, const recipe *r, int width) {
  const AVCodec *encoder = avcodec_find_encoder_by_name(r->encoder);
  if (!encoder) fail_msg("no encoder %s", r->encoder);
  AVDictionary *options = NULL;
  w->codec = avcodec_alloc_context3(encoder);
  w->codec->width = width;
  w->codec->height = r->height;
  w->codec->pix_fmt = r->format;
  w->codec->time_base = r->base.num ? r->base : (AVRational){ 1, 25 };
  w->codec->framerate = r->base.num ? (AVRational){ 0, 1 } : (AVRational){ 25, 1 };
  w->codec->color_range = r->range;
  w->codec->colorspace = r->space ? r->space : AVCOL_SPC_UNSPECIFIED;
  w->codec->chroma_sample_location = r->location;
  w->codec->sample_aspect_ratio = r->aspect.den ? r->aspect : (AVRational){ 0, 1 };
  w->codec->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  w->codec->thread_count = 1;
  if (w->file->oformat->flags & AVFMT_GLOBALHEADER) w->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (r->options) (void)av_dict_parse_string(&options, r->options, "=", ":", 0);
  assert_true(avcodec_open2(w->codec, encoder, &options) >= 0);
  av_dict_free(&options);
}

static void open_writer(writer *w, const recipe *r) {
  char url[2048];
  (void)snprintf(url, sizeof url, "file:%s", r->path);
  assert_true(avformat_alloc_output_context2(&w->file, NULL, r->muxer, url) >= 0);
  w->packet = av_packet_alloc();
  open_encoder(w, r, r->width);
  w->stream = avformat_new_stream(w->file, NULL);
  assert_true(avcodec_parameters_from_context(w->stream->codecpar, w->codec) >= 0);
  w->stream->time_base = w->codec->time_base;
  w->stream->sample_aspect_ratio = w->codec->sample_aspect_ratio;
  w->stream->avg_frame_rate = w->codec->framerate;
  if (r->matrix) {
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
    AVPacketSideData *data =
        av_packet_side_data_new(&w->stream->codecpar->coded_side_data, &w->stream->codecpar->nb_coded_side_data,
                                AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(int32_t), 0);
    memcpy(data->data, r->matrix, 9 * sizeof(int32_t));
#else
    memcpy(av_stream_new_side_data(w->stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(int32_t)), r->matrix,
           9 * sizeof(int32_t));
#endif
  }
  if (r->key) (void)av_dict_set(&w->file->metadata, r->key, r->value, 0);
  AVDictionary *options = NULL;
  if (r->muxer_options) (void)av_dict_parse_string(&options, r->muxer_options, "=", ":", 0);
  assert_true(avio_open(&w->file->pb, url, AVIO_FLAG_WRITE) >= 0);
  assert_true(avformat_write_header(w->file, &options) >= 0);
  av_dict_free(&options);
}

static AVFrame *new_frame(const recipe *r, int width) {
  AVFrame *frame = av_frame_alloc();
  frame->format = r->format;
  frame->width = width;
  frame->height = r->height;
  frame->color_range = r->range;
  frame->colorspace = r->space ? r->space : AVCOL_SPC_UNSPECIFIED;
  if (r->aspect.den) frame->sample_aspect_ratio = r->aspect;
  assert_true(av_frame_get_buffer(frame, 0) >= 0);
  return frame;
}

void write_video(const recipe *r) {
  writer w = { 0 };
  int width = r->width;
  open_writer(&w, r);
  AVFrame *frame = new_frame(r, width);
  for (int i = 0; i < r->frames; i++) {
    if (r->wider_from && i == r->wider_from) {
      assert_true(avcodec_send_frame(w.codec, NULL) >= 0);
      drain(&w);
      avcodec_free_context(&w.codec);
      av_frame_free(&frame);
      width *= 2;
      open_encoder(&w, r, width);
      frame = new_frame(r, width);
    }
    assert_true(av_frame_make_writable(frame) >= 0);
    paint(frame, i);
    frame->pts = r->stamps ? r->stamps[i] : i;
    assert_true(avcodec_send_frame(w.codec, frame) >= 0);
    drain(&w);
  }
  assert_true(avcodec_send_frame(w.codec, NULL) >= 0);
  drain(&w);
  assert_true(av_write_trailer(w.file) >= 0);
  assert_true(avio_closep(&w.file->pb) >= 0);
  av_frame_free(&frame);
  av_packet_free(&w.packet);
  avcodec_free_context(&w.codec);
  avformat_free_context(w.file);
}

static uint64_t add_rows(uint64_t sum, const uint8_t *plane, ptrdiff_t stride, size_t bytes, int rows) {
  for (int y = 0; y < rows; y++) {
    const uint8_t *row = plane + y * stride;
    size_t x = 0;
    for (; x + 8 <= bytes; x += 8) sum = (sum ^ AV_RL64(row + x)) * UINT64_C(0x9e3779b97f4a7c15), sum ^= sum >> 29;
    for (; x < bytes; x++) sum = (sum ^ row[x]) * UINT64_C(0x9e3779b97f4a7c15), sum ^= sum >> 29;
  }
  return sum;
}

uint64_t frame_sum(uint64_t sum, const sagitta_frame *f) {
  size_t bytes = f->bits > 8 ? 2 : 1;
  bool packed = f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY;
  size_t luma = packed ? (size_t)f->chroma_width * 4 : (size_t)f->width * bytes;
  size_t chroma = (size_t)f->chroma_width * bytes * (f->layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 : 1);
  sum = add_rows(sum, f->plane[0], f->stride[0], luma, f->height);
  for (int p = 1; p < 3 && f->plane[p]; p++) sum = add_rows(sum, f->plane[p], f->stride[p], chroma, f->chroma_height);
  return sum;
}

outcome read_list(const char *const *paths, size_t count, const sagitta_source_settings *settings) {
  outcome o = { .sum = UINT64_C(1469598103934665603) };
  sagitta_source *source = NULL;
  sagitta_video *video = NULL;
  o.ended = o.opened = sagitta_source_open(&source, paths, count, settings, &o.error);
  if (o.opened == SAGITTA_OK) o.ended = o.opened = sagitta_video_open(&video, source, &o.error);
  if (o.opened == SAGITTA_OK) {
    sagitta_frame frame;
    while ((o.ended = sagitta_video_read(video, &frame, &o.error)) == SAGITTA_OK) {
      assert_int_equal(frame.index, o.frames);
      if (o.frames < 512) o.time[o.frames] = frame.time_s;
      o.sum = frame_sum(o.sum, &frame);
      o.damaged += frame.damaged;
      o.frames++;
    }
    o.info = *sagitta_video_info(video);
    const sagitta_warning *warnings = sagitta_video_warnings(video, &o.warnings);
    if (o.warnings) memcpy(o.warning, warnings, o.warnings * sizeof *warnings);
  } else {
    assert_null(video);
    assert_true(o.error.text[0] != 0);
    assert_int_equal(o.error.status, o.opened);
  }
  sagitta_video_close(&video);
  sagitta_source_close(&source);
  return o;
}

outcome read_all(const char *path, const sagitta_source_settings *settings) {
  return read_list(&path, 1, settings);
}

bool warned(const outcome *o, sagitta_warning_code code) {
  for (size_t i = 0; i < o->warnings; i++)
    if (o->warning[i].code == code) return true;
  return false;
}

recipe small_recipe(const char *path, const char *muxer, const char *encoder) {
  const bool jpeg = strcmp(encoder, "mjpeg") == 0;
  return (recipe){ .path = path,
                   .muxer = muxer,
                   .encoder = encoder,
                   .format = jpeg                     ? AV_PIX_FMT_YUVJ420P
                             : strcmp(encoder, "png") ? AV_PIX_FMT_YUV420P
                                                      : AV_PIX_FMT_RGB24,
                   .range = jpeg ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG,
                   .width = 64,
                   .height = 48,
                   .frames = 1 };
}

void one_picture(const char *path, const char *encoder) {
  recipe r = small_recipe(path, "image2pipe", encoder);
  write_video(&r);
}
