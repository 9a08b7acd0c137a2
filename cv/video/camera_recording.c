/* SPDX-License-Identifier: Apache-2.0 */
/* A camera is recorded to its end before it is measured: its packets, copied with their stamps into a temporary NUT. */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavutil/dict.h>
#include <libavutil/mem.h>

#include "base/base.h"
#include "base/system.h"
#include "base/translate.h"
#include "video/camera_device.h"
#include "video/camera_held.h"
#include "video/camera_stamps.h"
#include "video/camera_view.h"
#include "video/inputs.h"

/* A device that gives nothing for this long has stopped. */
#define PATIENCE_NS INT64_C(10000000000)
#define PAUSE_MS    2 /* between two looks for a packet */
/* One that was unplugged is waited for so long, and tried so often. */
#define AWAY_NS      INT64_C(30000000000)
#define TRY_AGAIN_MS 500

typedef struct recorder {
  AVFormatContext *device, *recording;
  AVIOContext *bytes;
  AVPacket *packet, *first;
  sg_camera_held held; /* what came before it is recorded */
  bool seen;           /* a packet came */
  int file;            /* descriptor of the temporary file */
  int from;            /* stream of the device */
  bool address;        /* the camera is one by address */
  sg_camera_stamps stamps;
  double recorded;                    /* s */
  int lost;                           /* how often it was gone and came back */
  bool unplugged;                     /* it is gone */
  const char *format, *name;          /* how it was opened */
  char again[64];                     /* the name under which it came back */
  const sg_camera_watching *watching; /* NULL = nobody watches */
  sg_camera_view *view;               /* of whoever watches */
  sg_camera_hold *hold;               /* its exposure and white balance; NULL = they are let alone */
} recorder;

