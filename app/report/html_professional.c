/* SPDX-License-Identifier: Apache-2.0 */
/* The professional's page in HTML. */
#include <stdio.h>
#include <string.h>

#include "report/assets.h"
#include "report/html.h"
#include "report/pages.h"
#include "report/phrases.h"
#include "report/table.h"

static void put_probability(writer *w, const report *r) {
  static const char *const bands[] = { TRANSLATABLE("hips (share below 40 %)"), TRANSLATABLE("both (40–60 %)"),
                                       TRANSLATABLE("lower back (above 60 %)") };
  const sagitta_verdict *v = sagitta_result_verdict(r->result);
  if (!v->applies || !v->given) return;
  put_format(w,
             "<table class=\"probability\"><caption>%s</caption>\n"
             "<thead class=\"unseen\"><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
             "<td></td></tr></thead>\n<tbody>\n",
             phrase("Probability of each description"), phrase("Description"), phrase("Probability"));
  for (int b = 0; b < 3; b++) {
    put_format(w,
               "<tr><th scope=\"row\">%s</th><td class=\"number\">%.0f&nbsp;%%</td><td class=\"bar\"><div><span "
               "style=\"width:%.1f%%\"></span></div></td></tr>\n",
               phrase(bands[b]), 100 * v->probability[b], 100 * v->probability[b]);
  }
  put(w, "</tbody></table>\n");
}

static void put_cell(writer *w, const table_cell *cell) {
  put(w, "<td>");
  put_text(w, cell->value[0] || cell->range[0] ? cell->value : "–");
  if (cell->range[0]) {
    put(w, "<span class=\"range\">");
    put_text(w, cell->range);
    put(w, "</span>");
  }
  put(w, "</td>");
}

static void put_table(writer *w, const report *r, const table *t) {
  put(w, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
  put_text(w, t->title);
  put(w, "\"><table class=\"figures\"><caption>");
  put_text(w, t->title);
  put_format(w,
             " <span class=\"small\">%s</span></caption>\n<thead><tr><th scope=\"col\"><span class=\"unseen\">%s</span>"
             "</th>",
             phrase("with the 95 % interval below each value"), phrase("Row"));
  for (size_t c = 0; c < t->columns; c++) {
    put(w, "<th scope=\"col\">");
    put_text(w, phrase(t->column[c]->label));
    put(w, " ");
    put_text(w, t->column[c]->unit);
    put(w, "</th>");
  }
  put(w, "</tr></thead>\n<tbody>\n");
  for (size_t row = 0; row < t->rows; row++) {
    char name[PHRASE_SHORT];
    table_row_name(r, t, row, name);
    put(w, t->means && row == 0 ? "<tr class=\"mean\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
    put_text(w, name);
    put(w, "</th>");
    for (size_t c = 0; c < t->columns; c++) {
      table_cell cell;
      table_cell_at(r, t, row, c, &cell);
      put_cell(w, &cell);
    }
    put(w, "</tr>\n");
  }
  put(w, "</tbody></table></div>\n");
}

static void put_paragraphs(writer *w, const char *heading, const char *text, const char *class) {
  char line[3000];
  if (!text[0]) return;
  put_format(w, "<h3>%s</h3>\n", heading);
  while (*text) {
    const size_t bytes = strcspn(text, "\n");
    (void)snprintf(line, sizeof line, "%.*s", (int)(bytes < sizeof line ? bytes : sizeof line - 1), text);
    put_format(w, "<p class=\"%s\">", class);
    put_text(w, line);
    put(w, "</p>\n");
    text += bytes + (text[bytes] == '\n');
  }
}

static void put_history(writer *w, const report *r) {
  if (r->series_count == 0) return;
  put_format(w, "<h3>%s</h3>\n<div class=\"trends\">\n", phrase("Through the visits"));
  for (size_t i = 0; i < r->series_count; i++) {
    char change[PHRASE_LONG];
    put(w, "<div>");
    html_figure(w, r, (figure_kind)(FIGURE_TREND + i), 300, true, false);
    if (phrase_change(change, sizeof change, &r->series[i])) {
      put(w, "<p class=\"small\">");
      put_text(w, change);
      put(w, "</p>");
    }
    put(w, "</div>\n");
  }
  put(w, "</div>\n");
}

static void put_notes(writer *w, const report *r) {
  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(r->result, &count);
  if (count == 0) return;
  put_format(w, "<h3>%s</h3>\n<ul>\n", phrase("Notes"));
  for (size_t i = 0; i < count; i++) {
    put(w, "<li>");
    put_text(w, warnings[i].message);
    put(w, "</li>\n");
  }
  put(w, "</ul>\n");
}

static void put_pictures(writer *w, const report *r) {
  static const figure_kind kinds[] = { FIGURE_START, FIGURE_DEEPEST, FIGURE_BEND, FIGURE_SECOND };
  put(w, "<div class=\"pictures\">\n");
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) html_figure(w, r, kinds[i], 330, true, false);
  put(w, "</div>\n");
}

static void put_numbers(writer *w, const report *r) {
  char text[6000];
  table tables[TABLES_MAX];
  const size_t count = table_list(r, tables);
  for (size_t i = 0; i < count; i++) put_table(w, r, &tables[i]);
  facts_beside(r, text, sizeof text);
  put(w, "<div class=\"pair\">\n");
  html_figure(w, r, FIGURE_THIRDS, 400, true, false);
  put(w, "<div>\n");
  put_paragraphs(w, phrase("Beside the angles"), text, "plain");
  put(w, "</div></div>\n");
  facts_score(r, text, sizeof text);
  put_paragraphs(w, phrase("Score"), text, "plain");
}

static void put_sentence(writer *w, const report *r) {
  const char *sentence = phrase_sentence(r);
  char lead[1200];
  const size_t bytes = phrase_lead(sentence) < sizeof lead ? phrase_lead(sentence) : 0;
  (void)snprintf(lead, sizeof lead, "%.*s", (int)bytes, sentence);
  put(w, "<p><strong>");
  put_text(w, lead);
  put(w, "</strong>");
  put_text(w, sentence + bytes);
  put(w, "</p>\n");
}

void html_professional(writer *w, const report *r, const report_video *video) {
  char text[6000], title[200];
  (void)snprintf(title, sizeof title, phrase("%s · for the professional"), phrase(r->test->title));
  put(w, "<article class=\"sheet\" id=\"professional\" aria-labelledby=\"professional-title\">\n");
  html_head(w, r, title);
  put_format(w, "<h2 id=\"professional-title\">%s</h2>\n", phrase("For the professional"));
  put_sentence(w, r);
  put_probability(w, r);
  html_clinician(w, r);
  put_pictures(w, r);
  html_chart(w, r, video);
  put_numbers(w, r);
  put_history(w, r);
  put_notes(w, r);
  facts_recording(r, text, sizeof text);
  put_paragraphs(w, phrase("Recording"), text, "small");
  facts_method(r, text, sizeof text);
  put_paragraphs(w, phrase("How to read it"), text, "small");
  put(w, "<p class=\"foot\">");
  put_text(w, phrase(sagitta_disclaimer()));
  put_format(w, " Sagitta %s.%s</p>\n</article>\n", sagitta_result_version(r->result),
             asset_dygraphs_js_size && figure_possible(r, FIGURE_CHART)
                 ? phrase(" The chart is drawn by dygraphs (MIT licence, see the page’s source).")
                 : "");
}
