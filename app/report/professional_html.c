/* SPDX-License-Identifier: Apache-2.0 */
/* The professional's page as HTML. */
#include <stdio.h>
#include <string.h>

#include "cli/verdict_words.h"
#include "report/pages.h"
#include "report/wording.h"

static void put_probabilities(html_writer *w, const report *r) {
  const sagitta_verdict *v = sagitta_result_verdict(r->result);
  if (!v->applies || !v->given) return;
  html_put_format(w,
                  "<table class=\"probability\"><caption>%s</caption>\n"
                  "<thead class=\"unseen\"><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
                  "<td></td></tr></thead>\n",
                  say(r->language, "Probability of each description"), say(r->language, "Description"),
                  say(r->language, "Probability"));
  verdict_row rows[VERDICT_ROWS];
  const int count = verdict_rows(rows, v, r->language);
  for (int b = 0; b < count; b++) {
    char percent[WORDING_SHORT];
    if (rows[b].question) {
      html_put(w, b ? "</tbody>\n<tbody>\n" : "<tbody>\n");
      html_put_format(w, "<tr><th class=\"question\" colspan=\"3\" scope=\"rowgroup\">%s</th></tr>\n",
                      rows[b].question);
    }
    html_put_format(w, "<tr><th scope=\"row\">%s</th><td class=\"number\">", rows[b].words);
    html_put_text(w, wording_probability(percent, rows[b].probability));
    html_put_format(w, "</td><td class=\"bar\"><div><span style=\"width:%.1f%%\"></span></div></td></tr>\n",
                    100 * rows[b].probability);
  }
  html_put(w, "</tbody></table>\n");
}

static void put_paragraphs(html_writer *w, const char *heading, const char *text, const char *class) {
  char line[3000];
  if (!text[0]) return;
  html_put_format(w, "<h3>%s</h3>\n", heading);
  while (*text) {
    const size_t bytes = strcspn(text, "\n");
    (void)snprintf(line, sizeof line, "%.*s", (int)(bytes < sizeof line ? bytes : sizeof line - 1), text);
    html_put_format(w, "<p class=\"%s\">", class);
    html_put_text(w, line);
    html_put(w, "</p>\n");
    text += bytes + (text[bytes] == '\n');
  }
}

static void put_history(html_writer *w, const report *r) {
  if (r->series_count == 0) return;
  html_put_format(w, "<h3>%s</h3>\n<div class=\"trends\">\n", say(r->language, "Through the visits"));
  for (size_t i = 0; i < r->series_count; i++) {
    char change[WORDING_LONG];
    html_put(w, "<div>");
    html_put_chart(w, r, (chart_kind)(CHART_TREND + i), 220, true, false);
    if (wording_change(change, sizeof change, &r->series[i], r->language)) {
      html_put(w, "<p class=\"small\">");
      html_put_text(w, change);
      html_put(w, "</p>");
    }
    html_put(w, "</div>\n");
  }
  html_put(w, "</div>\n");
}

static void put_notes(html_writer *w, const report *r) {
  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(r->result, &count);
  if (count == 0) return;
  html_put_format(w, "<h3>%s</h3>\n<ul>\n", say(r->language, "Notes"));
  for (size_t i = 0; i < count; i++) {
    html_put(w, "<li>");
    html_put_text(w, warnings[i].message);
    html_put(w, "</li>\n");
  }
  html_put(w, "</ul>\n");
}

static void put_pictures(html_writer *w, const report *r) {
  html_put(w, "<div class=\"pictures\">\n");
  for (size_t i = 0; i < PROFESSIONAL_PICTURES; i++) html_put_chart(w, r, professional_pictures[i], 330, true, false);
  html_put(w, "</div>\n");
}

static void put_numbers(html_writer *w, const report *r) {
  char text[6000];
  html_put_tables(w, r);
  professional_beside(r, text, sizeof text);
  html_put(w, "<div class=\"pair\">\n");
  html_put_chart(w, r, CHART_THIRDS, 400, true, false);
  html_put(w, "<div>\n");
  put_paragraphs(w, say(r->language, "Beside the angles"), text, "plain");
  html_put(w, "</div></div>\n");
  professional_score(r, text, sizeof text);
  put_paragraphs(w, say(r->language, "Score"), text, "plain");
}

/* A field to write in, on the screen and on paper, and where to sign. */
static void put_field(html_writer *w, const report *r) {
  html_put_format(w,
                  "<h3 id=\"remarks-title\">%s</h3>\n<div class=\"remarks\" contenteditable=\"plaintext-only\" "
                  "role=\"textbox\" aria-multiline=\"true\" aria-labelledby=\"remarks-title\" tabindex=\"0\"></div>\n"
                  "<div class=\"sign-here\"><span>%s</span><span>%s</span></div>\n",
                  say(r->language, "Remarks"), say(r->language, "Date"), say(r->language, "Signature"));
}

static void put_answer(html_writer *w, const report *r) {
  const wording_answer answer = wording_answer_of(r);
  html_put(w, "<p><strong>");
  html_put_text(w, answer.lead);
  html_put(w, "</strong>");
  html_put_text(w, answer.rest);
  html_put(w, "</p>\n");
}

void professional_html(html_writer *w, const report *r, const report_video *video) {
  char text[6000], title[200];
  professional_title(r, title, sizeof title);
  html_put(w, "<article class=\"sheet\" id=\"professional\" aria-labelledby=\"professional-title\">\n");
  html_put_head(w, r, title);
  html_put_format(w, "<h2 id=\"professional-title\">%s</h2>\n", say(r->language, "For the professional"));
  put_answer(w, r);
  put_probabilities(w, r);
  html_put_clinician(w, r);
  put_pictures(w, r);
  html_put_interactive_chart(w, r, video);
  put_numbers(w, r);
  put_history(w, r);
  put_notes(w, r);
  professional_recording(r, text, sizeof text);
  put_paragraphs(w, say(r->language, "Recording"), text, "small");
  professional_method(r, text, sizeof text);
  put_paragraphs(w, say(r->language, "How to read it"), text, "small");
  put_field(w, r);
  html_put_foot(w, r,
                html_chart_is_interactive(r)
                    ? say(r->language, " The chart is drawn by dygraphs (MIT licence, see the page’s source).")
                    : "");
  html_put(w, "</article>\n");
}
