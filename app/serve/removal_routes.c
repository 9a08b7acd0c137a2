/* SPDX-License-Identifier: Apache-2.0 */
/* What is removed for good, by the functions behind `sagitta records remove`: a result, or a client with everything of
 * theirs. Pictures and recordings that are kept go with them, and what the page itself still has of them. */
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "serve/route.h"
#include "serve/server.h"

#define TRACES_LEFT                                                                                       \
  TRANSLATABLE(                                                                                           \
      "It is removed, but another program had the records open, so that traces of it may be left in the " \
      "file. Close the other program, and remove or save something once more.")

/* Removed; with a remark where traces are left. */
static void say_removed(const server *s, bool traces, http_reply *a) {
  http_say(a, 200, json_pack("{s:s}", "remark", traces ? server_say(s, TRACES_LEFT) : ""));
}

/* { "id": … }: whose ID was typed; another one, or none, removes nothing. */
void client_remove(server *s, http_request *q, http_reply *a) {
  records_client c;
  records_removed gone;
  sagitta_error error = error_in(s->page.language);
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const char *typed = json_string_value(json_object_get(o, "id"));
  records *r = server_records(s, RECORDS_WRITE, a);
  if (r && records_client_find(r, q->word[0], &c, &error) != SAGITTA_OK) {
    error.status = SAGITTA_ERROR_MISSING;
    http_fail(a, &error);
  } else if (r && (!typed || strcmp(typed, c.code) != 0)) {
    http_refuse(a, 422, server_say(s, "This is not the client's ID: nothing was removed."));
  } else if (r && records_client_remove(r, c.id, &gone, &error) == SAGITTA_OK) {
    jobs_remove_of(s->jobs, c.code, 0);
    say_removed(s, gone.traces_left, a);
  } else if (r) {
    http_fail(a, &error);
  }
  records_close(&r);
  json_decref(o);
}

void record_remove(server *s, http_request *q, http_reply *a) {
  const int64_t number = strtoll(q->word[0], NULL, 10);
  bool traces = false;
  sagitta_error error = error_in(s->page.language);
  records *r = server_records(s, RECORDS_WRITE, a);
  if (r && records_result_remove(r, number, &traces, &error) == SAGITTA_OK) {
    jobs_remove_of(s->jobs, "", number);
    say_removed(s, traces, a);
  } else if (r) {
    http_fail(a, &error);
  }
  records_close(&r);
}
