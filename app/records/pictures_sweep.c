/* SPDX-License-Identifier: Apache-2.0 */
/* Where pictures stand (pictures.c), and what goes of them when results go. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "records/db.h"

#include "cli/failure.h"

static const char *const endings[RECORDS_FOOTAGES] = {
  [RECORDS_FRAMES] = ".frames", [RECORDS_RECORDING] = ".recording"
};

const char *pictures_ending(records_footage kind) {
  return endings[kind];
}

char *pictures_place(const records *r, const char *name) {
  char *path;
  return asprintf(&path, "%s.pictures%s%s", r->path, *name ? "/" : "", name) < 0 ? NULL : path;
}

/* secure_delete is for rows: of a whole file the disk's own history is not reached, as the README says. */
sagitta_status pictures_drop(const char *path, sagitta_error *error) {
  if (unlink(path) == 0 || errno == ENOENT) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be removed: %s.", path, error_reason(error, errno));
}

/* Whether a name in the folder is one of ours, and whose: a result's, or a recording's. */
static bool is_ours(const char *name, records_footage *kind, char own[RECORDS_HASH]) {
  const size_t length = strspn(name, "0123456789abcdef");
  for (int i = 0; i < RECORDS_FOOTAGES; i++) {
    const size_t digits = i == RECORDS_RECORDING ? RECORDS_HASH - 1 : RECORDS_UID - 1;
    if (length != digits || strcmp(name + length, endings[i]) != 0) continue;
    (void)snprintf(own, RECORDS_HASH, "%.*s", (int)length, name);
    *kind = (records_footage)i;
    return true;
  }
  return false;
}

sagitta_status pictures_sweep(records *r, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  char *folder = pictures_place(r, "");
  DIR *all = folder ? opendir(folder) : NULL;
  free(folder);
  for (struct dirent *e = all ? readdir(all) : NULL; e && status == SAGITTA_OK; e = readdir(all)) {
    static const char *const owned[RECORDS_FOOTAGES] = {
      [RECORDS_FRAMES] = "SELECT EXISTS(SELECT 1 FROM results WHERE uid = ?)",
      [RECORDS_RECORDING] = "SELECT EXISTS(SELECT 1 FROM results WHERE input_sha256 = ?)",
    };
    char own[RECORDS_HASH], *path = NULL;
    records_footage kind = RECORDS_FRAMES;
    int64_t there = 1;
    if (!is_ours(e->d_name, &kind, own)) continue;
    status = db_number(r, &there, error, owned[kind], "t", own);
    if (status == SAGITTA_OK && !there && !(path = pictures_place(r, e->d_name)))
      status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
    if (status == SAGITTA_OK && path) status = pictures_drop(path, error);
    free(path);
  }
  if (all) (void)closedir(all);
  return status;
}
