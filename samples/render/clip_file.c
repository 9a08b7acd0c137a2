/* SPDX-License-Identifier: Apache-2.0 */
/* Files through libavcodec and libavformat. One thread count for all machines and no version strings, so that the same
 * options give the same bytes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>

#include "render/clip_options.h"
#include "render/truth_files.h"

#define ENCODER_THREADS 2

#ifdef __SANITIZE_ADDRESS__
/* libx265 3.5 keeps parts of each encoder that it closes. */
const char *__lsan_default_suppressions(void);
__attribute__((weak)) const char *__lsan_default_suppressions(void) {
  return "leak:libx265\n";
}
#endif

typedef struct writer {
  const sample_options *o;
  const char *path;
  bool pictures;
  char pattern[1024];
  int written;
  AVFormatContext *format;
  AVStream *stream;
  AVCodecContext *codec;
  AVFrame *frame;
  AVPacket *packet;
  bool header;
} writer;

static const char *encoder_name(const char *codec) {
  static const char *const names[][2] = { { "h264", "libx264" }, { "hevc", "libx265" },   { "mjpeg", "mjpeg" },
                                          { "ffv1", "ffv1" },    { "vp9", "libvpx-vp9" }, { "raw", "rawvideo" },
                                          { "png", "png" } };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i][0], codec) == 0) return names[i][1];
  return NULL;
}

static bool ends_with(const char *path, const char *suffix) {
  size_t n = strlen(path), m = strlen(suffix);
  return n > m && strcmp(path + n - m, suffix) == 0;
}

static bool has_rotation(const sample_options *o) {
  return o->rotation != 0 || o->mirror;
}

static void set_colour(AVCodecContext *c, const sample_options *o, enum AVPixelFormat pixel) {
  bool rgb = (av_pix_fmt_desc_get(pixel)->flags & AV_PIX_FMT_FLAG_RGB) != 0;
  static const enum AVChromaLocation siting[] = { [SAMPLE_SITING_LEFT] = AVCHROMA_LOC_LEFT,
                                                  [SAMPLE_SITING_CENTRE] = AVCHROMA_LOC_CENTER,
                                                  [SAMPLE_SITING_TOPLEFT] = AVCHROMA_LOC_TOPLEFT };
  /* The MJPEG encoder wants to hear the range whatever else is kept from the file. */
  bool jpeg = strcmp(o->codec, "mjpeg") == 0;
  if (!rgb && (jpeg || !o->untagged)) c->color_range = sample_full_range(o) ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  if (rgb || o->untagged) return;
  c->chroma_sample_location = siting[sample_siting_of(o)];
  switch (sample_matrix_of(o)) {
    case SAMPLE_MATRIX_601:
      c->colorspace = jpeg ? AVCOL_SPC_BT470BG : AVCOL_SPC_SMPTE170M;
      c->color_primaries = AVCOL_PRI_SMPTE170M;
      c->color_trc = AVCOL_TRC_SMPTE170M;
      break;
    case SAMPLE_MATRIX_2020:
      c->colorspace = AVCOL_SPC_BT2020_NCL;
      c->color_primaries = AVCOL_PRI_BT2020;
      c->color_trc = AVCOL_TRC_BT2020_10;
      break;
    default:
      c->colorspace = AVCOL_SPC_BT709;
      c->color_primaries = AVCOL_PRI_BT709;
      c->color_trc = AVCOL_TRC_BT709;
      break;
  }
}

static void set_quality(AVCodecContext *c, const sample_options *o, AVDictionary **private) {
  static const char *const efforts[][4] = { { "ultrafast", "veryfast", "medium", "slow" },
                                            { "ultrafast", "ultrafast", "superfast", "medium" } };
  bool x264 = strcmp(o->codec, "h264") == 0, x265 = strcmp(o->codec, "hevc") == 0, vp9 = strcmp(o->codec, "vp9") == 0;
  double crf = o->crf >= 0 ? o->crf : x264 ? 20 : x265 ? 22 : vp9 ? 30 : 3;
  c->gop_size = o->gop;
  c->thread_count = x264 ? ENCODER_THREADS : 1;
  c->flags |= AV_CODEC_FLAG_BITEXACT;
  if (o->kbps > 0) c->bit_rate = (int64_t)o->kbps * 1000;
  if (x264 || x265 || vp9) {
    if (o->kbps <= 0) av_dict_set_int(private, "crf", (int64_t)lround(crf), 0);
  } else if (strcmp(o->codec, "mjpeg") == 0 && o->kbps <= 0) {
    c->flags |= AV_CODEC_FLAG_QSCALE;
    c->global_quality = (int)lround(crf * FF_QP2LAMBDA);
  }
  if (x264 || x265) av_dict_set(private, "preset", efforts[x265][o->effort], 0);
  if (x265) {
    av_dict_set(private, "x265-params", "log-level=none:pools=none:frame-threads=1:info=0", 0);
  }
  if (vp9) {
    av_dict_set(private, "deadline", "realtime", 0);
    av_dict_set(private, "cpu-used", "8", 0);
  }
  if (strcmp(o->codec, "ffv1") == 0) c->level = 3;
}

