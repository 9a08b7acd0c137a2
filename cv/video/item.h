/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: from what the user named to items. Lists of files (paths.c), an item opened, a pipe copied
 * (item.c). Nothing here decodes. Stateless but for what is passed; thread-safe.
 */
#ifndef SG_VIDEO_ITEM_H
#define SG_VIDEO_ITEM_H

#include "video/video.h"

/* ---- paths.c ---- */

/* Numbers by value ("frame2" before "frame10"), everything else by byte: a total order, whatever the locale. */
int sg_natural_compare(const char *left, const char *right);
/* Whether the last part of the path is a printf-like pattern with exactly one integer ("%d", "%04d"). */
bool sg_name_is_pattern(const char *path);

/* A list of owned paths. */
typedef struct sg_paths {
  char **path;
  size_t count, capacity;
} sg_paths;

void sg_paths_free(sg_paths *paths);
/* Append a copy of folder/name (folder may be NULL). 0 when memory is short. */
int sg_paths_add(sg_paths *paths, const char *folder, const char *name);
/* The pictures of a folder in natural order. ARGUMENT when it holds videos, NOT_VIDEO when it holds no picture. */
sagitta_status sg_paths_of_folder(sg_paths *paths, const char *folder, sagitta_error *error);
/* The files that a pattern matches, by number. MISSING when there is none. */
sagitta_status sg_paths_of_pattern(sg_paths *paths, const char *pattern, sagitta_error *error);

/* ---- item.c ---- */

/* Open an item for reading: its own descriptor where it has one, else a new one, which is then the caller's. *size in
 * bytes. 0 or errno. */
int sg_item_open(const sg_item *item, int *file, int64_t *size);
/* Says why it could not be opened: errno `code`. `name` is how the user calls it. Returns MISSING. */
sagitta_status sg_item_unopened(int code, const char *name, sagitta_error *error);

typedef struct sg_spooling {
  double patience_s;                              /* where nothing comes for so long, it is given up */
  const sagitta_source_settings *settings;        /* whose progress is asked */
  bool (*known)(void *user, const sg_item *item); /* whether what has come so far is a video or picture */
  void *user;
} sg_spooling;

/* Copy everything from the descriptor `from` into a temporary file (*out, the caller's). Errors: MEMORY (no room for
 * it), MISSING (reading failed, nothing came), NOT_VIDEO (known by its first 8 MB; more than 16 GB), CANCELLED. */
sagitta_status sg_item_spool(int *out, int from, const sg_spooling *how, sagitta_error *error);

#endif