#if LIBAVFORMAT_VERSION_MAJOR >= 61
static int write_bytes(void *opaque, const uint8_t *data, int length) {
#else
static int write_bytes(void *opaque, uint8_t *data, int length) {
#endif
  const recorder *r = opaque;
  const int code = sg_system_write(r->file, data, (size_t)length);
  return code ? AVERROR(code) : length;
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence) {
  const recorder *r = opaque;
  if (whence == AVSEEK_SIZE) return AVERROR(ENOSYS);
  const int64_t at = sg_system_seek(r->file, offset, whence & ~AVSEEK_FORCE);
  return at < 0 ? AVERROR(errno) : at;
}

static sagitta_status open_recording(recorder *r, sagitta_error *error) {
  enum { BLOCK = 1 << 16 };
  const char *const cause =
      sg_say(sg_error_language(error),
             "The camera cannot be recorded to a temporary file. Set TMPDIR to a folder with free space.");
  if (r->file < 0) r->file = sg_system_temporary();
  uint8_t *block = av_malloc(BLOCK);
  if (r->file >= 0 && block) r->bytes = avio_alloc_context(block, BLOCK, 1, r, NULL, write_bytes, seek_bytes);
  if (!r->bytes) {
    av_free(block);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  }
  /* NUT keeps the camera's own stamps, where Matroska rounds them to milliseconds, and takes any coding. */
  const AVStream *from = r->device->streams[r->from];
  if (avformat_alloc_output_context2(&r->recording, NULL, "nut", NULL) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  AVStream *to = avformat_new_stream(r->recording, NULL);
  if (!to || avcodec_parameters_copy(to->codecpar, from->codecpar) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  to->time_base = r->stamps.base;
  to->sample_aspect_ratio = from->sample_aspect_ratio;
  /* Raw pictures are told apart by this tag alone. */
  bool raw = from->codecpar->codec_id == AV_CODEC_ID_RAWVIDEO;
  to->codecpar->codec_tag = raw ? avcodec_pix_fmt_to_codec_tag(from->codecpar->format) : 0;
  r->recording->pb = r->bytes;
  r->recording->flags |= AVFMT_FLAG_CUSTOM_IO;
  /* An index for the end would grow in memory with every frame, for hours where nobody bends. Who reads finds the
   * frames without it, as in a recording that was cut short. */
  AVDictionary *options = NULL;
  (void)av_dict_set(&options, "write_index", "0", 0);
  const int code = avformat_write_header(r->recording, &options);
  av_dict_free(&options);
  if (code < 0)
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "The camera's coding (%s) cannot be recorded. Choose another camera.",
                   avcodec_get_name(from->codecpar->codec_id));
  return SAGITTA_OK;
}

/* Whether a camera that is waited for is to be let go. */
static int is_interrupted(void *recorder_of_it) {
  const recorder *r = recorder_of_it;
  return r->view && sg_camera_view_is_stopped(r->view);
}

/* The bytes lie in memory that the driver lends, which goes with the device: copied, they are ours. AVERROR code. */
static int own_bytes(AVPacket *p) {
  AVBufferRef *own = av_buffer_alloc((size_t)p->size + AV_INPUT_BUFFER_PADDING_SIZE);
  if (!own) return AVERROR(ENOMEM);
  memcpy(own->data, p->data, (size_t)p->size);
  memset(own->data + p->size, 0, AV_INPUT_BUFFER_PADDING_SIZE);
  av_buffer_unref(&p->buf);
  p->buf = own;
  p->data = own->data;
  return 0;
}

/* A packet of the camera's pictures is there: whether it has one in it. A driver hands over an empty one for what it
 * lost on the way. */
static bool is_picture(recorder *r) {
  if (r->packet->stream_index == r->from && r->packet->size > 0 && (r->address || own_bytes(r->packet) == 0))
    return true;
  av_packet_unref(r->packet);
  return false;
}

/* The next packet of the camera; waits for it, asking `stop` meanwhile. 1: a packet, 0: stop, −1: nothing more. */
static int next_packet(recorder *r, const sagitta_source_settings *settings) {
  const int64_t since = sg_system_clock_ns();
  for (;;) {
    double share = settings->seconds > 0 ? r->recorded / settings->seconds : -1.0;
    if (settings->progress &&
        settings->progress(settings->progress_user, SG_TRANSLATABLE("recording the camera"), share > 1 ? 1 : share))
      return 0;
    if (r->view && sg_camera_view_is_stopped(r->view)) return 0;
    if (r->first->size > 0) { /* read when it was opened */
      av_packet_move_ref(r->packet, r->first);
      return 1;
    }
    int code = av_read_frame(r->device, r->packet);
    if (code >= 0 && is_picture(r)) return 1;
    if ((code < 0 && code != AVERROR(EAGAIN)) || sg_system_clock_ns() - since > PATIENCE_NS) return -1;
    if (code < 0) sg_system_sleep_ms(PAUSE_MS);
  }
}

/* Open the camera in the first of the modes that it takes. */
static sagitta_status open_camera(recorder *r, const sg_camera_mode *modes, size_t count, sagitta_error *error) {
  const AVIOInterruptCB interrupt = { is_interrupted, r };
  r->from = 0;
  if (r->address) return sg_camera_open_address(&r->device, r->first, r->name, &interrupt, error);
  return sg_camera_open_mode(&r->device, &r->from, r->format, r->name, modes, count, error);
}

/* A camera that is watched and was unplugged is waited for; it must come back as it was. */
static bool is_back(recorder *r) {
  if (!r->watching) return false;
  const AVCodecParameters *was = r->recording->streams[0]->codecpar;
  const AVRational rate = r->device->streams[r->from]->avg_frame_rate;
  const sg_camera_mode mode = { was->width, was->height, rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0 };
  const int64_t until = sg_system_clock_ns() + AWAY_NS;
  avformat_close_input(&r->device);
  sg_camera_hold_gone(r->hold);
  for (r->unplugged = true; sg_system_clock_ns() < until && !sg_camera_view_is_stopped(r->view);) {
    sagitta_error unheard = SAGITTA_ERROR_INIT;
    sg_camera_hold_find(r->hold, r->again, sizeof r->again);
    if (r->again[0]) r->name = r->again;
    if (open_camera(r, &mode, 1, &unheard) == SAGITTA_OK) {
      const AVCodecParameters *is = r->device->streams[r->from]->codecpar;
      if (is->codec_id == was->codec_id && is->width == was->width && is->height == was->height &&
          (is->codec_id != AV_CODEC_ID_RAWVIDEO || is->format == was->format)) {
        r->unplugged = false;
        r->lost++;
        sg_camera_stamps_resume(&r->stamps);
        sg_camera_hold_back(r->hold, r->name);
        return true;
      }
    }
    avformat_close_input(&r->device);
    av_packet_unref(r->first);
    sg_system_sleep_ms(TRY_AGAIN_MS);
  }
  return false;
}

static sagitta_status write_packet(recorder *r, AVPacket *p, int64_t *count, sagitta_error *error) {
  p->stream_index = 0;
  p->pos = -1;
  av_packet_rescale_ts(p, r->stamps.base, r->recording->streams[0]->time_base);
  const int code = av_write_frame(r->recording, p);
  av_packet_unref(p);
  if (r->watching) avio_flush(r->bytes); /* it is there, whatever becomes of the program */
  if (code < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY,
                   "The recording of the camera does not fit on the disk. Set TMPDIR to a folder with more free "
                   "space, or record fewer seconds.");
  ++*count;
  return SAGITTA_OK;
}

/* Record the packet, after what was held before it; or hold it as long as nothing needs to be recorded. */
static sagitta_status keep(recorder *r, int64_t *count, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  if (r->view && r->held.most_s > 0) {
    const bool waits = sg_camera_view_is_waiting(r->view);
    if (!sg_held_push(&r->held, r->packet, r->recorded)) {
      av_packet_unref(r->packet);
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
    }
    if (waits) return SAGITTA_OK;
    while (status == SAGITTA_OK && sg_held_pop(&r->held, r->packet)) status = write_packet(r, r->packet, count, error);
    r->held.most_s = 0;
    return status;
  }
  return write_packet(r, r->packet, count, error);
}

/* Copy packets until the time is over. *count: how many. */
static sagitta_status copy_packets(recorder *r, const sagitta_source_settings *settings, int64_t *count,
                                   sagitta_error *error) {
  int got;
  while ((got = next_packet(r, settings)) > 0 || (got < 0 && r->seen && is_back(r))) {
    AVPacket *p = r->packet;
    if (got < 0) continue;
    r->seen = true;
    r->recorded = sg_camera_stamp(&r->stamps, p);
    if (settings->seconds > 0 && r->recorded >= settings->seconds) {
      av_packet_unref(p);
      break;
    }
    if (r->view && !sg_camera_view_take(r->view, p, r->recorded)) {
      av_packet_unref(p);
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
    }
    const sagitta_status status = keep(r, count, error);
    if (status != SAGITTA_OK) return status;
  }
  if (*count) return SAGITTA_OK;
  if (r->seen && got >= 0) return sg_fail(error, SAGITTA_CANCELLED, "Stopped before anything was recorded.");
  if (got == 0) return sg_fail(error, SAGITTA_CANCELLED, "Stopped before the camera gave a picture.");
  return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The camera gives no pictures. Plug it in again.");
}

/* The modes that are asked for, the best first: what was asked for alone, or what a bend is best filmed with. */
static size_t list_modes(const sg_camera_watching *watching, sg_camera_mode modes[3]) {
  if (!watching) return 0;
  const sagitta_camera_settings *s = watching->settings;
  if (s->width > 0 || s->rate > 0) {
    modes[0] = (sg_camera_mode){ s->width, s->height, s->rate };
    return 1;
  }
  modes[0] = (sg_camera_mode){ 1280, 720, 60 };
  modes[1] = (sg_camera_mode){ 1920, 1080, 30 };
  modes[2] = (sg_camera_mode){ 1280, 720, 30 };
  return 3;
}

/* Recording, in a thread of its own. */
typedef struct {
  recorder *recorder;
  const sagitta_source_settings *settings;
  int64_t count;
  sagitta_status status;
  sagitta_error error;
} copying;

static void *copy_in_thread(void *argument) {
  copying *c = argument;
  c->status = copy_packets(c->recorder, c->settings, &c->count, &c->error);
  sg_camera_view_end(c->recorder->view);
  return NULL;
}

/* Copy while it is watched. Once there is a picture, the recording stands, whatever became of the watching. */
static sagitta_status copy_watched(recorder *r, const sagitta_source_settings *settings, int64_t *count,
                                   sagitta_error *error) {
  copying c = { .recorder = r, .settings = settings, .error = sg_error_like(error) };
  pthread_t thread;
  if (pthread_create(&thread, NULL, copy_in_thread, &c) != 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
  sagitta_status status = sg_camera_view_run(r->view, error);
  (void)pthread_join(thread, NULL);
  *count = c.count;
  if (r->watching->frames) *r->watching->frames = c.count;
  if (c.status != SAGITTA_OK) status = sg_fail(error, c.status, "%s", c.error.text);
  return status;
}

/* What whoever watched is told at the end. */
static void report(const recorder *r, int64_t count) {
  sagitta_camera_report *to = r->watching->settings->report;
  const AVCodecParameters *p = r->recording->streams[0]->codecpar;
  if (!to) return;
  *to = (sagitta_camera_report){ .width = p->width,
                                 .height = p->height,
                                 .frames = count,
                                 .dropped = r->stamps.dropped,
                                 .rate = sg_camera_stamps_rate(&r->stamps),
                                 .lost = r->lost,
                                 .unplugged = r->unplugged,
                                 .locked = sg_camera_hold_is_locked(r->hold) };
  (void)snprintf(to->coding, sizeof to->coding, "%s", avcodec_get_name(p->codec_id));
}

static sagitta_status record(recorder *r, const sagitta_source_settings *settings, sagitta_error *error) {
  sg_camera_mode modes[3];
  int64_t count = 0;
  r->packet = av_packet_alloc();
  r->first = av_packet_alloc();
  if (!r->packet || !r->first) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
  const size_t asked = list_modes(r->watching, modes);
  sagitta_status status = open_camera(r, modes, asked, error);
  if (status != SAGITTA_OK) return status;
  r->stamps = sg_camera_stamps_begin(r->address ? (AVRational){ 1, 1000000 } : r->device->streams[r->from]->time_base,
                                     r->address);
  if (r->watching && !r->address && !r->format) r->hold = sg_camera_hold_begin(r->name, r->watching->settings->restore);
  if (r->watching) status = sg_camera_view_open(&r->view, r->device->streams[r->from], r->watching, r->hold, error);
  if (status == SAGITTA_OK) status = open_recording(r, error);
  if (status != SAGITTA_OK) return status;
  status = r->view ? copy_watched(r, settings, &count, error) : copy_packets(r, settings, &count, error);
  if (r->watching) report(r, count);
  if (av_write_trailer(r->recording) < 0 && status == SAGITTA_OK)
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "The recording of the camera does not fit on the disk.");
  return status;
}

/* Record, and let go of everything but the file. */
static sagitta_status record_to(int *out, recorder r, const sagitta_source_settings *settings, sagitta_error *error) {
  r.address = sg_camera_is_address(r.name);
  if (r.watching)
    r.held = (sg_camera_held){ .most_s = r.watching->settings->before_s, .most_bytes = SAGITTA_CAMERA_HELD };
  const sagitta_status status = record(&r, settings, error);
  sg_camera_view_close(r.view);
  sg_camera_hold_end(&r.hold);
  sg_held_clear(&r.held);
  if (r.bytes) {
    avio_flush(r.bytes);
    av_freep(&r.bytes->buffer);
    avio_context_free(&r.bytes);
  }
  avformat_free_context(r.recording);
  avformat_close_input(&r.device);
  av_packet_free(&r.packet);
  av_packet_free(&r.first);
  if (status == SAGITTA_OK)
    *out = r.file;
  else
    (void)sg_system_close(r.file);
  return status;
}

sagitta_status sg_camera_record(int *out, const char *format, const char *device,
                                const sagitta_source_settings *settings, sagitta_error *error) {
  if (!(settings->seconds > 0) && !settings->progress)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Say how long to record the camera, with --seconds.");
  return record_to(out, (recorder){ .file = -1, .format = format, .name = device }, settings, error);
}

sagitta_status sg_camera_record_watched(int *out, const char *format, const char *device,
                                        const sg_camera_watching *watching, sagitta_error *error) {
  const sagitta_source_settings settings = { .seconds = watching->settings->seconds };
  const recorder r = { .file = watching->file, .format = format, .name = device, .watching = watching };
  return record_to(out, r, &settings, error);
}
