/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/job_order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "serve/upload.h"

static bool one_of(const char *word, const char *const *words) {
  for (; *words; words++) {
    if (strcmp(word, *words) == 0) return true;
  }
  return false;
}

/* A word of what was asked into `to`: absent, or one of those. */
static bool take_word(const order_words *q, const char *name, char *to, size_t room, const char *const *words) {
  const char *value = q->word(q->from, name);
  *to = '\0';
  if (!value || !*value) return true;
  if (!one_of(value, words)) return false;
  (void)snprintf(to, room, "%s", value);
  return true;
}

static bool take_number(const order_words *q, const char *name, int most, int absent, int *to) {
  const char *value = q->word(q->from, name);
  char *end;
  *to = absent;
  if (!value || !*value) return true;
  const long number = strtol(value, &end, 10);
  if (*end || number < 0 || number > most) return false;
  *to = (int)number;
  return true;
}

/* Whose it is, where it is no client's. */
static bool take_person(const order_words *q, job_order *o) {
  const char *person = q->word(q->from, "person");
  if (!person || *o->client) return true;
  if (!job_person_is_valid(person)) return false;
  (void)snprintf(o->person, sizeof o->person, "%s", person);
  return true;
}

bool job_person_is_valid(const char *person) {
  return records_text_is_plain(person, false) && strlen(person) < JOB_NAME && strlen(person) < RECORDS_NAME;
}

/* Shown and never used as a path. */
static void take_name(const order_words *q, job_order *o) {
  const char *name = q->word(q->from, "name");
  if (name) name = file_name(name);
  if (!name || !records_text_is_plain(name, false) || strlen(name) >= sizeof o->name) name = "";
  (void)snprintf(o->name, sizeof o->name, "%s", name);
  (void)snprintf(o->ending, sizeof o->ending, "%s", upload_ending(name));
}

bool job_order_take(const server *s, const order_words *q, job_order *o) {
  static const char *const kinds[] = {
    "recording", "sample", "saved", "session", "compare", NULL
  }; /* a class has a request of its own */
  static const char *const sides[] = { "left", "right", "both", NULL }, *const marks[] = { "before", "after", NULL };
  static const char *const sets[] = { "strip", "clinic", "discs", NULL }, *const markers[] = { "same", "new", NULL },
                           *const points[] = { "markers", "clicked", "keypoints", NULL };
  const char *test = q->word(q->from, "test"), *client = q->word(q->from, "client"),
             *record = q->word(q->from, "record");
  char kind[16];
  *o = (job_order){ 0 };
  take_name(q, o);
  if (!take_word(q, "kind", kind, sizeof kind, kinds) || !take_word(q, "side", o->side, sizeof o->side, sides) ||
      !take_word(q, "mark", o->mark, sizeof o->mark, marks) || !take_word(q, "set", o->set, sizeof o->set, sets) ||
      !take_word(q, "markers", o->markers, sizeof o->markers, markers) ||
      !take_word(q, "points", o->points, sizeof o->points, points) || !take_number(q, "pain", 10, -1, &o->pain) ||
      !take_number(q, "rest", RECORDS_REST_MAX, -1, &o->rest)) {
    return false;
  }
  for (int i = 0; *kind && kinds[i]; i++) {
    if (strcmp(kind, kinds[i]) == 0) o->kind = (job_kind)i; /* in the order of job_kind */
  }
  if (test && *test && !sagitta_test_find(test)) return false;
  if (client && *client && (!records_code_is_valid(client) || strlen(client) >= sizeof o->client)) return false;
  (void)snprintf(o->test, sizeof o->test, "%s", test && *test ? test : "toe-touch");
  (void)snprintf(o->client, sizeof o->client, "%s", client && o->kind != JOB_SAMPLE ? client : "");
  if (!take_person(q, o)) return false;
  (void)snprintf(o->language, sizeof o->language, "%s", *s->page.language ? s->page.language : "en");
  (void)snprintf(o->paper, sizeof o->paper, "%s", s->page.paper == REPORT_LETTER ? "letter" : "a4");
  o->cleared = q->word(q->from, "cleared") != NULL;
  o->record = record ? strtoll(record, NULL, 10) : 0;
  return ((o->kind != JOB_SAVED && o->kind != JOB_COMPARE) || o->record > 0) && (o->kind != JOB_SESSION || *o->client);
}

/* Whose it is must be there before a large file is sent. */
bool job_order_has_client(server *s, const char *code, http_reply *a) {
  records_client c;
  sagitta_error error = error_in(s->page.language);
  if (!*code) return true;
  records *r = server_records(s, RECORDS_READ, a);
  const bool there = r && records_client_find(r, code, &c, &error) == SAGITTA_OK;
  if (r && !there) http_fail(a, &error);
  records_close(&r);
  return there;
}
