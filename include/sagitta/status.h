/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can happen, in one append-only list.
 *
 * Every function that can fail returns a sagitta_status and takes, as its last
 * argument, a sagitta_error that belongs to the caller (NULL when the text is
 * not wanted). On failure the function writes nothing to its out-parameters
 * except NULL, and fills the error with one sentence that names cause and
 * remedy in the user's words. On SAGITTA_OK the error is left as it was.
 */
#ifndef SAGITTA_STATUS_H
#define SAGITTA_STATUS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32) || !defined(__GNUC__)
#define SAGITTA_API
#else
#define SAGITTA_API __attribute__((visibility("default")))
#endif

/* New codes are appended; none is ever renumbered or removed. */
typedef enum sagitta_status {
  SAGITTA_OK = 0,
  SAGITTA_END = 1,            /* no more frames: the ordinary end of a stream */
  SAGITTA_NO_MEASUREMENT = 2, /* read, but no honest measurement can be made (exit status 1) */
  SAGITTA_CANCELLED = 3,      /* the progress callback asked to stop */
  SAGITTA_ERROR_ARGUMENT = 4, /* a NULL handle, a value out of its documented range (exit status 2) */
  SAGITTA_ERROR_MEMORY = 5,
  SAGITTA_ERROR_MISSING = 6,    /* the input does not exist or may not be read (exit status 3) */
  SAGITTA_ERROR_NOT_VIDEO = 7,  /* empty, or no container or picture format that we know (3) */
  SAGITTA_ERROR_NO_STREAM = 8,  /* a container without a video stream, or without its index (3) */
  SAGITTA_ERROR_NO_DECODER = 9, /* no decoder for this video's coding (3) */
  SAGITTA_ERROR_ENCRYPTED = 10, /* protected content (3) */
  SAGITTA_ERROR_DAMAGED = 11,   /* a video stream of which no frame can be decoded (3) */
  SAGITTA_ERROR_TOO_LARGE = 12, /* wider or higher than 16,000 px, or more than 36 million px (3) */
  SAGITTA_ERROR_FORMAT = 13,    /* a tracks, markers or result document that breaks its format (3) */
  SAGITTA_ERROR_WRITE = 14,     /* an output cannot be written (4) */
  SAGITTA_ERROR_BROKE_OFF = 15  /* the decoder's process ended before it was done: killed, memory too small, a fault
                                   (3); another time, or with more memory, it may do */
} sagitta_status;

#define SAGITTA_ERROR_TEXT 1024

/* Belongs to the caller; may live on the stack; start from SAGITTA_ERROR_INIT. */
typedef struct sagitta_error {
  sagitta_status status;
  char text[SAGITTA_ERROR_TEXT]; /* UTF-8, zero-terminated, one or two sentences */
  const char *language;          /* of the text: a code of sagitta_languages() that the caller sets and keeps; NULL or
                                    one that is not known: English. Settings that name a language come before it. */
  uint64_t reserved[4];          /* room to grow */
} sagitta_error;

#define SAGITTA_ERROR_INIT  \
  {                         \
    SAGITTA_OK, "", NULL, { \
      0                     \
    }                       \
  }

/* The name of a status ("SAGITTA_ERROR_MISSING"). A static string, never NULL. Thread-safe. */
SAGITTA_API const char *sagitta_status_name(sagitta_status status);

/* Release memory that this library returned as a plain char* or array. NULL is allowed. Thread-safe. */
SAGITTA_API void sagitta_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
