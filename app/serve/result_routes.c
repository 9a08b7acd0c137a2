/* SPDX-License-Identifier: Apache-2.0 */
/* What was measured: as the page shows it, as files, the recording while it is there, and measured again with markers
 * where somebody says that they are. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "overlay/overlay.h"
#include "serve/result_view.h"
#include "serve/route.h"
#include "serve/server.h"
#include "serve/treatment_view.h"

static void say_none(const server *s, http_reply *a) {
  http_refuse(a, 404, server_say(s, "This result is not known here any more. What was saved is with its client."));
}

/* Open a file of a job's folder; −1 where there is none. */
static int open_file(const server *s, const char *id, const char *name) {
  char path[PATH_MAX];
  return own_folder_file(&s->own, id, name, path) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
}

/* The key frames that there are. */
static json_t *frames(const server *s, const char *id) {
  static const char *const names[KEY_FRAMES] = KEY_FRAME_NAMES;
  char path[PATH_MAX];
  json_t *all = json_array();
  for (size_t i = 0; i < KEY_FRAMES; i++) {
    const bool there = own_folder_file(&s->own, id, names[i], path) && access(path, R_OK) == 0;
    if (there) (void)json_array_append_new(all, json_string(names[i]));
  }
  return all;
}

void result_show(server *s, http_request *q, http_reply *a) {
  job j;
  char path[PATH_MAX];
  sagitta_result *result = NULL;
  sagitta_error error = error_in(s->page.language);
  if (!jobs_get(s->jobs, q->word[0], &j) || !own_folder_file(&s->own, j.id, "result.json", path)) {
    say_none(s, a);
    return;
  }
  json_t *all = json_pack("{s:o, s:o}", "job", job_document(&j), "frames", frames(s, j.id));
  if (j.order.kind >= JOB_SESSION) {
    http_say(a, 200, all);
    return;
  }
  if (j.state == JOB_DONE && sagitta_result_read(&result, path, &error) == SAGITTA_OK) {
    (void)json_object_set_new(all, "result", result_view(result));
    json_t *treatment = j.saved > 0 && strcmp(j.order.mark, "after") == 0
                            ? treatment_view(&s->settings->place, j.saved, s->page.language)
                            : NULL;
    if (treatment) (void)json_object_set_new(all, "treatment", treatment);
  } else if (j.state == JOB_DONE) {
    json_decref(all);
    http_fail(a, &error);
    return;
  }
  sagitta_result_free(&result);
  http_say(a, 200, all);
}

typedef struct result_part {
  const char *name, *type;
  bool saved_as; /* to be saved, not shown */
} result_part;

void result_file(server *s, http_request *q, http_reply *a) {
  static const result_part parts[] = { { "page.pdf", "application/pdf", false },
                                       { "page.svg", "image/svg+xml", false },
                                       { "start.jpg", "image/jpeg", false },
                                       { "middle.jpg", "image/jpeg", false },
                                       { "deepest.jpg", "image/jpeg", false },
                                       { "result.json", "application/json", true },
                                       { "tracks.csv", "text/csv; charset=utf-8", true },
                                       { "angles.csv", "text/csv; charset=utf-8", true } };
  job j;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (strcmp(parts[i].name, q->word[1]) != 0 || !jobs_get(s->jobs, q->word[0], &j)) continue;
    const int file = open_file(s, j.id, parts[i].name);
    if (file < 0) break;
    http_say_file(a, parts[i].type, file);
    if (parts[i].saved_as) a->download = parts[i].name;
    return;
  }
  say_none(s, a);
}

void result_video(server *s, http_request *q, http_reply *a) {
  static const struct {
    const char *ending, *type;
  } types[] = { { ".mp4", "video/mp4" },
                { ".m4v", "video/mp4" },
                { ".mov", "video/mp4" },
                { ".webm", "video/webm" },
                { ".mkv", "video/x-matroska" } };
  job j;
  char name[JOB_FILM];
  const char *type = "application/octet-stream";
  int file = -1;
  if (jobs_get(s->jobs, q->word[0], &j) && j.film && job_is_video(&j.order)) {
    job_film_name(&j.order, name);
    file = open_file(s, j.id, name);
  }
  if (file < 0) {
    say_none(s, a);
    return;
  }
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (strcmp(types[i].ending, j.order.ending) == 0) type = types[i].type;
  }
  http_say_file(a, type, file);
}

