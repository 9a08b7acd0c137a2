/* SPDX-License-Identifier: Apache-2.0 */
/* Files by their names, folders, and single outputs of which an interrupted program leaves nothing behind. */
#ifndef SG_CLI_FILES_H
#define SG_CLI_FILES_H

#include <stdbool.h>

#include "sagitta/output.h"

/* The last part of a path. */
const char *file_name(const char *path);
/*
 * Which of several files a cell of a table means. It may be written as a path, as the end of one ("P02/clip.mp4"), as a
 * name, each also without the ending, or, where `any_ending`, with another ending ("clip.mp4" of clip.csv). The files
 * that fit best count; only where it is one is it told. Start from { .wanted = … }, then try each.
 */
typedef struct file_search {
  const char *wanted;
  bool any_ending;
  int fit;      /* of the best so far; 0 = none fits */
  size_t found; /* its number */
  size_t many;  /* how many fit as well as it */
} file_search;

void file_search_try(file_search *s, size_t number, const char *path);

/* Whether a name ends so, in capitals or not: file_ends_as("a.TRC", ".trc"). */
bool file_ends_as(const char *path, const char *ending);
/* Whether two names are one file, even one that is not there yet; devices are none. */
bool files_same(const char *a, const char *b);
/* Whether a name is a camera's: /dev/video0, or an address (http://…). */
bool file_is_camera(const char *path);
/* Whether a name is a regular file, or none yet: not a device, pipe or folder. */
bool file_is_regular_or_new(const char *path);

/* Write a text to `path` ("-": standard output). Errors: WRITE. */
sagitta_status file_write(const char *path, const char *text, sagitta_error *error);
/* The bytes of a file in *text (to be freed), zero-terminated; "-" is standard input. Errors: MISSING, MEMORY. */
sagitta_status file_read(const char *path, char **text, size_t *length, sagitta_error *error);

/* Make a folder unless it is there; *made (NULL allowed) says whether it was made. Errors: WRITE. */
sagitta_status folder_make(const char *folder, bool *made, sagitta_error *error);

/* The same, for nobody else's eyes: a folder that is made is 0700. Errors: WRITE. */
sagitta_status folder_make_private(const char *folder, sagitta_error *error);

/* Every folder above the last '/' of `path` that is missing, for its owner alone. False: errno says why. */
bool folder_make_way(const char *path);

/* Remove a folder and all that is in it, as far as that can be; links are not followed. */
void folder_remove(const char *folder);
/* That a name was given or taken away is on the disk: of the folder that `path` lies in. */
void folder_sync_of(const char *path);

/* Open one output (sagitta/output.h); until output_end or output_drop an interruption removes what was written. */
sagitta_status output_begin(sagitta_output **output, const char *path, sagitta_error *error);
/* The same for FOLDER/NAME. Errors: WRITE also where that is too long. */
sagitta_status output_begin_in(sagitta_output **output, const char *folder, const char *name, sagitta_error *error);
/* Whether it is written beside its name, rather than to a pipe, a device or standard output. */
bool output_is_beside(const sagitta_output *output);
/* Into place, or discarded; both leave *output NULL. NULL-safe: output_drop. */
sagitta_status output_end(sagitta_output **output, sagitta_error *error);
void output_drop(sagitta_output **output);

#endif
