/* SPDX-License-Identifier: Apache-2.0 */
/* Records out and in as one JSON document, sagitta-records/1. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/db.h"

#include "cli/failure.h"
#include "cli/text.h"

#define SCHEMA "sagitta-records/1"
#define LAYOUT (JSON_INDENT(2) | JSON_REAL_PRECISION(12)) /* that of result documents */

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
}

/* ---- out ---- */

/* `with` is where the number of a session stands in the list of them. */
static json_t *result_out(const records_result *t, int64_t session, const char *tracks, json_build *b) {
  json_t *o = json_object();
  build_text(b, o, "uid", t->uid);
  build_text(b, o, "saved_at", t->saved_at);
  build_text(b, o, "side", sagitta_side_name(t->side));
  build_text(b, o, "mark", records_mark_name(t->mark));
  if (t->markers) build_put(b, o, "same_markers", json_boolean(t->markers == RECORDS_MARKERS_SAME));
  if (t->rest_min) build_put(b, o, "rest_min", json_integer(t->rest_min));
  if (t->pain >= 0) build_put(b, o, "pain", json_integer(t->pain));
  if (session) build_put(b, o, "session", json_integer(session));
  build_text(b, o, "input_sha256", t->input_sha256);
  build_text(b, o, "video", t->video);
  build_text(b, o, "document_sha256", t->document_sha256);
  build_put(b, o, "settings", json_loads(t->settings, 0, NULL));
  build_put(b, o, "document", json_loads(t->document, JSON_REJECT_DUPLICATES, NULL));
  build_text(b, o, "tracks", tracks);
  return o;
}

static json_t *visit_out(const records_visit *v, const records_result *results, char *const *tracks, size_t count,
                         const records_session *sessions, size_t session_count, json_build *b) {
  json_t *o = json_object(), *list = json_array();
  build_text(b, o, "day", v->day);
  if (v->pretest) build_put(b, o, "pretest", json_loads(v->pretest, 0, NULL));
  if (v->cleared) build_put(b, o, "cleared", json_true());
  for (size_t i = 0; i < count; i++) {
    int64_t session = 0;
    if (results[i].visit != v->id) continue;
    for (size_t k = 0; k < session_count; k++) {
      if (results[i].session == sessions[k].id) session = (int64_t)k + 1;
    }
    build_append(b, list, result_out(&results[i], session, tracks[i], b));
  }
  build_put(b, o, "results", list);
  return o;
}

static json_t *head_out(const records_client *c, json_build *b) {
  const char sex[2] = { c->sex, '\0' };
  json_t *o = json_object();
  build_text(b, o, "uid", c->uid);
  build_text(b, o, "id", c->code);
  build_text(b, o, "name", c->name);
  if (c->birth_year) build_put(b, o, "birth_year", json_integer(c->birth_year));
  build_text(b, o, "sex", sex);
  if (c->height_cm > 0) build_put(b, o, "height_cm", json_real(c->height_cm));
  build_text(b, o, "notes", c->notes);
  build_text(b, o, "added_at", c->added_at);
  return o;
}

/* The tracks of all, each to be freed, as the array; NULL and *status where they cannot be read. */
static char **tracks_of(records *r, const records_result *results, size_t count, sagitta_status *status,
                        sagitta_error *error) {
  char **tracks = *status == SAGITTA_OK ? calloc(count + 1, sizeof *tracks) : NULL;
  if (*status == SAGITTA_OK && !tracks) *status = no_memory(error);
  for (size_t i = 0; i < count && *status == SAGITTA_OK; i++) {
    *status = records_result_tracks(r, results[i].id, &tracks[i], error);
  }
  return tracks;
}

