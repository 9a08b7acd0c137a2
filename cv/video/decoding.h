/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: the seam between what names inputs and what decodes them. Everything that needs FFmpeg,
 * libjpeg-turbo or libseccomp stands behind one table of functions. A static library and the tests have it linked in
 * (decoding_linked.c); the shared library finds it in a module of its own, sagitta/decoding.so beside itself, which is
 * loaded when it is first needed and stays (decoding_loaded.c): a program that never decodes in its own process, since
 * a cage does it or there is no video at all, never loads FFmpeg.
 */
#ifndef SG_VIDEO_DECODING_H
#define SG_VIDEO_DECODING_H

#include "sagitta/cameras.h"
#include "video/packets.h"
#include "video/video.h"

typedef struct sg_local_video sg_local_video;     /* a video that is read in this process (local_video.c) */
typedef struct sg_jpeg_pictures sg_jpeg_pictures; /* jpeg_picture.c */

#define SG_VIDEO_WARNINGS 8

struct sagitta_video {
  struct sg_cage *cage; /* that reads it; its answers: */
  sagitta_input_info info;
  sagitta_warning warning[SG_VIDEO_WARNINGS];
  size_t warnings;
  const struct sg_decoding *decoding; /* or this process reads it; NULL where a cage does */
  sg_local_video *reading;
};

/* Of each: where it is defined, with what it does. */
typedef struct sg_decoding {
  const char *version; /* SAGITTA_VERSION of its build; another one's is not used */
  /* open_video.h */
  sagitta_status (*open)(sg_local_video **out, const sagitta_source *source, sagitta_error *error);
  sagitta_status (*read)(sg_local_video *reading, sagitta_frame *frame, sagitta_error *error);
  sagitta_status (*seek)(sg_local_video *reading, double fraction);
  void (*hurry)(sg_local_video *reading, double until_s);
  sagitta_status (*rewind)(sg_local_video **reading, sagitta_error *error);
  const sagitta_input_info *(*info)(const sg_local_video *reading);
  const sagitta_warning *(*warnings)(const sg_local_video *reading, size_t *count);
  void (*close)(sg_local_video **reading);
  /* inputs.h */
  sg_content (*content)(const sg_item *item);
  sagitta_status (*record)(int *out, const char *format, const char *device, const sagitta_source_settings *settings,
                           sagitta_error *error);
  sagitta_status (*camera_record)(sagitta_source **out, const char *camera, const sagitta_camera_settings *settings,
                                  sagitta_camera_watch watch, void *user, sagitta_error *error);
  /* packets.h */
  sagitta_status (*packets_open)(sg_packets **out, const sg_coding *coding, const char *decoder, sagitta_error *error);
  void (*packets_close)(sg_packets **packets);
  sagitta_status (*packets_read)(sg_packets *packets, const uint8_t *data, size_t size, double time_s,
                                 sagitta_frame *frame, sagitta_input_info *info, sagitta_error *error);
  int (*serve_cage)(void); /* cage.h, as the next */
  int (*close_walls)(void);
} sg_decoding;

#define SG_DECODING_MODULE "decoding"
#define SG_DECODING_SYMBOL "sg_decoding_here"
extern const sg_decoding sg_decoding_here;

/* The table, ready for use; loaded where it must be. NULL, and NO_DECODER, where the module cannot be loaded. It stays
 * for as long as the process. Thread-safe. */
const sg_decoding *sg_decoding_get(sagitta_error *error);

/* ---- jpeg_picture.c: pictures that say all themselves, one at a time; behind packets.h ---- */

sg_jpeg_pictures *sg_jpeg_pictures_new(void); /* NULL when memory is short */
void sg_jpeg_pictures_free(sg_jpeg_pictures *pictures);
sagitta_status sg_jpeg_pictures_read(sg_jpeg_pictures *pictures, const uint8_t *jpeg, size_t size, double time_s,
                                     sagitta_frame *frame, sagitta_input_info *info, sagitta_error *error);

#endif
