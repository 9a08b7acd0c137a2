/* SPDX-License-Identifier: Apache-2.0 */
/* Cameras by an address that gives Motion JPEG over HTTP: phones, network cameras. No other protocol is followed, also
 * where the answer names one. The parts are taken apart here; the pictures are decoded where every camera's are. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <libavutil/dict.h>

#include "base/base.h"
#include "video/camera_device.h"
#include "video/stream.h"

#define PATIENCE_US "10000000" /* a camera that says nothing for so long is gone */

static sagitta_status say_other(const char *name, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_NO_STREAM,
                 "\"%s\" gives no Motion JPEG. Choose that in the camera's app, or record there and bring the file.",
                 name);
}

static sagitta_status say_why(int code, const char *name, sagitta_error *error) {
  if (code == AVERROR(ENOMEM)) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
  if (code == AVERROR_HTTP_UNAUTHORIZED || code == AVERROR_HTTP_FORBIDDEN)
    return sg_fail(error, SAGITTA_ERROR_MISSING,
                   "The camera \"%s\" asks for a name and a password: http://NAME:PASSWORD@….", name);
  if (code == AVERROR_HTTP_NOT_FOUND || code == AVERROR_HTTP_OTHER_4XX || code == AVERROR_HTTP_SERVER_ERROR)
    return sg_fail(error, SAGITTA_ERROR_MISSING,
                   "There is no video at \"%s\". The camera's app shows its address, such as …:8080/video.", name);
  return sg_fail(
      error, SAGITTA_ERROR_MISSING,
      "The camera \"%s\" does not answer. Start it, and see that it is in the same network as this computer.", name);
}

/* The size of the first picture, which a recording has to know. */
static sagitta_status look_at_first(AVFormatContext *camera, AVPacket *first, const char *name, sagitta_error *error) {
  AVCodecParameters *p = camera->streams[0]->codecpar;
  sg_jpeg *jpeg = sg_jpeg_new();
  int width = 0, height = 0;
  if (!jpeg) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
  const bool good = sg_jpeg_probe(jpeg, first->data, (size_t)first->size, &width, &height);
  sg_jpeg_free(&jpeg);
  if (!good || p->codec_id != AV_CODEC_ID_MJPEG) return say_other(name, error);
  p->width = width;
  p->height = height;
  return SAGITTA_OK;
}

sagitta_status sg_camera_open_address(AVFormatContext **out, AVPacket *first, const char *address,
                                      const AVIOInterruptCB *interrupt, sagitta_error *error) {
  char name[SAGITTA_SOURCE_TEXT];
  AVDictionary *options = NULL;
  sg_camera_display(name, sizeof name, address);
  *out = avformat_alloc_context();
  if (!*out) return say_why(AVERROR(ENOMEM), name, error);
  (*out)->interrupt_callback = *interrupt;
  (void)av_dict_set(&options, "protocol_whitelist", "http,tcp", 0);
  (void)av_dict_set(&options, "rw_timeout", PATIENCE_US, 0);
  AVIOContext *bytes = NULL;
  int code = avio_open2(&bytes, address, AVIO_FLAG_READ, interrupt, &options);
  av_dict_free(&options);
  if (code < 0) return say_why(code, name, error);
  (*out)->pb = bytes;
  (void)av_dict_set(&options, "strict_mime_boundary", "1", 0);
  code = avformat_open_input(out, address, av_find_input_format("mpjpeg"), &options);
  av_dict_free(&options);
  if (code < 0) {
    (void)avio_closep(&bytes);
    return code == AVERROR(ENOMEM) || code == AVERROR_EXIT ? say_why(code, name, error) : say_other(name, error);
  }
  (*out)->flags &= ~AVFMT_FLAG_CUSTOM_IO; /* closed together */
  code = av_read_frame(*out, first);
  /* It answers: what it says is something else, or nothing. */
  const bool silent = code == AVERROR(ETIMEDOUT) || code == AVERROR_EXIT || code == AVERROR(ENOMEM);
  if (code < 0) return silent ? say_why(code, name, error) : say_other(name, error);
  return look_at_first(*out, first, name, error);
}
