/* SPDX-License-Identifier: Apache-2.0 */
#include "video/camera_view.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>

#include "base/base.h"
#include "base/system.h"
#include "video/packets.h"

#define TELL_NS INT64_C(100000000) /* between two calls without a frame */

struct sg_camera_view {
  const sg_camera_watching *watching;
  sg_camera_hold *hold; /* NULL = nothing can be held */
  sg_coding coding;
  sg_packets *packets; /* the watching thread's */
  AVPacket *shown;     /* likewise */
  int64_t shown_ns;    /* likewise: when it came */
  bool jpeg;           /* the packets are JPEG pictures */
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  /* under the mutex: */
  AVPacket *newest; /* empty where it was shown */
  double time_s;    /* of the newest, or of the last that was */
  int64_t came_ns;  /* when it came */
  bool ended, stopped, waits;
};

static sg_coding coding_of(const AVStream *camera) {
  const AVCodecParameters *p = camera->codecpar;
  sg_coding c = { .width = p->width, .height = p->height, .format = p->format, .tag = p->codec_tag };
  const AVCodecDescriptor *described = avcodec_descriptor_get(p->codec_id);
  if (described) (void)snprintf(c.name, sizeof c.name, "%s", described->name);
  if (p->extradata_size > 0 && p->extradata_size <= (int)sizeof c.extra)
    memcpy(c.extra, p->extradata, (size_t)(c.extra_size = p->extradata_size));
  return c;
}

/* Times are those of the steady clock. */
static bool begin_waiting(sg_camera_view *v) {
  pthread_condattr_t as;
  if (pthread_condattr_init(&as) != 0) return false;
  bool good = pthread_condattr_setclock(&as, CLOCK_MONOTONIC) == 0 && pthread_mutex_init(&v->mutex, NULL) == 0;
  if (good && pthread_cond_init(&v->changed, &as) != 0) {
    (void)pthread_mutex_destroy(&v->mutex);
    good = false;
  }
  (void)pthread_condattr_destroy(&as);
  return good;
}

sagitta_status sg_camera_view_open(sg_camera_view **out, const AVStream *camera, const sg_camera_watching *watching,
                                   sg_camera_hold *hold, sagitta_error *error) {
  *out = NULL;
  sg_camera_view *v = calloc(1, sizeof *v);
  if (!v || !begin_waiting(v)) {
    free(v);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
  }
  v->watching = watching;
  v->hold = hold;
  v->coding = coding_of(camera);
  v->waits = watching->settings->before_s > 0;
  v->jpeg = camera->codecpar->codec_id == AV_CODEC_ID_MJPEG;
  v->newest = av_packet_alloc();
  v->shown = av_packet_alloc();
  v->came_ns = sg_system_clock_ns();
  if (v->newest && v->shown) {
    *out = v;
    return SAGITTA_OK;
  }
  sg_camera_view_close(v);
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to watch the camera.");
}

void sg_camera_view_close(sg_camera_view *v) {
  if (!v) return;
  sg_packets_close(&v->packets);
  av_packet_free(&v->newest);
  av_packet_free(&v->shown);
  (void)pthread_cond_destroy(&v->changed);
  (void)pthread_mutex_destroy(&v->mutex);
  free(v);
}

/* ---- the thread that records ---- */

bool sg_camera_view_take(sg_camera_view *v, const AVPacket *packet, double time_s) {
  (void)pthread_mutex_lock(&v->mutex);
  av_packet_unref(v->newest);
  const bool good = av_packet_ref(v->newest, packet) >= 0;
  v->time_s = time_s;
  v->came_ns = sg_system_clock_ns();
  (void)pthread_cond_signal(&v->changed);
  (void)pthread_mutex_unlock(&v->mutex);
  return good;
}

void sg_camera_view_end(sg_camera_view *v) {
  (void)pthread_mutex_lock(&v->mutex);
  v->ended = true;
  (void)pthread_cond_signal(&v->changed);
  (void)pthread_mutex_unlock(&v->mutex);
}

bool sg_camera_view_is_waiting(sg_camera_view *v) {
  (void)pthread_mutex_lock(&v->mutex);
  const bool waits = v->waits;
  (void)pthread_mutex_unlock(&v->mutex);
  return waits;
}

bool sg_camera_view_is_stopped(sg_camera_view *v) {
  (void)pthread_mutex_lock(&v->mutex);
  const bool stopped = v->stopped;
  (void)pthread_mutex_unlock(&v->mutex);
  return stopped;
}

