/* SPDX-License-Identifier: Apache-2.0 */
/* Several recordings as a class: the sheet of `analyze --table … --report`, or a card for each person, drawn from the
 * results that are there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "report/report.h"
#include "serve/route.h"
#include "serve/server.h"

static void say_none(const server *s, http_reply *a) {
  http_refuse(a, 422, server_say(s, "There is nobody to print yet: have a recording measured first."));
}

/* One of them: { "job": id, "name": as it is printed }. False after an answer, and where memory is short. */
static bool take_person(server *s, class_sheet *c, const json_t *of, http_reply *a) {
  job j;
  char path[PATH_MAX];
  sagitta_result *result = NULL;
  sagitta_error error = error_in(s->page.language);
  const char *id = json_string_value(json_object_get(of, "job")),
             *name = json_string_value(json_object_get(of, "name"));
  if (!id || !name || !*name || strlen(name) >= JOB_NAME || !records_text_is_plain(name, false) ||
      !jobs_get(s->jobs, id, &j) || j.order.kind != JOB_RECORDING || strcmp(j.order.test, c->test->name) != 0) {
    http_refuse(a, 422, server_say(s, "This request is not understood."));
    return false;
  }
  if (j.state == JOB_DONE && own_folder_file(&s->own, j.id, "result.json", path) &&
      sagitta_result_read(&result, path, &error) != SAGITTA_OK) {
    http_fail(a, &error);
    return false;
  }
  const bool taken = class_person_take(c, &c->person[c->count], name, result, j.message);
  c->count++;
  sagitta_result_free(&result);
  return taken;
}

static bool take_people(server *s, class_sheet *c, const json_t *people, http_reply *a) {
  const size_t count = json_array_size(people);
  if (count == 0 || count > JOBS_MAX) {
    say_none(s, a);
    return false;
  }
  c->person = calloc(count, sizeof *c->person);
  for (size_t i = 0; c->person && i < count; i++) {
    if (!take_person(s, c, json_array_get(people, i), a)) return false;
  }
  return c->person != NULL;
}

static sagitta_status write_one(const class_sheet *c, report_format format, const char *path, sagitta_error *error) {
  sagitta_output *to = NULL;
  sagitta_status status = output_begin(&to, path, error);
  if (status == SAGITTA_OK) status = class_write(c, format, to, error);
  if (status == SAGITTA_OK) return output_end(&to, error);
  output_drop(&to);
  return status;
}

/* As the files of a job that is done: page.pdf and page.svg. */
static sagitta_status write_pages(server *s, const class_sheet *c, char id[JOB_ID], sagitta_error *error) {
  job_order o = { .kind = JOB_CLASS, .pain = -1, .rest = -1 };
  char path[PATH_MAX];
  job j;
  (void)snprintf(o.test, sizeof o.test, "%s", c->test->name);
  (void)snprintf(o.language, sizeof o.language, "%s", c->language);
  if (!jobs_add(s->jobs, &o, id)) {
    return fail_with(error, SAGITTA_ERROR_WRITE,
                     "Too many recordings are waiting: let some of them be measured first.");
  }
  sagitta_status status = SAGITTA_OK;
  if (!own_folder_of(&s->own, id, true, path)) {
    status = fail_with(error, SAGITTA_ERROR_WRITE, "The page's folder cannot be written to.");
  }
  if (status == SAGITTA_OK && own_folder_file(&s->own, id, "page.pdf", path)) {
    status = write_one(c, REPORT_PDF, path, error);
  }
  if (status == SAGITTA_OK && own_folder_file(&s->own, id, "page.svg", path)) {
    status = write_one(c, REPORT_SVG, path, error);
  }
  if (status == SAGITTA_OK && jobs_get(s->jobs, id, &j)) {
    j.state = JOB_DONE;
    j.pages = true;
    jobs_settle(s->jobs, &j);
  } else {
    own_folder_remove(&s->own, id, "");
    jobs_drop(s->jobs, id);
  }
  return status;
}

/* { "test": …, "cards": true, "people": [ … ] } → { "id": … }. */
void class_make(server *s, http_request *q, http_reply *a) {
  class_sheet c = { .count = 0 };
  clinic *head = NULL;
  char id[JOB_ID], path[PATH_MAX];
  sagitta_error error = error_in(s->page.language);
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const char *name = json_string_value(json_object_get(o, "test")), *of = page_clinic_file(s->settings, path);
  const sagitta_test *test = name ? sagitta_test_find(name) : NULL;
  if (!test) {
    http_refuse(a, 422, server_say(s, "This request is not understood."));
  } else {
    class_sheet_begin(&c, test, *s->page.language ? s->page.language : "en");
    c.paper = s->page.paper;
    c.cards = json_is_true(json_object_get(o, "cards"));
    records_today(c.day);
    sagitta_status status = of ? clinic_read(&head, of, &error) : SAGITTA_OK;
    c.clinic = head;
    const bool taken = status == SAGITTA_OK && take_people(s, &c, json_object_get(o, "people"), a);
    if (taken) {
      class_sheet_sort(&c, false);
      status = write_pages(s, &c, id, &error);
    }
    if (status != SAGITTA_OK) {
      http_fail(a, &error);
    } else if (taken) {
      http_say(a, 201, json_pack("{s:s}", "id", id));
    } else if (!a->status) {
      http_refuse(a, 500, server_say(s, "Not enough memory: close other programs."));
    }
  }
  class_people_free(&c);
  clinic_free(&head);
  json_decref(o);
}
