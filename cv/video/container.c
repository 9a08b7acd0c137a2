/* SPDX-License-Identifier: Apache-2.0 */
#include "video/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/avstring.h>
#include <libavutil/dict.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/mem.h>

#include "base/base.h"
#include "base/translate.h"
#include "video/formats.h"

/* How much goes wrong in a row before a stream counts as broken off. */
enum { READ_ERRORS = 200 };
#define INDEX_MOST ((uint64_t)64 << 20) /* bytes of an index that are looked through */

/* ---- what the file itself says ---- */

/* Where the index ("moov") of an MP4 or MOV file is among its outer boxes, from its head on, and in *length how long it
 * says to be; −1 when there is none. */
static int64_t find_index(AVIOContext *bytes, uint64_t *length) {
  int64_t size = avio_size(bytes);
  int64_t at = 0;
  for (int boxes = 0; boxes < 100000 && at + 8 <= size; boxes++) {
    uint8_t head[16] = { 0 };
    if (avio_seek(bytes, at, SEEK_SET) < 0 || avio_read(bytes, head, 16) < 8) return -1;
    *length = AV_RB32(head);
    if (*length == 1) *length = AV_RB64(head + 8);
    if (memcmp(head + 4, "moov", 4) == 0) return at;
    if (*length < 8 || *length > (uint64_t)(size - at)) return -1;
    at += (int64_t)*length;
  }
  return -1;
}

/* Whether the index of an MP4 or MOV file describes an encrypted video: a sample entry "encv", in which a "sinf" says
 * how (ISO/IEC 23001-7, Common Encryption). libavformat tells only of some of them. */
static bool index_is_protected(AVIOContext *bytes) {
  enum { PART = 65536 };
  uint64_t length = 0;
  const int64_t at = find_index(bytes, &length);
  uint8_t *part = at < 0 || avio_seek(bytes, at, SEEK_SET) < 0 ? NULL : av_malloc(PART);
  bool entry = false, how = false;
  int kept = 0; /* of the part before: a name may lie across */
  for (uint64_t seen = 0; part && !(entry && how) && seen < length && seen < INDEX_MOST;) {
    const int count = avio_read(bytes, part + kept, PART - kept);
    if (count <= 0) break;
    seen += (uint64_t)count;
    for (int i = 0; i + 4 <= kept + count; i++) {
      entry = entry || memcmp(part + i, "encv", 4) == 0;
      how = how || (entry && memcmp(part + i, "sinf", 4) == 0);
    }
    const int all = kept + count;
    kept = all < 3 ? all : 3;
    memmove(part, part + all - kept, (size_t)kept);
  }
  av_free(part);
  return entry && how;
}

/* An EBML number (RFC 8794, 4): its length is told by the leading zeros of the first byte. All ones: unknown. */
static uint64_t ebml_size(AVIOContext *bytes) {
  unsigned first = (unsigned)avio_r8(bytes);
  int more = 0;
  while (more < 8 && !(first & (0x80u >> more))) more++;
  if (more == 8) return UINT64_MAX;
  uint64_t value = first & (0x7fu >> more);
  bool ones = value == (0x7fu >> more);
  for (int i = 0; i < more; i++) {
    unsigned next = (unsigned)avio_r8(bytes);
    ones = ones && next == 0xff;
    value = value << 8 | next;
  }
  return ones ? UINT64_MAX : value;
}

/* Where the segment of a Matroska or WebM file says that it ends, in bytes; 0 when it does not say. */
static int64_t segment_end(AVIOContext *bytes) {
  if (avio_seek(bytes, 0, SEEK_SET) < 0 || avio_rb32(bytes) != 0x1a45dfa3) return 0;
  uint64_t head = ebml_size(bytes);
  if (head > 4096 || avio_skip(bytes, (int64_t)head) < 0 || avio_rb32(bytes) != 0x18538067) return 0;
  uint64_t size = ebml_size(bytes);
  return size < (uint64_t)1 << 60 ? avio_tell(bytes) + (int64_t)size : 0;
}

