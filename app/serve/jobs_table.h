/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to jobs.c and jobs_carry.c: the table itself, and what both ask of it with its lock held. */
#ifndef SG_SERVE_JOBS_TABLE_H
#define SG_SERVE_JOBS_TABLE_H

#include <pthread.h>

#include "serve/jobs.h"

struct jobs {
  const own_folder *own;
  void (*wake)(void *user);
  void *user;
  pthread_mutex_t lock;
  uint64_t count; /* that ever were */
  job *at[JOBS_MAX];
};

/* NULL where there is none. */
job *jobs_find(const jobs *all, const char *id);
/* Whether it neither comes nor waits nor runs. */
bool job_has_ended(job_state state);

#endif