void result_forget(server *s, http_request *q, http_reply *a) {
  jobs_forget_film(s->jobs, q->word[0]) ? http_say(a, 200, json_object()) : say_none(s, a);
}

/* The pain of a saved result, or the name of somebody of a class, was changed: it stands on the pages. */
void result_repage(server *s, http_request *q, http_reply *a) {
  job j;
  records_result *row = NULL;
  sagitta_error error = error_in(s->page.language);
  if (jobs_get(s->jobs, q->word[0], &j) && j.saved <= 0 && jobs_repage(s->jobs, j.id, j.order.pain)) {
    http_say(a, 202, json_pack("{s:s}", "id", j.id));
    return;
  }
  if (!jobs_get(s->jobs, q->word[0], &j) || j.saved <= 0) {
    say_none(s, a);
    return;
  }
  records *r = server_records(s, RECORDS_READ, a);
  if (!r) return;
  if (records_result_get(r, j.saved, &row, &error) != SAGITTA_OK) {
    http_fail(a, &error);
  } else {
    jobs_repage(s->jobs, j.id, row->pain) ? http_say(a, 202, json_pack("{s:s}", "id", j.id)) : say_none(s, a);
    records_results_free(row, 1);
  }
  records_close(&r);
}

/* { "agreed": true }: the client wants it kept; without that it is not. The job says how far that is. */
void result_keep(server *s, http_request *q, http_reply *a) {
  job j;
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const bool agreed = json_is_true(json_object_get(o, "agreed"));
  json_decref(o);
  if (!jobs_get(s->jobs, q->word[0], &j) || !j.film || !job_is_video(&j.order)) {
    say_none(s, a);
    return;
  }
  if (!agreed || j.saved <= 0) {
    http_refuse(a, 422,
                server_say(s, agreed ? "A recording is kept with a client: choose one, and measure it for them."
                                     : "A recording is kept when the client has agreed to it."));
    return;
  }
  if (j.carry != JOB_KEEPING && !jobs_keep_begin(s->jobs, j.id)) {
    say_none(s, a);
    return;
  }
  keeper_wake(s->keeper);
  http_say(a, 202, json_pack("{s:s}", "id", j.id));
}

/* What is on its way into the records is given up; what is kept stays (record_forget_film). */
void result_keep_stop(server *s, http_request *q, http_reply *a) {
  jobs_carry_stop(s->jobs, q->word[0]) ? http_say(a, 200, json_object()) : say_none(s, a);
}

/* { "picks": [ "hip=412.0,300.5@1.25", … ] }: as --pick takes them; none: as it was without. Those of before are
 * replaced. */
void result_pick(server *s, http_request *q, http_reply *a) {
  char pick[JOB_PICKS][JOB_PICK], why[OPTION_WHY];
  size_t count = 0;
  pick_list understood = { NULL, 0, 0 };
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const json_t *all = json_object_get(o, "picks");
  bool good = json_is_array(all) && json_array_size(all) <= JOB_PICKS;
  for (size_t i = 0; good && i < json_array_size(all); i++) {
    const char *text = json_string_value(json_array_get(all, i));
    good = text && strlen(text) < JOB_PICK && picks_parse(&understood, text, why);
    if (good) (void)snprintf(pick[count++], JOB_PICK, "%s", text);
  }
  free(understood.pick);
  json_decref(o);
  if (!good) {
    http_refuse(a, 422, server_say(s, "This request is not understood."));
  } else if (!jobs_again(s->jobs, q->word[0], (const char(*)[JOB_PICK])pick, count)) {
    say_none(s, a);
  } else {
    http_say(a, 202, json_pack("{s:s}", "id", q->word[0]));
  }
}