static bool open_codec(writer *w, const sample_renderer *r, char *error) {
  const sample_options *o = w->o;
  const char *name = encoder_name(o->codec);
  const AVCodec *codec = name ? avcodec_find_encoder_by_name(name) : NULL;
  AVDictionary *private = NULL;
  int num, den;
  sample_picture first;
  if (!codec)
    return sample_fail(error, "this machine has no encoder for \"%s\": use h264, hevc, mjpeg, ffv1, vp9, raw or png",
                       o->codec);
  if (!sample_renderer_draw((sample_renderer *)(uintptr_t)r, 0, &first, NULL))
    return sample_fail(error, "the first picture cannot be drawn: not enough memory");
  sample_renderer_ticks(r, 0, &num, &den);
  const AVPixFmtDescriptor *pixel = av_pix_fmt_desc_get(av_get_pix_fmt(first.pixel));
  bool halves = !strcmp(o->codec, "h264") || !strcmp(o->codec, "hevc");
  if (halves && ((first.width & pixel->log2_chroma_w) || (first.height & pixel->log2_chroma_h)))
    return sample_fail(error, "%s cannot keep %s pictures of odd size %dx%d px: use an even --size or --codec ffv1",
                       o->codec, first.pixel, first.width, first.height);
  AVCodecContext *c = w->codec = avcodec_alloc_context3(codec);
  if (!c) return sample_fail(error, "not enough memory for the encoder");
  c->width = first.width;
  c->height = first.height;
  c->pix_fmt = av_get_pix_fmt(first.pixel);
  c->time_base = (AVRational){ num, den };
  c->framerate = (AVRational){ o->fps_num, o->fps_den };
  c->sample_aspect_ratio = (AVRational){ o->sar_num, o->sar_den };
  set_colour(c, o, c->pix_fmt);
  set_quality(c, o, &private);
  if (strcmp(o->codec, "mjpeg") == 0) c->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  if (w->format && (w->format->oformat->flags & AVFMT_GLOBALHEADER)) c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  int done = avcodec_open2(c, codec, &private);
  av_dict_free(&private);
  if (done < 0)
    return sample_fail(error, "%s cannot encode %s pictures of %dx%d px: choose another --codec, --pixel or --size",
                       o->codec, first.pixel, first.width, first.height);
  w->frame->format = c->pix_fmt;
  w->frame->width = c->width;
  w->frame->height = c->height;
  w->frame->color_range = c->color_range;
  w->frame->colorspace = c->colorspace;
  w->frame->color_primaries = c->color_primaries;
  w->frame->color_trc = c->color_trc;
  w->frame->chroma_location = c->chroma_sample_location;
  w->frame->sample_aspect_ratio = c->sample_aspect_ratio;
  return true;
}

/* Room for side data of the stream; NULL without memory. */
static uint8_t *side_data(AVStream *stream, enum AVPacketSideDataType type, size_t size) {
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
  AVCodecParameters *p = stream->codecpar;
  AVPacketSideData *data = av_packet_side_data_new(&p->coded_side_data, &p->nb_coded_side_data, type, size, 0);
  return data ? data->data : NULL;
#else
  return av_stream_new_side_data(stream, type, size);
#endif
}

static bool set_matrix(writer *w, char *error) {
  const sample_options *o = w->o;
  if (!has_rotation(o)) return true;
  uint8_t *side = side_data(w->stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(int32_t));
  if (!side) return sample_fail(error, "not enough memory for the display matrix");
  int32_t matrix[9];
  av_display_rotation_set(matrix, o->rotation);
  av_display_matrix_flip(matrix, o->mirror, 0);
  memcpy(side, matrix, sizeof matrix);
  return true;
}

/* Raw pictures that a reader of this container would take for what they are. */
static bool raw_is_told(const char *path, const char *pixel) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(av_get_pix_fmt(pixel));
  bool deep = d && d->comp[0].depth > 8, planar = d && d->comp[0].plane != d->comp[1].plane;
  bool three = d && d->comp[1].plane != d->comp[2].plane;
  if (ends_with(path, ".nut")) return !deep || three;
  if (ends_with(path, ".mov")) return !deep && !planar;
  return !deep;
}

