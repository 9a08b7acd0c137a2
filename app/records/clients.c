/* SPDX-License-Identifier: Apache-2.0 */
/* Clients: what may be written of one, adding, finding, changing, listing and removing. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/options.h"
#include "records/db.h"

/* ---- what users may write: IDs, names, notes ---- */

/* The next code point; 0 at the end, UINT32_MAX when it is none. */
static uint32_t next_code_point(const char **text) {
  static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
  const unsigned char *s = (const unsigned char *)*text;
  if (s[0] < 0x80) {
    *text += s[0] != 0;
    return s[0];
  }
  const int more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : 1;
  uint32_t code = s[0] & (0x3fu >> more);
  if (s[0] < 0xc2 || s[0] > 0xf4) return UINT32_MAX;
  for (int i = 1; i <= more; i++) {
    if ((s[i] & 0xc0) != 0x80) return UINT32_MAX;
    code = code << 6 | (s[i] & 0x3fu);
  }
  *text += more + 1;
  const bool none = code < least[more] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return none ? UINT32_MAX : code;
}

static bool is_invisible(uint32_t code) {
  return code == 0x200b || (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff0 && code <= 0xfffb) ||
         (code >= 0xe0000 && code <= 0xe0fff);
}

bool records_text_is_plain(const char *text, bool lines) {
  uint32_t code;
  while ((code = next_code_point(&text)) != 0) {
    const bool white = lines && (code == '\n' || code == '\t');
    const bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    if (code == UINT32_MAX || (control && !white) || is_invisible(code)) return false;
  }
  return true;
}

/* Blanks and punctuation outside of ASCII that could be taken for something else. */
static bool is_separator(uint32_t code) {
  return code == 0xa0 || code == 0x3000 || (code >= 0x2000 && code <= 0x206f) || code == 0xff20 || code == 0x1680;
}

bool records_code_is_valid(const char *text) {
  uint32_t code;
  if (!*text || *text == '-' || *text == '.' || !records_text_is_plain(text, false)) return false;
  while ((code = next_code_point(&text)) != 0) {
    if (code >= 0x80 ? is_separator(code)
                     : !strchr("-_.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", (int)code))
      return false;
  }
  return true;
}

/* ---- clients ---- */

static int this_year(void) {
  char day[RECORDS_DAY];
  records_today(day);
  return atoi(day);
}

static sagitta_status check_birth_year(int year, sagitta_error *error) {
  const int now = this_year();
  if (year == 0 || (year >= now - 125 && year <= now)) return SAGITTA_OK;
  if (year > now) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The birth year %d is in the future: this is %d. Nothing was "
                     "changed.",
                     year, now);
  }
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "The birth year %d cannot be right: it takes %d to %d. Nothing was "
                   "changed.",
                   year, now - 125, now);
}

sagitta_status records_client_check(const records_client *c, sagitta_error *error) {
  if (!records_code_is_valid(c->code)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The ID of a client is made of letters of any script, digits, '-', '_' and '.', without blanks, "
                     "starts with a letter, a digit or '_', and has at most %d bytes. Any text can be its --name.",
                     RECORDS_CODE - 1);
  }
  if (!records_text_is_plain(c->name, false)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The name has control characters in it, or is not UTF-8. Type it again.");
  }
  if (!records_text_is_plain(c->notes, true)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The notes have control characters in them, or are not UTF-8. Type them again.");
  }
  if (c->sex != 0 && c->sex != 'f' && c->sex != 'm') {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "The sex is f or m, for the norms, or is left out.");
  }
  if (!(c->height_cm >= 0 && c->height_cm <= 280) || (c->height_cm > 0 && c->height_cm < 50)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "The height is 50 to 280 cm, not %g.", c->height_cm);
  }
  return check_birth_year(c->birth_year, error);
}

/* The message for an ID that is taken; `error` keeps another failure. */
static sagitta_status explain_taken(records *r, const char *code, sagitta_status status, sagitta_error *error) {
  if (sqlite3_extended_errcode(r->db) != SQLITE_CONSTRAINT_UNIQUE) return status;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "There is a client with the ID \"%s\" already: nothing was changed. See: sagitta records show %s.",
                   code, code);
}

static const char *sex_of(const records_client *c) {
  return c->sex == 'f' ? "f" : c->sex == 'm' ? "m" : NULL;
}

sagitta_status records_client_add(records *r, records_client *c, sagitta_error *error) {
  sagitta_status status = records_client_check(c, error);
  if (status != SAGITTA_OK) return status;
  if (!c->added_at[0]) db_now(c->added_at);
  status = db_run(r, error,
                  "INSERT INTO clients(uid, code, name, birth_year, sex, height_cm, notes, added_at)"
                  " VALUES(coalesce(?1, lower(hex(randomblob(16)))), ?2, ?3, ?4, ?5, nullif(?6, 0.0), ?7, ?8)",
                  "ottzodtt", c->uid, c->code, c->name, (int64_t)c->birth_year, sex_of(c), c->height_cm, c->notes,
                  c->added_at);
  if (status != SAGITTA_OK) return explain_taken(r, c->code, status, error);
  c->id = sqlite3_last_insert_rowid(r->db);
  sqlite3_stmt *made;
  status = db_query(r, &made, error, "SELECT uid FROM clients WHERE id = ?", "i", c->id);
  if (status == SAGITTA_OK && (status = db_step(r, made, error)) == SAGITTA_OK) db_text(made, 0, c->uid, sizeof c->uid);
  sqlite3_finalize(made);
  return status;
}

