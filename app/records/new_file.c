/* SPDX-License-Identifier: Apache-2.0 */
/*
 * New files that SQLite writes. SQLite opens files by their names, and makes others beside them: a journal while it
 * writes, a write-ahead log, its index. A process that is killed would leave all of them. Here the file has no name
 * until it is whole (sagitta/output.h), nor has what SQLite wants beside it: a VFS of the file's own, since SQLite's
 * follows no link and so cannot open a file without a name, reads and writes the file, and puts the write-ahead log
 * into a second one. The log's index is on the heap (exclusive locking), and so is a rollback journal
 * (NEW_FILE_JOURNAL): whoever makes a new file throws it away when something fails. Nobody else can open such a file:
 * locks are none.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "records/db.h"

#include "cli/failure.h"
#include "cli/files.h"

/* ---- what SQLite does with an open file ---- */

typedef struct open_file {
  sqlite3_file base; /* first: SQLite hands back a pointer to it */
  int fd;
} open_file;

static int fd_of(sqlite3_file *file) {
  return ((open_file *)file)->fd;
}

static int opened_close(sqlite3_file *file) {
  return close(fd_of(file)) == 0 ? SQLITE_OK : SQLITE_IOERR_CLOSE;
}

/* What is beyond the end is zero. */
static int opened_read(sqlite3_file *file, void *to, int length, sqlite3_int64 at) {
  for (int done = 0; done < length;) {
    const ssize_t got = pread(fd_of(file), (char *)to + done, (size_t)(length - done), at + done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SQLITE_IOERR_READ;
    if (got == 0) {
      memset((char *)to + done, 0, (size_t)(length - done));
      return SQLITE_IOERR_SHORT_READ;
    }
    done += (int)got;
  }
  return SQLITE_OK;
}

static int opened_write(sqlite3_file *file, const void *from, int length, sqlite3_int64 at) {
  for (int done = 0; done < length;) {
    const ssize_t put = pwrite(fd_of(file), (const char *)from + done, (size_t)(length - done), at + done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    if (put == 0) return SQLITE_FULL;
    done += (int)put;
  }
  return SQLITE_OK;
}

static int opened_truncate(sqlite3_file *file, sqlite3_int64 size) {
  return ftruncate(fd_of(file), size) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int opened_sync(sqlite3_file *file, int how) {
  (void)how;
  return fsync(fd_of(file)) == 0 ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int opened_size(sqlite3_file *file, sqlite3_int64 *size) {
  struct stat about;
  if (fstat(fd_of(file), &about) != 0) return SQLITE_IOERR_FSTAT;
  *size = about.st_size;
  return SQLITE_OK;
}

static int opened_lock(sqlite3_file *file, int level) {
  (void)file;
  (void)level;
  return SQLITE_OK;
}

static int opened_is_locked(sqlite3_file *file, int *answer) {
  (void)file;
  *answer = 0;
  return SQLITE_OK;
}

static int opened_control(sqlite3_file *file, int what, void *with) {
  (void)file;
  (void)what;
  (void)with;
  return SQLITE_NOTFOUND;
}

static int opened_sector(sqlite3_file *file) {
  (void)file;
  return 4096;
}

static int opened_traits(sqlite3_file *file) {
  (void)file;
  return 0;
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = opened_close,
  .xRead = opened_read,
  .xWrite = opened_write,
  .xTruncate = opened_truncate,
  .xSync = opened_sync,
  .xFileSize = opened_size,
  .xLock = opened_lock,
  .xUnlock = opened_lock,
  .xCheckReservedLock = opened_is_locked,
  .xFileControl = opened_control,
  .xSectorSize = opened_sector,
  .xDeviceCharacteristics = opened_traits,
};

/* ---- what SQLite asks of the system ---- */

struct new_file_way {
  sqlite3_vfs vfs;
  sqlite3_vfs *system;
  char name[32];  /* of the VFS: one for each file */
  char *log_name; /* what SQLite calls the write-ahead log */
  const char *path, *log;
};

static new_file_way *way_of(sqlite3_vfs *vfs) {
  return (new_file_way *)vfs->pAppData;
}

static int way_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given) {
  const new_file_way *w = way_of(vfs);
  open_file *f = (open_file *)file;
  file->pMethods = NULL;
  if (flags & SQLITE_OPEN_MAIN_JOURNAL) return SQLITE_CANTOPEN;
  if (!(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) return w->system->xOpen(w->system, name, file, flags, given);
  f->fd = open(flags & SQLITE_OPEN_WAL ? w->log : w->path, O_RDWR | O_CLOEXEC);
  if (f->fd < 0) return SQLITE_CANTOPEN;
  file->pMethods = &methods;
  if (given) *given = flags;
  return SQLITE_OK;
}

/* The log is gone when its file is closed. */
static int way_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs;
  (void)name;
  (void)sync;
  return SQLITE_OK;
}

static int way_access(sqlite3_vfs *vfs, const char *name, int flags, int *answer) {
  const new_file_way *w = way_of(vfs);
  *answer = 0;
  return strcmp(name, w->log_name) == 0 ? w->system->xAccess(w->system, w->log, flags, answer) : SQLITE_OK;
}

static int way_full_name(sqlite3_vfs *vfs, const char *name, int room, char *full) {
  (void)vfs;
  return snprintf(full, (size_t)room, "%s", name) < room ? SQLITE_OK : SQLITE_CANTOPEN;
}

static void way_free(new_file_way **way) {
  new_file_way *w = *way;
  if (!w) return;
  (void)sqlite3_vfs_unregister(&w->vfs);
  free(w->log_name);
  free(w);
  *way = NULL;
}

static sagitta_status way_new(new_file_way **way, const char *path, const char *log, sagitta_error *error) {
  sqlite3_vfs *system = sqlite3_vfs_find(NULL);
  new_file_way *w = calloc(1, sizeof *w);
  *way = w;
  if (!system || !w || asprintf(&w->log_name, "%s-wal", path) < 0) {
    if (w) w->log_name = NULL;
    return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  }
  (void)snprintf(w->name, sizeof w->name, "sagitta-%p", (void *)w);
  w->path = path;
  w->log = log;
  w->system = system;
  w->vfs = *system;
  w->vfs.pNext = NULL;
  if (w->vfs.szOsFile < (int)sizeof(open_file)) w->vfs.szOsFile = sizeof(open_file);
  w->vfs.zName = w->name;
  w->vfs.pAppData = w;
  w->vfs.xOpen = way_open;
  w->vfs.xDelete = way_delete;
  w->vfs.xAccess = way_access;
  w->vfs.xFullPathname = way_full_name;
  if (sqlite3_vfs_register(&w->vfs, 0) == SQLITE_OK) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
}

/* ---- the file ---- */

static bool exists(const char *path, const char *suffix) {
  char *name = NULL;
  struct stat about;
  if (asprintf(&name, "%s%s", path, suffix) < 0) return true;
  const bool there = lstat(name, &about) == 0;
  free(name);
  return there;
}

static void release(new_file *file) {
  way_free(&file->way);
  sagitta_output_discard(&file->log);
  sagitta_output_discard(&file->output);
}

static sagitta_status begin(new_file *file, const char *path, bool replaces, sagitta_error *error) {
  *file = (new_file){ .path = path, .replaces = replaces };
  if ((!replaces && exists(path, "")) || exists(path, "-wal") || exists(path, "-journal")) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "\"%s\" is there already, and is not written over: choose a name that is free.", path);
  }
  sagitta_status status = sagitta_output_open(&file->output, path, error);
  if (status == SAGITTA_OK) status = sagitta_output_open(&file->log, path, error);
  if (status == SAGITTA_OK) status = way_new(&file->way, new_file_path(file), new_file_log_path(file), error);
  if (status != SAGITTA_OK) release(file);
  return status;
}

sagitta_status new_file_begin(new_file *file, const char *path, sagitta_error *error) {
  return begin(file, path, false, error);
}

sagitta_status new_file_replace(new_file *file, const char *path, sagitta_error *error) {
  return begin(file, path, true, error);
}

const char *new_file_path(const new_file *file) {
  return sagitta_output_path(file->output);
}

const char *new_file_log_path(const new_file *file) {
  return sagitta_output_path(file->log);
}

int new_file_connect(const new_file *file, const char *key, sqlite3 **db) {
  int code = sqlite3_open_v2(new_file_path(file), db, SQLITE_OPEN_READWRITE, file->way->vfs.zName);
#ifdef SQLITE_HAS_CODEC
  if (code == SQLITE_OK) code = sqlite3_key(*db, key, (int)strlen(key));
#else
  (void)key;
#endif
  if (code == SQLITE_OK && !db_distrust(*db)) code = sqlite3_errcode(*db);
  return code == SQLITE_OK ? sqlite3_exec(*db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL) : code;
}

/* A link, which does not write over a name that was taken meanwhile. */
static sagitta_status give_free_name(new_file *file, sagitta_error *error) {
  const char *from = new_file_path(file);
  const int fd = open(from, O_RDONLY | O_CLOEXEC);
  const bool kept = fd >= 0 && fsync(fd) == 0;
  const int code = errno;
  if (fd >= 0) (void)close(fd);
  if (!kept) {
    return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", file->path,
                     error_reason(error, code));
  }
  if (linkat(AT_FDCWD, from, AT_FDCWD, file->path, AT_SYMLINK_FOLLOW) == 0) {
    folder_sync_of(file->path);
    return SAGITTA_OK;
  }
  /* A file system without links. */
  if (errno != EEXIST) return sagitta_output_commit(&file->output, error);
  return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", file->path,
                   error_reason(error, EEXIST));
}

sagitta_status new_file_end(new_file *file, sagitta_status status, sagitta_error *error) {
  if (!file->output) return status;
  if (status == SAGITTA_OK)
    status = file->replaces ? sagitta_output_commit(&file->output, error) : give_free_name(file, error);
  release(file);
  return status;
}
