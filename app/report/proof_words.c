/* SPDX-License-Identifier: Apache-2.0 */
/* The proof of a camera in words: on the page and at the terminal. */
#include <math.h>
#include <stdio.h>

#include "cli/text.h"
#include "report/report.h"

const char *proof_lead(const sagitta_proof *p, const char *language) {
  switch (p->grade) {
    case SAGITTA_PROOF_PASS:
      return say(language, "This camera passes.");
    case SAGITTA_PROOF_ADVICE:
      return say(language, "This camera can be used; it would be better after a change.");
    default:
      return say(language, "Change this before measuring.");
  }
}

/* ---- rows ---- */

typedef struct row_list {
  text_row *row;
  size_t count;
  const char *language;
} row_list;

/* A row of a value; `more` may be "". Left out where the value is not known. */
static void add(row_list *l, const char *label, double value, int decimals, const char *unit, const char *more) {
  if (!isfinite(value) || l->count == PROOF_ROWS) return;
  text_row *r = &l->row[l->count++];
  *r = (text_row){ .label = "" };
  (void)snprintf(r->label, sizeof r->label, "%s", label);
  text_format(r->value, sizeof r->value, l->language, "%.*f%s", decimals, value, unit);
  (void)snprintf(r->more, sizeof r->more, "%s", more);
}

size_t proof_fact_rows(const sagitta_proof *p, const char *language, text_row row[PROOF_ROWS]) {
  const sagitta_proof_facts *f = &p->facts;
  row_list l = { row, 0, language };
  char more[64];
  text_format(more, sizeof more, language, say(language, "of it from picture to picture: %.3f"), f->angle_noise_deg);
  add(&l, say(language, "Error of a strip's direction"), f->angle_deg, 3, "°",
      isfinite(f->angle_noise_deg) ? more : "");
  text_format(more, sizeof more, language, say(language, "of it from picture to picture: %.3f"), f->centroid_noise_px);
  add(&l, say(language, "Error of a mark's place"), f->centroid_px, 3, " px",
      isfinite(f->centroid_noise_px) ? more : "");
  add(&l, say(language, "Directions askew: camera not square-on, lens"), f->geometry_deg, 2, "°", "");
  add(&l, say(language, "Most that the lens alone turns a direction"), f->lens_deg, 2, "°", "");
  text_format(more, sizeof more, language, say(language, "a strip %.0f px long"), f->strip_px);
  add(&l, say(language, "Width of a disc"), f->disc_px, 1, " px", isfinite(f->strip_px) ? more : "");
  add(&l, say(language, "Scale"), f->px_per_mm, 2, " px/mm", "");
  add(&l, say(language, "White paper, of 255"), f->paper_luma, 0, "", "");
  add(&l, say(language, "Light uneven across the sheet"), 100 * f->unevenness, 0, " %", "");
  add(&l, say(language, "Paper washed out"), 100 * f->clipped, 0, " %", "");
  add(&l, say(language, "Noise of one sample, of 255"), f->luma_noise, 1, "", "");
  add(&l, say(language, "Light changes from picture to picture"), 100 * f->flicker, 1, " %", "");
  add(&l, say(language, "Faintest colour stands out by"), f->separation, 1, say(language, " standard deviations"), "");
  add(&l, say(language, "Pictures a second"), f->frame_rate, 2, "", "");
  add(&l, say(language, "Times between pictures uneven by"), 100 * f->interval_sd, 0, " %", "");
  text_format(more, sizeof more, language, say(language, "of %d"), f->looked);
  add(&l, say(language, "Pictures in which the sheet was found"), f->frames, 0, "", more);
  return l.count;
}

size_t proof_quantity_rows(const sagitta_proof *p, const char *language, text_row row[PROOF_ROWS]) {
  row_list l = { row, 0, language };
  for (int i = 0; i < SAGITTA_PROOF_QUANTITIES; i++) {
    const sagitta_proof_quantity *q = &p->quantity[i];
    const sagitta_quantity_info *info = sagitta_quantity_find(q->key);
    char unit[24], more[64];
    if (!info) continue;
    (void)snprintf(unit, sizeof unit, "%s%s", info->unit[0] == '\xC2' ? "" : " ", info->unit);
    text_format(more, sizeof more, language, say(language, "instrument %.2f, askew %.2f"), info->factor * q->instrument,
                info->factor * q->geometry);
    add(&l, say(language, info->label), info->factor * q->both, 2, unit, more);
    text_row *r = &row[l.count - 1];
    text_format(r->value, sizeof r->value, language, "± %.2f%s", info->factor * q->both, unit);
  }
  return l.count;
}