static sagitta_status client_out(records *r, const records_client *c, char **text, sagitta_error *error) {
  records_visit *visits = NULL;
  records_result *results = NULL;
  records_session *sessions = NULL;
  size_t visit_count = 0, result_count = 0, session_count = 0;
  json_build b = { false };
  *text = NULL;
  sagitta_status status = records_visits(r, c->id, &visits, &visit_count, error);
  if (status == SAGITTA_OK) status = records_results(r, c->id, true, &results, &result_count, error);
  if (status == SAGITTA_OK) status = records_sessions(r, c->id, &sessions, &session_count, error);
  char **tracks = tracks_of(r, results, result_count, &status, error);
  json_t *o = status == SAGITTA_OK ? head_out(c, &b) : NULL;
  if (o) {
    json_t *list = json_array(), *numbered = json_array();
    for (size_t k = 0; k < session_count; k++) {
      build_append(&b, numbered, json_string(sessions[k].day));
    }
    build_put(&b, o, "sessions", numbered);
    for (size_t i = 0; i < visit_count; i++) {
      json_t *v = visit_out(&visits[i], results, tracks, result_count, sessions, session_count, &b);
      build_append(&b, list, v);
    }
    build_put(&b, o, "visits", list);
    *text = !b.failed ? json_dumps(o, LAYOUT) : NULL;
    if (!*text) {
      status = fail_with(error, SAGITTA_ERROR_FORMAT,
                         "What is recorded of \"%s\" cannot be exported: memory is short, or a document in it is "
                         "damaged. \"sagitta records verify\" says which.",
                         c->code);
    }
  }
  json_decref(o);
  for (size_t i = 0; tracks && i < result_count; i++) free(tracks[i]);
  free(tracks);
  free(sessions);
  records_results_free(results, result_count);
  records_visits_free(visits, visit_count);
  return status;
}

static sagitta_status write_client(records *r, const records_client *c, bool first, sagitta_output *output,
                                   sagitta_error *error) {
  char *text = NULL;
  sagitta_status status = client_out(r, c, &text, error);
  if (status == SAGITTA_OK && !first) status = sagitta_output_write(output, ",\n", 2, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(output, text, strlen(text), error);
  free(text);
  return status;
}

sagitta_status exchange_export(records *r, const records_client *client, sagitta_output *output, sagitta_error *error) {
  char head[200];
  records_client_row *rows = NULL;
  size_t count = 1;
  /* One moment's state, whatever other programs write meanwhile. */
  sagitta_status status = db_script(r, "BEGIN", error);
  if (status == SAGITTA_OK && !client) status = records_clients(r, &rows, &count, error);
  const int length = snprintf(head, sizeof head, "{\n\"schema\": \"%s\",\n\"program\": \"%s\",\n\"clients\": [\n",
                              SCHEMA, sagitta_version());
  if (status == SAGITTA_OK) status = sagitta_output_write(output, head, (size_t)length, error);
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) {
    records_client found;
    if (!client) status = records_client_find(r, rows[i].code, &found, error);
    if (status == SAGITTA_OK) status = write_client(r, client ? client : &found, i == 0, output, error);
  }
  if (status == SAGITTA_OK) status = sagitta_output_write(output, "\n]\n}\n", 5, error);
  free(rows);
  return db_end(r, status, error);
}

/* ---- in ---- */

typedef struct incoming {
  records *r;
  exchange_counts *counts;
  int64_t client;
  const json_t *sessions; /* days */
  int64_t *session_id;    /* of each, 0 = not made yet */
} incoming;

static sagitta_status changed(const char *what, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_FORMAT,
                   "%s is not as Sagitta exported it: it was changed by hand, or is damaged. Nothing was imported; "
                   "export it again.",
                   error_say(error, what));
}

static bool copy_text(const json_t *object, const char *key, char *text, size_t size) {
  const json_t *item = json_object_get(object, key);
  text[0] = '\0';
  if (!item) return true;
  if (!json_is_string(item) || json_string_length(item) >= size) return false;
  (void)snprintf(text, size, "%s", json_string_value(item));
  return true;
}

static bool is_hex(const char *text, size_t length) {
  return strlen(text) == length && strspn(text, "0123456789abcdef") == length;
}

