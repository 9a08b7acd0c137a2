/* SPDX-License-Identifier: Apache-2.0 */
/* The chart that follows a pointer or the film, with the still picture for whoever has no scripts; and the film. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "report/html.h"
#include "report/wording.h"

/* A film that is larger than this is not put into the page, which then names it as seen from there. */
#define VIDEO_MAX (20u << 20)

static void put_number(html_writer *w, double value, int decimals) {
  isfinite(value) ? html_put_format(w, "%.*f", decimals, value) : html_put(w, "null");
}

static void put_data(html_writer *w, const report *r) {
  const report_curves *c = &r->curves;
  char half[TEXT_NUMBER];
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  html_put_format(w,
                  "<script type=\"application/json\" id=\"curves\">{\"names\":[\"%s\",\"%s\"],\"words\":{\"at\":\"%s\","
                  "\"unseen\":\"%s\",\"to\":\"%s\",\"decimal\":\"%c\"},\"start\":%.3f,\"rows\":[",
                  wording_curve(r, 0), wording_curve(r, 1), say(r->language, "At"), say(r->language, "not seen"),
                  say(r->language, " to "), text_number(half, 0.5, 1, false, r->language)[1],
                  r->repetition < count ? repetitions[r->repetition].end_range_s : c->time_s[0]);
  for (size_t i = 0; i < c->count; i++) {
    html_put_format(w, "%s[%.3f", i ? "," : "", c->time_s[i]);
    for (int k = 0; k < CURVES; k++) {
      const sagitta_angle_value *v = &c->value[k][i];
      html_put(w, ",[");
      put_number(w, v->low, 1);
      html_put(w, ",");
      put_number(w, v->value, 1);
      html_put(w, ",");
      put_number(w, v->high, 1);
      html_put(w, "]");
    }
    html_put(w, "]");
  }
  html_put(w, "],\"repetitions\":[");
  for (size_t i = 0; i < count; i++) {
    html_put_format(w, "%s{\"from\":%.3f,\"to\":%.3f,\"valid\":%s}", i ? "," : "", repetitions[i].start_s,
                    repetitions[i].end_s, repetitions[i].valid ? "true" : "false");
  }
  html_put(w, "]}</script>\n");
}

/* Folder of a path, resolved. */
static bool folder_of(const char *path, char folder[PATH_MAX]) {
  char parent[PATH_MAX];
  const char *slash = strrchr(path, '/');
  (void)snprintf(parent, sizeof parent, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
  return realpath(parent, folder) != NULL;
}

/* `name` as seen from the folder of `page`. */
static void put_from_page(html_writer *w, const char *page, const char *name) {
  char here[PATH_MAX], there[PATH_MAX];
  const char *slash = strrchr(name, '/');
  if (folder_of(page, here) && folder_of(name, there)) {
    size_t same = 0, at = 0;
    while (here[at] && here[at] == there[at]) {
      at++;
      if ((here[at] == '/' || !here[at]) && (there[at] == '/' || !there[at])) same = at;
    }
    for (const char *up = here + same; *up; up++) {
      if (*up == '/' && up[1]) html_put(w, "../");
    }
    const char *down = there + same + (there[same] == '/');
    html_put_address(w, down);
    if (*down) html_put(w, "/");
  }
  html_put_address(w, slash ? slash + 1 : name);
}

static void put_film(html_writer *w, const report *r, const report_video *video) {
  struct stat info;
  const bool there = stat(video->file, &info) == 0;
  const bool inside = there && info.st_size <= (off_t)VIDEO_MAX;
  html_put(w, "<div><video id=\"film\" controls playsinline preload=\"auto\" aria-label=\"");
  html_put_text(w, say(r->language, "The recording with markers and angles drawn in, the head hidden; without sound"));
  html_put(w, "\" src=\"");
  if (inside) {
    html_put(w, "data:video/mp4;base64,");
  } else {
    put_from_page(w, video->page, video->name);
  }
  if (!there || (inside && !html_put_base64_file(w, video->file))) {
    if (w->status != SAGITTA_OK) return;
    w->status = fail_with(w->error, SAGITTA_ERROR_MISSING, "The overlay video \"%.300s\" cannot be read.", video->name);
    return;
  }
  html_put(w, "\"></video>");
  if (!inside) {
    const char *slash = strrchr(video->name, '/');
    html_put(w, "<p class=\"small\">");
    html_put_text(w, slash ? slash + 1 : video->name);
    html_put_format(w, "<br>%s</p>",
                    say(r->language, "The video is a file of its own: keep it where it lies beside this page."));
  }
  html_put(w, "</div>\n");
}

void html_put_interactive_chart(html_writer *w, const report *r, const report_video *video) {
  const bool film = video && video->file, curves = chart_possible(r, CHART_ANGLES);
  if (!film && !curves) return;
  html_put_format(w, "<h3>%s</h3>\n", say(r->language, "Through time"));
  html_put_format(w, "<div class=\"live%s\">\n", film && curves ? " filmed" : "");
  if (film) put_film(w, r, video);
  if (curves) {
    html_put(w, "<div>");
    if (html_chart_is_interactive(r)) {
      html_put_format(
          w,
          "<div class=\"interactive\"><p class=\"small\"><span class=\"key\" aria-hidden=\"true\"></span>%s "
          "<span class=\"key back\" aria-hidden=\"true\"></span>%s · %s</p>\n"
          "<div id=\"chart\" role=\"img\" aria-label=\"",
          wording_curve(r, 0), wording_curve(r, 1), say(r->language, "shaded: 95 % interval"));
      char title[CHART_WORDS], alt[CHART_WORDS];
      chart_words(r, CHART_ANGLES, title, alt);
      html_put_text(w, alt);
      html_put_format(w, "\"></div>\n<p id=\"now\"></p>\n<label class=\"small\" for=\"moment\">%s</label>\n",
                      say(r->language, "Moment in the recording"));
      html_put(w, "<input type=\"range\" id=\"moment\" step=\"0.02\"></div>\n");
      put_data(w, r);
    }
    html_put(w, "<div class=\"still\">");
    html_put_chart(w, r, CHART_ANGLES, 840, false, false);
    html_put(w, "</div></div>\n");
  }
  html_put(w, "</div>\n");
}
