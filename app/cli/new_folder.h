/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of files that belong together: there whole, under the name asked for, or not at all. */
#ifndef SG_CLI_NEW_FOLDER_H
#define SG_CLI_NEW_FOLDER_H

#include "sagitta/status.h"

typedef struct new_folder {
  char *path; /* the name to be, without a slash at its end */
  char *name; /* where the files are put: a hidden folder beside it; NULL where none was begun */
  int lock;   /* descriptor; its lock says that the writer is alive */
} new_folder;

/* Make it, readable by its owner alone, and remove what killed processes left of such folders. Both paths are the
 * folder's, until the end. Errors: WRITE (the name is taken, or it cannot be made), MEMORY. */
sagitta_status new_folder_begin(new_folder *folder, const char *path, sagitta_error *error);
/* Give it its name where `status` is OK; else remove it and what is in it. Answers `status`, or WRITE. */
sagitta_status new_folder_end(new_folder *folder, sagitta_status status, sagitta_error *error);

#endif
