/* SPDX-License-Identifier: Apache-2.0 */
/* The whole file: a new one beside it, backup, verification, rewriting without what was removed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "records/db.h"

#include "cli/failure.h"
#include "cli/text.h"

/* ---- a new file ---- */

static bool exists(const char *path, const char *suffix) {
  char *name = NULL;
  struct stat about;
  if (asprintf(&name, "%s%s", path, suffix) < 0) return true;
  const bool there = lstat(name, &about) == 0;
  free(name);
  return there;
}

static void remove_with(const char *path, const char *suffix) {
  char *name = NULL;
  if (asprintf(&name, "%s%s", path, suffix) < 0) return;
  (void)unlink(name);
  free(name);
}

#define MADE_UP "XXXXXX"

/* Remove a file of that name, and what SQLite kept beside it, where the process that made it is gone: a living one
 * holds a lock. */
static void remove_left(const char *name) {
  struct stat about;
  const int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return;
  if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
      flock(fd, LOCK_EX | LOCK_NB) == 0) {
    static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) remove_with(name, endings[i]);
  }
  (void)close(fd);
}

/* What was left behind under `name` with other letters in the place of its last ones. */
static void sweep(const char *name) {
  char *folder = strdup(name);
  if (!folder) return;
  char *slash = strrchr(folder, '/');
  const size_t head = slash ? (size_t)(slash - folder) + 1 : 0;
  if (slash) slash[slash == folder] = '\0';
  const char *base = name + head;
  const size_t length = strlen(base);
  DIR *directory = opendir(slash ? folder : ".");
  for (const struct dirent *entry; directory && (entry = readdir(directory));) {
    const char *found = entry->d_name;
    char *left = NULL;
    if (strlen(found) != length || memcmp(found, base, length - strlen(MADE_UP)) != 0) continue;
    if (asprintf(&left, "%.*s%s", (int)head, name, found) < 0) break;
    remove_left(left);
    free(left);
  }
  if (directory) (void)closedir(directory);
  free(folder);
}

static sagitta_status begin(new_file *file, const char *path, bool replaces, sagitta_error *error) {
  *file = (new_file){ path, NULL, -1, replaces };
  if ((!replaces && exists(path, "")) || exists(path, "-wal") || exists(path, "-journal")) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "\"%s\" is there already, and is not written over: choose a name that is free.", path);
  }
  if (asprintf(&file->name, "%s.part-" MADE_UP, path) < 0) {
    file->name = NULL;
    return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for \"%s\".", path);
  }
  sweep(file->name);
  file->lock = mkostemp(file->name, O_CLOEXEC);
  if (file->lock >= 0) {
    (void)flock(file->lock, LOCK_EX | LOCK_NB);
    return SAGITTA_OK;
  }
  const int code = errno;
  free(file->name);
  file->name = NULL;
  return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s. Choose another place.", path,
                   code == ENOENT ? error_say(error, "the folder does not exist") : error_reason(error, code));
}

sagitta_status new_file_begin(new_file *file, const char *path, sagitta_error *error) {
  return begin(file, path, false, error);
}

sagitta_status new_file_replace(new_file *file, const char *path, sagitta_error *error) {
  return begin(file, path, true, error);
}

static void sync_name(const char *path, int flags) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
  if (fd < 0) return;
  (void)fsync(fd);
  (void)close(fd);
}

static void sync_folder(const char *path) {
  char *folder = strdup(path);
  if (!folder) return;
  char *slash = strrchr(folder, '/');
  if (slash) slash[slash == folder] = '\0';
  sync_name(slash ? folder : ".", O_DIRECTORY);
  free(folder);
}

sagitta_status new_file_end(new_file *file, sagitta_status status, sagitta_error *error) {
  if (!file->name) return status;
  if (status == SAGITTA_OK) {
    sync_name(file->name, 0);
    /* link() and not rename(): a name that was taken meanwhile is not written over. */
    const bool named =
        file->replaces ? rename(file->name, file->path) == 0
                       : link(file->name, file->path) == 0 || (errno != EEXIST && rename(file->name, file->path) == 0);
    if (!named) {
      status = fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", file->path,
                         error_reason(error, errno));
    }
    if (status == SAGITTA_OK) sync_folder(file->path);
  }
  (void)unlink(file->name);
  remove_with(file->name, "-wal");
  remove_with(file->name, "-shm");
  remove_with(file->name, "-journal");
  (void)close(file->lock);
  file->lock = -1;
  free(file->name);
  file->name = NULL;
  return status;
}

