/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept to be looked at: key frames and recordings, each a small database of its own beside the records. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "records/db.h"

#define PICTURES_VERSION 1
#define PART             ((size_t)1 << 20) /* bytes of a row */

static const char schema[] =
    "CREATE TABLE pieces(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE parts(id INTEGER PRIMARY KEY, piece INTEGER NOT NULL REFERENCES pieces(id),"
    " bytes BLOB NOT NULL);";

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
}

/* ---- names ---- */

/* NULL and *status: memory is short, or the recording has no hash and so no name. */
static char *name_of(const records *r, const records_result *row, records_footage kind, sagitta_status *status,
                     sagitta_error *error) {
  char name[RECORDS_HASH + 16], *path = NULL;
  const char *own = kind == RECORDS_RECORDING ? row->input_sha256 : row->uid;
  (void)snprintf(name, sizeof name, "%s%s", own, pictures_ending(kind));
  if (*own && !(path = pictures_place(r, name))) *status = no_memory(error);
  if (!*own)
    *status =
        fail_with(error, SAGITTA_ERROR_ARGUMENT, "This result was not measured in a file: there is no recording.");
  return path;
}

static bool is_plain(const char *name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
  const size_t length = strlen(name);
  return length > 0 && length < RECORDS_PIECE && name[0] != '.' && strspn(name, letters) == length;
}

void records_pictures_look(const records *r, const records_result *row, records_footage kind, records_kept *kept) {
  struct stat about;
  struct tm day;
  sagitta_status ignored = SAGITTA_OK;
  *kept = (records_kept){ 0, "" };
  char *path = name_of(r, row, kind, &ignored, NULL);
  if (path && stat(path, &about) == 0 && S_ISREG(about.st_mode) && localtime_r(&about.st_mtime, &day)) {
    kept->bytes = (uint64_t)about.st_size;
    (void)strftime(kept->day, sizeof kept->day, "%Y-%m-%d", &day);
  }
  free(path);
}

/* ---- a database of pieces ---- */

/* With the records' own key; `p` is closed by the caller, whatever comes of it. */
static sagitta_status connect(records *p, const records *r, const char *name, int flags, sagitta_error *error) {
  *p = (records){ .path = (char *)(uintptr_t)name, .key = r->key };
  if (sqlite3_open_v2(name, &p->db, flags, NULL) != SQLITE_OK) return p->db ? db_fail(p, error) : no_memory(error);
#ifdef SQLITE_HAS_CODEC
  if (sqlite3_key(p->db, p->key, (int)strlen(p->key)) != SQLITE_OK) return db_fail(p, error);
#endif
  return db_distrust(p->db) ? SAGITTA_OK : db_fail(p, error);
}

static sagitta_status not_read(const char *path, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be read: %s.", path, error_reason(error, errno));
}

static sagitta_status put_part(records *p, int64_t piece, const void *bytes, size_t size, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(p, &row, error, "INSERT INTO parts(piece, bytes) VALUES(?, ?)", "i", piece);
  if (status == SAGITTA_OK && sqlite3_bind_blob(row, 2, bytes, (int)size, SQLITE_STATIC) != SQLITE_OK) {
    status = db_fail(p, error);
  }
  if (status == SAGITTA_OK) status = db_step(p, row, error);
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

/* How much of what is to be kept, or taken, is there. */
typedef struct keeping {
  const records_watch *watch; /* NULL: nobody asks */
  uint64_t bytes, done;
} keeping;

static keeping keeping_of(const records_piece *pieces, size_t count, const records_watch *watch) {
  struct stat about;
  keeping k = { .watch = watch };
  for (size_t i = 0; watch && i < count; i++) {
    if (stat(pieces[i].path, &about) == 0) k.bytes += (uint64_t)about.st_size;
  }
  return k;
}

static sagitta_status go_on(keeping *k, size_t more, sagitta_error *error) {
  k->done += more;
  if (!k->watch) return SAGITTA_OK;
  const double fraction = k->bytes > k->done ? (double)k->done / (double)k->bytes : 1;
  return k->watch->goes_on(k->watch->user, fraction) ? SAGITTA_OK : fail_with(error, SAGITTA_CANCELLED, "Cancelled.");
}

static sagitta_status put_piece(records *p, const records_piece *piece, int64_t id, keeping *k, sagitta_error *error) {
  const int from = open(piece->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  char *part = malloc(PART);
  sagitta_status status = from < 0 ? not_read(piece->path, error) : part ? SAGITTA_OK : no_memory(error);
  if (status == SAGITTA_OK) {
    status = db_run(p, error, "INSERT INTO pieces(id, name) VALUES(?, ?)", "it", id, piece->name);
  }
  while (status == SAGITTA_OK) {
    const ssize_t got = read(from, part, PART);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) status = not_read(piece->path, error);
    if (got <= 0) break;
    status = put_part(p, id, part, (size_t)got, error);
    if (status == SAGITTA_OK) status = go_on(k, (size_t)got, error);
  }
  free(part);
  if (from >= 0) (void)close(from);
  return status;
}

static sagitta_status fill(records *p, const records_piece *pieces, size_t count, const records_watch *watch,
                           sagitta_error *error) {
  keeping k = keeping_of(pieces, count, watch);
  char marks[160];
  (void)snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d;", SCHEMA_APPLICATION,
                 PICTURES_VERSION);
  sagitta_status status = db_script(p, marks, error);
  if (status == SAGITTA_OK) status = db_begin(p, error);
  if (status != SAGITTA_OK) return status;
  status = db_script(p, schema, error);
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) {
    status = is_plain(pieces[i].name)
                 ? put_piece(p, &pieces[i], (int64_t)i + 1, &k, error)
                 : fail_with(error, SAGITTA_ERROR_ARGUMENT, "A file cannot be kept under that name.");
  }
  return db_end(p, status, error);
}