/* ---- the thread that watches ---- */

typedef enum { A_PACKET, NOTHING, THE_END } news;

/* Wait for the newest packet, for TELL_NS at most. *time_s: its, or what the clock says. */
static news wait_for_news(sg_camera_view *v, double *time_s) {
  const int64_t until = sg_system_clock_ns() + TELL_NS;
  const struct timespec limit = { .tv_sec = (time_t)(until / 1000000000), .tv_nsec = (long)(until % 1000000000) };
  int code = 0;
  (void)pthread_mutex_lock(&v->mutex);
  while (v->newest->size == 0 && !v->ended && code == 0) code = pthread_cond_timedwait(&v->changed, &v->mutex, &limit);
  const news what = v->newest->size > 0 ? A_PACKET : v->ended ? THE_END : NOTHING;
  if (what == A_PACKET) {
    av_packet_move_ref(v->shown, v->newest);
    v->shown_ns = v->came_ns;
  }
  *time_s = v->time_s + (what == NOTHING ? 1e-9 * (double)(sg_system_clock_ns() - v->came_ns) : 0);
  (void)pthread_mutex_unlock(&v->mutex);
  return what;
}

/* Do what the watcher wants. False: stop. */
static bool obey(sg_camera_view *v, int wanted) {
  const bool waits = wanted == SAGITTA_CAMERA_WAIT, goes_free = waits || wanted == SAGITTA_CAMERA_FREE;
  if (wanted == SAGITTA_CAMERA_LOCK) sg_camera_hold_lock(v->hold);
  if (goes_free) sg_camera_hold_free(v->hold);
  const bool on = goes_free || wanted == SAGITTA_CAMERA_ON || wanted == SAGITTA_CAMERA_LOCK;
  if (!on || waits) return on;
  (void)pthread_mutex_lock(&v->mutex);
  v->waits = false;
  (void)pthread_mutex_unlock(&v->mutex);
  return on;
}

/* Call the watcher; `packet`: what the frame is from, NULL = there is none. False: stop. */
static bool tell(sg_camera_view *v, const AVPacket *packet, const sagitta_frame *frame, const sagitta_input_info *info,
                 double time_s) {
  sagitta_camera_packet *lent = v->watching->settings->packet;
  if (lent) *lent = (sagitta_camera_packet){ .bytes = NULL };
  if (lent && packet)
    *lent = (sagitta_camera_packet){
      .bytes = packet->data, .size = (size_t)packet->size, .jpeg = v->jpeg, .came_s = 1e-9 * (double)v->shown_ns
    };
  return obey(v, v->watching->watch(v->watching->user, frame, info, time_s));
}

/* Decode and show. What cannot be decoded is left out. */
static sagitta_status show_packet(sg_camera_view *v, double time_s, bool *on, sagitta_error *error) {
  sagitta_error unheard = sg_error_like(error);
  sagitta_frame frame;
  sagitta_input_info info;
  const sagitta_status status =
      sg_packets_read(v->packets, v->shown->data, (size_t)v->shown->size, time_s, &frame, &info, &unheard);
  if (status == SAGITTA_OK) *on = tell(v, v->shown, &frame, &info, time_s);
  av_packet_unref(v->shown);
  if (status == SAGITTA_OK || status == SAGITTA_ERROR_DAMAGED) return SAGITTA_OK;
  return sg_fail(error, status, "%s", unheard.text);
}

sagitta_status sg_camera_view_run(sg_camera_view *v, sagitta_error *error) {
  sagitta_status status = sg_packets_open(&v->packets, &v->coding, v->watching->settings->decoder, error);
  bool on = true;
  double last_s = -1;
  while (on && status == SAGITTA_OK) {
    double time_s;
    const news what = wait_for_news(v, &time_s);
    if (what == THE_END) break;
    if (!(time_s > last_s)) { /* of a packet after a time that the clock told, which was a little ahead */
      av_packet_unref(v->shown);
      continue;
    }
    last_s = time_s;
    if (what == A_PACKET)
      status = show_packet(v, time_s, &on, error);
    else
      on = tell(v, NULL, NULL, NULL, time_s);
  }
  (void)pthread_mutex_lock(&v->mutex);
  v->stopped = true;
  (void)pthread_mutex_unlock(&v->mutex);
  return status;
}