/* Whether an AVI file has everything that its writer put into it: every RIFF list (there are several above 1 GB,
 * OpenDML) lies within the file, and the first one closes with its index. A list whose size was never filled in
 * promises nothing, and counts as whole. */
static bool is_whole_avi(AVIOContext *bytes) {
  enum { HEAD = 12, CHUNKS_MOST = 1000 };
  const int64_t size = avio_size(bytes);
  bool indexed = false;
  for (int64_t at = 0; at + HEAD <= size;) {
    if (avio_seek(bytes, at, SEEK_SET) < 0 || avio_rl32(bytes) != MKTAG('R', 'I', 'F', 'F')) break;
    const int64_t length = avio_rl32(bytes), end = at + 8 + length;
    if (length == 0 || length == UINT32_MAX) return true;
    if (end > size) return false;
    int64_t chunk = at + HEAD;
    for (int i = 0; at == 0 && !indexed && i < CHUNKS_MOST && chunk + 8 <= end; i++) {
      if (avio_seek(bytes, chunk, SEEK_SET) < 0) return false;
      indexed = avio_rl32(bytes) == MKTAG('i', 'd', 'x', '1');
      chunk += 8 + (int64_t)avio_rl32(bytes);
      chunk += chunk & 1;
    }
    at = end + (end & 1);
  }
  return indexed;
}

static const uint8_t *side_data(const AVStream *stream, enum AVPacketSideDataType type, size_t size) {
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

const uint8_t *sg_container_side_data(const sg_container *c, enum AVPacketSideDataType type, size_t size) {
  return side_data(c->stream, type, size);
}

double sg_container_capture_rate(const sg_container *c) {
  const AVDictionary *places[2] = { c->format->metadata, c->stream->metadata };
  for (size_t i = 0; i < 2; i++) {
    const AVDictionaryEntry *entry = av_dict_get(places[i], "com.android.capture.fps", NULL, 0);
    double rate;
    const char *at = entry ? entry->value : NULL;
    if (at && sg_parse_number(&at, at + strlen(at), &rate) && rate >= 1 && rate <= 10000) return rate;
  }
  return 0;
}

double sg_container_rate(const sg_container *c) {
  AVRational rate = c->stream->avg_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) rate = c->stream->r_frame_rate;
  return rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
}

/* ---- which stream ---- */

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
    if (!is_moving_picture(candidate) || !sg_decoder_find(candidate->codecpar->codec_id)) continue;
    int better = 0;
    for (unsigned j = 0; j < format->nb_streams; j++) {
      AVStream *other = format->streams[j];
      if (j == i || !is_moving_picture(other) || !sg_decoder_find(other->codecpar->codec_id)) continue;
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

/* The nth best decodable video stream of the container; what there is instead is told apart by the error. */
static sagitta_status choose_stream(sg_container *c, int nth, const char *name, const AVCodec **codec,
                                    sagitta_error *error) {
  const AVFormatContext *format = c->format;
  c->stream = nth_best(c->format, nth);
  if (c->stream) {
    *codec = sg_decoder_find(c->stream->codecpar->codec_id);
    return SAGITTA_OK;
  }
  bool sound = false;
  const AVStream *unknown = NULL;
  for (unsigned i = 0; i < format->nb_streams; i++) {
    sound = sound || format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    if (!unknown && is_moving_picture(format->streams[i])) unknown = format->streams[i];
  }
  if (nth > 0) return sg_fail(error, SAGITTA_ERROR_DAMAGED, "Not one frame of \"%s\" can be decoded.", name);
  if (unknown) {
    char coding[64];
    coding_name(coding, sizeof coding, unknown->codecpar);
    const enum AVCodecID id = unknown->codecpar->codec_id;
    if (id != AV_CODEC_ID_NONE && !sg_coding_allowed(avcodec_get_name(id)))
      return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                     "\"%s\" is coded as %s, which is not among the codings that are read (`sagitta formats` lists "
                     "them). Convert it to H.264 with `ffmpeg -i IN -c:v libx264 OUT.mp4`.",
                     name, coding);
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "\"%s\" is coded as %s, and there is no decoder for that here. Record or convert it to H.264 "
                   "(with `ffmpeg -i IN -c:v libx264 OUT.mp4`, or in the phone's settings \"most compatible\").",
                   name, coding);
  }
  return sg_fail(error, SAGITTA_ERROR_NO_STREAM, "There is no video in \"%s\"%s. Choose the file with the picture.",
                 name, sound ? sg_say(sg_error_language(error), ", only sound") : "");
}

