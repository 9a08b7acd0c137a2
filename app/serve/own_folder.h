/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: the server's own folder, $XDG_STATE_HOME/sagitta/serve.XXXXXX, 0700, with the file that opens the
 * page and one folder for each job. It is locked while its server lives, so that the next one knows which folders
 * nobody owns any more. What is in it has faces: it goes when the server ends, at the latest when the next one starts.
 */
#ifndef SG_SERVE_OWN_FOLDER_H
#define SG_SERVE_OWN_FOLDER_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

typedef struct own_folder {
  char path[PATH_MAX / 2];
  char page[PATH_MAX]; /* the file that opens the page */
  int lock;
} own_folder;

/* Make it. Errors: WRITE. */
sagitta_status own_folder_begin(own_folder *f, sagitta_error *error);
/* Remove it with all that is in it. */
void own_folder_end(const own_folder *f);
/* Its server ends: nobody owns what is left in it. Idempotent. */
void own_folder_close(own_folder *f);

/* The folder of a job, whose name is `id`, made where `make`; false and "" where it cannot be. */
bool own_folder_of(const own_folder *f, const char *id, bool make, char path[PATH_MAX]);
/* `name` in a job's folder. */
bool own_folder_file(const own_folder *f, const char *id, const char *name, char path[PATH_MAX]);
/* Remove a job's folder, or one file of it. */
void own_folder_remove(const own_folder *f, const char *id, const char *name);
/* Bytes that may still be written there. */
unsigned long long own_folder_free(const own_folder *f);

/* Write the file that sends a browser to `address`: 0600, whole or not at all. Errors: WRITE. */
sagitta_status own_folder_redirect(const own_folder *f, const char *address, sagitta_error *error);

/* Folders of servers that are gone: `take` is called for each folder of a job in them with its name, and moves it to
 * where it is wanted, or leaves it; what is left is removed. */
void own_folder_orphans(const own_folder *f, void (*take)(void *user, const char *path, const char *id), void *user);

#endif
