/* SPDX-License-Identifier: Apache-2.0 */
/* The main thread of the server: begin, wait for an interruption, for the jobs and for the clock, end. */
#include "serve/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/failure.h"
#include "cli/sandbox.h"
#include "cli/system.h"
#include "serve/child.h"
#include "serve/job_run.h"
#include "serve/server.h"

#define TICK_MS 500

/* What the main thread watches. */
typedef struct watch {
  server *s;
  job_run *run;
  int interrupted; /* readable when somebody wants the end */
  int woken[2];    /* readable when the table of jobs has changed */
  bool behind;     /* the file that opens the page could not be written: it does not hold the newest secret */
} watch;

static void wake(void *user) {
  const watch *w = user;
  const ssize_t ignored = write(w->woken[1], "", 1);
  (void)ignored;
}

static void drain(int descriptor) {
  char bytes[64];
  while (read(descriptor, bytes, sizeof bytes) > 0) continue;
}

/* The file that opens the page holds a secret that is good for half a minute at the least. */
static sagitta_status renew(watch *w, sagitta_error *error) {
  server *s = w->s;
  char address[160];
  const double now = system_seconds();
  (void)pthread_mutex_lock(&s->lock);
  const bool due = secret_is_due(&s->secrets, now);
  const bool drawn = !due || secret_renew(&s->secrets, now);
  (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/?t=%s", s->port, s->secrets.entry[0].text);
  (void)pthread_mutex_unlock(&s->lock);
  w->behind = w->behind || due;
  if (!drawn) return fail_with(error, SAGITTA_ERROR_WRITE, "This system has no random numbers to give.");
  const sagitta_status status = w->behind ? own_folder_redirect(&s->own, address, error) : SAGITTA_OK;
  w->behind = status != SAGITTA_OK;
  return status;
}

/* A disk that is full for a while ends no work: until the file can be written nobody new comes in. Told once. */
static void keep_open(watch *w) {
  sagitta_error error = error_at_terminal();
  const bool told = w->behind;
  if (renew(w, &error) != SAGITTA_OK && !told) (void)command_fail(&error);
}

static bool is_over(server *s) {
  if (!s->settings->until_closed) return false;
  (void)pthread_mutex_lock(&s->lock);
  const double quiet = system_seconds() - s->seen_s;
  (void)pthread_mutex_unlock(&s->lock);
  return quiet > SERVE_CLOSED_S;
}

/* Until interrupted, or closed. */
static sagitta_status look_after(watch *w, sagitta_error *error) {
  for (;;) {
    struct pollfd all[] = { { .fd = w->interrupted, .events = POLLIN },
                            { .fd = w->woken[0], .events = POLLIN },
                            { .fd = job_run_descriptor(w->run), .events = POLLIN } };
    const int ready = poll(all, 3, TICK_MS);
    if (ready < 0 && errno != EINTR) {
      return fail_with(error, SAGITTA_ERROR_MEMORY, "The page cannot go on: %s.", error_reason(error, errno));
    }
    if (ready > 0 && all[0].revents) return SAGITTA_OK;
    if (ready > 0 && all[1].revents) drain(w->woken[0]);
    job_run_step(w->run, system_seconds());
    http_sweep(w->s->http, system_seconds());
    keep_open(w);
    if (is_over(w->s)) return SAGITTA_OK;
  }
}

static void put_address(FILE *to, const char *path) {
  fputs("open file://", to);
  for (; *path; path++) {
    const unsigned char c = (unsigned char)*path;
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("/-_.~", c) != NULL;
    plain ? fputc(c, to) : fprintf(to, "%%%02X", c);
  }
  fputc('\n', to);
  (void)fflush(to);
}

static sagitta_status begin(watch *w, sagitta_error *error) {
  server *s = w->s;
  sagitta_status status = own_folder_begin(&s->own, error);
  if (status != SAGITTA_OK) return status;
  if (!secret_begin(&s->secrets, system_seconds())) {
    return fail_with(error, SAGITTA_ERROR_WRITE, "This system has no random numbers to give.");
  }
  *s->secrets.entry[0].text = '\0'; /* the file gets the first one with the port in it */
  s->jobs = jobs_new(&s->own, wake, w);
  w->run = s->jobs ? job_run_new(s->jobs, &s->own, s->settings) : NULL;
  (void)sandbox_source_settings(); /* found out here, before there are threads */
  s->camera = s->jobs ? camera_new(s->jobs, &s->own) : NULL;
  s->keeper = s->jobs ? keeper_new(s->jobs, &s->own, s->settings) : NULL;
  s->parts = page_parts_new();
  if (!w->run || !s->camera || !s->keeper || !s->parts)
    return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the page: close other programs.");
  s->seen_s = system_seconds();
  status = http_start(&s->http, s->settings->port, s, error);
  if (status != SAGITTA_OK) return status;
  s->port = http_port(s->http);
  return renew(w, error);
}

static void end(watch *w) {
  server *s = w->s;
  camera_free(&s->camera); /* no stream may sleep when the server is stopped */
  http_stop(&s->http);
  keeper_free(&s->keeper);
  job_run_free(&w->run);
  /* What was not measured yet waits for the next start; everything else goes. */
  if (!s->jobs || !jobs_leave(s->jobs)) own_folder_end(&s->own);
  own_folder_close(&s->own);
  jobs_free(&s->jobs);
  page_parts_free(&s->parts);
  (void)pthread_mutex_destroy(&s->lock);
  for (size_t i = 0; i < 2; i++) {
    if (w->woken[i] >= 0) (void)close(w->woken[i]);
  }
}

int serve_run(const serve_settings *settings) {
  server s = { .settings = settings, .own.lock = -1 };
  watch w = { .s = &s, .interrupted = interrupt_watch(), .woken = { -1, -1 } };
  sagitta_error error = error_at_terminal();
  page_settings_read(&s.page);
  (void)pthread_mutex_init(&s.lock, NULL);
  sagitta_status status = SAGITTA_OK;
  if (w.interrupted < 0 || pipe2(w.woken, O_CLOEXEC | O_NONBLOCK) != 0) {
    status = fail_with(&error, SAGITTA_ERROR_MEMORY, "The page cannot begin: %s.", error_reason(&error, errno));
  }
  if (status == SAGITTA_OK) status = begin(&w, &error);
  if (status == SAGITTA_OK) {
    put_address(stdout, s.own.page);
    if (!settings->no_browser) child_open_browser(s.own.page);
    status = look_after(&w, &error);
  }
  end(&w);
  return command_end(status, &error);
}
