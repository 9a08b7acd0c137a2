/* SPDX-License-Identifier: Apache-2.0 */
/* Clients, their history and what was saved of them: the records, opened for each request, so that a terminal and
 * another page may have the same file open. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/side.h"
#include "records/history.h"
#include "serve/route.h"
#include "serve/server.h"

/* The body as an object; NULL after an answer. */
static json_t *object_of(const server *s, const http_request *q, http_reply *a) {
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  if (json_is_object(o)) return o;
  json_decref(o);
  http_refuse(a, 400, server_say(s, "This request is not understood."));
  return NULL;
}

static void say_memory(const server *s, http_reply *a) {
  http_refuse(a, 500, server_say(s, "Not enough memory: close other programs."));
}

/* ---- clients ---- */

void client_list(server *s, http_request *q, http_reply *a) {
  records_client_row *rows = NULL;
  size_t count = 0;
  sagitta_error error = error_in(s->page.language);
  (void)q;
  records *r = NULL;
  sagitta_status status = records_open(&r, &s->settings->place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_clients(r, &rows, &count, &error);
  /* Nobody has been added yet: the file is made with the first client. */
  if (status == SAGITTA_OK || status == SAGITTA_ERROR_MISSING) {
    http_say_text(a, 200, NULL, records_clients_json(rows, count));
  } else {
    http_fail(a, &error);
  }
  free(rows);
  records_close(&r);
}

static json_t *document_of(const records_client *c) {
  return json_pack("{s:s, s:s, s:i, s:s#, s:f, s:s, s:s}", "id", c->code, "name", c->name, "birth_year", c->birth_year,
                   "sex", &c->sex, c->sex ? 1 : 0, "height_cm", c->height_cm, "notes", c->notes, "added_at",
                   c->added_at);
}

static bool take_text(const json_t *o, const char *key, char *to, size_t room) {
  const json_t *value = json_object_get(o, key);
  if (!value) return true;
  const char *text = json_string_value(value);
  if (!text || strlen(text) >= room) return false;
  (void)snprintf(to, room, "%s", text);
  return true;
}

/* The given details over those in `c`; whether they could be. */
static bool take_client(const json_t *o, records_client *c) {
  const json_t *year = json_object_get(o, "birth_year"), *height = json_object_get(o, "height_cm");
  char sex[2] = { c->sex, '\0' };
  if (!take_text(o, "id", c->code, sizeof c->code) || !take_text(o, "name", c->name, sizeof c->name) ||
      !take_text(o, "notes", c->notes, sizeof c->notes) || !take_text(o, "sex", sex, sizeof sex)) {
    return false;
  }
  c->sex = sex[0];
  if (year && !json_is_integer(year)) return false;
  if (height && !json_is_number(height)) return false;
  if (year && (json_integer_value(year) < 0 || json_integer_value(year) > 9999)) return false;
  if (year) c->birth_year = (int)json_integer_value(year);
  if (height) c->height_cm = json_number_value(height);
  return true;
}

void client_add(server *s, http_request *q, http_reply *a) {
  records_client c = { .id = 0 };
  sagitta_error error = error_in(s->page.language);
  json_t *o = object_of(s, q, a);
  if (!o) return;
  records *r = NULL;
  if (!take_client(o, &c)) {
    http_refuse(a, 422, server_say(s, "One of these details is too long, or cannot be."));
  } else if (records_client_check(&c, &error) != SAGITTA_OK) {
    http_fail(a, &error);
  } else if ((r = server_records(s, RECORDS_MAKE, a))) {
    records_client_add(r, &c, &error) == SAGITTA_OK ? http_say(a, 201, document_of(&c)) : http_fail(a, &error);
  }
  records_close(&r);
  json_decref(o);
}

/* The records and the client that the path names; NULL after an answer. */
static records *open_client(server *s, const http_request *q, records_mode mode, records_client *c, http_reply *a) {
  sagitta_error error = error_in(s->page.language);
  records *r = server_records(s, mode, a);
  if (!r || records_client_find(r, q->word[0], c, &error) == SAGITTA_OK) return r;
  error.status = SAGITTA_ERROR_MISSING;
  http_fail(a, &error);
  records_close(&r);
  return NULL;
}

void client_show(server *s, http_request *q, http_reply *a) {
  records_client c;
  records *r = open_client(s, q, RECORDS_READ, &c, a);
  if (!r) return;
  http_say(a, 200, document_of(&c));
  records_close(&r);
}

void client_edit(server *s, http_request *q, http_reply *a) {
  records_client c;
  sagitta_error error = error_in(s->page.language);
  json_t *o = object_of(s, q, a);
  records *r = o ? open_client(s, q, RECORDS_WRITE, &c, a) : NULL;
  if (r && !take_client(o, &c)) {
    http_refuse(a, 422, server_say(s, "One of these details is too long, or cannot be."));
  } else if (r) {
    records_client_update(r, &c, &error) == SAGITTA_OK ? http_say(a, 200, document_of(&c)) : http_fail(a, &error);
  }
  records_close(&r);
  json_decref(o);
}

void client_history(server *s, http_request *q, http_reply *a) {
  records_client c;
  history *h = NULL;
  sagitta_error error = error_in(s->page.language);
  records *r = open_client(s, q, RECORDS_READ, &c, a);
  if (!r) return;
  if (history_read(r, &c, NULL, &h, &error) == SAGITTA_OK) {
    http_say_text(a, 200, NULL, history_json_told(h, s->page.language));
  } else {
    http_fail(a, &error);
  }
  history_free(&h);
  records_close(&r);
}

/* ---- what was saved ---- */

/* The recording that is kept: since which day, and how large; null = none. */
static json_t *recording_of(const records *r, const records_result *row) {
  records_kept kept;
  records_pictures_look(r, row, RECORDS_RECORDING, &kept);
  return kept.bytes ? json_pack("{s:s, s:I}", "day", kept.day, "bytes", (json_int_t)kept.bytes) : json_null();
}

static json_t *result_row(const records *r, const records_result *row, const char *language) {
  char title[200];
  return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:o}", "number", (json_int_t)row->id, "day",
                   row->day, "saved_at", row->saved_at, "test", row->test, "title",
                   shown_test_of_side(title, sizeof title, row->test, row->side, language), "side",
                   sagitta_side_name(row->side), "markers", row->marker_set, "mark", records_mark_name(row->mark),
                   "pain", row->pain, "rest", row->rest_min, "name", row->input_name, "recording",
                   recording_of(r, row));
}

