/* SPDX-License-Identifier: Apache-2.0 */
#include "records_help.h"

#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>
#include <sqlite3.h>

#include "records/records.h"
#include "scratch.h"

static char folder[200], before[1000];

int help_setup(void **state) {
  (void)state;
  const char *temporary = getenv("TMPDIR");
  if (!getcwd(before, sizeof before)) return -1;
  (void)snprintf(folder, sizeof folder, "%.150s/sagitta-records-XXXXXX", temporary ? temporary : "/tmp");
  if (!mkdtemp(folder) || chdir(folder) != 0) return -1;
#ifdef SQLITE_HAS_CODEC
  write_file("key", "correct horse battery staple\n", 29);
  assert_int_equal(chmod("key", 0600), 0);
#endif
  return 0;
}

int help_teardown(void **state) {
  (void)state;
  DIR *d = opendir(".");
  const struct dirent *entry;
  while (d && (entry = readdir(d))) {
    if (entry->d_name[0] != '.') (void)unlink(entry->d_name);
  }
  if (d) (void)closedir(d);
  return chdir(before) == 0 ? rmdir(folder) : -1;
}

const char *help_key(void) {
#ifdef SQLITE_HAS_CODEC
  return "key";
#else
  return NULL;
#endif
}

records *help_open_file(const char *name) {
  const records_place place = { name, help_key() };
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (records_open(&r, &place, RECORDS_MAKE, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return r;
}

records *help_open(void) {
  return help_open_file("test.db");
}

records_client help_client(records *r, const char *code) {
  records_client c = { .birth_year = 1980, .sex = 'f', .height_cm = 171 };
  sagitta_error error = SAGITTA_ERROR_INIT;
  (void)snprintf(c.code, sizeof c.code, "%s", code);
  (void)snprintf(c.name, sizeof c.name, "Zoë %s", code);
  if (records_client_add(r, &c, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return c;
}

static void move(json_t *part, double shift) {
  static const char *const keys[] = { "value", "low", "high", "camera_low", "camera_high" };
  json_t *q = json_object_get(part, "hip_hinge_deg");
  for (size_t i = 0; q && i < 5; i++) {
    const double moved = json_number_value(json_object_get(q, keys[i])) + shift;
    json_object_set_new(q, keys[i], json_real(round(100 * moved) / 100));
  }
}

char *help_document(double shift, const char *test) {
  json_t *root = json_load_file(DOCUMENT, 0, NULL), *rep;
  size_t i;
  assert_non_null(root);
  json_array_foreach(json_object_get(root, "repetitions"), i, rep) move(rep, shift);
  move(json_object_get(root, "summary"), shift);
  if (test) json_object_set_new(root, "test", json_string(test));
  char *text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
  json_decref(root);
  assert_non_null(text);
  char *whole = realloc(text, strlen(text) + 2);
  assert_non_null(whole);
  return strcat(whole, "\n");
}

int64_t help_save(records *r, const records_client *c, const char *day, double shift, records_mark mark, int pain) {
  char *text = help_document(shift, NULL);
  /* Those after a treatment with all that can be kept beside a result. */
  char tracks[80];
  (void)snprintf(tracks, sizeof tracks, "# sagitta-tracks/1 width=9 height=9 x=%g\ntime_s\n0\n", shift);
  const bool after = mark == RECORDS_AFTER;
  const records_new_result n = { .client = c->id,
                                 .day = day,
                                 .document = text,
                                 .mark = mark,
                                 .pain = pain,
                                 .markers = after ? RECORDS_MARKERS_SAME : RECORDS_MARKERS_UNKNOWN,
                                 .rest_min = after ? 15 : 0,
                                 .tracks = after ? tracks : NULL,
                                 .video = after ? "/videos/ä clip.mp4" : NULL };
  int64_t id = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (records_result_save(r, &n, &id, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  free(text);
  return id;
}

/* Unlike read_file it takes folders, devices and what is not there. */
char *help_read(const char *name, size_t *length) {
  FILE *file = fopen(name, "rb");
  *length = 0;
  if (!file) return NULL;
  char *bytes = NULL;
  size_t room = 0;
  do {
    room += 1 << 20;
    bytes = realloc(bytes, room);
    assert_non_null(bytes);
    *length += fread(bytes + *length, 1, room - *length, file);
  } while (*length == room);
  (void)fclose(file);
  return bytes;
}

int help_contains(const char *name, const char *text) {
  static const char *const suffixes[] = { "", "-wal", "-journal" };
  int found = 0;
  for (size_t i = 0; i < 3; i++) {
    char path[300];
    size_t length;
    (void)snprintf(path, sizeof path, "%s%s", name, suffixes[i]);
    char *bytes = help_read(path, &length);
    found = found || (bytes && memmem(bytes, length, text, strlen(text)));
    free(bytes);
  }
  return found;
}

static void complain(void *user, const char *problem) {
  (void)user;
  print_error("%s\n", problem);
}

void help_verify(records *r, int64_t results) {
  upkeep_report report;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (upkeep_verify(r, complain, NULL, &report, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(report.problems, 0);
  if (results >= 0) assert_int_equal(report.results, results);
}

char *help_export(records *r, const records_client *c) {
  sagitta_output *output = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  size_t length = 0;
  assert_int_equal(sagitta_output_open(&output, "export.json", NULL), SAGITTA_OK);
  if (exchange_export(r, c, output, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(sagitta_output_commit(&output, NULL), SAGITTA_OK);
  char *text = help_read("export.json", &length);
  text[length] = '\0';
  return text;
}

records *help_filled(void) {
  records *r = help_open();
  records_client c = help_client(r, "zm-01"), d = help_client(r, "b");
  int64_t session = 0;
  (void)strcpy(c.name, "<b>\"Zoë\"</b> & \\ 李");
  assert_int_equal(records_client_update(r, &c, NULL), SAGITTA_OK);
  for (int i = 0; i < 6; i++) (void)help_save(r, &c, i % 2 ? "2024-01-05" : "2024-02-05", i, (records_mark)(i % 3), i);
  assert_int_equal(records_session_start(r, c.id, "2024-03-05", &session, NULL), SAGITTA_OK);
  for (int i = 10; i < 14; i++) (void)help_save(r, &c, "2024-03-05", i, RECORDS_UNMARKED, -1);
  (void)help_save(r, &d, "2024-03-05", 0, RECORDS_UNMARKED, -1);
  return r;
}

sqlite3 *help_sqlite(const char *name) {
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(name, &db), SQLITE_OK);
#ifdef SQLITE_HAS_CODEC
  assert_int_equal(sqlite3_key(db, "correct horse battery staple", 28), SQLITE_OK);
#endif
  return db;
}

void help_sql(const char *sql) {
  sqlite3 *db = help_sqlite("test.db");
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}