/* A recording takes a while: whoever is removed meanwhile leaves nothing. What is removed later takes it along. */
static sagitta_status check_there_still(records *r, int64_t result, const char *path, sagitta_error *error) {
  records_result *row = NULL;
  sagitta_error unheard = error_in(NULL);
  const sagitta_status status = records_result_get(r, result, &row, error);
  records_results_free(row, row ? 1 : 0);
  if (status != SAGITTA_OK) (void)pictures_drop(path, &unheard);
  return status;
}

sagitta_status records_pictures_keep(records *r, int64_t result, records_footage kind, const records_piece *pieces,
                                     size_t count, const records_watch *watch, sagitta_error *error) {
  records_result *row = NULL;
  records p = { .db = NULL };
  new_file file;
  sagitta_status status = records_result_get(r, result, &row, error);
  char *folder = pictures_place(r, ""), *path = status == SAGITTA_OK ? name_of(r, row, kind, &status, error) : NULL;
  if (status == SAGITTA_OK && !folder) status = no_memory(error);
  if (status == SAGITTA_OK) status = folder_make_private(folder, error);
  /* It may be kept already: of the very same result, or recording. */
  if (status == SAGITTA_OK && (status = new_file_replace(&file, path, error)) == SAGITTA_OK) {
    p = (records){ .path = path, .key = r->key };
    if (new_file_connect(&file, p.key, &p.db) != SQLITE_OK) status = p.db ? db_fail(&p, error) : no_memory(error);
    if (status == SAGITTA_OK) status = db_script(&p, NEW_FILE_JOURNAL, error);
    if (status == SAGITTA_OK) status = fill(&p, pieces, count, watch, error);
    (void)sqlite3_close(p.db);
    status = new_file_end(&file, status, error);
    if (status == SAGITTA_OK && watch) status = check_there_still(r, result, path, error);
  }
  free(path);
  free(folder);
  records_results_free(row, row ? 1 : 0);
  return status;
}

/* ---- out again ---- */

static sagitta_status damaged(const records *p, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_FORMAT, "The pictures in \"%s\" are damaged.", p->path);
}

