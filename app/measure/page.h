/* SPDX-License-Identifier: Apache-2.0 */
/* The report of what has just been measured. */
#ifndef APP_ANALYZE_REPORT_H
#define APP_ANALYZE_REPORT_H

#include "measure/outputs.h"
#include "records/records.h"
#include "sagitta/sagitta.h"

typedef struct analyze_report {
  const sagitta_result *result;
  const sagitta_tracks *tracks;
  const sagitta_source *source; /* NULL: tracks came from a file, and there are no photographs */
  const keep *client;           /* NULL: not in the records */
  bool film;                    /* the overlay goes into the page */
} analyze_report;

/* What is wrong with --report and --report-video: false, and `why` (OPTION_WHY bytes) filled. */
bool analyze_report_check(const char *name, bool film, const char *overlay, char *why);
/* Write it into the outputs' report; the overlay is written already. *remark: something the user should know, or NULL.
 * Errors: those of reading, WRITE, MEMORY. */
sagitta_status analyze_report_write(const analyze_report *from, outputs *out, const char **remark,
                                    sagitta_error *error);

#endif
