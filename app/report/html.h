/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the report: HTML on its way into an output, what every page of it has, and the self-contained document
 * around the pages. */
#ifndef SG_REPORT_HTML_H
#define SG_REPORT_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "report/charts.h"

/* ---- markup and text: the first failure sticks, so that callers need not look ---- */

#define HTML_PIECE 16384

/* Set `to` and `error`; the rest starts from zeros. */
typedef struct html_writer {
  sagitta_output *to;
  sagitta_error *error;
  sagitta_status status;
  size_t used;
  char piece[HTML_PIECE];
} html_writer;

/* As it stands: markup. */
void html_put(html_writer *w, const char *markup);
void html_put_bytes(html_writer *w, const void *bytes, size_t length);
/* A text that may hold anything: what is markup in it comes out as text, also within quotes. Bytes that are no UTF-8
 * become U+FFFD, control characters blanks. */
void html_put_text(html_writer *w, const char *text);
/* Markup with numbers in it; texts go through html_put_text. */
void html_put_format(html_writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
void html_put_base64(html_writer *w, const void *bytes, size_t length);
/* Of a file, in pieces. False when it cannot be read (the writer's own failures stay in w->status). */
bool html_put_base64_file(html_writer *w, const char *path);
/* A relative address, each byte that is not plain in %XX. */
void html_put_address(html_writer *w, const char *path);
/* What is still inside goes out; the status of it all. */
sagitta_status html_end(html_writer *w);

/* ---- what pages are made of ---- */

/* The head of a page: title, and whose it is. */
void html_put_head(html_writer *w, const report *r, const char *title);
/* The same of a page that is no report's: the clinic (NULL = nobody's), and at the right whose and when. */
void html_put_head_of(html_writer *w, const clinic *whose, const char *language, const char *title, const char *right);
/* The box that says to see a clinician first; nothing where the answers do not say so. */
void html_put_clinician(html_writer *w, const report *r);
/* A chart in a wide and a narrow drawing with its words: its title above where `title`, its words below where
 * `caption`. */
void html_put_chart(html_writer *w, const report *r, chart_kind kind, double width, bool title, bool caption);
/* A chart under a title of the page's own. */
void html_put_panel(html_writer *w, const report *r, chart_kind kind, double width, const char *title);
/* Disclaimer and version; `more` after them. */
void html_put_foot(html_writer *w, const report *r, const char *more);
/* Chart through time, its cursor, and the film (html_chart.c). `video` may be NULL. */
void html_put_interactive_chart(html_writer *w, const report *r, const report_video *video);
/* Whether that chart follows a pointer: there is one, and the build found dygraphs. */
bool html_chart_is_interactive(const report *r);

/* ---- the document ---- */

typedef struct html_page {
  const char *id;   /* of its element */
  const char *skip; /* of several pages: the text of a link at the top that leads to this one; NULL = none */
  bool interactive; /* it has the interactive chart */
  void (*write)(html_writer *w, const report *r, const report_video *video);
} html_page;

/* What stands around the pages: from the head of the file to <main>, with the scripts of the interactive chart; and
 * what ends it. `language` is a code. */
void html_begin_document(html_writer *w, const char *title, const char *language, report_paper paper, bool scripts);
void html_end_document(html_writer *w, bool scripts);

/* Errors: WRITE, MISSING (the video cannot be read), MEMORY. */
sagitta_status html_write(const report *r, const html_page *const *pages, size_t count, const report_video *video,
                          sagitta_output *to, sagitta_error *error);

#endif
