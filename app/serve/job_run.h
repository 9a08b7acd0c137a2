/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: has the jobs measured, one after the other, by this program in processes of their own. Of the main
 * thread alone: what it waits for is a descriptor and the clock. In: an order, and a recording in the job's folder.
 * Out, beside it: result.json, tracks.csv, angles.csv, page.pdf, page.svg, and of a video start.jpg,
 * middle.jpg, deepest.jpg.
 */
#ifndef SG_SERVE_JOB_RUN_H
#define SG_SERVE_JOB_RUN_H

#include "serve/jobs.h"
#include "serve/serve.h"

typedef struct job_run job_run;

/* NULL when memory is short. What is named must outlive it. */
job_run *job_run_new(jobs *all, const own_folder *own, const serve_settings *settings);
/* What the process that runs has to say can be read there; −1: none runs. */
int job_run_descriptor(const job_run *r);
/* Read, go on, begin with the next; called when the descriptor is readable, when the table has changed, and every now
 * and then. */
void job_run_step(job_run *r, double now_s);
/* Stop what runs; its job stays as one that was broken off. NULL-safe. */
void job_run_free(job_run **r);

/* ---- the command lines behind a job (job_words.c): NULL-terminated words that point into what is given ---- */

#define JOB_WORDS 80
typedef struct job_paths {
  char folder[PATH_MAX], recording[PATH_MAX], result[PATH_MAX], tracks[PATH_MAX], angles[PATH_MAX], pdf[PATH_MAX],
      svg[PATH_MAX];
  const char *clinic; /* whose pages they are: a file; NULL = nobody's */
  char clinic_path[PATH_MAX];
} job_paths;

void job_analyze_words(const char *words[JOB_WORDS], char numbers[2][24], const job_order *o, const serve_settings *s,
                       const job_paths *p);
/* The pages of a result: of the records' where it is saved. `visit`: room for how that is named. */
#define JOB_VISIT (RECORDS_CODE + RECORDS_DAY + 16)
void job_page_words(const char *words[JOB_WORDS], char visit[JOB_VISIT], const job *j, const serve_settings *s,
                    const job_paths *p, const char *output);
/* A simulated person's tracks, into `folder`. */
void job_sample_words(const char *words[JOB_WORDS], const job_order *o, const char *folder);

#endif
