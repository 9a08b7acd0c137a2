/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/route.h"

#include <stdio.h>
#include <string.h>

static const route routes[] = {
  { "GET", "/", page_index, NULL },
  { "GET", "/assets/*/*", page_asset, NULL },
  { "GET", "/favicon.ico", page_icon, NULL }, /* asked for where a tab shows a film or a PDF, which name none */
  { "GET", "/api/words/*", page_words, NULL },
  { "GET", "/api/guide.svg", page_guide, NULL },
  { "GET", "/api/sheets/*", page_sheet, NULL },

  { "GET", "/api/state", state_show, NULL },
  { "PATCH", "/api/state", state_set, NULL },
  { "GET", "/api/backup", backup_make, NULL },
  { "POST", "/api/restore", restore_take, restore_begin },
  { "POST", "/api/clinic/logo", logo_take, logo_begin },
  { "DELETE", "/api/clinic/logo", logo_remove, NULL },

  { "GET", "/api/clients", client_list, NULL },
  { "POST", "/api/clients", client_add, NULL },
  { "GET", "/api/clients/*", client_show, NULL },
  { "PATCH", "/api/clients/*", client_edit, NULL },
  { "DELETE", "/api/clients/*", client_remove, NULL },
  { "GET", "/api/clients/*/history", client_history, NULL },
  { "GET", "/api/clients/*/results", client_results, NULL },
  { "GET", "/api/clients/*/pretest", client_pretest_show, NULL },
  { "PUT", "/api/clients/*/pretest", client_pretest_set, NULL },
  { "PATCH", "/api/records/*", record_edit, NULL },
  { "DELETE", "/api/records/*", record_remove, NULL },
  { "DELETE", "/api/records/*/recording", record_forget_film, NULL },

  { "GET", "/api/jobs", job_list, NULL },
  { "POST", "/api/jobs", job_take, job_begin },
  { "GET", "/api/jobs/*", job_show, NULL },
  { "DELETE", "/api/jobs/*", job_stop, NULL },
  { "PATCH", "/api/jobs/*", job_name, NULL },
  { "POST", "/api/jobs/*/again", job_again, NULL },

  { "POST", "/api/class", class_make, NULL },

  { "GET", "/api/cameras", camera_list, NULL },
  { "POST", "/api/live", camera_open, NULL },
  { "POST", "/api/live/take-over", camera_take_over, NULL },
  { "POST", "/api/live/start", camera_start, NULL },
  { "POST", "/api/live/stop", camera_stop, NULL },
  { "POST", "/api/live/again", camera_again, NULL },
  { "POST", "/api/live/cancel", camera_cancel, NULL },
  { "GET", "/api/live/stream", camera_stream, NULL },

  { "GET", "/api/results/*", result_show, NULL },
  { "GET", "/api/results/*/file/*", result_file, NULL },
  { "GET", "/api/results/*/video", result_video, NULL },
  { "POST", "/api/results/*/picks", result_pick, NULL },
  { "POST", "/api/results/*/pages", result_repage, NULL },
  { "DELETE", "/api/results/*/video", result_forget, NULL },
  { "PUT", "/api/results/*/kept", result_keep, NULL },
  { "DELETE", "/api/results/*/kept", result_keep_stop, NULL },
};

/* Whether the path is of that form; the parts that stand for stars go into q->word. */
static bool fits(const char *form, const char *path, http_request *q) {
  size_t stars = 0;
  while (*form && *path) {
    if (*form != '*') {
      if (*form++ != *path++) return false;
      continue;
    }
    const size_t length = strcspn(path, "/");
    if (length == 0 || length >= HTTP_WORD || stars == HTTP_WORDS) return false;
    (void)snprintf(q->word[stars++], HTTP_WORD, "%.*s", (int)length, path);
    path += length;
    form++;
  }
  return !*form && !*path;
}

const route *route_find(http_request *q, bool *other) {
  *other = false;
  for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
    const route *r = &routes[i];
    if (!fits(r->path, q->path, q)) continue;
    if (strcmp(r->method, q->method) == 0) return r;
    if (strcmp(r->method, "GET") == 0 && strcmp(q->method, "HEAD") == 0) return r;
    *other = true;
  }
  return NULL;
}
