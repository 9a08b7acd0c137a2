/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: the table of recordings that are measured, one after the other. The requests' thread adds, looks
 * and cancels; the main thread has them measured (job_run.h). Ids are 128 random bits: whoever does not know one finds
 * nothing. What a job is and how far it came stands beside its recording (job.json), so that one that was broken off by
 * the end of the server is found by the next one and can be started again.
 *
 * Thread-safe but for jobs_new and jobs_free.
 */
#ifndef SG_SERVE_JOBS_H
#define SG_SERVE_JOBS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/text.h"
#include "records/records.h"
#include "serve/own_folder.h"

#define JOBS_MAX   256
#define JOB_ID     33
#define JOB_NAME   256
#define JOB_PICKS  12
#define JOB_PICK   64
#define JOB_TEXT   2400
#define JOB_REASON 600
#define JOB_FILM   32 /* bytes of the recording's name in the job's folder */
/* What is said of JOB_BROKEN, in English. */
#define JOB_BROKEN_OFF TRANSLATABLE("Measuring was broken off. It can be started again.")

typedef enum job_kind {
  JOB_RECORDING = 0, /* a file that was sent */
  JOB_SAMPLE,        /* a simulated person */
  JOB_SAVED,         /* the page of a result that the records have */
  JOB_SESSION,       /* the page of a client's last day: can't, or doesn't? */
  JOB_COMPARE,       /* the page of a visit's before and after a treatment */
  JOB_CLASS          /* the sheet, or the cards, of several recordings: drawn when it is asked for (class_routes.c) */
} job_kind;

typedef enum job_state {
  JOB_COMING = 0, /* its file is on its way */
  JOB_WAITING,
  JOB_RUNNING,
  JOB_DONE,       /* measured: there is a result */
  JOB_UNMEASURED, /* read, but no honest measurement: `message` says why */
  JOB_REFUSED,    /* cannot be read, or saved: likewise */
  JOB_BROKEN,     /* its process ended, or the server did; it can be started again */
  JOB_CANCELLED,
  JOB_FILMING, /* a camera records it */
  JOB_STATES
} job_state;

/* A recording on its way (keeper.h). */
typedef enum job_carry {
  JOB_STILL = 0,
  JOB_KEEPING, /* into the records */
  JOB_OPENING  /* out of the records, into the folder of a saved result's job */
} job_carry;

/* What was asked for; "" = not said. */
typedef struct job_order {
  job_kind kind;
  char name[JOB_NAME]; /* of the file, to be shown; no path */
  char ending[8];      /* ".mp4": from a table */
  char client[RECORDS_CODE];
  char test[32], side[8], set[16], language[8], paper[8];
  char mark[8];          /* "before", "after" */
  char markers[8];       /* "same", "new" */
  char points[16];       /* what the points of a tracks file are: a word of sagitta_points_name */
  char person[JOB_NAME]; /* whose it is, where it is no client's: a line of a class */
  int pain, rest;        /* −1 = not said */
  bool cleared;          /* measured although an answer was yes */
  bool filmed;           /* here: there is no other copy, and it goes when its result was seen */
  int64_t record;        /* of JOB_SAVED; of JOB_COMPARE the one after the treatment */
  char day[RECORDS_DAY]; /* of JOB_COMPARE */
  char pick[JOB_PICKS][JOB_PICK];
  size_t picks;
} job_order;

typedef struct job {
  char id[JOB_ID];
  job_order order;
  job_state state;
  double fraction; /* of what runs; −1 = not known */
  double began_s;  /* monotonic; when it began to run */
  char message[JOB_TEXT];
  int64_t saved;      /* the result's number in the records; 0 = not saved */
  bool already;       /* it was there before: nothing was saved a second time */
  bool measured;      /* it is measured again: there is a result of before, */
  bool paged;         /* with its pages */
  bool repage;        /* the pages alone are made again */
  bool stale;         /* they were made before the person's name was changed */
  bool pages;         /* the pages to print are there, */
  bool unpaged;       /* or could not be made */
  bool film;          /* the recording is there */
  bool kept;          /* and kept beside the records */
  job_carry carry;    /* it is on its way there, or here; */
  bool carried;       /* its turn has come, */
  bool carry_stop;    /* it is to end, */
  bool film_unwanted; /* and then the recording goes from here */
  double carry_fraction;
  char carry_failed[JOB_REASON]; /* why it was not kept, or opened; "" = nothing is wrong */
  uint64_t age;                  /* the order in which they came */
  unsigned turn;                 /* how often it was asked for */
} job;

