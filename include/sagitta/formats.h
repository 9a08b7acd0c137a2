/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is read: containers, codings and pixel formats as cameras, phones, editors and laboratories make them.
 * Everything else is refused by its name, whatever this machine's FFmpeg could make of it: less that a hostile file can
 * reach.
 */
#ifndef SAGITTA_FORMATS_H
#define SAGITTA_FORMATS_H

#include <stddef.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* New kinds are appended. */
typedef enum sagitta_format_kind {
  SAGITTA_FORMAT_CONTAINER = 0,
  SAGITTA_FORMAT_CODING = 1,
  SAGITTA_FORMAT_PIXELS = 2
} sagitta_format_kind;

typedef struct sagitta_format {
  sagitta_format_kind kind;
  const char *name; /* as FFmpeg calls it: "mov", "h264", "yuv420p"; pixel formats without their byte order */
  const char *what; /* names by which people know it: "MP4, MOV, M4V, 3GP"; of pixel formats what they are */
} sagitta_format;

/* All of them, by kind. A static array of *count entries. Whether this machine's FFmpeg has a decoder for a coding (AV1
 * and H.266 are the young ones) shows when a file is opened. Thread-safe. */
SAGITTA_API const sagitta_format *sagitta_formats(size_t *count);

#ifdef __cplusplus
}
#endif
#endif
