/* SPDX-License-Identifier: Apache-2.0 */
/* The client's page in HTML: as on paper. */
#include <stdio.h>
#include <string.h>

#include "report/html.h"
#include "report/pages.h"
#include "report/phrases.h"

static void put_sentence(writer *w, const report *r) {
  const char *sentence = phrase_sentence(r);
  char lead[1200];
  const size_t bytes = phrase_lead(sentence) < sizeof lead ? phrase_lead(sentence) : 0;
  (void)snprintf(lead, sizeof lead, "%.*s", (int)bytes, sentence);
  const char *rest = sentence + bytes + strspn(sentence + bytes, " ");
  put(w, "<h1 id=\"answer\">");
  put_text(w, bytes ? lead : phrase(r->test->title));
  put(w, "</h1>\n");
  if (!*rest) return;
  put(w, "<p>");
  put_text(w, rest);
  put(w, "</p>\n");
}

static void put_paragraph(writer *w, const char *class, const char *text) {
  if (!text[0]) return;
  put_format(w, "<p%s%s%s>", class[0] ? " class=\"" : "", class, class[0] ? "\"" : "");
  put_text(w, text);
  put(w, "</p>");
}

static void put_card(writer *w, const card *c) {
  put(w, "<div class=\"card\"><p class=\"name\">");
  if (c->part >= 0) put_format(w, "<span class=\"sign%s\" aria-hidden=\"true\"></span>", c->part ? " back" : "");
  put_text(w, c->title);
  put(w, "</p>");
  put_paragraph(w, "value", c->value);
  put_paragraph(w, "between", c->between);
  put_paragraph(w, "small", c->meaning);
  put_paragraph(w, "change", c->change);
  put(w, "</div>\n");
}

static void put_middle(writer *w, const report *r) {
  card cards[2];
  const int count = phrase_cards(r, cards);
  const bool picture = figure_possible(r, FIGURE_BEND), flat = !picture || page_flat(r);
  put_format(w, "<div class=\"middle%s\">\n", flat ? " flat" : "");
  if (picture) html_figure(w, r, FIGURE_BEND, flat ? 800 : 400, false, true);
  if (count > 0) put(w, "<div class=\"cards\">\n");
  for (int i = 0; i < count; i++) put_card(w, &cards[i]);
  if (count > 0) put(w, "</div>\n");
  put(w, "</div>\n");
  if (count > 0) put_paragraph(w, "small", phrase(CARDS_EXPLAINED));
}

void html_client(writer *w, const report *r) {
  const char *advice[ADVICE_MAX];
  char title[200];
  (void)snprintf(title, sizeof title, "%s%s%s", phrase(r->test->title), r->mark ? ", " : "", phrase_mark(r->mark));
  put(w, "<article class=\"sheet\" id=\"client\" aria-labelledby=\"answer\">\n");
  html_head(w, r, title);
  put_sentence(w, r);
  html_clinician(w, r);
  put_middle(w, r);
  const int count = phrase_advice(r, advice);
  if (count > 0) put_format(w, "<h2>%s</h2>\n<ul>\n", phrase("Next time"));
  for (int i = 0; i < count; i++) {
    put(w, "<li>");
    put_text(w, advice[i]);
    put(w, "</li>\n");
  }
  if (count > 0) put(w, "</ul>\n");
  put(w, "<p class=\"foot\">");
  put_text(w, phrase(sagitta_disclaimer()));
  put_format(w, " Sagitta %s.</p>\n</article>\n", sagitta_result_version(r->result));
}
