/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/page.h"

#include <stdio.h>
#include <sys/stat.h>

#include "cli/options.h"
#include "report/report.h"

static bool is_file(const char *path) {
  struct stat info;
  return stat(path, &info) != 0 || S_ISREG(info.st_mode);
}

bool analyze_report_check(const char *name, bool film, const char *overlay, char *why) {
  const report_format format = name ? report_format_of(name) : REPORT_NONE;
  if (name && format == REPORT_NONE) {
    snprintf(why, OPTION_WHY, "A report is a .pdf, .html, .svg or .png by the end of its name, and '%.200s' is none.",
             name);
  } else if (film && format != REPORT_HTML) {
    snprintf(why, OPTION_WHY, "--report-video goes with an HTML report: add --report page.html, or leave it out.");
  } else if (film && (!overlay || !is_file(overlay))) {
    snprintf(why, OPTION_WHY, "--report-video shows the overlay video: add --overlay FILE.mp4, or leave it out.");
  } else {
    return true;
  }
  return false;
}

static sagitta_status add_client(report *r, const keep *client, sagitta_error *error) {
  report_set_day(r, client->day);
  const sagitta_status status = report_add_client(r, client->r, &client->client, error);
  report_set_mark(r, client->mark, client->pain);
  return status;
}

sagitta_status analyze_report_write(const analyze_report *from, outputs *out, const char **remark,
                                    sagitta_error *error) {
  report *r = NULL;
  report_video video = { .name = out->asked[OUT_OVERLAY], .page = out->asked[OUT_REPORT] };
  if (from->film) video.file = sagitta_output_path(out->open[OUT_OVERLAY]);
  sagitta_status status = report_new(&r, from->result, NULL, from->tracks, error);
  if (status == SAGITTA_OK && from->client) status = add_client(r, from->client, error);
  if (status == SAGITTA_OK && !from->client) {
    char today[RECORDS_DAY];
    records_today(today);
    report_set_day(r, today);
  }
  if (status == SAGITTA_OK && from->source) status = report_add_photographs(r, from->source, error);
  if (status == SAGITTA_OK) {
    status = report_write(r, REPORT_BOTH, report_format_of(out->asked[OUT_REPORT]), from->film ? &video : NULL,
                          out->open[OUT_REPORT], error);
  }
  *remark = status == SAGITTA_OK ? report_remark(r, report_format_of(out->asked[OUT_REPORT])) : NULL;
  report_free(&r);
  return status;
}
