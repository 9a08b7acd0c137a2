/* SPDX-License-Identifier: Apache-2.0 */
/* Cameras of Linux: /dev/videoN through libavdevice's demuxer "v4l2". */
#include <stdio.h>

#include <libavdevice/avdevice.h>
#include <libavutil/dict.h>

#include "base/base.h"
#include "base/system.h"
#include "video/camera_device.h"

/* libavdevice brings some seventy libraries along, about half of the time that a command takes to start: it is
 * loaded where there is a camera, and stays. */
static bool load_devices(void) {
  sg_system_function *register_all =
      sg_system_library_function("avdevice", LIBAVDEVICE_VERSION_MAJOR, "avdevice_register_all");
  if (register_all) register_all();
  return register_all != NULL;
}

/* Open in one mode and coding (NULL: the camera's own). AVERROR code; *out may be set. */
static int open_as(AVFormatContext **out, const AVInputFormat *input, const char *device, const char *coding,
                   const sg_camera_mode *mode) {
  AVDictionary *options = NULL;
  char text[48];
  *out = avformat_alloc_context();
  if (!*out) return AVERROR(ENOMEM);
  (*out)->flags |= AVFMT_FLAG_NONBLOCK;
  if (coding) (void)av_dict_set(&options, "input_format", coding, 0);
  if (mode->width > 0) {
    (void)snprintf(text, sizeof text, "%dx%d", mode->width, mode->height);
    (void)av_dict_set(&options, "video_size", text, 0);
  }
  if (mode->rate > 0) {
    (void)snprintf(text, sizeof text, "%d/1000", (int)(mode->rate * 1000 + 0.5));
    (void)av_dict_set(&options, "framerate", text, 0);
  }
  const int code = avformat_open_input(out, device, input, &options);
  av_dict_free(&options);
  return code;
}

/* Whether the camera gives the mode that it was asked for: a driver answers with the nearest that it has. */
static bool gives(const AVFormatContext *camera, const sg_camera_mode *mode) {
  const AVCodecParameters *p = camera->nb_streams ? camera->streams[0]->codecpar : NULL;
  const double rate = p ? av_q2d(camera->streams[0]->avg_frame_rate) : 0;
  if (mode->width > 0 && (!p || p->width != mode->width || p->height != mode->height)) return false;
  return !(mode->rate > 0) || !(rate > 0) || rate > 0.9 * mode->rate;
}

/* Motion JPEG first: over USB it is what gives full frames at full rate. Then whatever the camera has. AVERROR code. */
static int open_preferred(AVFormatContext **out, const AVInputFormat *input, const char *device,
                          const sg_camera_mode *modes, size_t count) {
  static const sg_camera_mode any = { 0, 0, 0 };
  static const char *const codings[] = { "mjpeg", NULL };
  int code = AVERROR(EINVAL);
  for (size_t i = 0; i < 2; i++) {
    for (size_t k = 0; k <= count; k++) {
      const sg_camera_mode *mode = k < count ? &modes[k] : &any;
      if (!sg_camera_offers(device, codings[i], mode)) continue;
      code = open_as(out, input, device, codings[i], mode);
      if (code >= 0 && gives(*out, mode)) return code;
      if (code == AVERROR(EBUSY) || code == AVERROR(EACCES) || code == AVERROR(EPERM)) return code;
      if (k < count || (code >= 0 && codings[i])) avformat_close_input(out);
    }
  }
  return code;
}

sagitta_status sg_camera_open(AVFormatContext **out, int *stream, const char *format, const char *device,
                              sagitta_error *error) {
  return sg_camera_open_mode(out, stream, format, device, NULL, 0, error);
}

sagitta_status sg_camera_open_mode(AVFormatContext **out, int *stream, const char *format, const char *device,
                                   const sg_camera_mode *modes, size_t count, sagitta_error *error) {
  if (!format) format = "v4l2";
  *out = NULL;
  if (!load_devices())
    return sg_fail(
        error, SAGITTA_ERROR_MISSING,
        "Cameras cannot be read here: libavdevice %d is not installed. Install it, or record to a file instead.",
        LIBAVDEVICE_VERSION_MAJOR);
  const AVInputFormat *input = av_find_input_format(format);
  if (!input)
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "Cameras cannot be read here: libavdevice was built without \"%s\". Record to a file instead.",
                   format);
  const int code = open_preferred(out, input, device, modes, count);
  if (!*out && code == AVERROR(ENOMEM))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
  if (code == AVERROR(EBUSY))
    return sg_fail(error, SAGITTA_ERROR_MISSING, "The camera \"%s\" is in use by another program. Close that program.",
                   device);
  if (code == AVERROR(EACCES) || code == AVERROR(EPERM))
    return sg_fail(error, SAGITTA_ERROR_MISSING,
                   "You have no permission to use the camera \"%s\". Add yourself to the group \"video\".", device);
  if (code < 0)
    return sg_fail(error, SAGITTA_ERROR_MISSING, "The camera \"%s\" cannot be opened. Plug it in again.", device);
  for (unsigned i = 0; i < (*out)->nb_streams; i++)
    if ((*out)->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO) {
      *stream = (int)i;
      return SAGITTA_OK;
    }
  return sg_fail(error, SAGITTA_ERROR_NO_STREAM, "\"%s\" gives no pictures. Name another camera.", device);
}