void client_results(server *s, http_request *q, http_reply *a) {
  records_client c;
  records_result *rows = NULL;
  size_t count = 0;
  sagitta_error error = error_in(s->page.language);
  records *r = open_client(s, q, RECORDS_READ, &c, a);
  if (!r) return;
  if (records_results(r, c.id, false, &rows, &count, &error) == SAGITTA_OK) {
    json_t *all = json_array();
    for (size_t i = 0; i < count; i++) (void)json_array_append_new(all, result_row(r, &rows[i], s->page.language));
    http_say(a, 200, json_pack("{s:o}", "results", all));
    records_results_free(rows, count);
  } else {
    http_fail(a, &error);
  }
  records_close(&r);
}

/* Mark, pain, side, markers and rest of one: only what the body names. */
static sagitta_status edit_record(records *r, const records_result *row, const json_t *o, sagitta_error *error) {
  const char *mark = json_string_value(json_object_get(o, "mark")),
             *side = json_string_value(json_object_get(o, "side"));
  const char *markers = json_string_value(json_object_get(o, "markers"));
  const json_t *pain = json_object_get(o, "pain"), *rest = json_object_get(o, "rest");
  sagitta_status status = SAGITTA_OK;
  if (mark || pain) {
    const records_mark to = !mark                         ? row->mark
                            : strcmp(mark, "before") == 0 ? RECORDS_BEFORE
                            : strcmp(mark, "after") == 0  ? RECORDS_AFTER
                                                          : RECORDS_UNMARKED;
    status =
        records_result_update(r, row->id, to, json_is_integer(pain) ? (int)json_integer_value(pain) : row->pain, error);
  }
  if (status == SAGITTA_OK && side) {
    status = records_result_set_side(r, row->id, sagitta_side_from_name(side), error);
  }
  if (status == SAGITTA_OK && (markers || rest)) {
    const records_markers to = !markers                       ? RECORDS_MARKERS_UNKNOWN
                               : strcmp(markers, "same") == 0 ? RECORDS_MARKERS_SAME
                                                              : RECORDS_MARKERS_NEW;
    status =
        records_result_set_change(r, row->id, to, json_is_integer(rest) ? (int)json_integer_value(rest) : -1, error);
  }
  return status;
}

