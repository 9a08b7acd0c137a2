/* SPDX-License-Identifier: Apache-2.0 */
/* Recordings on their way to a result. What was asked for is checked here, word by word, before it becomes the words of
 * a command line (job_words.c). */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/files.h"
#include "serve/route.h"
#include "serve/server.h"
#include "serve/upload.h"

static bool one_of(const char *word, const char *const *words) {
  for (; *words; words++) {
    if (strcmp(word, *words) == 0) return true;
  }
  return false;
}

/* A word of the query into `to`: absent, or one of those. */
static bool take_word(const http_request *q, const char *name, char *to, size_t room, const char *const *words) {
  const char *value = http_query(q, name);
  *to = '\0';
  if (!value || !*value) return true;
  if (!one_of(value, words)) return false;
  (void)snprintf(to, room, "%s", value);
  return true;
}

static bool take_number(const http_request *q, const char *name, int most, int absent, int *to) {
  const char *value = http_query(q, name);
  char *end;
  *to = absent;
  if (!value || !*value) return true;
  const long number = strtol(value, &end, 10);
  if (*end || number < 0 || number > most) return false;
  *to = (int)number;
  return true;
}

/* Shown and never used as a path. */
static void take_name(const http_request *q, job_order *o) {
  const char *name = http_query(q, "name");
  if (!name || !records_text_is_plain(name, false) || strlen(name) >= sizeof o->name) name = "";
  (void)snprintf(o->name, sizeof o->name, "%s", name);
  (void)snprintf(o->ending, sizeof o->ending, "%s", upload_ending(name));
}

static bool take_order(const server *s, const http_request *q, job_order *o) {
  static const char *const kinds[] = { "recording", "sample", "saved", NULL };
  static const char *const sides[] = { "left", "right", "both", NULL }, *const marks[] = { "before", "after", NULL };
  static const char *const sets[] = { "strip", "clinic", "discs", NULL }, *const markers[] = { "same", "new", NULL };
  const char *test = http_query(q, "test"), *client = http_query(q, "client"), *record = http_query(q, "record");
  char kind[16];
  *o = (job_order){ 0 };
  take_name(q, o);
  if (!take_word(q, "kind", kind, sizeof kind, kinds) || !take_word(q, "side", o->side, sizeof o->side, sides) ||
      !take_word(q, "mark", o->mark, sizeof o->mark, marks) || !take_word(q, "set", o->set, sizeof o->set, sets) ||
      !take_word(q, "markers", o->markers, sizeof o->markers, markers) || !take_number(q, "pain", 10, -1, &o->pain) ||
      !take_number(q, "rest", RECORDS_REST_MAX, -1, &o->rest)) {
    return false;
  }
  o->kind = strcmp(kind, "sample") == 0 ? JOB_SAMPLE : strcmp(kind, "saved") == 0 ? JOB_SAVED : JOB_RECORDING;
  if (test && *test && !sagitta_test_find(test)) return false;
  if (client && *client && (!records_code_is_valid(client) || strlen(client) >= sizeof o->client)) return false;
  (void)snprintf(o->test, sizeof o->test, "%s", test && *test ? test : "toe-touch");
  (void)snprintf(o->client, sizeof o->client, "%s", client && o->kind != JOB_SAMPLE ? client : "");
  (void)snprintf(o->language, sizeof o->language, "%s", *s->page.language ? s->page.language : "en");
  (void)snprintf(o->paper, sizeof o->paper, "%s", s->page.paper == REPORT_LETTER ? "letter" : "a4");
  o->cleared = http_query(q, "cleared") != NULL;
  o->record = record ? strtoll(record, NULL, 10) : 0;
  return o->kind != JOB_SAVED || o->record > 0;
}

/* Whose it is must be there before a large file is sent. */
static bool has_client(server *s, const char *code, http_reply *a) {
  records_client c;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (!*code) return true;
  records *r = server_records(s, RECORDS_READ, a);
  const bool there = r && records_client_find(r, code, &c, &error) == SAGITTA_OK;
  if (r && !there) http_fail(a, &error);
  records_close(&r);
  return there;
}

void job_begin(server *s, http_request *q, http_reply *a) {
  job_order o;
  char id[JOB_ID], name[32];
  if (!take_order(s, q, &o)) {
    http_refuse(a, 400, server_say(s, "This request is not understood."));
    return;
  }
  if (o.kind != JOB_RECORDING || !has_client(s, o.client, a)) return;
  if (!jobs_add(s->jobs, &o, id)) {
    http_refuse(a, 503, server_say(s, "Too many recordings are waiting: let some of them be measured first."));
    return;
  }
  (void)snprintf(name, sizeof name, "recording%s", o.ending);
  upload_begin(s, q, id, name, a);
  if (a->status) jobs_drop(s->jobs, id);
}

