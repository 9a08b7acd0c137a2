/* SPDX-License-Identifier: Apache-2.0 */
/* HTML: markup and text, what pages are made of, and the document around them. */
#include "report/html.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "report/assets.h"
#include "report/clinic.h"
#include "report/wording.h"

/* ---- markup and text ---- */

static void flush(html_writer *w) {
  if (w->status == SAGITTA_OK && w->used) w->status = sagitta_output_write(w->to, w->piece, w->used, w->error);
  w->used = 0;
}

void html_put_bytes(html_writer *w, const void *bytes, size_t length) {
  const char *from = bytes;
  while (length && w->status == SAGITTA_OK) {
    const size_t room = HTML_PIECE - w->used, part = length < room ? length : room;
    memcpy(w->piece + w->used, from, part);
    w->used += part;
    from += part;
    length -= part;
    if (w->used == HTML_PIECE) flush(w);
  }
}

void html_put(html_writer *w, const char *markup) {
  html_put_bytes(w, markup, strlen(markup));
}

/* Bytes of the UTF-8 character at s; 0 when it is none. */
static size_t character(const unsigned char *s) {
  if (s[0] < 0x80) return 1;
  const size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
  if (s[0] < 0xc2 || s[0] > 0xf4) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((s[i] & 0xc0) != 0x80) return 0;
  }
  const bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
  const bool beyond = (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
  return overlong || beyond ? 0 : length;
}

/* A blank between a number and its "%": no line ends there. */
static bool is_before_percent(const char *text, const unsigned char *at) {
  return *at == ' ' && at[1] == '%' && at > (const unsigned char *)text && at[-1] >= '0' && at[-1] <= '9';
}

void html_put_text(html_writer *w, const char *text) {
  const unsigned char *s = (const unsigned char *)text;
  while (*s) {
    const size_t length = character(s);
    const char *entity = *s == '&'                    ? "&amp;"
                         : *s == '<'                  ? "&lt;"
                         : *s == '>'                  ? "&gt;"
                         : *s == '"'                  ? "&quot;"
                         : *s == '\''                 ? "&#39;"
                         : is_before_percent(text, s) ? "\u00a0"
                         : length == 0                ? "\xef\xbf\xbd"
                         : *s < 0x20 || *s == 0x7f    ? " "
                                                      : NULL;
    entity ? html_put(w, entity) : html_put_bytes(w, s, length);
    s += length ? length : 1;
  }
}

void html_put_format(html_writer *w, const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  html_put(w, text);
}

void html_put_base64(html_writer *w, const void *bytes, size_t length) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *s = bytes;
  for (size_t i = 0; i < length && w->status == SAGITTA_OK; i += 3) {
    const size_t left = length - i;
    const uint32_t word = (uint32_t)s[i] << 16 | (left > 1 ? (uint32_t)s[i + 1] << 8 : 0) | (left > 2 ? s[i + 2] : 0u);
    const char four[4] = { digits[word >> 18], digits[word >> 12 & 63], left > 1 ? digits[word >> 6 & 63] : '=',
                           left > 2 ? digits[word & 63] : '=' };
    html_put_bytes(w, four, 4);
  }
}

bool html_put_base64_file(html_writer *w, const char *path) {
  unsigned char piece[3 * 4096];
  FILE *file = fopen(path, "rbe");
  if (!file) return false;
  size_t length;
  while ((length = fread(piece, 1, sizeof piece, file)) > 0) {
    html_put_base64(w, piece, length);
    if (length % 3) break; /* only the last piece is no multiple of three */
  }
  const bool whole = !ferror(file) && (length == 0 || fgetc(file) == EOF);
  (void)fclose(file);
  return whole;
}

void html_put_address(html_writer *w, const char *path) {
  for (const unsigned char *s = (const unsigned char *)path; *s; s++) {
    const bool plain = isalnum(*s) || strchr("-._~/", *s);
    plain ? html_put_bytes(w, s, 1) : html_put_format(w, "%%%02X", *s);
  }
}

sagitta_status html_end(html_writer *w) {
  flush(w);
  return w->status;
}

/* ---- what pages are made of ---- */

