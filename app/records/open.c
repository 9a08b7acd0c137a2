/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "records/db.h"
#include "records/place.h"
#include "records/schema.h"

#define BUSY_MS 10000

void records_close(records **r) {
  if (!r || !*r) return;
  sqlite3_close_v2((*r)->db);
  key_free(&(*r)->key);
  free((*r)->path);
  free(*r);
  *r = NULL;
}

const char *records_path(const records *r) {
  return r->path;
}

static sagitta_status connect_to(records *r, const char *name, int flags, sagitta_error *error) {
  (void)sqlite3_close(r->db);
  r->db = NULL;
  if (sqlite3_open_v2(name, &r->db, flags, NULL) != SQLITE_OK) {
    return r->db ? db_fail(r, error) : records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  }
  (void)sqlite3_busy_timeout(r->db, BUSY_MS);
#ifdef SQLITE_HAS_CODEC
  if (sqlite3_key(r->db, r->key, (int)strlen(r->key)) != SQLITE_OK) return db_fail(r, error);
#endif
  return SAGITTA_OK;
}

/* Whose file it is, and of which version; 0 for an empty one. Reading this is what finds a wrong key. */
static sagitta_status check_owner(records *r, int64_t *version, sagitta_error *error) {
  int64_t application = 0, tables = 0;
  sagitta_status status = db_number(r, &tables, error, "SELECT count(*) FROM sqlite_master", "");
  if (status == SAGITTA_OK) status = db_number(r, &application, error, "PRAGMA application_id", "");
  if (status == SAGITTA_OK) status = db_number(r, version, error, "PRAGMA user_version", "");
  if (status != SAGITTA_OK) return status;
  if (application != SCHEMA_APPLICATION && (tables > 0 || application != 0 || *version != 0)) {
    return records_fail(error, SAGITTA_ERROR_FORMAT,
                        "\"%s\" is an SQLite file of another program: nothing was changed. Choose another file with "
                        "--records.",
                        r->path);
  }
  if (*version > SCHEMA_VERSION) {
    return records_fail(error, SAGITTA_ERROR_FORMAT,
                        "The records in \"%s\" were written by a later Sagitta (version %lld of the file, this one "
                        "knows up to %d): nothing was changed. Update Sagitta.",
                        r->path, (long long)*version, SCHEMA_VERSION);
  }
  return SAGITTA_OK;
}

static sagitta_status set_up(records *r, sagitta_error *error) {
  const char *const reading = "PRAGMA foreign_keys = ON; PRAGMA query_only = ON;";
  const char *const writing =
      "PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
  sagitta_status status = db_script(r, r->reading ? reading : writing, error);
  /* Two programs that make the same file: SQLite does not wait for a change of the journal's kind. */
  for (int waited = 0; status != SAGITTA_OK && sqlite3_errcode(r->db) == SQLITE_BUSY && waited < BUSY_MS;) {
    waited += sqlite3_sleep(20);
    status = db_script(r, writing, error);
  }
  return status;
}

/* What SQLite needs to be read out of a folder that cannot be written to: no other program can be writing then, unless
 * it left its journal behind. */