/* ---- rewriting ---- */

/* The journal holds pages as they were: it is folded in and cut to nothing. 1 in the first column: another program
 * reads, and the journal stays. */
static sagitta_status cut_journal(records *r, bool *busy, sagitta_error *error) {
  sqlite3_stmt *row;
  *busy = true;
  sagitta_status status = db_query(r, &row, error, "PRAGMA wal_checkpoint(TRUNCATE)", "");
  if (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) *busy = sqlite3_column_int(row, 0) != 0;
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status upkeep_compact(records *r, bool *traces_left, sagitta_error *error) {
  bool busy = true;
  sagitta_error ignored = error_in(NULL);
  sagitta_status status = cut_journal(r, &busy, &ignored);
  /* What is removed is removed: that the file could not be made smaller (a full disk, a reader) is a remark. */
  if (status == SAGITTA_OK) status = db_script(r, "VACUUM", &ignored);
  const sagitta_status cut = cut_journal(r, &busy, &ignored);
  *traces_left = status != SAGITTA_OK || cut != SAGITTA_OK || busy;
  if (status == SAGITTA_ERROR_FORMAT && error) *error = ignored;
  return status == SAGITTA_ERROR_FORMAT ? status : SAGITTA_OK;
}

/* ---- backup ---- */

static sagitta_status backup_failed(sqlite3 *to, const char *path, sagitta_error *error) {
  const int code = sqlite3_errcode(to);
  return fail_with(error, SAGITTA_ERROR_WRITE, "The backup \"%s\" could not be written: %s. Nothing was left behind.",
                   path,
                   code == SQLITE_FULL ? error_say(error, "the disk is full") : error_say(error, sqlite3_errmsg(to)));
}

static sagitta_status copy_pages(records *r, sqlite3 *to, const char *path, sagitta_error *error) {
  sqlite3_backup *backup = sqlite3_backup_init(to, "main", r->db, "main");
  if (!backup) return backup_failed(to, path, error);
  int code;
  int waited = 0;
  while ((code = sqlite3_backup_step(backup, -1)) == SQLITE_BUSY || code == SQLITE_LOCKED) {
    if ((waited += sqlite3_sleep(100)) > 10000) break;
  }
  (void)sqlite3_backup_finish(backup);
  return code == SQLITE_DONE ? SAGITTA_OK : backup_failed(to, path, error);
}

/* One file, without a journal beside it; and whole. */
static sagitta_status check_copy(sqlite3 *to, const char *path, sagitta_error *error) {
  sqlite3_stmt *row = NULL;
  if (sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK) {
    return backup_failed(to, path, error);
  }
  bool whole = sqlite3_prepare_v2(to, "PRAGMA quick_check(1)", -1, &row, NULL) == SQLITE_OK &&
               sqlite3_step(row) == SQLITE_ROW && sqlite3_column_text(row, 0) &&
               strcmp((const char *)sqlite3_column_text(row, 0), "ok") == 0;
  sqlite3_finalize(row);
  if (whole) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_FORMAT,
                   "The records are damaged, so that no backup was made of them. \"sagitta records recover FILE -o "
                   "NEW\" saves what can be read into a new file.");
}

