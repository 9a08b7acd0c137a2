/* SPDX-License-Identifier: Apache-2.0 */
/* A report as a file. */
#ifndef APP_REPORT_H
#define APP_REPORT_H

#include "report/model.h"

typedef enum report_format {
  REPORT_NONE = 0,
  REPORT_PDF = 1,
  REPORT_HTML = 2,
  REPORT_SVG = 3,
  REPORT_PNG = 4
} report_format;

/* By the end of the name; NONE where it is none of .pdf, .html, .htm, .svg, .png. */
report_format report_format_of(const char *path);

typedef enum report_pages { REPORT_CLIENT = 1, REPORT_PROFESSIONAL = 2, REPORT_BOTH = 3 } report_pages;

/* "client", "professional", "both"; 0 for another word. */
report_pages report_pages_of(const char *word);

/* The overlay video of an HTML report. */
typedef struct report_video {
  const char *file; /* where its bytes are now; NULL = none */
  const char *name; /* the name under which it will lie */
  const char *page; /* the name under which the page will lie: a large video is named as seen from there */
} report_video;

/*
 * Write a report into `to`, which stays the caller's and is neither committed nor discarded here. In SVG and PNG the
 * pages stand one below the other; of several sheets of paper the client's come first. `video` may be NULL. The same
 * report makes the same bytes. Errors: WRITE, MISSING (the video cannot be read), MEMORY.
 */
sagitta_status report_write(const report *r, report_pages pages, report_format format, const report_video *video,
                            sagitta_output *to, sagitta_error *error);

/* What the reader of the terminal should know: a name whose letters no font of this machine has. NULL = nothing. */
const char *report_remark(const report *r, report_format format);

#endif
