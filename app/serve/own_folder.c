/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/own_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "records/records.h"
#include "serve/secret.h"

#define PREFIX "serve."

static sagitta_status not_written(const char *path, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_WRITE, "\"%.300s\" cannot be written to: %s.", path,
                   error_reason(error, errno));
}

static sagitta_status choose_place(char path[], size_t size, sagitta_error *error) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  int length = -1;
  if (state && state[0] == '/') {
    length = snprintf(path, size, "%s/sagitta/" PREFIX "XXXXXX", state);
  } else if (home && home[0] == '/') {
    length = snprintf(path, size, "%s/.local/state/sagitta/" PREFIX "XXXXXX", home);
  }
  if (length > 0 && (size_t)length < size) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_WRITE,
                   "There is no folder for the page's files: set HOME, or XDG_STATE_HOME, to one of yours.");
}

static int lock_folder(const char *path) {
  char name[PATH_MAX + sizeof "/lock"];
  (void)snprintf(name, sizeof name, "%s/lock", path);
  const int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  if (lock >= 0) (void)close(lock);
  return -1;
}

sagitta_status own_folder_begin(own_folder *f, sagitta_error *error) {
  char name[17];
  *f = (own_folder){ .lock = -1 };
  const sagitta_status status = choose_place(f->path, sizeof f->path, error);
  if (status != SAGITTA_OK) {
    *f->path = '\0';
    return status;
  }
  if (!folder_make_way(f->path) || !mkdtemp(f->path)) {
    const sagitta_status failed = not_written(f->path, error);
    *f->path = '\0';
    return failed;
  }
  f->lock = lock_folder(f->path);
  if (f->lock < 0 || !secret_draw(name, 16)) return not_written(f->path, error);
  (void)snprintf(f->page, sizeof f->page, "%s/sagitta-%s.html", f->path, name);
  return SAGITTA_OK;
}

void own_folder_end(const own_folder *f) {
  if (*f->path) folder_remove(f->path);
}

void own_folder_close(own_folder *f) {
  if (*f->page) (void)unlink(f->page);
  if (f->lock >= 0) (void)close(f->lock);
  *f = (own_folder){ .lock = -1 };
}

bool own_folder_file(const own_folder *f, const char *id, const char *name, char path[PATH_MAX]) {
  const int length = snprintf(path, PATH_MAX, "%s/%s%s%s", f->path, id, *name ? "/" : "", name);
  if (length > 0 && length < PATH_MAX) return true;
  *path = '\0';
  return false;
}

bool own_folder_of(const own_folder *f, const char *id, bool make, char path[PATH_MAX]) {
  if (!own_folder_file(f, id, "", path)) return false;
  if (!make || mkdir(path, 0700) == 0 || errno == EEXIST) return true;
  *path = '\0';
  return false;
}

void own_folder_remove(const own_folder *f, const char *id, const char *name) {
  char path[PATH_MAX];
  if (!own_folder_file(f, id, name, path)) return;
  *name ? (void)unlink(path) : folder_remove(path);
}

unsigned long long own_folder_free(const own_folder *f) {
  struct statvfs of;
  return statvfs(f->path, &of) == 0 ? (unsigned long long)of.f_bavail * of.f_frsize : 0;
}

sagitta_status own_folder_redirect(const own_folder *f, const char *address, sagitta_error *error) {
  char beside[PATH_MAX + 8];
  (void)snprintf(beside, sizeof beside, "%s.new", f->page);
  const int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  FILE *to = file >= 0 ? fdopen(file, "w") : NULL;
  if (!to) {
    if (file >= 0) (void)close(file);
    return not_written(beside, error);
  }
  fprintf(to,
          "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Sagitta</title>\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n<meta http-equiv=\"refresh\" content=\"0; url=%s\">\n"
          "<p><a href=\"%s\">Sagitta</a></p>\n</html>\n",
          address, address);
  const bool whole = !ferror(to);
  if (fclose(to) == 0 && whole && rename(beside, f->page) == 0) return SAGITTA_OK;
  (void)unlink(beside);
  return not_written(f->page, error);
}

/* ---- folders of servers that are gone ---- */

static bool is_id(const char *name) {
  return strlen(name) == 32 && strspn(name, "0123456789abcdef") == 32;
}

static void empty_orphan(const char *folder, void (*take)(void *user, const char *path, const char *id), void *user) {
  DIR *all = opendir(folder);
  for (struct dirent *e = all ? readdir(all) : NULL; e; e = readdir(all)) {
    char path[2 * PATH_MAX];
    if (!is_id(e->d_name)) continue;
    (void)snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
    take(user, path, e->d_name);
  }
  if (all) (void)closedir(all);
}

void own_folder_orphans(const own_folder *f, void (*take)(void *user, const char *path, const char *id), void *user) {
  char above[PATH_MAX / 2];
  (void)snprintf(above, sizeof above, "%s", f->path);
  char *slash = strrchr(above, '/');
  if (!slash) return;
  *slash = '\0';
  DIR *all = opendir(above);
  for (struct dirent *e = all ? readdir(all) : NULL; e; e = readdir(all)) {
    char path[PATH_MAX];
    if (strncmp(e->d_name, PREFIX, sizeof PREFIX - 1) != 0 || strcmp(e->d_name, slash + 1) == 0) continue;
    (void)snprintf(path, sizeof path, "%s/%s", above, e->d_name);
    const int lock = lock_folder(path);
    if (lock < 0) continue;
    empty_orphan(path, take, user);
    folder_remove(path);
    (void)close(lock);
  }
  if (all) (void)closedir(all);
}