typedef struct jobs jobs;

/* `wake` is called, on any thread, when there is something to do. Takes in what servers that are gone have left. NULL
 * when memory is short. */
jobs *jobs_new(const own_folder *own, void (*wake)(void *user), void *user);
void jobs_free(jobs **all);
/* At the end of the server: remove the folders of all that have ended; how many are left, for the next one. */
size_t jobs_leave(jobs *all);

/* A new one in JOB_COMING, its id filled. False when the table is full, or there is no id to be had. */
bool jobs_add(jobs *all, const job_order *order, char id[JOB_ID]);
/* Its file begins to be recorded: one that is broken off by the server's end is found by the next. */
void jobs_film(jobs *all, const char *id);
/* Its file is there: it waits for its turn. */
void jobs_ready(jobs *all, const char *id);
/* A copy; false where there is none. */
bool jobs_get(jobs *all, const char *id, job *copy);
/* All, the oldest first; to be freed. NULL when memory is short. */
job *jobs_list(jobs *all, size_t *count);
/* Wait, or run, no more; its recording goes. What is measured again stays as it was. False where there is none. */
bool jobs_cancel(jobs *all, const char *id);
/* Again, with these places of markers, where its recording is there still. */
bool jobs_again(jobs *all, const char *id, const char pick[][JOB_PICK], size_t picks);
/* Make the pages of a result again: its pain, which stands on them, was changed, and holds when it is measured again;
 * or the name of the person. */
bool jobs_repage(jobs *all, const char *id, int pain);
/* What is asked for otherwise, of a recording that is measured again; NULL: as before. */
typedef struct job_change {
  const char *test;
  const char *client; /* whose it becomes; of a recording that is nobody's */
  const char *points;
} job_change;
/* Again, otherwise, of a recording that is there still; of a client's the points alone can be said. */
bool jobs_again_as(jobs *all, const char *id, const job_change *change);
/* Whose a recording is that is no client's. Its pages, where there are any, are of the old name. */
bool jobs_name(jobs *all, const char *id, const char *person);
/* The client (or, with "", the saved result of that number) was removed: their jobs go with all that is in their
 * folders; what runs is stopped. */
void jobs_remove_of(jobs *all, const char *client, int64_t saved);
/* It never came. */
void jobs_drop(jobs *all, const char *id);

/* ---- recordings that are kept beside the records (jobs_carry.c) ---- */

/* Its recording is kept, or not any more. */
void jobs_note_kept(jobs *all, int64_t saved, bool kept);
/* Its recording is to be kept; or that of a saved result, which is, to be opened. False where there is none, or it is
 * on its way. */
bool jobs_keep_begin(jobs *all, const char *id);
bool jobs_open_begin(jobs *all, const char *id);
/* It is to end: nothing is kept, or here. False where there is no such job. */
bool jobs_carry_stop(jobs *all, const char *id);
/* The result was seen: the recording goes from here, the numbers stay. One that is being kept is kept first. */
bool jobs_forget_film(jobs *all, const char *id);
/* For whoever carries them: the next one, in the order of the jobs; false where there is none. */
bool jobs_carry_next(jobs *all, job *copy);
/* How far it is; false where it is to end. */
bool jobs_carry_tell(jobs *all, const char *id, double fraction);
/* How it ended: `name` is that of the file, NULL where it was not carried, and `failed` says why; NULL where it was
 * given up. Of a job that is gone everything goes that was written meanwhile. */
void jobs_carry_end(jobs *all, const char *id, const char *name, const char *failed);

/* ---- for whoever measures them ---- */

/* The next one that waits, now running; false where there is none. */
bool jobs_next(jobs *all, job *copy);
/* How far it is; false when it has been cancelled. */
bool jobs_tell(jobs *all, const char *id, double fraction);
/* How it went on: `with` has state, message, saved, already, pages and unpaged. Nothing where it was asked for again
 * since. */
void jobs_settle(jobs *all, const job *with);

/* As it is told: job_document.c. */
json_t *job_document(const job *j);
/* And kept, and read again; false for what is none. */
json_t *job_order_document(const job_order *o);
bool job_order_read(job_order *o, const json_t *document);
const char *job_state_name(job_state state);
/* The recording's name in the job's folder. */
void job_film_name(const job_order *o, char name[JOB_FILM]);
/* Whether the recording is a video, and not a tracks file. */
bool job_is_video(const job_order *o);

#endif
