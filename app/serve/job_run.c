/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/job_run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/plain_words.h"
#include "cli/text.h"
#include "serve/child.h"
#include "serve/page_clinic.h"

/* What is done of a job, in this order; of each kind some of it. */
typedef enum run_step { RUN_SAMPLE = 0, RUN_ANALYZE, RUN_PDF, RUN_SVG, RUN_STEPS } run_step;

static const bool steps[][RUN_STEPS] = {
  [JOB_RECORDING] = { [RUN_ANALYZE] = true, [RUN_SVG] = true },
  [JOB_SAMPLE] = { [RUN_SAMPLE] = true, [RUN_ANALYZE] = true, [RUN_SVG] = true },
  [JOB_SAVED] = { [RUN_PDF] = true, [RUN_SVG] = true },
  [JOB_SESSION] = { [RUN_PDF] = true, [RUN_SVG] = true },
  [JOB_COMPARE] = { [RUN_PDF] = true, [RUN_SVG] = true },
  [JOB_CLASS] = { false }, /* drawn already */
};

struct job_run {
  jobs *all;
  const own_folder *own;
  const serve_settings *settings;
  child process;
  job of;
  run_step step;
  double began_s;
  job_paths paths;
  char line[1024];
  size_t have;
  char said[JOB_TEXT];
};

job_run *job_run_new(jobs *all, const own_folder *own, const serve_settings *settings) {
  job_run *r = calloc(1, sizeof *r);
  if (!r) return NULL;
  r->all = all;
  r->own = own;
  r->settings = settings;
  r->process.told = -1;
  return r;
}

int job_run_descriptor(const job_run *r) {
  return r->process.told;
}

/* ---- what a process says ---- */

/* Lines that were broken for a terminal are put together again; what begins with a mark stays a line of its own. */
static void hear_words(job_run *r, const char *line) {
  static const char own[] = "sagitta: ";
  const bool begins = strncmp(line, own, sizeof own - 1) == 0, point = strncmp(line, "• ", strlen("• ")) == 0;
  if (begins) line += sizeof own - 1;
  line += strspn(line, " ");
  const size_t at = strlen(r->said);
  if (!*line) return;
  (void)snprintf(r->said + at, sizeof r->said - at, "%s%s", at == 0 ? "" : begins || point ? "\n" : " ", line);
}

static void hear_line(job_run *r, const char *line) {
  if (strncmp(line, "progress ", 9) == 0) {
    if (r->step == RUN_ANALYZE) (void)jobs_tell(r->all, r->of.id, strtod(line + 9, NULL));
  } else if (strncmp(line, "saved ", 6) == 0) {
    r->of.saved = strtoll(line + 6, NULL, 10);
    r->of.already = false;
  } else if (strncmp(line, "already ", 8) == 0) {
    r->of.already = true;
  } else {
    hear_words(r, line);
  }
}

/* False at its end. */
static bool hear(job_run *r) {
  char part[4096];
  for (;;) {
    const long got = child_read(&r->process, part, sizeof part);
    for (long i = 0; i < got; i++) {
      if (part[i] == '\n' || r->have + 1 == sizeof r->line) {
        r->line[r->have] = '\0';
        r->have = 0;
        hear_line(r, r->line);
      }
      if (part[i] != '\n') r->line[r->have++] = part[i];
    }
    if (got <= 0) return got == 0;
  }
}

/* ---- steps ---- */

static void find_paths(job_run *r) {
  char name[JOB_FILM];
  const bool sample = r->of.order.kind == JOB_SAMPLE;
  job_film_name(&r->of.order, name);
  (void)own_folder_file(r->own, r->of.id, "", r->paths.folder);
  (void)own_folder_file(r->own, r->of.id, sample ? "sample/person-00001.csv" : name, r->paths.recording);
  (void)own_folder_file(r->own, r->of.id, "result.json", r->paths.result);
  (void)own_folder_file(r->own, r->of.id, "tracks.csv", r->paths.tracks);
  (void)own_folder_file(r->own, r->of.id, "angles.csv", r->paths.angles);
  (void)own_folder_file(r->own, r->of.id, "page.pdf", r->paths.pdf);
  (void)own_folder_file(r->own, r->of.id, "page.svg", r->paths.svg);
  r->paths.clinic = page_clinic_file(r->settings, r->paths.clinic_path);
}