/* ---- opening ---- */

/* A container may name other files and addresses: none is ever opened. */
static int refuse(AVFormatContext *format, AVIOContext **bytes, const char *url, int flags, AVDictionary **options) {
  (void)format, (void)url, (void)flags, (void)options;
  *bytes = NULL;
  return AVERROR(EPERM);
}

/* Formats that are text, playlists or subtitles to a person, whatever libavformat makes of them. */
static bool is_no_video_format(const char *format) {
  static const char *const names[] = { "tty",        "concat", "hls",  "applehttp", "sdp",       "dash",     "rtsp",
                                       "ffmetadata", "webvtt", "srt",  "ass",       "subviewer", "microdvd", "sami",
                                       "txd",        "bin",    "xbin", "adf",       "idf" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (av_match_name(names[i], format)) return true;
  return false;
}

static sagitta_status no_memory(const char *name, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
}

static sagitta_status not_video(const char *name, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_NOT_VIDEO,
                 "\"%s\" is not a video or picture in any known format, whatever its name says. Choose the recording "
                 "itself, or export it again.",
                 name);
}

sagitta_status sg_container_protected(const char *name, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_ENCRYPTED,
                 "\"%s\" is protected (encrypted), and its pictures cannot be read. Use a recording of your own, or "
                 "an unprotected export.",
                 name);
}

static sagitta_status cannot_parse(sg_container *c, const AVInputFormat *input, int code, const char *name,
                                   sagitta_error *error) {
  if (code == AVERROR(ENOMEM)) return no_memory(name, error);
  if (av_match_name("mov", input->name)) {
    uint64_t length;
    if (index_is_protected(c->bytes)) return sg_container_protected(name, error);
    if (find_index(c->bytes, &length) < 0)
      return sg_fail(error, SAGITTA_ERROR_NO_STREAM,
                     "The index of \"%s\" is missing: the recording or the copying was cut off before its end, and "
                     "without the index no frame can be found. Copy the file again, or record again.",
                     name);
    return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                   "The index of \"%s\" is damaged, so that no frame can be found. Copy the file again, or record "
                   "again.",
                   name);
  }
  if (code == AVERROR(EPERM)) return not_video(name, error);
  return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The beginning of \"%s\" is damaged. Copy the file again.", name);
}

/* A format of FFmpeg's that is none of ours. */
static sagitta_status not_read(const AVInputFormat *input, const char *name, sagitta_error *error) {
  if (is_no_video_format(input->name)) return not_video(name, error);
  return sg_fail(
      error, SAGITTA_ERROR_NOT_VIDEO,
      "\"%s\" is in a format that is not read here: %s. If it is a video, convert it with `ffmpeg -i IN -c:v "
      "libx264 OUT.mp4`; if it is only sound or text, choose the file with the picture. `sagitta formats` "
      "lists what is read.",
      name, input->long_name ? input->long_name : input->name);
}

