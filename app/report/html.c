/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/assets.h"
#include "report/pages.h"
#include "report/phrases.h"
#include "report/print.h"
#include "records/records.h"

static void no_memory(writer *w) {
  if (w->status != SAGITTA_OK) return;
  w->status = w->error->status = SAGITTA_ERROR_MEMORY;
  (void)snprintf(w->error->text, sizeof w->error->text, "Not enough memory for the report: close other programs.");
}

static void put_svg(writer *w, const report *r, figure_kind kind, double width, double text) {
  char *svg = NULL;
  size_t length = 0;
  if (!print_figure(r, kind, (figure){ width, figure_height(r, kind, width, text), text }, &svg, &length)) {
    no_memory(w);
    return;
  }
  put(w, "data:image/svg+xml;base64,");
  put_base64(w, svg, length);
  free(svg);
}

/* Figures that have words on lines are drawn anew for a telephone, where the wide drawing's words would be too small.
 */
void html_figure(writer *w, const report *r, figure_kind kind, double width, bool title, bool caption) {
  char heading[FIGURE_ALT], alt[FIGURE_ALT];
  if (!figure_possible(r, kind)) return;
  figure_words(r, kind, heading, alt);
  const bool photo = kind == FIGURE_START || kind == FIGURE_DEEPEST;
  const double text = photo ? 11 : 13;
  put(w, photo ? "<figure>" : "<figure class=\"wide\">");
  if (title) {
    put(w, "<p class=\"title\">");
    put_text(w, heading);
    put(w, "</p>");
  }
  put(w, "<picture>");
  if (!photo && width > 380) {
    put(w, "<source media=\"(max-width: 640px)\" srcset=\"");
    put_svg(w, r, kind, 330, 12.5);
    put(w, "\">");
  }
  put_format(w, "<img width=\"%.0f\" height=\"%.0f\" style=\"max-width:%.0fpx\" src=\"", width,
             figure_height(r, kind, width, text), photo || width > 380 ? 1000 : 1.25 * width);
  put_svg(w, r, kind, width, text);
  put(w, "\" alt=\"");
  put_text(w, alt);
  put(w, "\"></picture>");
  if (caption) {
    put(w, "<figcaption>");
    put_text(w, alt);
    put(w, "</figcaption>");
  }
  put(w, "</figure>\n");
}

void html_head(writer *w, const report *r, const char *title) {
  char day[PHRASE_SHORT] = "";
  if (r->day[0]) phrase_day(day, r->day);
  put(w, "<div class=\"head\"><span>");
  put_text(w, title);
  put(w, "</span>");
  if (r->name[0] || r->code[0] || day[0]) {
    put(w, "<span class=\"who\"><bdi>");
    put_text(w, r->name[0] ? r->name : r->code);
    put(w, "</bdi>");
    if (r->name[0] && r->code[0]) {
      put(w, " (<bdi>");
      put_text(w, r->code);
      put(w, "</bdi>)");
    }
    if ((r->name[0] || r->code[0]) && day[0]) put(w, " · ");
    put_text(w, day);
    put(w, "</span>");
  }
  put(w, "</div>\n");
}

void html_clinician(writer *w, const report *r) {
  if (!r->clinician[0]) return;
  put(w, "<p class=\"clinician\" role=\"note\">");
  put_text(w, r->clinician);
  put(w, "</p>\n");
}

/* 'sha256-…' of a script: the page runs its own scripts and no others. */
static void put_hash(writer *w, const unsigned char *script, size_t length) {
  char digits[RECORDS_HASH];
  unsigned char bytes[32];
  if (!hash_text(script, length, digits)) {
    no_memory(w);
    return;
  }
  for (size_t i = 0; i < sizeof bytes; i++) {
    const char pair[3] = { digits[2 * i], digits[2 * i + 1], '\0' };
    bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
  }
  put(w, " 'sha256-");
  put_base64(w, bytes, sizeof bytes);
  put(w, "'");
}

static bool has_script(const report *r, report_pages pages) {
  return asset_dygraphs_js_size > 0 && (pages & REPORT_PROFESSIONAL) && figure_possible(r, FIGURE_CHART);
}

static void put_document_head(writer *w, const report *r, report_pages pages) {
  char running[600], title[700];
  page_running(r, running, sizeof running);
  (void)snprintf(title, sizeof title, phrase("Sagitta report: %s"), running);
  put_format(w, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", phrase_language());
  put(w,
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
      "media-src data: 'self' file:; style-src 'unsafe-inline'; script-src");
  if (has_script(r, pages)) {
    put_hash(w, asset_dygraphs_js, asset_dygraphs_js_size);
    put_hash(w, asset_page_js, asset_page_js_size);
  } else {
    put(w, " 'none'");
  }
  put(w, "\">\n<meta name=\"robots\" content=\"noindex\">\n<title>");
  put_text(w, title);
  put(w, "</title>\n<style>\n");
  if (has_script(r, pages)) put_bytes(w, asset_dygraphs_css, asset_dygraphs_css_size);
  put_bytes(w, asset_page_css, asset_page_css_size);
  put(w, "</style>\n</head>\n<body>\n");
}

static void put_scripts(writer *w) {
  put(w, "<!--\n");
  put_bytes(w, asset_dygraphs_licence, asset_dygraphs_licence_size);
  put(w, "-->\n<script>");
  put_bytes(w, asset_dygraphs_js, asset_dygraphs_js_size);
  put(w, "</script>\n<script>");
  put_bytes(w, asset_page_js, asset_page_js_size);
  put(w, "</script>\n");
}

sagitta_status html_write(const report *r, report_pages pages, const report_video *video, sagitta_output *to,
                          sagitta_error *error) {
  writer *w = calloc(1, sizeof *w);
  if (!w) {
    error->status = SAGITTA_ERROR_MEMORY;
    (void)snprintf(error->text, sizeof error->text, "Not enough memory for the report: close other programs.");
    return error->status;
  }
  w->to = to;
  w->error = error;
  phrase_speak(r);
  put_document_head(w, r, pages);
  if (pages == REPORT_BOTH)
    put_format(w, "<a class=\"skip\" href=\"#professional\">%s</a>\n", phrase("To the professional’s page"));
  put(w, "<main>\n");
  if (pages & REPORT_CLIENT) html_client(w, r);
  if (pages & REPORT_PROFESSIONAL) html_professional(w, r, video);
  put(w, "</main>\n");
  if (has_script(r, pages)) put_scripts(w);
  put(w, "</body>\n</html>\n");
  const sagitta_status status = put_end(w);
  free(w);
  return status;
}