static bool open_container(writer *w, const sample_renderer *r, char *error) {
  const sample_options *o = w->o;
  bool movie = ends_with(w->path, ".mp4") || ends_with(w->path, ".mov");
  if (has_rotation(o) && !movie) return sample_fail(error, "--rotation and --mirror need an mp4 or mov file");
  if (o->rate != SAMPLE_RATE_CONSTANT && ends_with(w->path, ".avi"))
    return sample_fail(error, "an avi file keeps no time stamps: use mp4, mov or mkv for --rate");
  if (strcmp(o->codec, "raw") == 0 && !raw_is_told(w->path, sample_pixel_of(o)))
    return sample_fail(error, "%s cannot keep raw %s pictures: use an 8-bit format in avi, or yuv420p10le in nut",
                       w->path, sample_pixel_of(o));
  if (avformat_alloc_output_context2(&w->format, NULL, NULL, w->path) < 0)
    return sample_fail(error, "%s: the name must end in mp4, mov, mkv, avi, nut or webm", w->path);
  w->format->flags |= AVFMT_FLAG_BITEXACT;
  if (!open_codec(w, r, error)) return false;
  w->stream = avformat_new_stream(w->format, NULL);
  if (!w->stream || avcodec_parameters_from_context(w->stream->codecpar, w->codec) < 0)
    return sample_fail(error, "not enough memory for the file's header");
  w->stream->time_base = w->codec->time_base;
  w->stream->avg_frame_rate = w->codec->framerate;
  w->stream->sample_aspect_ratio = w->codec->sample_aspect_ratio;
  if (movie && strcmp(o->codec, "hevc") == 0) w->stream->codecpar->codec_tag = MKTAG('h', 'v', 'c', '1');
  if (!set_matrix(w, error)) return false;
  AVDictionary *options = NULL;
  if (o->capture_fps > 0 && movie) {
    char text[32];
    snprintf(text, sizeof text, "%.6f", o->capture_fps);
    av_dict_set(&w->format->metadata, "com.android.capture.fps", text, 0);
    av_dict_set(&options, "movflags", "use_metadata_tags", 0);
  }
  int done = avio_open(&w->format->pb, w->path, AVIO_FLAG_WRITE);
  if (done >= 0) done = avformat_write_header(w->format, &options);
  av_dict_free(&options);
  if (done < 0) return sample_fail(error, "%s cannot be written as %s: %s", w->path, o->codec, av_err2str(done));
  w->header = true;
  return true;
}

static bool open_pictures(writer *w, const sample_renderer *r, char *error) {
  const char *suffix = strcmp(w->o->codec, "mjpeg") == 0 ? "jpg" : "png";
  w->pictures = true;
  if (strcmp(w->o->codec, "mjpeg") != 0 && strcmp(w->o->codec, "png") != 0)
    return sample_fail(error, "pictures are written with --codec png or --codec mjpeg");
  if (ends_with(w->path, ".png") || ends_with(w->path, ".jpg"))
    if (!strchr(w->path, '%'))
      return sample_fail(error, "%s: name pictures like picture-%%04d.png, or give a folder", w->path);
  if (strchr(w->path, '%')) {
    snprintf(w->pattern, sizeof w->pattern, "%s", w->path);
  } else {
    if (mkdir(w->path, 0777) != 0 && errno != EEXIST)
      return sample_fail(error, "the folder %s cannot be made: %s", w->path, strerror(errno));
    if (snprintf(w->pattern, sizeof w->pattern, "%s/%%05d.%s", w->path, suffix) >= (int)sizeof w->pattern)
      return sample_fail(error, "the name of the folder is too long");
  }
  return open_codec(w, r, error);
}

static bool write_picture(writer *w, char *error) {
  char name[1100];
  if (av_get_frame_filename(name, sizeof name, w->pattern, w->written++) < 0)
    return sample_fail(error, "%s: a pattern holds one %%d, as in picture-%%04d.png", w->pattern);
  FILE *out = fopen(name, "wb");
  bool ok = out && fwrite(w->packet->data, 1, (size_t)w->packet->size, out) == (size_t)w->packet->size;
  if (out && fclose(out) != 0) ok = false;
  return ok ? true : sample_fail(error, "%s cannot be written: check the folder and the space on the disk", name);
}

static bool drain(writer *w, char *error) {
  int done;
  while ((done = avcodec_receive_packet(w->codec, w->packet)) >= 0) {
    if (w->pictures) {
      bool ok = write_picture(w, error);
      av_packet_unref(w->packet);
      if (!ok) return false;
      continue;
    }
    if (w->packet->duration == 0 && w->o->rate == SAMPLE_RATE_CONSTANT)
      w->packet->duration = av_rescale_q(1, av_inv_q(w->codec->framerate), w->codec->time_base);
    av_packet_rescale_ts(w->packet, w->codec->time_base, w->stream->time_base);
    w->packet->stream_index = w->stream->index;
    if (av_interleaved_write_frame(w->format, w->packet) < 0)
      return sample_fail(error, "%s cannot be written: check the space on the disk", w->path);
  }
  return done == AVERROR(EAGAIN) || done == AVERROR_EOF ? true : sample_fail(error, "the encoder failed");
}

