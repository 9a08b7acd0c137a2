/* SPDX-License-Identifier: Apache-2.0 */
/* The command lines behind a job. What was asked for on the page was checked there (job_routes.c); here it becomes
 * words, of which none that came from outside stands where an option could be. */
#include <stdio.h>
#include <string.h>

#include "serve/job_run.h"

typedef struct word_list {
  const char **word;
  size_t count;
} word_list;

static void put(word_list *l, const char *word) {
  if (l->count + 1 < JOB_WORDS) l->word[l->count++] = word;
  l->word[l->count] = NULL;
}

static void put_pair(word_list *l, const char *option, const char *value) {
  if (!value || !*value) return;
  put(l, option);
  put(l, value);
}

static void put_client(word_list *l, char numbers[2][24], const job_order *o, const serve_settings *s) {
  if (!*o->client) return;
  put_pair(l, "--client", o->client);
  put_pair(l, "--records", s->place.file);
  put_pair(l, "--key-file", s->place.key_file);
  if (strcmp(o->mark, "before") == 0) put(l, "--before");
  if (strcmp(o->mark, "after") == 0) put(l, "--after");
  if (strcmp(o->markers, "same") == 0) put(l, "--same-markers");
  if (strcmp(o->markers, "new") == 0) put(l, "--new-markers");
  if (o->cleared) put(l, "--force");
  if (o->pain >= 0) {
    (void)snprintf(numbers[0], 24, "%d", o->pain);
    put_pair(l, "--pain", numbers[0]);
  }
  if (o->rest > 0) {
    (void)snprintf(numbers[1], 24, "%d", o->rest);
    put_pair(l, "--rest", numbers[1]);
  }
}

void job_analyze_words(const char *words[JOB_WORDS], char numbers[2][24], const job_order *o, const serve_settings *s,
                       const job_paths *p) {
  word_list l = { words, 0 };
  put(&l, "analyze");
  put(&l, p->recording);
  put(&l, "--progress");
  put_pair(&l, "--json", p->result);
  put_pair(&l, "--tracks", p->tracks);
  put_pair(&l, "--angles", p->angles);
  put_pair(&l, "--report", p->pdf);
  put_pair(&l, "--called", o->name);
  put_pair(&l, "--points", o->points);
  if (!*o->client) put_pair(&l, "--name", o->person);
  put_pair(&l, "--test", o->test);
  put_pair(&l, "--side", o->side);
  put_pair(&l, "--language", o->language);
  put_pair(&l, "--clinic", p->clinic);
  put_pair(&l, "--paper", o->paper);
  if (o->kind == JOB_RECORDING) put_pair(&l, "--markers", o->set);
  if (job_is_video(o)) put_pair(&l, "--key-frames", p->folder);
  for (size_t i = 0; i < o->picks; i++) put_pair(&l, "--pick", o->pick[i]);
  put_client(&l, numbers, o, s);
}

static void put_records(word_list *l, const serve_settings *s) {
  put_pair(l, "--records", s->place.file);
  put_pair(l, "--key-file", s->place.key_file);
}

void job_page_words(const char *words[JOB_WORDS], char visit[JOB_VISIT], const job *j, const serve_settings *s,
                    const job_paths *p, const char *output) {
  const job_order *o = &j->order;
  word_list l = { words, 0 };
  put(&l, o->kind == JOB_SESSION ? "session" : o->kind == JOB_COMPARE ? "compare" : "report");
  if (o->kind == JOB_SESSION) {
    put(&l, o->client);
    put_pair(&l, "--language", o->language);
    put_records(&l, s);
  } else if (o->kind == JOB_COMPARE) {
    (void)snprintf(visit, JOB_VISIT, "%s@%s%s%s", o->client, o->day, *o->side ? ":" : "", o->side);
    put(&l, visit);
    put_pair(&l, "--test", o->test);
    put_pair(&l, "--language", o->language);
    put_records(&l, s);
  } else if (j->saved > 0) {
    (void)snprintf(visit, JOB_VISIT, "#%lld", (long long)j->saved);
    put(&l, visit);
    put_records(&l, s);
  } else {
    put(&l, p->result);
    put_pair(&l, "--tracks", p->tracks);
    put_pair(&l, "--name", o->person);
  }
  if (j->film && job_is_video(o)) put_pair(&l, "--video", p->recording);
  put_pair(&l, "--output", output);
  put_pair(&l, "--clinic", p->clinic);
  put_pair(&l, "--paper", o->paper);
}

void job_sample_words(const char *words[JOB_WORDS], const job_order *o, const char *folder) {
  word_list l = { words, 0 };
  put(&l, "simulate");
  put_pair(&l, "--people", "1");
  put_pair(&l, "--set", *o->set ? o->set : "strip");
  put_pair(&l, "--seed", "3");
  put_pair(&l, "--output", folder);
}
