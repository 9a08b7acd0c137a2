/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the user named as input, for this room and for those that look at single pictures of it (calibration). This is
 * the room's face beside include/sagitta/video.h; README.md says what else is here. Values are plain; thread-safe.
 */
#ifndef SG_VIDEO_VIDEO_H
#define SG_VIDEO_VIDEO_H

#include <stddef.h>

#include "sagitta/video.h"

/* Where bytes come from: a named file, or a temporary file without a name (base/system.h). */
typedef struct sg_item {
  char *path; /* owned; NULL for a temporary file */
  int file;   /* owned descriptor; −1 for a named file */
  int code;   /* in a cage: why the host cannot open it (errno); else 0 */
} sg_item;

/* What an item is by its content. */
typedef enum sg_content { SG_CONTENT_OTHER = 0, SG_CONTENT_VIDEO, SG_CONTENT_PICTURE } sg_content;

struct sg_cages;

/* Immutable once open, so that several threads may open videos of it. */
struct sagitta_source {
  sagitta_input_kind kind;
  sg_item *items; /* VIDEO and CAMERA: one; PICTURES: at least one, in order */
  size_t count;
  char name[SAGITTA_SOURCE_TEXT]; /* how messages call it */
  double rate, seconds;           /* as in sagitta_source_settings */
  int threads;                    /* > 0 */
  struct sg_cages *cages;         /* owned: where its videos are decoded; NULL = in this process */
  /* In a cage: has item `at` opened by the host. NULL: items are opened by their paths. */
  void (*prepare)(sg_item *item, size_t at);
};

/* A view of one picture of a source of PICTURES, named after its file. It borrows the source's items: not to be closed,
 * and not to outlive it. */
sagitta_source sg_source_picture(const sagitta_source *source, size_t at);
/* The path of an item; NULL for what was spooled or recorded. */
const char *sg_source_path(const sagitta_source *source, size_t at);
/* A view of the first `seconds` of a source; of a camera, whose recording has ended, all of it. Borrows as above. */
sagitta_source sg_source_beginning(const sagitta_source *source, double seconds);

/* The last part of a path as valid UTF-8, cut at a character; broken bytes become '?'. */
void sg_name_display(char *out, size_t room, const char *path);

#endif