sagitta_status upkeep_backup(records *r, const char *path, sagitta_error *error) {
  new_file file;
  sqlite3 *to = NULL;
  sagitta_status status = new_file_begin(&file, path, error);
  if (status != SAGITTA_OK) return status;
  if (sqlite3_open_v2(file.name, &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
    status = backup_failed(to, path, error);
    goto done;
  }
#ifdef SQLITE_HAS_CODEC
  if (sqlite3_key(to, r->key, (int)strlen(r->key)) != SQLITE_OK) {
    status = backup_failed(to, path, error);
    goto done;
  }
#endif
  status = copy_pages(r, to, path, error);
  if (status == SAGITTA_OK) status = check_copy(to, path, error);
done:
  (void)sqlite3_close(to);
  return new_file_end(&file, status, error);
}

/* ---- verification ---- */

typedef struct check {
  records *r;
  const char *language;
  void (*tell)(void *user, const char *problem);
  void *user;
  size_t problems;
} check;

/* A problem, in the terminal's language. */
static void verify_tell(check *c, const char *english, ...) __attribute__((format(printf, 2, 3)));

static void verify_tell(check *c, const char *english, ...) {
  char text[1400];
  va_list arguments;
  va_start(arguments, english);
  (void)vsnprintf(text, sizeof text, say(c->language, english), arguments);
  va_end(arguments);
  c->problems++;
  c->tell(c->user, text);
}

static sagitta_status check_pages(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(c->r, &row, error, "PRAGMA integrity_check(20)", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *text = (const char *)sqlite3_column_text(row, 0);
    if (text && strcmp(text, "ok") != 0) verify_tell(c, "The file: %s.", text);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) return status;
  status = db_query(c->r, &row, error, "PRAGMA foreign_key_check", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    verify_tell(c, "Row %lld of %s belongs to nobody.", (long long)sqlite3_column_int64(row, 1),
                (const char *)sqlite3_column_text(row, 0));
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static void check_document(check *c, int64_t id, const char *test, const char *set, const char *hash,
                           const char *document, size_t length) {
  char found[RECORDS_HASH];
  sagitta_result *result = NULL;
  sagitta_error why = error_in(c->language);
  if (!hash_text(document, length, found) || strcmp(found, hash) != 0) {
    verify_tell(c, "Result %lld is not what was saved: its document was changed.", (long long)id);
  } else if (sagitta_result_parse(&result, document, length, &why) != SAGITTA_OK) {
    verify_tell(c, "Result %lld cannot be read: %s", (long long)id, why.text);
  } else if (strcmp(sagitta_result_test(result), test) != 0 ||
             strcmp(sagitta_marker_set_name(sagitta_result_set(result)), set) != 0) {
    verify_tell(c, "Result %lld is listed as another test or marker set than it is.", (long long)id);
  }
  sagitta_result_free(&result);
}

static sagitta_status check_documents(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(
      c->r, &row, error, "SELECT id, test, marker_set, document_sha256, document FROM results ORDER BY id", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *test = (const char *)sqlite3_column_text(row, 1), *set = (const char *)sqlite3_column_text(row, 2);
    const char *hash = (const char *)sqlite3_column_text(row, 3), *document = (const char *)sqlite3_column_text(row, 4);
    if (test && set && hash && document) {
      check_document(c, sqlite3_column_int64(row, 0), test, set, hash, document, (size_t)sqlite3_column_bytes(row, 4));
    } else {
      verify_tell(c, "Result %lld has parts missing.", (long long)sqlite3_column_int64(row, 0));
    }
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status check_tracks(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  char hash[RECORDS_HASH];
  sagitta_status status = db_query(c->r, &row, error, "SELECT id, sha256, tracks FROM tracks ORDER BY id", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *expected = (const char *)sqlite3_column_text(row, 1), *text = (const char *)sqlite3_column_text(row, 2);
    if (expected && text && hash_text(text, strlen(text), hash) && strcmp(hash, expected) == 0) continue;
    verify_tell(c, "The tracks of result %lld are not those that were saved.", (long long)sqlite3_column_int64(row, 0));
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status check_visits(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(c->r, &row, error, "SELECT id, day, pretest FROM visits ORDER BY id", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *day = (const char *)sqlite3_column_text(row, 1), *answers = (const char *)sqlite3_column_text(row, 2);
    char *parsed = NULL;
    if (!day || !records_is_day(day)) {
      verify_tell(c, "Visit %lld has no day.", (long long)sqlite3_column_int64(row, 0));
    } else if (answers && pretest_parse(&parsed, answers, strlen(answers), NULL) != SAGITTA_OK) {
      verify_tell(c, "The pre-test answers of a visit on %s cannot be read.", day);
    }
    free(parsed);
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status upkeep_verify(records *r, void (*tell)(void *user, const char *problem), void *user,
                             upkeep_report *report, sagitta_error *error) {
  check c = { .r = r, .language = error ? error->language : NULL, .tell = tell, .user = user };
  memset(report, 0, sizeof *report);
  sagitta_status status = db_script(r, "BEGIN", error);
  if (status == SAGITTA_OK) status = check_pages(&c, error);
  if (status == SAGITTA_OK) status = check_visits(&c, error);
  if (status == SAGITTA_OK) status = check_documents(&c, error);
  if (status == SAGITTA_OK) status = check_tracks(&c, error);
  if (status == SAGITTA_OK) status = db_number(r, &report->clients, error, "SELECT count(*) FROM clients", "");
  if (status == SAGITTA_OK) status = db_number(r, &report->visits, error, "SELECT count(*) FROM visits", "");
  if (status == SAGITTA_OK) status = db_number(r, &report->results, error, "SELECT count(*) FROM results", "");
  report->problems = c.problems;
  return db_end(r, status, error);
}
