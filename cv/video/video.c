/* SPDX-License-Identifier: Apache-2.0 */
/* The face of an open video: read in a cage where its source has cages, else in this process. */
#include <errno.h>
#include <stdlib.h>

#include "base/base.h"
#include "sagitta/cage.h"
#include "video/cage.h"
#include "video/decoding.h"

/* ---- reading ---- */

sagitta_status sagitta_video_open(sagitta_video **out, const sagitta_source *source, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_video_open needs a place for the video.");
  *out = NULL;
  if (!source) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_video_open needs a source.");
  const sg_decoding *decoding = source->cages ? NULL : sg_decoding_get(error);
  if (!source->cages && !decoding) return SAGITTA_ERROR_NO_DECODER;
  sagitta_video *v = calloc(1, sizeof *v);
  if (!v) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", source->name);
  v->decoding = decoding;
  const sagitta_status status =
      decoding ? decoding->open(&v->reading, source, error) : sg_cage_open(&v->cage, source, v, error);
  if (status != SAGITTA_OK) {
    free(v);
    return status;
  }
  *out = v;
  return SAGITTA_OK;
}

sagitta_status sagitta_video_rewind(sagitta_video **video, sagitta_error *error) {
  if (!video || !*video) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_video_rewind needs a video.");
  sagitta_video *v = *video;
  const sagitta_status status = v->cage ? sg_cage_rewind(v->cage, v, error) : v->decoding->rewind(&v->reading, error);
  if (status != SAGITTA_OK) sagitta_video_close(video);
  return status;
}

sagitta_status sagitta_video_read(sagitta_video *v, sagitta_frame *frame, sagitta_error *error) {
  if (!v || !frame) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_video_read needs a video and a frame.");
  return v->cage ? sg_cage_read(v->cage, v, frame, error) : v->decoding->read(v->reading, frame, error);
}

sagitta_status sagitta_video_seek(sagitta_video *v, double fraction) {
  if (!v || !(fraction >= 0 && fraction <= 1)) return SAGITTA_ERROR_ARGUMENT;
  return v->cage ? sg_cage_seek(v->cage, v, fraction) : v->decoding->seek(v->reading, fraction);
}

void sagitta_video_hurry(sagitta_video *v, double until_s) {
  if (!v || !(until_s > 0)) return;
  if (v->cage)
    sg_cage_hurry(v->cage, v, until_s);
  else
    v->decoding->hurry(v->reading, until_s);
}

const sagitta_input_info *sagitta_video_info(const sagitta_video *v) {
  if (!v) return NULL;
  return v->cage ? &v->info : v->decoding->info(v->reading);
}

const sagitta_warning *sagitta_video_warnings(const sagitta_video *v, size_t *count) {
  size_t warnings = 0;
  const sagitta_warning *first = NULL;
  if (v && v->cage) {
    warnings = v->warnings;
    first = warnings ? v->warning : NULL;
  } else if (v) {
    first = v->decoding->warnings(v->reading, &warnings);
  }
  if (count) *count = warnings;
  return first;
}

void sagitta_video_close(sagitta_video **video) {
  if (!video || !*video) return;
  sagitta_video *v = *video;
  sg_cage_close(&v->cage);
  if (v->decoding) v->decoding->close(&v->reading);
  free(v);
  *video = NULL;
}

/* ---- what else is decoded in this process ---- */

struct sg_packet_reader {
  const sg_decoding *decoding;
  sg_packets *packets;
};

sagitta_status sg_packet_reader_open(sg_packet_reader **out, const sg_coding *coding, const char *decoder,
                                     sagitta_error *error) {
  *out = NULL;
  const sg_decoding *decoding = sg_decoding_get(error);
  if (!decoding) return SAGITTA_ERROR_NO_DECODER;
  sg_packet_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the camera's pictures.");
  reader->decoding = decoding;
  const sagitta_status status = decoding->packets_open(&reader->packets, coding, decoder, error);
  if (status == SAGITTA_OK)
    *out = reader;
  else
    free(reader);
  return status;
}

void sg_packet_reader_close(sg_packet_reader **reader) {
  if (!*reader) return;
  (*reader)->decoding->packets_close(&(*reader)->packets);
  free(*reader);
  *reader = NULL;
}

sagitta_status sg_packet_reader_read(sg_packet_reader *reader, const uint8_t *data, size_t size, double time_s,
                                     sagitta_frame *frame, sagitta_input_info *info, sagitta_error *error) {
  return reader->decoding->packets_read(reader->packets, data, size, time_s, frame, info, error);
}

sagitta_status sagitta_camera_record(sagitta_source **out, const char *camera, const sagitta_camera_settings *settings,
                                     sagitta_camera_watch watch, void *user, sagitta_error *error) {
  if (!out || !camera || !watch)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_camera_record needs a camera, a watcher and a place.");
  *out = NULL;
  if (settings && SG_SETTINGS_CHECK(settings, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  const sg_decoding *decoding = sg_decoding_get(error);
  if (!decoding) return SAGITTA_ERROR_NO_DECODER;
  return decoding->camera_record(out, camera, settings, watch, user, error);
}

int sagitta_decoder_main(void) {
  const sg_decoding *decoding = sg_decoding_get(NULL);
  return decoding ? decoding->serve_cage() : 1;
}

int sagitta_cage_close(void) {
  const sg_decoding *decoding = sg_decoding_get(NULL);
  return decoding ? decoding->close_walls() : ENOSYS;
}
