/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <string.h>

#include <libavutil/log.h>
#include <libavutil/pixdesc.h>

#include "video/video.h"

/* Pictures in memory only; doubles as the mark by which our own decoders are known. */
static enum AVPixelFormat choose_format(AVCodecContext *codec, const enum AVPixelFormat *formats) {
  (void)codec;
  for (; *formats != AV_PIX_FMT_NONE; formats++) {
    const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(*formats);
    if (d && !(d->flags & AV_PIX_FMT_FLAG_HWACCEL)) return *formats;
  }
  return AV_PIX_FMT_NONE;
}

/* Called from decoder threads. Concealment is not always said as an error. */
static void listen(void *context, int level, const char *format, va_list arguments) {
  if (context && *(const AVClass *const *)context == avcodec_get_class()) {
    const AVCodecContext *codec = context;
    bool bad = (level & 0xff) <= AV_LOG_ERROR || strncmp(format, "concealing", 10) == 0;
    if (bad && codec->get_format == choose_format && codec->opaque) atomic_store((atomic_bool *)codec->opaque, true);
  }
  av_log_default_callback(context, level, format, arguments);
}

static void install(void) {
  /* Our own messages are for people. A program that chose a level of its own keeps it. */
  if (av_log_get_level() == AV_LOG_INFO) av_log_set_level(AV_LOG_QUIET);
  av_log_set_callback(listen);
}

void sg_watch_decoders(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, install);
}

void sg_watch(AVCodecContext *codec, atomic_bool *alarm) {
  codec->get_format = choose_format;
  codec->opaque = alarm;
}
