/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: a recording on its way into the records, on a thread of its own, for one of GiB takes a minute and
 * nobody else is to wait for it. One at a time; how far it is stands with its job (jobs.h). keeper_begin and
 * keeper_free are the requests' thread's and, when that has ended, the main thread's.
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

/* Keep the recording of a saved job; what goes wrong is said in that language, with the job. False while another one is
 * on its way, or where no thread can be had. */
bool keeper_begin(keeper *k, const job *of, const char *language);

#endif
