/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include <libavutil/avutil.h>

#include "video/video.h"

/* The first decoder in software that is not experimental. */
static const AVCodec *find_decoder(enum AVCodecID id) {
  void *state = NULL;
  for (const AVCodec *codec; (codec = av_codec_iterate(&state));)
    if (codec->id == id && av_codec_is_decoder(codec) &&
        !(codec->capabilities & (AV_CODEC_CAP_HARDWARE | AV_CODEC_CAP_HYBRID | AV_CODEC_CAP_EXPERIMENTAL)))
      return codec;
  return NULL;
}

static bool is_moving_picture(const AVStream *stream) {
  return stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
         !(stream->disposition &
           (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS | AV_DISPOSITION_STILL_IMAGE));
}

/* How good a choice a decodable stream is: one with frames, understood, the default one, the largest. */
static int64_t worth(AVStream *stream) {
  const AVCodecParameters *p = stream->codecpar;
  int64_t pixels = p->width > 0 && p->height > 0 ? (int64_t)p->width * p->height : 0;
  bool frames = stream->nb_frames > 1 || avformat_index_get_entries_count(stream) > 1;
  return pixels + ((int64_t)(stream->disposition & AV_DISPOSITION_DEFAULT ? 1 : 0) << 50) +
         ((int64_t)(frames ? 1 : 0) << 51) + ((int64_t)(p->format >= 0 ? 1 : 0) << 52);
}

/* The nth stream by worth, earlier ones first among equals. */
static AVStream *nth_best(AVFormatContext *format, int nth) {
  for (unsigned i = 0; i < format->nb_streams; i++) {
    AVStream *candidate = format->streams[i];
    if (!is_moving_picture(candidate) || !find_decoder(candidate->codecpar->codec_id)) continue;
    int better = 0;
    for (unsigned j = 0; j < format->nb_streams; j++) {
      AVStream *other = format->streams[j];
      if (j == i || !is_moving_picture(other) || !find_decoder(other->codecpar->codec_id)) continue;
      int64_t mine = worth(candidate);
      int64_t theirs = worth(other);
      better += theirs > mine || (theirs == mine && j < i);
    }
    if (better == nth) return candidate;
  }
  return NULL;
}

static void coding_name(char *out, size_t room, const AVCodecParameters *p) {
  static const struct {
    char tag[5];
    const char *name;
  } known[] = { { "vvc1", "H.266/VVC" }, { "vvi1", "H.266/VVC" }, { "evc1", "EVC" }, { "lvc1", "LCEVC" },
                { "av01", "AV1" },       { "apv1", "APV" },       { "avs3", "AVS3" } };
  char tag[AV_FOURCC_MAX_STRING_SIZE] = "";
  av_fourcc_make_string(tag, p->codec_tag);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(tag, known[i].tag) == 0) {
      (void)snprintf(out, room, "%s", known[i].name);
      return;
    }
  if (p->codec_id != AV_CODEC_ID_NONE)
    (void)snprintf(out, room, "%s", avcodec_get_name(p->codec_id));
  else
    (void)snprintf(out, room, "\"%s\"", tag);
}

AVStream *sg_choose_stream(AVFormatContext *format, int nth, const char *name, const AVCodec **decoder,
                           sagitta_status *status, sagitta_error *error) {
  AVStream *stream = nth_best(format, nth);
  if (stream) {
    *decoder = find_decoder(stream->codecpar->codec_id);
    return stream;
  }
  bool sound = false;
  const AVStream *unknown = NULL;
  for (unsigned i = 0; i < format->nb_streams; i++) {
    sound = sound || format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    if (!unknown && is_moving_picture(format->streams[i])) unknown = format->streams[i];
  }
  if (nth > 0) {
    *status = sg_fail(error, SAGITTA_ERROR_DAMAGED, "Not one frame of \"%s\" can be decoded.", name);
  } else if (unknown) {
    char coding[64];
    coding_name(coding, sizeof coding, unknown->codecpar);
    *status = sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                      "\"%s\" is coded as %s, and there is no decoder for that here. Record or convert it to H.264 "
                      "(with `ffmpeg -i IN -c:v libx264 OUT.mp4`, or in the phone's settings \"most compatible\").",
                      name, coding);
  } else {
    *status =
        sg_fail(error, SAGITTA_ERROR_NO_STREAM, "There is no video in \"%s\"%s. Choose the file with the picture.",
                name, sound ? ", only sound" : "");
  }
  return NULL;
}

const uint8_t *sg_stream_side_data(const AVStream *stream, enum AVPacketSideDataType type, size_t size) {
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
  const AVPacketSideData *data =
      av_packet_side_data_get(stream->codecpar->coded_side_data, stream->codecpar->nb_coded_side_data, type);
  return data && data->size >= size ? data->data : NULL;
#else
  size_t got = 0;
  const uint8_t *data = av_stream_get_side_data(stream, type, &got);
  return data && got >= size ? data : NULL;
#endif
}