/* The document as it was stored, by its hash. */
static sagitta_status document_in(const json_t *result, char **document, sagitta_error *error) {
  const json_t *item = json_object_get(result, "document");
  const char *expected = json_string_value(json_object_get(result, "document_sha256"));
  char hash[RECORDS_HASH];
  *document = NULL;
  char *text = json_is_object(item) ? json_dumps(item, LAYOUT) : NULL;
  if (!text) return changed(TRANSLATABLE("A result"), error);
  const size_t length = strlen(text);
  char *whole = realloc(text, length + 2);
  if (!whole) {
    free(text);
    return no_memory(error);
  }
  memcpy(whole + length, "\n", 2);
  if (!expected || !hash_text(whole, length + 1, hash) || strcmp(hash, expected) != 0) {
    free(whole);
    return changed(TRANSLATABLE("A result"), error);
  }
  *document = whole;
  return SAGITTA_OK;
}

static sagitta_status session_in(incoming *in, const json_t *result, int64_t *session, sagitta_error *error) {
  const json_t *item = json_object_get(result, "session");
  const json_int_t number = json_integer_value(item);
  *session = 0;
  if (!item) return SAGITTA_OK;
  const char *day = number >= 1 ? json_string_value(json_array_get(in->sessions, (size_t)number - 1)) : NULL;
  if (!day || !records_is_day(day)) return changed(TRANSLATABLE("A repeatability session"), error);
  int64_t *id = &in->session_id[number - 1];
  if (!*id) {
    const sagitta_status status =
        db_run(in->r, error, "INSERT INTO sessions(client, day, open) VALUES(?, ?, 0)", "it", in->client, day);
    if (status != SAGITTA_OK) return status;
    *id = sqlite3_last_insert_rowid(in->r->db);
  }
  *session = *id;
  return SAGITTA_OK;
}

static bool result_head(const json_t *o, records_new_result *n, char uid[RECORDS_UID], char saved_at[RECORDS_TIME],
                        char input[RECORDS_HASH]) {
  char mark[8], side[8];
  const json_t *pain = json_object_get(o, "pain");
  if (!copy_text(o, "uid", uid, RECORDS_UID) || !is_hex(uid, RECORDS_UID - 1)) return false;
  if (!copy_text(o, "saved_at", saved_at, RECORDS_TIME) || strlen(saved_at) != RECORDS_TIME - 1) return false;
  if (!copy_text(o, "input_sha256", input, RECORDS_HASH) || (*input && !is_hex(input, RECORDS_HASH - 1))) return false;
  if (!copy_text(o, "mark", mark, sizeof mark)) return false;
  n->mark = strcmp(mark, "before") == 0 ? RECORDS_BEFORE : strcmp(mark, "after") == 0 ? RECORDS_AFTER : 0;
  if (*mark && !n->mark) return false;
  if (!copy_text(o, "side", side, sizeof side)) return false;
  n->side = sagitta_side_from_name(side);
  if (*side && !n->side) return false;
  const json_t *same = json_object_get(o, "same_markers"), *rest = json_object_get(o, "rest_min");
  const json_int_t minutes = json_integer_value(rest);
  if ((same && !json_is_boolean(same)) || (rest && (!json_is_integer(rest) || minutes < 0))) return false;
  if (minutes > RECORDS_REST_MAX) return false;
  n->markers = json_is_true(same) ? RECORDS_MARKERS_SAME : same ? RECORDS_MARKERS_NEW : RECORDS_MARKERS_UNKNOWN;
  n->rest_min = (int)minutes;
  n->tracks = json_string_value(json_object_get(o, "tracks"));
  n->video = json_string_value(json_object_get(o, "video"));
  const json_int_t value = json_integer_value(pain);
  if (pain && (!json_is_integer(pain) || value < 0 || value > 10)) return false;
  n->pain = pain ? (int)value : -1;
  return true;
}

