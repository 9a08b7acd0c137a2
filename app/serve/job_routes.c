/* SPDX-License-Identifier: Apache-2.0 */
/* Recordings on their way to a result. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "serve/job_order.h"
#include "serve/route.h"
#include "serve/upload.h"

static const char *query_word(const void *from, const char *name) {
  return http_query(from, name);
}

void job_begin(server *s, http_request *q, http_reply *a) {
  const order_words words = { query_word, q };
  job_order o;
  char id[JOB_ID], name[JOB_FILM];
  if (!job_order_take(s, &words, &o)) {
    http_refuse(a, 400, server_say(s, "This request is not understood."));
    return;
  }
  if (!job_order_has_client(s, o.client, a) || o.kind != JOB_RECORDING) return;
  if (*o.client && strcmp(o.points, sagitta_points_name(SAGITTA_POINTS_KEYPOINTS)) == 0) {
    http_refuse(a, 422, server_say(s, JOB_KEYPOINTS));
    return;
  }
  if (!jobs_add(s->jobs, &o, id)) {
    http_refuse(a, 503, server_say(s, "Too many recordings are waiting: let some of them be measured first."));
    return;
  }
  job_film_name(&o, name);
  upload_begin(s, q, id, name, a);
  if (a->status) jobs_drop(s->jobs, id);
}

/* The key frames, which are small and may be missing. Whether there is a recording, which follows. */
static bool fetch_pictures(server *s, const records_result *row, const char *id, records *r) {
  char folder[PATH_MAX], name[RECORDS_PIECE];
  records_kept kept;
  if (!own_folder_file(&s->own, id, "", folder)) return false;
  (void)records_pictures_take(r, row->id, RECORDS_FRAMES, folder, name, NULL, NULL);
  records_pictures_look(r, row, RECORDS_RECORDING, &kept);
  return kept.bytes > 0;
}

/* The document and the tracks of a saved result, as files of the job. */
static sagitta_status fetch(server *s, job_order *o, const char *id, records *r, bool *recorded, sagitta_error *error) {
  char path[PATH_MAX], *tracks = NULL;
  records_result *row = NULL;
  sagitta_status status = records_result_get(r, o->record, &row, error);
  if (status == SAGITTA_OK && !own_folder_of(&s->own, id, true, path)) {
    status = fail_with(error, SAGITTA_ERROR_WRITE, "The page's folder cannot be written to.");
  }
  if (status == SAGITTA_OK && own_folder_file(&s->own, id, "result.json", path)) {
    status = file_write(path, row->document, error);
  }
  if (status == SAGITTA_OK) status = records_result_tracks(r, o->record, &tracks, error);
  if (status == SAGITTA_OK && tracks && own_folder_file(&s->own, id, "tracks.csv", path)) {
    status = file_write(path, tracks, error);
  }
  *recorded = status == SAGITTA_OK && fetch_pictures(s, row, id, r);
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
  (void)snprintf(o->side, sizeof o->side, "%s", row->side ? sagitta_side_name(row->side) : "");
  (void)snprintf(o->day, sizeof o->day, "%s", row->day);
  (void)snprintf(o->mark, sizeof o->mark, "%s", records_mark_name(row->mark));
  (void)snprintf(o->name, sizeof o->name, "%.250s", row->input_name);
  records_results_free(row, 1);
  return SAGITTA_OK;
}

static void take_without_file(server *s, const http_request *q, http_reply *a) {
  const order_words words = { query_word, q };
  job_order o;
  char id[JOB_ID], path[PATH_MAX];
  bool recorded = false;
  sagitta_error error = error_in(s->page.language);
  (void)job_order_take(s, &words, &o);
  records *r = o.kind == JOB_SAVED || o.kind == JOB_COMPARE ? server_records(s, RECORDS_READ, a) : NULL;
  if (a->status) return;
  sagitta_status status = r ? look_up(&o, r, &error) : SAGITTA_OK;
  if (status == SAGITTA_OK && !jobs_add(s->jobs, &o, id)) {
    http_refuse(a, 503, server_say(s, "Too many recordings are waiting: let some of them be measured first."));
  } else {
    if (status == SAGITTA_OK && o.kind == JOB_SAVED) status = fetch(s, &o, id, r, &recorded, &error);
    if (status == SAGITTA_OK && !own_folder_of(&s->own, id, true, path)) {
      status = fail_with(&error, SAGITTA_ERROR_WRITE, "The page's folder cannot be written to.");
    }
    if (status == SAGITTA_OK) {
      jobs_ready(s->jobs, id);
      if (recorded && jobs_open_begin(s->jobs, id)) keeper_wake(s->keeper);
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

/* A text of the request's document; "" where there is none. */
static void take_text(const json_t *o, const char *key, char *text, size_t size) {
  const json_t *value = json_object_get(o, key);
  (void)snprintf(text, size, "%s", json_is_string(value) ? json_string_value(value) : "");
}

/* { "person": "Ben" }: whose it is, where it is no client's. */
void job_name(server *s, http_request *q, http_reply *a) {
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const char *person = json_string_value(json_object_get(o, "person"));
  if (!person || !job_person_is_valid(person)) {
    http_refuse(a, 422, server_say(s, "The name is too long, or has control characters in it."));
  } else {
    jobs_name(s->jobs, q->word[0], person) ? http_say(a, 200, json_object()) : say_none(s, a);
  }
  json_decref(o);
}

/* { "test": "toe-touch" }: as another test; { "client": "K1" }: as that client's; { "points": "clicked" }: its points
 * are that; nothing: as before. */
void job_again(server *s, http_request *q, http_reply *a) {
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  char test[32], client[RECORDS_CODE], points[16];
  take_text(o, "points", points, sizeof points);
  take_text(o, "test", test, sizeof test);
  take_text(o, "client", client, sizeof client);
  json_decref(o);
  if (!job_order_has_client(s, client, a)) return;
  if ((*test && !sagitta_test_find(test)) || (*points && !sagitta_points_from_name(points))) {
    http_refuse(a, 422, server_say(s, "This request is not understood."));
    return;
  }
  job j;
  const bool keypoints = strcmp(points, sagitta_points_name(SAGITTA_POINTS_KEYPOINTS)) == 0;
  if (keypoints && (*client || (jobs_get(s->jobs, q->word[0], &j) && *j.order.client))) {
    http_refuse(a, 422, server_say(s, JOB_KEYPOINTS));
    return;
  }
  const job_change change = { *test ? test : NULL, *client ? client : NULL, *points ? points : NULL };
  const bool can = *test || *client || *points ? jobs_again_as(s->jobs, q->word[0], &change)
                                               : jobs_again(s->jobs, q->word[0], NULL, 0);
  can ? http_say(a, 202, json_pack("{s:s}", "id", q->word[0])) : say_none(s, a);
}
