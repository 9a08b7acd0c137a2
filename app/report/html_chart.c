/* SPDX-License-Identifier: Apache-2.0 */
/* The chart that follows a pointer or the film, with the still picture for whoever has no scripts; and the film. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/assets.h"
#include "report/html.h"
#include "report/phrases.h"

static void put_number(writer *w, double value, int decimals) {
  isfinite(value) ? put_format(w, "%.*f", decimals, value) : put(w, "null");
}

static void put_data(writer *w, const report *r) {
  const report_curves *c = &r->curves;
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  put_format(w,
             "<script type=\"application/json\" id=\"curves\">{\"names\":[\"%s\",\"%s\"],\"words\":{\"at\":\"%s\","
             "\"unseen\":\"%s\",\"to\":\"%s\"},\"start\":%.3f,\"rows\":[",
             phrase_curve(c, 0), phrase_curve(c, 1), phrase("At"), phrase("not seen"), phrase(" to "),
             r->repetition < count ? repetitions[r->repetition].end_range_s : c->time_s[0]);
  for (size_t i = 0; i < c->count; i++) {
    put_format(w, "%s[%.3f", i ? "," : "", c->time_s[i]);
    for (int k = 0; k < CURVES; k++) {
      const sagitta_angle_value *v = &c->value[k][i];
      put(w, ",[");
      put_number(w, v->low, 1);
      put(w, ",");
      put_number(w, v->value, 1);
      put(w, ",");
      put_number(w, v->high, 1);
      put(w, "]");
    }
    put(w, "]");
  }
  put(w, "],\"repetitions\":[");
  for (size_t i = 0; i < count; i++) {
    put_format(w, "%s{\"from\":%.3f,\"to\":%.3f,\"valid\":%s}", i ? "," : "", repetitions[i].start_s,
               repetitions[i].end_s, repetitions[i].valid ? "true" : "false");
  }
  put(w, "]}</script>\n");
}

/* Folder of a path, resolved. */
static bool folder_of(const char *path, char folder[PATH_MAX]) {
  char parent[PATH_MAX];
  const char *slash = strrchr(path, '/');
  (void)snprintf(parent, sizeof parent, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
  return realpath(parent, folder) != NULL;
}

/* `name` as seen from the folder of `page`. */
static void put_from_page(writer *w, const char *page, const char *name) {
  char here[PATH_MAX], there[PATH_MAX];
  const char *slash = strrchr(name, '/');
  if (folder_of(page, here) && folder_of(name, there)) {
    size_t same = 0, at = 0;
    while (here[at] && here[at] == there[at]) {
      at++;
      if ((here[at] == '/' || !here[at]) && (there[at] == '/' || !there[at])) same = at;
    }
    for (const char *up = here + same; *up; up++) {
      if (*up == '/' && up[1]) put(w, "../");
    }
    const char *down = there + same + (there[same] == '/');
    put_address(w, down);
    if (*down) put(w, "/");
  }
  put_address(w, slash ? slash + 1 : name);
}

static void put_film(writer *w, const report_video *video) {
  struct stat info;
  const bool there = stat(video->file, &info) == 0;
  const bool inside = there && info.st_size <= (off_t)HTML_VIDEO_MAX;
  put(w, "<div><video id=\"film\" controls playsinline preload=\"auto\" aria-label=\"");
  put_text(w, phrase("The recording with markers and angles drawn in, the head hidden; without sound"));
  put(w, "\" src=\"");
  if (inside) {
    put(w, "data:video/mp4;base64,");
  } else {
    put_from_page(w, video->page, video->name);
  }
  if (!there || (inside && !put_base64_file(w, video->file))) {
    if (w->status != SAGITTA_OK) return;
    w->status = w->error->status = SAGITTA_ERROR_MISSING;
    (void)snprintf(w->error->text, sizeof w->error->text, "The overlay video \"%.300s\" cannot be read.", video->name);
    return;
  }
  put(w, "\"></video>");
  if (!inside) {
    const char *slash = strrchr(video->name, '/');
    put(w, "<p class=\"small\">");
    put_text(w, slash ? slash + 1 : video->name);
    put_format(w, "<br>%s</p>", phrase("The video is a file of its own: keep it where it lies beside this page."));
  }
  put(w, "</div>\n");
}

void html_chart(writer *w, const report *r, const report_video *video) {
  const bool film = video && video->file, chart = figure_possible(r, FIGURE_CHART);
  if (!film && !chart) return;
  put_format(w, "<h3>%s</h3>\n", phrase("Through time"));
  put_format(w, "<div class=\"live%s\">\n", film && chart ? " filmed" : "");
  if (film) put_film(w, video);
  if (chart) {
    const report_curves *c = &r->curves;
    put(w, "<div>");
    if (asset_dygraphs_js_size > 0) {
      put_format(w,
                 "<div class=\"interactive\"><p class=\"small\"><span class=\"key\" aria-hidden=\"true\"></span>%s "
                 "<span class=\"key back\" aria-hidden=\"true\"></span>%s · %s</p>\n"
                 "<div id=\"chart\" role=\"img\" aria-label=\"",
                 phrase_curve(c, 0), phrase_curve(c, 1), phrase("shaded: 95 % interval"));
      char title[FIGURE_ALT], alt[FIGURE_ALT];
      figure_words(r, FIGURE_CHART, title, alt);
      put_text(w, alt);
      put_format(w, "\"></div>\n<p id=\"now\"></p>\n<label class=\"small\" for=\"moment\">%s</label>\n",
                 phrase("Moment in the recording"));
      put(w, "<input type=\"range\" id=\"moment\" step=\"0.02\"></div>\n");
      put_data(w, r);
    }
    put(w, "<div class=\"still\">");
    html_figure(w, r, FIGURE_CHART, 840, false, false);
    put(w, "</div></div>\n");
  }
  put(w, "</div>\n");
}