static sagitta_status connect_reading(records *r, sagitta_error *error) {
  char *name = NULL, *journal = NULL;
  struct stat about;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  if (asprintf(&journal, "%s-wal", r->path) < 0) journal = NULL;
  char *absolute = realpath(r->path, NULL);
  if (!journal || !absolute) goto done;
  if (stat(journal, &about) == 0 && about.st_size > 0) {
    status = records_fail(error, SAGITTA_ERROR_WRITE,
                          "The records in \"%s\" hold changes that were not yet folded in (\"%s\"), for which their "
                          "folder must be writable. Copy both files to another folder, and give that with --records.",
                          r->path, journal);
    goto done;
  }
  /* An URI: what has a meaning in it is written as %XX. */
  const size_t room = 3 * strlen(absolute) + 40;
  name = malloc(room);
  if (!name) goto done;
  size_t at = (size_t)snprintf(name, room, "file://");
  for (const char *c = absolute; *c; c++) {
    const bool plain = strchr("%?#", *c) == NULL;
    at += (size_t)(plain ? snprintf(name + at, room - at, "%c", *c)
                         : snprintf(name + at, room - at, "%%%02X", (unsigned char)*c));
  }
  (void)snprintf(name + at, room - at, "?immutable=1");
  r->reading = true;
  status = connect_to(r, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
done:
  if (status == SAGITTA_ERROR_MEMORY) (void)records_fail(error, status, "Not enough memory for the records.");
  free(name);
  free(journal);
  free(absolute);
  return status;
}

static bool may_write(const char *path) {
  char *copy = strdup(path);
  if (!copy) return false;
  char *slash = strrchr(copy, '/');
  if (slash) slash[slash == copy] = '\0';
  const bool may = access(path, W_OK) == 0 && access(slash ? copy : ".", W_OK) == 0;
  free(copy);
  return may;
}

static sagitta_status open_file(records *r, records_mode mode, sagitta_error *error) {
  int64_t version = 0;
  const bool reading = mode == RECORDS_READ && !may_write(r->path);
  sagitta_status status = reading ? connect_reading(r, error) : connect_to(r, r->path, SQLITE_OPEN_READWRITE, error);
  if (status == SAGITTA_OK) status = check_owner(r, &version, error);
  if (status == SAGITTA_OK) status = set_up(r, error);
  if (status != SAGITTA_OK || version == SCHEMA_VERSION) return status;
  if (!r->reading) return schema_migrate(r, error);
  return records_fail(error, SAGITTA_ERROR_WRITE,
                      "The records in \"%s\" are of an earlier version, and cannot be brought up to date where they "
                      "may not be written to. Copy them to another folder, and give that with --records.",
                      r->path);
}

sagitta_status records_open(records **out, const records_place *place, records_mode mode, sagitta_error *error) {
  static const records_place own = { NULL, NULL };
  struct stat about;
  *out = NULL;
  if (!place) place = &own;
  records *r = calloc(1, sizeof *r);
  if (!r) return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  sagitta_status status = place_path(&r->path, place->file, error);
  if (status != SAGITTA_OK) goto done;
  const bool missing = stat(r->path, &about) != 0 || about.st_size == 0;
  if (!missing || mode == RECORDS_READ || mode == RECORDS_WRITE) status = place_check(r->path, error);
  /* The key first: without it no file is made. */
  if (status == SAGITTA_OK) status = key_get(&r->key, place->key_file, missing, error);
  if (status == SAGITTA_OK && mode == RECORDS_MAKE && missing) status = place_make(r->path, !place->file, error);
  if (status == SAGITTA_OK) status = open_file(r, mode, error);
done:
  if (status != SAGITTA_OK) records_close(&r);
  *out = r;
  return status;
}

void records_today(char day[RECORDS_DAY]) {
  const time_t now = time(NULL);
  struct tm local;
  if (!localtime_r(&now, &local) || strftime(day, RECORDS_DAY, "%Y-%m-%d", &local) != RECORDS_DAY - 1) {
    (void)snprintf(day, RECORDS_DAY, "1970-01-01");
  }
}

static bool in_calendar(int year, int month, int day) {
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (leap && month == 2);
}

bool records_is_day(const char *day) {
  int year, month, number, length = 0;
  if (strspn(day, "0123456789-") != 10 || strlen(day) != 10) return false;
  if (sscanf(day, "%4d-%2d-%2d%n", &year, &month, &number, &length) != 3 || length != 10) return false;
  if (year < 1900 || !in_calendar(year, month, number)) return false;
  /* Tomorrow: clocks of two machines, or the other side of the date line. */
  const time_t tomorrow = time(NULL) + 86400;
  struct tm local;
  char limit[RECORDS_DAY] = "";
  if (!localtime_r(&tomorrow, &local) || strftime(limit, sizeof limit, "%Y-%m-%d", &local) == 0) return true;
  return strcmp(day, limit) <= 0;
}
