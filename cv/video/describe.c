/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include <libavutil/display.h>
#include <libavutil/pixdesc.h>

#include "video/video.h"

static void set_text(char *out, size_t room, const char *text) {
  (void)snprintf(out, room, "%s", text ? text : "");
}

double sg_stated_capture_rate(const sg_stream *s) {
  const AVDictionary *places[2] = { s->format->metadata, s->stream->metadata };
  for (size_t i = 0; i < 2; i++) {
    const AVDictionaryEntry *entry = av_dict_get(places[i], "com.android.capture.fps", NULL, 0);
    double rate;
    const char *at = entry ? entry->value : NULL;
    if (at && sg_parse_number(&at, at + strlen(at), &rate) && rate >= 1 && rate <= 10000) return rate;
  }
  return 0;
}

double sg_nominal_rate(const sg_stream *s) {
  AVRational rate = s->stream->avg_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) rate = s->stream->r_frame_rate;
  return rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
}

/* What header and index promise, until the frames themselves have been counted. */
static void set_expectations(sagitta_video *v) {
  sagitta_input_info *info = &v->info;
  const sg_stream *s = v->stream;
  double nominal = s ? sg_nominal_rate(s) : v->picture_rate;
  info->frames = s ? s->stream->nb_frames : (int64_t)v->source->count;
  if (s && s->stream->duration > 0)
    info->duration_s = (double)s->stream->duration * av_q2d(s->stream->time_base);
  else if (s && s->format->duration > 0)
    info->duration_s = (double)s->format->duration / AV_TIME_BASE;
  info->frame_rate = nominal;
  if (v->source->rate > 0 && nominal > 0) info->duration_s *= nominal / v->source->rate;
  if (v->source->rate > 0) info->frame_rate = v->source->rate;
  if (!s) info->duration_s = (double)v->source->count / v->picture_rate;
  info->capture_rate = v->capture_rate;
}

static sg_turn find_turn(const sagitta_video *v, const AVFrame *frame) {
  const size_t size = 9 * sizeof(int32_t);
  const uint8_t *data = NULL;
  if (v->stream) data = sg_stream_side_data(v->stream->stream, AV_PKT_DATA_DISPLAYMATRIX, size);
  if (!data) {
    const AVFrameSideData *side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (side && (size_t)side->size >= size) data = side->data;
  }
  if (!data) return sg_turn_of_exif(v->stream ? 1 : v->pictures.orientation);
  int32_t matrix[9];
  memcpy(matrix, data, size);
  return sg_turn_of_matrix(matrix);
}

sagitta_status sg_describe(sagitta_video *v, sagitta_error *error) {
  AVFrame *frame = v->held;
  sagitta_input_info *info = &v->info;
  sagitta_frame mapped;
  info->kind = v->source->kind;
  memcpy(info->source, v->source->name, sizeof info->source);
  const AVCodecParameters *coding = v->stream ? v->stream->stream->codecpar : NULL;
  set_text(info->codec, sizeof info->codec, coding ? avcodec_get_name(coding->codec_id) : v->pictures.codec);
  set_text(info->pixel_format, sizeof info->pixel_format, av_get_pix_fmt_name(frame->format));
  if (frame->width > SAGITTA_PICTURE_MAX || frame->height > SAGITTA_PICTURE_MAX)
    return sg_fail(
        error, SAGITTA_ERROR_TOO_LARGE,
        "The picture of \"%s\" is %d x %d px; at most %d px on either side can be measured. Make it smaller.",
        v->source->name, frame->width, frame->height, SAGITTA_PICTURE_MAX);
  v->jpeg =
      strcmp(info->codec, "mjpeg") == 0 || strcmp(info->codec, "webp") == 0 || strcmp(info->codec, "mpeg1video") == 0;
  v->format = frame->format;
  if (!sg_mapper_map(&v->mapper, frame, v->jpeg, &mapped))
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "The picture format \"%s\" of \"%s\" cannot be read. Convert the video to H.264.",
                   info->pixel_format, v->source->name);
  info->coded_width = frame->width;
  info->coded_height = frame->height;
  info->full_range = mapped.full_range;
  info->matrix = mapped.matrix;
  info->colour_guessed = sg_colour_is_guessed(frame);
  AVRational aspect = frame->sample_aspect_ratio;
  if (v->stream) aspect = av_guess_sample_aspect_ratio(v->stream->format, v->stream->stream, frame);
  sg_set_geometry(info, find_turn(v, frame), sg_sample_aspect(aspect));
  set_expectations(v);
  return SAGITTA_OK;
}
