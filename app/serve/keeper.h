/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: recordings on their way into the records, and out of them again, on a thread of its own, for one
 * of GiB takes a minute and nobody else is to wait for it. One after the other; which, and how far it is, stands with
 * the jobs (jobs.h). keeper_wake and keeper_free are the requests' thread's and, when that has ended, the main
 * thread's.
 */
#ifndef SG_SERVE_KEEPER_H
#define SG_SERVE_KEEPER_H

#include "serve/jobs.h"
#include "serve/serve.h"

typedef struct keeper keeper;

/* All three must outlive it. NULL when memory is short. */
keeper *keeper_new(jobs *all, const own_folder *own, const serve_settings *settings);
/* What is on its way is given up. NULL-safe; sets *k to NULL. */
void keeper_free(keeper **k);

/* One is to be kept, or opened. What goes wrong is said with the job, in its language. */
void keeper_wake(keeper *k);

#endif
