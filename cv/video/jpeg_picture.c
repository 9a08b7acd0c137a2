/* SPDX-License-Identifier: Apache-2.0 */
/* JPEG pictures that come one at a time, as a camera or another program sends them: no file, no stream, no clock. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "video/open_video.h"
#include "video/stream.h"

struct sg_jpeg_pictures {
  sg_jpeg *jpeg;
  sg_mapper mapper;
  int64_t index;
};

sg_jpeg_pictures *sg_jpeg_pictures_new(void) {
  sg_jpeg_pictures *pictures = calloc(1, sizeof *pictures);
  if (!pictures) return NULL;
  pictures->jpeg = sg_jpeg_new();
  if (pictures->jpeg) return pictures;
  free(pictures);
  return NULL;
}

void sg_jpeg_pictures_free(sg_jpeg_pictures *pictures) {
  if (!pictures) return;
  sg_jpeg_free(&pictures->jpeg);
  sg_mapper_free(&pictures->mapper);
  free(pictures);
}

sagitta_status sg_jpeg_pictures_read(sg_jpeg_pictures *pictures, const uint8_t *jpeg, size_t size, double time_s,
                                     sagitta_frame *frame, sagitta_input_info *info, sagitta_error *error) {
  AVFrame *picture;
  bool damaged;
  if (!sg_jpeg_decode(pictures->jpeg, jpeg, size, &picture, &damaged))
    return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The camera sent a picture that is no JPEG. It was left out.");
  memset(frame, 0, sizeof *frame);
  if (!sg_mapper_map(&pictures->mapper, picture, true, frame))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the camera's pictures.");
  frame->index = pictures->index++;
  frame->time_s = time_s;
  frame->damaged = damaged;
  memset(info, 0, sizeof *info);
  info->coded_width = picture->width;
  info->coded_height = picture->height;
  info->full_range = frame->full_range;
  info->matrix = frame->matrix;
  sg_set_geometry(info, sg_turn_of_exif(sg_jpeg_orientation(jpeg, size)), 1.0);
  return SAGITTA_OK;
}