static bool start(job_run *r) {
  const char *words[JOB_WORDS];
  char numbers[2][24], visit[JOB_VISIT], folder[PATH_MAX];
  switch (r->step) {
    case RUN_SAMPLE:
      (void)own_folder_file(r->own, r->of.id, "sample", folder);
      job_sample_words(words, &r->of.order, folder);
      break;
    case RUN_ANALYZE:
      job_analyze_words(words, numbers, &r->of.order, r->settings, &r->paths);
      break;
    case RUN_PDF:
    case RUN_SVG:
    case RUN_STEPS:
      job_page_words(words, visit, &r->of, r->settings, &r->paths, r->step == RUN_PDF ? r->paths.pdf : r->paths.svg);
      break;
  }
  r->have = 0;
  *r->said = '\0';
  return child_start(&r->process, words);
}

/* What was said, with the name that the recording had in the place of the one that it has here. */
static void take_message(job_run *r, const char *message) {
  char name[JOB_FILM];
  size_t used = 0;
  job_film_name(&r->of.order, name);
  for (const char *at; *r->of.order.name && (at = strstr(message, name)) && used < sizeof r->of.message;) {
    used += (size_t)snprintf(r->of.message + used, sizeof r->of.message - used, "%.*s%s", (int)(at - message), message,
                             r->of.order.name);
    message = at + strlen(name);
  }
  if (used < sizeof r->of.message) (void)snprintf(r->of.message + used, sizeof r->of.message - used, "%s", message);
  /* Here nobody gives options: what the points of a file are is asked beside the words. */
  const bool points = strstr(r->of.message, "--points ") != NULL;
  plain_words(r->of.message, sizeof r->of.message, r->of.order.language);
  used = strlen(r->of.message);
  if (points) {
    (void)snprintf(r->of.message + used, sizeof r->of.message - used, " %s",
                   say(r->of.order.language, "Choose what its points are, and have it measured again."));
  }
}

static void settle(job_run *r, job_state state, const char *message) {
  r->of.state = state;
  if (message != r->of.message) take_message(r, message);
  jobs_settle(r->all, &r->of);
}

static void settle_broken(job_run *r) {
  settle(r, JOB_BROKEN, say(r->of.order.language, JOB_BROKEN_OFF));
}

/* Go on with the next step from `step` on that this kind of job has; false when there is none. */
static bool go_on(job_run *r, run_step step) {
  const bool *of = steps[r->of.repage ? JOB_SAVED : r->of.order.kind];
  while (step < RUN_STEPS && !of[step]) step++;
  if (step == RUN_STEPS) return false;
  r->step = step;
  if (start(r)) return true;
  settle_broken(r);
  return false;
}

/* How the measurement ended. True: there is more to do. */
static bool judge(job_run *r, const child_end *end) {
  const bool page = r->step == RUN_PDF || r->step == RUN_SVG;
  if (!page && (end->signal || end->status == 127)) {
    settle_broken(r);
  } else if (!page && end->status == 1) {
    settle(r, JOB_UNMEASURED, r->said);
  } else if (!page && end->status != 0) {
    settle(r, JOB_REFUSED, r->said);
  } else if (r->of.order.kind >= JOB_SAVED && (end->signal || end->status != 0)) {
    settle(r, JOB_REFUSED, r->said);
  } else if (page && (end->signal || end->status != 0)) {
    r->of.unpaged = true;
    settle(r, JOB_DONE, r->of.message);
  } else {
    r->of.pages = r->step == RUN_SVG;
    if (r->step == RUN_ANALYZE || r->step == RUN_SVG)
      settle(r, JOB_DONE, r->step == RUN_ANALYZE ? r->said : r->of.message);
    return true;
  }
  return false;
}

void job_run_step(job_run *r, double now_s) {
  if (r->process.process) {
    const bool more = hear(r);
    job now;
    const bool wanted = jobs_get(r->all, r->of.id, &now) && now.state != JOB_CANCELLED && now.turn == r->of.turn;
    const bool late = now_s - r->began_s > CHILD_TIME_S;
    if (more && wanted && !late) return;
    child_end end = child_finish(&r->process, more);
    if (!wanted) {
      jobs_settle(r->all, &r->of);
    } else if (late) {
      settle_broken(r);
    } else if (judge(r, &end) && go_on(r, r->step + 1)) {
      return;
    }
  }
  if (!jobs_next(r->all, &r->of)) return;
  r->began_s = now_s;
  find_paths(r);
  (void)go_on(r, RUN_SAMPLE);
}

void job_run_free(job_run **r) {
  if (!*r) return;
  (void)child_finish(&(*r)->process, true);
  free(*r);
  *r = NULL;
}