static bool encode(writer *w, const sample_picture *picture, int64_t pts, char *error) {
  AVFrame *f = w->frame;
  uint8_t *data[4];
  int lines[4];
  for (int i = 0; i < 4; i++) {
    data[i] = (uint8_t *)(uintptr_t)picture->data[i];
    lines[i] = picture->stride[i];
  }
  av_buffer_unref(&f->buf[0]);
  if (av_frame_get_buffer(f, 0) < 0) return sample_fail(error, "not enough memory for a picture");
  av_image_copy(f->data, f->linesize, (const uint8_t **)data, lines, f->format, f->width, f->height);
  f->pts = pts;
  f->quality = w->codec->global_quality;
  int done = avcodec_send_frame(w->codec, f);
  for (int i = 0; i < AV_NUM_DATA_POINTERS; i++) av_buffer_unref(&f->buf[i]);
  if (done < 0) return sample_fail(error, "the encoder refuses a picture: %s", av_err2str(done));
  return drain(w, error);
}

static void close_writer(writer *w) {
  if (w->format && w->format->pb) avio_closep(&w->format->pb);
  avformat_free_context(w->format);
  avcodec_free_context(&w->codec);
  av_frame_free(&w->frame);
  av_packet_free(&w->packet);
}

static void show_progress(int done, int all) {
  fprintf(stderr, "\r%3d %%  %d of %d pictures%s", 100 * done / all, done, all, done == all ? "\n" : "");
  fflush(stderr);
}

static bool write_all(writer *w, sample_renderer *r, FILE *csv, bool progress, char *error) {
  int frames = sample_renderer_frames(r), num, den;
  sample_truth first;
  for (int i = 0; i < frames; i++) {
    sample_picture picture;
    sample_truth truth;
    if (!sample_renderer_draw(r, i, w->path ? &picture : NULL, &truth))
      return sample_fail(error, "picture %d cannot be drawn: not enough memory", i);
    if (i == 0) first = truth;
    if (i == 0 && csv) sample_truth_head(csv, w->o, &first);
    if (csv) sample_truth_row(csv, &truth, &first);
    if (w->path && !encode(w, &picture, sample_renderer_ticks(r, i, &num, &den), error)) return false;
    if (progress && (i % 10 == 9 || i + 1 == frames)) show_progress(i + 1, frames);
  }
  if (!w->path) return true;
  if (avcodec_send_frame(w->codec, NULL) < 0) return sample_fail(error, "the encoder failed at the end");
  if (!drain(w, error)) return false;
  if (w->header && av_write_trailer(w->format) < 0)
    return sample_fail(error, "%s cannot be finished: check the space on the disk", w->path);
  return true;
}

bool sample_render_file(const sample_options *options, const char *path, const char *truth_csv, const char *truth_json,
                        bool progress, char *error) {
  sample_options o = *options;
  bool matroska = path && (ends_with(path, ".mkv") || ends_with(path, ".webm"));
  const char *slash = path ? strrchr(path, '/') : NULL, *name = slash ? slash + 1 : path;
  bool pictures =
      path && (strchr(name, '%') || !strchr(name, '.') || ends_with(name, ".png") || ends_with(name, ".jpg"));
  if (pictures && strcmp(o.codec, "mjpeg") != 0) strcpy(o.codec, "png");
  if (matroska && o.clock == 0) o.clock = 1000; /* it counts milliseconds */
  writer w = { .o = &o, .path = path };
  FILE *csv = NULL;
  bool ok = false;
  av_log_set_level(AV_LOG_ERROR);
  if (o.board && (truth_csv || truth_json))
    return sample_fail(error, "a board wears no markers: leave --truth and --truth-json away");
  sample_renderer *r = sample_renderer_new(&o, error);
  if (!r) return false;
  w.frame = av_frame_alloc();
  w.packet = av_packet_alloc();
  if (!w.frame || !w.packet) {
    sample_fail(error, "not enough memory");
    goto end;
  }
  if (path && !(pictures ? open_pictures(&w, r, error) : open_container(&w, r, error))) goto end;
  if (truth_csv && !(csv = fopen(truth_csv, "w"))) {
    sample_fail(error, "%s cannot be written: %s", truth_csv, strerror(errno));
    goto end;
  }
  ok = write_all(&w, r, csv, progress, error);
  if (ok && truth_json) ok = sample_truth_summary(r, &o, truth_json, error);
end:
  if (csv && fclose(csv) != 0 && ok) ok = sample_fail(error, "%s cannot be written: check the disk", truth_csv);
  close_writer(&w);
  sample_renderer_free(&r);
  return ok;
}