static sagitta_status result_in(incoming *in, const json_t *o, const char *day, sagitta_error *error) {
  char uid[RECORDS_UID], saved_at[RECORDS_TIME], input[RECORDS_HASH];
  records_new_result n = { .client = in->client, .day = day, .uid = uid, .saved_at = saved_at, .input_sha256 = input };
  int64_t id = 0;
  bool already = false;
  char *document = NULL, *settings = NULL;
  if (!result_head(o, &n, uid, saved_at, input)) return changed(TRANSLATABLE("A result"), error);
  sagitta_status status = db_number(in->r, &id, error, "SELECT id FROM results WHERE uid = ?", "t", uid);
  if (status != SAGITTA_OK || id) {
    in->counts->already += id != 0;
    return status;
  }
  status = document_in(o, &document, error);
  if (status == SAGITTA_OK) status = session_in(in, o, &n.session, error);
  if (status == SAGITTA_OK && json_is_object(json_object_get(o, "settings"))) {
    settings = json_dumps(json_object_get(o, "settings"), JSON_COMPACT);
    if (!settings) status = no_memory(error);
  }
  n.document = document;
  n.settings = settings;
  if (status == SAGITTA_OK) status = records_result_save(in->r, &n, &id, &already, error);
  if (status == SAGITTA_OK) *(already ? &in->counts->already : &in->counts->results) += 1;
  free(settings);
  free(document);
  return status;
}

static sagitta_status pretest_in(incoming *in, const json_t *visit, const char *day, sagitta_error *error) {
  const json_t *answers = json_object_get(visit, "pretest");
  char *had = NULL, *checked = NULL;
  bool cleared = false;
  if (!answers) return SAGITTA_OK;
  sagitta_status status = records_visit_pretest(in->r, in->client, day, &had, &cleared, error);
  char *text = status == SAGITTA_OK && !had ? json_dumps(answers, JSON_COMPACT) : NULL;
  if (text) {
    status = pretest_parse(&checked, text, strlen(text), NULL);
    if (status != SAGITTA_OK) status = changed(TRANSLATABLE("A visit's answers"), error);
  }
  if (checked) {
    status = records_visit_set(in->r, in->client, day, checked, json_is_true(json_object_get(visit, "cleared")), NULL,
                               error);
  }
  free(checked);
  free(text);
  free(had);
  return status;
}

static sagitta_status visit_in(incoming *in, const json_t *o, sagitta_error *error) {
  char day[RECORDS_DAY];
  int64_t there = 0;
  const json_t *results = json_object_get(o, "results");
  if (!copy_text(o, "day", day, sizeof day) || !records_is_day(day) || !json_is_array(results)) {
    return changed(TRANSLATABLE("A visit"), error);
  }
  sagitta_status status =
      db_number(in->r, &there, error, "SELECT id FROM visits WHERE client = ? AND day = ?", "it", in->client, day);
  if (status == SAGITTA_OK) status = records_visit_set(in->r, in->client, day, NULL, false, NULL, error);
  if (status == SAGITTA_OK) status = pretest_in(in, o, day, error);
  for (size_t i = 0; i < json_array_size(results) && status == SAGITTA_OK; i++) {
    status = result_in(in, json_array_get(results, i), day, error);
  }
  in->counts->visits += there == 0;
  return status;
}

static bool head_in(const json_t *o, records_client *c) {
  char sex[2];
  memset(c, 0, sizeof *c);
  if (!copy_text(o, "uid", c->uid, sizeof c->uid) || !is_hex(c->uid, RECORDS_UID - 1)) return false;
  if (!copy_text(o, "id", c->code, sizeof c->code) || !copy_text(o, "name", c->name, sizeof c->name)) return false;
  if (!copy_text(o, "notes", c->notes, sizeof c->notes) || !copy_text(o, "sex", sex, sizeof sex)) return false;
  if (!copy_text(o, "added_at", c->added_at, sizeof c->added_at)) return false;
  const json_t *year = json_object_get(o, "birth_year"), *height = json_object_get(o, "height_cm");
  if ((year && !json_is_integer(year)) || (height && !json_is_number(height))) return false;
  const json_int_t value = json_integer_value(year);
  if (value < 0 || value > 9999) return false;
  c->birth_year = (int)value;
  c->height_cm = json_number_value(height);
  c->sex = sex[0];
  return true;
}