static void no_memory(html_writer *w) {
  if (w->status != SAGITTA_OK) return;
  w->status = fail_with(w->error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
}

static void put_svg(html_writer *w, const report *r, chart_kind kind, double width, double text) {
  char *svg = NULL;
  size_t length = 0;
  if (!chart_svg(r, kind, (chart_box){ width, chart_height(r, kind, width, text), text }, &svg, &length)) {
    no_memory(w);
    return;
  }
  html_put(w, "data:image/svg+xml;base64,");
  html_put_base64(w, svg, length);
  free(svg);
}

/* Figures that have words on lines are drawn anew for a telephone, where the wide drawing's words would be too small.
 */
static void put_figure(html_writer *w, const report *r, chart_kind kind, double width, const char *title,
                       bool caption) {
  char heading[CHART_WORDS], alt[CHART_WORDS];
  if (!chart_possible(r, kind)) return;
  chart_words(r, kind, heading, alt);
  const bool photo = chart_is_keyframe(kind);
  const double text = photo ? 11 : 13;
  html_put(w, photo ? "<figure class=\"photo\">" : "<figure class=\"drawn\">");
  if (title) {
    html_put(w, "<p class=\"title\">");
    html_put_text(w, *title ? title : heading);
    html_put(w, "</p>");
  }
  html_put(w, "<picture>");
  if (!photo && width > 380) {
    html_put(w, "<source media=\"(max-width: 640px)\" srcset=\"");
    put_svg(w, r, kind, 330, 12.5);
    html_put(w, "\">");
  }
  html_put_format(w, "<img width=\"%.0f\" height=\"%.0f\" style=\"max-width:%.0fpx\" src=\"", width,
                  chart_height(r, kind, width, text), photo || width > 380 ? 1000 : 1.25 * width);
  put_svg(w, r, kind, width, text);
  html_put(w, "\" alt=\"");
  html_put_text(w, alt);
  html_put(w, "\"></picture>");
  if (caption) {
    html_put(w, "<figcaption>");
    html_put_text(w, alt);
    html_put(w, "</figcaption>");
  }
  html_put(w, "</figure>\n");
}

void html_put_chart(html_writer *w, const report *r, chart_kind kind, double width, bool title, bool caption) {
  put_figure(w, r, kind, width, title ? "" : NULL, caption);
}

void html_put_panel(html_writer *w, const report *r, chart_kind kind, double width, const char *title) {
  put_figure(w, r, kind, width, title, false);
}

#define LOGO_HIGH 44.0 /* px */

/* Drawn as every chart is: an SVG that holds lines or pixels, and nothing that could act. */
static void put_logo(html_writer *w, const clinic *c, const char *language) {
  char *svg = NULL, alt[CLINIC_NAME + WORDING_SHORT];
  size_t length = 0;
  const double aspect = logo_aspect(c->logo), width = fmin(LOGO_HIGH * aspect, 220);
  if (!chart_logo_svg(c, width, width / aspect, &svg, &length)) {
    no_memory(w);
    return;
  }
  html_put_format(w, "<img class=\"logo\" width=\"%.0f\" height=\"%.0f\" src=\"data:image/svg+xml;base64,", width,
                  fmax(1, width / aspect));
  html_put_base64(w, svg, length);
  (void)snprintf(alt, sizeof alt, say(language, "The logo of %s"), c->name);
  html_put(w, "\" alt=\"");
  html_put_text(w, alt);
  html_put(w, "\">");
  free(svg);
}

static void put_clinic(html_writer *w, const clinic *c, const char *language) {
  html_put(w, "<div class=\"clinic\">");
  if (c->logo) put_logo(w, c, language);
  html_put(w, "<div><p class=\"clinic-name\">");
  html_put_text(w, c->name);
  html_put(w, "</p>");
  if (c->lines) html_put(w, "<p class=\"small\">");
  for (size_t i = 0; i < c->lines; i++) {
    if (i) html_put(w, " · ");
    html_put_text(w, c->address[i]);
  }
  html_put(w, c->lines ? "</p></div></div>\n" : "</div></div>\n");
}

void html_put_head(html_writer *w, const report *r, const char *title) {
  char day[2 * WORDING_SHORT];
  wording_date(r, day);
  if (r->clinic) put_clinic(w, r->clinic, r->language);
  html_put(w, "<div class=\"head\"><span>");
  html_put_text(w, title);
  html_put(w, "</span>");
  if (r->name[0] || r->code[0] || day[0]) {
    html_put(w, "<span class=\"who\"><bdi>");
    html_put_text(w, r->name[0] ? r->name : r->code);
    html_put(w, "</bdi>");
    if (wording_code_tells(r)) {
      html_put(w, " (<bdi>");
      html_put_text(w, r->code);
      html_put(w, "</bdi>)");
    }
    if ((r->name[0] || r->code[0]) && day[0]) html_put(w, " · ");
    html_put_text(w, day);
    html_put(w, "</span>");
  }
  html_put(w, "</div>\n");
}

void html_put_head_of(html_writer *w, const clinic *whose, const char *language, const char *title, const char *right) {
  if (whose) put_clinic(w, whose, language);
  html_put(w, "<div class=\"head\"><span>");
  html_put_text(w, title);
  html_put(w, "</span><span class=\"who\">");
  html_put_text(w, right);
  html_put(w, "</span></div>\n");
}

void html_put_clinician(html_writer *w, const report *r) {
  if (!r->clinician[0]) return;
  html_put(w, "<p class=\"clinician\" role=\"note\">");
  html_put_text(w, r->clinician);
  html_put(w, "</p>\n");
}

void html_put_foot(html_writer *w, const report *r, const char *more) {
  html_put(w, "<p class=\"foot\">");
  html_put_text(w, say(r->language, sagitta_disclaimer()));
  html_put_format(w, " Sagitta %s.%s</p>\n", sagitta_result_version(r->result), more);
}

/* ---- the document ---- */

bool html_chart_is_interactive(const report *r) {
  return asset_dygraphs_js_size > 0 && chart_possible(r, CHART_ANGLES);
}

/* 'sha256-…' of a script: the page runs its own scripts and no others. */
static void put_hash(html_writer *w, const unsigned char *script, size_t length) {
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
  html_put(w, " 'sha256-");
  html_put_base64(w, bytes, sizeof bytes);
  html_put(w, "'");
}

static bool has_script(const report *r, const html_page *const *pages, size_t count) {
  bool any = false;
  for (size_t i = 0; i < count; i++) any = any || pages[i]->interactive;
  return any && html_chart_is_interactive(r);
}

void html_begin_document(html_writer *w, const char *title, const char *language, report_paper paper, bool scripts) {
  html_put_format(w, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language);
  html_put(w,
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action "
           "'none'; img-src data:; "
           "media-src data: 'self' file:; style-src 'unsafe-inline'; script-src");
  if (scripts) {
    put_hash(w, asset_dygraphs_js, asset_dygraphs_js_size);
    put_hash(w, asset_page_js, asset_page_js_size);
  } else {
    html_put(w, " 'none'");
  }
  html_put(w, "\">\n<meta name=\"robots\" content=\"noindex\">\n<title>");
  html_put_text(w, title);
  html_put(w, "</title>\n<style>\n");
  if (scripts) html_put_bytes(w, asset_dygraphs_css, asset_dygraphs_css_size);
  html_put_bytes(w, asset_page_css, asset_page_css_size);
  html_put_format(w, "@page { size: %s; margin: 14mm; }\n", paper == REPORT_LETTER ? "letter" : "A4");
  html_put(w, "</style>\n</head>\n<body>\n");
}

static void put_scripts(html_writer *w) {
  html_put(w, "<!--\n");
  html_put_bytes(w, asset_dygraphs_licence, asset_dygraphs_licence_size);
  html_put(w, "-->\n<script>");
  html_put_bytes(w, asset_dygraphs_js, asset_dygraphs_js_size);
  html_put(w, "</script>\n<script>");
  html_put_bytes(w, asset_page_js, asset_page_js_size);
  html_put(w, "</script>\n");
}

void html_end_document(html_writer *w, bool scripts) {
  if (scripts) put_scripts(w);
  html_put(w, "</body>\n</html>\n");
}

sagitta_status html_write(const report *r, const html_page *const *pages, size_t count, const report_video *video,
                          sagitta_output *to, sagitta_error *error) {
  html_writer *w = calloc(1, sizeof *w);
  if (!w) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  w->to = to;
  w->error = error;
  const bool scripts = has_script(r, pages, count);
  char title[700];
  wording_title(r, title, sizeof title);
  html_begin_document(w, title, r->language, r->paper, scripts);
  for (size_t i = 0; count > 1 && i < count; i++) {
    if (!pages[i]->skip) continue;
    html_put_format(w, "<a class=\"skip\" href=\"#%s\">%s</a>\n", pages[i]->id, say(r->language, pages[i]->skip));
  }
  html_put(w, "<main>\n");
  for (size_t i = 0; i < count; i++) pages[i]->write(w, r, video);
  html_put(w, "</main>\n");
  html_end_document(w, scripts);
  const sagitta_status status = html_end(w);
  free(w);
  return status;
}
