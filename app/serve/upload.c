/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/system.h"
#include "cli/text.h"
#include "serve/server.h"

struct upload {
  char job[JOB_ID];
  int file;
  unsigned long long bytes, most;
  double began_s;
  bool kept;
};

#define TOO_LARGE TRANSLATABLE("This file is larger than what is taken at once. Cut it to the bends.")
#define NO_ROOM   TRANSLATABLE("There is not enough room on the disk for this file: free some space.")

const char *upload_ending(const char *name) {
  static const char *const endings[] = { ".mp4", ".mov", ".m4v", ".avi", ".mkv",  ".webm", ".mts", ".m2ts", ".3gp",
                                         ".mpg", ".wmv", ".ts",  ".nut", ".mpeg", ".csv",  ".txt", ".trc",  ".c3d" };
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    if (file_ends_as(name, endings[i])) return endings[i];
  }
  return "";
}

bool upload_is_slow(unsigned long long bytes, double seconds) {
  return seconds > UPLOAD_GRACE && (double)bytes < UPLOAD_FLOOR * seconds;
}

static unsigned long long largest(const server *s) {
  const int mb = s->settings->upload_mb;
  return (unsigned long long)(mb > 0 ? mb : SERVE_UPLOAD_MB) << 20;
}

void upload_begin(server *s, http_request *q, const char *id, const char *name, http_reply *a) {
  char path[PATH_MAX];
  const unsigned long long room = own_folder_free(&s->own), most = largest(s);
  if (s->uploading) {
    http_refuse(a, 409, server_say(s, "Another file is on its way: one after the other."));
  } else if (q->announced != UINT64_MAX && q->announced > most) {
    http_refuse(a, 413, server_say(s, TOO_LARGE));
  } else if (room < UPLOAD_SPARE || (q->announced != UINT64_MAX && q->announced > room - UPLOAD_SPARE)) {
    http_refuse(a, 507, server_say(s, NO_ROOM));
  }
  if (a->status) return;
  upload *u = calloc(1, sizeof *u);
  const bool named = own_folder_of(&s->own, id, true, path) && own_folder_file(&s->own, id, name, path);
  if (u) u->file = named ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
  if (!u || u->file < 0) {
    free(u);
    own_folder_remove(&s->own, id, "");
    http_refuse(a, 507, server_say(s, "The file cannot be kept: the page's folder cannot be written to."));
    return;
  }
  (void)snprintf(u->job, sizeof u->job, "%s", id);
  u->most = most < room - UPLOAD_SPARE ? most : room - UPLOAD_SPARE;
  u->began_s = system_seconds();
  s->uploading = true;
  q->upload = u;
}

void upload_take(upload *u, const char *data, size_t size, server *s, http_reply *a) {
  if (size > u->most - u->bytes) {
    http_refuse(a, 413, server_say(s, TOO_LARGE));
    return;
  }
  for (size_t at = 0; at < size;) {
    const ssize_t written = write(u->file, data + at, size - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      http_refuse(a, 507, server_say(s, NO_ROOM));
      return;
    }
    at += (size_t)written;
  }
  u->bytes += size;
  if (upload_is_slow(u->bytes, system_seconds() - u->began_s)) {
    http_refuse(a, 408, server_say(s, "The file came too slowly."));
  }
}

bool upload_keep(upload *u, server *s, unsigned long long *bytes, http_reply *a) {
  const bool whole = close(u->file) == 0;
  u->file = -1;
  *bytes = u->bytes;
  if (whole && u->bytes > 0) {
    u->kept = true;
    return true;
  }
  whole ? http_refuse(a, 422, server_say(s, "This file is empty.")) : http_refuse(a, 507, server_say(s, NO_ROOM));
  return false;
}

const char *upload_job(const upload *u) {
  return u->job;
}

void upload_end(upload **u, server *s) {
  if (!*u) return;
  if ((*u)->file >= 0) (void)close((*u)->file);
  if (!(*u)->kept) {
    jobs_drop(s->jobs, (*u)->job);
    own_folder_remove(&s->own, (*u)->job, "");
  }
  s->uploading = false;
  free(*u);
  *u = NULL;
}