/* The client of that identity, or a new one. */
static sagitta_status find_or_add(incoming *in, records_client *c, const char *as, sagitta_error *error) {
  int64_t taken = 0;
  /* Also under the identity of a client that was merged into another one. */
  sagitta_status status = db_number(in->r, &in->client, error,
                                    "SELECT id FROM clients WHERE uid = ?1 UNION ALL SELECT client FROM merged WHERE"
                                    " uid = ?1",
                                    "t", c->uid);
  if (status != SAGITTA_OK || in->client) return status;
  if (as) (void)snprintf(c->code, sizeof c->code, "%s", as);
  status = db_number(in->r, &taken, error, "SELECT count(*) FROM clients WHERE code = ?", "t", c->code);
  if (status == SAGITTA_OK && taken) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "The ID \"%s\" belongs to another client here: nothing was imported. Give this one another ID "
                     "with --as ID.",
                     c->code);
  }
  if (status == SAGITTA_OK) status = records_client_add(in->r, c, error);
  in->client = c->id;
  in->counts->clients += status == SAGITTA_OK;
  return status;
}

static sagitta_status client_in(incoming *in, const json_t *o, const char *as, sagitta_error *error) {
  records_client c;
  const json_t *visits = json_object_get(o, "visits");
  in->sessions = json_object_get(o, "sessions");
  if (!head_in(o, &c) || !json_is_array(visits)) return changed(TRANSLATABLE("A client"), error);
  in->session_id = calloc(json_array_size(in->sessions) + 1, sizeof *in->session_id);
  sagitta_status status = in->session_id ? find_or_add(in, &c, as, error) : no_memory(error);
  for (size_t i = 0; i < json_array_size(visits) && status == SAGITTA_OK; i++) {
    status = visit_in(in, json_array_get(visits, i), error);
  }
  free(in->session_id);
  in->session_id = NULL;
  return status;
}

bool exchange_is_export(const char *text, size_t length) {
  const char *found = memmem(text, length < 400 ? length : 400, "\"schema\"", 8);
  return found && memmem(found, length - (size_t)(found - text) < 60 ? length - (size_t)(found - text) : 60,
                         "sagitta-records/", 16) != NULL;
}

static sagitta_status check_head(const json_t *root, const char *as, sagitta_error *error) {
  const char *schema = json_string_value(json_object_get(root, "schema"));
  const json_t *clients = json_object_get(root, "clients");
  if (schema && strcmp(schema, SCHEMA) != 0 && strncmp(schema, SCHEMA, strlen(SCHEMA) - 1) == 0) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "It was exported by a later Sagitta (%.40s; this one reads %s). Update Sagitta.", schema, SCHEMA);
  }
  if (!schema || strcmp(schema, SCHEMA) != 0 || !json_is_array(clients)) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "It is no export of records (\"schema\": \"%s\"). \"sagitta records export\" makes one.", SCHEMA);
  }
  if (as && json_array_size(clients) != 1) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "--as gives one client an ID, but there are %zu in it.",
                     json_array_size(clients));
  }
  return SAGITTA_OK;
}

sagitta_status exchange_import(records *r, const char *text, size_t length, const char *as, exchange_counts *counts,
                               sagitta_error *error) {
  json_error_t cause;
  *counts = (exchange_counts){ 0, 0, 0, 0 };
  json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &cause);
  if (!root) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "Line %d, column %d is not JSON: it is cut off or damaged. Nothing was imported; export it "
                     "again.",
                     cause.line, cause.column);
  }
  incoming in = { .r = r, .counts = counts };
  const json_t *clients = json_object_get(root, "clients");
  sagitta_status status = check_head(root, as, error);
  if (status == SAGITTA_OK && (status = db_begin(r, error)) == SAGITTA_OK) {
    for (size_t i = 0; i < json_array_size(clients) && status == SAGITTA_OK; i++) {
      status = client_in(&in, json_array_get(clients, i), as, error);
    }
    status = db_end(r, status, error);
  }
  json_decref(root);
  return status;
}
