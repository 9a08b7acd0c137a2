/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <libavutil/mem.h>

#include "video/video.h"

/* No picture of 16,000 px a side comes near this. */
static const size_t file_limit = (size_t)1 << 30;

static bool looks_like_jpeg(const sg_item *item) {
  uint8_t head[3] = { 0 };
  AVIOContext *bytes = sg_bytes_open(item, "", NULL);
  if (!bytes) return false;
  bool jpeg = avio_read(bytes, head, 3) == 3 && head[0] == 0xff && head[1] == 0xd8 && head[2] == 0xff;
  sg_bytes_close(&bytes);
  return jpeg;
}

/* 1: decoded; 0: not a JPEG that libjpeg-turbo takes. */
static int read_jpeg(sg_pictures *pictures, const sg_item *item, AVFrame **frame, bool *damaged) {
  size_t size = 0;
  uint8_t *data = sg_bytes_read(item, file_limit, &size);
  if (!data) return 0;
  pictures->orientation = sg_jpeg_orientation(data, size);
  int decoded = sg_jpeg_decode(pictures->jpeg, data, size, frame, damaged);
  av_free(data);
  if (decoded) (void)snprintf(pictures->codec, sizeof pictures->codec, "%s", avcodec_get_name(AV_CODEC_ID_MJPEG));
  return decoded;
}

sagitta_status sg_pictures_read(sg_pictures *pictures, const sg_item *item, const char *name, AVFrame **frame,
                                bool *damaged, sagitta_error *error) {
  *damaged = false;
  pictures->orientation = 1;
  sg_stream_close(&pictures->stream);
  if (!pictures->jpeg && !(pictures->jpeg = sg_jpeg_new()))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode pictures.");
  if (looks_like_jpeg(item) && read_jpeg(pictures, item, frame, damaged)) return SAGITTA_OK;
  sagitta_status status = sg_stream_open(&pictures->stream, item, name, 1, 0, error);
  if (status != SAGITTA_OK) return status;
  sg_jpeg_free(&pictures->stream->jpeg);
  status = sg_stream_read(pictures->stream, frame);
  if (status == SAGITTA_END)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The picture \"%s\" is damaged. Copy or export it again.", name);
  if (status != SAGITTA_OK) return sg_fail(error, status, "Not enough memory to decode \"%s\".", name);
  *damaged = ((*frame)->flags & AV_FRAME_FLAG_CORRUPT) || (*frame)->decode_error_flags;
  (void)snprintf(pictures->codec, sizeof pictures->codec, "%s",
                 avcodec_get_name(pictures->stream->stream->codecpar->codec_id));
  return SAGITTA_OK;
}

void sg_pictures_free(sg_pictures *pictures) {
  sg_stream_close(&pictures->stream);
  sg_jpeg_free(&pictures->jpeg);
}
