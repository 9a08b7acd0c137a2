/* SPDX-License-Identifier: Apache-2.0 */
/* The proof of a camera on one page: whether it passes, what to change, what it does to each quantity, what was seen.
 */
#include <stdio.h>

#include "cli/text.h"
#include "report/pages.h"

#define SIZE 9.5 /* of the text, points */

/* ---- paper ---- */

static void draw_rows(paper_flow *p, const text_row *row, size_t rows) {
  for (size_t i = 0; i < rows; i++) {
    const lettering label = { .text = row[i].label, .size = SIZE, .width = 0.5 * p->inside, .colour = PAPER_FAINT };
    double height;
    typeset_measure(p->cr, &label, NULL, &height);
    paper_need(p, height + 3);
    typeset_draw(p->cr, PAPER_MARGIN, p->y, &label);
    typeset_draw(p->cr, PAPER_MARGIN + 0.64 * p->inside, p->y,
                 &(lettering){ .text = row[i].value, .size = SIZE, .align = 1, .bold = true, .colour = PAPER_TEXT });
    typeset_draw(p->cr, PAPER_MARGIN + 0.67 * p->inside, p->y + 1,
                 &(lettering){ .text = row[i].more, .size = 8, .colour = PAPER_FAINT });
    p->y += height + 3;
  }
  p->y += 9;
}

static void draw_lines(paper_flow *p, const sagitta_proof *proof) {
  for (size_t i = 0; i < proof->lines; i++) {
    char text[SAGITTA_PROOF_TEXT + 8];
    (void)snprintf(text, sizeof text, "• %s", proof->line[i].message);
    paper_text(p, &(lettering){ .text = text, .size = SIZE, .colour = PAPER_TEXT }, 4);
  }
  p->y += 8;
}

static void draw(paper_flow *p, const void *of) {
  const proof_page *page = of;
  const char *language = page->language;
  char right[300];
  text_row row[PROOF_ROWS];
  (void)snprintf(right, sizeof right, "%.200s%s%s", page->source, *page->source && *page->day ? " · " : "", page->day);
  paper_turn(p, say(language, "Proof of a camera"));
  paper_head_of(p, NULL, say(language, "Proof of a camera"), right);
  paper_text(
      p, &(lettering){ .text = proof_lead(page->proof, language), .size = 16, .bold = true, .colour = PAPER_TEXT }, 8);
  draw_lines(p, page->proof);
  paper_heading(p, say(language, "What it adds to each quantity: 95 % of errors are smaller"));
  p->y += 2;
  draw_rows(p, row, proof_quantity_rows(page->proof, language, row));
  paper_heading(p, say(language, "What was seen"));
  p->y += 2;
  draw_rows(p, row, proof_fact_rows(page->proof, language, row));
  paper_text(p,
             &(lettering){ .text = say(language,
                                       "Of the camera alone: skin, placement and anatomy come on top and are "
                                       "larger. \"Askew\" is what is left while neither lens nor plane is "
                                       "calibrated. A change that counts: hip hinge 10°, lumbar flexion 12°, "
                                       "lumbar share 12 %, reach 4 cm; up to a quarter of it passes, above half "
                                       "of it does not. The sheet's strips are 44 mm long; those on a person, "
                                       "longer, come out better. All of it holds where in the picture the sheet was."),
                           .size = 8,
                           .colour = PAPER_FAINT },
             0);
}

sagitta_status proof_page_write(const proof_page *page, report_format format, sagitta_output *to,
                                sagitta_error *error) {
  char foot[200];
  if (report_ready(error) != SAGITTA_OK) return error->status;
  const char *title = say(page->language, "Proof of a camera");
  (void)snprintf(foot, sizeof foot, say(page->language, "Sagitta %s · a screening and tracking aid, not a diagnosis"),
                 sagitta_version());
  const paper_document document = { page->paper, title, title, foot, draw, page };
  return paper_write(&document, format, to, error);
}