/* Nothing but what is allowed, also where a demuxer calls another or looks into a stream that is not read. */
static bool restrict_formats(AVFormatContext *format) {
  char *demuxers = sg_allowed_demuxers(), *decoders = sg_allowed_decoders();
  if (demuxers && decoders) {
    format->format_whitelist = av_strdup(demuxers);
    format->codec_whitelist = av_strdup(decoders);
  }
  free(demuxers);
  free(decoders);
  return format->format_whitelist && format->codec_whitelist;
}

/* What the streams are: where a header does not say it, by decoding the beginning, of pictures that are not too large.
 */
static sagitta_status look_into_streams(AVFormatContext *format, const char *name, sagitta_error *error) {
  const unsigned count = format->nb_streams;
  AVDictionary **options = count ? av_calloc(count, sizeof(AVDictionary *)) : NULL;
  if (count && !options) return no_memory(name, error);
  for (unsigned i = 0; i < count; i++) (void)av_dict_set_int(&options[i], "max_pixels", SG_CODED_AREA, 0);
  sg_decoders_forget_size();
  const int code = avformat_find_stream_info(format, options);
  for (unsigned i = 0; i < count; i++) av_dict_free(&options[i]);
  av_free(options);
  int width, height;
  if (code == AVERROR(ENOMEM)) return no_memory(name, error);
  return sg_decoders_refused_size(&width, &height) ? sg_picture_too_large(name, width, height, error) : SAGITTA_OK;
}

static sagitta_status parse(sg_container *c, const char *name, sagitta_error *error) {
  const AVInputFormat *input = NULL;
  /* Without a name, so that the content alone decides what it is. */
  int code = av_probe_input_buffer2(c->bytes, &input, "", NULL, 0, 0);
  if (code == AVERROR(ENOMEM)) return no_memory(name, error);
  if (code < 0 || !input) return not_video(name, error);
  if (!sg_container_allowed(input->name)) return not_read(input, name, error);
  c->format = avformat_alloc_context();
  if (!c->format || !restrict_formats(c->format)) return no_memory(name, error);
  c->format->pb = c->bytes;
  c->format->flags |= AVFMT_FLAG_CUSTOM_IO;
  c->format->io_open = refuse;
  AVDictionary *options = NULL;
  (void)av_dict_set(&options, "protocol_whitelist", "none", 0);
  code = avformat_open_input(&c->format, "", input, &options);
  av_dict_free(&options);
  if (code < 0) return cannot_parse(c, input, code, name, error);
  c->no_stamps = (input->flags & AVFMT_NOTIMESTAMPS) != 0;
  return look_into_streams(c->format, name, error);
}

static bool is_protected(const AVStream *stream) {
  uint32_t tag = stream->codecpar->codec_tag;
  return tag == MKTAG('e', 'n', 'c', 'v') || tag == MKTAG('d', 'r', 'm', 'i') ||
         side_data(stream, AV_PKT_DATA_ENCRYPTION_INIT_INFO, 1);
}

sagitta_status sg_container_open(sg_container *c, const sg_item *item, const char *name, int nth, const AVCodec **codec,
                                 sagitta_error *error) {
  sagitta_error reason = sg_error_like(error);
  c->bytes = sg_bytes_open(item, name, &reason);
  if (!c->bytes) return sg_fail(error, reason.status, "%s", reason.text);
  if (avio_size(c->bytes) == 0)
    return sg_fail(error, SAGITTA_ERROR_NOT_VIDEO,
                   "\"%s\" is empty. The recording or the copying did not finish: copy it again.", name);
  sagitta_status status = parse(c, name, error);
  if (status == SAGITTA_OK) status = choose_stream(c, nth, name, codec, error);
  if (status != SAGITTA_OK) return status;
  for (unsigned i = 0; i < c->format->nb_streams; i++)
    c->format->streams[i]->discard = c->format->streams[i] == c->stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  c->encrypted = is_protected(c->stream);
  return SAGITTA_OK;
}

bool sg_container_is_protected(const sg_container *c) {
  return c->encrypted || (av_match_name("mov", c->format->iformat->name) && index_is_protected(c->bytes));
}