/* The document and the tracks of a saved result, as files of the job. */
static sagitta_status fetch(server *s, job_order *o, const char *id, records *r, sagitta_error *error) {
  char path[PATH_MAX], *tracks = NULL;
  records_result *row = NULL;
  sagitta_status status = records_result_get(r, o->record, &row, error);
  if (status == SAGITTA_OK && !own_folder_of(&s->own, id, true, path)) {
    status = records_fail(error, SAGITTA_ERROR_WRITE, "The page's folder cannot be written to.");
  }
  if (status == SAGITTA_OK && own_folder_file(&s->own, id, "result.json", path)) {
    status = file_write(path, row->document, error);
  }
  if (status == SAGITTA_OK) status = records_result_tracks(r, o->record, &tracks, error);
  if (status == SAGITTA_OK && tracks && own_folder_file(&s->own, id, "tracks.csv", path)) {
    status = file_write(path, tracks, error);
  }
  free(tracks);
  if (row) records_results_free(row, 1);
  return status;
}

/* The order of a saved result, filled with whose and which it is. */
static sagitta_status look_up(job_order *o, records *r, sagitta_error *error) {
  records_result *row = NULL;
  const sagitta_status status = records_result_get(r, o->record, &row, error);
  if (status != SAGITTA_OK) return status;
  (void)snprintf(o->client, sizeof o->client, "%s", row->code);
  (void)snprintf(o->test, sizeof o->test, "%s", row->test);
  (void)snprintf(o->mark, sizeof o->mark, "%s", records_mark_name(row->mark));
  (void)snprintf(o->name, sizeof o->name, "%.250s", row->input_name);
  records_results_free(row, 1);
  return SAGITTA_OK;
}

static void take_without_file(server *s, const http_request *q, http_reply *a) {
  job_order o;
  char id[JOB_ID], path[PATH_MAX];
  sagitta_error error = SAGITTA_ERROR_INIT;
  (void)take_order(s, q, &o);
  records *r = o.kind == JOB_SAVED ? server_records(s, RECORDS_READ, a) : NULL;
  if (a->status) return;
  sagitta_status status = r ? look_up(&o, r, &error) : SAGITTA_OK;
  if (status == SAGITTA_OK && !jobs_add(s->jobs, &o, id)) {
    http_refuse(a, 503, server_say(s, "Too many recordings are waiting: let some of them be measured first."));
  } else {
    if (status == SAGITTA_OK && r) status = fetch(s, &o, id, r, &error);
    if (status == SAGITTA_OK && !own_folder_of(&s->own, id, true, path)) {
      status = records_fail(&error, SAGITTA_ERROR_WRITE, "The page's folder cannot be written to.");
    }
    if (status == SAGITTA_OK) {
      jobs_ready(s->jobs, id);
      http_say(a, 202, json_pack("{s:s}", "id", id));
    } else {
      http_fail(a, &error);
    }
  }
  records_close(&r);
}

void job_take(server *s, http_request *q, http_reply *a) {
  unsigned long long bytes;
  if (!q->upload) {
    take_without_file(s, q, a);
  } else if (upload_keep(q->upload, s, &bytes, a)) {
    jobs_ready(s->jobs, upload_job(q->upload));
    http_say(a, 202, json_pack("{s:s, s:I}", "id", upload_job(q->upload), "bytes", (json_int_t)bytes));
  }
}

static void say_none(const server *s, http_reply *a) {
  http_refuse(a, 404, server_say(s, "This recording is not known here any more: drop the file once more."));
}

void job_list(server *s, http_request *q, http_reply *a) {
  size_t count;
  job *list = jobs_list(s->jobs, &count);
  json_t *all = json_array();
  (void)q;
  for (size_t i = 0; list && i < count; i++) (void)json_array_append_new(all, job_document(&list[i]));
  free(list);
  http_say(a, 200, json_pack("{s:o}", "jobs", all));
}

void job_show(server *s, http_request *q, http_reply *a) {
  job j;
  jobs_get(s->jobs, q->word[0], &j) ? http_say(a, 200, job_document(&j)) : say_none(s, a);
}

void job_stop(server *s, http_request *q, http_reply *a) {
  jobs_cancel(s->jobs, q->word[0]) ? http_say(a, 200, json_object()) : say_none(s, a);
}

void job_again(server *s, http_request *q, http_reply *a) {
  jobs_again(s->jobs, q->word[0], NULL, 0) ? http_say(a, 202, json_pack("{s:s}", "id", q->word[0])) : say_none(s, a);
}
