/* SPDX-License-Identifier: Apache-2.0 */
/* Cameras of Linux: /dev/videoN through libavdevice's demuxer "v4l2". */
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

/* Motion JPEG first: over USB it is what gives full frames at full rate. Then whatever the camera has. AVERROR code. */
static int open_preferred(AVFormatContext **out, const AVInputFormat *input, const char *device) {
  static const char *const preferences[] = { "mjpeg", NULL };
  int code = AVERROR(EINVAL);
  for (size_t i = 0; i < 2 && code < 0; i++) {
    AVDictionary *options = NULL;
    *out = avformat_alloc_context();
    if (!*out) return AVERROR(ENOMEM);
    (*out)->flags |= AVFMT_FLAG_NONBLOCK;
    if (preferences[i]) (void)av_dict_set(&options, "input_format", preferences[i], 0);
    code = avformat_open_input(out, device, input, &options);
    av_dict_free(&options);
  }
  return code;
}

sagitta_status sg_camera_open(AVFormatContext **out, int *stream, const char *format, const char *device,
                              sagitta_error *error) {
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
  const int code = open_preferred(out, input, device);
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