void record_edit(server *s, http_request *q, http_reply *a) {
  records_result *row = NULL;
  sagitta_error error = error_in(s->page.language);
  json_t *o = object_of(s, q, a);
  records *r = o ? server_records(s, RECORDS_WRITE, a) : NULL;
  if (r) {
    sagitta_status status = records_result_get(r, strtoll(q->word[0], NULL, 10), &row, &error);
    if (status == SAGITTA_OK) status = edit_record(r, row, o, &error);
    status == SAGITTA_OK ? http_say(a, 200, json_object()) : http_fail(a, &error);
  }
  if (row) records_results_free(row, 1);
  records_close(&r);
  json_decref(o);
}

/* The recording that was kept with it, of whoever does not want it kept any more. */
void record_forget_film(server *s, http_request *q, http_reply *a) {
  const int64_t number = strtoll(q->word[0], NULL, 10);
  sagitta_error error = error_in(s->page.language);
  records *r = server_records(s, RECORDS_WRITE, a);
  if (!r) return;
  if (records_pictures_remove(r, number, RECORDS_RECORDING, &error) == SAGITTA_OK) {
    jobs_note_kept(s->jobs, number, false);
    http_say(a, 200, json_object());
  } else {
    http_fail(a, &error);
  }
  records_close(&r);
}

/* ---- the questions before a test ---- */

void client_pretest_show(server *s, http_request *q, http_reply *a) {
  records_client c;
  size_t count;
  bool cleared = false;
  char *answers = NULL, today[RECORDS_DAY], advice[1500] = "";
  sagitta_error error = error_in(s->page.language);
  const pretest_question *question = pretest_questions(&count);
  records *r = open_client(s, q, RECORDS_READ, &c, a);
  if (!r) return;
  records_today(today);
  if (records_visit_pretest(r, c.id, today, &answers, &cleared, &error) != SAGITTA_OK) {
    http_fail(a, &error);
  } else {
    json_t *all = json_array();
    for (size_t i = 0; i < count; i++) {
      (void)json_array_append_new(
          all, json_pack("{s:s, s:s}", "key", question[i].key, "text", server_say(s, question[i].text)));
    }
    if (answers && pretest_has_yes(answers)) pretest_advice(answers, s->page.language, advice, sizeof advice);
    http_say(a, 200,
             json_pack("{s:o, s:b, s:b, s:s}", "questions", all, "answered", answers != NULL, "cleared", cleared,
                       "advice", advice));
  }
  free(answers);
  records_close(&r);
}

void client_pretest_set(server *s, http_request *q, http_reply *a) {
  records_client c;
  char *answers = NULL, *text = NULL, today[RECORDS_DAY], advice[1500] = "";
  int64_t visit;
  sagitta_error error = error_in(s->page.language);
  json_t *o = object_of(s, q, a);
  records *r = o ? open_client(s, q, RECORDS_WRITE, &c, a) : NULL;
  if (!r) {
    json_decref(o);
    return;
  }
  json_t *document = json_pack("{s:s, s:O?}", "schema", "sagitta-pretest/1", "answers", json_object_get(o, "answers"));
  text = document ? json_dumps(document, 0) : NULL;
  records_today(today);
  bool before;
  sagitta_status status = SAGITTA_OK;
  if (!json_object_get(o, "answers")) {
    /* Cleared since: the answers are those that were given. */
    status = records_visit_pretest(r, c.id, today, &answers, &before, &error);
  } else if (text) {
    status = pretest_parse(&answers, text, strlen(text), &error);
  }
  if (status == SAGITTA_OK && !answers) {
    status = fail_with(&error, SAGITTA_ERROR_ARGUMENT, "The questions have not been answered yet.");
  }
  if (status == SAGITTA_OK) {
    status = records_visit_set(r, c.id, today, answers, json_is_true(json_object_get(o, "cleared")), &visit, &error);
  }
  if (status == SAGITTA_OK) {
    if (pretest_has_yes(answers)) pretest_advice(answers, s->page.language, advice, sizeof advice);
    http_say(a, 200, json_pack("{s:s}", "advice", advice));
  } else {
    http_fail(a, &error);
  }
  if (!a->status) say_memory(s, a);
  free(answers);
  free(text);
  json_decref(document);
  json_decref(o);
  records_close(&r);
}