static void read_client(sqlite3_stmt *row, records_client *c) {
  memset(c, 0, sizeof *c);
  c->id = sqlite3_column_int64(row, 0);
  db_text(row, 1, c->uid, sizeof c->uid);
  db_text(row, 2, c->code, sizeof c->code);
  db_text(row, 3, c->name, sizeof c->name);
  c->birth_year = sqlite3_column_int(row, 4);
  const unsigned char *sex = sqlite3_column_text(row, 5);
  c->sex = sex ? (char)sex[0] : 0;
  c->height_cm = sqlite3_column_double(row, 6);
  db_text(row, 7, c->notes, sizeof c->notes);
  db_text(row, 8, c->added_at, sizeof c->added_at);
}

static sagitta_status no_such_client(records *r, const char *code, sagitta_error *error) {
  records_client_row *rows = NULL;
  size_t count = 0;
  sagitta_status status = records_clients(r, &rows, &count, error);
  const char **names = status == SAGITTA_OK ? calloc(count + 1, sizeof *names) : NULL;
  if (names) {
    for (size_t i = 0; i < count; i++) names[i] = rows[i].code;
    const char *near = options_nearest(code, names);
    char shown[RECORDS_CODE];
    (void)snprintf(shown, sizeof shown, "%s", records_text_is_plain(code, false) ? code : "?");
    status =
        near ? fail_with(error, SAGITTA_ERROR_ARGUMENT, "There is no client \"%s\". Did you mean \"%s\"?", shown, near)
             : fail_with(error, SAGITTA_ERROR_ARGUMENT,
                         "There is no client \"%s\". \"sagitta records list\" shows all, \"sagitta records add "
                         "ID\" adds one.",
                         shown);
  }
  free(names);
  free(rows);
  return status == SAGITTA_OK ? fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.") : status;
}

sagitta_status records_client_find(records *r, const char *code, records_client *out, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status =
      db_query(r, &row, error,
               "SELECT id, uid, code, name, birth_year, sex, height_cm, notes, added_at FROM clients"
               " WHERE code = ?",
               "t", code);
  if (status == SAGITTA_OK) status = db_step(r, row, error);
  if (status == SAGITTA_OK) read_client(row, out);
  sqlite3_finalize(row);
  return status == SAGITTA_END ? no_such_client(r, code, error) : status;
}

sagitta_status records_client_update(records *r, const records_client *c, sagitta_error *error) {
  sagitta_status status = records_client_check(c, error);
  if (status != SAGITTA_OK) return status;
  status = db_run(r, error,
                  "UPDATE clients SET code = ?2, name = ?3, birth_year = ?4, sex = ?5, height_cm = nullif(?6, 0.0),"
                  " notes = ?7 WHERE id = ?1",
                  "ittzodt", c->id, c->code, c->name, (int64_t)c->birth_year, sex_of(c), c->height_cm, c->notes);
  return status == SAGITTA_OK ? status : explain_taken(r, c->code, status, error);
}

sagitta_status records_clients(records *r, records_client_row **rows, size_t *count, sagitta_error *error) {
  sqlite3_stmt *row;
  void *items = NULL;
  size_t n = 0;
  *rows = NULL;
  *count = 0;
  sagitta_status status =
      db_query(r, &row, error,
               "SELECT c.code, c.name, c.birth_year, count(DISTINCT v.id), count(t.id), max(v.day) FROM clients c"
               " LEFT JOIN visits v ON v.client = c.id LEFT JOIN results t ON t.visit = v.id"
               " GROUP BY c.id ORDER BY c.code COLLATE NOCASE",
               "");
  while (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    records_client_row *c = db_grow(&items, &n, sizeof *c);
    if (!c) {
      status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the list of clients.");
      break;
    }
    db_text(row, 0, c->code, sizeof c->code);
    db_text(row, 1, c->name, sizeof c->name);
    c->birth_year = sqlite3_column_int(row, 2);
    c->visits = sqlite3_column_int64(row, 3);
    c->results = sqlite3_column_int64(row, 4);
    db_text(row, 5, c->last_day, sizeof c->last_day);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) {
    free(items);
    return status;
  }
  *rows = items;
  *count = n;
  return SAGITTA_OK;
}

/* secure_delete overwrites what goes; the file is then rewritten without it, journal included. */
sagitta_status records_client_remove(records *r, int64_t client, records_removed *removed, sagitta_error *error) {
  *removed = (records_removed){ 0, 0, 0, false };
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  status = db_number(r, &removed->visits, error, "SELECT count(*) FROM visits WHERE client = ?", "i", client);
  if (status == SAGITTA_OK) {
    status =
        db_number(r, &removed->results, error,
                  "SELECT count(*) FROM results WHERE visit IN (SELECT id FROM visits WHERE client = ?)", "i", client);
  }
  if (status == SAGITTA_OK) {
    status = db_number(r, &removed->sessions, error, "SELECT count(*) FROM sessions WHERE client = ?", "i", client);
  }
  if (status == SAGITTA_OK) status = db_run(r, error, "DELETE FROM clients WHERE id = ?", "i", client);
  if (status == SAGITTA_OK) status = undo_forget(r, error);
  if (status == SAGITTA_OK) status = pictures_sweep(r, error);
  status = db_end(r, status, error);
  return status == SAGITTA_OK ? upkeep_compact(r, &removed->traces_left, error) : status;
}