void sg_container_close(sg_container *c) {
  avformat_close_input(&c->format);
  sg_bytes_close(&c->bytes);
}

/* ---- reading ---- */

bool sg_container_next(sg_container *c, AVPacket *packet) {
  while (c->errors_in_a_row < READ_ERRORS) {
    int code = av_read_frame(c->format, packet);
    if (code >= 0) {
      c->errors_in_a_row = 0;
      if (packet->stream_index == c->stream->index) {
        c->packets++;
        c->last_stamp = packet->dts;
        c->last_cut = packet->flags & AV_PKT_FLAG_CORRUPT;
        if (av_packet_get_side_data(packet, AV_PKT_DATA_ENCRYPTION_INFO, NULL)) c->encrypted = true;
        return true;
      }
      av_packet_unref(packet);
    } else if (code == AVERROR_EOF) {
      return false;
    } else if (code == AVERROR(ENOMEM)) {
      c->out_of_memory = true;
      return false;
    } else {
      c->broken_off = true;
      c->errors_in_a_row++;
    }
  }
  return false;
}

/* Where a fraction of the duration lies, in the stream's time base. */
static bool find_stamp(const sg_container *c, double fraction, int64_t *stamp) {
  AVStream *stream = c->stream;
  int count = avformat_index_get_entries_count(stream);
  /* An index of every frame tells more than a duration, which may be wrong. */
  if (count > 1) {
    const AVIndexEntry *first = avformat_index_get_entry(stream, 0);
    const AVIndexEntry *last = avformat_index_get_entry(stream, count - 1);
    double span = (double)last->timestamp - (double)first->timestamp;
    if (stream->nb_frames > 0 && span > 0 && span < 9e15) {
      *stamp = first->timestamp + (int64_t)(span * fraction);
      return true;
    }
  }
  int64_t start = stream->start_time != AV_NOPTS_VALUE ? stream->start_time : 0;
  double length = stream->duration > 0 ? (double)stream->duration : 0;
  if (length <= 0 && c->format->duration > 0)
    length = (double)c->format->duration / AV_TIME_BASE / av_q2d(stream->time_base);
  if (!(length > 0) || length > 9e15) return false;
  *stamp = start + (int64_t)(length * fraction);
  return true;
}

sagitta_status sg_container_seek(sg_container *c, double fraction) {
  int64_t stamp;
  if (c->no_stamps || !find_stamp(c, fraction, &stamp)) return SAGITTA_END;
  if (avformat_seek_file(c->format, c->stream->index, INT64_MIN, stamp, stamp, 0) < 0) return SAGITTA_END;
  c->sought = true;
  c->errors_in_a_row = 0;
  return SAGITTA_OK;
}

/* A dropped frame is an empty chunk of an AVI, which is counted there and in the stamps, and never a packet: the header
 * promises more frames than there are packets, and still nothing is missing. */
static bool is_cut_avi(const sg_container *c) {
  const int64_t promised = c->stream->nb_frames;
  if (c->last_cut) return true;
  if (c->packets >= promised || (c->last_stamp != AV_NOPTS_VALUE && c->last_stamp + 1 >= promised)) return false;
  return !is_whole_avi(c->bytes);
}

bool sg_container_truncated(const sg_container *c) {
  if (c->sought) return false;
  if (c->broken_off || c->errors_in_a_row) return true;
  const char *format = c->format->iformat->name;
  if (av_match_name("mov", format)) {
    int64_t size = avio_size(c->bytes);
    int count = avformat_index_get_entries_count(c->stream);
    const AVIndexEntry *last = count > 0 ? avformat_index_get_entry(c->stream, count - 1) : NULL;
    return (last && last->pos + last->size > size) || c->packets < c->stream->nb_frames;
  }
  if (av_match_name("avi", format)) return is_cut_avi(c);
  return av_match_name("matroska", format) && segment_end(c->bytes) > avio_size(c->bytes);
}