static sagitta_status write_parts(records *p, int64_t piece, int to, keeping *k, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(p, &row, error, "SELECT bytes FROM parts WHERE piece = ? ORDER BY id", "i", piece);
  while (status == SAGITTA_OK && (status = db_step(p, row, error)) == SAGITTA_OK) {
    const char *bytes = sqlite3_column_blob(row, 0);
    const size_t size = (size_t)sqlite3_column_bytes(row, 0);
    for (size_t at = 0; at < size && status == SAGITTA_OK;) {
      const ssize_t written = write(to, bytes + at, size - at);
      if (written > 0) {
        at += (size_t)written;
      } else if (written == 0 || errno != EINTR) {
        status =
            fail_with(error, SAGITTA_ERROR_WRITE, "The pictures cannot be written: %s.", error_reason(error, errno));
      }
    }
    if (status == SAGITTA_OK) status = go_on(k, size, error);
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status take_piece(records *p, int64_t piece, const char *folder, const char *name, keeping *k,
                                 sagitta_error *error) {
  char *path;
  if (!is_plain(name)) return damaged(p, error);
  if (asprintf(&path, "%s/%s", folder, name) < 0) return no_memory(error);
  const int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  sagitta_status status = SAGITTA_OK;
  if (to < 0)
    status = fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", path, error_reason(error, errno));
  if (status == SAGITTA_OK) status = write_parts(p, piece, to, k, error);
  if (to >= 0 && close(to) != 0 && status == SAGITTA_OK) {
    status = fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" cannot be written: %s.", path, error_reason(error, errno));
  }
  if (to >= 0 && status != SAGITTA_OK) (void)unlink(path);
  free(path);
  return status;
}

static sagitta_status take_all(records *p, const char *folder, char name[RECORDS_PIECE], keeping *k,
                               sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(p, &row, error, "SELECT id, name FROM pieces ORDER BY id", "");
  if (status != SAGITTA_OK) return status;
  while (status == SAGITTA_OK && (status = db_step(p, row, error)) == SAGITTA_OK) {
    db_text(row, 1, name, RECORDS_PIECE);
    status = take_piece(p, sqlite3_column_int64(row, 0), folder, name, k, error);
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

/* As check_there_still: a copy of a recording that is not kept any more. */
static sagitta_status drop_where_gone(records *r, int64_t result, const char *folder, const char *name,
                                      sagitta_error *error) {
  char *copy;
  if (asprintf(&copy, "%s/%s", folder, name) < 0) return no_memory(error);
  const sagitta_status status = check_there_still(r, result, copy, error);
  free(copy);
  return status;
}

/* Open what is kept, for records_pictures_take and _read. */
static sagitta_status open_kept(records *p, char **path, records *r, int64_t result, records_footage kind,
                                sagitta_error *error) {
  records_result *row = NULL;
  int64_t version = 0;
  sagitta_status status = records_result_get(r, result, &row, error);
  *path = status == SAGITTA_OK ? name_of(r, row, kind, &status, error) : NULL;
  if (*path && access(*path, R_OK) != 0) {
    status = fail_with(error, SAGITTA_ERROR_MISSING, "No pictures are kept of this result.");
  } else if (*path) {
    status = connect(p, r, *path, SQLITE_OPEN_READONLY, error);
    if (status == SAGITTA_OK) status = db_number(p, &version, error, "PRAGMA user_version", "");
    if (status == SAGITTA_OK && version != PICTURES_VERSION) status = damaged(p, error);
  }
  records_results_free(row, row ? 1 : 0);
  return status;
}

sagitta_status records_pictures_take(records *r, int64_t result, records_footage kind, const char *folder,
                                     char name[RECORDS_PIECE], const records_watch *watch, sagitta_error *error) {
  records p = { .db = NULL };
  char *path;
  *name = '\0';
  sagitta_status status = open_kept(&p, &path, r, result, kind, error);
  keeping k = keeping_of(&(records_piece){ NULL, path }, status == SAGITTA_OK, watch);
  if (status == SAGITTA_OK) status = take_all(&p, folder, name, &k, error);
  (void)sqlite3_close(p.db);
  free(path);
  if (status == SAGITTA_OK && watch) status = drop_where_gone(r, result, folder, name, error);
  return status;
}

/* A row of parts behind what is read already. */
static sagitta_status add_part(sqlite3_stmt *row, unsigned char **bytes, size_t *size, sagitta_error *error) {
  const size_t more = (size_t)sqlite3_column_bytes(row, 0);
  unsigned char *all = more ? realloc(*bytes, *size + more) : *bytes;
  if (more && !all) return no_memory(error);
  if (more) memcpy(all + *size, sqlite3_column_blob(row, 0), more);
  *bytes = all;
  *size += more;
  return SAGITTA_OK;
}

sagitta_status records_pictures_read(records *r, int64_t result, records_footage kind, const char *name,
                                     unsigned char **bytes, size_t *size, sagitta_error *error) {
  records p = { .db = NULL };
  sqlite3_stmt *row = NULL;
  char *path;
  *bytes = NULL;
  *size = 0;
  sagitta_status status = open_kept(&p, &path, r, result, kind, error);
  if (status == SAGITTA_OK) {
    status = db_query(&p, &row, error,
                      "SELECT parts.bytes FROM parts JOIN pieces ON pieces.id = parts.piece WHERE pieces.name = ? "
                      "ORDER BY parts.id",
                      "t", name);
  }
  while (status == SAGITTA_OK && (status = db_step(&p, row, error)) == SAGITTA_OK) {
    status = add_part(row, bytes, size, error);
    if (status != SAGITTA_OK) break;
  }
  if (status == SAGITTA_END) status = SAGITTA_OK;
  sqlite3_finalize(row);
  (void)sqlite3_close(p.db);
  free(path);
  if (status == SAGITTA_OK) return status;
  free(*bytes);
  *bytes = NULL;
  *size = 0;
  return status;
}

/* ---- removed ---- */

sagitta_status records_pictures_remove(records *r, int64_t result, records_footage kind, sagitta_error *error) {
  records_result *row = NULL;
  sagitta_status status = records_result_get(r, result, &row, error);
  char *path = status == SAGITTA_OK ? name_of(r, row, kind, &status, error) : NULL;
  if (path) status = pictures_drop(path, error);
  free(path);
  records_results_free(row, row ? 1 : 0);
  return status;
}
