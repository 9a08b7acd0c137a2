/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clinic's page, on this machine alone: a small server for one browser. In: settings and the words of the page
 * (app/web). Out: what the program would have said and written, as JSON and pages. It measures nothing itself: every
 * recording is measured by this program in a process of its own (child_linux.c), and clients and results are read and
 * written by the same functions as `sagitta records` (app/records). The only header that other rooms include.
 *
 * http.c reads requests and asks gate.c about each; route.c knows who answers; jobs.c is the table of recordings, which
 * job_run.c has measured one after the other; serve.c starts, watches and ends all of it.
 */
#ifndef SG_SERVE_SERVE_H
#define SG_SERVE_SERVE_H

#include <stdbool.h>

#include "records/records.h"

typedef struct serve_settings {
  records_place place;
  const char *clinic; /* file; NULL = none */
  const char *camera; /* one that is no device: an address, or a file that is played as one; NULL = none */
  int port;           /* 0: one that the kernel chooses */
  int upload_mb;      /* MiB of the largest recording; 0: SERVE_UPLOAD_MB */
  bool no_browser;    /* only say where the page is */
  bool until_closed;  /* end when no page has been open for SERVE_CLOSED_S */
} serve_settings;

#define SERVE_UPLOAD_MB 4096
#define SERVE_CLOSED_S  600.0

/* Serve until interrupted. The exit status. */
int serve_run(const serve_settings *settings);

#endif
